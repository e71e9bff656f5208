"""Reading in earlier agreements and plans: row by row, then all the chosen rows or none."""

import datetime as dt

import pytest

from agreements import import_template, importing
from agreements.exporting import export
from agreements.models import ActionPlan, Agreement, Goal, ImportedRow, Measure, WorkbookImport
from journal.models import Event
from journal.steps import NotAllowed, Refused
from partnerships.models import Cycle
from situation.models import CauseAnalysis, Problem
from tests import factories
from tests.agreements.workbooks import AGREEMENT, MEASURE, book, measures, upload

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def preview(partnership, cycle, bo):
    return lambda data, by=bo: importing.preview(upload(data), partnership, by=by)


def keys(workbook):
    return [row["key"] for row in workbook.rows if row["state"] == "good"]


def read_in(workbook, by):
    return importing.confirm(workbook, chosen=keys(workbook), by=by)


def states(workbook):
    return [row["state"] for row in workbook.rows]


def faults(workbook):
    return [fault for row in workbook.rows for fault in row["faults"]]


def test_nothing_is_written_before_it_is_confirmed(preview):
    workbook = preview(measures({}))

    assert states(workbook) == ["good"]
    assert workbook.status == "previewed"
    assert Measure.objects.count() == Problem.objects.count() == 0


def test_a_measure_is_read_in_with_its_problem(preview, bo, cycle, police):
    read_in(preview(measures({"Planerat antal": "25", "Vad som räknas": "pass"})), bo)

    measure = Measure.objects.get()
    assert (measure.problem.title, measure.cycle, measure.responsible) == ("Otrygghet i centrum", cycle, police)
    assert (measure.starts, measure.planned_count, measure.status) == (dt.date(2026, 3, 1), 25, "proposed")
    assert measure.without_cause_reason.startswith("Inläst i efterhand")
    assert measure.baseline_reason.startswith("Inläst i efterhand")
    assert "plan.xlsx, Åtgärder, rad 2" in Event.objects.about(measure).get(verb="imported").note


def test_a_measure_under_a_known_problem_and_cause(preview, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, title="Otrygghet i centrum")
    cause = factories.CauseFactory(analysis__problem=problem, number=1, text="Mörkt", chosen=True)
    CauseAnalysis.objects.update(status="done")

    read_in(preview(measures({"Orsaker": "1. Mörkt"})), bo)

    assert Measure.objects.get().problem == problem
    assert list(Measure.objects.get().causes.all()) == [cause]


def test_an_old_plan_brings_its_cycle_and_ends_as_it_ended(preview, bo, partnership):
    old = {"Start": "1 mars 2018", "Slut": 2019, "Läge": "Genomförd", "Bedömning": "Grön"}
    workbook = preview(book({"Överenskommelser": [AGREEMENT], "Åtgärder": [MEASURE | old]}))

    assert read_in(workbook, bo) == 2

    measure = Measure.objects.get()
    assert (measure.status, measure.assessment, measure.ends) == ("done", "green", dt.date(2019, 12, 31))
    assert measure.cycle.name == "Omgång 2018–2019"
    assert (measure.cycle.status, measure.cycle.closed_on) == ("closed", dt.date(2019, 12, 31))
    assert Event.objects.about(measure).filter(label="Inläst i efterhand").exists()


def test_an_old_agreement_is_history_and_signed_by_nobody_here(client, preview, bo, anna, partnership):
    read_in(preview(book({"Överenskommelser": [AGREEMENT]})), bo)

    agreement = Agreement.objects.get()
    assert (agreement.status, agreement.signed_on) == ("signed", dt.date(2018, 2, 12))
    assert agreement.signatures.count() == 0
    assert agreement.frozen["imported"]["row"] == 2
    client.force_login(anna)
    page = client.get(agreement.get_absolute_url()).text
    assert "Den är inte undertecknad här" in page
    assert "Registrera underskrift" not in page
    assert client.get(f"/overenskommelser/{agreement.pk}/underteckna/").status_code == 403


