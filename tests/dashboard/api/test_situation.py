"""The summary's figures are those of the store, digit by digit, in every form."""

import csv
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from gis.reports import RENDERINGS
from tests.conftest import Server
from tests.gis.reports.sip4d_checker import faults, opened
from tests.gis.reports.test_sip4d import FORMS

FIGURES = text("""
    WITH incident_now AS (
        SELECT id FROM incident WHERE closed_at IS NULL ORDER BY recorded_at DESC LIMIT 1
    ), valid AS (
        SELECT * FROM occupancy_reading
        WHERE id NOT IN (
            SELECT supersedes_id FROM occupancy_reading WHERE supersedes_id IS NOT NULL
        )
    ), people AS (
        SELECT DISTINCT ON (opening_id) opening_id, persons FROM valid
        WHERE persons IS NOT NULL ORDER BY opening_id, observed_at DESC, recorded_at DESC
    ), homes AS (
        SELECT DISTINCT ON (opening_id) opening_id, households FROM valid
        WHERE households IS NOT NULL ORDER BY opening_id, observed_at DESC, recorded_at DESC
    ), opened AS (
        SELECT s.name, s.capacity, p.persons, h.households
        FROM opening o JOIN shelter s ON s.id = o.shelter_id
        LEFT JOIN people p ON p.opening_id = o.id LEFT JOIN homes h ON h.opening_id = o.id
        WHERE o.incident_id = (SELECT id FROM incident_now) AND o.ended_at IS NULL
    )
    SELECT sum(persons) AS persons, count(*) FILTER (WHERE persons IS NULL) AS persons_unknown,
           sum(households) AS households,
           count(*) FILTER (WHERE households IS NULL) AS households_unknown,
           count(*) AS open_shelters,
           sum(greatest(capacity - persons, 0)) AS free_places,
           count(*) FILTER (WHERE capacity IS NULL OR persons IS NULL) AS free_places_unknown,
           sum(greatest(persons - capacity, 0)) AS over_capacity,
           (SELECT count(*) FROM shelter) AS registered,
           (SELECT count(*) FROM damage_report
            WHERE incident_id = (SELECT id FROM incident_now)
              AND state <> 'rejected' AND merged_into_id IS NULL) AS damage,
           (SELECT count(*) FROM damage_report
            WHERE incident_id = (SELECT id FROM incident_now) AND merged_into_id IS NULL
              AND state IN ('confirmed', 'in_progress', 'done')) AS damage_confirmed,
           jsonb_object_agg(name, jsonb_build_array(persons, households, capacity)) AS shelters,
           (SELECT jsonb_object_agg(category, reports) FROM (
                SELECT category, count(*) AS reports FROM damage_report
                WHERE incident_id = (SELECT id FROM incident_now)
                  AND state <> 'rejected' AND merged_into_id IS NULL GROUP BY category) c
           ) AS categories
    FROM opened
""")


@pytest.fixture
def stored(server: Server) -> dict[str, Any]:
    """The figures as one statement finds them that shares nothing with the product's."""
    with server.workspace.reading() as session:
        return dict(session.execute(FIGURES).mappings().one())


@pytest.fixture
def summary(operator: httpx.Client) -> dict[str, Any]:
    found: dict[str, Any] = operator.get("/api/situation").raise_for_status().json()
    return found


def test_the_totals_are_those_of_the_store(summary: dict[str, Any], stored: dict[str, Any]) -> None:
    assert summary["persons"] == tally(stored, "persons")
    assert summary["households"] == tally(stored, "households")
    assert summary["free_places"] == tally(stored, "free_places")
    assert summary["persons_over_capacity"] == {
        "known": stored["over_capacity"],
        "unknown_places": stored["free_places_unknown"],
    }
    assert summary["shelters_registered"] == stored["registered"]
    assert sum(line["state"] == "open" for line in summary["shelters"]) == stored["open_shelters"]


def tally(stored: dict[str, Any], name: str) -> dict[str, Any]:
    return {"known": stored[name], "unknown_places": stored[f"{name}_unknown"]}


def test_every_open_shelter_shows_what_the_store_holds(
    summary: dict[str, Any], stored: dict[str, Any]
) -> None:
    shown = {
        line["name"]: [line["persons"], line["households"], line["capacity"]]
        for line in summary["shelters"]
        if line["state"] == "open"
    }
    assert shown == stored["shelters"]


def test_every_damage_report_is_counted_once(
    summary: dict[str, Any], stored: dict[str, Any]
) -> None:
    severities = ("severe", "moderate", "minor", "unknown")
    counted = {line["category"]: sum(line[one] for one in severities) for line in summary["damage"]}
    assert counted == stored["categories"]
    assert sum(counted.values()) == stored["damage"]


