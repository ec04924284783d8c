"""An app adds a post in its own module: it can be granted, is offered and spoken of, without a migration."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from houqin.kernel.people.actions import grant_role
from houqin.kernel.people.models import RoleGrant, User
from houqin.kernel.people.roles import ROLES, RoleDef, role_choices


@pytest.fixture
def driver():
    yield ROLES.register(RoleDef("driver", "驾驶员"))
    ROLES.remove("driver")


def test_a_post_of_an_app_is_offered_before_the_administrators_and_granted(db, driver):
    assert [code for code, _label in role_choices()][-4:] == [
        "driver", "system_admin", "security_admin", "auditor",
    ]  # fmt: skip
    user = User.objects.create(username="he", name="何师傅")
    grant = grant_role(user, driver.code)
    assert grant.get_role_display() == "驾驶员"
    assert user.role_codes() == {"driver"}
    RoleGrant(user=user, role="driver").clean_fields()


def test_a_new_post_needs_no_migration(db, driver):
    call_command("makemigrations", "people", check=True, dry_run=True, verbosity=0)


def test_two_posts_of_one_code_are_refused():
    with pytest.raises(ImproperlyConfigured):
        ROLES.register(RoleDef("manager", "另一个主管"))


def test_a_post_that_nobody_declares_any_more_says_its_code():
    assert ROLES.label("gone") == "gone"
