from django.urls import path

from houqin.servicedesk.callbacks import views
from houqin.servicedesk.callbacks.pages import CARD

urlpatterns = [path("", views.callbacks, name="callbacks"), *CARD.urls()]
