"""What a city profile may name as base maps, and what the head of a PMTiles file says."""

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pmtiles.tile import Compression, TileType
from pydantic import ValidationError

from gis.base_map_file import HEADER, read_base_map
from gis.config import BaseMap, CityProfile, city_profile
from gis.errors import BaseMapMissing, BaseMapUnreadable
from gis.store import Workspace
from gis.text import Language
from tests.base_maps import CITY, LAYERS, pmtiles, png, raster_file, vector_file

PALE: dict[str, Any] = {
    "name": "pale",
    "title_ja": "淡色地図",
    "title_en": "Pale",
    "url": "https://tiles.example.org/pale/{z}/{x}/{y}.png",
    "credit_ja": "防災課",
    "credit_en": "Disaster prevention",
    "credit_url": "https://example.org/credit",
    "max_zoom": 18,
}


def profile_with(*base_maps: dict[str, Any], **more: Any) -> CityProfile:  # noqa: ANN401
    known = city_profile("142077").model_dump(exclude={"base_maps", "base_map"})
    return CityProfile.model_validate(known | {"base_maps": base_maps} | more)


def refusal(**said: Any) -> str:  # noqa: ANN401
    with pytest.raises(ValidationError) as refused:
        BaseMap.model_validate(PALE | said)
    return str(refused.value)


def test_the_demonstration_city_offers_four_maps_and_shows_none_of_them_unasked() -> None:
    profile = city_profile("142077")
    names = [one.name for one in profile.base_maps]
    assert names == ["gsi_standard", "gsi_pale", "gsi_photo", "openstreetmap"]
    assert profile.base_map is None
    assert all(one.credit_ja and one.credit_en for one in profile.base_maps)


@pytest.mark.parametrize(
    "url",
    [
        "https://tiles.example.org/pale/{z}/{x}.png",
        "https://tiles.example.org/pale.png",
        "https://tiles.example.org/{z}/{x}/{y}/{y}.png",
        "https://{x}.example.org/{z}/{y}.png",
    ],
)
def test_an_address_that_does_not_say_which_tile_is_refused(url: str) -> None:
    said = refusal(url=url)
    assert "must have {z}, {x}, {y} once" in said
    assert url in said


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "//tiles.example.org/{z}/{x}/{y}.png",
        "javascript:alert('{z}{x}{y}')",
        "file:///{z}/{x}/{y}.png",
    ],
)
def test_an_address_that_others_could_listen_to_is_refused(url: str) -> None:
    assert "must begin with https://" in refusal(url=url)


