"""Somebody to follow and somebody who follows, for these tests and for workers in processes of their own."""

from citizen_promises import actions, content, rules
from journal.steps import take
from lib.dates import now
from subscriptions.models import Mailing, Subscription
from subscriptions.noticing import notice, spread, watch
from subscriptions.sending import send_some
from tests import factories

TEXT = "Synlig polis i centrum"


def published(by, *texts, **fields):
    """A published document with a promise (or those texts)."""
    document = factories.PromiseDocumentFactory(created_by=by, **fields)
    for order, text in enumerate(texts or (TEXT,), start=1):
        factories.PromiseFactory(document=document, created_by=by, text=text, order=order)
    # Who approves is another story; here there need be no parties at all.
    fields = {"frozen": content.of(document), "checksum": content.checksum_of(document), "approved_at": now()}
    take(rules.APPROVE, document, by=by, **fields)
    actions.publish(document, by=by)
    return document


def followers(count, municipality, promise=None, start=0):
    """So many who have said yes."""
    made = [
        Subscription(
            email=f"person{number}@example.se",
            municipality=municipality,
            promise=promise,
            status=Subscription.Status.ACTIVE,
            confirmed_at=now(),
        )
        for number in range(start, start + count)
    ]
    return Subscription.objects.bulk_create(made, batch_size=1000)


def queue():
    """What has happened lies in the queue, and may be sent at once."""
    notice()
    spread()
    Mailing.objects.filter(status="queued").update(due_at=now())


def tell():
    """What has happened is told, down to the last letter."""
    queue()
    while send_some():
        pass


def tell_many(count):
    """For a process of its own: so many followers of a municipality, and one thing that happens."""
    watch()
    bo = factories.UserFactory()
    cycle = factories.CycleFactory(created_by=bo)
    document = published(bo, cycle=cycle, municipality=factories.MunicipalityFactory())
    followers(count, document.municipality)
    actions.add_outcome(document.promises.get(), by=bo, day=now().date(), text="Vi gick i fredags.")
    queue()
