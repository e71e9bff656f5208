"""What followers are told: each public change once, whoever sends it and whoever dies on the way."""

import datetime as dt
import smtplib
import tracemalloc

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext

from citizen_promises import actions as promises
from journal.models import Event
from lib.dates import now
from subscriptions import actions, noticing, rules, sending
from subscriptions.models import Change, Mailing, Subscription
from tests.subscriptions import following
from tests.subscriptions.following import queue, tell

TODAY = dt.date(2026, 1, 15)


class Server(EmailBackend):
    """A mail server that answers as the test says: the next answers, in turn; None takes the letter."""

    answers: list = []
    is_down = False

    def open(self):
        if self.is_down:
            raise ConnectionRefusedError

    def send_messages(self, messages):
        answer = self.answers.pop(0) if self.answers else None
        if answer:
            raise answer
        return super().send_messages(messages)


@pytest.fixture
def server(settings):
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.answers, Server.is_down = [], False
    yield Server
    Server.answers, Server.is_down = [], False


@pytest.fixture
def walk(promise, bo):
    """Something happens with the promise."""

    def do(text="Vi gick i fredags.", count=1):
        return promises.add_outcome(promise, by=bo, day=TODAY, text=text, count=count)

    return do


def told():
    """Who has been written to, and how often."""
    counts = {}
    for letter in mail.outbox:
        counts[letter.to[0]] = counts.get(letter.to[0], 0) + 1
    return counts


def statuses():
    return sorted(Mailing.objects.values_list("status", flat=True))


# --- What is told -------------------------------------------------------------------------------------------------


def test_followers_of_the_municipality_hear_of_new_promises(follow, cycle, lycksele, bo, organisations):
    noticing.watch()
    follow("kim@example.se")
    follow("lo@example.se", municipality=organisations["landskrona"].municipality)
    following.published(bo, cycle=cycle, municipality=lycksele, title="Nya löften 2027")

    tell()

    assert told() == {"kim@example.se": 1}
    assert mail.outbox[0].subject == "Nya löften: Nya löften 2027"
    assert "http://127.0.0.1:8000/medborgarloften/lycksele/" in mail.outbox[0].body


def test_what_has_happened_is_told_once_to_each(follow, promise, walk):
    follow("kim@example.se")
    follow("lo@example.se", promise=promise)
    walk("Vi gick i fredags.")

    tell()
    tell()

    assert told() == {"kim@example.se": 1, "lo@example.se": 1}
    for letter in mail.outbox:
        assert letter.subject == "Det här har hänt: Synlig polis i centrum"
        assert "Vi gick i fredags." in letter.body
        assert f"#lofte-{promise.pk}" in letter.body


def test_a_letter_says_who_it_is_from_why_it_came_and_how_to_end(follow, walk, settings):
    settings.FOLLOW_FROM_EMAIL = "Löften <loften@example.se>"
    follow()
    walk()
    tell()

    letter = mail.outbox[0]
    end = letter.extra_headers["List-Unsubscribe"].strip("<>")
    assert letter.from_email == "Löften <loften@example.se>"
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "Du får brevet för att du följer löftena i Lycksele." in letter.body
    assert end in letter.body
    assert letter.content_subtype == "plain"
    assert "<" not in letter.body, "plain text, and nothing that tells us that it was opened"


def test_an_address_that_follows_both_ways_hears_once(follow, promise, walk):
    follow("kim@example.se")
    follow("kim@example.se", promise=promise)
    walk()

    tell()

    assert told() == {"kim@example.se": 1}


def test_who_follows_a_promise_hears_of_no_other(follow, cycle, lycksele, bo):
    document = following.published(bo, "Första löftet", "Andra löftet", cycle=cycle, municipality=lycksele)
    noticing.watch()
    first, second = document.promises.all()
    follow("kim@example.se", promise=first)
    promises.add_outcome(second, by=bo, day=TODAY, text="Det andra.")
    promises.settle(second, by=bo, status="kept")

    tell()

    assert told() == {}


