"""Anybody reports a flaw; the operator is told, answers once, and the sender's address goes."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from accessibility import actions
from accessibility.models import FlawReport
from journal.models import Event

PAGE = "/tillganglighet/rapportera/"
DESK = "/admin/accessibility/flawreport/"


class Down(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.fixture
def visitor(db):
    return Client(enforce_csrf_checks=True)


def report(visitor, **given):
    stamp = re.search(r'name="stamp" value="([^"]+)"', visitor.get(PAGE).content.decode())[1]
    fields = {
        "what": "Knappen läses inte upp.",
        "email": "kim@example.se",
        "page": "/medborgarloften/",
        "tools": "NVDA",
    }
    return visitor.post(PAGE, fields | {"stamp": stamp} | given)


def handle(client, flaw, answer="Tack, det är rättat."):
    return client.post(f"{DESK}{flaw.pk}/change/", {"answer": answer})


def sent():
    return {letter.to[0]: letter for letter in mail.outbox}


def test_a_flaw_reaches_the_operator_and_is_acknowledged(visitor, write):
    write()
    answer = report(visitor)
    actions.tell()
    actions.tell()

    assert answer.status_code == 302
    assert "Tack" in visitor.get(answer.url).content.decode()
    assert not answer.cookies
    assert len(mail.outbox) == 2
    letters = sent()
    flaw = FlawReport.objects.get()
    assert "Knappen läses inte upp." in letters["tillganglighet@example.se"].body
    assert f"{DESK}{flaw.pk}/change/" in letters["tillganglighet@example.se"].body
    assert "kim@example.se" not in letters["tillganglighet@example.se"].body
    assert "Knappen" not in letters["kim@example.se"].body, "nobody writes to others through us"


def test_nobody_has_to_say_who_it_is(visitor, write):
    write()
    report(visitor, email="", page="", tools="")
    actions.tell()

    assert list(sent()) == ["tillganglighet@example.se"]


def test_without_an_operator_s_address_it_waits_in_the_list(visitor, client, ove):
    report(visitor, email="")
    actions.tell()
    client.force_login(ove)

    assert mail.outbox == []
    assert "Brist" in client.get(DESK).content.decode()


def test_an_answer_is_sent_and_the_address_is_gone(visitor, client, ove, write):
    write()
    report(visitor)
    actions.tell()
    mail.outbox.clear()
    flaw = FlawReport.objects.get()
    client.force_login(ove)
    assert "kim@example.se" not in client.get(f"{DESK}{flaw.pk}/change/").content.decode()

    assert handle(client, flaw).status_code == 302
    actions.tell()
    actions.tell()

    (letter,) = mail.outbox
    flaw.refresh_from_db()
    assert letter.to == ["kim@example.se"]
    assert "Tack, det är rättat." in letter.body
    assert (flaw.status, flaw.email, flaw.answer) == ("handled", "", "Tack, det är rättat.")
    assert Event.objects.get(subject=f"accessibility.flawreport:{flaw.pk}").by == ove
    assert "kim@" not in str(list(Event.objects.values_list("note", "changes")))


def test_without_an_answer_the_address_goes_at_once(visitor, client, ove):
    report(visitor)
    client.force_login(ove)
    handle(client, FlawReport.objects.get(), answer="")
    actions.tell()

    assert FlawReport.objects.get().email == ""
    assert mail.outbox == []


def test_it_is_handled_once(visitor, client, ove):
    report(visitor)
    flaw = FlawReport.objects.get()
    client.force_login(ove)
    handle(client, flaw)
    handle(client, flaw, answer="Något annat.")

    assert FlawReport.objects.get().answer == "Tack, det är rättat."
    assert Event.objects.filter(subject=f"accessibility.flawreport:{flaw.pk}").count() == 1


def test_what_could_not_be_sent_is_tried_again_and_the_address_does_not_stay(visitor, client, ove, write, settings):
    write()
    report(visitor)
    ours = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.Down"
    actions.tell()
    client.force_login(ove)
    handle(client, FlawReport.objects.get())
    actions.tell()
    assert FlawReport.objects.get().email == "kim@example.se"

    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=8)):
        actions.tell()
        assert FlawReport.objects.get().email == ""
    settings.EMAIL_BACKEND = ours
    actions.tell()
    assert list(sent()) == ["tillganglighet@example.se"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"what": ""}, "what"),
        ({"what": "x" * 50_000}, "what"),
        ({"what": "Det gäller 850101-1236"}, "what"),
        ({"email": "kim"}, "email"),
        ({"email": "kim@example.se\r\nBcc: alla@example.se"}, "email"),
        ({"email": "a" * 300 + "@example.se"}, "email"),
        ({"page": "x" * 301}, "page"),
    ],
)
def test_what_cannot_be_taken_gets_a_sentence_and_stays(visitor, given, field):
    answer = report(visitor, **given)
    page = answer.content.decode()

    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert "NVDA" in page
    assert not FlawReport.objects.exists()


def test_html_and_emoji_are_text(visitor, client, ove, write):
    write()
    report(visitor, what="<script>alert(1)</script> 🎉", page="<b>x</b>\nBcc: alla@example.se")
    actions.tell()
    client.force_login(ove)

    for page in (DESK, f"{DESK}{FlawReport.objects.get().pk}/change/"):
        assert "<script>alert" not in client.get(page).content.decode()
    assert "<script>alert(1)</script> 🎉" in sent()["tillganglighet@example.se"].body
    assert sent()["tillganglighet@example.se"].recipients() == ["tillganglighet@example.se"]


def test_a_robot_is_thanked_and_nothing_happens(visitor):
    assert report(visitor, homepage="https://example.com").status_code == 302
    assert not FlawReport.objects.exists()


def test_no_other_site_makes_somebody_s_browser_report(visitor):
    answer = visitor.post(PAGE, {"what": "x"}, headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.context["form"].non_field_errors()
    assert not FlawReport.objects.exists()


def test_an_address_is_not_pestered_by_who_writes_it_again_and_again(visitor, write):
    write()
    for _ in range(actions.LETTERS_A_DAY + 2):
        report(visitor)
    actions.tell()

    assert [letter.to[0] for letter in mail.outbox].count("kim@example.se") == actions.LETTERS_A_DAY
    assert FlawReport.objects.count() == actions.LETTERS_A_DAY + 2


@pytest.mark.parametrize("who", ["anna", "lisa", "greta"])
def test_only_the_operator_reads_them(visitor, client, cast, who):
    report(visitor)
    client.force_login(cast[who])

    assert client.get(DESK).status_code in (302, 403)
