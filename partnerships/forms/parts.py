"""Small parts that the room's forms share."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from accounts.models import Organisation
from lib.dates import today
from municipalities.alphabet import alphabetical
from partnerships import rules


def day_input() -> forms.DateInput:
    """The browser's own calendar; the format is the one it demands."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(label=label, help_text=help_text, required=required, widget=day_input())


def dress(form: forms.BaseForm) -> None:
    """One column inside the page's own form tag."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    vars(form)["helper"] = helper  # where crispy looks for it


def narrow(form: forms.BaseForm, name: str, rows: QuerySet[Any], empty: str = "") -> None:
    """Only these rows may be chosen; `empty` is what the empty choice is called."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = rows
    if empty:
        field.empty_label = empty


def offer(form: forms.BaseForm, name: str, choices: Sequence[Any], empty: str = "") -> None:
    """The choices in this order and under these headings; what may be chosen is decided elsewhere."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices] if empty else choices


def party_organisations() -> QuerySet[Organisation]:
    return Organisation.objects.filter(kind__in=rules.PARTY_KINDS).order_by(alphabetical("name"))


def by_kind(organisations: Iterable[Organisation]) -> list[tuple[str, list[tuple[int, str]]]]:
    """Choices under headings: municipalities, police, others."""
    rows = list(organisations)
    kinds = [(Organisation.Kind(kind).label, kind) for kind in rules.PARTY_KINDS]
    groups = [(label, [(o.pk, o.name) for o in rows if o.kind == kind]) for label, kind in kinds]
    return [group for group in groups if group[1]]


def not_later(day: dt.date) -> dt.date:
    if day > today():
        raise ValidationError("Skriv en dag till och med i dag.")
    return day
