from django.utils.translation import gettext_lazy as _

from houqin.kernel.policies.actions import CHANGES_POLICIES
from houqin.setup.permissions import SEES_POLICIES
from houqin.setup.policy_pages import samples, views
from houqin.ui.routes import page

heading = _("规定")
urlpatterns = [
    page("policies/", views.policies, "policies", _("规定"), to=SEES_POLICIES),
    page(
        "policies/<str:key>/",
        views.change,
        "policy",
        _("修改一项规定"),
        to=CHANGES_POLICIES,
        everywhere=True,
        sample=samples.policy,
    ),
]
