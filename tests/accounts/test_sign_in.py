import datetime as dt
import re
import subprocess
import sys

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from accounts.models import Role, User
from accounts.tasks import clear_sessions
from lib.dates import now
from tests.accounts.conftest import PASSWORD

WRONG = "fel-fel-fel-fel"


@pytest.fixture(autouse=True)
def fresh_counters():
    cache.clear()
    yield
    cache.clear()


def inside(client):
    return "_auth_user_id" in client.session


def code(secret):
    """What the app in the telephone shows now."""
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_email_and_password_open_the_door(client, sign_in, anna):
    answer = sign_in(anna)

    assert answer["Location"] == "/"
    assert inside(client)


def test_the_address_is_read_without_regard_to_case(client, can_sign_in, anna):
    can_sign_in(anna)

    client.post("/konto/login/", {"login": "Anna@Example.SE", "password": PASSWORD})

    assert inside(client)


def test_a_wrong_password_says_the_same_as_an_unknown_address(client, sign_in, anna):
    wrong = sign_in(anna, WRONG).content.decode()
    unknown = client.post("/konto/login/", {"login": "ingen@example.se", "password": WRONG}).content.decode()

    assert "E-postadressen eller lösenordet stämmer inte" in wrong
    assert "E-postadressen eller lösenordet stämmer inte" in unknown


def test_the_sign_in_page_speaks_swedish_and_leads_on(client, db):
    page = client.get("/konto/login/").content.decode()

    assert "Glömt lösenordet?" in page
    assert "Konton skapas genom inbjudan" in page
    assert not re.search(r"Sign|Password|Remember|Forgot", page)


def test_an_inactive_person_stays_outside_and_an_open_session_ends(client, sign_in, anna):
    sign_in(anna)
    User.objects.filter(pk=anna.pk).update(is_active=False)

    assert client.get("/konto/").status_code == 302
    assert not inside(client) or client.get("/konto/")["Location"].startswith("/konto/login/")


def test_nobody_signs_up(client, db):
    page = client.get("/konto/signup/")
    client.post("/konto/signup/", {"email": "x@example.se", "password1": PASSWORD, "password2": PASSWORD})

    assert "genom inbjudan" in page.content.decode()
    assert not User.objects.exists()


@pytest.mark.parametrize("address", ["email/", "password/set/", "login/code/confirm/"])
def test_pages_of_allauth_that_we_do_not_offer_are_not_there(client, sign_in, anna, address):
    sign_in(anna)

    assert client.get(f"/konto/{address}").status_code == 404


def test_the_sixth_guess_locks_the_account_even_for_the_right_password(client, sign_in, anna):
    for _ in range(5):
        sign_in(anna, WRONG)

    answer = sign_in(anna)

    assert "För många misslyckade försök" in answer.content.decode()
    assert not inside(client)


def test_guesses_are_counted_across_browsers(sign_in, anna):
    for _ in range(5):
        sign_in(anna, WRONG, browser=Client())
    last = Client()

    sign_in(anna, browser=last)

    assert not inside(last)


GUESS = """
import sys
import tests.environment, django; django.setup()
from allauth.core import ratelimit
from django.test import RequestFactory
request = RequestFactory().post("/konto/login/", REMOTE_ADDR="192.0.2." + sys.argv[1])
print(ratelimit.consume(request, action="login_failed", key="anna@example.se"))
"""


def test_guesses_are_counted_across_processes_in_the_file_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("CACHE_URL", f"filecache://{tmp_path}")
    command = [sys.executable, "-c", GUESS]

    said = [
        subprocess.run([*command, str(n)], capture_output=True, text=True, check=True).stdout.strip() for n in range(6)
    ]

    assert said == ["True"] * 5 + ["False"]


def test_a_forgotten_password_is_chosen_anew_by_mail(client, can_sign_in, anna):
    can_sign_in(anna)
    client.post("/konto/password/reset/", {"email": anna.email})
    link = re.search(r"http://\S+?(/konto/\S+)", mail.outbox[0].body)[1]

    form = client.get(link, follow=True)
    new = "ny-bro-over-alven-4"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    client.post("/konto/login/", {"login": anna.email, "password": new})

    assert mail.outbox[0].subject == "Välj ett nytt lösenord i Samverkan"
    assert inside(client)


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:6666"])
def test_the_link_leads_to_our_own_address_whatever_the_host_says(client, can_sign_in, anna, settings, host):
    settings.SITE_URL = "https://samverkan.example.se"
    can_sign_in(anna)

    client.post("/konto/password/reset/", {"email": anna.email}, headers={"host": host})

    assert "https://samverkan.example.se/konto/password/reset/key/" in mail.outbox[0].body
    assert host not in mail.outbox[0].body


def test_a_used_reset_link_says_so(client, can_sign_in, anna):
    can_sign_in(anna)
    client.post("/konto/password/reset/", {"email": anna.email})
    link = re.search(r"http://\S+?(/konto/\S+)", mail.outbox[0].body)[1]
    anna.set_password("ett-helt-annat-losen")
    anna.save()

    assert "Länken fungerar inte längre" in client.get(link, follow=True).content.decode()


def test_asking_for_a_reset_does_not_tell_who_has_an_account(client, can_sign_in, anna):
    can_sign_in(anna)

    known = client.post("/konto/password/reset/", {"email": anna.email}, follow=True)
    unknown = client.post("/konto/password/reset/", {"email": "ingen@example.se"}, follow=True)

    assert known.content == unknown.content


@pytest.fixture
def clock(time_machine):
    """Stands still, so that no code goes out of date between two lines; moved on by hand."""
    time_machine.move_to(dt.datetime.now(dt.UTC), tick=False)
    return time_machine


