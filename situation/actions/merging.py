"""What happens while own pictures become one: what is taken into the joint one, and where they differ."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, ProtectedError

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Refused, Step, lock, record, take
from lib.swedish import listing
from situation import rules
from situation.actions.carrying import Wanted, copy_parts, write
from situation.actions.pictures import LOCKED, copy_of
from situation.content import merged_from
from situation.models import Difference, Picture, Problem, Source
from situation.side_by_side import sign_of

NOTED = "Skillnad noterad"
SETTLED = "Skillnaden är redan utredd eller behållen som fråga. Ta upp den igen först, om den ska tas bort."
ALREADY = "Beslutet är redan noterat för er kommun. Det du skrev står kvar här."


def write_section(form: RecordForm, joint: Picture, section: str, wanted: Wanted, *, by: User) -> bool:
    """Save the joint text of a section, and the difference that was noted beside it, together or not at all.

    Compare-and-set on the section: who wrote another one meanwhile is no obstacle.
    """
    with transaction.atomic():
        held = lock(joint)
        if not held.is_draft:
            form.add_error(None, LOCKED)
            return False
        if sign_of(getattr(held, section), held, section) == form.cleaned_data["was"]:
            form.cleaned_data["revision"] = held.revision
        if not write(form, held, wanted, by=by):
            return False
        if text := form.cleaned_data["difference"].strip():
            _note(joint, section, text, by)
    return True


def choose(form: RecordForm, joint: Picture, *, by: User) -> bool:
    """Say which own pictures the joint one is made of; their sources and findings come along, each once.

    Compare-and-set on the picture: of two who choose at the same moment one is told, and takes nothing along.
    """
    with transaction.atomic():
        if not save_edit(form, by=by):
            return False
        # Fresh: the same choice again counts on an old page too, on which others may have written since.
        held = lock(joint)
        chosen = merged_from(held)
        for own in chosen:
            _take_knowledge(held, own, by)
        _be_as_careful(held, chosen, by)
        _made_by(held, chosen, by)
    return True


def _made_by(joint: Picture, chosen: list[Picture], by: User) -> None:
    """Those who made the own ones are taken to make the joint one, until somebody says otherwise."""
    functions = dict.fromkeys(own.prepared_by for own in chosen if own.prepared_by)
    told = listing(list(functions))[: Picture._meta.get_field("prepared_by").max_length]
    if joint.prepared_by or not told:
        return
    change = {"label": "framtagen av (funktion)", "from": "", "to": told}
    Picture.objects.filter(pk=joint.pk).update(prepared_by=told, revision=F("revision") + 1)
    record(joint, "edited", "Framtagen av dem som gjorde de egna lägesbilderna", by=by, prepared_by=change)


def _be_as_careful(joint: Picture, chosen: list[Picture], by: User) -> None:
    """What is made of something partly secret is so too, until the parties have looked at it and say otherwise."""
    secret = Picture.InformationClass.PARTLY_SECRET
    if joint.information_class == secret or all(own.information_class != secret for own in chosen):
        return
    change = {"label": "informationsklass", "from": joint.get_information_class_display(), "to": secret.label}
    Picture.objects.filter(pk=joint.pk).update(information_class=secret, revision=F("revision") + 1)
    record(joint, "edited", "Delvis sekretess, som en av de egna lägesbilderna", by=by, information_class=change)


def _take_knowledge(joint: Picture, own: Picture, by: User) -> None:
    sources: dict[int, Source] = {}
    there = {_same(source): source for source in joint.sources.all()}
    came = {source.taken_from_id: source for source in there.values()}  # also one that has been corrected since
    taken = set(joint.findings.exclude(taken_from=None).values_list("taken_from", flat=True))
    for source in own.sources.all():
        # Both parties often rest on the same statistics: one source is enough.
        known = came.get(source.pk) or there.get(_same(source))
        sources[source.pk] = known or copy_of(source, by, picture=joint, taken_from=source)
    for finding in own.findings.prefetch_related("sources"):
        if finding.pk not in taken:
            copied = copy_of(finding, by, picture=joint, taken_from=finding)
            copied.sources.set([sources[source.pk] for source in finding.sources.all()])
    copy_parts(own, joint, sources)
    record(joint, "took_in", "Källor och iakttagelser hämtade", by=by, note=f"Ur: {own}")


def _copies(joint: Picture, sources: Iterable[Source]) -> list[Source]:
    """The joint picture's sources that are, or say the same as, those of an own picture."""
    mine = list(joint.sources.all())
    found = []
    for source in sources:
        alike = [one for one in mine if one.taken_from_id == source.pk] or [
            one for one in mine if _same(one) == _same(source)
        ]
        found += alike[:1]
    return found


def _same(source: Source) -> tuple[str, str, str, str]:
    return source.kind, source.name, source.owner, source.period


