"""The five-step ring and the progress bar."""

import pytest
from django.template.loader import render_to_string

from lib.charts import bar, ring


@pytest.mark.parametrize(
    ("done", "now", "sentence"),
    [
        (0, None, "Noll av fem steg är klara."),
        (1, None, "Ett av fem steg är klart."),
        (2, 3, "Två av fem steg är klara, det tredje pågår."),
        (5, None, "Alla fem steg är klara."),
        (5, 5, "Alla fem steg är klara."),
    ],
)
def test_the_ring_tells_how_far(done, now, sentence):
    drawn = ring(done, now)

    assert drawn.sentence == sentence
    assert drawn.figure == f"{done} av 5"


def test_states_differ_in_more_than_colour():
    segments = ring(2, 3).segments

    assert [segment.state for segment in segments] == ["done", "done", "now", "todo", "todo"]
    assert segments[2].outline
    assert not segments[1].outline


@pytest.mark.parametrize(
    ("percent", "filled", "figure"), [(0, 0, "0 %"), (60, 36, "60 %"), (100, 60, "100 %"), (130, 60, "130 %")]
)
def test_the_bar_stays_in_its_box_and_tells_the_truth(percent, filled, figure):
    drawn = bar(percent)

    assert (drawn.filled, drawn.figure) == (filled, figure)


@pytest.mark.parametrize(("name", "drawing"), [("ring", ring(2, 3)), ("bar", bar(60))])
def test_drawings_need_no_style_and_begin_with_their_alternative(name, drawing):
    svg = render_to_string(f"components/_{name}.html", {name: drawing})

    assert "style=" not in svg
    assert f"><title>{drawing.sentence}</title>" in svg
