"""Dialogues that were held prove their lines as well as those that are sources in a picture: something was heard."""

from dataclasses import replace

from dialogues.models import Dialogue
from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength, share
from lib.swedish import plural
from situation.models import Picture


def with_staff(facts: Facts, by_source: Evidence) -> Evidence:
    """S2.2: each party has heard its staff, in a dialogue of its own or behind its picture."""
    staff = [one for one in facts.held_dialogues if not one.is_with_residents]
    parties = {party.pk for party in [*facts.police, *facts.municipal]}
    heard = {party.pk for one in staff for party in one.organisers.all()} & parties
    if by_source.is_proven or not heard:
        return by_source
    done = heard | {picture.owner_id for picture in by_source.proof if isinstance(picture, Picture)} & parties
    strength = share(len(done), len(parties))
    summary = f"{len(done)} av {len(parties)} parter har hållit en medarbetardialog."
    missing = "" if strength == Strength.PROVEN else "Håll dialogen hos de andra parterna, och skriv in vad den gav."
    return replace(
        by_source, strength=strength, summary=summary, missing=missing, proof=[*staff, *by_source.proof], lacking=()
    )


def with_residents(facts: Facts, by_source: Evidence) -> Evidence:
    """S3.3: residents have been heard, in a dialogue or a walk, or behind a picture that all parties may read."""
    held = [one for one in facts.held_dialogues if one.kind in Dialogue.WITH_RESIDENTS]
    if by_source.is_proven or not held:
        return by_source
    told = plural(len(held), "medborgardialog är hållen", "medborgardialoger är hållna")
    return Evidence(Strength.PROVEN, f"{told}, med det som sades inskrivet.", proof=held)


def about_how(facts: Facts) -> Evidence:
    """S4.2: each party of the police has talked with its staff about how the work is done. The municipality may too."""
    how = [one for one in facts.held_dialogues if one.kind == Dialogue.Kind.STAFF_HOW]
    police = {party.pk for party in facts.police}
    heard = {party.pk for one in how for party in one.organisers.all()} & police
    strength = share(len(heard), len(police))
    if strength == Strength.NONE and how:
        strength = Strength.PARTIAL
    if len(police) > 1:
        summary = f"{len(heard)} av {len(police)} polisparter har hållit en medarbetardialog om arbetssättet."
    elif heard:
        summary = f"{plural(len(how), 'dialog', 'dialoger')} med medarbetare om arbetssättet."
    else:
        summary = "Bara kommunen har hållit dialogen." if how else "Ingen medarbetardialog om arbetssättet är hållen."
    missing = "" if strength == Strength.PROVEN else "Håll dialogen hos polisen, och skriv in vad den gav."
    return Evidence(strength, summary, missing, proof=how)