@transaction.atomic
def take_problem(problem: Problem, joint: Picture, *, by: User, into: Problem | None = None) -> Problem:
    """Take an own picture's problem into the joint one: as its own, or into one that stands there already.

    Asked twice, the same problem is given back. The own problem stays as it was.
    """
    held = lock(joint)
    if not held.is_draft:
        raise NotAllowed(rules.TAKE_PROBLEM, joint)
    there = Problem.objects.filter(picture=joint, taken_from=problem).first()
    if there:
        return there
    if into is None:
        into = copy_of(
            problem, by, picture=joint, cycle=joint.cycle, municipality=joint.municipality or problem.municipality
        )
    into.taken_from.add(problem)
    # The own picture's sources came along when it was chosen, each once: what carries the problem carries it here too.
    into.sources.add(*_copies(joint, problem.sources.all()))
    record(into, "taken", "Hämtat ur en egen lägesbild", by=by, note=f"{problem.picture}: {problem}")
    return into


@transaction.atomic
def undo_take(problem: Problem, joint: Picture, *, by: User) -> Problem | None:
    """Take an own picture's problem back out of the joint one; what is left of the joint one's, or None.

    A problem that only repeats the own one goes with it, unless something stands on it already. One that others have
    been taken into too, or that has been rewritten, stays: nothing that somebody wrote is lost.
    """
    if not lock(joint).is_draft:
        raise NotAllowed(rules.TAKE_PROBLEM, joint)
    there = Problem.objects.filter(picture=joint, taken_from=problem).first()
    if there is None:
        raise Refused(rules.TAKE_PROBLEM, joint, "Problemet är inte längre med i den gemensamma lägesbilden.")
    there.taken_from.remove(problem)
    whence = f"{problem.picture}: {problem}"
    record(there, "taken_back", "Inte längre hämtat ur en egen lägesbild", by=by, note=whence)
    if there.taken_from.exists() or not _repeats(there, problem):
        return there
    try:
        with transaction.atomic():
            there.delete()
    except ProtectedError:
        return there
    gone = {"label": "problem", "from": str(there), "to": ""}
    record(joint, "removed", "Problem borttaget", by=by, note=f"Hämtat ur: {whence}", problem=gone)
    return None


def _repeats(there: Problem, own: Problem) -> bool:
    """Whether the joint problem says nothing else than the own one, and nobody has decided anything about it."""
    said = ("title", "description", "place", "time", "crime_types", "groups", "extent", "insecurity", "trend")
    return there.status == Problem.Status.IDENTIFIED and all(getattr(there, one) == getattr(own, one) for one in said)


def note_difference(form: RecordForm, joint: Picture, section: str, *, by: User) -> bool:
    """Write down where the pictures differ; False with a sentence in the form when the draft is closed."""
    with transaction.atomic():
        if not lock(joint).is_draft:
            form.add_error(None, LOCKED)
            return False
        _note(joint, section, form.cleaned_data["text"], by)
    return True


def _note(joint: Picture, section: str, text: str, by: User) -> None:
    """Once, also when it is sent twice or written by two; the joint picture is held."""
    noted, is_new = Difference.objects.get_or_create(
        picture=joint, section=section, text=text, defaults={"created_by": by}
    )
    if is_new:
        record(noted, "created", NOTED, by=by)


@transaction.atomic
def remove_difference(difference: Difference, *, by: User) -> None:
    """Take away a difference that nobody has taken a stand on; the book keeps what it said. Asked twice, no fault."""
    joint = lock(difference.picture)
    if not joint.is_draft:
        raise Refused(rules.BACK_TO_DRAFT, joint, LOCKED)
    held = joint.differing.filter(pk=difference.pk).first()
    if held is None:
        return
    if held.status != Difference.Status.OPEN:
        raise Refused(rules.REOPEN_DIFFERENCE, held, SETTLED)
    gone = {"label": f"skillnad, {held.get_section_display().lower()}", "from": held.text, "to": ""}
    record(joint, "removed", "Skillnad borttagen", by=by, difference=gone)
    held.delete()


def decide_by_law(form: RecordForm, picture: Picture, *, by: User) -> bool:
    """Note a municipality's decision that the picture is the law's; False with a sentence where it has been noted."""
    with transaction.atomic():
        lock(picture)
        if picture.legal_decisions.filter(municipality=form.cleaned_data["municipality"]).exists():
            form.add_error(None, ALREADY)
            return False
        save_new(form, by=by, label="Beslutad som kommunens lägesbild enligt lagen", picture=picture)
    return True


@transaction.atomic
def settle(step: Step, difference: Difference, *, by: User, reason: str) -> None:
    """Resolve a difference, keep it as a question, or take it up again."""
    if not lock(difference.picture).is_draft:
        raise NotAllowed(step, difference)
    outcome = "" if step == rules.REOPEN_DIFFERENCE else reason
    take(step, difference, by=by, note=reason, outcome=outcome)
