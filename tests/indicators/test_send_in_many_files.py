"""Many files at once: sent in, read by a worker one by one, and let in when a person says yes."""

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.contrib.messages import get_messages
from django.utils import timezone
from kombu.exceptions import OperationalError

from indicators import actions, delivering, tasks
from indicators.models import DeliveredFile, Delivery, ImportBatch, Observation
from journal.models import Event
from lib import workbook_zips
from lib.uploads import FileRefused
from tests import factories
from tests.indicators.workbooks import TOTAL, lycksele_workbook, reported, sent, workbook, yearly

ADDRESS = "/indikatorer/import/"
LONG_AGO = dt.timedelta(minutes=5)


def of(place, *figures):
    return workbook({TOTAL: reported([place, *(figures or (1, 2, 3, 4))])})


def packed(files, **given):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, **given) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return content.getvalue()


@pytest.fixture
def woken(monkeypatch):
    """The ids of the files that somebody was woken for."""
    ids = []
    monkeypatch.setattr(tasks.read_file, "delay", lambda *, file_id: ids.append(file_id))
    return ids


@pytest.fixture
def send(client, anna, places, woken, django_capture_on_commit_callbacks):
    """Anna sends in files by name; what the page answers."""
    client.force_login(anna)

    def sending(files, **typed):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ADDRESS, {"file": [sent(content, name) for name, content in files.items()], **typed})

    return sending


@pytest.fixture
def press(client, django_capture_on_commit_callbacks):
    """Press the button that lets figures in."""

    def pressing(delivery, **typed):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(f"{delivery.get_absolute_url()}las-in/", typed)

    return pressing


def work(woken):
    """A worker does all that it was woken for."""
    while woken:
        tasks.read_file(file_id=woken.pop(0))


def states(delivery):
    return {file.original_name: (file.word, file.error or file.remark) for file in delivery.files.all()}


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


THREE = {"Lycksele.xlsx": lycksele_workbook(), "Åsele.xlsx": of("Åsele"), "Falun.xlsx": of("Falun")}


# --- From files to figures ----------------------------------------------------------------------------------------


def test_three_files_are_read_by_a_worker_and_let_in_by_a_person(client, send, woken, press, anna):
    page = send(THREE).url
    delivery = Delivery.objects.get()
    assert page == delivery.get_absolute_url()
    assert len(woken) == 3
    assert "Läser filerna: 3 av 3 återstår." in client.get(page).text

    work(woken)
    assert "Läs in 3 utan anmärkning" in client.get(page).text
    assert not Observation.objects.exists()
    assert told(press(delivery)) == ["3 filer läses in nu. Du kan lämna sidan."]
    assert "Läser in siffrorna: 3 av 3 filer återstår." in client.get(page).text
    work(woken)

    assert Observation.objects.values("area_code").distinct().count() == 5
    assert {batch.imported_by for batch in ImportBatch.objects.imported()} == {anna}
    assert {word for word, _ in states(delivery).values()} == {"Inläst"}
    assert [event.label for event in Event.objects.about(delivery)] == [
        "Inläsning av 3 filer beställd",
        "3 filer inskickade",
    ]


def test_a_zip_is_as_good_as_its_files(send, woken):
    listed = {f"Brå/{name}": content for name, content in THREE.items()}
    send({"kommuner.zip": packed(listed | {"__MACOSX/._Falun.xlsx": b"x", "Brå/.DS_Store": b"x", "Brå/tom/": b""})})

    work(woken)

    assert {word for word, _ in states(Delivery.objects.get()).values()} == {"Förhandsgranskad"}
    assert set(states(Delivery.objects.get())) == set(THREE)


def test_one_file_is_read_at_once_as_before(send, woken):
    response = send({"Lycksele.xlsx": lycksele_workbook()})

    assert response.url == ImportBatch.objects.get().get_absolute_url()
    assert not Delivery.objects.exists()
    assert woken == []


