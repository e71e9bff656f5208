"""Edits of text: compare-and-set on the revision, with who, when and from–to in the book."""

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from journal.models import Event, Record
from journal.steps import record
from lib import swedish
from lib.form_parts import name_empty_choice, sane_day
from lib.person_data import NoPersonData

if TYPE_CHECKING:
    from accounts.models import User


class RecordForm(NoPersonData, forms.ModelForm):
    """A form that remembers which revision it was filled in from, so that nobody is overwritten unseen.

    Its texts are refused if they hold a personnummer (a subclass with a `clean` of its own calls this one).
    """

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
        for field in self.fields.values():
            if isinstance(field, forms.DateField):
                field.validators.append(sane_day)
            name_empty_choice(field)


def save_new(form: RecordForm, *, by: "User", verb: str = "created", label: str = "Skapad", **fields: Any) -> Any:
    """Create the form's record with `fields` set by the caller, and say so in the book."""
    with transaction.atomic():
        obj = form.save(commit=False)
        obj.created_by = by
        for name, value in fields.items():
            setattr(obj, name, value)
        obj.save()
        form.save_m2m()
        record(obj, verb, label, by=by)
    return obj


def save_edit(form: RecordForm, *, by: "User", verb: str = "edited", label: str = "Ändrad", note: str = "") -> bool:
    """Save a valid form of an existing record; False (with a sentence in the form) if somebody was faster.

    What was typed stays in the form either way. A record whose status no longer allows edits is never written.
    """
    obj: Record = form.instance
    stored: models.Manager[Any] = type(obj)._default_manager
    with transaction.atomic():
        before = stored.select_for_update().get(pk=obj.pk)
        if obj.EDITABLE_STATUSES is not None and before.status not in obj.EDITABLE_STATUSES:
            form.add_error(None, "Texten är låst och kan inte längre ändras. Det du skrev är inte sparat.")
            return False
        changes = changes_of(before, form)
        if not changes:
            return True
        rows = stored.filter(pk=obj.pk, revision=form.cleaned_data["revision"])
        columns = {field.name: field.attname for field in obj._meta.concrete_fields}
        values = {columns[name]: getattr(obj, columns[name]) for name in changes if name in columns}
        if not rows.update(revision=F("revision") + 1, **values):
            _tell_who_was_faster(form, before)
            return False
        form._save_m2m()  # type: ignore[attr-defined]  # save() would write every column again
        record(obj, verb, label, by=by, note=note, changes=changes)
    obj.refresh_from_db()
    return True


def changes_of(before: models.Model, form: forms.BaseModelForm) -> dict[str, Any]:
    """What the form changes of the stored record, in words, as the book keeps it."""
    found = {}
    for name in form.fields:
        if name == "revision" or name not in {f.name for f in before._meta.get_fields()}:
            continue
        if name not in form.changed_data and not _was_decided(form, name):
            continue
        field = form.fields[name]
        was, now = getattr(before, name), form.cleaned_data[name]
        found[name] = {
            "label": str(field.label or name),
            "from": _words(before, name, was),
            "to": _words(form.instance, name, now),
        }
    return found


def _was_decided(form: forms.BaseModelForm, name: str) -> bool:
    """Whether the form's own `clean` set the value to something else than what was posted and stands in the record."""
    value = form.cleaned_data.get(name)
    if name not in form.cleaned_data or isinstance(value, models.QuerySet):
        return False
    return bool((value.pk if isinstance(value, models.Model) else value) != form.initial.get(name))


def _words(obj: models.Model, name: str, value: Any) -> str:
    """A value as it is shown to people; nothing is an empty text."""
    if isinstance(value, models.Manager | models.QuerySet):
        return swedish.listing([str(item) for item in value.all()])
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if isinstance(value, dt.datetime):
        return swedish.moment(value)
    if isinstance(value, dt.date):
        return swedish.date(value)
    if isinstance(value, Decimal | int | float):
        return swedish.number(value)
    display = getattr(obj, f"get_{name}_display", None)
    return str(display()) if display and value else str(value or "")


def _tell_who_was_faster(form: RecordForm, now: Record) -> None:
    """Say who changed what, keep what was typed, and let the next save be a deliberate one."""
    last = Event.objects.about(now).first()
    who = f"{last.by or 'Systemet'} ändrade kl. {timezone.localtime(last.at):%H.%M}" if last else "Någon annan ändrade"
    fields = ", ".join(change["label"].lower() for change in last.changes.values()) if last else ""
    form.add_error(
        None,
        f"{who} samtidigt som du skrev{': ' + fields if fields else ''}. Inget har skrivits över. "
        "Det du skrev står kvar här; jämför med den sparade texten och spara igen om din ska gälla.",
    )
    data: Any = form.data
    form.data = data = data.copy()
    data[form.add_prefix("revision")] = str(now.revision)
    form.instance.revision = now.revision
