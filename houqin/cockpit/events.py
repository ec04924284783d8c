from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say

say("wall.linked", _("开通大屏“%(name)s”"), icon="device-tv")
say("wall.revoked", _("停用大屏“%(name)s”"), icon="device-tv")
