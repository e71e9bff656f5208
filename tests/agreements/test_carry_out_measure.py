"""Measures: under a problem, moved step by step, with a running log that is written in a minute."""

import datetime as dt

import pytest

from agreements import rules
from agreements.models import Measure
from journal.models import Event
from lib.dates import today
from tests import factories

NEW = {
    "title": "Fotpatruller fredagar",
    "kind": "presence",
    "prevention": "situational",
    "place": "Torget",
    "function": "Områdespolis",
    "starts": "2026-04-01",
    "planned_count": 25,
    "unit": "fotpatruller",
}
ADDRESS = {
    "decide": "besluta",
    "start": "paborja",
    "finish_done": "genomford",
    "finish_partly": "delvis",
    "finish_not_done": "inte-genomford",
    "cancel": "avbryt",
    "resume": "oppna",
}
FROM = {
    "decide": {"proposed"},
    "start": {"decided"},
    "finish_done": {"ongoing"},
    "finish_partly": {"ongoing"},
    "finish_not_done": {"decided", "ongoing"},
    "cancel": {"proposed", "decided", "ongoing"},
    "resume": {"done", "partly", "not_done"},
}
STEP = {step.verb: step for step in rules.MEASURE_STEPS}
HOW = {
    "reason": "Därför.",
    "decided_by": "Styrgruppen",
    "decided_on": "2026-03-12",
    "assessment": "yellow",
    "assessment_text": "Färre bråk på torget.",
}
LINE = {"text": "Två timmar på torget.", "count": 1, "day": "2026-05-01"}


def put(measure, status):
    Measure.objects.filter(pk=measure.pk).update(status=status)
    measure.refresh_from_db()
    return measure


def create(go, person, under, **fields):
    address = f"/overenskommelser/atgarder/ny/?samverkan={under.partnership_id}&problem={under.pk}"
    return go(person, address, NEW | {"problem": under.pk} | fields)


def test_a_measure_is_proposed_under_a_problem(go, anna, problem, police):
    answer = create(go, anna, problem, responsible=police.pk)

    measure = Measure.objects.get()
    assert answer.url == f"/overenskommelser/atgarder/{measure.pk}/"
    assert (measure.problem, measure.cycle, measure.partnership) == (problem, problem.cycle, problem.partnership)
    assert (measure.status, measure.created_by) == ("proposed", anna)


def test_it_belongs_to_the_municipality_of_its_problem(go, anna, problem, police, lycksele):
    type(problem).objects.filter(pk=problem.pk).update(municipality=lycksele)

    create(go, anna, problem, responsible=police.pk, municipality="")

    assert Measure.objects.get().municipality == lycksele


@pytest.mark.parametrize("name", ["problem", "responsible", "agreement", "municipality"])
def test_a_strangers_id_is_a_fault_in_the_form(go, anna, eva, problem, police, elsewhere, name):
    cycle = factories.CycleFactory(partnership=elsewhere, created_by=eva)
    foreign = {
        "problem": lambda: factories.ProblemFactory(cycle=cycle, title="Hemlig", created_by=eva),
        "responsible": lambda: factories.PartyFactory(partnership=elsewhere, created_by=eva),
        "agreement": lambda: factories.AgreementFactory(partnership=elsewhere, title="Hemlig", created_by=eva),
        "municipality": lambda: factories.MunicipalityFactory(code="1280", name="Malmö"),
    }[name]()

    answer = create(go, anna, problem, **({"responsible": police.pk} | {name: foreign.pk}))

    assert name in answer.context["form"].errors
    assert "Hemlig" not in answer.content.decode()


def test_a_problem_only_one_party_may_read_gets_no_measures(go, bo, cycle, police):
    own = factories.PictureFactory(partnership=cycle.partnership, kind="own_police", owner=police, created_by=bo)
    secret = factories.ProblemFactory(cycle=cycle, picture=own, created_by=bo)

    answer = create(go, bo, secret, responsible=police.pk)

    assert "Det finns inget problem att göra något åt" in answer.content.decode()
    assert not Measure.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ends": "2026-03-31"}, "Slutdatum får inte ligga före startdatum."),
        ({"place": ""}, "Ange platsen: en situationell åtgärd riktar sig mot en plats."),
        ({"unit": ""}, "Skriv vad som räknas, till exempel fotpatruller."),
        ({"description": "Följ 811228-9874."}, "ser ut att innehålla ett personnummer"),
    ],
)
def test_faults_have_their_sentence(go, bo, problem, police, changes, sentence):
    assert sentence in create(go, bo, problem, responsible=police.pk, **changes).content.decode()
    assert not Measure.objects.exists()


@pytest.mark.parametrize("status", Measure.Status.values)
def test_each_step_begins_where_the_table_says(bo, measure, status):
    put(measure, status)

    steps = {step.verb for step in rules.next_measure_steps(bo, measure)}

    assert steps == {verb for verb, statuses in FROM.items() if status in statuses}


@pytest.mark.parametrize("verb", STEP)
def test_each_step_leads_where_it_says(go, bo, measure, verb):
    put(measure, min(FROM[verb]))
    Measure.objects.filter(pk=measure.pk).update(without_cause_reason="Gammal åtgärd.")

    go(bo, f"/overenskommelser/atgarder/{measure.pk}/{ADDRESS[verb]}/", HOW)

    measure.refresh_from_db()
    event = Event.objects.about(measure).first()
    assert measure.status == STEP[verb].new
    assert event.note == ("Därför." if STEP[verb].asks_reason else "")


