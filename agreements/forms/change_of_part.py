"""What is asked when a part of a decided measure, or who takes part in it, is changed."""

from typing import Any

from django import forms

from agreements.models import Measure
from agreements.rules import LOGGED_IN, is_change_of_parts
from journal.edits import RecordForm
from lib.form_parts import rows


class ChangeOfPartForm(RecordForm):
    """A part or a participant of a measure. What stands in a decided one is changed with a reason."""

    why = forms.CharField(
        label="Varför ändras planen?",
        required=False,
        max_length=500,
        widget=rows(2),
        help_text="Krävs när det som är beslutat ändras. Det visas på åtgärdens sida.",
    )

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.measure = measure
        if not self.instance.pk or measure.status not in LOGGED_IN:
            del self.fields["why"]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        replans = "why" in self.fields and is_change_of_parts(self.measure, self.changed_data)
        if replans and not self.cleaned_data.get("why"):
            self.add_error("why", "Skriv varför planen ändras.")
        return cleaned
