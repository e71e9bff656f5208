import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from journal.models import Event
from partnerships import actions
from partnerships.models import Holding, Seat
from tests import factories

ONE = dt.timedelta(days=1)
MARCH = dt.date(2026, 3, 1)


@pytest.fixture
def form(day):
    return {"name": "Nils Påhittad", "starts": day, "revision": 0}


def who(seat):
    return [(h.name, h.starts, h.ends) for h in seat.holdings.order_by("starts")]


def test_a_vacant_function_is_filled(go, anna, seat, form, day):
    response = go(
        anna, f"/samverkan/funktioner/{seat.pk}/tillsatt/", form | {"acting": "on", "share": 50, "user": anna.pk}
    )
    made = seat.holdings.get()
    assert response.url == f"/samverkan/funktioner/{seat.pk}/"
    assert (made.name, made.acting, made.share, made.user, made.starts) == ("Nils Påhittad", True, 50, anna, day)
    assert Event.objects.about(seat).first().verb == "filled"


def test_the_name_is_not_written_in_the_book(anna, seat, day):
    actions.fill(seat, by=anna, starts=day, name="Nils Påhittad")
    event = Event.objects.about(seat).get()
    assert "Nils" not in f"{event.label} {event.note} {event.changes}"


def test_a_function_has_one_holder_at_a_time(go, anna, seat, holding, form):
    page = go(anna, f"/samverkan/funktioner/{seat.pk}/tillsatt/", form)
    assert "Karin Påhittad har redan funktionen från och med 1 januari 2020." in page.content.decode()
    assert "Nils Påhittad" in page.content.decode()
    assert seat.holdings.get() == holding


@pytest.mark.parametrize(("starts", "ends"), [(2, 4), (4, 6), (6, 8), (2, 9), (5, 5), (1, None)], ids=str)
def test_periods_that_meet_are_refused(anna, seat, starts, ends):
    actions.fill(seat, by=anna, name="Först", starts=MARCH.replace(day=4), ends=MARCH.replace(day=6))
    last = MARCH.replace(day=ends) if ends else None
    with pytest.raises(ValidationError, match="Först har redan funktionen 4–6 mars 2026"):
        actions.fill(seat, by=anna, name="Sedan", starts=MARCH.replace(day=starts), ends=last)


def test_periods_side_by_side_are_fine(anna, seat):
    for first, last in ((4, 6), (7, 9), (1, 3)):
        actions.fill(seat, by=anna, name="N", starts=MARCH.replace(day=first), ends=MARCH.replace(day=last))
    assert seat.holdings.count() == 3


def test_a_holder_from_before_the_function_was_entered_is_welcome(anna, seat):
    actions.fill(seat, by=anna, name="Gammal", starts=seat.starts - 900 * ONE)
    assert seat.holding_on(seat.starts).name == "Gammal"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends": "2020-01-01"}, "Slutdatum får inte ligga före startdatum."),
        ({"share": 101}, "Ange avsatt tid mellan 1 och 100 procent."),
        ({"share": 0}, "Ange avsatt tid mellan 1 och 100 procent."),
    ],
)
def test_bad_facts_about_a_holder_are_explained(go, anna, seat, form, change, sentence):
    page = go(anna, f"/samverkan/funktioner/{seat.pk}/tillsatt/", form | change)
    assert sentence in page.content.decode()
    assert not seat.holdings.exists()


def test_the_constraint_says_that_one_is_open(seat, holding, bo):
    with pytest.raises(ValidationError, match="Funktionen har redan en innehavare. Avsluta den först."):
        Holding(seat=seat, name="Två", created_by=bo).full_clean()


def test_only_the_organisations_own_people_choose_among_its_users(go, anna, bo, seat):
    address = f"/samverkan/funktioner/{seat.pk}/tillsatt/"
    assert set(go(anna, address).context["form"].fields["user"].queryset.values_list("name", flat=True)) == {
        "Anna Andersson",
        "Cecilia Ceder",
        "Hans Hav",
        "Lisa Lund",
    }
    assert "user" not in go(bo, address).context["form"].fields


def test_replacing_is_one_step_without_a_gap(go, anna, seat, holding, form):
    go(anna, f"/samverkan/innehavare/{holding.pk}/byt/", form | {"starts": MARCH})
    assert who(seat) == [
        ("Karin Påhittad", factories.LONG_AGO, MARCH - ONE),
        ("Nils Påhittad", MARCH, None),
    ]


def test_the_next_cannot_begin_before_the_first_had_a_day(go, anna, seat, holding, form):
    page = go(anna, f"/samverkan/innehavare/{holding.pk}/byt/", form | {"starts": "2020-01-01"})
    assert "Karin Påhittad kom 1 januari 2020. Nästa kan börja 2 januari 2020." in page.content.decode()
    assert seat.holdings.get().ends is None


def test_replacing_somebody_already_replaced_is_told(go, anna, bo, seat, holding, form):
    address = f"/samverkan/innehavare/{holding.pk}/byt/"
    go(anna, address, form | {"starts": MARCH})
    page = go(bo, address, form | {"name": "Olle Påhittad", "starts": MARCH + ONE})
    assert "Nils Påhittad har redan funktionen från och med 1 mars 2026." in page.content.decode()
    assert len(who(seat)) == 2


def test_replacing_who_has_a_planned_last_day_does_not_move_it_forward(anna, seat, holding):
    Holding.objects.filter(pk=holding.pk).update(ends=MARCH)
    actions.replace(holding, by=anna, name="Nästa", starts=MARCH + 10 * ONE)
    assert who(seat)[0][2] == MARCH


