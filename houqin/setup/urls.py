from django.urls import include, path

ROOMS = (
    "first_steps", "sign_in_links", "workbook", "directory", "grants", "services", "audit", "calendar",
    "standards", "policy_pages", "role_matrix", "health", "integrations",
)  # fmt: skip
app_name = "setup"
urlpatterns = [path("", include(f"houqin.setup.{room}.urls")) for room in ROOMS]
