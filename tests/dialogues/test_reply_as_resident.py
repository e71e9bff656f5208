"""Residents answer on an open form: no account, no cookie, nothing kept that tells who."""

import datetime as dt

import pytest
import time_machine

from dialogues import actions
from dialogues.forms import replying
from dialogues.models import Answer, Reply
from tests.dialogues.conftest import NOW, errors


@pytest.fixture
def address(asking):
    return f"/medborgarloften/lycksele/dialog/{asking.pk}/"


@pytest.fixture
def said(asking):
    """A reply that somebody has taken a minute to write."""
    words, choice, scale = asking.questions.all()
    key = replying.new_key(asking)
    with time_machine.travel(NOW + dt.timedelta(minutes=1)):
        yield {"nyckel": key, f"fraga-{words.pk}": "Vid tunneln.", f"fraga-{choice.pk}": "2", f"fraga-{scale.pk}": "4"}


def test_a_reply_comes_in_and_the_page_says_what_happens_next(client, address, said):
    response = client.post(address, said, follow=True)

    reply = Reply.objects.get()
    assert (reply.status, reply.received_on) == ("waiting", dt.date(2026, 6, 15))
    assert [answer.words for answer in Answer.objects.order_by("question")] == ["Vid tunneln.", "Nej", "4 av 5"]
    assert "Det här händer nu" in response.content.decode()


def test_no_cookie_is_set_on_the_way(client, address, said):
    client.get(address)
    client.post(address, said, follow=True)

    assert not client.cookies


def test_nothing_tells_who_answered(client, address, said):
    client.post(address, said, REMOTE_ADDR="203.0.113.7")

    columns = {field.name for model in (Reply, Answer) for field in model._meta.concrete_fields}
    assert not columns & {"created_by", "created_at", "address", "session"}
    assert "203.0.113.7" not in str(list(Reply.objects.values())) + str(list(Answer.objects.values()))


def test_the_form_works_without_scripts_and_says_what_is_kept(client, address):
    page = client.get(address).content.decode()

    assert "Du behöver inget konto" in page
    assert page.count("<textarea") == 1
    assert "csrfmiddlewaretoken" not in page


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("x" * 50_000, "Korta det till högst 4\N{NO-BREAK SPACE}000"),
        ("Han heter 19900101-0017", "personnummer"),
        ("Ring mig på 070-123 45 67", "telefonnummer"),
    ],
)
def test_what_cannot_be_taken_is_said_and_stays(client, address, said, text, sentence):
    name = next(name for name in said if name.startswith("fraga"))

    response = client.post(address, said | {name: text})

    assert sentence in errors(response)[name][0]
    assert text in response.content.decode()
    assert not Reply.objects.exists()


def test_what_was_pointed_at_goes_in_when_it_is_checked(client, address, said):
    name = next(name for name in said if name.startswith("fraga"))

    client.post(address, said | {name: "Bilen ABC 123 står där jämt", "checked": "on"})

    assert Reply.objects.exists()


@pytest.mark.parametrize("text", ["<b>Tunneln</b><script>alert(1)</script>", "Tunneln \N{PILE OF POO}", "a\nb"])
def test_signs_and_markup_are_kept_as_they_are(client, anna, address, asking, said, text):
    name = next(name for name in said if name.startswith("fraga"))
    client.post(address, said | {name: text})

    client.force_login(anna)
    page = client.get(f"/dialoger/{asking.pk}/svar/").content.decode()

    assert Answer.objects.order_by("question").first().text == text
    assert "<script>alert" not in page


def test_an_empty_reply_and_an_unknown_choice_are_not_taken(client, address, said, asking):
    choice = asking.questions.get(kind="choice")

    empty = client.post(address, {"nyckel": said["nyckel"]})
    odd = client.post(address, said | {f"fraga-{choice.pk}": "7"})

    assert "Svara på minst en fråga" in errors(empty)[""][0]
    assert f"fraga-{choice.pk}" in errors(odd)
    assert not Reply.objects.exists()


