"""One of everything in the cast's partnership, so that every address has something to point at."""

import datetime as dt

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Invitation
from citizen_promises.actions import publish
from indicators.actions import preview
from indicators.models import Indicator
from reports.models import Report
from situation import content
from situation.models import Difference, LegalDecision
from tests import factories
from tests.lib.sample_report import sample

FILE = b"Kommun;Antal;Per 100 000 inv.\r\nLycksele;1 210;9 800\r\n"
TOKEN = "a-token-that-nobody-has-used"


def build(partnership, cycle, cast, organisations, lycksele):
    """The objects by the name that the table of addresses uses for them."""
    bo, police = cast["bo"], partnership.parties.get(organisation__kind="police")
    made = {"created_by": bo}
    seat = factories.SeatFactory(partnership=partnership, organisation=organisations["police"], **made)
    joint = factories.PictureFactory(partnership=partnership, cycle=cycle, **made)
    problem = factories.ProblemFactory(cycle=cycle, picture=joint, **made)
    analysis = factories.CauseAnalysisFactory(problem=problem, **made)
    measure = factories.MeasureFactory(problem=problem, responsible=police, **made)
    lawful = {"purpose": "Minska otryggheten.", "areas": "Centrum"}
    agreement = factories.AgreementFactory(partnership=partnership, cycle=cycle, **lawful, **made)
    agreement.parties.set(partnership.parties.all())
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele, **made)
    promise = factories.PromiseFactory(document=document, **made)
    return {
        "partnership": partnership,
        "cycle": cycle,
        "municipality": lycksele,
        "party": police,
        "group": factories.GroupFactory(partnership=partnership, **made),
        "seat": seat,
        "holding": factories.HoldingFactory(seat=seat, **made),
        "picture": joint,
        "source": factories.SourceFactory(picture=joint, **made),
        "finding": factories.FindingFactory(picture=joint, **made),
        "problem": problem,
        **_pictures(partnership, cycle, lycksele, police, made),
        "analysis": analysis,
        "prioritisation": factories.PrioritisationFactory(cycle=cycle, **made),
        "cause": factories.CauseFactory(analysis=analysis, **made),
        "agreement": agreement,
        "signature": _signature(partnership, bo),
        "measure": measure,
        "log": factories.MeasureLogFactory(measure=measure, **made),
        "goal": factories.GoalFactory(problem=problem, responsible=police, **made),
        "part": factories.PartFactory(measure=measure, **made),
        "participant": factories.ParticipantFactory(measure=measure, seat=seat, **made),
        "document": document,
        "promise": promise,
        **_published(cycle, lycksele, bo),
        "follow_up": factories.FollowUpFactory(measure=measure, decision_why="Det går bra.", **made),
        "report": _report(partnership, bo),
        "organisation": organisations["lycksele"],
        "invitation": _invitation(organisations["lycksele"], cast["lisa"]),
        "membership": cast["hans"].memberships.get(),
        "indicator": Indicator.objects.create(code="exempel", title="Exempel", unit="antal", source="Brå"),
        "fetch": factories.FetchFactory(status="failed", error="Kolada svarar inte.", **made),
        "batch": preview(SimpleUploadedFile("2025.csv", FILE), by=bo, year=2025),
    }


def _pictures(partnership, cycle, municipality, police, made):
    """A joint draft that is being made of two shared ones, the police's next draft, and what the law demands."""
    theirs = partnership.parties.get(organisation__municipality=municipality)
    where = {"partnership": partnership, "cycle": cycle, **made}
    shared = {"status": "ready", "shared_at": timezone.now(), "shared_by": made["created_by"]}
    own = factories.PictureFactory(kind="own_police", owner=police, **shared, **where)
    other = factories.PictureFactory(
        kind="own_municipality", owner=theirs, municipality=municipality, **shared, **where
    )
    merging = factories.PictureFactory(police_picture=own, municipality_picture=other, **where)
    law = dict.fromkeys(("crime", "consequences", "outlook", "analysis"), "Text.")
    frozen = {"status": "established", "established_at": timezone.now(), "established_by": made["created_by"]}
    lawful = factories.PictureFactory(**law, **where)
    content_of = {"frozen": content.of(lawful), "checksum": "f" * 64}
    type(lawful).objects.filter(pk=lawful.pk).update(**frozen, **content_of)
    return {
        "merging": merging,
        "difference": Difference.objects.create(picture=merging, section="crime", text="Olika syn.", **made),
        "own_problem": factories.ProblemFactory(cycle=cycle, partnership=partnership, picture=own, **made),
        "own_draft": factories.PictureFactory(kind="own_police", owner=police, **where),
        "lawful": lawful,
        "decision": LegalDecision.objects.create(
            picture=lawful, municipality=municipality, decided_on="2026-03-03", body="Kommunstyrelsen", **made
        ),
    }


def _published(cycle, municipality, by):
    """Promises that residents can read, with something that happened."""
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=municipality, created_by=by)
    promise = factories.PromiseFactory(document=document, created_by=by)
    publish(document, by=by)
    outcome = factories.OutcomeFactory(promise=promise, created_by=by)
    return {"published": document, "kept": promise, "outcome": outcome}


def _report(partnership, by):
    return Report.objects.create(
        kind="situation",
        partnership=partnership,
        number=1,
        title="Lägesrapport",
        content=sample(),
        content_checksum="c" * 64,
        status="failed",
        error="Rapporten kunde inte göras.",
        created_by=by,
    )


def _signature(partnership, by):
    """The police's signature under another agreement that the municipality has not yet signed."""
    police = partnership.parties.get(organisation__kind="police")
    waiting = factories.AgreementFactory(
        partnership=partnership, status="proposed", checksum="e" * 64, frozen={}, created_by=by
    )
    waiting.parties.set(partnership.parties.all())
    return waiting.signatures.create(
        party=police, function="Chef", name="David Dal", checksum="e" * 64, registered_by=by
    )


def _invitation(organisation, by):
    return Invitation.objects.create(
        email="ny@example.se",
        name="Ny Person",
        organisation=organisation,
        role="reader",
        token_hash="d" * 64,
        invited_by=by,
        expires_at=timezone.now() + dt.timedelta(days=3),
    )
