from importlib import import_module

from django.apps import AppConfig


class SecurityConfig(AppConfig):
    name = "houqin.security"

    def ready(self) -> None:
        import_module("houqin.security.line")
