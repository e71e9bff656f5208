"""What an agreement's page shows beside its text, in the parts that the page is made of."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from accounts.models import User
from agreements import actions, content, rules
from agreements.models import Adherence, Agreement, Prolongation
from agreements.queries import bound_parties, local_parts
from agreements.views.joint import lacking_parts
from agreements.wording import WORDS, by_common, section_address
from partnerships.models import Party
from partnerships.rules import is_member


@dataclass
class SectionLine:
    """A section in the list of contents of a draft."""

    name: str
    label: str
    is_written: bool
    said: int
    url: str


@dataclass
class CommonText:
    """A section of the common text as a local part shows it, with the adaptation beside it if there is one."""

    name: str
    label: str
    text: str
    adaptation: dict[str, str] | None
    address: str


@dataclass
class Asked:
    """A proposed prolongation, and who is still waited for."""

    prolongation: Prolongation
    waiting: list[Party] = field(default_factory=list)
    may_consent: bool = False
    may_drop: bool = False


def drafting(user: User, agreement: Agreement) -> dict[str, Any]:
    """A draft's contents with what is said of each section, and who is to write what they take on."""
    if not rules.may_comment(user, agreement):
        return {}
    said = Counter(agreement.comments.open().values_list("section", flat=True))
    lines = {
        heading: [
            SectionLine(
                name,
                content.label_of(name),
                bool(getattr(agreement, name)),
                said[name],
                section_address(agreement.pk, name),
            )
            for name in names
        ]
        for heading, names in Agreement.SECTIONS.items()
    }
    return {
        "drafted": lines.items(),
        "whole": SectionLine("", "Hela överenskommelsen", True, said[""], section_address(agreement.pk, "")),
        "open_comments": sum(said.values()),
        "undertakers": agreement.parties.select_related("organisation").order_by("kind", "pk"),
    }


def common(user: User, agreement: Agreement) -> dict[str, Any]:
    """The common text that a local part stands under, and whether a newer one has replaced it."""
    parent = agreement.parent
    visible = Agreement.objects.visible_to(user)
    if not agreement.is_local_part or parent is None or not visible.filter(pk=parent.pk).exists():
        return {}
    adapted = {one["section"]: one for one in content.shown(agreement).get("adaptations", [])}
    texts = [text for section in content.shown(parent).get("sections", []) for text in section["texts"]]
    frozen = (content.shown(agreement).get("parent") or {}).get("checksum", "")
    return {
        "common": [
            CommonText(
                text["name"],
                text["label"],
                text["text"],
                adapted.get(text["name"]),
                reverse("agreements:adapt", args=[agreement.pk, WORDS[text["name"]]]),
            )
            for text in texts
        ],
        "common_moved": bool(agreement.frozen and frozen and frozen != parent.checksum),
        "common_newer": visible.filter(replaces=parent, status__in=Agreement.SIGNED_STATUSES).first(),
    }


def divided(user: User, agreement: Agreement, day: dt.date) -> dict[str, Any]:
    """The local parts under a common agreement, and the municipalities that have none."""
    if agreement.municipality_id is not None:
        return {}
    parts = local_parts(agreement)
    if not is_member(user, agreement.partnership):
        parts = _seen(user, parts)
    return {
        "parts": [(part, *part.state(day)) for part in parts],
        "lacking_parts": lacking_parts(agreement) if parts else [],
    }


def kept(user: User, agreement: Agreement, day: dt.date) -> dict[str, Any]:
    """Decisions, prolongation, who has joined and left, and what may disturb: all that lies beside a frozen text."""
    if agreement.frozen is None:
        return {"overlaps": _seen(user, rules.overlapping(agreement, day))}
    acts = list(agreement.adherences.select_related("party__organisation"))
    return {
        "decisions": rules.decisions_on(agreement),
        "undecided": [] if "imported" in agreement.frozen else rules.undecided(agreement),
        "asked": _asked(user, agreement, day),
        "acts": acts,
        "publications": agreement.publications.all() if agreement.is_signed else [],
        "joined_then": Adherence.Kind.JOINED,
        "gone": rules.gone(agreement),
        "overlaps": []
        if agreement.status == agreement.Status.TERMINATED
        else _seen(user, rules.overlapping(agreement, day)),
        "consult_by": agreement.consult_by(day) if agreement.status == rules.SIGNED else None,
        "last_day": agreement.last_day_on(day) if agreement.is_signed else None,
        "by_common": by_common(agreement, day) if agreement.is_signed else [],
    }


def _seen(user: User, found: list[Agreement]) -> list[Agreement]:
    """Those of them that the person may read: an overseer is not told of what is partly secret."""
    if not found or is_member(user, found[0].partnership):
        return found
    visible = Agreement.objects.visible_to(user).filter(pk__in=[one.pk for one in found])
    seen = set(visible.values_list("pk", flat=True))
    return [one for one in found if one.pk in seen]


def _asked(user: User, agreement: Agreement, day: dt.date) -> Asked | None:
    """The prolongation that is proposed."""
    found = agreement.prolongations.filter(status=Prolongation.Status.PROPOSED)
    prolongation = found.prefetch_related("consents__party__organisation").first()
    if prolongation is None or agreement.status != rules.SIGNED:
        return None
    waiting = actions.still_to_consent(prolongation, day)
    own = rules.own_parties(user, agreement)
    return Asked(
        prolongation,
        waiting,
        may_consent=any(party in waiting for party in own),
        may_drop=bool(rules.bound_acting(user, agreement, day)),
    )


def doings(user: User, agreement: Agreement, day: dt.date, shown: dict[str, Any]) -> list[tuple[str, str]]:
    """What else the person may do now, as label and address. `shown` is what the page has found already."""
    holds = rules.holds(agreement, day)
    own = {party.pk for party in rules.own_parties(user, agreement)} if holds else set()
    bound = bound_parties([agreement], day)[agreement.pk] if own else set()
    free = shown.get("asked") is None
    common_text = agreement.municipality_id is None
    open_now = {
        ("Registrera beslut", "register_decision"): bool(rules.deciding_parties(user, agreement)),
        ("Revidera", "revise"): not shown["newer"] and rules.may_revise(user, agreement, day),
        ("Föreslå förlängning", "prolong"): free and rules.may_prolong(user, agreement, day),
        ("Anslut er", "join"): common_text and bool(own - bound),
        ("Lämna", "leave"): common_text and bool(own & bound) and rules.both_sides(bound - own),
        ("Registrera publicering", "register_publication"): rules.may_publish(user, agreement),
        ("Kasta utkastet", "throw_away"): agreement.status == rules.DRAFT and rules.may_edit(user, agreement),
        ("Lägg upp lokala delar", "local_parts"): _may_divide(user, agreement, day, shown),
    }
    return [
        (label, reverse(f"agreements:{name}", args=[agreement.pk]))
        for (label, name), is_open in open_now.items()
        if is_open
    ]


def _may_divide(user: User, agreement: Agreement, day: dt.date, shown: dict[str, Any]) -> bool:
    """Where it has at least two municipalities, and is being written or holds."""
    if not rules.may_divide(user, agreement) or not (rules.is_written_in(agreement) or rules.holds(agreement, day)):
        return False
    if shown["parts"]:
        return bool(shown["lacking_parts"])
    return agreement.parties.filter(organisation__municipality__isnull=False).count() > 1
