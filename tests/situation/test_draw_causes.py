"""The causes are drawn as a tree or a fishbone while they are written, with a list as an equal alternative."""

import re

import pytest
from django.test import Client

from situation import causes, fishbone
from situation.actions import analysing
from situation.forms.causes import CauseForm
from situation.models import Cause
from tests import factories
from tests.partnerships.conftest import needs_row_locks
from tests.situation.test_analyse_causes import CAUSE, address

HTMX = {"HX-Request": "true"}
WORDS = "Trasig belysning mellan torget och busshållplatsen gör att få vågar gå där efter mörkrets inbrott"


@pytest.fixture
def problem(cycle, bo):
    return factories.ProblemFactory(
        cycle=cycle, status="prioritised", rank=1, title="Otrygghet vid torget", created_by=bo
    )


@pytest.fixture
def analysis(problem, bo):
    return factories.CauseAnalysisFactory(problem=problem, created_by=bo)


@pytest.fixture
def twenty_five(analysis):
    """A real meeting's worth: five direct causes with four behind each, in all categories."""
    made = []
    for number in range(1, 26):
        direct = number % 5 == 1
        made.append(
            factories.CauseFactory(
                analysis=analysis,
                number=number,
                parent=None if direct else made[(number - 1) // 5 * 5],
                text=f"{WORDS} {number}",
                category=Cause.Category.values[number % 4],
                chosen=number == 3,
            )
        )
    return made


def drawn(page):
    found = re.search(r'<svg class="drawing".*?</svg>', page, re.DOTALL)
    return found.group() if found else ""


def edit(cause):
    return f"/lagesbilder/orsaker/{cause.pk}/andra/"


# --- The shapes


@pytest.mark.parametrize(
    ("shape", "title"),
    [("", "Orsaksträd"), ("trad", "Orsaksträd"), ("fiskben", "Fiskben"), ("lista", ""), ("x", "Orsaksträd")],
)
def test_the_shape_stands_in_the_address(client, hans, analysis, twenty_five, shape, title):
    client.force_login(hans)
    page = client.get(address(analysis, f"?visa={shape}")).text

    assert (f"{title}: Otrygghet vid torget" in drawn(page)) is bool(title)
    assert bool(drawn(page)) is bool(title)
    assert page.split('class="causes-shown"')[1].split("</section>")[0].count(WORDS) == 25


@pytest.mark.parametrize("shape", ["trad", "fiskben"])
def test_the_drawing_has_words_for_those_who_do_not_see_it(client, hans, analysis, twenty_five, shape):
    client.force_login(hans)
    svg = drawn(client.get(address(analysis, f"?visa={shape}")).text)

    assert 'role="img" aria-labelledby="drawing-title drawing-description"' in svg
    assert "25 orsaker, 1 ska påverkas. Samma orsaker står med alla ord i listan." in svg


@pytest.mark.parametrize("shape", ["trad", "fiskben"])
def test_every_cause_is_in_the_drawing(client, hans, analysis, twenty_five, shape):
    client.force_login(hans)
    svg = drawn(client.get(address(analysis, f"?visa={shape}")).text)

    assert all(re.search(rf">(✓ )?{number}\. Trasig", svg) for number in range(1, 26))


def test_nothing_lies_on_anything_else_and_all_is_inside(twenty_five, analysis):
    found = list(analysis.causes.all())
    tree = fishbone.tree_drawing("Otrygghet vid torget", causes.tree(found))

    assert tree.width <= fishbone.WIDTH
    for place, box in enumerate(tree.boxes):
        assert 0 <= box.x <= tree.width - box.width
        assert 0 <= box.y <= tree.height - box.height
        for other in tree.boxes[place + 1 :]:
            apart = box.x + box.width <= other.x or other.x + other.width <= box.x
            assert apart or box.y + box.height <= other.y or other.y + other.height <= box.y


def test_the_lines_of_a_fishbone_do_not_touch(twenty_five, analysis):
    fish = fishbone.fishbone_drawing("Otrygghet vid torget", causes.bones(analysis.causes.all()))
    places = [(text.x, text.y) for text in fish.texts]

    assert len(set(places)) == len(places)
    assert all(0 < text.y < fish.height for text in fish.texts)


def test_what_is_known_judged_and_assumed_differs_in_the_line(analysis):
    found = [
        factories.CauseFactory(analysis=analysis, number=number, support=support, source="NTU")
        for number, support in enumerate(Cause.Support.values, start=1)
    ]
    tree = fishbone.tree_drawing("Problem", causes.tree(found))

    assert len({box.dash for box in tree.boxes[:3]}) == 3


def test_markup_in_a_cause_stays_text(client, bo, analysis):
    factories.CauseFactory(analysis=analysis, number=1, text="</svg><script>alert(1)</script> {{ 7 }}")
    client.force_login(bo)

    for shape in ("trad", "fiskben", "lista"):
        assert "<script>alert" not in client.get(address(analysis, f"?visa={shape}")).text


def test_a_long_chain_is_drawn_wider_than_the_page(analysis):
    parent = None
    for number in range(1, 13):
        parent = factories.CauseFactory(analysis=analysis, parent=parent, number=number)

    assert fishbone.tree_drawing("Problem", causes.tree(analysis.causes.all())).width > fishbone.WIDTH


# --- Written live


def test_one_field_is_enough(client, bo, analysis):
    client.force_login(bo)
    response = client.post(address(analysis, "orsak/?visa=fiskben"), {"text": "Mörkt"})

    cause = analysis.causes.get()
    assert (cause.text, cause.category, cause.nature, cause.support) == ("Mörkt", "place", "mixed", "assumption")
    assert (cause.influence, cause.chosen, cause.parent) == ("both", False, None)
    assert response.url == f"{address(analysis)}?visa=fiskben#orsak-1"


def test_a_cause_behind_another_is_probably_of_its_kind(client, bo, analysis):
    parent = factories.CauseFactory(analysis=analysis, number=1, category="guardian", nature="social")
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), {"text": "Ingen personal", "parent": parent.pk})

    child = analysis.causes.get(parent=parent)
    assert (child.category, child.nature) == ("guardian", "social")


