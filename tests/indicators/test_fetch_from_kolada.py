"""Fetching key figures from Kolada: order, wait, look through, read in. Kolada is a stand-in on this machine."""

import datetime as dt
import json
import uuid
from pathlib import Path

import pytest
from django.contrib.messages import get_messages
from django.db import IntegrityError
from django.utils import timezone
from kombu.exceptions import OperationalError

from indicators import actions, fetching, kolada, tasks
from indicators.extents import Extent
from indicators.models import Fetch, ImportBatch, Indicator, KoladaKpi, Observation
from indicators.readers import kolada_api
from indicators.readers.places import Places
from journal.models import Event
from lib.dates import today
from lib.uploads import FileRefused
from tests import factories
from tests.indicators.kolada_stand_in import kolada_answers, row

ADDRESS = "/indikatorer/import/kolada/"


@pytest.fixture
def stand_in(settings, monkeypatch):
    """Kolada as documented; we wait as often as for the real one, but not as long."""
    monkeypatch.setattr(kolada, "WAITS", (0.01, 0.02, 0.03))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with kolada_answers() as server:
        settings.KOLADA_URL = server.url
        yield server


@pytest.fixture
def woken(monkeypatch):
    """The ids of the fetches that somebody was woken for."""
    ids = []
    monkeypatch.setattr(tasks.fetch, "delay", lambda *, fetch_id: ids.append(fetch_id))
    return ids


@pytest.fixture
def kpis(db):
    actions.load_kpis()
    return {one.code: one for one in KoladaKpi.objects.all()}


@pytest.fixture
def chosen(kpis):
    """What Anna fills in: violent crimes in Lycksele in 2023 and 2024."""
    return {"kpis": [kpis["N07403"].pk], "extent": "egna", "year_from": "2023", "year_to": "2024"}


@pytest.fixture
def fetch(kpis, lycksele, anna):
    """Ordered by Anna for Lycksele, not yet carried out."""
    return factories.FetchFactory(created_by=anna, kpis=[kpis["N07403"].asked()])


def carried_out(fetch):
    fetching.run(fetch.pk)
    fetch.refresh_from_db()
    return fetch


def ordered(kpis, by):
    extent = Extent("egna", "Lycksele", ("2481",))
    return fetching.order([kpis["N07403"]], extent, year_from=2023, year_to=2024, by=by)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


# --- From order to figures ----------------------------------------------------------------------------------------


def test_from_the_order_to_figures_that_can_be_traced(
    client, anna, chosen, stand_in, woken, django_capture_on_commit_callbacks
):
    stand_in.rows = [row(T=812.5), row(period=2023, T=790), row(municipality="0000", T=880.25)]
    client.force_login(anna)

    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(ADDRESS, chosen).url
    tasks.fetch(fetch_id=woken[0])
    fetch = Fetch.objects.get()
    assert fetch.batch.get_absolute_url() in client.get(page).text
    preview = client.get(fetch.batch.get_absolute_url()).text
    assert "<b>3</b><small>nya siffror</small>" in preview
    assert not Observation.objects.exists()
    client.post(f"{fetch.batch.get_absolute_url()}las-in/")

    figures = {(one.area_code, one.year_to): one for one in Observation.objects.all()}
    assert {key: float(one.value) for key, one in figures.items()} == {
        ("2481", 2024): 812.5,
        ("2481", 2023): 790.0,
        ("00", 2024): 880.25,
    }
    assert {(one.batch, one.source, one.dataset) for one in figures.values()} == {(fetch.batch, "kolada", "kolada")}
    kept = json.loads(Path(fetch.batch.file.path).read_bytes())
    assert kept["answers"][0]["values"] == stand_in.rows
    assert fetch.batch.created_by == anna


def test_the_indicator_says_its_unit_and_that_kolada_is_the_source(client, anna, fetch, stand_in):
    actions.confirm(carried_out(fetch).batch, by=anna)

    indicator = Indicator.objects.get()
    assert (indicator.code, indicator.unit, indicator.topic) == ("kolada-n07403", "per_100000", "anmalda")
    assert indicator.title == "Anmälda våldsbrott (Kolada)"
    assert "jämför inte med åren före" in indicator.caution
    client.force_login(anna)
    assert "Källa: Kolada, 2024." in client.get("/indikatorer/kolada-n07403/?kommun=lycksele").text


