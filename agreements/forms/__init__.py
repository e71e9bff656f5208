"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import AgreementForm
from agreements.forms.importing import RowsForm, WorkbookForm
from agreements.forms.measures import COMMON, LogForm, MeasureForm, problems_to_act_on
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "COMMON",
    "AgreementForm",
    "LogForm",
    "MeasureForm",
    "RowsForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "WorkbookForm",
    "problems_to_act_on",
]
