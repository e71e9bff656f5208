import pytest

from partnerships import rules
from partnerships.models import Holding, Party, Seat
from tests import factories

INSIDE = ["anna", "bo", "cecilia", "david", "hans"]
OVERSEERS = ["fia", "greta", "ove"]
STRANGERS = ["eva", "lisa"]


@pytest.fixture
def everything(partnership, police, seat, holding, cycle, bo):
    """One of each, and the addresses of their pages for reading and for changing."""
    group = factories.GroupFactory(partnership=partnership, created_by=bo)
    group.seats.add(seat)
    top, end = f"/samverkan/{partnership.pk}", f"/samverkan/funktioner/{seat.pk}"
    return {
        "shared": [f"{top}/organisation/", f"{top}/omgangar/"],
        "inside": [f"{end}/", f"{end}/overlamning/"],
        "change": [
            f"{top}/andra/",
            f"{top}/parter/ny/",
            f"{top}/grupper/ny/",
            f"{top}/funktioner/ny/",
            f"{top}/omgangar/ny/",
            f"{top}/omgangar/tidigare/",
            f"{end}/andra/",
            f"{end}/upphor/",
            f"{end}/tillsatt/",
            f"/samverkan/innehavare/{holding.pk}/byt/",
            f"/samverkan/innehavare/{holding.pk}/slutar/",
            f"/samverkan/innehavare/{holding.pk}/andra/",
            f"/samverkan/grupper/{group.pk}/andra/",
            f"/samverkan/parter/{police.pk}/andra/",
            f"/samverkan/parter/{police.pk}/lamna/",
            f"/samverkan/omgangar/{cycle.pk}/andra/",
            f"/samverkan/omgangar/{cycle.pk}/avsluta/",
            f"/samverkan/omgangar/{cycle.pk}/avbryt/",
        ],
    }


def answers(go, person, addresses, form=None):
    return {address: go(person, address, form).status_code for address in addresses}


@pytest.mark.parametrize("name", INSIDE)
def test_the_parties_people_read_everything(go, cast, everything, name):
    addresses = everything["shared"] + everything["inside"]
    assert set(answers(go, cast[name], addresses).values()) == {200}


@pytest.mark.parametrize("name", OVERSEERS)
def test_overseers_see_the_organisation_but_no_persons(go, cast, everything, name):
    assert set(answers(go, cast[name], everything["shared"]).values()) == {200}
    assert set(answers(go, cast[name], everything["inside"]).values()) == {404}


@pytest.mark.parametrize("name", STRANGERS)
def test_strangers_find_nothing(go, cast, everything, name):
    for addresses in everything.values():
        assert set(answers(go, cast[name], addresses).values()) == {404}


@pytest.mark.parametrize("name", ["bo"])
def test_a_coordinator_may_change(go, cast, everything, name):
    assert set(answers(go, cast[name], everything["change"]).values()) == {200}


@pytest.mark.parametrize("form", [None, {"name": "Fel"}], ids=["get", "post"])
@pytest.mark.parametrize("name", ["cecilia", "david", "hans", *OVERSEERS])
def test_others_who_see_may_not_change(go, cast, everything, name, form):
    assert set(answers(go, cast[name], everything["change"], form).values()) == {403}


def test_the_signed_out_are_sent_to_sign_in(client, everything):
    for addresses in everything.values():
        assert {client.get(address).status_code for address in addresses} == {302}


@pytest.mark.parametrize("name", OVERSEERS)
def test_overseers_see_no_holders_reasons_or_history(go, cast, everything, partnership, cycle, name):
    Party.objects.update(left_reason="Intern fritext")
    page = go(cast[name], f"/samverkan/{partnership.pk}/organisation/").content.decode()
    assert "Tillsatt" in page
    for secret in ("Karin Påhittad", "Intern fritext", "Vad som har hänt"):
        assert secret not in page