def test_figures_of_women_and_men_are_told_apart(client, anna, fetch, stand_in):
    stand_in.rows = [row(T=10, K=4, M=6)]
    batch = carried_out(fetch).batch
    client.force_login(anna)

    preview = client.get(batch.get_absolute_url()).text
    actions.confirm(batch, by=anna)

    assert "Lycksele, kvinnor" in preview
    assert {one.sex: int(one.value) for one in Observation.objects.all()} == {"T": 10, "K": 4, "M": 6}


def test_what_has_no_figure_is_told_and_never_becomes_zero(fetch, stand_in):
    gone = row(period=2023)
    gone["values"][0]["isdeleted"] = True
    stand_in.rows = [row(T=812.5, K=None), gone, row(municipality="0024"), row(municipality="9999")]

    batch = carried_out(fetch).batch

    assert batch.new_count == 1
    assert "1 uppgift saknar värde hos Kolada och ger ingen siffra." in batch.report["warnings"]
    assert "1 uppgift är borttagen hos Kolada och läses inte in." in batch.report["warnings"]
    assert {one["label"]: one["reason"] for one in batch.unmatched} == {
        "0024": "Koden är en region, inte en kommun.",
        "N07403, 9999, 2024": "Raden ingick inte i det som beställdes.",
    }


def test_the_same_answer_again_is_told(anna, fetch, stand_in):
    actions.confirm(carried_out(fetch).batch, by=anna)

    again = carried_out(factories.FetchFactory(created_by=anna, kpis=fetch.kpis))

    assert again.batch.unchanged_count == 1
    assert again.batch.report["warnings"][0].startswith("Samma fil lästes in")


# --- Ordering -----------------------------------------------------------------------------------------------------


def test_where_no_address_is_given_the_page_says_so_and_nothing_is_ordered(client, anna, chosen, settings):
    settings.KOLADA_URL = ""
    client.force_login(anna)

    response = client.post(ADDRESS, chosen)

    assert "Hämtning från Kolada är avstängd i den här installationen." in response.text
    assert "Hämta siffrorna" not in response.text
    assert not Fetch.objects.exists()


def test_two_clicks_are_one_fetch(client, anna, chosen, stand_in, woken, django_capture_on_commit_callbacks):
    client.force_login(anna)

    with django_capture_on_commit_callbacks(execute=True):
        responses = [client.post(ADDRESS, chosen) for _ in range(2)]

    fetch = Fetch.objects.get()
    assert {response.url for response in responses} == {fetch.get_absolute_url()}
    assert "Den hämtningen är redan beställd. Här är den." in told(responses[1])
    assert woken == [fetch.pk]


def test_an_order_that_meets_one_that_is_settled_meanwhile_is_made_anew(monkeypatch, anna, kpis, lycksele):
    real, tries = Fetch.objects.create, []

    def refused_once(**fields):
        tries.append(fields)
        if len(tries) == 1:
            raise IntegrityError("fetch_asked_once_at_a_time")
        return real(**fields)

    monkeypatch.setattr(Fetch.objects, "create", refused_once)

    made, is_new = ordered(kpis, anna)

    assert (made, is_new, len(tries)) == (Fetch.objects.get(), True, 2)


def test_an_order_that_the_database_refuses_for_another_reason_is_told(monkeypatch, anna, kpis, lycksele):
    def refused(**_):
        raise IntegrityError("something else")

    monkeypatch.setattr(Fetch.objects, "create", refused)

    with pytest.raises(IntegrityError, match="something else"):
        ordered(kpis, anna)


def test_another_persons_like_order_is_another_fetch(client, anna, ove, chosen, stand_in, fetch):
    client.force_login(ove)
    client.post(ADDRESS, chosen | {"extent": "alla"})
    client.force_login(anna)
    client.post(ADDRESS, chosen | {"extent": "alla"})

    assert Fetch.objects.exclude(pk=fetch.pk).count() == 2


@pytest.fixture
def neighbours(lycksele):
    """Åsele lies in Lycksele's county, Falun does not; both lie in the country."""
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    dalarna = factories.CountyFactory(code="20", name="Dalarnas län")
    factories.MunicipalityFactory(code="2080", name="Falun", slug="falun", county=dalarna)


