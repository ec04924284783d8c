"""What the desk adds to the lists of who may what."""

from django.utils.translation import gettext_lazy as _

from houqin.platform.tokens.scopes import register_area

register_area("demands", 10, read=_("查看需求和服务目录"), write=_("提交和办理需求"))
