"""Two independent PDF/UA checkers and qpdf find no error in a lägesbild, whatever it holds."""

import datetime as dt
import json
import os
import subprocess
from pathlib import Path

import pdfua
import pytest

from lib import pdf
from reports import picture_report
from tests.reports.sample_picture import empty, pasted, sample

OUTLOUD = os.environ.get("OUTLOUD") or os.environ.get("SAMVERKAN_OUTLOUD", "")
CREATED = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

# One process: each file is made once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("picture files")]


def one_of_each():
    """Tables of a single row, one chart of a single figure, and figures of many places below their chart."""
    whole = sample()
    single = {name: whole[name][:1] for name in ("problems", "findings", "sources", "analyses", "origins")}
    figure = whole["indicators"][0]
    dot = figure | {"series": [figure["series"][0] | {"points": [["2025", 4]]}], "preliminary": []}
    many = figure | {"series": [figure["series"][0] | {"name": f"Kommun {n}", "emphasis": n == 0} for n in range(9)]}
    return sample(**single, indicators=[dot, many])


@pytest.fixture(scope="module", params=[sample, empty, one_of_each, pasted], ids=lambda make: make.__name__)
def path(request, tmp_path_factory):
    html = pdf.render_html("pdf/picture_report.html", picture_report.context(request.param()))
    file = tmp_path_factory.mktemp("pdf") / f"{request.param.__name__}.pdf"
    file.write_bytes(pdf.render_pdf(html, created=CREATED))
    return file


def test_pdfua_finds_nothing(path):
    assert [str(finding) for finding in pdfua.validate(str(path)).findings] == []


@pytest.mark.skipif(not Path(OUTLOUD).is_file(), reason="outloud lies in the tools' environment: make setup")
def test_outloud_finds_no_error(path):
    told = subprocess.run([OUTLOUD, "--json", "-", str(path)], capture_output=True, text=True, check=False)

    found = [one for file in json.loads(told.stdout)["results"] for one in file["findings"]]
    assert [one for one in found if one["severity"] == "error"] == []
    assert told.returncode == 0


def test_qpdf_finds_nothing(path):
    told = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr
