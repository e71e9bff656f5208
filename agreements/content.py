"""An agreement's whole text as plain values: what its page shows, and what is frozen when it is sent for signing.

Dates are ISO strings, so that the same text gives the same checksum on every machine.
"""

import datetime as dt
from typing import Any

from agreements.models import Agreement, AgreementFile
from lib import canonical

SCHEMA = 1


def of(agreement: Agreement) -> dict[str, Any]:
    """The text as it stands now, with its parties, the picture it rests on and its problems."""
    picture = agreement.picture
    return {
        "schema": SCHEMA,
        "kind": agreement.kind,
        "kind_label": agreement.get_kind_display(),
        "title": agreement.title,
        "partnership": str(agreement.partnership),
        "municipality": str(agreement.municipality or ""),
        "diary_municipality": agreement.diary_municipality,
        "diary_police": agreement.diary_police,
        "parties": _parties(agreement),
        "starts": _iso(agreement.starts),
        "ends": _iso(agreement.ends),
        "extension_label": agreement.get_extension_display(),
        "consultation_months": agreement.consultation_months,
        "sections": _sections(agreement),
        "picture": picture and {"id": picture.pk, "title": str(picture), "checksum": picture.checksum},
        "problems": _problems(agreement),
        "annexes": _annexes(agreement),
        "parent": _reference(agreement.parent),
        "replaces": _reference(agreement.replaces),
        "information_class": agreement.get_information_class_display(),
    }


def shown(agreement: Agreement) -> dict[str, Any]:
    """What a page shows: the frozen text once there is one, never what the tables say then."""
    return agreement.frozen if agreement.frozen is not None else of(agreement)


def is_intact(agreement: Agreement) -> bool:
    """Whether the frozen text still gives its checksum, and every signature was given to that very text."""
    if agreement.frozen is None:
        return True
    signed = {signature.checksum for signature in agreement.signatures.all()}
    return {canonical.checksum(agreement.frozen)} | signed == {agreement.checksum}


def _parties(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {"id": party.pk, "name": str(party), "kind": party.kind, "kind_label": party.get_kind_display()}
        for party in agreement.parties.select_related("organisation").order_by("kind", "pk")
    ]


def _sections(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {"heading": heading, "texts": [_text(agreement, name) for name in names if getattr(agreement, name)]}
        for heading, names in Agreement.SECTIONS.items()
    ]


def _text(agreement: Agreement, name: str) -> dict[str, str]:
    label = str(Agreement._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # all are columns
    return {"name": name, "label": label[:1].upper() + label[1:], "text": getattr(agreement, name)}


def _problems(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {
            "id": problem.pk,
            "title": problem.title,
            "description": problem.description,
            "place": problem.place,
            "time": problem.time,
        }
        for problem in agreement.problems.in_order()
    ]


def _annexes(agreement: Agreement) -> list[dict[str, Any]]:
    """The annexes by their checksums: with the text it is settled what was attached to it."""
    found = agreement.files.filter(kind=AgreementFile.Kind.ANNEX).select_related("attachment")
    return [
        {"id": one.pk, "title": one.title, "name": one.attachment.name, "checksum": one.attachment.sha256}
        for one in found.order_by("pk")
    ]


def _reference(agreement: Agreement | None) -> dict[str, Any] | None:
    return {"id": agreement.pk, "title": agreement.title} if agreement else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