@pytest.mark.parametrize(
    "url",
    ["https:///{z}/{x}/{y}.png", "https://a.example/{z}/{x}/{y}.{r}", "https://a.b/ {z}{x}{y}"],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert "what is no part of one" in refusal(url=url)


def test_a_server_of_tiles_on_this_machine_needs_no_https() -> None:
    for host in ("127.0.0.1:8080", "localhost", "[::1]:80"):
        url = f"http://{host}/{{z}}/{{x}}/{{y}}.png"
        assert BaseMap.model_validate(PALE | {"url": url}).url == url


def test_a_credit_links_to_a_page_and_nothing_else() -> None:
    assert "credit_url must begin with https://" in refusal(credit_url="javascript:alert(1)")


def test_zooms_ascend() -> None:
    assert "min_zoom must not be above" in refusal(min_zoom=19)


def test_a_word_that_is_no_field_is_refused() -> None:
    assert "zoom" in refusal(zoom=3)


def test_two_base_maps_of_one_name_are_refused() -> None:
    with pytest.raises(ValidationError, match="names of their own; taken: pale"):
        profile_with(PALE, PALE)


@pytest.mark.parametrize("name", ["none", "file"])
def test_a_name_that_the_choice_itself_uses_is_refused(name: str) -> None:
    with pytest.raises(ValidationError, match=f"names of their own; taken: {name}"):
        profile_with(PALE | {"name": name})


def test_a_profile_may_name_one_of_its_maps_to_begin_with_and_no_other() -> None:
    assert profile_with(PALE, base_map="pale").base_map == "pale"
    with pytest.raises(ValidationError, match="base_map must be one of"):
        profile_with(PALE, base_map="dark")


def test_the_head_of_a_file_of_images_says_what_is_in_it(tmp_path: Path) -> None:
    found = read_base_map(raster_file(tmp_path / "city.pmtiles"))
    assert not found.is_vector
    assert (found.min_zoom, found.max_zoom) == (9, 13)
    assert found.bounds == CITY.bounds
    assert "防災課 & 測量班" in found.credit
    assert "<" not in found.credit


def test_a_file_of_shapes_is_told_apart(tmp_path: Path, workspace: Workspace) -> None:
    with workspace.reading() as session:
        assert read_base_map(vector_file(tmp_path / "city.pmtiles", session)).is_vector


def test_shapes_of_another_schema_are_refused(tmp_path: Path, workspace: Workspace) -> None:
    with workspace.reading() as session:
        file = vector_file(tmp_path / "city.pmtiles", session, ("RdCL", "BldA"))
    assert "schema of Protomaps" in reason(file)


def reason(file: Path) -> str:
    with pytest.raises(BaseMapUnreadable) as refused:
        read_base_map(file)
    return refused.value.explain(Language.EN)


@pytest.mark.parametrize(
    "content",
    [b"", b"PMTiles\x03", b"%PDF-1.7" + bytes(200), b"PMTiles\x02" + bytes(200)],
    ids=["empty", "cut off", "another kind", "another version"],
)
def test_a_file_of_another_kind_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "city.pmtiles"
    file.write_bytes(content)
    assert "no PMTiles file of version 3" in reason(file)


def test_a_file_whose_metadata_are_cut_off_is_refused(tmp_path: Path) -> None:
    file = raster_file(tmp_path / "city.pmtiles")
    file.write_bytes(file.read_bytes()[:160])
    assert "no PMTiles file of version 3" in reason(file)


@pytest.fixture(scope="module")
def city_file(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return raster_file(tmp_path_factory.mktemp("base_map") / "city.pmtiles").read_bytes()[:600]


@given(at=st.integers(7, 500), value=st.integers(0, 255))
@example(at=31, value=255)  # metadata farther away than any file reaches
@example(at=130, value=255)
def test_a_file_with_a_wrong_byte_is_read_or_refused(
    city_file: bytes, tmp_path_factory: pytest.TempPathFactory, at: int, value: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "wrong.pmtiles"
    file.write_bytes(city_file[:at] + bytes([value]) + city_file[at + 1 :])
    with suppress(BaseMapUnreadable):
        read_base_map(file)


@pytest.mark.parametrize("said", [{"vector_layers": 5}, {"vector_layers": [5, {}]}, []])
def test_metadata_of_another_shape_are_no_schema(tmp_path: Path, said: object) -> None:
    file = tmp_path / "city.pmtiles"
    content = json.dumps(said).encode()
    head = HEADER.pack(b"PMTiles", 3, 127, 0, 127, len(content), *[0] * 8, 1, 1, 1, 0, 14, *[0] * 4)
    file.write_bytes(head.ljust(127, b"\0") + content)
    assert "schema of Protomaps" in reason(file)


def test_tiles_that_no_browser_draws_are_refused(tmp_path: Path) -> None:
    unknown = pmtiles(tmp_path / "a.pmtiles", TileType.UNKNOWN, lambda tile: png(str(tile)))
    assert "neither images nor vector tiles" in reason(unknown)
    packed = pmtiles(
        tmp_path / "b.pmtiles",
        TileType.MVT,
        lambda tile: png(str(tile)),
        tile_compression=Compression.ZSTD,
        layers=LAYERS,
    )
    assert "browsers cannot unpack" in reason(packed)


def test_a_file_that_is_not_there_is_missing(tmp_path: Path) -> None:
    for path in (None, tmp_path / "nothing.pmtiles", tmp_path):
        with pytest.raises(BaseMapMissing):
            read_base_map(path)
