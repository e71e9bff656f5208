"""What a person may type about measures."""

import json
from functools import partial
from typing import Any

from crispy_forms.layout import HTML, Fieldset
from django import forms

from accounts.models import User
from agreements import before
from agreements.forms.measure_choices import (
    CausesField,
    SeatField,
    causes_of,
    goals_of,
    problems_to_act_on,
    responsible_among,
    seats_among,
    types_by_kind,
    types_offered,
)
from agreements.models import Agreement, Measure
from agreements.rules import LOGGED_IN, is_change_of_plan, lacks_cause
from journal.edits import RecordForm
from lib.form_parts import ManyChoices, day_input, dress, narrow, offer, plain_decimals, rows
from partnerships.models import Partnership
from partnerships.rules import municipalities_to_write, places_to_write
from situation.models import Problem

COMMON = "Gemensamt för hela samverkan"
QUESTION = "Det här liknar något som ni har gjort förut. Läs vad det ledde till, svara på frågan och spara sedan."
OTHER_PROBLEM = "Något av det valda hör till ett annat problem. Välj bland det här problemets egna."
KEEP_AN_AIM = "Åtgärden är beslutad och behöver minst en orsak, eller skälet till att ingen är vald."
BEFORE = ("baseline", "baseline_text", "baseline_reason")
SECTIONS: dict[str, tuple[str, ...]] = {
    "Problemet och orsakerna": ("problem", "causes", "without_cause_reason", "goals", "origin", "origin_text"),
    "Vad": ("title", "type", "description", "kind", "prevention", "method", "evidence", "evidence_link")
    + ("target_group", "place", "manner", "term", "untold_reason"),
    "Vem": ("responsible", "seat", "function", "contact", "municipality", "agreement"),
    "När och hur mycket": ("starts", "ends", "planned_count", "unit", "per", "hours", "kronor", "funding"),
    "Före-värdet": BEFORE,
}


