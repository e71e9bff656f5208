"""The tile map: one square per municipality, each a link with its name and value."""

import re

import pytest

from overview.tile_map import Place, tile_map

PLACES = [
    Place("24", "Lycksele", "lycksele", 9, 8),
    Place("24", "Storuman", "storuman", 9, 7),
    Place("12", "Landskrona", "landskrona", 33, 2),
]


def draw(levels=None, chosen=lambda slug: True, places=PLACES):
    return tile_map(places, levels or {}, chosen)


def test_every_municipality_is_a_link_with_name_and_value():
    svg = draw({"lycksele": 3, "storuman": 0, "landskrona": 5}).svg

    named = re.findall(r'href="([^"]+)"[^>]*><title>([^<]+)</title>', svg)
    assert sorted(named) == [
        ("/kommuner/landskrona/", "Landskrona: alla fem steg klara"),
        ("/kommuner/lycksele/", "Lycksele: 3 av 5 steg klara"),
        ("/kommuner/storuman/", "Storuman: inget steg klart"),
    ]


def test_a_missing_value_is_said_and_never_nought():
    assert "Lycksele: uppgift saknas" in draw({"lycksele": None}).svg


def test_the_legend_counts_each_class():
    legend = draw({"lycksele": 3, "storuman": 3}).legend

    assert {item.kind: item.count for item in legend if item.count} == {"3": 2, "x": 1}


def test_the_map_is_one_stop_for_the_keyboard():
    assert draw().svg.count('tabindex="0"') == 1


def test_what_the_filter_leaves_out_is_dimmed():
    svg = draw(chosen=lambda slug: slug == "lycksele").svg

    dimmed = re.findall(r'class="t. dim"[^>]*href="([^"]+)"', svg)
    assert dimmed == ["/kommuner/landskrona/", "/kommuner/storuman/"]


def test_squares_stand_where_the_register_says():
    assert 'data-at="9,8"><title>Lycksele: uppgift saknas</title><rect x="184" y="207"' in draw().svg


def test_a_county_is_outlined_as_one_patch():
    outlines = re.findall(r'<path d="([^"]+)"', draw().svg)

    assert sorted(len(re.findall("M", outline)) for outline in outlines) == [4, 6]


def test_a_name_is_only_text():
    svg = draw(places=[Place("24", "<b>Ort</b>", "ort", 0, 0)]).svg

    assert "&lt;b&gt;Ort&lt;/b&gt;: uppgift saknas" in svg


def test_an_empty_register_gives_an_empty_map():
    assert draw(places=[]).svg.count("<a") == 0


@pytest.mark.django_db
def test_the_page_draws_what_the_reader_may_see(client, anna, eva, full):
    for who, word in ((anna, "Lycksele: inget steg klart"), (eva, "Lycksele: ingen insyn")):
        client.force_login(who)
        assert word in client.get("/kommuner/").text
