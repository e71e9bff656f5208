"""What we know: pictures in versions, their sources with limits, findings, the problems they show, and why."""

from situation.models.carrying import PartSource
from situation.models.causes import Cause, CauseAnalysis, CauseAnalysisQuerySet, CauseQuerySet
from situation.models.merging import Difference, DifferenceQuerySet, LegalDecision, LegalDecisionQuerySet
from situation.models.picture import Approval, Picture, PictureQuerySet
from situation.models.priority import Cell, Choice, Ground, Prioritisation, PrioritisationQuerySet
from situation.models.problem import Problem, ProblemQuerySet
from situation.models.secrecy import SecrecyAssessment, WithheldNote, WithheldNoteQuerySet
from situation.models.source import Finding, FindingQuerySet, Source, SourceQuerySet

__all__ = [
    "Approval",
    "Cause",
    "CauseAnalysis",
    "CauseAnalysisQuerySet",
    "CauseQuerySet",
    "Cell",
    "Choice",
    "Difference",
    "DifferenceQuerySet",
    "Finding",
    "FindingQuerySet",
    "Ground",
    "LegalDecision",
    "LegalDecisionQuerySet",
    "PartSource",
    "Picture",
    "PictureQuerySet",
    "Prioritisation",
    "PrioritisationQuerySet",
    "Problem",
    "ProblemQuerySet",
    "SecrecyAssessment",
    "Source",
    "SourceQuerySet",
    "WithheldNote",
    "WithheldNoteQuerySet",
]
