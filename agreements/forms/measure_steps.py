"""What a measure's steps ask: who decided on it, how it went, and what it was like before."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements import rules
from agreements.forms.signing import StepForm
from agreements.models import Measure
from journal.steps import Step
from lib.dates import today
from lib.form_parts import day_field, dress, not_in_future

BEFORE_MISSING = "Skriv före-värdet, eller varför det inte kan mätas."
TOLD_MISSING = "Skriv vad före-värdet mäter, för vilken period och enligt vem."


class AssessmentForm(StepForm):
    """How it went, in a colour with its word, and what it led to. A reason too where all was not done."""

    assessment = forms.ChoiceField(
        label="Bedömning", choices=Measure.Assessment, widget=forms.RadioSelect, help_text="Färgen och ordet visas."
    )
    assessment_text = forms.CharField(
        label="Vad ledde åtgärden till?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
        help_text="Det här visas för den som vill göra samma sak igen.",
    )

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        if step == rules.FINISH_PARTLY:
            self.fields["reason"].label = "Vad blev gjort, och vad blev inte gjort?"
        dress(self)


class DecisionOnMeasureForm(StepForm):
    """Who decided on it, when, and where it is written. Nothing is decided here: the decision is written down."""

    decided_by = forms.CharField(
        label="Beslutad av", max_length=150, help_text="Styrgruppen, eller den som har mandatet att besluta."
    )
    decided_on = day_field("Beslutsdag")
    decision_reference = forms.CharField(
        label="Protokoll eller diarienummer",
        required=False,
        max_length=80,
        help_text="Till exempel protokoll 2/2026, § 7. Lämna tomt om det inte finns.",
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = rules.steering_groups(measure.partnership, measure.municipality, today())
        self.fields["decided_by"].initial = str(groups[0]) if len(groups) == 1 else ""
        self.fields["decided_on"].initial = today()

    def clean_decided_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["decided_on"]
        not_in_future(day)
        return day


class BeforeForm(StepForm):
    """What it was like before, asked of a measure that is opened again without ever having begun."""

    baseline = forms.DecimalField(
        label="Före-värde",
        required=False,
        max_digits=14,
        decimal_places=3,
        localize=True,
        help_text="Om det kan mätas.",
    )
    baseline_text = forms.CharField(label="Vad det mäter, period och källa", required=False, max_length=250)
    baseline_reason = forms.CharField(label="Kan inte mätas, därför att", required=False, max_length=250)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        if said.get("baseline") is None and not said.get("baseline_reason"):
            raise ValidationError(BEFORE_MISSING)
        if said.get("baseline") is not None and not said.get("baseline_text"):
            self.add_error("baseline_text", TOLD_MISSING)
        return cleaned


def step_form(step: Step, measure: Measure | None, data: Any) -> StepForm:
    """The form of the page before the step."""
    if measure and step == rules.DECIDE:
        return DecisionOnMeasureForm(data, step=step, measure=measure)
    if measure and rules.asks_assessment(step, measure):
        return AssessmentForm(data, step=step)
    if step == rules.RESUME and measure and measure.lacks_baseline:
        return BeforeForm(data, step=step)
    return StepForm(data, step=step)
