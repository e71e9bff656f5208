"""What a person may type about people: an invitation, a role's last day, a new account."""

import datetime as dt
import unicodedata
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import Invitation, Organisation, User
from accounts.rules import roles_to_give

# Control characters, invisible marks (that turn the direction of writing, for one), and ends of lines.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})


def refuse_unseen(text: str) -> None:
    """A validator: a name stands in mail and lists, and is what it looks like."""
    if any(unicodedata.category(sign) in UNSEEN for sign in text):
        raise ValidationError("Namnet innehåller osynliga tecken eller radbrytningar. Skriv det på en rad.")


class InviteForm(forms.ModelForm):
    """Roles are those that the organisation's kind has."""

    class Meta:
        model = Invitation
        fields = ["name", "email", "role"]
        help_texts = {"email": "Personens egen adress i arbetet. Dit skickas inbjudan, och med den loggar personen in."}

    def __init__(self, *args: Any, organisation: Organisation, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].validators.append(refuse_unseen)
        roles = [(role.value, role.label) for role in roles_to_give(by, organisation)]
        self.fields["role"] = forms.ChoiceField(label="Roll", choices=roles, widget=forms.RadioSelect)
        self.fields["role"].initial = next((value for value, _ in roles), None)


class EndRoleForm(forms.Form):
    last_day = forms.DateField(
        label="Sista dag",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Rollen gäller till och med den dagen. Välj gårdagens datum om den ska upphöra genast.",
    )

    def __init__(self, *args: Any, day: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = day
        self.earliest = day - dt.timedelta(days=1)

    def clean_last_day(self) -> dt.date:
        """Who had the role on an earlier day has acted in it: that cannot be undone afterwards."""
        last_day: dt.date = self.cleaned_data["last_day"]
        if last_day < self.earliest:
            raise ValidationError("Sista dag kan vara tidigast i går.")
        return last_day


class AcceptForm(forms.Form):
    name = forms.CharField(
        label="Ditt namn",
        max_length=150,
        validators=[refuse_unseen],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Välj lösenord",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="Minst 12 tecken. Några ord efter varandra är lätta att minnas och svåra att gissa.",
    )
    password_again = forms.CharField(
        label="Lösenordet en gång till",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password, again = cleaned.get("password"), cleaned.get("password_again")
        if password and again and password != again:
            self.add_error("password_again", "Lösenorden är inte lika. Skriv samma en gång till.")
        if password:
            try:
                validate_password(password, User(email=self.email, name=cleaned.get("name", "")))
            except ValidationError as error:
                self.add_error("password", error)
        return cleaned
