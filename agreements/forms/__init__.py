"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.actors import ActorLogForm, AddActorForm, EndActorForm
from agreements.forms.agreements import AgreementForm
from agreements.forms.files import AnnexForm, OriginalForm, WithFiles
from agreements.forms.measures import COMMON, LogForm, MeasureForm, problems_to_act_on
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "COMMON",
    "ActorLogForm",
    "AddActorForm",
    "AgreementForm",
    "AnnexForm",
    "EndActorForm",
    "LogForm",
    "MeasureForm",
    "OriginalForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "WithFiles",
    "problems_to_act_on",
]
