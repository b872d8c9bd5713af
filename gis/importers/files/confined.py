"""Readers that are not Python, run where neither their hunger nor their crash is ours.

A workbook of a few bytes can claim a cell in its last row and column, and a file of places can be
wrong in ways nobody has thought of. So these readers run in a process of their own, with as much
memory and time as any real list needs. They see a folder with our copies, under names of ours.
"""

import json
import resource
import sys
from collections.abc import Mapping
from pathlib import Path
from subprocess import DEVNULL, PIPE, Popen, TimeoutExpired
from tempfile import TemporaryDirectory
from typing import Any

from gis.importers.errors import BrokenFile, ReadingTooCostly

MEMORY_BYTES_MOST = 3 << 30
SECONDS_MOST = 120

_NATIVE = Path(__file__).parent / "native"

_ENVIRONMENT = {
    # Drivers that take a file for a list of other files, or ask the network.
    "GDAL_SKIP": "OGR_VRT,VRT,GDALG,GTI,WMS,WCS,WFS,OAPIF,OGCAPI,CSW,HTTP,EEDA,PLSCENES",
    "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
    "PROJ_NETWORK": "OFF",
    # A zipped shapefile without its index is whole all the same.
    "SHAPE_RESTORE_SHX": "YES",
    # Each thread would claim address space, of which there is a bound.
    "OPENBLAS_NUM_THREADS": "1",
}


def confined(script: str, files: Mapping[str, bytes]) -> Any:  # noqa: ANN401 - JSON
    """Return what a script of ``native/`` says about some files, as JSON has it.

    Parameters
    ----------
    script
        Its name. It gets the folder of the files as a line on its standard input.
    files
        What to put into that folder, by names of ours.

    Raises
    ------
    BrokenFile
        The script could not read them.
    ReadingTooCostly
        It did not come to an end within the bounds.
    """
    with TemporaryDirectory(prefix="hq-") as folder:
        for name, content in files.items():
            (Path(folder) / name).write_bytes(content)
        return json.loads(_answer(script, folder))


def _answer(script: str, folder: str) -> bytes:
    command = [sys.executable, "-I", str(_NATIVE / f"{script}.py")]
    with Popen(  # noqa: S603 - our own script; what is foreign are the files in the folder
        command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, cwd=folder, env=_ENVIRONMENT
    ) as process:
        _bound_memory(process.pid)  # it still waits for its folder
        try:
            answer, _ = process.communicate(folder.encode(), timeout=SECONDS_MOST)
        except TimeoutExpired as error:
            process.kill()
            raise ReadingTooCostly from error
    if process.returncode < 0:
        raise ReadingTooCostly
    if process.returncode:
        raise BrokenFile
    return answer


def _bound_memory(process_id: int) -> None:
    _, allowed = resource.prlimit(process_id, resource.RLIMIT_AS)
    # Whoever runs the server may have set a narrower bound, which nobody here may widen.
    is_narrower = allowed != resource.RLIM_INFINITY and allowed < MEMORY_BYTES_MOST
    most = allowed if is_narrower else MEMORY_BYTES_MOST
    resource.prlimit(process_id, resource.RLIMIT_AS, (most, most))
