import pytest

from followup import actions, queries
from tests import factories


def finished(**fields):
    return factories.FollowUpFactory(status="finished", decision_why="Därför.", **fields)


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("anna", 200),
        ("bo", 200),
        ("cecilia", 200),
        ("hans", 200),
        ("eva", 404),
        ("fia", 404),
        ("greta", 404),
        ("lisa", 404),
        ("ove", 404),
    ],
)
def test_members_read_and_nobody_else(client, cast, partnership, draft, person, expected):
    client.force_login(cast[person])

    assert client.get(f"/uppfoljningar/?samverkan={partnership.pk}").status_code == expected
    assert client.get(f"/uppfoljningar/{draft.pk}/").status_code == expected


def test_the_only_partnership_is_opened_at_once(client, anna, partnership):
    client.force_login(anna)

    assert client.get("/uppfoljningar/").url == f"/uppfoljningar/?samverkan={partnership.pk}"


def test_a_person_without_partnerships_is_told(client, fia):
    client.force_login(fia)

    assert "Du är inte med i någon samverkan" in client.get("/uppfoljningar/").content.decode()


def test_the_list_is_filtered_by_kind(client, anna, partnership, draft):
    client.force_login(anna)
    pages = [
        client.get(f"/uppfoljningar/?samverkan={partnership.pk}&slag={kind}").context["page"]
        for kind in ("production", "process", "nonsense")
    ]

    assert [list(page) for page in pages] == [[draft], [], [draft]]


def test_the_list_is_filtered_by_measure(client, anna, partnership, draft, measure):
    client.force_login(anna)
    address = f"/uppfoljningar/?samverkan={partnership.pk}&atgard="
    own = client.get(f"{address}{draft.measure_id}").context["page"]
    none = client.get(f"{address}{draft.measure_id + 99}").context["page"]

    assert (list(own), list(none)) == ([draft], [])


def test_what_waits_is_listed_with_a_way_to_follow_it_up(client, anna, partnership, measure, promise):
    client.force_login(anna)
    text = client.get(f"/uppfoljningar/?samverkan={partnership.pk}").content.decode()

    assert f"/uppfoljningar/ny/?atgard={measure.pk}" in text
    assert f"/uppfoljningar/ny/?lofte={promise.pk}" in text


def test_readers_see_what_waits_without_links(client, hans, partnership, measure):
    client.force_login(hans)
    text = client.get(f"/uppfoljningar/?samverkan={partnership.pk}").content.decode()

    assert measure.title in text
    assert "/uppfoljningar/ny/" not in text


def test_readers_get_no_buttons(client, hans, draft):
    client.force_login(hans)
    text = client.get(f"/uppfoljningar/{draft.pk}/").content.decode()

    assert f"/uppfoljningar/{draft.pk}/avsluta/" not in text
    assert f"/uppfoljningar/{draft.pk}/redigera/" not in text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_constant_number_of_questions(
    client, bo, partnership, measure, promise, django_assert_num_queries, rows
):
    for _ in range(rows):
        factories.FollowUpFactory(measure=measure)
    client.force_login(bo)

    with django_assert_num_queries(10):
        client.get(f"/uppfoljningar/?samverkan={partnership.pk}")


def test_follow_ups_of_a_cycle(cycle, draft, lycksele):
    factories.FollowUpFactory()
    elsewhere = factories.MunicipalityFactory()

    assert list(queries.follow_ups_of(cycle)) == [draft]
    assert list(queries.follow_ups_of(cycle, lycksele)) == [draft]
    assert list(queries.follow_ups_of(cycle, elsewhere)) == []
    assert list(queries.follow_ups_of(cycle).finished()) == []


def test_follow_ups_of_a_municipality_include_the_joint_ones(cycle, measure, lycksele):
    joint = factories.FollowUpFactory(measure=measure, municipality=None)

    assert list(queries.follow_ups_of(cycle, lycksele)) == [joint]


def test_follow_ups_of_a_cycle_are_one_question(cycle, measure, promise, django_assert_num_queries):
    factories.FollowUpFactory(measure=measure)
    factories.FollowUpFactory(measure=None, promise=promise, partnership=cycle.partnership, cycle=cycle)

    with django_assert_num_queries(1):
        assert len([str(one) for one in queries.follow_ups_of(cycle)]) == 2


def test_what_has_no_finished_production_follow_up_waits(cycle, measure, promise, draft, bo):
    waiting = queries.unfollowed(cycle)
    assert (waiting.measures, waiting.promises, len(waiting)) == ([measure], [promise], 2)
    actions.finish(draft, by=bo)
    assert queries.unfollowed(cycle).measures == []


def test_another_kind_does_not_count(cycle, measure, promise):
    finished(measure=measure, kind="process", lessons="Boka tidigt.")

    assert queries.unfollowed(cycle).measures == [measure]
    assert queries.unfollowed(cycle, kind="process").measures == []


def test_a_finished_follow_up_of_a_promise_counts(cycle, promise):
    finished(measure=None, promise=promise, partnership=cycle.partnership, cycle=cycle)

    assert queries.unfollowed(cycle).promises == []


@pytest.mark.parametrize(
    ("status", "waits"),
    [
        ("proposed", False),
        ("decided", True),
        ("ongoing", True),
        ("done", True),
        ("not_done", True),
        ("cancelled", False),
    ],
)
def test_only_what_was_decided_waits(cycle, measure, status, waits):
    measure.status = status
    measure.save()

    assert bool(queries.unfollowed(cycle).measures) == waits


def test_what_waits_in_one_municipality(cycle, measure, promise, lycksele):
    assert len(queries.unfollowed(cycle, lycksele)) == 2
    assert len(queries.unfollowed(cycle, factories.MunicipalityFactory())) == 0


def test_what_waits_is_two_questions(cycle, measure, promise, django_assert_num_queries):
    with django_assert_num_queries(2):
        waiting = queries.unfollowed(cycle)
        assert [str(one.municipality) for one in waiting.measures] == ["Lycksele"]
        assert [str(one.document.municipality) for one in waiting.promises] == ["Lycksele"]


def test_other_follow_ups_of_the_same_measure_are_shown(client, bo, draft, measure):
    earlier = finished(measure=measure)
    client.force_login(bo)

    assert list(client.get(f"/uppfoljningar/{draft.pk}/").context["earlier"]) == [earlier]


def test_the_residents_feedback_is_shown_beside_a_promise(client, bo, promise, cycle):
    made = factories.FollowUpFactory(measure=None, promise=promise, partnership=cycle.partnership, cycle=cycle)
    client.force_login(bo)

    assert "Invånarna har inte fått återkoppling ännu." in client.get(f"/uppfoljningar/{made.pk}/").content.decode()
