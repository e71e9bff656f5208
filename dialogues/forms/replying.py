"""The residents' form: the dialogue's own questions, a trap for machines, and a key that says when it was opened.

The key takes the place of the CSRF cookie: it is signed, names the dialogue, and lasts for some hours. It is the same
for all who open the form at the same time, so that it tells nothing about who answers.
"""

from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property

from dialogues.counting import SCALE
from dialogues.models import Dialogue, Question
from lib.dates import now
from lib.form_parts import dress
from lib.person_data import NoPersonData
from lib.swedish import number

KEY, TRAP = "nyckel", "ort2"
SALT = "dialogues.reply"
KEY_SECONDS = 6 * 3600
FASTEST_SECONDS = 3
LONGEST = 4000
OLD_KEY = "Sidan har legat öppen länge. Läs igenom ditt svar och skicka det igen, det står kvar här nedanför."
TOO_FAST = "Det gick väldigt fort. Läs igenom ditt svar och skicka det igen, det står kvar här nedanför."
NOTHING = "Svara på minst en fråga innan du skickar."


def new_key(dialogue: Dialogue) -> str:
    """The key of a form that is opened now."""
    return signing.dumps([dialogue.pk, int(now().timestamp())], salt=SALT)


class ReplyForm(NoPersonData, forms.Form):
    """One field per question. What was typed stays, whatever is wrong."""

    def __init__(self, *args: Any, dialogue: Dialogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        self.questions = list(dialogue.questions.all())
        for question in self.questions:
            self.fields[f"fraga-{question.pk}"] = _field(question)
        dress(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if sentence := self._wrong_with_key():
            self.add_error(None, sentence)
        if not self.errors and not self.given:
            self.add_error(None, NOTHING)
        return cleaned

    def _wrong_with_key(self) -> str:
        try:
            dialogue, opened = signing.loads(str(self.data.get(KEY, "")), salt=SALT)
            age = now().timestamp() - int(opened)
        except (signing.BadSignature, ValueError, TypeError):
            return OLD_KEY
        if dialogue != self.dialogue.pk or age > KEY_SECONDS:
            return OLD_KEY
        return TOO_FAST if age < FASTEST_SECONDS else ""

    @cached_property
    def key(self) -> str:
        """The key that goes with the form as it is shown: the one that came, or a new one where that has run out."""
        sent = str(self.data.get(KEY, ""))
        return sent if self.is_bound and self._wrong_with_key() in ("", TOO_FAST) else new_key(self.dialogue)

    @property
    def is_trapped(self) -> bool:
        """Whether the field that nobody sees has been filled in."""
        return bool(str(self.data.get(TRAP, "")).strip())

    @property
    def given(self) -> dict[int, str | int]:
        """The answers by question; what was left empty is not among them."""
        found = {one.pk: self.cleaned_data.get(f"fraga-{one.pk}") for one in self.questions}
        return {
            question: int(value) if isinstance(self.fields[f"fraga-{question}"], forms.ChoiceField) else value
            for question, value in found.items()
            if value
        }


def _field(question: Question) -> forms.Field:
    said: dict[str, Any] = {"label": question.text, "help_text": question.help, "required": question.is_required}
    if question.kind == Question.Kind.CHOICE:
        choices = [(str(value), text) for value, text in enumerate(question.options, start=1)]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)
    if question.kind == Question.Kind.SCALE:
        choices = [(str(step), str(step)) for step in SCALE]
        return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **said)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), validators=[_short_enough], **said)


def _short_enough(text: str) -> None:
    if len(text) > LONGEST:
        raise ValidationError(
            f"Svaret är {number(len(text))} tecken långt. Korta det till högst {number(LONGEST)}, det står kvar här."
        )
