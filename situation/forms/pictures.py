"""What a person may type about pictures, their sources and findings, and problems."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms

from accounts.models import User
from journal.edits import RecordForm
from lib.form_parts import ManyChoices, day_input, dress, narrow, not_in_future, rows
from partnerships.models import Partnership, Party
from partnerships.rules import municipalities_to_write, places_to_write
from situation.forms.carrying import ask_for_sources, with_sources
from situation.models import Finding, PartSource, Picture, Problem, Source


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
            "span",
            "made_without",
            *Picture.TEXTS,
            "prepared_by",
            "prepared_on",
            "diary_number",
            "information_class",
        ]
        widgets = {"period_from": day_input(), "period_to": day_input(), "prepared_on": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.is_joint:
            del self.fields["differences"], self.fields["made_without"]
        else:
            self.fields["made_without"].widget = rows(2)
        self.fields["prepared_on"].validators.append(not_in_future)
        for name in Picture.TEXTS:
            if name in self.fields:
                self.fields[name].widget.attrs["rows"] = 5
        ask_for_sources(self, self.instance, PartSource.SECTIONS)
        dress(self, "revision", *self._sections())

    def _sections(self) -> list[Fieldset]:
        about = ("title", "period_from", "period_to", "span", "area", "made_without")
        paper = ("prepared_by", "prepared_on", "diary_number", "information_class")
        sections = {"Om lägesbilden": about, **Picture.SECTIONS, "Handlingen": paper}
        return [
            Fieldset(heading, *with_sources(self, names), css_id=f"del-{place}")
            for place, (heading, names) in enumerate(sections.items(), start=1)
        ]


class SourceForm(RecordForm):
    counts_people = True

    class Meta:
        model = Source
        fields = [
            "kind",
            "name",
            "owner",
            "area",
            "period",
            "coverage",
            "response_rate",
            "uncertainty",
            "fetched_on",
            "openness",
            "link",
            "informant",
        ]
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
        fields = [
            "title",
            "description",
            "place",
            "time",
            "crime_types",
            "groups",
            "extent",
            "insecurity",
            "trend",
            "sources",
            "municipality",
        ]
        field_classes = {"sources": ManyChoices}
        widgets = {"description": forms.Textarea(attrs={"rows": 4}), "sources": forms.CheckboxSelectMultiple}

    def __init__(
        self, *args: Any, partnership: Partnership, user: User, picture: Picture | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._ask_for_sources(picture)
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

    def _ask_for_sources(self, picture: Picture | None) -> None:
        """What shows that the problem is there; a problem in no picture has no sources to choose among."""
        if picture is None:
            del self.fields["sources"]
            return
        narrow(self, "sources", picture.sources.all())
        self.fields["sources"].help_text = (
            "Kryssa i de källor som visar problemet."
            if picture.sources.exists()
            else "Lägg till källor i lägesbilden först, så går de att välja här."
        )