def test_a_holder_ends_and_the_function_is_vacant_the_day_after(go, anna, seat, holding, day):
    go(anna, f"/samverkan/innehavare/{holding.pk}/slutar/", {"ends": day})
    seat = Seat.objects.get(pk=seat.pk)
    assert seat.vacant_since(day) is None
    assert seat.vacant_since(day + ONE) == day + ONE


def test_ending_twice_is_told(go, anna, holding, day):
    actions.vacate(holding, by=anna, ends=day)
    page = go(anna, f"/samverkan/innehavare/{holding.pk}/slutar/", {"ends": day - ONE})
    assert "Innehavet är redan avslutat" in page.content.decode()
    holding.refresh_from_db()
    assert holding.ends == day


def test_nobody_ends_before_beginning(anna, holding):
    with pytest.raises(ValidationError, match="Sista dagen kan inte ligga före den första, 1 januari 2020"):
        actions.vacate(holding, by=anna, ends=factories.LONG_AGO - ONE)


def test_a_wrong_name_is_mended(go, anna, holding):
    form = {"name": "Karin Påhittad-Ek", "starts": "2020-01-01", "revision": 0}
    go(anna, f"/samverkan/innehavare/{holding.pk}/andra/", form)
    holding.refresh_from_db()
    assert holding.name == "Karin Påhittad-Ek"


def test_mending_may_not_make_periods_meet(go, anna, seat, holding):
    Holding.objects.filter(pk=holding.pk).update(ends=MARCH)
    factories.HoldingFactory(seat=seat, name="Nils", starts=MARCH + ONE)
    form = {"name": "Karin", "starts": "2020-01-01", "ends": MARCH + ONE, "revision": 0}
    page = go(anna, f"/samverkan/innehavare/{holding.pk}/andra/", form)
    assert "Nils har redan funktionen" in page.content.decode()
    holding.refresh_from_db()
    assert holding.ends == MARCH


def test_two_who_mend_do_not_overwrite_each_other(go, anna, bo, holding):
    address, form = f"/samverkan/innehavare/{holding.pk}/andra/", {"starts": "2020-01-01", "revision": 0}
    go(anna, address, form | {"name": "Annas stavning"})
    page = go(bo, address, form | {"name": "Bos stavning"})
    assert "Inget har skrivits över." in page.content.decode()
    holding.refresh_from_db()
    assert holding.name == "Annas stavning"


def test_a_function_is_created(go, anna, partnership, police, day):
    form = {"function": "area_police", "organisation": police.organisation_id, "starts": day, "revision": 0}
    go(anna, f"/samverkan/{partnership.pk}/funktioner/ny/", form)
    assert str(partnership.seats.get()) == "Områdespolis"


def test_another_function_needs_its_name(go, anna, partnership, police, day):
    form = {"function": "other", "organisation": police.organisation_id, "starts": day, "revision": 0}
    page = go(anna, f"/samverkan/{partnership.pk}/funktioner/ny/", form)
    assert "Skriv vad funktionen heter när du väljer Annan funktion." in page.content.decode()


def test_a_function_belongs_to_a_party(go, anna, partnership, organisations, day):
    form = {"function": "chair", "organisation": organisations["landskrona"].pk, "starts": day, "revision": 0}
    page = go(anna, f"/samverkan/{partnership.pk}/funktioner/ny/", form)
    assert page.context["form"].errors["organisation"]


def test_a_function_gets_its_local_name(go, anna, seat):
    form = {"function": "coordinator", "title": "Trygghetssamordnare", "starts": "2020-01-01", "revision": 0}
    go(anna, f"/samverkan/funktioner/{seat.pk}/andra/", form)
    assert str(Seat.objects.get(pk=seat.pk)) == "Trygghetssamordnare"


def test_a_function_that_ends_takes_its_holder_along(go, anna, seat, holding, day):
    go(anna, f"/samverkan/funktioner/{seat.pk}/upphor/", {"ends": day})
    holding.refresh_from_db()
    assert holding.ends == day
    assert not Seat.objects.existing(day + ONE).exists()


def test_an_ended_function_is_not_filled_again(anna, seat, day):
    actions.end_seat(seat, by=anna, ends=day)
    with pytest.raises(ValidationError, match="Funktionen upphör"):
        actions.fill(seat, by=anna, name="Sen", starts=day + ONE)
    with pytest.raises(ValidationError, match="Funktionen upphörde redan"):
        actions.end_seat(seat, by=anna, ends=day)


def test_a_function_cannot_end_before_its_latest_holder_began(anna, seat):
    actions.fill(seat, by=anna, name="Sen", starts=MARCH)
    with pytest.raises(ValidationError, match="har uppgifter från 1 mars 2026"):
        actions.end_seat(seat, by=anna, ends=MARCH - ONE)


def test_the_page_of_a_function_shows_its_history(go, hans, seat, holding, anna):
    actions.replace(holding, by=anna, name="Nils Påhittad", starts=MARCH)
    page = go(hans, f"/samverkan/funktioner/{seat.pk}/").content.decode()
    assert "1 januari 2020 – 28 februari 2026" in page
    assert "från och med 1 mars 2026" in page


def test_the_handover_tells_what_the_next_one_needs(go, anna, seat, holding, cycle, partnership):
    factories.GroupFactory(partnership=partnership, name="Beredningsgruppen").seats.add(seat)
    page = go(anna, f"/samverkan/funktioner/{seat.pk}/overlamning/").content.decode()
    for fact in ("Karin Påhittad sedan 1 januari 2020", cycle.name, "Beredningsgruppen", "Lycksele kommun"):
        assert fact in page
