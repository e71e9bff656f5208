"""The table of steps for workbooks that are read in, and the one step by which an old thing gets its old state."""

from accounts.models import Role, User
from accounts.roles import COORDINATORS, PARTY_ROLES
from agreements.models import Agreement, Measure, WorkbookImport
from journal.steps import Step
from partnerships.models import Partnership
from partnerships.rules import roles_of

_Import = WorkbookImport.Status
CONFIRM_IMPORT = Step(
    "import_confirm", "Läs in de valda raderna", (_Import.PREVIEWED,), _Import.IMPORTED, COORDINATORS, told="Inläst"
)
DISCARD_IMPORT = Step(
    "import_discard", "Kasta filen", (_Import.PREVIEWED,), _Import.DISCARDED, COORDINATORS, told="Kastad"
)
IMPORT_STEPS = [CONFIRM_IMPORT, DISCARD_IMPORT]

# What was decided, begun or ended before it came here is entered as it stood, in one step that says so: docs/adr/0014.
ENTERED = "Inläst i efterhand"
ENTER_AGREEMENT = Step("enter", ENTERED, (Agreement.Status.DRAFT,), Agreement.Status.SIGNED, COORDINATORS, told=ENTERED)
_Measure = Measure.Status
ENTER_MEASURE = {
    status: Step(f"enter_{status}", ENTERED, (_Measure.PROPOSED,), status, COORDINATORS, told=ENTERED)
    for status in _Measure
    if status != _Measure.PROPOSED
}
ENTER_STEPS = [ENTER_AGREEMENT, *ENTER_MEASURE.values()]


def may_import(user: User, partnership: Partnership) -> bool:
    """Coordinators read in; what a row may concern is asked row by row."""
    return Role.COORDINATOR in roles_of(user, partnership)


def may_open_original(user: User, workbook: WorkbookImport) -> bool:
    """The sender and those who act for the same organisation: a file may hold more than what was read in of it."""
    theirs = {membership.organisation_id for membership in workbook.created_by.memberships_now}
    return bool(theirs & set(user.organisation_ids(*PARTY_ROLES)))


def next_import_steps(user: User, workbook: WorkbookImport) -> list[Step]:
    if not may_import(user, workbook.partnership):
        return []
    return [step for step in IMPORT_STEPS if workbook.status in step.old]
