"""One of everything in the cast's partnership, so that every address has something to point at."""

import datetime as dt
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts.models import Invitation
from agreements import plan_content
from agreements.importing import preview as read_workbook
from attachments.actions import keep
from citizen_promises.actions import close, give_feedback, schedule, settle
from citizen_promises.actions import publish as publish_now
from dialogues.actions import publish as publish_result
from indicators.actions import preview
from indicators.models import Indicator
from reports.models import Report
from situation import content
from situation.models import Difference, LegalDecision
from tests import factories
from tests.agreements.workbooks import measures
from tests.attachments.files import PDF, picture
from tests.lib.sample_report import sample
from tests.promising import approve, publish
from tests.residents import made as public

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
    log = factories.MeasureLogFactory(measure=measure, **made)
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele, **made)
    promise = factories.PromiseFactory(document=document, **made)
    group = factories.GroupFactory(partnership=partnership, **made)
    return {
        **_dialogues(partnership, cycle, lycksele, bo),
        "partnership": partnership,
        "cycle": cycle,
        "municipality": lycksele,
        "party": police,
        "group": group,
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
        **_around(agreement, lycksele, police, made),
        "measure": measure,
        "workbook": read_workbook(SimpleUploadedFile("plan.xlsx", measures({})), partnership, by=bo),
        **_plans(cycle, measure, group, made),
        "log": log,
        **_attached(agreement, log, bo),
        "taking_part": _taking_part(measure, bo),
        "part": factories.PartFactory(measure=measure, **made),
        "goal": factories.GoalFactory(problem=problem, responsible=police, **made),
        "participant": factories.ParticipantFactory(measure=measure, seat=seat, **made),
        "document": document,
        "promise": promise,
        **_published(cycle, lycksele, bo),
        "signed": public.signed(partnership, bo),
        "follow_up": factories.FollowUpFactory(measure=measure, decision_why="Det går bra.", **made),
        "report": _report(partnership, bo),
        "organisation": organisations["lycksele"],
        "invitation": _invitation(organisations["lycksele"], cast["lisa"]),
        "membership": cast["hans"].memberships.get(),
        "indicator": Indicator.objects.create(code="exempel", title="Exempel", unit="antal", source="Brå"),
        "fetch": factories.FetchFactory(status="failed", error="Kolada svarar inte.", **made),
        "delivery": factories.DeliveryFactory(**made),
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
    merging = factories.PictureFactory(**where)
    merging.own_pictures.set([own, other])
    law = dict.fromkeys(("crime", "consequences", "other_information", "analysis"), "Text.")
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


def _plans(cycle, measure, group, made):
    """A draft of an action plan, and one that the steering group has adopted."""
    plan, adopted = (factories.ActionPlanFactory(cycle=cycle, **made) for _ in range(2))
    for one in (plan, adopted):
        one.measures.add(measure)
    by = {"status": "adopted", "group": group, "adopted_on": "2026-03-20", "checksum": "e" * 64}
    type(adopted).objects.filter(pk=adopted.pk).update(frozen=plan_content.of(adopted), **by)
    return {"plan": plan, "adopted": adopted}


def _attached(agreement, log, by):
    """An annex to the draft and a picture in the log."""
    kept = [keep(io.BytesIO(content), name, by=by) for name, content in (("a.pdf", PDF), ("b.jpg", picture()))]
    return {
        "annex": agreement.files.create(attachment=kept[0], title="Bilaga 1", created_by=by),
        "log_file": log.files.create(attachment=kept[1], alt="Torget i kvällsljus", created_by=by),
    }


def _taking_part(measure, by):
    outside = factories.OrganisationFactory(name="Föreningen Trygg", kind="other")
    return measure.participants.create(organisation=outside, created_by=by)


def _dialogues(partnership, cycle, municipality, by):
    """A planned dialogue, one that is held with a walk's point and a reply, one that is closed and published."""
    made = {"cycle": cycle, "municipality": municipality, "created_by": by}
    opened = {"opens_at": timezone.now() - dt.timedelta(days=1), "closes_at": timezone.now() + dt.timedelta(days=9)}
    staff = factories.DialogueFactory(kind="staff_what", method="staff_meeting", **made)
    planned = factories.DialogueFactory(**made, **opened)
    walk = factories.DialogueFactory(kind="walk", method="walk", status="held", **made)
    closed = factories.DialogueFactory(
        status="closed", feedback="Det här hörde vi.", feedback_how="På webben", feedback_on="2026-04-01", **made
    )
    for dialogue in (staff, planned, walk, closed):
        dialogue.organisers.set(partnership.parties.filter(organisation__kind="police"))
    photo = keep(io.BytesIO(picture()), "tunnel.jpg", by=by)
    factories.ThemeFactory(dialogue=closed, outcome="not_now", answer="Inte i år.", answered_on="2026-04-01")
    result = publish_result(closed, by=by)
    factories.ReplyFactory(dialogue=closed)
    return {
        "dialogue": planned,
        "staff_dialogue": staff,
        "held_dialogue": walk,
        "closed_dialogue": closed,
        "result": result,
        "question": factories.QuestionFactory(dialogue=planned, created_by=by),
        "theme": factories.ThemeFactory(dialogue=walk, created_by=by),
        "point": factories.WalkPointFactory(dialogue=walk, photo=photo, alt="Tunneln", number=1, created_by=by),
        "reply": factories.ReplyFactory(dialogue=walk),
    }


def _published(cycle, municipality, by):
    """Promises that residents can read, with something that happened."""
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=municipality, created_by=by)
    promise = factories.PromiseFactory(document=document, created_by=by)
    publish(document, by=by)
    outcome = factories.OutcomeFactory(promise=promise, created_by=by)
    channel = document.channels.create(kind="press", created_by=by)
    return {"published": document, "kept": promise, "outcome": outcome, "channel": channel} | _agreed(
        cycle, municipality, by
    )


