"""One demand of the demonstration, from beginning to end: a generator of the moments at which it goes on."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from houqin.demo.craft import arrive
from houqin.demo.labour import Labour
from houqin.demo.organisation import DemoOrganisation
from houqin.demo.pictures import picture, scribble
from houqin.demo.scenes import Scene
from houqin.demo.stories import (
    BACK_QUESTIONS,
    COMMENTS,
    PRAISE,
    REFUSALS,
    REJECTIONS,
    STORIES,
    Story,
)
from houqin.desk.catalogue.models import Entry
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.kernel.places.models import Place
from houqin.work.orders import actions as work
from houqin.work.orders.models import WorkOrder
from houqin.work.roster.models import duty_officers

Life = Generator[datetime, None, None]
SITE_WEIGHTS = {"BJ": 6, "CX": 3, "LG": 2}


class Lives(Labour):
    """Draws demands and plays them."""

    def __init__(self, organisation: DemoOrganisation, random: Random) -> None:
        super().__init__(organisation, random)
        self.entries = {entry.code: entry for entry in Entry.objects.select_related("category")}

    def life(self, at: datetime) -> Life:
        story, place, requester = self._draw()
        demand = desk.submit_demand(
            requester, self.entries[story.entry], **self._asked(story, place)
        )
        if self._chance(0.15):
            yield at + timedelta(minutes=self.random.randint(3, 40))
            self._comment(requester, demand, COMMENTS)
        if demand.claimed == "urgent":
            yield from self._urgent(demand, story, at)
            return
        reviewed = yield from self._review(demand, story, at)
        if reviewed:
            yield from self._do(demand, story, self._after(reviewed, 5, 90))

    def _draw(self) -> tuple[Story, Place, User]:
        weights = [1 if story.grade == "urgent" else 4 for story in STORIES]
        story = self.random.choices(STORIES, weights)[0]
        site = self.random.choices(list(SITE_WEIGHTS), list(SITE_WEIGHTS.values()))[0]
        named = self.organisation.requesters[:6]
        requester = self.random.choice(
            named if self._chance(0.25) else self.organisation.requesters
        )
        return story, self.random.choice(self.organisation.rooms[site]), requester

    def _asked(self, story: Story, place: Place) -> dict[str, Any]:
        photos = [picture(f"{story.photo}-before")] if story.photo and self._chance(0.7) else []
        return {
            "place": place,
            "title": story.title.format(room=place.name),
            "body": story.body,
            "claimed": story.grade,
            "answers": dict(story.answers),
            "photos": photos,
        }

    def _review(
        self, demand: Demand, story: Story, at: datetime
    ) -> Generator[datetime, None, datetime | None]:
        slow = self._chance(0.06)
        when = self._after(at, 500, 900) if slow else self._after(at, 4, 180)
        yield when
        coordinator = self.organisation.people["chen"]
        if self._chance(0.03):
            desk.withdraw_demand(demand.requester, self._fresh(demand), reason="已自行解决")
            return None
        if self._chance(0.04):
            desk.reject_demand(
                coordinator, self._fresh(demand), reason=self.random.choice(REJECTIONS)
            )
            return None
        if self._chance(0.07):
            desk.send_back_demand(
                coordinator, self._fresh(demand), reason=self.random.choice(BACK_QUESTIONS)
            )
            when = self._after(when, 20, 600)
            yield when
            body = demand.body + " 补充：已拍照，位置在靠窗一侧。"
            desk.resubmit_demand(
                demand.requester, self._fresh(demand), title=demand.title, body=body
            )
            when = self._after(when, 5, 120)
            yield when
        desk.grade_demand(coordinator, self._fresh(demand), grade=story.grade)
        return when

    def _urgent(self, demand: Demand, story: Story, at: datetime) -> Life:
        """The duty officer is paged and goes; the review follows beside."""
        yield at + timedelta(minutes=self.random.randint(2, 12))
        officers = duty_officers(demand.place, at)
        officer = officers[0] if officers else self.organisation.people["zhao"]
        order = desk.dispatch_demand(
            self.organisation.people["chen"], self._fresh(demand), executor=officer, reason="值班"
        )
        late = self._chance(0.12)
        yield at + timedelta(
            minutes=self.random.randint(130, 170) if late else self.random.randint(14, 50)
        )
        work.accept_order(officer, self._order(order))
        yield at + timedelta(
            minutes=self.random.randint(172, 185) if late else self.random.randint(51, 70)
        )
        arrive(officer, self._order(order))
        yield at + timedelta(
            minutes=self.random.randint(186, 200) if late else self.random.randint(71, 90)
        )
        desk.confirm_demand(self.organisation.people["chen"], self._fresh(demand), grade="urgent")
        yield at + timedelta(
            minutes=self.random.randint(245, 320) if late else self.random.randint(91, 200)
        )
        self._finish(order, story)
        yield from self._accept(demand, story, at + timedelta(minutes=330))

    def _do(self, demand: Demand, story: Story, at: datetime) -> Life:
        yield at
        order = desk.dispatch_demand(
            self.organisation.people["chen"], self._fresh(demand), **self._chosen(demand, at)
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
            order = desk.dispatch_demand(
                self.organisation.people["chen"], self._fresh(demand), **self._chosen(demand, at)
            )
            executor = order.executor
            assert executor is not None
            at = self._after(at, 5, 60)
            yield at
        work.accept_order(executor, self._order(order))
        at = yield from self._work(demand, order, story, at)
        yield from self._accept(demand, story, at)

    def _accept(self, demand: Demand, story: Story, at: datetime) -> Life:
        """Sign and rate, refuse, or stay silent."""
        draw = self.random.random()
        if draw < 0.14:
            return  # silence: deemed accepted when the promise is over
        at = self._after(at, 15, 1200)
        yield at
        if draw < 0.22:
            desk.refuse_demand(
                demand.requester, self._fresh(demand), reason=self.random.choice(REFUSALS)
            )
            order = WorkOrder.objects.of(demand).open().last()
            assert order is not None
            assert order.executor is not None
            at = self._after(at, 10, 90)
            yield at
            work.accept_order(order.executor, self._order(order))
            at = yield from self._work(demand, order, story, at)
            at = self._after(at, 15, 600)
            yield at
        self._sign(demand)

    def _sign(self, demand: Demand) -> None:
        stars: dict[str, Any] = {}
        if self._chance(0.7):
            stars = {
                key: self.random.choices((5, 4, 3, 2, 1), (60, 26, 9, 3, 2))[0]
                for key in ("speed", "attitude", "solution")
            }
            stars["comment"] = self.random.choice(PRAISE)
        drawn = scribble(demand.requester.name) if self._chance(0.8) else None
        desk.sign_demand(
            demand.requester,
            self._fresh(demand),
            name=demand.requester.name,
            signature=drawn,
            **stars,
        )

    def staged(self, scene: Scene, at: datetime) -> Life:
        """A demand that is left at a given stage, for the lists of the last moment."""
        story, coordinator = scene.story, self.organisation.people["chen"]
        place = self.random.choice(self.organisation.rooms[scene.site])
        requester = self.organisation.people[scene.requester]
        asked = self._asked(story, place)
        demand = desk.submit_demand(requester, self.entries[story.entry], **asked)
        stages = ("review", "graded", "dispatched", "accepted", "working", "held", "done")
        reached = stages.index(scene.until)
        if reached >= 1:
            yield at + timedelta(minutes=6)
            if story.grade != "urgent":
                desk.grade_demand(coordinator, self._fresh(demand), grade=story.grade)
        if reached >= 2:
            executor = self.organisation.people[scene.executor]
            order = desk.dispatch_demand(
                coordinator, self._fresh(demand), executor=executor, reason="就近"
            )
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
            work.hold_order(
                executor, self._order(order), reason="parts", note="电动二通阀 DN20，周四到"
            )
        if reached == 6:
            self._finish(order, story)
