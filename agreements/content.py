"""An agreement's whole text as plain values: what its page shows, and what is frozen when it is sent for signing.

Dates are ISO strings, so that the same text gives the same checksum on every machine.
"""

import datetime as dt
from typing import Any

from agreements.models import Agreement, AgreementFile, Goal
from lib import canonical
from partnerships.models import Party
from situation.models import Problem

# 2 added version, area, extension in months, undertakings, adaptations and the parent's checksum. 3 added goals, areas
# one by one, roles of the parties, the rhythm of follow-up and revision, and what annexes are. Older texts stand as
# they were frozen, so whoever shows one must do without.
SCHEMA = 3


def of(agreement: Agreement) -> dict[str, Any]:
    """The text as it stands now, with its parties and what each takes on, the picture it rests on and its problems."""
    picture = agreement.picture
    return {
        "schema": SCHEMA,
        "kind": agreement.kind,
        "kind_label": agreement.get_kind_display(),
        "title": agreement.title,
        "version": agreement.version,
        "revision_reason": agreement.revision_reason,
        "partnership": str(agreement.partnership),
        "municipality": str(agreement.municipality or ""),
        "area": ", ".join(agreement.area_names),
        "area_names": agreement.area_names,
        "diary_municipality": agreement.diary_municipality,
        "diary_police": agreement.diary_police,
        "parties": _parties(agreement),
        "starts": _iso(agreement.starts),
        "ends": _iso(agreement.ends),
        "extension_label": agreement.get_extension_display(),
        "extension_months": agreement.extension_months,
        "consultation_months": agreement.consultation_months,
        "following": {
            "rhythm_label": agreement.get_follow_up_rhythm_display(),
            "forum": agreement.follow_up_forum,
            "function": agreement.follow_up_function,
        },
        "revising": {
            "on": _iso(agreement.revision_on),
            "rhythm_label": agreement.get_revision_rhythm_display(),
        },
        "sections": _sections(agreement),
        "undertakings": _undertakings(agreement),
        "adaptations": _adaptations(agreement),
        "picture": picture and {"id": picture.pk, "title": str(picture), "checksum": picture.checksum},
        "problems": _problems(agreement),
        "goals": _goals(agreement),
        "parent": (parent := agreement.parent) and {**_reference(parent), "checksum": parent.checksum},
        "replaces": agreement.replaces and _reference(agreement.replaces),
        "annexes": _annexes(agreement),
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
    """The parties, the main ones first. `kind` says whose signature is waited for, `signs` who has one to give."""
    contributing = set(agreement.contributing.values_list("pk", flat=True))
    third = set(agreement.third_parties.values_list("pk", flat=True))
    told = []
    for party in agreement.parties.select_related("organisation").order_by("kind", "pk"):
        kind, label = party.kind, party.get_kind_display()
        if party.pk in contributing | third:
            kind, label = Party.Kind.OTHER.value, "Medverkande" if party.pk in contributing else "Tredje part"
        signs = party.pk not in contributing
        told.append({"id": party.pk, "name": str(party), "kind": kind, "kind_label": label, "signs": signs})
    return sorted(told, key=lambda one: one["kind"])


def label_of(name: str) -> str:
    """A section's heading: the words of its column."""
    label = str(Agreement._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # all are columns
    return label[:1].upper() + label[1:]


def section_of(agreement: Agreement, name: str) -> str:
    """One section of what a page shows of the agreement; empty where it says nothing there."""
    texts = [text for section in shown(agreement).get("sections", []) for text in section["texts"]]
    return next((str(text["text"]) for text in texts if text["name"] == name), "")


def _sections(agreement: Agreement) -> list[dict[str, Any]]:
    return [
        {"heading": heading, "texts": [_text(agreement, name) for name in names if getattr(agreement, name)]}
        for heading, names in Agreement.SECTIONS.items()
    ]


def _text(agreement: Agreement, name: str) -> dict[str, str]:
    return {"name": name, "label": label_of(name), "text": getattr(agreement, name)}


def _undertakings(agreement: Agreement) -> list[dict[str, Any]]:
    """Of those who stand in the text: what a party took on before it was left out is no part of it."""
    undertaken = agreement.undertakings.filter(party__in=agreement.parties.all())
    return [
        {
            "party": one.party_id,
            "name": str(one.party),
            "text": one.text,
            "hours_per_month": one.hours_per_month,
            "kronor_per_year": one.kronor_per_year,
            "resources": one.resources,
        }
        for one in undertaken.select_related("party__organisation").order_by("party__kind", "party")
    ]


def _adaptations(agreement: Agreement) -> list[dict[str, str]]:
    return [
        {"section": one.section, "label": label_of(one.section), "text": one.text, "reason": one.reason}
        for one in agreement.adaptations.all()
    ]


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


def _goals(agreement: Agreement) -> list[dict[str, Any]]:
    """The goals that are set for it: what shall change, how it is measured, from what to what, and until when."""
    found = Goal.objects.live().filter(agreement=agreement, problem__in=Problem.objects.common())
    owned = ("problem", "indicator", "responsible__organisation")
    return [
        {
            "id": goal.pk,
            "text": goal.text,
            "problem": goal.problem.title,
            "level_label": goal.get_level_display(),
            "kind_label": goal.get_kind_display(),
            "indicator": str(goal.indicator or goal.own_indicator),
            "movement": goal.movement,
            "responsible": str(goal.responsible),
        }
        for goal in found.select_related(*owned).order_by("problem", "level", "pk")
    ]


def _annexes(agreement: Agreement) -> list[dict[str, Any]]:
    """The annexes by their checksums: with the text it is settled what was attached to it."""
    found = agreement.files.filter(kind=AgreementFile.Kind.ANNEX).select_related("attachment")
    return [
        {
            "id": one.pk,
            "title": one.title,
            "subject_label": one.get_subject_display(),
            "information_class": one.get_information_class_display(),
            "name": one.attachment.name,
            "checksum": one.attachment.sha256,
        }
        for one in found.order_by("pk")
    ]


def _reference(agreement: Agreement) -> dict[str, Any]:
    return {"id": agreement.pk, "title": agreement.title}


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