def _agreed(cycle, municipality, by):
    """Promises that are approved, signed and waiting for their time; closed ones; and a language of a draft."""
    approved, closed, draft = (
        factories.PromiseDocumentFactory(cycle=cycle, municipality=municipality, created_by=by) for _ in range(3)
    )
    for document in (approved, closed):
        promise = factories.PromiseFactory(document=document, created_by=by, promiser="joint")
        approve(document, by=by)
    police = cycle.partnership.parties.get(organisation__kind="police")
    signature = approved.signatures.create(
        party=police, function="Chef", name="David Dal", checksum="e" * 64, registered_by=by
    )
    schedule(approved, by=by, at=timezone.now() + dt.timedelta(days=1))
    publish_now(closed, by=by)
    settle(promise, by=by, status="kept")
    give_feedback(promise, by=by, text="Det blev av.", day=dt.date(2026, 1, 2))
    close(closed, by=by)
    return {
        "approved": approved,
        "promise_signature": signature,
        "closed": closed,
        "language": draft.language_versions.create(language="en", created_by=by),
    }


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


def _around(agreement, municipality, police, made):
    """What is said of the draft and taken on in it; and a signed one with a local part and a proposed prolongation."""
    factories.UndertakingFactory(agreement=agreement, party=police, **made)
    signed = factories.AgreementFactory(
        partnership=agreement.partnership,
        status="signed",
        signed_on=dt.date(2026, 1, 1),
        checksum="e" * 64,
        frozen={"parties": []},
        kind="strategic",
        parties=agreement.partnership.parties.all(),
        **made,
    )
    local = factories.AgreementFactory(
        partnership=agreement.partnership, municipality=municipality, kind="local", parent=signed, **made
    )
    factories.AdaptationFactory(agreement=local, section="purpose", **made)
    return {
        "comment": factories.CommentFactory(agreement=agreement, party=police, **made),
        "prolongation": signed.prolongations.create(ends=dt.date(2030, 12, 31), reason="Vi hinner inte.", **made),
        "local": local,
    }


def _signature(partnership, by):
    """The police's signature under another agreement that the municipality has not yet signed."""
    police = partnership.parties.get(organisation__kind="police")
    where = {"partnership": partnership, "parties": partnership.parties.all()}
    waiting = factories.AgreementFactory(**where, status="proposed", checksum="e" * 64, frozen={}, created_by=by)
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
