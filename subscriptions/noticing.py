"""Reading the book: what has happened to published promises becomes changes, and each change letters in the queue.

Rooms below know nothing of followers. Their book is read from where it was left, and the last hour of it once more each
time: a transaction that was slow to commit stands before what was read already. A change has a key, so that it is one
row however often it is read; a letter is one per change and follower, so that whoever dies in between loses nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db import transaction
from django.db.models import Max

from citizen_promises.models import Outcome, Promise, PromiseDocument
from citizen_promises.rules import PROMISE_STEPS
from journal.models import Event
from lib.dates import now
from subscriptions import rules
from subscriptions.models import Change, Mailing, Watch

READ_AGAIN = dt.timedelta(hours=1)
CHUNK = 500
JUDGED: dict[str, str] = {step.verb: step.new for step in PROMISE_STEPS}


def watch() -> Watch:
    """The row that says how far the book is read. The first time, what was told before is left alone."""
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    return Watch.objects.get_or_create(pk=1, defaults={"seen": last})[0]


def notice() -> int:
    """Read on in the book and write down what followers are to be told; how many new changes."""
    seen = watch().seen
    unread = Event.objects.filter(pk__gt=seen)
    until = unread.filter(at__lte=now() - READ_AGAIN).aggregate(last=Max("pk"))["last"]
    told = unread.filter(verb__in={verb for _, verb in rules.TOLD}, subject__startswith="citizen_promises.")
    found = 0
    for events in _chunks(told.only("pk", "subject", "verb", "at").order_by("pk").iterator(CHUNK)):
        found += _write([event for event in events if _pair(event) in rules.TOLD])
    if until:
        Watch.objects.filter(pk=1, seen__lt=until).update(seen=until)
    return found


def spread() -> int:
    """Queue a letter to every follower of each change, some at a time; how many letters."""
    return sum(_spread(change) for change in Change.objects.unspread().select_related("document"))


def _write(events: list[Event]) -> int:
    before = Change.objects.filter(key__in=[_key(event) for event in events])
    known = set(before.values_list("key", flat=True))
    new = {_key(event): event for event in reversed(events) if _key(event) not in known}
    made = _changes(list(reversed(new.values())))
    Change.objects.bulk_create(made, ignore_conflicts=True)
    return len(made)


def _key(event: Event) -> str:
    """What makes it the same: a promise is judged several times, but published and told of once."""
    kind = rules.TOLD[_pair(event)]
    return f"{kind}:{event.pk}" if kind == Change.Kind.SETTLED else f"{kind}:{_number(event)}"


def _changes(events: list[Event]) -> list[Change]:
    numbers: dict[str, set[int]] = {"promisedocument": set(), "promise": set(), "outcome": set()}
    for event in events:
        numbers[_model(event)].add(_number(event))
    outcomes = Outcome.objects.select_related("promise").in_bulk(numbers["outcome"])
    promises = Promise.objects.in_bulk(numbers["promise"])
    documents = PromiseDocument.objects.only("pk").in_bulk(numbers["promisedocument"])
    made = []
    for event in events:
        outcome = outcomes.get(_number(event)) if _model(event) == "outcome" else None
        promise = outcome.promise if outcome else None
        if _model(event) == "promise":
            promise = promises.get(_number(event))
        document = promise.document_id if promise else None
        if _model(event) == "promisedocument" and _number(event) in documents:
            document = _number(event)
        if document:
            made.append(_change(event, document, promise, outcome))
    return made


def _change(event: Event, document: int, promise: Promise | None, outcome: Outcome | None) -> Change:
    return Change(
        key=_key(event),
        kind=rules.TOLD[_pair(event)],
        document_id=document,
        promise=promise,
        outcome=outcome,
        judged=JUDGED.get(event.verb, ""),
        happened_at=event.at,
    )


def _pair(event: Event) -> tuple[str, str]:
    return event.subject.partition(":")[0], event.verb


def _model(event: Event) -> str:
    return event.subject.partition(":")[0].partition(".")[2]


def _number(event: Event) -> int:
    return int(event.subject.partition(":")[2])


def _spread(change: Change) -> int:
    queued = 0
    while True:
        with transaction.atomic():
            # Held, so that nobody's address is deleted between being found and being queued.
            rest = rules.followers_of(change).filter(pk__gt=change.spread_to).select_for_update(of=("self",))
            followers = list(rest.values_list("pk", flat=True)[:CHUNK])
            if not followers:
                Change.objects.filter(pk=change.pk).update(spread_at=now())
                return queued
            due = now() + rules.GATHERED
            Mailing.objects.bulk_create(
                [Mailing(change=change, subscription_id=follower, due_at=due) for follower in followers],
                ignore_conflicts=True,
            )
            change.spread_to = followers[-1]
            change.save(update_fields=["spread_to"])
            queued += len(followers)


def _chunks(events: Iterable[Event]) -> Iterator[list[Event]]:
    chunk: list[Event] = []
    for event in events:
        chunk.append(event)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
