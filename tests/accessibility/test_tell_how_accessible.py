"""The tillgänglighetsredogörelse: one comes with the product, and the operator writes its own, version by version."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction

from accessibility.models import Statement
from accessibility.shipped import SHIPPED
from journal.models import Event

PAGE = "/tillganglighet/"
DESK = "/admin/accessibility/statement/"


def text(client, page=PAGE):
    return client.get(page).content.decode()


def fields(**changed):
    return SHIPPED | {"operator": "Lycksele kommun", "email": "tillganglighet@example.se"} | changed


@pytest.mark.django_db
def test_one_comes_with_the_product(client):
    page = text(client)

    for part in (
        "delvis förenlig",
        "Hur tillgänglig är webbplatsen?",
        "Rapportera brister",
        "Tillsyn",
        "Myndigheten för digital förvaltning",
        "Kända brister",
        "Hur vi har testat",
        "den som följer med systemet",
    ):
        assert part in page
    assert "/tillganglighet/rapportera/" in page


def test_the_operator_writes_its_own_and_every_version_is_kept(client, ove, anna):
    client.force_login(ove)
    assert SHIPPED["operator"] in text(client, f"{DESK}add/"), "a new one begins as the one that holds"
    for flaws in ("Kartan.", "Ingen."):
        saved = client.post(f"{DESK}add/", fields(flaws=flaws, tested_on="2026-05-01"))
        assert saved.status_code == 302
    client.logout()

    page = text(client)

    assert "Lycksele kommun" in page
    assert "Ingen." in page
    assert "Kartan." not in page
    assert "Senast testad 1 maj 2026" in page
    assert "mailto:tillganglighet@example.se" in page
    assert [one.flaws for one in Statement.objects.all()] == ["Ingen.", "Kartan."]
    assert Event.objects.filter(subject__startswith="accessibility.statement", by=ove).count() == 2


@pytest.mark.parametrize("what", ["change", "delete"])
def test_no_version_is_changed_or_taken_away(client, ove, write, what):
    version = write()
    client.force_login(ove)

    answer = client.post(f"{DESK}{version.pk}/{what}/", fields(operator="Någon annan", post="yes"))

    assert answer.status_code == 403
    for change in (lambda: Statement.objects.update(operator="Någon annan"), version.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Statement.objects.get().operator == "Lycksele kommun"


def test_what_the_operator_writes_is_text_and_nothing_else(client, write):
    write(how="<script>alert(1)</script>", flaws="<b>🎉</b>\n" + "x" * 50_000, published_on=dt.date(2026, 1, 2))

    page = text(client)

    assert "<script>alert" not in page
    assert "&lt;b&gt;🎉" in page
    assert "Webbplatsen publicerades 2 januari 2026" in page


def test_what_is_stored_of_visitors_is_told(client, write):
    write(privacy_contact="Dataskyddsombud: Eva Ek")

    page = text(client, "/kakor-och-personuppgifter/")

    for part in ("sparas inga kakor", "sessionid", "csrftoken", "senast", "Integritetsskyddsmyndigheten", "Eva Ek"):
        assert part in page


@pytest.mark.django_db
@pytest.mark.parametrize("page", [PAGE, f"{PAGE}rapportera/", f"{PAGE}rapportera/tack/", "/kakor-och-personuppgifter/"])
def test_no_cookie_is_set_and_no_script_is_asked_for(client, page):
    answer = client.get(page)

    assert answer.status_code == 200
    assert not answer.cookies
    assert "<script" not in answer.content.decode()


def test_cookies_are_those_that_the_page_names(client, settings, bo):
    """What is told on the page and what the browser gets when somebody signs in."""
    bo.set_password("gul-cykel-regn-9")
    bo.save()
    client.get("/konto/login/")
    client.post("/konto/login/", {"login": bo.email, "password": "gul-cykel-regn-9"})
    client.get("/")
    told = text(client, "/kakor-och-personuppgifter/")

    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name in client.cookies:
        assert f"<strong>{name}</strong>" in told
