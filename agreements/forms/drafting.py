"""What a person may type in one section, about it, and about what a party takes on."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from agreements.actions import sign_of
from agreements.content import label_of
from agreements.models import Adaptation, Comment, Undertaking
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_field, dress, rows
from lib.person_data import NoPersonData

MOST_MONTHS = 12


class SectionForm(NoPersonData, forms.Form):
    """One section's text, with the sign of how it stood when the page was opened."""

    text = forms.CharField(required=False, widget=rows(12), max_length=20_000)
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, section: str, stored: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label_of(section)
        self.initial.update(text=stored, was=sign_of(stored))
        dress(self)

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n")

    def tell(self, fault: str, stored: str) -> None:
        """Say what came between, keep what was typed, and let the next save be a deliberate one."""
        self.add_error(None, fault)
        data: Any = self.data
        self.data = data = data.copy()
        data["was"] = sign_of(stored)


class CommentForm(RecordForm):
    """What somebody says of a section, and perhaps the words that should stand there."""

    class Meta:
        model = Comment
        fields = ["text", "suggestion"]
        widgets = {"text": rows(3), "suggestion": rows(6)}

    def __init__(self, *args: Any, section: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Din synpunkt"
        if not section:
            del self.fields["suggestion"]
        dress(self)

    def clean_suggestion(self) -> str:
        return str(self.cleaned_data["suggestion"]).replace("\r\n", "\n")


class AnswerForm(NoPersonData, forms.Form):
    """The answer to a comment; needed where it is not taken in."""

    answer = forms.CharField(label="Svar", widget=rows(3), max_length=2000)

    def __init__(self, *args: Any, needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = needed
        self.fields["answer"].error_messages["required"] = "Skriv varför synpunkten inte förs in."
        dress(self)


class UndertakingForm(RecordForm):
    """What one party takes on and sets aside."""

    class Meta:
        model = Undertaking
        fields = ["text", "hours_per_month", "kronor_per_year", "resources"]
        widgets = {"text": rows(6)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("hours_per_month", "kronor_per_year"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
        dress(self)


class AdaptationForm(RecordForm):
    """How a local part takes a section of the common text in another way, and why."""

    class Meta:
        model = Adaptation
        fields = ["text", "reason"]
        widgets = {"text": rows(5), "reason": rows(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class VersionForm(NoPersonData, forms.Form):
    """What a version that is kept by hand is called."""

    label = forms.CharField(
        label="Vad är det för version?", max_length=120, help_text="Till exempel Inför mötet i maj."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ReferralForm(NoPersonData, forms.Form):
    """Until when the parties may comment."""

    until = day_field("Synpunkter senast", "Efter den dagen påminns ni om att avsluta remissen.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_until(self) -> dt.date:
        day: dt.date = self.cleaned_data["until"]
        if day < today():
            raise ValidationError("Dagen har redan varit. Ange en dag framåt i tiden.")
        return day
