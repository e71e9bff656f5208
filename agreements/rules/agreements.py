"""The table of steps for agreements, who may what, and what an agreement still lacks."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from accounts.models import Role, User
from accounts.roles import COORDINATORS, COORDINATORS_AND_SIGNATORIES
from agreements.models import Agreement, Signature
from agreements.queries import bound_parties, with_common
from journal.steps import Step
from lib.dates import add_months, today
from lib.swedish import date, listing, plural
from partnerships.models import Partnership, Party
from partnerships.rules import parties_of, roles_about, roles_of

DRAFT, REFERRED, PROPOSED, SIGNED, TERMINATED = Agreement.Status

REFER = Step(
    "refer",
    "Skicka på remiss",
    (DRAFT,),
    REFERRED,
    COORDINATORS,
    warning="Texten låses medan parterna lämnar synpunkter.",
    told="Skickad på remiss",
)
END_REFERRAL = Step(
    "end_referral",
    "Avsluta remissen",
    (REFERRED,),
    DRAFT,
    COORDINATORS,
    warning="Texten kan skrivas i igen. Synpunkterna står kvar tills ni har besvarat dem.",
    told="Remissen avslutad",
)
PROPOSE = Step(
    "propose",
    "Skicka för underskrift",
    (DRAFT,),
    PROPOSED,
    COORDINATORS,
    warning="Texten låses så att alla parter undertecknar samma ord.",
    told="Skickad för underskrift",
)
WITHDRAW = Step(
    "withdraw",
    "Återta till utkast",
    (PROPOSED,),
    DRAFT,
    COORDINATORS,
    warning="Texten låses upp och kan ändras igen.",
    told="Återtagen till utkast",
)
SIGN = Step("sign", "Underteckna", (PROPOSED,), SIGNED, COORDINATORS_AND_SIGNATORIES, told="Undertecknad")
TERMINATE = Step(
    "terminate",
    "Säg upp",
    (SIGNED,),
    TERMINATED,
    COORDINATORS_AND_SIGNATORIES,
    asks_reason=True,
    warning="En uppsägning kan inte tas tillbaka. Vill ni fortsätta skriver ni en ny överenskommelse.",
    told="Uppsagd",
)
# Not a step of the table: afterwards there is nothing that could stand anywhere.
THROW_AWAY = Step("throw_away", "Kasta utkastet", (DRAFT,), DRAFT, COORDINATORS)
AGREEMENT_STEPS = [PROPOSE, REFER, END_REFERRAL, WITHDRAW, SIGN, TERMINATE]

# The usual pair since 2015: the head of the local police area and the chair of the municipal executive board. Other
# functions sign in practice, so a missing one is told, never refused. Words by which a free text is recognised.
STANDARD_PAIR: dict[str, tuple[str, ...]] = {
    "chefen för lokalpolisområdet": ("lokalpolisområde", "lpo"),
    "kommunstyrelsens ordförande": ("kommunstyrelsens ordf", "kommunstyrelseordf", "ks ordf", "ks-ordf", "kso"),
}


def may(user: User, step: Step, agreement: Agreement) -> bool:
    """Through the parties that the agreement concerns; terminating through one that it binds."""
    if step == TERMINATE and (is_read_in(agreement) or not bound_acting(user, agreement, today())):
        return False
    return bool(step.roles & roles_about(user, agreement.partnership, agreement.municipality_id))


def usual_period(day: dt.date) -> dict[str, object]:
    """What most agreements follow: four years, looked over every year (handbook practice, a term of office)."""
    yearly = Agreement.Rhythm.YEARLY
    ends = add_months(day, 48) - dt.timedelta(days=1)
    return {"starts": day, "ends": ends, "follow_up_rhythm": yearly, "revision_rhythm": yearly}


def may_create(user: User, partnership: Partnership) -> bool:
    return Role.COORDINATOR in roles_of(user, partnership)


def may_edit(user: User, agreement: Agreement) -> bool:
    """Coordinators write; whether the text is still open is the status' question."""
    return Role.COORDINATOR in roles_about(user, agreement.partnership, agreement.municipality_id)


def own_parties(user: User, agreement: Agreement) -> list[Party]:
    """The parties of today that the person may register acts for, whether or not they stand in the text."""
    acts_for = set(user.organisation_ids(*SIGN.roles))
    return [party for party in parties_of(user, agreement.partnership) if party.organisation_id in acts_for]


