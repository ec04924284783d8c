"""The forms of the house as JSON: what a form asks for as JSON Schema, and what came as data for the form.

So a verb is validated by the same form as on its page, and a field that somebody adds there is here too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Schema = dict[str, Any]
NAMES: Final = (
    "code",
    "number",
    "username",
)  # what a person calls a thing by, of those that it has
TYPES: Final[dict[str, type | tuple[type, ...]]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict,
}  # fmt: skip
WORDS: Final = {
    "string": gettext_lazy("文字"), "boolean": gettext_lazy("true 或 false"), "integer": gettext_lazy("整数"),
    "number": gettext_lazy("数"), "array": gettext_lazy("数组"), "object": gettext_lazy("对象"),
}  # fmt: skip


def form_schema(fields: Mapping[str, forms.Field], *, files: bool) -> Schema:
    """The object that a form with `fields` takes; with `files`, as multipart."""
    asked = {name: field for name, field in fields.items() if files or not is_file(field)}
    schema = _object({name: field_schema(field) for name, field in asked.items()})
    if required := [name for name, field in asked.items() if field.required]:
        schema["required"] = required
    return schema


def _object(properties: Mapping[str, Schema]) -> Schema:
    return {"type": "object", "properties": dict(properties), "additionalProperties": False}


def body_of(fields: Mapping[str, forms.Field], **more: Schema) -> dict[str, Any]:
    """The two kinds of body that a form with `fields` takes; `more` are required properties beside them."""
    plain = _with_more(form_schema(fields, files=False), more)
    whole = _with_more(form_schema(fields, files=True), more)
    content = {"application/json": {"schema": plain}, "multipart/form-data": {"schema": whole}}
    return {"required": bool(plain["required"]), "content": content}


def _with_more(schema: Schema, more: Mapping[str, Schema]) -> Schema:
    """`schema` of an object with `more` properties, which are required."""
    return schema | {
        "properties": {**more, **schema["properties"]},
        "required": [*more, *schema.get("required", [])],
    }


def is_file(field: forms.Field) -> bool:
    return isinstance(field, forms.FileField)


def field_schema(field: forms.Field) -> Schema:
    """The JSON Schema of one field, with its label."""
    own: Callable[[], Schema] | None = getattr(field, "json_schema", None)
    schema = own() if own else _schema_by_kind(field)
    texts = {"title": str(field.label or ""), "description": str(field.help_text or "")}
    return schema | {name: words for name, words in texts.items() if words}


def _schema_by_kind(field: forms.Field) -> Schema:
    return next(make(field) for kind, make in KINDS if isinstance(field, kind))


def _choice(field: forms.ChoiceField) -> Schema:
    """A choice of values that are known; what has to be asked of the database first is any string."""
    values = [value for value, _words in _flat(field.choices) if value != ""]
    kind = "integer" if values and all(isinstance(value, int) for value in values) else "string"
    known: Schema = {"enum": values} if values else {}
    return {"type": kind} | known


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, words in choices:
        if isinstance(words, list | tuple):
            yield from words
        else:
            yield value, words


def _model(field: Any) -> Schema:
    return {"type": "string", "minLength": 1, "x-named-by": _named_by(field)}


def _named_by(field: Any) -> str:
    """By which column a thing is named: its code, number or user name; the key of what has none."""
    columns = {column.name for column in field.queryset.model._meta.get_fields()}
    return next((name for name in NAMES if name in columns), "pk")


def _parts(field: Any) -> Schema:
    keys = [suffix.lstrip("_") for suffix in field.widget.widgets_names]
    return _object(dict(zip(keys, map(field_schema, field.fields), strict=True)))


def _text(field: Any) -> Schema:
    limits = {"minLength": 1 if field.required else 0, "maxLength": field.max_length}
    return {"type": "string"} | {name: limit for name, limit in limits.items() if limit}


def _number(field: Any, kind: str) -> Schema:
    limits = {"minimum": field.min_value, "maximum": field.max_value}
    return {"type": kind} | {
        name: float(limit) for name, limit in limits.items() if limit is not None
    }


def _file(field: Any) -> Schema:
    file: Schema = {"type": "string", "format": "binary"}
    most = getattr(field, "most", None)
    return {"type": "array", "items": file, "maxItems": most} if most else file


KINDS: Final[list[tuple[Any, Callable[[Any], Schema]]]] = [
    (forms.FileField, _file),
    (forms.ModelMultipleChoiceField, lambda field: {"type": "array", "items": _model(field)}),
    (forms.ModelChoiceField, _model),
    (forms.MultiValueField, _parts),
    (forms.MultipleChoiceField, lambda field: {"type": "array", "items": _choice(field)}),
    (forms.ChoiceField, _choice),
    (forms.BooleanField, lambda field: {"type": "boolean"}),
    (forms.DecimalField, lambda field: _number(field, "number")),
    (forms.FloatField, lambda field: _number(field, "number")),
    (forms.IntegerField, lambda field: _number(field, "integer")),
    (forms.DateTimeField, lambda field: {"type": "string", "format": "date-time"}),
    (forms.DateField, lambda field: {"type": "string", "format": "date"}),
    (forms.TimeField, lambda field: {"type": "string", "format": "time"}),
    (forms.CharField, _text),
    (forms.Field, lambda field: {}),
]

Data = MultiValueDict[str, Any]
Wrong = list[tuple[str, str]]


def data_from_json(fields: Mapping[str, forms.Field], body: Any) -> tuple[Data, Wrong]:
    """The data for a form with `fields` from a JSON object, and what is wrong with its shape."""
    data: Data = MultiValueDict()
    wrong = [(name, _("没有这样的字段。")) for name in body if name not in fields]
    filled = {name: field for name, field in fields.items() if body.get(name) is not None}
    for name, field in filled.items():
        if complaint := _misfit(field_schema(field), body[name]):
            wrong.append((name, complaint))
        else:
            _fill_in(data, field, name, body[name])
    return data, wrong


def _fill_in(data: Data, field: forms.Field, name: str, value: Any) -> None:
    for key, text in _spread(field, name, value):
        data.appendlist(key, text)


def data_from_form(
    fields: Mapping[str, forms.Field], sent: Data, files: Data
) -> tuple[Data, Wrong]:
    """The same from a form as a browser or curl sends it."""
    data: Data = MultiValueDict()
    unknown = [key for key in (*sent, *files) if not any(_is_of(key, name) for name in fields)]
    for key, values in sent.lists():
        field = fields.get(key)
        data.setlist(key, [_as_typed(field, text) if field else text for text in values])
    return data, [(key, _("没有这样的字段。")) for key in unknown]


def _is_of(key: str, name: str) -> bool:
    return key == name or key.startswith((f"{name}_", f"{name}-"))


def _misfit(schema: Schema, value: Any) -> str:
    """What is wrong with the type of `value`, "" when it fits; limits are checked by the form."""
    kind = schema.get("type", "")
    if not _is_of_type(schema, kind, value):
        return _("这里要%(kind)s。") % {"kind": WORDS[kind]}
    if kind == "array":
        return _misfit_of_items(schema, value)
    return _misfit_of_parts(schema, value) if kind == "object" else ""


def _is_of_type(schema: Schema, kind: str, value: Any) -> bool:
    if (isinstance(value, bool) and kind != "boolean") or schema.get("format") == "binary":
        return False
    return not kind or isinstance(value, TYPES[kind])


def _misfit_of_items(schema: Schema, values: list[Any]) -> str:
    most = schema.get("maxItems", len(values))
    if len(values) > most:
        return _("最多 %(most)d 项。") % {"most": most}
    return next(filter(None, (_misfit(schema.get("items", {}), item) for item in values)), "")


def _misfit_of_parts(schema: Schema, parts: Mapping[str, Any]) -> str:
    known = schema.get("properties", {})
    if unknown := [name for name in parts if name not in known]:
        return _("没有 %(name)s 这一项。") % {"name": unknown[0]}
    filled = {name: part for name, part in parts.items() if part is not None}
    return next(filter(None, (_misfit(known[name], part) for name, part in filled.items())), "")


def _spread(field: Any, name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The controls that `value` fills in, with their texts."""
    if own := getattr(field, "controls_of", None):
        yield from own(name, value)
    elif isinstance(field, forms.MultiValueField):
        yield from (
            (f"{name}_{part}", str(inner)) for part, inner in value.items() if inner is not None
        )
    elif isinstance(value, list):
        yield from ((name, _as_typed(field, inner)) for inner in value)
    elif isinstance(value, bool):
        yield from [(name, "on")] if value else []
    else:
        yield name, _as_typed(field, value)


def _as_typed(field: forms.Field, value: Any) -> str:
    """`value` as a person would type or choose it: a thing by its key, a moment in the time of the house."""
    text = str(value)
    if isinstance(field, forms.ModelChoiceField) and text:
        return _key_of(field, text)
    return _local(text) if isinstance(field, forms.DateTimeField) else text


def _key_of(field: Any, name: str) -> str:
    """The key of what is called `name` among the choices of `field`."""
    column = _named_by(field)
    if column == "pk" or "\x00" in name:
        return name
    key = field.queryset.filter(**{column: name}).values_list("pk", flat=True).first()
    # No key has a question mark: what is not there is not among the choices.
    return f"? {name}" if key is None else str(key)


def _local(text: str) -> str:
    try:
        at = parse_datetime(text)
    except ValueError:
        return text
    return f"{localtime(at):%Y-%m-%dT%H:%M:%S}" if at and is_aware(at) else text
