"""The sample report as HTML and as a file, made once for all tests that only read them."""

import datetime as dt
import io

import pikepdf
import pytest

from lib import pdf, situation_report
from tests.lib.sample_report import sample

CREATED = dt.datetime(2026, 11, 20, 12, 30, tzinfo=dt.UTC)
TEMPLATE = "pdf/situation_report.html"


@pytest.fixture(scope="session")
def report_html():
    """Makes a report's HTML from its content."""
    return lambda report, **more: pdf.render_html(TEMPLATE, situation_report.context(report) | more)


@pytest.fixture(scope="session")
def make():
    """Makes a file from HTML, or from a body."""

    def file(html: str) -> bytes:
        if not html.lstrip().startswith("<!doctype"):
            sheet = '<link rel="stylesheet" href="css/print.css">'
            html = f'<!doctype html><html lang="sv"><head><title>Prov</title>{sheet}</head><body>{html}</body></html>'
        return pdf.render_pdf(html, created=CREATED)

    return file


@pytest.fixture(scope="session")
def sample_html(report_html):
    return report_html(sample())


@pytest.fixture(scope="session")
def sample_file(make, sample_html):
    return make(sample_html)


@pytest.fixture
def opened(sample_file):
    """The sample file, open for reading."""
    with pikepdf.open(io.BytesIO(sample_file)) as file:
        yield file
