"""Two independent PDF/UA checkers and qpdf find no error, whatever a report holds."""

import json
import os
import subprocess
from pathlib import Path

import pdfua
import pytest
import weasyprint

from lib import pdf
from tests.lib.sample_report import SAMPLE, empty, sample

OUTLOUD = os.environ.get("OUTLOUD") or os.environ.get("SAMVERKAN_OUTLOUD", "")

# One process: each file is made once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("report files")]


def one_of_each():
    """Tables of a single row, a chart of a single line, and one of a single figure."""
    tables = ("problems", "measures", "promises", "follow_ups", "seats", "sources", "steps", "step_lines")
    line = SAMPLE["indicators"][0] | {"series": SAMPLE["indicators"][0]["series"][:1]}
    dot = line | {"series": [line["series"][0] | {"points": [["2025", 4]]}]}
    return sample(**{name: SAMPLE[name][:1] for name in tables}, indicators=[line, dot])


def many():
    """Tables over many pages, and a chart of more lines and years than anybody should draw."""
    lines = [
        {"name": f"Kommun {n}", "emphasis": n == 3, "ci": None, "points": [[str(y), n + y] for y in range(1990, 2026)]}
        for n in range(12)
    ]
    return sample(
        measures=[SAMPLE["measures"][n % 6] for n in range(60)],
        seats=[SAMPLE["seats"][n % 5] for n in range(60)],
        indicators=[SAMPLE["indicators"][0] | {"series": lines}],
    )


def pasted():
    """What comes out of other programs: emoji, scripts of the world, private letters, control characters."""
    typed = "\U0001f642 \U0001f44d\U0001f3fd مرحبا 日本語 č đ ŋ \uf0b7 \ue000 \x0b \u200b \u00ad → ✓ " + "x" * 500
    return sample(title="Ubmeje \U0001f642", conclusions=[typed], limits=[typed], making=[typed])


@pytest.fixture(scope="module", params=[sample, empty, one_of_each, many, pasted], ids=lambda make: make.__name__)
def path(request, make, report_html, tmp_path_factory):
    file = tmp_path_factory.mktemp("pdf") / f"{request.param.__name__}.pdf"
    file.write_bytes(make(report_html(request.param())))
    return file


def test_pdfua_finds_nothing(path):
    report = pdfua.validate(str(path))

    assert [str(finding) for finding in report.findings] == []


@pytest.mark.skipif(not Path(OUTLOUD).is_file(), reason="outloud lies in the tools' environment: make setup")
def test_outloud_finds_no_error(path):
    told = subprocess.run([OUTLOUD, "--json", "-", str(path)], capture_output=True, text=True, check=False)

    assert [one for one in _findings(json.loads(told.stdout)) if one["severity"] == "error"] == []
    assert told.returncode == 0


def test_qpdf_finds_nothing(path):
    told = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stderr


@pytest.mark.skipif(not Path(OUTLOUD).is_file(), reason="outloud lies in the tools' environment: make setup")
def test_the_checker_would_notice(sample_html, tmp_path):
    """WeasyPrint's own file, before we mend it, is what the check must refuse."""
    bare = weasyprint.HTML(string=sample_html, base_url=pdf.STATIC_BASE, url_fetcher=pdf.fetcher())
    bare.write_pdf(tmp_path / "bare.pdf", pdf_variant="pdf/ua-1")

    told = subprocess.run([OUTLOUD, str(tmp_path / "bare.pdf")], capture_output=True, text=True, check=False)
    assert told.returncode != 0


def _findings(report):
    return [one for file in report["results"] for one in file["findings"]]