def acting_parties(user: User, agreement: Agreement) -> list[Party]:
    """Those of them in the frozen text: the person may sign or revoke for them."""
    asked = {party["id"] for party in parties_asked(agreement)}
    return [party for party in own_parties(user, agreement) if party.pk in asked]


def is_read_in(agreement: Agreement) -> bool:
    """Whether it was read in afterwards as history: nothing more happens to it here."""
    return bool(agreement.frozen and agreement.frozen.get("imported"))


def bound_acting(user: User, agreement: Agreement, day: dt.date) -> list[Party]:
    """The person's own parties that a signed agreement binds on the day: who joined counts, who left does not.

    Before it is signed, those of the frozen text.
    """
    if not agreement.is_signed:
        return acting_parties(user, agreement)
    mine = own_parties(user, agreement)
    bound = bound_parties([agreement], day)[agreement.pk] if mine else set()
    return [party for party in mine if party.pk in bound]


def signing_parties(user: User, agreement: Agreement) -> list[Party]:
    """Those of them that have not signed."""
    signed = signed_ids(agreement)
    return [party for party in acting_parties(user, agreement) if party.pk not in signed]


def may_revoke(user: User, signature: Signature) -> bool:
    """A party takes back its own signature until the others have signed too; then it can only terminate."""
    agreement = signature.agreement
    return agreement.status == PROPOSED and signature.party in acting_parties(user, agreement)


def parties_asked(agreement: Agreement) -> list[dict[str, Any]]:
    """Who is to sign, as the frozen text names them: it was settled when it was sent, and is not re-counted."""
    parties = agreement.frozen["parties"] if agreement.frozen else []
    return [party for party in parties if party.get("signs", True)]


def signed_ids(agreement: Agreement) -> set[int]:
    return {signature.party_id for signature in agreement.signatures.all()}


def may_sign(user: User, agreement: Agreement) -> bool:
    """A third party may add its signature after the main parties have made the agreement signed."""
    return agreement.status in (PROPOSED, SIGNED) and bool(signing_parties(user, agreement))


def is_signed_by_all(agreement: Agreement) -> bool:
    """Whether every main party of the frozen text has signed."""
    main = {party["id"] for party in parties_asked(agreement) if party["kind"] == Party.Kind.MAIN}
    return bool(main) and main <= signed_ids(agreement)


def is_open(step: Step, agreement: Agreement) -> bool:
    """Whether the step begins where the agreement stands; nobody withdraws a text that somebody has signed."""
    if step == WITHDRAW and signed_ids(agreement):
        return False
    return agreement.status in step.old and step != SIGN


def next_steps(user: User, agreement: Agreement) -> list[Step]:
    """The plain steps that are open to the person now; signing has its own button."""
    return [s for s in AGREEMENT_STEPS if is_open(s, agreement) and may(user, s, agreement)]


def missing_for_propose(agreement: Agreement) -> list[str]:
    """What must be there: what the law demands of an agreement (2023:196, 9 §), and the two sides of a cooperation.

    A local part has the purpose and the areas of the common agreement it stands under.
    """
    demanded = () if agreement.is_local_part else (("syfte", agreement.purpose), ("områden", agreement.areas))
    missing = [word for word, text in demanded if not text.strip()]
    beside = {one.pk for one in (*agreement.contributing.all(), *agreement.third_parties.all())}
    main = agreement.parties.filter(kind=Party.Kind.MAIN).exclude(pk__in=beside)
    parties = list(main.select_related("organisation"))
    if not any(party.is_police for party in parties):
        missing.append("polisen som huvudpart")
    if not any(party.is_municipality for party in parties):
        missing.append("minst en kommun som huvudpart")
    return missing


def unfit_to_replace(old: Agreement | None, municipality_id: int | None, parties: Iterable[Party], day: dt.date) -> str:
    """Why an agreement for that place and with those parties cannot replace the old one; empty when it can.

    What binds a party is not replaced behind its back: the new one concerns the same place and has all whom the old one
    binds as main parties on the day and who still are in the partnership.
    """
    if old is None:
        return ""
    if old.municipality_id != municipality_id:
        return f"{old} gäller {old.municipality or 'hela samverkan'} och kan bara ersättas av en som gäller detsamma."
    chosen = {party.pk for party in parties}
    standing = bound_parties([old], day)[old.pk] - chosen - {party.pk for party in old.third_parties.all()}
    bound = Party.objects.filter(pk__in=standing, kind=Party.Kind.MAIN, left=None).select_related("organisation")
    left_out = listing([str(party) for party in bound])
    return f"{left_out} är part i den som ersätts, så den nya måste ha med samma part." if left_out else ""


