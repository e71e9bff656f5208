"""What a person may type about promises: choices never reach outside the document's own partnership."""

from typing import Any

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import Organisation, User
from agreements.models import Agreement, Measure
from citizen_promises import rules
from citizen_promises.models import Outcome, Promise, PromiseDocument
from journal.edits import RecordForm
from journal.steps import Step
from lib.dates import today
from lib.form_parts import day_input, dress, narrow, not_in_future, rows
from lib.person_data import NoPersonData
from municipalities.alphabet import alphabetical
from municipalities.models import County
from partnerships.models import Partnership, Party


class DocumentForm(RecordForm):
    """A draft's own text. Municipality and cycle are chosen when it is begun and then stand."""

    class Meta:
        model = PromiseDocument
        fields = ["municipality", "cycle", "title", "starts", "ends", "agreement", "situation", "how_made", "follow_up"]
        widgets = {
            "starts": day_input(),
            "ends": day_input(),
            "situation": rows(5),
            "how_made": rows(4),
            "follow_up": rows(3),
        }

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
        self.fields["title"].help_text = "Till exempel Medborgarlöften i Lycksele 2026–2027."
        dress(
            self, *chosen_once, "title", "starts", "ends", "agreement", "situation", "how_made", "follow_up", "revision"
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
        return cleaned


class PromiseForm(RecordForm):
    """One promise of a draft, preferably chosen from the measures."""

    class Meta:
        model = Promise
        fields = [
            "measure",
            "text",
            "promiser",
            "party",
            "why",
            "planned_count",
            "unit",
            "per",
            "basis",
            "function",
            "order",
        ]
        widgets = {"text": rows(3), "why": rows(3), "basis": rows(2)}

    def __init__(self, *args: Any, document: PromiseDocument, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        mine = Q(municipality=None) | Q(municipality=document.municipality_id)
        # What was chosen stays, though the measure has been cancelled or the party has left.
        measures = Measure.objects.filter(mine, partnership=document.partnership_id)
        narrow(self, "measure", measures.filter(~Q(status="cancelled") | Q(pk=self.instance.measure_id)))
        parties = document.partnership.parties.filter(
            Q(pk__in=document.partnership.parties.current(today())) | Q(pk=self.instance.party_id)
        )
        narrow(self, "party", parties.select_related("organisation"))
        self.fields["party"].help_text = "Behövs bara när en annan part lovar."
        order = ["order"] if self.instance.pk else []
        if not order:
            del self.fields["order"]
        dress(
            self,
            "measure",
            "text",
            "promiser",
            "party",
            "why",
            Fieldset("Så märks det att löftet hålls", "planned_count", "unit", "per", "basis"),
            "function",
            *order,
            "revision",
        )

    def clean_party(self) -> Party | None:
        party: Party | None = self.cleaned_data["party"]
        promiser = self.cleaned_data.get("promiser")
        if promiser == Promise.Promiser.OTHER and party is None:
            raise ValidationError("Välj vilken part det är som lovar.")
        kinds = {
            Promise.Promiser.POLICE: Organisation.Kind.POLICE,
            Promise.Promiser.MUNICIPALITY: Organisation.Kind.MUNICIPALITY,
        }
        if party and promiser in kinds and party.organisation.kind != kinds[promiser]:
            raise ValidationError("Parten är inte den som lovar. Ändra parten, eller vem som lovar.")
        return party


class OutcomeForm(RecordForm):
    """A dated line that residents read. The count is asked for only where something is counted."""

    class Meta:
        model = Outcome
        fields = ["day", "count", "text"]
        widgets = {"day": day_input(), "text": rows(4)}

    def __init__(self, *args: Any, promise: Promise, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].validators.append(not_in_future)
        self.fields["text"].help_text = "Visas för alla. Skriv så att den som bor här förstår, utan namn på personer."
        if promise.unit:
            self.fields["count"].label = f"Antal {promise.unit} sedan förra gången"
        else:
            del self.fields["count"]
        dress(self, "day", *(["count"] if promise.unit else []), "text", "revision")

    @property
    def told(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "revision"}


class FeedbackForm(RecordForm):
    """How it went, told to residents when the time is over (or before, if the promise is kept earlier)."""

    class Meta:
        model = Promise
        fields = ["feedback", "feedback_on"]
        widgets = {"feedback": rows(6), "feedback_on": day_input()}
        help_texts = {"feedback": "Vad blev gjort, vad märktes, vad händer nu? Visas för alla."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["feedback"].required = self.fields["feedback_on"].required = True
        if not self.is_bound and not self.instance.feedback_on:
            # Not as `initial`: what is proposed there counts as unchanged, and would not be saved.
            self.fields["feedback_on"].widget.attrs["value"] = today().isoformat()
        self.fields["feedback_on"].validators.append(not_in_future)
        dress(self, "feedback", "feedback_on", "revision")


class SettleForm(NoPersonData, forms.Form):
    """How the promise went, with the public reason where it was not simply kept."""

    verb = forms.ChoiceField(label="Hur gick det?", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Motivering",
        required=False,
        widget=rows(4),
        help_text="Visas för alla. Behövs när löftet inte är helt uppfyllt.",
    )

    def __init__(self, *args: Any, steps: list[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = {step.verb: step for step in steps}
        self.fields["verb"].choices = [(step.verb, step.label) for step in steps]  # type: ignore[attr-defined]
        if len(steps) == 1:
            self.fields["verb"].initial = steps[0].verb
        dress(self, "verb", "reason")

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        step = self.steps.get(self.cleaned_data.get("verb", ""))
        if step and step.asks_reason and not self.cleaned_data.get("reason", "").strip():
            self.add_error("reason", "Skriv varför. Texten visas för invånarna.")
        return cleaned

    @property
    def step(self) -> Step:
        return self.steps[self.cleaned_data["verb"]]


class PublishForm(forms.Form):
    """The last question before everyone can read it. It remembers exactly which text was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)
    sure = forms.BooleanField(label="Jag har läst texten så som den visas och vill publicera den för alla.")

    def __init__(self, *args: Any, checksum: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.current = checksum
        self.fields["checksum"].initial = checksum
        dress(self, "sure", "checksum")

    def clean_checksum(self) -> str:
        if self.cleaned_data["checksum"] != self.current:
            self.data = {**self.data, "checksum": self.current}
            raise ValidationError("Någon har ändrat texten sedan du läste den. Läs den igen och bekräfta på nytt.")
        return self.current


class WithdrawForm(NoPersonData, forms.Form):
    """Why the text is taken down."""

    reason = forms.CharField(
        label="Varför avpubliceras löftena?",
        widget=rows(4),
        help_text="Visas för den som söker upp sidan.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self, "reason")


class PlaceForm(forms.Form):
    """The public search."""

    sok = forms.CharField(label="Kommun eller ort", required=False, max_length=80)
    lan = forms.ModelChoiceField(
        County.objects.order_by(alphabetical("name")),
        label="Län",
        required=False,
        empty_label="Alla län",
        to_field_name="code",
    )
