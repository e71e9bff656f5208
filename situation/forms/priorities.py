"""What a person may type about a prioritisation: cells, weights, and the steering group's decision."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError

from journal.edits import RecordForm
from lib.form_parts import day_input, narrow, not_in_future, rows
from lib.swedish import date
from partnerships.models import Group
from partnerships.queries import concerning
from situation.actions.prioritising import Answer, Verdict
from situation.models import Cell, Choice, Ground, Prioritisation, Problem
from situation.priorities import WEIGHTS, Spot, stamp, was_name_of

_CELL = re.compile(r"c(\d{1,18})-([a-z]+)", re.ASCII)
MOST_PLACE = 999


def answers_in(posted: Mapping[str, str]) -> dict[Spot, Answer]:
    """The cells among what was sent: each with what was shown and what was chosen. Anything else is left aside."""
    found = {}
    for name, value in posted.items():
        match = _CELL.fullmatch(name)
        if not match or match[2] not in Ground.values or value not in Cell.Value.values:
            continue
        spot = (int(match[1]), match[2])
        was = posted.get(was_name_of(spot), Cell.Value.UNKNOWN)
        found[spot] = Answer(was if was in Cell.Value.values else Cell.Value.UNKNOWN, value)
    return found


class WeightsForm(forms.Form):
    """How much each ground counts, compared with what was shown."""

    def __init__(self, *args: Any, prioritisation: Prioritisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(weight, f"Väger {weight}") for weight in WEIGHTS]
        for ground in Ground:
            stored = prioritisation.weights.get(ground.value, 1)
            self.fields[ground.value] = _weight(choices, ground.label, stored)
            self.fields[f"was_{ground.value}"] = _weight(choices, ground.label, stored, hidden=True)

    def weights(self) -> dict[str, int]:
        return {ground.value: self.cleaned_data[ground.value] for ground in Ground}

    def was(self) -> dict[str, int]:
        return {ground.value: self.cleaned_data[f"was_{ground.value}"] for ground in Ground}


def _weight(choices: list[tuple[int, str]], label: str, stored: int, *, hidden: bool = False) -> forms.TypedChoiceField:
    widget = forms.HiddenInput if hidden else forms.Select
    return forms.TypedChoiceField(choices=choices, coerce=int, label=label, initial=stored, widget=widget)


@dataclass(frozen=True)
class VerdictFields:
    """The three fields of one problem, as the page shows them."""

    problem: Problem
    outcome: forms.BoundField
    place: forms.BoundField
    reason: forms.BoundField


class DecisionForm(RecordForm):
    """The steering group's decision: when, who, on what ground, and what about every problem in the matrix."""

    counts_people = True
    # The problems as they stood when the page was opened (`priorities.stamp`).
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Prioritisation
        fields = ["decided_on", "body", "body_name", "picture", "remark"]
        widgets = {"decided_on": day_input(), "remark": rows(2)}

    def __init__(self, *args: Any, problems: Iterable[Problem], pictures: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.problems = list(problems)
        self.fields["seen"].initial = stamp(self.problems)
        self.fields["decided_on"].required = True
        self.fields["decided_on"].validators.append(not_in_future)
        self._choose_body()
        narrow(self, "picture", pictures, "Välj")
        latest = pictures.first()
        self.fields["picture"].required, self.initial["picture"] = latest is not None, latest
        self.fields["body_name"].help_text = "Skriv namnet om ett annat organ än styrgruppen beslutade."
        for problem in self.problems:
            self._ask_about(problem)
        # Not `self.helper`: the page draws the problems' own fields itself.
        self.head = FormHelper()
        self.head.form_tag, self.head.disable_csrf = False, True
        self.head.layout = Layout("decided_on", "body", "body_name", "picture", "remark", "revision", "seen")

    def _choose_body(self) -> None:
        groups = self.instance.partnership.groups.filter(
            concerning(self.instance.municipality), kind=Group.Kind.STEERING
        )
        narrow(self, "body", groups, "Annat organ")
        if len(only := list(groups[:2])) == 1:
            self.initial["body"] = only[0]

    def _ask_about(self, problem: Problem) -> None:
        """What stands already is filled in: places of the prioritised, and why another one is only watched."""
        status, outcome = Problem.Status, Choice.Outcome
        stands = {status.PRIORITISED: outcome.CHOSEN, status.WATCHED: outcome.WATCHED}.get(status(problem.status))
        self.fields[f"outcome_{problem.pk}"] = forms.ChoiceField(
            choices=[("", "Välj"), *outcome.choices],
            label="Beslut",
            initial=stands,
            error_messages={"required": f"Välj vad som beslutades om ”{problem}”."},
        )
        self.fields[f"place_{problem.pk}"] = forms.IntegerField(
            label="Plats i ordningen",
            required=False,
            min_value=1,
            max_value=MOST_PLACE,
            initial=problem.rank,
        )
        self.fields[f"reason_{problem.pk}"] = forms.CharField(
            label="Motivering",
            required=False,
            max_length=2000,
            widget=rows(2),
            initial=problem.reason if stands == outcome.WATCHED else "",
        )

    def verdict_fields(self) -> list[VerdictFields]:
        return [
            VerdictFields(one, self[f"outcome_{one.pk}"], self[f"place_{one.pk}"], self[f"reason_{one.pk}"])
            for one in self.problems
        ]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        body, name = self.cleaned_data.get("body"), self.cleaned_data.get("body_name")
        if not body and not name and "body" not in self.errors:
            self.add_error("body", "Välj vilken grupp som beslutade, eller skriv organets namn.")
        if body and name:
            self.add_error("body_name", "Välj antingen en grupp eller skriv ett annat organ, inte båda.")
        day, starts = self.cleaned_data.get("decided_on"), self.instance.cycle.starts
        if day and day < starts:
            self.add_error("decided_on", f"Omgången började {date(starts)}. Beslutet kan inte ha tagits före det.")
        self._tell_of_gone()
        taken: dict[int, Problem] = {}
        for problem in self.problems:
            self._check(problem, taken)
        return cleaned

    def _check(self, problem: Problem, taken: dict[int, Problem]) -> None:
        """A chosen problem has a place of its own; one that is put aside has a reason (process.md 7)."""
        outcome, place = (self.cleaned_data.get(f"{name}_{problem.pk}") for name in ("outcome", "place"))
        if outcome == Choice.Outcome.CHOSEN and f"place_{problem.pk}" not in self.errors:
            if place is None:
                self.add_error(f"place_{problem.pk}", f"Skriv vilken plats ”{problem}” har i ordningen.")
            elif place in taken:
                sentence = f"”{taken[place]}” och ”{problem}” har samma plats i ordningen. Ge dem var sin."
                self.add_error(f"place_{problem.pk}", sentence)
            else:
                taken[place] = problem
        elif outcome and outcome != Choice.Outcome.CHOSEN:
            self._demand_reason(problem)

    def _demand_reason(self, problem: Problem) -> None:
        name = f"reason_{problem.pk}"
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, f"Skriv varför ”{problem}” inte prioriteras.")

    def _tell_of_gone(self) -> None:
        """A problem that was decided on the page but has left the matrix: say so, with what was written about it."""
        there = {problem.pk for problem in self.problems}
        sent = {int(name.removeprefix("outcome_")) for name in self.data if re.fullmatch(r"outcome_[0-9]{1,18}", name)}
        gone = Problem.objects.filter(pk__in=sent - there, cycle=self.instance.cycle_id).common()
        for problem in gone:
            why = self.data.get(f"reason_{problem.pk}", "")
            wrote = f" Du skrev: ”{why}”." if why else ""
            sentence = f"”{problem}” är inte längre med i matrisen ({problem.get_status_display().lower()}).{wrote}"
            self.add_error(None, ValidationError(f"{sentence} Läs igenom ordningen och spara igen."))

    def verdicts(self) -> list[Verdict]:
        """What was decided, the chosen first in their order, numbered from one."""
        found = [
            Verdict(problem, *(self.cleaned_data[f"{name}_{problem.pk}"] for name in ("outcome", "place", "reason")))
            for problem in self.problems
        ]
        chosen = sorted((one for one in found if one.outcome == Choice.Outcome.CHOSEN), key=lambda one: one.place or 0)
        aside = [one for one in found if one.outcome != Choice.Outcome.CHOSEN]
        return [
            *(Verdict(one.problem, one.outcome, place, one.reason) for place, one in enumerate(chosen, start=1)),
            *(Verdict(one.problem, one.outcome, None, one.reason) for one in aside),
        ]
