"""An afternoon's story: from an empty municipality to an established joint lägesbild with three analysed problems.

Malå's coordinator starts the partnership, and both parties answer the twelve questions. They share, merge, settle
their difference, prioritise in the steering group, analyse three problems and order the lägesbild as PDF.
"""

import datetime as dt
import re
import subprocess
from zoneinfo import ZoneInfo

from playwright.sync_api import expect

PROBLEMS = {
    "mala": ["Skadegörelse vid skolan", "Otrygghet kring bussen", "Ungdomsfylleri vid badet"],
    "polis.skelleftea": ["Skadegörelse kring skolan"],
}


def test_from_nothing_to_a_joint_picture_with_three_analysed_problems(desktop, second, tmp_path):
    municipality, police = desktop, second
    municipality.sign_in("mala@demo.example")
    police.sign_in("polis.skelleftea@demo.example")

    _start_partnership(municipality)
    _answer_twelve_questions(municipality, "mala", "kommunens lägesbild")
    _answer_twelve_questions(police, "polis.skelleftea", "polisens lägesbild")
    _merge(police)
    _settle_difference(municipality)
    _approve(police)
    _approve(municipality, last=True)
    _prioritise(police)
    _analyse(police)
    words = _order_pdf(police, tmp_path)

    for problem in PROBLEMS["mala"]:
        assert problem in words
    assert "Anmälda brott totalt" in words
    assert "Händelsekedja" in words
    assert not municipality.complaints
    assert not police.complaints


def _start_partnership(visitor):
    page = visitor.page
    page.goto("/samverkan/ny/")
    page.locator("#id_name").fill("Samverkan Malå")
    page.get_by_label("Polisen, lokalpolisområde Skellefteå").check()
    page.get_by_role("button", name="Starta").click()
    expect(page.locator("main")).to_contain_text("Samverkan Malå")


def _pictures(visitor):
    page = visitor.page
    page.goto("/samverkan/")
    page.get_by_role("link", name="Samverkan Malå").first.click()
    page.get_by_role("link", name="Lägesbilder", exact=True).first.click()


def _answer_twelve_questions(visitor, who, whose):
    page = visitor.page
    _pictures(visitor)
    page.get_by_role("button", name=re.compile("Svara på tolv frågor")).click()
    assert visitor.axe() == []
    if who == "mala":
        assert "Anmälda brott totalt i Malå" in page.get_by_label(re.compile("2. Hur har brotten")).input_value()
    page.get_by_label("Medarbetardialog").check()
    page.get_by_label("Medborgardialog eller trygghetsvandring").check()
    page.get_by_label(re.compile("4. Var händer det")).fill("Skolan, busshållplatsen och badet.")
    page.get_by_label(re.compile("7. Vilka blir följderna")).fill("Kostnader, och unga som stannar hemma.")
    page.get_by_label(re.compile("8. Vad mer spelar roll")).fill("Skolan byggs om nästa år.")
    for number, problem in enumerate(PROBLEMS[who], start=1):
        page.get_by_label(f"Problem {number}: vad").fill(problem)
        page.get_by_label(f"Problem {number}: var").fill("Malå tätort")
    page.get_by_label(re.compile("11. Vad är er samlade bedömning")).fill("Få vuxna är ute på kvällarna.")
    page.get_by_label(re.compile("12. Vad ska ledningen läsa")).fill(f"Så ser {whose} ut.")
    page.get_by_label("Framtagen av (funktion)").fill("Samordnare" if who == "mala" else "Kommunpolis")
    visitor.picture(f"{who}-1-twelve-questions")
    page.get_by_role("button", name="Spara svaren").click()
    page.get_by_role("button", name="Markera som klar").click()
    page.get_by_role("link", name="Ledningen har tagit del av den").click()
    page.get_by_label("Vem i ledningen (funktion)").fill("Ledningsgruppen")
    page.get_by_label("Datum").fill("2026-11-02")
    page.get_by_role("button", name="Ledningen har tagit del av den").click()
    page.get_by_role("link", name="Dela med övriga parter").click()
    page.get_by_label("Inga uppgifter omfattas av sekretess").check()
    page.get_by_role("button", name="Dela med övriga parter").click()
    expect(page.locator("main")).to_contain_text("Lägesbilden är delad med övriga parter.")
    visitor.picture(f"{who}-2-shared")


