"""What was signed, established, published or finished: the database refuses to change any column but those named here.

A column that a later migration adds is refused too, or this says so: the trigger then has to be made again.
"""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, models, transaction

from agreements.models import Agreement, Comment, ImportedRow, Prolongation, WorkbookImport
from citizen_promises.models import Signature
from lib.dates import now
from situation.models import Difference, Picture
from tests import factories
from tests.promising import publish


@pytest.fixture
def established(partnership, bo):
    return factories.PictureFactory(
        partnership=partnership,
        status="established",
        established_at=now(),
        established_by=bo,
        frozen={"title": "Bilden"},
        checksum="e" * 64,
    )


@pytest.fixture
def signed(partnership):
    return factories.AgreementFactory(
        partnership=partnership,
        status="signed",
        signed_on=dt.date(2026, 1, 1),
        frozen={"parties": []},
        checksum="e" * 64,
    )


@pytest.fixture
def adopted(cycle):
    by = {"adopted_on": dt.date(2026, 3, 20), "frozen": {"rows": []}, "checksum": "e" * 64}
    group = factories.GroupFactory(partnership=cycle.partnership)
    return factories.ActionPlanFactory(cycle=cycle, status="adopted", group=group, **by)


@pytest.fixture
def promised(cycle, lycksele, bo):
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    promise = factories.PromiseFactory(document=document)
    publish(document, by=bo)
    return promise


@pytest.fixture
def document(promised):
    return promised.document


@pytest.fixture
def finished(cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    return factories.FollowUpFactory(measure=measure, status="finished", decision_why="Det går bra.")


@pytest.fixture
def decided(cycle, bo):
    by = {"decided_on": dt.date(2026, 3, 20), "body_name": "Styrgruppen", "decided_at": now(), "decided_by": bo}
    return factories.PrioritisationFactory(cycle=cycle, status="decided", frozen={"rows": []}, **by)


@pytest.fixture
def attached(anna):
    return factories.AttachmentFactory(created_by=anna)


@pytest.fixture
def workbook(partnership, bo):
    by = {"imported_at": now(), "imported_by": bo, "created_by": bo}
    file = {"file": "agreements/imports/e", "original_name": "plan.xlsx", "sha256": "e" * 64, "size": 7}
    return WorkbookImport.objects.create(partnership=partnership, status="imported", **file, **by)


@pytest.fixture
def imported_row(workbook, cycle, police):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    where = {"partnership": workbook.partnership, "sheet": "Åtgärder", "number": 2, "checksum": "e" * 64}
    return ImportedRow.objects.create(source=workbook, measure=measure, **where)


@pytest.fixture
def dialogue(cycle, lycksele):
    told = {"feedback": "Det här hörde vi.", "feedback_how": "På webben", "feedback_on": dt.date(2026, 4, 1)}
    return factories.DialogueFactory(cycle=cycle, municipality=lycksele, status="closed", **told)


@pytest.fixture
def result(dialogue, bo):
    by = {"version": 1, "frozen": {"title": "Dialogen"}, "checksum": "e" * 64, "published_by": bo}
    return dialogue.results.create(**by)


@pytest.fixture
def reply(dialogue):
    return factories.ReplyFactory(dialogue=dialogue)


@pytest.fixture
def said(reply):
    question = factories.QuestionFactory(dialogue=reply.dialogue)
    return reply.answers.create(question=question, text="Vid tunneln.")


@pytest.fixture
def asked(said):
    return said.question


@pytest.fixture
def erased(dialogue, bo):
    by = {"decided_on": dt.date(2026, 4, 1), "body": "Nämnden", "reference": "1", "replies": 3, "erased_by": bo}
    return dialogue.erasures.create(**by)


READ = {"leadership_read_on", "leadership_read_by"}
MAY_CHANGE = {
    "result": {"withdrawn_at", "withdrawn_by", "withdrawn_reason"},
    "reply": {"status", "reason", "decided_at", "decided_by", "revision"},
    "said": set(),
    "asked": {"order", "revision"},
    "erased": set(),
    "attached": {"erased_at", "erased_by"},
    "imported_row": set(),
    "workbook": set(),
    "decided": set(),
    "established": {"status", "revision", "shared_at", "shared_by", "released_at", "released_by", *READ},
    "adopted": {"status", "revision"},
    "signed": {"status", "revision", "prolonged_to", "terminated_on"},
    "document": {
        *("status", "revision", "scheduled_by", "replaced_from", "closed_at", "closed_by"),
        *("withdrawn_at", "withdrawn_by", "withdrawn_reason"),
    },
    "promised": {"status", "status_reason", "settled_on", "revision", "feedback", "feedback_on"},
    "finished": {"revision", "steering_group_on"},
}


@pytest.mark.parametrize("what", MAY_CHANGE)
def test_no_other_column_changes(request, what):
    row = request.getfixturevalue(what)

    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in MAY_CHANGE[what]:
            continue
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            _write(row, field)
        row.refresh_from_db()


# What residents answered goes, all of it at once, when somebody has decided that it shall.
ERASED_BY_DECISION = {"reply", "said", "asked"}


@pytest.mark.parametrize("what", [what for what in MAY_CHANGE if what not in ERASED_BY_DECISION])
def test_the_row_is_not_deleted(request, what):
    row = request.getfixturevalue(what)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


@pytest.mark.parametrize("status", ["ongoing", "done", "partly", "not_done", "cancelled"])
@pytest.mark.parametrize("field", ["baseline", "baseline_text", "baseline_reason"])
def test_the_value_from_before_stays_once_the_measure_has_begun(cycle, police, status, field):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police, status=status)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        type(measure).objects.filter(pk=measure.pk).update(**{field: 12 if field == "baseline" else "annat"})


