from django.urls import include, path

from houqin.ui import exports
from houqin.ui import saved_view_pages as saved_views
from houqin.ui.account import notice_preferences, notices, second_step, security, sign_in, views
from houqin.ui.fields import views as fields
from houqin.ui.shell.views import arrange_menu

sign_in_pages = [
    path("signin/", sign_in.signin, name="signin"),
    path("signin/demo/", sign_in.demo_signin, name="demo_signin"),
    path("signin/code/", second_step.code, name="second_step"),
    path("signin/outside/", second_step.outside, name="outside"),
    path("signin/outside/back/", second_step.outside_back, name="outside_back"),
    path("signout/", sign_in.signout, name="signout"),
    path("language/", sign_in.set_language, name="set_language"),
    path("theme/", sign_in.set_theme, name="set_theme"),
    path("keys/", sign_in.keys, name="keys"),
    path("healthz", sign_in.healthz, name="healthz"),
]
own_pages = [
    path("", views.me, name="me"),
    path("phone/", views.set_phone, name="set_phone"),
    path("away/", views.go_away, name="go_away"),
    path("back/", views.come_back, name="come_back"),
    path("password/", views.set_password, name="set_password"),
    path("notices/", notice_preferences.notice_choices, name="notice_choices"),
    path("menu/", arrange_menu, name="arrange_menu"),
    path("security/", security.security, name="security"),
    path("security/email/", security.set_email, name="set_email"),
    path("security/password/", second_step.owed_password, name="owed_password"),
    path("security/second-step/", security.set_up, name="set_up_second_step"),
    path("security/second-step/off/", security.switch_off, name="second_step_off"),
    path("security/codes/", security.renew_codes, name="renew_codes"),
    path("security/sessions/", security.end_elsewhere, name="end_elsewhere"),
]
urlpatterns = [
    *sign_in_pages,
    path("me/", include(own_pages)),
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.read_all, name="notices-read"),
    path("notices/<int:pk>/open/", notices.open_notice, name="notice-open"),
    path("colleagues/", fields.find_colleagues, name="colleagues"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("views/", saved_views.save, name="save_view"),
    path("views/<int:pk>/drop/", saved_views.drop, name="drop_view"),
]
