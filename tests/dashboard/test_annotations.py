"""Writing on the map beside it: written, changed, taken off, undone, and who may."""

from datetime import timedelta
from uuid import UUID

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.maps.area_drawing import AREA, LINE, POINT, Pen, drawn_of
from dashboard.workspaces import Desk
from gis.geometry.place import Place
from gis.queries.annotations import AnnotationView, annotations
from gis.queries.incidents import open_incident_or_refuse
from gis.vocabulary import AnnotationColour, Role, ShapeKind
from tests.dashboard.conftest import SignIn, visit
from tests.dashboard.test_look_back import look
from tests.gis import annotating

NEW = "annotation-new"
PLACES = [[139.40, 35.32], [139.41, 35.32], [139.41, 35.33]]
MINUTE = timedelta(minutes=1)
TAPPED = Place(139.4, 35.33)

pytestmark = pytest.mark.usefixtures("incident_id")


def beside_the_map() -> None:
    """Draw what stands beside the map; the small map answers with one and the same line."""
    import streamlit as st  # noqa: PLC0415 - runs by itself

    from dashboard import actions  # noqa: PLC0415
    from dashboard.components.annotating import annotating as write  # noqa: PLC0415
    from dashboard.components.annotation_controls import annotation_controls  # noqa: PLC0415
    from dashboard.components.annotation_panel import annotation_panel  # noqa: PLC0415

    def draw_line(*_asked: object) -> dict[str, object]:
        return {"type": "LineString", "coordinates": [[139.4, 35.3], [139.41, 35.3]]}

    actions.show_notice()
    write(draw_line, st.session_state.get("tapped"))
    if "chosen" in st.session_state:
        annotation_panel(st.session_state["chosen"])
        annotation_controls(st.session_state["chosen"], draw_line)


def open_page(chosen: UUID | None = None, tapped: Place | None = None) -> AppTest:
    app = AppTest.from_function(beside_the_map, default_timeout=60)
    app.session_state["annotating-wanted"] = True
    app.session_state["tapped"] = tapped
    if chosen:
        app.session_state["chosen"] = chosen
        app.session_state[f"annotation-{chosen}-part-wanted"] = True
    return app.run()


def key(app: AppTest, form: str, field: str) -> str:
    """Return the key of a field of a form, which is another one after each filing."""
    filing = app.session_state[f"{form}-filing"]
    return f"{form}-{filing}-{field}"


def save(app: AppTest, form: str) -> None:
    (button,) = (one for one in app.button if one.key == key(app, form, "file"))
    button.click().run()
    assert not app.exception


def on_the_map(desk: Desk) -> list[AnnotationView]:
    with desk.workspace.reading() as session:
        incident = open_incident_or_refuse(session)
        return annotations(session, incident.id, as_of=desk.workspace.clock.now())


