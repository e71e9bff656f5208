"""Every file that must not be read, and the sentence that says what to do instead."""

import io
import tracemalloc
import zipfile

import pytest

from lib import workbook_guard
from lib.spreadsheets import is_workbook, read_table, read_workbook
from lib.uploads import FileRefused, read_limited
from tests.indicators.workbooks import lycksele_workbook, workbook

MEGABYTE = 1024 * 1024
SHEET = "xl/worksheets/sheet1.xml"


def altered(changes, source=None, compression=zipfile.ZIP_DEFLATED):
    """A workbook with parts replaced, added or (None) taken out."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source or lycksele_workbook())) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(content, "w", compression) as new:
        for name, part in (parts | changes).items():
            if part is not None:
                new.writestr(name, part)
    return content.getvalue()


def sheet_of(rows):
    """The XML of a sheet around the rows."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return b'<?xml version="1.0"?><worksheet xmlns="' + space + b'"><sheetData>' + rows + b"</sheetData></worksheet>"


def ole(stream):
    """The start of an OLE container that names the stream."""
    return workbook_guard.OLE + b"\0" * 1024 + stream.encode("utf-16-le") + b"\0" * 1024


class Endless:
    """A file of 200 MB that counts how much of it is read."""

    def __init__(self, size):
        self.left, self.read_so_far = size, 0

    def read(self, size=-1):
        taken = min(self.left, size)
        self.left -= taken
        self.read_so_far += taken
        return b"x" * taken


# Made when asked for: some are large.
REFUSED = {
    "old Excel": (lambda: ole("Workbook"), "gamla Excelformatet"),
    "password": (lambda: ole("EncryptedPackage"), "skyddad med lösenord"),
    "no workbook in the zip": (lambda: altered({"xl/workbook.xml": None}), "ingen Excelarbetsbok"),
    "a document": (lambda: altered({"xl/workbook.xml": None, "word/document.xml": b"<w/>"}), "ingen Excelarbetsbok"),
    "macros": (lambda: altered({"xl/vbaProject.bin": b"x"}), "innehåller makron"),
    "truncated": (lambda: lycksele_workbook()[:2000], "skadad eller ofullständig"),
    "truncated at the end": (lambda: lycksele_workbook()[:-10], "skadad eller ofullständig"),
    "only the first letters of a zip": (lambda: b"PK\x03\x04", "skadad eller ofullständig"),
    "a hole in the middle": (lambda: lycksele_workbook()[:900] + b"\0" * 400 + lycksele_workbook()[1300:], "skadad"),
    "zip bomb": (lambda: altered({"xl/media/image1.png": b"\0" * (70 * MEGABYTE)}), "för stor"),
    "bloated sheet": (lambda: altered({SHEET: sheet_of(b" " * (31 * MEGABYTE))}), "för stor"),
    "bloated shared texts": (
        lambda: altered({"xl/sharedStrings.xml": b"<sst>" + b"<si/>" * (2 * MEGABYTE)}),
        "för stor",
    ),
    "too high a ratio": (lambda: altered({"docProps/core.xml": b" " * (4 * MEGABYTE)}), "för stor"),
    "too many cells": (
        lambda: altered({SHEET: sheet_of(b'<row r="1">' + b'<c r="A1"/>' * 250_000 + b"</row>")}),
        "för stor",
    ),
    "too many rows": (lambda: altered({SHEET: sheet_of(b"<row/>" * 250_000)}), "för stor"),
    "a row far down": (
        lambda: altered({SHEET: sheet_of(b'<row r="1048576"><c r="A1048576"><v>1</v></c></row>')}),
        "för stor",
    ),
    "too many sheets": (lambda: altered({f"xl/worksheets/sheet{n}.xml": b"<x/>" for n in range(2, 200)}), "för stor"),
    "too many parts": (lambda: altered({f"xl/theme/t{n}.xml": b"<x/>" for n in range(700)}), "för stor"),
    "formula bomb": (
        lambda: altered({SHEET: sheet_of(b'<row r="1">' + b'<c r="A1"><f>A1*2</f></c>' * 6000 + b"</row>")}),
        "för många formler",
    ),
    "entity bomb": (
        lambda: altered({SHEET: b'<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;">]>' + sheet_of(b"")}),
        "inte uppbyggd som Excel gör",
    ),
    "entity bomb in another encoding": (
        lambda: altered({SHEET: '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a>'.encode("utf-16")}),
        "inte uppbyggd som Excel gör",
    ),
    "entities in the relations": (lambda: altered({"_rels/.rels": b"<!DOCTYPE a><a/>"}), "inte uppbyggd som Excel gör"),
    "broken XML": (lambda: altered({SHEET: sheet_of(b"<row><c></row>")}), "skadad eller ofullständig"),
    "a number that is none": (
        lambda: altered({SHEET: sheet_of(b'<row r="1"><c r="A1" t="n"><v>NaN</v></c></row>')}),
        "skadad eller ofullständig",
    ),
}


