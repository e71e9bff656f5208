import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from journal.models import Event
from journal.steps import NotAllowed, take
from lib.dates import today
from partnerships import actions, rules
from partnerships.models import Cycle
from tests import factories

REASON = "Följdes upp i styrgruppen."
ONE_OPEN = "Det finns redan en öppen omgång. Avsluta den innan du öppnar en ny."


@pytest.fixture
def form():
    return {"name": "Samverkansomgång 2030", "starts": "2026-11-01", "ends": "2029-12-31", "revision": 0}


@pytest.fixture
def closing():
    return {"closed_on": today(), "reason": REASON}


@pytest.fixture
def cycle(partnership, bo):
    return factories.CycleFactory(partnership=partnership, starts=dt.date(2024, 1, 1), created_by=bo)


def test_a_main_cycle_is_opened(go, anna, partnership, form):
    response = go(anna, f"/samverkan/{partnership.pk}/omgangar/ny/", form)
    made = partnership.cycles.get()
    assert response.url == f"/samverkan/{partnership.pk}/omgangar/"
    assert (made.name, made.status, made.municipality) == ("Samverkansomgång 2030", Cycle.Status.OPEN, None)
    assert Event.objects.about(made).get().verb == "opened"


def test_one_main_cycle_is_open_at_a_time(go, anna, partnership, cycle, form):
    page = go(anna, f"/samverkan/{partnership.pk}/omgangar/ny/", form)
    assert ONE_OPEN in page.content.decode()
    assert "Samverkansomgång 2030" in page.content.decode()
    assert partnership.cycles.get() == cycle


def test_the_database_says_it_too(partnership, cycle, bo):
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.CycleFactory(partnership=partnership, created_by=bo)


def test_a_municipality_has_one_of_its_own_beside_it(go, anna, partnership, cycle, lycksele, form):
    address = f"/samverkan/{partnership.pk}/omgangar/ny/"
    go(anna, address, form | {"municipality": lycksele.pk})
    page = go(anna, address, form | {"municipality": lycksele.pk})
    assert "Kommunen har redan en egen öppen omgång." in page.content.decode()
    assert partnership.cycles.open().count() == 2


def test_only_a_partys_municipality_has_one(go, anna, partnership, organisations, form):
    other = organisations["landskrona"].municipality
    page = go(anna, f"/samverkan/{partnership.pk}/omgangar/ny/", form | {"municipality": other.pk})
    assert page.context["form"].errors["municipality"]


def test_end_before_start_is_refused(go, anna, partnership, form):
    page = go(anna, f"/samverkan/{partnership.pk}/omgangar/ny/", form | {"ends": "2026-11-01"})
    assert "Slutet måste ligga efter början." in page.content.decode()


def test_the_dates_are_changed_and_remembered(go, anna, cycle):
    change = {"name": cycle.name, "starts": "2024-01-01", "ends": "2028-12-31", "revision": 0}
    go(anna, f"/samverkan/omgangar/{cycle.pk}/andra/", change)
    cycle.refresh_from_db()
    assert cycle.ends == dt.date(2028, 12, 31)
    assert Event.objects.about(cycle).first().changes["ends"]["to"] == "31 december 2028"


@pytest.mark.parametrize(("verb", "status"), [("avsluta", "closed"), ("avbryt", "cancelled")])
def test_a_cycle_ends_with_day_and_reason(go, anna, cycle, closing, verb, status):
    go(anna, f"/samverkan/omgangar/{cycle.pk}/{verb}/", closing)
    cycle.refresh_from_db()
    assert (cycle.status, cycle.closed_on, cycle.closed_reason) == (status, today(), REASON)
    assert Event.objects.about(cycle).first().note == REASON


@pytest.mark.parametrize(("change", "field"), [({"reason": ""}, "reason"), ({"closed_on": ""}, "closed_on")])
def test_the_day_and_the_reason_are_asked(go, anna, cycle, closing, change, field):
    page = go(anna, f"/samverkan/omgangar/{cycle.pk}/avsluta/", closing | change)
    assert page.context["form"].errors[field]
    cycle.refresh_from_db()
    assert cycle.status == Cycle.Status.OPEN


