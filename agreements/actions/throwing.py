"""Drafts that came to nothing are thrown away; the partnership's book keeps that they were there, and who did it."""

from collections import Counter

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from agreements import rules
from agreements.models import ActionPlan, Agreement
from attachments import actions as attachments
from journal.steps import NotAllowed, Refused, lock, record
from lib.swedish import date, listing, number

IN_USE = "Utkastet kan inte kastas, för det används av: {}. Ta bort kopplingen där först."


@transaction.atomic
def throw_away(agreement: Agreement, *, by: User) -> None:
    """Take away a draft with all that was written in it. Raises NotAllowed when it is locked, Refused when it is used.

    Decisions on an earlier wording, that was taken back, go with it; the book says that they were registered.
    """
    held = lock(agreement)
    if held.status != rules.DRAFT or held.signatures.exists():
        raise NotAllowed(rules.THROW_AWAY, agreement)
    decided = [f"Beslut: {one.party}, {one.body}, {date(one.decided_on)}" for one in held.decisions.all()]
    attached = [annex.attachment for annex in held.files.select_related("attachment")]
    held.files.all().delete()
    held.decisions.all().delete()
    _delete(held)
    # Last: bytes that are gone do not come back when the rest is refused.
    for attachment in attached:
        attachments.erase(attachment, by=by)
    told = {"label": "Överenskommelse", "from": f"{held.title}, version {held.version}", "to": ""}
    record(held.partnership, "draft_thrown_away", "Utkast kastat", by=by, note="\n".join(decided), draft=told)
    if held.replaces:
        record(held.replaces, "revision_thrown_away", f"Version {held.version} kastad", by=by)


@transaction.atomic
def throw_away_plan(plan: ActionPlan, *, by: User) -> None:
    """Take away a draft of a plan. Its measures stay as they are, proposed ones as loose proposals.

    Not every party may read a municipality's own plan while it is a draft: of that the book says whose it was, no more.
    """
    held = lock(plan)
    if not held.is_draft:
        raise NotAllowed(rules.THROW_AWAY_PLAN, plan)
    told = {"label": held.get_kind_display(), "from": held.title, "to": ""}
    measures = listing([str(one) for one in held.measures.order_by("starts", "pk")])
    if held.is_statutory:
        told["from"], measures = str(held.municipality), ""
    _delete(held)
    note = f"Åtgärderna står kvar: {measures}." if measures else ""
    record(held.partnership, "draft_thrown_away", "Utkast kastat", by=by, note=note, draft=told)
    if held.replaces:
        record(held.replaces, "revision_thrown_away", "Ny version kastad", by=by)


def _delete(draft: Agreement | ActionPlan) -> None:
    try:
        draft.delete()
    except ProtectedError as used:
        step = rules.THROW_AWAY if isinstance(draft, Agreement) else rules.THROW_AWAY_PLAN
        # What kind it is, not what it says: a neighbour's own draft is not everybody's to read.
        kinds = Counter(str(one._meta.verbose_name) for one in used.protected_objects)
        named = listing([f"{kind} ({number(count)})" for kind, count in sorted(kinds.items())])
        raise Refused(step, draft, IN_USE.format(named)) from used
