"""What we know: pictures in versions, their sources with limits, findings, and the problems they show."""

from situation.models.picture import Finding, FindingQuerySet, Picture, PictureQuerySet, Source, SourceQuerySet
from situation.models.problem import Problem, ProblemQuerySet

__all__ = [
    "Finding",
    "FindingQuerySet",
    "Picture",
    "PictureQuerySet",
    "Problem",
    "ProblemQuerySet",
    "Source",
    "SourceQuerySet",
]
