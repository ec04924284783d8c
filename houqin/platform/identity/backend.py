"""Who may hold a session at all, however it was opened."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from houqin.kernel.people.models import User


class PeopleAlone(ModelBackend):
    """Number and password of a person. No session is held by the house, its guests or another system: one
    that was opened in their name ends with the next page."""

    def user_can_authenticate(self, user: Any) -> bool:
        return isinstance(user, User) and user.is_person and super().user_can_authenticate(user)
