"""The sheets of what lies beside agreements, goals and measures: they go out, and are never read in."""

from typing import Any

from django.db.models import QuerySet

from accounts.models import User
from agreements import content
from agreements.models import (
    Adaptation,
    Adherence,
    Agreement,
    Comment,
    Decision,
    Goal,
    GoalOutcome,
    Measure,
    Part,
    Participant,
    Prolongation,
    Publication,
    Signature,
    Undertaking,
)
from agreements.sheet_parts import SheetKind, column_of, ident_column, joined, own
from partnerships.models import Partnership

Rows = QuerySet[Any]
AGREEMENT = (
    ident_column("ÖVK", "Överenskommelse", "agreement_id"),
    own("Överenskommelsens titel", "agreement", lambda row: row.agreement.title, 36),
)
MEASURE = (
    ident_column("ÅTG", "Åtgärd", "measure_id"),
    own("Åtgärdens titel", "measure", lambda row: row.measure.title, 36),
)
SECTION = own("Avsnitt", "section", lambda row: content.label_of(row.section) if row.section else "Hela texten", 24)


def _of_agreements(model: Any, user: User, partnership: Partnership, *owned: str) -> Rows:
    visible = Agreement.objects.visible_to(user).filter(partnership=partnership)
    found: Rows = model.objects.filter(agreement__in=visible).select_related("agreement", *owned)
    return found.defer("agreement__frozen").order_by("pk")


def _of_measures(model: Any, user: User, partnership: Partnership, *owned: str) -> Rows:
    visible = Measure.objects.visible_to(user).filter(partnership=partnership)
    found: Rows = model.objects.filter(measure__in=visible)
    return found.select_related("measure", *owned).order_by("pk")


PARTY = "party__organisation"
UNDERTAKINGS = SheetKind(
    "Åtaganden",
    "ÅTA",
    Undertaking,
    (
        ident_column("ÅTA"),
        *AGREEMENT,
        column_of(Undertaking, "party"),
        column_of(Undertaking, "text", width=50),
        *(column_of(Undertaking, name) for name in ("hours_per_month", "kronor_per_year", "resources")),
    ),
    lambda user, partnership: _of_agreements(Undertaking, user, partnership, PARTY),
)
ADAPTATIONS = SheetKind(
    "Anpassningar",
    "ANP",
    Adaptation,
    (
        ident_column("ANP"),
        *AGREEMENT,
        SECTION,
        column_of(Adaptation, "text", width=50),
        column_of(Adaptation, "reason", width=36),
    ),
    lambda user, partnership: _of_agreements(Adaptation, user, partnership),
)
DECISIONS = SheetKind(
    "Beslut",
    "BES",
    Decision,
    (
        ident_column("BES"),
        *AGREEMENT,
        *(column_of(Decision, name) for name in ("party", "body", "decided_on", "reference", "checksum")),
    ),
    lambda user, partnership: _of_agreements(Decision, user, partnership, PARTY),
)
SIGNATURES = SheetKind(
    "Underskrifter",
    "USK",
    Signature,
    (
        ident_column("USK"),
        *AGREEMENT,
        *(column_of(Signature, name) for name in ("party", "function")),
        own("Tillförordnad", "acting", lambda row: "ja" if row.acting else ""),
        *(column_of(Signature, name) for name in ("name", "way", "place", "signed_on", "checksum")),
    ),
    lambda user, partnership: _of_agreements(Signature, user, partnership, PARTY),
)
PROLONGATIONS = SheetKind(
    "Förlängningar",
    "FÖR",
    Prolongation,
    (
        ident_column("FÖR"),
        *AGREEMENT,
        column_of(Prolongation, "ends"),
        column_of(Prolongation, "reason", width=36),
        column_of(Prolongation, "status"),
        own("Samtycken", "consents", lambda row: joined(row.consents.all()), 36),
    ),
    lambda user, partnership: _of_agreements(Prolongation, user, partnership).prefetch_related(
        "consents__party__organisation"
    ),
)
ADHERENCES = SheetKind(
    "Anslutna och utträdda",
    "ANS",
    Adherence,
    (
        ident_column("ANS"),
        *AGREEMENT,
        *(column_of(Adherence, name) for name in ("party", "kind", "day", "reason", "function", "name")),
    ),
    lambda user, partnership: _of_agreements(Adherence, user, partnership, PARTY),
)
PUBLICATIONS = SheetKind(
    "Publiceringar",
    "PUB",
    Publication,
    (
        ident_column("PUB"),
        *AGREEMENT,
        *(column_of(Publication, name) for name in ("published_on", "channels", "urls", "checksum")),
    ),
    lambda user, partnership: _of_agreements(Publication, user, partnership),
)
COMMENTS = SheetKind(
    "Synpunkter",
    "SYN",
    Comment,
    (
        ident_column("SYN"),
        *AGREEMENT,
        column_of(Comment, "party"),
        SECTION,
        *(column_of(Comment, name, width=36) for name in ("text", "suggestion")),
        column_of(Comment, "status"),
        column_of(Comment, "answer", width=36),
    ),
    lambda user, partnership: _of_agreements(Comment, user, partnership, PARTY),
)
PARTICIPANTS = SheetKind(
    "Medverkande",
    "MED",
    Participant,
    (
        ident_column("MED"),
        *MEASURE,
        own("Vem", "who", str, 30),
        *(column_of(Participant, name) for name in ("task", "hours", "ended_on")),
    ),
    lambda user, partnership: _of_measures(
        Participant, user, partnership, "seat__organisation", "seat__municipality", "organisation"
    ),
)
PARTS = SheetKind(
    "Moment",
    "MOM",
    Part,
    (
        ident_column("MOM"),
        *MEASURE,
        *(column_of(Part, name) for name in ("kind", "order", "text", "day", "function", "done_on")),
    ),
    lambda user, partnership: _of_measures(Part, user, partnership),
)
OUTCOMES = SheetKind(
    "Målens utfall",
    "UTF",
    GoalOutcome,
    (
        ident_column("UTF"),
        ident_column("MÅL", "Mål", "goal_id"),
        own("Målets text", "goal", lambda row: row.goal.text, 40),
        *(column_of(GoalOutcome, name) for name in ("outcome", "day", "reason")),
    ),
    lambda user, partnership: (
        GoalOutcome.objects.filter(goal__in=Goal.objects.visible_to(user).filter(partnership=partnership))
        .select_related("goal")
        .order_by("pk")
    ),
)

BESIDE = (
    *(UNDERTAKINGS, ADAPTATIONS, DECISIONS, SIGNATURES, PROLONGATIONS, ADHERENCES, PUBLICATIONS, COMMENTS),
    *(PARTICIPANTS, PARTS, OUTCOMES),
)
