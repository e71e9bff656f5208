import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from citizen_promises import actions, rules
from citizen_promises.models import Outcome, Promise
from journal.models import Event
from journal.steps import NotAllowed
from tests import factories, promising
from tests.citizen_promises.conftest import DAY, errors, told

STALE = "Berätta hur det går: läget har ändrats sedan sidan öppnades. Så här ser det ut nu."
OUTCOME = {"day": "2026-06-01", "count": 7, "text": "Sju av sju pass.", "revision": 0}
FEEDBACK = {"feedback": "Alla kvällar blev av.", "feedback_on": "2026-06-15", "revision": 0}


def tell(client, promise, **fields):
    return client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/utfall/", OUTCOME | fields)


def settle(client, promise, verb, reason="", **extra):
    address = f"/medborgarloften/arbete/lofte/{promise.pk}/bedom/"
    return client.post(address, {"verb": verb, "reason": reason}, **extra)


def give(client, promise, **fields):
    return client.post(f"/medborgarloften/arbete/lofte/{promise.pk}/aterkoppling/", FEEDBACK | fields)


def test_an_outcome_is_told_to_residents(client, bo, published, promise):
    client.force_login(bo)
    tell(client, promise)

    page = client.get("/medborgarloften/lycksele/").content.decode()
    assert "1 juni 2026" in page
    assert "Sju av sju pass." in page
    assert "7 av 25 fotpatruller hittills" in page


def test_an_outcome_is_written_in_the_journal(client, bo, published, promise):
    client.force_login(bo)
    tell(client, promise)

    assert Event.objects.about(Outcome.objects.get()).get().by == bo


def test_an_outcome_in_the_future_is_refused(client, bo, published, promise):
    client.force_login(bo)
    response = tell(client, promise, day="2026-06-16")

    assert errors(response) == {"day": ["Datumet ligger i framtiden. Ange den dag det hände."]}


def test_no_count_is_asked_for_where_nothing_is_counted(client, bo, cycle, lycksele):
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    uncounted = factories.PromiseFactory(document=document, planned_count=None, unit="", basis="Vi frågar.")
    promising.publish(document, by=bo)
    client.force_login(bo)
    form = client.get(f"/medborgarloften/arbete/lofte/{uncounted.pk}/utfall/").context["form"]

    assert list(form.fields) == ["day", "text", "revision"]


@pytest.mark.parametrize("door", ["utfall", "bedom", "aterkoppling"])
def test_nothing_is_told_about_a_draft(client, bo, promise, door):
    client.force_login(bo)
    response = client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/{door}/", follow=True)

    assert told(response) == [STALE]


def test_an_old_page_tells_nothing_about_what_has_been_withdrawn(client, bo, published, promise):
    actions.withdraw(published, by=bo, reason="Fel uppgifter.")
    client.force_login(bo)
    tell(client, promise)
    settle(client, promise, "keep")
    response = give(client, promise)

    promise.refresh_from_db()
    assert (promise.status, promise.feedback, Outcome.objects.count()) == ("ongoing", "", 0)
    assert errors(response)[""] == [actions.LOCKED]


def test_an_outcome_is_corrected_and_both_texts_are_kept(client, bo, published, promise):
    line = factories.OutcomeFactory(promise=promise, text="Sju pass.", count=7)
    client.force_login(bo)
    client.post(f"/medborgarloften/arbete/utfall/{line.pk}/redigera/", OUTCOME | {"text": "Sex pass.", "count": 6})

    line.refresh_from_db()
    assert (line.text, line.count) == ("Sex pass.", 6)
    assert Event.objects.about(line).first().changes["text"]["from"] == "Sju pass."


def test_the_second_of_two_who_correct_is_told(client, anna, bo, draft):
    promise = factories.PromiseFactory(document=draft, promiser="joint")
    promising.publish(draft, by=bo)
    line = factories.OutcomeFactory(promise=promise)
    address = f"/medborgarloften/arbete/utfall/{line.pk}/redigera/"
    client.force_login(anna)
    client.post(address, OUTCOME | {"text": "Annas."})
    client.force_login(bo)
    response = client.post(address, OUTCOME | {"text": "Bos."})

    assert "Anna Andersson" in errors(response)[""][0]


