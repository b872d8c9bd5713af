"""The printed map, read back: what stands on it, what does not, and nothing else in the file."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from pypdf import PdfReader

from dashboard.assets import OWN
from dashboard.assets.palette import palette
from gis.config import Bounds, city_profile
from gis.layers import LAYERS
from gis.map_sheet import MapSheet, Style, Wanted, compile_sheet, file_name, marks, render
from gis.map_sheet.drawing import draw_map, unit_mm
from gis.map_sheet.paper import Paper
from gis.operations.damage_reports import NewDamageReport, file_damage_reports
from gis.operations.occupancy import Counts, Reading, record_occupancy
from gis.past import PastMoment
from gis.queries.damage_tiles import Seen
from gis.store import Workspace
from gis.text import Language
from gis.typesetting import SHEET_FONT, SHEET_FONTS
from gis.vocabulary import DamageCategory, Knowledge, Severity
from tests.conftest import HEADQUARTERS, NOON, FixedClock
from tests.gis.annotating import draw
from tests.gis.closing import state
from tests.gis.supplying import Supplying, run_short, send_out

VIEW = Bounds(west=139.38, south=35.32, east=139.42, north=35.345)
UPRIGHT = Bounds(west=139.38, south=35.31, east=139.40, north=35.35)
STYLE = Style(SHEET_FONTS, SHEET_FONT, palette())
MARKUP = '#image("x") *太字* $x$ <b> "\\'
OpenShelter = Callable[..., UUID]


def sheet(workspace: Workspace, view: Bounds = VIEW, **more: Any) -> MapSheet:  # noqa: ANN401
    """Compile a sheet; what is wanted of the map, and the moment."""
    moment = {name: more.pop(name) for name in ("past", "is_drill") if name in more}
    wanted = Wanted(view, **more)
    with workspace.reading() as session:
        now = workspace.clock.now()
        return compile_sheet(session, city_profile("142077"), wanted, now=now, **moment)


def pdf(made: MapSheet, language: Language = Language.EN) -> PdfReader:
    return PdfReader(BytesIO(render(made, language, STYLE)))


def words(made: MapSheet, language: Language = Language.EN) -> str:
    """Return what stands on the sheet, without the breaks of its lines."""
    (page,) = pdf(made, language).pages
    return re.sub(r"\s+", " ", page.extract_text())


def file(workspace: Workspace, count: int, **more: Any) -> None:  # noqa: ANN401
    said: dict[str, Any] = {"category": DamageCategory.ROAD, "location": (139.40, 35.33)}
    with workspace.transaction(HEADQUARTERS) as session:
        new = [NewDamageReport(uuid4(), **{**said, **more}) for _ in range(count)]
        file_damage_reports(session, new)


@pytest.mark.parametrize(
    ("paper", "view", "size_mm"),
    [
        (Paper.A4, VIEW, (297, 210)),
        (Paper.A4, UPRIGHT, (210, 297)),
        (Paper.A3, VIEW, (420, 297)),
        (Paper.A3, UPRIGHT, (297, 420)),
    ],
)
def test_a_sheet_is_one_page_of_its_paper(
    workspace: Workspace, paper: Paper, view: Bounds, size_mm: tuple[float, float]
) -> None:
    (page,) = pdf(sheet(workspace, view, paper=paper)).pages
    measured = [float(side) / 72 * 25.4 for side in page.mediabox[2:]]
    assert measured == pytest.approx(size_mm, abs=0.1)


def test_a_sheet_says_what_when_and_how_large(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    said = words(sheet(workspace))
    assert "地震" in said
    assert "As of 2026-09-01 12:00 Japan time" in said
    assert re.search(r"1:\d\d,000", said)
    assert "鶴嶺小学校" in said
    assert "Unknown of 120" in said
    assert "Chigasaki" in said
    assert "National Land Numerical Information" in said


def test_only_what_is_there_is_explained(workspace: Workspace, open_shelter: OpenShelter) -> None:
    open_shelter()
    assert "Closed to traffic" not in words(sheet(workspace))
    state(workspace)
    assert "Closed to traffic" in words(sheet(workspace))
    away = Bounds(west=139.30, south=35.32, east=139.33, north=35.34)
    assert "Closed to traffic" not in words(sheet(workspace, away))


def test_all_fonts_are_ours_and_embedded_and_nothing_is_a_picture(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    file(workspace, 3)
    (page,) = pdf(sheet(workspace, is_drill=True)).pages
    resources: Any = page["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    assert fonts
    for font in fonts:
        below = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert re.fullmatch(r"/[A-Z]{6}\+BIZUDGothic.*", font["/BaseFont"])
        assert {"/FontFile2", "/FontFile3"} & set(below.get_object())
    assert not page.images


def test_what_people_wrote_is_printed_as_it_was_written(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    draw(workspace, MARKUP, shape={"type": "Point", "coordinates": [139.40, 35.33]})
    said = words(sheet(workspace)).replace(" ", "")
    assert MARKUP.replace(" ", "") in said


def test_a_hidden_layer_is_not_on_the_sheet_and_the_sheet_says_so(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    made = sheet(workspace, hidden=frozenset({"shelters"}))
    assert "鶴嶺小学校" not in words(made)
    assert "Not shown: Shelters" in words(made)


def test_layers_lie_as_they_were_put(workspace: Workspace, open_shelter: OpenShelter) -> None:
    open_shelter()
    file(workspace, 1)
    reports, shelters = 37, 73

    def above(*order: str) -> bool:
        opacity = {"damage-reports": reports, "shelters": shelters}
        drawn = draw_map(sheet(workspace, opacity=opacity, order=order), palette(), [])
        groups = (f'<g opacity="{percent / 100}">' for percent in (shelters, reports))
        return drawn.index(next(groups)) > drawn.index(next(groups))

    assert above()
    assert above("shelters")
    assert not above("damage-reports")
    assert not above("damage-reports", "shelters", "hazard-zones")


def test_a_fainter_layer_is_named_with_how_faint_it_is(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    open_shelter()
    assert "Drawn fainter: Shelters 40%" in words(sheet(workspace, opacity={"shelters": 40}))


def test_reports_are_narrowed_down_and_the_sheet_says_to_which(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    file(workspace, 2, severity=Severity.SEVERE)
    file(workspace, 3, category=DamageCategory.FIRE)
    made = sheet(workspace, seen=Seen(categories=frozenset({DamageCategory.FIRE})))
    assert sum(mark.reports for mark in made.reports) == 3
    assert "Only these damage reports: Fire" in words(made)
    assert "Damage reports: 3 on this sheet" in words(made)


def test_many_reports_are_counted_and_every_one_of_them_once(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    file(workspace, 301)
    file(workspace, 40, location=(139.41, 35.33), severity=Severity.SEVERE)
    made = sheet(workspace)
    counted = {mark.reports: mark.severity for mark in made.reports}
    assert counted == {301: None, 40: Severity.SEVERE}
    assert "301" in words(made)
    few = sheet(workspace, Bounds(west=139.405, south=35.32, east=139.415, north=35.335))
    assert {mark.reports for mark in few.reports} == {1}
    assert len(few.reports) == 40


def test_a_past_moment_is_printed_as_it_was_known_then(
    workspace: Workspace, clock: FixedClock, open_shelter: OpenShelter
) -> None:
    shelter_id = open_shelter()
    file(workspace, 1)
    for persons in (40, 77):
        clock.moment += timedelta(hours=1)
        with workspace.transaction(HEADQUARTERS) as session:
            record_occupancy(session, Reading(uuid4(), shelter_id, Counts(persons=persons)))
    file(workspace, 4)
    past = PastMoment(NOON + timedelta(minutes=90), Knowledge.THEN)
    made = sheet(workspace, past=past)
    assert "40 of 120" in words(made)
    assert "As of 2026-09-01 13:30" in words(made)
    assert "A look back: As it was known then." in words(made)
    assert sum(mark.reports for mark in made.reports) == 1
    assert "77 of 120" in words(sheet(workspace))


def test_a_drill_says_so_on_the_sheet_and_in_the_name_of_the_file(
    workspace: Workspace, incident_id: UUID
) -> None:
    assert incident_id
    drill, live = sheet(workspace, is_drill=True), sheet(workspace)
    assert words(drill).count("【訓練】") == 2
    assert "訓練" not in words(live)
    assert file_name(drill) == "kunren_地震_20260901T120000_a4.pdf"
    assert file_name(live) == "地震_20260901T120000_a4.pdf"


def test_a_name_makes_no_path_of_the_file(workspace: Workspace, incident_id: UUID) -> None:
    made = sheet(workspace)
    assert made.incident is not None
    assert made.incident.id == incident_id
    odd = replace(made, incident=replace(made.incident, name='../a"b\n地震'))
    assert file_name(odd) == "a_b_地震_20260901T120000_a4.pdf"


def test_a_sheet_is_printed_while_no_incident_is_open(workspace: Workspace) -> None:
    assert "Situation map" in words(sheet(workspace))


def test_shelters_that_are_on_no_map_are_counted(
    workspace: Workspace, make_shelter: Callable[..., UUID]
) -> None:
    make_shelter(lon=None, lat=None)
    assert "Shelters without a place on the map: 1" in words(sheet(workspace))


def test_the_sheet_shows_of_each_layer_what_the_screen_shows(workspace: Workspace) -> None:
    usual = {name for name, layer in LAYERS.items() if layer.is_shown}
    assert set(sheet(workspace).layers) == usual - {"damage-reports"}
    every = sheet(workspace, hidden=frozenset())
    assert set(every.layers) == set(LAYERS) - {"damage-reports"}


@pytest.mark.usefixtures("city")
def test_people_are_drawn_for_whoever_asks_for_them(workspace: Workspace) -> None:
    assert "Population" not in words(sheet(workspace))
    asked = sheet(workspace, hidden=frozenset())
    assert "Population" in words(asked)
    largest = max(asked.layers["population"], key=lambda one: one.told["population"])
    drawn = draw_map(asked, palette(), [])
    radii = [float(each) for each in re.findall(r'<circle cx=[^>]* r="([0-9.]+)"', drawn)]
    mm = 5 * largest.told["population"] ** 0.5 / asked.ground.ground_m_per_mm
    assert max(radii) * unit_mm(asked) == pytest.approx(mm, abs=0.05)


def test_marks_have_the_shapes_of_the_screen() -> None:
    screen = (OWN / "marks.js").read_text(encoding="utf-8")
    paper = Path(marks.__file__).read_text(encoding="utf-8")
    shapes = re.findall(r'path\("(M[^"]+)"', screen)
    assert len(shapes) >= 10
    assert [shape for shape in shapes if shape not in paper] == []


@pytest.mark.usefixtures("city")
def test_a_vehicle_that_is_late_and_its_depot_are_named_on_paper(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    supplying = Supplying(workspace)
    dispatch = send_out(supplying, open_shelter(), place=(139.40, 35.335))
    assert "1号車" in words(sheet(workspace))
    assert "late" not in words(sheet(workspace))
    supplying.delay(dispatch, NOON - timedelta(minutes=25))
    said = words(sheet(workspace))
    for each in (
        "中央拠点",
        "1号車",
        "11:35 25 min late",
        "Supplies",
        "Depot",
        "On the road, late",
    ):
        assert each in said
    supplying.depot("【架空】北拠点", location=(139.41, 35.34), is_fictitious=True)
    assert "Depots are fictitious: 【架空】北拠点" in words(sheet(workspace))


@pytest.mark.usefixtures("city")
def test_what_runs_out_first_has_a_tag_beside_its_shelter_on_paper(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    run_short(workspace, open_shelter())
    said = words(sheet(workspace))
    for each in ("5h", "Runs out first", "Within 6 hours"):
        assert each in said
    assert "without a tag" not in said
    hidden = words(sheet(workspace, hidden=frozenset({"shortages"})))
    assert "5h" not in hidden


@pytest.mark.usefixtures("city")
def test_on_a_small_scale_what_lasts_until_tomorrow_has_no_tag_and_the_sheet_says_so(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    run_short(workspace, open_shelter(), litres=200)
    near = Bounds(west=139.385, south=35.333, east=139.395, north=35.342)
    assert "20h" in words(sheet(workspace, near))
    far = words(sheet(workspace, Bounds(west=139.3, south=35.27, east=139.48, north=35.4)))
    assert "20h" not in far
    assert "without a tag at this scale: 1" in far


@pytest.mark.usefixtures("city")
def test_a_look_back_at_what_runs_out_says_what_it_does_not_know(
    workspace: Workspace, open_shelter: OpenShelter
) -> None:
    run_short(workspace, open_shelter())
    past = PastMoment(NOON, Knowledge.THEN)
    assert "use-by dates" in words(sheet(workspace, past=past))