@pytest.mark.parametrize(("make", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_workbook_that_must_not_be_read_is_refused(make, sentence):
    content = make()
    with pytest.raises(FileRefused, match=sentence):
        read_workbook(content)


def test_parts_locked_by_a_password_are_refused():
    content = bytearray(lycksele_workbook())
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 8] |= 0x1
    with pytest.raises(FileRefused, match="skyddad med lösenord"):
        read_workbook(bytes(content))


def test_two_parts_of_one_name_are_refused():
    content = io.BytesIO(lycksele_workbook())
    with zipfile.ZipFile(content, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(SHEET, b"<x/>")
    with pytest.raises(FileRefused, match="inte uppbyggd som Excel gör"):
        read_workbook(content.getvalue())


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7", "Filen är en PDF"),
        (b"\x89PNG\r\n", "Filen är en bild"),
        (b"\xff\xd8\xff\xe0", "Filen är en bild"),
    ],
)
def test_files_of_other_kinds_are_told_by_their_first_letters(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        is_workbook(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<!DOCTYPE html><html>", "Filen är en webbsida"),
        (b"\n <HTML><body>", "Filen är en webbsida"),
        (b"Kommun;Antal\x81\x8d\n", "tecken går inte att läsa"),
        (b"Kommun\0;Antal\n", "tecken går inte att läsa"),
        ("Åsele;1;2\nÖr".encode()[:-1] + b"\xc3", "skadad eller ofullständig"),
        (b'Ale;"1;2\n', "Rad 1 går inte att läsa"),
        (b"a;b\n" * 20_002, "fler än 20000 rader"),
    ],
)
def test_text_that_cannot_be_read_is_refused(content, sentence):
    with pytest.raises(FileRefused, match=sentence):
        read_table(content)


def test_200_megabytes_are_refused_without_being_read():
    file = Endless(200 * MEGABYTE)
    tracemalloc.start()
    with pytest.raises(FileRefused, match="Den får vara högst 20 MB"):
        read_limited(file, limit=20 * MEGABYTE)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert file.read_so_far <= 20 * MEGABYTE + 64 * 1024
    assert peak < 24 * MEGABYTE


def test_a_file_that_tells_its_size_is_refused_unread():
    file = Endless(200 * MEGABYTE)
    file.size = 200 * MEGABYTE
    with pytest.raises(FileRefused, match="för stor"):
        read_limited(file, limit=20 * MEGABYTE)
    assert file.read_so_far == 0


def test_an_empty_file_is_refused():
    with pytest.raises(FileRefused, match="Filen är tom"):
        read_limited(io.BytesIO(b""), limit=10)


def test_a_file_of_exactly_the_limit_is_read():
    assert read_limited(io.BytesIO(b"x" * 10), limit=10) == b"x" * 10


def test_a_bomb_costs_neither_time_nor_memory():
    content = altered({SHEET: sheet_of(b'<row r="1">' + b'<c r="A1"/>' * 2_000_000 + b"</row>")})
    tracemalloc.start()
    with pytest.raises(FileRefused):
        read_workbook(content)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 12 * MEGABYTE


def test_a_sheet_that_states_a_wrong_size_is_read_as_it_is():
    rows = b'<row r="1"><c r="A1"><v>7</v></c></row>'
    stated = sheet_of(rows).replace(b"<sheetData>", b'<dimension ref="A1:XFD1048576"/><sheetData>')
    assert read_workbook(altered({SHEET: stated})).sheets[0].rows == [(7,)]


def test_a_formula_counts_with_its_saved_value_and_is_never_evaluated():
    rows = b'<row r="1"><c r="A1"><f>1/0</f><v>42</v></c><c r="B1"><f>HYPERLINK("x")</f></c></row>'
    book = read_workbook(altered({SHEET: sheet_of(rows)}))
    assert book.sheets[0].rows == [(42, None)]
    assert "B1 i Totalt (anmälda)" in book.warnings[0]


def test_many_formulas_without_values_are_told_in_one_sentence():
    book = read_workbook(workbook({"Blad": [["=1+1"] * 40]}))
    assert len(book.warnings) == 1
    assert "med flera" in book.warnings[0]


@pytest.mark.parametrize("name", ["kolada_export_invanare_2016.xls", "kolada_export_sjukfranvaro.xls"])
def test_real_old_workbooks_are_refused(real_data, name):
    with pytest.raises(FileRefused, match="gamla Excelformatet"):
        read_workbook((real_data / name).read_bytes())


def test_a_real_web_page_is_refused(real_data):
    with pytest.raises(FileRefused, match="Filen är en webbsida"):
        read_table((real_data / "bra_sol_resultatsida_med_saknade_varden.html").read_bytes())
