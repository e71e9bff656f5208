"""What happens beside a text that never changes: the parties decide, prolong it, join it and leave it."""

import datetime as dt

from django.db import transaction
from django.db.models import F

from accounts.models import User
from agreements import rules
from agreements.models import Adherence, Agreement, Consent, Decision, Prolongation
from agreements.queries import bound_parties
from journal.edits import RecordForm, save_new
from journal.steps import NotAllowed, Refused, lock, record, take
from lib.swedish import date
from partnerships.models import Party

ANOTHER_TEXT = "Texten är inte längre den du läste, så beslutet är inte registrerat. Läs den nya och registrera igen."
NOT_PUBLISHED = "Texten är inte längre den du läste, så publiceringen är inte registrerad. Öppna sidan igen."
DECIDED_ALREADY = "Partens beslut om den här texten är redan registrerat."
NO_LONGER = "Överenskommelsen gäller inte längre, så inget är sparat."
NOT_LATER = "Ange en dag efter den nuvarande sista dagen, {}."
FOLLOWS = "Den lokala delen gäller lika länge som den gemensamma överenskommelsen. Förläng den i stället."
LONGER = "Den lokala delen kan inte gälla längre än den gemensamma överenskommelsen, som gäller till och med {}."
ASKED_ALREADY = "En förlängning är redan föreslagen. Ta ställning till den först."
ENDS_LATER = "Överenskommelsen gäller redan längre än den föreslagna dagen. Återta förslaget."
CONSENTED = "{} har redan samtyckt, eller är inte huvudpart i överenskommelsen."
BOUND_ALREADY = "{} är redan bunden av överenskommelsen den dagen."
NOT_BOUND = "{} är inte bunden av överenskommelsen den dagen."
ONE_SIDE_LEFT = "Då finns bara en sida kvar. Säg upp överenskommelsen i stället."


@transaction.atomic
def decide(form: RecordForm, agreement: Agreement, *, checksum: str, by: User) -> bool:
    """Register a party's decision on the very text that was read; False with a sentence if it is another now."""
    held, party = lock(agreement), form.cleaned_data["party"]
    fault = ""
    if held.status not in (rules.PROPOSED, rules.SIGNED) or held.checksum != checksum:
        fault = ANOTHER_TEXT
    elif held.decisions.filter(party=party, checksum=checksum).exists():
        fault = DECIDED_ALREADY
    if fault:
        form.add_error(None, fault)
        return False
    decision: Decision = save_new(form, by=by, label="Beslut registrerat", agreement=held, checksum=checksum)
    reference = f", {decision.reference}" if decision.reference else ""
    told = f"{decision.body}, {date(decision.decided_on)}{reference}"
    record(agreement, "decided", f"Beslut registrerat för {party}", by=by, note=told)
    return True


@transaction.atomic
def publish(form: RecordForm, agreement: Agreement, *, checksum: str, by: User) -> bool:
    """Register that the signed text has been made public; False with a sentence if it is another than was read."""
    held = lock(agreement)
    if not held.is_signed or held.checksum != checksum:
        form.add_error(None, NOT_PUBLISHED)
        return False
    made = save_new(form, by=by, label="Publicering registrerad", agreement=held, checksum=checksum)
    record(agreement, "published", "Publicering registrerad", by=by, note=str(made))
    return True


@transaction.atomic
def prolong(form: RecordForm, agreement: Agreement, *, day: dt.date, by: User) -> bool:
    """Propose a later last day; it holds when every main party has consented."""
    held, ends = lock(agreement), form.cleaned_data["ends"]
    last = held.last_day_on(day)
    if not rules.holds(held, day) or last is None:
        form.add_error(None, NO_LONGER)
    elif ends <= last:
        form.add_error("ends", NOT_LATER.format(date(last)))
    elif fault := _beyond_common(held, ends, day):
        form.add_error("ends", fault)
    elif held.prolongations.filter(status=Prolongation.Status.PROPOSED).exists():
        form.add_error(None, ASKED_ALREADY)
    if form.errors:
        return False
    made = save_new(form, by=by, label="Förlängning föreslagen", agreement=held)
    record(agreement, "prolongation_proposed", f"Förlängning till {date(ends)} föreslagen", by=by, note=made.reason)
    return True


def _beyond_common(agreement: Agreement, ends: dt.date, day: dt.date) -> str:
    """Why a local part cannot be prolonged to the day; empty where it can."""
    if agreement.common is None:
        return ""
    last = agreement.common.last_day_on(day)
    if agreement.follows:
        return FOLLOWS
    return LONGER.format(date(last)) if last and ends > last and not agreement.common.is_open else ""