def _merge(visitor):
    page = visitor.page
    _pictures(visitor)
    page.get_by_role("link", name="Ny gemensam lägesbild").click()
    page.get_by_label("Rubrik").fill("Malås gemensamma lägesbild")
    page.get_by_label("Period från").fill("2025-01-01")
    page.get_by_label("Period till").fill("2025-12-31")
    page.get_by_role("button", name="Skapa utkast").click()
    page.get_by_role("link", name="För samman lägesbilderna").click()
    page.get_by_role("button", name="För samman").click()
    assert visitor.axe() == []
    visitor.picture("3-merging")
    for section in ("Sammanfattning", "Brottsutveckling", "Platser", "Konsekvenser", "Analys och samlad bedömning"):
        page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name=section).click()
        page.get_by_role("button", name="Spara och gå vidare").click()
    page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name="Annan betydelsefull information").click()
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name="Trygghet och utsatthet").click()
    page.get_by_label("Skillnad att notera").fill("Kommunen hör oro som inte syns i anmälningarna.")
    page.get_by_role("button", name="Spara och gå vidare").click()
    page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name="Problem").click()
    for problem in PROBLEMS["mala"]:
        page.get_by_role("button", name=f"Ta med {problem}").click()
    page.get_by_label(re.compile("Skadegörelse kring skolan")).select_option(label="Del av: Skadegörelse vid skolan")
    page.get_by_role("button", name="Ta med Skadegörelse kring skolan").click()
    assert visitor.axe() == []
    visitor.picture("4-problems-taken")


def _settle_difference(visitor):
    page = visitor.page
    _pictures(visitor)
    page.get_by_role("link", name="Malås gemensamma lägesbild").click()
    expect(page.locator("main")).to_contain_text("ställningstagande till 1 skillnad")
    page.get_by_role("link", name="För samman lägesbilderna").click()
    page.get_by_role("navigation", name="Avsnitt").get_by_role("link", name="Trygghet och utsatthet").click()
    page.get_by_role("link", name=re.compile("Behåll som fråga")).click()
    page.get_by_label("Motivering").fill("Vi frågar på trygghetsvandringen i mars.")
    page.get_by_role("button", name="Behåll som fråga").click()
    expect(page.locator("main")).to_contain_text("Kvar som fråga")
    visitor.picture("5-difference-kept")


def _approve(visitor, *, last=False):
    """Each side says yes to the same text; the last one establishes it."""
    page = visitor.page
    _pictures(visitor)
    page.get_by_role("link", name="Malås gemensamma lägesbild").click()
    if not last:
        page.get_by_role("button", name="Markera som klar").click()
    page.get_by_role("link", name="Godkänn").click()
    assert visitor.axe() == []
    page.get_by_role("button", name="Godkänn").click()
    said = "Lägesbilden är fastställd." if last else "Lägesbilden är godkänd för er sida."
    expect(page.locator("main")).to_contain_text(said)
    visitor.picture(f"6-{'established' if last else 'approved'}")


def _prioritise(visitor):
    page = visitor.page
    page.goto("/samverkan/")
    page.get_by_role("link", name="Samverkan Malå").first.click()
    page.get_by_role("link", name="Problem", exact=True).first.click()
    page.get_by_role("link", name="Prioritera problemen").click()
    page.get_by_role("button", name=re.compile("Väg problemen")).click()
    for box in page.locator("table.matrix select").all()[::4]:
        box.select_option(label="Ja")
    for row in page.locator("table.matrix tbody tr").all():
        expect(row).to_contain_text("6 av 22")  # three answers of yes; what is being saved is pale for a moment
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert visitor.axe() == []
    visitor.picture("7-matrix")
    page.get_by_role("link", name="För in styrgruppens beslut").click()
    page.get_by_label("Beslutad den").fill(f"{dt.datetime.now(ZoneInfo('Europe/Stockholm')):%Y-%m-%d}")
    for number, outcome in enumerate(page.locator("select[name^=outcome_]").all(), start=1):
        outcome.select_option(label="Prioriteras")
        page.locator("input[name^=place_]").nth(number - 1).fill(str(number))
    assert visitor.axe() == []
    visitor.picture("8-decision")
    page.get_by_role("button", name="För in beslutet").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Prioriteringen den")


