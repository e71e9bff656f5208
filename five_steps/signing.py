"""What proves S3.5: an agreement of the cycle that binds its parties."""

import datetime as dt

from agreements.models import Agreement, Validity
from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength
from lib.swedish import listing


def signed_by_all(facts: Facts) -> Evidence:
    """S3.5: an agreement of the cycle is signed and binds all its parties. A lacking local part is told."""
    own = [agreement for agreement in facts.own_agreements if not agreement.is_local_part]
    signed = [agreement for agreement in own if agreement.is_signed]
    if signed:
        return _binding(facts, signed)
    proposed = [agreement for agreement in own if agreement.status == Agreement.Status.PROPOSED]
    if proposed:
        count = f"{proposed[0].signature_count} av {proposed[0].party_count}"  # type: ignore[attr-defined]  # annotated
        return Evidence(
            Strength.PARTIAL,
            f"{count} parter har undertecknat.",
            "Alla parter ska skriva under.",
            lacking=proposed,
        )
    if own:
        return Evidence(Strength.PARTIAL, "Ett utkast finns.", "Skicka utkastet för underskrift.", lacking=own)
    return Evidence(Strength.NONE, "Ingen överenskommelse är påbörjad.", "Skriv överenskommelsen.")


def _binding(facts: Facts, signed: list[Agreement]) -> Evidence:
    """Whom the signed ones bind, of the municipalities in the cycle, and which of them have their local part."""
    bound = set[int]().union(*(agreement.of_municipalities for agreement in signed))  # type: ignore[attr-defined]
    outside = [str(party) for party in facts.municipal if party.organisation.municipality_id not in bound]
    count = f"{signed[0].signature_count} av {signed[0].party_count}"  # type: ignore[attr-defined]  # annotated
    summary = f"Undertecknad av {count} parter."
    if outside:
        missing = f"Binder inte {listing(outside)}. Anslut den som saknas, eller skriv en ny."
        return Evidence(Strength.PARTIAL, summary, missing, proof=signed)
    return Evidence(Strength.PROVEN, f"{summary}{_local_parts(facts, signed, bound)}", proof=signed)


def _belongs(part: Agreement, facts: Facts, signed: list[Agreement]) -> bool:
    """Whether the local part is of this cycle, or stands under an agreement that is."""
    return part.cycle_id == facts.cycle.pk or bool(part.common and part.common.standing(facts.day) in signed)


def _stands(part: Agreement, day: dt.date) -> bool:
    """Whether the local part is signed and has not ended before its common agreement."""
    if not part.is_signed or part.common is None:
        return part.is_signed
    return part.validity(day) != Validity.EXPIRED or part.last_day_on(day) == part.common.last_day_on(day)


def _local_parts(facts: Facts, signed: list[Agreement], bound: set[int]) -> str:
    """Which of the bound municipalities lack a signed local part, where the parties have begun to write them.

    One from an earlier cycle counts while it follows what is signed now; one that has ended does not.
    """
    parts = [one for one in facts.agreements if one.is_local_part and _belongs(one, facts, signed)]
    there = {part.municipality_id for part in parts if _stands(part, facts.day)}
    municipal = [party for party in facts.municipal if party.organisation.municipality_id in bound]
    lacking = [str(party) for party in municipal if party.organisation.municipality_id not in there]
    return f" Undertecknad lokal del saknas för {listing(lacking)}." if parts and lacking else ""