@pytest.mark.parametrize("status", ["ongoing", "done", "partly"])
def test_no_measure_begins_without_its_value_from_before(cycle, police, status):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police, baseline_reason="")

    with pytest.raises(DatabaseError), transaction.atomic():
        type(measure).objects.filter(pk=measure.pk).update(status=status)


def test_no_promise_is_added_to_published_ones(document):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        factories.PromiseFactory(document=document)


@pytest.fixture
def beside(promised, bo, police):
    """The acts beside a published document, and what its promise rests on."""
    document = promised.document
    made = {"document": document, "checksum": document.checksum}
    return {
        "approval": document.approvals.get(),
        "signature": Signature.objects.create(party=police, function="Chef", name="D", registered_by=bo, **made),
        "channel": document.channels.create(kind="press", created_by=bo),
    }


@pytest.mark.parametrize("what", ["approval", "signature", "channel"])
def test_no_act_beside_a_promise_changes(beside, what):
    row = beside[what]

    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            _write(row, field)


@pytest.mark.parametrize("what", ["approval", "signature"])
def test_no_approval_or_signature_of_a_published_promise_goes(beside, what):
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        beside[what].delete()


def test_nothing_is_tied_to_a_published_promise_nor_written_in_another_language(promised, cycle, police, bo):
    document = promised.document
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    added = {
        "measure": lambda: promised.measures.add(measure),
        "party": lambda: promised.parties.add(police),
        "goal": lambda: document.goals.add(factories.GoalFactory(problem=measure.problem, responsible=police)),
        "language": lambda: document.language_versions.create(language="en", created_by=bo),
    }
    for add in added.values():
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            add()


def test_what_a_published_promise_rests_on_is_not_taken_away(cycle, lycksele, police, bo):
    measure = factories.MeasureFactory(problem__cycle=cycle, responsible=police)
    document = factories.PromiseDocumentFactory(cycle=cycle, municipality=lycksele)
    promise = factories.PromiseFactory(document=document, measures=[measure])
    publish(document, by=bo)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        promise.measures.clear()


def _write(row, field):
    """Another value of the column's kind, past every form, action and model."""
    value = {
        models.DateField: dt.date(1999, 1, 1),
        models.DateTimeField: dt.datetime(1999, 1, 1, tzinfo=dt.UTC),
        models.BooleanField: not getattr(row, field.attname),
        models.JSONField: {"annat": 1},
    }.get(type(field), 9876 if field.is_relation or "Integer" in type(field).__name__ else "annat")
    type(row)._default_manager.filter(pk=row.pk).update(**{field.attname: value})


# --- The parts of a picture that has been shared


@pytest.fixture
def parts(partnership, cycle, police, bo):
    """One of each part, in an own picture that is shared when they stand there."""
    own = factories.PictureFactory(partnership=partnership, cycle=cycle, kind="own_police", owner=police)
    source = factories.SourceFactory(picture=own)
    finding = factories.FindingFactory(picture=own)
    finding.sources.add(source)
    problem = factories.ProblemFactory(picture=own, cycle=cycle, partnership=partnership)
    difference = Difference.objects.create(picture=own, section="crime", text="Olika syn.", created_by=bo)
    Picture.objects.filter(pk=own.pk).update(status="ready", shared_at=now(), shared_by=bo)
    return {"source": source, "finding": finding, "problem": problem, "difference": difference}


PARTS_MAY_CHANGE = {
    "source": set(),
    "finding": set(),
    "difference": set(),
    "problem": {"status", "reason", "rank", "revision", "picture"},
}


@pytest.mark.parametrize("what", PARTS_MAY_CHANGE)
def test_no_part_of_a_shared_picture_changes(parts, what):
    row = parts[what]

    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in PARTS_MAY_CHANGE[what]:
            continue
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            _write(row, field)


@pytest.mark.parametrize("what", PARTS_MAY_CHANGE)
def test_no_part_of_a_shared_picture_goes(parts, what):
    row = parts[what]

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


