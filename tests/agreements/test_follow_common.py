"""How long a local part applies: as long as its common agreement, while its municipality is in that."""

import datetime as dt

import pytest
import time_machine

from agreements import actions, capacity
from agreements.models import Agreement, Validity
from agreements.queries import with_common
from five_steps.evidence import collect
from five_steps.facts import gather
from overview import todo
from overview.nation import statuses
from tests import factories
from tests.agreements.joint import adherence, put_in_force

D = dt.date
END, LATER = D(2029, 12, 31), D(2031, 12, 31)
DAY = D(2026, 6, 15)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(dt.datetime(2026, 6, 15, 10, tzinfo=dt.UTC), tick=True) as traveller:
        yield traveller


@pytest.fixture
def part(parts, lycksele):
    """Lycksele's."""
    return next(one for one in parts if one.municipality_id == lycksele.pk)


def anew(agreement):
    """As the database has it now."""
    return Agreement.objects.get(pk=agreement.pk)


def prolong(agreement, parties, by, ends=LATER):
    asked = agreement.prolongations.create(ends=ends, reason="Vi hinner inte klart.", created_by=by)
    for party in parties:
        said = {"function": "Ordförande", "name": "Person Påhittad", "given_on": DAY}
        actions.consent(asked, party=party, day=DAY, by=by, **said)


def replace(agreement, parties, by, starts=DAY, **fields):
    """A newer version, signed by the parties."""
    newer = actions.revise(agreement, by=by, reason="Nytt.", day=DAY)
    Agreement.objects.filter(pk=newer.pk).update(starts=starts, **fields)
    newer.parties.set(parties)
    return put_in_force(anew(newer), by, [one for one in parties if one.left is None])


def own_end(common, municipality, by, ends):
    """A local part that is to end before the common one."""
    (made,) = actions.add_local_parts(common, [municipality], by=by)
    Agreement.objects.filter(pk=made.pk).update(ends=ends)
    return put_in_force(anew(made), by, list(made.parties.all()))


def page_of(go, who, agreement):
    return go(who, agreement.get_absolute_url()).content.decode()


def test_it_is_prolonged_with_the_common_one_and_its_row_is_not_touched(go, bo, common, part, police, six):
    before = Agreement.objects.filter(pk=part.pk).values().get()

    prolong(common, [police, *six], bo)

    part = anew(part)
    assert part.last_day_on(DAY) == LATER
    assert part.validity(D(2030, 6, 1)) == Validity.IN_FORCE
    assert part.validity(D(2032, 1, 1)) == Validity.EXPIRED
    assert Agreement.objects.filter(pk=part.pk).values().get() == before
    sentence = "Följer den gemensamma överenskommelsen: gäller till och med 31 december 2031."
    assert sentence in page_of(go, bo, part)
    rows = go(bo, f"/overenskommelser/?samverkan={common.partnership_id}").context["rows"]
    assert {row[-1] for row in rows[0][-1]} == {LATER}


def test_it_is_extended_by_the_calendar_as_the_common_one_is(partnership, bo, police, six, lycksele):
    common = factories.AgreementFactory(
        partnership=partnership,
        purpose="Minska brott.",
        areas="Unga",
        extension="automatic",
        extension_months=12,
        created_by=bo,
    )
    common.parties.set([police, six[0]])
    put_in_force(common, bo, [police, six[0]])
    (part,) = actions.add_local_parts(common, [lycksele], by=bo)
    put_in_force(part, bo, [police, six[0]])

    part = anew(part)
    assert part.goes_on
    assert part.last_day_on(D(2030, 5, 1)) == D(2030, 12, 31)
    assert part.validity(D(2029, 12, 1)) == Validity.IN_FORCE
    actions.terminate(common, by=bo, day=D(2027, 6, 30), reason="Slut.")
    assert anew(part).goes_on is False
    assert anew(part).last_day_on(D(2030, 5, 1)) == D(2027, 6, 30)


def test_it_follows_the_version_that_replaces_the_common_one(go, bo, common, part, police, six):
    replace(common, [police, *six], bo, ends=LATER)

    part = anew(part)
    assert part.last_day_on(DAY) == LATER
    assert not part.is_replaced(D(2030, 6, 1))
    assert part.state(D(2030, 6, 1))[0] == "Gäller"
    assert "gäller till och med 31 december 2031" in page_of(go, bo, part)


