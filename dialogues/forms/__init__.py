"""What a person may type: about the dialogue, what was heard, the questions, and a resident's own reply."""

from dialogues.forms.asking import OpenForm, QuestionForm
from dialogues.forms.deciding import DecideForm, EraseForm, PublishForm, ReasonForm
from dialogues.forms.heard import AnswerForm, HoursForm, PointForm, ProposalForm, QuickFixForm, ThemeForm
from dialogues.forms.plan import FeedbackForm, NumbersForm, PlanForm
from dialogues.forms.replying import ReplyForm

__all__ = [
    "AnswerForm",
    "DecideForm",
    "EraseForm",
    "FeedbackForm",
    "HoursForm",
    "NumbersForm",
    "OpenForm",
    "PlanForm",
    "PointForm",
    "ProposalForm",
    "PublishForm",
    "QuestionForm",
    "QuickFixForm",
    "ReasonForm",
    "ReplyForm",
    "ThemeForm",
]
