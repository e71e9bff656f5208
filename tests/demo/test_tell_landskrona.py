"""The demo's Landskrona 2018–2019: ten measures in three areas, each under the causes that it was to change."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command

from agreements.models import Measure
from demo import build
from demo.cases import landskrona
from demo.cases.landskrona_2018 import FIRST, LAST

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 11, 20)
AREAS = {
    "Otrygghet i centrum och offentliga byggnader": 4,
    "Ungdomar i riskzon och droger": 4,
    "Organiserad brottslighet rekryterar unga": 2,
}


@pytest.fixture
def measures(monkeypatch):
    call_command("load_registers", verbosity=0)
    monkeypatch.setattr(build, "PEOPLE", [one for one in build.PEOPLE if "landskrona" in one.email])
    monkeypatch.setattr(build, "CASES", [one for one in build.CASES if one[1] is landskrona.tell])
    build.build(DAY)
    return list(Measure.objects.filter(starts=FIRST, ends=LAST).prefetch_related("causes", "goals"))


def test_the_ten_measures_stand_under_their_areas_causes_and_goals(measures):
    assert Counter(measure.problem.title for measure in measures) == AREAS
    for measure in measures:
        causes, goals = measure.causes.all(), measure.goals.all()
        assert causes, measure.title
        assert {cause.analysis.problem_id for cause in causes} == {measure.problem_id}, measure.title
        assert {goal.problem_id for goal in goals} <= {measure.problem_id}, measure.title


def test_each_is_finished_counted_and_assessed_with_its_value_from_before(measures):
    for measure in measures:
        assert measure.status in ("done", "partly"), measure.title
        assert measure.planned_count, measure.title
        assert measure.done_count, measure.title
        assert measure.assessment, measure.title
        assert not measure.lacks_baseline, measure.title
