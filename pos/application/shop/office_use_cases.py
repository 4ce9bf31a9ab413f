"""Use cases of the manager's desk: people, rates, regimes, promotions, deliveries, the list of goods."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from pos.application.shop.use_cases import UseCases

if TYPE_CHECKING:
    from pos.application.catalogue.browse_catalogue import BrowseCatalogue
    from pos.application.catalogue.change_several import ChangeSeveral
    from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
    from pos.application.outside_partners.reconcile_provider import ReconcileProvider
    from pos.application.pricing.fetch_rates import FetchRates
    from pos.application.pricing.import_rates import ImportRates
    from pos.application.pricing.offer_rates import OfferRates
    from pos.application.pricing.promotions import Promotions
    from pos.application.pricing.set_rates import SetRate, ShowRates
    from pos.application.pricing.show_rate_board import ShowRateBoard
    from pos.application.purchasing.deliveries import Deliveries
    from pos.application.quota.show_regimes import ShowRegimes
    from pos.application.settings.found_shop import FoundShop
    from pos.application.settings.offer_borders import OfferBorders
    from pos.application.staff.change_rights import ChangeRights
    from pos.application.staff.manage_staff import ManageStaff


class OfficeUseCases(UseCases):
    """The part of a Shop for managers."""

    @cached_property
    def staff(self) -> ManageStaff:
        from pos.application.staff.manage_staff import ManageStaff

        return ManageStaff(self.context)

    @cached_property
    def change_rights(self) -> ChangeRights:
        from pos.application.staff.change_rights import ChangeRights

        return ChangeRights(self.context)

    @cached_property
    def browse(self) -> BrowseCatalogue:
        from pos.application.catalogue.browse_catalogue import BrowseCatalogue

        return BrowseCatalogue(self.context, self.missing_data)

    @cached_property
    def change_several(self) -> ChangeSeveral:
        from pos.application.catalogue.change_several import ChangeSeveral

        return ChangeSeveral(self.context, self.missing_data)

    @cached_property
    def missing_data(self) -> ListIncompleteProducts:
        from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts

        return ListIncompleteProducts(self.context)

    @cached_property
    def show_rates(self) -> ShowRates:
        from pos.application.pricing.set_rates import ShowRates

        return ShowRates(self.context)

    @cached_property
    def show_rate_board(self) -> ShowRateBoard:
        from pos.application.pricing.show_rate_board import ShowRateBoard

        return ShowRateBoard(self.context)

    @cached_property
    def show_regimes(self) -> ShowRegimes:
        from pos.application.quota.show_regimes import ShowRegimes

        return ShowRegimes(self.context, lambda: self.adapters.regime_files)

    @cached_property
    def set_rate(self) -> SetRate:
        from pos.application.pricing.set_rates import SetRate

        return SetRate(self.context)

    @cached_property
    def import_rates(self) -> ImportRates:
        from pos.application.pricing.import_rates import ImportRates

        return ImportRates(self.set_rate, self.adapters.open_gate_table, self.adapters.read_bank_rates)

    @cached_property
    def reconcile_provider(self) -> ReconcileProvider:
        from pos.application.outside_partners.reconcile_provider import ReconcileProvider

        return ReconcileProvider(self.context, self.adapters.read_statement)

    @cached_property
    def fetch_rates(self) -> FetchRates:
        from pos.application.pricing.fetch_rates import FetchRates

        return FetchRates(self.import_rates, self.adapters.fetch_file, self.adapters.bank_rates_in)

    @cached_property
    def offer_rates(self) -> OfferRates:
        from pos.application.pricing.offer_rates import OfferRates

        return OfferRates(self.import_rates, self.adapters.bank_files_in)

    @cached_property
    def promotions(self) -> Promotions:
        from pos.application.pricing.promotions import Promotions

        return Promotions(self.context)

    @cached_property
    def deliveries(self) -> Deliveries:
        from pos.application.purchasing.deliveries import Deliveries

        adapters = self.adapters
        open_table = adapters.catalogue_files.reading
        return Deliveries.over(self.context, open_table, adapters.read_scan, adapters.goods_receipt_printer)

    @cached_property
    def offer_borders(self) -> OfferBorders:
        from pos.application.settings.offer_borders import OfferBorders

        return OfferBorders(self.context, lambda: self.adapters.border_files)

    @cached_property
    def found_shop(self) -> FoundShop:
        from pos.application.settings.found_shop import FoundShop

        return FoundShop(self.context)
