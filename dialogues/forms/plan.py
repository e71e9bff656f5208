"""What a person may type about the dialogue as a whole: the plan, who took part, what they were told."""

from typing import Any

from crispy_forms.layout import Div, Fieldset
from django import forms
from django.db.models import Q

from accounts.models import User
from dialogues import rules
from dialogues.models import Dialogue
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_input, dress, narrow, not_in_future, plain_decimals, rows
from partnerships.models import Partnership
from situation.models import Problem, Source

NOT_YOURS = "En medarbetardialog ska ha din egen part bland arrangörerna, annars kan du inte fortsätta med den."
OTHER_PLACE = "Omgången är en annan kommuns egen."


class PlanForm(RecordForm):
    """The plan. What kind it is, its municipality and its cycle are chosen when it is begun and then stand."""

    CHOSEN_ONCE = ("kind", "municipality", "cycle")

    groups = forms.MultipleChoiceField(
        label="Målgrupper", choices=Dialogue.Group.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Dialogue
        fields = [
            "kind",
            "municipality",
            "cycle",
            "method",
            "other_method",
            "title",
            "purpose",
            "organisers",
            "other_organiser",
            "place",
            "starts",
            "ends",
            "groups",
            "problems",
            "source",
        ]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "purpose": rows(4),
            "organisers": forms.CheckboxSelectMultiple,
            "problems": forms.CheckboxSelectMultiple,
        }
        field_classes = {"organisers": ManyChoices, "problems": ManyChoices}

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.user = partnership, user
        if self.instance.pk:
            for name in self.CHOSEN_ONCE:
                del self.fields[name]
        else:
            self._offer_once()
        chosen = self.instance.organisers.values("pk") if self.instance.pk else []
        parties = partnership.parties.filter(Q(pk__in=partnership.parties.current(today())) | Q(pk__in=chosen))
        narrow(self, "organisers", parties.select_related("organisation"))
        common = Problem.objects.common().filter(partnership=partnership)
        chosen_problems = self.instance.problems.values("pk") if self.instance.pk else []
        narrow(self, "problems", common.filter(Q(pk__in=common.live()) | Q(pk__in=chosen_problems)).in_order())
        narrow(self, "source", _sources(partnership, user, self.instance.source_id), "Ingen vald")
        self.fields["title"].help_text = "Till exempel Snabbmöten i Åsele centrum."
        self.fields["place"].help_text = "En plats eller ett område, aldrig en persons bostad."
        once = [] if self.instance.pk else [*self.CHOSEN_ONCE]
        dress(
            self,
            "revision",
            Fieldset("Vad och varför", *once, "method", "other_method", "title", "purpose", "groups"),
            Fieldset("Vem, var och när", "organisers", "other_organiser", "place", "starts", "ends"),
            Fieldset("Hör ihop med", "problems", "source"),
        )

    def _offer_once(self) -> None:
        mine = rules.municipalities_for(self.user, self.partnership)
        narrow(self, "municipality", mine, "Ingen särskild (bara medarbetardialog)")
        self.fields["municipality"].initial = mine.first() if mine.count() == 1 else None
        self.fields["municipality"].help_text = "Resultatet visas på kommunens öppna sida när ni publicerar det."
        narrow(self, "cycle", self.partnership.cycles.order_by("-starts"))
        self.fields["cycle"].initial = self.partnership.cycles.filter(status="open", municipality=None).first()

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        kind = said.get("kind", self.instance.kind)
        organisers = said.get("organisers")
        if organisers is not None and kind not in Dialogue.WITH_RESIDENTS and "organisers" not in self.errors:
            mine = {party.pk for party in rules.coordinated(self.user, self.partnership)}
            if not mine & {party.pk for party in organisers}:
                self.add_error("organisers", NOT_YOURS)
        cycle, place = said.get("cycle"), said.get("municipality")
        if cycle and cycle.municipality_id and cycle.municipality_id != (place.pk if place else None):
            self.add_error("cycle", OTHER_PLACE)
        return cleaned


def _sources(partnership: Partnership, user: User, chosen: int | None) -> Any:
    """Dialogues among the sources of the pictures that the person may read."""
    kinds = (Source.Kind.CITIZEN_DIALOGUE, Source.Kind.STAFF_DIALOGUE)
    found = Source.objects.visible_to(user).filter(picture__partnership=partnership)
    return found.filter(Q(kind__in=kinds) | Q(pk=chosen)).select_related("picture").order_by("-pk")


class NumbersForm(RecordForm):
    """Who took part, as counts, and who was not reached."""

    class Meta:
        model = Dialogue
        fields = [
            "participants",
            "women",
            "men",
            "other_gender",
            "under_18",
            "aged_18_to_29",
            "aged_30_to_64",
            "aged_65_up",
            "response_rate",
            "not_reached",
        ]
        localized_fields = ["response_rate"]
        widgets = {"not_reached": rows(4)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plain_decimals(self, "response_rate")
        self.fields["participants"].help_text = "Skriv 0 om ingen kom."
        genders, ages = ("women", "men", "other_gender"), ("under_18", "aged_18_to_29", "aged_30_to_64", "aged_65_up")
        dress(
            self,
            "revision",
            "participants",
            Fieldset("Kön", Div(*genders, css_class="numbers")),
            Fieldset("Ålder", Div(*ages, css_class="numbers")),
            Fieldset("Så säkert är det", "response_rate", "not_reached"),
        )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        said = self.cleaned_data
        total = said.get("participants")
        for words, names in (
            ("Könen", ("women", "men", "other_gender")),
            ("Åldrarna", ("under_18", "aged_18_to_29", "aged_30_to_64", "aged_65_up")),
        ):
            parts = sum(said.get(name) or 0 for name in names)
            if total is not None and parts > total:
                self.add_error("participants", f"{words} är tillsammans {parts}, fler än antalet deltagare.")
        return cleaned


class FeedbackForm(RecordForm):
    """What those who took part have been told, how and when."""

    class Meta:
        model = Dialogue
        fields = ["feedback", "feedback_how", "feedback_on"]
        widgets = {"feedback": rows(6), "feedback_on": day_input()}
        help_texts = {
            "feedback": "Vad ni hörde, vad som händer nu och varför. Visas för alla när resultatet publiceras.",
            "feedback_how": "Till exempel på kommunens webbplats, på nästa möte, genom föreningen.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].required = True
        if not self.is_bound and not self.instance.feedback_on:
            # Not as `initial`: what is proposed there counts as unchanged, and would not be saved.
            self.fields["feedback_on"].widget.attrs["value"] = today().isoformat()
        self.fields["feedback_on"].validators.append(not_in_future)
        dress(self, "revision", "feedback", "feedback_how", "feedback_on")
