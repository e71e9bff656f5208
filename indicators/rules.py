"""Who may read figures in. They are public statistics, so an importer may import any municipality's.

Whose file it is decides who sees, confirms or discards it: `ImportBatch.objects.visible_to`.
"""

from accounts.models import User
from indicators.models import ImportBatch
from journal.steps import Step

IMPORTERS = ImportBatch.IMPORTERS
Status = ImportBatch.Status
CONFIRM = Step("confirm", "Läs in siffrorna", (Status.PREVIEWED,), Status.IMPORTED, IMPORTERS, told="Inläst")
DISCARD = Step("discard", "Kasta", (Status.PREVIEWED,), Status.DISCARDED, IMPORTERS, told="Kastad")
STEPS = [CONFIRM, DISCARD]


def may_import(user: User) -> bool:
    return bool(IMPORTERS & user.roles)


def may(user: User, step: Step) -> bool:
    return bool(step.roles & user.roles)


def next_steps(user: User, batch: ImportBatch) -> list[Step]:
    """The moves that are open to the person now; a file without figures can only be thrown away."""
    empty = not batch.report.get("figures")
    return [step for step in STEPS if batch.status in step.old and may(user, step) and not (step is CONFIRM and empty)]
