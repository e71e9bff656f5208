import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Membership, Role
from journal.models import Event
from municipalities.models import Coverage
from partnerships import actions
from partnerships.models import Group, Partnership, Party, Seat
from tests import factories

DAY = dt.date(2026, 3, 12)


@pytest.fixture
def form(organisations):
    return {
        "name": "Samverkan Södra Lappland",
        "organisations": [organisations["lycksele"].pk, organisations["police"].pk],
        "cycle_name": "Samverkansomgång 2026–2029",
        "starts": "2026-01-01",
        "ends": "2029-12-31",
    }


@pytest.fixture
def lycksele_in_area(lycksele, organisations):
    return Coverage.objects.create(local_police_area=organisations["police"].local_police_area, municipality=lycksele)


def begin(by, *organisations, **more):
    facts = {"name": "Ny", "cycle_name": "Omgång", "starts": DAY, "day": DAY} | more
    return actions.start(by=by, organisations=organisations, **facts)


def test_a_coordinator_starts_everything_at_once(go, anna, form, lycksele_in_area):
    response = go(anna, "/samverkan/ny/", form)
    made = Partnership.objects.get()
    assert response.url == f"/samverkan/{made.pk}/organisation/"
    assert {str(party) for party in made.parties.all()} == {
        "Lycksele kommun",
        "Polisen, lokalpolisområde Södra Lappland",
    }
    assert made.cycles.open().get().name == "Samverkansomgång 2026–2029"
    assert made.groups.get().kind == Group.Kind.STEERING


def test_every_party_gets_its_usual_functions(anna, organisations):
    made = begin(anna, organisations["lycksele"], organisations["police"])
    assert sorted(f"{seat.function} {seat.municipality or ''}".strip() for seat in made.seats.all()) == [
        "board_chair Lycksele",
        "communication",
        "coordinator Lycksele",
        "lpa_chief",
        "municipal_police",
    ]
    assert {seat.function for seat in made.groups.get().seats.all()} == {"board_chair", "lpa_chief"}


def test_the_book_says_who_started_and_who_was_added(anna, organisations):
    made = begin(anna, organisations["lycksele"], organisations["police"])
    event = Event.objects.about(made).get()
    assert (event.verb, event.by) == ("started", anna)
    assert event.note == "Parter: Lycksele kommun och Polisen, lokalpolisområde Södra Lappland"


def test_an_organisation_of_another_kind_is_another_party(anna, organisations):
    fire = factories.OrganisationFactory(kind="other", name="Räddningstjänsten")
    made = begin(anna, organisations["lycksele"], organisations["police"], fire)
    assert made.parties.get(organisation=fire).kind == Party.Kind.OTHER
    assert not made.seats.filter(organisation=fire).exists()


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (("landskrona", "police"), "Din egen organisation måste vara part."),
        (("lycksele",), "Minst en part måste vara polisen."),
    ],
)
def test_a_lopsided_start_is_refused(anna, organisations, who, sentence):
    with pytest.raises(ValidationError, match=sentence):
        begin(anna, *[organisations[name] for name in who])
    assert not Partnership.objects.exists()


def test_police_alone_are_refused(bo, organisations):
    with pytest.raises(ValidationError, match="Minst en part måste vara en kommun"):
        begin(bo, organisations["police"])


def test_a_refused_start_keeps_what_was_typed(go, anna, form, organisations, lycksele_in_area):
    page = go(anna, "/samverkan/ny/", form | {"organisations": [organisations["lycksele"].pk]})
    assert "Minst en part måste vara polisen." in page.content.decode()
    assert "Samverkan Södra Lappland" in page.content.decode()


def test_end_before_start_is_refused_and_nothing_is_made(go, anna, form, lycksele_in_area):
    page = go(anna, "/samverkan/ny/", form | {"ends": "2025-12-31"})
    assert "Slutet måste ligga efter början." in page.content.decode()
    assert not Partnership.objects.exists()
    assert not Seat.objects.exists()


def test_the_form_suggests_those_of_the_same_police_area(go, anna, organisations, lycksele_in_area):
    form = go(anna, "/samverkan/ny/").context["form"]
    assert set(form.fields["organisations"].queryset) == {organisations["lycksele"], organisations["police"]}
    assert organisations["landskrona"] in form.fields["others"].queryset
    assert form.initial["name"] == "Samverkan Södra Lappland"


def test_county_board_and_bra_can_never_be_parties(go, anna, form, organisations, lycksele_in_area):
    page = go(anna, "/samverkan/ny/", form | {"others": [organisations["bra"].pk]})
    assert page.context["form"].errors["others"]


def test_one_municipality_may_be_in_several_partnerships(anna, organisations):
    first = begin(anna, organisations["lycksele"], organisations["police"])
    second = begin(anna, organisations["lycksele"], organisations["police"], name="Två")
    assert set(Partnership.objects.of(anna)) == {first, second}


@pytest.mark.parametrize("name", ["cecilia", "hans", "lisa", "fia", "greta", "ove"])
def test_only_coordinators_start(go, cast, name):
    assert go(cast[name], "/samverkan/ny/").status_code == 403


def test_a_coordinator_whose_time_is_over_starts_nothing(go, anna, day):
    Membership.objects.filter(user=anna, role=Role.COORDINATOR).update(ends=day - dt.timedelta(days=1))
    assert go(anna, "/samverkan/ny/").status_code == 403


def test_strangers_are_sent_to_sign_in(client, db):
    assert client.get("/samverkan/ny/").status_code == 302
