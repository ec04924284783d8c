from django.urls import path

from houqin.setup.door import accounts, own, views

urlpatterns = [
    path("signin/code/", views.code, name="second_step"),
    path("signin/outside/", views.outside, name="outside"),
    path("signin/outside/back/", views.outside_back, name="outside_back"),
    path("me/security/", own.security, name="security"),
    path("me/security/password/", views.owed_password, name="owed_password"),
    path("me/security/second-step/", own.set_up, name="set_up_second_step"),
    path("me/security/second-step/off/", own.switch_off, name="second_step_off"),
    path("me/security/email/", own.set_email, name="set_email"),
    path("me/security/codes/", own.renew_codes, name="renew_codes"),
    path("me/security/sessions/", own.end_elsewhere, name="end_elsewhere"),
    path("signins/", accounts.signins, name="signins"),
    path("signins/roles/", accounts.demand_roles, name="demand_roles"),
    path("signins/<int:pk>/unlock/", accounts.unlock, name="unlock"),
    path("signins/people/<int:pk>/<slug:verb>/", accounts.help_person, name="help_person"),
]
