"""What is typed is not lost, refusals are explained, and errors speak Swedish."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.test import Client, override_settings
from django.utils.html import escape

from partnerships.models import Cycle, Partnership

PASSWORD = "gul-cykel-regn-9"
LONG = "Vi har träffats varje månad sedan i mars.\nDet har gett mer än vi trodde & mycket att göra."


@pytest.fixture
def page(partnership):
    return f"/samverkan/{partnership.pk}/andra/"


@pytest.fixture
def typed(partnership):
    return {"name": partnership.name, "about": LONG, "revision": "0"}


@pytest.fixture
def signs_in(client, bo):
    """Bo signs in through the page, with the address that he was on his way to."""
    bo.set_password(PASSWORD)
    bo.save()
    EmailAddress.objects.create(user=bo, email=bo.email, verified=True, primary=True)

    def do(lost):
        return client.post(lost["Location"], {"login": bo.email, "password": PASSWORD}, follow=True)

    return do


def fields_of(answer):
    """What the offered form would send."""
    return {name: texts[0] for name, texts in answer.context["kept"]["fields"].items()}


def test_a_form_sent_after_the_session_ended_is_offered_again_and_can_be_sent(
    client, page, typed, signs_in, partnership
):
    lost = client.post(page, typed)
    offered = signs_in(lost)
    shown = offered.content.decode()
    client.post(page, fields_of(offered))

    assert "Det du skrev finns kvar" in shown
    assert escape(LONG) in shown
    assert Partnership.objects.get(pk=partnership.pk).about.replace("\r\n", "\n") == LONG


def test_it_is_offered_until_it_is_sent(client, page, typed, signs_in):
    signs_in(client.post(page, typed))

    again = client.get(page).content.decode()
    client.post(page, typed)
    after = client.get(page).content.decode()

    assert "Det du skrev finns kvar" in again
    assert "Det du skrev finns kvar" not in after


def test_it_can_be_waved_away(client, page, typed, signs_in):
    offered = signs_in(client.post(page, typed))

    client.get(offered.context["away"])

    assert "Det du skrev finns kvar" not in client.get(page).content.decode()


def test_other_pages_are_shown_as_they_are(client, page, typed, signs_in):
    signs_in(client.post(page, typed))

    assert "Det du skrev finns kvar" not in client.get("/konto/").content.decode()


def test_it_is_forgotten_after_an_hour(client, page, typed, signs_in, time_machine):
    lost = client.post(page, typed)
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61))

    assert "Det du skrev finns kvar" not in signs_in(lost).content.decode()


def test_several_values_of_one_field_are_kept(client, partnership, page, typed, signs_in):
    offered = signs_in(client.post(page, typed | {"local_police_areas": ["1", "2"]})).content.decode()

    assert '<input type="hidden" name="local_police_areas" value="1">' in offered
    assert '<input type="hidden" name="local_police_areas" value="2">' in offered


def test_passwords_are_never_kept(client, db):
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"})

    assert PASSWORD not in str(dict(client.session))


def test_what_is_too_long_is_not_kept(client, page, typed):
    client.post(page, typed | {"about": "x" * 200_001})

    assert "typed" not in client.session


def test_an_old_forms_key_shows_what_was_typed(bo, page, typed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bo)

    answer = strict.post(page, typed | {"password": "hemligt"})

    assert answer.status_code == 403
    assert "Sidan var för gammal" in answer.content.decode()
    assert escape(LONG) in answer.content.decode()
    assert "hemligt" not in answer.content.decode()


def test_a_step_that_no_longer_stands_open_is_a_sentence_on_the_records_page(client, bo, cycle):
    Cycle.objects.update(status=Cycle.Status.CLOSED, closed_on=dt.date(2026, 11, 22))
    client.force_login(bo)

    answer = client.post(f"/samverkan/omgangar/{cycle.pk}/avbryt/", {"reason": "Slut"}, follow=True)

    assert answer.redirect_chain == [(cycle.get_absolute_url(), 302)]
    assert "läget har ändrats sedan sidan öppnades" in answer.content.decode()


@pytest.mark.parametrize(("address", "status"), [("/finns-inte/", 404), ("/organisation/999999/", 404)])
def test_errors_are_pages_of_ours(client, anna, address, status):
    client.force_login(anna)

    answer = client.get(address)

    assert answer.status_code == status
    assert "Till startsidan" in answer.content.decode()
    assert 'class="top"' in answer.content.decode()


@override_settings(DEBUG=False)
def test_a_fault_of_ours_says_that_nothing_saved_is_lost(client, anna, monkeypatch):
    client.force_login(anna)
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.views.is_mfa_enabled", lambda user: 1 / 0)

    answer = client.get("/konto/")

    assert answer.status_code == 500
    assert "Inget som du redan har sparat är borta" in answer.content.decode()


def test_the_menu_shows_who_one_is_and_where(client, lisa, lycksele_page):
    client.force_login(lisa)

    page = client.get(lycksele_page).content.decode()

    assert "Lisa Lund" in page
    assert "Personer i Lycksele kommun" in page
    assert f'<a href="{lycksele_page}" aria-current="page">' in page


@pytest.fixture
def lycksele_page(organisations):
    return f"/organisation/{organisations['lycksele'].pk}/"


def test_a_demo_says_so_on_every_page_and_nothing_else_does(client, anna, settings):
    client.force_login(anna)

    outside = client.get("/konto/").content.decode()
    settings.DEMO = True
    inside = client.get("/konto/").content.decode()

    assert "Demodata" in inside
    assert "Demodata" not in outside
