"""What a person may type when a document is approved, signed, published and made known."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from citizen_promises.models import Channel, Signature
from journal.edits import RecordForm
from lib.dates import now, today
from lib.form_parts import day_field, day_input, dress, narrow, not_in_future, rows
from lib.person_data import NoPersonData
from partnerships.models import Party


class ReadForm(forms.Form):
    """The last question before a step that speaks of a text. It remembers exactly which text was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="Jag har läst texten så som den visas.")

    def __init__(self, *args: Any, checksum: str, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = checksum
        self.fields["checksum"].initial = checksum
        self.fields["sure"].label = label
        dress(self, "sure", "checksum")

    def clean_checksum(self) -> str:
        if self.cleaned_data["checksum"] != self.current:
            self.data = {**self.data, "checksum": self.current}
            raise ValidationError("Någon har ändrat texten sedan du läste den. Läs den igen och bekräfta på nytt.")
        return self.current


class ScheduleForm(forms.Form):
    """The day and the time when everyone can read the text."""

    day = day_field("Dag")
    time = forms.TimeField(
        label="Klockslag",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        initial=dt.time(8),
        error_messages={"invalid": "Skriv klockslaget som 08:00."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, "day", "time")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "day" in self.cleaned_data and "time" in self.cleaned_data and self.at <= now():
            self.add_error("day", "Tiden har redan passerat. Ange en tid som kommer.")
        return cleaned

    @property
    def at(self) -> dt.datetime:
        """The moment, in Swedish time."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"]))


class SignatureForm(NoPersonData, forms.ModelForm):
    """A party's signature by function and day, with the checksum of the text that was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ["party", "function", "acting", "name", "signed_on"]
        widgets = {"signed_on": day_input()}

    def __init__(self, *args: Any, checksum: str, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "party", Party.objects.filter(pk__in=[party.pk for party in parties]))
        if len(parties) == 1:
            self.fields["party"].initial = parties[0]
            self.fields["party"].empty_label = None  # type: ignore[attr-defined]
        self.fields["checksum"].initial = checksum
        self.fields["signed_on"].initial = today()
        self.fields["signed_on"].validators.append(not_in_future)
        dress(self)

    @property
    def signature(self) -> dict[str, Any]:
        names = ("party", "function", "acting", "name", "signed_on", "checksum")
        return {name: self.cleaned_data[name] for name in names}


class ChannelForm(RecordForm):
    """Where and when the promises were made known."""

    url = forms.URLField(
        label="Adress",
        required=False,
        max_length=500,
        assume_scheme="https",
        validators=[
            URLValidator(["http", "https"], message="Ange en webbadress, till exempel https://www.example.se.")
        ],
    )

    class Meta:
        model = Channel
        fields = ["kind", "text", "url", "day"]
        widgets = {"day": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].validators.append(not_in_future)
        dress(self, "kind", "text", "url", "day", "revision")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.cleaned_data.get("kind") == Channel.Kind.OTHER and not self.cleaned_data.get("text"):
            self.add_error("text", "Skriv vilken kanal det är.")
        return cleaned


class ReasonForm(NoPersonData, forms.Form):
    """Why, in words that stay in the book."""

    reason = forms.CharField(label="Varför?", widget=rows(4), max_length=2000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, "reason")


class WithdrawForm(NoPersonData, forms.Form):
    """Why the text is taken down."""

    reason = forms.CharField(
        label="Varför avpubliceras löftena?",
        widget=rows(4),
        help_text="Visas för den som söker upp sidan.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, "reason")
