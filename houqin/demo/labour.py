"""The work on one demand of the demonstration: whom it is given to, and what they do until it is finished."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from houqin.demo.craft import arrive, findings, tick_all
from houqin.demo.organisation import DemoOrganisation
from houqin.demo.pictures import picture
from houqin.demo.stories import ANSWERS, HOLDS, Story
from houqin.desk.demands import actions as desk
from houqin.desk.demands.models import Demand
from houqin.kernel.people.models import User
from houqin.kernel.worktime.models import schedule_at
from houqin.work.orders import actions as work
from houqin.work.orders.matching import propose
from houqin.work.orders.models import WorkOrder
from houqin.work.teams.models import Skill


class Labour:
    """Works orders off; every draw comes from one random source."""

    def __init__(self, organisation: DemoOrganisation, random: Random) -> None:
        self.organisation, self.random = organisation, random
        self.timetable = schedule_at(organisation.sites["BJ"]).timetable()

    def _chosen(self, demand: Demand, at: datetime) -> dict[str, Any]:
        skill = Skill.objects.filter(code=demand.entry.skill_code).first()
        best = propose(demand.place, skill, at, kin=demand.kin(), others=True, limit=1)[0]
        return {
            "executor": best.user,
            "reason": "；".join(sentence for good, sentence in best.reasons if good),
        }

    def _work(
        self, demand: Demand, order: WorkOrder, story: Story, at: datetime
    ) -> Generator[datetime, None, datetime]:
        executor = order.executor
        assert executor is not None
        at = self._after(at, 15, 240)
        yield at
        arrive(executor, self._order(order))
        if self._chance(0.2):
            self._comment(executor, demand, ANSWERS)
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
        photos: dict[str, Any] = {}
        if order.photos_needed:
            scene = story.photo or "ceiling"
            photos = {"before": [picture(f"{scene}-before")], "after": [picture(f"{scene}-after")]}
        materials = [
            work.Used(name=name, quantity=Decimal(quantity), unit=unit, price_fen=price)
            for name, quantity, unit, price in story.materials
        ]
        outside = (
            self.random.choice((12000, 28000, 46000))
            if order.team and order.team.kind == "contractor"
            else 0
        )
        executor = order.executor or self.organisation.people["zhao"]
        tick_all(executor, order)
        work.finish_order(
            executor,
            order,
            result=story.result,
            materials=materials,
            labour_minutes=int(story.hours * 60),
            outside_fen=outside,
            **photos,
            **findings(order, story),
        )

    def _comment(self, actor: User, demand: Demand, lines: tuple[str, ...]) -> None:
        desk.comment_demand(actor, self._fresh(demand), text=self.random.choice(lines))

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _after(self, at: datetime, least: int, most: int) -> datetime:
        """Some working minutes later."""
        return self.timetable.add(at, timedelta(minutes=self.random.randint(least, most)))

    def _fresh(self, demand: Demand) -> Demand:
        return Demand.objects.select_related(
            "place", "requester", "department", "entry", "standard"
        ).get(pk=demand.pk)

    def _order(self, order: WorkOrder) -> WorkOrder:
        return WorkOrder.objects.select_related("place", "executor", "team").get(pk=order.pk)
