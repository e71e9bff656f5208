"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import AgreementForm
from agreements.forms.measure_steps import AssessmentForm, BeforeForm, step_form
from agreements.forms.measures import COMMON, LogForm, MeasureForm, problems_to_act_on
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "COMMON",
    "AgreementForm",
    "AssessmentForm",
    "BeforeForm",
    "LogForm",
    "MeasureForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "problems_to_act_on",
    "step_form",
]
