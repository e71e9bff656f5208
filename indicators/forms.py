"""What a person may send in and look for."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms


class UploadForm(forms.Form):
    """A file with figures. What kind it is shows in its contents; some do not say their year."""

    file = forms.FileField(
        label="Fil",
        help_text="Excel (.xlsx, .xls), CSV eller en sparad webbsida, som den hämtades. Tabellen nedan säger vilka.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.tsv,.html,.htm"}),
        allow_empty_file=True,
        error_messages={"required": "Välj en fil.", "invalid": "Välj en fil.", "missing": "Välj en fil."},
    )
    year = forms.IntegerField(
        label="År",
        required=False,
        min_value=1975,
        max_value=2100,
        help_text="Behövs bara när året varken står i filen eller i dess namn, som i Brås årsfil.",
        error_messages={"invalid": "Skriv året med fyra siffror, till exempel 2024."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
