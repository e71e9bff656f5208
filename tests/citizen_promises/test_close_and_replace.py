import datetime as dt

import pytest

from citizen_promises import actions, queries
from citizen_promises.models import Promise, PromiseDocument
from journal.steps import NotAllowed, Refused
from tests import factories, promising
from tests.citizen_promises.conftest import DAY, told

TOLD = {"text": "Alla pass blev av.", "day": DAY}


@pytest.fixture
def settled(published, promise, bo):
    """Published, judged and told about."""
    actions.settle(promise, by=bo, status="kept")
    actions.give_feedback(promise, by=bo, **TOLD)
    return published


def close(client, document):
    return client.post(f"/medborgarloften/arbete/{document.pk}/avsluta/", follow=True)


def test_it_is_closed_when_residents_have_been_told_about_every_promise(client, bo, settled):
    client.force_login(bo)
    assert told(close(client, settled)) == ["Löftena är avslutade."]

    settled.refresh_from_db()
    assert (settled.status, settled.closed_by) == ("closed", bo)
    client.logout()
    assert "Alla pass blev av." in client.get("/medborgarloften/lycksele/").content.decode()


def test_it_is_not_closed_before(client, bo, published):
    client.force_login(bo)
    page = client.get(f"/medborgarloften/arbete/{published.pk}/avsluta/").content.decode()
    assert "ett löfte är inte bedömt och ett löfte saknar återkoppling" in page
    response = close(client, published)

    assert told(response) == [
        "Löftena kan inte avslutas än: ett löfte är inte bedömt och ett löfte saknar återkoppling."
    ]


def test_what_is_closed_is_told_no_more_about_until_it_is_opened_again(client, bo, settled, promise):
    actions.close(settled, by=bo)
    with pytest.raises(NotAllowed):
        actions.add_outcome(promise, by=bo, day=DAY, text="Ett till.")
    client.force_login(bo)
    client.post(f"/medborgarloften/arbete/{settled.pk}/oppna-igen/", {"reason": "Fel antal."})

    actions.add_outcome(promise, by=bo, day=DAY, text="Ett till.")
    settled.refresh_from_db()
    assert (settled.status, settled.closed_at) == ("published", None)


def test_what_is_closed_may_be_withdrawn(settled, bo):
    actions.close(settled, by=bo)
    actions.withdraw(settled, by=bo, reason="Fel uppgifter.")

    assert settled.status == "withdrawn"


# --- The next promises


def renew(client, document):
    client.post(f"/medborgarloften/arbete/{document.pk}/nasta/")
    return PromiseDocument.objects.get(replaces=document)


def test_the_next_promises_begin_where_the_old_ones_end(client, bo, published, promise, measure):
    client.force_login(bo)
    new = renew(client, published)

    assert (new.status, new.version, new.starts, new.ends) == ("draft", 2, dt.date(2028, 4, 1), None)
    copied = new.promises.get()
    assert (copied.text, copied.why, copied.status, copied.feedback) == (promise.text, promise.why, "ongoing", "")


def test_asked_twice_the_next_promises_are_one_draft(client, bo, published):
    client.force_login(bo)
    renew(client, published)

    assert renew(client, published) == PromiseDocument.objects.latest("pk")
    assert PromiseDocument.objects.count() == 2


def test_the_old_promises_hold_until_the_new_ones_begin(client, bo, published, clock):
    new = actions.renew(published, by=bo)
    PromiseDocument.objects.filter(pk=new.pk).update(starts=dt.date(2026, 9, 1), title="Nya löften")
    new.refresh_from_db()
    promising.publish(new, bo)

    page = queries.public_page(published.municipality, DAY)
    assert [[one.pk for one in part] for part in (page.current, page.coming)] == [[published.pk], [new.pk]]
    later = queries.public_page(published.municipality, dt.date(2026, 9, 1))
    assert [[one.pk for one in part] for part in (later.current, later.earlier)] == [[new.pk], [published.pk]]
    assert (later.earlier[0].ends, later.earlier[0].successor_id) == (dt.date(2026, 8, 31), new.pk)


def test_open_ended_promises_end_when_others_take_over_and_want_feedback(publish, bo):
    old = publish(starts=dt.date(2026, 1, 1), ends=None)
    new = actions.renew(old, by=bo)
    assert new.starts == dt.date(2026, 6, 16)
    promising.publish(new, bo)

    missing = Promise.objects.missing_feedback(dt.date(2026, 6, 16))
    assert [one.document_id for one in missing] == [old.pk]
    assert not Promise.objects.missing_feedback(DAY).exists()


def test_promises_replaced_by_withdrawn_ones_hold_again(published, bo):
    new = actions.renew(published, by=bo)
    promising.publish(new, bo)
    published.refresh_from_db()
    assert published.replaced_from == new.starts
    actions.withdraw(new, by=bo, reason="Fel period.")

    published.refresh_from_db()
    assert published.replaced_from is None
    assert actions.renew(published, by=bo) != new


def test_new_promises_do_not_begin_before_those_that_they_replace(client, bo, published):
    new = actions.renew(published, by=bo)
    PromiseDocument.objects.filter(pk=new.pk).update(starts=published.starts)
    new.refresh_from_db()

    with pytest.raises(Refused, match="senare än dem som de ersätter"):
        promising.approve(new, bo)


def test_a_draft_is_not_renewed(draft, bo):
    with pytest.raises(NotAllowed):
        actions.renew(draft, by=bo)


def test_the_open_promises_of_a_closed_document_are_read_on_its_own_address(client, settled, bo):
    actions.close(settled, by=bo)
    factories.OutcomeFactory(promise=settled.promises.get())

    assert client.get(f"/medborgarloften/lycksele/{settled.pk}/").status_code == 200
