"""New agreements out of old ones: the next version of a signed text, and local parts under a common one."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from agreements import rules
from agreements.actions.drafting import LOCKED, keep_version
from agreements.models import Adaptation, Agreement
from agreements.queries import bound_parties, local_parts
from journal.edits import RecordForm, save_edit, save_new
from journal.steps import NotAllowed, Refused, lock, record
from municipalities.models import Municipality
from partnerships.models import Party

ONE_DAY = dt.timedelta(days=1)
UNDER_WAY = "En ny version är redan påbörjad. Skriv vidare i den."
# What a new version has from the old one, beside parties, problems, undertakings and adaptations.
COPIED = (
    *("partnership_id", "cycle_id", "municipality_id", "kind", "title", "area", "diary_municipality", "diary_police"),
    *("ends", "extension", "extension_months", "consultation_months", "picture_id", "information_class"),
    *("follow_up_rhythm", "follow_up_forum", "follow_up_function", "revision_rhythm"),
    *Agreement.TEXTS,
)


@transaction.atomic
def revise(agreement: Agreement, *, by: User, reason: str, day: dt.date) -> Agreement:
    """A new draft with all that the signed one says, to replace it; the signed one stands until the new is signed."""
    held = lock(agreement)
    if not rules.holds(held, day):
        raise NotAllowed(rules.SIGN, agreement)
    if held.replaced_by.exists():
        raise Refused(rules.SIGN, held.replaced_by.order_by("-pk")[0], UNDER_WAY)
    new = Agreement(created_by=by, version=held.version + 1, replaces=held, revision_reason=reason)
    for name in COPIED:
        setattr(new, name, getattr(held, name))
    new.starts = _first_day(held, day)
    new.ends = held.last_day_on(day)
    new.parent = _newest(held.parent)
    new.save()
    _copy_parts(held, new, day, by=by)
    record(agreement, "revision_begun", f"Version {new.version} påbörjad", by=by, note=reason)
    record(new, "created", f"Skapad som version {new.version}", by=by, note=reason)
    keep_version(new, label="Som den undertecknade", by=by)
    return new


def _first_day(old: Agreement, day: dt.date) -> dt.date:
    """The new text applies from today, within the period of the old one."""
    first = max(day, old.starts)
    end = old.last_day_on(day)
    return min(first, end - ONE_DAY) if end else first


def _newest(parent: Agreement | None) -> Agreement | None:
    """The signed text that has replaced the common one that a local part was written under, if any has."""
    while parent and (newer := parent.replaced_by.filter(status__in=Agreement.SIGNED_STATUSES).first()):
        parent = newer
    return parent


def _copy_parts(old: Agreement, new: Agreement, day: dt.date, *, by: User) -> None:
    """The parties that the old one binds today, its problems, what those parties take on, and its adaptations."""
    bound = bound_parties([old], day)[old.pk]
    new.parties.set(Party.objects.filter(pk__in=bound, left=None))
    contributing = old.contributing.filter(left=None)
    new.parties.add(*contributing)
    new.contributing.set(contributing)
    new.third_parties.set(new.parties.filter(pk__in=old.third_parties.all()))
    new.problems.set(old.problems.all())
    for one in old.undertakings.filter(party__in=new.parties.all()):
        one.pk, one.agreement, one.created_by, one.revision = None, new, by, 0
        one.save(force_insert=True)
    for adaptation in old.adaptations.all():
        adaptation.pk, adaptation.agreement, adaptation.created_by, adaptation.revision = None, new, by, 0
        adaptation.save(force_insert=True)


@transaction.atomic
def add_local_parts(common: Agreement, municipalities: Iterable[Municipality], *, by: User) -> list[Agreement]:
    """A draft for each municipality that lacks one, under the common agreement: its own texts, the common ones above.

    The row is held, so that two who press at once do not make two of each.
    """
    held = lock(common)
    if held.municipality_id is not None:
        raise NotAllowed(rules.PROPOSE, common)
    there = {part.municipality_id for part in local_parts(held)}
    return [_local_part(held, one, by=by) for one in municipalities if one.pk not in there]


def _local_part(common: Agreement, municipality: Municipality, *, by: User) -> Agreement:
    part = Agreement.objects.create(
        created_by=by,
        partnership_id=common.partnership_id,
        cycle_id=common.cycle_id,
        municipality=municipality,
        kind=Agreement.Kind.LOCAL,
        parent=common,
        title=f"{common.title}: lokal del, {municipality}"[:200],
        starts=common.starts,
        ends=common.ends,
        extension=common.extension,
        extension_months=common.extension_months,
        consultation_months=common.consultation_months,
        picture_id=common.picture_id,
        information_class=common.information_class,
        follow_up_rhythm=common.follow_up_rhythm,
        revision_rhythm=common.revision_rhythm,
    )
    parties = common.partnership.parties.filter(left=None).select_related("organisation")
    part.parties.set([one for one in parties if one.is_police or one.organisation.municipality_id == municipality.pk])
    record(part, "created", "Skapad som lokal del", by=by)
    record(common, "local_part_added", f"Lokal del upplagd: {municipality}", by=by)
    return part


@transaction.atomic
def save_adaptation(form: RecordForm, agreement: Agreement, section: str, *, by: User) -> bool:
    """Take a section of the common text in another way, knowingly; while the local part is a draft."""
    if lock(agreement).status != rules.DRAFT:
        form.add_error(None, LOCKED)
        return False
    if form.instance.pk:
        return save_edit(form, by=by)
    if agreement.adaptations.filter(section=section).exists():
        form.add_error(None, "Någon annan anpassade avsnittet medan du skrev. Öppna anpassningen och skriv ihop dem.")
        return False
    save_new(form, by=by, label="Anpassning skriven", agreement=agreement, section=section)
    return True


@transaction.atomic
def remove_adaptation(adaptation: Adaptation, *, by: User) -> None:
    agreement = adaptation.agreement
    if lock(agreement).status != rules.DRAFT:
        raise Refused(rules.PROPOSE, agreement, LOCKED)
    record(agreement, "adaptation_removed", "Anpassning borttagen", by=by, note=adaptation.text)
    adaptation.delete()
