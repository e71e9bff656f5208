"""A published promise in Lycksele, and the book read up to where it was published."""

import pytest
from django.core.cache import cache

from lib.dates import now
from subscriptions.models import Subscription
from subscriptions.noticing import watch
from tests.subscriptions.following import published as publish_one


@pytest.fixture(autouse=True)
def _nobody_has_sent_anything_today():
    cache.clear()


@pytest.fixture
def document(cycle, lycksele, bo):
    made = publish_one(bo, cycle=cycle, municipality=lycksele, title="Löften i Lycksele")
    watch()
    return made


@pytest.fixture
def promise(document):
    return document.promises.get()


@pytest.fixture
def follow(lycksele):
    """Somebody follows the municipality, or a promise, since before now."""

    def do(email="kim@example.se", promise=None, municipality=None):
        return Subscription.objects.create(
            email=email,
            municipality=municipality or lycksele,
            promise=promise,
            status=Subscription.Status.ACTIVE,
            confirmed_at=now(),
        )

    return do