def markup(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


@pytest.mark.parametrize(
    ("pen", "corners", "shape"),
    [
        (POINT, PLACES[:1], {"type": "Point", "coordinates": PLACES[0]}),
        (LINE, PLACES[:2], {"type": "LineString", "coordinates": PLACES[:2]}),
        (LINE, PLACES[:1], None),
        (AREA, PLACES, {"type": "Polygon", "coordinates": [[*PLACES, PLACES[0]]]}),
        (AREA, PLACES[:2], None),
    ],
)
def test_each_pen_makes_its_shape_of_enough_corners(
    pen: Pen, corners: list[list[float]], shape: object
) -> None:
    assert drawn_of(pen, {"drawn": corners}) == shape


def test_a_point_is_written_where_the_map_was_tapped(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = open_page(tapped=TAPPED)
    app.text_input(key(app, NEW, "text")).set_value("給水車")
    app.radio(key(app, NEW, "colour")).set_value(AnnotationColour.ACTIVITY)
    save(app, NEW)
    assert [message.value for message in app.toast] == ["It is on the map."]
    (one,) = on_the_map(empty_desk)
    assert (one.text, one.colour, one.shape["coordinates"]) == (
        "給水車", AnnotationColour.ACTIVITY, [139.4, 35.33],
    )  # fmt: skip
    # The map goes on telling that place: it is no beginning of another point.
    assert "35.33" not in " ".join(caption.value for caption in app.caption)


def test_a_line_is_drawn_on_the_small_map(empty_desk: Desk, sign_in: SignIn) -> None:
    sign_in(Role.OPERATOR)
    app = open_page(tapped=TAPPED)
    (kind,) = app.segmented_control
    kind.set_value(ShapeKind.LINE).run()
    app.text_input(key(app, NEW, "text")).set_value("迂回路")
    save(app, NEW)
    (one,) = on_the_map(empty_desk)
    assert one.shape["type"] == "LineString"


def test_what_has_no_text_is_not_written_and_stays_in_the_form(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    sign_in(Role.OPERATOR)
    app = open_page(tapped=TAPPED)
    app.radio(key(app, NEW, "colour")).set_value(AnnotationColour.DANGER)
    save(app, NEW)
    assert "has no text" in app.error[0].value
    assert app.radio(key(app, NEW, "colour")).value is AnnotationColour.DANGER
    assert on_the_map(empty_desk) == []


def test_the_panel_says_what_who_and_when_and_interprets_no_markup(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    annotation = annotating.draw(empty_desk.workspace, "一").id
    annotating.change(empty_desk.workspace, annotation, 1, "<b>二</b>")
    sign_in(Role.VIEWER)
    app = open_page(annotation)
    shown = markup(app)
    assert "&lt;b&gt;二" in shown
    assert "<b>二" not in shown
    for word in ("一", "Drawn", "Changed", "本部", "Memo"):
        assert word in shown
    assert not app.button


def test_it_is_changed_and_keeps_its_place(empty_desk: Desk, sign_in: SignIn) -> None:
    annotation = annotating.draw(empty_desk.workspace, "給水車").id
    form = f"annotation-{annotation}"
    sign_in(Role.OPERATOR)
    app = open_page(annotation)
    app.text_input(key(app, form, "text")).set_value("給水車 満員")
    save(app, form)
    (one,) = on_the_map(empty_desk)
    assert (one.text, one.shape, one.number) == ("給水車 満員", annotating.POINT, 2)


def test_who_changes_what_changed_meanwhile_is_told_and_may_try_again(
    empty_desk: Desk, sign_in: SignIn
) -> None:
    annotation = annotating.draw(empty_desk.workspace, "一").id
    form = f"annotation-{annotation}"
    sign_in(Role.OPERATOR)
    app = open_page(annotation)
    annotating.change(empty_desk.workspace, annotation, 1, "二")
    app.text_input(key(app, form, "text")).set_value("三")
    save(app, form)
    assert "“二”" in app.error[0].value
    save(app, form)
    assert [one.text for one in on_the_map(empty_desk)] == ["三"]


def test_it_is_taken_off_the_map_and_put_back(empty_desk: Desk, sign_in: SignIn) -> None:
    annotation = annotating.draw(empty_desk.workspace).id
    sign_in(Role.OPERATOR)
    app = open_page(annotation)
    app.button(f"annotation-{annotation}-1-remove").click().run()
    assert not app.error
    assert on_the_map(empty_desk) == []
    assert "taken away" in app.info[0].value
    # Who has not chosen it finds the way back in what was done last.
    app.button(f"lately-{annotation}-2").click().run()
    assert [one.annotation_id for one in on_the_map(empty_desk)] == [annotation]
    app.button(f"annotation-{annotation}-3-take-back").click().run()
    assert on_the_map(empty_desk) == []
    assert "no longer there" in app.info[0].value


def test_nothing_is_written_into_the_past(sign_in: SignIn, empty_desk: Desk) -> None:
    sign_in(Role.OPERATOR)
    app = look("situation_map", (empty_desk.workspace.clock.now() - MINUTE).isoformat())
    assert not app.exception
    assert "Write on the map" not in [one.label for one in app.expander]


def test_who_only_looks_is_offered_no_pen(sign_in: SignIn, empty_desk: Desk) -> None:
    assert empty_desk
    for role, may in ((Role.VIEWER, False), (Role.OPERATOR, True)):
        sign_in(role)
        app = visit("situation_map")
        assert not app.exception
        assert ("Write on the map" in [one.label for one in app.expander]) is may
