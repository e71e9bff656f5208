"""What a person may send in and look for."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from lib.workbook_zips import MOST_FILES


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or several; what is cleaned is a list."""

    def clean(self, given: Any, initial: Any = None) -> Any:
        return [super(ManyFilesField, self).clean(one, initial) for one in given or [None]]


class UploadForm(forms.Form):
    """Files with figures. What kind each is shows in its contents; some do not say their year."""

    file = ManyFilesField(
        label="Fil, eller flera på en gång",
        help_text=f"Excel (.xlsx, .xls), CSV eller en sparad webbsida, som den hämtades. Tabellen nedan säger vilka. "
        f"Upp till {MOST_FILES} filer kan väljas på en gång, eller packas i en zip-fil.",
        widget=ManyFilesInput(attrs={"accept": ".xlsx,.xls,.csv,.txt,.tsv,.html,.htm,.zip"}),
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