@pytest.mark.parametrize("change", [{"Gäller till och med": "2029-12-31"}, {"Undertecknad den": None}])
def test_one_that_applies_or_has_no_day_of_signing_becomes_a_draft(preview, bo, change):
    read_in(preview(book({"Överenskommelser": [AGREEMENT | change]})), bo)

    assert (Agreement.objects.get().status, Agreement.objects.get().frozen) == ("draft", None)


def test_goals_and_plans(preview, bo, cycle, police):
    goal = {
        "Problem": "Otrygghet i centrum",
        "Mål": "Andelen otrygga ska minska",
        "Rörelse": "Minska",
        "Enhet": "procent",
        "Baslinje": "38,5",
        "Utgångsvärdets period": 2025,
        "Ansvarig part": "Polisen",
        "Senast": "dec 2027",
    }
    plan = {"Åtgärdsplan": "Åtgärdsplan 2026", "Gäller från och med": dt.date(2026, 1, 1)}

    read_in(preview(book({"Mål": [goal], "Åtgärdsplaner": [plan]})), bo)

    made = Goal.objects.get()
    assert (float(made.baseline), made.baseline_period, made.ends) == (38.5, "2025", dt.date(2027, 12, 31))
    assert (ActionPlan.objects.get().title, ActionPlan.objects.get().status) == ("Åtgärdsplan 2026", "draft")


def test_old_words_in_headers_and_sheets(preview):
    row = {
        "Problembild": "Otrygghet i centrum",
        "Åtagande": "Patrullering",
        "Kategori": "Tillsyn",
        "Prevention": "Social",
        "Part": "Polisen",
        "Vem": "Områdespolis",
        "När": "jan 2026",
    }

    workbook = preview(book({"Åtagandeplan": [row]}))

    assert (states(workbook), workbook.rows[0]["kind"]) == (["good"], "Åtgärder")


@pytest.mark.parametrize(
    ("change", "column", "said"),
    [
        ({"Start": "snart"}, "Start", "inget datum"),
        ({"Start": "2026-02-30"}, "Start", "finns inte"),
        ({"Start": "1848-01-01"}, "Start", "kan inte stämma"),
        ({"Start": "2005-01-01"}, "Start", "Ingen omgång täcker"),
        ({"Slut": "2025-01-01"}, "Raden", "Slutdatum"),
        ({"Slag": "Hokus"}, "Slag", "känns inte igen"),
        ({"Ansvarig part": "Borås"}, "Ansvarig part", "Ingen part heter så"),
        ({"Ansvarig funktion": None}, "Ansvarig funktion", "tom"),
        ({"Kommun": "Kiruna"}, "Kommun", "inte med i den här samverkan"),
        ({"Plats": None}, "Raden", "Ange platsen"),
        ({"Planerat antal": "-3", "Vad som räknas": "pass"}, "Planerat antal", "helt tal"),
        ({"Planerat antal": "fem", "Vad som räknas": "pass"}, "Planerat antal", "inget tal"),
        ({"Beskrivning": "Ring 19121212-1212"}, "Beskrivning", "personnummer"),
        ({"Åtgärd": "x" * 201}, "Åtgärd", "200"),
        ({"Beskrivning": "#REF!"}, "Beskrivning", "felvärde"),
    ],
)
def test_a_wrong_row_says_which_column_and_why(preview, change, column, said):
    workbook = preview(measures(change, {"Åtgärd": "En god rad"}))

    assert states(workbook) == ["refused", "good"]
    assert [(name, said in sentence) for name, sentence in faults(workbook)] == [(column, True)]


@pytest.mark.parametrize(
    "written", ["1 jan 2026", "2026-01-01", 46023, "46023", dt.date(2026, 1, 1), 20260101, "1/1 2026", 2026, "1.1.2026"]
)
def test_days_are_read_however_they_are_written(preview, bo, written):
    read_in(preview(measures({"Start": written})), bo)

    assert Measure.objects.get().starts == dt.date(2026, 1, 1)


