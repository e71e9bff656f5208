import datetime as dt

import pytest

from citizen_promises import actions, queries
from citizen_promises.models import Promise, PromiseDocument
from tests import factories, promising
from tests.citizen_promises.conftest import DAY


def test_promises_of_a_cycle_are_the_published_ones_with_their_progress(cycle, published, promise):
    factories.PromiseFactory(document=factories.PromiseDocumentFactory(cycle=cycle))
    factories.OutcomeFactory(promise=promise, count=7, day=dt.date(2026, 5, 1))
    factories.OutcomeFactory(promise=promise, count=2, day=dt.date(2026, 6, 1))

    found = queries.promises_of(cycle)
    assert [(one.pk, one.done, one.told_on) for one in found] == [(promise.pk, 9, dt.date(2026, 6, 1))]


def test_promises_without_outcomes_have_done_nothing_yet(cycle, published):
    assert [(one.done, one.told_on) for one in queries.promises_of(cycle)] == [(0, None)]


def test_promises_of_one_municipality(cycle, published, publish):
    other = publish("Annan kommun", municipality=factories.MunicipalityFactory())

    assert [one.document for one in queries.promises_of(cycle, other.municipality)] == [other]


def test_promises_of_a_cycle_are_one_question(cycle, publish, django_assert_num_queries):
    publish("Ett", "Två")
    publish("Tre", municipality=factories.MunicipalityFactory())

    with django_assert_num_queries(1):
        assert [str(one.document.municipality) for one in queries.promises_of(cycle)]


@pytest.mark.parametrize(
    ("day", "period"),
    [((2026, 3, 31), "coming"), ((2026, 4, 1), "current"), ((2028, 3, 31), "current"), ((2028, 4, 1), "ended")],
)
def test_public_documents_know_their_period(lycksele, published, day, period):
    assert [one.period for one in queries.public_documents(lycksele, dt.date(*day))] == [period]


def test_only_published_documents_are_public(lycksele, draft, bo):
    factories.PromiseFactory(document=draft)
    assert queries.public_documents(lycksele, DAY) == []
    promising.publish(draft, by=bo)
    assert [one.pk for one in queries.public_documents(lycksele, DAY)] == [draft.pk]
    actions.withdraw(draft, by=bo, reason="Fel.")
    assert queries.public_documents(lycksele, DAY) == []


def test_missing_feedback_is_asked_by_day(publish, bo):
    told, untold = publish("Ett", "Två", ends=dt.date(2026, 5, 31)).promises.all()
    actions.give_feedback(told, by=bo, text="Klart.", day=DAY)

    assert list(Promise.objects.missing_feedback(DAY)) == [untold]
    assert not Promise.objects.missing_feedback(dt.date(2026, 5, 31))


def test_valid_documents_are_those_of_the_day(publish):
    document = publish(starts=dt.date(2026, 1, 1), ends=None)

    assert list(PromiseDocument.objects.valid(DAY)) == [document]
    assert not PromiseDocument.objects.valid(dt.date(2025, 12, 31))


def test_an_open_end_is_named_by_its_start(publish, lycksele):
    publish(starts=dt.date(2026, 1, 1), ends=None)
    document = queries.public_documents(lycksele, DAY)[0]

    assert (document.years, document.dates) == ("från 2026", "från och med 1 januari 2026")
