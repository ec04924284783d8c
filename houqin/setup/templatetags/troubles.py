from django import template

from houqin.setup.hooks.troubles import in_words

register = template.Library()
register.filter("trouble", in_words)
