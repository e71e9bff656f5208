"""A measure aims at causes, begins with its value from before, is divided into parts, and changes with a reason."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from agreements import actions, rules
from agreements import measure_lists as lists
from agreements.forms import PartForm
from agreements.models import Measure, Participant
from journal.models import Event
from journal.steps import Refused
from tests import factories

ADDRESS = "/overenskommelser/atgarder"
DECIDED = {"decided_by": "Styrgruppen", "decided_on": "2026-03-12"}


@pytest.fixture
def causes(problem, bo):
    analysis = factories.CauseAnalysisFactory(problem=problem, created_by=bo)
    return [
        factories.CauseFactory(analysis=analysis, number=1, text="Mörkt", chosen=False, created_by=bo),
        factories.CauseFactory(analysis=analysis, number=2, text="Tomt", chosen=True, created_by=bo),
    ]


@pytest.fixture
def seat(partnership, organisations, bo):
    return factories.SeatFactory(partnership=partnership, organisation=organisations["police"], created_by=bo)


@pytest.fixture
def data(measure, police):
    """What the browser sends from the measure's form."""

    def filled(**changes):
        usual = {
            "problem": measure.problem_id,
            "title": measure.title,
            "kind": measure.kind,
            "prevention": measure.prevention,
            "place": measure.place,
            "responsible": police.pk,
            "function": measure.function,
            "starts": measure.starts.isoformat(),
            "planned_count": measure.planned_count,
            "unit": measure.unit,
            "baseline_reason": measure.baseline_reason,
            "origin": "joint",
            "term": measure.term,
            "manner": measure.manner,
            "revision": measure.revision,
        }
        return usual | changes

    return filled


def edit(go, person, measure, data):
    return go(person, f"{ADDRESS}/{measure.pk}/andra/", data)


def put(measure, **fields):
    Measure.objects.filter(pk=measure.pk).update(**fields)
    measure.refresh_from_db()
    return measure


def test_the_chosen_causes_are_offered_first_by_their_number(go, bo, measure, causes):
    form = edit(go, bo, measure, None).context["form"]

    assert [str(label) for _, label in form.fields["causes"].choices] == ["2. Tomt (ska påverkas)", "1. Mörkt"]


def test_which_problem_is_asked_first(go, bo, partnership, problem, eva):
    """Without a problem in the address its page is a choice among those that may be acted on, each leading on."""
    address = f"{ADDRESS}/ny/?samverkan={partnership.pk}"

    page = go(bo, address)
    chosen = go(bo, f"{address}&problem={problem.pk}")

    assert "agreements/measure_problem.html" in [template.name for template in page.templates]
    assert "Vilket problem gäller åtgärden?" in page.text
    assert f'href="{address}&amp;problem={problem.pk}">{problem.title}</a>' in page.text
    assert chosen.context["form"].chosen_problem == problem
    assert go(eva, address).status_code == 404


def test_causes_of_another_problem_are_no_choice(go, bo, measure, data, causes, cycle):
    other = factories.ProblemFactory(cycle=cycle, created_by=bo)
    foreign = factories.CauseFactory(
        analysis=factories.CauseAnalysisFactory(problem=other, created_by=bo), number=1, created_by=bo
    )

    answer = edit(go, bo, measure, data(causes=[foreign.pk]))

    assert "hör till ett annat problem" in answer.content.decode()


def test_without_a_cause_or_a_reason_it_is_not_decided(go, bo, measure, data, causes):
    page = go(bo, go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED).url).content.decode()
    edit(go, bo, measure, data(causes=[causes[1].pk]))
    go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED)

    measure.refresh_from_db()
    assert "riktar sig inte mot någon orsak" in page
    assert measure.status == "decided"
    assert (measure.decided_by, measure.decided_on) == ("Styrgruppen", dt.date(2026, 3, 12))


def test_who_decided_is_asked_and_shown(go, bo, measure, partnership):
    put(measure, without_cause_reason="Eget uppdrag.")
    factories.GroupFactory(partnership=partnership, name="Ledningsgruppen")

    asked = go(bo, f"{ADDRESS}/{measure.pk}/besluta/")
    refused = go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED | {"decided_by": "", "decided_on": "2099-01-01"})
    go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED | {"decision_reference": "§ 7"})

    assert asked.context["form"]["decided_by"].value() == "Ledningsgruppen"
    assert set(refused.context["form"].errors) == {"decided_by", "decided_on"}
    page = go(bo, f"{ADDRESS}/{measure.pk}/").content.decode()
    assert "Styrgruppen, 12 mars 2026, § 7" in page