@pytest.mark.parametrize(
    ("extent", "places"),
    [
        ("egna", {"2481", "0000"}),
        ("lan-24", {"2481", "2463", "0000"}),
        ("alla", {"2481", "2463", "2080", "1282", "0000"}),
    ],
)
def test_own_municipalities_the_countys_or_all(client, anna, neighbours, chosen, stand_in, woken, extent, places):
    client.force_login(anna)

    client.post(ADDRESS, chosen | {"extent": extent})

    assert set(Fetch.objects.get().places) == places


def test_the_polices_own_are_those_that_its_area_covers(client, bo, lycksele, neighbours, chosen, stand_in, woken):
    lycksele.coverage.create(local_police_area=bo.memberships_now[0].organisation.local_police_area)
    client.force_login(bo)

    client.post(ADDRESS, chosen)

    assert set(Fetch.objects.get().places) == {"2481", "0000"}


def test_who_has_no_municipality_may_choose_any_county(client, fia, neighbours, kpis, stand_in):
    client.force_login(fia)

    page = client.get(ADDRESS).text

    assert 'value="egna"' not in page
    assert 'value="lan-20"' in page
    assert 'value="lan-24"' in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"kpis": []}, "Välj minst ett nyckeltal."),
        ({"kpis": ["9" * 30]}, "Välj bland nyckeltalen i listan."),
        ({"extent": "lan-12"}, "Välj kommuner ur listan."),
        ({"year_from": "i fjol"}, "Skriv året med fyra siffror."),
        ({"year_from": "1066"}, "Ange ett år mellan 1990 och"),
        ({"year_to": "2999"}, "Ange ett år mellan 1990 och"),
        ({"year_to": "2020"}, "Det sista året ligger före det första."),
    ],
)
def test_an_order_that_cannot_be_made_is_explained_beside_the_field(client, anna, chosen, stand_in, typed, sentence):
    client.force_login(anna)

    response = client.post(ADDRESS, chosen | typed)

    assert response.status_code == 200
    assert sentence in response.text
    assert not Fetch.objects.exists()


def test_more_than_can_be_looked_through_is_refused_before_kolada_is_asked(client, anna, chosen, stand_in, monkeypatch):
    monkeypatch.setattr("indicators.fetch_forms.MOST_FIGURES", 3)
    client.force_login(anna)

    assert "Det blir upp till 4 siffror, och högst 3 kan hämtas på en gång." in client.post(ADDRESS, chosen).text
    assert stand_in.asked == []


def test_a_key_figure_that_is_no_longer_offered_cannot_be_chosen(client, anna, chosen, kpis, stand_in):
    KoladaKpi.objects.filter(code="N07403").update(is_offered=False)
    client.force_login(anna)

    assert "Välj bland nyckeltalen i listan." in client.post(ADDRESS, chosen).text


@pytest.mark.parametrize("person", ["cecilia", "greta", "hans", "lisa"])
def test_who_may_not_read_in_figures_may_not_fetch_them(client, cast, fetch, person):
    client.force_login(cast[person])
    page = fetch.get_absolute_url()

    assert {client.get(address).status_code for address in (ADDRESS, page, f"{page}framsteg/")} == {403}
    assert client.post(f"{page}igen/").status_code == 403


@pytest.mark.parametrize("person", ["bo", "eva", "fia"])
def test_another_organisations_fetch_is_not_theirs(client, cast, fetch, person):
    client.force_login(cast[person])
    page = fetch.get_absolute_url()

    assert {client.get(address).status_code for address in (page, f"{page}framsteg/")} == {404}
    assert page not in client.get(ADDRESS).text


