"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import AgreementForm
from agreements.forms.goals import GoalForm
from agreements.forms.logs import LogForm
from agreements.forms.measure_choices import problems_to_act_on
from agreements.forms.measure_steps import AssessmentForm, BeforeForm, step_form
from agreements.forms.measures import COMMON, MeasureForm
from agreements.forms.participants import ParticipantForm
from agreements.forms.parts import PartForm
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "COMMON",
    "AgreementForm",
    "AssessmentForm",
    "BeforeForm",
    "GoalForm",
    "LogForm",
    "MeasureForm",
    "PartForm",
    "ParticipantForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "problems_to_act_on",
    "step_form",
]
