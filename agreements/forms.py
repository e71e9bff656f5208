"""What a person may type about agreements, signatures, measures and their log."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from agreements.models import Agreement, Measure, MeasureLog, Signature
from agreements.rules import unfit_to_replace
from journal.edits import RecordForm
from journal.steps import Step
from lib.dates import today
from lib.form_parts import ManyChoices, day_field, day_input, dress, narrow, not_in_future
from lib.person_data import NoPersonData
from lib.swedish import date
from partnerships.models import Cycle, Partnership, Party
from partnerships.rules import municipalities_to_write, places_to_write
from situation.models import Picture, Problem

COMMON = "Gemensamt för hela samverkan"


class AgreementForm(RecordForm):
    """The whole agreement, section by section; everything chosen lies in the same partnership."""

    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "municipality",
            "diary_municipality",
            "diary_police",
            "parties",
            "starts",
            "ends",
            "extension",
            "consultation_months",
            *Agreement.TEXTS,
            "picture",
            "problems",
            "parent",
            "replaces",
            "information_class",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "parties": forms.CheckboxSelectMultiple,
            "problems": forms.CheckboxSelectMultiple,
        }
        field_classes = {"parties": ManyChoices, "problems": ManyChoices}

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, "Hela samverkan")
        narrow(self, "parties", _parties(self.instance, partnership))
        narrow(self, "picture", _pictures(self.instance, partnership), "Ingen vald")
        narrow(self, "problems", _problems(self.instance, partnership))
        siblings = Agreement.objects.filter(partnership=partnership).exclude(pk=self.instance.pk).without_texts()
        narrow(self, "parent", siblings, "Ingen")
        narrow(self, "replaces", siblings, "Ingen")
        for name in Agreement.TEXTS:
            self.fields[name].widget.attrs["rows"] = 4
        dress(self, "revision", *self._sections())

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        place, parties = said.get("municipality"), said.get("parties", ())
        fault = unfit_to_replace(said.get("replaces"), place.pk if place else None, parties)
        if fault:
            self.add_error("replaces", fault)
        return cleaned

    def _sections(self) -> list[Fieldset]:
        texts = dict(Agreement.SECTIONS)
        texts["Problem och orsaker"] = ("picture", "problems", *texts["Problem och orsaker"])
        sections = {
            "Om överenskommelsen": ("title", "kind", "municipality", "parties"),
            "Giltighet": ("starts", "ends", "extension", "consultation_months"),
            **texts,
            "Handlingen": ("diary_municipality", "diary_police", "parent", "replaces", "information_class"),
        }
        return [
            Fieldset(heading, *names, css_id=f"del-{place}")
            for place, (heading, names) in enumerate(sections.items(), start=1)
        ]


class SignatureForm(NoPersonData, forms.ModelForm):
    """A party's signature, with the checksum of the text that was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Signature
        fields = ["party", "function", "acting", "name", "place", "signed_on"]
        widgets = {"signed_on": day_input()}

    def __init__(self, *args: Any, agreement: Agreement, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "party", agreement.partnership.parties.filter(pk__in=[party.pk for party in parties]))
        if len(parties) == 1:
            self.fields["party"].initial = parties[0]
            self.fields["party"].empty_label = None  # type: ignore[attr-defined]
        self.fields["checksum"].initial = agreement.checksum
        self.fields["signed_on"].initial = today()
        self.fields["function"].widget.attrs["list"] = "functions"  # suggestions on the page
        self.fields["acting"].help_text = "Kryssa i om personen är tillförordnad (t.f.)."
        dress(self)

    def clean_signed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["signed_on"]
        not_in_future(day)
        return day


class StepForm(NoPersonData, forms.Form):
    """The page before a step: a reason where the step asks for one, otherwise only the button."""

    reason = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, step: Step | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step and not step.asks_reason:
            del self.fields["reason"]
        dress(self)


