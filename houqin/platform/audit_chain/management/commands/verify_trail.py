from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from houqin.kernel.errors import Refused
from houqin.kernel.timekeeping import now
from houqin.kernel.trail.models import Event
from houqin.platform.audit_chain.actions import compare_roots
from houqin.platform.audit_chain.checkpoints import read_roots, write_roots
from houqin.platform.audit_chain.messages import problem_words
from houqin.platform.audit_chain.models import Check, Seal
from houqin.platform.audit_chain.verification import ChainProblem, Walk


class Command(BaseCommand):
    help = "Prove that no sealed event was changed, removed or inserted. Writes nothing to the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--against", metavar="FILE", help="roots that were exported before")
        parser.add_argument(
            "--export", metavar="FILE", help="write the roots, to be kept on another machine"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        roots = _roots(options["against"])
        walk = Walk()
        wrong = sum(map(self._tell, _problems(walk, roots)))
        if wrong:
            raise CommandError(f"{wrong} problems. The trail is not what was sealed.")
        self.stdout.write(f"{walk.events} events in {walk.number} seals are as they were sealed.")
        if roots:
            self.stdout.write(f"They fit the roots in {options['against']}.")
        self._tell_the_rest(walk)
        if options["export"]:
            Path(options["export"]).write_text(write_roots(now()), encoding="utf-8")

    def _tell(self, problem: ChainProblem) -> int:
        self.stderr.write(problem_words(problem))
        return 1

    def _tell_the_rest(self, walk: Walk) -> None:
        """What came after the last seal; on a trail without seals that is everything."""
        rest = Event.objects.filter(pk__gt=walk.last or 0).count()
        sealed_at = (
            Seal.objects.filter(number=walk.number).values_list("sealed_at", flat=True).first()
        )
        since = f" since {sealed_at:%Y-%m-%d %H:%M} UTC" if sealed_at else ""
        self.stdout.write(f"{rest} events{since} are not sealed yet.")


def _roots(path: str | None) -> dict[int, str]:
    if path is None:
        return {}
    try:
        return read_roots(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Refused) as error:
        raise CommandError(f"{path}: {error}") from error


def _problems(walk: Walk, roots: Mapping[int, str]) -> Iterator[ChainProblem]:
    """What is wrong with the chain, with roots kept elsewhere, and with what was checked before."""
    yield from walk.go()
    yield from compare_roots(roots)
    for check in Check.objects.broken_off():
        yield ChainProblem("cut", check.upto)