def still_to_consent(prolongation: Prolongation, day: dt.date) -> list[Party]:
    """The main parties that the agreement binds on the day and that have not said yes."""
    bound = bound_parties([prolongation.agreement], day)[prolongation.agreement_id]
    given = {consent.party_id for consent in prolongation.consents.all()}
    third = {party.pk for party in prolongation.agreement.third_parties.all()}
    waited = Party.objects.current(day).filter(pk__in=bound - given - third, kind=Party.Kind.MAIN)
    return list(waited.select_related("organisation").order_by("pk"))


@transaction.atomic
def consent(
    prolongation: Prolongation,
    *,
    party: Party,
    function: str,
    name: str,
    given_on: dt.date,
    day: dt.date,
    by: User,
    acting: bool = False,
) -> Consent:
    """A party's yes; the last one makes it hold. The agreement's row is held, as they are counted."""
    agreement = lock(prolongation.agreement)
    held = lock(prolongation)
    if held.status != Prolongation.Status.PROPOSED or agreement.status != rules.SIGNED:
        raise NotAllowed(rules.AGREE, agreement)
    if party not in still_to_consent(held, day):
        raise Refused(rules.AGREE, agreement, CONSENTED.format(party))
    if (last := agreement.last_day_on(day)) is None or held.ends <= last:
        raise Refused(rules.AGREE, agreement, ENDS_LATER)
    given: Consent = held.consents.create(
        party=party, function=function, name=name, acting=acting, given_on=given_on, registered_by=by
    )
    note = f"{'t.f. ' if acting else ''}{function}, {name}, {date(given_on)}"
    record(agreement, "consented", f"Samtycke till förlängning från {party}", by=by, note=note)
    if not still_to_consent(held, day):
        take(rules.AGREE, held, by=by)
        _move_end(agreement, held.ends, by=by)
    return given


def _move_end(agreement: Agreement, ends: dt.date, *, by: User) -> None:
    was = agreement.prolonged_to or agreement.ends
    Agreement.objects.filter(pk=agreement.pk).update(prolonged_to=ends, revision=F("revision") + 1)
    change = {"label": "Sista dag", "from": date(was), "to": date(ends)}
    record(agreement, "prolonged", "Förlängd av alla huvudparter", by=by, changes={"prolonged_to": change})


@transaction.atomic
def drop_prolongation(prolongation: Prolongation, *, by: User, reason: str) -> None:
    """Take back a proposal that not everybody has agreed to."""
    take(rules.DROP_PROLONGATION, prolongation, by=by, note=reason)
    told = f"Förslaget om förlängning till {date(prolongation.ends)} återtaget"
    record(prolongation.agreement, "prolongation_dropped", told, by=by, note=reason)


def _common(agreement: Agreement) -> Agreement:
    """The agreement, held. One joins and leaves what is common: a local part is its own municipality's."""
    held = lock(agreement)
    if held.municipality_id is not None:
        raise NotAllowed(rules.SIGN, agreement)
    return held


@transaction.atomic
def join(form: RecordForm, agreement: Agreement, *, checksum: str, by: User) -> bool:
    """A party joins a signed common agreement: it accepts the very text that the others signed."""
    held, party, day = _common(agreement), form.cleaned_data["party"], form.cleaned_data["day"]
    if not rules.holds(held, day):
        form.add_error("day", NO_LONGER)
    elif held.checksum != checksum:
        form.add_error(None, ANOTHER_TEXT)
    elif party.pk in _ever_after(held, day):
        form.add_error("party", BOUND_ALREADY.format(party))
    return _adhere(form, held, Adherence.Kind.JOINED, by=by)


@transaction.atomic
def leave(form: RecordForm, agreement: Agreement, *, checksum: str, by: User) -> bool:
    """A party leaves after a last day, and the others go on; the last of a side terminates instead."""
    held, party, day = _common(agreement), form.cleaned_data["party"], form.cleaned_data["day"]
    bound = bound_parties([held], day)[held.pk]
    if not rules.holds(held, day):
        form.add_error("day", NO_LONGER)
    elif party.pk not in bound or party.pk not in _ever_after(held, day):
        form.add_error("party", NOT_BOUND.format(party))
    elif not rules.both_sides(bound - {party.pk}):
        form.add_error(None, ONE_SIDE_LEFT)
    return _adhere(form, held, Adherence.Kind.LEFT, by=by, checksum=checksum)


def _adhere(form: RecordForm, agreement: Agreement, kind: str, *, by: User, checksum: str = "") -> bool:
    if form.errors:
        return False
    text = checksum or agreement.checksum
    act: Adherence = save_new(form, by=by, label="Registrerad", agreement=agreement, kind=kind, checksum=text)
    note = f"{act.function}, {act.name}, {date(act.day)}\n{act.reason}"
    record(agreement, kind, f"{act.get_kind_display()}: {act.party}", by=by, note=note)
    return True


def _ever_after(agreement: Agreement, day: dt.date) -> set[int]:
    """Who is bound when all that is registered has happened, of those bound on the day or later."""
    return bound_parties([agreement], max(day, dt.date.max - dt.timedelta(days=1)))[agreement.pk]
