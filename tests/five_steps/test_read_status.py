"""Reading how far cycles have come, from stored decisions only."""

import pytest
from django.utils import timezone

from five_steps.handbook import CODES_OF_STEP
from five_steps.models import StepLine
from five_steps.status import levels
from tests import factories

pytestmark = pytest.mark.django_db


def settle(cycle, codes, status="done"):
    for code in codes:
        StepLine.objects.create(
            cycle=cycle,
            code=code,
            status=status,
            reason="Skäl",
            created_by=cycle.created_by,
            confirmed_at=timezone.now(),
            confirmed_by=cycle.created_by,
        )


def test_a_cycle_without_rows_stands_at_the_first_step(cycle):
    assert levels([cycle]) == {cycle.pk: (0, 1)}


def test_a_step_is_complete_when_all_its_lines_are_settled(cycle):
    settle(cycle, CODES_OF_STEP[1])

    assert levels([cycle.pk]) == {cycle.pk: (1, 2)}


def test_a_line_that_is_not_applicable_counts_as_settled(cycle):
    settle(cycle, CODES_OF_STEP[1][:-1])
    settle(cycle, CODES_OF_STEP[1][-1:], status="not_applicable")

    assert levels([cycle]) == {cycle.pk: (1, 2)}


def test_steps_may_be_completed_in_any_order(cycle):
    settle(cycle, CODES_OF_STEP[3])

    assert levels([cycle]) == {cycle.pk: (1, 1)}


def test_all_five_steps_complete(cycle):
    settle(cycle, [code for codes in CODES_OF_STEP.values() for code in codes])

    assert levels([cycle]) == {cycle.pk: (5, 5)}


def test_one_query_for_many_cycles(django_assert_num_queries):
    cycles = factories.CycleFactory.create_batch(3)
    settle(cycles[1], CODES_OF_STEP[1])

    with django_assert_num_queries(1):
        found = levels(cycles)

    assert [found[cycle.pk] for cycle in cycles] == [(0, 1), (1, 2), (0, 1)]