class TerminationForm(StepForm):
    """When the agreement ends, and why."""

    day = day_field("Gäller till och med", "Överenskommelsens sista dag.")

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.order_fields(["day", "reason"])

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        first = max(filter(None, [self.agreement.starts, self.agreement.signed_on]))
        if day < first:
            raise ValidationError(f"Ange tidigast {date(first)}: då började överenskommelsen gälla mellan parterna.")
        if self.agreement.ends and day > self.agreement.ends:
            raise ValidationError(f"Överenskommelsen löper ändå ut {date(self.agreement.ends)}. Ange en tidigare dag.")
        return day


class MeasureForm(RecordForm):
    """A measure under a problem that all parties may read."""

    class Meta:
        model = Measure
        fields = [
            "problem",
            "title",
            "description",
            "municipality",
            "kind",
            "prevention",
            "place",
            "responsible",
            "function",
            "starts",
            "ends",
            "planned_count",
            "unit",
            "agreement",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "description": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        writes = municipalities_to_write(user, partnership)
        narrow(self, "problem", problems_to_act_on(partnership, writes, self.instance))
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, COMMON)
        narrow(self, "responsible", _responsible(self.instance, partnership))
        agreements = Agreement.objects.filter(partnership=partnership).without_texts()
        narrow(self, "agreement", agreements, "Ingen vald")
        dress(self)

    def clean(self) -> dict[str, Any] | None:
        """What is done about one municipality's own problem is that municipality's own measure."""
        cleaned = super().clean()
        problem = self.cleaned_data.get("problem")
        if problem and problem.municipality:
            self.cleaned_data["municipality"] = problem.municipality
        return cleaned


class LogForm(RecordForm):
    """One line of the running log: three fields, made for a phone."""

    class Meta:
        model = MeasureLog
        fields = ["text", "count", "day"]
        widgets = {"day": day_input(), "text": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, measure: Measure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = "Vad gjordes?"
        self.fields["count"].label = f"Antal {measure.unit}" if measure.unit else "Antal"
        self.fields["count"].widget.attrs["inputmode"] = "numeric"
        if not self.instance.pk:
            self.fields["count"].initial = 1 if measure.unit else 0
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        not_in_future(day)
        return day


def problems_to_act_on(partnership: Partnership, municipalities: list[int], measure: Measure | None = None) -> Any:
    """Problems that all parties may read, in a cycle that is open (or the measure's own), common or of one of the
    municipalities that the person writes about; solved and dismissed ones need no more measures."""
    of_all = Problem.objects.common().filter(partnership=partnership)
    found = of_all.filter(Q(municipality=None) | Q(municipality__in=municipalities))
    chosen = measure.problem_id if measure else None
    cycles = Q(cycle=measure.cycle_id) if measure and measure.pk else Q(cycle__status=Cycle.Status.OPEN)
    done_with = [Problem.Status.SOLVED, Problem.Status.DISMISSED]
    return found.filter(cycles & ~Q(status__in=done_with) | Q(pk=chosen)).in_order()


def _parties(agreement: Agreement, partnership: Partnership) -> Any:
    """The parties of today, and those that were chosen when they were parties."""
    chosen = agreement.parties.values("pk") if agreement.pk else []
    current = partnership.parties.current(today()).values("pk")
    both = Q(pk__in=current) | Q(pk__in=chosen)
    return partnership.parties.filter(both).select_related("organisation")


def _responsible(measure: Measure, partnership: Partnership) -> Any:
    current = partnership.parties.current(today()).values("pk")
    return partnership.parties.filter(Q(pk__in=current) | Q(pk=measure.responsible_id)).select_related("organisation")


def _pictures(agreement: Agreement, partnership: Partnership) -> Any:
    """Joint pictures that are established, hence never change, and the one that was chosen before it was replaced."""
    joint = Picture.objects.filter(partnership=partnership, kind=Picture.Kind.JOINT).without_content()
    fits = Q(status=Picture.Status.ESTABLISHED) | Q(pk=agreement.picture_id)
    return joint.filter(fits).order_by("-established_at")


def _problems(agreement: Agreement, partnership: Partnership) -> Any:
    """The prioritised ones that all parties may read, and those that were chosen before."""
    chosen = agreement.problems.values("pk") if agreement.pk else []
    found = Problem.objects.common().filter(partnership=partnership)
    return found.filter(Q(status=Problem.Status.PRIORITISED) | Q(pk__in=chosen)).in_order()
