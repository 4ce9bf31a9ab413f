"""Words each refusal and each environment error: one sentence with the problem, its location and the remedy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from math import ceil

from pos.application.catalogue.field_values import value_words
from pos.application.settings.setting_words import name_of_setting, takes_text
from pos.application.settings.settings import Settings
from pos.application.text.formatting import date_text, instant_text, money_text, number_text
from pos.application.text.names import (
    ATTRIBUTES,
    BANK_NAMES,
    LACKING_ON_PAPERS,
    METHODS,
    PAPER_STATES,
    PERMISSION_NAMES,
    PRODUCT_FIELDS,
    ROLES,
    RULES,
    STOCK_LOCATIONS,
    STOCK_WHYS,
    VERDICTS,
    name_of,
)
from pos.application.text.partner_words import ATTEMPT_STATES, PROVIDERS
from pos.application.text.pickup_words import CHANNELS, ORDER_STATES, held_until_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled, noted, paragraph, strung
from pos.domain.catalogue.product_card import ChangedMeanwhile
from pos.domain.errors import BadField, InfrastructureError, RuleBroken
from pos.domain.money import CURRENCIES, Money
from pos.domain.pickup.pickup_code import PickupCode
from pos.domain.receipt_number import ReceiptOfReturn
from pos.domain.stock.stock_count import (
    CountedElsewhere,
    CountOfAnother,
    CountOver,
    NoSuchCount,
    NotPosted,
    RecountedOnce,
    SheetDone,
    SheetsOpen,
    count_name,
)
from pos.languages.center_sentences import AWAY_REASONS, CENTER_REASONS, WHY_REFUSED
from pos.languages.file_reasons import FILE_REASONS
from pos.languages.office_sentences import OFFICE_REASONS
from pos.languages.parcel_sentences import SCHEMA_REASONS
from pos.languages.pickup_sentences import ORDER_CODES
from pos.languages.sentences import BAD_FIELDS, FIELDS, KINDS_OF_TROUBLE, REASONS, SENTENCES, TROUBLES

_OTHERWISE = N_("This is not possible ({fact}).")
_FIELD_AND_VALUE = N_("{field}: “{value}” is not valid: {reason}.")
_FIELD = N_("{field}: {reason}.")
_SETTING_MISSING = N_("{field} is missing. Enter it in the settings.")
_REASONS = {**REASONS, **AWAY_REASONS, **FILE_REASONS, **OFFICE_REASONS, **SCHEMA_REASONS, **CENTER_REASONS}
_AS_IN_THE_FILE = ("regime_fault", "demo_fault")
"""Refusals of files that people write by hand: their fields have the names that stand there."""
_NAMED: Mapping[str, Mapping[str, str]] = {
    "act": PERMISSION_NAMES,
    "acts": PERMISSION_NAMES,
    "attributes": ATTRIBUTES,
    "bank": BANK_NAMES,
    "channel": CHANNELS,
    "cause": STOCK_WHYS,
    "why": WHY_REFUSED,
    "fields": PRODUCT_FIELDS,
    "lacks": LACKING_ON_PAPERS,
    "method": METHODS,
    "missing": ATTRIBUTES,
    "place": STOCK_LOCATIONS,
    "provider": PROVIDERS,
    "role": ROLES,
    "rules": RULES,
    "state": {**ATTEMPT_STATES, **PAPER_STATES, **ORDER_STATES},
    "verdict": VERDICTS,
    "whose": PROVIDERS,
}


def refusal_text(error: RuleBroken | InfrastructureError, tr: Translator, zone: tzinfo | None = None) -> str:
    """One sentence in the language of `tr`; instants are shown in the time zone `zone` (or their own)."""
    if isinstance(error, InfrastructureError):
        return _trouble_text(error, tr)
    error = _of_the_file(error)
    values = {name: _value_text(name, value, tr, zone) for name, value in error.facts().items()}
    if "field" in values and error.fact not in _AS_IN_THE_FILE:
        values["field"] = _field_text(str(error.facts()["field"]), tr)
    if isinstance(
        error,
        CountedElsewhere
        | CountOfAnother
        | CountOver
        | NoSuchCount
        | NotPosted
        | RecountedOnce
        | SheetDone
        | SheetsOpen,
    ):
        values["count"] = count_name(error.count)
    if error.fact in ORDER_CODES and "code" in values:
        values["code"] = PickupCode(values["code"]).spaced
    if isinstance(error, ChangedMeanwhile):
        said = (
            labelled(tr, name_of(PRODUCT_FIELDS, name, tr), clean(value_words(name, text, tr)) or "—")
            for name, text in zip(error.fields, error.values, strict=True)
        )
        values["fields"] = tr(", ").join(said)
    if isinstance(error, BadField) and (money := _money_in(error.value)) is not None:
        values["value"] = money_text(money, tr.language, cash=True)
    if "what" in values:
        values["reason"] = reason_text(str(error.facts()["what"]), tr)
    sentence = tr(_sentence_of(error), **{"fact": clean(str(error)), **values})
    if isinstance(error, BadField) and error.what == "not_a_setting" and error.field in Settings.names():
        return paragraph(tr, (sentence, takes_text(error.field, tr)))
    return sentence


def sentence_for(error: Exception, tr: Translator, zone: tzinfo | None = None) -> str:
    """Like `refusal_text`, with one sentence for all unexpected errors: their details belong in the log."""
    if isinstance(error, RuleBroken | InfrastructureError):
        return refusal_text(error, tr, zone)
    return tr("Internal error. Nothing was recorded. Details are in the log.")


def _sentence_of(error: RuleBroken) -> str:
    facts = error.facts()
    if error.fact == "regime_fault" and not facts["rule"]:
        part = "field" if facts["field"] else "line" if facts["line"] else "file"
        return SENTENCES[f"regime_fault_{part}"]
    if error.fact == "no_parcel_regime" and not facts["destination"]:
        return SENTENCES["no_parcel_regime_at_all"]
    if isinstance(error, ReceiptOfReturn) and (error.is_void or not error.of):
        return SENTENCES["receipt_of_void" if error.is_void else "receipt_of_blind_return"]
    if not isinstance(error, BadField):
        return SENTENCES.get(error.fact, _OTHERWISE)
    if error.what == "missing" and _is_setting(error.field):
        return _SETTING_MISSING
    sentence = BAD_FIELDS.get(error.what, _FIELD_AND_VALUE)
    return sentence if error.value or "{value}" not in sentence else _FIELD


def reason_text(what: str, tr: Translator) -> str:
    """A `what` in words; an unknown one uses the longest known prefix, else the name itself."""
    known = what
    while known and known not in _REASONS:
        known = known.rpartition("_")[0]
    return tr(_REASONS[known]) if known else clean(what.replace("_", " "))


def _of_the_file(error: RuleBroken) -> RuleBroken:
    """What is wrong with the column names of a file, as a refusal of the file."""
    if not isinstance(error, BadField) or error.field.partition(".")[0] != "header":
        return error
    column = error.field.partition(".")[2]
    if column and error.what == "missing":
        return BadField("FILE", "no_such_column", column)
    return BadField("FILE", error.what, error.value)


def _field_text(field: str, tr: Translator) -> str:
    """A field by its name; the row of a file in words, and its column as the file has it."""
    row, _, column = field.partition(", ")
    number = row.removeprefix("row ")
    if _is_setting(field):
        return name_of_setting(field, tr)
    if row == number or not number.isdecimal():
        return clean(name_of(FIELDS, field, tr))
    return strung(tr, (tr("row {line}", line=number_text(int(number), tr.language)), clean(column)))


def _is_setting(field: str) -> bool:
    """Whether a field is known by no other name than that of a setting, whose title people read."""
    return field not in FIELDS and field in Settings.names()


def _trouble_text(trouble: InfrastructureError, tr: Translator) -> str:
    kind = next(cls.__name__ for cls in type(trouble).__mro__ if cls.__name__ in KINDS_OF_TROUBLE)
    sentence = TROUBLES.get(trouble.what, KINDS_OF_TROUBLE[kind])
    text = tr(sentence, where=clean(trouble.where) or "—", detail=clean(trouble.detail))
    if trouble.where and "{where}" not in sentence:
        text = labelled(tr, clean(trouble.where), text)
    return noted(tr, text, clean(trouble.detail)) if trouble.detail and "{detail}" not in sentence else text


def _money_in(value: object) -> Money | None:
    """The money that a refusal names as text, such as 50.05 CNY; None where it is something else."""
    amount, _, code = value.partition(" ") if isinstance(value, str) else ("", "", "")
    currency = CURRENCIES.get(code)
    if currency is None:
        return None
    try:
        return Money.parse(amount, currency)
    except BadField:
        return None


def _value_text(name: str, value: object, tr: Translator, zone: tzinfo | None) -> str:
    language = tr.language
    match value:
        case Money():
            return money_text(value, language, cash=True)
        case bool():
            return tr("yes") if value else tr("no")
        case int():
            return number_text(value, language)
        case Fraction():  # a share above its limit never reads as the limit itself
            return number_text(Fraction(ceil(value * 100), 100), language, 2, trimmed=True)
        case Decimal():
            return number_text(value, language, 6, trimmed=True)
        case datetime():
            own = zone or value.tzinfo
            shown = held_until_text if name == "hold_until" else instant_text
            return shown(value, own, language) if own and value.tzinfo else clean(str(value))
        case date():
            return date_text(value, language)
        case None | "":
            return "—"
        case Enum():
            return _value_text(name, value.value, tr, zone)
        case tuple() | list():
            return tr(", ").join(_value_text(name, one, tr, zone) for one in value)
        case _:
            return clean(name_of(_NAMED.get(name, {}), str(value), tr))


def clean(text: str) -> str:
    """The text in one line of at most 200 characters; control and direction characters are replaced by �."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() else "\N{REPLACEMENT CHARACTER}" for char in text[:200]
    )