def test_the_cells_of_the_form_hold_every_report_in_one_row(
    summary: dict[str, Any], stored: dict[str, Any]
) -> None:
    own = [cell for cell in summary["cells"] if cell["unit"] not in ("households", "persons")]
    confirmed, unconfirmed = (
        sum(cell[side]["reports"] for cell in own) for side in ("confirmed", "unconfirmed")
    )
    assert confirmed + unconfirmed == stored["damage"]
    assert confirmed == stored["damage_confirmed"]


def test_the_files_carry_the_same_figures(operator: httpx.Client, stored: dict[str, Any]) -> None:
    for cells in (csv_cells(operator), xlsx_cells(operator)):
        figures = {row[0]: row[1] for row in cells if len(row) > 1}
        assert figures["Persons in shelters"] == str(stored["persons"])
        assert figures["Households in shelters"] == str(stored["households"])
        assert figures["Open shelters"] == str(stored["open_shelters"])
        assert figures["Shelters in the register"] == str(stored["registered"])
        assert figures["Free places"] == str(stored["free_places"])
        assert figures["Persons over capacity"] == str(stored["over_capacity"])
        assert figures["Damage reports (confirmed)"] == str(stored["damage_confirmed"])
        unconfirmed = stored["damage"] - stored["damage_confirmed"]
        assert figures["Damage reports (unconfirmed)"] == str(unconfirmed)


def test_the_files_list_every_shelter_and_say_so_where_a_figure_is_unknown(
    operator: httpx.Client, stored: dict[str, Any]
) -> None:
    for cells in (csv_cells(operator), xlsx_cells(operator)):
        listed = {row[0]: row[2:5] for row in cells if len(row) > 4 and row[1] == "Open"}
        assert listed == {
            name: ["Unknown" if figure is None else str(figure) for figure in figures]
            for name, figures in stored["shelters"].items()
        }


def test_csv_and_workbook_hold_the_same_cells(operator: httpx.Client) -> None:
    def without_moment(rows: list[list[str]]) -> list[list[str]]:
        return [row for row in rows if row[0] != "As of"]

    assert without_moment(csv_cells(operator)) == without_moment(xlsx_cells(operator))


def csv_cells(operator: httpx.Client) -> list[list[str]]:
    answer = operator.get("/api/situation/csv").raise_for_status()
    return filled(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def xlsx_cells(operator: httpx.Client) -> list[list[str]]:
    answer = operator.get("/api/situation/xlsx").raise_for_status()
    book = load_workbook(io.BytesIO(answer.content))
    return filled(row for sheet in book for row in sheet.iter_rows(values_only=True))


def filled(rows: Any) -> list[list[str]]:  # noqa: ANN401 - cells of either library
    """Return rows as text, without empty ones and without empty cells at their ends."""
    texts = [["" if cell is None else str(cell) for cell in row] for row in rows]
    for row in texts:
        while row and not row[-1]:
            row.pop()
    return [row for row in texts if row]


@pytest.mark.parametrize(
    ("rendering", "begins"),
    [
        ("csv", b"\xef\xbb\xbf"),
        ("xlsx", b"PK"),
        ("pdf", b"%PDF"),
        ("form4_xlsx", b"PK"),
        ("form4_pdf", b"%PDF"),
    ],
)
def test_a_file_is_a_download_with_a_name_that_is_not_kept(
    rendering: str, begins: bytes, operator: httpx.Client
) -> None:
    answer = operator.get(f"/api/situation/{rendering}")
    assert answer.content.startswith(begins)
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    form = RENDERINGS[rendering]
    assert disposition.startswith(f'attachment; filename="{form.stem}_142077_')
    assert disposition.endswith(f'{form.suffix}"')


@pytest.mark.parametrize(
    "rendering", [name for name, form in RENDERINGS.items() if form.for_systems]
)
def test_what_other_systems_read_comes_by_the_same_way(
    rendering: str, operator: httpx.Client
) -> None:
    answer = operator.get(f"/api/situation/{rendering}").raise_for_status()
    assert answer.headers["content-type"] == RENDERINGS[rendering].media_type
    assert f'filename="{RENDERINGS[rendering].stem}_' in answer.headers["content-disposition"]


@pytest.mark.parametrize("rendering", FORMS)
def test_the_demonstration_passes_the_rules_of_sip4d_and_is_never_real(
    rendering: str, operator: httpx.Client
) -> None:
    content = operator.get(f"/api/situation/{rendering}").content
    assert faults(content) == []
    assert opened(content)["sip4d_zip_meta.json"]["testflg"] == "試験"


def test_an_unknown_form_is_not_found(operator: httpx.Client) -> None:
    answer = operator.get("/api/situation/papyrus")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (404, "rendering")
