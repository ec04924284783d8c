from importlib import import_module

from django.apps import AppConfig


class ServiceDeskConfig(AppConfig):
    name = "houqin.servicedesk"
    verbose_name = "服务台"

    def ready(self) -> None:
        import_module("houqin.servicedesk.channels.arriving")
        import_module("houqin.servicedesk.events")
        import_module("houqin.servicedesk.found")
        import_module("houqin.servicedesk.handover.kinds")
        import_module("houqin.servicedesk.pages")
        import_module("houqin.servicedesk.papers")
        import_module("houqin.servicedesk.rules.pages")
