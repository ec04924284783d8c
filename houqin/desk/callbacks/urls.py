from django.urls import path

from houqin.desk.callbacks import views
from houqin.desk.callbacks.pages import CARD

app_name = "callbacks"
urlpatterns = [path("", views.callbacks, name="callbacks"), *CARD.urls()]
