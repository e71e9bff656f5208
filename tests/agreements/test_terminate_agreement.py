"""Ending a signed agreement, and what the calendar says of it."""

import datetime as dt

import pytest

from agreements.models import Agreement, Validity
from agreements.queries import that_counts
from journal.models import Event
from lib.dates import today
from tests import factories


def dated(**fields):
    return Agreement(status="signed", starts=dt.date(2026, 1, 1), **fields)


END = dt.date(2027, 12, 31)


@pytest.mark.parametrize(
    ("agreement", "day", "says"),
    [
        (dated(ends=END), dt.date(2025, 12, 31), Validity.COMING),
        (dated(ends=END), dt.date(2026, 1, 1), Validity.IN_FORCE),
        (dated(ends=END), dt.date(2027, 3, 30), Validity.IN_FORCE),
        (dated(ends=END), dt.date(2027, 3, 31), Validity.EXPIRING),
        (dated(ends=END), END, Validity.EXPIRING),
        (dated(ends=END), dt.date(2028, 1, 1), Validity.EXPIRED),
        (dated(ends=None), dt.date(2099, 1, 1), Validity.IN_FORCE),
        (dated(ends=END, terminated_on=dt.date(2026, 6, 30)), dt.date(2026, 6, 30), Validity.EXPIRING),
        (dated(ends=END, terminated_on=dt.date(2026, 6, 30)), dt.date(2026, 7, 1), Validity.EXPIRED),
        (Agreement(status="proposed", starts=dt.date(2026, 1, 1)), dt.date(2026, 2, 1), Validity.NOT_SIGNED),
    ],
)
def test_the_calendar_says(agreement, day, says):
    assert agreement.validity(day) == says
    assert says.tone in ("ok", "warn", "bad", "idle", "brand")


def end(go, person, agreement, day, reason="Ny organisation."):
    data = {"day": day.isoformat(), "reason": reason}
    return go(person, f"/overenskommelser/{agreement.pk}/sag-upp/", data)


def test_a_signed_agreement_ends_on_the_day_with_the_reason(go, cecilia, signed):
    end(go, cecilia, signed, dt.date(2026, 12, 31))

    signed.refresh_from_db()
    event = Event.objects.about(signed).first()
    assert (signed.status, signed.terminated_on) == ("terminated", dt.date(2026, 12, 31))
    assert (event.verb, event.note) == ("terminate", "Ny organisation.")


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (dt.date(2026, 2, 15), "Ange tidigast 16 februari 2026"),
        (dt.date(2030, 1, 1), "löper ändå ut 31 december 2029"),
    ],
)
def test_a_day_outside_its_time_has_its_sentence(go, cecilia, signed, day, sentence):
    assert sentence in end(go, cecilia, signed, day).content.decode()
    signed.refresh_from_db()
    assert signed.status == "signed"


def test_it_demands_a_reason(go, cecilia, signed):
    assert "reason" in end(go, cecilia, signed, dt.date(2026, 12, 31), "").context["form"].errors


def test_only_a_signed_one_is_terminated(go, cecilia, proposed):
    end(go, cecilia, proposed, dt.date(2026, 12, 31))

    proposed.refresh_from_db()
    assert proposed.status == "proposed"


def test_a_replaced_one_is_no_longer_in_force(signed, bo):
    newer = factories.AgreementFactory(
        partnership=signed.partnership,
        replaces=signed,
        starts=dt.date(2027, 1, 1),
        status="signed",
        signed_on=dt.date(2026, 12, 1),
        frozen={"parties": []},
        checksum="0" * 64,
        created_by=bo,
    )
    before, after = dt.date(2026, 12, 31), dt.date(2027, 1, 1)

    assert that_counts(Agreement.objects.all(), before) == signed
    assert that_counts(Agreement.objects.all(), after) == newer
    assert signed.state(before)[0] == "Gäller"
    assert signed.state(after) == ("Ersatt av en nyare", "idle")
    listed = Agreement.objects.with_successor().get(pk=signed.pk)
    assert listed.state(after) == ("Ersatt av en nyare", "idle")


def test_the_page_says_how_it_stands(go, hans, signed, time_machine):
    time_machine.move_to(dt.datetime(2029, 6, 1, 12, tzinfo=dt.UTC))

    assert today() == dt.date(2029, 6, 1)
    assert "Löper snart ut" in go(hans, f"/overenskommelser/{signed.pk}/").content.decode()
