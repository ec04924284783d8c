"""What the house tells whom: a notice in the house, its way outside, and how each person wants to hear."""

from houqin.platform.notices.models.delivery import Delivery
from houqin.platform.notices.models.letter import Letter
from houqin.platform.notices.models.notice import Notice, title_of
from houqin.platform.notices.models.preference import Choice, NoticeChoice
from houqin.platform.notices.models.webhook import RUN_BY, Hook, may_leave, may_run

__all__ = [
    "RUN_BY",
    "Choice",
    "Delivery",
    "Hook",
    "Letter",
    "Notice",
    "NoticeChoice",
    "may_leave",
    "may_run",
    "title_of",
]
