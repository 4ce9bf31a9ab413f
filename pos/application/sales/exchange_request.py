"""Read the returned goods of a sale from a JSON request."""

from __future__ import annotations

from pos.application.returns.return_order import Back, Exchange, ReturnLine
from pos.application.returns.return_request import read_line
from pos.application.text.json_fields import read_list, read_object, read_text
from pos.application.text.names import EXCHANGED
from pos.domain.errors import BadField
from pos.domain.money import currency
from pos.domain.payment.tender import METHODS
from pos.domain.receipt_number import NoSuchReceipt, read_receipt_number, receipt_number

_MOST_LINES = 2000


def read_exchange(sale: object) -> Exchange | None:
    """The `returns` of a sale with its `refund`; None without returns. Raises a BadInput naming the field."""
    assert isinstance(sale, dict), "read_sale_request checks it first"
    rows = read_list(sale, "returns", "", _MOST_LINES)
    refund = sale.get("refund")
    if not rows:
        if refund is not None:
            raise BadField("refund", "without_returns")
        return None
    backs: dict[str, list[ReturnLine]] = {}
    reasons: dict[str, str] = {}
    named: set[tuple[str, int]] = set()
    for index, row in enumerate(rows):
        field = f"returns[{index}]"
        fields = read_object(row, field, ("receipt", "line", "quantity", "to", "reason"))
        receipt = _receipt(fields.get("receipt"), f"{field}.receipt")
        line = read_line({name: value for name, value in fields.items() if name not in ("receipt", "reason")}, field)
        if (receipt, line.line) in named:
            raise BadField(f"{field}.line", "duplicate", str(line.line))
        named.add((receipt, line.line))
        backs.setdefault(receipt, []).append(line)
        if fields.get("reason") is not None:
            reasons[receipt] = read_text(fields["reason"], f"{field}.reason", 200)
    back = tuple(Back(receipt, tuple(lines), reasons.get(receipt, EXCHANGED)) for receipt, lines in backs.items())
    if refund is None:
        return Exchange(back)
    fields = read_object(refund, "refund", ("currency", "method"))
    method = fields.get("method", "cash")
    if method not in METHODS:
        raise BadField("refund.method", "unknown", str(method)[:40])
    return Exchange(back, method, currency(fields.get("currency"), "refund.currency"))


def _receipt(value: object, field: str) -> str:
    text = read_text(value, field)
    try:
        return receipt_number(*read_receipt_number(text))
    except NoSuchReceipt:
        raise BadField(field, "not_a_receipt", text[:40]) from None
