"""What rooms add to the lists of who may what."""

from django.utils.translation import gettext_lazy as _

from houqin.platform.tokens.scopes import register_area

register_area("meetings", 60, read=_("查看会议室和会议"), write=_("预订会议室"))
