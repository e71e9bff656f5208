"""Numbers and days that no form offers: a sentence in the form, never a fault in the house."""

import pytest

from partnerships.models import Seat
from tests import factories

HUGE = str(10**30)


@pytest.mark.parametrize(
    ("address", "field"),
    [
        ("/overenskommelser/ny/?samverkan={pk}", "parties"),
        ("/overenskommelser/ny/?samverkan={pk}", "problems"),
        ("/samverkan/ny/", "organisations"),
        ("/samverkan/ny/", "others"),
        ("/samverkan/{pk}/andra/", "local_police_areas"),
        ("/samverkan/{pk}/grupper/ny/", "seats"),
    ],
)
def test_a_number_that_no_database_can_hold_is_no_choice(client, anna, partnership, cycle, address, field):
    client.force_login(anna)

    response = client.post(address.format(pk=partnership.pk), {field: [HUGE]})

    assert response.status_code == 200
    assert field in response.context["form"].errors


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30"])
def test_a_year_that_is_a_slip_of_the_finger_is_told(client, anna, partnership, municipality_party, day):
    seat = factories.SeatFactory(partnership=partnership, organisation=municipality_party.organisation)
    client.force_login(anna)

    response = client.post(f"/samverkan/funktioner/{seat.pk}/upphor/", {"ends": day, "last_day": day, "day": day})

    assert response.status_code == 200
    assert response.context["form"].errors
    assert Seat.objects.get(pk=seat.pk).ends is None


def test_the_same_goes_for_every_record(client, anna, partnership, cycle):
    client.force_login(anna)

    response = client.post(
        f"/samverkan/{partnership.pk}/grupper/ny/",
        {"kind": "steering", "name": "Styrgruppen", "starts": "0001-01-01", "rhythm": "", "mandate": ""},
    )

    assert "kan inte stämma" in str(response.context["form"].errors["starts"])
