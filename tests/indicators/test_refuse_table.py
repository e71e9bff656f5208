"""Whatever is sent in: a result or a sentence, never another error; and never more time or memory than it deserves."""

import contextlib
import datetime as dt
import io
import struct
import time
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from indicators.example_workbook import build
from indicators.readers import guesses, pointed_out
from indicators.readers.results import ReadResult
from indicators.readers.sent_file import SentFile
from lib.spreadsheets import read_workbook
from lib.tables import read_any
from lib.uploads import FileRefused
from lib.web_tables import read_web_page
from tests.indicators.old_workbooks import old_workbook, record
from tests.indicators.workbooks import lycksele_workbook, workbook, yearly

MEGABYTE = 1024 * 1024
KOLADA = [["Nyckeltal", "Kommun", "År", "Värde"], ["Invånare totalt, antal", "Lycksele", "2016", 12000.0]]
OJ = [["K-kod", "Kommun", "Anmälda våldsbrott per 1 000 invånare 2024"], ["2481", "Lycksele", 9.4]]
SOL = "<table><tr><td></td><th>2015</th></tr><tr><th>Lycksele</th><td>5</td></tr></table>"
EXAMPLES = [
    lycksele_workbook(),
    old_workbook(KOLADA),
    workbook({"Indikatorer": OJ}),
    yearly("Lycksele;1500;12400"),
    "region;Folkmängd 2024\r\n2481 Lycksele;12000\r\n".encode("utf-16"),
    SOL.encode(),
    "Område;År;Otrygga, andel (%)\nLycksele;2024;31,5\n".encode("cp1252"),
]
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def outcome(content, places):
    """What becomes of the file all the way to its rows, by its kind or as it is guessed."""
    sent = SentFile(content, "fil")
    kind = sent.kind(places)
    if kind:
        return sent.read(kind, places, year=2024, last_year=2026)
    guess = guesses.guess(sent.book, places, "fil")
    return pointed_out.read(sent.book, guess, places, last_year=2026) if guess else ReadResult("")


def is_refused_or_read(content, places):
    try:
        result = outcome(content, places)
    except FileRefused as refusal:
        return str(refusal).endswith(".")
    return all(row.value is None or row.value >= 0 for row in result.rows)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_examples_have_figures(number, places):
    assert outcome(EXAMPLES[number], places).rows


@quick
@given(content=st.binary(max_size=400))
@example(content=b"PK\x03\x04")
@example(content=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
@example(content=b"<table><tr><td colspan=9999 rowspan=9999>")
def test_any_bytes_are_refused_or_read(places, content):
    assert is_refused_or_read(content, places)


@quick
@given(number=st.integers(0, len(EXAMPLES) - 1), cut=st.floats(0, 1), at=st.floats(0, 1), noise=st.binary(max_size=6))
def test_a_file_that_was_cut_or_spoilt_is_refused_or_read(places, number, cut, at, noise):
    content = EXAMPLES[number]
    place = int(at * len(content))

    assert is_refused_or_read(content[: int(cut * len(content))], places)
    assert is_refused_or_read(content[:place] + noise + content[place + len(noise) :], places)


@quick
@given(
    rows=st.lists(
        st.lists(
            st.one_of(
                st.none(),
                st.sampled_from(
                    ["Lycksele", "Hela landet", "2024", "2013, Jun", "..", "-", "NaN", "inf", "1e999", "#N/A"]
                ),
                st.integers(-(10**12), 10**12),
                st.floats(allow_nan=False, allow_infinity=False),
                st.booleans(),
                st.text(max_size=12),
            ),
            max_size=6,
        ),
        max_size=8,
    ),
    header=st.sampled_from([KOLADA[0], OJ[0], ["region", "kön", "Folkmängd 2024"], ["Kommun", "2023", "2024"], []]),
)
def test_any_rows_below_a_known_header_are_refused_or_read(places, rows, header):
    text = "\n".join(";".join("" if cell is None else f"{cell}" for cell in row) for row in [header, *rows])

    assert is_refused_or_read(text.encode("utf-8", "replace"), places)


@quick
@given(text=st.text(st.sampled_from("<>/!-tabletrdh colspan=\"2' &nbsp;x1"), max_size=300))
def test_any_web_page_is_refused_or_read(text):
    with contextlib.suppress(FileRefused):
        assert read_web_page(f"<table>{text}").sheets


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr>" * 60_000,
        "<table><tr>" + "<td colspan=400>" * 60_000,
        "<table>" + '<tr><td rowspan="400" colspan="400">x</td></tr>' * 5_000,
        "<table>" * 400_000,
        "<!--" * 500_000,
        "<table><tr><td" * 200_000,
        "<table><tr><td>" + "&" * 1_500_000,
    ],
)
def test_a_page_that_would_swell_costs_neither_time_nor_memory(page):
    began = time.monotonic()
    tracemalloc.start()
    with contextlib.suppress(FileRefused):
        read_web_page(page)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 250 * MEGABYTE
    assert time.monotonic() - began < 20


