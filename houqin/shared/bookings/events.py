"""How the events of bookings are said."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say

say("booking.lapsed", _("暂留到期，已释放"), icon="clock")
