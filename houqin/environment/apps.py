from importlib import import_module

from django.apps import AppConfig


class EnvironmentConfig(AppConfig):
    name = "houqin.environment"

    def ready(self) -> None:
        import_module("houqin.environment.line")