def advice_for_propose(agreement: Agreement, day: dt.date) -> list[str]:
    """What the handbook wants described but the law does not demand: told before sending, never refused."""
    wanted: dict[str, object] = {
        "bakgrund": agreement.background,
        "geografiskt område": agreement.area_names or agreement.municipality_id,
        "organisation": agreement.organisation,
        "övergripande mål": agreement.overall_goal,
        "ansvar och åtaganden": agreement.responsibilities or agreement.undertakings.exists(),
        "hur arbetet dokumenteras": agreement.documentation,
        "hur arbetet följs upp": agreement.follow_up,
        "hur ofta det följs upp": agreement.follow_up_rhythm,
        "vem som ansvarar för uppföljningen": agreement.follow_up_function,
        "slutdatum": agreement.ends,
    }
    if agreement.is_local_part:
        wanted = {"slutdatum": agreement.ends}
    if agreement.kind != Agreement.Kind.STRATEGIC:  # part 1 decides on the cooperation, part 2 on its problems
        wanted |= {
            "prioriterade problem": agreement.problems.exists(),
            "troliga orsaker": agreement.causes,
            "gemensam lägesbild": agreement.picture_id,
        }
    absent = [word for word, there in wanted.items() if not there]
    told = [f"Enligt handboken bör det också framgå: {listing(absent)}. Ni kan skicka ändå."] if absent else []
    return [*told, *open_comments_advice(agreement), *overlap_advice(agreement, day), *late_advice(agreement, day)]


def open_comments_advice(agreement: Agreement) -> list[str]:
    """What somebody has said of the draft and nobody has answered."""
    count = agreement.comments.open().count()
    return [f"{plural(count, 'synpunkt är obesvarad', 'synpunkter är obesvarade')}."] if count else []


def overlap_advice(agreement: Agreement, day: dt.date) -> list[str]:
    """Two of the same kind for the same place at the same time is told: one of them should replace the other."""
    return [
        f"{other} gäller samma plats och överlappar perioden. Ange att den ersätts om den nya ska gälla i stället."
        for other in overlapping(agreement, day)
    ]


def overlapping(agreement: Agreement, day: dt.date) -> list[Agreement]:
    """The signed ones of the same kind and place whose periods meet its own, and that neither replaces."""
    same = Agreement.objects.filter(
        partnership=agreement.partnership_id,
        municipality=agreement.municipality_id,
        kind=agreement.kind,
        status__in=Agreement.SIGNED_STATUSES,
    )
    earlier = [pk for pk in (agreement.replaces_id,) if pk]
    others = same.exclude(pk__in=[agreement.pk, *earlier]).exclude(replaces=agreement.pk).without_texts()
    return [
        other
        for other in with_common(others.with_successor())
        if _same_place(other, agreement) and not other.replaced_from and _meet(other, agreement, day)
    ]


def _same_place(one: Agreement, other: Agreement) -> bool:
    """Whether both are for the whole place, or have an area in common."""
    areas = [{name.casefold() for name in each.area_names} for each in (one, other)]
    return areas[0] == areas[1] or bool(areas[0] & areas[1])


def _meet(one: Agreement, other: Agreement, day: dt.date) -> bool:
    """Whether there is a day on which both apply, as things stand on the day."""
    ends = [dt.date.max if each.goes_on else each.last_day_on(day) or dt.date.max for each in (one, other)]
    return one.starts <= ends[1] and other.starts <= ends[0]


def late_advice(agreement: Agreement, day: dt.date) -> list[str]:
    """Signing after the first day is common and allowed, but it is told."""
    if day <= agreement.starts:
        return []
    return [f"Överenskommelsen gäller från {date(agreement.starts)} men undertecknas senare."]


def missing_pair(signatures: Iterable[Signature]) -> list[str]:
    """The functions of the usual pair that nobody has signed as."""
    functions = [signature.function.lower() for signature in signatures]
    return [
        function
        for function, words in STANDARD_PAIR.items()
        if not any(word in signed for word in words for signed in functions)
    ]
