"""What may be chosen in the form of a measure: problems, causes, goals, types, parties and functions."""

from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q

from agreements.models import Goal, Measure, MeasureKind, MeasureType
from lib.dates import today
from lib.form_parts import ManyChoices
from partnerships.models import Cycle, Partnership, Seat
from situation.models import Cause, Problem


class CausesField(ManyChoices):
    """Causes by their number, with a word on those that the parties go for."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (ska påverkas)" if obj.chosen else str(obj)


class SeatField(forms.ModelChoiceField):
    """Functions with the organisation that has them: two of them may have a coordinator each."""

    def label_from_instance(self, obj: Any) -> str:
        place = f", {obj.municipality}" if obj.municipality else ""
        return f"{obj}{place} ({obj.organisation})"


def problems_to_act_on(partnership: Partnership, municipalities: list[int], measure: Measure | None = None) -> Any:
    """Problems that all parties may read, in a cycle that is open (or the measure's own), common or of one of the
    municipalities that the person writes about; solved and dismissed ones need no more measures."""
    of_all = Problem.objects.common().filter(partnership=partnership)
    found = of_all.filter(Q(municipality=None) | Q(municipality__in=municipalities))
    chosen = measure.problem_id if measure else None
    cycles = Q(cycle=measure.cycle_id) if measure and measure.pk else Q(cycle__status=Cycle.Status.OPEN)
    done_with = [Problem.Status.SOLVED, Problem.Status.DISMISSED]
    return found.filter(cycles & ~Q(status__in=done_with) | Q(pk=chosen)).in_order()


def causes_of(problem: Problem | None) -> Any:
    """The causes that the problem's analysis found: first those that the parties go for, by number."""
    if problem is None:
        return Cause.objects.none()
    return Cause.objects.filter(analysis__problem=problem).order_by("-chosen", "number")


def goals_of(problem: Problem | None, measure: Measure) -> Any:
    """The problem's goals that stand, and those that were chosen before they were dropped."""
    if problem is None:
        return Goal.objects.none()
    chosen = measure.goals.values("pk") if measure.pk else []
    live = ~Q(status=Goal.Status.DROPPED)
    return Goal.objects.filter(live | Q(pk__in=chosen), problem=problem).order_by("level", "pk")


def types_offered(measure: Measure) -> Any:
    return MeasureType.objects.filter(Q(is_offered=True) | Q(pk=measure.type_id))


def types_by_kind(types: Any) -> list[Any]:
    """Under the groups of the catalogue, in its order."""
    places = {kind: place for place, kind in enumerate(MeasureKind.values)}
    ordered = sorted(types, key=lambda one: (places[one.kind], one.sort_order, one.name))
    return [
        (MeasureKind(kind).label, [(one.pk, one.name) for one in group])
        for kind, group in groupby(ordered, key=lambda one: one.kind)
    ]


def responsible_among(measure: Measure | Goal, partnership: Partnership) -> Any:
    """The parties of today, and the one that has the responsibility already."""
    current = partnership.parties.current(today()).values("pk")
    return partnership.parties.filter(Q(pk__in=current) | Q(pk=measure.responsible_id)).select_related("organisation")


def seats_among(measure: Measure, partnership: Partnership) -> Any:
    """The partnership's functions of today, and the one that is chosen already."""
    existing = Seat.objects.existing(today()).filter(partnership=partnership)
    found = Seat.objects.filter(Q(pk__in=existing.values("pk")) | Q(pk=measure.seat_id), partnership=partnership)
    return found.select_related("organisation", "municipality").order_by("organisation__name", "pk")
