"""A publisher gives a column another name: the file is refused by name, or a person points out what stands where."""

from decimal import Decimal

import pytest

from indicators import actions
from indicators.models import Dataset, Observation
from indicators.readers import guesses, pointed_out
from indicators.readers.sent_file import SentFile
from indicators.rules import needs_pointing_out
from lib.uploads import FileRefused
from tests.indicators.old_workbooks import old_workbook
from tests.indicators.workbooks import sent, workbook, yearly

RATE = "Anmälda våldsbrott, antal/100 000 inv"
KOLADA = ["Nyckeltal", "Kommun/Landsting", "Kön", "År", "Visat Värde"]
VIOLENCE = "Anmälda våldsbrott per 1 000 invånare"


def text(*rows):
    return "".join(";".join(row) + "\r\n" for row in rows).encode()


def kolada(header, sexes=("Totalt",)):
    return [header, *([RATE, "Lycksele", sex, "2016", value] for sex, value in zip(sexes, (812.5, 9.0), strict=False))]


def kolada_text(header):
    return text(*([f"{cell}" for cell in row] for row in kolada(header)))


def comparisons(header):
    return workbook({"Indikatorer i bostavsordning": [["Öppna jämförelser"], [], header, ["2481", "Lycksele", 9.4]]})


# By kind: how its file is made of a header and rows, and the names that it is known by.
KINDS = {
    "kolada, xls": (lambda header: old_workbook(kolada(header)), KOLADA, ("Nyckeltal", "Kommun/Landsting", "År")),
    "kolada, csv": (kolada_text, KOLADA, ("Nyckeltal", "Kommun/Landsting", "År")),
    "folkmängd": (
        lambda header: text(header, ["2481 Lycksele", "12100"]),
        ["region", "Folkmängd 2024"],
        ("region", "Folkmängd 2024"),
    ),
    "öppna jämförelser": (comparisons, ["K-kod", "Kommun", f"{VIOLENCE} 2024"], ("K-kod",)),
    "årsfil": (
        lambda header: yearly("Lycksele;1500;12400", header=";".join(header)),
        ["Kommun", "Antal", "Per 100 000 inv."],
        ("Kommun", "Antal", "Per 100 000 inv."),
    ),
}
RENAMED = [(kind, name) for kind, (_, _, names) in KINDS.items() for name in names]


@pytest.mark.parametrize(("kind", "name"), RENAMED)
def test_a_file_without_a_column_that_it_is_known_by_is_pointed_out_by_hand(importer, places, kind, name):
    """It becomes no figure before a person has seen its columns and said what they are."""
    make, header, _ = KINDS[kind]
    whole, renamed = make(header), make([f"X {len(one)}" if one == name else one for one in header])
    assert SentFile(whole).kind(places)

    batch = actions.preview(sent(renamed, "fil 2024"), by=importer)

    assert needs_pointing_out(batch)
    with pytest.raises(FileRefused, match="Peka först ut tabellens kolumner"):
        actions.confirm(batch, by=importer)
    assert not Observation.objects.exists()


def test_a_yearly_file_that_is_said_to_be_one_is_refused_with_the_columns_names(importer, places):
    content = yearly("Lycksele;1500;12400", header="Kommun;Summa;Per 100 000 inv.")

    with pytest.raises(FileRefused, match="ska ha kolumnerna Kommun, Antal och Per 100 000 inv"):
        actions.preview(sent(content, "2024.csv"), by=importer, kind=Dataset.YEARLY, year=2024)


def test_an_indicator_whose_column_lost_its_unit_is_named(places):
    content = comparisons(["K-kod", "Kommun", "Anmälda våldsbrott 2024"])

    with pytest.raises(FileRefused, match="anger enheten.*Kolumner som inte kan läsas: ”Anmälda våldsbrott 2024”"):
        SentFile(content).read("oj", places, year=None, last_year=2026)