def test_the_drawing_follows_each_cause(client, bo, analysis):
    client.force_login(bo)
    answer = client.post(address(analysis, "orsak/?visa=trad"), {"text": "Mörkt"}, headers=HTMX).text

    assert "<html" not in answer
    assert "1. Mörkt" in drawn(answer)
    assert "autofocus" not in answer  # the focus stays where one writes
    assert '<div id="quick-parent" hx-swap-oob="true">' in answer
    assert "minst en orsak som ska påverkas" in answer


def test_the_next_one_goes_where_the_last_one_went(client, bo, analysis):
    parent = factories.CauseFactory(analysis=analysis, number=1)
    client.force_login(bo)
    said = {"text": "Mörkt", "parent": parent.pk, "category": "guardian"}
    answer = client.post(address(analysis, "orsak/"), said, headers=HTMX).text

    assert f'<option value="{parent.pk}" selected>' in answer


def test_what_does_not_fit_is_told_where_one_writes(client, bo, analysis):
    client.force_login(bo)
    answer = client.post(address(analysis, "orsak/"), {"text": "Två bröder i 8B"}, headers=HTMX).text

    assert 'id="ny-orsak"' in answer
    assert "en liten grupp (Två bröder)" in answer
    assert 'value="Två bröder i 8B"' in answer
    assert 'name="checked"' in answer
    assert not analysis.causes.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 251])
def test_an_empty_or_endless_cause_is_not_added(client, bo, analysis, text):
    client.force_login(bo)

    assert client.post(address(analysis, "orsak/"), {"text": text}).status_code == 200
    assert not analysis.causes.exists()


