"""What a person may type when something is decided: about a reply, the result, the replies' end, a step's reason."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from dialogues import rules
from dialogues.models import Dialogue, Reply, Theme
from lib.form_parts import ManyChoices, day_field, dress, not_in_future, rows
from lib.person_data import NoPersonData

ACCEPTED_BECAUSE = "Svarar på frågorna"
OTHER = "other"
# Why a reply is let in or turned away, as it is mostly said.
REASONS = (
    ACCEPTED_BECAUSE,
    "Pekar ut en enskild person",
    "Hot, hat eller kränkning",
    "Hör inte till frågorna",
    "Reklam eller skräp",
    "Samma svar har kommit flera gånger",
)
SAY_WHY = "Skriv varför."
WHY_NOT = "Välj ett skäl till att svaret inte är med."
CHANGED = "Någon har ändrat något sedan du läste. Läs igen och bekräfta på nytt."


class DecideForm(NoPersonData, forms.Form):
    """Whether a reply counts, why, and which themes it is about."""

    status = forms.ChoiceField(
        label="Ska svaret vara med?",
        widget=forms.RadioSelect,
        choices=[(Reply.Status.ACCEPTED, "Ja, ta med det"), (Reply.Status.REFUSED, "Nej, ta inte med det")],
    )
    because = forms.ChoiceField(
        label="Varför?", choices=[*((text, text) for text in REASONS), (OTHER, "Annat skäl, som jag skriver")]
    )
    reason = forms.CharField(label="Skälet med egna ord", required=False, max_length=1000, widget=rows(2))
    themes = ManyChoices(Theme.objects.none(), label="Handlar om", required=False, widget=forms.CheckboxSelectMultiple)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reply: Reply, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reply = reply
        self.fields["revision"].initial = reply.revision
        self.fields["themes"].queryset = dialogue.themes.all()  # type: ignore[attr-defined]  # it chooses among rows
        open_to = [step.new for step in rules.REPLY_STEPS if reply.status in step.old]
        status: Any = self.fields["status"]
        status.choices = [choice for choice in status.choices if choice[0] in open_to]
        if reply.status != rules.WAITING:
            self.fields["themes"].initial = list(reply.themes.all())
        dress(self, "status", "because", "reason", "themes", "revision")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        if said.get("because") == OTHER and not said.get("reason", "").strip():
            self.add_error("reason", SAY_WHY)
        if said.get("status") == Reply.Status.REFUSED and said.get("because") == ACCEPTED_BECAUSE:
            self.add_error("because", WHY_NOT)
        return cleaned

    @property
    def motive(self) -> str:
        """The reason as it is kept: what was chosen, and the own words."""
        chosen, own = self.cleaned_data["because"], self.cleaned_data["reason"].strip()
        if chosen == OTHER:
            return str(own)
        return f"{chosen}. {own}" if own else str(chosen)


class ReasonForm(NoPersonData, forms.Form):
    """Why a step is taken."""

    reason = forms.CharField(label="Varför?", widget=rows(3), max_length=2000)

    def __init__(self, *args: Any, help_text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = help_text
        dress(self, "reason")


class EraseForm(NoPersonData, forms.Form):
    """The decision by which replies are destroyed."""

    decided_on = day_field("Beslutad den")
    body = forms.CharField(label="Vem som har beslutat", max_length=150, help_text="Funktion eller nämnd, inget namn.")
    reference = forms.CharField(
        label="Diarienummer eller gallringsbeslut",
        max_length=150,
        help_text="Svaren är allmänna handlingar: de får bara gallras efter beslut.",
    )
    sure = forms.BooleanField(label="Sammanställningen stämmer, och jag vill gallra svaren för alltid.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["decided_on"].validators.append(not_in_future)
        dress(self)


class PublishForm(forms.Form):
    """The last question before everyone can read it. It remembers exactly which text was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="Jag har läst texten så som den visas och vill publicera den för alla.")

    def __init__(self, *args: Any, checksum: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = checksum
        self.fields["checksum"].initial = checksum
        dress(self, "sure", "checksum")

    def clean_checksum(self) -> str:
        if self.cleaned_data["checksum"] != self.current:
            self.data = {**self.data, "checksum": self.current}
            raise ValidationError(CHANGED)
        return self.current
