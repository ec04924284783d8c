from django.urls import path

from houqin.setup.hooks import views as hooks
from houqin.setup.views import calendar, health, notice, roles, standards

app_name = "setup"
urlpatterns = [
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/<int:schedule>/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:schedule>/<int:year>/<int:month>/<int:day>/", calendar.day, name="day"),
    path("calendar/<int:schedule>/<int:year>/<int:month>/<int:day>/clear/", calendar.clear, name="clear_day"),
    path("calendar/<int:schedule>/notice/", notice.read, name="notice"),
    path("calendar/<int:schedule>/notice/publish/", notice.publish, name="publish"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.new, name="new_standard"),
    path("standards/<int:pk>/", standards.revise, name="standard"),
    path("standards/<int:pk>/withdraw/", standards.withdraw, name="withdraw_standard"),
    path("roles/", roles.roles, name="roles"),
    path("health/", health.health, name="health"),
    path("hooks/", hooks.hooks, name="hooks"),
    path("hooks/new/", hooks.edit, name="new_hook"),
    path("hooks/<int:pk>/", hooks.edit, name="hook"),
    path("hooks/<int:pk>/test/", hooks.test, name="test_hook"),
    path("deliveries/", hooks.deliveries, name="deliveries"),
    path("deliveries/again/", hooks.all_again, name="send_all_again"),
    path("deliveries/<int:pk>/again/", hooks.again, name="send_again"),
]