def test_a_silent_broker_loses_nothing(client, anna, chosen, stand_in, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(**_):
        raise OperationalError("no broker")

    monkeypatch.setattr(tasks.fetch, "delay", refuse)
    client.force_login(anna)

    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(ADDRESS, chosen).status_code == 302

    assert Fetch.objects.get().status == "queued"


# --- Asking -------------------------------------------------------------------------------------------------------


def test_at_most_25_ids_stand_in_a_part_of_the_address(anna, fetch, stand_in):
    fetch.places = [f"{code}" for code in range(9001, 9060)]
    fetch.year_from, fetch.year_to = 1990, 2024
    fetch.save()

    carried_out(fetch)

    parts = [path.split("?")[0].split("/")[6::2] for path in stand_in.asked]
    assert [(len(places.split(",")), len(years.split(","))) for places, years in parts] == [
        (25, 25),
        (25, 10),
        (25, 25),
        (25, 10),
        (9, 25),
        (9, 10),
    ]


@pytest.mark.parametrize("name_of_next", ["next_url", "next_page"])
def test_all_pages_of_an_answer_are_read(fetch, stand_in, name_of_next):
    stand_in.rows = [row(period=2023), row(), row(municipality="0000")]
    stand_in.rows_per_page, stand_in.name_of_next = 1, name_of_next

    assert carried_out(fetch).batch.new_count == 3
    assert len(stand_in.asked) == 3


def test_an_answer_that_stops_between_its_pages_leaves_nothing(fetch, stand_in):
    stand_in.rows, stand_in.rows_per_page = [row(period=2023), row(), row(municipality="0000")], 1
    first = {"count": 1, "values": [row(period=2023)]}
    following = "/v3/data/kpi/N07403/municipality/2481,0000/year/2023,2024?per_page=5000&page=2"
    stand_in.troubles = [(200, {}, json.dumps(first | {"next_url": following}).encode()), *["half"] * 9]

    assert carried_out(fetch).status == "failed"
    assert "Kolada svarar inte just nu." in fetch.error
    assert not ImportBatch.objects.exists()
    assert len(stand_in.asked) > 2


@pytest.mark.parametrize("host", ["http://kolada.example", "http://127.0.0.1:9", "http://x@127.0.0.1", "file://"])
def test_a_next_page_on_another_host_is_never_asked(fetch, stand_in, host):
    stand_in.rows, stand_in.rows_per_page = [row(period=2023), row()], 1
    stand_in.next_host = host

    assert "hänvisade till en annan adress" in carried_out(fetch).error
    assert len(stand_in.asked) == 1


def test_a_next_page_outside_the_api_is_never_asked(fetch, stand_in):
    following = json.dumps({"values": [row()], "next_url": f"{stand_in.url}/../admin/"})
    stand_in.troubles = [(200, {}, following.encode())]

    assert "hänvisade till en annan adress" in carried_out(fetch).error
    assert len(stand_in.asked) == 1


def test_pages_that_lead_in_circles_are_left(fetch, stand_in):
    path = "/v3/data/kpi/N07403/municipality/2481,0000/year/2023,2024?per_page=5000"
    stand_in.troubles = [(200, {}, json.dumps({"values": [row()], "next_url": path}).encode())]

    assert "samma sida två gånger" in carried_out(fetch).error


@pytest.mark.parametrize(
    "trouble",
    [(429, {"Retry-After": "0"}, b""), (429, {"Retry-After": "snart"}, b""), (500, {}, b""), (503, {}, b"x"), "half"],
)
def test_a_busy_kolada_is_asked_again(fetch, stand_in, trouble):
    stand_in.troubles = [trouble, trouble]

    assert carried_out(fetch).status == "done"
    assert len(stand_in.asked) == 3


def test_kolada_decides_how_long_to_wait(fetch, stand_in):
    stand_in.troubles = [(429, {"Retry-After": "1"}, b"")]
    began = timezone.now()

    assert carried_out(fetch).status == "done"
    assert timezone.now() - began >= dt.timedelta(seconds=1)


@pytest.mark.parametrize("asked", ["3600", "Fri, 01 Jan 2100 12:00:00 GMT"])
def test_a_wait_that_is_too_long_is_told(fetch, stand_in, asked):
    stand_in.troubles = [(429, {"Retry-After": asked}, b"")]

    assert carried_out(fetch).error == "Kolada ber oss vänta längre än vi kan. Försök igen senare."
    assert len(stand_in.asked) == 1


@pytest.mark.parametrize(
    ("trouble", "sentence"),
    [
        ((429, {}, b""), "Kolada är upptaget"),
        ((503, {}, b""), "Kolada är upptaget"),
        ("half", "Kolada svarar inte just nu."),
        ((410, {}, b"Gone"), "Kolada har stängt den version av sitt API"),
        ((404, {}, b""), "Kolada svarade med felkod 404."),
        ((302, {"Location": "http://127.0.0.1:9/"}, b""), "Kolada svarade med felkod 302."),
        ((200, {}, b"<html>Underh\xc3\xa5ll</html>"), "inte går att läsa"),
        ((200, {}, b'{"count": 1, "values": [{"kpi": "N07'), "inte går att läsa"),
        ((200, {}, b"[" * 100_000), "inte går att läsa"),
        ((200, {}, b'{"values": [NaN]}'), "inte går att läsa"),
        ((200, {}, b"[]"), "inte går att läsa"),
        ((200, {}, b'{"count": 0}'), "inte går att läsa"),
        ((200, {}, b'{"values": [], "next_url": 7}'), "inte går att läsa"),
        ((200, {"Content-Encoding": "gzip"}, b"not gzip"), "inte går att läsa"),
        ((200, {}, b'{"count": 0, "values": [], "next_url": null}'), "Kolada svarade utan rader."),
    ],
)
def test_a_failure_is_told_in_a_sentence_and_nothing_is_kept(fetch, stand_in, trouble, sentence):
    stand_in.troubles = [trouble] * 9

    assert carried_out(fetch).status == "failed"
    assert sentence in fetch.error
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "broken",
    [
        "N07403",
        {"kpi": "N07403", "municipality": "2481", "period": 2024},
        row() | {"municipality": 2481},
        row() | {"period": "2024"},
        row() | {"kpi": ["N07403"]},
        row() | {"values": None},
        row() | {"values": ["812,5"]},
        row() | {"values": [{"gender": "T"}]},
        row() | {"values": [{"value": 812.5}]},
        row() | {"values": [{"gender": "X", "value": 812.5}]},
        row() | {"values": [{"gender": "T", "value": "812,5"}]},
        row() | {"values": [{"gender": "T", "value": True}]},
    ],
)
def test_one_row_that_lacks_its_shape_stops_the_whole_answer(fetch, stand_in, broken):
    body = json.dumps({"count": 2, "values": [row(), broken], "next_url": None})
    stand_in.troubles = [(200, {}, body.encode())]

    assert "saknar något av det som ska finnas där" in carried_out(fetch).error
    assert not ImportBatch.objects.exists()


