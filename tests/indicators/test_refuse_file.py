"""Every file that must not be read, and the sentence that says what to do instead."""

import io
import random
import re
import subprocess
import sys
import tracemalloc
import zipfile

import pytest

from lib import workbook_guard
from lib.spreadsheets import is_workbook, read_table, read_workbook
from lib.uploads import FileRefused, read_limited
from tests.indicators.workbooks import lycksele_workbook, workbook

MEGABYTE = 1024 * 1024
SHEET, TEXTS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
BOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


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


def replaced(part, old, new):
    """The part of Lycksele's workbook with something else in it; `old` stays where it ends the list."""
    with zipfile.ZipFile(io.BytesIO(lycksele_workbook())) as archive:
        text = archive.read(part)
    assert old in text
    return text.replace(old, new + old if old.startswith(b"</") else new)


def workbook_of_sheets(count):
    return altered({f"xl/worksheets/sheet{number}.xml": b"<x/>" for number in range(2, count + 1)})


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
    "a cell outside every sheet": (
        lambda: altered({SHEET: sheet_of(b'<row r="1"><c r="A99999999999"><v>1</v></c></row>')}),
        "skadad eller ofullständig",
    ),
    "two cells far apart": (
        lambda: altered(
            {SHEET: sheet_of(b'<row r="1"><c r="XFD1"><v>1</v></c></row><row r="900"><c><v>1</v></c></row>')}
        ),
        "för stor",
    ),
    "more texts announced than there can be": (
        lambda: altered({TEXTS: b'<sst uniqueCount="4294967295"><si><t>x</t></si></sst>'}),
        "för stor",
    ),
    "a long text in every cell": (
        lambda: altered(
            {
                TEXTS: b"<sst><si><t>" + b"x" * 900_000 + b"</t></si></sst>",
                SHEET: sheet_of(b'<row r="1">' + b'<c t="s"><v>0</v></c>' * 1000 + b"</row>"),
            }
        ),
        "för stor",
    ),
    "a sheet in an encoding of its own": (
        lambda: altered({SHEET: sheet_of(b"").decode().replace("?>", ' encoding="UTF-16"?>').encode("utf-16")}),
        "inte uppbyggd som Excel gör",
    ),
    "a sheet in a part that is not counted": (
        lambda: altered({RELATIONS: replaced(RELATIONS, b"worksheets/sheet1.xml", b"media/image1.png")}),
        "skadad eller ofullständig",
    ),
    "10 000 sheets": (lambda: workbook_of_sheets(10_000), "för stor"),
    "10 000 names of one sheet": (
        lambda: altered({BOOK: replaced(BOOK, b"</sheets>", b'<sheet name="a" sheetId="9" r:id="rId1"/>' * 10_000)}),
        "för stor",
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
    assert book.sheets[0].rows == [(42,)]
    assert "B1 i Totalt (anmälda)" in book.warnings[0]


def test_what_calls_itself_a_number_and_is_none_is_left_to_the_reader():
    rows = b'<row r="1"><c r="A1" t="n"><v>NaN</v></c><c r="B1"><v>tolv</v></c><c r="C1"><v>7</v></c></row>'
    (row,) = read_workbook(altered({SHEET: sheet_of(rows)})).sheets[0].rows
    assert (str(row[0]), row[1:]) == ("nan", ("tolv", 7))


def test_an_error_is_never_an_empty_cell():
    cells = b'<c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>1</v></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    row = b'<row r="2">' + cells + b"</row>"
    rows = read_workbook(altered({SHEET: sheet_of(row + b'<row r="4"><c r="A4"><v>2</v></c></row>')})).sheets[0].rows
    assert rows[1:] == [("#N/A", 1, "#DIV/0!"), (None, None, None), (2, None, None)]


def test_cells_that_only_have_a_format_make_no_sheet_large():
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="1"/></row><row r="1048576"><c r="A1048576" s="1"/></row>'
    assert read_workbook(altered({SHEET: sheet_of(rows)})).sheets[0].rows == [(1,)]


def test_elements_may_have_a_prefix():
    sheet = sheet_of(b'<x:row r="1"><x:c r="B1"><x:v>7</x:v></x:c></x:row>')
    for name in (b"worksheet", b"sheetData"):
        sheet = sheet.replace(b"<" + name, b"<x:" + name).replace(b"</" + name, b"</x:" + name)
    sheet = sheet.replace(b"xmlns=", b"xmlns:x=")
    assert read_workbook(altered({SHEET: sheet})).sheets[0].rows == [(None, 7)]


SURVIVE = """
import resource, sys
from tests.indicators.test_refuse_file import spoilt
from lib.spreadsheets import read_workbook
from lib.uploads import FileRefused
resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))
refused = 0
for seed in range(300):
    try:
        read_workbook(spoilt(seed))
    except FileRefused:
        refused += 1
print(refused)
"""


def spoilt(seed):
    """The workbook with one part's numbers, places or letters made absurd."""
    chance = random.Random(seed)
    part = chance.choice([SHEET, TEXTS, BOOK, RELATIONS, "xl/styles.xml", "[Content_Types].xml"])
    with zipfile.ZipFile(io.BytesIO(lycksele_workbook())) as archive:
        text = archive.read(part)
    values = list(re.finditer(rb'"[^"]*"|>[^<>]+<', text))
    for found in sorted(chance.sample(values, min(3, len(values))), key=lambda one: -one.start()):
        absurd = chance.choice(
            [b"4294967295", b"-1", b"XFD1048576", b"A0", b"", b"99999999999999999999", b"&#0;", b"\xff"]
        )
        text = text[: found.start() + 1] + absurd + text[found.end() - 1 :]
    return altered({part: text})


def test_no_absurd_number_ends_the_process():
    """The reading library makes room for what a file says of itself, and ends the process when there is none."""
    done = subprocess.run([sys.executable, "-c", SURVIVE], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-600:]
    assert 50 < int(done.stdout) < 300


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
