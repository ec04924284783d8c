"""The demonstration on one machine: prepares it, starts web server and worker, and stops them together.

`bin/demo` calls it after it has installed the packages and built the front end. `--empty` starts a house of
its own with nobody in it, and prints the link by which the first person sets it up.
"""

import os
import signal
import socket
import sys
import time
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from zlib import crc32

import django
import environ
from django.core.management import CommandError, call_command

from config.household import AskedToStop, Failed, Household

ROOT = Path(__file__).resolve().parent.parent
ANYWHERE = {"0.0.0.0", "::"}
# More threads than twice the cores would only wait for one another.
SERVER = (
    "granian", "config.wsgi:application", "--interface", "wsgi", "--no-ws", "--log-level", "warning",
    "--workers", "1", "--blocking-threads", "4",
)  # fmt: skip


def main() -> int:
    """Run until somebody asks to stop (0) or a part fails or ends by itself (1)."""
    empty = "--empty" in sys.argv[1:]
    host, port = _settle_environment(empty)
    household = Household()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, household.ask_to_stop)
    try:
        _refuse_taken(host, port)
        household.finish("preparing the database", "config.demonstration", "prepare")
        household.start("web server", *SERVER, "--host", host, "--port", port)
        _wait_until_it_answers(household, _near(host), int(port))
        household.start("worker", "manage", "worker")
        _say(f"\nHouqin 后勤管家  {os.environ['SITE_URL']}")
        if empty:
            household.finish("looking for who lives here", "config.demonstration", "invite")
        _say(f"Ctrl-C stops it; the data stays in {os.environ['DATA_DIR']}.\n")
        household.watch()
    except AskedToStop:
        _say("\nStopping …")
        return 0
    except Failed as failed:
        _say(f"bin/demo: {failed}")
    finally:
        household.stop()
    return 1


def prepare() -> None:
    """Bring database, catalogue and static files up to date, in one process because each start of Python
    costs half a second. `load_demo` leaves a database alone that holds something."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("compile_translations", verbosity=0)
    _collect_static(Path(os.environ["DATA_DIR"]) / "static" / ".collected")
    if os.environ["HOUQIN_DEMO"] == "1":
        call_command("load_demo")
    call_command("reindex", "--if-empty", verbosity=0)
    call_command("refresh_figures")
    if os.environ["HOUQIN_DEMO"] == "1":
        call_command("demo_accounts")


def invite() -> None:
    """Print the link that opens a house in which nobody lives yet; in any other, say how to go on."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    try:
        _say("Nobody lives here yet. This link opens the set-up, once and within seven days:")
        call_command("setup_link")
    except CommandError:
        _say(
            "… but somebody does: sign in, or manage.py setup_link --user NUMBER gives a new password."
        )


def _settle_environment(empty: bool) -> tuple[str, str]:
    """Fill in what neither the environment nor `.env` says; return where to listen. An empty house keeps its
    data beside those of the demonstration."""
    environ.Env.read_env(ROOT / ".env", overwrite=False)
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    os.environ.setdefault("DATA_DIR", str(ROOT / "data" / "empty" if empty else ROOT / "data"))
    os.environ.setdefault("SITE_URL", f"http://{_near(host)}:{port}")
    os.environ["HOUQIN_DEMO"] = "0" if empty else "1"
    return host, port


def _near(host: str) -> str:
    """Listening on every address is heard on this one."""
    return "127.0.0.1" if host in ANYWHERE else host


def _refuse_taken(host: str, port: str) -> None:
    try:
        family, _type, _proto, _name, address = socket.getaddrinfo(
            host, int(port), type=socket.SOCK_STREAM
        )[0]
        with socket.socket(family) as door:
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
    except (OSError, ValueError, OverflowError) as error:
        raise Failed(
            f"cannot listen on {host}:{port} ({error}). Another port: PORT=8001 bin/demo"
        ) from error


def _wait_until_it_answers(
    household: Household, host: str, port: int, *, seconds: float = 60
) -> None:
    end = time.monotonic() + seconds
    while not _answers(host, port):
        household.pause()
        if time.monotonic() > end:
            raise Failed("the web server does not answer /healthz; its log is above.")


def _answers(host: str, port: int) -> bool:
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _collect_static(stamp: Path) -> None:
    """WhiteNoise serves files under names that carry their content; only a new build makes new ones."""
    sources = (ROOT / "requirements/base.txt", ROOT / "frontend/dist/.vite/manifest.json")
    built = str(crc32(b"".join(path.read_bytes() for path in sources)))
    if not stamp.exists() or stamp.read_text() != built:
        call_command("collectstatic", interactive=False, verbosity=0)
        stamp.write_text(built)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:] == ["prepare"]:
        prepare()
    elif sys.argv[1:] == ["invite"]:
        invite()
    else:
        sys.exit(main())
