"""What happens to pictures and their parts.

A picture is written while it is a draft, frozen when it is established, and replaced by a new version, never changed.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.models import Record
from journal.steps import NotAllowed, Refused, Step, lock, record, take
from lib import canonical
from lib.dates import now, today
from lib.swedish import date, listing
from partnerships.models import Cycle, Partnership
from partnerships.queries import open_cycle
from situation import approving, content, demands, rules
from situation.actions.carrying import copy_parts
from situation.models import (
    Approval,
    Cause,
    CauseAnalysis,
    Finding,
    Picture,
    Problem,
    SecrecyAssessment,
    Source,
    WithheldNote,
)

AnyRecord = TypeVar("AnyRecord", bound=Record)
ADDED = {Source: "Källa tillagd", Finding: "Iakttagelse tillagd", Problem: "Problem tillagt"}
SECRET = (
    "Lägesbilden är märkt delvis sekretess och kan inte visas för andra myndigheter. Gör en ny version utan de "
    "uppgifterna och fastställ den."
)
NOT_ASSESSED = (
    "Lägesbilden är märkt delvis sekretess och kan inte delas utan en sekretessbedömning som säger vilken paragraf som "
    "gäller och varför uppgifterna får lämnas ut. Gör bedömningen, eller ta bort uppgifterna."
)
BOTH = "En gemensam lägesbild fastställs när både polisen och en kommun har godkänt den."
WITHOUT_SIDES = (
    "Lägesbilden bygger inte på några egna lägesbilder och säger inte varför. Öppna den för ändring, för samman "
    "parternas lägesbilder eller skriv skälet."
)
REWRITTEN = "Lägesbilden har ändrats sedan du öppnade sidan. Läs igenom den och godkänn igen."
ANOTHER_PERSON = "Du har redan godkänt lägesbilden. En annan person godkänner för den andra sidan."
YOURS_IS_GIVEN = "Er sida har redan godkänt lägesbilden. Nu väntar den på den andra sidan."
CARRIES = "En orsaksanalys bygger på källan. Välj en annan källa där först."
LOCKED = "Lägesbilden är inte längre ett utkast. Det du skrev är inte sparat."
NOT_DRAFT = "Lägesbilden är inte ett utkast, så texten kan inte ändras. Öppna den för ändring, eller gör en ny version."


def create(form: RecordForm, *, by: User, partnership: Partnership, **fields: Any) -> Picture:
    """Begin a picture in the cycle that is open."""
    municipality = fields.get("municipality") or form.cleaned_data.get("municipality")
    cycle = open_cycle(partnership, municipality)
    picture: Picture = save_new(form, by=by, partnership=partnership, cycle=cycle, **fields)
    return picture


def save_part(form: RecordForm, picture: Picture, *, by: User, **fields: Any) -> bool:
    """Save a source, finding or problem of the picture while it is a draft; False with a sentence in the form if not.

    The picture's row is held, so that nothing slips in between its being called ready and being frozen.
    """
    with transaction.atomic():
        if not lock(picture).is_draft:
            form.add_error(None, LOCKED)
            return False
        if form.instance.pk:
            return save_edit(form, by=by)
        save_new(form, by=by, label=ADDED[form._meta.model], picture=picture, **fields)
    return True


@transaction.atomic
def remove_part(part: Source | Finding, *, by: User) -> None:
    """Take a source or a finding out of a draft; the book keeps what it said."""
    picture = lock(part.picture)
    if not picture.is_draft:
        raise Refused(rules.BACK_TO_DRAFT, picture, LOCKED)
    if isinstance(part, Source) and _carries_analysis(part):
        raise Refused(rules.BACK_TO_DRAFT, picture, CARRIES)
    name = str(part._meta.verbose_name)
    gone = {"label": name, "from": str(part), "to": ""}
    record(picture, "removed", f"{name.capitalize()} borttagen", by=by, part=gone)
    part.delete()


def _carries_analysis(source: Source) -> bool:
    return CauseAnalysis.objects.filter(sources=source).exists() or Cause.objects.filter(picture_source=source).exists()


@transaction.atomic
def mark_ready(picture: Picture, *, by: User) -> None:
    """Call the draft ready, if it has what the handbook requires; made that day, if it does not say when."""
    held = lock(picture)
    missing = demands.missing_for_ready(held)
    if missing:
        sentence = f"Lägesbilden kan inte markeras som klar än. Det saknas: {listing(missing)}."
        raise Refused(rules.MARK_READY, picture, sentence)
    take(rules.MARK_READY, picture, by=by, prepared_on=held.prepared_on or today())


@transaction.atomic
def back_to_draft(picture: Picture, *, by: User) -> None:
    """Open for writing again. What has been handed over to other authorities stays as they got it."""
    if not rules.is_open(rules.BACK_TO_DRAFT, lock(picture)):
        raise NotAllowed(rules.BACK_TO_DRAFT, picture)
    take(rules.BACK_TO_DRAFT, picture, by=by)


@transaction.atomic
def establish(picture: Picture, *, by: User) -> None:
    """Freeze an own picture's content with its checksum; a joint one is established by both sides' approval."""
    if picture.is_joint:
        raise Refused(rules.ESTABLISH, picture, BOTH)
    _freeze(picture, lock(picture), by, approvals=[])


@transaction.atomic
def approve(picture: Picture, *, by: User, checksum: str) -> None:
    """One side's yes to what the joint picture says (`checksum`: as the person saw it); the last one establishes it."""
    held = lock(picture)
    if not rules.is_open(rules.APPROVE, held):
        raise NotAllowed(rules.APPROVE, picture)
    if not demands.has_sides(held):
        raise Refused(rules.APPROVE, picture, WITHOUT_SIDES)
    if checksum != content.checksum_of(held):
        raise Refused(rules.APPROVE, picture, REWRITTEN)
    approvals = approving.given(held)
    if any(one.approved_by_id == by.pk for one in approvals):
        raise Refused(rules.APPROVE, picture, ANOTHER_PERSON)
    waiting = approving.lacking(held, approvals)
    mine = [side for side in waiting if side in approving.sides_of(by, held, rules.APPROVE.roles)]
    if not mine:
        raise Refused(rules.APPROVE, picture, YOURS_IS_GIVEN)
    approvals.append(held.approvals.create(side=mine[0], checksum=checksum, approved_by=by))
    said = f"För {mine[0].label.lower()}. Kontrollsumma {checksum}"
    record(picture, rules.APPROVE.verb, rules.APPROVE.in_the_book, by=by, note=said)
    if waiting == mine[:1]:
        _freeze(picture, held, by, approvals=approvals)


