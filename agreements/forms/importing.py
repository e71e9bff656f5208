"""What a person may send in, and which rows of it are chosen."""

from typing import Any

from django import forms

from agreements.models import WorkbookImport
from lib.form_parts import dress


class WorkbookForm(forms.Form):
    """An Excel workbook."""

    file = forms.FileField(
        label="Arbetsbok",
        help_text="Excel (.xlsx). Mallens rubriker känns alltid igen, äldre ord som åtagandeplan oftast.",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        allow_empty_file=True,
        error_messages={"required": "Välj en fil.", "invalid": "Välj en fil.", "missing": "Välj en fil."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class RowsForm(forms.Form):
    """The rows that shall be read in, among those that can be."""

    rows = forms.MultipleChoiceField(
        required=False,
        error_messages={"invalid_choice": "En av raderna kan inte läsas in. Ladda om sidan och välj igen."},
    )

    def __init__(self, *args: Any, workbook: WorkbookImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        good = [row["key"] for row in workbook.rows if row["state"] == "good"]
        self.fields["rows"].choices = [(key, key) for key in good]  # type: ignore[attr-defined]
