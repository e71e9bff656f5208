"""What a person may type, one module per kind of thing: agreements, measures, signing."""

from agreements.forms.actors import (
    AddActorForm,
    EndActorForm,
)
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
from agreements.forms.files import (
    AnnexForm,
    OriginalForm,
    WithFiles,
)
from agreements.forms.goals import (
    GoalForm,
    OutcomeForm,
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
    PublicationForm,
)
from agreements.forms.logs import (
    ActorLogForm,
    LogForm,
)
from agreements.forms.measure_choices import (
    problems_to_act_on,
)
from agreements.forms.measure_steps import (
    AssessmentForm,
    BeforeForm,
    step_form,
)
from agreements.forms.measures import (
    COMMON,
    MeasureForm,
)
from agreements.forms.participants import (
    ParticipantForm,
)
from agreements.forms.parts import (
    PartForm,
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
    "ActorLogForm",
    "AdaptationForm",
    "AddActorForm",
    "AdherenceForm",
    "AdoptionForm",
    "AgreementForm",
    "AnnexForm",
    "AnswerForm",
    "AssessmentForm",
    "BeforeForm",
    "CommentForm",
    "ConsentForm",
    "DecisionForm",
    "EndActorForm",
    "GoalForm",
    "LocalPartsForm",
    "LogForm",
    "MeasureForm",
    "OriginalForm",
    "OutcomeForm",
    "PartForm",
    "ParticipantForm",
    "PlanForm",
    "ProlongationForm",
    "PublicationForm",
    "ReferralForm",
    "RowsForm",
    "SectionForm",
    "SignatureForm",
    "StepForm",
    "TerminationForm",
    "UndertakingForm",
    "VersionForm",
    "WithFiles",
    "WorkbookForm",
    "measures_to_choose",
    "problems_to_act_on",
    "step_form",
]
