"""A picture's whole content as plain values: what its page shows, and what is frozen when it is established.

Dates are ISO strings, so that the same content gives the same checksum on every machine.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from indicators.models import ImportBatch
from journal.models import Record
from lib import canonical
from situation.models import Difference, Finding, PartSource, Picture, Problem, Source

SCHEMA = 5
FIRST_OF_SUM = 12  # letters of a checksum that tell two files apart


def of(picture: Picture) -> dict[str, Any]:
    """What the picture says, as it stands now, sub-records included (at most ten queries)."""
    sources = list(picture.sources.prefetch_related("batches"))
    numbers = {source.pk: place for place, source in enumerate(sources, start=1)}
    return {
        "schema": SCHEMA,
        "kind": picture.kind,
        "kind_label": picture.get_kind_display(),
        "title": picture.title,
        "version": picture.version,
        "partnership": str(picture.partnership),
        "municipality": str(picture.municipality or ""),
        "owner": str(picture.owner or ""),
        "period_from": _iso(picture.period_from),
        "period_to": _iso(picture.period_to),
        "area": picture.area,
        "span": picture.get_span_display(),
        "made_without": picture.made_without,
        "prepared_by": picture.prepared_by,
        "prepared_on": _iso(picture.prepared_on),
        "diary_number": picture.diary_number,
        "leadership_read_by": picture.leadership_read_by,
        "leadership_read_on": _iso(picture.leadership_read_on),
        "information_class": picture.get_information_class_display(),
        "sections": _sections(picture, sources, numbers),
        "sources": [_source(source) for source in sources],
        "findings": [_finding(one, numbers) for one in picture.findings.prefetch_related("sources")],
        "problems": [_problem(one, numbers) for one in picture.problems.in_order().prefetch_related("sources")],
        "differing": [_difference(one) for one in picture.differing.all()],
        "merged_from": [_reference(own) for own in merged_from(picture)],
    }


def sections(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The sections of a picture's content, live or frozen, each text with the sources that carry it."""
    numbered = [{**source, "number": number} for number, source in enumerate(content["sources"], start=1)]
    return [
        {
            **section,
            "texts": [
                {**text, "carried_by": [numbered[number - 1] for number in text.get("sources", [])]}
                for text in section["texts"]
            ],
        }
        for section in content["sections"]
    ]


def statements(content: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of a picture's content, live or frozen, each with the sources that carry it and their numbers."""
    sources = [{**source, "number": number} for number, source in enumerate(content["sources"], start=1)]
    return [
        {**finding, "carried_by": [sources[number - 1] for number in finding["sources"]]}
        for finding in content["findings"]
    ]


def merged_from(picture: Picture) -> list[Picture]:
    """The own pictures that a joint one is made of, the police's first. None asks the database of another kind."""
    return list(picture.own_pictures.police_first().without_content()) if picture.is_joint else []


def shown(picture: Picture) -> dict[str, Any]:
    """What a page or a report shows: the frozen content once there is one, never what the tables say then."""
    return picture.frozen if picture.frozen is not None else of(picture)


def checksum_of(picture: Picture) -> str:
    """Stands for all that the picture says now: what is approved is exactly this."""
    return canonical.checksum(of(picture))


def parts_of(picture: Picture) -> list[Record]:
    """The records that belong to the picture, whose history is the picture's too."""
    return [
        *picture.sources.all(),
        *picture.findings.all(),
        *picture.differing.all(),
        *picture.legal_decisions.all(),
    ]


def is_intact(picture: Picture) -> bool:
    """Whether the frozen content still gives the checksum that was stored when it was established."""
    return picture.frozen is None or canonical.checksum(picture.frozen) == picture.checksum


def _sections(picture: Picture, sources: list[Source], numbers: dict[int, int]) -> list[dict[str, Any]]:
    carried: dict[str, list[Source]] = {name: [] for name in PartSource.SECTIONS}
    for name, pk in picture.part_sources.values_list("section", "source"):
        carried[name] += [sources[numbers[pk] - 1]] if pk in numbers else []
    return [
        {
            "heading": heading,
            "texts": [_text(picture, name, carried.get(name), numbers) for name in names if getattr(picture, name)],
        }
        for heading, names in Picture.SECTIONS.items()
    ]


def _text(picture: Picture, name: str, sources: list[Source] | None, numbers: dict[int, int]) -> dict[str, Any]:
    """The text with the numbers of its sources; one that rests on none by its nature has no mark."""
    label = str(Picture._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # all are columns
    return {
        "name": name,
        "label": label[:1].upper() + label[1:],
        "text": getattr(picture, name),
        "sources": sorted(numbers[source.pk] for source in sources or []),
        "mark": "" if sources is None else mark_of(sources),
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "id": source.pk,
        "kind": source.get_kind_display(),
        "name": source.name,
        "owner": source.owner,
        "period": source.period,
        "coverage": source.coverage,
        "uncertainty": source.uncertainty,
        "fetched_on": _iso(source.fetched_on),
        "area": source.area,
        "response_rate": source.response_rate,
        "openness": source.get_openness_display(),
        "link": source.link,
        "informant": source.informant,
        "files": [_file(batch) for batch in source.batches.all()],
    }


def _file(batch: ImportBatch) -> dict[str, str]:
    """A file that the source's figures were read in from: who has it can see that it is the same."""
    return {"name": batch.original_name, "checksum": batch.sha256[:FIRST_OF_SUM]}


def _finding(finding: Finding, numbers: dict[int, int]) -> dict[str, Any]:
    """The statement with the numbers of its sources in the list of sources, and whether they carry it."""
    sources = [source for source in finding.sources.all() if source.pk in numbers]
    return {
        "id": finding.pk,
        "text": finding.text,
        "sources": sorted(numbers[source.pk] for source in sources),
        "mark": mark_of(sources),
        "blind_spots": [source.uncertainty for source in sources if source.uncertainty],
    }


def mark_of(sources: Sequence[Source]) -> str:
    """What a reader must know of how a statement or a text is carried; empty where nothing is wrong."""
    if not sources:
        return "utan källa"
    return "en enda svag källa" if len(sources) == 1 and sources[0].is_weak else ""


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "section": one.get_section_display(),
        "text": one.text,
        "status": one.status,
        "status_label": one.get_status_display(),
        "tone": one.tone,
        "outcome": one.outcome,
    }


def _problem(problem: Problem, numbers: dict[int, int]) -> dict[str, Any]:
    """The problem with the numbers of its sources in the list of sources."""
    return {
        "id": problem.pk,
        "title": problem.title,
        "description": problem.description,
        "place": problem.place,
        "time": problem.time,
        "crime_types": problem.crime_types,
        "groups": problem.groups,
        "extent": problem.extent,
        "insecurity": problem.insecurity,
        "sources": sorted(numbers[source.pk] for source in problem.sources.all() if source.pk in numbers),
        "trend": problem.trend,
        "trend_label": problem.get_trend_display(),
        "status": problem.status,
        "status_label": problem.get_status_display(),
        "reason": problem.reason,
        "rank": problem.rank,
    }


def _reference(picture: Picture) -> dict[str, Any]:
    return {
        "id": picture.pk,
        "title": str(picture),
        "kind_label": picture.get_kind_display(),
        "owner": str(picture.owner or ""),
    }


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
