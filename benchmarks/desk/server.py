"""The product in production settings with two web workers, and what its processes and its database's take."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

WORKERS, THREADS = 2, 4
GRANIAN = (
    "-m granian config.wsgi:application --interface wsgi --no-ws"
    f" --workers {WORKERS} --blocking-threads {THREADS}"
)


@dataclass
class Server:
    """One commit, whose clone is at `root`, on one database."""

    name: str
    root: Path
    port: int
    data: Path
    database: str  # a URL, or "" for SQLite in `data`
    process: subprocess.Popen[bytes] | None = None
    wanted: dict[str, Any] = field(default_factory=dict)  # what `prepare` printed

    @property
    def environment(self) -> dict[str, str]:
        kept = {
            "DATA_DIR": str(self.data),
            "HOUQIN_ENV": "production",
            "SECRET_KEY": "the-benchmark-has-a-long-key-that-nobody-else-uses-0123456789",
            "ALLOWED_HOSTS": "localhost",
            "SITE_URL": "https://localhost",
            "LOG_LEVEL": "ERROR",
            "EMAIL_URL": "dummymail://",
            "API_REQUESTS_PER_MINUTE": "1000000",
        }
        if self.database:
            kept["DATABASE_URL"] = self.database
        return {**os.environ, **kept}

    def prepare(self, requests: int) -> None:
        command = [sys.executable, "-m", "benchmarks.desk.prepare", str(requests)]
        ended = subprocess.run(
            command, cwd=self.root, env=self.environment, check=True, stdout=subprocess.PIPE
        )
        self.wanted = json.loads(ended.stdout.splitlines()[-1])

    def start(self) -> None:
        command = [sys.executable, *GRANIAN.split(), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [*command, "--log-level", "error"], cwd=self.root, env=self.environment
        )
        for _try in range(300):
            time.sleep(0.1)
            if self.answers():
                return
        raise SystemExit(f"{self.name}: the server does not answer")

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            return connection.getresponse().status == 200
        except OSError:
            return False
        finally:
            connection.close()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()

    def web(self) -> list[int]:
        assert self.process is not None
        return family(self.process.pid)

    def spent(self) -> tuple[float, float]:
        """Milliseconds of processor time until now: of the web processes, of the database's."""
        return sum(map(milliseconds, self.web())), database_spent() if self.database else 0

    def memory(self) -> float:
        """Proportional memory of the web processes, MB."""
        return sum(map(proportional, self.web())) / 1000


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(each for child in children for each in family(int(child)))]


def database_spent() -> float:
    """What PostgreSQL has taken on this machine, where nobody else may ask it. Processes that scan for a
    query end with it."""
    named = subprocess.run(
        ["pgrep", "-o", "-x", "postgres"], capture_output=True, text=True, check=True
    )
    first = int(named.stdout)
    return of_ended_children(first) + sum(map(milliseconds, family(first)))


def milliseconds(pid: int) -> float:
    """Processor time of a process, of threads that have ended too; 0 where it has ended itself."""
    try:
        return (
            time.clock_gettime(~pid << 3 | 2) * 1000
        )  # the clock of that process, clock_getcpuclockid(3)
    except OSError:
        return 0


def of_ended_children(pid: int) -> float:
    """Milliseconds that the children of a process took of which it has seen the end."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) * 1000 / os.sysconf("SC_CLK_TCK")


def proportional(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