def test_rows_without_a_single_value_are_a_failure(fetch, stand_in):
    stand_in.rows = [row(T=None)]

    assert "ingen av dem har ett värde" in carried_out(fetch).error


def test_an_answer_that_is_too_large_is_not_read_to_its_end(fetch, stand_in, settings):
    settings.MAX_UPLOAD_BYTES = 100

    assert carried_out(fetch).error == "Svaret är större än 1 MB. Välj färre nyckeltal, kommuner eller år."


def test_kolada_that_takes_too_long_is_left(fetch, stand_in, monkeypatch):
    monkeypatch.setattr(fetching, "MOST_SECONDS", 0.0001)

    assert "tog för lång tid" in carried_out(fetch).error or "svarar inte" in fetch.error


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/v3", "kolada", "http://[", "ftp://kolada.example"])
def test_an_address_that_does_not_answer_is_told(fetch, stand_in, settings, address):
    settings.KOLADA_URL = address

    assert carried_out(fetch).status == "failed"
    assert fetch.error.startswith(("Kolada svarar inte", "Adressen till Kolada går inte att använda."))


# --- Whoever dies on the way --------------------------------------------------------------------------------------


def test_the_second_worker_finds_nothing_to_claim(fetch, stand_in):
    carried_out(fetch)

    assert fetching.run(fetch.pk) is False
    assert ImportBatch.objects.count() == 1


@pytest.mark.parametrize("status", ["queued", "running"])
def test_a_lost_workers_fetch_is_taken_up_again(fetch, stand_in, woken, status):
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Fetch.objects.update(
        status=status, claim=uuid.uuid4(), attempts=1, woken_at=long_ago, heartbeat_at=long_ago, progress=45
    )

    tasks.wake_lost()
    assert woken == [fetch.pk]

    assert carried_out(fetch).status == "done"
    assert fetch.attempts == 2


def test_a_living_worker_is_left_alone(fetch, woken):
    Fetch.objects.update(status="running", claim=uuid.uuid4(), heartbeat_at=timezone.now())

    tasks.wake_lost()

    assert woken == []


