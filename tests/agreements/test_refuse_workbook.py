"""Files that cannot be read as agreements and plans: a sentence, and nothing written."""

import io
import zipfile

import openpyxl
import pytest

from agreements import importing
from agreements.import_values import Fault, day, number, text
from agreements.models import ImportedRow, Measure, WorkbookImport
from tests.agreements.workbooks import MEASURE, book, measures, upload
from tests.partnerships.conftest import needs_row_locks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def send(client, partnership, cycle, bo):
    """The page after a file was sent in through the form."""
    client.force_login(bo)
    address = f"/overenskommelser/excel/?samverkan={partnership.pk}"
    return lambda data, name="plan.xlsx": client.post(address, {"file": upload(data, name)}, follow=True)


def rezipped(data, **parts):
    """The workbook with some parts of its zip replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, parts.get(part, old.read(part)))
    return made.getvalue()


BOMB = b"<worksheet><sheetData>" + b"<row/>" * 400_000 + b"</sheetData></worksheet>"
MANY = ("<workbook><sheets>" + '<sheet name="x" sheetId="1"/>' * 10_000 + "</sheets></workbook>").encode()


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: b"", "tom"),
        (lambda: b"Problem;Start\n", "ingen Excelarbetsbok"),
        (lambda: b"%PDF-1.7 inget", "ingen Excelarbetsbok"),
        (lambda: measures({})[:-900], "skadad"),
        (lambda: rezipped(measures({}), **{"xl/workbook.xml": b"<!DOCTYPE x><workbook/>"}), "inte uppbyggd som Excel"),
        (lambda: rezipped(measures({}), **{"xl/workbook.xml": MANY}), "för stor"),
        (lambda: rezipped(measures({}), **{"xl/worksheets/sheet1.xml": BOMB}), "för stor"),
        (lambda: book({"Blad": [{"Telefon": "x", "Namn": "y"}]}), "inga rader att läsa in"),
    ],
    ids=["empty", "csv", "pdf", "cut off", "document type", "ten thousand sheets", "a million rows", "something else"],
)
def test_a_file_that_is_no_plan(send, make, said):
    response = send(make())

    assert response.status_code == 200
    assert said in response.text
    assert WorkbookImport.objects.count() == 0


def test_a_merged_cell_over_everything_is_cheap(send):
    data = measures({}, {"Åtgärd": "Två"})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")
    merged = b'<mergeCells count="1"><mergeCell ref="A2:XFD1048576"/></mergeCells></worksheet>'

    response = send(rezipped(data, **{"xl/worksheets/sheet1.xml": sheet.replace(b"</worksheet>", merged)}))

    assert response.status_code == 200
    assert WorkbookImport.objects.count() == 1


def test_too_many_rows(send, monkeypatch):
    monkeypatch.setattr("agreements.import_reading.MOST_ROWS", 2)

    assert "fler än 2 rader" in send(measures({}, {"Åtgärd": "b"}, {"Åtgärd": "c"})).text


def test_a_missing_column_is_named_once(send):
    row = {name: value for name, value in MEASURE.items() if name != "Prevention"}

    page = send(book({"Åtgärder": [row]})).text

    assert "saknar kolumner som behövs: Prevention" in page


def test_a_nul_character(send):
    """No XML holds one, but Excel writes one as _x0000_."""
    page = send(measures({"Beskrivning": "a_x0000_b"})).text

    assert Measure.objects.count() == 0
    assert WorkbookImport.objects.count() == 1
    assert "kan läsas in" in page
    with pytest.raises(Fault, match="inte går att spara"):
        text("a\0b")


@pytest.mark.parametrize("cell", ["", "i våras", "2026-13-01", "31 feb 2026", 1e300, -5, True, "46023.5.1", "99999"])
def test_no_day(cell):
    with pytest.raises(Fault):
        day(cell)


@pytest.mark.parametrize("cell", ["nan", "inf", "1e9999", "", "12 st", True, "9" * 40])
def test_no_number(cell):
    with pytest.raises(Fault):
        number(cell)


def test_rows_that_were_never_offered_are_not_read_in(send, client, bo):
    send(measures({"Start": "snart"}, {"Åtgärd": "God"}))
    workbook = WorkbookImport.objects.get()

    page = client.post(f"{workbook.get_absolute_url()}las-in/", {"rows": ["Åtgärder:2"]}, follow=True).text

    assert "kan inte läsas in" in page
    assert Measure.objects.count() == 0


def test_nothing_chosen(send, client):
    send(measures({}))

    page = client.post(f"{WorkbookImport.objects.get().get_absolute_url()}las-in/", follow=True).text

    assert "Välj minst en rad" in page


def test_the_pages_from_file_to_measure(send, client, bo):
    page = send(measures({}, {"Slag": "Hokus"})).text
    assert "<b>Slag:</b>" in page
    workbook = WorkbookImport.objects.get()

    page = client.post(f"{workbook.get_absolute_url()}las-in/", {"rows": ["Åtgärder:2"]}, follow=True).text

    assert "1 rad är inläst." in page
    assert f'<a href="{Measure.objects.get().get_absolute_url()}">Hot spot-patrullering</a>' in page
    assert openpyxl.load_workbook(io.BytesIO(client.get(f"{workbook.get_absolute_url()}original/").getvalue()))


def test_a_file_that_is_thrown_away(send, client):
    send(measures({}))
    workbook = WorkbookImport.objects.get()

    client.post(f"{workbook.get_absolute_url()}kasta/")

    workbook.refresh_from_db()
    assert workbook.status == "discarded"


def test_an_altered_original_stops_the_whole(send, client, settings):
    send(measures({}))
    workbook = WorkbookImport.objects.get()
    with open(workbook.file.path, "ab") as stored:
        stored.write(b"x")

    page = client.post(f"{workbook.get_absolute_url()}las-in/", {"rows": ["Åtgärder:2"]}, follow=True).text

    assert "har ändrats sedan den granskades" in page
    workbook.refresh_from_db()
    assert workbook.status == "previewed"


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_two_workbooks_with_the_same_rows_at_once(at_once, partnership, cycle, bo, anna):
    made = [importing.preview(upload(measures({})), partnership, by=by) for by in (bo, anna)]

    at_once(*(lambda one=one: importing.confirm(one, chosen=["Åtgärder:2"], by=bo) for one in made))

    assert (Measure.objects.count(), ImportedRow.objects.count()) == (1, 1)


def test_who_may_read_in(send, client, partnership, cecilia, hans, eva):
    send(measures({}))
    workbook = WorkbookImport.objects.get()
    for who, sends, sees, confirms in ((cecilia, 403, 200, 403), (hans, 403, 200, 403), (eva, 404, 404, 404)):
        client.force_login(who)
        address = f"/overenskommelser/excel/?samverkan={partnership.pk}"
        assert client.post(address, {"file": upload(measures({}))}).status_code == sends
        assert client.get(workbook.get_absolute_url()).status_code == sees
        assert client.post(f"{workbook.get_absolute_url()}las-in/").status_code == confirms


def test_what_was_read_in_says_so_and_what_was_not_chosen_too(send, client):
    send(measures({}, {"Åtgärd": "Belysning"}))
    workbook = WorkbookImport.objects.get()

    page = client.post(f"{workbook.get_absolute_url()}las-in/", {"rows": ["Åtgärder:2"]}, follow=True).text

    assert ('<span class="tag ok">Inläst</span>' in page, '<span class="tag idle">Inte vald</span>' in page) == (
        True,
        True,
    )
