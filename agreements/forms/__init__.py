"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.agreements import (
    AgreementForm,
)
from agreements.forms.drafting import (
    AdaptationForm,
    AnswerForm,
    CommentForm,
    ReferralForm,
    SectionForm,
    UndertakingForm,
    VersionForm,
)
from agreements.forms.importing import (
    RowsForm,
    WorkbookForm,
)
from agreements.forms.keeping import (
    AdherenceForm,
    ConsentForm,
    DecisionForm,
    LocalPartsForm,
    ProlongationForm,
)
from agreements.forms.measure_steps import (
    AssessmentForm,
    BeforeForm,
    step_form,
)
from agreements.forms.measures import (
    COMMON,
    LogForm,
    MeasureForm,
    problems_to_act_on,
)
from agreements.forms.plans import (
    TITLES,
    AdoptionForm,
    PlanForm,
    measures_to_choose,
)
from agreements.forms.signing import (
    SignatureForm,
    StepForm,
    TerminationForm,
)

__all__ = [
    "COMMON",
    "TITLES",
    "AdaptationForm",
    "AdherenceForm",
    "AdoptionForm",
    "AgreementForm",
    "AnswerForm",
    "AssessmentForm",
    "BeforeForm",
    "CommentForm",
    "ConsentForm",
    "DecisionForm",
    "LocalPartsForm",
    "LogForm",
    "MeasureForm",
    "PlanForm",
    "ProlongationForm",
    "ReferralForm",
    "RowsForm",
    "SectionForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "UndertakingForm",
    "VersionForm",
    "WorkbookForm",
    "measures_to_choose",
    "problems_to_act_on",
    "step_form",
]