def test_text_pasted_from_word_becomes_one_line(client, bo, analysis):
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), {"text": "•\tIngen vuxen\r\npå\u00a0torget \u201di dag\u201d\x0b"})

    assert analysis.causes.get().text == "Ingen vuxen på torget \u201di dag\u201d"


def test_a_cause_is_changed_in_its_place(client, bo, analysis, twenty_five):
    client.force_login(bo)
    opened = client.get(f"{edit(twenty_five[2])}?visa=lista", headers=HTMX).text
    said = CAUSE | {"text": "Nytt ord", "revision": 0}
    changed = client.post(f"{edit(twenty_five[2])}?visa=trad", said, headers=HTMX).text

    assert 'id="edit_text"' in opened
    assert "autofocus" in opened
    assert "3. Nytt ord" in drawn(changed)
    assert "autofocus>Ändra" in changed


def test_a_cause_is_moved_and_the_tree_with_it(client, bo, analysis, twenty_five):
    client.force_login(bo)
    said = CAUSE | {"text": "Flyttad", "parent": twenty_five[20].pk, "revision": 0}
    client.post(edit(twenty_five[0]), said, headers=HTMX)

    branches = {branch.cause.number: branch for branch in causes.tree(analysis.causes.all())}
    assert sorted(branches) == [6, 11, 16, 21]
    assert [child.cause.number for child in branches[21].children[0].children] == [2, 3, 4, 5]


def test_a_cause_is_removed_without_leaving_the_page(client, bo, analysis, twenty_five):
    client.force_login(bo)
    answer = client.post(f"/lagesbilder/orsaker/{twenty_five[24].pk}/ta-bort/?visa=trad", headers=HTMX).text

    assert "25. Trasig" not in answer
    assert "24. Trasig" in drawn(answer)


def test_one_that_others_stand_on_is_told_of_without_leaving_the_page(client, bo, analysis, twenty_five):
    client.force_login(bo)
    removal = f"/lagesbilder/orsaker/{twenty_five[0].pk}/ta-bort/"
    answer = client.post(removal, headers=HTMX, follow=True).text

    assert "Andra orsaker ligger bakom den här." in answer
    assert analysis.causes.count() == 25


def test_without_script_the_same_page_does_it(client, bo, analysis, twenty_five):
    client.force_login(bo)
    page = client.get(address(analysis, "?visa=fiskben")).text

    assert f'action="{address(analysis, "orsak/")}?visa=fiskben"' in page
    assert f'href="{edit(twenty_five[0])}?visa=fiskben&amp;analys={analysis.pk}"' in page
    after = client.post(f"{edit(twenty_five[0])}?visa=fiskben", CAUSE | {"revision": 0})
    assert after.url == f"{address(analysis)}?visa=fiskben#orsak-1"


def test_readers_see_no_way_to_write(client, cecilia, analysis, twenty_five):
    client.force_login(cecilia)
    page = client.get(address(analysis)).text

    assert "data-quick" not in page
    assert ">Ändra<" not in page


# --- Two at once


def save(cause, person, **changes):
    """What the form does after it was read and found valid."""
    said = {"text": cause.text, "category": "place", "nature": "mixed", "support": "judgement", "influence": "both"}
    form = CauseForm(said | {"revision": cause.revision} | changes, instance=cause, analysis=cause.analysis)
    assert form.is_valid(), form.errors
    return form, lambda: analysing.save_cause(form, cause.analysis, by=person)


def test_two_who_move_two_causes_behind_each_other_make_no_circle(anna, bo, analysis):
    first, second = (factories.CauseFactory(analysis=analysis, number=number) for number in (1, 2))
    _, annas = save(first, anna, parent=second.pk)
    form, bos = save(second, bo, parent=first.pk)

    assert annas()
    assert not bos()
    assert "ligga bakom sig själv" in str(form.errors["parent"])
    assert len(causes.tree(analysis.causes.all())) == 1


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_not_even_at_the_same_moment(at_once, anna, bo, analysis):
    first, second = (factories.CauseFactory(analysis=analysis, number=number) for number in (1, 2))
    saves = [save(first, anna, parent=second.pk)[1], save(second, bo, parent=first.pk)[1]]

    assert sorted(at_once(*saves)) == [False, True]


