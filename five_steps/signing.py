"""What proves S3.5: an agreement of the cycle that binds its parties."""

from agreements.models import Agreement
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
    return Evidence(Strength.PROVEN, f"{summary}{_local_parts(facts, bound)}", proof=signed)


def _local_parts(facts: Facts, bound: set[int]) -> str:
    """Which of the bound municipalities lack a signed local part, where the parties have begun to write them."""
    parts = [agreement for agreement in facts.own_agreements if agreement.is_local_part]
    there = {part.municipality_id for part in parts if part.is_signed}
    municipal = [party for party in facts.municipal if party.organisation.municipality_id in bound]
    lacking = [str(party) for party in municipal if party.organisation.municipality_id not in there]
    return f" Undertecknad lokal del saknas för {listing(lacking)}." if parts and lacking else ""
