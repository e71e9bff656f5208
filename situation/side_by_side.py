"""Two pictures into one: what stands in each, what is taken into the joint one, and where they differ.

The own pictures are shared before they can be chosen, and a shared picture never changes: they stand frozen behind.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from situation.models import Difference, Picture, Problem

Section = Difference.Section


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


def sign_of(text: str) -> str:
    """Stands for a text in a hidden field."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]