def _freeze(picture: Picture, held: Picture, by: User, *, approvals: list[Approval]) -> None:
    """Keep the content as it is; the version that it replaces steps back in the same moment."""
    said = [{"side": one.get_side_display(), "on": localdate(one.approved_at).isoformat()} for one in approvals]
    frozen = {**content.of(held), "established_on": today().isoformat(), "approvals": said}
    take(
        rules.ESTABLISH,
        picture,
        by=by,
        frozen=frozen,
        checksum=canonical.checksum(frozen),
        established_at=now(),
        established_by=by,
    )
    if held.replaces:
        take(rules.REPLACE, held.replaces, by=by)


@transaction.atomic
def share(picture: Picture, *, by: User, outcome: str = "", paragraph: str = "", text: str = "") -> None:
    """Hand the own picture over to the other parties: a separate act, with day and recipients in the book.

    `outcome`, `paragraph` and `text` are the assessment of secrecy; a picture marked as partly secret is not handed
    over without one that says why it may be. The book tells the outcome, never the reasons.
    """
    if lock(picture).is_partly_secret and outcome != SecrecyAssessment.Outcome.POSSIBLE:
        raise Refused(rules.SHARE, picture, NOT_ASSESSED)
    parties = picture.partnership.parties.current(today()).select_related("organisation")
    recipients = listing([str(party) for party in parties if party.pk != picture.owner_id])
    said = [f"Till: {recipients}"] if recipients else []
    told = {"outcome": outcome, "paragraph": paragraph, "text": text}
    judged = SecrecyAssessment(picture=picture, **told, assessed_by=by) if outcome else None
    said += [f"Sekretessbedömning: {judged}"] if judged else []
    _act(rules.SHARE, picture, by=by, note=". ".join(said), at="shared_at", who="shared_by")
    if judged:
        judged.save(force_insert=True)


@transaction.atomic
def release(picture: Picture, *, by: User) -> None:
    """Let the county board and Brå read the established version: a separate act. Refused where a part is secret."""
    if picture.is_partly_secret:
        raise Refused(rules.RELEASE, picture, SECRET)
    _act(rules.RELEASE, picture, by=by, at="released_at", who="released_by")


