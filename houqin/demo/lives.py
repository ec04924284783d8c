"""One request of the demonstration, from beginning to end: a generator of the moments at which it goes on."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from houqin.demo.craft import arrive, found, tick_all
from houqin.demo.organisation import Organisation
from houqin.demo.pictures import picture, scribble
from houqin.demo.scenes import Scene
from houqin.demo.stories import (
    ANSWERS,
    BACK_QUESTIONS,
    COMMENTS,
    HOLDS,
    PRAISE,
    REFUSALS,
    REJECTIONS,
    STORIES,
    Story,
)
from houqin.dispatch import actions as work
from houqin.dispatch.matching import propose
from houqin.dispatch.models import Skill, WorkOrder, duty_officers
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.kernel.worktime.models import schedule_at
from houqin.servicedesk import actions as desk
from houqin.servicedesk.models import Entry, Request

Life = Generator[datetime, None, None]
SITE_WEIGHTS = {"BJ": 6, "CX": 3, "LG": 2}


class Lives:
    """Draws requests and plays them; every draw comes from one random source."""

    def __init__(self, made: Organisation, random: Random) -> None:
        self.made, self.random = made, random
        self.entries = {entry.code: entry for entry in Entry.objects.select_related("category")}
        self.timetable = schedule_at(made.sites["BJ"]).timetable()

    def life(self, at: datetime) -> Life:
        story, place, requester = self._draw()
        request = desk.submit_request(requester, self.entries[story.entry], **self._asked(story, place))
        if self._chance(0.15):
            yield at + timedelta(minutes=self.random.randint(3, 40))
            self._comment(requester, request, COMMENTS)
        if request.claimed == "urgent":
            yield from self._urgent(request, story, at)
            return
        reviewed = yield from self._review(request, story, at)
        if reviewed:
            yield from self._do(request, story, self._after(reviewed, 5, 90))

    def _draw(self) -> tuple[Story, Place, User]:
        weights = [1 if story.grade == "urgent" else 4 for story in STORIES]
        story = self.random.choices(STORIES, weights)[0]
        site = self.random.choices(list(SITE_WEIGHTS), list(SITE_WEIGHTS.values()))[0]
        named = self.made.requesters[:6]
        requester = self.random.choice(named if self._chance(0.25) else self.made.requesters)
        return story, self.random.choice(self.made.rooms[site]), requester

    def _asked(self, story: Story, place: Place) -> dict[str, Any]:
        photos = [picture(f"{story.photo}-before")] if story.photo and self._chance(0.7) else []
        return {
            "place": place, "title": story.title.format(room=place.name), "body": story.body,
            "claimed": story.grade, "answers": dict(story.answers), "photos": photos,
        }  # fmt: skip

    def _review(
        self, request: Request, story: Story, at: datetime
    ) -> Generator[datetime, None, datetime | None]:
        slow = self._chance(0.06)
        when = self._after(at, 500, 900) if slow else self._after(at, 4, 180)
        yield when
        coordinator = self.made.people["chen"]
        if self._chance(0.03):
            desk.withdraw_request(request.requester, self._fresh(request), reason="已自行解决")
            return None
        if self._chance(0.04):
            desk.reject_request(coordinator, self._fresh(request), reason=self.random.choice(REJECTIONS))
            return None
        if self._chance(0.07):
            desk.send_back_request(
                coordinator, self._fresh(request), reason=self.random.choice(BACK_QUESTIONS)
            )
            when = self._after(when, 20, 600)
            yield when
            body = request.body + " 补充：已拍照，位置在靠窗一侧。"
            desk.resubmit_request(request.requester, self._fresh(request), title=request.title, body=body)
            when = self._after(when, 5, 120)
            yield when
        desk.grade_request(coordinator, self._fresh(request), grade=story.grade)
        return when

    def _urgent(self, request: Request, story: Story, at: datetime) -> Life:
        """The duty officer is paged and goes; the review follows beside."""
        yield at + timedelta(minutes=self.random.randint(2, 12))
        officers = duty_officers(request.place, at)
        officer = officers[0] if officers else self.made.people["zhao"]
        order = desk.dispatch_request(
            self.made.people["chen"], self._fresh(request), executor=officer, reason="值班"
        )
        late = self._chance(0.12)
        yield at + timedelta(minutes=self.random.randint(130, 170) if late else self.random.randint(14, 50))
        work.accept_order(officer, self._order(order))
        yield at + timedelta(minutes=self.random.randint(172, 185) if late else self.random.randint(51, 70))
        arrive(officer, self._order(order))
        yield at + timedelta(minutes=self.random.randint(186, 200) if late else self.random.randint(71, 90))
        desk.confirm_request(self.made.people["chen"], self._fresh(request), grade="urgent")
        yield at + timedelta(minutes=self.random.randint(245, 320) if late else self.random.randint(91, 200))
        self._finish(order, story)
        yield from self._accept(request, story, at + timedelta(minutes=330))

    def _do(self, request: Request, story: Story, at: datetime) -> Life:
        yield at
        order = desk.dispatch_request(
            self.made.people["chen"], self._fresh(request), **self._chosen(request, at)
        )
        executor = order.executor
        assert executor is not None
        # What waits longest makes the lists look like life: a few are left to be late.
        at = self._after(at, 700, 1500) if self._chance(0.05) else self._after(at, 5, 150)
        yield at
        if self._chance(0.04):
            work.hand_back_order(executor, self._order(order), reason="手上有抢修，请另派")
            at = self._after(at, 10, 60)
            yield at
            order = desk.dispatch_request(
                self.made.people["chen"], self._fresh(request), **self._chosen(request, at)
            )
            executor = order.executor
            assert executor is not None
            at = self._after(at, 5, 60)
            yield at
        work.accept_order(executor, self._order(order))
        at = yield from self._work(request, order, story, at)
        yield from self._accept(request, story, at)

    def _chosen(self, request: Request, at: datetime) -> dict[str, Any]:
        skill = Skill.objects.filter(code=request.entry.skill_code).first()
        best = propose(request.place, skill, at, kin=request.kin(), others=True, limit=1)[0]
        return {
            "executor": best.user,
            "reason": "；".join(sentence for good, sentence in best.reasons if good),
        }

    def _work(
        self, request: Request, order: WorkOrder, story: Story, at: datetime
    ) -> Generator[datetime, None, datetime]:
        executor = order.executor
        assert executor is not None
        at = self._after(at, 15, 240)
        yield at
        arrive(executor, self._order(order))
        if self._chance(0.2):
            self._comment(executor, request, ANSWERS)
        if self._chance(0.22):
            reason, note = self.random.choice(HOLDS)
            at = self._after(at, 10, 60)
            yield at
            work.hold_order(executor, self._order(order), reason=reason, note=note)
            at = self._after(at, 240, 1400)
            yield at
            work.resume_order(executor, self._order(order))
        at = self._after(at, int(story.hours * 50), int(story.hours * 90) + 20)
        yield at
        self._finish(order, story)
        return at

    def _finish(self, order: WorkOrder, story: Story) -> None:
        order = self._order(order)
        photos = {}
        if order.photos_needed:
            scene = story.photo or "ceiling"
            photos = {"before": [picture(f"{scene}-before")], "after": [picture(f"{scene}-after")]}
        materials = [
            work.Used(name=name, quantity=Decimal(quantity), unit=unit, price_fen=price)
            for name, quantity, unit, price in story.materials
        ]
        outside = (
            self.random.choice((12000, 28000, 46000)) if order.team and order.team.kind == "contractor" else 0
        )
        executor = order.executor or self.made.people["zhao"]
        tick_all(executor, order)
        work.finish_order(
            executor, order, result=story.result, materials=materials, labour_minutes=int(story.hours * 60),
            outside_fen=outside, **photos, **found(order, story),
        )  # fmt: skip

    def _accept(self, request: Request, story: Story, at: datetime) -> Life:
        """Sign and rate, refuse, or stay silent."""
        draw = self.random.random()
        if draw < 0.14:
            return  # silence: deemed accepted when the promise is over
        at = self._after(at, 15, 1200)
        yield at
        if draw < 0.22:
            desk.refuse_request(request.requester, self._fresh(request), reason=self.random.choice(REFUSALS))
            order = WorkOrder.objects.of(request).open().last()
            assert order is not None
            assert order.executor is not None
            at = self._after(at, 10, 90)
            yield at
            work.accept_order(order.executor, self._order(order))
            at = yield from self._work(request, order, story, at)
            at = self._after(at, 15, 600)
            yield at
        self._sign(request)

    def _sign(self, request: Request) -> None:
        stars: dict[str, Any] = {}
        if self._chance(0.7):
            stars = {
                key: self.random.choices((5, 4, 3, 2, 1), (60, 26, 9, 3, 2))[0]
                for key in ("speed", "attitude", "solution")
            }
            stars["comment"] = self.random.choice(PRAISE)
        drawn = scribble(request.requester.name) if self._chance(0.8) else None
        desk.sign_request(
            request.requester, self._fresh(request), name=request.requester.name, signature=drawn, **stars
        )

    def staged(self, scene: Scene, at: datetime) -> Life:
        """A request that is left at a given stage, for the lists of the last moment."""
        story, coordinator = scene.story, self.made.people["chen"]
        place = self.random.choice(self.made.rooms[scene.site])
        requester = self.made.people[scene.requester]
        asked = self._asked(story, place)
        request = desk.submit_request(requester, self.entries[story.entry], **asked)
        stages = ("review", "graded", "dispatched", "accepted", "working", "held", "done")
        reached = stages.index(scene.until)
        if reached >= 1:
            yield at + timedelta(minutes=6)
            if story.grade != "urgent":
                desk.grade_request(coordinator, self._fresh(request), grade=story.grade)
        if reached >= 2:
            executor = self.made.people[scene.executor]
            order = desk.dispatch_request(coordinator, self._fresh(request), executor=executor, reason="就近")
            yield at + timedelta(minutes=20)
            yield from self._staged_work(order, story, reached, at)

    def _staged_work(self, order: WorkOrder, story: Story, reached: int, at: datetime) -> Life:
        executor = order.executor
        assert executor is not None
        if reached >= 3:
            work.accept_order(executor, self._order(order))
            yield at + timedelta(minutes=35)
        if reached >= 4:
            arrive(executor, self._order(order))
            yield at + timedelta(minutes=75)
        if reached == 4 and order.steps:
            work.tick_order(executor, self._order(order), step=1)
        if reached == 5:
            work.hold_order(executor, self._order(order), reason="parts", note="电动二通阀 DN20，周四到")
        if reached == 6:
            self._finish(order, story)

    # — small things —

    def _comment(self, actor: User, request: Request, lines: tuple[str, ...]) -> None:
        desk.comment_request(actor, self._fresh(request), text=self.random.choice(lines))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _after(self, at: datetime, least: int, most: int) -> datetime:
        """Some working minutes later."""
        return self.timetable.add(at, timedelta(minutes=self.random.randint(least, most)))

    def _fresh(self, request: Request) -> Request:
        return Request.objects.select_related("place", "requester", "department", "entry", "standard").get(
            pk=request.pk
        )

    def _order(self, order: WorkOrder) -> WorkOrder:
        return WorkOrder.objects.select_related("place", "executor", "team").get(pk=order.pk)
