"""What a measure's steps ask: how it went, and what it was like before."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements import rules
from agreements.forms.signing import StepForm
from agreements.models import Measure
from journal.steps import Step
from lib.form_parts import dress

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

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "reason" in self.fields:
            self.fields["reason"].label = "Vad blev gjort, och vad blev inte gjort?"
        dress(self)


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
    if step in rules.ASSESSED:
        return AssessmentForm(data, step=step)
    if step == rules.RESUME and measure and measure.lacks_baseline:
        return BeforeForm(data, step=step)
    return StepForm(data, step=step)