@pytest.mark.parametrize("field", ["decided_by", "decided_on", "decision_reference"])
def test_what_is_decided_stays(measure, field):
    put(measure, status="decided", decided_by="Styrgruppen", decided_on=dt.date(2026, 3, 12))

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        put(measure, **{field: dt.date(1999, 1, 1) if field == "decided_on" else "annat"})


def test_it_is_not_begun_without_its_value_from_before_and_says_where_it_is_written(go, bo, measure):
    put(measure, status="decided", baseline_reason="")

    page = go(bo, go(bo, f"{ADDRESS}/{measure.pk}/paborja/", {}).url).content.decode()

    measure.refresh_from_db()
    assert measure.status == "decided"
    assert "Före-värdet saknas" in page
    assert f'href="{ADDRESS}/{measure.pk}/andra/#del-5"' in page


def test_the_value_from_before_is_written_with_a_comma_and_locked_when_it_begins(go, bo, measure, data):
    put(measure, status="decided", without_cause_reason="Gammal.", baseline_reason="")
    before = {"baseline": "12,5", "baseline_text": "procent otrygga 2025, mätningen", "baseline_reason": ""}
    edit(go, bo, measure, data(without_cause_reason="Gammal.", **before))
    go(bo, f"{ADDRESS}/{measure.pk}/paborja/", {})

    measure.refresh_from_db()
    form = edit(go, bo, measure, None).context["form"]
    assert (measure.status, measure.before_in_words) == ("ongoing", "12,5 procent otrygga 2025, mätningen")
    assert "baseline" not in form.fields


def test_one_that_never_began_is_opened_again_with_its_value_from_before(go, bo, measure):
    put(measure, status="not_done", baseline_reason="")
    address = f"{ADDRESS}/{measure.pk}/oppna/"

    refused = go(bo, address, {"reason": "Vi gör den ändå."})
    go(bo, address, {"reason": "Vi gör den ändå.", "baseline_reason": "Ingen mätte."})

    measure.refresh_from_db()
    assert "Skriv före-värdet" in refused.content.decode()
    assert (measure.status, measure.baseline_reason) == ("ongoing", "Ingen mätte.")


def test_how_it_went_is_told_in_a_colour_a_word_and_a_text(go, bo, measure):
    put(measure, status="ongoing")
    address = f"{ADDRESS}/{measure.pk}/genomford/"

    refused = go(bo, address, {"assessment": "green"})
    go(bo, address, {"assessment": "green", "assessment_text": "Lugnare torg."})
    page = go(bo, f"{ADDRESS}/{measure.pk}/").content.decode()

    assert "assessment_text" in refused.context["form"].errors
    assert "Grön: som tänkt, med gott resultat" in page
    assert "Lugnare torg." in page


def test_other_causes_than_those_decided_on_have_a_reason(go, bo, measure, data, causes):
    measure.causes.add(causes[0])
    put(measure, status="decided")

    refused = edit(go, bo, measure, data(causes=[causes[1].pk]))
    edit(go, bo, measure, data(causes=[causes[1].pk], why="Det är tomt som är problemet."))

    event = Event.objects.about(measure).filter(verb="plan_changed").get()
    assert "why" in refused.context["form"].errors
    assert (event.changes["causes"]["from"], event.changes["causes"]["to"]) == ("1. Mörkt", "2. Tomt")
    assert list(measure.causes.all()) == [causes[1]]


def test_other_goals_than_those_decided_on_have_a_reason(go, bo, measure, data, problem):
    goal = factories.GoalFactory(problem=problem)
    put(measure, status="ongoing", without_cause_reason="Eget uppdrag.")

    refused = edit(go, bo, measure, data(goals=[goal.pk], without_cause_reason="Eget uppdrag."))

    assert "why" in refused.context["form"].errors


