import pytest

from followup.models import FollowUp
from journal.models import Event
from tests import factories
from tests.followup.conftest import TYPED, errors, told


def begin(client, measure, kind="production", **fields):
    return client.post(f"/uppfoljningar/ny/?atgard={measure.pk}&slag={kind}", TYPED[kind] | fields)


def edit(client, follow_up, **fields):
    return client.post(f"/uppfoljningar/{follow_up.pk}/redigera/", TYPED["production"] | fields)


@pytest.mark.parametrize("kind", ["production", "process", "effect"])
def test_a_coordinator_follows_up_a_measure(client, anna, measure, kind):
    client.force_login(anna)
    response = begin(client, measure, kind)

    made = FollowUp.objects.get()
    assert response.url == f"/uppfoljningar/{made.pk}/"
    assert (made.kind, made.status, made.measure, made.created_by) == (kind, "draft", measure, anna)


def test_where_it_belongs_is_copied_from_the_measure(client, anna, measure, lycksele):
    client.force_login(anna)
    begin(client, measure)

    made = FollowUp.objects.get()
    assert (made.partnership, made.cycle, made.municipality) == (measure.partnership, measure.cycle, lycksele)


def test_where_it_belongs_is_copied_from_the_promise(client, anna, promise, lycksele):
    client.force_login(anna)
    client.post(f"/uppfoljningar/ny/?lofte={promise.pk}&slag=production", TYPED["production"])

    made = FollowUp.objects.get()
    assert (made.promise, made.cycle, made.municipality) == (promise, promise.document.cycle, lycksele)


def test_a_joint_measure_has_a_joint_follow_up(client, anna, measure):
    measure.municipality = None
    measure.save()
    client.force_login(anna)
    begin(client, measure)

    assert FollowUp.objects.get().municipality is None


def test_the_kind_is_asked_first(client, anna, measure):
    client.force_login(anna)
    response = client.get(f"/uppfoljningar/ny/?atgard={measure.pk}")

    assert f"?atgard={measure.pk}&amp;slag=effect" in response.content.decode()
    assert "form" not in response.context


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [("production", "carried_out", "baseline"), ("process", "lessons", "carried_out"), ("effect", "grounds", "hours")],
)
def test_only_what_the_kind_asks_is_in_the_form(client, anna, measure, kind, asked, not_asked):
    client.force_login(anna)
    fields = client.get(f"/uppfoljningar/ny/?atgard={measure.pk}&slag={kind}").context["form"].fields

    assert asked in fields
    assert not_asked not in fields


def test_what_the_kind_does_not_ask_is_not_saved(client, anna, measure):
    client.force_login(anna)
    begin(client, measure, "production", lessons="Insmuget", change="decreased")

    made = FollowUp.objects.get()
    assert (made.lessons, made.change) == ("", "")


def test_planned_and_done_come_from_the_measures_log(client, anna, measure):
    client.force_login(anna)
    form = client.get(f"/uppfoljningar/ny/?atgard={measure.pk}&slag=production").context["form"]

    values = [form[name].value() for name in ("planned", "outcome")]
    assert values == ["25 fotpatruller", "16 av 25 fotpatruller"]
    assert [str(form[name].value()) for name in ("period_from", "period_to")] == ["2026-04-01", "2026-06-15"]


def test_planned_and_done_come_from_the_promises_outcomes(client, anna, promise):
    factories.OutcomeFactory(promise=promise, count=7)
    client.force_login(anna)
    form = client.get(f"/uppfoljningar/ny/?lofte={promise.pk}&slag=production").context["form"]

    assert form["outcome"].value() == "7 av 25 fotpatruller"


def test_what_is_not_counted_begins_with_the_lines_of_the_log(client, anna, measure):
    measure.planned_count, measure.unit = None, ""
    measure.save()
    client.force_login(anna)
    form = client.get(f"/uppfoljningar/ny/?atgard={measure.pk}&slag=process").context["form"]

    assert form["outcome"].value() == "2 rader i loggen"


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("production", "carried_out"),
        ("production", "decision"),
        ("production", "decision_why"),
        ("process", "lessons"),
        ("effect", "baseline"),
        ("effect", "measured"),
        ("effect", "grounds"),
        ("effect", "change"),
        ("effect", "contribution"),
        ("effect", "contribution_why"),
        ("effect", "other_explanations"),
    ],
)
def test_what_must_be_answered(client, anna, measure, kind, field):
    client.force_login(anna)

    assert list(errors(begin(client, measure, kind, **{field: ""}))) == [field]


