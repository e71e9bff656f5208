"""The links in letters: signed, so that nothing of them is stored and nobody who reads the database can use them.

The link that says yes is good for some days. The one that ends is good for as long as the letter lies there.
"""

import uuid

from django.conf import settings
from django.core import signing
from django.urls import reverse

from citizen_promises.models import Promise
from municipalities.models import Municipality
from subscriptions.models import Subscription

DAY = 24 * 3600
YES, END = "subscriptions.confirm", "subscriptions.end"
# The residents' own pages, by the names of their doors.
MUNICIPALITY_PAGE = "residents:municipality"
DOCUMENT_PAGE = "residents:document"


def to_confirm(subscription: Subscription) -> str:
    return _home(reverse("subscriptions:confirm", args=[_signed(subscription, YES)]))


def to_end(subscription: Subscription) -> str:
    return _home(reverse("subscriptions:end", args=[_signed(subscription, END)]))


def confirmed_by(token: str) -> str | None:
    """The key of a link that says yes; None when it is not ours, or too old."""
    return _key(token, YES, max_age=settings.FOLLOW_CONFIRM_DAYS * DAY)


def ended_by(token: str) -> str | None:
    """The key of a link that ends; None when it is not whole."""
    return _key(token, END, max_age=None)


def page_of(municipality: Municipality, document_pk: int | None = None, promise: Promise | None = None) -> str:
    """Where residents read it."""
    if document_pk is None:
        return _home(reverse(MUNICIPALITY_PAGE, args=[municipality.slug]))
    page = reverse(DOCUMENT_PAGE, args=[municipality.slug, document_pk])
    return _home(f"{page}#lofte-{promise.pk}" if promise else page)


def _signed(subscription: Subscription, what: str) -> str:
    return signing.TimestampSigner(sep=".", salt=what).sign(subscription.key.hex)


def _key(token: str, what: str, *, max_age: int | None) -> str | None:
    try:
        key = signing.TimestampSigner(sep=".", salt=what).unsign(token, max_age=max_age)
        return uuid.UUID(key).hex
    except (signing.BadSignature, ValueError):
        return None


def _home(path: str) -> str:
    return f"{settings.SITE_URL.rstrip('/')}{path}"
