from django import template

from houqin.setup.integrations.errors import in_words

register = template.Library()
register.filter("trouble", in_words)
