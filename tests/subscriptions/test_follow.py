"""Beginning to follow, saying yes, and ending: by e-mail, without an account, a cookie or a script."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from citizen_promises import actions as promises
from subscriptions import actions, links
from subscriptions.forms import NO_ADDRESS
from subscriptions.models import Mailing, Subscription
from subscriptions.sending import send_some

PAGE = "/medborgarloften/lycksele/folj/"


@pytest.fixture
def visitor():
    """Somebody's browser, as strict about forms as in real life."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def page_of_promise(document, promise):
    return f"/medborgarloften/lycksele/{document.pk}/{promise.pk}/folj/"


def stamp(visitor, page=PAGE):
    return re.search(r'name="stamp" value="([^"]+)"', visitor.get(page).content.decode())[1]


def ask(visitor, email="kim@example.se", page=PAGE, **more):
    return visitor.post(page, {"email": email, "stamp": stamp(visitor, page), **more})


def letters():
    while send_some():
        pass
    return mail.outbox


def link(what, letter=None):
    found = re.search(rf"https?://[^/]+(/folj/{what}/\S+/)", (letter or mail.outbox[-1]).body)
    return found[1]


def said(response):
    return response.content.decode()


def test_who_says_yes_from_the_own_letter_box_follows(visitor, lycksele):
    answer = ask(visitor)

    assert "kim@example.se" in said(answer)
    (letter,) = letters()
    assert letter.to == ["kim@example.se"]
    assert "löftena i Lycksele" in letter.body
    subscription = Subscription.objects.get()
    assert subscription.status == "pending"

    yes = link("bekrafta")
    assert "Bekräfta" in said(visitor.get(yes))
    assert Subscription.objects.get().status == "pending", "a page that is only opened changes nothing"
    assert "Nu följer du" in said(visitor.post(yes))
    assert Subscription.objects.get().status == "active"
    assert "Nu följer du" in said(visitor.post(yes)), "said twice it is one yes"
    assert "Nu följer du" in said(visitor.get(yes))
    assert Subscription.objects.count() == 1


def test_one_promise_can_be_followed(visitor, promise, page_of_promise):
    assert "Synlig polis i centrum" in said(visitor.get(page_of_promise))

    ask(visitor, page=page_of_promise)

    assert "”Synlig polis i centrum”" in letters()[0].body
    assert Subscription.objects.get().promise == promise


def test_a_withdrawn_promise_says_so_and_is_not_followed(visitor, document, page_of_promise, bo):
    key = stamp(visitor, page_of_promise)
    promises.withdraw(document, by=bo, reason="Fel text.")

    assert visitor.get(page_of_promise).status_code == 410
    assert visitor.post(page_of_promise, {"email": "kim@example.se", "stamp": key}).status_code == 410
    assert not Subscription.objects.exists()


def test_a_draft_is_not_found(visitor, document, promise, page_of_promise, organisations):
    assert visitor.get(page_of_promise.replace("lycksele", "landskrona")).status_code == 404
    assert visitor.get("/medborgarloften/lycksele/999/999/folj/").status_code == 404
    assert visitor.get("/medborgarloften/ingenstans/folj/").status_code == 404


def test_nobody_can_tell_whether_an_address_follows_already(visitor, follow):
    follow("kim@example.se")

    known, unknown = ask(visitor, "kim@example.se"), ask(visitor, "lo@example.se")

    assert known.status_code == unknown.status_code
    assert said(known).replace("kim@", "lo@") == said(unknown)
    assert {letter.to[0]: letter.subject for letter in letters()} == {
        "kim@example.se": "Du följer redan löftena",
        "lo@example.se": "Bekräfta att du vill följa löftena",
    }
    assert Subscription.objects.filter(email="kim@example.se").count() == 1


def test_capital_letters_make_no_second_follower(visitor, lycksele):
    ask(visitor, "Kim@Example.SE")
    ask(visitor, "kim@example.se")

    assert [one.email for one in Subscription.objects.all()] == ["kim@example.se"]
    assert len(letters()) == 1, "one letter waited already"


