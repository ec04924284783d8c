"""Processes that belong together: started one after another, watched, and stopped together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from types import FrameType

TICK = 0.05
PATIENCE = 15.0


class AskedToStop(Exception):
    """Somebody pressed Ctrl-C or sent SIGTERM."""


class Failed(Exception):
    """A part could not do its work, or ended by itself; the message says which."""


class Household:
    """Every part runs in a session of its own, so that Ctrl-C reaches only the one who stops them in order,
    and so that what a part has started itself can be ended with it."""

    def __init__(self) -> None:
        self.parts: list[tuple[str, subprocess.Popen[bytes]]] = []
        self.asked = False

    def ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        """The signal handler. It only takes a note: raising here could lose a process just being started."""
        self.asked = True

    def start(self, name: str, module: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start `python -m module …` and keep it as `name`."""
        command = [sys.executable, "-m", module, *arguments]
        part = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
        self.parts.append((name, part))
        return part

    def finish(self, name: str, module: str, *arguments: str) -> None:
        """Start it and wait for its end; raises Failed unless it ended well."""
        part = self.start(name, module, *arguments)
        while part.poll() is None:
            self._tick()
        self.parts.remove((name, part))
        if part.returncode:
            raise Failed(f"{name} failed.")

    def pause(self) -> None:
        """Wait a moment; raises AskedToStop, or Failed when a part has ended by itself."""
        self._tick()
        for name, part in self.parts:
            if part.poll() is not None:
                raise Failed(f"the {name} stopped by itself (exit code {part.returncode}).")

    def watch(self) -> None:
        """Wait until somebody asks to stop or a part ends."""
        while True:
            self.pause()

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask every part to stop, the last one started first, and end after `patience` seconds what is left.

        It asks every other second again: what is still starting may miss it.
        """
        end, again = time.monotonic() + patience, 0.0
        while self._left() and time.monotonic() < end:
            if time.monotonic() >= again:
                again = time.monotonic() + 2
                for _name, part in reversed(self._left()):
                    part.send_signal(signal.SIGTERM)
            time.sleep(TICK)
        for _name, part in self.parts:
            with suppress(ProcessLookupError):
                os.killpg(part.pid, signal.SIGKILL)
            part.wait()

    def _left(self) -> list[tuple[str, subprocess.Popen[bytes]]]:
        return [(name, part) for name, part in self.parts if part.poll() is None]

    def _tick(self) -> None:
        if self.asked:
            raise AskedToStop
        time.sleep(TICK)
