import os
from pathlib import Path

import pytest

from indicators import actions
from indicators.readers.places import Places
from tests import factories
from tests.indicators import workbooks


@pytest.fixture(autouse=True)
def kept_files(settings, tmp_path):
    """Originals of a test go where the test's files go."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    return tmp_path / "media"


@pytest.fixture
def places(lycksele):
    """Lycksele, Åsele, Falun, Västerbotten and the nation."""
    factories.MunicipalityFactory(code="2463", name="Åsele", slug="asele")
    factories.MunicipalityFactory(code="2080", name="Falun", slug="falun", formal_name="Falu kommun")
    return Places.load()


@pytest.fixture
def importer(db):
    return factories.UserFactory(name="Anna Andersson")


@pytest.fixture
def imported(lycksele, importer):
    """Lycksele's workbook, read in."""
    batch = actions.preview(workbooks.sent(workbooks.lycksele_workbook()), by=importer)
    actions.confirm(batch, by=importer)
    return batch


@pytest.fixture
def real_data():
    """The folder with statistics files as they were published; they are not part of the project."""
    folder = os.environ.get("REAL_DATA")
    if not folder:
        pytest.skip("REAL_DATA är inte satt: ange mappen med riktiga statistikfiler för att köra provet.")
    return Path(folder)
