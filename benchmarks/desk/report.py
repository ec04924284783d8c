"""The figures of one operation, and how they are printed."""

from __future__ import annotations

import platform
import statistics
import subprocess
from dataclasses import dataclass, field
from datetime import datetime

from benchmarks.desk.server import Server
from benchmarks.desk.visitor import Answer


@dataclass
class Figures:
    took: list[float] = field(default_factory=list)  # milliseconds of each request
    at_once: list[float] = field(default_factory=list)  # the same while several ask at once
    size: float = 0  # kB
    web: float = 0  # milliseconds of processor time in all
    database: float = 0

    def add(self, answer: Answer) -> None:
        self.took.append(answer.took)
        self.size = answer.size

    def spend(self, before: tuple[float, float], after: tuple[float, float]) -> None:
        self.web += after[0] - before[0]
        self.database += after[1] - before[1]

    def crowd(self, took: list[float]) -> None:
        self.at_once = took

    @property
    def each(self) -> tuple[float, float]:
        """Milliseconds of processor time for one request: web, database."""
        return self.web / len(self.took), self.database / len(self.took)


def tail(took: list[float]) -> float:
    """The 95th of a hundred."""
    return sorted(took)[max(int(len(took) * 0.95) - 1, 0)]


def line(operation: str, server: str, figures: Figures) -> str:
    web, database = figures.each
    crowd = f"  at once p95 {tail(figures.at_once):7.1f}" if figures.at_once else ""
    return (
        f"{operation:22} {server:9} CPU {web:7.1f} + {database:7.1f} ms"
        f"  p50 {statistics.median(figures.took):7.1f}  p95 {tail(figures.took):7.1f}"
        f"  {figures.size:6.1f} kB{crowd}\n"
    )


def ratio(before: Figures, after: Figures) -> str:
    return f"{'':22} {sum(before.each) / max(sum(after.each), 0.01):.2f} times less\n"


def headline(server: Server) -> str:
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=server.root,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    engine = "postgresql" if server.database else "sqlite"
    return (
        f"{server.name}: {commit}, {engine}, {server.wanted['requests']} requests,"
        f" {datetime.now().astimezone():%Y-%m-%d %H:%M}, Python {platform.python_version()},"
        f" {platform.machine()}\n"
    )
