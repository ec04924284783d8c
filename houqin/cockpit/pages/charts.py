"""Charts as the server draws them: points of a picture that prints, scales and needs no script (ADR 0015)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 240, 44, 52, 12, 28
SPARK = (76, 28)


@dataclass(frozen=True)
class Point:
    x: float
    y: float
    words: str
    url: str = ""


@dataclass(frozen=True)
class ChartLine:
    key: str  # its css class, and so its colour and its dashes
    label: str
    points: list[Point]
    path: str

    @property
    def last(self) -> Point | None:
        return self.points[-1] if self.points else None


@dataclass(frozen=True)
class Axis:
    """Where a value lies: `floor` at the bottom, 100 at the top; `ticks` are (y, words)."""

    floor: int
    steps: int

    def y(self, value: float) -> float:
        share = (value - self.floor) / (100 - self.floor)
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def x(self, nth: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (nth / max(self.steps - 1, 1)), 1)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        values = [self.floor + (100 - self.floor) * part / 4 for part in range(5)]
        return [(self.y(value), f"{value:.0f}%") for value in values]


def axis_for(values: Sequence[float], steps: int) -> Axis:
    """Per cents from the ten below the lowest to 100, so that a course is seen and not exaggerated."""
    lowest = min(values, default=80)
    return Axis(min(90, max(0, floor(lowest / 20) * 20)), steps)


def path_of(points: Sequence[Point]) -> str:
    return " ".join(f"{point.x},{point.y}" for point in points)


def spark(values: Sequence[float]) -> str:
    """The points of a small line without axes; "" where there is no course yet."""
    if len(values) < 2:
        return ""
    width, height = SPARK
    least, most = min(values), max(values)
    reach = (most - least) or 1
    xs = [width * nth / (len(values) - 1) for nth in range(len(values))]
    return " ".join(
        f"{x:.1f},{height - 3 - (value - least) / reach * (height - 6):.1f}"
        for x, value in zip(xs, values, strict=True)
    )