@transaction.atomic
def leadership_read(picture: Picture, *, by: User, day: dt.date, function: str) -> None:
    """Note which of the owner's leadership took part of the picture, and the day (step line S2.3)."""
    held = lock(picture)
    if not rules.is_open(rules.LEADERSHIP_READ, held):
        raise NotAllowed(rules.LEADERSHIP_READ, picture)
    before = held.leadership_read_on
    now_read = {"leadership_read_on": day, "leadership_read_by": function}
    Picture.objects.filter(pk=picture.pk).update(**now_read, revision=F("revision") + 1)
    change = {"label": "Ledningen tog del av den", "from": date(before) if before else "", "to": date(day)}
    who = {"label": "Ledning som tog del av den", "from": held.leadership_read_by, "to": function}
    book = {"leadership_read_on": change, "leadership_read_by": who}
    record(picture, rules.LEADERSHIP_READ.verb, rules.LEADERSHIP_READ.label, by=by, changes=book)


@transaction.atomic
def new_version(picture: Picture, *, by: User, cycle: Cycle | None = None) -> Picture:
    """A draft that begins where the established version ended. Asked twice, the same draft is given back.

    A joint picture's problems go with it inside a cycle, since agreements and measures stand on them; an own picture's
    problems, and those of an earlier cycle, are copied, so that what was shared or decided stays as it was.
    """
    old = lock(picture)
    begun = Picture.objects.filter(replaces=old).first()
    if begun:
        return begun
    if not rules.is_open(rules.NEW_VERSION, old):
        raise NotAllowed(rules.NEW_VERSION, picture)
    cycle = cycle or open_cycle(old.partnership, old.municipality) or old.cycle
    new = copy_of(
        old,
        by,
        cycle=cycle,
        owner=old.owner,
        version=old.version + 1,
        replaces=old,
        prepared_on=None,
        information_class=Picture.InformationClass.WORKING,
    )
    new.own_pictures.set(old.own_pictures.all())
    if note := WithheldNote.objects.filter(picture=old).first():
        copy_of(note, by, picture=new)
    sources = {
        source.pk: copy_of(source, by, picture=new, taken_from=source.taken_from) for source in old.sources.all()
    }
    copy_parts(old, new, sources)
    for finding in old.findings.prefetch_related("sources"):
        copied = copy_of(finding, by, picture=new, taken_from=finding.taken_from)
        copied.sources.set([sources[source.pk] for source in finding.sources.all()])
    if old.is_joint and cycle == old.cycle:
        change = {"label": "lägesbild", "from": f"version {old.version}", "to": f"version {new.version}"}
        for problem in list(Problem.objects.filter(picture=old)):
            Problem.objects.filter(pk=problem.pk).update(picture=new, revision=F("revision") + 1)
            record(problem, "moved", "Följer med till en ny version", by=by, picture=change)
            point_at(problem, problem, sources)
    else:
        for problem in old.problems.exclude(status__in=[Problem.Status.DISMISSED, Problem.Status.SOLVED]):
            point_at(copy_of(problem, by, picture=new, cycle=cycle), problem, sources)
    record(new, rules.NEW_VERSION.verb, f"Ny version, bygger på version {old.version}", by=by)
    return new


def point_at(problem: Problem, told_by: Problem, sources: Mapping[int, Source]) -> None:
    """Let the problem rest on its own picture's copies of what the other rests on (by the id of the one copied)."""
    problem.sources.set([sources[pk] for pk in told_by.sources.values_list("pk", flat=True) if pk in sources])


PICTURE_ACTIONS: dict[str, Callable[..., Picture | None]] = {
    rules.MARK_READY.verb: mark_ready,
    rules.BACK_TO_DRAFT.verb: back_to_draft,
    rules.ESTABLISH.verb: establish,
    rules.APPROVE.verb: approve,
    rules.SHARE.verb: share,
    rules.RELEASE.verb: release,
    rules.LEADERSHIP_READ.verb: leadership_read,
    rules.NEW_VERSION.verb: new_version,
}


def _act(step: Step, picture: Picture, *, by: User, at: str, who: str, note: str = "") -> None:
    """An act that happens once: compare-and-set on its own moment, under the picture's lock."""
    if not rules.is_open(step, lock(picture)):
        raise NotAllowed(step, picture)
    Picture.objects.filter(pk=picture.pk).update(**{at: now(), who: by}, revision=F("revision") + 1)
    record(picture, step.verb, step.in_the_book, by=by, note=note)


def copy_of(obj: AnyRecord, by: User, **changes: Any) -> AnyRecord:
    """A new record with what people have typed in the old one; what was decided about it is not copied."""
    typed = {field.name: getattr(obj, field.name) for field in obj._meta.concrete_fields if field.editable}
    typed.pop("id", None)
    new: AnyRecord = type(obj)._default_manager.create(**{**typed, **changes, "created_by": by})
    if isinstance(obj, Source) and isinstance(new, Source):
        new.batches.set(obj.batches.all())
    return new
