"""What is typed is not lost, refusals are explained, and errors speak Swedish."""

import datetime as dt

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.forms import PasswordInput
from django.test import Client, override_settings
from django.utils.html import escape

from accounts.forms import AcceptForm
from partnerships.models import Cycle, Partnership
from samverkan.errors import is_secret
from tests import factories

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
    """Somebody (Bo) signs in through the page, with the address that the browser was on its way to."""

    def do(lost, person=bo):
        person.set_password(PASSWORD)
        person.save()
        EmailAddress.objects.get_or_create(user=person, email=person.email, verified=True, primary=True)
        return client.post(lost["Location"], {"login": person.email, "password": PASSWORD}, follow=True)

    return do


@pytest.fixture
def lost(client, bo, page, typed):
    """Bo's session ends while he writes; he sends the form all the same."""

    def send(**more):
        client.force_login(bo)
        client.get("/konto/")
        del client.cookies["sessionid"]
        return client.post(page, typed | more)

    return send


def fields_of(answer):
    """What the offered form would send."""
    return {name: texts[0] for name, texts in answer.context["kept"]["fields"].items()}


def test_a_form_sent_after_the_session_ended_is_offered_again_and_can_be_sent(
    client, page, lost, signs_in, partnership
):
    offered = signs_in(lost())
    shown = offered.content.decode()
    client.post(page, fields_of(offered))

    assert "Det du skrev finns kvar" in shown
    assert escape(LONG) in shown
    assert Partnership.objects.get(pk=partnership.pk).about.replace("\r\n", "\n") == LONG


def test_it_is_offered_until_it_is_sent(client, page, typed, lost, signs_in):
    signs_in(lost())

    again = client.get(page).content.decode()
    client.post(page, typed)
    after = client.get(page).content.decode()

    assert "Det du skrev finns kvar" in again
    assert "Det du skrev finns kvar" not in after


def test_it_can_be_waved_away(client, page, lost, signs_in):
    offered = signs_in(lost())

    client.get(offered.context["away"])

    assert "Det du skrev finns kvar" not in client.get(page).content.decode()


def test_other_pages_are_shown_as_they_are(client, lost, signs_in):
    signs_in(lost())

    assert "Det du skrev finns kvar" not in client.get("/konto/").content.decode()


def test_it_is_forgotten_after_an_hour(lost, signs_in, time_machine):
    sent = lost()
    time_machine.move_to(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=61))

    assert "Det du skrev finns kvar" not in signs_in(sent).content.decode()


def test_the_next_person_at_the_desk_is_not_offered_it_and_it_is_gone(client, page, anna, bo, lost, signs_in):
    shown = signs_in(lost(), anna).content.decode()
    left = client.session["kept_forms"]
    again = client.get(page).content.decode()

    assert escape(LONG) not in shown + again
    assert left == []


def test_it_is_not_offered_where_the_page_no_longer_lets_the_person_in(client, bo, page, lost, signs_in):
    sent = lost()
    bo.memberships.update(ends=dt.date(2020, 2, 1))

    answer = signs_in(sent)

    assert answer.status_code == 404
    assert escape(LONG) not in answer.content.decode()


def test_a_buttons_address_has_no_page_but_its_form_is_offered(client, lisa, lycksele_page, signs_in):
    client.force_login(lisa)
    client.get("/konto/")
    del client.cookies["sessionid"]

    offered = signs_in(client.post(f"{lycksele_page}bjud-in/", {"name": LONG}), lisa)

    assert offered.status_code == 200
    assert escape(LONG) in offered.content.decode()


@pytest.mark.parametrize("cookie", [None, "1", "1:abc:def"])
def test_a_stranger_leaves_nothing_in_the_database(client, page, typed, cookie):
    if cookie:
        client.cookies["senast"] = cookie

    answer = client.post(page, typed)

    assert answer["Location"].startswith("/konto/login/")
    assert not Session.objects.exists()


def test_the_cookie_that_says_who_it_was_is_ours_alone(client, bo, settings):
    settings.SESSION_COOKIE_SECURE = True
    client.force_login(bo)

    cookie = client.get("/konto/", secure=True).cookies["senast"]

    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert "senast" not in client.get("/konto/").cookies


