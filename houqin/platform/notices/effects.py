"""What this box does with every event."""

from houqin.kernel.trail.wiring import Effects
from houqin.platform.notices.actions import post_event, tell_audiences

EFFECTS: Effects = {
    "*": [tell_audiences, post_event],
}
