"""What a person may type when a promise is accounted for: what happened, how it went, and what residents are told."""

from typing import Any

from django import forms

from citizen_promises.models import Outcome, Promise
from journal.edits import RecordForm
from journal.steps import Step
from lib.dates import today
from lib.form_parts import day_input, dress, not_in_future, rows
from lib.person_data import NoPersonData


class OutcomeForm(RecordForm):
    """A dated line that residents read. The count is asked for only where something is counted."""

    class Meta:
        model = Outcome
        fields = ["day", "count", "text"]
        widgets = {"day": day_input(), "text": rows(4)}

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].validators.append(not_in_future)
        self.fields["text"].help_text = "Visas för alla. Skriv så att den som bor här förstår, utan namn på personer."
        if promise.unit:
            self.fields["count"].label = f"Antal {promise.unit} sedan förra gången"
        else:
            del self.fields["count"]
        dress(self, "day", *(["count"] if promise.unit else []), "text", "revision")

    @property
    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class FeedbackForm(RecordForm):
    """How it went, told to residents when the time is over (or before, if the promise is kept earlier)."""

    class Meta:
        model = Promise
        fields = ["feedback", "feedback_on"]
        widgets = {"feedback": rows(6), "feedback_on": day_input()}
        help_texts = {"feedback": "Vad blev gjort, vad märktes, vad händer nu? Visas för alla."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feedback"].required = self.fields["feedback_on"].required = True
        if not self.is_bound and not self.instance.feedback_on:
            # Not as `initial`: what is proposed there counts as unchanged, and would not be saved.
            self.fields["feedback_on"].widget.attrs["value"] = today().isoformat()
        self.fields["feedback_on"].validators.append(not_in_future)
        dress(self, "feedback", "feedback_on", "revision")


class SettleForm(NoPersonData, forms.Form):
    """How the promise went, with the public reason where it was not simply kept."""

    verb = forms.ChoiceField(label="Hur gick det?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motivering",
        required=False,
        widget=rows(4),
        help_text="Visas för alla. Behövs när löftet inte är helt uppfyllt.",
    )

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = {step.verb: step for step in steps}
        self.fields["verb"].choices = [(step.verb, step.label) for step in steps]  # type: ignore[attr-defined]
        if len(steps) == 1:
            self.fields["verb"].initial = steps[0].verb
        dress(self, "verb", "reason")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        step = self.steps.get(self.cleaned_data.get("verb", ""))
        if step and step.asks_reason and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", "Skriv varför. Texten visas för invånarna.")
        return cleaned

    @property
    def step(self) -> Step:
        return self.steps[self.cleaned_data["verb"]]
