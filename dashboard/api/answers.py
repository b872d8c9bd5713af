"""Answers that many ask for again and again: with ETag, and packed for whoever can unpack."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property

from fastapi import Request, Response

WORTH_PACKING_BYTES = 1024
LEVEL = 5
"""Half of the time that the highest level takes, for a few per cent more."""


@dataclass(frozen=True)
class Answer:
    """What is told to whoever asks; it may be kept in mind for as long as it holds."""

    content: bytes
    media_type: str = "application/json"
    level: int = LEVEL
    """How hard gzip tries."""

    @cached_property
    def etag(self) -> str:
        """The name of this content; weak, for packed and unpacked it is the same."""
        return f'W/"{hashlib.blake2b(self.content, digest_size=16).hexdigest()}"'

    @cached_property
    def packed(self) -> bytes:
        """The content as gzip packs it: once, where the server would do it for each who asks."""
        return gzip.compress(self.content, self.level, mtime=0)


def of_json(value: object, media_type: str = "application/json") -> Answer:
    """Return the answer that tells a value."""
    return Answer(json.dumps(value, ensure_ascii=False).encode(), media_type)


def respond(answer: Answer, request: Request) -> Response:
    """Return an answer, or 304 to whoever has it."""
    headers = {
        "ETag": answer.etag,
        # It may be kept, but is asked for again each time: nobody must be shown yesterday.
        "Cache-Control": "private, no-cache",
        "Vary": "Accept-Encoding",
    }
    if answer.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    content = answer.content
    if len(content) >= WORTH_PACKING_BYTES and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"], content = "gzip", answer.packed
    return Response(content, media_type=answer.media_type, headers=headers)
