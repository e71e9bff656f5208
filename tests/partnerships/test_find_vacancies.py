import datetime as dt

import pytest

from partnerships.models import Holding, Partnership, Seat
from partnerships.queries import seats_with_holders, vacancies
from tests import factories

ONE = dt.timedelta(days=1)


@pytest.fixture
def asele(partnership):
    """A second municipality in the partnership."""
    municipality = factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele", sort_order=30_000)
    return factories.PartyFactory(
        partnership=partnership, organisation=factories.OrganisationFactory(municipality=municipality)
    ).organisation


def seat_of(partnership, organisation, function="coordinator", **more):
    return factories.SeatFactory(partnership=partnership, organisation=organisation, function=function, **more)


def test_a_vacancy_shows_with_its_days(partnership, seat, holding, day):
    Holding.objects.filter(pk=holding.pk).update(ends=day - 35 * ONE)
    (view,) = seats_with_holders(partnership, day)
    assert (view.holder, view.vacant_days, view.label, view.tone) == (None, 34, "Vakant 34 dagar", "bad")


def test_a_vacancy_of_one_day_and_of_none(partnership, seat, holding, day):
    Holding.objects.filter(pk=holding.pk).update(ends=day - ONE)
    assert seats_with_holders(partnership, day)[0].label == "Vakant från i dag"
    assert seats_with_holders(partnership, day + ONE)[0].label == "Vakant 1 dag"


def test_a_function_never_filled_is_vacant_from_its_first_day(partnership, seat, day):
    Seat.objects.filter(pk=seat.pk).update(starts=day - 5 * ONE)
    assert seats_with_holders(partnership, day)[0].vacant_days == 5


def test_a_holder_shows_with_name_share_and_first_day(partnership, seat, holding, day):
    Holding.objects.filter(pk=holding.pk).update(share=20, acting=True)
    (view,) = seats_with_holders(partnership, day)
    assert (view.holder, view.share, view.since) == ("Karin Påhittad", 20, factories.LONG_AGO)
    assert (view.label, view.tone, view.vacant_days) == ("Tillförordnad", "warn", None)


def test_without_names_the_function_is_only_filled(partnership, seat, holding, day):
    (view,) = seats_with_holders(partnership, day, names=False)
    assert (view.holder, view.holding, view.label) == (None, None, "Tillsatt")
    assert "Karin" not in repr(view)


def test_one_municipal_police_serves_several_municipalities(partnership, police, lycksele, asele, day):
    """The domain's eleventh case: the officer's function has no municipality and shows in each."""
    officer = seat_of(partnership, police.organisation, "municipal_police")
    for municipality in (lycksele, asele.municipality):
        assert [v.seat for v in seats_with_holders(partnership, day, municipality)] == [officer]


def test_two_coordinators_in_one_municipality(partnership, seat, day, lycksele, municipality_party):
    second = seat_of(partnership, municipality_party.organisation, municipality=lycksele)
    for one, name in ((seat, "Karin"), (second, "Nils")):
        factories.HoldingFactory(seat=one, name=name)
    assert [v.holder for v in seats_with_holders(partnership, day, lycksele)] == ["Karin", "Nils"]


def test_a_municipality_sees_neither_its_neighbours_functions_nor_unplaced_ones(
    partnership, seat, asele, lycksele, day
):
    seat_of(partnership, asele, municipality=asele.municipality)
    seat_of(partnership, asele, "chair")
    assert [v.seat for v in seats_with_holders(partnership, day, lycksele)] == [seat]


def test_common_functions_stand_first_then_municipalities_in_order(partnership, seat, asele, police, day):
    far = seat_of(partnership, asele, "board_chair", municipality=asele.municipality)
    chief = seat_of(partnership, police.organisation, "lpa_chief")
    officer = seat_of(partnership, police.organisation, "municipal_police")
    assert [v.seat for v in seats_with_holders(partnership, day)] == [officer, chief, seat, far]


def test_ended_and_coming_functions_are_not_vacant(partnership, police, day):
    seat_of(partnership, police.organisation, ends=day - ONE)
    seat_of(partnership, police.organisation, starts=day + ONE)
    assert seats_with_holders(partnership, day) == vacancies([partnership], day) == []


def test_vacancies_come_longest_first_and_without_the_filled(partnership, seat, holding, police, day):
    short = seat_of(partnership, police.organisation, starts=day - 3 * ONE)
    long = seat_of(partnership, police.organisation, starts=day - 300 * ONE)
    factories.HoldingFactory(seat=short, starts=day - 3 * ONE, ends=day - 2 * ONE)
    found = vacancies(Partnership.objects.all(), day)
    assert [(v.seat, v.vacant_days) for v in found] == [(long, 300), (short, 1)]


def test_a_holder_who_comes_later_leaves_the_function_vacant_until_then(partnership, seat, day):
    factories.HoldingFactory(seat=seat, starts=day + ONE)
    assert len(vacancies([partnership], day)) == 1
    assert vacancies([partnership], day + ONE) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_answers_cost_the_same_for_one_and_three(partnership, police, rows, day, django_assert_num_queries):
    for _ in range(rows):
        factories.HoldingFactory(seat=seat_of(partnership, police.organisation), ends=day)
        seat_of(factories.PartnershipFactory(), police.organisation)
    with django_assert_num_queries(2):
        assert len([v.holder for v in seats_with_holders(partnership, day)]) == rows
    with django_assert_num_queries(1):
        assert len([str(v.seat.partnership) for v in vacancies(Partnership.objects.all(), day)]) == rows