def test_a_version_that_begins_after_a_gap_takes_over_when_it_begins(bo, common, part, police, six):
    replace(common, [police, *six], bo, starts=D(2030, 3, 1), ends=LATER)

    part = anew(part)
    days = (D(2029, 6, 1), D(2030, 2, 1), D(2030, 3, 1))
    assert [part.last_day_on(day) for day in days] == [END, END, LATER]
    assert part.validity(D(2030, 2, 1)) == Validity.EXPIRED


def test_a_newer_version_without_the_municipality_ends_its_local_part(bo, common, part, police, six):
    starts = D(2026, 9, 1)
    type(six[0]).objects.filter(pk=six[0].pk).update(left=D(2026, 8, 31), left_reason="Gick ur.")

    replace(common, [police, *six[1:]], bo, starts=starts, ends=LATER)

    part = anew(part)
    assert part.last_day_on(DAY) == D(2026, 8, 31)
    assert part.state(starts) == ("Kommunen har lämnat", "bad")


@pytest.mark.parametrize("prolonged", [False, True])
def test_an_earlier_end_of_its_own_stays(go, bo, common, lycksele, police, six, prolonged):
    made = own_end(common, lycksele, bo, D(2027, 12, 31))
    if prolonged:
        prolong(common, [police, *six], bo)

    made = anew(made)
    assert made.last_day_on(DAY) == D(2027, 12, 31)
    assert "Har ett eget slut: gäller till och med 31 december 2027" in page_of(go, bo, made)


def test_it_ends_when_the_common_one_is_terminated(go, bo, common, part):
    actions.terminate(common, by=bo, day=D(2026, 12, 31), reason="Vi gör på ett annat sätt.")

    part = anew(part)
    assert part.status == "signed"
    assert part.last_day_on(DAY) == D(2026, 12, 31)
    assert part.state(D(2027, 1, 1)) == ("Den gemensamma är uppsagd", "bad")
    assert "uppsagd till 31 december 2026, och den lokala delen gäller till och med den dagen" in page_of(go, bo, part)


def test_it_ends_when_its_municipality_leaves_and_the_others_go_on(go, anna, clock, common, part, parts, six):
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 9, 30)))

    assert "Kommunen lämnar den gemensamma överenskommelsen 30 september 2026" in page_of(go, anna, part)
    assert [anew(one).last_day_on(DAY) for one in parts].count(END) == 5
    part = anew(part)
    assert part.validity(D(2026, 9, 30)) in (Validity.IN_FORCE, Validity.EXPIRING)
    assert part.state(D(2026, 10, 1)) == ("Kommunen har lämnat", "bad")
    clock.move_to(dt.datetime(2026, 10, 15, 10, tzinfo=dt.UTC))
    page = page_of(go, anna, part)
    assert "Kommunen lämnade den gemensamma överenskommelsen 30 september 2026" in page
    assert "Revidera" not in page


def test_who_has_left_is_not_helped_by_a_prolongation(go, anna, bo, common, part, police, six):
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 3, 31)))

    prolong(common, [police, *six[1:]], bo)

    assert anew(part).last_day_on(DAY) == D(2026, 3, 31)


def test_it_applies_again_when_the_municipality_comes_back(go, anna, common, part, six):
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 3, 31)))
    go(anna, f"/overenskommelser/{common.pk}/anslut/", adherence(common, six[0], D(2026, 8, 1)))

    part = anew(part)
    days = (D(2026, 3, 31), D(2026, 4, 1), D(2026, 7, 31), D(2026, 8, 1))
    ended = [part.validity(day) == Validity.EXPIRED for day in days]
    assert ended == [False, True, True, False]
    assert part.last_day_on(D(2026, 8, 1)) == END
    assert "Kommunen är med igen från och med 1 augusti 2026." in page_of(go, anna, part)


def test_the_map_says_that_the_municipality_has_none(go, anna, fia, common, part, six, lycksele):
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 3, 31)))

    found = statuses(anna, DAY)
    assert found[lycksele.pk].validity == Validity.EXPIRED
    assert found[lycksele.pk].last_day == D(2026, 3, 31)
    other = six[1].organisation.municipality_id
    assert (found[other].validity, found[other].last_day) == (Validity.IN_FORCE, END)


def test_it_is_prolonged_through_the_common_one(go, anna, common, part, lycksele, bo):
    url = f"/overenskommelser/{part.pk}/forlang/"
    assert "Föreslå förlängning" not in page_of(go, anna, part)

    answer = go(anna, url, {"ends": "2031-12-31", "reason": "Mer tid."})

    assert "Förläng den i stället." in answer.content.decode()
    assert not part.prolongations.exists()