def test_what_happens_at_once_is_one_letter(follow, promise, walk, bo):
    follow()
    walk("Sista gången.")
    promises.settle(promise, by=bo, status="not_kept", reason="Vi hann inte alla.")
    promises.give_feedback(promise, by=bo, text="Tack för ert tålamod.", day=TODAY)

    tell()

    (letter,) = mail.outbox
    assert letter.subject == "Nytt om löftena i Lycksele"
    places = [
        letter.body.index(text)
        for text in ("Sista gången.", "Löftet är inte uppfyllt", "Vi hann inte alla.", "Tack för ert tålamod.")
    ]
    assert places == sorted(places)
    assert statuses() == ["sent"] * 3


def test_changes_are_gathered_for_some_minutes(follow, walk):
    follow()
    walk()
    noticing.notice()
    noticing.spread()

    assert not sending.send_some()
    with time_machine.travel(dt.datetime.now(dt.UTC) + rules.GATHERED):
        assert sending.send_some()
    assert len(mail.outbox) == 1


def test_a_correction_is_no_new_letter(follow, promise, walk, bo):
    follow()
    outcome = walk("Vi gik.")
    promises.give_feedback(promise, by=bo, text="Det gick bra.", day=TODAY)
    tell()
    type(outcome).objects.filter(pk=outcome.pk).update(text="Vi gick.")
    Event.objects.create(subject=f"citizen_promises.outcome:{outcome.pk}", verb="edited", label="Utfall rättat", by=bo)
    Event.objects.create(subject=f"citizen_promises.promise:{promise.pk}", verb="feedback", label="Ändrad", by=bo)

    tell()

    assert len(mail.outbox) == 1


def test_what_was_corrected_before_the_letter_is_told_as_it_stands(follow, promise, bo):
    follow()
    promises.settle(promise, by=bo, status="kept")
    promises.settle(promise, by=bo, status="ongoing", reason="Fel knapp.")
    promises.settle(promise, by=bo, status="partly", reason="Nästan alla.")

    tell()

    (letter,) = mail.outbox
    assert letter.subject == "Löftet är delvis uppfyllt: Synlig polis i centrum"
    assert statuses() == ["sent", "skipped", "skipped"]


def test_a_withdrawal_is_told_and_what_it_took_away_is_not(follow, document, promise, walk, bo):
    follow("kim@example.se")
    follow("lo@example.se", promise=promise)
    walk("Det här skulle inte ha stått här.")
    promises.withdraw(document, by=bo, reason="Texten var fel.")

    tell()

    assert told() == {"kim@example.se": 1, "lo@example.se": 1}
    for letter in mail.outbox:
        assert "Texten var fel." in letter.body
        assert "inte ha stått" not in letter.body
    last = {letter.to[0]: "tar vi bort din adress" in letter.body for letter in mail.outbox}
    assert last == {"kim@example.se": False, "lo@example.se": True}


def test_what_happened_before_somebody_followed_is_not_told(follow, walk):
    walk()
    follow()

    tell()

    assert told() == {}


def test_who_has_not_said_yes_hears_nothing(lycksele, walk):
    Subscription.objects.create(email="kim@example.se", municipality=lycksele)
    walk()

    tell()

    assert told() == {}


def test_who_ends_before_the_letter_is_written_gets_none(follow, walk):
    ends, stays = follow("kim@example.se"), follow("lo@example.se")
    walk()
    queue()
    actions.end(ends.key.hex)
    tell()

    assert told() == {stays.email: 1}


def test_a_period_that_is_over_is_not_told(follow, cycle, lycksele, bo):
    following.published(bo, cycle=cycle, municipality=lycksele, starts=dt.date(2020, 1, 1), ends=dt.date(2020, 12, 31))
    noticing.watch()
    follow()

    tell()

    assert told() == {}