@pytest.mark.parametrize("answer", ["partly", "no"])
def test_not_according_to_plan_asks_why(client, anna, measure, answer):
    client.force_login(anna)
    response = begin(client, measure, carried_out=answer)

    assert errors(response) == {"carried_out_why": ["Skriv varför det inte blev helt enligt plan."]}


def test_the_period_must_be_in_order(client, anna, measure):
    client.force_login(anna)
    response = begin(client, measure, period_to="2025-12-31")

    assert errors(response) == {"": ["Periodens slut får inte ligga före dess början."]}


def test_the_steering_group_cannot_have_had_it_tomorrow(client, anna, measure):
    client.force_login(anna)

    assert list(errors(begin(client, measure, steering_group_on="2026-06-16"))) == ["steering_group_on"]


def test_an_effect_judged_on_reported_crime_alone_carries_its_caution(client, anna, measure):
    client.force_login(anna)
    begin(client, measure, "effect", grounds="reported")
    text = client.get(FollowUp.objects.get().get_absolute_url()).content.decode()

    assert "Läs med försiktighet." in text
    assert "hur benägna människor är att anmäla" in text


def test_an_effect_judged_on_more_carries_no_caution(client, anna, measure):
    client.force_login(anna)
    begin(client, measure, "effect")

    assert "Läs med försiktighet." not in client.get(FollowUp.objects.get().get_absolute_url()).content.decode()


def test_the_draft_is_changed_with_from_and_to_in_the_journal(client, bo, draft):
    client.force_login(bo)
    edit(client, draft, decision="change")

    draft.refresh_from_db()
    change = Event.objects.about(draft).first().changes["decision"]
    assert draft.decision == "change"
    assert (change["from"], change["to"]) == ("Fortsätt", "Ändra")


def test_the_second_of_two_editors_is_told(client, anna, bo, draft):
    client.force_login(anna)
    edit(client, draft, outcome="Annas utfall")
    client.force_login(bo)
    response = edit(client, draft, outcome="Bos utfall")

    draft.refresh_from_db()
    assert draft.outcome == "Annas utfall"
    assert "Anna Andersson" in errors(response)[""][0]


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("anna", 302),
        ("bo", 302),
        ("cecilia", 403),
        ("hans", 403),
        ("eva", 404),
        ("fia", 404),
        ("greta", 404),
        ("ove", 404),
    ],
)
def test_who_may_follow_up(client, cast, measure, person, expected):
    client.force_login(cast[person])

    assert begin(client, measure).status_code == expected


def test_a_neighbour_follows_up_what_is_joint_but_not_what_is_anothers(client, eva, measure, organisations):
    factories.PartyFactory(partnership=measure.partnership, organisation=organisations["landskrona"])
    client.force_login(eva)
    assert begin(client, measure).status_code == 403
    measure.municipality = None
    measure.save()
    assert begin(client, measure).status_code == 302


@pytest.mark.parametrize("address", ["", "?atgard=0", "?lofte=0", "?atgard=x", "?lofte=²"])
def test_without_a_subject_nothing_is_found(client, anna, partnership, address):
    client.force_login(anna)

    assert client.get(f"/uppfoljningar/ny/{address}").status_code == 404


def test_a_promise_that_nobody_has_read_is_not_followed_up(client, bo, cycle):
    unread = factories.PromiseFactory(document=factories.PromiseDocumentFactory(cycle=cycle))
    client.force_login(bo)

    assert client.get(f"/uppfoljningar/ny/?lofte={unread.pk}").status_code == 404


def test_typed_markup_is_shown_as_typed(client, anna, measure):
    client.force_login(anna)
    begin(client, measure, decision_why="<script>alert(1)</script> 🚓" + "Å" * 50_000)
    text = client.get(FollowUp.objects.get().get_absolute_url()).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🚓" in text


def test_the_form_of_a_finished_follow_up_does_not_open(client, bo, draft):
    FollowUp.objects.update(status="finished")
    client.force_login(bo)
    response = client.get(f"/uppfoljningar/{draft.pk}/redigera/", follow=True)

    assert response.redirect_chain == [(f"/uppfoljningar/{draft.pk}/", 302)]
    assert "läget har ändrats" in told(response)[0]
