"""What residents read beside promises: a published result of a dialogue, a signed agreement."""

import datetime as dt

from agreements.models import Agreement
from dialogues.models import DialogueResult
from tests import factories

DAY = dt.date(2026, 2, 2)
FROZEN = {
    "form": 1,
    "title": "Speed dating i Lycksele",
    "kind": "citizen",
    "method": "Speed dating",
    "municipality": {"code": "2481", "name": "Lycksele", "slug": "lycksele"},
    "groups": "Invånare",
    "numbers": [["kvinnor", 30]],
    "response_rate": None,
    "organisers": ["Lycksele kommun"],
    "place": "Biblioteket",
    "starts": "2026-03-12",
    "ends": "2026-03-12",
    "purpose": "Vi ville veta var det känns otryggt.",
    "participants": 46,
    "not_reached": "Få unga män kom.",
    "themes": [
        {
            "id": 1,
            "title": "Mörkt på skolvägen",
            "text": "Lampor saknas.",
            "place": "Norrmalm",
            "mentions": 12,
            "quote": "Jag går en omväg.",
            "outcome": "elsewhere",
            "answer": "Lamporna byts i maj.",
            "handler": "Gatuenheten",
            "answered_on": "2026-04-01",
        }
    ],
    "fixes": [{"text": "Häcken är klippt", "place": "Parken", "done_on": "2026-03-20"}],
    "points": [],
    "proposals": [],
    "counts": [],
    "feedback_how": "På torget",
    "feedback_on": "2026-04-02",
    "feedback": "Tack, det här gör vi.",
}


def dialogue(cycle, municipality, by, **fields):
    """A dialogue with residents, planned."""
    given = {"title": "Speed dating i Lycksele", "purpose": "Höra er.", "created_by": by} | fields
    return factories.DialogueFactory(cycle=cycle, municipality=municipality, **given)


def result(of, by, *, version=1, **frozen):
    """Its result, published."""
    text = FROZEN | frozen
    return DialogueResult.objects.create(dialogue=of, version=version, frozen=text, checksum="d" * 64, published_by=by)


def signed(partnership, by, *, municipality=None, title="Överenskommelse om samverkan", **fields):
    """A signed agreement, marked as an open handling unless said otherwise."""
    purpose = {"name": "purpose", "label": "Syfte", "text": "Minska våldet."}
    section = {"heading": "Bakgrund och syfte", "texts": [purpose]}
    frozen = {"title": title, "kind_label": "Samlad överenskommelse", "parties": [], "sections": [section]}
    given = {"information_class": "open", "title": title, "municipality": municipality, "created_by": by}
    made = factories.AgreementFactory(partnership=partnership, **(given | fields))
    made.parties.set(partnership.parties.all())
    for step in (
        {"status": "proposed", "frozen": frozen, "checksum": "c" * 64},
        {"status": "signed", "signed_on": DAY},
    ):
        Agreement.objects.filter(pk=made.pk).update(**step)
    made.refresh_from_db()
    return made