def test_bad_files_never_stop_the_others(send, woken, press, client):
    bad = {
        "bild.png": b"\x89PNG\r\n",
        "tom.csv": b"",
        "halv.xlsx": lycksele_workbook()[:3000],
        "sidor.pdf": b"%PDF-1.7",
        "annat.xlsx": workbook({"Blad1": [["hej"], ["du"]]}),
        "packat.zip": packed({"a.csv": b"x"}),
    }
    send(bad | THREE)
    work(woken)

    delivery = Delivery.objects.get()
    found = states(delivery)
    assert found["bild.png"] == ("Inte läst", "Filen är en bild. Välj Excelarbetsboken eller CSV-filen i stället.")
    assert found["tom.csv"][1].startswith("Filen är tom.")
    assert found["halv.xlsx"][1].startswith("Filen är skadad")
    assert found["sidor.pdf"][1].startswith("Filen är en PDF.")
    assert [word for word, _ in found.values()].count("Förhandsgranskad") == 3
    page = client.get(delivery.get_absolute_url()).text
    assert all(sentence in page for word, sentence in found.values() if word == "Inte läst")
    assert page.index("halv.xlsx") < page.index("Lycksele.xlsx")

    press(delivery)
    work(woken)
    assert ImportBatch.objects.imported().count() == 3


def test_the_same_contents_twice_are_read_once(send, woken):
    send({"Lycksele.xlsx": lycksele_workbook(), "Lycksele (1).xlsx": lycksele_workbook()})

    assert len(woken) == 1
    assert states(Delivery.objects.get())["Lycksele (1).xlsx"] == (
        "Inte läst",
        "Innehållet är detsamma som i Lycksele.xlsx. Det läses en gång.",
    )


def test_originals_are_kept_under_their_checksums(send, woken, kept_files):
    send(THREE)

    for file in DeliveredFile.objects.all():
        assert (kept_files / file.file.name).read_bytes() == THREE[file.original_name]
        assert file.sha256 in file.file.name


def test_the_years_of_yearly_files_stand_in_their_names(send, woken):
    one, other = yearly("Lycksele;1500;12400"), yearly("Lycksele;1400;11900")
    send({"Anmälda brott 2023.csv": one, "Anmälda brott 2024.csv": other})
    work(woken)

    assert {batch.year for batch in ImportBatch.objects.all()} == {2023, 2024}


def test_a_year_that_was_typed_is_for_the_files_that_have_none(send, woken):
    send({"2023.csv": yearly("Lycksele;1500;12400"), "siffror.csv": yearly("Åsele;150;12400")}, year="2024")
    work(woken)

    assert {batch.original_name: batch.year for batch in ImportBatch.objects.all()} == {
        "2023.csv": 2023,
        "siffror.csv": 2024,
    }


# --- What a person should look at ---------------------------------------------------------------------------------


def test_what_has_a_remark_waits_for_a_yes_of_its_own(send, woken, press, client):
    with_remark = workbook({TOTAL: reported(["Falun", 1, 2, 3, 4], ["Angered", 1, 2, 3, 4])})
    send({"Lycksele.xlsx": lycksele_workbook(), "Falun.xlsx": with_remark})
    work(woken)
    delivery = Delivery.objects.get()
    assert states(delivery)["Falun.xlsx"] == ("Förhandsgranskad", "1 rad läses inte in.")

    press(delivery)
    work(woken)
    assert states(delivery)["Falun.xlsx"][0] == "Förhandsgranskad"
    assert "Läs in 1 med anmärkning" in client.get(delivery.get_absolute_url()).text

    press(delivery, vilka="alla")
    work(woken)
    assert {word for word, _ in states(delivery).values()} == {"Inläst"}


def test_a_table_to_point_out_is_never_let_in_with_the_others(send, woken, press):
    own = "Område;Otrygga 2024, andel (%)\nLycksele;31,5\nÅsele;30\n".encode()
    send({"enkät.csv": own, "Lycksele.xlsx": lycksele_workbook()})
    work(woken)
    delivery = Delivery.objects.get()

    press(delivery, vilka="alla")
    work(woken)

    assert states(delivery)["enkät.csv"] == ("Förhandsgranskad", delivering.TO_POINT_OUT)
    assert ImportBatch.objects.imported().get().original_name == "Lycksele.xlsx"


def test_a_file_that_was_decided_about_on_its_own_page_is_left_as_it_is(send, woken, press, anna):
    send(THREE)
    work(woken)
    delivery = Delivery.objects.get()
    press(delivery)
    actions.confirm(ImportBatch.objects.get(original_name="Falun.xlsx"), by=anna)

    work(woken)

    assert {word for word, _ in states(delivery).values()} == {"Inläst"}
    assert Observation.objects.filter(area_code="2080").count() == 4