@pytest.mark.parametrize("status", ["decided", "ongoing"])
def test_a_decided_measure_keeps_a_cause_or_the_reason(go, bo, measure, data, causes, status):
    measure.causes.add(causes[0])
    put(measure, status=status)

    refused = edit(go, bo, measure, data(causes=[], why="Den passar inte."))
    edit(go, bo, measure, data(causes=[], why="Den passar inte.", without_cause_reason="Kommunens eget uppdrag."))

    measure.refresh_from_db()
    assert "behöver minst en orsak" in str(refused.context["form"].errors["causes"])
    assert (measure.causes.count(), measure.without_cause_reason) == (0, "Kommunens eget uppdrag.")


def test_one_from_before_that_never_had_a_cause_is_changed_all_the_same(go, bo, measure, data):
    put(measure, status="ongoing")

    edit(go, bo, measure, data(planned_count=40, why="Fler poliser."))

    measure.refresh_from_db()
    assert measure.planned_count == 40


def test_a_cause_that_a_measure_aims_at_stays_in_its_analysis(go, bo, measure, causes):
    measure.causes.add(causes[0])

    page = go(bo, go(bo, f"/lagesbilder/orsaker/{causes[0].pk}/ta-bort/", {}).url).content.decode()

    assert f"Orsaken är det som ska påverkas av: {measure.title}." in page
    assert list(measure.causes.all()) == [causes[0]]


@pytest.mark.parametrize("way", ["genomford", "delvis", "inte-genomford", "avbryt"])
def test_what_was_begun_is_assessed_however_it_ends(go, bo, measure, way):
    put(measure, status="ongoing")
    address, why = f"{ADDRESS}/{measure.pk}/{way}/", {"reason": "Pengarna tog slut."}

    refused = go(bo, address, why)
    go(bo, address, why | {"assessment": "red", "assessment_text": "Halva tiden blev av."})

    measure.refresh_from_db()
    assert {"assessment", "assessment_text"} <= set(refused.context["form"].errors)
    assert (measure.is_live, measure.assessment) == (False, "red")


@pytest.mark.parametrize(
    ("status", "way"), [("proposed", "avbryt"), ("decided", "avbryt"), ("decided", "inte-genomford")]
)
def test_what_never_began_ends_with_a_reason_only(go, bo, measure, status, way):
    put(measure, status=status)

    go(bo, f"{ADDRESS}/{measure.pk}/{way}/", {"reason": "Vi prioriterade annat."})

    measure.refresh_from_db()
    assert (measure.is_live, measure.assessment) == (False, "")


@pytest.mark.parametrize("status", ["decided", "ongoing"])
def test_a_change_of_plan_has_a_reason_and_shows(go, bo, measure, data, status):
    put(measure, status=status)

    refused = edit(go, bo, measure, data(planned_count=40))
    edit(go, bo, measure, data(planned_count=40, why="Fler poliser i sommar."))
    page = go(bo, f"{ADDRESS}/{measure.pk}/").content.decode()

    event = Event.objects.about(measure).filter(verb="plan_changed").get()
    assert "why" in refused.context["form"].errors
    assert (event.note, event.changes["planned_count"]["to"]) == ("Fler poliser i sommar.", "40")
    assert "Ändrad plan" in page


def test_a_proposal_is_changed_without_a_reason(go, bo, measure, data):
    edit(go, bo, measure, data(planned_count=40))

    measure.refresh_from_db()
    assert measure.planned_count == 40


def test_what_is_not_the_plan_is_changed_without_a_reason(go, bo, measure, data):
    put(measure, status="ongoing")
    edit(go, bo, measure, data(method="Enligt handboken"))

    measure.refresh_from_db()
    assert measure.method == "Enligt handboken"


def test_the_function_is_taken_from_the_seat(go, bo, measure, data, seat):
    edit(go, bo, measure, data(seat=seat.pk, function=""))

    measure.refresh_from_db()
    assert (measure.seat, measure.function) == (seat, str(seat))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"function": ""}, "Välj funktionen som ansvarar, eller skriv den här."),
        ({"kind": ""}, "Välj själv, eller välj en åtgärdstyp som bestämmer det."),
        ({"origin": "own"}, "Skriv vilket eget mål eller uppdrag åtgärden kommer ur."),
        ({"baseline": "12"}, "Skriv vad före-värdet mäter, för vilken period och enligt vem."),
        ({"evidence_link": "javascript:alert(1)"}, "giltig"),
    ],
)
def test_faults_have_their_sentence(go, bo, measure, data, changes, sentence):
    page = edit(go, bo, measure, data(description="Mitt skrivna", **changes)).content.decode()

    assert sentence in page
    assert "Mitt skrivna" in page


