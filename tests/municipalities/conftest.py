import os
from pathlib import Path

import pytest

from municipalities.actions import load_registers


@pytest.fixture
def registers(db):
    """The project's own registers, read in."""
    return load_registers()


@pytest.fixture
def real_data():
    """The folder with statistics files as they were published; they are not part of the project."""
    folder = os.environ.get("REAL_DATA")
    if not folder:
        pytest.skip("REAL_DATA är inte satt: ange mappen med riktiga statistikfiler för att köra provet.")
    return Path(folder)