@pytest.mark.parametrize(
    ("verb", "status"),
    [("keep", "kept"), ("keep_partly", "partly"), ("break", "not_kept"), ("cancel", "cancelled")],
)
def test_a_promise_is_settled(client, anna, published, promise, verb, status):
    client.force_login(anna)
    settle(client, promise, verb, reason="Så blev det.")

    promise.refresh_from_db()
    assert (promise.status, promise.status_reason, promise.settled_on) == (status, "Så blev det.", DAY)


@pytest.mark.parametrize("verb", ["keep_partly", "break", "cancel"])
def test_what_was_not_kept_needs_a_public_reason(client, anna, published, promise, verb):
    client.force_login(anna)
    response = settle(client, promise, verb, reason="  ")

    promise.refresh_from_db()
    assert errors(response) == {"reason": ["Skriv varför. Texten visas för invånarna."]}
    assert promise.status == "ongoing"


def test_a_kept_promise_needs_no_reason(client, anna, published, promise):
    client.force_login(anna)
    settle(client, promise, "keep")

    assert "uppfyllt 15 juni 2026" in client.get("/medborgarloften/lycksele/").content.decode()


def test_the_reason_is_shown_to_residents(client, anna, published, promise):
    client.force_login(anna)
    settle(client, promise, "break", reason="Två poliser slutade i maj.")

    page = client.get("/medborgarloften/lycksele/").content.decode()
    assert "Två poliser slutade i maj." in page


def test_the_second_who_settles_is_told(client, anna, bo, published, promise):
    actions.settle(promise, by=anna, status="kept")
    stale = Promise.objects.get(pk=promise.pk)
    with pytest.raises(NotAllowed):
        actions.settle(stale, by=bo, status="not_kept", reason="Nej.")

    promise.refresh_from_db()
    assert promise.status == "kept"


def test_a_settled_promise_offers_only_to_go_on(client, anna, published, promise):
    actions.settle(promise, by=anna, status="kept")
    client.force_login(anna)
    form = client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/bedom/").context["form"]

    assert form.fields["verb"].choices == [("resume", "Pågår igen")]


def test_a_promise_that_goes_on_is_unsettled_but_remembered(client, anna, published, promise):
    actions.settle(promise, by=anna, status="not_kept", reason="Vi hann inte.")
    client.force_login(anna)
    settle(client, promise, "resume", reason="Vi fick mer tid.")

    promise.refresh_from_db()
    assert (promise.status, promise.status_reason, promise.settled_on) == ("ongoing", "", None)
    assert [event.note for event in Event.objects.about(promise)] == ["Vi fick mer tid.", "Vi hann inte."]


@pytest.mark.parametrize("step", rules.PROMISE_STEPS, ids=lambda step: step.verb)
@pytest.mark.parametrize("status", Promise.Status.values)
def test_each_step_begins_only_where_the_table_says(published, promise, bo, step, status):
    starts = {
        "keep": {"ongoing"},
        "keep_partly": {"ongoing"},
        "break": {"ongoing"},
        "cancel": {"ongoing"},
        "resume": {"kept", "partly", "not_kept", "cancelled"},
    }
    Promise.objects.filter(pk=promise.pk).update(status=status, status_reason="Därför.")
    if status in starts[step.verb]:
        actions.settle(promise, by=bo, status=step.new, reason="Därför.")
        assert promise.status == step.new
    else:
        with pytest.raises(NotAllowed):
            actions.settle(promise, by=bo, status=step.new, reason="Därför.")


def test_the_database_refuses_a_broken_promise_without_reason(promise):
    with pytest.raises(IntegrityError), transaction.atomic():
        Promise.objects.update(status="not_kept")


def test_feedback_is_given_with_its_day(client, anna, published, promise):
    client.force_login(anna)
    give(client, promise)

    promise.refresh_from_db()
    assert (promise.feedback, promise.feedback_on) == ("Alla kvällar blev av.", DAY)
    assert "Alla kvällar blev av." in client.get("/medborgarloften/lycksele/").content.decode()