def test_a_heading_with_odd_signs_does_no_harm(follow, cycle, lycksele, bo):
    text = "Löfte 🎉 <b>fett</b>\u2028Bcc: alla@example.se\x0b" + "å" * 5000
    document = following.published(bo, text, cycle=cycle, municipality=lycksele)
    noticing.watch()
    follow()
    promises.add_outcome(
        document.promises.get(), by=bo, day=TODAY, text="Rad ett\r\nBcc: alla@example.se\n" + "x" * 50_000
    )

    tell()

    (letter,) = mail.outbox
    assert letter.message()["Bcc"] is None
    assert letter.recipients() == ["kim@example.se"]
    assert "\n" not in letter.subject
    assert len(letter.body) < 5_000


# --- However often, by however many ---------------------------------------------------------------------------------


def test_the_book_may_be_read_again_and_again(follow, walk):
    follow()
    walk()
    noticing.Watch.objects.update(seen=0)
    for _ in range(3):
        noticing.notice()
        Change.objects.update(spread_at=None, spread_to=0)
        noticing.spread()

    assert Change.objects.filter(kind="outcome").count() == 1
    assert Mailing.objects.count() == 1


def test_what_was_committed_late_is_not_passed_by(follow, walk, monkeypatch):
    """Its line stands before what was read already: in the book's last hour, everything is looked at again."""
    follow()
    walk("Sen.")
    with monkeypatch.context() as before_it_was_committed:
        before_it_was_committed.delitem(rules.TOLD, ("citizen_promises.outcome", "created"))
        noticing.notice()
    walk("Snabb.")

    tell()

    (letter,) = mail.outbox
    assert "Sen." in letter.body
    assert "Snabb." in letter.body


def test_old_lines_of_the_book_are_not_read_again(follow, walk):
    follow()
    walk()
    tell()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(hours=2)):
        noticing.notice()
        assert noticing.watch().seen == Event.objects.order_by("pk").last().pk


def test_two_workers_never_take_up_the_same_letter(lycksele, walk):
    following.followers(40, lycksele)
    walk()
    queue()

    claims = [sending.take_up(), sending.take_up(), sending.take_up()]

    assert claims[2] is None
    assert Mailing.objects.filter(claim=claims[0]).count() == 25
    assert Mailing.objects.filter(claim=claims[1]).count() == 15


def test_a_slow_worker_hands_over_nothing_that_another_has_taken(lycksele, walk):
    following.followers(3, lycksele)
    walk()
    queue()
    slow = sending.take_up()
    held = list(Mailing.objects.filter(claim=slow))
    sending.requeue_lost(now() + dt.timedelta(hours=1))
    quick = sending.take_up()
    sending._hand_over_all(quick)

    for one in held:
        sending._hand_over([one], {one.change.document_id}, mail.get_connection())

    assert set(told().values()) == {1}
    assert len(mail.outbox) == 3


def test_what_a_dead_worker_had_taken_up_is_sent_and_what_it_was_sending_is_not(lycksele, walk):
    following.followers(3, lycksele)
    walk()
    queue()
    sending.take_up()
    dying = Mailing.objects.first()
    Mailing.objects.filter(pk=dying.pk).update(status="sending")

    sending.requeue_lost(now() + dt.timedelta(seconds=30))
    assert statuses() == ["claimed", "claimed", "sending"], "a server may be slow"
    sending.requeue_lost(now() + dt.timedelta(hours=1))
    tell()

    assert len(mail.outbox) == 2
    assert statuses() == ["sent", "sent", "unclear"]


def test_a_worker_taken_for_dead_that_comes_back_knows_better(follow, walk, server):
    follow()
    walk()
    queue()

    class Slow(Server):
        def send_messages(self, messages):
            sending.requeue_lost(now() + dt.timedelta(hours=1))
            return super().send_messages(messages)

    claim = sending.take_up()
    sending._hand_over(list(Mailing.objects.filter(claim=claim)), {Change.objects.get().document_id}, Slow())

    assert statuses() == ["sent"]
    assert len(mail.outbox) == 1