def test_a_browser_keeps_a_few_forms_at_most(client, page, lost, typed):
    lost()
    for number in range(5):
        client.post(f"/organisation/{number}/bjud-in/", typed)

    kept = [form["path"] for form in client.session["kept_forms"]]
    assert kept == [f"/organisation/{number}/bjud-in/" for number in (4, 3, 2)]


def test_several_values_of_one_field_are_kept(lost, signs_in):
    offered = signs_in(lost(local_police_areas=["1", "2"])).content.decode()

    assert '<input type="hidden" name="local_police_areas" value="1">' in offered
    assert '<input type="hidden" name="local_police_areas" value="2">' in offered


def test_passwords_are_never_kept(client, lost):
    lost(password=PASSWORD)
    client.post("/konto/password/change/", {"oldpassword": PASSWORD, "password1": "x", "password2": "x"})

    assert PASSWORD not in str(dict(client.session))


def test_what_is_too_long_is_not_kept(client, lost):
    lost(about="x" * 100_001)

    assert "kept_forms" not in client.session


@pytest.mark.parametrize("secret", ["password", "password_again", "nytt_losen", "Lösenord", "code", "csrftoken"])
def test_an_old_forms_key_shows_what_was_typed_but_no_secret(bo, page, typed, secret):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bo)

    answer = strict.post(page, typed | {secret: "hemligt"})

    assert answer.status_code == 403
    assert "Sidan var för gammal" in answer.content.decode()
    assert escape(LONG) in answer.content.decode()
    assert "hemligt" not in answer.content.decode()


def test_every_field_for_a_secret_is_known_by_its_name():
    fields = AcceptForm(email="nils@example.se").fields

    secret = {name for name, field in fields.items() if isinstance(field.widget, PasswordInput)}

    assert secret == {name for name in fields if is_secret(name)}


@pytest.mark.parametrize("address", ["/", "/konto/", "/finns-inte/", "/medborgarloften/arbete/"])
def test_nothing_a_signed_in_person_sees_is_stored(client, anna, address):
    client.force_login(anna)

    stored = client.get(address)["Cache-Control"]

    assert "no-store" in stored
    assert "private" in stored


@pytest.mark.parametrize("address", ["/konto/login/", "/inbjudan/pahittad/"])
def test_nor_are_the_ways_in(client, db, address):
    assert "no-store" in client.get(address)["Cache-Control"]


def test_what_visitors_read_is_left_alone_and_no_page_asks_for_the_camera(client, db):
    answer = client.get("/medborgarloften/")

    assert "no-store" not in answer.get("Cache-Control", "")
    assert "camera=()" in answer["Permissions-Policy"]


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


def test_a_reason_is_not_lost_when_somebody_was_faster(client, bo, cycle):
    problem = factories.ProblemFactory(cycle=cycle, status="dismissed", reason="Hanteras av någon annan.")
    client.force_login(bo)

    answer = client.post(f"/lagesbilder/problem/{problem.pk}/bevaka/", {"reason": "Vi följer det varje månad."})

    assert answer.status_code == 409
    assert "läget har ändrats" in answer.content.decode()
    assert "Vi följer det varje månad." in answer.content.decode()


def test_an_address_that_only_takes_forms_says_where_the_page_is(client, bo, cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    client.force_login(bo)

    answer = client.get(f"/overenskommelser/atgarder/{measure.pk}/logg/")

    assert answer.status_code == 405
    assert f'href="/overenskommelser/atgarder/{measure.pk}/"' in answer.content.decode()


def test_too_old_a_page_leads_back_to_where_it_was(bo, partnership):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bo)
    page = f"/lagesbilder/problem/ny/?samverkan={partnership.pk}"

    answer = strict.post(page, {"title": "Otrygghet vid torget"}, headers={"referer": f"http://testserver{page}"})

    assert f'href="{page}"' in answer.content.decode()
    assert "Otrygghet vid torget" in answer.content.decode()
