"""What an agreement tells beside its texts: areas, roles of the parties, and the rhythm of follow-up and revision."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from agreements import actions, content, rules
from agreements.models import Agreement
from agreements.queries import bound_parties, municipalities_of
from lib.dates import add_months, today
from tests import factories


@pytest.fixture
def third(partnership, bo):
    company = factories.OrganisationFactory(name="Bostadsbolaget", kind="other")
    return factories.PartyFactory(partnership=partnership, organisation=company, created_by=bo)


def address(agreement, rest=""):
    return f"/overenskommelser/{agreement.pk}/{rest}"


def test_a_new_one_begins_with_four_years_and_a_look_every_year(go, bo, partnership):
    page = go(bo, f"/overenskommelser/ny/?samverkan={partnership.pk}")

    initial = page.context["form"].initial
    assert (initial["starts"], initial["ends"]) == (today(), add_months(today(), 48) - dt.timedelta(days=1))
    assert f'value="{initial["ends"]:%Y-%m-%d}"' in page.content.decode()
    assert (initial["follow_up_rhythm"], initial["revision_rhythm"]) == ("yearly", "yearly")


def test_areas_are_a_list_frozen_one_by_one(go, bo, draft, form):
    go(bo, address(draft, "andra/"), form(draft, area="Centrum\r\n\r\n Furuvik \r\nCentrum"))
    draft.refresh_from_db()
    actions.propose(draft, by=bo)

    assert draft.area == "Centrum\nFuruvik"
    assert draft.frozen["area_names"] == ["Centrum", "Furuvik"]
    assert "Centrum, Furuvik" in go(bo, address(draft)).content.decode()


def test_rhythm_forum_and_function_stand_in_the_text_that_is_signed(go, bo, draft, form):
    told = {"follow_up_rhythm": "tertial", "follow_up_forum": "styrgruppen", "follow_up_function": "Samordnare"}
    told |= {"revision_on": "2027-11-01", "revision_rhythm": "yearly"}

    go(bo, address(draft, "andra/"), form(draft, **told))
    draft.refresh_from_db()
    actions.propose(draft, by=bo)

    for page in (address(draft), address(draft, "underteckna/")):
        text = go(bo, page).content.decode()
        assert "Varje tertial i styrgruppen, ansvarig: Samordnare" in text
        assert "Varje år, revideras 1 november 2027" in text


def test_a_revision_before_the_first_day_is_refused_and_nothing_typed_is_lost(go, bo, draft, form):
    answer = go(bo, address(draft, "andra/"), form(draft, revision_on="2025-01-01", purpose="Nytt syfte."))

    assert "Revideringen behöver ligga efter" in answer.content.decode()
    assert "Nytt syfte." in answer.content.decode()


def test_who_contributes_neither_signs_nor_is_bound(go, bo, draft, form, neighbour, police, municipality_party):
    everybody = [police.pk, municipality_party.pk, neighbour.pk]
    go(bo, address(draft, "andra/"), form(draft, parties=everybody, contributing=[neighbour.pk]))
    draft.refresh_from_db()

    actions.propose(draft, by=bo)

    assert [one["id"] for one in rules.parties_asked(draft)] == everybody[:2]
    assert bound_parties([draft], today())[draft.pk] == set(everybody[:2])
    assert len(municipalities_of([draft], today())[draft.pk]) == 1
    assert "(medverkande)" in go(bo, address(draft)).content.decode()


def test_a_third_party_signs_but_is_not_waited_for(go, bo, cecilia, david, draft, form, third, sign):
    everybody = [*draft.parties.values_list("pk", flat=True), third.pk]
    go(bo, address(draft, "andra/"), form(draft, parties=everybody, third_parties=[third.pk]))
    draft.refresh_from_db()
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")

    draft.refresh_from_db()
    assert draft.is_signed
    assert third.pk in {one["id"] for one in rules.parties_asked(draft)}


@pytest.mark.parametrize(
    ("roles", "sentence"),
    [
        ({"contributing": True}, "Kryssa också i bland parterna: Bostadsbolaget."),
        ({"in_text": True, "contributing": True, "third_parties": True}, "Välj en roll för Bostadsbolaget"),
    ],
)
def test_a_role_is_one_and_a_partys(go, bo, draft, form, third, roles, sentence):
    chosen = list(draft.parties.values_list("pk", flat=True)) + ([third.pk] if roles.pop("in_text", False) else [])

    answer = go(bo, address(draft, "andra/"), form(draft, parties=chosen, **{name: [third.pk] for name in roles}))

    assert sentence in answer.content.decode()


def test_a_municipality_that_only_contributes_is_no_main_party(draft, municipality_party):
    draft.contributing.add(municipality_party)

    assert rules.missing_for_propose(draft) == ["minst en kommun som huvudpart"]


def test_roles_follow_into_the_next_version(go, bo, cecilia, david, draft, neighbour, third, sign):
    draft.parties.add(neighbour, third)
    draft.contributing.add(neighbour)
    draft.third_parties.add(third)
    actions.propose(draft, by=bo)
    sign(draft, david, "police")
    sign(draft, cecilia, "municipality")
    draft.refresh_from_db()

    new = actions.revise(draft, by=bo, reason="Nytt.", day=today())

    assert set(new.contributing.all()) == {neighbour}
    assert set(new.third_parties.all()) == {third}
    assert set(new.parties.all()) == set(draft.parties.all())


def test_the_database_keeps_the_roles_of_a_text_out_for_signing(proposed, police):
    for roles in (proposed.contributing, proposed.third_parties):
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            roles.add(police)


def test_what_the_field_list_requires_is_advised(draft, day):
    told = rules.advice_for_propose(draft, day)[0]
    for word in ("bakgrund", "geografiskt område", "organisation", "hur ofta det följs upp"):
        assert word in told

    Agreement.objects.filter(pk=draft.pk).update(background="A", organisation="B", area="Lycksele")
    draft.refresh_from_db()
    told = rules.advice_for_propose(draft, day)[0]
    assert not any(word in told for word in ("bakgrund", "geografiskt område", "organisation"))


def test_a_text_that_was_signed_before_there_were_rhythms_stays_intact(signed):
    """Its frozen text is never made anew: what the tables say since changes neither it nor its checksum."""
    assert content.is_intact(signed)
    assert content.shown(signed)["following"]["forum"] == ""