def test_a_name_is_not_shown_to_another_county(go, greta, eva, partnership, holding):
    holding.seat.organisation.municipality.county = eva.memberships_now[0].organisation.municipality.county
    holding.seat.organisation.municipality.county.save()
    holding.seat.organisation.municipality.save()
    assert go(greta, f"/samverkan/{partnership.pk}/organisation/").status_code == 404


def test_the_page_leads_to_the_longest_needed_next_step(go, anna, partnership, seat):
    page = go(anna, f"/samverkan/{partnership.pk}/organisation/").content.decode()
    assert f"/samverkan/funktioner/{seat.pk}/tillsatt/" in page
    assert "har två parter, inga grupper och en funktion, varav en är vakant." in page


def test_the_list_shows_only_what_may_be_seen(go, anna, eva, fia, partnership, seat):
    assert "Samverkan Södra Lappland" in go(anna, "/samverkan/").content.decode()
    assert "1 vakant" in go(fia, "/samverkan/").content.decode()
    assert "Samverkan Södra Lappland" not in go(eva, "/samverkan/").content.decode()


@pytest.mark.parametrize(("words", "found"), [("lycksele", 1), ("SÖDRA lapp", 1), ("sodra", 1), ("kiruna", 0)])
def test_the_list_is_searched_by_name_and_party(go, fia, partnership, words, found):
    assert go(fia, f"/samverkan/?sok={words}").context["page"].paginator.count == found


def test_a_rights_question_is_asked_once_a_request(anna, partnership, django_assert_num_queries):
    anna.memberships_now  # noqa: B018  the memberships are remembered too
    with django_assert_num_queries(1):
        for _ in range(3):
            assert rules.may_edit(anna, partnership)
            assert rules.parties_of(anna, partnership)


def test_rights_in_many_partnerships_cost_one_query_more(anna, partnership, django_assert_num_queries):
    anna.memberships_now  # noqa: B018
    with django_assert_num_queries(2):
        assert rules.may_edit(anna, partnership)
        for further in range(1, 20):
            assert not rules.is_member(anna, factories.PartnershipFactory.build(pk=partnership.pk + further))
        assert rules.may_edit(anna, partnership)


def test_an_overseers_rights_cost_no_query_at_all(fia, partnership, django_assert_num_queries):
    fia.memberships_now  # noqa: B018
    with django_assert_num_queries(0):
        assert rules.roles_of(fia, partnership) == set()


def test_the_next_request_asks_again(go, anna, partnership, day):
    address = f"/samverkan/{partnership.pk}/funktioner/ny/"
    assert go(anna, address).status_code == 200
    anna.memberships.update(role="reader")
    assert go(anna, address).status_code == 403


def grow(partnership, police, rows):
    for number in range(rows):
        seat = factories.SeatFactory(partnership=partnership, organisation=police.organisation)
        factories.HoldingFactory(seat=seat)
        factories.GroupFactory(partnership=partnership, name=f"Grupp {number}").seats.add(seat)
        factories.PartyFactory(partnership=partnership)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_organisation_costs_the_same_for_one_and_three(
    client, anna, partnership, police, rows, django_assert_num_queries
):
    grow(partnership, police, rows)
    client.force_login(anna)
    with django_assert_num_queries(14):
        client.get(f"/samverkan/{partnership.pk}/organisation/")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, fia, police, rows, django_assert_num_queries):
    for _ in range(rows):
        more = factories.PartnershipFactory()
        grow(more, police, 1)
        factories.CycleFactory(partnership=more)
    client.force_login(fia)
    with django_assert_num_queries(8):
        client.get("/samverkan/")


def test_a_seat_of_today_is_in_no_ones_list_when_it_has_ended(go, anna, partnership, seat, holding):
    Seat.objects.filter(pk=seat.pk).update(ends=factories.LONG_AGO)
    Holding.objects.filter(pk=holding.pk).update(ends=factories.LONG_AGO)
    assert go(anna, f"/samverkan/{partnership.pk}/organisation/").context["seats"] == []
    assert go(anna, f"/samverkan/funktioner/{seat.pk}/").status_code == 200
