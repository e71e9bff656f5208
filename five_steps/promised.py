"""What proves S4.5a, S4.5b and S5.5: promises that are approved, made known, and told about when they are kept."""

from citizen_promises.models import PromiseDocument
from five_steps.facts import Facts
from five_steps.proof import Evidence, Strength, share
from lib.swedish import plural

_AGREED = (PromiseDocument.Status.APPROVED, *PromiseDocument.PUBLIC_STATUSES)


def agreed_promises(facts: Facts) -> Evidence:
    """S4.5a: every municipality has promises that all who promise have approved. Signatures are told: some sign."""
    agreed = [document for document in facts.documents if document.status in _AGREED]
    drafts = [document for document in facts.documents if document.status == PromiseDocument.Status.DRAFT]
    done, total = len({document.municipality_id for document in agreed}), len(facts.municipal)
    strength = share(done, total)
    if total > 1:
        summary = f"{done} av {total} kommuner har godkända löften."
    else:
        summary = "Löftena är godkända av dem som lovar." if agreed else "Inga löften är godkända."
    if drafts:
        summary += f" {len(drafts)} utkast finns."
        strength = strength if strength != Strength.NONE else Strength.PARTIAL
    signatures = sum(document.signature_count for document in agreed)  # type: ignore[attr-defined]  # annotated
    if signatures:
        summary += f" {plural(signatures, 'underskrift', 'underskrifter')}."
    missing = "Godkänn löftena." if drafts else "Skriv och godkänn löften."
    return Evidence(strength, summary, "" if strength == Strength.PROVEN else missing, agreed, drafts)


def known_promises(facts: Facts) -> Evidence:
    """S4.5b: every municipality's promises are published, and told inside the police and the municipality."""
    public = [document for document in facts.documents if document.is_public]
    known = [one for one in public if one.in_police and one.in_municipality]  # type: ignore[attr-defined]  # annotated
    done, total = len({document.municipality_id for document in known}), len(facts.municipal)
    strength = share(done, total)
    if strength == Strength.NONE and public:
        strength = Strength.PARTIAL
    published = len({document.municipality_id for document in public})
    if total > 1:
        summary = f"{published} av {total} kommuner har publicerade löften, {done} har berättat om dem internt."
    elif not public:
        summary = "Inga löften är publicerade."
    else:
        summary = "Löftena är publicerade" + (" och kända i båda organisationerna." if known else ".")
    if published < total:
        missing = "Publicera löftena."
    else:
        missing = "Registrera hur löftena har gjorts kända internt, hos både polis och kommun."
    untold = [document for document in public if document not in known]
    return Evidence(strength, summary, "" if strength == Strength.PROVEN else missing, known, untold)


def told_promises(facts: Facts) -> Evidence:
    """S5.5: each published promise has feedback to residents."""
    told = [promise for promise in facts.published if promise.feedback_on]
    lacking = [promise for promise in facts.published if not promise.feedback_on]
    total = len(facts.published)
    strength = share(len(told), total)
    summary = f"{len(told)} av {total} löften har återkoppling." if total else "Inga löften är publicerade."
    missing = "" if strength == Strength.PROVEN else "Berätta hur det gick med varje löfte."
    return Evidence(strength, summary, missing, told, lacking)
