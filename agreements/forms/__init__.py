"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import AgreementForm
from agreements.forms.drafting import (
    AdaptationForm,
    AnswerForm,
    CommentForm,
    ReferralForm,
    SectionForm,
    UndertakingForm,
    VersionForm,
)
from agreements.forms.keeping import (
    AdherenceForm,
    ConsentForm,
    DecisionForm,
    LocalPartsForm,
    ProlongationForm,
)
from agreements.forms.measures import COMMON, LogForm, MeasureForm, problems_to_act_on
from agreements.forms.signing import SignatureForm, StepForm, TerminationForm

__all__ = [
    "AdaptationForm",
    "AdherenceForm",
    "AgreementForm",
    "AnswerForm",
    "COMMON",
    "CommentForm",
    "ConsentForm",
    "DecisionForm",
    "LocalPartsForm",
    "LogForm",
    "MeasureForm",
    "ProlongationForm",
    "ReferralForm",
    "SectionForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "UndertakingForm",
    "VersionForm",
    "problems_to_act_on",
]
