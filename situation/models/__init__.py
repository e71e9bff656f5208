"""What we know: pictures in versions, their sources with limits, findings, the problems they show, and why."""

from situation.models.causes import Cause, CauseAnalysis, CauseAnalysisQuerySet, CauseQuerySet
from situation.models.picture import Finding, FindingQuerySet, Picture, PictureQuerySet, Source, SourceQuerySet
from situation.models.problem import Problem, ProblemQuerySet

__all__ = [
    "Cause",
    "CauseAnalysis",
    "CauseAnalysisQuerySet",
    "CauseQuerySet",
    "Finding",
    "FindingQuerySet",
    "Picture",
    "PictureQuerySet",
    "Problem",
    "ProblemQuerySet",
    "Source",
    "SourceQuerySet",
]
