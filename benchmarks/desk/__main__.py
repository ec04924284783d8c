"""What pages and steps cost over HTTP among very many requests, in production settings with two web workers.

    bin/bench desk [--requests 100000] [--rounds 30] [--clients 8] [--only queue,card] [--compare COMMIT]
                   [--database postgres://…/houqin_bench] [--data DIRECTORY]

Milliseconds of processor time are those of the operating system. The database is filled the first time and
kept; with --compare the commit's own loader fills it, a copy is brought up to date, both are asked in turn.
"""

from __future__ import annotations

import argparse
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.desk.operations import OPERATIONS, Operation
from benchmarks.desk.report import Figures, headline, line, ratio
from benchmarks.desk.stands import stands
from benchmarks.desk.visitor import Visitor

TURNS = 3  # each server is asked so often in turn
WARM = 5  # rounds of each before it is measured


def main() -> None:
    asked = arguments()
    chosen = [each for each in OPERATIONS if is_chosen(each, asked.only)]
    servers = stands(asked)
    out = sys.stdout.write
    try:
        for server in servers:
            server.prepare(asked.requests)
            server.start()
            out(headline(server))
        visitors = [Visitor(server) for server in servers]
        for operation in chosen:
            measured = measure(operation, visitors, rounds=asked.rounds, clients=asked.clients)
            for server, figures in zip(servers, measured, strict=True):
                out(line(operation.name, server.name, figures))
            if len(measured) > 1:
                out(ratio(*measured))
        for server in servers:
            out(f"{server.name}: {server.memory():.0f} MB in all web processes\n")
    finally:
        for server in servers:
            server.stop()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench desk", description=__doc__)
    parser.add_argument("--requests", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--only", default="", help="beginnings of operations, comma separated")
    parser.add_argument("--compare", default="", metavar="COMMIT")
    parser.add_argument("--database", default="", help="of PostgreSQL; else SQLite in --data")
    parser.add_argument("--data", type=Path, default=Path("data/bench"))
    parser.add_argument("--port", type=int, default=8200)
    return parser.parse_args(sys.argv[1:])


def is_chosen(operation: Operation, only: str) -> bool:
    return not only or any(operation.name.startswith(begin) for begin in only.split(","))


def measure(
    operation: Operation, visitors: list[Visitor], *, rounds: int, clients: int
) -> list[Figures]:
    """One at a time, the servers in turn; then, for what only reads, by several at once."""
    measured = [Figures() for _visitor in visitors]
    for visitor in visitors:
        for nth in range(rounds, rounds + WARM):
            visitor.ask(operation, nth)
    for turn in range(TURNS):
        for visitor, figures in zip(visitors, measured, strict=True):
            before = visitor.server.spent()
            for nth in range(turn, rounds, TURNS):
                figures.add(visitor.ask(operation, nth))
            figures.spend(before, visitor.server.spent())
    if clients > 1 and operation.repeats:
        for visitor, figures in zip(visitors, measured, strict=True):
            figures.crowd(at_once(operation, visitor, rounds=rounds, clients=clients))
    return measured


def at_once(operation: Operation, visitor: Visitor, *, rounds: int, clients: int) -> list[float]:
    """The milliseconds that each of `rounds` requests took while `clients` asked at once."""

    def ask(share: int) -> list[float]:
        own = Visitor(visitor.server)
        return [own.ask(operation, nth).took for nth in range(share, rounds, clients)]

    with ThreadPoolExecutor(clients) as pool:
        return [took for share in pool.map(ask, range(clients)) for took in share]


if __name__ == "__main__":
    main()