def test_a_longer_way_round_is_a_circle_too(anna, bo, analysis):
    one, two, three = (factories.CauseFactory(analysis=analysis, number=number) for number in (1, 2, 3))
    saves = [save(one, anna, parent=two.pk)[1], save(two, bo, parent=three.pk)[1], save(three, anna, parent=one.pk)[1]]

    assert [move() for move in saves] == [True, True, False]


def test_a_cause_that_somebody_removed_meanwhile_keeps_what_was_typed(anna, bo, analysis):
    cause = factories.CauseFactory(analysis=analysis, number=1)
    form, move = save(cause, anna, text="Mina ord")
    analysing.remove_cause(Cause.objects.get(), by=bo)

    assert not move()
    assert "Någon tog bort orsaken medan du skrev." in str(form.errors)
    assert form["text"].value() == "Mina ord"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_was_typed_about_a_removed_cause_is_offered_as_a_new_one(client, bo, analysis, headers):
    cause = factories.CauseFactory(analysis=analysis, number=1)
    page = f"{edit(cause)}?visa=trad&analys={analysis.pk}"
    analysing.remove_cause(cause, by=bo)
    client.force_login(bo)
    said = CAUSE | {"text": "Mina ord", "category": "guardian", "revision": 0}
    answer = client.post(page, said, headers=headers)

    assert answer.status_code == 200
    assert "lägg till det som en ny orsak" in answer.text
    assert f'action="{address(analysis, "orsak/")}?visa=trad"' in answer.text
    assert [answer.context["form"][name].value() for name in ("text", "category")] == ["Mina ord", "guardian"]
    client.post(address(analysis, "orsak/"), said)
    assert analysis.causes.get().text == "Mina ord"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_cause_that_is_gone_is_told_and_removing_it_again_is_no_fault(client, bo, analysis, headers):
    cause = factories.CauseFactory(analysis=analysis, number=1)
    where, page = f"?visa=trad&analys={analysis.pk}", edit(cause)
    remove = f"/lagesbilder/orsaker/{cause.pk}/ta-bort/{where}"
    analysing.remove_cause(cause, by=bo)
    client.force_login(bo)

    assert "Orsaken är borttagen." in client.get(page + where, headers=headers, follow=True).text
    assert client.post(remove, headers=headers, follow=True).status_code == 200


def test_a_cause_that_is_gone_opens_no_door(client, bo, eva, cecilia, analysis):
    cause = factories.CauseFactory(analysis=analysis, number=1)
    pk = cause.pk
    analysing.remove_cause(cause, by=bo)

    for person, where, status in ((eva, analysis.pk, 404), (cecilia, analysis.pk, 403), (bo, 0, 404)):
        client.force_login(person)
        for verb in ("andra", "ta-bort"):
            assert client.post(f"/lagesbilder/orsaker/{pk}/{verb}/?analys={where}", CAUSE).status_code == status


def test_a_parent_that_somebody_removed_meanwhile_is_told(anna, bo, analysis):
    parent, cause = (factories.CauseFactory(analysis=analysis, number=number) for number in (1, 2))
    form, move = save(cause, anna, parent=parent.pk)
    analysing.remove_cause(Cause.objects.get(number=1), by=bo)

    assert not move()
    assert "Välj en annan." in str(form.errors["parent"])


def test_the_same_cause_sent_twice_becomes_one(client, bo, analysis):
    client.force_login(bo)
    for _ in range(2):
        answer = client.post(address(analysis, "orsak/"), {"text": "Mörkt vid torget"}, headers=HTMX)

    assert answer.status_code == 200
    assert not answer.context["form"].errors
    assert analysis.causes.count() == 1


