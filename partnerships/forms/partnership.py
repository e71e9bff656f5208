"""What a person may type about a partnership and its parties."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import Organisation, User
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_field, day_input, dress, narrow, offer
from lib.person_data import NoPersonData
from municipalities.models import LocalPoliceArea
from partnerships.forms.parts import by_kind, party_organisations
from partnerships.models import Partnership, Party
from partnerships.queries import likely_parties


class StartForm(NoPersonData, forms.Form):
    """A whole partnership at once: who, where and the first cycle."""

    name = forms.CharField(label="Namn", max_length=200, help_text="Till exempel Samverkan Södra Lappland.")
    organisations = ManyChoices(
        Organisation.objects.none(),
        label="Parter",
        widget=forms.CheckboxSelectMultiple,
        help_text="De som hör till ditt lokalpolisområde. Minst en kommun och polisen måste vara med.",
    )
    others = ManyChoices(
        Organisation.objects.none(),
        label="Fler parter",
        required=False,
        help_text="Håll ned Ctrl (Cmd på Mac) för att välja flera. Du kan också lägga till parter senare.",
    )
    local_police_areas = ManyChoices(LocalPoliceArea.objects.none(), label="Lokalpolisområden", required=False)
    about = forms.CharField(
        label="Om samverkan",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kort: vad ni samverkar om och hur ni är organiserade.",
    )
    cycle_name = forms.CharField(label="Första omgångens namn", max_length=120)
    starts = day_field("Omgången börjar")
    ends = day_field("Planerat slut", required=False)

    def __init__(self, *args: Any, user: User, day: dt.date, **kwargs: Any) -> None:
        likely = likely_parties(user, day)
        kwargs["initial"] = {
            "name": f"Samverkan {likely.place}",
            "organisations": likely.own + likely.police,
            "local_police_areas": likely.areas,
            "cycle_name": f"Samverkansomgång {day.year}–{day.year + 3}",
            "starts": day,
            "ends": dt.date(day.year + 3, 12, 31),
        }
        super().__init__(*args, **kwargs)
        narrow(self, "organisations", party_organisations().filter(pk__in=likely.organisation_ids))
        near = likely.own + likely.police + likely.municipalities
        offer(self, "organisations", [(o.pk, o.name) for o in near])
        others = party_organisations().exclude(pk__in=likely.organisation_ids)
        narrow(self, "others", others)
        offer(self, "others", by_kind(others))
        narrow(self, "local_police_areas", LocalPoliceArea.objects.in_order())
        dress(self)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        cleaned["organisations"] = [*cleaned.get("organisations", ()), *cleaned.pop("others", ())]
        return cleaned


class PartnershipForm(RecordForm):
    class Meta:
        model = Partnership
        fields = ["name", "about", "local_police_areas"]
        field_classes = {"local_police_areas": ManyChoices}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "local_police_areas", LocalPoliceArea.objects.in_order())
        dress(self)


class PartyAddForm(forms.Form):
    organisation = forms.ModelChoiceField(Organisation.objects.none(), label="Organisation")
    kind = forms.ChoiceField(label="Roll i samverkan", choices=Party.Kind.choices)
    joined = day_field("Med från och med")

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"joined": today(), "kind": Party.Kind.MAIN}} | kwargs)
        inside = partnership.parties.filter(left=None).values("organisation")
        rows = party_organisations().exclude(pk__in=inside)
        narrow(self, "organisation", rows)
        offer(self, "organisation", by_kind(rows), "Välj organisation")
        dress(self)


class PartyForm(RecordForm):
    class Meta:
        model = Party
        fields = ["kind", "joined"]
        widgets = {"joined": day_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)

    def clean_joined(self) -> dt.date:
        joined: dt.date = self.cleaned_data["joined"]
        if self.initial["joined"] <= today() < joined:
            raise ValidationError("Parten är redan med. Skriv en dag till och med i dag.")
        return joined


class LeaveForm(NoPersonData, forms.Form):
    left = day_field("Sista dag som part", "Dagen efter ser organisationen inte längre det som är delat här.")
    reason = forms.CharField(label="Varför parten lämnar", widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"initial": {"left": today()}} | kwargs)
        dress(self)
