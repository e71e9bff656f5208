"""How somebody begins to follow, says yes from the own letter box, and ends: then the address is gone."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from citizen_promises.models import Promise
from lib.dates import now, today
from lib.visitor_forms import daily_name, is_within
from municipalities.models import Municipality
from subscriptions import rules
from subscriptions.models import Mailing, Subscription

DAY = 24 * 3600


def ask(email: str, *, municipality: Municipality, promise: Promise | None = None) -> bool:
    """Queue a letter to the address, with a link to say yes; whether there is one to send.

    An address that follows already gets a letter that says so, and whoever asked cannot tell the difference. No address
    gets more than some such letters a day, whoever asks for them.
    """
    email = email.lower()
    if not is_within(settings.FOLLOW_LETTERS_A_DAY, DAY, "subscriptions.ask", daily_name("letter_box", email)):
        return False
    subscription = _found_or_new(email, municipality, promise)
    with transaction.atomic():
        if not Subscription.objects.select_for_update().filter(pk=subscription.pk).exists():
            return False
        if not subscription.mailings.unsettled().filter(change=None).exists():
            Mailing.objects.create(subscription=subscription)
    return True


def _found_or_new(email: str, municipality: Municipality, promise: Promise | None) -> Subscription:
    """Asked twice at once, it is one row; asked again, the days to say yes begin anew."""
    what: dict[str, Any] = {"email": email, "municipality": municipality, "promise": promise}
    try:
        with transaction.atomic():
            subscription, new = Subscription.objects.get_or_create(**what)
    except IntegrityError:
        subscription, new = Subscription.objects.get(**what), False
    if not new:
        Subscription.objects.filter(pk=subscription.pk, status=Subscription.Status.PENDING).update(created_on=today())
    return subscription


def confirm(key: str) -> Subscription | None:
    """Yes, from the own letter box. Said twice it is one yes; None when the address is gone."""
    pending = Subscription.objects.by_key(key).filter(status=Subscription.Status.PENDING)
    pending.update(status=Subscription.Status.ACTIVE, confirmed_at=now())
    return Subscription.objects.by_key(key).select_related("municipality", "promise__document").first()


def end(key: str) -> None:
    """The address is deleted, and everything that was on its way to it. Said twice it is the same."""
    Subscription.objects.by_key(key).delete()


def forget(moment: dt.datetime) -> int:
    """Delete addresses that have done their service, and old letters' rows; how many addresses."""
    Mailing.objects.filter(settled_at__lt=moment - rules.KEPT_LETTERS).delete()
    _, deleted = Subscription.objects.filter(rules.forgotten(moment)).delete()
    return deleted.get(Subscription._meta.label, 0)
