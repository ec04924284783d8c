"""How the events of the front desk are said."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say
from houqin.platform.notices.topics import Topic, register_topic

register_topic(Topic("front_desk", _("收发件和失物招领"), 65), "parcel.*", "lost_thing.*")

say("parcel.received", _("前台收到快递，%(carrier)s，存放在%(place)s"), icon="package")
say("parcel.handed_out", _("交给%(to)s"), icon="package", tone="ok")
say("parcel.collected", _("由%(to)s代领"), icon="package", tone="ok")
say("parcel.returned", _("退回快递"), icon="arrow-back-up", tone="hold", note="reason")
say("parcel.unfetched", _("保管期满没有人领，退回快递"), icon="clock", tone="hold")
say("lost_thing.found", _("登记拾到的东西，存放在%(place)s"), icon="tag")
say("lost_thing.claimed", _("认领"), icon="tag", tone="hold")
say("lost_thing.kept_on", _("认领不成立，继续招领"), icon="ban", note="reason")
say("lost_thing.handed_over", _("核对后交给%(to)s"), icon="circle-check", tone="ok")
say("lost_thing.disposed", _("招领期满，已处置"), icon="trash", note="reason")
