"""Referral: the text is locked while the parties comment until a day."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from agreements import actions
from agreements.models import Agreement
from journal.models import Event


def test_a_draft_is_sent_on_referral_until_a_day(go, bo, draft, day):
    until = day + dt.timedelta(days=21)

    go(bo, f"/overenskommelser/{draft.pk}/remiss/", {"until": until.isoformat()})

    draft.refresh_from_db()
    assert (draft.status, draft.referral_until) == ("referred", until)
    assert "refer" in [event.verb for event in Event.objects.about(draft)]
    assert draft.versions.get().label == "Remiss"


def test_the_text_is_locked_and_comments_are_open(go, bo, hans, draft, day, form):
    actions.refer(draft, by=bo, until=day)

    page = go(bo, f"/overenskommelser/{draft.pk}/andra/", form(draft, background="Nytt.")).content.decode()
    go(hans, f"/overenskommelser/{draft.pk}/avsnitt/syfte/synpunkt/", {"synpunkt-text": "Bra."})

    draft.refresh_from_db()
    assert draft.background == ""
    assert "Texten är låst" in page
    assert draft.comments.count() == 1
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Agreement.objects.filter(pk=draft.pk).update(background="Nytt.")


def test_it_ends_and_is_a_draft_again(go, anna, draft, bo, day):
    actions.refer(draft, by=bo, until=day)

    go(anna, f"/overenskommelser/{draft.pk}/remiss/avsluta/", {})

    draft.refresh_from_db()
    assert (draft.status, draft.referral_until) == ("draft", None)


def test_a_day_that_has_been_is_refused(go, bo, draft, day):
    page = go(bo, f"/overenskommelser/{draft.pk}/remiss/", {"until": (day - dt.timedelta(days=1)).isoformat()})

    draft.refresh_from_db()
    assert "Dagen har redan varit." in page.content.decode()
    assert draft.status == "draft"


def test_what_is_referred_is_not_sent_for_signing(go, bo, draft, day):
    actions.refer(draft, by=bo, until=day)

    go(bo, f"/overenskommelser/{draft.pk}/skicka/", {})

    draft.refresh_from_db()
    assert draft.status == "referred"


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 404)])
def test_others_do_not_refer(go, cast, draft, day, who, code):
    assert go(cast[who], f"/overenskommelser/{draft.pk}/remiss/", {"until": day.isoformat()}).status_code == code


@pytest.mark.parametrize(("who", "waits"), [("anna", True), ("hans", True), ("eva", False)])
def test_it_waits_for_those_who_may_comment(go, cast, draft, bo, day, who, waits):
    actions.refer(draft, by=bo, until=day + dt.timedelta(days=7))

    assert ("Synpunkter senast" in go(cast[who], "/").content.decode()) is waits
