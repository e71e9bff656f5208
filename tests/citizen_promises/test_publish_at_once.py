"""Publishing, approving and renewing at the same moment, on a database where people really meet."""

import datetime as dt
from functools import partial

import pytest

from citizen_promises import actions, content
from citizen_promises.models import PromiseDocument
from journal.models import Event
from journal.steps import NotAllowed
from tests import factories, promising
from tests.partnerships.conftest import at_once, needs_row_locks  # noqa: F401  a fixture

pytestmark = [needs_row_locks, pytest.mark.django_db(transaction=True)]
ROUNDS = 5


def fresh(document):
    return PromiseDocument.objects.get(pk=document.pk)


def document(cycle, lycksele, **fields):
    made = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    factories.PromiseFactory(document=made, **fields)
    return made


def refused(answers):
    return [answer for answer in answers if isinstance(answer, NotAllowed)]


def test_of_two_who_publish_one_does(at_once, cycle, lycksele, anna, bo):  # noqa: F811
    for _ in range(ROUNDS):
        made = document(cycle, lycksele)
        promising.approve(made, bo)

        answers = at_once(*(partial(actions.publish, fresh(made), by=by) for by in (anna, bo)))

        assert len(refused(answers)) == 1
        assert [event.verb for event in Event.objects.about(made)].count("publish") == 1


def test_a_worker_and_a_person_publish_once(at_once, cycle, lycksele, bo):  # noqa: F811
    for _ in range(ROUNDS):
        made = document(cycle, lycksele)
        promising.approve(made, bo)
        due = dt.datetime(2026, 6, 15, 9, tzinfo=dt.UTC)
        PromiseDocument.objects.filter(pk=made.pk).update(publish_at=due, scheduled_by=bo)

        at_once(actions.publish_due, partial(actions.publish, fresh(made), by=bo), actions.publish_due)

        assert (fresh(made).status, fresh(made).published_at) == ("published", due)
        assert [event.verb for event in Event.objects.about(made)].count("publish") == 1


def test_what_is_approved_is_what_was_read_whoever_edits_meanwhile(at_once, cycle, lycksele, bo):  # noqa: F811
    for _ in range(ROUNDS):
        made = document(cycle, lycksele)
        read = content.checksum_of(made)

        at_once(
            partial(actions.approve, fresh(made), by=bo, checksum=read),
            partial(actions.remove_promise, made.promises.get(), by=bo),
        )

        after = fresh(made)
        assert (after.status, after.promises.count()) in [("approved", 1), ("draft", 0)]


def test_both_sides_approve_at_the_same_moment(at_once, cycle, lycksele, anna, bo):  # noqa: F811
    for _ in range(ROUNDS):
        made = document(cycle, lycksele, promiser="joint")
        read = content.checksum_of(made)

        at_once(*(partial(actions.approve, fresh(made), by=by, checksum=read) for by in (anna, bo)))

        assert fresh(made).status == "approved"


def test_the_next_promises_are_begun_once(at_once, cycle, lycksele, bo):  # noqa: F811
    for _ in range(ROUNDS):
        made = document(cycle, lycksele)
        promising.publish(made, bo)

        at_once(*(partial(actions.renew, fresh(made), by=bo) for _ in range(2)))

        assert PromiseDocument.objects.filter(replaces=made).count() == 1
