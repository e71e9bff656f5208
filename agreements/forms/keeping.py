"""What a person may type about what happens beside the text: decisions, prolongation, who joins and leaves."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator

from agreements.models import Adherence, Agreement, Consent, Decision, Prolongation, Publication
from journal.edits import RecordForm
from lib.dates import today
from lib.form_parts import ManyChoices, day_input, dress, narrow, not_in_future, rows
from lib.person_data import NoPersonData
from lib.swedish import date
from municipalities.models import Municipality
from partnerships.models import Party


def among(form: forms.BaseForm, agreement: Agreement, parties: list[Party]) -> None:
    """Only these parties may be chosen; the only one is chosen already."""
    narrow(form, "party", agreement.partnership.parties.filter(pk__in=[party.pk for party in parties]))
    if len(parties) == 1:
        form.fields["party"].initial = parties[0]
        form.fields["party"].empty_label = None  # type: ignore[attr-defined]


class DecisionForm(RecordForm):
    """A party's own decision on the text, with the checksum of what was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Decision
        fields = ["party", "body", "decided_on", "reference"]
        widgets = {"decided_on": day_input()}

    def __init__(self, *args: Any, agreement: Agreement, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, agreement, parties)
        self.fields["checksum"].initial = agreement.checksum
        dress(self)

    def clean_decided_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["decided_on"]
        not_in_future(day)
        return day


class PublicationForm(RecordForm):
    """When and where the signed agreement was made public, with the checksum of what was read."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Publication
        fields = ["published_on", "channels", "urls"]
        widgets = {"published_on": day_input(), "urls": rows(3)}

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        self.fields["checksum"].initial = agreement.checksum
        dress(self)

    def clean_published_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["published_on"]
        not_in_future(day)
        if self.agreement.signed_on and day < self.agreement.signed_on:
            raise ValidationError(f"Den undertecknades {date(self.agreement.signed_on)}. Ange den dagen eller senare.")
        return day

    def clean_urls(self) -> str:
        """Addresses of pages, each on its own line."""
        check, given = URLValidator(schemes=["http", "https"]), self.cleaned_data["urls"].split()
        for one in given:
            try:
                check(one)
            except ValidationError as error:
                raise ValidationError(f"{one} är ingen webbadress. Den börjar med https:// eller http://.") from error
        return "\n".join(given)


class ProlongationForm(RecordForm):
    """A later last day, and why."""

    class Meta:
        model = Prolongation
        fields = ["ends", "reason"]
        widgets = {"ends": day_input(), "reason": rows(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class ConsentForm(NoPersonData, forms.ModelForm):
    """A party's yes to a prolongation, given in a function."""

    class Meta:
        model = Consent
        fields = ["party", "function", "acting", "name", "given_on"]
        widgets = {"given_on": day_input()}

    def __init__(self, *args: Any, agreement: Agreement, parties: list[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        among(self, agreement, parties)
        self.fields["given_on"].initial = today()
        dress(self)

    def clean_given_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["given_on"]
        not_in_future(day)
        return day


class AdherenceForm(RecordForm):
    """A party that joins or leaves: the day, why, and who decided it."""

    checksum = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = Adherence
        fields = ["party", "day", "function", "name", "reason"]
        widgets = {"day": day_input(), "reason": rows(3)}

    def __init__(self, *args: Any, agreement: Agreement, parties: list[Party], leaves: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agreement = agreement
        among(self, agreement, parties)
        self.fields["day"].label = "Sista dag som part" if leaves else "Part från och med"
        self.fields["function"].help_text = "Till exempel kommunstyrelsens ordförande."
        self.fields["checksum"].initial = agreement.checksum
        dress(self)

    def clean_day(self) -> dt.date:
        day: dt.date = self.cleaned_data["day"]
        if day < self.agreement.starts:
            raise ValidationError(f"Överenskommelsen gäller från {date(self.agreement.starts)}. Ange en senare dag.")
        return day


class LocalPartsForm(forms.Form):
    """Which municipalities get a local part."""

    municipalities = ManyChoices(
        queryset=Municipality.objects.none(),
        label="Kommuner som saknar lokal del",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en kommun."},
    )

    def __init__(self, *args: Any, lacking: list[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_ = Municipality.objects.filter(pk__in=[one.pk for one in lacking]).order_by("sort_order")
        narrow(self, "municipalities", rows_)
        self.initial.setdefault("municipalities", rows_)
        dress(self)