def test_another_partys_function_is_a_fault(go, bo, measure, data, partnership, organisations):
    seat = factories.SeatFactory(partnership=partnership, organisation=organisations["lycksele"], created_by=bo)

    assert "är inte en funktion hos" in edit(go, bo, measure, data(seat=seat.pk)).content.decode()


def test_parts_are_added_ticked_and_taken_back_with_one_press(go, bo, measure):
    go(bo, f"{ADDRESS}/{measure.pk}/moment/ny/", {"kind": "part", "text": "Boka lokal", "order": 1})
    part = measure.parts.get()
    go(bo, f"{ADDRESS}/moment/{part.pk}/klart/", {})
    go(bo, f"{ADDRESS}/moment/{part.pk}/klart/", {})
    part.refresh_from_db()
    done = part.done_on
    go(bo, f"{ADDRESS}/moment/{part.pk}/inte-klart/", {})

    part.refresh_from_db()
    assert (done is not None, part.done_on) == (True, None)
    assert Event.objects.about(measure).filter(verb="part_ticked").count() == 2


@pytest.mark.parametrize("status", ["decided", "ongoing"])
def test_other_hours_than_those_decided_on_have_a_reason(go, bo, measure, seat, status):
    taking_part = factories.ParticipantFactory(measure=measure, seat=seat, task="Kör bilen", hours=12, created_by=bo)
    put(measure, status=status)
    address, given = f"{ADDRESS}/medverkande/{taking_part.pk}/andra/", {"seat": seat.pk, "task": "Kör bilen"}

    refused = go(bo, address, given | {"hours": 20, "revision": 0})
    taking_part.refresh_from_db()
    kept = taking_part.hours
    go(bo, address, given | {"hours": 20, "revision": 0, "why": "Passen blev fler."})

    taking_part.refresh_from_db()
    event = Event.objects.about(measure).filter(verb="plan_changed").get()
    assert refused.context["form"].errors["why"] == ["Skriv varför planen ändras."]
    assert 'value="20"' in refused.content.decode()
    assert (kept, taking_part.hours) == (12, 20)
    assert (event.note, event.changes["hours"]["from"], event.changes["hours"]["to"]) == (
        "Passen blev fler.",
        "12",
        "20",
    )
    assert "Passen blev fler." in go(bo, f"{ADDRESS}/{measure.pk}/").content.decode()


def test_another_day_for_a_part_of_a_decided_measure_has_a_reason_but_not_its_place_in_the_list(go, bo, measure):
    part = factories.PartFactory(measure=measure, text="Boka lokal", day=dt.date(2026, 4, 1), order=1, created_by=bo)
    put(measure, status="decided")
    address = f"{ADDRESS}/moment/{part.pk}/andra/"
    given = {"kind": part.kind, "text": part.text, "function": part.function, "day": "2026-04-01"}

    moved = go(bo, address, given | {"order": 2, "revision": 0})
    refused = go(bo, address, given | {"order": 2, "day": "2026-05-01", "revision": 1})
    part.refresh_from_db()

    assert (moved.status_code, part.order, part.day) == (302, 2, dt.date(2026, 4, 1))
    assert "why" in refused.context["form"].errors
    assert go(bo, address, given | {"day": "2026-05-01", "order": 2, "revision": 1, "why": "Snö."}).status_code == 302


def test_a_proposed_measure_s_parts_change_without_a_reason(go, bo, measure):
    part = factories.PartFactory(measure=measure, text="Boka lokal", created_by=bo)

    go(bo, f"{ADDRESS}/moment/{part.pk}/andra/", {"kind": part.kind, "text": "Boka sal", "order": 1, "revision": 0})

    part.refresh_from_db()
    assert part.text == "Boka sal"
    assert not Event.objects.about(measure).filter(verb="plan_changed").exists()


def test_what_was_decided_while_somebody_wrote_is_not_changed_without_a_reason(bo, measure):
    part = factories.PartFactory(measure=measure, text="Boka lokal", created_by=bo)
    data = {"kind": part.kind, "text": "Boka sal", "order": 1, "revision": 0}
    form = PartForm(data, instance=part, measure=measure)
    assert form.is_valid()
    put(measure, status="decided")

    assert not actions.save_of_measure(form, measure, by=bo, what="Moment")
    assert "Åtgärden är beslutad" in form.non_field_errors()[0]