def test_nothing_is_added_to_a_shared_picture(parts, bo):
    picture, source, finding = parts["source"].picture, parts["source"], parts["finding"]
    added = {
        "source": lambda: factories.SourceFactory(picture=picture),
        "finding": lambda: factories.FindingFactory(picture=picture),
        "difference": lambda: Difference.objects.create(picture=picture, section="crime", text="Ny.", created_by=bo),
        "no longer carried": lambda: finding.sources.remove(source),
        "made of another": lambda: picture.own_pictures.add(picture),
    }
    for add in added.values():
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            add()


def test_a_problem_is_still_decided_about(parts):
    problem = parts["problem"]

    assert type(problem).objects.filter(pk=problem.pk).update(status="prioritised", rank=1) == 1


# --- What belongs to a text that is locked, and the acts around it


@pytest.fixture
def locked(partnership, cycle, police, bo):
    """One of each, around an agreement that is signed when they stand there."""
    by = {"created_by": bo}
    problem = factories.ProblemFactory(cycle=cycle)
    agreement = factories.AgreementFactory(partnership=partnership, parties=[police], problems=[problem])
    common = factories.AgreementFactory(partnership=partnership)
    undertaking = factories.UndertakingFactory(agreement=agreement, party=police)
    adaptation = factories.AdaptationFactory(agreement=agreement, section="purpose")
    version = agreement.versions.create(number=1, label="Remiss", content={}, checksum="e" * 64, kept_by=bo)
    comment = factories.CommentFactory(agreement=agreement, party=police)
    Comment.objects.filter(pk=comment.pk).update(status="accepted")
    frozen = {"frozen": {"parties": []}, "checksum": "e" * 64}
    Agreement.objects.update(status="signed", signed_on=dt.date(2026, 1, 1), **frozen)
    said = {"party": police, "function": "Chef", "name": "Person Påhittad"}
    prolongation = common.prolongations.create(ends=dt.date(2030, 12, 31), reason="Hinner inte.", **by)
    consent = prolongation.consents.create(registered_by=bo, **said)
    Prolongation.objects.update(status="agreed")
    text = {"checksum": "e" * 64, "party": police}
    return {
        "party": agreement.parties.through.objects.get(agreement=agreement),
        "problem": agreement.problems.through.objects.get(agreement=agreement),
        "undertaking": undertaking,
        "adaptation": adaptation,
        "version": version,
        "comment": comment,
        "decision": agreement.decisions.create(body="Kommunstyrelsen", **text, **by),
        "signature": agreement.signatures.create(function="Chef", name="N", registered_by=bo, **text),
        "adherence": agreement.adherences.create(kind="left", reason="Flyttar.", function="F", name="N", **text, **by),
        "prolongation": prolongation,
        "consent": consent,
    }


LOCKED = (
    *("party", "problem", "undertaking", "adaptation", "version", "comment"),
    *("decision", "signature", "adherence", "prolongation", "consent"),
)


@pytest.mark.parametrize("what", LOCKED)
def test_nothing_around_a_signed_text_changes(locked, what):
    row = locked[what]

    for field in row._meta.concrete_fields:
        if field.primary_key:
            continue
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            _write(row, field)


@pytest.mark.parametrize("what", LOCKED)
def test_nothing_around_a_signed_text_goes(locked, what):
    row = locked[what]

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'DELETE FROM "{row._meta.db_table}" WHERE id = %s', [row.pk])


@pytest.mark.parametrize("status", ["referred", "proposed", "signed", "terminated"])
def test_nobody_and_nothing_is_added_to_a_locked_text(partnership, police, cycle, status):
    where = {"partnership": partnership, "problems": [factories.ProblemFactory(cycle=cycle)]}
    day = {"signed_on": dt.date(2026, 1, 1)} if status in ("signed", "terminated") else {}
    frozen = {} if status == "referred" else {"frozen": {"parties": []}, "checksum": "e" * 64}
    until = {"referral_until": dt.date(2026, 3, 1)} if status == "referred" else {}
    ended = {"terminated_on": dt.date(2026, 6, 1)} if status == "terminated" else {}
    agreement = factories.AgreementFactory(status=status, **where, **day, **frozen, **until, **ended)
    added = {
        "party": lambda: agreement.parties.add(police),
        "problem": lambda: agreement.problems.add(factories.ProblemFactory(cycle=cycle)),
        "undertaking": lambda: factories.UndertakingFactory(agreement=agreement, party=police),
        "adaptation": lambda: factories.AdaptationFactory(agreement=agreement, section="areas"),
    }
    for add in added.values():
        with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
            add()


@pytest.mark.parametrize("field", ["ends", "reason", "agreement"])
def test_what_a_prolongation_proposes_stays_while_parties_consent(signed, bo, field):
    asked = signed.prolongations.create(ends=dt.date(2030, 12, 31), reason="Hinner inte.", created_by=bo)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        _write(asked, asked._meta.get_field(field))


@pytest.mark.parametrize("field", ["text", "suggestion", "party"])
def test_what_somebody_has_said_of_a_draft_is_not_put_in_other_words(partnership, police, field):
    said = factories.CommentFactory(agreement__partnership=partnership, party=police)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        _write(said, said._meta.get_field(field))
