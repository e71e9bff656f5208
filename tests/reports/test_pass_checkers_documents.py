"""Two independent PDF/UA checkers and qpdf find no error in an agreement or an action plan, whatever it holds."""

import datetime as dt
import io
import json
import os
import subprocess
from pathlib import Path

import pdfua
import pikepdf
import pytest

from lib import pdf
from reports import agreement_document, plan_document
from tests.reports import sample_documents as samples

OUTLOUD = os.environ.get("OUTLOUD") or os.environ.get("SAMVERKAN_OUTLOUD", "")
CREATED = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
DOCUMENTS = {
    "agreement": ("pdf/agreement.html", agreement_document, samples.agreement),
    "draft_agreement": ("pdf/agreement.html", agreement_document, samples.draft_agreement),
    "plan": ("pdf/action_plan.html", plan_document, samples.plan),
    "draft_plan": ("pdf/action_plan.html", plan_document, samples.draft_plan),
    "short_plan": ("pdf/action_plan.html", plan_document, samples.short_plan),
    "pasted_plan": ("pdf/action_plan.html", plan_document, samples.pasted_plan),
}

pytestmark = pytest.mark.slow


def made(name):
    template, module, sample = DOCUMENTS[name]
    return pdf.render_pdf(pdf.render_html(template, module.context(sample())), created=CREATED)


@pytest.fixture(scope="module", params=list(DOCUMENTS))
def path(request, tmp_path_factory):
    file = tmp_path_factory.mktemp("pdf") / f"{request.param}.pdf"
    file.write_bytes(made(request.param))
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


def test_a_plan_lies_on_its_pages():
    with pikepdf.open(io.BytesIO(made("plan"))) as file:
        boxes = {tuple(int(edge) for edge in page.mediabox) for page in file.pages}

    assert boxes == {(0, 0, 841, 595)}
