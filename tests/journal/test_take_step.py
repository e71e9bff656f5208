"""On a partnership's cycle, which has the smallest table of steps: open, closed, cancelled."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from journal.models import Event
from journal.steps import NotAllowed, lock, record, take
from partnerships.models import Cycle
from partnerships.rules import CANCEL, CLOSE, STEPS

Status = Cycle.Status
TODAY = {"closed_on": dt.date(2026, 11, 22)}  # what the database demands of a cycle that is no longer open


def test_a_step_moves_the_record_and_writes_the_book(cycle, anna):
    take(CLOSE, cycle, by=anna, note="Klart.", **TODAY)

    event = Event.objects.about(cycle).get()
    assert Cycle.objects.get(pk=cycle.pk).status == cycle.status == Status.CLOSED
    assert (event.verb, event.label, event.by, event.note) == ("close", "Avslutad", anna, "Klart.")
    assert event.changes == {
        "status": {"label": "Läge", "from": str(Status.OPEN.label), "to": str(Status.CLOSED.label)}
    }


def test_other_fields_are_written_in_the_same_breath_and_the_number_grows(cycle, anna):
    take(CLOSE, cycle, by=anna, note="Klart.", name="Avslutad omgång", **TODAY)

    cycle.refresh_from_db()
    assert (cycle.name, cycle.revision) == ("Avslutad omgång", 1)


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.verb)
@pytest.mark.parametrize("status", list(Status))
def test_a_step_begins_where_its_table_says_and_nowhere_else(cycle, anna, step, status):
    Cycle.objects.update(status=status, **(TODAY if status != Status.OPEN else {}))

    if status in step.old:
        take(step, cycle, by=anna, note="Klart.", **TODAY)
    else:
        with pytest.raises(NotAllowed):
            take(step, cycle, by=anna, note="Klart.", **TODAY)

    assert Cycle.objects.get().status == (step.new if status in step.old else status)
    assert Event.objects.count() == (status in step.old)


def test_who_comes_second_with_an_old_page_is_told(cycle, anna, bo):
    hers = Cycle.objects.get(pk=cycle.pk)
    take(CANCEL, cycle, by=bo, note="Klart.", **TODAY)

    with pytest.raises(NotAllowed, match="läget har ändrats sedan sidan öppnades") as refused:
        take(CLOSE, hers, by=anna, note="Klart.", **TODAY)

    assert refused.value.obj == cycle
    assert Event.objects.about(cycle).get().by == bo


def test_nothing_is_written_if_what_follows_fails(cycle, anna):
    @transaction.atomic
    def close_and_fail():
        take(CLOSE, cycle, by=anna, note="Klart.", **TODAY)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        close_and_fail()

    assert Cycle.objects.get().status == Status.OPEN
    assert not Event.objects.exists()


def test_lock_gives_the_record_as_it_is_now(cycle):
    Cycle.objects.update(name="Nytt namn")

    with transaction.atomic():
        assert lock(cycle).name == "Nytt namn"


def test_a_field_may_have_any_name_in_the_book(cycle, anna):
    record(cycle, "edited", "Ändrad", by=anna, changes={"note": {"label": "Not", "from": "", "to": "x"}})

    assert Event.objects.get().changes["note"]["to"] == "x"
    assert Event.objects.get().note == ""


def test_the_book_is_read_latest_first_and_with_who(cycle, partnership, anna, django_assert_num_queries):
    for label in ("Ett", "Två"):
        record(cycle, "noted", label, by=anna)
    record(partnership, "noted", "Annat", by=None)

    with django_assert_num_queries(1):
        shown = [(event.label, str(event.by)) for event in Event.objects.about(cycle)]

    assert shown == [("Två", "Anna Andersson"), ("Ett", "Anna Andersson")]


@pytest.mark.parametrize(
    "change",
    [
        lambda: Event.objects.update(label="Annat"),
        lambda: connection.cursor().execute("UPDATE journal_event SET label = 'Annat'"),
    ],
    ids=["through Django", "beside Django"],
)
def test_the_database_refuses_to_change_the_book(cycle, anna, change):
    event = record(cycle, "noted", "Som det var", by=anna)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change()

    event.refresh_from_db()
    assert event.label == "Som det var"
