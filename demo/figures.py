"""Invented figures for the demo's municipalities, read in through the ordinary import; Lycksele's is left to try."""

import io
from pathlib import Path

from accounts.models import Organisation, User
from indicators import actions
from indicators.example_workbook import build
from indicators.models import ImportBatch
from municipalities.models import Municipality

LEFT_TO_TRY = "lycksele"
RISING = {"Skadegörelsebrott (anmälda)": 0.03}  # a year, as the demo's joint picture says of Lycksele
READER = "admin@demo.example"


def read_in(folder: Path) -> int:
    """Write the workbooks to try in the folder, and read in the other demo municipalities'; how many were read."""
    folder.mkdir(parents=True, exist_ok=True)
    shown = Organisation.objects.filter(municipality__isnull=False).values("municipality")
    municipalities = list(Municipality.objects.filter(pk__in=shown).select_related("county"))
    for municipality in municipalities:
        if municipality.slug == LEFT_TO_TRY:
            (folder / f"{municipality.name}.xlsx").write_bytes(build(municipality, changes=RISING))
    if ImportBatch.objects.exists():
        return 0
    reader = User.objects.get(email=READER)
    others = [one for one in municipalities if one.slug != LEFT_TO_TRY]
    for municipality in others:
        file = io.BytesIO(build(municipality))
        file.name = f"{municipality.name}.xlsx"
        actions.confirm(actions.preview(file, by=reader), by=reader)
    return len(others)
