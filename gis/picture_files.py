"""Pictures as files beside the database, each under the hash of its content.

A picture is written before the row that names it, so that no row names what is not there; what no
row names does no harm. The same content is one file, however often it comes.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

import fsspec
from fsspec.implementations.local import LocalFileSystem

from gis.config import Settings, settings
from gis.errors import PictureMissing, PicturesUnavailable, Refused
from gis.folders import state_folder

ENDING = ".jpeg"
PRIVATE = 0o700
"""For the account of the server alone: pictures show people."""
PATIENCE = {"connect_timeout": 5, "read_timeout": 20, "retries": {"max_attempts": 2}}


class PictureFiles:
    """A place for pictures that fsspec reaches: a folder, or a bucket that speaks S3."""

    def __init__(self, url: str, **options: Any) -> None:  # noqa: ANN401 - whatever the store takes
        self._files, self._root = fsspec.url_to_fs(url, **options)

    def keep(self, content: bytes) -> str:
        """Keep a picture and return the SHA-256 of its content, in hexadecimal digits.

        Once it returns, the picture outlives a power cut.

        Raises
        ------
        gis.errors.PicturesUnavailable
            It cannot be written: the disk is full, the store does not answer.
        """
        content_hash = hashlib.sha256(content).hexdigest()
        with _explained():
            if isinstance(self._files, LocalFileSystem):
                _write_durably(Path(self.path(content_hash)), content)
            elif not self._files.exists(self.path(content_hash)):
                # Of an object in a bucket nobody sees a half.
                self._files.pipe_file(self.path(content_hash), content)
        return content_hash

    def read(self, content_hash: str) -> bytes:
        """Return a picture.

        Raises
        ------
        gis.errors.PictureMissing
            There is none of that content: somebody removed it, or a backup was incomplete.
        gis.errors.PicturesUnavailable
            It cannot be read.
        """
        with _explained():
            try:
                content: bytes = self._files.cat_file(self.path(content_hash))
            except FileNotFoundError as fault:
                raise PictureMissing from fault
        return content

    def path(self, content_hash: str) -> str:
        """Return where a picture stands: 256 folders, so that none grows beyond measure."""
        return f"{self._root}/{content_hash[:2]}/{content_hash[2:]}{ENDING}"


def picture_files() -> PictureFiles:
    """Return where this process keeps pictures, as its settings say."""
    return _of(settings(), state_folder())


@lru_cache(maxsize=4)
def _of(wanted: Settings, state: Path) -> PictureFiles:
    url = wanted.photographs or str(state / "photographs")
    return PictureFiles(url, **(_s3(wanted) if url.startswith("s3://") else {}))


def _s3(wanted: Settings) -> dict[str, Any]:
    """Return how a bucket is reached; without a key of ours as the machine's own settings say."""
    secret = wanted.photographs_secret
    return {
        "endpoint_url": wanted.photographs_endpoint,
        "key": wanted.photographs_key,
        "secret": secret.get_secret_value() if secret else None,
        "config_kwargs": PATIENCE,
        # Another process may have put there what this one did not find a moment ago.
        "use_listings_cache": False,
    }


def _write_durably(path: Path, content: bytes) -> None:
    """Write a file under another name and rename it, so that nobody ever finds a half."""
    path.parent.parent.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    path.parent.mkdir(mode=PRIVATE, exist_ok=True)
    if not path.exists():
        unfinished = path.with_name(f"{uuid4()}.part")
        try:
            with unfinished.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    # Somebody else may have written it a moment ago, and its name not yet be on the disk.
    for folder in (path.parent, path.parent.parent):
        _settle(folder)


def _settle(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except Refused:
        raise
    except Exception as fault:  # each kind of store raises what its own library raises
        raise PicturesUnavailable from fault
