"""What residents said is answered by a promise that takes it up, and unanswered again when no promise does."""

from collections.abc import Iterable

import dialogues.actions
from accounts.models import User
from citizen_promises.models import Promise, PromiseDocument
from dialogues.models import Theme


def tie(promise: Promise, before: Iterable[Theme], *, by: User) -> None:
    """Tell the dialogues which themes the promise has taken up and let go since it had those before."""
    was, now = {theme.pk: theme for theme in before}, {theme.pk: theme for theme in promise.themes.all()}
    for pk, theme in now.items():
        if pk not in was:
            _answer(theme, True, by=by)
    let_go(promise, [theme for pk, theme in was.items() if pk not in now], by=by)


def let_go(promise: Promise, themes: Iterable[Theme], *, by: User) -> None:
    """The promise answers the themes no longer; one that another promise answers stays answered."""
    others = Promise.objects.exclude(pk=promise.pk).exclude(document__status=PromiseDocument.Status.WITHDRAWN)
    for theme in themes:
        if not others.filter(themes=theme).exists():
            _answer(theme, False, by=by)


def _answer(theme: Theme, is_taken_up: bool, *, by: User) -> None:
    """Where the room of dialogues is told: that the theme became a promise, or that it did not after all."""
    (dialogues.actions.take_up if is_taken_up else dialogues.actions.let_go)(theme, by=by)
