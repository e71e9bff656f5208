"""Taking everything out as Excel: one row per thing, stable ids, no formulas."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agreements.exporting import harmless
from agreements.importing import preview
from agreements.sheets import BESIDE
from journal.models import Event
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def export(client, partnership):
    def get(who):
        client.force_login(who)
        response = client.post(f"/overenskommelser/excel/hamta/?samverkan={partnership.pk}")
        if response.streaming:
            response.read_back = response.getvalue()
        for close in response._resource_closers:  # not the response itself: that would also let go of the database
            close()
        return response

    return get


def sheets(response):
    book = openpyxl.load_workbook(io.BytesIO(response.read_back))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def cell(found, sheet, header, row=1):
    return found[sheet][row][found[sheet][0].index(header)]


def test_a_row_for_everything(export, anna, partnership, draft, measure, problem, police):
    goal = factories.GoalFactory(problem=problem, responsible=police, baseline=12.5)
    measure.goals.add(goal)
    log = factories.MeasureLogFactory(measure=measure, count=7)
    plan = factories.ActionPlanFactory(cycle=measure.cycle)
    plan.measures.add(measure)

    found = sheets(export(anna))

    assert list(found)[:5] == ["Överenskommelser", "Mål", "Åtgärder", "Logg", "Åtgärdsplaner"]
    assert [len(rows) for rows in found.values()] == [2, 2, 2, 2, 2, *[1] * len(BESIDE)]
    assert cell(found, "Överenskommelser", "Id") == f"ÖVK-{draft.pk}"
    assert cell(found, "Åtgärder", "Mål") == f"MÅL-{goal.pk}"
    assert cell(found, "Åtgärder", "Gjort antal") == 7
    assert cell(found, "Mål", "Utgångsvärde") == 12.5
    assert (cell(found, "Logg", "Id"), cell(found, "Logg", "Åtgärd")) == (f"LOGG-{log.pk}", f"ÅTG-{measure.pk}")
    assert cell(found, "Åtgärdsplaner", "Åtgärder") == f"ÅTG-{measure.pk}"


def test_what_looks_like_a_formula_is_a_text(export, anna, measure):
    for text in ('=HYPERLINK("x")', "+46", "-1", "@SUM(A1)"):
        factories.MeasureLogFactory(measure=measure, text=text)

    found = sheets(export(anna))

    column = found["Logg"][0].index("Vad som gjordes")
    assert [row[column] for row in found["Logg"][1:]] == ['\'=HYPERLINK("x")', "'+46", "'-1", "'@SUM(A1)"]


def test_a_text_longer_than_a_cell_is_cut_and_says_so():
    assert len(harmless("a" * 40_000)) == 32_767
    assert harmless("a" * 40_000).endswith("[avkortat]")


def test_the_book_says_who_took_it_out(export, anna, partnership, measure):
    export(anna)

    event = Event.objects.about(partnership).get(verb="exported")
    assert (event.by, event.note) == (anna, "1 rad åtgärder")


def test_another_partnerships_things_are_not_in_it(export, anna, measure, elsewhere):
    factories.MeasureFactory(problem__cycle__partnership=elsewhere, title="Någon annans")

    assert len(sheets(export(anna))["Åtgärder"]) == 2


def test_who_may(export, client, partnership, anna, hans, eva, fia):
    assert [export(who).status_code for who in (anna, hans, eva, fia)] == [200, 200, 404, 403]
    client.force_login(anna)
    assert client.get(f"/overenskommelser/excel/hamta/?samverkan={partnership.pk}").status_code == 405


def test_as_many_questions_for_many_as_for_few(export, anna, measure, django_assert_max_num_queries):
    factories.MeasureFactory.create_batch(60, problem=measure.problem, responsible=measure.responsible)

    with django_assert_max_num_queries(45):
        export(anna)


def test_what_lies_beside_goes_out_with_it(export, anna, bo, signed, ongoing, police, municipality_party):
    """Decisions, signatures, what is said and taken on, and how goals went: each in a sheet of its own."""
    draft = factories.AgreementFactory(partnership=signed.partnership, created_by=bo)
    draft.parties.set([police, municipality_party])
    factories.UndertakingFactory(agreement=draft, party=police)
    factories.AdaptationFactory(agreement=draft)
    factories.CommentFactory(agreement=draft, party=police, section="purpose")
    by = {"created_by": bo, "checksum": signed.checksum}
    signed.decisions.create(party=police, body="Polischefen", **by)
    signed.publications.create(channels="Webben", **by)
    signed.adherences.create(party=police, kind="left", reason="Ny indelning.", function="Chef", name="D", **by)
    signed.prolongations.create(ends="2030-12-31", reason="Vi hinner inte.", created_by=bo)
    goal = factories.GoalFactory(problem=ongoing.problem, responsible=police)
    goal.outcomes.create(outcome="partly", reason="Halvvägs.", created_by=bo)
    factories.ParticipantFactory(measure=ongoing)
    factories.PartFactory(measure=ongoing)

    found = sheets(export(anna))

    counts = {name: len(rows) - 1 for name, rows in found.items()}
    assert {kind.title: counts[kind.title] for kind in BESIDE} == {
        kind.title: 2 if kind.title == "Underskrifter" else 1 for kind in BESIDE
    }
    assert cell(found, "Synpunkter", "Avsnitt") == "Syfte"
    assert cell(found, "Målens utfall", "Utfall") == "Delvis nått"
    assert cell(found, "Underskrifter", "Överenskommelse") == f"ÖVK-{signed.pk}"


def test_problems_and_causes_have_their_ids_beside_their_words(export, anna, measure, draft):
    cause = factories.CauseFactory(analysis__problem=measure.problem)
    measure.causes.add(cause)
    draft.problems.add(measure.problem)

    found = sheets(export(anna))

    assert cell(found, "Åtgärder", "Problemets id") == f"PRB-{measure.problem_id}"
    assert cell(found, "Åtgärder", "Problem") == measure.problem.title
    assert cell(found, "Åtgärder", "Orsakernas id") == f"ORS-{cause.pk}"
    assert cell(found, "Överenskommelser", "Problemens id") == f"PRB-{measure.problem_id}"


def test_what_went_out_is_known_when_it_comes_back(export, anna, bo, signed, measure, police):
    factories.GoalFactory(problem=measure.problem, responsible=police, specific="yes", term="long")
    factories.ActionPlanFactory(cycle=measure.cycle).measures.add(measure)

    exported = export(anna).read_back

    rows = preview(SimpleUploadedFile("ut.xlsx", exported), signed.partnership, by=bo).rows
    assert [row["state"] for row in rows] == ["known"] * 4
