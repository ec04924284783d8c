from django.urls import path

from houqin.setup.api_access import docs as api_docs
from houqin.setup.audit import views as audit
from houqin.setup.calendar import notice, schedules
from houqin.setup.calendar import views as calendar
from houqin.setup.directory import tree_views as trees
from houqin.setup.directory import views as directory
from houqin.setup.first_steps import views as wizard
from houqin.setup.grants import views as granting
from houqin.setup.health import views as health
from houqin.setup.integrations import views as hooks
from houqin.setup.policy_pages import views as policies
from houqin.setup.role_matrix import views as roles
from houqin.setup.services import views as services
from houqin.setup.sign_in_links import views as links
from houqin.setup.standards import views as standards
from houqin.setup.workbook import views as importing

app_name = "setup"
urlpatterns = [
    path("api/docs/", api_docs.api_docs, name="api_docs"),
    path("setup/", wizard.wizard, name="wizard"),
    path("setup/accounts/", wizard.first_accounts, name="first_accounts"),
    path("setup/steps/<slug:code>/", wizard.settle, name="settle"),
    path("start/<str:token>/", links.first_password, name="first_password"),
    path("setup/import/", importing.books, name="books"),
    path("setup/import/template/", importing.template_book, name="template"),
    path("setup/import/<int:pk>/", importing.book, name="book"),
    path("setup/import/<int:pk>/errors/", importing.marked_book, name="marked_book"),
    path("setup/import/<int:pk>/take/", importing.take, name="take_book"),
    path("people/", directory.people, name="people"),
    path("people/new/", directory.edit, name="new_person"),
    path("people/links/", directory.all_links, name="all_links"),
    path("people/<int:pk>/", directory.person, name="person"),
    path("people/<int:pk>/edit/", directory.edit, name="edit_person"),
    path("people/<int:pk>/deactivate/", directory.deactivate, name="deactivate"),
    path("people/<int:pk>/restore/", directory.restore, name="restore"),
    path("people/<int:pk>/link/", directory.new_link, name="new_link"),
    path("people/<int:pk>/grant/", granting.grant, name="grant"),
    path("grants/", granting.wishes, name="wishes"),
    path("grants/<int:pk>/revoke/", granting.revoke, name="revoke"),
    path("grants/asked/<int:pk>/drop/", granting.drop, name="drop_wish"),
    path("places/", trees.places, name="places"),
    path("places/new/", trees.edit_place, name="new_place"),
    path("places/<int:pk>/", trees.places, name="place"),
    path("places/<int:pk>/edit/", trees.edit_place, name="edit_place"),
    path("places/<int:pk>/close/", trees.close, name="close_place"),
    path("places/<int:pk>/remove/", trees.remove_place, name="remove_place"),
    path("departments/", trees.departments, name="departments"),
    path("departments/new/", trees.edit_department, name="new_department"),
    path("departments/<int:pk>/", trees.departments, name="department"),
    path("departments/<int:pk>/edit/", trees.edit_department, name="edit_department"),
    path("departments/<int:pk>/remove/", trees.remove_department, name="remove_department"),
    path("services/", services.services, name="services"),
    path("services/new/", services.edit, name="new_service"),
    path("services/<slug:code>/", services.edit, name="service"),
    path("trail/", audit.trail, name="trail"),
    path("trail/seals/", audit.seals, name="seals"),
    path("trail/seals/check/", audit.check_now, name="check_seals"),
    path("trail/seals/roots/", audit.roots, name="roots"),
    path("calendar/hours/", schedules.first, name="first_schedule"),
    path("calendar/new/", schedules.edit, name="new_schedule"),
    path("calendar/<int:schedule>/", schedules.edit, name="schedule"),
    path("calendar/<int:schedule>/places/", schedules.give, name="give_schedule"),
    path("calendar/<int:schedule>/places/<int:place>/drop/", schedules.take, name="take_schedule"),
    path("calendar/", calendar.this_year, name="calendar"),
    path("calendar/<int:schedule>/<int:year>/", calendar.year, name="year"),
    path("calendar/<int:schedule>/<int:year>/<int:month>/<int:day>/", calendar.day, name="day"),
    path(
        "calendar/<int:schedule>/<int:year>/<int:month>/<int:day>/clear/",
        calendar.clear,
        name="clear_day",
    ),
    path("calendar/<int:schedule>/notice/", notice.read, name="notice"),
    path("calendar/<int:schedule>/notice/publish/", notice.publish, name="publish"),
    path("standards/", standards.standards, name="standards"),
    path("standards/new/", standards.new, name="new_standard"),
    path("standards/<int:pk>/", standards.revise, name="standard"),
    path("standards/<int:pk>/withdraw/", standards.withdraw, name="withdraw_standard"),
    path("policies/", policies.policies, name="policies"),
    path("policies/<str:key>/", policies.change, name="policy"),
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
