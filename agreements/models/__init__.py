"""What we agree: the samverkansöverenskommelse, goals and measures under it, plans, and how they are carried out."""

from agreements.models.agreement import Agreement, AgreementQuerySet
from agreements.models.aim import Aim
from agreements.models.carrying_out import MeasureLog, MeasureLogQuerySet, Part, Participant, ParticipantQuerySet
from agreements.models.catalogue import Evidence, MeasureKind, MeasureType, Prevention
from agreements.models.drafting import Comment, CommentQuerySet, Undertaking, Version, VersionQuerySet
from agreements.models.files import AgreementFile, AgreementFileQuerySet, LogFile, LogFileQuerySet
from agreements.models.goal import Goal, GoalOutcome, GoalQuerySet
from agreements.models.importing import ImportedRow, WorkbookImport, WorkbookImportQuerySet
from agreements.models.keeping import Adaptation, Adherence, Consent, Decision, Prolongation, Publication
from agreements.models.measure import Measure, MeasureQuerySet
from agreements.models.outside import actor_in, lines_of_actor
from agreements.models.plan import ActionPlan, ActionPlanQuerySet
from agreements.models.signature import Signature
from agreements.models.validity import Validity

__all__ = [
    "ActionPlan",
    "ActionPlanQuerySet",
    "Adaptation",
    "Adherence",
    "Aim",
    "Agreement",
    "AgreementFile",
    "AgreementFileQuerySet",
    "AgreementQuerySet",
    "Comment",
    "CommentQuerySet",
    "Consent",
    "Decision",
    "Evidence",
    "Goal",
    "GoalOutcome",
    "GoalQuerySet",
    "ImportedRow",
    "LogFile",
    "LogFileQuerySet",
    "Measure",
    "MeasureKind",
    "MeasureLog",
    "MeasureLogQuerySet",
    "MeasureQuerySet",
    "MeasureType",
    "Part",
    "Participant",
    "ParticipantQuerySet",
    "Prevention",
    "Prolongation",
    "Publication",
    "Signature",
    "Undertaking",
    "Validity",
    "Version",
    "VersionQuerySet",
    "WorkbookImport",
    "WorkbookImportQuerySet",
    "actor_in",
    "lines_of_actor",
]
