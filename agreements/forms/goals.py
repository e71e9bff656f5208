"""What a person may type about goals, with help to write what can be followed up."""

import datetime as dt
from typing import Any

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.db.models import Q

from accounts.models import User
from agreements import smart
from agreements.forms.measure_choices import problems_to_act_on, responsible_among
from agreements.models import Agreement, Goal, GoalOutcome
from indicators.models import Observation
from indicators.series import latest_for
from journal.edits import RecordForm
from lib.form_parts import day_input, dress, narrow, not_in_future, offer, plain_decimals, rows
from municipalities.models import Municipality
from partnerships.models import Partnership
from partnerships.rules import municipalities_to_write, places_to_write
from situation.models import Problem

COMMON = "Gemensamt för hela samverkan"
SECTIONS: dict[str, tuple[str, ...]] = {
    "Målet": ("problem", "level", "parent", "kind", "text", "direction"),
    "Så mäts det": ("indicator", "own_indicator", "unit", "source", "baseline", "baseline_period", "baseline_reason")
    + ("target",),
    "När och vem": ("starts", "ends", "term", "responsible", "function", "municipality", "agreement"),
    "Prövning av målet": (*(part for name in Goal.SMART for part in (name, f"{name}_comment")), "smart_comment"),
}
# What the Enter key presses: the first button of a form, which shall not be the one that fetches a figure.
ENTER = '<button type="submit" class="visually-hidden" tabindex="-1" aria-hidden="true">Spara målet</button>'
ADVICE = '{% include "agreements/_goal_advice.html" with advice=form.advice %}'
FIGURE = '{% include "agreements/_goal_figure.html" with figure=form.figure indicator=form.chosen_indicator %}'


class GoalForm(RecordForm):
    """A goal under a problem: what shall change, how it is measured, until when. `figure` is what the system has."""

    why = forms.CharField(
        label="Varför ändras målet?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Målet är antaget. Skälet visas i historiken.",
    )

    class Meta:
        model = Goal
        fields = [name for names in SECTIONS.values() for name in names]
        widgets = {"starts": day_input(), "ends": day_input(), "text": forms.Textarea(attrs={"rows": 2})}
        localized_fields = ["baseline", "target"]

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership = partnership
        writes = municipalities_to_write(user, partnership)
        self.problems = problems_to_act_on(partnership, writes, self.instance)
        narrow(self, "problem", self.problems)
        narrow(self, "parent", _parents(self.instance, partnership), "Inget")
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, COMMON)
        narrow(self, "responsible", responsible_among(self.instance, partnership))
        narrow(self, "indicator", self.fields["indicator"].queryset, "Ingen: eget mått")  # type: ignore[attr-defined]
        agreements = Agreement.objects.filter(partnership=partnership).without_texts()
        narrow(self, "agreement", agreements, "Ingen vald")
        plain_decimals(self, "baseline", "target")
        for name, question in smart.QUESTIONS.items():
            self.fields[name].label = question
            offer(self, name, Goal.Answer.choices, "Ej bedömt")
            self.fields[f"{name}_comment"].label = f"Kommentar till {question.split(':')[0].lower()}"
        if self.instance.status != Goal.Status.ADOPTED:
            del self.fields["why"]
        self._lay_out()

    def _lay_out(self) -> None:
        after = {"Målet": HTML(ADVICE), "Så mäts det": HTML(FIGURE)}
        sections = [
            Fieldset(heading, *names, *([after[heading]] if heading in after else []), css_id=f"del-{place}")
            for place, (heading, names) in enumerate(SECTIONS.items(), start=1)
        ]
        dress(self, HTML(ENTER), "revision", *sections, *(["why"] if "why" in self.fields else []))

    def said(self) -> dict[str, Any]:
        """The values as they stand now: what is typed, else what is stored."""
        if self.is_bound:
            return {name: self.data.get(self.add_prefix(name), "") for name in self.fields}
        return {name: self.get_initial_for_field(field, name) for name, field in self.fields.items()}

    def _number(self, name: str) -> int:
        given = str(self.said().get(name) or "")
        return int(given) if given.isdecimal() and len(given) < 18 else 0  # noqa: PLR2004

    @property
    def chosen_problem(self) -> Problem | None:
        found: Problem | None = self.problems.filter(pk=self._number("problem")).first()
        return found

    @property
    def advice(self) -> smart.Advice:
        problem = self.chosen_problem
        return smart.advise(self.said(), problem.title if problem else "Problemet")

    @property
    def chosen_indicator(self) -> Any:
        field: Any = self.fields["indicator"]
        return field.queryset.filter(pk=self._number("indicator")).first()

    @property
    def figure(self) -> Observation | None:
        """The newest figure that the system has of the chosen indicator, in the goal's own municipality."""
        indicator, place = self.chosen_indicator, self._place()
        if indicator is None or place is None:
            return None
        return latest_for([place], [indicator.code])[place.code].get(indicator.code)

    def _place(self) -> Municipality | None:
        """The goal's municipality, the problem's, or the only one that the partnership has."""
        problem, chosen = self.chosen_problem, self._number("municipality")
        places = self.partnership.municipalities()
        key = chosen or (problem.municipality_id if problem else None)
        found = list(places.filter(pk=key) if key else places[:2])
        return found[0] if len(found) == 1 else None

    def filled_in(self) -> dict[str, Any]:
        """What is typed, with the system's figure as the value from before: what it is, of when, and whose."""
        typed, figure = dict(self.data.items()), self.figure
        if figure is None:
            return typed
        indicator = figure.indicator
        place = Municipality.objects.get(code=figure.area_code)
        source = f"{indicator.source}, {place}: {indicator.title}"
        typed |= {"unit": indicator.get_unit_display(), "source": source[:200], "baseline_reason": ""}
        value = figure.value.normalize() if figure.value is not None else ""
        return typed | {"baseline": f"{value:f}".replace(".", ",") if value != "" else "", **_period(figure)}

    def clean(self) -> dict[str, Any] | None:
        """A goal for one municipality's own problem is that municipality's own; a sub-goal stays by its problem."""
        cleaned = super().clean()
        said = self.cleaned_data
        problem, parent = said.get("problem"), said.get("parent")
        if problem and problem.municipality:
            said["municipality"] = problem.municipality
        if problem and parent and parent.problem_id != problem.pk:
            self.add_error("parent", "Välj ett mål för samma problem.")
        return cleaned


class OutcomeForm(RecordForm):
    """Where the goal stands, on which day, and why it is judged so."""

    class Meta:
        model = GoalOutcome
        fields = ["outcome", "day", "reason"]
        widgets = {"day": day_input(), "reason": rows(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        not_in_future(day)
        return day


def _period(figure: Observation) -> dict[str, str]:
    return {"baseline_period": figure.period_label}


def _parents(goal: Goal, partnership: Partnership) -> Any:
    live = Q(status__in=[Goal.Status.PROPOSED, Goal.Status.ADOPTED]) | Q(pk=goal.parent_id)
    return Goal.objects.filter(live, partnership=partnership).exclude(pk=goal.pk).order_by("problem", "level", "pk")
