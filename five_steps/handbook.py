"""The five steps and their lines as the handbook has them: fixed knowledge, read once from handbook.toml.

Step 2 is done by each organisation for itself, so its lines stand once for the police (P) and once for the
municipality (K), and only that party's coordinators may settle them.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

POLICE = "police"
MUNICIPALITY = "municipality"
WHO = {
    POLICE: "Polisens samordnare (kommunpolisen)",
    MUNICIPALITY: "Kommunens samordnare",
    "": "Samordnaren hos någon av parterna",
}


@dataclass(frozen=True)
class ProcessStep:
    """One of the five steps: its number, name, core question and what it should lead to."""

    number: int
    title: str
    question: str
    goal: str

    @property
    def lines(self) -> "list[Line]":
        return [line for line in LINES.values() if line.step == self.number]


@dataclass(frozen=True)
class Line:
    """A line of the checklist; handbook.toml says what each word is for."""

    code: str
    short: str
    title: str
    noun: str
    verb: str
    guidance: str
    side: str = ""
    by_hand: bool = False
    place: str = ""

    @property
    def step(self) -> int:
        return int(self.code[1])

    @property
    def who(self) -> str:
        """Who settles the line, in words."""
        return WHO[self.side]


_BOOK = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
STEPS: list[ProcessStep] = [ProcessStep(**step) for step in _BOOK["steps"]]
LINES: dict[str, Line] = {line["code"]: Line(**line) for line in _BOOK["lines"]}
CODES_OF_STEP: dict[int, list[str]] = {step.number: [line.code for line in step.lines] for step in STEPS}
