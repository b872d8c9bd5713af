"""Filing damage reports: what arrives at the same time is kept with one commit.

A commit waits for the disk as long for a hundred reports as for one, and as each commit announces a
change, the store lets one after the other wait. Nobody is answered before the commit.
"""

from asyncio import Lock
from collections.abc import Sequence
from dataclasses import dataclass

from anyio import to_thread

from dashboard.workspaces import current_desk
from gis.errors import Refused, StoreUnavailable
from gis.operations import Filed
from gis.operations.damage_reports import NewDamageReport, file_together
from gis.store import Actor, act_as

TOGETHER_MOST = 100
"""So many are kept with one commit; who comes after them does not wait for all the world."""


@dataclass
class _Sent:
    """A report that somebody waits to hear of."""

    actor: Actor
    report: NewDamageReport
    became: Filed | Exception | None = None


class Filing:
    """Takes reports in the order in which they come: one transaction at a time, on one thread.

    However many devices come back into reach at once, those that wait hold neither a thread nor a
    connection.
    """

    def __init__(self) -> None:
        self._waiting: list[_Sent] = []
        self._turn = Lock()

    async def file(self, actor: Actor, report: NewDamageReport) -> Filed:
        """File a report; whoever's turn it is files all that have come in by then.

        Raises
        ------
        gis.errors.Refused
            As :func:`gis.operations.damage_reports.file_damage_report`, and the store's own.
        """
        sent = _Sent(actor, report)
        self._waiting.append(sent)
        async with self._turn:
            while sent.became is None:
                # Nobody is taken off before they have their answer: whoever files for others may
                # be called off in the middle, and then the next one does.
                self._waiting = [one for one in self._waiting if one.became is None]
                await to_thread.run_sync(_file_all, self._waiting[:TOGETHER_MOST])
        if isinstance(sent.became, Filed):
            return sent.became
        raise sent.became


def _file_all(turn: Sequence[_Sent]) -> None:
    """File reports together; where the store refuses one of them, each by itself."""
    try:
        became = _file_together(turn)
    except Exception as fault:  # noqa: BLE001 - each of those who wait must hear of it
        if len(turn) > 1 and not isinstance(fault, StoreUnavailable):
            for sent in turn:
                _file_all([sent])
            return
        became = [fault] * len(turn)
    for sent, outcome in zip(turn, became, strict=True):
        sent.became = outcome


def _file_together(turn: Sequence[_Sent]) -> Sequence[Filed | Exception]:
    """File what each sender sent with one statement, and all of it with one commit."""
    became: dict[int, Filed | Refused] = {}
    with current_desk().transaction(turn[0].actor, "damage_reports") as session:
        for actor in {sent.actor: None for sent in turn}:
            act_as(session, actor)
            theirs = [number for number, sent in enumerate(turn) if sent.actor == actor]
            filed = file_together(session, [turn[number].report for number in theirs])
            became |= zip(theirs, filed, strict=True)
    return [became[number] for number in range(len(turn))]
