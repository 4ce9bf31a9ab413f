"""A declaration in the answer of the command line: what stands on the paper, without a number of a document."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from pos.application.text.json_amounts import amount
from pos.domain.declarations.declaration import Declaration, sum_of
from pos.domain.declarations.share import DeclaredLine, Norm
from pos.domain.quota.figures import decimal_text, plain


def declaration_json(declaration: Declaration) -> dict[str, Any]:
    """Lines, sums, norms and duty of a paper; weights in kilograms, values in the currency of the rules."""
    sale, currency = declaration.sale, declaration.sale.currency
    dutiable = [line for share in declaration.shares for line in share.dutiable]
    free = [line for share in declaration.shares for line in share.free]
    groups: Mapping[str, list[DeclaredLine]] = {"dutiable": dutiable, "free": free}
    return {
        "paper": declaration.paper.value,
        "receipt": sale.receipt,
        "at": sale.at.isoformat(),
        "destination": sale.destination,
        "regime": sale.regime,
        "visitor": declaration.adult.label,
        "minors": [visitor.label for visitor in declaration.minors],
        "country": declaration.adult.country,
        "currency": currency.code,
        "lines": [_line(number, line) for number, line in enumerate(declaration.lines, start=1)],
        "sums": {name: _sum(lines, declaration) for name, lines in groups.items()},
        "norms": [{"visitor": share.holder, **_norm(norm)} for share in declaration.shares for norm in share.norms],
        "duty": {
            **amount(declaration.duty),
            "by": {share.holder: str(share.duty) for share in declaration.shares if share.duty is not None},
        },
        "later": declaration.later or None,
    }


def _line(number: int, line: DeclaredLine) -> dict[str, Any]:
    goods = line.goods
    return {
        "no": number,
        "visitor": line.holder,
        "name": goods.name,
        **dict(goods.details),
        "serial": goods.serial,
        "receipt": goods.receipt or None,
        "quantity": line.quantity,
        "value": str(line.value),
        "gross_kg": _exact(line.kg),
        "ml": _exact(line.ml),
        "status": line.status.value,
        "rate": _exact(line.rate),
        "duty": None if line.duty is None else str(line.duty),
    }


def _sum(lines: list[DeclaredLine], declaration: Declaration) -> dict[str, Any]:
    one = sum_of(lines, declaration.sale.currency)
    return {"pieces": one.pieces, "value": str(one.value), "gross_kg": _exact(one.kg), "complete": one.is_weighed}


def _norm(norm: Norm) -> dict[str, Any]:
    figures = {name: plain(getattr(norm, name)) for name in ("available", "current", "over")}
    return {"rule": norm.rule, "group": norm.group, "unit": norm.unit, "limit": plain(norm.norm), **figures}


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else decimal_text(number, 3) if number.denominator != 1 else str(number)
