"""Who may read figures in. They are public statistics, so an importer may import any municipality's.

Whose file it is decides who sees, confirms or discards it: `ImportBatch.objects.visible_to`.
"""

from accounts.models import User
from indicators.models import Dataset, ImportBatch
from journal.steps import Step

IMPORTERS = ImportBatch.IMPORTERS
Status = ImportBatch.Status
CONFIRM = Step("confirm", "Läs in siffrorna", (Status.PREVIEWED,), Status.IMPORTED, IMPORTERS, told="Inläst")
DISCARD = Step("discard", "Kasta", (Status.PREVIEWED,), Status.DISCARDED, IMPORTERS, told="Kastad")
STEPS = [CONFIRM, DISCARD]
POINTED_OUT = {Dataset.CRIME_DATABASE, Dataset.OWN}


def may_import(user: User) -> bool:
    return bool(IMPORTERS & user.roles)


def may_fetch(user: User) -> bool:
    """Ask Kolada, and follow what was asked: a fetch ends in a file to read in, and is theirs who may do that."""
    return may_import(user)


def may(user: User, step: Step) -> bool:
    return bool(step.roles & user.roles)


def next_steps(user: User, batch: ImportBatch) -> list[Step]:
    """The moves that are open to the person now; a file without figures can only be thrown away."""
    empty = not batch.report.get("figures")
    return [step for step in STEPS if batch.status in step.old and may(user, step) and not (step is CONFIRM and empty)]


def may_be_pointed_out(batch: ImportBatch) -> bool:
    """Whether the table is of a kind that people point out the columns of, and nothing is settled about it yet."""
    return batch.kind in POINTED_OUT and batch.status == Status.PREVIEWED


def needs_pointing_out(batch: ImportBatch) -> bool:
    return may_be_pointed_out(batch) and not batch.mapping
