"""What we hear: dialogues with residents and staff, what was said in them, and how it was answered."""

from dialogues.models.dialogue import Dialogue, DialogueHours, DialogueQuerySet
from dialogues.models.heard import Proposal, QuickFix, Theme, ThemeQuerySet, WalkPoint
from dialogues.models.reply import Answer, Erasure, Question, Reply, ReplyQuerySet
from dialogues.models.result import DialogueResult

__all__ = [
    "Answer",
    "Dialogue",
    "DialogueHours",
    "DialogueQuerySet",
    "DialogueResult",
    "Erasure",
    "Proposal",
    "Question",
    "QuickFix",
    "Reply",
    "ReplyQuerySet",
    "Theme",
    "ThemeQuerySet",
    "WalkPoint",
]
