"""A report from order to stored file against bare WeasyPrint on the same HTML, and a worker's memory over a hundred."""

import copy
import datetime as dt
import resource

import pytest
import weasyprint

from lib import pdf, situation_report
from reports import actions, content
from reports.models import Report
from tests import factories
from tests.benchmarks.measure import ratio, say
from tests.lib.sample_report import sample

pytestmark = [pytest.mark.bench]


@pytest.fixture
def order(db, monkeypatch, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(content, "build", lambda *args, **kwargs: copy.deepcopy(sample()))
    partnership = factories.PartnershipFactory()

    def make():
        report = actions.order(partnership, by=partnership.created_by, day=dt.date(2026, 11, 20))
        assert actions.make(report.pk)
        return report

    return make


def bare(html):
    """WeasyPrint as its documentation shows it, tagged too, with fonts and style sheets read anew each time."""

    return lambda: weasyprint.HTML(string=html, base_url=pdf.STATIC_BASE, url_fetcher=pdf.fetcher()).write_pdf(
        pdf_variant="pdf/ua-1"
    )


def test_a_report_from_order_to_file(order):
    html = pdf.render_html("pdf/situation_report.html", situation_report.context(sample()))
    measured = ratio(order, bare(html), rounds=12)

    say("lägesrapport, beställning till fil", measured, 1.25)
    assert measured[0] <= 1.25


def test_memory_is_steady_over_a_hundred_reports(order):
    for _ in range(20):
        order()
    after_twenty = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    for _ in range(80):
        order()

    growth = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - after_twenty) / 1024
    print(f"\nminne: {after_twenty / 1024:.0f} MB efter 20 rapporter, +{growth:.0f} MB efter 100", end="")
    assert Report.objects.filter(status="done").count() == 100
    assert growth < 60
