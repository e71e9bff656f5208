"""Numbers and days that no form offers: a sentence in the form, never a fault in the house."""

import pytest
from django.db import transaction
from django.forms import BaseForm

from partnerships.models import Seat
from samverkan.middleware import CleanWhatWasTyped
from tests import addresses, factories, world

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


NUL = "Text\x00 med\vosynligt\N{ZERO WIDTH SPACE}"


def test_no_form_and_no_search_stumbles_over_what_a_document_leaves(
    client, bo, partnership, cycle, cast, organisations, lycksele
):
    """PostgreSQL refuses NUL: every page is asked with it in its address, and sent it in each of its fields."""
    built = world.build(partnership, cycle, cast, organisations, lycksele)
    client.force_login(bo)
    sent = 0
    for name in addresses.names():
        address = addresses.address(name, built)
        asked = {"sok": NUL, "kommun": NUL, "sida": NUL, "lage": NUL, "slag": NUL, "blad": NUL, "visa": NUL}
        with transaction.atomic():
            _closed(client.get(address, asked))
            page = _closed(client.get(address))
            transaction.set_rollback(True)
        fields = dict.fromkeys(_fields_of(page), NUL)
        with transaction.atomic():
            answer = _closed(client.post(address, fields | {"kommun": NUL, "into": NUL}))
            assert answer.status_code < 500, name
            transaction.set_rollback(True)
        sent += bool(fields)

    assert sent > 30


def _closed(response):
    """With its file closed, where it was one; not the response itself, which would also let go of the database."""
    for close in response._resource_closers:
        close()
    return response


def _fields_of(page):
    """The names of all fields in the forms that the page was drawn from."""
    drawn = page.context if isinstance(page.context, list) else [page.context] if page.context else []
    found = [value for context in drawn for layer in context.dicts for value in layer.values()]
    return {form.add_prefix(name) for form in found if isinstance(form, BaseForm) for name in form.fields}


def test_what_is_pasted_is_stored_without_what_nobody_sees(client, bo, partnership):
    client.force_login(bo)
    client.post(
        f"/samverkan/{partnership.pk}/andra/",
        {"name": "Samverkan\x00 Lappland", "about": "Rad ett\vrad\N{ZERO WIDTH SPACE} två\r\nrad tre", "revision": 0},
    )
    partnership.refresh_from_db()

    assert partnership.name == "Samverkan Lappland"
    assert partnership.about.splitlines() == ["Rad ett", "rad två", "rad tre"]


def test_a_password_is_left_as_it_was_typed(rf):
    request = rf.post("/konto/login/", {"login": "a\x00b", "password": "a\x00b"})
    CleanWhatWasTyped(None).process_view(request, None, (), {})

    assert request.POST.dict() == {"login": "ab", "password": "a\x00b"}
