"""An agreement from draft to signed to its next version, by those who do it: two at each their computer."""

import re

from playwright.sync_api import expect

TITLE = "Överenskommelse om samverkan 2027–2030, Södra Lappland"
SUGGESTED = "Bygger på den gemensamma lägesbilden 2026 och på det som byarna har berättat."
# The parties that do not sign on a page here, each by its own people.
SIGN_THE_REST = """
import django; django.setup()
from accounts.models import Membership
from agreements.actions import sign
from agreements.models import Agreement
from lib.dates import today
agreement = Agreement.objects.get(title={title!r}, status="proposed")
for party in agreement.parties.exclude(pk__in=agreement.signatures.values("party")):
    chair = Membership.objects.filter(organisation=party.organisation, role="signatory").latest("starts").user
    sign(agreement, by=chair, party=party, checksum=agreement.checksum, function="Kommunstyrelsens ordförande",
         name=chair.name, way="in_person", signed_on=today())
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
    local = _write_local_part(second, address)
    _sign(desktop, "lpochef@demo.example", local, "Chef för lokalpolisområdet")
    _sign(second, "ks.asele@demo.example", local, "Kommunstyrelsens ordförande")
    _is_signed(second, local)
    new = _revise(desktop, address)
    _send(desktop, new)
    _sign(desktop, "lpochef@demo.example", new, "Chef för lokalpolisområdet")
    _sign(second, "ks.asele@demo.example", new, "Kommunstyrelsens ordförande")
    site.run("-c", SIGN_THE_REST.format(title=TITLE))
    _is_signed(second, new)

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
    _send(visitor, address, "synpunkt är obesvarad")


def _send(visitor, address, told="Texten låses"):
    page = visitor.page
    page.goto(address)
    page.get_by_role("link", name="Skicka för underskrift").click()
    expect(page.locator("main")).to_contain_text(told)
    page.get_by_role("button", name="Skicka för underskrift").click()
    _open(visitor, address)


def _sign(visitor, email, address, function):
    visitor.context.clear_cookies()
    visitor.sign_in(email)
    page = visitor.page
    _open(visitor, f"{address}underteckna/")
    page.get_by_label("Funktion").fill(function)
    page.get_by_label("Namn").fill("Person Påhittad")
    page.get_by_label("Hur den undertecknades").select_option("in_person")
    page.get_by_role("button", name="Registrera underskriften").click()
    expect(page.locator("main")).to_contain_text("Underskriften är registrerad")


def _write_local_part(visitor, address):
    """Åsele's own part under the signed common text: laid out, written, taken its own way in one section, and sent."""
    visitor.context.clear_cookies()
    visitor.sign_in("asele@demo.example")
    page = visitor.page
    page.goto(address)
    page.get_by_role("link", name="Lägg upp lokala delar").click()
    for box in page.get_by_role("checkbox").all():
        box.set_checked(box.locator("xpath=..").inner_text().strip() == "Åsele")
    page.get_by_role("button", name="Lägg upp lokala delar").click()
    page.locator("#lokala-delar").get_by_role("link", name="Åsele").click()
    local = page.url.split("#")[0]
    page.goto(f"{local}avsnitt/bakgrund/")
    page.get_by_label(re.compile("Bakgrund")).fill("Åsele har två skolor och långt mellan byarna.")
    page.get_by_role("button", name="Spara avsnittet").click()
    page.goto(f"{local}anpassning/uppfoljning/")
    page.get_by_label("Så gäller det hos oss").fill("Vi följer upp varje tertial.")
    page.get_by_label("Varför ni avviker").fill("Så går vår budgetprocess.")
    page.get_by_role("button", name=re.compile("Spara")).click()
    _open(visitor, local)
    expect(page.locator("main")).to_contain_text("Vi följer upp varje tertial.")
    _send(visitor, local)
    return local


def _is_signed(visitor, address):
    visitor.page.reload()
    _open(visitor, address)
    expect(visitor.page.get_by_role("complementary", name="Läge och nästa steg")).to_contain_text("Undertecknad")


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
    return new
