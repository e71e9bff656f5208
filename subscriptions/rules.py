"""What is followed by whom: which changes are told, to whom, and when an address has done its service."""

import datetime as dt

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from citizen_promises import rules as promises
from citizen_promises.models import Promise, PromiseDocument
from subscriptions.models import Change, Mailing, Subscription, SubscriptionQuerySet

# So long are changes gathered: who settles a promise and writes the feedback at once is read in one letter.
GATHERED = dt.timedelta(minutes=5)
# How long after a failure the next try comes; after the last one it is given up.
BACK_OFF = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 480, 1440, 1440))
REFUSED_LETTERS = 3
AFTER_THE_PERIOD = dt.timedelta(days=365)
KEPT_LETTERS = dt.timedelta(days=90)

# The book's words, room by room: (model, verb) → what it is to a follower.
TOLD: dict[tuple[str, str], Change.Kind] = {
    ("citizen_promises.promisedocument", promises.PUBLISH.verb): Change.Kind.PUBLISHED,
    ("citizen_promises.promisedocument", promises.WITHDRAW.verb): Change.Kind.WITHDRAWN,
    ("citizen_promises.outcome", "created"): Change.Kind.OUTCOME,
    ("citizen_promises.promise", "feedback"): Change.Kind.FEEDBACK,
    **{("citizen_promises.promise", step.verb): Change.Kind.SETTLED for step in promises.PROMISE_STEPS},
}


def followers_of(change: Change) -> SubscriptionQuerySet:
    """Those who followed when it happened, each address once."""
    among = Q(municipality=change.document.municipality_id, promise=None)
    if change.promise_id:
        among |= Q(promise=change.promise_id)
    elif change.kind == Change.Kind.WITHDRAWN:
        among |= Q(promise__in=Promise.objects.filter(document=change.document_id))
    found = Subscription.objects.active().filter(among, confirmed_at__lte=change.happened_at)
    before = found.filter(email=OuterRef("email"), pk__lt=OuterRef("pk"))
    return found.filter(~Exists(before)).order_by("pk")


def still_holds(change: Change, public: set[int]) -> bool:
    """Whether it is still so, now that the letter is written. `public`: the documents that residents can read."""
    if change.kind == Change.Kind.WITHDRAWN:
        return change.document_id not in public
    if change.document_id not in public:
        return False
    if change.kind == Change.Kind.SETTLED:
        return change.promise is not None and change.promise.status == change.judged
    return change.kind != Change.Kind.FEEDBACK or bool(change.promise and change.promise.feedback)


def forgotten(moment: dt.datetime) -> Q:
    """The addresses that have done their service.

    Never confirmed; refused by their own server time and again; or following a promise about which nothing more will
    be told, because it was withdrawn (and that has been told) or its time was over a year ago.
    """
    day = timezone.localdate(moment)
    withdrawn = Q(
        promise__document__status=PromiseDocument.Status.WITHDRAWN,
        promise__document__withdrawn_at__lt=moment - dt.timedelta(days=1),
    )
    over = Q(promise__document__ends__lt=day - AFTER_THE_PERIOD)
    waits = Exists(Mailing.objects.unsettled().filter(subscription=OuterRef("pk")))
    never = Q(status=Subscription.Status.PENDING, created_on__lt=day - dt.timedelta(days=settings.FOLLOW_CONFIRM_DAYS))
    return never | Q(refused__gte=REFUSED_LETTERS) | ((withdrawn | over) & ~Q(waits))
