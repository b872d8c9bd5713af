import pytest

from dashboard.components.plain import plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("鶴嶺小学校（体育館）", "鶴嶺小学校（体育館）"),
        ("![](//elsewhere/x.png)", r"\!\[\]\(\/\/elsewhere\/x\.png\)"),
        ("**太字** $x$", r"\*\*太字\*\* \$x\$"),
        ("一行目\n# 二行目", r"一行目 \# 二行目"),
    ],
)
def test_what_others_wrote_is_no_markup(written: str, shown: str) -> None:
    assert plain(written) == shown
