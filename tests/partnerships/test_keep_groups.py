import datetime as dt

import pytest

from journal.models import Event
from partnerships.models import Group
from tests import factories


@pytest.fixture
def form(day):
    return {"kind": "council", "name": "Trygghetsrådet", "starts": day, "revision": 0}


def test_a_group_is_created_with_its_functions(go, anna, partnership, form, seat):
    response = go(anna, f"/samverkan/{partnership.pk}/grupper/ny/", form | {"seats": [seat.pk]})
    group = partnership.groups.get()
    assert response.url == f"/samverkan/{partnership.pk}/organisation/"
    assert list(group.seats.all()) == [seat]
    assert Event.objects.about(group).get().by == anna


@pytest.mark.parametrize("name", ["Brå", "BRÅ ", "lokala Brå"])
def test_a_group_is_not_called_only_bra(go, anna, partnership, form, name):
    page = go(anna, f"/samverkan/{partnership.pk}/grupper/ny/", form | {"name": name})
    assert "Brå är den nationella myndigheten." in page.content.decode()
    assert not Group.objects.exists()


@pytest.mark.parametrize("name", ["HuBrå", "Lokala brottsförebyggande rådet", "Bråviken"])
def test_local_names_are_welcome(go, anna, partnership, form, name):
    go(anna, f"/samverkan/{partnership.pk}/grupper/ny/", form | {"name": name})
    assert partnership.groups.get().name == name


def test_a_group_ends_and_is_kept(go, anna, partnership, form, day):
    group = factories.GroupFactory(partnership=partnership, name="Gruppen")
    change = form | {"name": "Gruppen", "starts": "2020-01-01", "ends": day - dt.timedelta(days=1)}
    go(anna, f"/samverkan/grupper/{group.pk}/andra/", change)
    page = go(anna, f"/samverkan/{partnership.pk}/organisation/")
    assert page.context["groups"] == []
    assert list(page.context["past_groups"]) == [group]


def test_end_before_start_is_refused(go, anna, partnership, form):
    page = go(anna, f"/samverkan/{partnership.pk}/grupper/ny/", form | {"ends": "2020-01-01"})
    assert "Slutdatum får inte ligga före startdatum." in page.content.decode()


def test_only_seats_of_the_partnership_may_sit_in_it(go, anna, partnership, form):
    stranger = factories.SeatFactory()
    page = go(anna, f"/samverkan/{partnership.pk}/grupper/ny/", form | {"seats": [stranger.pk]})
    assert page.context["form"].errors["seats"]


def test_the_same_function_sits_in_steering_and_working_group(go, anna, partnership, seat):
    """The domain's eighteenth case: one person in both, one council as steering group elsewhere."""
    for kind in (Group.Kind.STEERING, Group.Kind.WORKING):
        factories.GroupFactory(partnership=partnership, kind=kind, name=kind.label).seats.add(seat)
    views = go(anna, f"/samverkan/{partnership.pk}/organisation/").context["groups"]
    assert [(view.group.kind, view.seats[0].seat) for view in views] == [("steering", seat), ("working", seat)]


def test_a_group_of_one_municipality_and_a_common_one_differ_by_kind(partnership, lycksele):
    local = factories.GroupFactory(partnership=partnership, municipality=lycksele, kind="steering", name="Rådet")
    joint = factories.GroupFactory(partnership=partnership, kind="preparatory", name="Rådet")
    assert {local.get_kind_display(), joint.get_kind_display()} == {"Styrgrupp", "Beredningsgrupp"}


def test_two_who_change_a_group_do_not_overwrite_each_other(go, anna, bo, partnership, form):
    group = factories.GroupFactory(partnership=partnership)
    address = f"/samverkan/grupper/{group.pk}/andra/"
    go(anna, address, form | {"name": "Annas namn"})
    page = go(bo, address, form | {"name": "Bos namn"})
    assert "Inget har skrivits över." in page.content.decode()
    group.refresh_from_db()
    assert group.name == "Annas namn"