def test_a_required_question_must_be_answered(client, address, said, asking):
    asking.questions.update(is_required=True)

    response = client.post(address, {"nyckel": said["nyckel"]})

    assert len(errors(response)) >= 3


# --- Against machines


@pytest.mark.parametrize("key", ["", "falsk", "1:2:3"])
def test_without_a_key_of_ours_it_is_asked_again(client, address, said, key):
    response = client.post(address, said | {"nyckel": key})

    assert replying.OLD_KEY in errors(response)[""]
    again = said | {"nyckel": response.context["form"].key}
    with time_machine.travel(NOW + dt.timedelta(minutes=2)):
        client.post(address, again)
    assert Reply.objects.count() == 1


def test_a_key_lasts_some_hours_and_is_for_one_dialogue(client, address, said, make, bo):
    with time_machine.travel(NOW + dt.timedelta(hours=7)):
        assert replying.OLD_KEY in errors(client.post(address, said))[""]
    other = replying.new_key(make())
    assert replying.OLD_KEY in errors(client.post(address, said | {"nyckel": other}))[""]


def test_what_is_sent_faster_than_anybody_reads_is_asked_again(client, address, said):
    with time_machine.travel(NOW + dt.timedelta(seconds=1)):
        response = client.post(address, said)

    assert replying.TOO_FAST in errors(response)[""]
    assert "Vid tunneln." in response.content.decode()
    client.post(address, said)
    assert Reply.objects.count() == 1


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(client, address, said):
    response = client.post(address, said | {"ort2": "http://kop.example"})

    assert response.url.endswith("/tack/")
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://annan.example"}]
)
def test_what_another_site_sends_is_turned_away(client, address, said, headers):
    response = client.post(address, said, headers=headers)

    assert response.status_code == 403
    assert "Vid tunneln." in response.content.decode()
    assert not Reply.objects.exists()


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "same-origin"}, {"Origin": "http://testserver"}, {}])
def test_what_our_own_page_sends_comes_in(client, address, said, headers):
    client.post(address, said, headers=headers)

    assert Reply.objects.exists()


def test_too_many_from_one_connection_wait_and_others_do_not(client, address, said, settings):
    settings.REPLIES_PER_HOUR = 2
    for _ in range(2):
        client.post(address, said)

    response = client.post(address, said)
    client.post(address, said, REMOTE_ADDR="203.0.113.9")

    assert (response.status_code, response["Retry-After"]) == (429, "1800")
    assert "Vid tunneln." in response.content.decode()
    assert Reply.objects.count() == 3


# --- When it is not open


def test_the_closed_form_says_when_it_was_open_and_where_the_result_will_be(client, asking, address, said):
    with time_machine.travel(NOW + dt.timedelta(days=30)):
        page = client.get(address)
        late = client.post(address, said)

    assert "De var öppna 14–30 juni 2026" in page.content.decode()
    assert "/medborgarloften/lycksele/" in page.content.decode()
    assert late.status_code == 409
    assert "Vid tunneln." in late.content.decode()
    assert not Reply.objects.exists()


def test_before_it_opens_it_says_when(client, asking, address):
    type(asking).objects.update(opens_at=NOW + dt.timedelta(days=3))

    assert "Frågorna öppnar 18 juni 2026" in client.get(address).content.decode()


def test_a_cancelled_dialogue_says_so(client, asking, address):
    type(asking).objects.update(status="cancelled", status_reason="Storm.")

    assert "Dialogen är inställd" in client.get(address).content.decode()


def test_what_is_not_announced_is_not_found(client, planned, staff):
    for dialogue in (planned, staff):
        assert client.get(f"/medborgarloften/lycksele/dialog/{dialogue.pk}/").status_code == 404


def test_another_municipalitys_address_leads_nowhere(client, asking, organisations):
    assert client.get(f"/medborgarloften/landskrona/dialog/{asking.pk}/").status_code == 404


def test_closing_the_questions_stops_what_is_on_its_way(asking, bo):
    actions.close_form(asking, by=bo)

    assert actions.receive(asking, {}) is None
    assert not Reply.objects.exists()
