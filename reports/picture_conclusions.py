"""What a chief must know of a lägesbild, in half a page: computed from its own parts and figures."""

import datetime as dt
from collections.abc import Sequence

from lib import swedish
from reports import picture_report as shape

MOST = 8
FIRST_LETTERS = 220  # of what people have written themselves


def conclusions(report: shape.PictureReport, moved: Sequence[str], day: dt.date) -> list[str]:
    """At most eight sentences: what the law wants, what has changed, the problems, then what is not known.

    `moved` are the sentences of the figures that have changed more than their uncertainty.
    """
    found = [*_law(report, day), *moved, *_problems(report), *_chosen(report), *_support(report), *_gaps(report)]
    return found[:MOST] or ["Lägesbilden säger inget ännu: inga siffror, inga problem och inga källor."]


def _law(report: shape.PictureReport, day: dt.date) -> list[str]:
    if report["law"] is None:
        return []
    lacking = [part["title"] for part in report["law"]["parts"] if not part["met"]]
    if lacking:
        told = "; ".join(f"{title[:1].lower()}{title[1:]}" for title in lacking)
        return [f"Som kommunens lägesbild enligt lagen saknar den: {told}."]
    last = max((one["renewed_by"] for one in report["law"]["decisions"]), default=report["law"]["renewed_by"])
    if last and dt.date.fromisoformat(last) < day:
        return [f"Lagen ville ha en ny lägesbild senast {swedish.date(last)}."]
    return []


def _problems(report: shape.PictureReport) -> list[str]:
    if not report["problems"]:
        return ["Inga problem är beskrivna ännu."]
    rising = [one["title"] for one in report["problems"] if one["tone"] == "bad"]
    count = f"{swedish.in_words(len(report['problems']))} problem"
    told = f"Lägesbilden beskriver {count}."
    return [f"{told} Det som ökar: {_some(rising)}." if rising else told]


def _chosen(report: shape.PictureReport) -> list[str]:
    chosen = [one["title"] for one in report["prioritisation"]["chosen"]]
    if not chosen:
        return ["Inget problem är prioriterat ännu."] if report["problems"] and report["joint"] else []
    unasked = [one["problem"] for one in report["analyses"] if not one["causes"]]
    told = [f"Prioriterat: {_some(chosen)}."]
    return [*told, f"Orsaker saknas till: {_some(unasked)}."] if unasked else told


def _support(report: shape.PictureReport) -> list[str]:
    """How well what is said is carried: statements on one weak source or none, or a picture with at most one."""
    if len(report["sources"]) < 2:
        return ["Lägesbilden bygger på en enda källa." if report["sources"] else "Inga källor är angivna."]
    weak, all_of_them = sum(bool(one["mark"]) for one in report["findings"]), len(report["findings"])
    if not weak:
        return []
    return [f"Av {all_of_them} iakttagelser vilar {_how_many(weak)} på en enda svag källa eller ingen."]


def _gaps(report: shape.PictureReport) -> list[str]:
    found = []
    unsettled = sum(one["tone"] != "ok" for one in report["differing"])
    if unsettled:
        word = "utredd" if unsettled == 1 else "utredda"
        found.append(f"Av skillnaderna mellan parternas bilder är {_how_many(unsettled)} inte {word}.")
    first = next((block.lines[0] for block in shape.paragraphs(report["knowledge_gaps"])), "")
    return [*found, f"Kunskapslucka: {_cut(first)}"] if first else found


def _how_many(count: int) -> str:
    """Of words that are said with en: "en", "två"."""
    return "en" if count == 1 else swedish.in_words(count)


def _some(titles: Sequence[str]) -> str:
    """The first three, and how many more there are."""
    rest = len(titles) - 3
    return swedish.listing([*titles[:3], f"{swedish.in_words(rest)} till"] if rest > 0 else titles)


def _cut(text: str) -> str:
    return text if len(text) <= FIRST_LETTERS else f"{text[:FIRST_LETTERS].rsplit(' ', 1)[0]} …"
