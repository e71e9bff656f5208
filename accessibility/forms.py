"""What somebody who has met a flaw writes."""

from django import forms
from django.core.exceptions import ValidationError

from lib.form_parts import rows
from lib.person_data import FOUND, has_personal_number
from lib.visitor_forms import VisitorForm

LONGEST = 4000


class FlawForm(VisitorForm):
    """A flaw; who has met it only if that person wants an answer."""

    purpose = "flaw"

    what = forms.CharField(
        label="Vad som inte fungerar",
        help_text="Beskriv vad du ville göra och vad som hände.",
        max_length=LONGEST,
        widget=rows(6),
        error_messages={"required": "Beskriv vad som inte fungerar."},
    )
    page = forms.CharField(
        label="Sidan det gäller", help_text="Sidans adress eller rubrik.", max_length=300, required=False
    )
    tools = forms.CharField(label="Webbläsare eller hjälpmedel som du använder", max_length=200, required=False)
    email = forms.EmailField(
        label="Din e-postadress, om du vill ha svar",
        help_text="Vi använder den bara för att svara, och raderar den när vi har gjort det.",
        max_length=254,
        required=False,
        error_messages={"invalid": "Skriv en hel e-postadress, till exempel namn@example.se, eller lämna fältet tomt."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_what(self) -> str:
        what: str = self.cleaned_data["what"]
        if has_personal_number(what):
            raise ValidationError(FOUND, code="personal_number")
        return what
