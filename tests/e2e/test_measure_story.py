"""A morning in Landskrona: a goal that can be followed up, a measure against a cause, its log, and a campaign again."""

import re

from playwright.sync_api import expect

PROBLEM = "Öppen narkotikaförsäljning i Karlslund"
CAMPAIGN = "Informationskampanj om alkohol, narkotika och tobak"


def test_from_a_vague_goal_to_a_measure_that_is_carried_out(desktop, phone):
    desktop.sign_in("polis.landskrona@demo.example")
    page = desktop.page
    page.goto("/samverkan/")
    page.get_by_role("link", name="Samverkan Landskrona").first.click()
    page.goto(f"/overenskommelser/atgarder/?samverkan={_partnership(page)}")
    _write_goal(desktop)
    measure = _write_measure(desktop)
    _begin(desktop)
    _log(phone, measure)
    _repeat(desktop)

    assert not desktop.complaints
    assert not phone.complaints


def _partnership(page):
    return re.search(r"samverkan[=/](\d+)", page.url + page.content()).group(1)


def _write_goal(visitor):
    page = visitor.page
    assert visitor.axe() == []
    page.get_by_role("link", name="Målen").click()
    page.get_by_role("link", name="Lägg till mål", exact=True).click()
    page.locator("#id_problem").select_option(label=PROBLEM)
    page.locator("#id_text").press_sequentially("Vi ska verka för ett tryggt Karlslund")
    expect(page.locator("#rad")).to_contain_text("säger vad ni gör, inte vad som ska ändras")
    expect(page.locator("#rad")).to_contain_text(f"Skriv i stället: {PROBLEM} ska minska från X till Y senast")
    page.locator("#id_text").fill("Trygga boende i Karlslund ska öka från 52 till 65 procent senast 31 december 2027.")
    page.locator("#id_direction").select_option(label="Öka")
    page.locator("#id_own_indicator").fill("Andel trygga, bostadsbolagets enkät")
    page.locator("#id_unit").fill("procent")
    page.locator("#id_target").fill("65")
    page.locator("#id_ends").fill("2027-12-31")
    page.locator("#id_responsible").select_option(label="Polisen, lokalpolisområde Landskrona")
    page.locator("#id_timed").select_option(label="Ja")
    expect(page.locator("#rad")).not_to_contain_text("verka för")
    assert visitor.axe() == []
    visitor.picture("measure-1-goal")
    page.get_by_role("button", name="Spara målet").last.click()
    expect(page.locator("main")).to_contain_text("Utgångsvärde saknas: målet kan inte följas upp.")
    assert visitor.axe() == []
    page.get_by_role("link", name="Ändra målet").click()
    page.locator("#id_baseline").fill("52,5")
    page.locator("#id_baseline_period").fill("2025")
    page.get_by_role("button", name="Spara målet").last.click()
    expect(page.locator("main")).to_contain_text("52,5 procent (2025)")
    page.get_by_role("button", name="Anta målet").click()
    expect(page.locator(".lede")).to_contain_text("Antaget")


def _write_measure(visitor):
    page = visitor.page
    _new_measure(page)
    page.get_by_label("Ingen griper in på gårdarna").check()
    page.get_by_label("Trygga boende i Karlslund").check()
    page.locator("#id_title").fill("Vuxna ute på gårdarna")
    page.locator("#id_type").select_option(label="Vuxennärvaro")
    assert page.locator("#id_prevention").input_value() == "both"
    page.locator("#id_place").fill("Karlslund")
    page.locator("#id_responsible").select_option(label="Landskrona stad")
    page.locator("#id_function").fill("Fritidschef")
    page.locator("#id_term").select_option(label="På kort sikt")
    page.locator("#id_manner").select_option(label="Ordinarie arbete")
    page.locator("#id_starts").fill("2026-10-01")
    page.locator("#id_planned_count").fill("20")
    page.locator("#id_unit").fill("kvällar")
    assert visitor.axe() == []
    page.get_by_role("button", name="Spara åtgärden").click()
    expect(page.locator("main")).to_contain_text("Åtgärden är sparad som förslag.")
    return page.url


def _new_measure(page):
    page.goto(f"/overenskommelser/atgarder/?samverkan={_partnership(page)}")
    page.get_by_role("link", name="Lägg till åtgärd").click()
    page.get_by_role("link", name=PROBLEM).click()


def _begin(visitor):
    page = visitor.page
    page.get_by_role("link", name="Besluta").click()
    page.locator("#id_decided_by").fill("Styrgruppen")
    assert visitor.axe() == []
    page.get_by_role("button", name="Besluta").click()
    page.get_by_role("button", name="Påbörja").click()
    expect(page.locator("#messages")).to_contain_text("Före-värdet saknas")
    assert visitor.axe() == []
    page.get_by_role("link", name="Skriv före-värdet").click()
    page.locator("#id_baseline").fill("52,5")
    page.locator("#id_baseline_text").fill("procent trygga 2025, bostadsbolagets enkät")
    page.get_by_role("button", name="Spara åtgärden").click()
    page.get_by_role("button", name="Påbörja").click()
    expect(page.locator(".lede")).to_contain_text("Pågår")
    expect(page.locator("main")).to_contain_text("Låst sedan åtgärden påbörjades.")
    page.get_by_role("link", name="Lägg till moment").click()
    page.locator("#id_text").fill("Gör schema för hösten")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("button", name="Markera som klart: Gör schema för hösten").click()
    expect(page.locator("#moment")).to_contain_text("klart")


def _log(visitor, measure):
    page = visitor.page
    visitor.sign_in("landskrona@demo.example")
    page.goto(measure)
    assert visitor.fits()
    page.get_by_text("Har kört fast", exact=True).click()
    page.locator("#id_text").fill("Ingen vill ta fredagarna.")
    page.locator("#id_count").fill("0")
    visitor.picture("measure-2-log-phone")
    page.get_by_role("button", name="Spara loggraden").click()
    expect(page.locator(".lede")).to_contain_text("Har kört fast")
    assert visitor.fits()
    assert visitor.axe() == []
    page.goto(f"/overenskommelser/atgarder/?samverkan={_partnership(page)}&visa=fast")
    expect(page.locator("table")).to_contain_text("Vuxna ute på gårdarna")
    assert visitor.fits()


def _repeat(visitor):
    page = visitor.page
    _new_measure(page)
    page.locator("#id_title").fill("Informationskampanj igen")
    page.locator("#id_type").select_option(label=CAMPAIGN)
    page.locator("#id_place").fill("högstadieskolorna")
    page.locator("#id_responsible").select_option(label="Landskrona stad")
    page.locator("#id_function").fill("Skolchef")
    page.locator("#id_starts").fill("2026-11-01")
    page.get_by_role("button", name="Spara åtgärden").click()
    expect(page.locator("main")).to_contain_text("Det här liknar något som ni har gjort förut.")
    expect(page.locator("#forut")).to_contain_text("Elva procent hade provat också 2019.")
    expect(page.locator("#forut")).to_contain_text("Röd: inte som tänkt")
    assert visitor.axe() == []
    visitor.picture("measure-3-done-before")
    page.locator("#id_repeat_reason").fill("Bara om den byggs in i elevhälsans arbete.")
    page.get_by_role("button", name="Spara åtgärden").click()
    expect(page.locator("main")).to_contain_text("Upprepar")
    expect(page.locator(".lede")).to_contain_text("Upprepas")