def test_no_cookie_is_set_and_no_script_is_asked_for(visitor, lycksele, follow):
    subscription = follow()
    end = links.to_end(subscription).removeprefix("http://127.0.0.1:8000")
    answers = [visitor.get(PAGE), ask(visitor), visitor.get(end), visitor.post(end), visitor.get("/folj/avsluta/x/")]

    for answer in answers:
        assert not answer.cookies
        assert "<script" not in said(answer)
        assert "no-store" in answer["Cache-Control"]
    assert not visitor.cookies


def test_who_ends_is_forgotten(visitor, follow, promise, bo):
    follow("kim@example.se")
    promises.add_outcome(promise, by=bo, day=dt.date(2026, 1, 1), text="Vi gick.")
    Mailing.objects.create(subscription=Subscription.objects.get())
    end = links.to_end(Subscription.objects.get()).removeprefix("http://127.0.0.1:8000")

    assert "Avsluta" in said(visitor.get(end))
    assert Subscription.objects.exists(), "a page that is only opened changes nothing"
    first = visitor.post(end)

    assert not Subscription.objects.exists()
    assert not Mailing.objects.exists()
    again = visitor.post(end)
    assert (first.status_code, said(first)) == (again.status_code, said(again)), "replayed it is the same"
    assert said(visitor.get(end)) == said(first)
    assert letters() == []


def test_a_mail_program_ends_with_its_own_button(visitor, follow):
    """RFC 8058: a post from a server somewhere, without cookies, form keys or an origin of ours."""
    subscription = follow()
    end = links.to_end(subscription).removeprefix("http://127.0.0.1:8000")

    answer = visitor.post(end, {"List-Unsubscribe": "One-Click"}, headers={"Origin": "https://mail.example.com"})

    assert answer.status_code == 200
    assert not Subscription.objects.exists()


def test_whoever_ended_can_follow_again(visitor, follow):
    actions.end(follow().key.hex)
    ask(visitor)
    letters()
    visitor.post(link("bekrafta"))

    assert Subscription.objects.get().status == "active"


@pytest.mark.parametrize("what", ["bekrafta", "avsluta"])
def test_a_link_that_is_not_ours_says_what_to_do(visitor, follow, what):
    token = getattr(links, "to_end" if what == "avsluta" else "to_confirm")(follow()).rstrip("/").rpartition("/")[2]
    for broken in ("x", token[:-2], token.replace(token[3], "0" if token[3] != "0" else "1", 1), "å🎉"):
        for answer in (visitor.get(f"/folj/{what}/{broken}/"), visitor.post(f"/folj/{what}/{broken}/")):
            assert answer.status_code == 404
            assert "Länken gäller inte längre" in said(answer)
    assert Subscription.objects.get().status == "active"


def test_one_link_does_not_do_the_other_s_work(visitor, lycksele):
    ask(visitor)
    letters()
    token = link("bekrafta").split("/")[3]

    assert visitor.post(f"/folj/avsluta/{token}/").status_code == 404
    assert Subscription.objects.exists()


def test_the_link_to_say_yes_runs_out_and_the_link_to_end_does_not(visitor, lycksele, follow):
    ask(visitor)
    letters()
    yes = link("bekrafta")
    end = links.to_end(follow("lo@example.se")).removeprefix("http://127.0.0.1:8000")

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=8)):
        assert visitor.post(yes).status_code == 404
        assert Subscription.objects.get(email="kim@example.se").status == "pending"
        assert visitor.post(end).status_code == 200
    assert not Subscription.objects.filter(email="lo@example.se").exists()


def test_a_confirmed_link_of_somebody_who_has_ended_says_so(visitor, lycksele):
    ask(visitor)
    letters()
    yes = link("bekrafta")
    actions.end(Subscription.objects.get().key.hex)

    assert visitor.post(yes).status_code == 404


