"""The one thing that a follower writes: an address."""

from django import forms
from django.core.exceptions import ValidationError

from lib.visitor_forms import VisitorForm

NO_ADDRESS = "Skriv en hel e-postadress, till exempel namn@example.se."


class FollowForm(VisitorForm):
    """An e-mail address, and nothing else."""

    purpose = "follow"

    email = forms.EmailField(
        label="Din e-postadress",
        max_length=254,
        error_messages={"invalid": NO_ADDRESS, "required": "Skriv din e-postadress."},
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        # What may stand in quotes before the @ is more than any letter box is called; commas and brackets part several.
        if any(char in email for char in '"\\,;<>()') or not email.isprintable():
            raise ValidationError(NO_ADDRESS, code="invalid")
        return email
