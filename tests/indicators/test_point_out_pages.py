import pytest

from indicators.models import ImportBatch, Observation
from tests import factories
from tests.indicators.workbooks import sent

OWN = "Kommun;Otrygga 2023, andel (%);Otrygga 2024, andel (%)\r\nLycksele;31,5;29\r\nÅsele;18;..\r\n"
SMALL = "Kommun;Händelser 2024, antal\r\nLycksele;3\r\n"
CHOICES = {
    "kind": "egen",
    "measure": "ingen",
    "unit": "rubrik",
    "sheet": "0",
    "header": "1",
    "area": "0",
    "year": "rubrik",
    "values": ["1"],
    "title": "Enkät",
}


@pytest.fixture
def table(client, anna, lycksele):
    """Sends the table in as Anna; gives the address where its columns are pointed out."""
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    client.force_login(anna)

    def send(content, name="enkät.csv"):
        return client.post("/indikatorer/import/", {"file": sent(content.encode(), name)}).url

    return send


def test_a_table_of_no_known_kind_leads_to_pointing_out(client, table):
    address = table(OWN)
    text = client.get(address).text

    assert address.endswith("/peka-ut/")
    assert "<td>Otrygga 2023, andel (%)</td>" in text
    assert '<option value="0" selected>A: Kommun</option>' in text
    assert "Alla som är inloggade i Samverkan" in text
    assert not Observation.objects.exists()


def test_until_then_the_files_page_asks_for_it(client, table):
    address = table(OWN).removesuffix("peka-ut/")
    text = client.get(address).text

    assert f'href="{address}peka-ut/">Peka ut kolumnerna</a>' in text
    assert "Läs in siffrorna" not in text
    client.post(f"{address}las-in/")
    assert not Observation.objects.exists()
    assert ImportBatch.objects.get().status == "previewed"


def test_what_is_pointed_out_is_reviewed_and_then_read_in(client, table):
    address = table(OWN)
    review = client.post(address, CHOICES | {"values": ["1", "2"], "source": "Lycksele kommun, enkät"}).url
    text = client.get(review).text

    assert "<b>4</b><small>nya siffror</small>" in text
    assert "<dt>Källa</dt><dd>Lycksele kommun, enkät</dd>" in text
    assert "Kolumnerna utpekade" in text
    client.post(f"{review}las-in/")
    assert Observation.objects.filter(source="own", dataset="egen").count() == 4
    assert "Källa: Lycksele kommun, enkät, 2023" in (
        client.get("/indikatorer/egen-lycksele-kommun-enkat-andel/?kommun=lycksele").text
    )


def test_it_can_be_pointed_out_anew_before_it_is_read_in(client, table):
    address = table(OWN)
    review = client.post(address, CHOICES | {"source": "Vi"}).url

    assert client.get(address).context["form"]["values"].value() == ["1"]
    assert f'href="{address}">Ändra vad som står i kolumnerna</a>' in client.get(review).text
    client.post(f"{review}las-in/")
    assert client.get(address).url == review


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"values": []}, "Kryssa i minst en kolumn med siffror."),
        ({"values": ["9"]}, "Välj bland tabellens kolumner."),
        ({"header": "x"}, "Skriv ett heltal med siffror."),
        ({"title": ""}, "Skriv vad tabellen visar."),
        ({"source": ""}, "Skriv vem siffrorna kommer från."),
        ({"area": "ett", "area_name": "Ankeborg"}, "Skriv namnet på en kommun eller ett län"),
        ({"year": "ett"}, "Ange ett år mellan 1950 och"),
        ({"year": "ett", "one_year": "12"}, "Ange ett år mellan 1950 och"),
        ({"area": "1"}, "Ingen siffra kan läsas när kolumnerna pekas ut så."),
        ({"description": "Svar från 19121212-1212"}, "ser ut att innehålla ett personnummer"),
        ({"sheet": "7"}, "Filen har inte det blad som pekades ut."),
        ({"kind": "lagesbild"}, "Välj ett giltigt alternativ"),
    ],
)
def test_what_cannot_be_so_is_told_and_nothing_typed_is_lost(client, table, wrong, sentence):
    response = client.post(table(OWN), CHOICES | {"source": "Vår egen enkät", "answers": "412"} | wrong)

    assert response.status_code == 200
    assert sentence in response.text
    assert 'value="412"' in response.text
    assert ImportBatch.objects.get().mapping == {}


def test_small_counts_wait_for_a_tick(client, table):
    address, told = table(SMALL), CHOICES | {"source": "Vi"}
    asked = client.post(address, told).text

    assert "Så små tal kan peka ut enskilda." in asked
    assert "Siffrorna är redan publicerade, även de små" in asked
    assert client.post(address, told | {"published": "on"}).status_code == 302
    assert ImportBatch.objects.get().new_count == 1


@pytest.mark.parametrize("sheet", ["99", "-1", "x", "9" * 30])
def test_a_sheet_that_is_not_there_is_no_error(client, table, sheet):
    assert client.get(f"{table(OWN)}?blad={sheet}").status_code == 200


def test_another_organisations_table_is_not_theirs(client, table, bo):
    address = table(OWN)
    client.force_login(bo)

    assert client.get(address).status_code == 404
    assert client.post(address, CHOICES).status_code == 404


def test_what_stands_in_a_table_is_never_taken_for_markup(client, table):
    text = client.get(table(OWN.replace("Kommun;", "<script>alert(1)</script>;"))).text

    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_upload_page_says_which_files_it_takes(client, anna):
    client.force_login(anna)
    text = client.get("/indikatorer/import/").text

    for kind in (
        "lägesbild",
        "Anmälda brott kommunerna",
        "SOL",
        "Kolada",
        "Folkmängd",
        "Öppna jämförelser",
        "Egen tabell",
    ):
        assert kind in text
