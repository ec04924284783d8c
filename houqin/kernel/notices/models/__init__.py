"""What the house tells whom: a notice in the house, its way outside, and how each person wants to hear."""

from houqin.kernel.notices.models.choice import Choice, How, Topic, topic_of
from houqin.kernel.notices.models.delivery import Delivery
from houqin.kernel.notices.models.hook import RUN_BY, Hook, may_leave, may_run
from houqin.kernel.notices.models.notice import Notice, title_of

__all__ = [
    "RUN_BY",
    "Choice",
    "Delivery",
    "Hook",
    "How",
    "Notice",
    "Topic",
    "may_leave",
    "may_run",
    "title_of",
    "topic_of",
]
