from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from houqin.work.orders import views
from houqin.work.orders.pages import CARD, MINE, ORDERS

app_name = "orders"
urlpatterns = [
    path("", require_safe(ORDERS.page), name="orders"),
    path("codes/", views.fault_codes, name="fault_codes"),
    path("codes/new/", views.new_fault_code, name="new_fault_code"),
    path("codes/<int:pk>/", views.fault_code, name="fault_code"),
    path("mine/", require_safe(MINE.page), name="mine"),
    path("together/<slug:verb>/", require_POST(ORDERS.together), name="bulk"),
    *CARD.urls(),
]
