"""Versions of a text, kept by themselves and by hand, and two of them side by side in words."""

import time

from agreements import actions
from agreements.comparing import compare
from agreements.models import Agreement, Version


def words(side, differs):
    return "".join(piece.text for piece in side if piece.differs is differs)


def section(compared, label):
    return next(one for one in compared if one.label == label)


def text(purpose, **more):
    sections = [{"heading": "A", "texts": [{"name": "purpose", "label": "Syfte", "text": purpose}]}]
    return {"title": "Överenskommelse", "sections": sections, **more}


def test_what_differs_is_told_word_by_word():
    compared = compare(text("Minska otryggheten i centrum."), text("Minska våldet i centrum."))

    found = section(compared, "Syfte")
    assert words(found.old, True).strip() == "otryggheten"
    assert words(found.new, True).strip() == "våldet"
    assert [one.label for one in compared if one.differs] == ["Syfte"]


def test_a_section_on_one_side_only_is_all_added_or_all_removed():
    compared = compare(text("Ett syfte."), {"title": "Överenskommelse", "area": "Stan"})

    assert words(section(compared, "Syfte").old, True) == "Ett syfte."
    assert section(compared, "Syfte").new == []
    assert words(section(compared, "Geografiskt område").new, True) == "Stan"


def test_goals_are_compared_too():
    one = {"text": "Färre brott.", "level_label": "Delmål", "kind_label": "Effektmål", "indicator": "Anmälda brott"}
    one |= {"movement": "40 → 30", "responsible": "Polisen"}

    compared = compare(text("A", goals=[one]), text("A", goals=[one | {"movement": "40 → 20"}]))

    assert words(section(compared, "Mål").new, True).strip() == "20,"


def test_undertakings_and_extension_are_compared_too():
    one = {"name": "Polisen", "text": "Leder.", "hours_per_month": 40, "kronor_per_year": None, "resources": ""}

    compared = compare(text("A", undertakings=[one]), text("A", undertakings=[one | {"hours_per_month": 60}]))

    assert words(section(compared, "Åtaganden, Polisen").new, True).strip() == "60"


def test_the_longest_texts_are_compared_in_a_moment():
    long = " ".join(f"ord{n % 400}" for n in range(20_000))
    began = time.monotonic()

    compare(text(long), text(long.replace("ord7 ", "annat ")))

    assert time.monotonic() - began < 5


def test_a_version_is_kept_at_referral_at_proposing_and_by_hand(go, bo, draft, day):
    go(bo, f"/overenskommelser/{draft.pk}/versioner/", {"label": "Inför mötet"})
    actions.refer(draft, by=bo, until=day)
    actions.end_referral(draft, by=bo)
    actions.propose(draft, by=bo)

    kept = [(one.number, one.label) for one in Version.objects.order_by("number")]
    assert kept == [(1, "Inför mötet"), (2, "Remiss"), (3, "För underskrift")]
    draft.refresh_from_db()
    assert Version.objects.last().checksum == draft.checksum


def test_two_texts_are_shown_with_more_than_colour(go, bo, hans, draft):
    actions.keep_version(draft, label="Första", by=bo)
    Agreement.objects.filter(pk=draft.pk).update(purpose="Minska våldet.")

    page = go(hans, f"/overenskommelser/{draft.pk}/jamfor/?fran=v1&till=nu").content.decode()

    assert '<del><span class="visually-hidden">[borttaget: </span>otryggheten.' in page
    assert '<ins><span class="visually-hidden">[tillagt: </span>våldet.' in page


def test_versions_stay_in_the_partnership(go, eva, fia, greta, bo, signed):
    for address in ("versioner/", "jamfor/"):
        assert go(eva, f"/overenskommelser/{signed.pk}/{address}").status_code == 404
        assert go(fia, f"/overenskommelser/{signed.pk}/{address}").status_code == 403
        assert go(greta, f"/overenskommelser/{signed.pk}/{address}").status_code == 403


def test_a_text_that_is_none_is_not_found(go, bo, draft):
    for asked in ("fran=v9", "till=x", "fran=ersatt"):
        assert go(bo, f"/overenskommelser/{draft.pk}/jamfor/?{asked}").status_code == 404


def test_only_coordinators_keep_a_version(go, hans, draft):
    assert go(hans, f"/overenskommelser/{draft.pk}/versioner/", {"label": "Min"}).status_code == 403
    assert not Version.objects.exists()