@pytest.mark.parametrize("verb", ["finish_partly", "finish_not_done", "cancel", "resume"])
def test_what_did_not_go_as_planned_demands_a_reason(go, bo, measure, verb):
    put(measure, min(FROM[verb]))

    answer = go(bo, f"/overenskommelser/atgarder/{measure.pk}/{ADDRESS[verb]}/", {"reason": " "})

    measure.refresh_from_db()
    assert measure.status == min(FROM[verb])
    assert "reason" in answer.context["form"].errors


@pytest.mark.parametrize("path", ["", "andra/", "besluta/", "avbryt/"])
@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 404), ("greta", 404)])
def test_the_doors_ask_the_rule(go, cast, measure, path, who, code):
    expected = 200 if not path and code == 403 else code

    assert go(cast[who], f"/overenskommelser/atgarder/{measure.pk}/{path}").status_code == expected


def test_a_neighbour_does_not_keep_another_municipalitys_measure(eva, measure, neighbour, lycksele):
    measure.municipality = lycksele

    assert not rules.may_measure(eva, measure)
    assert rules.next_measure_steps(eva, measure) == []


def test_a_measure_is_edited_while_it_lives_and_not_after(go, bo, measure, police):
    address = f"/overenskommelser/atgarder/{measure.pk}/andra/"
    data = NEW | {"problem": measure.problem_id, "responsible": police.pk, "revision": 0, "baseline_reason": "Nej."}
    go(bo, address, data)
    put(measure, "done")
    go(bo, address, data | {"title": "För sent", "revision": 1})

    measure.refresh_from_db()
    assert measure.title == "Fotpatruller fredagar"


def test_a_line_is_logged_from_the_measures_own_page(go, bo, ongoing):
    page = go(bo, f"/overenskommelser/atgarder/{ongoing.pk}/").content.decode()
    go(bo, f"/overenskommelser/atgarder/{ongoing.pk}/logg/", LINE)

    line = ongoing.log.get()
    assert "Skriv i loggen" in page
    assert (line.text, line.count, line.created_by) == ("Två timmar på torget.", 1, bo)


def test_the_log_adds_up_to_the_progress(go, hans, bo, ongoing):
    for count in (10, 6):
        factories.MeasureLogFactory(measure=ongoing, count=count, created_by=bo)

    page = go(hans, f"/overenskommelser/atgarder/{ongoing.pk}/").content.decode()

    assert "16 av 25 fotpatruller" in page
    assert Measure.objects.get().progress == Measure.objects.with_count().get().progress == 64


def test_what_was_done_beyond_the_plan_is_not_hidden(bo, ongoing):
    factories.MeasureLogFactory(measure=ongoing, count=30, created_by=bo)

    assert (ongoing.progress, ongoing.progress_text) == (100, "30 av 25 fotpatruller")


def test_without_a_plan_there_is_a_count_and_no_percentage(bo, ongoing):
    ongoing.planned_count = None
    factories.MeasureLogFactory(measure=ongoing, count=3, created_by=bo)

    assert (ongoing.progress, ongoing.progress_text) == (None, "3 fotpatruller")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": (today() + dt.timedelta(days=1)).isoformat()}, "Datumet ligger i framtiden"),
        ({"text": "Samtal med 811228-9874."}, "ser ut att innehålla ett personnummer"),
        ({"count": -1}, "större än eller lika med 0"),
    ],
)
def test_a_line_with_a_fault_is_not_lost(go, bo, ongoing, changes, sentence):
    page = go(bo, f"/overenskommelser/atgarder/{ongoing.pk}/logg/", LINE | changes).content.decode()

    assert sentence in page
    assert str((LINE | changes)["text"]) in page
    assert not ongoing.log.exists()


def test_a_measure_that_ended_meanwhile_takes_no_more_lines(go, bo, ongoing):
    put(ongoing, "done")

    page = go(bo, f"/overenskommelser/atgarder/{ongoing.pk}/logg/", LINE).content.decode()

    assert "loggen är stängd" in page
    assert not ongoing.log.exists()


def test_a_line_is_corrected_and_the_book_says_so(go, anna, bo, ongoing):
    line = factories.MeasureLogFactory(measure=ongoing, count=10, created_by=bo)

    go(anna, f"/overenskommelser/atgarder/logg/{line.pk}/andra/", LINE | {"revision": 0})

    line.refresh_from_db()
    assert line.count == 1
    assert Event.objects.about(line).first().changes["count"]["from"] == "10"


def test_a_strangers_line_is_not_found(go, eva, fia, bo, ongoing):
    line = factories.MeasureLogFactory(measure=ongoing, created_by=bo)

    for who in (eva, fia):
        assert go(who, f"/overenskommelser/atgarder/logg/{line.pk}/andra/").status_code == 404
        assert go(who, f"/overenskommelser/atgarder/{ongoing.pk}/logg/", LINE).status_code == 404


def test_a_reader_without_a_part_in_it_does_not_log(go, hans, ongoing):
    assert go(hans, f"/overenskommelser/atgarder/{ongoing.pk}/logg/", LINE).status_code == 403
    assert "Skriv i loggen" not in go(hans, f"/overenskommelser/atgarder/{ongoing.pk}/").content.decode()


def test_what_is_late_is_told(go, bo, ongoing):
    Measure.objects.filter(pk=ongoing.pk).update(ends="2026-04-30")

    page = go(bo, f"/overenskommelser/atgarder/?samverkan={ongoing.partnership_id}").content.decode()

    assert "Försenad" in page
    assert list(Measure.objects.overdue(dt.date(2026, 5, 1))) == [ongoing]
    assert not Measure.objects.overdue(dt.date(2026, 4, 30))