def test_today_is_proposed_as_the_day_of_feedback_and_saved(client, anna, published, promise):
    client.force_login(anna)
    page = client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/aterkoppling/").content.decode()

    assert 'value="2026-06-15"' in page


@pytest.mark.parametrize(("field", "value"), [("feedback", ""), ("feedback_on", ""), ("feedback_on", "2026-06-16")])
def test_feedback_needs_text_and_a_day_that_has_been(client, anna, published, promise, field, value):
    client.force_login(anna)

    assert list(errors(give(client, promise, **{field: value}))) == [field]


def test_the_second_who_gives_feedback_is_told(client, anna, bo, published, promise):
    client.force_login(anna)
    give(client, promise, feedback="Annas svar.")
    client.force_login(bo)
    response = give(client, promise, feedback="Bos svar.")

    promise.refresh_from_db()
    assert promise.feedback == "Annas svar."
    assert "Anna Andersson" in errors(response)[""][0]


def test_first_feedback_is_given_once(published, promise, anna, bo):
    actions.give_feedback(promise, by=anna, text="Annas svar.", day=DAY)

    with pytest.raises(NotAllowed):
        actions.give_feedback(promise, by=bo, text="Bos svar.", day=DAY)


@pytest.mark.parametrize("door", ["bedom", "aterkoppling"])
@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("anna", 200),
        ("bo", 200),
        ("cecilia", 403),
        ("hans", 403),
        ("eva", 404),
        ("fia", 403),
        ("greta", 403),
        ("lisa", 404),
    ],
)
def test_who_may_account(client, cast, published, promise, door, person, expected):
    client.force_login(cast[person])

    assert client.get(f"/medborgarloften/arbete/lofte/{promise.pk}/{door}/").status_code == expected


@pytest.mark.parametrize(
    ("promiser", "tellers"),
    [("police", {"bo"}), ("municipality", {"anna"}), ("joint", {"anna", "bo"}), ("other", {"anna", "bo"})],
)
def test_the_parties_that_carry_the_promise_tell_what_happened(client, cast, draft, bo, promiser, tellers):
    promise = factories.PromiseFactory(document=draft, promiser=promiser)
    promising.publish(draft, by=bo)
    who = ("anna", "bo", "cecilia", "david", "hans")
    opened = set()
    for person in who:
        client.force_login(cast[person])
        if tell(client, promise).status_code == 302:
            opened.add(person)

    assert opened == tellers


@pytest.mark.parametrize(("person", "expected"), [("eva", 404), ("fia", 403), ("greta", 403), ("lisa", 404)])
def test_outsiders_tell_nothing(client, cast, published, promise, person, expected):
    client.force_login(cast[person])

    assert tell(client, promise).status_code == expected


def test_from_the_phone_one_chooses_among_the_promises_one_carries(client, anna, bo, draft, promise):
    factories.PromiseFactory(document=draft, promiser="municipality", text="Ljusare skolväg", unit="lyktor")
    promising.publish(draft, by=bo)
    actions.add_outcome(promise, by=bo, day=DAY, text="Fyra pass.", count=4)
    found = {}
    for person in (anna, bo):
        client.force_login(person)
        found[person] = client.get(f"/medborgarloften/arbete/{draft.pk}/beratta/").content.decode()

    assert "Ljusare skolväg" in found[anna]
    assert "Synlig polis i centrum" not in found[anna]
    assert "4 fotpatruller hittills av 25" in found[bo]


def test_a_stranger_corrects_nothing(client, eva, published, promise):
    line = factories.OutcomeFactory(promise=promise)
    client.force_login(eva)

    assert client.post(f"/medborgarloften/arbete/utfall/{line.pk}/redigera/", OUTCOME).status_code == 404


def test_settling_may_be_dated(published, promise, bo):
    actions.settle(promise, by=bo, status="kept", day=dt.date(2026, 5, 31))

    assert promise.settled_on == dt.date(2026, 5, 31)