def _analyse(visitor):
    """Each problem's causes, written while people talk: Enter saves and the field is ready for the next."""
    page = visitor.page
    for problem in PROBLEMS["mala"]:
        page.goto("/samverkan/")
        page.get_by_role("link", name="Samverkan Malå").first.click()
        page.get_by_role("link", name="Problem", exact=True).first.click()
        page.get_by_role("link", name=problem).first.click()
        page.get_by_role("button", name=re.compile("orsaksanalys", re.IGNORECASE)).first.click()
        for cause in ("Inga vuxna är där på kvällen", "Skolgården är mörk"):
            field = page.locator("#ny-orsak [name=text]")
            field.fill(cause)
            field.press("Enter")
            expect(page.locator("#orsaker")).to_contain_text(cause)
        expect(page.locator("#ny-orsak [name=text]")).to_be_focused()
        _choose_first_cause(page)
        page.get_by_role("link", name="Skriv svar och mötet").click()
        _note_meeting(page)
        expect(page.locator("#laget")).to_contain_text("svar på vad som händer")
        _describe_problem(page, problem)
        page.get_by_role("button", name="Markera analysen som klar").click()
        expect(page.locator("main")).to_contain_text("Klar")
    page.goto(f"{page.url.split('?')[0]}?visa=fiskben")
    assert visitor.axe() == []
    visitor.picture("9-fishbone")


def _choose_first_cause(page):
    page.get_by_role("link", name="Ändra orsak 1").click()
    page.locator("#orsaker [name=chosen]").check()
    page.locator("#orsaker").get_by_role("button", name=re.compile("Spara")).click()
    expect(page.locator("#orsaker")).to_contain_text("Ska påverkas")


def _describe_problem(page, problem):
    """The meeting alone is not an analysis: what happens, where and when, and who is hit."""
    page.get_by_role("link", name="Skriv svar och mötet").click()
    page.locator("#id_what").fill(f"{problem}: rutor krossas och grupper blir kvar.")
    page.locator("#id_where_when").fill("Malå tätort, fredagar och lördagar efter 21.")
    page.locator("#id_who").fill("Ungdomar på högstadiet, och boende intill.")
    page.locator("#id_chain").fill("Sista bussen går\nGruppen blir kvar\nRutor krossas")
    page.get_by_role("button", name=re.compile("Spara")).click()


def _note_meeting(page):
    page.get_by_role("group", name="Källor ur lägesbilden").get_by_role("checkbox").first.check()
    page.locator("#id_participants").fill("Kommunpolis, samordnare, rektor")
    page.locator("#id_police_took_part").check()
    page.locator("#id_municipality_took_part").check()
    page.locator("#id_held_on").fill("2026-11-17")
    page.get_by_role("button", name=re.compile("Spara")).click()


def _order_pdf(visitor, tmp_path):
    """The words of the PDF, as a reader of the file gets them."""
    page = visitor.page
    _pictures(visitor)
    page.get_by_role("link", name="Malås gemensamma lägesbild").click()
    page.get_by_role("link", name="Lägesbilden som PDF").click()
    page.get_by_role("button", name="Beställ PDF").click()
    expect(page.get_by_role("link", name="Öppna PDF")).to_be_visible(timeout=60_000)
    visitor.picture("10-pdf-ready")
    with page.expect_download() as download:
        page.evaluate(
            "() => { const a = document.querySelector('a[href$=\"/pdf/\"]'); a.download = 'b.pdf'; a.click() }"
        )
    path = tmp_path / "lagesbild.pdf"
    download.value.save_as(path)
    return subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