def test_what_dies_three_times_is_given_up(fetch, woken):
    long_ago = timezone.now() - dt.timedelta(minutes=5)
    Fetch.objects.update(status="running", claim=uuid.uuid4(), heartbeat_at=long_ago, attempts=3)

    tasks.wake_lost()

    fetch.refresh_from_db()
    assert (fetch.status, woken) == ("failed", [])
    assert fetch.error.startswith("Hämtningen kunde inte göras trots flera försök.")


def test_a_fault_of_ours_goes_back_to_the_queue_and_is_given_up_the_third_time(fetch, stand_in, monkeypatch, caplog):
    monkeypatch.setattr(fetching, "preview", lambda *args, **kwargs: 1 / 0)

    states = [carried_out(fetch).status for _ in range(4)]

    assert states == ["queued", "queued", "failed", "failed"]
    assert fetch.attempts == 3


def test_a_worker_that_has_been_overtaken_keeps_nothing(fetch, stand_in, monkeypatch):
    real = fetching.preview

    def overtaken(*args, **kwargs):
        Fetch.objects.update(claim=uuid.uuid4())
        return real(*args, **kwargs)

    monkeypatch.setattr(fetching, "preview", overtaken)

    assert fetching.run(fetch.pk) is False
    assert not ImportBatch.objects.exists()


def test_while_it_waits_the_worker_gives_signs_of_life(fetch, stand_in, monkeypatch):
    monkeypatch.setattr(kolada, "BREATH", 0.005)
    stand_in.troubles = [(503, {}, b"")]
    beats = []
    monkeypatch.setattr(fetching, "now", lambda: beats.append(1) or timezone.now())

    carried_out(fetch)

    assert len(beats) > 2  # which a fetch that never waits gives


# --- Following ----------------------------------------------------------------------------------------------------


def test_the_page_asks_again_until_the_fetch_is_settled(client, anna, fetch, stand_in):
    client.force_login(anna)
    address = f"{fetch.get_absolute_url()}framsteg/"
    assert "hx-get" in client.get(address).text

    carried_out(fetch)

    assert "hx-get" not in client.get(address).text
    assert "Granska siffrorna" in client.get(address).text


def test_a_failed_fetch_says_why_and_can_be_tried_again(
    client, anna, fetch, stand_in, woken, django_capture_on_commit_callbacks
):
    stand_in.troubles = [(410, {}, b"")]
    carried_out(fetch)
    client.force_login(anna)
    page = fetch.get_absolute_url()
    assert fetch.error in client.get(page).text

    with django_capture_on_commit_callbacks(execute=True):
        responses = [client.post(f"{page}igen/") for _ in range(2)]

    assert woken == [fetch.pk]
    assert told(responses[1]) == ["Hämtningen är redan beställd på nytt."]
    assert [event.label for event in Event.objects.about(fetch)] == ["Beställd på nytt"]
    assert carried_out(fetch).status == "done"


def test_what_was_ordered_anew_is_not_tried_again_beside_it(client, anna, fetch, stand_in):
    Fetch.objects.update(status="failed")
    factories.FetchFactory(created_by=anna, kpis=fetch.kpis)
    client.force_login(anna)

    response = client.post(f"{fetch.get_absolute_url()}igen/")

    assert told(response) == ["Hämtningen är redan beställd på nytt."]


def test_nothing_is_tried_again_where_fetching_is_off(client, anna, fetch, woken):
    Fetch.objects.update(status="failed")
    client.force_login(anna)

    response = client.post(f"{fetch.get_absolute_url()}igen/")

    assert told(response) == ["Hämtning från Kolada är avstängd i den här installationen."]
    assert carried_out(fetch).status == "failed"


def test_trying_again_needs_a_button(client, anna, fetch):
    client.force_login(anna)

    assert client.get(f"{fetch.get_absolute_url()}igen/").status_code == 405


def test_the_page_for_files_leads_here(client, anna):
    client.force_login(anna)

    assert f'href="{ADDRESS}"' in client.get("/indikatorer/import/").text


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_one_fetch_as_for_three(client, anna, count, django_assert_num_queries):
    for year in range(2020, 2020 + count):
        factories.FetchFactory(created_by=anna, year_from=year)
    client.force_login(anna)

    with django_assert_num_queries(5):
        client.get(ADDRESS)


# --- Keeping the list ---------------------------------------------------------------------------------------------


