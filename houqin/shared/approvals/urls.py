from django.utils.translation import gettext_lazy as _

from houqin.shared.approvals import samples, views
from houqin.shared.approvals.flow import OVERSEES
from houqin.shared.approvals.pages import APPROVALS, CARD, SEES
from houqin.ui.routes import page

app_name, heading = "approvals", _("审批")
urlpatterns = [
    *APPROVALS.urls("", "approvals"),
    page("chains/", views.chains, "chains", _("审批链"), to=OVERSEES, everywhere=True),
    page("chains/new/", views.edit, "new_chain", _("添加审批链"), to=OVERSEES, everywhere=True),
    page(
        "chains/<int:pk>/",
        views.edit,
        "chain",
        _("修改审批链"),
        to=OVERSEES,
        everywhere=True,
        sample=samples.chain,
    ),
    page(
        "chains/simulation/",
        views.simulation,
        "simulation",
        _("试算审批人"),
        to=OVERSEES,
        everywhere=True,
    ),
    *CARD.urls(sees=SEES, sample=samples.running),
]
