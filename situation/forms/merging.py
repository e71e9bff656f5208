"""What a person may type while two pictures become one, and when a municipality makes one the law's."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from accounts.models import User
from journal.edits import RecordForm
from lib.form_parts import ManyChoices, day_input, dress, narrow, not_in_future, offer, rows
from lib.swedish import listing, period
from municipalities.models import Municipality
from situation import rules
from situation.forms.carrying import ask_for_sources, with_sources
from situation.models import Difference, LegalDecision, Picture, Problem
from situation.side_by_side import sign_of


class OwnChoices(ManyChoices):
    """Own pictures, each named by whose it is and what it says of itself."""

    def label_from_instance(self, obj: Picture) -> str:
        return f"{obj.owner}: {obj}, {period(obj.period_from, obj.period_to)}"


class ChooseForm(RecordForm):
    """Which own pictures the joint one is made of: only shared ones, which never change any more."""

    class Meta:
        model = Picture
        fields = ["own_pictures"]
        field_classes = {"own_pictures": OwnChoices}
        widgets = {"own_pictures": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = shared_with(self.instance)
        narrow(self, "own_pictures", self.offered)
        self.fields["own_pictures"].required = True
        self.fields["own_pictures"].help_text = "En av polisens, och en för varje kommun som är med."
        if not self.is_bound and not self.initial.get("own_pictures"):
            self.initial["own_pictures"] = _newest_of_each(self.offered)
        dress(self)

    def clean_own_pictures(self) -> QuerySet[Picture]:
        """Both sides, and nobody's twice."""
        chosen: QuerySet[Picture] = self.cleaned_data["own_pictures"]
        if twice := sorted(str(owner) for owner, count in Counter(own.owner for own in chosen).items() if count > 1):
            raise ValidationError(f"Välj en lägesbild för {listing(twice)}, inte flera.")
        if lacking := _without_picture({own.kind for own in chosen}):
            raise ValidationError(f"Välj också {listing(lacking)}.")
        return chosen

    @property
    def lacking(self) -> list[str]:
        """Whose picture has not been shared yet."""
        return [f"{word[:1].upper()}{word[1:]}" for word in _without_picture({own.kind for own in self.offered})]


def shared_with(joint: Picture) -> QuerySet[Picture]:
    """The own pictures that may be laid beside each other in the joint one, the newest of each owner first.

    Those that a newer version has replaced only where they were chosen before.
    """
    chosen = joint.own_pictures.values("pk")
    found = Picture.objects.common().filter(partnership=joint.partnership).exclude(kind=Picture.Kind.JOINT)
    found = found.filter(~Q(status=Picture.Status.REPLACED) | Q(pk__in=chosen))
    if joint.municipality_id:
        found = found.filter(Q(kind=Picture.Kind.OWN_POLICE) | Q(municipality=joint.municipality_id))
    newest = ("-kind", "municipality__sort_order", "municipality__name", "owner", "-period_to", "-version", "-pk")
    return found.select_related("owner__organisation").without_content().order_by(*newest)


def _newest_of_each(pictures: Iterable[Picture]) -> list[Picture]:
    newest: dict[int | None, Picture] = {}
    for picture in pictures:
        newest.setdefault(picture.owner_id, picture)
    return list(newest.values())


def _without_picture(kinds: set[str]) -> list[str]:
    words = {Picture.Kind.OWN_POLICE: "polisens lägesbild", Picture.Kind.OWN_MUNICIPALITY: "kommunens lägesbild"}
    return [word for kind, word in words.items() if kind not in kinds]


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
        self.initial[section] = self.stored
        if not self.is_bound:
            self.initial[section] = self.stored or suggestion
        ask_for_sources(self, self.instance, [section])
        self.initial["was"] = sign_of(self.stored, self.instance, section)
        dress(self, *with_sources(self, [section]), "difference", "was", "revision")

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

    into = forms.TypedChoiceField(label="Ta med som", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, problem: Problem, among: Iterable[Problem], **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{problem.pk}-%s")
        super().__init__(*args, **kwargs)
        self.among = {one.pk: one for one in among}
        offer(self, "into", [(one.pk, f"Del av: {one}") for one in self.among.values()], "Ett eget problem")

    @property
    def chosen(self) -> Problem | None:
        return self.among.get(self.cleaned_data["into"])


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
