"""All that residents will read of a document, and nothing else: no functions, no internal goals, no names of people."""

from typing import Any

from citizen_promises.models import LanguageVersion, Promise, PromiseDocument
from dialogues.models import Dialogue
from lib import canonical

# The parts of a document and of a promise that are written in other languages, with their Swedish names.
DOCUMENT_PARTS = {
    "title": "Rubrik",
    "situation": "Lägesbilden i korthet",
    "how_made": "Hur löftena togs fram",
    "expected_effect": "Vad löftena ska leda till",
    "follow_up": "Hur och när ni berättar hur det gick",
}
PROMISE_PARTS = {"text": "Löftet", "why": "Det här berättade ni", "basis": "Hur löftet bedöms"}


def of(document: PromiseDocument) -> dict[str, Any]:
    """The text as it is frozen: whoever approves, signs or publishes speaks of exactly this."""
    municipality = document.municipality
    promises = list(document.promises.prefetch_related("parties__organisation", "measures", "themes__dialogue"))
    heard = document.dialogues.filter(kind__in=Dialogue.WITH_RESIDENTS).order_by("starts", "pk")
    return {
        "form": 2,
        "title": document.title,
        "municipality": {"code": municipality.code, "name": municipality.name},
        "area": document.area,
        "version": document.version,
        "replaces": document.replaces_id,
        "starts": document.starts.isoformat(),
        "ends": document.ends.isoformat() if document.ends else None,
        "situation": document.situation,
        "how_made": document.how_made,
        "dialogues": [_dialogue(one) for one in heard],
        "expected_effect": document.expected_effect,
        "follow_up": document.follow_up,
        "rhythm": document.rhythm,
        "told_when": document.told_when,
        "forum": document.forum,
        "promises": [_promise(promise) for promise in promises],
        "languages": _languages(document, promises),
    }


def checksum_of(document: PromiseDocument) -> str:
    return canonical.checksum(of(document))


def parts(document: PromiseDocument, promises: list[Promise]) -> dict[str, tuple[str, str]]:
    """What there is to say in another language: by the part's name its heading and the Swedish words."""
    found = {name: (label, getattr(document, name)) for name, label in DOCUMENT_PARTS.items()}
    for number, promise in enumerate(promises, start=1):
        for name, label in PROMISE_PARTS.items():
            found[f"promise-{promise.pk}-{name}"] = (f"Löfte {number}: {label.lower()}", getattr(promise, name))
    return {name: part for name, part in found.items() if part[1].strip()}


def missing_parts(version: LanguageVersion, names: dict[str, tuple[str, str]]) -> list[str]:
    """The headings of what has not been written in the language yet."""
    return [label for name, (label, _) in names.items() if not version.texts.get(name, "").strip()]


def _dialogue(dialogue: Dialogue) -> dict[str, Any]:
    return {
        "id": dialogue.pk,
        "title": dialogue.title,
        "how": dialogue.how,
        "starts": dialogue.starts.isoformat(),
        "ends": dialogue.ends.isoformat(),
        "participants": dialogue.participants,
    }


def _promise(promise: Promise) -> dict[str, Any]:
    themes = sorted(promise.themes.all(), key=lambda theme: theme.pk)
    return {
        "id": promise.pk,
        "text": promise.text,
        "promiser": promise.promiser,
        "parties": sorted(party.organisation.name for party in promise.parties.all()),
        "topic": promise.topic,
        "area": promise.area,
        "why": promise.why,
        "themes": [{"id": one.pk, "title": one.title, "dialogue": one.dialogue.title} for one in themes],
        "measures": sorted(one.title for one in promise.measures.all()) if promise.shows_measures else [],
        "planned_count": promise.planned_count,
        "unit": promise.unit,
        "per": promise.per,
        "basis": promise.basis,
    }


def _languages(document: PromiseDocument, promises: list[Promise]) -> dict[str, dict[str, str]]:
    """Each language's texts, of the parts that there are; a language without a word is none."""
    names = parts(document, promises)
    found = {}
    for version in document.language_versions.all():
        texts = {name: text for name, text in version.texts.items() if name in names and text.strip()}
        if texts:
            found[version.language] = texts
    return found
