from django.utils.translation import gettext_lazy as _

from houqin.desk.demands import samples, views
from houqin.desk.demands.models import STAFF
from houqin.desk.demands.pages import CARD, QUEUE
from houqin.ui.routes import BUSINESS, FIRST_POSTS, page

app_name, heading = "demands", _("需求")
urlpatterns = [
    page("review/", views.review, "review", _("审核台"), to=STAFF),
    *QUEUE.urls("demands/", "demands", view=views.queue),
    page(
        "demands/<str:number>/clocks/<slug:kind>/",
        views.explain_clock,
        "explain_clock",
        _("时限怎么算的"),
        to=BUSINESS,
        sees=FIRST_POSTS,
        sample=samples.clock,
    ),
    *CARD.urls("demands/", sees=FIRST_POSTS, sample=samples.given),
]