def test_nothing_that_was_begun_ends_without_an_assessment_whoever_asks(bo, measure):
    """The action demands it, not only the form."""
    put(measure, status="ongoing")

    with pytest.raises(Refused, match="Bedöm hur den gick"):
        actions.move(rules.CANCEL, measure, by=bo, note="Slut.")
    with pytest.raises(Refused, match="Bedöm hur den gick"):
        actions.move(rules.FINISH_DONE, measure, by=bo, assessment="green")
    measure.refresh_from_db()
    assert measure.status == "ongoing"


def test_a_part_is_taken_away_and_the_book_remembers(go, bo, measure):
    part = factories.PartFactory(measure=measure, text="Boka lokal", created_by=bo)

    go(bo, f"{ADDRESS}/moment/{part.pk}/ta-bort/", {})

    assert not measure.parts.exists()
    assert Event.objects.about(measure).first().changes["part"]["from"] == "Boka lokal"


def test_a_function_takes_part_with_a_task_and_hours_until_it_ends(go, bo, measure, seat):
    address = f"{ADDRESS}/{measure.pk}/medverkande/ny/"
    go(bo, address, {"seat": seat.pk, "task": "Kör bilen", "hours": 12})
    twice = go(bo, address, {"seat": seat.pk})
    participant = Participant.objects.get()
    go(bo, f"{ADDRESS}/medverkande/{participant.pk}/avsluta/", {})

    participant.refresh_from_db()
    assert (participant.task, participant.hours) == ("Kör bilen", 12)
    assert "seat" in twice.context["form"].errors
    assert participant.ended_on is not None


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("eva", 404), ("fia", 404)])
def test_others_do_not_plan(go, cast, bo, measure, seat, who, code):
    part = factories.PartFactory(measure=measure, created_by=bo)
    participant = factories.ParticipantFactory(measure=measure, seat=seat, created_by=bo)
    for path in (
        f"{measure.pk}/moment/ny/",
        f"moment/{part.pk}/klart/",
        f"moment/{part.pk}/ta-bort/",
        f"{measure.pk}/medverkande/ny/",
        f"medverkande/{participant.pk}/avsluta/",
    ):
        assert go(cast[who], f"{ADDRESS}/{path}", {}).status_code == code


def test_stuck_shows_on_the_list_until_somebody_says_otherwise(go, bo, hans, measure):
    put(measure, status="ongoing")
    address = f"{ADDRESS}/?samverkan={measure.partnership_id}"
    go(bo, f"{ADDRESS}/{measure.pk}/logg/", {"state": "stuck", "text": "Ingen bil.", "count": 0, "day": "2026-05-01"})
    stuck = go(hans, address + "&visa=fast").content.decode()
    go(bo, f"{ADDRESS}/{measure.pk}/logg/", {"state": "done", "text": "Bil finns.", "count": 1, "day": "2026-05-02"})

    assert "Har kört fast</span>" in stuck
    assert measure.title not in go(hans, address + "&visa=fast").content.decode()


def test_hours_and_kronor_are_logged_with_a_comma(go, bo, measure):
    put(measure, status="ongoing")
    line = {"text": "Pass.", "count": 1, "day": "2026-05-01", "hours": "2,5", "kronor": 300}
    go(bo, f"{ADDRESS}/{measure.pk}/logg/", line)

    logged = measure.log.get()
    assert (logged.hours, logged.kronor, logged.state) == (2.5, 300, "done")


def test_a_line_is_taken_back_and_the_book_remembers(go, bo, measure):
    put(measure, status="ongoing")
    line = factories.MeasureLogFactory(measure=measure, text="Fel åtgärd", created_by=bo)

    go(bo, f"{ADDRESS}/logg/{line.pk}/ta-bort/", {})

    assert not measure.log.exists()
    assert "Fel åtgärd" in Event.objects.about(measure).first().changes["log"]["from"]


@pytest.fixture
def three(measure, problem, police, municipality_party, bo):
    """One with a reason for no cause, one of the municipality's that is late, one that nobody has aimed."""
    put(measure, without_cause_reason="Gammal.", origin="own", origin_text="Polisens mål")
    made = {"problem": problem, "created_by": bo}
    late = factories.MeasureFactory(
        title="Sen", responsible=municipality_party, ends="2026-04-30", without_cause_reason="Nej.", **made
    )
    aimless = factories.MeasureFactory(
        title="Affischer", responsible=police, kind="information", prevention="social", place="", **made
    )
    return measure, late, aimless