def test_names_that_double_each_other_in_an_old_workbook_are_not_evaluated():
    """Each name is the one before, twice: forty of them would be a terabyte."""
    first = b"\x17" + bytes([100, 0]) + b"a" * 100
    names = record(0x18, _name("n0", first))
    for number in range(1, 40):
        names += record(
            0x18,
            _name(
                f"n{number}",
                b"\x23" + struct.pack("<HH", number, 0) + b"\x23" + struct.pack("<HH", number, 0) + b"\x08",
            ),
        )
    tracemalloc.start()
    sheets = read_any(old_workbook(KOLADA, extra=names)).sheets
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(sheets[0].rows) == 2
    assert peak < 5 * MEGABYTE


def _name(name, formula):
    return struct.pack("<HBBHHHBBBB", 0, 0, len(name), len(formula), 0, 0, 0, 0, 0, 0) + b"\0" + name.encode() + formula


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (old_workbook([["x", number] for number in range(20_001)]), "fler än 20000 rader"),
        (old_workbook([[1.0] * 250] * 900), "för stor"),
        (old_workbook(KOLADA, extra=record(0x85, b"\0" * 12) * 121), "för stor"),
        (old_workbook(KOLADA, extra=record(0x2F, b"\0" * 6)), "skyddad med lösenord"),
        (old_workbook(KOLADA)[:3000], "skadad eller ofullständig"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000, "skadad eller ofullständig"),
    ],
    ids=["rows", "cells", "sheets", "password", "truncated", "hollow"],
)
def test_an_old_workbook_that_must_not_be_read_is_refused(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read_any(content)


def test_an_error_in_an_old_workbook_is_no_figure():
    number = record(0x203, struct.pack("<HHHd", 1, 3, 0, 12000.0))
    error = record(0x205, struct.pack("<HHHBB", 1, 3, 0, 42, 1)) + record(0x7FFF, b"\0\0")
    spoilt = old_workbook(KOLADA).replace(number, error)

    assert read_any(spoilt).sheets[0].rows[1][3] == "#N/A"


def test_ten_thousand_sheets_are_refused_at_once():
    """As parts of their own, and as one part that is listed ten thousand times."""
    began = time.monotonic()
    for content in (_sheets(10_000), _listed(10_000)):
        with pytest.raises(FileRefused, match="för stor"):
            read_any(content)

    assert time.monotonic() - began < 10


def _sheets(count):
    """A real workbook's parts, with so many sheets."""
    return _altered({f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(2, count)})


def _listed(count):
    space = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    lines = "".join(f'<sheet name="B{number}" sheetId="{number}" r:id="rId1"/>' for number in range(1, count))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return _altered({"xl/workbook.xml": f'<workbook xmlns="{main}" {space}><sheets>{lines}</sheets></workbook>'})


def _altered(changes):
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(lycksele_workbook())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name, part in (parts | changes).items():
            new.writestr(name, part)
    return content.getvalue()


def same_day(value):
    """A day without a time is a date to us and midnight to the other library."""
    return value.date() if isinstance(value, dt.datetime) and value.time() == dt.time() else value


def test_a_workbook_is_read_as_another_library_reads_it(lycksele):
    """Texts, numbers, days, truths, errors, gaps, what is merged: cell by cell the same."""
    day = openpyxl.Workbook()
    day.active.append(["år", None, 7.25, True, "=1+1", "#N/A"])
    day.active.append([])
    day.active.merge_cells("A4:C5")
    day.active["A4"], day.active["B6"] = "ihop", dt.datetime(2024, 1, 5, 12, 30)
    day.active["C9"], day.active["C9"].number_format = 45000, "yyyy-mm-dd"
    other = io.BytesIO()
    day.save(other)
    for content in (build(lycksele), other.getvalue()):
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        ours = read_workbook(content).sheets
        assert [sheet.name for sheet in ours] == book.sheetnames
        for sheet in ours:
            theirs = book[sheet.name]
            found = {(r, c): v for r, row in enumerate(sheet.rows, 1) for c, v in enumerate(row, 1) if v is not None}
            assert found == {
                (c.row, c.column): same_day(c.value) for row in theirs.iter_rows() for c in row if c.value is not None
            }


@pytest.mark.parametrize("name", ["tabell.xlsx", "tabell.pdf", "tabell", "tabell.csv"])
def test_the_name_of_a_file_decides_nothing_that_its_contents_tell(places, name):
    assert SentFile(old_workbook(KOLADA), name).kind(places) == "kolada"
    assert SentFile(lycksele_workbook(), name).kind(places) == "lagesbild"


def test_rows_that_stand_twice_are_read_once_and_contradictions_not_at_all(places):
    same, other = KOLADA[1], [*KOLADA[1][:3], 13000.0]

    twice = outcome(old_workbook([*KOLADA, same]), places)
    against = outcome(old_workbook([*KOLADA, other]), places)

    assert (len(twice.rows), twice.warnings[0][:24]) == (1, "1 siffror står två gånge")
    assert against.rows == []
    assert "Inget av dem läses in" in against.unmatched[0].reason


def test_a_table_with_thousands_of_indicators_is_refused(places):
    rows = [[f"Nyckeltal nummer {number}, antal", "Lycksele", "2016", 1.0] for number in range(600)]

    with pytest.raises(FileRefused, match="fler än 500 indikatorer"):
        outcome(old_workbook([KOLADA[0], *rows]), places)