def test_an_end_of_its_own_is_not_moved_beyond_the_common_one(go, anna, bo, common, lycksele):
    made = own_end(common, lycksele, bo, D(2027, 12, 31))
    url = f"/overenskommelser/{made.pk}/forlang/"

    page = go(anna, url, {"ends": "2031-12-31", "reason": "Mer tid."}).content.decode()
    assert "kan inte gälla längre än den gemensamma överenskommelsen, som gäller till och med 31 december 2029" in page
    assert go(anna, url, {"ends": "2028-12-31", "reason": "Mer tid."}).status_code == 302


def reminders(who, day):
    return [item.title for group in todo.groups(who, day) for item in group.items if item.kind == "agreement"]


def test_who_renews_is_reminded_of_the_common_one_and_not_of_each_part(bo, common, parts):
    assert reminders(bo, D(2029, 11, 1)) == [common.title]

    Agreement.objects.filter(pk=common.pk).update(prolonged_to=LATER)
    assert reminders(bo, D(2029, 11, 1)) == []


def test_who_renews_is_reminded_of_a_part_with_an_end_of_its_own(go, bo, common, lycksele, six, anna):
    made = own_end(common, lycksele, bo, D(2027, 12, 31))

    assert reminders(bo, D(2027, 11, 1)) == [made.title]
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 9, 30)))
    assert reminders(bo, D(2027, 11, 1)) == []


def test_what_it_took_on_counts_while_the_municipality_is_in(go, anna, bo, partnership, common, six, police, lycksele):
    (made,) = actions.add_local_parts(common, [lycksele], by=bo)
    factories.UndertakingFactory(agreement=made, party=six[0], hours_per_month=10)
    put_in_force(made, bo, list(made.parties.all()))

    def hours():
        parties = capacity.of(partnership, None, D(2026, 3, 1)).parties
        aside = next((line.aside for line in parties if line.name == str(six[0])), {})
        return {month.month: minutes // 60 for month, minutes in aside.items() if minutes}

    assert hours() == dict.fromkeys(range(1, 13), 10)
    go(anna, f"/overenskommelser/{common.pk}/lamna/", adherence(common, six[0], D(2026, 4, 30)))
    assert hours() == {3: 10, 4: 10}
    go(anna, f"/overenskommelser/{common.pk}/anslut/", adherence(common, six[0], D(2026, 12, 1)))
    assert hours() == {1: 10, 2: 10, 3: 10, 4: 10, 12: 10}


def test_the_line_of_the_five_steps_misses_a_part_that_ended_before_the_common_one(bo, cycle, common, parts, lycksele):
    def summary(day):
        return collect(gather([cycle], day)[cycle.pk])["S3.5"].summary

    assert "lokal del saknas" not in summary(DAY)
    assert "lokal del saknas" not in summary(D(2030, 3, 1))  # all have run out together
    mine = next(one for one in parts if one.municipality_id == lycksele.pk)
    actions.terminate(mine, by=bo, day=D(2026, 6, 30), reason="Vi skriver en ny.")
    assert "Undertecknad lokal del saknas för Lycksele kommun." in summary(D(2026, 7, 1))


@pytest.mark.parametrize("count", [1, 6])
def test_many_take_as_many_queries_as_one(common, parts, count, django_assert_num_queries):
    found = list(Agreement.objects.filter(pk__in=[one.pk for one in parts[:count]]).with_successor())

    with django_assert_num_queries(2):
        assert {one.last_day_on(DAY) for one in with_common(found)} == {END}
        assert {one.state(DAY)[0] for one in found} == {"Gäller"}


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_costs_the_same_for_many_parts(go, client, bo, common, six, count, django_assert_num_queries):
    places = [party.organisation.municipality for party in six[:count]]
    for part in actions.add_local_parts(common, places, by=bo):
        put_in_force(part, bo, list(part.parties.all()))
    go(bo, f"/overenskommelser/?samverkan={common.partnership_id}")

    with django_assert_num_queries(10):
        client.get(f"/overenskommelser/?samverkan={common.partnership_id}")


def test_a_common_one_that_is_not_signed_decides_nothing(partnership, bo):
    """Read in from a file, it may stand as a draft."""
    draft = factories.AgreementFactory(partnership=partnership, ends=D(2026, 12, 31), created_by=bo)
    own = factories.AgreementFactory(partnership=partnership, kind="local", parent=draft, created_by=bo)

    assert own.common is None
    assert own.last_day_on(DAY) == END