@pytest.mark.parametrize(
    ("question", "titles"),
    [
        ("", {"Fotpatruller", "Sen", "Affischer"}),
        ("&visa=utan-orsak", {"Affischer"}),
        ("&visa=forsenade", {"Sen"}),
        ("&ansvarig={municipality}", {"Sen"}),
        ("&lage=done", set()),
        ("&problem={problem}", {"Fotpatruller", "Sen", "Affischer"}),
        ("&visa=annat&ansvarig=x&lage=y&problem=99999999999999999999", {"Fotpatruller", "Sen", "Affischer"}),
    ],
)
def test_the_list_is_filtered(go, hans, three, municipality_party, question, titles):
    asked = question.format(municipality=municipality_party.pk, problem=three[0].problem_id)

    rows = go(hans, f"{ADDRESS}/?samverkan={three[0].partnership_id}{asked}").context["rows"]

    assert {measure.title for measure, _ in rows} == titles


def test_the_balance_is_told_in_words_with_where_they_come_from(three):
    balances = lists.balances(Measure.objects.all())

    assert [one.sentence for one in balances] == ["2 situationella och 1 information"]
    assert lists.origins(balances) == (
        "2 av 3 åtgärder kommer ur gemensamma problem, 1 ur en parts eget mål eller uppdrag."
    )


def test_a_thousand_measures_take_as_many_queries_as_a_few(go, hans, bo, three, django_assert_num_queries):
    address = f"{ADDRESS}/?samverkan={three[0].partnership_id}"
    go(hans, address)
    with CaptureQueriesContext(connection) as few:
        go(hans, address)
    Measure.objects.bulk_create([Measure(**_values(three[0], number)) for number in range(1000)])

    with django_assert_num_queries(len(few)):
        page = go(hans, address)

    assert page.context["page"].paginator.count == 1003
    assert len(page.context["rows"]) == 25


def _values(measure, number):
    values = {field.attname: getattr(measure, field.attname) for field in measure._meta.concrete_fields}
    return values | {"id": None, "title": f"Åtgärd {number}"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"term": ""}, "när effekten väntas"),
        ({"manner": ""}, "om det är en punktinsats eller ordinarie arbete"),
        ({"planned_count": None}, "mål eller antal"),
    ],
)
def test_what_the_handbook_asks_is_told_or_why_not_before_it_is_decided(go, bo, measure, fields, words):
    put(measure, without_cause_reason="Gammal.", **fields)
    page = go(bo, go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED).url).content.decode()
    measure.refresh_from_db()
    assert (measure.status, f"Det framgår inte: {words}." in page) == ("proposed", True)

    put(measure, untold_reason="Styrgruppen avvaktar.")
    go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED)

    measure.refresh_from_db()
    assert measure.status == "decided"
    assert "Styrgruppen avvaktar." in go(bo, measure.get_absolute_url()).content.decode()


def test_a_goal_is_as_good_as_a_count(go, bo, measure, police):
    put(measure, without_cause_reason="Gammal.", planned_count=None)
    measure.goals.add(factories.GoalFactory(problem=measure.problem, responsible=police))

    go(bo, f"{ADDRESS}/{measure.pk}/besluta/", DECIDED)

    measure.refresh_from_db()
    assert measure.status == "decided"


def test_a_count_for_each_period_has_no_share_done(go, bo, measure, data):
    edit(go, bo, measure, data(planned_count=2, unit="besök", per="termin", contact="Områdespolisen, 114 14"))
    factories.MeasureLogFactory(measure=measure, count=5)

    measure.refresh_from_db()
    page = go(bo, measure.get_absolute_url()).content.decode()
    assert (measure.progress, measure.progress_text) == (None, "2 besök per termin, 5 hittills")
    assert "2 besök per termin, 5 hittills" in page
    assert "Områdespolisen, 114 14" in page


def test_a_period_without_a_count_is_a_fault(go, bo, measure, data):
    answer = edit(go, bo, measure, data(planned_count="", unit="", per="termin"))

    assert "Skriv hur många det ska bli per period." in answer.content.decode()