@pytest.fixture
def keep(client, ove, kpis):
    """The administrator's pages of the list."""
    client.force_login(ove)

    def send(address="", **fields):
        return client.post(f"/admin/indicators/koladakpi/{address}", {"averaged_years": "1", **fields}, follow=True)

    return send


def verify(keep, *kpis):
    return keep(action="verify", _selected_action=[kpi.pk for kpi in kpis]).text


@pytest.mark.parametrize(
    ("title", "unit"),
    [
        ("Anmälda rån, antal/100 000 inv", "per_100000"),
        ("Anmälda rån, antal/1 000 inv", "per_1000"),
        ("Oro för rån, andel (%)", "andel"),
        ("Anmälda rån, antal", "antal"),
    ],
)
def test_the_unit_of_a_new_key_figure_is_read_from_its_title(keep, title, unit):
    keep("add/", code="N07999", title=title, unit="", topic="anmalda", is_offered="on")

    assert KoladaKpi.objects.get(code="N07999").unit == unit


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"title": "Avvikelse från modellberäknat värde"}, "Enheten går inte att läsa ur titeln."),
        ({"unit": "andel"}, "Titeln säger per 1 000 invånare."),
        ({"code": "../x"}, "en stor bokstav och fem siffror"),
    ],
)
def test_a_key_figure_that_cannot_be_used_is_not_kept(keep, typed, sentence):
    fields = {"code": "N07999", "title": "Anmälda rån, antal/1 000 inv", "unit": "", "topic": "anmalda"}

    assert sentence in keep("add/", **fields | typed).text
    assert not KoladaKpi.objects.filter(title__startswith="A", code="N07999").exists()


def test_the_list_is_kept_also_when_kolada_is_away(keep, kpis, stand_in):
    stand_in.troubles = [(503, {}, b"")] * 9

    text = verify(keep, kpis["N07403"])

    assert "Kolada är upptaget" in text
    assert KoladaKpi.objects.get(code="N07403").verified_at is None


def test_a_verified_key_figure_has_koladas_title(keep, kpis, stand_in):
    stand_in.titles["N07403"] = "Anmälda våldsbrott i kommunen, antal/100 000 inv"

    text = verify(keep, kpis["N07403"])

    kept = KoladaKpi.objects.get(code="N07403")
    assert "N07403 heter ”Anmälda våldsbrott i kommunen, antal/100 000 inv” hos Kolada." in text
    assert timezone.localdate(kept.verified_at) == today()
    assert kept.title == stand_in.titles["N07403"]
    assert Event.objects.about(kept).get().changes["title"]["to"] == kept.title


@pytest.mark.parametrize(
    ("title", "sentence"),
    [(None, "N07403 finns inte hos Kolada."), ("Anmälda våldsbrott, antal/1 000 inv", "har en annan enhet än här")],
)
def test_a_key_figure_that_is_gone_or_means_something_else_is_told(keep, kpis, stand_in, title, sentence):
    KoladaKpi.objects.update(verified_at=timezone.now())
    stand_in.titles = {"N07403": title} if title else {}

    assert sentence in verify(keep, kpis["N07403"])
    assert KoladaKpi.objects.get(code="N07403").verified_at is None
    assert KoladaKpi.objects.get(code="N07403").title == kpis["N07403"].title


def test_where_fetching_is_off_nothing_can_be_verified(keep, kpis):
    assert "Hämtning från Kolada är avstängd" in verify(keep, kpis["N07403"])


def test_an_administrator_reads_the_fetches_but_changes_none(client, ove, fetch):
    client.force_login(ove)
    page = f"/admin/indicators/fetch/{fetch.pk}/"

    assert "Lycksele" in client.get("/admin/indicators/fetch/").text
    assert client.get(f"{page}change/").status_code == 200
    assert client.post(f"{page}change/", {}).status_code == 403


# --- The file -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b'{"asked":', b'{"asked":{}}', b'{"asked":[],"answers":[{"values":[1]}]}'])
def test_a_file_that_only_begins_like_an_answer_is_refused(lycksele, content):
    assert kolada_api.is_fetched(content)

    with pytest.raises(FileRefused, match="inte ett svar som har hämtats från Kolada"):
        kolada_api.read(content, Places.load(), last_year=2026)
