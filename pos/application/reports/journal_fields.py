"""What an entry of the journal says, fact by fact, as people read it; what is only for machines stays out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pos.application.ports.journal_ports import JournalEntry
from pos.application.reports.journal_formatter import FIGURES, JournalFormatter, clean, figure_text, flat
from pos.application.reports.journal_kinds import KIND_NAMES, kind_of
from pos.application.settings.setting_words import choice_text, said_text
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text, money_text, number_text
from pos.application.text.names import (
    ALL_REASONS,
    BANK_NAMES,
    BANK_RATE_USES,
    CATEGORIES,
    CHARGE_KINDS,
    HISTORY_KINDS,
    METHODS,
    ORDER_ORIGINS,
    PAPER_STATES,
    PRODUCT_FIELDS,
    PRODUCT_TITLES,
    RULES,
    SALE_REFUSED,
    STOCK_LOCATIONS,
    STOCK_REASONS,
    STOCK_WHYS,
    VERDICTS,
    WHY_OWED,
    name_of,
)
from pos.application.text.partner_words import ATTEMPT_STATES, PROVIDERS
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.domain.errors import RuleBroken
from pos.domain.money import CURRENCIES, Currency, Money

FIELD_NAMES: Mapping[str, str] = PRODUCT_TITLES | {
    "about": N_("Subject"), "acts": N_("Approved"), "after": N_("Current value"), "amount": N_("Amount"),
    "approved_by": N_("Approved by"), "at": N_("Time"), "before": N_("Previous value"), "below_zero": N_("Below zero"),
    "bank": N_("Bank"), "buy": N_("Buy"), "by": N_("Entered by"), "bytes": N_("Size, bytes"),
    "cash": N_("Cash"), "catalogue": N_("Price on file"), "channel": N_("Channel"),
    "category": N_("Category"), "changed": N_("Rules changed"), "code": N_("Goods"), "codes": N_("Goods"),
    "complete": N_("Complete"), "copy": N_("Copy"), "count": N_("Stock-take"), "counted": N_("Counted"),
    "created": N_("New goods"), "customs": N_("Customs"), "days": N_("Number of days"),
    "declared": N_("Stated by the visitor"),
    "destination": N_("Destination"), "difference": N_("Difference"), "differences": N_("Differences"),
    "document": N_("Stock document"), "entries": N_("Journal entries"),
    "ending": N_("Price ending"), "entry": N_("Import document"), "expected": N_("Expected"),
    "expected_on": N_("Expected on"), "failures": N_("Wrong PINs in a row"), "fields": N_("Changed"),
    "figures": N_("Approval covers"), "file": N_("File"), "float": N_("Float"), "for": N_("Applies to"),
    "freed": N_("Allowance restored"), "from": N_("From where"), "giver": N_("Outgoing cashier"), "goods": N_("Goods"),
    "high": N_("Price up to"), "host": N_("Fetched from"), "how": N_("How"), "kind": N_("Type"), "label": N_("Visitor"),
    "labels": N_("Labels"), "last": N_("Last receipts"),
    "left": N_("Unchanged"), "line": N_("Row"), "lines": N_("Rows"), "lots": N_("Lots"),
    "low": N_("Price from"), "mac": N_("Seal"), "margin_days": N_("Extra days"), "method": N_("Paid by"),
    "mismatches": N_("Differences found"),
    "ml": N_("Volume, ml"), "name": N_("Name"), "note": N_("Note"), "notes": N_("Notes and coins"),
    "number": N_("Number"), "of": N_("Cashier"), "official": N_("Bank's rate"),
    "of_till": N_("Till"), "on_owned": N_("On goods in stock"),
    "on_sold": N_("On goods no longer in stock"), "on_unknown": N_("On goods of unknown cost"),
    "order": N_("Order"), "orders": N_("Orders"), "origin": N_("Origin"), "outstanding": N_("Outstanding"),
    "pages": N_("Pages"),
    "paper": N_("Label paper"), "phones": N_("Phone numbers"), "pickup": N_("Customer order"),
    "pickup_state": N_("State"), "to_pickup": N_("Other customer order"),
    "pay": N_("Pieces paid"), "percent": N_("Percentage"), "pieces": N_("Pieces"),
    "place": N_("Place"), "price": N_("Price"), "provider": N_("Provider"), "done": N_("Done"),
    "quantity": N_("Quantity"), "reason": N_("Reason"),
    "receipt": N_("Receipt"), "receipts": N_("Receipts"), "reference": N_("Reference"), "regime": N_("Rules"),
    "rejected": N_("Rejected"),
    "removed": N_("Removed"), "restored": N_("Restored"), "retaxed": N_("Duty recalculated"),
    "returns": N_("Returns included"), "reverses": N_("Sale receipt"), "role": N_("Role"), "rules": N_("Rules"),
    "sales": N_("Sales"), "sell": N_("Sell"), "sheet": N_("Sheet"), "sheets": N_("Sheets"),
    "shift": N_("Shift"), "since": N_("Valid from"),
    "skipped": N_("Receipt numbers skipped"), "skipped_z": N_("Z report numbers skipped"),
    "source": N_("Source"), "staff": N_("Staff"), "state": N_("State"), "supplier": N_("Supplier"),
    "take": N_("Pieces taken"), "taker": N_("Incoming cashier"), "tenders": N_("Payments"), "text": N_("Search text"),
    "till": N_("Till"), "title": N_("Display name"), "to": N_("Where to"), "total": N_("Total"),
    "units": N_("Pieces"), "unknown_lots": N_("Unknown lots"),
    "unsaid": N_("Known entry days not stated"), "until": N_("Until"), "updated": N_("Goods changed"),
    "value": N_("Value"), "verdict": N_("Verdict"), "visitor": N_("Visitor number"),
    "visitors": N_("Visitors"), "what": N_("What"), "why": N_("Why"), "window_days": N_("Window, days"),
    "words": N_("Words in the name"), "z": N_("Z report number"),
    "also_pending": N_("Also in open sales"), "blind": N_("Blind"), "closed_short": N_("Closed short"),
    "contact": N_("Contact"), "cost": N_("Cost"), "ended": N_("Ended"), "files": N_("Files"),
    "in_backups_until": N_("Kept in backups until"), "lot": N_("Lot"), "printer": N_("Printer"),
    "received": N_("Received"), "round": N_("Count round"), "rules_gone": N_("Rules"), "scope": N_("What is counted"),
    "taxed": N_("Pieces to declare"),
    "recipe": N_("Recipe"), "batch": N_("Batch"), "version": N_("Version"), "valid_from": N_("In force from"),
    "planned": N_("Pieces planned"), "made": N_("Pieces made"), "loss": N_("Usual loss, in 1,000"),
    "work": N_("Cost of the work"), "shelf_days": N_("Days it keeps"), "back": N_("Returned unused"),
    "lost": N_("Lost"),
}  # fmt: skip
"""What a fact is called."""

_OF_DELIVERIES = (
    "begin_receipt", "take_over_receipt", "drop_receipt", "post_receipt", "late_charge", "reprint_receipt",
)  # fmt: skip
_OF_EVENT: Mapping[tuple[str, str], str] = {
    **{(event, "receipt"): N_("Goods received") for event in _OF_DELIVERIES},
    ("accept_clock", "before"): N_("Compared with"), ("begin_count", "value"): N_("Which goods"),
    ("export", "rows"): N_("Rows"), ("export", "regimes"): N_("Rules"), ("set_rate", "customs"): N_("Customs rate"),
    ("set_rate", "how"): N_("Used for"), ("set_rate", "day"): N_("File date"),
    ("export", "acts"): N_("Type"), ("export", "day"): N_("Day"), ("export", "delivery"): N_("Delivery"),
    ("export", "form"): N_("File format"), ("export", "format"): N_("File format"), ("export", "last"): N_("To"),
    ("export", "list"): N_("Which list"), ("export", "marks"): N_("Figure"), ("export", "of_person"): N_("Person"),
    ("drop_count", "of_person"): N_("Started by"),
    ("export", "scope"): N_("Category"), ("export", "shown"): N_("Only"),
    ("export", "since"): N_("From"), ("export", "until"): N_("To"),
    ("set_quick_keys", "changed"): N_("Pages changed"), ("set_quick_keys", "removed"): N_("Pages removed"),
    ("add_promotion", "from"): N_("Valid from"), ("add_promotion", "to"): N_("Until"),
    ("change_promotion", "from"): N_("Valid from"), ("change_promotion", "to"): N_("Until"),
    ("erase_visitors", "before"): N_("Data older than"),
    ("erase_addresses", "before"): N_("Data older than"),
    ("erase_addresses", "addresses"): N_("Addresses"),
    ("link", "paper"): N_("Visitor number"), ("link", "to"): N_("Linked to visitor number"),
    ("move_quota", "from"): N_("From visitor number"), ("move_quota", "to"): N_("To visitor number"),
    ("part", "paper"): N_("Visitor number"),
    ("restore", "to"): N_("Version after the restore"), ("restore", "version"): N_("Version of the backup"),
    ("set_prices", "count"): N_("Number of products"), ("withdraw_prices", "count"): N_("Number of products"),
    ("set_recipe", "lines"): N_("Inputs"), ("withdraw_recipe", "lines"): N_("Inputs"),
    ("plan_batch", "lines"): N_("Inputs"), ("start_batch", "lines"): N_("Inputs"),
    ("finish_batch", "value"): N_("Cost"), ("plan_batch", "day"): N_("Day"),
    ("take_over_receipt", "from"): N_("Taken over from"), ("take_over_receipt", "till"): N_("Taken over from till"),
}  # fmt: skip
"""What a fact is called in one act only, by the act and the fact."""

_FOR_MACHINES = frozenset(
    {
        "basket", "change", "currency", "import", "key", "keys", "no", "opening", "pin", "product", "products",
        "promotion", "rates", "settings", "sha256", "tender", "versions", "active",
    }
)  # fmt: skip
"""Facts that lead from table to table: not for a reader."""

_COUNT_SCOPES = {
    "all": N_("Everything"), "category": N_("Category"), "shelf": N_("Shelf"), "products": N_("Chosen products"),
}  # fmt: skip
_TABLES: Mapping[str, Mapping[str, str]] = {
    "category": CATEGORIES, "verdict": VERDICTS, "rules": RULES,
    "method": METHODS, "provider": PROVIDERS, "place": STOCK_LOCATIONS, "to": STOCK_LOCATIONS, "from": STOCK_LOCATIONS,
    "scope": _COUNT_SCOPES, "fields": PRODUCT_FIELDS, "reason": {**ALL_REASONS, **STOCK_WHYS, **STOCK_REASONS},
}  # fmt: skip
_ORDER_EVENTS = ("make_order", "change_order", "close_order", "drop_order")
_ORDERS = {"origin": ORDER_ORIGINS, "state": PAPER_STATES}
_BY_PROVIDER = {"provider": N_("through the provider"), "by_hand": N_("in another way")}
_HOW_SETTLED = {"given_back": N_("refunded to the customer"), "sold": N_("used for the sale")}
_PROMOTED = {**CATEGORIES, "*": N_("All goods")}
_OPEN_PRICE = {"open": N_("Open price")}
_DISCARDED = {"left": N_("open when the till stopped"), "forgotten": N_("visitor data erased")}
_LEFT_BY = {
    "cashier": N_("at the till"), "gate": N_("from the file of the gate"), "console": N_("by a command"),
}  # fmt: skip
_LISTS = {
    "changed": N_("Changed"), "new": N_("New"), "chosen": N_("Chosen"), "unsellable": N_("Cannot be sold"),
}  # fmt: skip
_SHOWN = {"lacking": N_("Data missing"), "low": N_("Low"), "unpriced": N_("No price")}
_TABLES_OF_EVENT: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("settle_tender", "how"): _HOW_SETTLED, ("give_back_charge", "how"): _BY_PROVIDER,
    ("late_charge", "kind"): CHARGE_KINDS, ("price", "how"): _OPEN_PRICE,
    ("set_rate", "how"): BANK_RATE_USES, ("set_rate", "bank"): BANK_NAMES,
    ("discard", "kind"): _DISCARDED, ("left", "source"): _LEFT_BY, ("export", "kind"): HISTORY_KINDS,
    ("export", "state"): PAPER_STATES, ("export", "list"): _LISTS, ("export", "shown"): _SHOWN,
    ("export", "scope"): CATEGORIES, ("look_up", "about"): {"receipts": N_("Receipts")},
    ("add_promotion", "category"): _PROMOTED, ("change_promotion", "category"): _PROMOTED,
    **{(event, "state"): ATTEMPT_STATES for event in ("charge", "refund_charge", "owe_charge", "undo_charge")},
    **{(event, "state"): ATTEMPT_STATES for event in ("decide_attempt", "give_back_charge")},
    **{(event, "kind"): {"parked": N_("Parked")} for event in ("park", "take_up", "lapse")},
    **{(event, name): table for event in _ORDER_EVENTS for name, table in _ORDERS.items()},
}  # fmt: skip
"""What a fact may be in one act, by the act and the fact."""
_FIRST = (
    "name", "receipt", "reverses", "number", "z", "shift", "kind", "document", "code", "quantity", "pieces", "price",
    "catalogue", "total", "amount", "buy", "sell", "customs", "since", "acts", "for", "reason",
)  # fmt: skip
"""What an entry is about, before everything else; the seal comes last. The store keeps facts by the alphabet."""
_ORDER = {name: rank for rank, name in enumerate(_FIRST)} | {"mac": 1_000}
_GOODS = frozenset({"code", "codes"})
_STAFF_EVENTS = frozenset({"add_person", "rename_person", "give_role", "reset_pin", "enable_person", "disable_person"})
_QUOTA = re.compile(r"([A-Z]{2}) (.*) #[0-9a-f]{16}")
_RULE = re.compile(r"\b[a-z][a-z_]+\b")
_SEALED = 8
_MOST = 60
_REASONS = (ValueError, ArithmeticError, RuleBroken, TypeError, AttributeError, KeyError, IndexError)


def entry_fields(entry: JournalEntry, formatter: JournalFormatter) -> list[tuple[str, str]]:
    """Every fact that people read, as (what it is called, what it is), what it is about first."""
    return list(_EntryFields(entry, formatter).all())


class _EntryFields:
    def __init__(self, entry: JournalEntry, formatter: JournalFormatter) -> None:
        self.entry, self.formatter, self.translator = entry, formatter, formatter.translator

    def all(self) -> Iterator[tuple[str, str]]:
        fields = self.entry.details.items()
        for name, value in sorted(fields, key=lambda field: _ORDER.get(field[0], len(_FIRST))):
            if name in _FOR_MACHINES or value in (None, "", [], {}):
                continue
            yield self._name(name), self._value_text(name, value, self.entry.details)

    def _name(self, name: str) -> str:
        """A person has a name of another kind than goods, in languages that distinguish the two."""
        event = self.entry.event
        if name == "name" and event in _STAFF_EVENTS:
            return self.translator.context("person", "Name")
        return (
            self.translator(_OF_EVENT[event, name]) if (event, name) in _OF_EVENT else field_name(name, self.translator)
        )

    def _value_text(self, name: str, value: Any, around: Mapping[str, Any]) -> str:
        try:
            return self._worded(name, value, around)
        except _REASONS:
            return clean(flat(value))  # only a till writes here; any other writer is named by `verify`

    def _worded(self, name: str, value: Any, around: Mapping[str, Any]) -> str:
        tr, language = self.translator, self.translator.language
        if isinstance(value, bool):
            return choice_text("yes" if value else "no", tr)
        if name == "mac":
            return f"{str(value)[:_SEALED]}…"
        if name == "notes":
            return self._notes(value, around)
        if self.entry.event == "set_setting" and name in ("before", "after"):
            return said_text(self.entry.details["name"], str(value), tr)
        if name in FIGURES:
            return figure_text(value, language)
        table = _TABLES_OF_EVENT.get((self.entry.event, name)) or _TABLES.get(name, {})
        if isinstance(value, str) and value in table:
            return tr(table[value])
        if (self.entry.event, name) == ("begin_count", "value"):
            return clean(name_of(CATEGORIES, str(value), tr))  # a shelf may be called 12
        if (self.entry.event, name) == ("export", "acts"):
            kinds = dict.fromkeys(kind_of(one) for one in value)
            return tr(", ").join(tr(KIND_NAMES[kind]) for kind in kinds if kind)
        if (self.entry.event, name) == ("owe_tender", "why"):
            return tr(WHY_OWED.get(str(value), SALE_REFUSED))
        if name == "figures":
            return "\n".join(self._figure(str(one)) for one in value)
        if isinstance(value, list) and name != "acts":
            return self._several(name, value)
        if name == "line":
            return number_text(value + 1, language)
        if isinstance(value, dict) and not _is_money(value):
            return self._each(value)
        if isinstance(value, str) and len(value) == 10 and value[4] == value[7] == "-":
            return date_text(date.fromisoformat(value), language)
        if name in _GOODS:
            return self.formatter.goods_text(str(value))
        return self.formatter.field_text(self.entry, name, value)

    def _figure(self, text: str) -> str:
        """What an approval is bound to: `KZ A: value, weight #…` with the rules by their names."""
        match = _QUOTA.fullmatch(text)
        if match is None:
            return clean(text)
        side = destination_text(match[1], self.translator)
        return f"{side} · " + _RULE.sub(lambda rule: name_of(RULES, rule[0], self.translator), clean(match[2]))

    def _several(self, name: str, values: list[Any]) -> str:
        parts = [
            " · ".join(self._inside(one)) if isinstance(one, dict) else self._value_text(name, one, {})
            for one in values[:_MOST]
        ]
        more = len(values) - _MOST
        if more > 0:
            parts.append(f"+{number_text(more, self.translator.language)}")
        is_long = any(isinstance(one, dict) for one in values) or name in _GOODS
        return ("\n" if is_long else self.translator(", ")).join(parts)

    def _each(self, value: Mapping[str, Any]) -> str:
        """A dictionary: of currencies, or of facts of its own."""
        if not all(code in CURRENCIES for code in value):
            return " · ".join(self._inside(value))
        parts = []
        for code, one in value.items():
            if isinstance(one, dict):
                parts.append(labelled(self.translator, code, " · ".join(self._inside({**one, "currency": code}))))
            else:
                parts.append(money_text(Money.parse(one, CURRENCIES[code]), self.translator.language))
        return ("\n" if any(isinstance(one, dict) for one in value.values()) else self.translator(", ")).join(parts)

    def _inside(self, fields: Mapping[str, Any]) -> Iterator[str]:
        code = str(fields.get("currency"))
        for name, value in fields.items():
            if name in _FOR_MACHINES or value in (None, "", [], {}) or value is False:
                continue
            if name in ("expected", "counted", "difference") and code in CURRENCIES:
                text = money_text(Money.parse(value, CURRENCIES[code]), self.translator.language)
            else:
                text = self._value_text(name, value, fields)
            yield text if name in _GOODS else labelled(self.translator, field_name(name, self.translator), text)

    def _notes(self, value: Mapping[str, Any], around: Mapping[str, Any]) -> str:
        """Pieces by note: of one currency, or of several by their codes."""
        if all(code in CURRENCIES for code in value):
            return "\n".join(self._pieces(notes, CURRENCIES[code]) for code, notes in value.items())
        return self._pieces(value, CURRENCIES[around["currency"]])

    def _pieces(self, notes: Mapping[str, int], currency: Currency) -> str:
        language = self.translator.language
        largest_first = sorted(((int(note), pieces) for note, pieces in notes.items()), reverse=True)
        each = (
            f"{number_text(pieces, language)} × {money_text(Money(note, currency), language, cash=True)}"
            for note, pieces in largest_first
        )
        return self.translator(", ").join(each)


def field_name(name: str, tr: Translator) -> str:
    """What a fact is called; one without a name by its key."""
    return tr(FIELD_NAMES[name]) if name in FIELD_NAMES else clean(str(name).replace("_", " "))


def _is_money(value: Mapping[str, Any]) -> bool:
    return value.keys() == {"amount", "currency"}


def codes_in(value: Any) -> Iterator[str]:
    """The codes of goods that the facts of an entry name, as often as they stand there."""
    if isinstance(value, dict):
        for name, one in value.items():
            if name in _GOODS:
                yield from (str(code) for code in (one if isinstance(one, list) else [one]) if isinstance(code, str))
            else:
                yield from codes_in(one)
    elif isinstance(value, list):
        for one in value:
            yield from codes_in(one)
