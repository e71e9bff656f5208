"""What a person may type about the questions that residents meet, and when they are open."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dialogues.models import Question
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_field, dress
from lib.person_data import FOUND, has_personal_number
from lib.texts import clean

FEWEST, MOST = 2, 12
LONGEST_OPTION = 120
LAST_FIRST = "Sista dagen kan inte ligga före den första."
OVER = "Den sista dagen har redan varit."


class Lines(forms.CharField):
    """One text per line, kept as a list."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": 4}), strip=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        if isinstance(value, list):
            return value
        lines = (line.strip() for line in clean(value or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.to_python(initial or []) != self.to_python(data))


class QuestionForm(RecordForm):
    """A question, short enough for a phone."""

    options = Lines(label="Alternativ", required=False, help_text="Ett per rad. Bara för frågor med alternativ.")

    class Meta:
        model = Question
        fields = ["text", "help", "kind", "options", "is_required", "order"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].help_text = "Fråga aldrig efter namn eller annat som visar vem som svarar."
        order = ["order"] if self.instance.pk else []
        if not order:
            del self.fields["order"]
        dress(self, "revision", "text", "help", "kind", "options", "is_required", *order)

    def clean_options(self) -> list[str]:
        options: list[str] = self.cleaned_data["options"]
        if self.cleaned_data.get("kind") != Question.Kind.CHOICE:
            return []
        if not FEWEST <= len(options) <= MOST:
            raise ValidationError(f"Skriv mellan {FEWEST} och {MOST} olika alternativ, ett per rad.")
        if any(len(option) > LONGEST_OPTION for option in options):
            raise ValidationError(f"Ett alternativ är längre än {LONGEST_OPTION} tecken. Korta det.")
        if any(has_personal_number(option) for option in options):
            raise ValidationError(FOUND)
        return options


class OpenForm(forms.Form):
    """From which day to which residents can answer."""

    first = day_field("Öppna från och med")
    last = day_field("Till och med", "Frågorna stänger vid midnatt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, "first", "last")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if last and last < today():
            self.add_error("last", OVER)
        elif first and last and last < first:
            self.add_error("last", LAST_FIRST)
        return cleaned
