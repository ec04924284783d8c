from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from houqin.dispatch import views
from houqin.dispatch.pages import CARD, MINE, ORDERS, SWAP

app_name = "dispatch"
orders = [
    path("", require_safe(ORDERS.page), name="orders"),
    path("codes/", views.fault_codes, name="fault_codes"),
    path("codes/new/", views.new_fault_code, name="new_fault_code"),
    path("codes/<int:pk>/", views.fault_code, name="fault_code"),
    path("mine/", require_safe(MINE.page), name="mine"),
    path("together/<slug:verb>/", require_POST(ORDERS.together), name="orders_together"),
    *CARD.urls(),
]
urlpatterns = [
    path("orders/", include(orders)),
    path("roster/swaps/", include(SWAP.urls())),
]
