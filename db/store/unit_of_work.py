"""One transaction over every repository: commit saves it, leaving without commit undoes it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cached_property, partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from db.catalogue.prices import SqlPrices
from db.catalogue.products import SqlProducts
from db.engine.canonical import Chain
from db.engine.connection_cache import ConnectionCache, Transaction
from db.engine.db_errors import translate_db_errors, unknown_of
from db.engine.dialect import is_sqlite
from db.engine.driver import drive
from db.engine.engine import BEGIN_WRITING, Engines, file_url
from db.engine.retry_policy import StoreRetryPolicy
from db.maintenance.journal import SqlJournal
from db.maintenance.seals import SqlSeals
from db.pricing.promotions import SqlPromotions
from db.returns.returns import SqlReturns
from db.sales.outbox import SqlOutbox
from db.sales.pending_refunds import SqlPendingRefunds
from db.sales.register import SqlRegister
from db.sales.reservations import SqlReservations
from db.sales.sales import SqlSales
from db.settings.shop import SqlRates, SqlRequestKeys, SqlSettings
from db.shifts.shifts import SqlShifts
from db.staff.people import SqlPeople
from db.stock.pieces import SqlPieces
from db.stock.stock import SqlStock
from db.visitors.visitors import SqlVisitors
from pos.application.maintenance.backup_ports import BackupSummary, Progress, no_progress
from pos.application.maintenance.migration_ports import MigratedStore, Mover, TableProgress
from pos.application.maintenance.migration_ports import no_progress as no_table_progress

if TYPE_CHECKING:
    from db.catalogue.browse import SqlCatalogueList
    from db.catalogue.imports import SqlImports
    from db.catalogue.product_cards import SqlProductCards
    from db.catalogue.product_history import SqlProductHistory
    from db.catalogue.quick_keys import SqlQuickKeys
    from db.maintenance.erasure import SqlErasure
    from db.membership.membership import SqlMembership
    from db.outside_partners.attempts import SqlPartnerAttempts
    from db.outside_partners.fiscal import SqlFiscal
    from db.pickup.orders import SqlPickups
    from db.pricing.labels import SqlLabels
    from db.pricing.priced_goods import SqlPricedGoods
    from db.purchasing.goods_receipts import SqlGoodsReceipts
    from db.purchasing.purchase_orders import SqlOrders
    from db.purchasing.suppliers import SqlSuppliers
    from db.reports.reports import SqlReports
    from db.stock.low_stock import SqlLowStock
    from db.stock.movements import SqlMovements
    from db.stock.stock_takes import SqlCounts
    from db.workshop.batches import SqlBatches, SqlWorkshopKeys
    from db.workshop.processing import SqlProcessedGoods
    from db.workshop.recipes import SqlRecipes
    from pos.application.access.till_seat import Seat


class SqlUnitOfWork:
    """The repositories of one open transaction. Those that no sale needs are imported on first use."""

    def __init__(self, connection: Connection, chain: Chain, committed: Callable[[], object] = lambda: None) -> None:
        """`committed` is called after each commit."""
        self.connection = connection
        self._chain = chain
        self._committed = committed
        self.products = SqlProducts(connection)
        self.prices = SqlPrices(connection)
        self.stock = SqlStock(connection)
        self.pieces = SqlPieces(connection)
        self.rates = SqlRates(connection)
        self.promotions = SqlPromotions(connection)
        self.keys = SqlRequestKeys(connection)
        """Keys of orders."""
        self.visitors = SqlVisitors(connection)
        self.register = SqlRegister(connection)
        """The till's counter."""
        self.sales = SqlSales(connection, chain)
        self.returns = SqlReturns(connection, chain)
        self.holds = SqlReservations(connection)
        self.owed = SqlPendingRefunds(connection)
        """Tenders to be given back."""
        self.outbox = SqlOutbox(connection)
        self.shifts = SqlShifts(connection, chain)
        self.people = SqlPeople(connection)
        self.journal = SqlJournal(connection, chain)
        self.seals = SqlSeals(connection, chain)
        self.settings = SqlSettings(connection)

    @cached_property
    def catalogue(self) -> SqlCatalogueList:
        from db.catalogue.browse import SqlCatalogueList

        return SqlCatalogueList(self.connection)

    @cached_property
    def cards(self) -> SqlProductCards:
        """Products as they are edited."""
        from db.catalogue.product_cards import SqlProductCards

        return SqlProductCards(self.connection)

    @cached_property
    def imports(self) -> SqlImports:
        from db.catalogue.imports import SqlImports

        return SqlImports(self.connection)

    @cached_property
    def priced(self) -> SqlPricedGoods:
        """Goods with their prices, for changing many together."""
        from db.pricing.priced_goods import SqlPricedGoods

        return SqlPricedGoods(self.connection)

    @cached_property
    def history(self) -> SqlProductHistory:
        from db.catalogue.product_history import SqlProductHistory

        return SqlProductHistory(self.connection)

    @cached_property
    def quick_keys(self) -> SqlQuickKeys:
        from db.catalogue.quick_keys import SqlQuickKeys

        return SqlQuickKeys(self.connection)

    @cached_property
    def suppliers(self) -> SqlSuppliers:
        from db.purchasing.suppliers import SqlSuppliers

        return SqlSuppliers(self.connection)

    @cached_property
    def orders(self) -> SqlOrders:
        from db.purchasing.purchase_orders import SqlOrders

        return SqlOrders(self.connection)

    @cached_property
    def receipts(self) -> SqlGoodsReceipts:
        """Deliveries."""
        from db.purchasing.goods_receipts import SqlGoodsReceipts

        return SqlGoodsReceipts(self.connection)

    @cached_property
    def counts(self) -> SqlCounts:
        from db.stock.stock_takes import SqlCounts

        return SqlCounts(self.connection)

    @cached_property
    def movements(self) -> SqlMovements:
        from db.stock.movements import SqlMovements

        return SqlMovements(self.connection)

    @cached_property
    def low_stock(self) -> SqlLowStock:
        from db.stock.low_stock import SqlLowStock

        return SqlLowStock(self.connection)

    @cached_property
    def labels(self) -> SqlLabels:
        """The labels on the shelf."""
        from db.pricing.labels import SqlLabels

        return SqlLabels(self.connection)

    @cached_property
    def forgetting(self) -> SqlErasure:
        """Visitors that nothing needs any more."""
        from db.maintenance.erasure import SqlErasure

        return SqlErasure(self.connection, self.sales)

    @cached_property
    def membership(self) -> SqlMembership:
        """What a member of a center asks and tells."""
        from db.membership.membership import SqlMembership

        return SqlMembership(self.connection)

    @cached_property
    def attempts(self) -> SqlPartnerAttempts:
        """Acts asked of partners outside the shop."""
        from db.outside_partners.attempts import SqlPartnerAttempts

        return SqlPartnerAttempts(self.connection)

    @cached_property
    def fiscal(self) -> SqlFiscal:
        """What the fiscal register has to register."""
        from db.outside_partners.fiscal import SqlFiscal

        return SqlFiscal(self.connection)

    @cached_property
    def recipes(self) -> SqlRecipes:
        from db.workshop.recipes import SqlRecipes

        return SqlRecipes(self.connection)

    @cached_property
    def batches(self) -> SqlBatches:
        from db.workshop.batches import SqlBatches

        return SqlBatches(self.connection)

    @cached_property
    def processing(self) -> SqlProcessedGoods:
        """What batches used of each lot."""
        from db.workshop.processing import SqlProcessedGoods

        return SqlProcessedGoods(self.connection)

    @cached_property
    def workshop_keys(self) -> SqlWorkshopKeys:
        """Keys of requests to the workshop."""
        from db.workshop.batches import SqlWorkshopKeys

        return SqlWorkshopKeys(self.connection)

    @cached_property
    def pickups(self) -> SqlPickups:
        """Customer orders."""
        from db.pickup.orders import SqlPickups

        return SqlPickups(self.connection)

    @cached_property
    def reports(self) -> SqlReports:
        """Queries over recorded facts."""
        from db.reports.reports import SqlReports

        return SqlReports(self.connection, self._chain)

    @contextmanager
    def trying(self) -> Iterator[None]:
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    def commit(self) -> None:
        try:
            if self.connection.in_transaction():
                self.connection.commit()
            else:  # see ConnectionCache
                drive(self.connection, "COMMIT")
        except DBAPIError as error:
            unknown = unknown_of(error)
            if unknown is None:
                raise
            raise unknown from error
        self._committed()


