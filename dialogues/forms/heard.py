"""What a person may type of what was said: one short row at a time, with the rest for later."""

from typing import Any

from crispy_forms.layout import Div
from django import forms

from accounts.models import User
from attachments.fields import AttachmentField
from dialogues.models import Dialogue, DialogueHours, Proposal, QuickFix, Theme, WalkPoint
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import day_input, dress, narrow, not_in_future, plain_decimals, rows
from situation.models import Problem

LONGEST_PHOTO = 1600
WARNING = "Inga ansikten och inga registreringsskyltar: ta bilden när platsen är tom."
NO_ALT = "Skriv vad bilden visar, för den som inte ser den."
NO_PICTURE = "Skicka ett foto: JPEG, PNG eller WebP."
CHOOSE_AGAIN = "Välj bilden igen: den sparas inte förrän allt annat är rättat."


class RowForm(RecordForm):
    """One row of the dialogue's document; the texts are about places and groups, never about individuals."""

    def __init__(self, *args: Any, dialogue: Dialogue, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        for field in self.fields.values():
            if isinstance(field.widget, forms.NumberInput):
                field.widget.attrs["inputmode"] = "numeric"

    def lay_out(self, *names: str) -> None:
        """The fields beside each other where there is room."""
        dress(self, "revision", Div(*(names or self._meta.fields or ()), css_class="row-fields"))

    def focus(self) -> None:
        """Begin here, so that row after row is written without leaving the keys."""
        next(iter(self.visible_fields())).field.widget.attrs["autofocus"] = True


class ThemeForm(RowForm):
    """Something that several said."""

    class Meta:
        model = Theme
        fields = ["title", "place", "mentions", "text", "quote", "problem"]
        widgets = {"text": rows(2), "quote": rows(2)}

    def __init__(self, *args: Any, dialogue: Dialogue, user: User, **kwargs: Any) -> None:
        super().__init__(*args, dialogue=dialogue, user=user, **kwargs)
        common = Problem.objects.common().filter(partnership=dialogue.partnership_id)
        narrow(self, "problem", common.in_order(), "Inget valt")
        self.lay_out()


class ProposalForm(RowForm):
    """What somebody proposed."""

    class Meta:
        model = Proposal
        fields = ["text", "place", "mentions"]
        widgets = {"text": rows(2)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lay_out()


class QuickFixForm(RowForm):
    """What was put right at once."""

    class Meta:
        model = QuickFix
        fields = ["text", "place", "done_on"]
        widgets = {"text": rows(2), "done_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].validators.append(not_in_future)
        self.lay_out()


class HoursForm(RowForm):
    """What it cost a party in hours."""

    class Meta:
        model = DialogueHours
        fields = ["party", "hours"]
        localized_fields = ["hours"]

    def __init__(self, *args: Any, dialogue: Dialogue, user: User, **kwargs: Any) -> None:
        super().__init__(*args, dialogue=dialogue, user=user, **kwargs)
        narrow(self, "party", dialogue.partnership.parties.select_related("organisation"))
        plain_decimals(self, "hours")
        # So that "once per party" is told in the form, and not by the database.
        self.instance.dialogue = dialogue
        self.lay_out()

    def _get_validation_exclusions(self) -> set[str]:
        return super()._get_validation_exclusions() - {"dialogue"}  # type: ignore[misc,no-any-return]  # not in the stubs


class PointForm(RowForm):
    """A place where the walk stopped, with a photo."""

    class Meta:
        model = WalkPoint
        fields = ["place", "category", "seen", "function", "action", "done_on", "alt"]
        widgets = {"seen": rows(2), "action": rows(2), "done_on": day_input()}

    def __init__(self, *args: Any, dialogue: Dialogue, user: User, **kwargs: Any) -> None:
        super().__init__(*args, dialogue=dialogue, user=user, **kwargs)
        self.fields["done_on"].help_text = "Lämna tomt tills det är gjort."
        self.fields["photo"] = AttachmentField(
            label="Foto", by=user, longest=LONGEST_PHOTO, required=False, help_text=WARNING
        )
        if self.instance.photo_id:
            self.fields["photo"].label = "Byt foto"
        order = ("place", "category", "seen", "photo", "alt", "function", "action", "done_on")
        self.order_fields(order)
        self.lay_out(*order)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        sent = self.cleaned_data.get("photo") or []
        if any(not one.is_image for one in sent):
            self.add_error("photo", NO_PICTURE)
        if (sent or self.instance.photo_id) and not self.cleaned_data.get("alt") and "alt" not in self.errors:
            self.add_error("alt", NO_ALT)
        if sent and self.errors and "photo" not in self.errors:
            self.add_error("photo", CHOOSE_AGAIN)
        return cleaned

    @property
    def sent(self) -> list[Any]:
        """The photo that was sent, examined."""
        return self.cleaned_data.get("photo") or []


class AnswerForm(RecordForm):
    """What becomes of a theme, in words for those who took part. That it becomes a promise is said by the promise."""

    class Meta:
        model = Theme
        fields = ["outcome", "answer", "handler", "answered_on"]
        widgets = {"outcome": forms.RadioSelect, "answer": rows(4), "answered_on": day_input()}
        help_texts = {
            "answer": "Varför, och vad som händer. Visas för alla när resultatet publiceras.",
            "handler": "Behövs när frågan hanteras på annat håll, till exempel gatukontoret.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        outcome = self.fields["outcome"]
        assert isinstance(outcome, forms.ChoiceField)
        outcome.choices = [choice for choice in Theme.Outcome.choices if choice[0] != Theme.Outcome.PROMISE]
        outcome.required = self.fields["answered_on"].required = True
        if not self.is_bound and not self.instance.answered_on:
            self.fields["answered_on"].widget.attrs["value"] = today().isoformat()
        self.fields["answered_on"].validators.append(not_in_future)
        dress(self, "revision", "outcome", "answer", "handler", "answered_on")
