import datetime as dt

import pytest
from django.contrib.messages import get_messages

from indicators import actions
from indicators.models import ImportBatch, Observation
from lib import swedish
from lib.dates import today
from tests import factories
from tests.indicators.workbooks import TOTAL, lycksele_workbook, reported, sent, workbook, yearly

IMPORTERS = ["anna", "bo", "eva", "fia", "ove"]
OTHERS = ["cecilia", "david", "greta", "hans", "lisa"]


@pytest.fixture
def batch(anna):
    return actions.preview(sent(lycksele_workbook()), by=anna)


def upload(client, content, name="Lycksele.xlsx", **fields):
    return client.post("/indikatorer/import/", {"file": sent(content, name), **fields})


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("person", IMPORTERS)
def test_importers_come_in(client, cast, person):
    client.force_login(cast[person])

    assert client.get("/indikatorer/import/").status_code == 200


@pytest.mark.parametrize("person", ["bo", "eva", "fia"])
def test_another_organisations_file_is_not_theirs(client, cast, batch, person):
    client.force_login(cast[person])
    for address in ("", "original/"):
        assert client.get(f"/indikatorer/import/{batch.pk}/{address}").status_code == 404
    for verb in ("las-in", "kasta"):
        assert client.post(f"/indikatorer/import/{batch.pk}/{verb}/").status_code == 404
    assert batch.original_name not in client.get("/indikatorer/import/").content.decode()


@pytest.mark.parametrize(("ends", "status"), [(None, 200), (0, 200), (1, 404)])
def test_who_has_left_shares_no_more_files_and_no_fetches(client, cast, organisations, ends, status):
    """The last day counts. Ida sends in files at Landskrona now; before, she worked at Lycksele like Anna."""
    ida = factories.MembershipFactory(organisation=organisations["landskrona"]).user
    last = today() - dt.timedelta(days=ends) if ends is not None else None
    factories.MembershipFactory(user=ida, organisation=organisations["lycksele"], role="reader", ends=last)
    batch = actions.preview(sent(lycksele_workbook()), by=ida)
    fetch = factories.FetchFactory(created_by=ida)
    client.force_login(cast["anna"])

    for page in (f"/indikatorer/import/{batch.pk}/", f"/indikatorer/import/kolada/{fetch.pk}/"):
        assert client.get(page).status_code == status


@pytest.mark.parametrize("person", ["anna", "ove"])
def test_own_files_and_an_administrator_opens_all(client, cast, batch, person):
    client.force_login(cast[person])
    for address in ("", f"{batch.pk}/", f"{batch.pk}/original/"):
        response = client.get(f"/indikatorer/import/{address}")
        assert response.status_code == 200
        assert list(response)  # to the end, so that the file is closed


@pytest.mark.parametrize("person", OTHERS)
def test_others_are_refused(client, cast, batch, person):
    client.force_login(cast[person])
    for address in ("", f"{batch.pk}/", f"{batch.pk}/original/"):
        assert client.get(f"/indikatorer/import/{address}").status_code == 403
    for verb in ("las-in", "kasta"):
        assert client.post(f"/indikatorer/import/{batch.pk}/{verb}/").status_code == 403
    assert upload(client, lycksele_workbook()).status_code == 403
    assert ImportBatch.objects.get().status == "previewed"


def test_a_stranger_is_asked_to_sign_in(client, batch):
    for address in ("", "import/", f"import/{batch.pk}/", "totalt-anmalda-antal/"):
        response = client.get(f"/indikatorer/{address}")
        assert response.status_code == 302
        assert response.url.startswith("/konto/login/")


def test_a_file_that_does_not_exist_is_not_found(client, anna):
    client.force_login(anna)
    assert client.get("/indikatorer/import/99/").status_code == 404
    assert client.post("/indikatorer/import/99/las-in/").status_code == 404


def test_a_file_is_reviewed_before_it_is_read_in(client, anna):
    client.force_login(anna)
    response = upload(client, lycksele_workbook())
    batch = ImportBatch.objects.get()
    assert response.url == f"/indikatorer/import/{batch.pk}/"
    assert (batch.created_by, batch.status) == (anna, "previewed")
    assert not Observation.objects.exists()


def test_the_review_says_what_would_be_new(client, anna, batch):
    client.force_login(anna)
    page = client.get(f"/indikatorer/import/{batch.pk}/").content.decode()
    assert "<b>12</b><small>nya siffror</small>" in page
    assert "Lycksele, Västerbottens län och Riket, 2023–2024" in page
    assert "Läs in siffrorna" in page
    assert batch.sha256 in page


def test_the_button_reads_the_figures_in(client, anna, batch):
    client.force_login(anna)
    response = client.post(f"/indikatorer/import/{batch.pk}/las-in/")
    assert response.url == f"/indikatorer/import/{batch.pk}/"
    assert told(response) == ["12 siffror är inlästa: 12 nya och 0 ändrade."]
    assert Observation.objects.count() == 12
    assert "Läs in siffrorna" not in client.get(response.url).content.decode().split("Historik")[0]


def test_the_second_to_confirm_is_told(client, anna, bo, batch):
    actions.confirm(batch, by=bo)
    client.force_login(anna)
    response = client.post(f"/indikatorer/import/{batch.pk}/las-in/", follow=True)
    assert "Filen är redan inläst. Inget har lästs in en gång till." in response.content.decode()


def test_a_preview_can_be_thrown_away(client, anna, batch):
    client.force_login(anna)
    client.post(f"/indikatorer/import/{batch.pk}/kasta/")
    batch.refresh_from_db()
    assert batch.status == "discarded"
    assert client.post(f"/indikatorer/import/{batch.pk}/las-in/").status_code == 302
    assert not Observation.objects.exists()


