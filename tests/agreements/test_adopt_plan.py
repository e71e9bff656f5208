"""Adopting: the steering group's decision, or the municipality's own, on the very plan that was read."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from agreements import actions, plan_content
from agreements.models import ActionPlan, Measure
from journal.models import Event
from journal.steps import NotAllowed, Refused
from lib import canonical
from tests import factories

DAY = dt.date(2026, 3, 20)


@pytest.fixture
def group(partnership):
    return factories.GroupFactory(partnership=partnership, name="Styrgruppen")


@pytest.fixture
def measure(measure):
    """Without an analysed cause, and with the reason why."""
    Measure.objects.filter(pk=measure.pk).update(without_cause_reason="Kommunens eget uppdrag.")
    measure.refresh_from_db()
    return measure


@pytest.fixture
def plan(cycle, measure, bo):
    made = factories.ActionPlanFactory(cycle=cycle, created_by=bo)
    made.measures.add(measure)
    return made


@pytest.fixture
def statutory(cycle, measure, partnership, lycksele, anna):
    picture = factories.PictureFactory(partnership=partnership, cycle=cycle)
    made = factories.ActionPlanFactory(
        cycle=cycle, kind="statutory", municipality=lycksele, needs="Ljus.", picture=picture, created_by=anna
    )
    made.measures.add(measure)
    return made


@pytest.fixture
def adopt(bo, group):
    """As the form does it, on the plan as it stands."""

    def adopted(plan, by=bo, **changes):
        read = canonical.checksum(plan_content.of(plan))
        fields = {"read": read, "adopted_on": DAY, "reference": "Protokoll 2/2026, § 7", "group": group}
        actions.adopt_plan(plan, by=by, **fields | changes)
        plan.refresh_from_db()
        return plan

    return adopted


def post(client, who, plan, **fields):
    client.force_login(who)
    address = f"/overenskommelser/planer/{plan.pk}/anta/"
    page = client.get(address)
    sent = {"adopted_on": DAY, "reference": "§ 7", "read": page.context["form"]["read"].value()} if page.context else {}
    return client.post(address, sent | fields, follow=True)


def test_the_steering_group_s_decision_is_kept(client, bo, plan, group):
    page = post(client, bo, plan, group=group.pk).text

    plan.refresh_from_db()
    assert (plan.status, plan.group, plan.adopted_on, plan.reference) == ("adopted", group, DAY, "§ 7")
    assert plan_content.is_intact(plan)
    assert "Antagen av Styrgruppen 20 mars 2026" in page
    assert f"Infört av {bo.name}" in page


def test_what_the_plan_holds_is_decided_with_it(adopt, plan, measure, problem):
    goal = factories.GoalFactory(problem=problem)
    measure.goals.add(goal)

    adopt(plan)

    measure.refresh_from_db()
    goal.refresh_from_db()
    assert (measure.status, measure.decided_on, goal.status) == ("decided", DAY, "adopted")
    assert (measure.decided_by, measure.decision_reference) == ("Styrgruppen", "Protokoll 2/2026, § 7")
    assert Event.objects.about(measure).first().verb == "decide"
    assert Event.objects.about(goal).first().verb == "adopt"


def test_what_goes_on_already_goes_on(adopt, plan, ongoing):
    adopt(plan)

    ongoing.refresh_from_db()
    assert ongoing.status == "ongoing"


def test_the_plan_stays_and_the_page_tells_how_its_measures_stand(client, hans, adopt, plan, measure):
    adopt(plan)
    Measure.objects.filter(pk=measure.pk).update(title="Nytt namn", status="ongoing")
    client.force_login(hans)

    page = client.get(f"/overenskommelser/planer/{plan.pk}/").text

    assert "Nytt namn" not in page
    assert "Pågår" in page
    assert "Vid beslutet: beslutad" in page


def test_a_plan_that_was_changed_after_it_was_read_is_not_adopted(client, bo, plan, group, measure):
    client.force_login(bo)
    read = client.get(f"/overenskommelser/planer/{plan.pk}/anta/").context["form"]["read"].value()
    Measure.objects.filter(pk=measure.pk).update(title="Något annat")

    page = post(client, bo, plan, group=group.pk, read=read).text

    plan.refresh_from_db()
    assert plan.status == "draft"
    assert "har ändrats sedan du öppnade sidan" in page


def test_the_earlier_plan_is_replaced_by_a_new_version(client, bo, adopt, plan):
    adopt(plan)
    client.force_login(bo)
    client.post(f"/overenskommelser/planer/{plan.pk}/ny-version/")
    new = ActionPlan.objects.get(replaces=plan)

    adopt(new)

    plan.refresh_from_db()
    assert (plan.status, new.status, new.replaces, new.title) == ("replaced", "adopted", plan, plan.title)
    assert list(new.measures.all()) == list(plan.measures.all())


def test_a_version_that_is_begun_is_not_begun_again(client, bo, adopt, plan):
    adopt(plan)
    client.force_login(bo)

    for _ in range(2):
        client.post(f"/overenskommelser/planer/{plan.pk}/ny-version/")

    assert ActionPlan.objects.filter(replaces=plan).count() == 1


def test_a_draft_has_no_new_version(client, bo, plan):
    client.force_login(bo)

    page = client.post(f"/overenskommelser/planer/{plan.pk}/ny-version/", follow=True)

    assert page.status_code == 200
    assert ActionPlan.objects.count() == 1


def test_another_place_s_plan_is_left_alone(adopt, plan, cycle, measure, lycksele):
    local = factories.ActionPlanFactory(cycle=cycle, municipality=lycksele)
    local.measures.add(measure)
    adopt(plan)

    adopt(local)

    plan.refresh_from_db()
    assert (plan.status, local.status) == ("adopted", "adopted")


def test_without_a_steering_group_the_page_leads_to_making_one(client, bo, plan):
    page = post(client, bo, plan).text

    plan.refresh_from_db()
    assert plan.status == "draft"
    assert "Det finns ingen styrgrupp" in page
    assert f'href="/samverkan/{plan.partnership_id}/grupper/ny/"' in page


def test_the_only_steering_group_is_chosen_beforehand(client, bo, plan, group):
    client.force_login(bo)

    page = client.get(f"/overenskommelser/planer/{plan.pk}/anta/").text

    assert f'<option value="{group.pk}" selected>' in page


@pytest.mark.parametrize("kind", ["working", "council"])
def test_another_group_adopts_nothing(client, bo, plan, partnership, group, kind):
    other = factories.GroupFactory(partnership=partnership, kind=kind, name="Annan")

    response = post(client, bo, plan, group=other.pk)

    assert "group" in response.context["form"].errors


@pytest.mark.parametrize("whose", ["nobody", "another kind", "another partnership"])
def test_only_a_steering_group_of_the_partnership_adopts_whatever_door_it_comes_through(
    adopt, plan, partnership, whose
):
    other = {
        "nobody": lambda: None,
        "another kind": lambda: factories.GroupFactory(partnership=partnership, kind="working"),
        "another partnership": factories.GroupFactory,
    }[whose]()

    with pytest.raises(Refused, match="antas av en styrgrupp"):
        adopt(plan, group=other)


def test_a_plan_without_measures_is_not_adopted(client, bo, plan, group):
    plan.measures.clear()

    page = post(client, bo, plan, group=group.pk).text

    assert "Det saknas: minst en åtgärd." in page


def test_a_measure_that_could_not_be_decided_on_alone_is_not_decided_with_a_plan(client, bo, plan, measure, group):
    Measure.objects.filter(pk=measure.pk).update(without_cause_reason="")

    page = post(client, bo, plan, group=group.pk).text

    plan.refresh_from_db()
    measure.refresh_from_db()
    assert (plan.status, measure.status) == ("draft", "proposed")
    assert f"Det saknas: en orsak, eller skälet till att ingen är vald, i {measure.title}." in page
    assert f'<a href="/overenskommelser/atgarder/{measure.pk}/">{measure.title}</a>' in page


def test_what_has_ended_without_a_cause_does_not_hold_up_the_plan(adopt, plan, measure):
    Measure.objects.filter(pk=measure.pk).update(without_cause_reason="", status="done")

    assert adopt(plan).status == "adopted"


@pytest.mark.parametrize(
    ("day", "sentence"), [("2099-01-01", "Datumet ligger i framtiden"), ("2019-01-01", "Ange en dag efter det")]
)
def test_a_day_that_cannot_be_is_told(client, bo, plan, group, day, sentence):
    assert sentence in post(client, bo, plan, group=group.pk, adopted_on=day).text


def test_twice_is_once(adopt, plan):
    adopt(plan)

    with pytest.raises(NotAllowed):
        actions.adopt_plan(plan, by=plan.created_by, read="", adopted_on=DAY, reference="")


def test_nothing_is_decided_when_the_plan_is_refused(bo, plan, measure, group):
    with pytest.raises(Refused):
        actions.adopt_plan(plan, by=bo, read="old", adopted_on=DAY, reference="", group=group)

    measure.refresh_from_db()
    assert measure.status == "proposed"


# --- The municipality's own plan by law


def test_the_municipality_decides_on_its_own_plan(client, anna, statutory):
    page = post(client, anna, statutory, body="Kommunstyrelsen").text

    statutory.refresh_from_db()
    assert (statutory.status, statutory.body, statutory.group) == ("adopted", "Kommunstyrelsen", None)
    assert "Beslutad av Kommunstyrelsen 20 mars 2026" in page
    assert "20 mars 2028" in page  # the law wants it followed up within two years


@pytest.mark.parametrize(("lacking", "words"), [("needs", "ställningstagande"), ("picture", "lägesbilden")])
def test_it_needs_what_the_law_builds_it_on(client, anna, statutory, lacking, words):
    ActionPlan.objects.filter(pk=statutory.pk).update(**{lacking: None if lacking == "picture" else " "})

    page = post(client, anna, statutory, body="Kommunstyrelsen").text

    statutory.refresh_from_db()
    assert statutory.status == "draft"
    assert f"Det saknas: {words}" in page


def test_it_replaces_the_one_of_an_earlier_cycle(adopt, statutory, partnership, lycksele, measure, anna, cycle):
    adopt(statutory, by=anna, group=None, body="Kommunstyrelsen")
    type(cycle).objects.filter(pk=cycle.pk).update(status="closed", closed_on=DAY)
    later = factories.CycleFactory(partnership=partnership, name="Nästa")
    new = factories.ActionPlanFactory(
        cycle=later, kind="statutory", municipality=lycksele, needs="Ljus.", picture=statutory.picture
    )
    new.measures.add(measure)

    adopt(new, by=anna, group=None, body="Kommunstyrelsen")

    statutory.refresh_from_db()
    assert (statutory.status, new.replaces) == ("replaced", statutory)


# --- What the database holds


def test_an_adopted_plan_keeps_its_list_of_measures(adopt, plan):
    adopt(plan)

    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        plan.measures.clear()
    with pytest.raises(IntegrityError, match="never changes"), transaction.atomic():
        plan.measures.add(factories.MeasureFactory())


def test_two_plans_of_one_place_do_not_hold_at_once(adopt, plan, cycle, group):
    adopt(plan)
    by = {"adopted_on": DAY, "frozen": {}, "checksum": "e" * 64, "group": group}

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ActionPlanFactory(cycle=cycle, status="adopted", **by)


@pytest.mark.parametrize(
    "fields", [{"kind": "joint"}, {"kind": "statutory", "body": "KS"}, {"kind": "statutory", "body": ""}]
)
def test_an_adopted_plan_says_who_decided(cycle, lycksele, fields):
    by = {"adopted_on": DAY, "frozen": {}, "checksum": "e" * 64, "municipality": lycksele}

    with pytest.raises(IntegrityError), transaction.atomic():
        factories.ActionPlanFactory(cycle=cycle, status="adopted", **by, **fields)


def test_a_plan_whose_measures_lack_what_is_asked_is_not_adopted_and_says_which(client, bo, plan, measure, group):
    Measure.objects.filter(pk=measure.pk).update(term="", planned_count=None)

    page = post(client, bo, plan, group=group.pk).text

    plan.refresh_from_db()
    assert plan.is_draft
    assert f"när effekten väntas och mål eller antal i {measure.title}" in page