@pytest.fixture
def with_second_factor(client, sign_in, anna, clock):
    """Anna has turned it on in the browser; gives the app's secret and the recovery codes that she saw."""
    sign_in(anna)
    client.post("/konto/reauthenticate/", {"password": PASSWORD})
    page = client.get("/konto/2fa/totp/activate/")
    secret = page.context["form"].secret
    shown = client.post("/konto/2fa/totp/activate/", {"code": code(secret)}, follow=True)
    codes = shown.context["unused_codes"]
    client.post("/konto/logout/")
    clock.shift(60)
    return secret, codes


def test_turning_it_on_asks_for_the_password_once_more(client, sign_in, anna):
    sign_in(anna)

    answer = client.get("/konto/2fa/totp/activate/")

    assert answer["Location"].startswith("/konto/reauthenticate/")


def test_a_second_factor_is_turned_on_and_then_asked_for(client, sign_in, with_second_factor, anna):
    secret, _ = with_second_factor

    sign_in(anna)
    between = inside(client)
    client.post("/konto/2fa/authenticate/", {"code": "000000"})
    after_wrong = inside(client)
    client.post("/konto/2fa/authenticate/", {"code": code(secret)})

    assert (between, after_wrong, inside(client)) == (False, False, True)


def test_the_database_holds_no_secret_of_a_second_factor_in_clear(with_second_factor, anna):
    secret, _ = with_second_factor

    stored = {row.type: row.data for row in Authenticator.objects.filter(user=anna)}

    assert secret not in str(stored)
    assert stored["totp"]["secret"].startswith("sealed:")
    assert stored["recovery_codes"]["seed"].startswith("sealed:")


def test_the_key_that_seals_can_be_changed(client, sign_in, with_second_factor, anna, settings):
    secret, _ = with_second_factor
    settings.MFA_KEYS = ["en ny nyckel", *settings.MFA_KEYS]

    sign_in(anna)
    client.post("/konto/2fa/authenticate/", {"code": code(secret)})

    assert inside(client)


def test_a_secret_from_before_it_was_sealed_still_opens(client, sign_in, with_second_factor, anna):
    secret, _ = with_second_factor
    Authenticator.objects.filter(user=anna, type=Authenticator.Type.TOTP).update(data={"secret": secret})

    sign_in(anna)
    client.post("/konto/2fa/authenticate/", {"code": code(secret)})

    assert inside(client)


def test_a_recovery_code_works_once(client, sign_in, with_second_factor, anna):
    _, codes = with_second_factor

    for expected in (True, False):
        sign_in(anna)
        client.post("/konto/2fa/authenticate/", {"code": codes[0]})
        assert inside(client) is expected
        client.post("/konto/logout/")


def test_the_pages_of_the_second_factor_speak_swedish(client, with_second_factor, sign_in, anna):
    secret, _ = with_second_factor
    sign_in(anna)
    ask = client.get("/konto/2fa/authenticate/").content.decode()
    client.post("/konto/2fa/authenticate/", {"code": code(secret)})

    pages = [ask] + [client.get(f"/konto/2fa/{p}", follow=True).content.decode() for p in ("", "recovery-codes/")]

    for page in pages:
        assert not re.search(r"Two-Factor|Authenticat(or|ion) |Recovery|Sign ", page)


def test_roles_named_in_the_setting_come_no_further_without_one(client, sign_in, settings, anna):
    settings.MFA_REQUIRED_ROLES = {Role.COORDINATOR}
    sign_in(anna)

    answer = client.get("/organisation/1/")

    assert answer["Location"] == "/konto/2fa/"
    assert "Din roll kräver tvåstegsverifiering" in client.get("/konto/2fa/").content.decode()


def test_a_misspelled_role_stops_the_start(settings):
    settings.MFA_REQUIRED_ROLES = {"administrator", "adminstrator"}

    with pytest.raises(ImproperlyConfigured, match="MFA_REQUIRED_ROLES nämner roller som inte finns: adminstrator"):
        apps.get_app_config("accounts").ready()


def test_roles_not_named_and_people_with_one_go_on(client, settings, anna, hans, lycksele_kommun):
    settings.MFA_REQUIRED_ROLES = {Role.COORDINATOR}
    Authenticator.objects.create(user=anna, type=Authenticator.Type.TOTP, data={})

    for person in (anna, hans):
        client.force_login(person)
        assert client.get(f"/organisation/{lycksele_kommun.pk}/").status_code == 200


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("anna", "Den lokala administratören i din organisation hjälper dig."),
        ("lisa", "Systemförvaltningen hjälper dig."),
        ("ove", "Det rättar du i systemförvaltningen."),
    ],
)
def test_own_account_page_says_who_helps(client, cast, who, said):
    client.force_login(cast[who])

    assert said in client.get("/konto/").content.decode()


def test_ended_sessions_are_thrown_away_each_day(db):
    Session.objects.create(session_key="gammal", session_data="", expire_date=now() - dt.timedelta(days=1))
    Session.objects.create(session_key="ny", session_data="", expire_date=now() + dt.timedelta(days=1))

    clear_sessions()

    assert settings.CELERY_BEAT_SCHEDULE["clear-sessions"]["task"] == clear_sessions.name
    assert list(Session.objects.values_list("session_key", flat=True)) == ["ny"]


def test_own_account_page_shows_roles_and_locks(client, anna):
    client.force_login(anna)

    page = client.get("/konto/").content.decode()

    assert "Lycksele kommun" in page
    assert "Samordnare eller kommunpolis" in page
    assert "Byt lösenord" in page
