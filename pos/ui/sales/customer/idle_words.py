"""The texts without a customer: the welcome, the rates, or that this till is closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from pos.application.settings.settings import Settings
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import number_text
from pos.application.text.translator import LANGUAGE_NAMES, N_, Translator
from pos.domain.money import CURRENCIES
from pos.domain.pricing.rates import RateTable
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.customer.view_models import ClosedView, DisplayedRate, Welcome

CLOSED = N_("This till is closed.")
WAIT = N_("One moment, please.")


def welcome_view(
    settings: Settings, rates: RateTable | None, translators: Mapping[str, Translator], both: Speech
) -> Welcome:
    """The shop, a greeting in every language, and the exchange rates."""
    rows = () if rates is None else _rate_rows(rates, both)
    base = "" if rates is None else rates.base.code
    return Welcome(
        shop=settings.shop_name,
        logo=settings.logo,
        greetings=_each(N_("Welcome"), translators, settings.receipt_languages),
        rates_title=f"{both('Exchange rates')}, {base}" if rows else "",
        takes=both("We buy"),
        gives=both("We sell"),
        rates=rows,
    )


def closed_view(sentence: str, icon: str, translators: Mapping[str, Translator], pair: Sequence[str]) -> ClosedView:
    """A sentence in every language, those of the shop first."""
    return ClosedView(icon, _each(sentence, translators, pair))


def _each(text: str, translators: Mapping[str, Translator], pair: Sequence[str]) -> tuple[str, ...]:
    languages = dict.fromkeys((*pair, *LANGUAGE_NAMES))
    return tuple(dict.fromkeys(translators[language](text) for language in languages))


def _rate_rows(rates: RateTable, both: Speech) -> tuple[DisplayedRate, ...]:
    language, rows = both.language, []
    for currency in CURRENCIES.values():
        rate = rates.rates.get(currency.code)
        if currency == rates.base or rate is None:
            continue
        name = both.line(partial(currency_word, currency))
        rows.append(DisplayedRate(currency.code, name, _figure(rate.buy, language), _figure(rate.sell, language)))
    return tuple(rows)


def _figure(rate: Decimal, language: str) -> str:
    return number_text(rate, language, 2 if rate == rate.quantize(Decimal("0.01")) else 4)
