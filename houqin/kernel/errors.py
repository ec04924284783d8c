"""How the house says no. The message is a clear sentence for the person who asked."""


class Refused(Exception):
    """A rule of the house says no; nothing was changed. Shown to the user, HTTP 409."""

    status = 409


class NotAllowed(Refused):
    """The rule that says no is about who asks, HTTP 403."""

    status = 403
