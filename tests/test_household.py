"""What bin/demo starts it also ends, however it comes to its end."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from config.household import AskedToStop, Failed, Household

SLEEPER = "import time\ntime.sleep(60)\n"
PARENT = "import subprocess, sys\nsubprocess.run([sys.executable, '-m', 'sleeper'])\n"
STUBBORN = (
    "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
    "print(flush=True)\ntime.sleep(60)\n"
)


@pytest.fixture
def household(tmp_path, monkeypatch):
    for name, source in {"sleeper": SLEEPER, "parent": PARENT, "stubborn": STUBBORN}.items():
        (tmp_path / f"{name}.py").write_text(source)
    (tmp_path / "broken.py").write_text("raise SystemExit(3)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    household = Household()
    yield household
    household.stop(patience=0)


def members(group):
    """How many processes are left in a process group, zombies aside."""
    if Path("/proc/self/stat").exists():
        rows = [_state_and_group(each) for each in Path("/proc").glob("[0-9]*/stat")]
    else:  # macOS; a minimal Linux has no ps
        ps = ["ps", "-eo", "stat=,pgid="]
        listed = subprocess.run(ps, capture_output=True, text=True, check=True).stdout
        rows = [row.split() for row in listed.splitlines()]
    return sum(pgid == str(group) and state[0] != "Z" for state, pgid in rows)


def _state_and_group(stat):
    """Of one process; the name before it may contain anything."""
    try:
        state, _parent, group = stat.read_text().rpartition(")")[2].split()[:3]
    except OSError:  # it has ended meanwhile
        return "Z", ""
    return state, group


def test_stopping_ends_every_part_and_what_it_started(household):
    parts = [household.start("one", "sleeper"), household.start("two", "parent")]
    while members(parts[1].pid) < 2:
        time.sleep(0.05)
    household.stop()
    until = time.monotonic() + 5  # what was killed and is nobody's child here may take a moment
    while sum(members(part.pid) for part in parts) and time.monotonic() < until:
        time.sleep(0.05)
    assert [members(part.pid) for part in parts] == [0, 0]


def test_a_part_that_will_not_stop_is_ended(household):
    part = household.start("stubborn", "stubborn")
    time.sleep(0.5)
    household.stop(patience=0.3)
    assert part.returncode == -signal.SIGKILL


def test_a_part_that_ends_by_itself_is_named(household):
    household.start("web server", "sleeper")
    household.start("worker", "broken")
    with pytest.raises(Failed, match=r"the worker stopped by itself \(exit code 3\)"):
        household.watch()


def test_a_step_that_fails_is_named(household):
    with pytest.raises(Failed, match="preparing failed"):
        household.finish("preparing", "broken")


def test_a_signal_stops_the_watch(household):
    household.start("web server", "sleeper")
    before = signal.signal(signal.SIGTERM, household.ask_to_stop)
    try:
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(AskedToStop):
            household.watch()
    finally:
        signal.signal(signal.SIGTERM, before)


def test_a_taken_port_is_refused_with_a_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = str(holder.getsockname()[1])
        command = [sys.executable, "-m", "config.demonstration"]
        asked = os.environ | {"PORT": port, "DATA_DIR": str(tmp_path)}
        ran = subprocess.run(command, env=asked, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert f"cannot listen on 127.0.0.1:{port}" in ran.stdout
    assert list(tmp_path.iterdir()) == []
