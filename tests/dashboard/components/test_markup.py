from dashboard.components.figures import Figure
from dashboard.components.markup import render

HOSTILE = "<script>alert(1)</script>\"'&"


def test_nothing_in_a_figure_becomes_markup() -> None:
    html = render("figures.html", figures=[Figure(HOSTILE, HOSTILE, HOSTILE, HOSTILE)])
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 4


def test_a_figure_without_unit_and_note_leaves_no_empty_elements() -> None:
    html = render("figures.html", figures=[Figure("Persons", "0")])
    assert "<small>" not in html
    assert "hq-figure-note" not in html
