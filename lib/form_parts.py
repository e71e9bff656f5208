"""The small parts that forms in every room are made of."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BLANK_CHOICE_DASH, QuerySet

from lib.dates import today

FIRST_YEAR, LAST_YEAR = 1950, 2100


def day_input() -> forms.DateInput:
    """The browser's own calendar; the format is the one it demands."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def sane_day(day: dt.date) -> None:
    """A validator: a slip of the finger in the year is not a day in the work of a municipality."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(f"Året {day.year} kan inte stämma. Skriv ett år mellan {FIRST_YEAR} och {LAST_YEAR}.")


def day_field(label: str, help_text: str = "", *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label, help_text=help_text, required=required, widget=day_input(), validators=[sane_day]
    )


class ManyChoices(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # takes none when the code runs
    """Several rows; a number that no database can hold is no row, where Django's own raises OverflowError."""

    def _check_values(self, value: Any) -> QuerySet[Any]:
        try:
            return super()._check_values(value)  # type: ignore[misc,no-any-return]  # not in the stubs
        except OverflowError as error:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice") from error


def rows(count: int) -> forms.Textarea:
    """A text box of so many rows."""
    return forms.Textarea(attrs={"rows": count})


def dress(form: forms.BaseForm, *layout: Any) -> None:
    """One column, in this order if one is given, drawn inside the page's own form tag."""
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    if layout:
        helper.layout = Layout(*layout)
    vars(form)["helper"] = helper  # where crispy looks for it


def narrow(form: forms.BaseForm, name: str, among: QuerySet[Any], empty: str | None = None) -> None:
    """Only these rows may be chosen: anything else that is posted is a fault. `empty` names the empty choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = among
    if empty is not None:
        field.empty_label = empty


def name_empty_choice(field: forms.Field, name: str = "Välj") -> None:
    """Say what the empty choice of a select is for, where Django draws a line of dashes."""
    if isinstance(field, forms.ModelChoiceField):
        if field.empty_label == BLANK_CHOICE_DASH[0][1]:
            field.empty_label = name
    elif isinstance(field, forms.ChoiceField):
        choices: list[Any] = list(field.choices)  # type: ignore[arg-type]  # they are iterated, whatever they were
        field.choices = [("", name) if choice == BLANK_CHOICE_DASH[0] else choice for choice in choices]


def offer(form: forms.BaseForm, name: str, choices: Sequence[Any], empty: str = "") -> None:
    """The choices in this order and under these headings; what may be chosen is decided elsewhere."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", empty), *choices] if empty else choices


def plain_decimals(form: forms.BaseForm, *names: str) -> None:
    """Numbers (the form's `localized_fields`) with a decimal comma; nine is 9, and not 9,000 as the column keeps it."""
    for name in names:
        form.fields[name].widget.attrs["inputmode"] = "decimal"
        if isinstance(stored := form.initial.get(name), Decimal):
            form.initial[name] = stored.normalize()


def not_in_future(day: dt.date) -> None:
    """A validator: what has not happened yet is not told."""
    if day > today():
        raise ValidationError("Datumet ligger i framtiden. Ange den dag det hände.")
