import csv

import pytest

from municipalities.matching import Names, match
from municipalities.models import Municipality


@pytest.fixture
def names(registers):
    return Names.load()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Ale", "1440"),
        ("Ale kommun", "1440"),
        ("Ale\N{NO-BREAK SPACE}kommun", "1440"),
        ("  ale   KOMMUN ", "1440"),
        ("Arjeplogs kommun", "2506"),
        ("Arjeplog kommun", "2506"),
        ("Falu kommun", "2080"),
        ("Falun kommun", "2080"),
        ("Malung\N{EN DASH}Sälen", "2023"),
        ("Malung-Sälens kommun", "2023"),
        ("Malung - Sälen", "2023"),
        ("Upplands-Bro", "0139"),
        ("Landskrona stad", "1282"),
        ("Göteborgs Stad", "1480"),
        ("Borås stad", "1490"),
        ("Ale kommuns", "1440"),
        ("Region Gotland", "0980"),
        ("Gotlands kommun", "0980"),
        ("0114 Upplands Väsby", "0114"),
        ("0114", "0114"),
        ("Håbo", "0305"),
        ("Habo", "0643"),
        ("A\N{COMBINING RING ABOVE}sele", "2463"),
    ],
)
def test_a_name_in_any_known_form_is_recognised(names, text, code):
    assert names.match(text).code == code


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hela landet",
        "Riket",
        "Stockholms län",
        "Spånga-Tensta",
        "Göteborg kommun, Angered stadsdel",
        "Stockholm kommun, Norrmalm  stadsdel",
        "Heby kommun (upphör 2006)",
        "0114 Vallentuna",
        "9999",
        "Asele",
        "Falu",
        "Nykommun",
        "kommun",
    ],
)
def test_what_is_not_certainly_a_municipality_is_no_match(names, text):
    assert names.match(text) is None


def test_every_municipality_is_found_by_each_of_its_own_names(names):
    for municipality in Municipality.objects.all():
        for text in (municipality.name, municipality.formal_name, municipality.bra_name, municipality.code):
            assert names.match(text) == municipality, text


def test_names_are_read_in_one_query(registers, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert match("Lycksele kommun").county.name == "Västerbottens län"


def test_every_name_in_bras_database_is_told_apart(names, real_data):
    with (real_data / "bra_sol_regioner.csv").open(encoding="utf-8") as lines:
        found = {label: names.match(label) for _, label in csv.reader(lines)}
    unmatched = [label for label, municipality in found.items() if municipality is None]
    assert len({m.code for m in found.values() if m}) == 290
    assert all(label == "Hela landet" or "stadsdel" in label or "Stadsområde" in label for label in unmatched)


@pytest.mark.parametrize(
    ("file", "column", "others"),
    [
        ("kolada_befolkning_2010_2016.csv", "Region", {"Riket"}),
        ("scb_folkmangd_nov_2024_per_kommun.csv", "kommun_namn", set()),
        ("bra_boden_2026_08_prel_utdrag.csv", "Kommun", set()),
    ],
)
def test_every_name_in_published_files_is_recognised(names, real_data, file, column, others):
    with (real_data / file).open(encoding="utf-8-sig") as lines:
        labels = {row[column] for row in csv.DictReader(lines)}
    assert labels
    assert {label for label in labels if names.match(label) is None} == others


@pytest.mark.parametrize("year", [2021, 2024])
def test_every_name_in_bras_yearly_file_is_recognised(names, real_data, year):
    lines = (real_data / f"bra_arsfil_kommuner_{year}_utdrag.csv").read_text(encoding="utf-8-sig").splitlines()
    labels = {line.split(";")[0] for line in lines if line and not line.startswith("Kommun;")}
    assert labels
    assert all(names.match(label) for label in labels)
