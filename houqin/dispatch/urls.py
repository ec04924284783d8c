from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from houqin.dispatch.pages import CARD, MINE, ORDERS

app_name = "dispatch"
urlpatterns = [
    path("", require_safe(ORDERS.page), name="orders"),
    path("mine/", require_safe(MINE.page), name="mine"),
    path("together/<slug:verb>/", require_POST(ORDERS.together), name="orders_together"),
    *CARD.urls(),
]
