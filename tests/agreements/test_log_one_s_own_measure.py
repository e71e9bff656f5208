"""Who carries out a measure writes in its log, ticks its parts and sends a photo, also as a reader; nothing more."""

import datetime as dt

import pytest

from agreements.models import LogFile, Measure, Participant
from journal.models import Event
from tests import factories
from tests.agreements.test_send_photo import folder, photo  # noqa: F401  the folder is where photos go

LINE = {"text": "Två timmar på torget.", "count": 1, "day": "2026-05-01"}
ADDRESS = "/overenskommelser/atgarder"


@pytest.fixture
def seat(partnership, organisations, hans):
    """Hans reads for Lycksele and holds a function there."""
    made = factories.SeatFactory(partnership=partnership, organisation=organisations["lycksele"])
    factories.HoldingFactory(seat=made, name=hans.name, user=hans, starts=dt.date(2024, 1, 1))
    return made


@pytest.fixture(params=["responsible", "taking part"])
def own(request, ongoing, seat):
    """The measure that goes on, which Hans answers for or takes part in."""
    if request.param == "responsible":
        Measure.objects.filter(pk=ongoing.pk).update(seat=seat)
    else:
        factories.ParticipantFactory(measure=ongoing, seat=seat)
    ongoing.refresh_from_db()
    return ongoing


def test_who_carries_it_out_writes_in_its_log(go, hans, own):
    page = go(hans, own.get_absolute_url()).content.decode()

    go(hans, f"{ADDRESS}/{own.pk}/logg/", LINE)

    line = own.log.get()
    assert "Skriv i loggen" in page
    assert (line.text, line.created_by) == (LINE["text"], hans)


def test_and_ticks_its_parts(go, hans, own):
    part = factories.PartFactory(measure=own)

    assert "Markera som klart" in go(hans, own.get_absolute_url()).content.decode()
    go(hans, f"{ADDRESS}/moment/{part.pk}/klart/", {})

    part.refresh_from_db()
    assert part.done_on is not None
    assert Event.objects.about(own).first().by == hans


def test_and_sends_a_photo_and_takes_it_away_again(go, hans, own):
    go(hans, f"{ADDRESS}/{own.pk}/logg/", LINE | {"attached": photo(), "alt": "Ett tomt torg."})
    file = LogFile.objects.get()

    assert f"/logg/filer/{file.pk}/ta-bort/" in go(hans, own.get_absolute_url()).content.decode()
    go(hans, f"{ADDRESS}/logg/filer/{file.pk}/ta-bort/", {})

    assert not LogFile.objects.exists()


def test_nobody_else_s_lines_and_photos_are_touched(go, bo, hans, own):
    go(bo, f"{ADDRESS}/{own.pk}/logg/", LINE | {"attached": photo(), "alt": "Ett tomt torg."})
    line, file = own.log.get(), LogFile.objects.get()

    page = go(hans, own.get_absolute_url()).content.decode()

    assert "Rätta" not in page
    assert f"/logg/filer/{file.pk}/ta-bort/" not in page
    for address in (f"filer/{file.pk}/ta-bort", f"{line.pk}/andra", f"{line.pk}/ta-bort"):
        assert go(hans, f"{ADDRESS}/logg/{address}/", LINE).status_code == 403


def test_no_other_door_opens(go, hans, own):
    part = factories.PartFactory(measure=own)
    steps = ("besluta", "paborja", "genomford", "delvis", "inte-genomford", "avbryt", "oppna")
    addresses = [f"{own.pk}/{step}" for step in steps]
    addresses += [f"{own.pk}/{door}" for door in ("andra", "moment/ny", "medverkande/ny", "utforare")]
    addresses += [f"moment/{part.pk}/andra", f"moment/{part.pk}/ta-bort"]

    for address in addresses:
        assert go(hans, f"{ADDRESS}/{address}/", {}).status_code == 403, address


def test_another_measure_is_not_one_s_own(go, hans, own, problem, police):
    other = factories.MeasureFactory(problem=problem, responsible=police, status="ongoing")

    assert go(hans, f"{ADDRESS}/{other.pk}/logg/", LINE).status_code == 403
    assert "Skriv i loggen" not in go(hans, other.get_absolute_url()).content.decode()


def test_it_ends_with_the_function(go, hans, own, seat):
    seat.holdings.update(ends=dt.date(2024, 12, 31))

    assert go(hans, f"{ADDRESS}/{own.pk}/logg/", LINE).status_code == 403


def test_it_ends_with_the_part_in_the_measure(go, hans, ongoing, seat):
    factories.ParticipantFactory(measure=ongoing, seat=seat, ended_on=dt.date(2024, 12, 31))

    assert go(hans, f"{ADDRESS}/{ongoing.pk}/logg/", LINE).status_code == 403
    assert Participant.objects.count() == 1


def test_it_ends_with_the_role(go, hans, own):
    hans.memberships.update(ends=dt.date(2024, 12, 31))

    assert go(hans, f"{ADDRESS}/{own.pk}/logg/", LINE).status_code == 404


@pytest.mark.parametrize("status", ["proposed", "done", "cancelled"])
def test_it_begins_and_ends_with_the_measure(go, hans, own, status):
    Measure.objects.filter(pk=own.pk).update(status=status)
    part = factories.PartFactory(measure=own)

    go(hans, f"{ADDRESS}/{own.pk}/logg/", LINE)
    go(hans, f"{ADDRESS}/moment/{part.pk}/klart/", {})

    part.refresh_from_db()
    assert (own.log.count(), part.done_on) == (0, None)
