"""Commands run as a person runs them."""

import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from gis.store import Workspace
from tests.conftest import PROJECT
from tests.gis.conftest import ask as ask  # noqa: PLC0414 - a fixture to share

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(workspace: Workspace) -> Run:
    """Run a command on the test's own store, in English."""

    def command(
        name: str, *arguments: object, **settings: str
    ) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {
            "HQ_DATABASE_URL": workspace.database_url,
            "HQ_LANGUAGE": "en",
            **settings,
        }
        return subprocess.run(
            [sys.executable, "-m", f"scripts.{name}", *map(str, arguments)],
            cwd=PROJECT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return command
