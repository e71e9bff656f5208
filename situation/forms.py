"""What a person may type about pictures, their sources and findings, and problems."""

import datetime as dt
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from journal.edits import RecordForm
from journal.steps import Step
from lib.dates import today
from lib.person_data import NoPersonData
from partnerships.models import Partnership, Party
from situation.models import Finding, Picture, Problem, Source


def day_input() -> forms.DateInput:
    """The browser's own calendar; the format is the one it demands."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def helper(*layout: Any) -> FormHelper:
    """One column, drawn inside the page's own form tag."""
    made = FormHelper()
    made.form_tag = False
    if layout:
        made.layout = Layout(*layout)
    return made


class PictureCreateForm(RecordForm):
    """The few facts that begin a picture."""

    owner = forms.ModelChoiceField(Party.objects.none(), label="Vems lägesbild", empty_label=None)

    class Meta:
        model = Picture
        fields = ["title", "period_from", "period_to", "municipality", "area"]
        widgets = {"period_from": day_input(), "period_to": day_input()}

    def __init__(self, *args: Any, partnership: Partnership, kind: str, owners: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.owners = kind, owners
        mine = partnership.parties.filter(pk__in=[party.pk for party in owners])
        self.fields["owner"].queryset = mine  # type: ignore[attr-defined]  # a ModelChoiceField, see above
        if len(owners) < 2:
            del self.fields["owner"]
        if kind == Picture.Kind.OWN_MUNICIPALITY:
            del self.fields["municipality"]
        else:
            _choose_municipality(self, partnership)
        self.helper = helper()

    def given(self) -> dict[str, Any]:
        """What follows from the kind: whose it is, and which municipality a municipality's own picture is about."""
        owner = self.cleaned_data.get("owner") or next(iter(self.owners), None)
        fields = {"kind": self.kind, "owner": owner}
        if owner and self.kind == Picture.Kind.OWN_MUNICIPALITY:
            fields["municipality"] = owner.organisation.municipality
        return fields


class PictureForm(RecordForm):
    """The whole picture, section by section."""

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
        self.helper = helper("revision", *self._sections())

    def _choose_own_pictures(self) -> None:
        """Own pictures of the same partnership that their party has shared: others are nobody else's business."""
        shared = Picture.objects.common().filter(partnership=self.instance.partnership).without_content()
        kinds = {"police_picture": Picture.Kind.OWN_POLICE, "municipality_picture": Picture.Kind.OWN_MUNICIPALITY}
        for name, kind in kinds.items():
            self.fields[name].queryset = shared.filter(kind=kind)  # type: ignore[attr-defined]  # ModelChoiceField
            self.fields[name].empty_label = "Ingen vald"  # type: ignore[attr-defined]  # ModelChoiceField
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
        self.helper = helper()


class FindingForm(RecordForm):
    class Meta:
        model = Finding
        fields = ["text", "sources"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4}), "sources": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, picture: Picture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sources"].queryset = picture.sources.all()  # type: ignore[attr-defined]
        self.fields["sources"].help_text = "Kryssa i de källor som bär iakttagelsen."
        self.helper = helper()


class ProblemForm(RecordForm):
    class Meta:
        model = Problem
        fields = ["title", "description", "place", "time", "extent", "trend", "municipality"]
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, partnership: Partnership, picture: Picture | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if picture and picture.municipality_id:
            del self.fields["municipality"]  # the problem is about what its picture is about
        else:
            _choose_municipality(self, partnership)
        self.helper = helper()


class StepForm(NoPersonData, forms.Form):
    """The page before a step: a reason where the step asks for one, otherwise only the button."""

    reason = forms.CharField(label="Motivering", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000)

    def __init__(self, *args: Any, step: Step, with_reason: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = step.asks_reason
        if not (step.asks_reason or with_reason):
            del self.fields["reason"]
        self.helper = helper()


class LeadershipForm(forms.Form):
    """The day when the leadership took part of the picture."""

    day = forms.DateField(label="Datum", widget=day_input(), help_text="Dagen då er ledning tog del av lägesbilden.")

    def __init__(self, *args: Any, step: Step, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper()

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day > today():
            raise ValidationError("Datumet ligger i framtiden. Ange dagen då ledningen tog del av lägesbilden.")
        return day


def _choose_municipality(form: RecordForm, partnership: Partnership) -> None:
    """Only municipalities of this partnership."""
    form.fields["municipality"].queryset = partnership.municipalities()  # type: ignore[attr-defined]
    form.fields["municipality"].empty_label = "Hela samverkan"  # type: ignore[attr-defined]
