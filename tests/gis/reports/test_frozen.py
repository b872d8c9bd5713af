"""A summary that was written down reads back as the same one."""

from dataclasses import replace

from hypothesis import given, settings
from pydantic import TypeAdapter

from gis.reports import SituationSummary
from tests.gis.reports.made import summary_of_noon
from tests.gis.reports.situations import summaries

ADAPTER = TypeAdapter(SituationSummary)
NEW = ("closures", "landslides", "sender")


def finite(summary: SituationSummary) -> SituationSummary:
    """JSON has no infinity: a shelter that takes nobody has no share when it is read back."""
    lines = (
        replace(line, share=None) if line.share == float("inf") else line
        for line in summary.shelters
    )
    return replace(summary, shelters=tuple(lines))


@settings(max_examples=40, deadline=None)
@given(summary=summaries)
def test_a_summary_survives_being_written_down(summary: SituationSummary) -> None:
    read = ADAPTER.validate_json(ADAPTER.dump_json(summary))
    assert read == finite(summary)


def test_one_that_was_written_down_before_knows_less_and_can_still_be_read() -> None:
    told = ADAPTER.dump_python(summary_of_noon(), mode="json")
    older = {name: value for name, value in told.items() if name not in NEW}
    read = ADAPTER.validate_python(older, strict=False)
    assert (read.closures, read.landslides, read.sender.email) == ((), (), None)
