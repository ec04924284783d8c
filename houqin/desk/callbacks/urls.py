from django.utils.translation import gettext_lazy as _

from houqin.desk.callbacks import samples
from houqin.desk.callbacks.pages import CALLS, CARD
from houqin.desk.demands.models import STAFF

app_name, heading = "callbacks", _("回访")
urlpatterns = [
    *CALLS.urls("", "callbacks", to=STAFF),
    *CARD.urls(sees=STAFF, sample=samples.waiting),
]
