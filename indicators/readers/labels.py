"""What headings and labels of statistics files say beside the figures: the year, the unit, what is measured."""

import hashlib
import re

from django.utils.text import slugify

from indicators.models import Indicator, Unit
from indicators.readers.results import Period
from municipalities.matching import normal_form

LONGEST_CODE = Indicator._meta.get_field("code").max_length or 80
LONGEST_TITLE = Indicator._meta.get_field("title").max_length or 120

_PRELIMINARY = r"(?: ?\(?prel(?:\.|iminär[at]?)?\)?)?"
_YEARS = re.compile(
    rf"(?<!\d)((?:19|20)\d{{2}})(?: ?[/–-] ?((?:19|20)\d{{2}}))?(?![\d])({_PRELIMINARY})(?!\w)", re.IGNORECASE
)
_WHOLE_PERIOD = re.compile(rf"(?:år,? ?)?{_YEARS.pattern}", re.IGNORECASE)
_PART_OF_YEAR = re.compile(
    r"kvartal|\bkv\.? ?\d|månad|\b(?:jan|feb|mars?|apr|maj|juni?|juli?|aug|sept?|okt|nov|dec)"
    r"(?:uari|ruari|il|usti|ember|ober)?\b|\b(?:19|20)\d{2}[-m]?(?:0[1-9]|1[0-2])\b(?!-)",
    re.IGNORECASE,
)
# The first that fits holds. Units of anything but inhabitants are no unit of ours.
_UNITS = (
    (re.compile(r"(?:/|\bper) ?100 ?000(?: inv|$)"), Unit.PER_100000),
    (re.compile(r"\bper100000\b"), Unit.PER_100000),
    (re.compile(r"(?:/|\bper) ?1 ?000 inv"), Unit.PER_1000),
    (re.compile(r"(?:/|\bper) ?\d"), None),
    (re.compile(r"\(%\)|\bandel\b|\bprocent\b|%"), Unit.SHARE),
    (re.compile(r"^antal\b|, antal$|\bantal(?: \(?prel\.?\)?)?$"), Unit.COUNT),
)
_UNIT_WORDS = re.compile(
    r"[(,]?\s*(?:antal\s*)?(?:/|\bper)\s*(?:100\s?000|1\s?000)(?:\s*inv(?:ånare|\.)?)?\)?|,?\s*\bandel\s*\(%\)|\(%\)|%|"
    r"\bper100000\b|\b(?:antal|andel|procent)\b|\(?\bprel\b\.?\)?",
    re.IGNORECASE,
)
_AVERAGE = re.compile(r"\b(två|tre|fyra|fem|[2-5])[ -]?års?[ -]?medelvärde|medelvärde\w* (?:av|för|över|på) (\w+) år")
_COUNTS = {"två": 2, "tre": 3, "fyra": 4, "fem": 5, "2": 2, "3": 3, "4": 4, "5": 5}
ONLY_YEARS = "Bara hela år läses in, inte månader och kvartal."
NO_YEAR = "Raden saknar läsbart år."
SHORT_UNIT = {
    Unit.COUNT: "antal",
    Unit.PER_1000: "per-1000",
    Unit.PER_100000: "per-100000",
    Unit.SHARE: "andel",
}


def text(cell: object) -> str:
    """The cell as a person reads it; a year that Excel keeps as 2016.0 is 2016."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return f"{cell:.0f}"
    return " ".join(str(cell).split())


def period_of(label: str) -> Period | None:
    """A whole year or merged ones that make up the label: "2016 prel.", "År, 2013", "2017/2018"; None for all else."""
    found = _WHOLE_PERIOD.fullmatch(label.strip())
    return _period(found) if found else None


def period_within(heading: str) -> Period | None:
    """The one year, or one span of years, that stands in a heading: "Folkmängd 2024"; None if there are several."""
    if _PART_OF_YEAR.search(heading):
        return None
    found = {_period(one) for one in _YEARS.finditer(heading)}
    years = {one for one in found if one}
    return years.pop() if len(years) == 1 else None


def is_part_of_year(label: str) -> bool:
    """A month or a quarter: "2013, Jun", "2013, Kvartal 2", "2024-03"."""
    return bool(_PART_OF_YEAR.search(label))


def why_no_year(label: str) -> str:
    return ONLY_YEARS if is_part_of_year(label) else NO_YEAR


def unit_of(heading: str) -> Unit | None:
    """The unit that the heading states; None if it states none that is ours (kr per invånare, index)."""
    words = normal_form(heading)
    return next((unit for pattern, unit in _UNITS if pattern.search(words)), None)


def subject_of(heading: str) -> str:
    """What is left of a heading without year and unit: "Otrygga 2024, andel (%)" → "Otrygga"."""
    left = _UNIT_WORDS.sub(" ", _YEARS.sub(" ", heading))
    return " ".join(left.split()).strip(" ,;:.-–/()")


def averaged_years_of(title: str) -> int:
    """Of how many years the title says that each figure is the average: "(treårsmedelvärde)" is 3; 1 for all else."""
    found = _AVERAGE.search(normal_form(title))
    return _COUNTS.get(found[1] or found[2], 1) if found else 1


def topic_of(title: str) -> str:
    """Reported crimes stand together, whoever has counted them; the other topics are the survey NTU's own."""
    words = normal_form(title)
    return Indicator.Topic.REPORTED if "anmäl" in words and "brott" in words else Indicator.Topic.OTHER


def code_of(*parts: str) -> str:
    """An indicator's code; one that would be too long is cut, and kept apart from its likes by a sum of the whole."""
    whole = slugify("-".join(parts))
    if len(whole) <= LONGEST_CODE:
        return whole
    return f"{whole[: LONGEST_CODE - 9].rstrip('-')}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def title_of(words: str, end: str = "") -> str:
    """A title that fits, with its end whole: a long one is cut at a word."""
    whole, room = " ".join(words.split()), LONGEST_TITLE - len(end)
    if len(whole) > room:
        cut = whole[: room - 2]
        whole = f"{(cut.rpartition(' ')[0] or cut).rstrip(' ,;')} …"
    return f"{whole}{end}"


def _period(found: re.Match[str]) -> Period | None:
    first, last = int(found[1]), int(found[2] or found[1])
    if last < first:
        return None
    return Period(first, last, f"{first}/{last}" if found[2] else f"{first}", "prel" in found[3].lower())
