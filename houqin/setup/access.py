"""What the setup adds to the lists of who may what."""

from django.utils.translation import gettext_lazy as _

from houqin.platform.tokens.scopes import register_area

register_area("directory", 30, read=_("查看人员和地点"))
register_area("hooks", 40, read=_("查看消息通道和发送记录"), write=_("重新发送消息"), outgoing=True)
