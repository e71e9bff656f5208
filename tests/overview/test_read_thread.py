"""The page of the red thread: the drawing, the list, and who may see it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from situation.models import CauseAnalysis
from tests import factories
from tests.overview.threads import put, whole

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(cycle, police, lycksele, bo):
    return whole(cycle, police, lycksele, bo)


def page(client, who, cycle, query=""):
    client.force_login(who)
    return client.get(f"/omgangar/{cycle.pk}/rod-trad/{query}")


def test_the_heading_says_how_far_it_holds(client, anna, cycle, told):
    factories.ProblemFactory(cycle=cycle, status="solved", title="Ett till")
    put(told.cause, chosen=False)

    text = page(client, anna, cycle).text

    assert "Tråden håller för 1 av 2 problem och är av på tre ställen." in text


def test_box_and_line_of_the_list_for_everything(client, anna, cycle, told):
    text = page(client, anna, cycle).text

    for record in (told.problem, told.cause, told.aside, told.goal, told.measure, told.done, told.promise):
        key = f"{record._meta.model_name}-{record.pk}"
        assert text.count(f'data-key="{key}"') == 1
        assert text.count(f'id="i-{key}"') == 1
    assert f'data-from="cause-{told.cause.pk}" data-to="measure-{told.measure.pk}"' in text
    assert f'data-from="goal-{told.goal.pk}" data-to="measure-{told.measure.pk}"' in text
    assert f'data-from="measure-{told.done.pk}" data-to="followup-{told.follow_up.pk}"' in text


def test_a_measure_under_two_causes_has_two_lines_and_one_box(client, anna, cycle, told):
    put(told.aside, chosen=True)
    told.measure.causes.add(told.aside)

    text = page(client, anna, cycle).text

    assert len(re.findall(f'data-from="cause-[0-9]+" data-to="measure-{told.measure.pk}"', text)) == 2
    assert text.count(f'data-key="measure-{told.measure.pk}"') == 1
    assert text.count("står redan ovan") == 1


def test_a_break_is_told_in_words_with_the_way_to_mend_it(client, anna, cycle, told):
    told.measure.goals.clear()

    text = page(client, anna, cycle).text

    assert 'data-break="measure_without_goal"' in text
    assert f'href="/overenskommelser/atgarder/{told.measure.pk}/andra/">Välj det mål' in text
    assert "✕ Avbrott: inget mål" in text


def test_who_only_reads_is_told_what_to_do_without_the_way_to_do_it(client, hans, cycle, told):
    told.measure.goals.clear()

    text = page(client, hans, cycle).text

    assert "Välj det mål som åtgärden ska bidra till." in text
    assert 'class="mend"' not in text


def test_one_problem_only(client, anna, cycle, told):
    factories.ProblemFactory(cycle=cycle, status="prioritised", title="Ett till")

    text = page(client, anna, cycle, f"?problem={told.problem.pk}").text

    assert "Ett till" not in text
    assert "Otrygghet vid torget" in text


def test_a_municipality_sees_its_own_and_the_common(client, anna, cycle, told, organisations):
    landskrona = organisations["landskrona"]
    factories.PartyFactory(partnership=cycle.partnership, organisation=landskrona)
    put(told.measure, municipality=landskrona.municipality)
    factories.ProblemFactory(
        cycle=cycle, status="prioritised", title="Landskronas", municipality=landskrona.municipality
    )

    own = page(client, anna, cycle, "?kommun=lycksele").text
    theirs = page(client, anna, cycle, "?kommun=landskrona").text

    assert "Landskronas" not in own
    assert "Fotpatruller på torget" not in own
    assert "Belysning på torget" in own
    assert "Fotpatruller på torget" in theirs
    assert page(client, anna, cycle, "?kommun=kiruna").status_code == 404


def test_only_the_list_or_only_the_drawing(client, anna, cycle, told):
    assert "<svg role" not in page(client, anna, cycle, "?visa=lista").text
    assert "thread-items" not in page(client, anna, cycle, "?visa=ritning").text
    assert "size-150" in page(client, anna, cycle, "?storlek=150").text
    assert "size-100" in page(client, anna, cycle, "?storlek=<script>").text


def test_an_empty_cycle_teaches(client, anna, cycle):
    text = page(client, anna, cycle).text

    assert "Ingen tråd att följa än" in text
    assert "Till problemen" in text


def test_long_and_odd_titles_are_drawn(client, anna, cycle, told):
    put(told.measure, title="<b>" + "Ordbehandlingsmaskinsunderhållsplan" * 5)

    text = page(client, anna, cycle).text

    assert "<b>Ord" not in text
    assert "&lt;b&gt;Ord" in text


def test_those_outside_do_not_see_it(client, cycle, told, eva, fia, greta):
    assert page(client, eva, cycle).status_code == 404
    assert page(client, fia, cycle).status_code == 403
    assert page(client, greta, cycle).status_code == 403


def test_a_partys_own_picture_stays_its_own(client, anna, bo, cycle, police):
    picture = factories.PictureFactory(partnership=cycle.partnership, cycle=cycle, kind="own_police", owner=police)
    factories.ProblemFactory(cycle=cycle, status="prioritised", title="Bara polisens", picture=picture)

    assert "Bara polisens" not in page(client, anna, cycle).text
    assert "Bara polisens" in page(client, bo, cycle).text


def test_at_most_twelve_questions_to_the_database(client, anna, cycle, police, lycksele):
    fill(cycle, police, lycksele, problems=2, causes=2, measures=2)
    client.force_login(anna)

    with CaptureQueriesContext(connection) as few:
        client.get(f"/omgangar/{cycle.pk}/rod-trad/")
    fill(cycle, police, lycksele, problems=2, causes=3, measures=3)
    with CaptureQueriesContext(connection) as many:
        client.get(f"/omgangar/{cycle.pk}/rod-trad/")

    assert 0 < len(few) == len(many) <= 12


def fill(cycle, police, municipality, *, problems, causes, measures):
    """So many problems with so many causes with so many measures each; every other measure is promised."""
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=municipality)
    by = {"created_by": cycle.created_by}
    for number in range(problems):
        problem = factories.ProblemFactory(cycle=cycle, status="prioritised", title=f"Problem {number}", **by)
        analysis = factories.CauseAnalysisFactory(problem=problem, **by)
        goal = factories.GoalFactory(problem=problem, responsible=police, **by)
        for place in range(causes):
            cause = factories.CauseFactory(analysis=analysis, number=place + 1, chosen=True, **by)
            made = factories.MeasureFactory.create_batch(measures, problem=problem, responsible=police, **by)
            for measure in made:
                measure.causes.add(cause)
                measure.goals.add(goal)
            factories.PromiseFactory(document=document, measures=[made[0]], **by)
            factories.FollowUpFactory(measure=made[-1], **by)
    CauseAnalysis.objects.update(status="done")
