"""The PDF engine: tagged, the same bytes every time, and shut to everything but our own files."""

import datetime as dt
import hashlib
import io
import logging
import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from lib import pdf
from lib.pdf_text import LONGEST_WORD

CREATED = dt.datetime(2026, 11, 20, 12, 30, tzinfo=dt.UTC)
ROOT = Path(__file__).resolve().parents[2]
MAKE = """
import datetime as dt, hashlib, sys, django
django.setup()
from lib import pdf, situation_report
from tests.lib.sample_report import empty, sample
for report in (empty(), sample())[int(sys.argv[1]):]:
    html = pdf.render_html("pdf/situation_report.html", situation_report.context(report))
    made = pdf.render_pdf(html, created=dt.datetime(2026, 11, 20, 12, 30, tzinfo=dt.UTC))
print(hashlib.sha256(made).hexdigest())
"""


def page(body):
    return f'<!doctype html><html lang="sv"><head><title>Prov</title></head><body>{body}</body></html>'


def text_of(made):
    """All text of a file, in the order it is read."""
    return subprocess.run(["pdftotext", "-raw", "-", "-"], input=made, capture_output=True, check=True).stdout.decode()


def kinds(file):
    """Every element of the structure tree that is read aloud, with what it is."""
    waiting, found = [file.Root.StructTreeRoot.K[0]], []
    while waiting:
        element = waiting.pop()
        found.append((str(element.S), element))
        kids = element.get("/K", [])
        waiting += [kid for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return found


def test_language_title_and_tags(opened):
    assert str(opened.Root.Lang) == "sv"
    assert opened.Root.ViewerPreferences.DisplayDocTitle
    assert opened.Root.MarkInfo.Marked
    assert str(opened.docinfo.Title) == "Lägesrapport · Lycksele · version 3"
    with opened.open_metadata() as xmp:
        assert xmp["pdfuaid:part"] == "1"


def test_the_file_is_dated_by_what_it_is_given_and_not_by_the_clock(opened):
    assert str(opened.docinfo.CreationDate) == str(opened.docinfo.ModDate) == "D:20261120123000+00'00"


def test_a_date_without_time_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        pdf.render_pdf(page(""), created=dt.datetime(2026, 11, 20))


@pytest.mark.slow
def test_the_same_bytes_in_other_processes_on_other_seeds(sample_file):
    made = [
        subprocess.run(
            [sys.executable, "-c", MAKE, skipped],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        ).stdout.strip()
        for seed, skipped in (("1", "1"), ("4242", "0"))  # cold, and after another document
    ]

    assert made == [hashlib.sha256(sample_file).hexdigest()] * 2


def test_header_cells_have_a_scope(opened):
    scopes = {str(element.A.Scope) for kind, element in kinds(opened) if kind == "/TH"}

    assert scopes == {"/Column", "/Row"}


def test_running_heads_are_not_read_aloud(opened):
    streams = [b"\n".join(part.read_bytes() for part in [one.Contents]) for one in opened.pages]

    assert b"/Artifact <</Type /Pagination>> BDC" in streams[1].replace(b"\n", b" ")


def test_what_is_read_aloud_owns_every_other_marked_content(opened):
    owners = opened.Root.StructTreeRoot.ParentTree.Nums

    for number, one in enumerate(opened.pages):
        marks = one.Contents.read_bytes().count(b"/MCID")
        assert marks == sum(owner is not None for owner in owners[2 * number + 1])


def test_links_are_printed(opened):
    flags = {int(link.F) for one in opened.pages for link in one.get("/Annots", [])}

    assert flags == {4}


def test_figures_have_alternatives_and_lie_in_the_page(opened):
    figures = [element for kind, element in kinds(opened) if kind == "/Figure"]

    assert len(figures) == 1 + 5 + 5  # the ring, the charts, the bars
    for figure in figures:
        left, bottom, right, top = map(float, figure.A.BBox)
        assert figure.Alt
        assert 0 <= left < right <= 596
        assert 0 <= bottom < top <= 842


def test_a_small_piece_of_a_table_has_no_row_headers(make):
    made = make("<table><thead><tr><th>A<th>B<th>C</tr></thead><tbody><tr><th>1<td>2<td>3</tr></tbody></table>")

    with pikepdf.open(io.BytesIO(made)) as file:
        cells = [kind for kind, _ in kinds(file) if kind in {"/TH", "/TD"}]
    assert sorted(cells) == ["/TD"] * 3 + ["/TH"] * 3


def test_streams_are_packed_once_and_whole(opened):
    assert opened.check_pdf_syntax() == []
    assert all(one.Contents.get("/Filter") == "/FlateDecode" for one in opened.pages)


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://127.0.0.1:9/x.png", "/etc/hostname", "../manage.py", "css/missing.css"]
)
def test_only_our_static_files_can_be_fetched(address):
    with pytest.raises(pdf.PdfFault, match="own static files"):
        pdf.render_pdf(page(f'<img alt="" src="{address}">'), created=CREATED)


def test_a_drawing_without_alternative_stops_the_file():
    with pytest.raises(pdf.PdfFault, match="title"):
        pdf.render_pdf(page('<svg width="9" height="9"></svg>'), created=CREATED)


def test_a_missing_language_stops_the_file():
    with pytest.raises(pdf.PdfFault, match="lang"):
        pdf.render_pdf("<title>x</title>hej", created=CREATED)


def test_the_sample_gives_no_warning(make, sample_html, caplog):
    with caplog.at_level(logging.INFO):
        make(sample_html)

    assert not caplog.records


def test_progress_is_told(sample_html):
    told = []
    pdf.render_pdf(sample_html, created=CREATED, progress=told.append)

    assert told[0] == "Sätter sidorna"
    assert told[-1].startswith("Skriver ")


def test_what_people_wrote_does_not_reach_the_log(make, caplog):
    with caplog.at_level(logging.DEBUG):
        make("<p>Hemligt \U0001f9ff \N{CJK UNIFIED IDEOGRAPH-65E5}</p>")

    assert "\U0001f9ff" not in caplog.text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Åäö – ÅÄÖ é ü ½ “citat”", "Åäö – ÅÄÖ é ü ½ “citat”"),
        ("Ubmeje tjïelte, Łódź, č đ ŋ š ŧ ž", "Ubmeje tjïelte, Łódź, č đ ŋ š ŧ ž"),
        ("rad\vett\x07\x00\ud800 slut", "rad ett slut"),
        ("\uf0b7 punkt", "• punkt"),
        ("\ue123privat", "privat"),
    ],
)
def test_letters_survive_and_what_is_no_letter_is_dropped(make, typed, read):
    assert read in text_of(make(f"<p>{typed}</p>"))


@pytest.mark.parametrize(
    "body", ["<p>{}</p>", "<h2>{}</h2>", '<table class="grid"><tr><td>{}<td>x</table>', "<p>x <b>y</b>{}</p>"]
)
def test_endless_words_are_broken_quickly_and_kept_whole(make, body):
    word = "ab" * 5000

    made = text_of(make(body.format(word)))

    assert word in "".join(letter for letter in made if letter in "ab")
    assert all(len(line) <= 2 * LONGEST_WORD for line in made.splitlines())


def test_long_but_real_words_are_hyphenated(make):
    text = text_of(make("<p>" + "samverkansöverenskommelsen brottsförebyggandesamordnaren " * 12 + "</p>"))

    assert "-\n" in text
