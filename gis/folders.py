"""Where this machine keeps what must outlive the program."""

import hashlib
import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def state_folder() -> Path:
    """Return the folder of this project's own database and pictures.

    ``HQ_STATE_FOLDER`` moves it. It is no setting, because the settings take the database's address
    from what lives there. PostgreSQL refuses to run as root, and the account that stands in for it
    cannot reach into every project's folder, hence root's other place.
    """
    if moved := os.environ.get("HQ_STATE_FOLDER"):
        return Path(moved).absolute()
    if os.geteuid() == 0:
        project = hashlib.sha256(bytes(PROJECT)).hexdigest()[:12]
        return Path("/var/lib/disaster-hq", project)
    return PROJECT / ".hq"
