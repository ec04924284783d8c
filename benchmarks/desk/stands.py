"""The servers of one run: this commit alone, or beside it an earlier one on a copy of the same rows."""

from __future__ import annotations

import argparse
import shutil
import subprocess
from pathlib import Path

from benchmarks.desk import ROOT
from benchmarks.desk.server import Server


def stands(asked: argparse.Namespace) -> list[Server]:
    """The servers to ask, the earlier commit first."""
    data = asked.data.resolve()
    if not asked.compare:
        return [Server("now", ROOT, asked.port, made(data), asked.database)]
    before = Server(
        "before", clone(asked.compare, data), asked.port, made(data / "before"), asked.database
    )
    before.prepare(asked.requests)
    if asked.database:
        database = copied_database(asked.database)
    else:
        database = ""
        shutil.rmtree(data / "now", ignore_errors=True)
        shutil.copytree(data / "before", data / "now")
    return [before, Server("now", ROOT, asked.port + 1, made(data / "now"), database)]


def made(directory: Path) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def clone(commit: str, data: Path) -> Path:
    """A clone at `commit`, with the packages and the built front end of this one."""
    place = data / "clone"
    if not place.exists():
        subprocess.run(["git", "clone", "-q", str(ROOT), str(place)], check=True)
    subprocess.run(["git", "fetch", "-q", "origin"], cwd=place, check=True)
    subprocess.run(["git", "checkout", "-q", commit], cwd=place, check=True)
    shutil.copytree(ROOT / "frontend" / "dist", place / "frontend" / "dist", dirs_exist_ok=True)
    return place


def copied_database(url: str) -> str:
    """A copy of a PostgreSQL database beside it; what a former run left of it goes."""
    name = url.rpartition("/")[2]
    server, copy = url.removesuffix(name), f"{name}_now"
    for statement in (
        f'DROP DATABASE IF EXISTS "{copy}"',
        f'CREATE DATABASE "{copy}" TEMPLATE "{name}"',
    ):
        subprocess.run(["psql", "-q", f"{server}postgres", "-c", statement], check=True)
    return server + copy
