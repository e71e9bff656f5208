"""Two pictures into one: what stands in each, what is taken into the joint one, and where they differ.

The own pictures are shared before they can be chosen, and a shared picture never changes: they stand frozen behind.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F

from accounts.models import User
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Step, lock, record, take
from situation import rules
from situation.actions import LOCKED, copy_of
from situation.merge_forms import SectionForm, sign_of
from situation.models import Difference, Picture, Problem, Source

Section = Difference.Section
NOTED = "Skillnad noterad"
ALREADY = "Beslutet är redan noterat för er kommun. Det du skrev står kvar här."


@dataclass
class Side:
    """A section of one of the own pictures: whose, and what it says."""

    name: str
    picture: Picture
    text: str
    problems: Sequence[Problem] = ()


@dataclass
class SideBySide:
    """A section of the joint picture beside the same section of the own ones."""

    section: Difference.Section
    police: Side
    municipality: Side
    joint: str
    joint_problems: Sequence[Problem] = ()
    differences: list[Difference] = field(default_factory=list)

    @property
    def sides(self) -> list[Side]:
        return [self.police, self.municipality]

    @property
    def wrote(self) -> list[Side]:
        return [side for side in self.sides if side.text or side.problems]

    @property
    def is_agreed(self) -> bool:
        """Whether both say the same: the figures that were filled in for both, most often."""
        return bool(self.police.text) and self.police.text.split() == self.municipality.text.split()

    @property
    def is_written(self) -> bool:
        return bool(self.joint or self.joint_problems)

    @property
    def is_open(self) -> bool:
        return any(one.status == Difference.Status.OPEN for one in self.differences)

    @property
    def state(self) -> tuple[str, str]:
        """A word for the section and its tone."""
        if self.is_open:
            return "Skillnad att ta ställning till", "warn"
        if self.is_written:
            return "Skriven", "ok"
        return ("Att skriva", "idle") if self.wrote else ("Ingen har skrivit", "idle")

    @property
    def told(self) -> str:
        """Who has written, in a sentence."""
        if len(self.wrote) == 2 and self.is_agreed:
            return "Båda har skrivit samma sak."
        if len(self.wrote) == 2:
            return "Båda har skrivit. Skriv ihop det ni är överens om, och notera det som skiljer."
        if not self.wrote:
            return "Ingen av er har skrivit något här. Det kan vara en kunskapslucka."
        silent = next(side for side in self.sides if side not in self.wrote)
        wrote, quiet = self.wrote[0].name.lower(), silent.name.lower()
        return f"Bara {wrote} har skrivit här. Är det en skillnad, eller vet {quiet} inte?"

    @property
    def suggestion(self) -> str:
        """Where to begin when nothing is written: the one text there is, or both with their names."""
        if len(self.wrote) == 1 or self.is_agreed:
            return self.wrote[0].text
        return "\n\n".join(f"{side.name}: {side.text}" for side in self.wrote)


def side_by_side(joint: Picture, police: Picture, municipality: Picture) -> list[SideBySide]:
    """Every section of the three pictures, with the differences that have been noted. Four queries."""
    noted: dict[str, list[Difference]] = {}
    for one in joint.differing.all():
        noted.setdefault(one.section, []).append(one)
    pictures = (joint, police, municipality)
    problems: dict[int, list[Problem]] = {picture.pk: [] for picture in pictures}
    for problem in Problem.objects.filter(picture__in=problems).prefetch_related("taken_into", "taken_from__picture"):
        problems[problem.picture_id or 0].append(problem)
    return [
        SideBySide(
            section,
            Side("Polisen", police, _text(police, section), _problems(problems, police, section)),
            Side("Kommunen", municipality, _text(municipality, section), _problems(problems, municipality, section)),
            _text(joint, section),
            _problems(problems, joint, section),
            noted.get(section, []),
        )
        for section in Section
    ]


def _text(picture: Picture, section: str) -> str:
    return "" if section == Section.PROBLEMS else str(getattr(picture, section))


def _problems(problems: dict[int, list[Problem]], picture: Picture, section: str) -> Sequence[Problem]:
    return problems[picture.pk] if section == Section.PROBLEMS else ()


def write_section(form: SectionForm, joint: Picture, *, by: User) -> bool:
    """Save the joint text of a section, and the difference that was noted beside it, together or not at all.

    Compare-and-set on the section: who wrote another one meanwhile is no obstacle.
    """
    with transaction.atomic():
        held = lock(joint)
        if not held.is_draft:
            form.add_error(None, LOCKED)
            return False
        if sign_of(getattr(held, form.section)) == form.cleaned_data["was"]:
            form.cleaned_data["revision"] = held.revision
        if not save_edit(form, by=by):
            form.stored = getattr(held, form.section)
            return False
        if text := form.cleaned_data["difference"].strip():
            noted = Difference.objects.create(picture=joint, section=form.section, text=text, created_by=by)
            record(noted, "created", NOTED, by=by)
    return True


def choose(form: RecordForm, joint: Picture, *, by: User) -> bool:
    """Say which own pictures the joint one is made of; their sources and findings come along, each once."""
    with transaction.atomic():
        if not save_edit(form, by=by):
            return False
        joint.refresh_from_db()
        chosen = [own for own in (joint.police_picture, joint.municipality_picture) if own]
        for own in chosen:
            _take_knowledge(joint, own, by)
        _be_as_careful(joint, chosen, by)
    return True


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
    record(joint, "took_in", "Källor och iakttagelser hämtade", by=by, note=f"Ur: {own}")


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
    record(into, "taken", "Hämtat ur en egen lägesbild", by=by, note=f"{problem.picture}: {problem}")
    return into


def note_difference(form: RecordForm, joint: Picture, section: str, *, by: User) -> bool:
    """Write down where the pictures differ; False with a sentence in the form when the draft is closed."""
    with transaction.atomic():
        if not lock(joint).is_draft:
            form.add_error(None, LOCKED)
            return False
        save_new(form, by=by, label=NOTED, picture=joint, section=section)
    return True


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
