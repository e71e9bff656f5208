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
        if re.match(name, focused["name"], re.IGNORECASE):
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


def go_on(page, text):
    """The causes are drawn anew without leaving the page: wait for the text, and until nothing is on its way."""
    expect(page.locator("#orsaker")).to_contain_text(text)
    settle(page)


def settle(page):
    """Until htmx has put in what came, and has given focus to what asks for it for the last time."""
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")).to_have_count(0)
    page.wait_for_timeout(100)


def test_causes_are_analysed_without_a_mouse(desktop, phone):
    """On the meeting's shared screen; what was written is then read and changed on a telephone."""
    page = desktop.page
    desktop.sign_in("kommunpolis@demo.example")
    address = _begin_an_analysis(page)
    reach(page, "orsak")
    page.keyboard.type("Ingen vuxen är på platsen efter 22")
    page.keyboard.press("Enter")
    go_on(page, "1. Ingen vuxen")
    assert page.evaluate("document.activeElement.name") == "text"
    page.keyboard.type("Fritidsgården stänger klockan 20")
    page.keyboard.press("Enter")
    go_on(page, "2. Fritidsgården")

    reach(page, "Ändra orsak 2")  # move it under the first
    page.keyboard.press("Enter")
    expect(page.locator("#orsaker form [name=text]")).to_be_focused()
    settle(page)
    reach(page, "ligger bakom", most=5)
    page.keyboard.type("1.")
    reach(page, "Spara orsaken")
    page.keyboard.press("Enter")
    expect(page.locator("#orsak-1 #orsak-2")).to_be_visible()
    assert until(
        lambda: page.evaluate(FOCUSED)["name"].startswith("Ändra orsak 2"), seconds=5
    )  # it comes with the answer

    page.keyboard.press("Enter")  # where focus was left: choose it
    expect(page.locator("#orsaker form [name=text]")).to_be_focused()
    settle(page)
    reach(page, "ska påverkas")
    page.keyboard.press("Space")
    reach(page, "Spara orsaken")
    page.keyboard.press("Enter")
    go_on(page, "Ska påverkas")
    assert desktop.axe() == []
    desktop.picture("keyboard-causes")

    _note_the_meeting(page)
    press(page, "Markera analysen som klar")
    expect(page.locator("main")).to_contain_text("Orsaksanalysen är klar.")
    assert not desktop.complaints

    phone.sign_in("samordnare@demo.example")
    for shape in ("trad", "fiskben", "lista"):
        phone.page.goto(f"{address}?visa={shape}")
        expect(phone.page.locator("#orsak-1 #orsak-2")).to_be_visible()
        assert phone.fits(), shape
        assert phone.axe() == []
        phone.picture(f"phone-causes-{shape}")


def _begin_an_analysis(page):
    """Of the prioritised problem that nobody has analysed yet."""
    page.goto("/samverkan/")
    page.get_by_role("link", name="Samverkan Södra Lappland").first.click()
    page.get_by_role("link", name="Problem", exact=True).first.click()
    for link in page.locator("main table a, main li a").evaluate_all("all => all.map(a => a.href)"):
        page.goto(link)
        begin = page.get_by_role("button", name=re.compile("orsaksanalys", re.IGNORECASE))
        if begin.count():
            press(page, begin.first.inner_text())
            if "/orsaksanalys/" in page.url:  # an earlier cycle's problem is closed, and says so
                return page.url.split("?")[0]
    raise AssertionError("alla problem är analyserade")


def _note_the_meeting(page):
    press(page, "Skriv svar och mötet")
    for label, words in (
        ("vad händer, och hur går det till", "Rutor krossas"),
        ("var och när", "Vid resecentrum, sena kvällar"),
        ("vilka grupper är inblandade", "Unga och resande"),
        ("annat underlag", "Anmälda brott och trygghetsvandring"),
        ("medverkande funktioner", "Kommunpolis"),
    ):
        reach(page, label)
        page.keyboard.type(words)
    for label in ("polisen var med", "kommunen var med"):
        reach(page, label)
        page.keyboard.press("Space")
    reach(page, "hölls den")
    for part in range(3):  # the first of January this year, in whichever order the browser asks
        page.keyboard.press("ArrowUp")
        if part < 2:
            page.keyboard.press("ArrowRight")
    press(page, "Spara")
