"""What the forms of work orders ask for that Django has no field for: money in yuan, photos, materials."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from houqin.ui.fields import YuanField
from houqin.work.orders.actions import Used
from houqin.work.orders.reports import UsedMaterial

MATERIAL_ROWS, ROWS_OPEN = 5, 2
PARTS = ("name", "quantity", "unit", "price")


class MaterialRows(forms.Widget):
    """Rows of name, quantity, unit and price of one unit; always the same number, so that no script is
    needed to add one. `known` are offered as one types a name."""

    template_name = "orders/widgets/materials.html"
    known: Mapping[str, UsedMaterial] = {}

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[dict[str, str]]:
        return [
            {part: str(data.get(f"{name}-{row}-{part}") or "").strip() for part in PARTS}
            for row in range(MATERIAL_ROWS)
        ]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        empty: dict[str, str] = {}
        typed = [*(value or ()), *[empty] * MATERIAL_ROWS][:MATERIAL_ROWS]
        rows = [
            row | {"key": f"{name}-{nth}", "nth": str(nth + 1)} for nth, row in enumerate(typed)
        ]
        context["widget"] |= {
            "known": [
                (name, material["unit"], f"{material['price_fen'] / 100:.2f}")
                for name, material in self.known.items()
            ],
            "first": rows[:ROWS_OPEN],
            "more": rows[ROWS_OPEN:],
            "more_filled": any(any(row.values()) for row in typed[ROWS_OPEN:]),
        }
        return context

    def id_for_label(self, id_: str) -> str:
        return ""


class MaterialsField(forms.Field):
    """Cleans to a list of `Used`, leaving out the rows that are empty; names the row that is wrong. Of a
    material that was used before, the name and the quantity are enough."""

    widget = MaterialRows
    known: Mapping[str, UsedMaterial] = {}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.parts: dict[str, forms.Field] = {
            "name": forms.CharField(max_length=80),
            "quantity": forms.DecimalField(
                min_value=Decimal("0.01"), max_digits=9, decimal_places=2
            ),
            "unit": forms.CharField(max_length=10),
            "price": YuanField(required=False),
        }

    def offer(self, known: Mapping[str, UsedMaterial]) -> None:
        self.known = self.widget.known = known

    def json_schema(self) -> dict[str, Any]:
        """What the API takes for this field."""
        kinds = {"name": "string", "quantity": "number", "unit": "string", "price": "number"}
        row = {
            "type": "object",
            "properties": {part: {"type": kind} for part, kind in kinds.items()},
            "required": ["name", "quantity"],
            "additionalProperties": False,
        }
        return {"type": "array", "items": row, "maxItems": MATERIAL_ROWS}

    def controls_of(self, name: str, rows: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
        """The controls of the form that `rows`, as the API takes them, fill in."""
        for nth, row in enumerate(rows):
            yield from ((f"{name}-{nth}-{part}", str(value)) for part, value in row.items())

    def clean(self, value: Any) -> list[Used]:
        filled = [(nth, row) for nth, row in enumerate(value or (), 1) if any(row.values())]
        return [self._line(nth, self._as_known(row)) for nth, row in filled]

    def _as_known(self, row: dict[str, str]) -> dict[str, str]:
        """With unit and price as they were last, where they were left out."""
        last = self.known.get(row["name"])
        if last is None:
            return row
        price = row["price"] or f"{last['price_fen'] / 100:.2f}"
        return row | {"unit": row["unit"] or last["unit"], "price": price}

    def _line(self, nth: int, row: dict[str, str]) -> Used:
        heads = {"name": _("材料"), "quantity": _("数量"), "unit": _("单位"), "price": _("单价")}
        clean = {}
        for part, field in self.parts.items():
            try:
                clean[part] = field.clean(row.get(part, ""))
            except ValidationError as wrong:
                place = {"row": nth, "part": heads[part], "why": "".join(wrong.messages)}
                raise ValidationError(_("第 %(row)s 行的%(part)s：%(why)s") % place) from None
        return Used(
            name=clean["name"],
            quantity=clean["quantity"],
            unit=clean["unit"],
            price_fen=clean["price"],
        )
