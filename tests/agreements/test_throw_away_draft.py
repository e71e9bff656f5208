"""A draft that came to nothing is thrown away by who writes it; what was signed or adopted never is."""

import io

import pytest
from django.core.files.storage import default_storage

from agreements import actions
from agreements.models import ActionPlan, Agreement
from attachments.actions import keep
from journal.models import Event
from tests import factories
from tests.attachments.files import PDF


def away(agreement):
    return f"/overenskommelser/{agreement.pk}/kasta/"


def plan_away(plan):
    return f"/overenskommelser/planer/{plan.pk}/kasta/"


@pytest.fixture
def plan(cycle, measure):
    made = factories.ActionPlanFactory(cycle=cycle, title="Fel plan")
    made.measures.add(measure)
    return made


def test_a_draft_goes_with_all_that_was_written_in_it_and_the_partnership_s_book_says_so(go, bo, draft, police):
    factories.UndertakingFactory(agreement=draft, party=police)
    factories.CommentFactory(agreement=draft, party=police)
    actions.keep_version(draft, label="Före mötet", by=bo)

    asked = go(bo, away(draft)).content.decode()
    answer = go(bo, away(draft), {})

    assert "Kasta utkastet" in asked
    assert answer.url == f"/overenskommelser/?samverkan={draft.partnership_id}"
    assert not Agreement.objects.exists()
    event = Event.objects.about(draft.partnership).first()
    assert (event.label, event.by, event.changes["draft"]["from"]) == ("Utkast kastat", bo, f"{draft.title}, version 1")
    assert "Utkast kastat" in go(bo, f"/samverkan/{draft.partnership_id}/organisation/").content.decode()


def test_a_mistaken_revision_does_not_hold_up_the_next(go, bo, signed, day):
    new = actions.revise(signed, by=bo, reason="Fel.", day=day)

    answer = go(bo, away(new), {})

    assert answer.url == signed.get_absolute_url()
    assert actions.revise(signed, by=bo, reason="Rätt.", day=day).version == 2


def test_a_local_part_is_thrown_away_and_its_common_text_stands(go, bo, signed, lycksele):
    (part,) = actions.add_local_parts(signed, [lycksele], by=bo)

    go(bo, away(part), {})

    assert list(Agreement.objects.all()) == [signed]


def test_a_decision_on_a_wording_that_was_taken_back_is_told_in_the_book(go, bo, draft, police):
    draft.decisions.create(party=police, body="Lokalpolisområdets chef", checksum="e" * 64, created_by=bo)

    go(bo, away(draft), {})

    assert "Lokalpolisområdets chef" in Event.objects.about(draft.partnership).first().note


def test_a_draft_that_something_hangs_on_stays(go, bo, draft, measure):
    type(measure).objects.filter(pk=measure.pk).update(agreement=draft)

    page = go(bo, go(bo, away(draft), {}).url).content.decode()

    assert "används av: åtgärd (1)" in page
    assert Agreement.objects.filter(pk=draft.pk).exists()


def test_annexes_of_a_draft_that_stays_can_still_be_opened(go, bo, draft, measure, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    attachment = keep(io.BytesIO(PDF), "bilaga.pdf", by=bo)
    annex = draft.files.create(attachment=attachment, title="Karta", created_by=bo)
    type(measure).objects.filter(pk=measure.pk).update(agreement=draft)

    go(bo, away(draft), {})

    annex.attachment.refresh_from_db()
    assert annex.attachment.erased_at is None
    assert default_storage.exists(attachment.file.name)


@pytest.mark.parametrize("state", ["proposed", "signed"])
def test_what_is_out_for_signing_or_signed_is_not_thrown_away(request, go, bo, state):
    agreement = request.getfixturevalue(state)

    go(bo, away(agreement), {})

    assert Agreement.objects.filter(pk=agreement.pk).exists()
    assert "/kasta/" not in go(bo, agreement.get_absolute_url()).content.decode()


def test_a_plan_is_thrown_away_and_its_measures_stay(go, bo, plan, measure):
    asked = go(bo, plan_away(plan)).content.decode()
    go(bo, plan_away(plan), {})

    measure.refresh_from_db()
    assert "Åtgärderna står kvar" in asked
    assert not ActionPlan.objects.exists()
    assert (measure.status, measure.plans.count()) == ("proposed", 0)
    assert measure.title in Event.objects.about(plan.partnership).first().note


def test_what_a_municipality_s_own_draft_said_is_not_told_to_all(go, anna, cycle, measure, lycksele):
    plan = factories.ActionPlanFactory(cycle=cycle, kind="statutory", municipality=lycksele, title="Bara vår")
    plan.measures.add(measure)

    go(anna, plan_away(plan), {})

    event = Event.objects.about(plan.partnership).first()
    assert (event.changes["draft"]["from"], event.note) == ("Lycksele", "")


def test_an_adopted_plan_is_not_thrown_away(go, bo, plan):
    group = factories.GroupFactory(partnership=plan.partnership)
    by = {"adopted_on": plan.starts, "frozen": {"rows": []}, "checksum": "e" * 64, "group": group}
    ActionPlan.objects.filter(pk=plan.pk).update(status="adopted", **by)

    go(bo, plan_away(plan), {})

    assert ActionPlan.objects.filter(pk=plan.pk).exists()


@pytest.mark.parametrize(("who", "code"), [("hans", 403), ("cecilia", 403), ("eva", 404), ("fia", 404)])
def test_others_throw_nothing_away(go, cast, draft, plan, who, code):
    for address in (away(draft), plan_away(plan)):
        assert go(cast[who], address).status_code == go(cast[who], address, {}).status_code == code
