"""Outside actors: let in to one measure, log and tick there, and see nothing else."""

import datetime as dt

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.models import LogFile, Measure, MeasureLog, Part, Participant
from journal.models import Event
from lib.dates import today
from tests import factories
from tests.attachments import files

LINE = {"state": "done", "text": "Lampor bytta i porten.", "count": 2, "day": "2026-05-01"}


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def taking_part(ongoing, outside, bo):
    return ongoing.participants.create(organisation=outside, task="Byter lampor", created_by=bo)


def page(taking_part):
    return f"/overenskommelser/utforare/{taking_part.pk}/"


def people(measure):
    return f"/overenskommelser/atgarder/{measure.pk}/utforare/"


def test_a_coordinator_lets_an_organisation_in(go, bo, ongoing, outside, ina):
    go(bo, people(ongoing), {"organisation": outside.pk, "task": "Byter lampor"})

    made = ongoing.participants.get()
    assert (made.organisation, made.task, made.created_by, made.ended_on) == (outside, "Byter lampor", bo, None)
    assert Event.objects.get(verb="actor_added").changes["actor"]["to"] == "Bostäder i Lycksele AB"
    assert "1 person kan logga" in go(bo, people(ongoing)).content.decode()


@pytest.mark.parametrize("which", ["lycksele", "police", "bra", "county_board"])
def test_only_organisations_outside_are_chosen(go, bo, ongoing, organisations, which):
    answer = go(bo, people(ongoing), {"organisation": organisations[which].pk})

    assert ("organisation" in answer.context["form"].errors, Participant.objects.count()) == (True, 0)


def test_a_party_is_not_outside(go, bo, ongoing, partnership, outside):
    factories.PartyFactory(partnership=partnership, organisation=outside, kind="other", created_by=bo)

    answer = go(bo, people(ongoing), {"organisation": outside.pk})

    assert "organisation" in answer.context["form"].errors


def test_nobody_takes_part_twice(go, bo, ongoing, outside, taking_part):
    answer = go(bo, people(ongoing), {"organisation": outside.pk})

    assert ("organisation" in answer.context["form"].errors, ongoing.participants.count()) == (True, 1)


def test_no_organisation_is_a_fault(go, bo, ongoing):
    assert "organisation" in go(bo, people(ongoing), {}).context["form"].errors


@pytest.mark.parametrize(("who", "status"), [("cecilia", 403), ("hans", 403), ("eva", 404), ("ina", 404)])
def test_others_let_nobody_in(go, request, ongoing, outside, who, status):
    answer = go(request.getfixturevalue(who), people(ongoing), {"organisation": outside.pk})

    assert (answer.status_code, Participant.objects.count()) == (status, 0)


def test_a_neighbour_lets_nobody_into_anothers_own_measure(go, eva, neighbour, ongoing, lycksele, outside):
    Measure.objects.filter(pk=ongoing.pk).update(municipality=lycksele)

    assert go(eva, people(ongoing), {"organisation": outside.pk}).status_code == 403


def test_the_start_page_leads_to_the_actors_own_measures(go, ina, taking_part, problem):
    other = factories.MeasureFactory(problem=problem, responsible=taking_part.measure.responsible, title="Annan insats")

    assert go(ina, "/").url == "/overenskommelser/utforare/"
    shown = go(ina, "/overenskommelser/utforare/").content.decode()
    assert (taking_part.measure.title in shown, other.title in shown) == (True, False)
    assert ("Indikatorer" in shown, "Mina åtgärder" in shown) == (False, True)


def test_an_actor_without_measures_is_told(go, ina):
    assert "Inga åtgärder just nu" in go(ina, "/overenskommelser/utforare/").content.decode()


def test_the_page_says_what_to_do_and_nothing_of_the_rest(go, ina, bo, taking_part, problem):
    measure = taking_part.measure
    Measure.objects.filter(pk=measure.pk).update(description="Byt lampor i alla portar.")
    type(problem).objects.filter(pk=problem.pk).update(title="Hemligt problem", description="Hemlig beskrivning")
    factories.MeasureLogFactory(measure=measure, text="Polisens egen rad", created_by=bo)
    another = factories.OrganisationFactory(name="Föreningen Annan", kind="other")
    theirs = measure.participants.create(organisation=another, task="Deras uppgift", created_by=bo)
    factories.MeasureLogFactory(measure=measure, text="Föreningens rad", participant=theirs, created_by=bo)
    seat = factories.SeatFactory(partnership=measure.partnership, organisation=measure.responsible.organisation)
    factories.HoldingFactory(seat=seat, name="Hemlig Innehavare")
    factories.PartFactory(measure=measure, text="Räkna trasiga lampor", created_by=bo)

    shown = go(ina, page(taking_part)).content.decode()

    for there in (measure.title, "Byt lampor i alla portar.", "Torget", "Områdespolis", "25", "Räkna trasiga lampor"):
        assert there in shown
    for hidden in ("Hemlig", "Polisens egen rad", "Föreningen", "Deras uppgift", bo.name, str(measure.partnership)):
        assert hidden not in shown