@pytest.mark.parametrize("verb", ["las-in", "kasta"])
def test_looking_at_an_address_changes_nothing(client, anna, batch, verb):
    client.force_login(anna)
    assert client.get(f"/indikatorer/import/{batch.pk}/{verb}/").status_code == 405


def test_the_original_is_handed_back_as_it_came(client, anna, batch):
    client.force_login(anna)
    response = client.get(f"/indikatorer/import/{batch.pk}/original/")
    assert b"".join(response.streaming_content) == lycksele_workbook()
    assert response["Content-Disposition"] == 'attachment; filename="Lycksele.xlsx"'


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "tom.xlsx", "Filen är tom"),
        (yearly("Lycksele;1500;12400"), "x.csv", "Ange vilket år filen gäller"),
        (b"hej", "2024.csv", "ingen tabell med siffror hittades"),
        (lycksele_workbook()[:1500], "Lycksele.xlsx", "skadad eller ofullständig"),
        (workbook({"Blad1": [["hej"]]}), "x.xlsx", "ingen tabell med siffror hittades"),
        (b"Namn;Antal\n19121212-1212;5\n", "x.csv", "ser ut att innehålla ett personnummer"),
        (b"%PDF-1.7", "x.pdf", "Filen är en PDF"),
    ],
)
def test_a_file_that_cannot_be_used_is_explained_on_the_page(client, anna, content, name, sentence):
    client.force_login(anna)
    response = upload(client, content, name)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_file_that_is_too_large_is_explained_on_the_page(client, anna, settings):
    settings.MAX_UPLOAD_BYTES = 1024
    client.force_login(anna)
    assert "Filen är för stor" in upload(client, lycksele_workbook()).content.decode()


def test_a_form_without_a_file_says_so(client, anna):
    client.force_login(anna)
    assert "Välj en fil." in client.post("/indikatorer/import/", {}).content.decode()


def test_the_year_can_be_given_on_the_page(client, anna):
    client.force_login(anna)
    upload(client, yearly("Lycksele;1500;12400"), "brott.csv", year="2024")
    assert ImportBatch.objects.get().year == 2024


def test_rows_that_are_not_read_in_are_all_shown(client, anna):
    client.force_login(anna)
    names = [f"Stadsdel {number}" for number in range(60)]
    upload(client, yearly("Lycksele;1500;12400", *(f"{name};1;2" for name in names)), "2021.csv")
    address = f"/indikatorer/import/{ImportBatch.objects.get().pk}/"
    pages = client.get(address).content.decode() + client.get(f"{address}?sida=2").content.decode()
    assert all(name in pages for name in names)


def test_what_stands_in_a_file_is_never_taken_for_markup(client, anna):
    client.force_login(anna)
    upload(client, workbook({TOTAL: reported(["<script>alert(1)</script>", 1, 2, 3, 4], ["Lycksele", 1, 2, 3, 4])}))
    page = client.get(f"/indikatorer/import/{ImportBatch.objects.get().pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_new_indicators_are_told_before_they_are_made(client, anna):
    client.force_login(anna)
    upload(client, workbook({"Trafikbrott (anmälda)": reported(["Lycksele", 1, 2, 3, 4])}))
    page = client.get(f"/indikatorer/import/{ImportBatch.objects.get().pk}/").content.decode()
    assert "Nya indikatorer" in page
    assert "Trafikbrott, antal" in page


def test_a_file_without_figures_has_no_button_to_read_it_in(client, anna):
    client.force_login(anna)
    upload(client, workbook({TOTAL: reported(["Okänd", 1, 2, 3, 4])}))
    page = client.get(f"/indikatorer/import/{ImportBatch.objects.get().pk}/").content.decode()
    assert "Läs in siffrorna" not in page
    assert "Kasta" in page


def test_changes_are_shown_from_what_to_what(client, anna, batch):
    actions.confirm(batch, by=anna)
    later = actions.preview(sent(lycksele_workbook(count=1510)), by=anna)
    client.force_login(anna)
    page = client.get(f"/indikatorer/import/{later.pk}/").content.decode()
    assert '<td data-label="Före">1\N{NO-BREAK SPACE}500</td>' in page
    assert '<td data-label="Efter">1\N{NO-BREAK SPACE}510</td>' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_history_asks_as_often_for_one_file_as_for_three(client, anna, count, django_assert_num_queries):
    for number in range(count):
        actions.preview(sent(lycksele_workbook(count=1500 + number)), by=anna)
    client.force_login(anna)
    with django_assert_num_queries(6):
        client.get("/indikatorer/import/")


def test_a_broken_workbook_is_called_that_and_asked_no_year(client, anna):
    client.force_login(anna)
    text = upload(client, b"Inte alls en arbetsbok").text

    assert "Filen går inte att läsa som Excel." in text
    assert "vilket år" not in text


def test_what_was_read_in_can_be_seen_and_is_not_offered_again(client, anna, batch):
    client.force_login(anna)
    client.post(f"/indikatorer/import/{batch.pk}/las-in/")
    read = client.get(f"/indikatorer/import/{batch.pk}/").text
    again = client.get(upload(client, lycksele_workbook()).url).text

    assert '<a class="btn" href="/kommuner/lycksele/siffror/">Se siffrorna för Lycksele</a>' in read
    assert "allt som står i den är redan inläst" in again
    assert f"Samma fil lästes in {swedish.date(today())} av" in again
    assert '<button type="submit" class="btn quiet">Läs in siffrorna</button>' in again