def test_pressing_twice_lets_nothing_in_twice(send, woken, press):
    send(THREE)
    work(woken)
    delivery = Delivery.objects.get()
    press(delivery)

    assert told(press(delivery))[-1] == "Ingen fil väntade på att läsas in."
    work(woken)
    assert {file.attempts for file in delivery.files.all()} == {1}


# --- Refused as a whole -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({f"{n}.csv": b"x" for n in range(4)}, "Högst 3 filer kan skickas in på en gång."),
        ({"a.zip": packed({f"{n}.csv": b"x" for n in range(4)})}, "Zip-filen innehåller fler än 3 filer."),
        ({"a.zip": packed({"a.csv": b"x", "b.csv": b"y"}), "b.zip": packed({"c.csv": b"z", "d.csv": b"w"})}, "Högst 3"),
        ({"a.zip": packed({"mapp/": b""})}, "Zip-filen innehåller inga filer."),
    ],
)
def test_too_many_or_none_are_told_beside_the_field(send, monkeypatch, files, sentence):
    monkeypatch.setattr(delivering, "MOST_FILES", 3)
    monkeypatch.setattr(delivering, "TOO_MANY", delivering.TOO_MANY.replace("300", "3"))
    monkeypatch.setattr(workbook_zips, "MOST_FILES", 3)
    monkeypatch.setattr(workbook_zips, "TOO_MANY", workbook_zips.TOO_MANY.replace("300", "3"))

    response = send(files)

    assert (response.status_code, Delivery.objects.exists()) == (200, False)
    assert sentence in response.text


def test_a_zip_that_unpacks_to_more_than_is_taken_in_is_refused(send, monkeypatch):
    monkeypatch.setattr(workbook_zips, "MOST_AT_ONCE", 1000)

    assert "tillsammans större än" in send({"a.zip": packed({"a.csv": b"x" * 2000})}).text


def test_what_is_packed_unreasonably_hard_is_not_opened(send, woken):
    send({"bomb.zip": packed({"a.csv": b"0" * 30_000_000, "Lycksele.xlsx": lycksele_workbook()})})

    assert states(Delivery.objects.get())["a.csv"] == ("Inte läst", workbook_zips.PACKED)
    assert len(woken) == 1


def test_a_zip_within_the_zip_is_a_file_that_cannot_be_read(send, woken):
    send({"a.zip": packed({"b.zip": packed({"c.csv": b"x"}), "Lycksele.xlsx": lycksele_workbook()})})
    work(woken)

    assert states(Delivery.objects.get())["b.zip"][1].startswith("Filen är ingen Excelarbetsbok.")


def test_a_locked_file_and_a_broken_one_in_a_zip_are_told(places):
    content = bytearray(packed({"a.csv": b"x" * 40, "b.csv": b"y" * 40}))
    directory = content.index(b"PK\x01\x02")
    content[directory + 8] |= 0x1
    second = content.index(b"PK\x03\x04", 4)
    content[second + 36] ^= 0xFF

    found = dict(workbook_zips.unpacked(bytes(content)))

    assert [str(one) for one in found.values()] == [workbook_zips.LOCKED, workbook_zips.DAMAGED]


def test_half_a_zip_is_refused(places):
    content = packed({"a.csv": b"x" * 400})

    assert not workbook_zips.is_packed(content[:60])
    with pytest.raises(FileRefused, match="skadad eller ofullständig"):
        list(workbook_zips.unpacked(content[:60]))


# --- Whoever dies on the way --------------------------------------------------------------------------------------


@pytest.fixture
def delivery(send, woken):
    """Three files, none read yet."""
    send(THREE)
    woken.clear()
    return Delivery.objects.get()


@pytest.mark.parametrize("status", ["queued", "running"])
def test_a_lost_workers_files_are_read_by_the_next(delivery, woken, status):
    then = timezone.now() - LONG_AGO
    delivery.files.update(status=status, claim=uuid.uuid4(), attempts=1, woken_at=then, heartbeat_at=then)

    tasks.wake_lost()
    assert len(woken) == 3
    work(woken)

    assert ImportBatch.objects.count() == 3