def test_an_actor_logs_with_a_photo(go, ina, taking_part):
    photo = SimpleUploadedFile("port.jpg", files.picture())

    answer = go(ina, page(taking_part), LINE | {"state": "stuck", "attached": [photo], "alt": "Porten i mörker"})

    line = MeasureLog.objects.get()
    assert answer.url == page(taking_part)
    assert (line.state, line.count, line.created_by, line.participant) == ("stuck", 2, ina, taking_part)
    shown = go(ina, page(taking_part)).content.decode()
    assert ("Har kört fast" in shown, 'alt="Porten i mörker"' in shown) == (True, True)


def test_the_parties_see_who_wrote_it(go, hans, ina, taking_part):
    go(ina, page(taking_part), LINE)

    shown = go(hans, taking_part.measure.get_absolute_url()).content.decode()

    assert "Lampor bytta i porten." in shown
    assert "Ina Is, Bostäder i Lycksele AB" in shown


def test_a_faulty_line_loses_nothing(go, ina, taking_part):
    day = (today() + dt.timedelta(days=9)).isoformat()

    answer = go(ina, page(taking_part), LINE | {"day": day})

    assert ("framtiden" in answer.content.decode(), "Lampor bytta" in answer.content.decode()) == (True, True)
    assert not MeasureLog.objects.exists()


def test_an_actor_ticks_a_part_and_takes_it_back(go, ina, bo, taking_part):
    part = factories.PartFactory(measure=taking_part.measure, created_by=bo)
    address = f"{page(taking_part)}moment/{part.pk}/"

    go(ina, address, {"gjort": "1"})
    part.refresh_from_db()
    done = part.done_on
    go(ina, address, {"gjort": "0"})

    part.refresh_from_db()
    assert (done, part.done_on) == (today(), None)
    assert [event.verb for event in Event.objects.about(taking_part.measure)] == ["part_ticked", "part_ticked"]


def test_a_part_of_another_measure_is_not_ticked(go, ina, bo, taking_part, problem):
    other = factories.MeasureFactory(problem=problem, responsible=taking_part.measure.responsible)
    part = factories.PartFactory(measure=other, created_by=bo)

    assert go(ina, f"{page(taking_part)}moment/{part.pk}/", {"gjort": "1"}).status_code == 404
    assert Part.objects.get(pk=part.pk).done_on is None


def test_the_access_ends_with_the_last_day(go, bo, ina, taking_part):
    last = today()
    go(
        bo,
        f"/overenskommelser/atgarder/utforare/{taking_part.pk}/avsluta/",
        {"ended_on": last.isoformat(), "revision": taking_part.revision},
    )

    now = go(ina, page(taking_part)).status_code
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=1)):
        later = go(ina, page(taking_part)).status_code

    assert (now, later) == (200, 404)
    assert "till och med" in Event.objects.get(verb="actor_ended").changes["actor"]["to"]


def test_a_day_long_ago_is_refused(go, bo, taking_part):
    address = f"/overenskommelser/atgarder/utforare/{taking_part.pk}/avsluta/"

    answer = go(bo, address, {"ended_on": "2020-01-01", "revision": taking_part.revision})

    assert answer.context["form"].errors["ended_on"] == ["Sista dag kan vara tidigast i går."]


@pytest.mark.parametrize("status", ["proposed", "done", "cancelled"])
def test_no_log_before_the_measure_is_decided_or_after_it_ended(go, ina, taking_part, status):
    Measure.objects.filter(pk=taking_part.measure_id).update(status=status)

    go(ina, page(taking_part), LINE)

    assert not MeasureLog.objects.exists()


def test_what_was_written_is_read_for_thirty_days_after_the_end(go, bo, ina, taking_part):
    photo = SimpleUploadedFile("port.jpg", files.picture())
    go(ina, page(taking_part), LINE | {"attached": [photo], "alt": "Porten"})
    how = {"reason": "Det blev inte av.", "assessment": "red", "assessment_text": "Inget blev lagat."}
    go(bo, f"{taking_part.measure.get_absolute_url()}inte-genomford/", how)
    picture = f"/overenskommelser/atgarder/logg/filer/{LogFile.objects.get().pk}/"

    found = []
    for days in (0, 29, 31):
        with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=days)):
            shown = go(ina, page(taking_part))
            file = go(ina, picture)
            files.let_go(file)
            found.append((shown.status_code, file.status_code, "Skriv i loggen" in shown.content.decode()))

    assert found == [(200, 200, False), (200, 200, False), (404, 404, False)]


def test_the_access_ends_with_the_role(go, ina, taking_part):
    ina.memberships.update(ends=today() - dt.timedelta(days=1))

    assert go(ina, page(taking_part)).status_code == 404


def test_a_party_reader_with_the_same_person_keeps_the_partnerships_pages(go, ina, organisations, taking_part):
    factories.MembershipFactory(user=ina, organisation=organisations["lycksele"], role="reader")

    assert go(ina, taking_part.measure.get_absolute_url()).status_code == 200
    assert go(ina, page(taking_part)).status_code == 200


def test_a_line_that_comes_as_the_measure_ends_is_kept_in_the_form(go, ina, taking_part, monkeypatch):
    monkeypatch.setattr("agreements.views.actors._asked", lambda request, pk: taking_part)
    taking_part.measure.refresh_from_db()
    Measure.objects.filter(pk=taking_part.measure_id).update(status="done")

    answer = go(ina, page(taking_part), LINE)

    assert "loggen är stängd" in answer.content.decode()
    assert "Lampor bytta i porten." in answer.content.decode()
