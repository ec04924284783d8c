"""What the work adds to the lists of who may what."""

from django.utils.translation import gettext_lazy as _

from houqin.platform.tokens.scopes import register_area

register_area("orders", 20, read=_("查看工单"), write=_("办理工单"))
