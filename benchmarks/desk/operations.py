"""What is measured: who asks for what. A step of the loop takes up what the step before has kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One request; `data` makes it a POST. `path` and `data` may name what `prepare.names` holds and what an
    earlier step has kept for the same round; `keep` is a name and the pattern that finds it in the answer."""

    name: str
    who: str  # "" for nobody, "token" for the API's
    path: str
    data: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str, str] = ("", "")
    live: bool = False  # asked for by htmx: only a part is answered
    status: int = 200

    @property
    def writes(self) -> bool:
        return bool(self.data)

    @property
    def repeats(self) -> bool:
        """Whether it can be asked for again and again."""
        return not self.writes and "{order}" not in self.path and "{demand}" not in self.path


def page(name: str, who: str, path: str, *, live: bool = False) -> Operation:
    return Operation(name=name, who=who, path=path, live=live)


def step(
    name: str, who: str, path: str, *, keep: tuple[str, str] = ("", ""), **data: str
) -> Operation:
    return Operation(name=name, who=who, path=path, keep=keep, data=data, status=302)


ORDER = ("order", r"/orders/(\w\w-\d+-\d+)/")
OPERATIONS = [
    page("health", "", "/healthz"),
    page("home, coordinator", "chen", "/"),
    page("home, requester", "wugong", "/"),
    page("home, technician", "wang", "/"),
    page("home, manager", "lin", "/"),
    page("queue", "chen", "/demands/"),
    page("queue, filtered", "chen", "/demands/?grade=urgent"),
    page("queue, archive", "chen", "/demands/?view=archive"),
    page("queue, archive, deep", "chen", "/demands/?view=archive&cursor={deep}"),
    page("queue, own", "wugong", "/demands/?view=mine"),
    page("card", "chen", "/demands/{closed}/"),
    page("review desk", "chen", "/review/"),
    page("form of a request", "wugong", "/demands/new/other_repair/"),
    page("search, frequent", "chen", "/search/?q=空调", live=True),
    page("search, rare", "chen", "/search/?q={closed}", live=True),
    page("search, nothing", "chen", "/search/?q=zzz", live=True),
    page("search, two words", "chen", "/search/?q=会议室 灯", live=True),
    page("search, own", "wugong", "/search/?q=空调", live=True),
    page("board, 12 weeks", "lin", "/dashboard/"),
    page("board, a year", "lin", "/dashboard/?period=year"),
    page("my jobs", "wang", "/orders/mine/"),
    page("job", "wang", "/orders/{mine}/"),
    page("API, list of 25", "token", "/api/v1/demands?limit=25"),
    step("submit", "wugong", "/demands/new/other_repair/", keep=("demand", r"/demands/([\w-]+)/"),
         place="{room}", title="{words}", claimed="routine", anyway="1"),
    step("grade", "chen", "/demands/{demand}/grade/", grade="important"),
    step("dispatch", "chen", "/demands/{demand}/dispatch/", title="换灯管", to="member-{member}"),
    Operation(name="its order", who="chen", path="/demands/{demand}/", keep=ORDER),
    step("accept", "wang", "/orders/{order}/accept/", next=""),
    step("start", "wang", "/orders/{order}/start/", next=""),
    step("finish", "wang", "/orders/{order}/finish/", result="换好了", hours="1"),
    step("sign", "wugong", "/demands/{demand}/sign/", signature_name="吴工"),
]  # fmt: skip
