"""The field by which files are sent in: it examines them, so that a refusal is a sentence beside the field."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from attachments.actions import LONGEST_SIDE, Examined, examine
from attachments.kinds import ACCEPT, MAY_BE_SENT
from lib.uploads import FileRefused


class FilesInput(forms.ClearableFileInput):
    """A file chooser that takes several."""

    allow_multiple_selected = True


class AttachmentField(forms.FileField):
    """One file or several, examined: `cleaned_data` has a list of Examined."""

    def __init__(self, *, by: User, most: int = 1, longest: int = LONGEST_SIDE, **kwargs: Any) -> None:
        self.by, self.most, self.longest = by, most, longest
        widget = FilesInput if most > 1 else forms.FileInput
        kwargs.setdefault("help_text", MAY_BE_SENT)
        super().__init__(widget=widget(attrs={"accept": ACCEPT}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Examined]:
        sent = data if isinstance(data, list | tuple) else [data] if data else []
        if not sent:
            super().clean(None)
        if len(sent) > self.most:
            raise ValidationError(f"Skicka högst {self.most} filer åt gången.")
        return [self._examined(file, alone=len(sent) == 1) for file in sent]

    def _examined(self, file: Any, *, alone: bool) -> Examined:
        try:
            return examine(file, file.name, by=self.by, longest=self.longest)
        except FileRefused as error:
            raise ValidationError(str(error) if alone else f"{file.name}: {error}") from error


def pictures(examined: Sequence[Examined]) -> bool:
    """Whether any of the files is a picture, which somebody may need in words."""
    return any(one.is_image for one in examined)
