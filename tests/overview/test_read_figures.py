"""A municipality's figures beside its county and the nation."""

import pytest

from indicators.models import ImportBatch, Indicator, Observation

pytestmark = pytest.mark.django_db


@pytest.fixture
def figures(lycksele, ove):
    """Two years of reported crime for Lycksele, its county and the nation."""
    indicator = Indicator.objects.create(
        code="totalt-anmalda-per-100000", title="Anmälda brott totalt", unit="per_100000", topic="anmalda", source="Brå"
    )
    batch = ImportBatch.objects.create(kind="lagesbild", original_name="bok.xlsx", sha256="a", size=1, created_by=ove)
    for area_type, code, values in (
        ("kommun", "2481", (9100, 8400)),
        ("lan", "24", (9900, 9800)),
        ("riket", "00", (13000, None)),
    ):
        for year, value in zip((2024, 2025), values, strict=True):
            Observation.objects.create(
                dataset="lagesbild",
                indicator=indicator,
                area_type=area_type,
                area_code=code,
                year_from=year,
                year_to=year,
                period_label=str(year),
                value=value,
                batch=batch,
            )


def page(client, who, address="/kommuner/lycksele/siffror/"):
    client.force_login(who)
    return client.get(address).text


@pytest.mark.parametrize("first", ["anna", "eva", "fia", "lisa"])
def test_the_figures_are_for_everybody(client, cast, figures, first):
    text = page(client, cast[first])

    assert "Anmälda brott totalt i Lycksele har minskat från 9" in text
    assert "<td" in text
    assert "Länet" in text


def test_a_missing_figure_is_said_in_the_table(client, anna, figures):
    assert '<td class="num">uppgift saknas</td>' in page(client, anna)


def test_the_municipalitys_page_shows_a_few(client, anna, figures, full):
    text = page(client, anna, "/kommuner/lycksele/")

    assert "Siffror för Lycksele" in text
    assert 'href="/kommuner/lycksele/siffror/"' in text


def test_without_figures_the_page_says_where_they_come_from(client, anna, lycksele):
    text = page(client, anna)

    assert "Inga siffror är inlästa" in text
    assert 'href="/indikatorer/"' in text


def test_an_unknown_municipality_has_no_figures(client, anna):
    client.force_login(anna)

    assert client.get("/kommuner/ingenstans/siffror/").status_code == 404