class MeasureForm(RecordForm):
    """A measure under a problem that all parties may read, section by section.

    One that is like what an earlier cycle did is not valid until the question about it is answered: `earlier` then
    holds what is shown. What the type says is filled in where nothing is chosen.
    """

    not_the_same = forms.BooleanField(label="Det är inte samma åtgärd", required=False)
    why = forms.CharField(
        label="Varför ändras planen?",
        required=False,
        max_length=500,
        widget=rows(2),
        help_text="Krävs när det som är beslutat ändras: varför, vad, vem, när eller hur mycket. Det visas på sidan.",
    )

    class Meta:
        model = Measure
        fields = [*(name for names in SECTIONS.values() for name in names), "repeats", "repeat_reason"]
        localized_fields = ["baseline"]
        field_classes = {
            "causes": CausesField,
            "goals": ManyChoices,
            "seat": SeatField,
            "evidence_link": partial(forms.URLField, assume_scheme="https"),
        }
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "description": rows(4),
            "without_cause_reason": rows(2),
            "untold_reason": rows(2),
            "repeat_reason": rows(3),
            "causes": forms.CheckboxSelectMultiple,
            "goals": forms.CheckboxSelectMultiple,
            "repeats": forms.RadioSelect,
        }

    def __init__(self, *args: Any, partnership: Partnership, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.earlier: list[Measure] = [self.instance.repeats] if self.instance.repeats else []
        writes = municipalities_to_write(user, partnership)
        problems = problems_to_act_on(partnership, writes, self.instance)
        narrow(self, "problem", problems)
        self.chosen_problem = self._chosen(problems)
        narrow(self, "causes", causes_of(self.chosen_problem))
        narrow(self, "goals", goals_of(self.chosen_problem, self.instance))
        places = places_to_write(user, partnership, also=self.instance.municipality_id)
        narrow(self, "municipality", places, COMMON)
        narrow(self, "responsible", responsible_among(self.instance, partnership))
        narrow(self, "seat", seats_among(self.instance, partnership), "Ingen av dem: skriv funktionen nedanför")
        agreements = Agreement.objects.filter(partnership=partnership).without_texts()
        narrow(self, "agreement", agreements, "Ingen vald")
        self._offer_types()
        plain_decimals(self, "baseline")
        self._drop_what_is_settled()
        self._ask_about(self.earlier)
        if self.is_bound:  # which of them it may be is settled on saving
            narrow(self, "repeats", Measure.objects.filter(partnership=partnership))

    def _chosen(self, problems: Any) -> Problem | None:
        """The problem whose causes are shown: what is posted, else what the address or the measure says."""
        given = self.data.get("problem") or self.initial.get("problem") or self.instance.problem_id
        return problems.filter(pk=given).first() if str(given).isdecimal() and len(str(given)) < 18 else None

    def _offer_types(self) -> None:
        """The catalogue under its groups; what a type says is carried for the script, and filled in on saving."""
        types = types_offered(self.instance)
        narrow(self, "type", types)
        offer(self, "type", types_by_kind(types), "Ingen av dem")
        says = {str(one.pk): [one.kind, one.prevention, one.evidence] for one in types}
        self.fields["type"].widget.attrs["data-types"] = json.dumps(says)
        for name in ("kind", "prevention", "evidence", "function", "origin"):
            self.fields[name].required = False
        for name in ("kind", "prevention", "evidence"):
            words = [choice for choice in self.fields[name].choices if choice[0]]  # type: ignore[attr-defined]
            offer(self, name, words, "Enligt åtgärdstypen")
        if not self.instance.pk:
            self.initial["evidence"] = ""
        self.fields["function"].help_text = "Lämna tomt om funktionen är vald ovanför."

    def _drop_what_is_settled(self) -> None:
        """The value from before is locked when the measure has begun; a reason is asked for when a plan is changed."""
        gone = [] if self.instance.may_still_measure_before else list(BEFORE)
        gone += [] if self.instance.status in LOGGED_IN else ["why"]
        for name in ("causes", "goals"):
            field: Any = self.fields[name]
            field.error_messages["invalid_choice"] = OTHER_PROBLEM
            gone += [] if field.queryset else [name]  # nothing to choose among
        for name in gone:
            del self.fields[name]

    def _ask_about(self, earlier: list[Measure]) -> None:
        """Lay out the form, with the question first when there is something to ask about."""
        self.earlier = earlier
        narrow(self, "repeats", Measure.objects.filter(pk__in=[one.pk for one in earlier]))
        self.fields["repeats"].empty_label = None  # type: ignore[attr-defined]
        question = [Fieldset("Gjord förut?", HTML(SHOWN), "repeats", "repeat_reason", "not_the_same", css_id="forut")]
        sections = [
            Fieldset(heading, *(name for name in names if name in self.fields), css_id=f"del-{place}")
            for place, (heading, names) in enumerate(SECTIONS.items(), start=1)
            if any(name in self.fields for name in names)
        ]
        plan = ["why"] if "why" in self.fields else []
        dress(self, "revision", *(question if earlier else []), *sections, *plan)

    def told(self) -> list[before.Earlier]:
        """What the earlier ones led to, for the page."""
        return before.told(self.earlier)

    def clean(self) -> dict[str, Any] | None:
        """What is done about one municipality's own problem is that municipality's own measure."""
        cleaned = super().clean()
        said = self.cleaned_data
        problem = said.get("problem")
        if problem and problem.municipality:
            said["municipality"] = problem.municipality
        said["origin"] = said.get("origin") or Measure.Origin.JOINT
        self._fill_from_type(said)
        self._fill_function(said)
        if is_change_of_plan(self.instance, self.changed_data) and not said.get("why"):
            self.add_error("why", "Skriv varför planen ändras.")
        self._keep_an_aim(said)
        return cleaned

    def _keep_an_aim(self, said: dict[str, Any]) -> None:
        """What was decided with a cause, or with a reason why there is none, goes on with one of them."""
        if said.get("causes") or said.get("without_cause_reason") or "causes" in self.errors:
            return
        if self.instance.status in LOGGED_IN and not lacks_cause(self.instance):
            self.add_error("causes" if "causes" in self.fields else "without_cause_reason", KEEP_AN_AIM)

    def _fill_from_type(self, said: dict[str, Any]) -> None:
        chosen = said.get("type")
        for name in ("kind", "prevention"):
            said[name] = said.get(name) or (getattr(chosen, name) if chosen else "")
            if not said[name] and name not in self.errors:
                self.add_error(name, "Välj själv, eller välj en åtgärdstyp som bestämmer det.")
        said["evidence"] = said.get("evidence") or (chosen.evidence if chosen else Measure.Evidence.UNKNOWN)

    def _fill_function(self, said: dict[str, Any]) -> None:
        seat, responsible = said.get("seat"), said.get("responsible")
        if seat and responsible and seat.organisation_id != responsible.organisation_id:
            self.add_error("seat", f"{seat} är inte en funktion hos {responsible}. Välj en av dess egna.")
        said["function"] = said.get("function") or (str(seat) if seat else "")
        if not said["function"] and "seat" not in self.errors:
            self.add_error("function", "Välj funktionen som ansvarar, eller skriv den här.")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # not in the stubs
        if self.errors:
            self._ask_about(self.earlier)
            return
        if not self.instance.pk:
            self.instance.cycle = self.cleaned_data["problem"].cycle
        alike = {"type", "kind", "problem", "place", "title"} & set(self.changed_data)
        found = before.similar_before(self.instance) if alike or not self.instance.pk else []
        if earlier := found or self.earlier:
            self._settle(earlier)

    def _settle(self, earlier: list[Measure]) -> None:
        """The question is answered by a reason (it is done again) or by a tick (it is another measure)."""
        if self.cleaned_data.get("not_the_same"):
            self.instance.repeats, self.instance.repeat_reason = None, ""
            self.cleaned_data |= {"repeats": None, "repeat_reason": "", "is_not": earlier}
            return
        named = next((one for one in earlier if str(one.pk) == self.data.get("repeats")), earlier[0])
        if self.cleaned_data.get("repeat_reason"):
            self.instance.repeats = self.cleaned_data["repeats"] = named
            return
        self._ask_about(earlier)
        self.add_error(None, QUESTION)


SHOWN = '{% include "agreements/_before.html" with earlier=form.told %}'
