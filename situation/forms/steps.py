"""What a person may type on the page before a step."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from journal.steps import Step
from lib.dates import today
from lib.form_parts import day_field, dress
from lib.person_data import NoPersonData


class StepForm(NoPersonData, forms.Form):
    """The page before a step: a reason where the step asks for one, otherwise only the button."""

    counts_people = True
    reason = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, step: Step, with_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step.asks_reason
        if not (step.asks_reason or with_reason):
            del self.fields["reason"]
        dress(self)


class ApproveForm(forms.Form):
    """One side's yes, to what was read and nothing else."""

    checksum = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class LeadershipForm(NoPersonData, forms.Form):
    """Which of the leadership took part of the picture, and the day."""

    function = forms.CharField(
        label="Vem i ledningen (funktion)",
        max_length=150,
        help_text="Till exempel chefen för lokalpolisområdet eller kommunens ledningsgrupp. Funktion, inte namn.",
    )
    day = day_field("Datum", "Dagen då er ledning tog del av lägesbilden.")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > today():
            raise ValidationError("Datumet ligger i framtiden. Ange dagen då ledningen tog del av lägesbilden.")
        return day
