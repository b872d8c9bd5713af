"""Setting up a machine, as far as it can be shown without changing one."""

import sys
from pathlib import Path

import pytest

from scripts import debian, setup
from scripts.debian import newest_offered, packages_for
from scripts.setup import UV, main
from scripts.steps import PROJECT, TroubleError, carry_out, cause

DEBIAN_12 = """\
postgresql-15 - The World's Most Advanced Open Source Relational Database
postgresql-15-postgis-3 - Geographic objects support for PostgreSQL 15
"""
WITH_OTHER_SOURCES = """\
postgresql-14 - the server
postgresql-14-postgis-3 - Geographic objects support for PostgreSQL 14
postgresql-17 - the server
postgresql-17-postgis-3 - Geographic objects support for PostgreSQL 17
postgresql-9 - the server
postgresql-9-postgis-3 - Geographic objects support for PostgreSQL 9
postgresql-18 - the server, and PostGIS for it is still to come
"""
UBUNTU_22 = """\
postgresql-14 - object-relational SQL database, version 14 server
postgresql-14-postgis-3 - Geographic objects support for PostgreSQL 14
"""


@pytest.mark.parametrize(
    ("listing", "version"),
    [(DEBIAN_12, 15), (WITH_OTHER_SOURCES, 17), (UBUNTU_22, None), ("", None)],
)
def test_the_newest_server_that_has_postgis_is_chosen(listing: str, version: int | None) -> None:
    assert newest_offered(listing) == version


@pytest.mark.parametrize(
    ("thing", "offered", "sentence"),
    [
        ("postgresql", UBUNTU_22, "offer no PostgreSQL 15 or newer with PostGIS; use"),
        ("chromium", "", "offer no chromium; .*snap install chromium"),
    ],
)
def test_what_a_distribution_does_not_offer_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, thing: str, offered: str, sentence: str
) -> None:
    monkeypatch.setattr(debian, "_offered", lambda _pattern: offered)
    with pytest.raises(TroubleError, match=sentence):
        packages_for(thing)


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "the disk is full"),
        ("ERROR: Could not install: [Errno 28] No space left on device", "the disk is full"),
        ("W: Temporary failure resolving 'deb.example'", "the network cannot be reached"),
        ("npm error code ENOTFOUND", "the network cannot be reached"),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend.", "another program is installing"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "a download is not the file"),
        ("first line\n\nE: Something new.\n\n", "E: Something new"),
        ("", "it said nothing"),
    ],
)
def test_the_cause_of_a_failure_is_named_with_what_to_do(output: str, sentence: str) -> None:
    assert cause(output).startswith(sentence)


def test_a_failed_step_is_one_sentence() -> None:
    with pytest.raises(TroubleError, match=r"^Baking failed: the oven is cold\.$"):
        carry_out("Baking", ["sh", "-c", "echo the oven is cold.; exit 3"])


def test_a_program_that_is_not_there_is_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(setup, "check_python", lambda _: carry_out("Baking", ["/no/oven"]))
    assert main(["run"]) == 1
    assert "/no/oven" in capsys.readouterr().err


def test_an_old_python_is_refused_before_anything_is_done(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    assert main(["run"]) == 1
    assert "3.11 or newer is needed" in capsys.readouterr().err


def test_what_serves_the_tests_serves_a_run_but_not_the_other_way(tmp_path: Path) -> None:
    locks = {"run": tmp_path / "run.txt", "test": tmp_path / "test.txt"}
    for name, lock in locks.items():
        lock.write_text(name)
    setup.stamp(tmp_path, "test", locks)
    assert all(setup.is_stamped(tmp_path, name, lock) for name, lock in locks.items())
    setup.stamp(tmp_path, "run", locks)
    assert not setup.is_stamped(tmp_path, "test", locks["test"])


def test_a_changed_lock_is_installed_again(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("one==1")
    setup.stamp(tmp_path, "run", {"run": lock})
    lock.write_text("one==2")
    assert not setup.is_stamped(tmp_path, "run", lock)


def test_the_installer_of_the_tests_is_taken_from_their_lock_with_its_hashes() -> None:
    pin = UV.search((PROJECT / "tests" / "requirements.txt").read_text(encoding="utf-8"))
    assert pin
    first, *hashes = pin[0].splitlines()
    assert first.startswith("uv==")
    assert any("--hash=sha256:" in line for line in hashes)
    assert all(line.startswith(" ") for line in hashes)
    assert UV.search((PROJECT / "requirements.txt").read_text(encoding="utf-8")) is None


def test_the_lock_of_the_tests_contains_the_other_one_pin_by_pin() -> None:
    def pins(lock: str) -> set[str]:
        lines = (PROJECT / lock).read_text().splitlines()
        return {line.removesuffix(" \\") for line in lines if "==" in line and line[0] not in " #"}

    assert pins("requirements.txt") <= pins("tests/requirements.txt")


@pytest.mark.parametrize("lock", ["requirements.txt", "tests/requirements.txt"])
def test_a_lock_names_no_place_to_download_from(lock: str) -> None:
    assert "://" not in (PROJECT / lock).read_text()
