"""The red thread in a browser: by keyboard along its lines, on a phone as words, enlarged inside its own box."""

from playwright.sync_api import expect


def thread(visitor, query=""):
    visitor.sign_in("kungsbacka@demo.example")
    visitor.page.goto("/samverkan/")
    visitor.page.get_by_role("link", name="Samverkan Kungsbacka").first.click()
    visitor.page.get_by_role("link", name="Röda tråden", exact=True).click()
    if query:
        visitor.page.goto(visitor.page.url.split("?")[0] + query)


def focused(visitor):
    return visitor.page.evaluate("document.activeElement.getAttribute('aria-label') || ''")


def test_arrows_follow_the_lines(desktop):
    thread(desktop)
    desktop.page.locator("a[data-key^=problem]").first.focus()

    desktop.page.keyboard.press("ArrowRight")
    assert focused(desktop).startswith("Orsaker: 1. Ingen personal")
    desktop.page.keyboard.press("ArrowDown")
    assert focused(desktop).startswith("Orsaker: 2. Gångtunneln")
    desktop.page.keyboard.press("ArrowRight")
    assert focused(desktop).startswith("Åtgärder: Ny belysning")
    assert desktop.page.locator("path.lit").count() > 0
    assert desktop.axe() == []
    desktop.picture("rod-trad")


def test_tab_goes_from_box_to_box_in_reading_order(desktop):
    thread(desktop)
    desktop.page.locator("a[data-key^=problem]").first.focus()

    desktop.page.keyboard.press("Tab")

    assert focused(desktop).startswith("Orsaker: 1. Ingen personal")


def test_enlarged_it_is_moved_about_inside_its_box(desktop):
    thread(desktop, "?storlek=200")

    assert desktop.fits()
    assert desktop.page.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.thread-scroll'))")


def test_words_first_on_a_phone_and_the_drawing_behind_a_link(phone):
    thread(phone)

    assert not phone.page.locator(".thread-scroll").is_visible()
    assert phone.page.get_by_text("Åtgärden leder inte till något av problemets mål.").first.is_visible()
    assert phone.fits()
    phone.page.get_by_role("link", name="Se tråden som ritning").click()
    expect(phone.page.locator(".thread-scroll")).to_be_visible()
    assert phone.fits()
    assert phone.axe() == []
