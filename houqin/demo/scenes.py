"""What is on the table at the last moment of the history: something for every list and every role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from houqin.demo.stories import STORIES, Story


@dataclass(frozen=True)
class Scene:
    """A demand begun `ago` before the last moment and brought as far as `until`:
    review, graded, dispatched, accepted, working, held, done."""

    title: str  # how the story's title begins
    ago: timedelta
    until: str
    requester: str
    executor: str
    site: str = "BJ"

    @property
    def story(self) -> Story:
        return next(
            story for story in STORIES if story.title.format(room="").startswith(self.title)
        )


def _ago(days: float = 0, hours: float = 0, minutes: float = 0) -> timedelta:
    return timedelta(days=days, hours=hours, minutes=minutes)


SCENES = (
    Scene("水管爆裂", _ago(hours=4, minutes=18), "working", "zheng", "zhao"),
    Scene("整层停电", _ago(minutes=50), "accepted", "meng", "qian", "CX"),
    Scene("应急照明灯", _ago(hours=49, minutes=20), "working", "shen", "li"),
    Scene("恒温间", _ago(hours=23, minutes=18), "review", "meng", "", "CX"),
    Scene("跳闸", _ago(hours=46, minutes=48), "graded", "he", ""),
    Scene("疏散指示灯", _ago(hours=20), "dispatched", "wugong", "ma"),
    Scene("空调不制热", _ago(days=5), "held", "wugong", "wang"),
    Scene("空调有异响", _ago(days=4), "working", "wugong", "wang"),
    Scene("门锁打不开", _ago(days=3), "done", "wugong", "sun"),
    Scene("水龙头关不严", _ago(days=2), "accepted", "shen", "wang"),
    Scene("空调不制冷", _ago(hours=5), "dispatched", "he", "wang"),
    Scene("白板更换", _ago(hours=3), "review", "wugong", ""),
    Scene("茶水间净水器漏水", _ago(hours=2), "review", "zheng", ""),
    Scene("客户来访", _ago(hours=6), "graded", "shen", ""),
    Scene("办公椅气杆", _ago(days=7), "working", "he", "sun"),
    Scene("下水堵塞", _ago(days=6), "working", "zheng", "ding"),
)
