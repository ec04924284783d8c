from importlib import import_module

from django.apps import AppConfig


class IdentityConfig(AppConfig):
    name = "houqin.kernel.identity"

    def ready(self) -> None:
        import_module("houqin.kernel.identity.events")
