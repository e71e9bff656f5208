"""What a person may type about an agreement's text."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import User
from agreements.models import Agreement
from agreements.rules import unfit_to_replace
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_input, dress, narrow, rows
from lib.swedish import listing
from partnerships.models import Partnership
from partnerships.rules import places_to_write
from situation.models import Picture, Problem

FOLLOWING = ("follow_up_rhythm", "follow_up_forum", "follow_up_function", "revision_on", "revision_rhythm")


class AgreementForm(RecordForm):
    """The whole agreement, section by section; everything chosen lies in the same partnership."""

    class Meta:
        model = Agreement
        fields = [
            "title",
            "kind",
            "municipality",
            "area",
            "diary_municipality",
            "diary_police",
            "parties",
            "contributing",
            "third_parties",
            "starts",
            "ends",
            "extension",
            "extension_months",
            "consultation_months",
            *Agreement.TEXTS,
            *FOLLOWING,
            "picture",
            "problems",
            "parent",
            "replaces",
            "information_class",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "area": rows(3),
            "revision_on": day_input(),
            "parties": forms.CheckboxSelectMultiple,
            "contributing": forms.CheckboxSelectMultiple,
            "third_parties": forms.CheckboxSelectMultiple,
            "problems": forms.CheckboxSelectMultiple,
        }
        field_classes = dict.fromkeys(("parties", "contributing", "third_parties", "problems"), ManyChoices)

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, "Hela samverkan")
        for name in ("parties", "contributing", "third_parties"):
            narrow(self, name, _parties(self.instance, partnership))
        narrow(self, "picture", _pictures(self.instance, partnership), "Ingen vald")
        narrow(self, "problems", _problems(self.instance, partnership))
        siblings = Agreement.objects.filter(partnership=partnership).exclude(pk=self.instance.pk).without_texts()
        narrow(self, "parent", siblings, "Ingen")
        narrow(self, "replaces", siblings, "Ingen")
        for name in Agreement.TEXTS:
            self.fields[name].widget.attrs["rows"] = 4
        sections = self._sections()
        self.contents = [(section.css_id, section.legend) for section in sections]
        dress(self, "revision", *sections)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        self._clean_roles()
        place, parties = said.get("municipality"), said.get("parties", ())
        fault = unfit_to_replace(said.get("replaces"), place.pk if place else None, parties, today())
        if fault:
            self.add_error("replaces", fault)
        if said.get("extension") == Agreement.Extension.AUTOMATIC and not said.get("extension_months"):
            self.add_error("extension_months", "Skriv hur många månader i taget den förlängs automatiskt.")
        parent = said.get("parent")
        if said.get("kind") == Agreement.Kind.LOCAL and parent and parent.is_local_part:
            self.add_error(
                "parent", "En lokal del ligger under en gemensam överenskommelse, inte under en annan lokal del."
            )
        if said.get("kind") == Agreement.Kind.LOCAL and parent and not place and "municipality" not in self.errors:
            self.add_error("municipality", "Välj kommunen som den lokala delen gäller.")
        return cleaned

    def clean_area(self) -> str:
        return "\n".join(Agreement(area=self.cleaned_data["area"]).area_names)

    def clean_revision_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["revision_on"]
        starts = self.cleaned_data.get("starts")
        if day and starts and day <= starts:
            raise ValidationError("Revideringen behöver ligga efter den dag då överenskommelsen börjar gälla.")
        return day

    def _clean_roles(self) -> None:
        """Who contributes or is a third party stands among the parties, in one role."""
        parties, contributing, third = (
            set(self.cleaned_data.get(name, ())) for name in ("parties", "contributing", "third_parties")
        )
        for name, chosen in (("contributing", contributing), ("third_parties", third)):
            if left_out := listing([str(party) for party in chosen - parties]):
                self.add_error(name, f"Kryssa också i bland parterna: {left_out}.")
        if both := listing([str(party) for party in contributing & third]):
            self.add_error("third_parties", f"Välj en roll för {both}: medverkande eller tredje part.")

    def _sections(self) -> list[Fieldset]:
        texts = dict(Agreement.SECTIONS)
        texts["Problem och orsaker"] = ("picture", "problems", *texts["Problem och orsaker"])
        texts["Uppföljning och ändringar"] = (*texts["Uppföljning och ändringar"], *FOLLOWING)
        sections = {
            "Om överenskommelsen": ("title", "kind", "municipality", "area")
            + ("parties", "contributing", "third_parties"),
            "Giltighet": ("starts", "ends", "extension", "extension_months", "consultation_months"),
            **texts,
            "Handlingen": ("diary_municipality", "diary_police", "parent", "replaces", "information_class"),
        }
        return [
            Fieldset(heading, *names, css_id=f"del-{place}")
            for place, (heading, names) in enumerate(sections.items(), start=1)
        ]


def _parties(agreement: Agreement, partnership: Partnership) -> Any:
    """The parties of today, and those that were chosen when they were parties."""
    chosen = agreement.parties.values("pk") if agreement.pk else []
    current = partnership.parties.current(today()).values("pk")
    both = Q(pk__in=current) | Q(pk__in=chosen)
    return partnership.parties.filter(both).select_related("organisation")


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
