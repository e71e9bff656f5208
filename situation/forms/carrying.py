"""The boxes beside a picture's free texts: which of its sources each rests on."""

from collections import defaultdict
from collections.abc import Iterable

from django import forms

from situation.models import PartSource, Picture

PREFIX = "carried_"


def ask_for_sources(form: forms.BaseForm, picture: Picture, sections: Iterable[str]) -> None:
    """A group of boxes for each of the parts, where the picture has sources to choose among. Two queries."""
    choices = [(str(one.pk), f"{number}. {one}") for number, one in enumerate(picture.sources.all(), start=1)]
    if not choices:
        return
    linked = defaultdict(list)
    for section, source in picture.part_sources.values_list("section", "source"):
        linked[section].append(str(source))
    for section in sections:
        if section in PartSource.SECTIONS and section in form.fields:
            form.fields[f"{PREFIX}{section}"] = forms.MultipleChoiceField(
                label=f"Källor till {str(form.fields[section].label).removeprefix('Gemensam text: ').lower()}",
                required=False,
                choices=choices,
                initial=linked[section],
                widget=forms.CheckboxSelectMultiple,
            )


def with_sources(form: forms.BaseForm, names: Iterable[str]) -> list[str]:
    """The fields in their order, each followed by its boxes."""
    return [one for name in names for one in (name, f"{PREFIX}{name}") if one in form.fields]


def chosen_sources(form: forms.BaseForm) -> dict[str, set[int]]:
    """The ids of the sources that were ticked, by part; parts that were not asked about are left out."""
    asked = [name for name in form.fields if name.startswith(PREFIX)]
    return {name.removeprefix(PREFIX): {int(pk) for pk in form.cleaned_data.get(name, [])} for name in asked}
