"""Fetch the file of a central bank from the web and take its rates: because a person or a scheduler says so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.pricing.import_rates import BankFile, ImportedRates, ImportRates, RateFile
from pos.application.pricing.offer_rates import is_news
from pos.application.pricing.set_rates import RateDraft, RatePlan
from pos.domain.errors import BadField, InfrastructureError
from pos.domain.pricing.rate_feed import NoRateFeed, address_to_show, file_of, host_of, is_feed_address
from pos.domain.staff.staff import Person

_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]", re.IGNORECASE)
_LOOKED_AT = 2_000
"""The bytes in which a page of the web says that it is one."""


@dataclass(frozen=True, slots=True)
class FetchRates:
    """Takes what an address has now. What an import would ask about is refused here, too, unless `anyway`."""

    import_rates: ImportRates
    fetch: Callable[[str], bytes]
    """The content behind an address. Raises InfrastructureError."""
    read_content: Callable[[bytes, str], BankFile | None]
    """As ImportRates reads a file: content and name."""

    def plan(self, person: Person, address: str = "", use: str = "") -> RatePlan:
        """The changes of the file and the doubts to confirm. Raises as `__call__`, but no doubt."""
        file = self._fetched(person, address, use)
        return self.import_rates.set_rates.plan(person, file.drafts, file.source)

    def __call__(self, person: Person, address: str = "", use: str = "", *, anyway: bool = False) -> ImportedRates:
        """Record the rates that are news, all or none; `address` is that of the settings where none is given.

        Raises NotAllowed before a connection is opened, NoRateFeed, BadField, InfrastructureError, and as ImportRates.
        """
        file = self._fetched(person, address, use)
        step = self.import_rates.set_rates
        drafts = self._news(file, step.plan(person, file.drafts, file.source))
        rates = step.all(person, drafts, anyway=anyway, source=file.source) if drafts else ()
        return ImportedRates(rates, file.source)

    def _fetched(self, person: Person, address: str, use: str) -> RateFile:
        with authorized_read(self.import_rates.set_rates.store, person, "rates"):
            address = address or self.import_rates.set_rates.settings().rate_feed
        if not address:
            raise NoRateFeed
        if not is_feed_address(address):
            raise BadField("URL", "not_a_feed", address_to_show(address))
        content, host = self.fetch(address), host_of(address)
        if _PAGE.search(content[:_LOOKED_AT]):
            raise InfrastructureError("feed_web_page", host)
        bank_file = self.read_content(content, file_of(address))
        if bank_file is None:
            raise InfrastructureError("feed_no_rates", host)
        return self.import_rates.of_bank(bank_file, use, host=host)

    def _news(self, file: RateFile, plan: RatePlan) -> list[RateDraft]:
        """The rates that change something, or that a later day confirms: a scheduler calls more often than a bank."""
        zone, source = self.import_rates.set_rates.settings().zone, file.source
        news = {one.rate.currency for one in plan.rates if source is None or is_news(one, source.day, zone)}
        return [draft for draft in file.drafts if draft.currency in news]
