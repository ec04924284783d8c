from django.urls import path

from houqin.kernel.web import account, exports, notice_choices, saved_views, views

urlpatterns = [
    path("signin/", views.signin, name="signin"),
    path("signin/demo/", views.demo_signin, name="demo_signin"),
    path("signout/", views.signout, name="signout"),
    path("language/", views.set_language, name="set_language"),
    path("theme/", views.set_theme, name="set_theme"),
    path("keys/", views.keys, name="keys"),
    path("me/", account.me, name="me"),
    path("me/phone/", account.set_phone, name="set_phone"),
    path("me/away/", account.go_away, name="go_away"),
    path("me/back/", account.come_back, name="come_back"),
    path("me/password/", account.set_password, name="set_password"),
    path("me/notices/", notice_choices.notice_choices, name="notice_choices"),
    path("exports/", exports.export_list, name="export_list"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("views/", saved_views.save, name="save_view"),
    path("views/<int:pk>/drop/", saved_views.drop, name="drop_view"),
    path("healthz", views.healthz, name="healthz"),
]
