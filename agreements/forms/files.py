"""What a person may attach: annexes, signed originals, and photos and files with a line of the log."""

from typing import TYPE_CHECKING, Any

from django import forms

from accounts.models import User
from agreements.models import Agreement, AgreementFile
from attachments.fields import AttachmentField, pictures
from lib.form_parts import dress
from lib.person_data import NoPersonData

if TYPE_CHECKING:
    Form = forms.Form
else:
    Form = object  # a mixin: the form proper comes after it

MOST = 5
# Enough to see what was done; a phone sends such a picture in a moment.
LONGEST_IN_LOG = 1600
WARNING = (
    "Högst fem. Inga ansikten och inga registreringsskyltar: gå nära det som är gjort, "
    "eller ta bilden när platsen är tom."
)
NO_ALT = "Skriv vad bilden visar, för den som inte ser den."
TOO_MANY = f"En loggrad kan ha högst {MOST} filer. Skriv en rad till för fler."
CHOOSE_AGAIN = "Välj filen igen: den sparas inte förrän allt annat är rättat."


class AnnexForm(NoPersonData, forms.Form):
    """A file and what it is."""

    title = forms.CharField(
        label="Vad är det?", max_length=150, help_text="Till exempel Bilaga 1, gemensam lägesbild 2026."
    )

    subject = forms.ChoiceField(label="Typ av bilaga", choices=[("", "Välj"), *AgreementFile.Subject.choices])
    information_class = forms.ChoiceField(
        label="Offentlighet",
        choices=[("", "Välj"), *Agreement.InformationClass.choices],
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"] = AttachmentField(label="Fil", by=by)
        dress(self)


class OriginalForm(AnnexForm):
    """The paper as it was scanned; what it is goes without saying."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("title", "subject", "information_class"):
            del self.fields[name]


class WithFiles(Form):
    """For the forms of a log line: photos or files, and what the pictures show."""

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["attached"] = AttachmentField(
            label="Foto eller fil", by=by, most=MOST, longest=LONGEST_IN_LOG, required=False, help_text=WARNING
        )
        self.fields["alt"] = forms.CharField(
            label="Vad visar bilden?",
            required=False,
            max_length=200,
            help_text="Om du skickar en bild. En mening räcker.",
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        sent = said.get("attached") or []
        line = vars(self)["instance"]
        there = line.files.count() if line.pk else 0
        if there + len(sent) > MOST:
            self.add_error("attached", TOO_MANY)
        if pictures(sent) and not said.get("alt"):
            self.add_error("alt", NO_ALT)
        if sent and self.errors and "attached" not in self.errors:
            self.add_error("attached", CHOOSE_AGAIN)
        return cleaned
