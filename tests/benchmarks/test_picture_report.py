"""A lägesbild of twenty charts on thirty pages, from order to stored file, against bare WeasyPrint on the same HTML."""

import datetime as dt

import pytest
import weasyprint

from lib import pdf
from reports import actions, picture_content, picture_report
from reports.models import Report
from tests import factories
from tests.benchmarks.measure import ratio, say
from tests.reports.sample_picture import thirty_pages

pytestmark = [pytest.mark.bench]


@pytest.fixture
def order(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(picture_content, "build", lambda *args, **kwargs: thirty_pages())
    picture = factories.PictureFactory(cycle=factories.CycleFactory())

    def make():
        report, _ = actions.order_picture(
            picture, by=picture.created_by, day=dt.date(2026, 11, 20), audience=Report.Audience.PARTIES
        )
        assert actions.make(report.pk)
        report.refresh_from_db()
        return report

    return make


def bare(html):
    """WeasyPrint as its documentation shows it, tagged too, with fonts and style sheets read anew each time."""

    return lambda: weasyprint.HTML(string=html, base_url=pdf.STATIC_BASE, url_fetcher=pdf.fetcher()).write_pdf(
        pdf_variant="pdf/ua-1"
    )


def test_a_lagesbild_from_order_to_file(order):
    assert 25 <= order().pages <= 35
    html = pdf.render_html("pdf/picture_report.html", picture_report.context(thirty_pages()))
    measured = ratio(order, bare(html), rounds=8)

    say("lägesbild, 30 sidor, beställning till fil", measured, 1.25)
    assert measured[0] <= 1.25