@pytest.mark.parametrize(
    "email",
    [
        "",
        "kim",
        "kim@",
        "kim@example",
        "<script>alert(1)</script>@example.se",
        "kim🎉@example.se",
        "kim@example.se\r\nBcc: alla@example.se",
        "kim@example.se,lo@example.se",
        '"kim\tlo"@example.se',
        "kim@example.se\x00",
        f"{'a' * 300}@example.se",
        "a@" + "b" * 50_000 + ".se",
    ],
)
def test_what_is_no_address_gets_a_sentence_and_no_letter(visitor, lycksele, email):
    answer = ask(visitor, email)

    if "\x00" in email:  # what nobody sees is taken away before anybody looks
        assert [one.email for one in Subscription.objects.all()] == ["kim@example.se"]
        return
    assert answer.status_code == 200
    assert answer.context["form"].errors["email"]
    assert not Subscription.objects.exists()
    assert letters() == []
    assert "<script>alert" not in said(answer)
    if len(email) < 300:
        assert email == "" or NO_ADDRESS in said(answer)


def test_what_was_typed_stands_on_the_page(visitor, lycksele):
    assert 'value="kim@example"' in said(ask(visitor, "kim@example"))


def test_a_robot_is_thanked_and_nothing_happens(visitor, lycksele):
    answer = ask(visitor, homepage="https://example.com")

    assert "Titta i din e-post" in said(answer)
    assert not Subscription.objects.exists()
    assert letters() == []


@pytest.mark.parametrize(
    ("headers", "accepted"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "https://example.com"}, False),
        ({"Origin": "null"}, False),
        ({"Referer": "http://testserver/medborgarloften/"}, True),
        ({"Referer": "https://example.com/"}, False),
    ],
)
def test_no_other_site_makes_somebody_s_browser_ask(visitor, lycksele, headers, accepted):
    answer = visitor.post(PAGE, {"email": "kim@example.se", "stamp": stamp(visitor)}, headers=headers)

    assert answer.status_code == 200
    assert Subscription.objects.exists() == accepted
    assert accepted == ("Titta i din e-post" in said(answer))


def test_a_page_that_lay_open_too_long_can_be_sent_once_more(visitor, lycksele):
    old = stamp(visitor)
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=5)):
        answer = visitor.post(PAGE, {"email": "kim@example.se", "stamp": old})
        assert "för länge" in said(answer)
        assert 'value="kim@example.se"' in said(answer)
        fresh = re.search(r'name="stamp" value="([^"]+)"', said(answer))[1]
        visitor.post(PAGE, {"email": "kim@example.se", "stamp": fresh})
    assert Subscription.objects.exists()


def test_one_network_cannot_send_without_end(visitor, lycksele):
    key = stamp(visitor)
    answers = [visitor.post(PAGE, {"email": f"p{n}@example.se", "stamp": key}) for n in range(21)]

    assert Subscription.objects.count() == 20
    assert "Vänta en timme" in said(answers[-1])
    assert 'value="p20@example.se"' in said(answers[-1])
    assert Client(REMOTE_ADDR="10.0.0.9").post(PAGE, {"email": "q@example.se", "stamp": key}).context["email"]


def test_one_address_is_not_pestered(visitor, lycksele, settings):
    settings.FOLLOW_LETTERS_A_DAY = 2
    for _ in range(4):
        assert "Titta i din e-post" in said(ask(visitor))
        letters()

    assert len(mail.outbox) == 2


def test_addresses_never_confirmed_are_deleted_and_the_others_stay(visitor, lycksele, follow):
    ask(visitor)
    follow("lo@example.se")
    now = dt.datetime.now(dt.UTC)

    assert actions.forget(now + dt.timedelta(days=7)) == 0
    assert actions.forget(now + dt.timedelta(days=9)) == 1
    assert [one.email for one in Subscription.objects.all()] == ["lo@example.se"]


def test_asked_again_the_days_begin_anew(visitor, lycksele):
    ask(visitor)
    now = dt.datetime.now(dt.UTC)
    with time_machine.travel(now + dt.timedelta(days=6)):
        ask(visitor)

    assert actions.forget(now + dt.timedelta(days=9)) == 0


def test_who_follows_a_promise_about_which_all_is_told_is_forgotten(document, promise, follow, bo):
    follow("kim@example.se", promise=promise)
    follow("lo@example.se")
    promises.withdraw(document, by=bo, reason="Fel text.")
    now = dt.datetime.now(dt.UTC)

    assert actions.forget(now) == 0, "first it is told"
    assert actions.forget(now + dt.timedelta(days=2)) == 1
    assert [one.email for one in Subscription.objects.all()] == ["lo@example.se"]
