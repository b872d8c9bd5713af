"""Answers that many ask for: packed for whoever can unpack, and not sent twice."""

import gzip

import httpx
import pytest

LAYER = "/api/layers/boundary.geojson"


@pytest.mark.parametrize("address", [LAYER, "/api/board", "/api/damage-reports"])
def test_an_answer_is_packed_for_whoever_can_unpack(operator: httpx.Client, address: str) -> None:
    plain = operator.get(address, headers={"Accept-Encoding": "identity"})
    with operator.stream("GET", address, headers={"Accept-Encoding": "gzip, br"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert "content-encoding" not in plain.headers
    assert (packed.headers["content-encoding"], packed.headers["vary"]) == (
        "gzip",
        "Accept-Encoding",
    )
    assert gzip.decompress(raw) == plain.content
    assert len(raw) < len(plain.content) / 2
    assert packed.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize("refused", ["identity", "br", ""])
def test_nothing_is_packed_for_whoever_cannot(operator: httpx.Client, refused: str) -> None:
    answer = operator.get(LAYER, headers={"Accept-Encoding": refused})
    assert "content-encoding" not in answer.headers
