"""Two texts of an agreement side by side, in words: what was taken away and what was added, section by section."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agreements.wording import following, revising
from lib.swedish import number, period

# Beyond this many words whole lines are compared, so that no text makes the page slow.
MOST_WORDS = 3_000


@dataclass(frozen=True)
class Piece:
    """Some words, and whether they are only on this side."""

    text: str
    differs: bool


@dataclass(frozen=True)
class Compared:
    """A section on both sides."""

    label: str
    old: list[Piece]
    new: list[Piece]

    @property
    def differs(self) -> bool:
        return any(piece.differs for piece in (*self.old, *self.new))


def compare(old: dict[str, Any], new: dict[str, Any]) -> list[Compared]:
    """Every section that stands on either side, in the new one's order, those that only the old one has last."""
    before, after = dict(_lines(old)), dict(_lines(new))
    labels = [*after, *(label for label in before if label not in after)]
    return [Compared(label, *_words(before.get(label, ""), after.get(label, ""))) for label in labels]


def _words(old: str, new: str) -> tuple[list[Piece], list[Piece]]:
    left, right = _tokens(old), _tokens(new)
    if max(len(left), len(right)) > MOST_WORDS:
        left, right = old.splitlines(keepends=True), new.splitlines(keepends=True)
    sides: tuple[list[Piece], list[Piece]] = [], []
    matcher = difflib.SequenceMatcher(None, left, right, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        for side, text in ((sides[0], "".join(left[i1:i2])), (sides[1], "".join(right[j1:j2]))):
            if text:
                side.append(Piece(text, what != "equal"))
    return sides


def _tokens(text: str) -> list[str]:
    """Words, each with the space after it: space of its own would be alike everywhere and slow to compare."""
    return re.findall(r"\S+\s*|\s+", text.replace("\r\n", "\n"))


def _lines(content: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The whole text as pairs of heading and words. Texts that were frozen long ago may lack some of them."""
    yield "Titel", content.get("title", "")
    yield "Typ", content.get("kind_label", "")
    yield "Kommun", content.get("municipality", "") or "Hela samverkan"
    yield "Geografiskt område", content.get("area", "")
    yield "Parter", "\n".join(f"{one['name']} ({one['kind_label'].lower()})" for one in content.get("parties", []))
    yield "Giltighet", period(content.get("starts"), content.get("ends"))
    yield "Förlängning", _extension(content)
    yield "Uppföljning", following(content)
    yield "Revidering", revising(content)
    for section in content.get("sections", []):
        for text in section["texts"]:
            yield text["label"], text["text"]
    for one in content.get("undertakings", []):
        yield f"Åtaganden, {one['name']}", _undertaking(one)
    for one in content.get("adaptations", []):
        yield f"Anpassning, {one['label'].lower()}", f"{one['text']}\n{one['reason']}"
    yield "Prioriterade problem", "\n".join(_problem(one) for one in content.get("problems", []))
    yield "Mål", "\n".join(_goal(one) for one in content.get("goals", []))
    yield "Bilagor", "\n".join(_annex(one) for one in content.get("annexes", []))
    yield "Överordnad", (content.get("parent") or {}).get("title", "")
    yield "Lägesbild", (content.get("picture") or {}).get("title", "")
    yield "Diarienummer", "\n".join(filter(None, (content.get("diary_municipality"), content.get("diary_police"))))
    yield "Informationsklass", content.get("information_class", "")


def _extension(content: dict[str, Any]) -> str:
    months, confer = content.get("extension_months"), content.get("consultation_months")
    told = [
        content.get("extension_label", ""),
        f"{months} månader i taget" if months else "",
        f"samråd {confer} månader före slutet" if confer else "",
    ]
    return ", ".join(filter(None, told))


def _problem(one: dict[str, Any]) -> str:
    return ", ".join(filter(None, (one["title"], one.get("place"), one.get("time"), one.get("description"))))


def _goal(one: dict[str, Any]) -> str:
    told = (one["text"], one["level_label"], one["kind_label"], one["indicator"], one["movement"], one["responsible"])
    return ", ".join(filter(None, told))


def _annex(one: dict[str, Any]) -> str:
    told = (f"{one['title']} ({one['name']})", one.get("subject_label"), one.get("information_class"))
    return ", ".join(filter(None, told))


def _undertaking(one: dict[str, Any]) -> str:
    hours, kronor = one["hours_per_month"], one["kronor_per_year"]
    told = [
        one["text"],
        f"{number(hours)} timmar per månad" if hours is not None else "",
        f"{number(kronor)} kronor per år" if kronor is not None else "",
        one["resources"],
    ]
    return "\n".join(filter(None, told))
