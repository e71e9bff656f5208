"""What a person may type in a draft: choices never reach outside the document's own partnership."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import Organisation, User
from agreements.models import Agreement, Goal, Measure
from citizen_promises import queries, rules
from citizen_promises.models import Answer, LanguageVersion, Promise, PromiseDocument
from citizen_promises.self_check import Line
from dialogues.models import Dialogue, Theme
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_input, dress, narrow, rows
from lib.person_data import NoPersonData
from partnerships.models import Partnership, Party

WHAT = ("title", "area", "starts", "ends", "agreement")
WHY = ("situation", "dialogues", "how_made", "goals", "expected_effect")
HOW_IT_WENT = ("follow_up", "rhythm", "told_when", "forum", "follow_up_function")
REGISTERED = ("diary_municipality", "diary_police")


class DocumentForm(RecordForm):
    """A draft's own text. Municipality and cycle are chosen when it is begun and then stand."""

    class Meta:
        model = PromiseDocument
        fields = ["municipality", "cycle", *WHAT, *WHY, *HOW_IT_WENT, *REGISTERED]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "situation": rows(5),
            "how_made": rows(4),
            "expected_effect": rows(3),
            "follow_up": rows(3),
            "dialogues": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
        }
        field_classes = {"dialogues": ManyChoices, "goals": ManyChoices}

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen_once = [] if self.instance.pk else ["municipality", "cycle"]
        if self.instance.pk:
            del self.fields["municipality"], self.fields["cycle"]
        else:
            mine = rules.municipalities_for(user, partnership)
            narrow(self, "municipality", mine)
            self.fields["municipality"].initial = mine.first() if mine.count() == 1 else None
            narrow(self, "cycle", partnership.cycles.order_by("-starts"))
            self.fields["cycle"].initial = partnership.cycles.filter(status="open", municipality=None).first()
        agreements = Agreement.objects.visible_to(user).filter(partnership=partnership)
        if self.instance.pk:
            agreements = agreements.filter(Q(municipality=None) | Q(municipality=self.instance.municipality_id))
        narrow(self, "agreement", agreements)
        # Those of other municipalities are left out where the municipality is known; else `clean` says which are wrong.
        own = Q(municipality=None) | Q(municipality=self.instance.municipality_id) if self.instance.pk else Q()
        heard = Dialogue.objects.visible_to(user).filter(partnership=partnership, kind__in=Dialogue.WITH_RESIDENTS)
        narrow(self, "dialogues", heard.filter(own).order_by("-starts", "-pk"))
        live = Q(status__in=(Goal.Status.PROPOSED, Goal.Status.ADOPTED))
        chosen = Q(pk__in=self.instance.goals.values("pk")) if self.instance.pk else Q(pk=None)
        narrow(self, "goals", Goal.objects.visible_to(user).filter(own, live | chosen, partnership=partnership))
        self.fields["title"].help_text = "Till exempel Medborgarlöften i Lycksele 2026–2027."
        dress(
            self,
            *chosen_once,
            *WHAT,
            Fieldset("Varför ni lovar", *WHY),
            Fieldset("Hur ni berättar för invånarna", *HOW_IT_WENT),
            Fieldset("Registrering", *REGISTERED),
            "revision",
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        municipality = self.cleaned_data.get("municipality") or getattr(self.instance, "municipality", None)
        for name, sentence in (
            ("agreement", "Överenskommelsen gäller en annan kommun än löftena."),
            ("cycle", "Omgången är en annan kommuns egen."),
        ):
            chosen = self.cleaned_data.get(name)
            if chosen and chosen.municipality_id and municipality and chosen.municipality_id != municipality.pk:
                self.add_error(name, sentence)
        for name, sentence in (
            ("dialogues", "En av dialogerna är en annan kommuns."),
            ("goals", "Ett av målen är en annan kommuns."),
        ):
            places = {one.municipality_id for one in self.cleaned_data.get(name) or []} - {None}
            if municipality and places - {municipality.pk}:
                self.add_error(name, sentence)
        replaced, starts = self.instance.replaces, self.cleaned_data.get("starts")
        if replaced and starts and starts <= replaced.starts:
            self.add_error("starts", "De nya löftena måste börja gälla senare än dem som de ersätter.")
        return cleaned


CHOSEN = ("measures", "shows_measures", "themes")
COUNTED = ("planned_count", "unit", "per", "basis")


class PromiseForm(RecordForm):
    """One promise of a draft, preferably chosen from the measures and answering what residents have said."""

    class Meta:
        model = Promise
        fields = [*CHOSEN, "text", "promiser", "parties", "topic", "area", "why", *COUNTED, "function", "order"]
        widgets = {
            "text": rows(3),
            "why": rows(3),
            "basis": rows(2),
            "measures": forms.CheckboxSelectMultiple,
            "themes": forms.CheckboxSelectMultiple,
            "parties": forms.CheckboxSelectMultiple,
        }
        field_classes = {"measures": ManyChoices, "themes": ManyChoices, "parties": ManyChoices}

    def __init__(self, *args: Any, document: PromiseDocument, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document, promise = document, self.instance
        mine = Q(municipality=None) | Q(municipality=document.municipality_id)
        # What was chosen stays, though the measure has been cancelled or the party has left.
        measures = Measure.objects.filter(mine, partnership=document.partnership_id)
        narrow(self, "measures", measures.filter(~Q(status="cancelled") | Q(pk__in=self._chosen("measures"))))
        themes = queries.themes_to_answer(document, user)
        narrow(self, "themes", themes)
        self.fields["themes"].label_from_instance = _theme_and_where  # type: ignore[attr-defined]
        current = document.partnership.parties.current(today()).values("pk")
        parties = document.partnership.parties.filter(Q(pk__in=current) | Q(pk__in=self._chosen("parties")))
        own = Q(organisation__municipality=None) | Q(organisation__municipality=document.municipality_id)
        narrow(self, "parties", parties.filter(own).select_related("organisation"))
        order = ["order"] if promise.pk else []
        if not order:
            del self.fields["order"]
        dress(
            self,
            *CHOSEN,
            "text",
            "promiser",
            "parties",
            "topic",
            "area",
            "why",
            Fieldset("Så märks det att löftet hålls", *COUNTED),
            "function",
            *order,
            "revision",
        )

    def _chosen(self, name: str) -> list[int]:
        return list(getattr(self.instance, name).values_list("pk", flat=True)) if self.instance.pk else []

    def clean_parties(self) -> QuerySet[Party]:
        parties: QuerySet[Party] = self.cleaned_data["parties"]
        promiser = self.cleaned_data.get("promiser")
        if promiser == Promise.Promiser.OTHER and not parties:
            raise ValidationError("Välj vilken part det är som lovar.")
        if promiser == Promise.Promiser.JOINT and len(parties) == 1:
            raise ValidationError("Välj minst två parter, eller ingen alls om det är polisen och kommunen som lovar.")
        kinds = {
            Promise.Promiser.POLICE: Organisation.Kind.POLICE,
            Promise.Promiser.MUNICIPALITY: Organisation.Kind.MUNICIPALITY,
        }
        if promiser in kinds and any(party.organisation.kind != kinds[promiser] for party in parties):
            raise ValidationError("Parten är inte den som lovar. Ändra parten, eller vem som lovar.")
        return parties


def _theme_and_where(theme: Theme) -> str:
    return f"{theme.title} ({theme.dialogue.title})"


class SelfCheckForm(NoPersonData, forms.Form):
    """The twelve questions of a promise. What the system sees stands ticked, and is an answer when it is saved."""

    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, lines: list[Line], seen: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["seen"].initial = seen
        for line in lines:
            self.fields[f"{line.point}-value"] = forms.ChoiceField(
                label=line.point.label,
                choices=[*Answer.Value.choices, ("", "Inte besvarad")],
                widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
                required=False,
                initial=line.proposed,
            )
            self.fields[f"{line.point}-comment"] = forms.CharField(
                label=f"Kommentar: {line.point.label.lower()}",
                required=False,
                max_length=500,
                initial=line.comment,
                widget=forms.TextInput(attrs={"class": "form-control"}),
            )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for line in self.lines:
            name = f"{line.point}-comment"
            if self.cleaned_data.get(name) and not self.cleaned_data.get(f"{line.point}-value"):
                self.add_error(name, "Välj också ett svar, annars sparas inte kommentaren.")
        return cleaned

    @property
    def rows(self) -> list[tuple[Line, forms.BoundField, forms.BoundField]]:
        return [(line, self[f"{line.point}-value"], self[f"{line.point}-comment"]) for line in self.lines]

    @property
    def answers(self) -> dict[str, tuple[str, str]]:
        """By point: value and comment."""
        given = self.cleaned_data
        return {
            line.point: (given[f"{line.point}-value"], given[f"{line.point}-comment"].strip()) for line in self.lines
        }

    def show_stored(self, seen: str) -> None:
        """After somebody was faster: the next save is a deliberate one."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a posted form's
        data["seen"] = seen
        self.data = data


class LanguageForm(forms.Form):
    """Which language the document is also to be read in."""

    language = forms.ChoiceField(label="Språk")

    def __init__(self, *args: Any, taken: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        left = [choice for choice in LanguageVersion.Language.choices if choice[0] not in taken]
        self.fields["language"].choices = left  # type: ignore[attr-defined]
        dress(self, "language")


class LanguageTextForm(NoPersonData, forms.Form):
    """The document's texts in a language, each beside the Swedish words."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, version: LanguageVersion, parts: dict[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = parts
        self.fields["revision"].initial = version.revision
        attrs = {"lang": version.tag, "dir": version.direction, "class": "form-control"}
        for name, (label, swedish) in parts.items():
            short = name == "title"
            widget = (
                forms.TextInput(attrs=attrs) if short else forms.Textarea(attrs={**attrs, "rows": _height(swedish)})
            )
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=200 if short else 20_000,
                widget=widget,
                initial=version.texts.get(name, ""),
            )

    @property
    def rows(self) -> list[tuple[str, forms.BoundField]]:
        """The Swedish words, and the field for the same in the language."""
        return [(swedish, self[name]) for name, (_, swedish) in self.parts.items()]

    @property
    def texts(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.parts}

    def show_stored(self, revision: int) -> None:
        """After somebody was faster: the next save is a deliberate one."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]  # a posted form's
        data["revision"] = str(revision)
        self.data = data


def _height(text: str) -> int:
    return min(10, max(3, len(text) // 80 + 2))
