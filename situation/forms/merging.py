"""What a person may type while two pictures become one, and when a municipality makes one the law's."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from journal.edits import RecordForm
from lib.form_parts import day_input, dress, narrow, not_in_future, rows
from municipalities.models import Municipality
from situation import rules
from situation.models import Difference, LegalDecision, Picture, Problem
from situation.side_by_side import sign_of


class ChooseForm(RecordForm):
    """Which own pictures the joint one is made of: only shared ones, which never change any more."""

    class Meta:
        model = Picture
        fields = ["police_picture", "municipality_picture"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shared = Picture.objects.common().filter(partnership=self.instance.partnership).without_content()
        kinds = {"police_picture": Picture.Kind.OWN_POLICE, "municipality_picture": Picture.Kind.OWN_MUNICIPALITY}
        for name, kind in kinds.items():
            among = shared.filter(kind=kind)
            if kind == Picture.Kind.OWN_MUNICIPALITY and self.instance.municipality_id:
                among = among.filter(municipality=self.instance.municipality_id)
            newest_first = among.order_by("-period_to", "-version", "-pk")
            narrow(self, name, newest_first, "Välj")
            self.fields[name].required = True
            if not self.is_bound:
                self.initial[name] = self.initial.get(name) or newest_first.first()
        dress(self)

    @property
    def lacking(self) -> list[str]:
        """Whose picture has not been shared yet."""
        names = {"police_picture": "Polisens lägesbild", "municipality_picture": "Kommunens lägesbild"}
        return [word for name, word in names.items() if not self.fields[name].queryset.exists()]  # type: ignore[attr-defined]


class SectionForm(RecordForm):
    """One section of the joint picture, written while both own ones stand beside it, and where they differ.

    `was` is the text that the page was opened with: two people may write different sections at the same moment.
    """

    counts_people = True
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    difference = forms.CharField(
        label="Skillnad att notera",
        required=False,
        widget=rows(3),
        help_text="Vad den ena ser men inte den andra, eller ser på annat sätt. Sparas tillsammans med texten.",
    )

    class Meta:
        model = Picture
        fields: list[str] = []  # the one that the page is about

    def __init__(self, *args: Any, section: str, suggestion: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.section = section
        label = Difference.Section(section).label
        self.fields[section] = forms.CharField(label=f"Gemensam text: {label.lower()}", required=False, widget=rows(9))
        self.stored = getattr(self.instance, section)
        self.initial.update({section: self.stored, "was": sign_of(self.stored)})
        if not self.is_bound:
            self.initial[section] = self.stored or suggestion
        dress(self, section, "difference", "was", "revision")

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]  # Django's own hook
        if self.section in self.cleaned_data:
            setattr(self.instance, self.section, self.cleaned_data[self.section])


class DifferenceForm(RecordForm):
    """A difference where there is no text to write: among the problems."""

    counts_people = True

    class Meta:
        model = Difference
        fields = ["text"]
        widgets = {"text": rows(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dress(self)


class TakeForm(forms.Form):
    """Into which of the joint picture's problems an own one goes; none is one of its own."""

    into = forms.ModelChoiceField(
        Problem.objects.none(), label="Ta med som", required=False, empty_label="Ett eget problem"
    )

    def __init__(self, *args: Any, joint: Picture, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        narrow(self, "into", Problem.objects.filter(picture=joint))
        dress(self)


LAW_SINCE = dt.date(2023, 7, 1)


def not_before_the_law(day: dt.date) -> None:
    """A validator: no municipality decided by a law that did not hold yet."""
    if day < LAW_SINCE:
        raise ValidationError("Lagen gäller från den 1 juli 2023. Ange den dag då kommunen beslutade.")


class LegalDecisionForm(RecordForm):
    """The municipality's decision as it stands in the minutes."""

    class Meta:
        model = LegalDecision
        fields = ["municipality", "decided_on", "body", "reference"]
        widgets = {"decided_on": day_input()}

    def __init__(self, *args: Any, picture: Picture, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.picture = picture
        decided = picture.legal_decisions.exclude(pk=self.instance.pk).values("municipality")
        able = Municipality.objects.filter(pk__in=rules.municipalities_to_adopt(user, picture))
        narrow(self, "municipality", able.exclude(pk__in=decided).order_by("sort_order"))
        self.fields["municipality"].initial = able.exclude(pk__in=decided).first()
        self.fields["body"].initial = "Kommunstyrelsen"
        self.fields["decided_on"].validators += [not_in_future, not_before_the_law]
        dress(self)