def test_a_file_that_dies_three_times_is_given_up_and_the_others_go_on(delivery, woken):
    then = timezone.now() - LONG_AGO
    delivery.files.filter(original_name="Falun.xlsx").update(
        status="running", claim=uuid.uuid4(), heartbeat_at=then, attempts=3
    )
    delivery.files.exclude(original_name="Falun.xlsx").update(woken_at=then)

    tasks.wake_lost()
    work(woken)

    assert states(delivery)["Falun.xlsx"] == ("Inte läst", DeliveredFile.GAVE_UP)
    assert ImportBatch.objects.count() == 2


def test_a_worker_that_has_been_overtaken_keeps_nothing(delivery, monkeypatch):
    real = delivering.preview

    def overtaken(*args, **kwargs):
        DeliveredFile.objects.update(claim=uuid.uuid4())
        return real(*args, **kwargs)

    monkeypatch.setattr(delivering, "preview", overtaken)

    assert delivering.run(delivery.files.first().pk) is False
    assert not ImportBatch.objects.exists()


def test_a_worker_that_dies_between_figures_and_row_lets_nothing_in_twice(delivery, woken, press, monkeypatch):
    """Both are written in one transaction: what was half done is not there for the next one."""
    work(delivering.to_wake(delivery))
    press(delivery)

    def dies(*args, **kwargs):
        raise MemoryError

    with monkeypatch.context() as broken:
        broken.setattr(delivering.jobs, "finish", dies)
        for pk in woken:
            assert delivering.run(pk) is False
    assert not Observation.objects.exists()

    work(woken)
    assert ImportBatch.objects.imported().count() == 3
    assert {file.attempts for file in delivery.files.all()} == {2}


def test_a_second_worker_finds_nothing_to_claim(delivery):
    pk = delivery.files.first().pk
    assert delivering.run(pk) is True

    assert delivering.run(pk) is False
    assert ImportBatch.objects.count() == 1


def test_a_silent_broker_is_asked_once_and_loses_nothing(send, monkeypatch):
    asked = []

    def refuse(**given):
        asked.append(given)
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.read_file, "delay", refuse)

    assert send(THREE).status_code == 302
    assert len(asked) == 1
    assert Delivery.objects.get().files.filter(status="queued").count() == 3


# --- Following ----------------------------------------------------------------------------------------------------


def test_the_page_asks_until_all_is_read_and_then_shows_itself_anew(client, delivery):
    address = f"{delivery.get_absolute_url()}framsteg/"
    assert "hx-get" in client.get(address).text
    assert "HX-Refresh" not in client.get(address, headers={"HX-Request": "true"})

    work(delivering.to_wake(delivery))

    settled = client.get(address, headers={"HX-Request": "true"})
    assert "hx-get" not in settled.text
    assert settled["HX-Refresh"] == "true"


def test_the_page_for_files_leads_here(client, delivery):
    assert f'href="{delivery.get_absolute_url()}"' in client.get(ADDRESS).text


def test_letting_in_needs_a_button(client, delivery):
    assert client.get(f"{delivery.get_absolute_url()}las-in/").status_code == 405


@pytest.mark.parametrize("person", ["bo", "eva", "fia"])
def test_another_organisations_delivery_is_not_theirs(client, cast, delivery, person):
    client.force_login(cast[person])
    page = delivery.get_absolute_url()

    assert {client.get(address).status_code for address in (page, f"{page}framsteg/")} == {404}
    assert client.post(f"{page}las-in/").status_code == 404
    assert page not in client.get(ADDRESS).text


@pytest.mark.parametrize("person", ["cecilia", "greta", "hans", "lisa"])
def test_who_may_not_read_in_figures_sees_no_delivery(client, cast, delivery, person):
    client.force_login(cast[person])

    assert client.get(delivery.get_absolute_url()).status_code == 403


def test_an_administrator_reads_the_files_but_changes_none(client, ove, delivery):
    client.force_login(ove)
    page = f"/admin/indicators/deliveredfile/{delivery.files.first().pk}/change/"

    assert "Falun.xlsx" in client.get("/admin/indicators/deliveredfile/").text
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_often_for_one_file_as_for_three(client, anna, places, count, django_assert_num_queries):
    delivery = factories.DeliveryFactory(created_by=anna)
    for number in range(count):
        factories.DeliveredFileFactory(delivery=delivery, created_by=anna, original_name=f"{number}.xlsx")
    client.force_login(anna)

    with django_assert_num_queries(8):
        client.get(delivery.get_absolute_url())
