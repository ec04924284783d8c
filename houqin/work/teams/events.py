"""How the events of teams are said."""

from django.utils.translation import gettext_lazy as _

from houqin.kernel.trail.messages import say

say("team.saved", _("班组“%(name)s”"), icon="users")
say("team.joined", _("%(who)s加入，工种：%(skills)s"), icon="user-plus")
say("team.trained", _("%(who)s的工种：%(skills)s"), icon="certificate")
say("team.left", _("%(who)s离开"), icon="user-minus")
