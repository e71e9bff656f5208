"""The same story without a mouse: every control is reached with Tab, is seen to have focus, and answers to Enter."""

import re

from playwright.sync_api import expect

from demo.people import PASSWORD
from tests.house import until

MOST_TABS = 150
FOCUSED = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const label = one.labels && one.labels.length ? one.labels[0].textContent : "";
  return {
    name: (one.getAttribute("aria-label") || label || one.textContent || one.value || "").trim(),
    seen: style.outlineStyle !== "none" || style.boxShadow !== "none",
    onPage: box.bottom > 0 && box.top < innerHeight && box.width > 0,
  };
}"""


def reach(page, name, most=MOST_TABS):
    """Tab until the control of that name has focus; it must show it, and lie within the window."""
    for _ in range(most):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if re.match(name, focused["name"]):
            assert focused["seen"], f"{focused['name']} har fokus utan att det syns"
            # The browser scrolls there softly.
            assert until(lambda: page.evaluate(FOCUSED)["onPage"], 3), f"{focused['name']} hamnar utanför fönstret"
            return
    raise AssertionError(f"{name} nås inte med Tab på {page.url}")


def press(page, name):
    reach(page, name)
    enter(page)


def enter(page):
    """Enter, and what it leads to."""
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_story_without_a_mouse(desktop, site):
    page = desktop.page
    page.goto("/konto/login/")
    reach(page, "E-post")
    page.keyboard.type("asele@demo.example")
    reach(page, "Lösenord")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.url}/")

    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["name"] == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    press(page, "Kommuner$")
    reach(page, "Sök")
    page.keyboard.type("Åsele")
    enter(page)
    press(page, "Åsele$")
    expect(page.get_by_role("heading", level=1, name="Åsele")).to_be_visible()

    press(page, "Steg 4")
    press(page, "Planerad uppföljning$")
    reach(page, "Motivering|Vad visar|Varför")
    page.keyboard.type("Beredningsgruppen följer upp varje kvartal.")
    press(page, "Bekräfta")
    expect(page.locator("main")).to_contain_text("Klar")

    page.goto("/kommuner/asele/")
    press(page, "Beställ lägesrapport")
    press(page, "Beställ lägesrapporten")
    expect(page.get_by_role("link", name="Öppna PDF")).to_be_visible(timeout=60_000)
    reach(page, "Öppna PDF")
    assert desktop.complaints == []


def test_the_map_is_walked_with_the_arrows(desktop):
    page = desktop.page
    desktop.sign_in("bra@demo.example")
    page.goto("/kommuner/")
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('svg') !== null"):
            break
    first = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label') || document.activeElement.textContent")
    assert first != second, "piltangenten flyttar inte fokus i kartan"
    enter(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/kommuner/" in page.url
    assert page.url.count("/") > 4, "Enter öppnar inte kommunen"
