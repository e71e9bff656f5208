"""Own pictures into one: what stands in each, what is taken into the joint one, and where they differ.

The own pictures are shared before they can be chosen, and a shared picture never changes: they stand frozen behind.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from lib.swedish import listing
from situation.content import mark_of
from situation.models import Difference, PartSource, Picture, Problem, Source

Section = Difference.Section
POLICE, MUNICIPALITY = "Polisen", "Kommunen"
BESIDE = 3  # more than these do not fit beside each other on a screen: then one may choose


@dataclass
class Side:
    """A section of one of the own pictures: whose, and what it says."""

    name: str
    picture: Picture
    text: str
    problems: Sequence[Problem] = ()
    sources: Sequence[Source] = ()
    is_carried: bool = True  # whether such a text rests on sources at all

    @property
    def is_silent(self) -> bool:
        return not (self.text or self.problems)

    @property
    def mark(self) -> str:
        """What a reader must know of how the text is carried; empty where it is silent, or nothing is wrong."""
        return mark_of(self.sources) if self.text and self.is_carried else ""

    @property
    def who(self) -> str:
        """The name in running text: a municipality keeps its capital letter."""
        return self.name.lower() if self.name in (POLICE, MUNICIPALITY) else self.name


@dataclass
class SideBySide:
    """A section of the joint picture beside the same section of the own ones."""

    section: Difference.Section
    sides: list[Side]
    joint: str
    joint_problems: Sequence[Problem] = ()
    differences: list[Difference] = field(default_factory=list)

    @property
    def wrote(self) -> list[Side]:
        return [side for side in self.sides if not side.is_silent]

    @property
    def is_agreed(self) -> bool:
        """Whether all who wrote say the same: the figures that were filled in for both, most often."""
        texts = [side.text.split() for side in self.wrote]
        return len(texts) > 1 and bool(texts[0]) and all(text == texts[0] for text in texts)

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
        silent = [side for side in self.sides if side.is_silent]
        if not self.wrote:
            return "Ingen av er har skrivit något här. Det kan vara en kunskapslucka."
        if not silent:
            everybody = "Båda" if len(self.sides) == len(("police", "municipality")) else "Alla"
            if self.is_agreed:
                return f"{everybody} har skrivit samma sak."
            return f"{everybody} har skrivit. Skriv ihop det ni är överens om, och notera det som skiljer."
        quiet = listing([side.who for side in silent])
        if len(self.wrote) == 1:
            return f"Bara {self.wrote[0].who} har skrivit här. Är det en skillnad, eller vet {quiet} inte?"
        wrote = listing([side.who for side in self.wrote])
        return f"Skrivit har {wrote}, men inte {quiet}. Är det en skillnad, eller vet de inte?"

    @property
    def suggestion(self) -> str:
        """Where to begin when nothing is written: the one text there is, or all of them with their names."""
        if len(self.wrote) == 1 or self.is_agreed:
            return self.wrote[0].text
        return "\n\n".join(f"{side.name}: {side.text}" for side in self.wrote)

    def beside(self, chosen: Collection[int]) -> list[Side]:
        """The sides that are shown: the chosen ones (ids of pictures), else those that wrote."""
        return [side for side in self.sides if side.picture.pk in chosen] or self.wrote


def side_by_side(joint: Picture, own: Sequence[Picture]) -> list[SideBySide]:
    """Every section of the pictures, with the differences that have been noted. Six queries."""
    noted: dict[str, list[Difference]] = {}
    for one in joint.differing.all():
        noted.setdefault(one.section, []).append(one)
    problems: dict[int, list[Problem]] = {picture.pk: [] for picture in (joint, *own)}
    found = Problem.objects.filter(picture__in=problems).order_by("pk")
    for problem in found.prefetch_related("sources", "taken_into", "taken_from__picture__owner__organisation"):
        problems[problem.picture_id or 0].append(problem)
    carried: dict[tuple[int, str], list[Source]] = {}
    for link in PartSource.objects.filter(picture__in=own).select_related("source").order_by("source"):
        carried.setdefault((link.picture_id, link.section), []).append(link.source)
    named = list(zip(_names(own), own, strict=True))
    return [
        SideBySide(
            section,
            [
                Side(
                    name,
                    one,
                    _text(one, section),
                    _problems(problems, one, section),
                    carried.get((one.pk, section), ()),
                    section in PartSource.SECTIONS,
                )
                for name, one in named
            ],
            _text(joint, section),
            _problems(problems, joint, section),
            noted.get(section, []),
        )
        for section in Section
    ]


def _names(own: Sequence[Picture]) -> list[str]:
    """What each side is called: by its side while there is one of it, else by its own name."""
    several = Counter(picture.kind for picture in own)
    names = {Picture.Kind.OWN_POLICE.value: POLICE, Picture.Kind.OWN_MUNICIPALITY.value: MUNICIPALITY}
    return [
        names[picture.kind] if several[picture.kind] == 1 else str(picture.municipality or picture.owner)
        for picture in own
    ]


def _text(picture: Picture, section: str) -> str:
    return "" if section == Section.PROBLEMS else str(getattr(picture, section))


def _problems(problems: dict[int, list[Problem]], picture: Picture, section: str) -> Sequence[Problem]:
    return problems[picture.pk] if section == Section.PROBLEMS else ()


def sign_of(text: str, picture: Picture, section: str) -> str:
    """Stands for a text and the sources it rests on, in a hidden field."""
    sources = picture.part_sources.filter(section=section).values_list("source", flat=True)
    return hashlib.sha256(f"{text}{sorted(sources)}".encode()).hexdigest()[:16]
