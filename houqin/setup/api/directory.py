"""Places, people and files: what the kernel itself has to tell."""

from __future__ import annotations

from typing import Any, Final, Literal

from django.db.models import Q, QuerySet
from ninja import P, PathEx, Query, Schema
from pydantic import Field

from houqin.kernel.people.models import OF_PEOPLE, Role, User
from houqin.kernel.places.models import Place
from houqin.platform.files import views as served
from houqin.platform.tokens.authentication import ApiRequest
from houqin.ui import samples
from houqin.ui.api.instance import API, Router, answers, may
from houqin.ui.api.listings import MOST_KEY, Asked, Listed, check, read_key
from houqin.ui.routes import FIRST_POSTS

# Who finds people by name on the pages: those who take calls, give work or answer for it.
KNOWS_PEOPLE: Final = frozenset({Role.COORDINATOR, Role.MANAGER, Role.DUTY, Role.LEAD, Role.HEAD})
router = Router()


class PlacesAsked(Asked):
    kind: Literal["", "campus", "building", "floor", "room", "outdoor"] = ""
    within: str = Field(
        "", max_length=30, description="The code of a place: only what lies below it."
    )
    q: str = Field("", max_length=60)


class PlaceRow(Schema):
    code: str
    name: str
    full_name: str
    kind: str
    depth: int


class PlaceList(Listed):
    items: list[PlaceRow]


class PeopleAsked(Asked):
    q: str = Field("", max_length=60, description="Part of the name or the account.")


class PersonRow(Schema):
    username: str
    name: str
    department: str


class PeopleList(Listed):
    items: list[PersonRow]


@router.get(
    "/places",
    url_name="places",
    operation_id="places",
    tags=["directory"],
    summary="Places",
    **answers(200, PlaceList, 422),
    **may("directory:read"),
)
def places(request: ApiRequest, asked: Query[PlacesAsked]) -> Any:
    matches = _within(_clean(asked.within)) if asked.within else Place.objects.all()
    if asked.kind:
        matches = matches.filter(kind=asked.kind)
    if asked.q:
        words = _clean(asked.q)
        matches = matches.filter(Q(full_name__icontains=words) | Q(code__icontains=words))
    return _page(request, matches, asked)


def _within(code: str) -> QuerySet[Place]:
    """The place of that `code` and all below it; nothing where there is none."""
    places: QuerySet[Place] = Place.objects.all()
    above = places.filter(code=code).first()
    return places.filter(path__startswith=above.path) if above else places.none()


@router.get(
    "/people",
    url_name="people",
    operation_id="people",
    tags=["directory"],
    summary="Active people: all of them for who runs the service, oneself for everybody else",
    **answers(200, PeopleList, 422),
    **may("directory:read"),
)
def people(request: ApiRequest, asked: Query[PeopleAsked]) -> Any:
    matches = known_to(request.user).select_related("department")
    if asked.q:
        words = _clean(asked.q)
        matches = matches.filter(Q(name__icontains=words) | Q(username__icontains=words))
    page = _page(request, matches, asked)
    return page | {"items": [_person(person) for person in page["items"]]}


def _person(person: User) -> dict[str, str]:
    department = str(person.department or "")
    return {"username": person.username, "name": person.name, "department": department}


def known_to(user: User) -> QuerySet[User]:
    """Whom `user` may find by name. Phone numbers are told with the request that they were given for."""
    active = User.objects.filter(OF_PEOPLE, is_active=True)
    return active if KNOWS_PEOPLE & user.role_codes() else active.filter(pk=user.pk)


@router.get(
    "/files/{pk}",
    url_name="file",
    operation_id="file",
    tags=["files"],
    summary="The bytes of a file, for whoever may see what it hangs on",
    **answers(200, None, 404, 422),
    **may("demands:read", "orders:read", sees=FIRST_POSTS, sample=samples.photo),
)
def file(request: ApiRequest, pk: PathEx[int, P(ge=1, le=MOST_KEY)]) -> Any:
    return served.file(request, pk)


def _page(request: ApiRequest, matches: QuerySet[Any], asked: Asked) -> dict[str, Any]:
    """By primary key: the order in which they came, which no change of a name disturbs."""
    check(request, asked)
    if asked.cursor:
        matches = matches.filter(pk__gt=read_key(asked.cursor))
    rows = list(matches.order_by("pk")[: asked.limit + 1])
    more, rows = len(rows) > asked.limit, rows[: asked.limit]
    return {"items": rows, "next": str(rows[-1].pk) if more else ""}


def _clean(text: str) -> str:
    return text.replace("\x00", "")


API.add_router("", router)
