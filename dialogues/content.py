"""All that residents will read of a dialogue, and nothing else: no functions, no names, no small numbers."""

from typing import Any

from dialogues import counting
from dialogues.models import Dialogue, Theme

# Who took part, as it is told: the column and its words.
NUMBERS = (
    "women",
    "men",
    "other_gender",
    "under_18",
    "aged_18_to_29",
    "aged_30_to_64",
    "aged_65_up",
)


def of(dialogue: Dialogue) -> dict[str, Any]:
    """The result as it is frozen when it is published. As many queries, however much was said."""
    municipality = dialogue.municipality
    assert municipality is not None  # only dialogues with residents are published
    return {
        "form": 1,
        "title": dialogue.title,
        "kind": dialogue.kind,
        "method": dialogue.how,
        "municipality": {"code": municipality.code, "name": municipality.name, "slug": municipality.slug},
        "organisers": [str(party.organisation) for party in dialogue.organisers.select_related("organisation")]
        + ([dialogue.other_organiser] if dialogue.other_organiser else []),
        "place": dialogue.place,
        "starts": dialogue.starts.isoformat(),
        "ends": dialogue.ends.isoformat(),
        "groups": dialogue.get_groups_display(),
        "purpose": dialogue.purpose,
        "participants": dialogue.participants,
        "numbers": _numbers(dialogue),
        "response_rate": str(dialogue.response_rate) if dialogue.response_rate is not None else None,
        "not_reached": dialogue.not_reached,
        "themes": [_theme(theme) for theme in dialogue.themes.all()],
        "proposals": list(dialogue.proposals.values("text", "place", "mentions")),
        "fixes": [
            {"text": fix.text, "place": fix.place, "done_on": fix.done_on.isoformat()} for fix in dialogue.fixes.all()
        ],
        "points": [
            {
                "number": point.number,
                "place": point.place,
                "category": point.get_category_display(),
                "seen": point.seen,
                "action": point.action,
                "done_on": point.done_on.isoformat() if point.done_on else None,
            }
            for point in dialogue.points.all()
        ],
        "counts": [told for one in counts_of(dialogue) if (told := one.for_residents())],
        "feedback": dialogue.feedback,
        "feedback_how": dialogue.feedback_how,
        "feedback_on": dialogue.feedback_on.isoformat() if dialogue.feedback_on else None,
    }


def counts_of(dialogue: Dialogue) -> list[counting.Counted]:
    """Of the replies, and before them of what was kept of those that have been erased."""
    erased = [one for erasure in dialogue.erasures.order_by("pk") for one in counting.read(erasure.counts)]
    standing = counting.count(dialogue)
    return [*erased, *(one for one in standing if one.answers)] if erased else standing


def _numbers(dialogue: Dialogue) -> list[list[Any]]:
    """Who took part; a group of fewer than five is left out, as they could be told apart."""
    given = [(str(dialogue._meta.get_field(name).verbose_name), getattr(dialogue, name)) for name in NUMBERS]  # type: ignore[union-attr]
    return [[words, count] for words, count in given if count is not None and count >= counting.SMALLEST_GROUP]


def _theme(theme: Theme) -> dict[str, Any]:
    return {
        "id": theme.pk,
        "title": theme.title,
        "text": theme.text,
        "place": theme.place,
        "mentions": theme.mentions,
        "quote": theme.quote,
        "outcome": theme.outcome,
        "answer": theme.answer,
        "handler": theme.handler,
        "answered_on": theme.answered_on.isoformat() if theme.answered_on else None,
    }