@pytest.mark.parametrize("sexes", [("Kvinnor",), ("Totalt", "Kvinnor"), ("K", "M")])
def test_a_column_of_sexes_with_another_name_is_never_taken_for_everybody(places, sexes):
    content = old_workbook(kolada(["Nyckeltal", "Kommun/Landsting", "Uppdelning", "År", "Visat Värde"], sexes))

    with pytest.raises(FileRefused, match="Kolumnen Kön saknas, men ”Uppdelning” skiljer kvinnor och män åt"):
        SentFile(content).read("kolada", places, year=None, last_year=2026)


# --- Brå's database, whose columns are always looked at by a person ------------------------------------------------

LONG = [["Region", "Brottstyp", "Period", "Antal"], ["Åsele", "Rån", "2015", "20"], ["Lycksele", "Rån", "2015", "30"]]


def guessed(content, places):
    book = SentFile(content).book
    return pointed_out.read(book, guesses.guess(book, places, "fil"), places, last_year=2026)


def figures(result):
    return {(row.area_code, row.indicator, row.year_to): row.value for row in result.rows}


def page(*rows):
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{cells}</table>".encode()


@pytest.mark.parametrize("order", [[3, 2, 1, 0], [1, 0, 3, 2], [2, 3, 0, 1]])
def test_the_columns_of_a_long_table_may_stand_in_any_order(places, order):
    whole = figures(guessed(text(*LONG), places))

    assert whole == {("2463", "sol-ran-antal", 2015): Decimal(20), ("2481", "sol-ran-antal", 2015): Decimal(30)}
    assert figures(guessed(text(*([row[place] for place in order] for row in LONG)), places)) == whole


@pytest.mark.parametrize("order", [[0, 2, 1, 4, 3], [0, 3, 4, 1, 2], [0, 4, 3, 2, 1], [1, 2, 3, 4, 0]])
def test_the_columns_of_a_saved_page_may_stand_in_any_order(places, order):
    rows = [
        ["", "2015", "2015", "2016", "2016"],
        ["", "Antal", "/100 000 inv", "Antal", "/100 000 inv"],
        ["Åsele", "", "", "", ""],
        ["Våldsbrott", "113", "930", "90", "744"],
    ]
    whole = figures(guessed(page(*rows), places))

    assert len(whole) == 4
    assert figures(guessed(page(*([row[place] for place in order] for row in rows)), places)) == whole


@pytest.mark.parametrize("place", range(4))
def test_renamed_columns_are_found_by_what_stands_in_them_or_told(places, place):
    """Nothing but what the names told is lost: an area, a crime and a year are themselves under any name."""
    header = [f"X {place}" if number == place else name for number, name in enumerate(LONG[0])]

    assert set(figures(guessed(text(header, *LONG[1:]), places)).values()) == {Decimal(20), Decimal(30)}


@pytest.mark.parametrize(("count", "rate", "lost"), [("Summa", "/100 000 inv", "Summa"), ("Antal", "Tal", "Tal")])
def test_a_unit_that_no_longer_stands_in_a_heading_is_not_guessed_beside_one_that_does(places, count, rate, lost):
    """Neither is a rate taken for a count, nor the other way round: the column is named, and the person chooses."""
    content = page(["", "2015", "2015"], ["Anmälda brott", count, rate], ["Åsele", "113", "930"])

    result = guessed(content, places)

    assert [(one.label, one.reason) for one in result.unmatched] == [(f"2015 {lost}", pointed_out.NO_UNIT)]
    assert len(result.rows) == 1
    assert ("per-100000" in result.rows[0].indicator) == (lost == "Summa")


@pytest.mark.parametrize("left", [slice(0, 1), slice(0, 2)])
def test_months_are_no_years_whatever_their_column_is_called(places, left):
    """With a column of crimes or without one."""
    rows = [["Region", "Brottstyp"], ["Åsele", "Rån"], ["Lycksele", "Rån"]]
    months = [["År", "Del", "Antal"], ["2013", "jun", "7"], ["2013", "maj", "70"]]

    result = guessed(text(*(one[left] + two for one, two in zip(rows, months, strict=True))), places)

    assert result.rows == []
    assert {one.reason for one in result.unmatched} == {"Bara hela år läses in, inte månader och kvartal."}
