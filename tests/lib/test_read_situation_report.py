"""The situation report: what its reader meets, in the HTML (which is also the preview) and in the file."""

import io
import json
import re
import subprocess

import pikepdf
import pytest

from lib import situation_report
from tests.lib.sample_report import SAMPLE, empty, sample

PAGE = re.compile(r"\d+ \((\d+)\)")


def pages_of(made):
    """The text of each page."""
    text = subprocess.run(["pdftotext", "-layout", "-", "-"], input=made, capture_output=True, check=True).stdout
    return text.decode().replace("\N{NO-BREAK SPACE}", " ").split("\f")[:-1]


@pytest.fixture
def pages(sample_file):
    return pages_of(sample_file)


def test_the_content_is_plain_json():
    assert json.loads(json.dumps(SAMPLE)) == SAMPLE


def test_the_cover_says_what_whom_when_and_how_far(pages):
    for words in (
        "Lägesrapport",
        "Lycksele",
        "November 2026",
        "1 januari – 15 november 2026",
        "3, fastställd 20 november 2026",
    ):
        assert words in pages[0]
    assert "Öppen handling" in pages[0]


def test_the_cover_has_no_running_head_and_every_other_page_has(pages):
    assert not PAGE.search(pages[0])
    for number, text in enumerate(pages[1:], start=2):
        assert f"{number} ({len(pages)})" in text
        assert "Version 3 · fastställd 20 november 2026" in text
        assert "Öppen handling" in text


def test_conclusions_come_first(pages):
    assert (
        pages[1].index("Det viktigaste") < pages[1].index("Skadegörelsen vid resecentrum") < pages[1].index("Innehåll")
    )


def test_the_contents_name_the_right_pages(pages):
    found = dict(re.findall(r"^\s*(?:\d+|Bilaga)\s{2,}(\S.*?)\s{3,}(\d+)$", pages[1], re.MULTILINE))

    assert list(found) == [part.title for part in situation_report.PARTS]
    for title, number in found.items():
        assert title in pages[int(number) - 1]


def test_bookmarks_follow_the_parts(opened):
    with opened.open_outline() as outline:
        titles = [item.title for item in outline.root[0].children]

    assert titles[:2] == ["Det viktigaste", "Innehåll"]
    assert titles[2:] == [f"{part.number} {part.title}" for part in situation_report.PARTS]


@pytest.mark.slow
def test_heads_are_repeated_where_a_table_goes_on(make, report_html):
    measures = [SAMPLE["measures"][number % 6] | {"title": f"Åtgärd nummer {number}"} for number in range(290)]
    pages = pages_of(make(report_html(sample(measures=measures))))

    text = "\n".join(pages)
    holding = [one for one in pages if "Åtgärd nummer" in one]
    assert all(f"nummer {number}" in " ".join(text.split()) for number in (0, 144, 289))
    assert len(holding) > 10
    assert all("Ansvarig" in one for one in holding)


def test_charts_name_their_lines_and_tell_a_sentence(sample_html):
    html = sample_html.replace("\N{NO-BREAK SPACE}", " ")

    assert "Skadegörelsebrott i Lycksele har ökat från 1 210 till 1 490" in html
    assert html.count("<svg") == html.count("<title>") - 1 == 11


def test_a_given_sentence_goes_before_a_made_one(report_html):
    indicator = SAMPLE["indicators"][0] | {"sentence": "Det blev bättre."}

    html = report_html(sample(indicators=[indicator]))
    assert "Det blev bättre." in html
    assert "har ökat från" not in html


def test_the_tables_behind_the_charts_are_in_the_appendix(pages):
    appendix = "\n".join(pages[next(n for n, text in enumerate(pages) if "Bilaga Siffrorna" in text) :])

    assert "2 537" in appendix
    assert "uppgift saknas" in appendix


def test_figures_without_any_number_are_said_to_be_missing(report_html):
    nothing = {"name": "Lycksele", "emphasis": True, "points": [["2025", None]], "ci": None}
    html = report_html(sample(indicators=[SAMPLE["indicators"][0] | {"series": [nothing]}]))

    assert "Uppgift saknas om skadegörelsebrott." in html
    assert 'class="chart"' not in html


def test_an_empty_report_teaches(report_html):
    html = report_html(empty())

    for part in (
        "Inga slutsatser",
        "Ingen samverkansomgång",
        "Ingen statistik",
        "Inga problem",
        "Ingen överenskommelse",
    ):
        assert part in html
    for part in ("Inga åtgärder", "Inga medborgarlöften", "Ingen uppföljning", "Inga funktioner", "Inga källor"):
        assert part in html
    assert '<table class="grid' not in html


def test_a_vacancy_shows(sample_html):
    assert "Vakant i 34 dagar" in sample_html


def test_a_draft_says_so(report_html):
    html = report_html(sample(status="utkast", established_on=None))

    assert "3, utkast" in html
    assert 'data-version="Version 3 · utkast"' in html


def test_demo_is_marked_on_every_page(make, report_html):
    assert all("Demodata" in text for text in pages_of(make(report_html(sample(demo=True)))))


def test_nothing_else_is_marked_as_demo(pages):
    assert not any("Demodata" in text for text in pages)


def test_what_people_typed_is_text_and_nothing_else(make, report_html):
    typed = '<script>alert(1)</script><img src="file:///etc/hostname"> {{ x }} & "y"'
    html = report_html(sample(title=typed, conclusions=[typed], making=[typed], information_class=typed))

    assert "<script" not in html
    assert "<img" not in html
    assert "<script>alert(1)</script>" in pages_of(make(html))[1]


@pytest.mark.slow
def test_endless_titles_stay_on_the_page(make, report_html):
    endless = "x" * 10_000
    made = make(report_html(sample(title=endless, subtitle=endless, information_class=endless, parties=[endless])))

    with pikepdf.open(io.BytesIO(made)) as file:
        assert len(str(file.docinfo.Title)) < 100
    assert "…" in pages_of(made)[-1]


def test_the_page_needs_no_inline_style_or_script(sample_html):
    assert not re.search(r"style=|<style|<script", sample_html)


def test_the_preview_is_the_same_document_with_links_to_our_sheets(report_html, sample_html):
    preview = report_html(sample(), screen=True, back_url="/rapporter/7/")

    assert 'href="/static/css/report.css"' in preview
    assert 'href="/rapporter/7/"' in preview
    assert preview.split("<header", 1)[1].split() == sample_html.split("<header", 1)[1].split()
