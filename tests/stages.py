"""Stages: what many tests begin with, made once for all that follow one another and ask for the same.

A stage is rows inside a transaction that stays open from test to test. Each test runs in a savepoint of it
and gets its own copy of the objects, so nothing that one does is there for the next. One stage may stand on
another. Tests with real transactions (races, the live server) share nothing: for them it is built each time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from typing import Any

import pytest
from django.db import connection, transaction
from pytest_django.plugin import blocking_manager_key

OWN = pytest.StashKey[dict["Stage", Any]]()


class Stage:
    """`build` makes the rows and returns what tests call them by; it is given what the stage below (`on`) is
    called by. `during` of the lowest stage is entered around the building and around each test."""

    def __init__(
        self,
        build: Callable[..., Any],
        *,
        on: Stage | None = None,
        during: Callable[[], AbstractContextManager[Any]] = nullcontext,
    ):
        self.build, self.on, self.during = build, on, during

    def chain(self) -> list[Stage]:
        """From the ground up to this one."""
        return [*(self.on.chain() if self.on else []), self]

    def made(self, worlds: dict[Stage, Any]) -> Any:
        """What it is in `worlds`, built there if it is not yet."""
        if self not in worlds:
            below = [self.on.made(worlds)] if self.on else []
            with self.chain()[0].during():
                worlds[self] = self.build(*below)
        return worlds[self]

    def fixture(self, name: str) -> Any:
        """The fixture by which tests ask for this stage."""

        def ask(request, db):
            with self.chain()[0].during():
                yield self.made(request.node.stash.setdefault(OWN, {}))

        ask.stage = self  # type: ignore[attr-defined]
        return pytest.fixture(name=name)(ask)


class Standing:
    """The stages that stand in this process now, and how to take each down."""

    def __init__(self) -> None:
        self.worlds: dict[Stage, Any] = {}
        self.open: list[transaction.Atomic] = []

    def keep(self, chain: list[Stage]) -> None:
        """Take down what is not part of `chain`."""
        while self.open and list(self.worlds) != chain[: len(self.worlds)]:
            self._close()
            self.worlds.popitem()

    def _close(self) -> None:
        transaction.set_rollback(True)
        self.open.pop().__exit__(None, None, None)

    def raise_to(self, chain: list[Stage]) -> dict[Stage, Any]:
        """Build what is missing of `chain`; a copy of all of it for one test."""
        for stage in chain[len(self.worlds) :]:
            self.open.append(transaction.atomic())
            self.open[-1].__enter__()
            try:
                stage.made(self.worlds)
            except BaseException:
                self._close()
                raise
        return dict(zip(chain, deepcopy([self.worlds[each] for each in chain]), strict=True))


STANDING = Standing()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database", action="store_true", help="only the tests that touch the database"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A second engine can make no difference to what touches no database; to what commits it always can.
    What takes long begins first."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    for item in items:
        if _is_transactional(item):
            item.add_marker("engine")
    if config.getoption("--database"):
        config.hook.pytest_deselected(
            items=[each for each in items if not _touches_the_database(each)]
        )
        items[:] = [each for each in items if _touches_the_database(each)]


def pytest_runtest_setup(item: Any) -> None:
    """Before anything is set up for a test: no transaction of another stage is open."""
    if STANDING.open and _touches_the_database(item):
        with item.config.stash[blocking_manager_key].unblock():
            STANDING.keep(_chain_of(item))


@pytest.fixture(autouse=True)
def _stage(request: pytest.FixtureRequest) -> Iterator[None]:
    if chain := _chain_of(request.node):
        with request.getfixturevalue("_theatre").unblock():
            assert len(STANDING.open) == len(connection.savepoint_ids) + connection.in_atomic_block
            request.node.stash[OWN] = STANDING.raise_to(chain)
    yield
    request.node.stash[OWN] = {}  # pytest keeps the node until the end of the run


@pytest.fixture(scope="session")
def _theatre(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The databases of the tests, from which the last stage is taken down before they are removed."""
    yield django_db_blocker
    with django_db_blocker.unblock():
        STANDING.keep([])


def _touches_the_database(item: Any) -> bool:
    return (
        "db" in item.fixturenames
        or _is_transactional(item)
        or bool(item.get_closest_marker("django_db"))
    )


def _is_transactional(item: Any) -> bool:
    marker = item.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(item.fixturenames)
    return bool(asked or (marker and marker.kwargs.get("transaction")))


def _chain_of(item: Any) -> list[Stage]:
    """The stages that `item` asks for, from the ground up; none if it shares nothing with others."""
    if _is_transactional(item):
        return []
    matches = [
        getattr(known[-1].func, "stage", None)
        for known in item._fixtureinfo.name2fixturedefs.values()
    ]
    chains = sorted((each.chain() for each in matches if each), key=len)
    assert all(each == chains[-1][: len(each)] for each in chains), (
        "a test stands on one stage, not on two"
    )
    return chains[-1] if chains else []
