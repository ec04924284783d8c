"""What approvals add to the lists of who may what."""

from django.utils.translation import gettext_lazy as _

from houqin.platform.tokens.scopes import register_area

register_area("approvals", 30, read=_("查看审批"), write=_("办理审批"))
