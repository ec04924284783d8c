from django.urls import path

from houqin.setup.api_access import views

urlpatterns = [
    path("me/tokens/", views.tokens, name="tokens"),
    path("me/tokens/<int:pk>/revoke/", views.revoke, name="revoke_token"),
    path("service-accounts/", views.services, name="service_accounts"),
    path("service-accounts/new/", views.new_service, name="new_service_account"),
    path("service-accounts/<int:pk>/", views.service, name="service_account"),
    path("service-accounts/<int:pk>/approve/", views.approve, name="approve_service_account"),
    path("service-accounts/<int:pk>/close/", views.close, name="close_service_account"),
]
