"""An agreement from draft to signed to its next version, by those who do it: two at each their computer."""

import re

from playwright.sync_api import expect

TITLE = "Överenskommelse om samverkan 2027–2030, Södra Lappland"
SUGGESTED = "Bygger på den gemensamma lägesbilden 2026 och på det som byarna har berättat."
# The parties that do not sign on a page here, as their own people would.
SIGN_THE_REST = """
import django; django.setup()
from accounts.models import User
from agreements.actions import sign
from agreements.models import Agreement
from lib.dates import today
agreement = Agreement.objects.get(title={title!r}, status="proposed")
bosses = User.objects.get(email="lpochef@demo.example")
for party in agreement.parties.exclude(pk__in=agreement.signatures.values("party")):
    sign(agreement, by=bosses, party=party, checksum=agreement.checksum, function="Kommunstyrelsens ordförande",
         name="Person Påhittad", signed_on=today())
"""


def test_from_draft_to_the_next_version(desktop, second, site):
    desktop.sign_in("kommunpolis@demo.example")
    second.sign_in("asele@demo.example")

    address = _refer(desktop)
    _suggest(second, address)
    _take_in_and_send(desktop, address)
    _sign(desktop, "lpochef@demo.example", address, "Chef för lokalpolisområdet")
    _sign(second, "ks.asele@demo.example", address, "Kommunstyrelsens ordförande")
    site.run("-c", SIGN_THE_REST.format(title=TITLE))
    _revise(desktop, address)

    assert desktop.complaints + second.complaints == []


def _open(visitor, address):
    visitor.page.goto(address)
    assert visitor.axe() == []
    assert visitor.fits()
    visitor.picture(re.sub(r"\W+", "-", visitor.page.url.split("/", 3)[3]))


def _refer(visitor):
    page = visitor.page
    page.goto("/overenskommelser/?samverkan=1")
    page.get_by_role("link", name=TITLE).click()
    address = page.url
    _open(visitor, address)
    page.get_by_role("link", name="Skicka på remiss").click()
    page.get_by_label("Synpunkter senast").fill("2099-01-31")
    page.get_by_role("button", name="Skicka på remiss").click()
    expect(page.locator("main")).to_contain_text("På remiss")
    return address


def _suggest(visitor, address):
    page = visitor.page
    _open(visitor, address)
    page.get_by_role("link", name="Bakgrund", exact=True).click()
    page.get_by_label("Din synpunkt").fill("Byarna saknas.")
    page.get_by_label("Förslag till ny text").fill(SUGGESTED)
    page.get_by_role("button", name="Lämna synpunkten").click()
    expect(page.locator("main")).to_contain_text("Byarna saknas.")
    _open(visitor, page.url)


def _take_in_and_send(visitor, address):
    page = visitor.page
    page.goto(address)
    page.get_by_role("link", name="Avsluta remissen").click()
    page.get_by_role("button", name="Avsluta remissen").click()
    _open(visitor, f"{address}avsnitt/bakgrund/")
    page.get_by_role("link", name=re.compile("För in förslaget")).click()
    page.get_by_role("button", name="För in").click()
    expect(page.get_by_label(re.compile("Bakgrund"))).to_have_value(SUGGESTED)
    page.goto(address)
    page.get_by_role("link", name="Skicka för underskrift").click()
    expect(page.locator("main")).to_contain_text("synpunkt är obesvarad")
    page.get_by_role("button", name="Skicka för underskrift").click()
    _open(visitor, address)


def _sign(visitor, email, address, function):
    visitor.context.clear_cookies()
    visitor.sign_in(email)
    page = visitor.page
    _open(visitor, f"{address}underteckna/")
    page.get_by_label("Funktion").fill(function)
    page.get_by_label("Namn").fill("Person Påhittad")
    page.get_by_role("button", name="Registrera underskriften").click()
    expect(page.locator("main")).to_contain_text("Underskriften är registrerad")


def _revise(visitor, address):
    visitor.context.clear_cookies()
    visitor.sign_in("kommunpolis@demo.example")
    page = visitor.page
    page.goto(address)
    expect(page.locator("main")).to_contain_text("Börjar gälla senare")
    page.get_by_role("link", name="Revidera").click()
    page.get_by_label("Varför behöver den revideras?").fill("Ett nytt problem har kommit till.")
    page.get_by_role("button", name="Påbörja ny version").click()
    expect(page.locator("main")).to_contain_text("version 2")
    new = page.url
    page.goto(f"{new}avsnitt/bakgrund/")
    page.get_by_label(re.compile("Bakgrund")).fill(SUGGESTED.replace("byarna", "skolorna"))
    page.get_by_role("button", name="Spara avsnittet").click()
    _open(visitor, f"{new}jamfor/")
    expect(page.locator("del")).to_contain_text(["Överstruket", "byarna"])
    expect(page.locator("ins")).to_contain_text(["understruket", "skolorna"])
