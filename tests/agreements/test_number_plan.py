"""The handbook's columns: cause and measure carry the same number, and a measure stands once."""

import pytest

from agreements import plan_content
from agreements.models import Measure
from lib import canonical
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(cycle):
    return factories.ActionPlanFactory(cycle=cycle)


@pytest.fixture
def analysis(problem):
    return factories.CauseAnalysisFactory(problem=problem)


@pytest.fixture
def cause(analysis):
    """A cause of the problem, by number."""

    def made(number, **fields):
        return factories.CauseFactory(analysis=fields.pop("analysis", analysis), number=number, **fields)

    return made


@pytest.fixture
def listed(plan, problem, police):
    """A measure in the plan against the causes."""

    def made(*causes, title="Fotpatruller", problem=problem, **fields):
        measure = factories.MeasureFactory(problem=problem, responsible=police, title=title, **fields)
        measure.causes.set(causes)
        plan.measures.add(measure)
        return measure

    return made


def lines(plan):
    """Each row as (cause's number, own number, what stands there)."""
    return [
        (
            row["cause"] and row["cause"]["number"],
            row["number"],
            row["measure"]["title"] if row["measure"] else f"se {row['see']['title']}",
        )
        for group in plan_content.of(plan)["groups"]
        for row in group["rows"]
    ]


def test_a_measure_carries_the_number_of_its_cause(plan, cause, listed):
    listed(cause(3), title="Belysning")
    listed(cause(1), title="Patruller")

    assert lines(plan) == [(1, "1", "Patruller"), (3, "3", "Belysning")]


def test_several_measures_against_one_cause_have_a_letter(plan, cause, listed):
    one = cause(2)
    listed(one, title="Patruller")
    listed(one, title="Belysning")

    assert lines(plan) == [(2, "2a", "Patruller"), (2, "2b", "Belysning")]


def test_a_measure_under_two_causes_stands_under_the_first_and_is_referred_to(plan, cause, listed):
    listed(cause(4), cause(2), title="Patruller")

    assert lines(plan) == [(2, "2", "Patruller"), (4, "2", "se Patruller")]


def test_measures_without_cause_stand_last_with_their_reason(plan, cause, listed):
    listed(title="Krogtillsyn", without_cause_reason="Kommunens eget uppdrag.")
    listed(cause(1), title="Patruller")

    assert lines(plan) == [(1, "1", "Patruller"), (None, "U1", "Krogtillsyn")]
    assert plan_content.of(plan)["groups"][0]["rows"][-1]["reason"] == "Kommunens eget uppdrag."


def test_problems_stand_in_the_order_that_was_decided(plan, problem, listed, cycle):
    first = factories.ProblemFactory(cycle=cycle, title="Alkohol", status="prioritised", rank=1)
    listed(title="Andra")
    listed(title="Första", problem=first)

    assert [group["problem"]["title"] for group in plan_content.of(plan)["groups"]] == ["Alkohol", problem.title]


def test_a_measure_across_problems_says_where_it_stands(plan, cause, listed, cycle):
    other = factories.ProblemFactory(cycle=cycle, title="Alkohol")
    listed(cause(1), cause(1, analysis=factories.CauseAnalysisFactory(problem=other)), title="Patruller")

    see = plan_content.of(plan)["groups"][1]["rows"][0]["see"]

    assert (see["number"], see["problem"]) == ("1", "Otrygghet i centrum")


def test_a_chosen_cause_that_nothing_is_done_about_is_told(plan, cause, listed):
    listed(cause(1))
    cause(2, chosen=True, text="Trasig belysning")

    assert [one["text"] for one in plan_content.of(plan)["uncovered"]] == ["Trasig belysning"]


def test_a_colour_has_its_word(measure):
    measure.assessment, measure.assessment_text = "yellow", "Hälften blev av."

    assert plan_content.follow_up_of(measure) == {"word": "Gul", "tone": "warn", "text": "Hälften blev av."}


def test_letters_go_on_after_z():
    assert [plan_content._letter(place) for place in (0, 25, 26, 27, 702)] == ["a", "z", "aa", "ab", "aaa"]


@pytest.mark.parametrize("count", [1, 40])
def test_a_plan_costs_the_same_however_many_measures(plan, cause, listed, django_assert_num_queries, count):
    causes = [cause(number) for number in range(1, 4)]
    for number in range(count):
        measure = listed(causes[number % 3], title=f"Åtgärd {number}")
        factories.ParticipantFactory(measure=measure)
    plan = type(plan).objects.select_related("partnership", "municipality", "cycle", "agreement", "picture").get()

    with django_assert_num_queries(7):
        plan_content.of(plan)


def test_the_same_plan_gives_the_same_checksum(plan, cause, listed):
    listed(cause(1))

    assert canonical.checksum(plan_content.of(plan)) == canonical.checksum(plan_content.of(plan))


def test_a_thousand_measures_are_numbered(plan, problem, police, cause):
    one = cause(1)
    made = Measure.objects.bulk_create(
        factories.MeasureFactory.build(
            problem=problem,
            partnership=problem.partnership,
            cycle=problem.cycle,
            responsible=police,
            created_by=problem.created_by,
        )
        for _ in range(1_000)
    )
    plan.measures.set(made)
    Measure.causes.through.objects.bulk_create(Measure.causes.through(measure=measure, cause=one) for measure in made)

    numbers = [row[1] for row in lines(plan)]

    assert (len(numbers), len(set(numbers)), numbers[0], numbers[-1]) == (1_000, 1_000, "1a", "1all")