# --- When the mail server does not want to ----------------------------------------------------------------------------


def test_a_server_that_is_away_is_asked_again_later_and_later(follow, walk, server):
    follow()
    walk()
    queue()
    server.is_down = True
    moment = dt.datetime.now(dt.UTC)
    for wait in rules.BACK_OFF:
        with time_machine.travel(moment, tick=False):
            assert not sending.send_some()
            assert Mailing.objects.get().due_at == now() + wait
            assert not sending.send_some(), "not before its time"
        moment += wait
    server.is_down = False
    with time_machine.travel(moment):
        sending.send_some()

    assert statuses() == ["sent"]
    assert len(mail.outbox) == 1


def test_it_is_given_up_in_the_end(follow, walk, server):
    follow()
    walk()
    queue()
    server.is_down = True
    moment = dt.datetime.now(dt.UTC)
    for _ in range(len(rules.BACK_OFF) + 1):
        moment += dt.timedelta(days=2)
        with time_machine.travel(moment):
            sending.send_some()

    assert statuses() == ["failed"]


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (smtplib.SMTPRecipientsRefused({"kim@example.se": (450, b"later")}), "queued"),
        (smtplib.SMTPRecipientsRefused({"kim@example.se": (550, b"no such user")}), "failed"),
        (smtplib.SMTPDataError(451, b"later"), "queued"),
        (smtplib.SMTPDataError(554, b"spam"), "failed"),
        (smtplib.SMTPSenderRefused(550, b"who", "samverkan@localhost"), "queued"),
        (smtplib.SMTPServerDisconnected("gone"), "unclear"),
        (TimeoutError(), "unclear"),
        (UnicodeError("odd"), "failed"),
    ],
)
def test_what_the_server_says_decides_for_that_letter_only(follow, walk, server, answer, status):
    follow("kim@example.se")
    follow("lo@example.se")
    walk()
    queue()
    server.answers = [answer]

    sending.send_some()

    assert told() == {"lo@example.se": 1}
    assert Mailing.objects.get(subscription__email="kim@example.se").status == status
    assert "@" not in Mailing.objects.get(subscription__email="kim@example.se").error


def test_the_log_names_nobody(follow, walk, server, caplog):
    follow()
    walk()
    queue()
    server.answers = [smtplib.SMTPServerDisconnected("kim@example.se")]
    sending.send_some()

    assert "kim@" not in caplog.text
    assert "Disconnected" in caplog.text


def test_an_address_that_is_refused_time_and_again_is_forgotten(follow, walk, server):
    follow()
    for number in range(3):
        assert actions.forget(now()) == 0
        walk(f"Gång {number}.")
        queue()
        server.answers = [smtplib.SMTPRecipientsRefused({"kim@example.se": (550, b"no such user")})]
        sending.send_some()

    assert actions.forget(now()) == 1
    assert not Subscription.objects.exists()


def test_a_letter_that_arrives_wipes_the_slate(follow, walk, server):
    subscription = follow()
    Subscription.objects.update(refused=2)
    walk()
    tell()
    subscription.refresh_from_db()

    assert subscription.refused == 0


# --- Many ---------------------------------------------------------------------------------------------------------


def test_no_more_letters_leave_than_the_pace_allows(lycksele, walk, settings):
    settings.FOLLOW_LETTERS_A_MINUTE = 30
    following.followers(80, lycksele)
    walk()
    queue()
    moment = dt.datetime.now(dt.UTC)
    sent = []
    for minutes in (0, 2, 4):
        with time_machine.travel(moment + dt.timedelta(minutes=minutes)):
            while sending.send_some():
                pass
        sent.append(len(mail.outbox))

    assert sent == [30, 60, 80]


def test_whoever_waits_for_the_link_to_say_yes_comes_first(lycksele, walk):
    following.followers(30, lycksele)
    walk()
    queue()
    actions.ask("kim@example.se", municipality=lycksele)

    sending.send_some()

    assert told() == {"kim@example.se": 1}


