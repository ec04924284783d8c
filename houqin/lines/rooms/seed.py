"""What rooms have, as a new house begins with; houses add their own."""

from django.utils.translation import gettext_noop as _n

from houqin.lines.rooms.models import RoomFeature

FIRST_FEATURES = (_n("投影"), _n("视频会议"), _n("白板"), _n("话筒"), _n("电话会议"), _n("无障碍"))


def seed_room_features() -> None:
    """Enter the first ones that are missing; safe to repeat."""
    for position, name in enumerate(FIRST_FEATURES):
        RoomFeature.objects.get_or_create(name=name, defaults={"position": position})