def test_the_same_words_with_another_answer_are_told_and_kept(client, bo, analysis):
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), {"text": "Mörkt vid torget"})
    answer = client.post(address(analysis, "orsak/"), {"text": "Mörkt vid torget", "category": "guardian"})

    assert "finns redan på samma plats i trädet, som nummer 1" in answer.text
    assert answer.context["form"]["category"].value() == "guardian"
    assert analysis.causes.count() == 1


@needs_row_locks
@pytest.mark.django_db(transaction=True)
def test_the_same_cause_from_two_at_the_same_moment_becomes_one(at_once, anna, bo, analysis):
    def add(person):
        form = CauseForm({"text": "Mörkt vid torget"}, analysis=analysis)
        assert form.is_valid()
        return lambda: analysing.save_cause(form, analysis, by=person)

    assert at_once(add(anna), add(bo)) == [True, True]
    assert analysis.causes.count() == 1


def test_two_people_write_at_once_and_both_are_kept(anna, bo, analysis):
    for person, text in ((anna, "Annas ord"), (bo, "Bos ord")):
        own = Client()
        own.force_login(person)
        own.post(address(analysis, "orsak/"), {"text": text}, headers=HTMX)

    assert [str(cause) for cause in analysis.causes.all()] == ["1. Annas ord", "2. Bos ord"]


def test_a_circle_that_got_in_all_the_same_ends(analysis):
    assert not causes.leads_back(9, 1, {1: 2, 2: 1})
    assert causes.leads_back(1, 2, {1: None, 2: 1})


def chain(analysis, levels, first=1):
    """Causes each behind the one before it."""
    made = []
    for number in range(first, first + levels):
        parent = made[-1] if made else None
        made.append(factories.CauseFactory(analysis=analysis, number=number, parent=parent))
    return made


def test_causes_lie_in_twelve_levels_and_no_more(client, bo, analysis):
    made = chain(analysis, 11)
    client.force_login(bo)
    client.post(address(analysis, "orsak/"), {"text": "Den tolfte", "parent": made[-1].pk})
    twelfth = analysis.causes.get(text="Den tolfte")
    answer = client.post(address(analysis, "orsak/"), {"text": "Den trettonde", "parent": twelfth.pk})

    assert "Orsakerna skulle då ligga i fler än tolv led." in answer.text
    assert 'value="Den trettonde"' in answer.text
    assert analysis.causes.count() == 12


def test_a_cause_that_is_moved_takes_its_levels_along(anna, analysis):
    long, short = chain(analysis, 8), chain(analysis, 5, first=9)
    form, too_deep = save(short[0], anna, parent=long[7].pk)
    _, fits = save(short[0], anna, parent=long[6].pk)

    assert not too_deep()
    assert "fler än tolv led" in str(form.errors["parent"])
    assert fits()


def test_two_who_put_chains_on_each_other_get_no_deeper(anna, bo, analysis):
    one, two, three = chain(analysis, 5), chain(analysis, 5, first=6), chain(analysis, 5, first=11)
    _, annas = save(two[0], anna, parent=one[-1].pk)
    form, bos = save(three[0], bo, parent=two[-1].pk)

    assert annas()
    assert not bos()
    assert "fler än tolv led" in str(form.errors["parent"])


def test_one_that_already_stands_too_deep_may_be_reworded(anna, analysis):
    deep = chain(analysis, 14)
    _, reworded = save(deep[13], anna, text="Nya ord", parent=deep[12].pk)

    assert reworded()


@pytest.mark.parametrize("shape", ["trad", "fiskben", "lista"])
def test_twenty_five_cost_no_more_queries_than_one(client, bo, analysis, twenty_five, shape, django_assert_num_queries):
    client.force_login(bo)

    with django_assert_num_queries(11):
        client.get(address(analysis, f"?visa={shape}"))