def _sit_down(seat: Seat, connection: Connection) -> None:
    from db.store.seat import sit_down

    sit_down(connection, seat)


class SqlStore:
    """Opens units of work; database errors become StoreError here."""

    def __init__(self, engines: Engines, chain: Chain, seat: Seat | None = None) -> None:
        """`seat`: of a server, the till and the computer that record through this store."""
        self._engines = engines
        ready = None if seat is None or engines.writing.dialect.name == "sqlite" else partial(_sit_down, seat)
        self._writing, self._reading = (
            ConnectionCache(engines.writing, BEGIN_WRITING, ready),
            ConnectionCache(engines.reading, "BEGIN"),
        )
        self._chain = chain
        self._commits = count(1)
        self.commits = 0

    def patience(self) -> StoreRetryPolicy:
        return StoreRetryPolicy()

    def begin(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A unit of work for writing."""
        return Transaction(self._writing, self._unit)

    def reading(self) -> AbstractContextManager[SqlUnitOfWork]:
        """A unit of work for reading only."""
        return Transaction(self._reading, self._unit)

    def _unit(self, connection: Connection) -> SqlUnitOfWork:
        return SqlUnitOfWork(connection, self._chain, self._count)

    def _count(self) -> None:
        self.commits = next(self._commits)  # one step, so threads that commit at once are both counted

    def leave_no_copies(self) -> None:
        """SQLite's write-ahead log holds old pages until it is truncated."""
        with translate_db_errors(), self._engines.writing.connect() as connection:
            if is_sqlite(connection):
                driver = connection.connection.driver_connection
                assert driver is not None, "it is open"
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    @property
    def file(self) -> Path | None:
        url = self._engines.writing.url
        return Path(url.database or "") if url.get_backend_name() == "sqlite" else None

    def identity(self) -> str:
        from db.store.store_identity import identity

        with self.reading() as work:
            return identity(work.connection)

    def is_earlier(self, file: Path) -> bool:
        from db.store.store_identity import is_earlier

        with self.reading() as work:
            return is_earlier(work.connection, file)

    def is_held(self, file: Path) -> bool:
        from db.store.store_identity import is_held

        return is_held(file)

    def back_up(self, file: Path, progress: Progress = no_progress, *, is_thorough: bool = False) -> BackupSummary:
        from db.store.backup import back_up
        from db.store.prepare import prepared
        from db.store.verified_copy import read_back

        def make(empty: Path) -> None:
            prepared(file_url(empty)).dispose()

        def check(copy: Path) -> BackupSummary:
            return read_back(copy, self._chain, is_thorough=is_thorough)

        with translate_db_errors():
            return back_up(self._engines, file, make, check, progress)

    def move_to(self, address: str, mover: Mover, progress: TableProgress = no_table_progress) -> MigratedStore:
        from db.store.migrate_store import move_between

        self._let_go()  # no program may have it open, this one included
        with translate_db_errors():
            return move_between(self._engines, address, self._chain, mover, progress)

    def close(self) -> None:
        self._let_go()
        self._engines.dispose()

    def _let_go(self) -> None:
        self._writing.close()
        self._reading.close()