@pytest.mark.parametrize(("days", "sentence"), [(1, "Datumet ligger i framtiden"), (-4000, "Omgången började")])
def test_a_cycle_ends_between_its_start_and_today(go, anna, cycle, closing, days, sentence):
    change = {"closed_on": today() + dt.timedelta(days=days)}
    page = go(anna, f"/samverkan/omgangar/{cycle.pk}/avsluta/", closing | change)
    assert sentence in page.content.decode()


@pytest.mark.parametrize("status", ["closed", "cancelled"])
@pytest.mark.parametrize("step", rules.STEPS, ids=lambda step: step.verb)
def test_no_step_leads_out_of_a_closed_cycle(anna, partnership, bo, status, step):
    ended = factories.CycleFactory(partnership=partnership, status=status, closed_on=dt.date(2026, 5, 1), created_by=bo)
    with pytest.raises(NotAllowed):
        take(step, ended, by=anna, note="Igen", closed_on=dt.date(2026, 6, 1), closed_reason="Igen")
    assert rules.next_steps(anna, ended) == []


def test_closing_twice_is_told_on_the_cycles_page(go, anna, bo, cycle, closing):
    address = f"/samverkan/omgangar/{cycle.pk}/avsluta/"
    go(anna, address, closing)
    response = go(bo, address, closing | {"reason": "Något annat"})
    assert response.status_code == 409
    assert f'href="/omgangar/{cycle.pk}/"' in response.content.decode()
    assert "Något annat" in response.content.decode()
    cycle.refresh_from_db()
    assert cycle.closed_reason == REASON


def test_a_closed_cycle_is_not_edited(go, anna, cycle, closing):
    go(anna, f"/samverkan/omgangar/{cycle.pk}/avsluta/", closing)
    change = {"name": "Nytt namn", "starts": "2024-01-01", "revision": 1}
    page = go(anna, f"/samverkan/omgangar/{cycle.pk}/andra/", change)
    assert "låst" in page.content.decode()
    cycle.refresh_from_db()
    assert cycle.name != "Nytt namn"


def test_after_closing_a_new_one_opens_and_the_old_stays_readable(go, anna, hans, cycle, closing, partnership, form):
    go(anna, f"/samverkan/omgangar/{cycle.pk}/avsluta/", closing)
    go(anna, f"/samverkan/{partnership.pk}/omgangar/ny/", form)
    page = go(hans, f"/samverkan/{partnership.pk}/omgangar/").content.decode()
    assert REASON in page
    assert "Samverkansomgång 2030" in page


def test_earlier_cycles_are_laid_in_as_they_ended(go, anna, partnership, cycle):
    """The domain's twelfth case: cycles since 2008, with gaps."""
    for year in (2008, 2010):
        form = {"name": f"År {year}", "starts": f"{year}-01-01", "closed_on": f"{year}-12-31", "revision": 0}
        go(anna, f"/samverkan/{partnership.pk}/omgangar/tidigare/", form)
    found = [(c.name, c.status) for c in partnership.cycles.latest_first()]
    assert found == [(cycle.name, "open"), ("År 2010", "closed"), ("År 2008", "closed")]


def test_an_earlier_cycle_cannot_end_before_it_began(anna, partnership):
    with pytest.raises(ValidationError, match="kan inte avslutas före"):
        actions.keep_earlier_cycle(
            partnership, by=anna, name="Fel", starts=dt.date(2010, 1, 1), closed_on=dt.date(2009, 1, 1)
        )


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_for_one_and_three(client, anna, partnership, rows, bo, django_assert_num_queries):
    for year in range(rows):
        factories.CycleFactory(
            partnership=partnership, status="closed", closed_on=dt.date(2026, 5, 1 + year), created_by=bo
        )
    client.force_login(anna)
    with django_assert_num_queries(6):
        client.get(f"/samverkan/{partnership.pk}/omgangar/")
