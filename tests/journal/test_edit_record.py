import datetime as dt

import pytest
from django.test import RequestFactory
from django.utils.datastructures import MultiValueDict

from journal.edits import RecordForm, save_edit, save_new
from journal.models import Event
from journal.steps import take
from partnerships.models import Cycle, Partnership
from partnerships.rules import CLOSE
from tests import factories

WORDS = {"name": "Omgång 2026–2029", "starts": "2026-01-01", "ends": "2029-12-31"}


class CycleForm(RecordForm):
    class Meta:
        model = Cycle
        fields = ["name", "starts", "ends"]


class AreasForm(RecordForm):
    class Meta:
        model = Partnership
        fields = ["local_police_areas"]


def opened(cycle):
    """The page as somebody has it on the screen now: what will be sent back, with its number."""
    return WORDS | {"name": cycle.name, "revision": str(cycle.revision)}


def sent(cycle, typed):
    data = RequestFactory().post("/", typed).POST
    form = CycleForm(data, instance=Cycle.objects.get(pk=cycle.pk))
    assert form.is_valid(), form.errors
    return form


def test_an_edit_is_saved_and_stands_in_the_book_with_from_and_to(cycle, anna):
    form = sent(cycle, opened(cycle) | {"name": "Nytt namn"})

    assert save_edit(form, by=anna)

    event = Event.objects.about(cycle).get()
    assert Cycle.objects.get(pk=cycle.pk).name == "Nytt namn"
    assert event.by == anna
    assert event.changes == {"name": {"label": "Namn", "from": cycle.name, "to": "Nytt namn"}}


def test_dates_are_in_words_and_nothing_is_empty(cycle, anna):
    save_edit(sent(cycle, opened(cycle) | {"starts": "2026-03-12", "ends": ""}), by=anna)

    changes = Event.objects.get().changes
    assert (changes["starts"]["from"], changes["starts"]["to"]) == ("1 januari 2026", "12 mars 2026")
    assert (changes["ends"]["from"], changes["ends"]["to"]) == ("31 december 2029", "")


def test_many_are_listed_by_name(partnership, bo):
    north, south = factories.LocalPoliceAreaFactory(), factories.LocalPoliceAreaFactory(slug="norr", name="Norr")
    partnership.local_police_areas.set([north])
    data = MultiValueDict({"local_police_areas": [north.pk, south.pk], "revision": ["0"]})
    form = AreasForm(data, instance=partnership)

    assert form.is_valid(), form.errors
    assert save_edit(form, by=bo)

    assert set(partnership.local_police_areas.all()) == {north, south}
    change = Event.objects.get().changes["local_police_areas"]
    assert change["from"] == str(north)
    assert " och " in change["to"]


def test_saving_without_a_change_writes_nothing(cycle, anna):
    assert save_edit(sent(cycle, opened(cycle)), by=anna)

    assert not Event.objects.exists()
    assert Cycle.objects.get().revision == 0


@pytest.fixture
def overtaken(cycle, anna, bo):
    """Bo and Anna opened the page; Bo saved first. Anna's form after her attempt."""
    page = opened(cycle)
    save_edit(sent(cycle, page | {"name": "Bos namn"}), by=bo)
    form = sent(cycle, page | {"name": "Annas namn"})
    assert not save_edit(form, by=anna)
    return form


def test_nothing_is_overwritten_silently(overtaken, bo):
    assert Cycle.objects.get().name == "Bos namn"
    assert Event.objects.get().by == bo


def test_who_was_slower_is_told_by_whom_when_and_what(overtaken):
    said = overtaken.non_field_errors()[0]

    assert said.startswith("Bo Berg ändrade kl. ")
    assert "namn" in said
    assert "Inget har skrivits över" in said


def test_what_was_typed_stands_and_can_be_saved_on_purpose(overtaken, cycle, anna):
    shown = overtaken["name"].value()
    again = sent(cycle, WORDS | {"name": shown, "revision": overtaken["revision"].value()})

    assert shown == "Annas namn"
    assert save_edit(again, by=anna)
    assert Cycle.objects.get().name == "Annas namn"


def test_two_who_change_different_fields_are_told_too(cycle, anna, bo):
    page = opened(cycle)
    save_edit(sent(cycle, page | {"ends": "2028-12-31"}), by=bo)

    assert not save_edit(sent(cycle, page | {"name": "Annas namn"}), by=anna)
    assert Cycle.objects.get().ends == dt.date(2028, 12, 31)


def test_a_form_without_its_number_overwrites_nothing(cycle, anna):
    form = sent(cycle, WORDS | {"name": "Utan nummer"})

    assert not save_edit(form, by=anna)
    assert Cycle.objects.get().name == cycle.name


def test_a_locked_text_is_not_changed(cycle, anna, bo):
    page = opened(cycle)
    take(CLOSE, cycle, by=bo, note="Klart.", closed_on=dt.date(2026, 11, 22))
    form = sent(cycle, page | {"name": "För sent", "revision": str(cycle.revision)})

    assert not save_edit(form, by=anna)
    assert "Texten är låst" in form.non_field_errors()[0]
    assert form["name"].value() == "För sent"
    assert Cycle.objects.get().name != "För sent"


def test_something_new_has_a_maker_and_a_line_in_the_book(partnership, anna):
    form = CycleForm(WORDS)

    assert form.is_valid(), form.errors
    made = save_new(form, by=anna, label="Omgång skapad", partnership=partnership)

    assert (made.created_by, made.partnership) == (anna, partnership)
    assert Event.objects.about(made).get().label == "Omgång skapad"