def asked(do):
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries)


def test_a_batch_asks_as_much_of_the_database_however_many_wait(lycksele, walk, promise):
    following.followers(5, lycksele)
    walk()
    queue()
    small = asked(sending.send_some)
    following.followers(1000, lycksele, start=100)
    walk("Igen.")
    spread = asked(queue)
    whole = asked(sending.send_some)

    each = 2  # about to, and done
    assert whole - small == (sending.FOLLOWERS - 5) * each
    assert spread <= 40


def peak(do):
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_thousand_followers_take_no_more_memory_than_a_thousand(lycksele, walk, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    following.followers(1000, lycksele)
    walk("Först.")
    thousand = peak(queue), peak(sending.send_some)
    Mailing.objects.all().delete()
    following.followers(9000, lycksele, start=1000)
    walk("Sedan.")
    ten_thousand = peak(queue), peak(sending.send_some)

    assert Mailing.objects.filter(change__outcome__text="Sedan.").count() == 10_000
    for few, many in zip(thousand, ten_thousand, strict=True):
        assert many < 1.5 * few


def test_somebody_who_is_interrupted_goes_on_where_it_was(lycksele, walk, monkeypatch):
    following.followers(1200, lycksele)
    walk()
    noticing.notice()
    real, calls = Mailing.objects.bulk_create, []

    def dies(rows, **kwargs):
        calls.append(len(rows))
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(rows, **kwargs)

    monkeypatch.setattr(Mailing.objects, "bulk_create", dies)
    with pytest.raises(KeyboardInterrupt):
        noticing.spread()
    noticing.spread()

    assert Mailing.objects.count() == 1200
    assert calls == [500, 500, 500, 200]


# --- The operator -----------------------------------------------------------------------------------------------------


def test_the_operator_sees_numbers_and_covered_addresses(client, ove, follow, walk):
    follow("kim.karlsson@example.se")
    walk()
    tell()
    client.force_login(ove)

    people = client.get("/admin/subscriptions/subscription/").content.decode()
    changes = client.get("/admin/subscriptions/change/").content.decode()

    assert "k…@e….se" in people
    assert "kim.karlsson" not in people + changes
    assert 'class="field-sent">1<' in changes
    assert client.get(f"/admin/subscriptions/subscription/{Subscription.objects.get().pk}/change/").status_code != 200


def test_the_operator_ends_for_somebody_who_asks(client, ove, follow):
    subscription = follow("kim@example.se")
    follow("lo@example.se")
    client.force_login(ove)
    page = "/admin/subscriptions/subscription/"

    assert "k…@" not in client.get(page, {"q": "kim@exam"}).content.decode(), "only by the whole address"
    assert "k…@" in client.get(page, {"q": "kim@example.se"}).content.decode()
    client.post(page, {"action": "end", "_selected_action": [subscription.pk]})

    assert [one.email for one in Subscription.objects.all()] == ["lo@example.se"]


@pytest.mark.parametrize("who", ["anna", "bo", "lisa", "fia"])
def test_nobody_in_the_partnership_sees_them(client, cast, follow, who):
    follow()
    client.force_login(cast[who])

    assert client.get("/admin/subscriptions/subscription/").status_code in (302, 403)


def test_nothing_of_a_follower_stands_in_the_book(follow, walk, lycksele):
    actions.ask("kim@example.se", municipality=lycksele)
    actions.confirm(Subscription.objects.get().key.hex)
    walk()
    tell()
    actions.end(Subscription.objects.get().key.hex)

    assert not Event.objects.filter(subject__startswith="subscriptions.").exists()
    assert "kim@" not in str(list(Event.objects.values_list("label", "note", "changes")))


def test_old_letters_are_forgotten_too(follow, walk):
    follow()
    walk()
    tell()

    actions.forget(now() + dt.timedelta(days=91))

    assert not Mailing.objects.exists()
    assert Subscription.objects.exists()
