"""How the doors of this room are opened: to everybody, to be read only, and the same page for whoever asks."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

View = Callable[..., HttpResponseBase]


def for_everyone(*asks: str) -> Callable[[View], View]:
    """A door without a lock, whose page `residents.middleware` may keep for the next visitor.

    `asks` names the questions (?sok=…) that the page answers. What else an address says after its question mark is
    for others, as what a network adds to a shared link: the page is the same, and the kept one is given.
    """

    def open_door(view: View) -> View:
        opened: Any = login_not_required(require_safe(view))
        opened.asks = asks
        return opened  # type: ignore[no-any-return]

    return open_door


def questions(view: Any) -> tuple[str, ...] | None:
    """What the view answers, or None where it is no door of this kind."""
    asks: tuple[str, ...] | None = getattr(view, "asks", None)
    return asks
