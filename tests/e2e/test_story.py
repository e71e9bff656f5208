"""The kommunpolis of Södra Lappland: from sign-in to a situation report, as somebody does who has never seen it."""

import re
import subprocess

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("who", ["desktop", "phone"])
def test_from_sign_in_to_situation_report(who, request, site, tmp_path):
    visitor = request.getfixturevalue(who)
    page = visitor.page
    visitor.sign_in("kommunpolis@demo.example")
    visitor.picture(f"{who}-1-start")

    _import_figures(visitor, site, who)
    _finish_two_lines(visitor, who)
    _order_report(visitor, who, tmp_path)

    assert visitor.complaints == []
    assert page.url.startswith(site.url)


def open_lycksele(visitor):
    visitor.page.goto("/kommuner/lycksele/")
    expect(visitor.page.get_by_role("heading", level=1, name="Lycksele")).to_be_visible()


def _import_figures(visitor, site, who):
    page = visitor.page
    page.goto("/indikatorer/import/")
    page.get_by_label(re.compile("Fil")).set_input_files(site.folder / "demo" / "Lycksele.xlsx")
    page.get_by_role("button", name="Granska", exact=True).click()
    visitor.picture(f"{who}-2-import-preview")
    confirm = page.get_by_role("button", name=re.compile("Läs in"))
    if confirm.count():
        confirm.click()
    page.goto("/kommuner/lycksele/siffror/")
    expect(page.locator("svg").first).to_be_visible()
    visitor.picture(f"{who}-3-figures")
    assert visitor.fits()


def _finish_two_lines(visitor, who):
    open_lycksele(visitor)
    visitor.picture(f"{who}-4-lycksele")
    assert visitor.fits()
    for line in ("S3.3", "S3.4"):
        open_lycksele(visitor)
        visitor.page.goto(visitor.page.url + f"?steg={line[1]}")
        visitor.page.locator(f"a[href*='/{line}/']").first.click()
        visitor.picture(f"{who}-5-line-{line}")
        _confirm(visitor.page)
        expect(visitor.page.locator("main")).to_contain_text("Klar")


def _confirm(page):
    """The site is one for all stories: what another visitor finished is opened again first."""
    if page.get_by_text("Öppna igen").count():
        page.get_by_text("Öppna igen").first.click()
        page.get_by_label(re.compile("Varför|Motivering|Skäl")).first.fill("Ny dialog hålls i november.")
        page.get_by_role("button", name=re.compile("Öppna")).click()
    page.get_by_role("link", name="Bekräfta som klar").or_(
        page.get_by_role("button", name="Bekräfta som klar")
    ).first.click()
    # What is proven asks for none; its box for opening it again lies folded.
    reason = page.get_by_label(re.compile("Motivering|Vad visar|Varför")).locator("visible=true")
    if reason.count():
        reason.first.fill("Styrgruppen gick igenom det den 20 november 2026.")
        page.get_by_role("button", name=re.compile("Bekräfta")).click()


def _order_report(visitor, who, tmp_path):
    page = visitor.page
    open_lycksele(visitor)
    page.get_by_role("link", name="Beställ lägesrapport").first.click()
    page.get_by_role("button", name="Beställ lägesrapporten").click()
    visitor.picture(f"{who}-6-report-progress")
    expect(page.get_by_role("link", name="Öppna PDF")).to_be_visible(timeout=60_000)
    visitor.picture(f"{who}-7-report-done")
    with page.expect_download() as download:
        page.evaluate(
            "() => { const a = document.querySelector('a[href$=\"/pdf/\"]'); a.download = 'r.pdf'; a.click() }"
        )
    path = tmp_path / "rapport.pdf"
    download.value.save_as(path)
    words = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Lägesrapport" in words
    assert "Demodata" in words
    assert "Skadegörelse vid resecentrum" in words
