"""A file that was cut off on its way: its last number is never a smaller one without a word."""

import pytest

from indicators import delivering
from indicators.models import DeliveredFile
from indicators.readers import guesses
from indicators.readers.sent_file import SentFile
from lib.uploads import FileRefused
from tests.indicators.workbooks import sent, yearly

SOL = "<table><tr><td></td><th>2015</th></tr><tr><th>Lycksele</th><td>50</td></tr></table>"


def lines(*rows, encoding="utf-8", end="\r\n"):
    return end.join([*rows, ""]).encode(encoding)


POPULATION = ("region;Folkmängd 2023;Folkmängd 2024", "2481 Lycksele;12100;12050", "2463 Åsele;2754;2700")
TEXTS = {
    "årsfil": yearly("Lycksele;1500;12400", "Åsele;210;7690"),
    "årsfil utan rubriker": yearly("Lycksele kommun;1500;12400", "Åsele kommun;210;7690", header=""),
    "folkmängd": lines(*POPULATION),
    "folkmängd, UTF-16": lines(*POPULATION, encoding="utf-16"),
    "kolada": lines("Nyckeltal,Region,År,Värde", '"Invånare  totalt, antal",Åsele,2016,2800', end="\n"),
    "sol": lines("Region;Brottstyp;Period;Antal", "Åsele kommun;Rån;2015;20", "Hela landet;Rån;2016;80 000"),
    "egen": lines("Område;År;Otrygga, andel (%)", "Lycksele;2024;31,5", "Åsele;2024;28,25"),
}


@pytest.fixture
def read(places):
    """The contents read as the kind that the whole file is, and by its columns."""

    def reading(content, whole):
        sent_file, whole = SentFile(content), SentFile(whole)
        kind, mapping = whole.kind(places), None
        if kind is None:
            mapping = vars(guesses.guess(whole.book, places, "fil"))
            kind = mapping["kind"]
        return sent_file.read(kind, places, year=2024, last_year=2026, mapping=mapping)

    return reading


def doubts(result):
    return [one for one in result.warnings if "klippts av" in one]


@pytest.mark.parametrize("kind", TEXTS)
def test_wherever_a_text_is_cut_no_number_is_smaller_without_a_word(read, kind):
    whole = TEXTS[kind]
    figures = {row.key: row.value for row in read(whole, whole).rows}
    doubted = 0

    for cut in range(whole.index(b"\n") + 1, len(whole)):
        try:
            result = read(whole[:cut], whole)
        except FileRefused:
            continue
        doubted += bool(doubts(result))
        assert doubts(result) or all(figures[row.key] == row.value for row in result.rows), whole[:cut]
    assert doubted


@pytest.mark.parametrize("kind", TEXTS)
def test_a_whole_text_has_nothing_to_doubt(read, kind):
    assert doubts(read(TEXTS[kind], TEXTS[kind])) == []


def test_the_sentence_names_the_row_and_its_number(read):
    content = TEXTS["folkmängd"].removesuffix(b"00\r\n")

    assert doubts(read(content, content)) == [
        "Filen slutar utan radbrytning på sista raden, rad 3: ”2463 Åsele; 2754; 27”. Den kan ha klippts av på vägen, "
        "och då stämmer inte talet 27. Jämför raden med källan innan du läser in siffrorna."
    ]


@pytest.mark.parametrize(
    "last", ['"2463 Åsele";"2754";"2700"', "2463 Åsele;2754;..", "2463 Åsele;2754;2700\r", "Källa: SCB", "1;2463 Åsele"]
)
def test_an_end_that_cannot_have_lost_a_digit_is_not_doubted(read, last):
    """What stands in quotes is whole when they are closed; words and withheld figures are no beginning of a number."""
    whole = TEXTS["folkmängd"]

    assert doubts(read("\r\n".join([*POPULATION[:2], last]).encode(), whole)) == []


@pytest.mark.parametrize("cut", range(len("<table>"), len(SOL) - len("</table>") + 1, 3))
def test_a_web_page_whose_table_does_not_end_is_refused(places, cut):
    with pytest.raises(FileRefused, match="Webbsidan slutar mitt i en tabell"):
        SentFile(SOL[:cut].encode()).kind(places)


def test_a_cut_file_waits_for_a_person_among_many(client, anna, places, settings, django_capture_on_commit_callbacks):
    """What was read without remark may be let in all at once; a file that may be cut is looked at on a page first."""
    cut = TEXTS["årsfil"].removesuffix(b"90\r\n")
    delivery = delivering.receive([sent(cut, "2024.csv"), sent(TEXTS["folkmängd"], "folk.csv")], by=anna)
    for pk in delivering.to_wake(delivery):
        delivering.run(pk)

    assert delivering.confirm_all(delivery, by=anna) == 1
    waiting = DeliveredFile.objects.get(original_name="2024.csv")
    client.force_login(anna)
    assert "Åsele; 210; 76" in client.get(f"/indikatorer/import/{waiting.batch_id}/").text
