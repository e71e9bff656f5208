"""A dialogue from plan to published result, and a resident who answers it on a phone without scripts."""

import re

from playwright.sync_api import expect


def test_from_question_to_published_answer(desktop, site):
    page = desktop.page
    desktop.sign_in("samordnare@demo.example")
    _plan(page)
    dialogue = page.url
    address = _ask(page)

    _answer_as_resident(desktop, site, address)

    page.goto(f"{dialogue}fragor/")
    page.get_by_role("button", name="Stäng nu").click()
    _judge(page, dialogue)
    _write_and_answer(page, dialogue)
    _close_and_publish(page, dialogue)
    desktop.picture("dialogue-closed")
    assert desktop.axe() == []
    assert desktop.complaints == []


def _plan(page):
    page.goto("/dialoger/")
    page.get_by_role("link", name="Planera en dialog").click()
    page.get_by_role("combobox", name="Typ").select_option("citizen")
    page.get_by_role("combobox", name="Kommun").select_option(label="Lycksele")
    page.get_by_role("combobox", name="Metod").select_option("square")
    page.get_by_label("Rubrik").fill("Torgmöte om gångvägen")
    page.get_by_label("Syfte").fill("Vad skulle göra vägen tryggare?")
    page.get_by_role("checkbox", name="Invånare").check()
    page.get_by_role("checkbox", name="Lycksele kommun").check()
    page.get_by_label("Område och plats").fill("Torget")
    today = page.evaluate("new Date().toISOString().slice(0, 10)")
    page.get_by_label("Från och med").fill(today)
    page.get_by_label("Till och med").fill(today)
    page.get_by_role("button", name="Spara planen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Torgmöte om gångvägen")


def _ask(page):
    page.get_by_role("link", name="Frågor till invånare").click()
    page.get_by_role("textbox", name="Frågan", exact=True).fill("Var är det mörkt?")
    page.get_by_label("Slag av svar").select_option("text")
    page.get_by_role("button", name="Lägg till frågan").click()
    page.get_by_role("link", name="Öppna för invånare").click()
    page.get_by_role("button", name="Spara dagarna").click()
    return page.locator("a[href^='/medborgarloften/'][href*='/dialog/']").get_attribute("href")


def _answer_as_resident(visitor, site, address):
    """Three seconds, as nobody reads faster; then the answer is in, and no cookie has been set."""
    context = visitor.page.context.browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    phone = context.new_page()
    phone.goto(site.url + address)
    phone.get_by_label("Var är det mörkt?").fill("Vid bron.")
    phone.wait_for_timeout(4000)
    phone.get_by_role("button", name="Skicka svaret").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Tack för ditt svar")
    assert context.cookies() == []
    context.close()


def _judge(page, dialogue):
    page.goto(f"{dialogue}svar/")
    page.get_by_role("link", name="Granska nästa svar").click()
    expect(page.locator("main")).to_contain_text("Vid bron.")
    page.get_by_label("Ja, ta med det").check()
    page.get_by_role("button", name="Spara och visa nästa").click()
    expect(page.locator("#messages")).to_contain_text("Inga fler svar väntar")


def _write_and_answer(page, dialogue):
    page.goto(dialogue)
    page.get_by_role("button", name="Dialogen är genomförd").click()
    page.goto(f"{dialogue}dokumentera/?rad=tema")
    page.keyboard.type("Mörkt vid bron")
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Sparat")
    page.goto(dialogue)
    expect(page.locator("#saknas")).to_contain_text("1 tema har inget svar")
    page.get_by_role("link", name=re.compile("^Besvara")).click()
    page.get_by_label("Redan åtgärdat").check()
    page.get_by_label("Svaret till dem som deltog").fill("Lampan är bytt.")
    page.get_by_role("button", name="Spara").click()


def _close_and_publish(page, dialogue):
    page.goto(f"{dialogue}aterkoppling/")
    page.get_by_label(re.compile("Återkoppling")).fill("Ni sa att det är mörkt vid bron. Lampan är bytt.")
    page.get_by_label(re.compile("Hur ni återkopplade")).fill("Anslag vid bron")
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("button", name="Avsluta dialogen").click()
    page.get_by_role("link", name="Publicera resultatet").click()
    page.get_by_label(re.compile("Jag har läst texten")).check()
    page.get_by_role("button", name="Publicera för alla").click()
    expect(page.locator("#resultat")).to_contain_text("Visas för alla")
