"""What a person may type in the running log, on a phone and in a minute."""

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.layout import HTML, Div
from django import forms

from agreements.forms.files import WithFiles
from agreements.models import Measure, MeasureLog
from journal.edits import RecordForm
from lib.form_parts import day_input, dress, not_in_future, plain_decimals


class LogForm(WithFiles, RecordForm):
    """One line of the running log: how it stands, a line and a count; the rest is folded away."""

    class Meta:
        model = MeasureLog
        fields = ["state", "text", "count", "day", "hours", "kronor"]
        localized_fields = ["hours"]
        widgets = {"day": day_input(), "text": forms.Textarea(attrs={"rows": 2}), "state": forms.RadioSelect}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        state.label, state.required = "Hur går det?", False  # what is not said is that it was done
        self.fields["text"].label = "Vad gjordes?"
        self.fields["count"].label = f"Antal {measure.unit}" if measure.unit else "Antal"
        if not self.instance.pk:
            self.fields["count"].initial = 1 if measure.unit else 0
        for name in ("count", "kronor"):
            if name in self.fields:
                self.fields[name].widget.attrs["inputmode"] = "numeric"
        first = ("revision", Div("state", css_class="states"), "text", "count")
        dress(self, *first, *self._last())

    def _last(self) -> list[Any]:
        plain_decimals(self, "hours")
        folded = [HTML(_OPEN), Div("day", "hours", "kronor", css_class="more-body"), HTML("</details>")]
        return ["attached", "alt", *folded]

    def clean_state(self) -> str:
        return str(self.cleaned_data["state"] or MeasureLog.State.DONE)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        not_in_future(day)
        return day


class ActorLogForm(LogForm):
    """A line by an outside organisation, which tells neither hours nor kronor."""

    class Meta(LogForm.Meta):
        fields = ["state", "text", "count", "day"]
        localized_fields: ClassVar[list[str]] = []  # type: ignore[misc]  # the stubs take it for an instance's

    def _last(self) -> list[Any]:
        return ["day", "attached", "alt"]


_OPEN = (
    "<details class='more'{% if form.day.errors or form.hours.errors or form.kronor.errors %} open{% endif %}>"
    "<summary>Datum, timmar och kronor</summary>"
)