def test_columns_in_another_order_under_a_title(preview, bo):
    def move(made):
        made["Åtgärder"].insert_rows(1, 3)
        made["Åtgärder"]["A1"] = "Handlingsplan för trygghet"

    workbook = preview(book({"Åtgärder": [dict(reversed(MEASURE.items()))]}, change=move))

    assert [(row["state"], row["number"]) for row in workbook.rows] == [("good", 5)]


def test_merged_cells_count_for_every_row_they_cover(preview, bo):
    data = book(
        {"Åtgärder": [MEASURE, MEASURE | {"Problem": None, "Åtgärd": "Belysning"}]},
        change=lambda made: made["Åtgärder"].merge_cells("A2:A3"),
    )

    read_in(preview(data), bo)

    assert Problem.objects.count() == 1
    assert Measure.objects.count() == 2


def test_a_formula_without_a_saved_value_is_told(preview):
    workbook = preview(measures({"Beskrivning": "=1+1"}))

    assert "Formler utan sparat värde" in workbook.warnings[0]


def test_sheets_that_are_something_else_are_told(preview):
    workbook = preview(book({"Åtgärder": [MEASURE], "Telefonlista": [{"Namn": "Växeln", "Nummer": "0950"}]}))

    assert "Bladet Telefonlista har inga rubriker som känns igen" in workbook.warnings[0]


def test_rows_that_are_here_already_are_recognised(preview, partnership, bo):
    read_in(preview(measures({})), bo)

    again = preview(measures({}, {"Åtgärd": "Ny"}))
    with export(partnership, by=bo) as file:
        exported = preview(file.read())

    assert states(again) == ["known", "good"]
    assert states(exported) == ["known"]
    assert "ÅTG-" in exported.rows[0]["notes"][0]


def test_the_same_row_twice_in_a_file_comes_in_once(preview):
    assert states(preview(measures({}, {}))) == ["good", "known"]


def test_the_template_itself_has_nothing_to_read_in(partnership, bo, cycle):
    with pytest.raises(importing.FileRefused, match="inga rader"):
        importing.preview(upload(import_template.build()), partnership, by=bo)


def test_only_the_chosen_rows(preview, bo):
    workbook = preview(measures({}, {"Åtgärd": "Belysning"}))

    importing.confirm(workbook, chosen=["Åtgärder:3"], by=bo)

    assert [one.title for one in Measure.objects.all()] == ["Belysning"]


def test_all_or_nothing(preview, bo):
    """Something happened between preview and confirmation: the whole stops, and the preview stands."""
    workbook = preview(measures({}, {"Åtgärd": "Belysning"}))
    read_in(preview(measures({})), bo)

    with pytest.raises(Refused, match="Inget är inläst"):
        read_in(workbook, bo)

    workbook.refresh_from_db()
    assert workbook.status == "previewed"
    assert Measure.objects.count() == 1


def test_a_row_that_leans_on_one_that_is_not_chosen_stops_the_whole(preview, bo):
    old = {"Start": "2018-03-01", "Läge": "Genomförd"}
    workbook = preview(book({"Överenskommelser": [AGREEMENT], "Åtgärder": [MEASURE | old]}))

    with pytest.raises(Refused):
        importing.confirm(workbook, chosen=["Åtgärder:2"], by=bo)

    assert (Measure.objects.count(), Problem.objects.count(), Cycle.objects.count()) == (0, 0, 1)


def test_a_workbook_is_confirmed_once(preview, bo, anna):
    workbook = preview(measures({}))
    read_in(workbook, bo)

    with pytest.raises(NotAllowed):
        read_in(WorkbookImport.objects.get(), anna)

    assert Measure.objects.count() == ImportedRow.objects.count() == 1


def test_a_neighbours_own_is_read_in_by_the_neighbour(preview, neighbour, anna, eva):
    data = measures({"Kommun": "Landskrona"})

    assert faults(preview(data, by=anna))[0][0] == "Kommun"
    assert states(preview(data, by=eva)) == ["good"]
