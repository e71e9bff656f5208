"""What a person may type about pictures, their sources and findings, and problems."""

import datetime as dt
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from journal.edits import RecordForm
from journal.steps import Step
from lib.dates import today
from lib.form_parts import ManyChoices, day_field, day_input, dress, narrow, not_in_future, rows
from lib.person_data import NoPersonData
from partnerships.models import Partnership, Party
from partnerships.rules import municipalities_to_write, places_to_write
from situation.models import Cause, CauseAnalysis, Finding, Picture, Problem, Source


class PictureCreateForm(RecordForm):
    """The few facts that begin a picture."""

    owner = forms.ModelChoiceField(Party.objects.none(), label="Vems lägesbild", empty_label=None)

    class Meta:
        model = Picture
        fields = ["title", "period_from", "period_to", "municipality", "area"]
        widgets = {"period_from": day_input(), "period_to": day_input()}

    def __init__(
        self, *args: Any, partnership: Partnership, user: User, kind: str, owners: list[Party], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.owners = kind, owners
        mine = partnership.parties.filter(pk__in=[party.pk for party in owners])
        narrow(self, "owner", mine)
        if len(owners) < 2:
            del self.fields["owner"]
        if kind == Picture.Kind.OWN_MUNICIPALITY:
            del self.fields["municipality"]
        else:
            narrow(self, "municipality", places_to_write(user, partnership), "Hela samverkan")
        dress(self)

    def given(self) -> dict[str, Any]:
        """What follows from the kind: whose it is, and which municipality a municipality's own picture is about."""
        owner = self.cleaned_data.get("owner") or next(iter(self.owners), None)
        fields = {"kind": self.kind, "owner": owner}
        if owner and self.kind == Picture.Kind.OWN_MUNICIPALITY:
            fields["municipality"] = owner.organisation.municipality
        return fields


class PictureForm(RecordForm):
    """The whole picture, section by section."""

    counts_people = True

    class Meta:
        model = Picture
        fields = [
            "title",
            "period_from",
            "period_to",
            "area",
            *Picture.TEXTS,
            "police_picture",
            "municipality_picture",
            "prepared_by",
            "information_class",
        ]
        widgets = {"period_from": day_input(), "period_to": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.is_joint:
            self._choose_own_pictures()
        else:
            for name in ("police_picture", "municipality_picture", "differences"):
                del self.fields[name]
        for name in Picture.TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 5
        dress(self, "revision", *self._sections())

    def _choose_own_pictures(self) -> None:
        """Own pictures of the same partnership that their party has shared: others are nobody else's business."""
        shared = Picture.objects.common().filter(partnership=self.instance.partnership).without_content()
        kinds = {"police_picture": Picture.Kind.OWN_POLICE, "municipality_picture": Picture.Kind.OWN_MUNICIPALITY}
        for name, kind in kinds.items():
            among = shared.filter(kind=kind)
            if kind == Picture.Kind.OWN_MUNICIPALITY and self.instance.municipality_id:
                among = among.filter(municipality=self.instance.municipality_id)
            narrow(self, name, among, "Ingen vald")
            self.fields[name].help_text = "Bara lägesbilder som är delade kan väljas."

    def _sections(self) -> list[Fieldset]:
        about = ("title", "period_from", "period_to", "area", "police_picture", "municipality_picture")
        sections = {"Om lägesbilden": about, **Picture.SECTIONS, "Handlingen": ("prepared_by", "information_class")}
        return [
            Fieldset(heading, *(name for name in names if name in self.fields), css_id=f"del-{place}")
            for place, (heading, names) in enumerate(sections.items(), start=1)
        ]


class SourceForm(RecordForm):
    class Meta:
        model = Source
        fields = ["kind", "name", "owner", "period", "coverage", "uncertainty", "fetched_on"]
        widgets = {"fetched_on": day_input(), "uncertainty": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class FindingForm(RecordForm):
    counts_people = True

    class Meta:
        model = Finding
        fields = ["text", "sources"]
        field_classes = {"sources": ManyChoices}
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "sources": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, picture: Picture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "sources", picture.sources.all())
        self.fields["sources"].help_text = "Kryssa i de källor som bär iakttagelsen."
        dress(self)


class ProblemForm(RecordForm):
    counts_people = True

    class Meta:
        model = Problem
        fields = ["title", "description", "place", "time", "extent", "trend", "municipality"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(
        self, *args: Any, partnership: Partnership, user: User, picture: Picture | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        # The problem is about what its picture is about, and no party takes over what is common to all.
        is_common = bool(self.instance.pk) and not self.instance.municipality_id
        speaks_for_all = places.count() >= partnership.municipalities().count()
        # Nor does a neighbour take over what is another municipality's.
        theirs = municipalities_to_write(user, partnership)
        is_anothers = bool(self.instance.municipality_id) and self.instance.municipality_id not in theirs
        if (picture and picture.municipality_id) or (is_common and not speaks_for_all) or is_anothers:
            del self.fields["municipality"]
        else:
            narrow(self, "municipality", places, "Hela samverkan")
        dress(self)


class StepForm(NoPersonData, forms.Form):
    """The page before a step: a reason where the step asks for one, otherwise only the button."""

    counts_people = True
    reason = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, step: Step, with_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step.asks_reason
        if not (step.asks_reason or with_reason):
            del self.fields["reason"]
        dress(self)


class LeadershipForm(forms.Form):
    """The day when the leadership took part of the picture."""

    day = day_field("Datum", "Dagen då er ledning tog del av lägesbilden.")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > today():
            raise ValidationError("Datumet ligger i framtiden. Ange dagen då ledningen tog del av lägesbilden.")
        return day


class AnalysisForm(RecordForm):
    """The questions of the meeting, and who was there."""

    counts_people = True

    class Meta:
        model = CauseAnalysis
        fields = [
            *CauseAnalysis.QUESTIONS,
            "basis",
            "participants",
            "police_took_part",
            "municipality_took_part",
            "method",
            "held_on",
        ]
        widgets = {"held_on": day_input(), **{name: rows(3) for name in [*CauseAnalysis.QUESTIONS, "basis"]}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participants"].widget = rows(2)
        self.fields["held_on"].validators.append(not_in_future)
        meeting = ("basis", "participants", "police_took_part", "municipality_took_part", "method", "held_on")
        dress(self, Fieldset("Frågorna", *CauseAnalysis.QUESTIONS), Fieldset("Mötet", *meeting), "revision")


class CauseForm(RecordForm):
    """One cause: short enough to be written while people talk."""

    counts_people = True
    # What is said of a new cause until somebody says otherwise.
    DEFAULTS: ClassVar[dict[str, str]] = {
        "category": Cause.Category.PLACE,
        "nature": Cause.Nature.MIXED,
        "support": Cause.Support.ASSUMPTION,
        "influence": Cause.Influence.BOTH,
    }

    class Meta:
        model = Cause
        fields = ["text", "parent", "category", "nature", "support", "source", "influence", "chosen"]
        error_messages = {"text": {"required": "Skriv orsaken med några ord."}}

    def __init__(self, *args: Any, analysis: CauseAnalysis, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.analysis = analysis
        narrow(self, "parent", analysis.causes.exclude(pk=self.instance.pk), "Direkt orsak")
        if not self.instance.pk:
            for name, value in self.DEFAULTS.items():
                self.fields[name].required, self.fields[name].initial = False, value
        dress(self)

    def clean_text(self) -> str:
        """One line, however it was pasted: without the bullets, tabs and line breaks of a text document."""
        return " ".join(self.cleaned_data["text"].split()).lstrip("•·▪\N{EN DASH}-\N{ZERO WIDTH SPACE} ")

    def clean(self) -> dict[str, Any] | None:
        """A new cause needs no more than its words; what it lies behind tells what kind it probably is."""
        cleaned = super().clean()
        if not self.instance.pk:
            parent = self.cleaned_data.get("parent")
            likely = self.DEFAULTS | ({"category": parent.category, "nature": parent.nature} if parent else {})
            for name, value in likely.items():
                if not self.cleaned_data.get(name) and name not in self.errors:
                    self.cleaned_data[name] = value
        return cleaned
