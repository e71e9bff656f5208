"""What a person may type about groups, functions and their holders."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.models import Membership, User
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_field, day_input, dress, narrow, offer
from partnerships import rules
from partnerships.forms.parts import party_organisations
from partnerships.models import Group, Holding, Partnership, Seat

BRA_ALONE = {"brå", "bra", "lokala brå", "lokalt brå"}


class GroupForm(RecordForm):
    class Meta:
        model = Group
        fields = ["kind", "name", "municipality", "seats", "mandate", "rhythm", "starts", "ends"]
        field_classes = {"seats": ManyChoices}
        widgets = {
            "seats": forms.CheckboxSelectMultiple,
            "mandate": forms.Textarea(attrs={"rows": 3}),
            "starts": day_input(),
            "ends": day_input(),
        }

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "kind", Group.Kind.choices, "Välj slag")
        places = partnership.municipalities(also=self.instance.municipality_id)
        narrow(self, "municipality", places, "Gemensam för alla")
        chosen = Q(ends=None) | Q(ends__gt=today())
        if self.instance.pk:
            chosen |= Q(groups=self.instance)
        narrow(self, "seats", partnership.seats.filter(chosen).select_related("organisation").distinct())
        vars(self.fields["seats"])["label_from_instance"] = lambda seat: f"{seat}, {seat.organisation}"
        dress(self)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if name.strip().casefold() in BRA_ALONE:
            raise ValidationError(
                "Brå är den nationella myndigheten. Skriv gruppens hela namn, till exempel Trygghetsrådet."
            )
        return name


class SeatForm(RecordForm):
    class Meta:
        model = Seat
        fields = ["function", "title", "organisation", "municipality", "starts"]
        widgets = {"starts": day_input()}

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Its holders are the organisation's people: a function at another organisation is another function.
            del self.fields["organisation"]
        else:
            parties = partnership.parties.filter(left=None).values("organisation")
            narrow(self, "organisation", party_organisations().filter(pk__in=parties), "Välj organisation")
        offer(self, "function", Seat.Function.choices, "Välj funktion")
        narrow(self, "municipality", partnership.municipalities(also=self.instance.municipality_id), "Alla")
        dress(self)


class HoldingForm(RecordForm):
    """Who holds a function. Among an organisation's users only its own people choose."""

    class Meta:
        model = Holding
        fields = ["name", "user", "acting", "share", "starts", "ends"]
        labels = {
            "user": "Konto i Samverkan",
            "starts": "Första dag",
            "ends": "Sista dag",
            "share": "Avsatt tid, procent",
        }
        help_texts = {"name": "Visas bara för parterna i samverkan.", "ends": "Lämna tomt om det gäller tills vidare."}
        widgets = {"starts": day_input(), "ends": day_input()}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisation = self.instance.seat.organisation
        if rules.acts_for(by, organisation):
            now = Membership.objects.current(today()).filter(organisation=organisation)
            users = User.objects.filter(is_active=True, pk__in=now.values("user"))
            narrow(self, "user", users | User.objects.filter(pk=self.instance.user_id), "Inget konto")
        else:
            del self.fields["user"]
        dress(self)


class LastDayForm(forms.Form):
    ends = day_field("Sista dag")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"ends": today()}} | kwargs)
        dress(self)
