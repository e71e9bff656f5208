"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import AgreementForm
from agreements.forms.importing import RowsForm, WorkbookForm
from agreements.forms.measures import COMMON, LogForm, MeasureForm, problems_to_act_on
from agreements.forms.plans import TITLES, DecisionForm, PlanForm, measures_to_choose
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "COMMON",
    "TITLES",
    "AgreementForm",
    "DecisionForm",
    "LogForm",
    "MeasureForm",
    "PlanForm",
    "RowsForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "WorkbookForm",
    "measures_to_choose",
    "problems_to_act_on",
]
