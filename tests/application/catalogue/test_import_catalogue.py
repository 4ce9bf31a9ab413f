"""A catalogue comes in whole, dirty rows and all, and coming in again changes nothing."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from sqlalchemy import text

from db.engine.engine import database_url
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from pos.application.catalogue import import_catalogue
from pos.application.catalogue.catalogue_columns import COLUMNS, CatalogueColumns, Reject
from pos.application.catalogue.catalogue_text import LONGEST_NAME, clean, shortened
from pos.application.catalogue.codes_seen import CodesSeen
from pos.application.catalogue.export_catalogue import ExportCatalogue
from pos.application.catalogue.import_catalogue import ImportCatalogue, ImportResult
from pos.application.catalogue.import_words import reject_facts
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.settings.context import Context
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.staff.staff import NotAllowed, Person
from pos.exports.catalogue_files import catalogue_file, read_catalogue, reading
from pos.regimes.folders import load_regimes
from tests.contexts import a_context
from tests.horgos import CNY

NOW = datetime(2026, 11, 24, 7, 44, tzinfo=UTC)
DANA = Person(0, "dana", "Dana", "manager")  # of no shop: this one has no people
DIRTY = Path(__file__).parents[2] / "exports" / "dirty.csv"


def chain(before: str, content: bytes) -> str:
    return hashlib.sha256(before.encode() + content).hexdigest()


@dataclass
class Shop:
    """A real store with the import over it."""

    store: SqlStore
    settings: Settings = field(default_factory=Settings)
    rejects: list[Reject] = field(default_factory=list)

    def imports(self, content: str | bytes | Path, *, dry_run: bool = False) -> ImportResult:
        self.rejects.clear()
        step = ImportCatalogue(self.context)
        if isinstance(content, Path):
            with reading(content) as table:
                return step(table, DANA, self.rejects.append, dry_run=dry_run)
        raw = content if isinstance(content, bytes) else content.encode()
        return step(read_catalogue(io.BytesIO(raw), "goods.csv"), DANA, self.rejects.append, dry_run=dry_run)

    @property
    def context(self) -> Context:
        return a_context(self.store, now=lambda: NOW, settings=lambda: self.settings)

    def product(self, code: str) -> Product:
        with self.store.reading() as work:
            product = work.products.by_code(code, NOW)
        assert product is not None
        return product

    def on_hand(self, code: str) -> int:
        with self.store.reading() as work:
            return work.stock.on_hand(self.product(code).id)

    def count(self) -> int:
        with self.store.reading() as work:
            return work.products.count()

    def journal(self) -> list[tuple[str, dict[str, object]]]:
        with self.store.reading() as work:
            rows = work.connection.execute(text("SELECT act, details FROM journal ORDER BY number"))
            return [(row.act, json.loads(row.details)) for row in rows]

    def reasons(self) -> list[tuple[str, str, str]]:
        return [(reject.code, reject.reason, reject.detail) for reject in self.rejects]


def a_shop(folder: Path) -> Shop:
    folder.mkdir(exist_ok=True)
    return Shop(open_store(database_url(None, folder), chain))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    made = a_shop(tmp_path / "shop")
    yield made
    made.store.close()


def figures(result: ImportResult) -> tuple[int, int, int, int, int]:
    return result.rows, result.created, result.updated, result.unchanged, result.rejected


def test_a_dirty_file_is_taken_row_by_row_and_every_row_is_accounted_for(shop: Shop) -> None:
    result = shop.imports(DIRTY)

    assert figures(result) == (19, 8, 0, 0, 11)
    assert result.ignored == ("colour",)
    assert [(reject.line, reject.reason, reject.detail) for reject in shop.rejects] == [
        (3, "duplicate", "4607001771562"),
        (4, "bad_check_digit", "expected 2"),
        (7, "encoding", "byte 0xE9 is not UTF-8"),
        (8, "not_a_number", "price: 128,50"),
        (9, "negative", "price: -5"),
        (10, "out_of_range", "abv: 6580"),
        (11, "name_missing", ""),
        (12, "code_missing", ""),
        (16, "too_many_cells", "7 > 6"),
        (17, "unclosed_quote", ""),
        (22, "bad_code", "spreadsheet_number"),
    ]
    assert (shop.rejects[1].code, shop.rejects[1].name) == ("4607001771563", "Wrong check digit")


def test_names_come_out_of_a_dirty_file_clean(shop: Shop) -> None:
    shop.imports(DIRTY)

    with shop.store.reading() as work:
        assert {product.name for product, _ in work.products.all(NOW)} == {
            'Cake "Classic" café',
            "A",
            "Short own code",
            "Two lines",
            "Nul and bell and turned",
            "Mini Eier",
            '=HYPERLINK("http://x")',
            "ノンオイル ドレッシング",
        }


def test_importing_again_changes_nothing_and_rejects_the_same_rows(shop: Shop) -> None:
    shop.imports(DIRTY)
    before = list(shop.rejects)

    assert figures(shop.imports(DIRTY)) == (19, 0, 0, 8, 11)
    assert shop.rejects == before


def test_a_dry_run_counts_the_same_and_writes_nothing(shop: Shop) -> None:
    tried = shop.imports(DIRTY, dry_run=True)

    assert (shop.count(), shop.journal()) == (0, [])
    assert shop.imports(DIRTY) == tried


FULL = (
    ",".join(COLUMNS)
    + """
4870204321111,Tea,茶,Чай,Шай,drink,12.50,CNY,500,0,250.5,0.3,,20,leaf,7,Tea of the house,TEA-1 TEA-2,,\
Almaty Sweets,12,A-3,no,yes,BOX-1:6 14870204321118:24
0200015038900,,,,,,,,,,,,,,,0,'=1+1,,,,,,,,
-AB,,,,,tobacco.cigarette,80,CNY,,,,,200,,,40,Smoke,,12,Almaty Sweets,,,yes,,
"""
)


def test_an_export_imported_again_changes_nothing(shop: Shop, tmp_path: Path) -> None:
    assert figures(shop.imports(FULL)) == (3, 3, 0, 0, 0)
    file, copy = tmp_path / "goods.csv", tmp_path / "copy.csv"
    assert ExportCatalogue(shop.context)(catalogue_file(file), DANA) == 3

    assert figures(shop.imports(file)) == (3, 0, 0, 3, 0)

    other = a_shop(tmp_path / "other")
    assert figures(other.imports(file)) == (3, 3, 0, 0, 0)
    ExportCatalogue(other.context)(catalogue_file(copy), DANA)
    other.store.close()
    assert copy.read_bytes() == file.read_bytes()


def test_every_column_of_an_export_is_read(shop: Shop) -> None:
    shop.imports(FULL)
    tea = shop.product("TEA-2")

    assert (tea.code, tea.codes) == ("4870204321111", ("4870204321111", "TEA-1", "TEA-2", "BOX-1", "14870204321118"))
    assert tea.names == {"en": "Tea", "zh": "茶", "ru": "Чай", "kk": "Шай"}
    assert (tea.name, tea.category, tea.price) == ("Tea of the house", "drink", Money(1250, CNY))
    assert tea.attributes == Attributes(
        ml=Decimal(500), abv=Decimal(0), net_g=Decimal("250.5"), gross_kg=Decimal("0.3"), pieces=20, variant="leaf"
    )
    assert shop.on_hand("TEA-1") == 7
    assert (tea.reorder_point, tea.shelf, tea.by_weight, tea.asks_lot) == (12, "A-3", False, True)
    smoke = shop.product("-AB")
    assert (smoke.supplier, smoke.by_weight, smoke.asks_lot) == (tea.supplier, True, False)
    assert shop.product("0200015038900").name == "=1+1"
    assert shop.product("0200015038900").missing == ("category", "price")


def test_a_file_that_writes_a_supplier_in_another_case_brings_no_second_one(shop: Shop) -> None:
    shop.imports(FULL)
    tea = shop.product("TEA-1")

    other = "code,name,category,price,supplier\n4870204321111,,,,ALMATY SWEETS\n"
    assert figures(shop.imports(other)) == (1, 0, 0, 1, 0)
    two = "code,name,category,price,supplier\n1000001,A,clothing,5,Нан\n1000002,B,clothing,5,НАН\n"
    shop.imports(two)

    assert shop.product("TEA-1") == tea
    assert shop.product("1000001").supplier == shop.product("1000002").supplier
    with shop.store.reading() as work:
        assert [one.name for one in work.suppliers.all()] == ["Almaty Sweets", "Нан"]


def test_an_empty_cell_erases_nothing(shop: Shop) -> None:
    shop.imports(FULL)
    tea = shop.product("TEA-1")

    empty = "code,name,category,price,ml,variant,codes\n4870204321111,,,,,,\n"
    assert figures(shop.imports(empty)) == (1, 0, 0, 1, 0)
    assert shop.product("TEA-1") == tea


def test_a_list_of_prices_alone_updates_what_is_known_and_makes_nothing(shop: Shop) -> None:
    shop.imports(FULL)

    assert figures(shop.imports("code,price\nTEA-1,13\n4006381333931,1\n")) == (2, 0, 1, 0, 1)
    assert shop.reasons() == [("4006381333931", "name_missing", "")]
    assert shop.product("4870204321111").price == Money(1300, CNY)
    assert shop.product("4870204321111").codes == ("4870204321111", "TEA-1", "TEA-2", "BOX-1", "14870204321118")


def test_a_changed_name_and_a_further_code_are_found_by_search(shop: Shop) -> None:
    shop.imports(FULL)

    assert figures(shop.imports("code,name_zh,codes\nTEA-1,龙井茶,TEA-9\n")) == (1, 0, 1, 0, 0)

    with shop.store.reading() as work:
        assert [
            [product.code for product in work.products.find(text, NOW, 5)] for text in ("龙井", "TEA-9", "Шай")
        ] == [["4870204321111"]] * 3
    assert shop.product("TEA-9").codes == ("4870204321111", "TEA-1", "TEA-2", "BOX-1", "14870204321118", "TEA-9")


def test_on_hand_is_an_opening_movement_of_new_goods_only(shop: Shop) -> None:
    shop.imports("code,name,on_hand\n12345,Tea,7\n")
    assert figures(shop.imports("code,name,on_hand\n12345,Tea,900\n12346,Salt,0\n")) == (2, 1, 0, 1, 0)

    assert (shop.on_hand("12345"), shop.on_hand("12346")) == (7, 0)
    with shop.store.reading() as work:
        moves = work.connection.execute(text("SELECT quantity, reason, person FROM stock_move")).all()
    assert [tuple(move) for move in moves] == [(7, "opening", "dana")]


def test_the_first_good_row_with_a_code_counts(shop: Shop) -> None:
    content = "code,name,price\n012345678905,First,free\n0012345678905,Second,2\n00012345678905,Third,3\n"

    assert figures(shop.imports(content)) == (3, 1, 0, 0, 2)
    assert [reason for _, reason, _ in shop.reasons()] == ["not_a_number", "duplicate"]
    assert shop.product("0012345678905").name == "Second"


def test_one_product_by_two_of_its_codes_is_a_duplicate_however_far_apart(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_catalogue, "BATCH", 1)
    shop.imports(FULL)

    assert figures(shop.imports("code,price\nTEA-1,13\nTEA-2,14\n")) == (2, 0, 1, 0, 1)
    assert shop.reasons() == [("TEA-2", "duplicate", "TEA-2")]


def test_a_row_that_would_join_two_products_is_rejected(shop: Shop) -> None:
    shop.imports("code,name\n12345,Tea\n12346,Salt\n")

    assert figures(shop.imports("code,name,codes\n12345,Tea,12346\n")) == (1, 0, 0, 0, 1)
    assert shop.reasons() == [("12345", "codes_of_several", "12345 12346")]


def test_goods_of_one_name_are_as_many_products_as_codes(shop: Shop) -> None:
    assert figures(shop.imports("code,name\n12345,Tea\n12346,Tea\n"))[:2] == (2, 2)


@pytest.mark.parametrize(
    ("row", "reason", "detail"),
    [
        ("price=1,234", "ambiguous_figure", "price: 1,234"),
        ("price=12,50,1", "not_a_number", "price: 12,50,1"),
        ("by_weight=perhaps", "not_yes_or_no", "by_weight: perhaps"),
        ("cartons=14006381333938:1", "bad_carton", "14006381333938:1"),
        ("cartons=12345:6", "code_twice", "12345"),
        ("name_en=#N/A", "error_cell", "name_en: #N/A"),
        ("price=１２", "not_a_number", "price: １２"),
        ("price=1e3", "not_a_number", "price: 1e3"),
        ("price=NaN", "not_a_number", "price: NaN"),
        ("price=1_000", "not_a_number", "price: 1_000"),
        ("price=1.005", "too_many_decimals", "price: 1.005"),
        ("price=0", "not_positive", "price: 0"),
        ("price=1234567890", "out_of_range", "price: 1234567890"),
        ("price=5|currency=KZT", "wrong_currency", "KZT, not CNY"),
        ("price=5|currency=DEM", "unknown_currency", "DEM"),
        ("abv=100.1", "out_of_range", "abv: 100.1"),
        ("ml=-1", "negative", "ml: -1"),
        ("sticks=1.5", "too_many_decimals", "sticks: 1.5"),
        ("on_hand=-1", "negative", "on_hand: -1"),
        ("category=alcohol", "unknown_category", "alcohol"),
        ("variant=" + "x" * 41, "too_long", "variant: " + "x" * 41),
        ("codes=4607001771563", "bad_check_digit", "expected 2"),
    ],
)
def test_a_figure_that_would_be_a_guess_costs_its_row(shop: Shop, row: str, reason: str, detail: str) -> None:
    cells = dict(cell.split("=", 1) for cell in row.split("|"))
    content = "\t".join(["code", "name", *cells]) + "\n" + "\t".join(["12345", "Tea", *cells.values()]) + "\n"

    assert figures(shop.imports(content)) == (1, 0, 0, 0, 1)
    assert shop.reasons() == [("12345", reason, detail)]


def test_no_weight_of_zero_is_stored_but_a_strength_of_zero_is(shop: Shop) -> None:
    shop.imports("code,name,ml,net_g,gross_kg,sticks,pieces,abv\n12345,Tea,0,0.0,0,0,0,0\n")

    assert shop.product("12345").attributes == Attributes(abv=Decimal(0))


def test_a_code_that_was_wrapped_against_spreadsheets_is_unwrapped(shop: Shop) -> None:
    shop.imports('code,name\n"=""4006381333931""",Marker\n')

    assert shop.product("4006381333931").name == "Marker"


def test_a_name_without_end_is_cut_and_counted(shop: Shop) -> None:
    content = f"code,name\n12345,{'long ' * 200}\n"

    assert shop.imports(content).shortened == 1
    assert len(shop.product("12345").name) == LONGEST_NAME
    assert figures(shop.imports(content)) == (1, 0, 0, 1, 0)


def test_list_prices_in_yuan_say_nothing_to_a_shop_that_prices_in_tenge(shop: Shop) -> None:
    shop.settings = Settings().with_text("price_currency", "KZT")
    content = "barcode,name,list_price_cny\n12345,Tea,12.50\n"

    assert shop.imports(content).ignored == ("list_price_cny",)
    assert shop.product("12345").missing == ("category", "price")


@pytest.mark.parametrize(
    ("header", "what", "value"),
    [
        ("name,price", "no_code_column", "name, price"),
        ("Товар,Цена", "no_code_column", "Товар, Цена"),
        ("code,name,Barcode", "column_twice", "code"),
        (" , ", "empty", ""),
    ],
)
def test_a_file_without_one_column_of_codes_is_refused_by_its_header(
    shop: Shop, header: str, what: str, value: str
) -> None:
    with pytest.raises(BadField) as caught:
        shop.imports(f"{header}\n12345,Tea,1\n")

    assert (caught.value.field, caught.value.what, caught.value.value) == ("header", what, value)
    assert shop.journal() == []


def test_the_journal_says_who_brought_in_what(shop: Shop) -> None:
    shop.imports("code,name\n12345,Tea\n123,\n")

    counts = {"rows": 2, "created": 1, "updated": 0, "unchanged": 0, "rejected": 1, "shortened": 0}
    counts |= {"repriced": 0, "opening": 0}
    assert shop.journal() == [
        ("begin_import_catalogue", {"file": "goods.csv", "import": 1}),
        ("import_catalogue", {"file": "goods.csv", "complete": True, "import": 1, **counts}),
    ]


def test_an_import_that_is_cancelled_leaves_whole_batches_and_says_so(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_catalogue, "BATCH", 10)
    content = "code,name\n" + "".join(f"{code},Tea\n" for code in range(10_000, 10_100))

    def cancel(rows: int) -> None:
        if rows == 30:
            raise KeyboardInterrupt

    step = ImportCatalogue(shop.context)
    with pytest.raises(KeyboardInterrupt):
        step(read_catalogue(io.BytesIO(content.encode()), "goods.csv"), DANA, shop.rejects.append, progress=cancel)

    assert shop.count() == 30
    event, details = shop.journal()[-1]
    assert (event, details["complete"], details["rows"], details["created"]) == ("import_catalogue", False, 30, 30)
    assert figures(shop.imports(content)) == (100, 70, 0, 30, 0)


def test_goods_that_another_person_makes_meanwhile_are_updated_instead(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = shop.store.begin

    def meanwhile() -> object:
        monkeypatch.setattr(shop.store, "begin", begin)
        with begin() as work:
            work.products.add(GoodsRow("12345", "Tea of another", {}, None, None, Attributes(), None), NOW)
            work.commit()
        return begin()

    monkeypatch.setattr(shop.store, "begin", meanwhile)

    assert figures(shop.imports("code,name\n12345,Tea\n12346,Salt\n")) == (2, 1, 1, 0, 0)
    assert shop.product("12345").name == "Tea"


def test_a_cashier_may_not_change_the_catalogue(shop: Shop) -> None:
    step = ImportCatalogue(shop.context)
    with pytest.raises(NotAllowed):
        step(read_catalogue(io.BytesIO(b"code\n1234\n")), Person(2, "amina", "Amina", "cashier"), shop.rejects.append)


@pytest.fixture(scope="module")
def busy_shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    made = a_shop(tmp_path_factory.mktemp("busy"))
    yield made
    made.store.close()


JUNK = [b'"', b",", b"\n", b"\r\n", b"\0", b"\xff", b"\xd8\xe9", b"12345", b"4006381333931", b"Tea", b"-1", b"0",
        b"1.5", b"'", b"=1", b"&amp;", b"&#x0;", "茶\u202e".encode(), b"e\xcc\x81", b"drink", b"CNY",
        b"9" * 40, b" "]  # fmt: skip


@given(st.lists(st.sampled_from(JUNK) | st.binary(max_size=4), max_size=60))
@example([b'12345,"', b"x" * 200_000])
def test_any_bytes_are_accounted_for_and_come_in_only_once(busy_shop: Shop, pieces: list[bytes]) -> None:
    content = b"code,name,price,currency,category,ml,abv,sticks,variant,on_hand,codes\n" + b"".join(pieces)

    first = busy_shop.imports(content)
    assert first.rows == first.created + first.updated + first.unchanged + first.rejected
    assert first.rejected == len(busy_shop.rejects)
    before = Counter(busy_shop.reasons())

    again = busy_shop.imports(content)
    assert (again.rows, again.created, again.updated, again.rejected) == (first.rows, 0, 0, first.rejected)
    assert Counter(busy_shop.reasons()) == before


@given(st.text() | st.lists(st.sampled_from(["&", "amp;", "#38;", "#x26", ";", "lt;", "eacute;", "\u037e", "\x00",
                                            "\u200b", " ", "e", "\u0301", "\ud800", "'"])).map("".join))  # fmt: skip
def test_a_clean_name_stays_as_it_is(dirty: str) -> None:
    name = clean(dirty)

    assert clean(name) == name
    assert name.isprintable() or not dirty.isprintable()
    name.encode()


@given(st.text(min_size=150, max_size=400))
def test_a_shortened_name_stays_as_it_is(dirty: str) -> None:
    name = shortened(clean(dirty))

    assert len(name) <= LONGEST_NAME
    assert shortened(clean(name)) == name


@pytest.mark.parametrize(
    ("dirty", "name"),
    [
        ("caf&amp;eacute;", "café"),
        ("&quot;Alönka&quot; &#40;660 G&#41", '"Alönka" (660 G)'),
        ("Cafe&regular &unknown; AT&T", "Cafe&regular &unknown; AT&T"),
        ("  a\tb\u00a0c\r\nd ", "a b c d"),
        ("e\u0301", "é"),
        ("茅台\u202e\u200b\x1b", "茅台"),
    ],
)
def test_what_becomes_of_a_dirty_name(dirty: str, name: str) -> None:
    assert clean(dirty) == name


@given(st.lists(st.from_regex(r"[0-9]{1,20}|[A-Z]{1,3}", fullmatch=True)))
def test_codes_seen_are_remembered_exactly(codes: list[str]) -> None:
    seen = CodesSeen()
    known: set[str] = set()
    for code in codes:
        assert (code in seen) == (code in known)
        seen.add([code])
        known.add(code)


def test_many_codes_seen_keep_their_leading_zeros_apart() -> None:
    seen = CodesSeen()
    seen.add(f"{number:05}" for number in range(20_000))

    assert all(f"{number:05}" in seen for number in range(20_000))
    assert not any(text in seen for text in ("0", "123", "00020000", "20000"))


def test_names_of_columns_are_read_whatever_their_case_and_blanks() -> None:
    columns = CatalogueColumns.of(
        [" BarCode", "Alcohol-PCT", "NET WEIGHT g", "List_price_CNY", "on hand", "Sugar"], "CNY"
    )

    assert columns.indexes == {"code": 0, "abv": 1, "net_g": 2, "price": 3, "on_hand": 4}
    assert columns.ignored == ("Sugar",)


@pytest.mark.parametrize(
    ("shown", "text", "price"),
    [
        ("12,50", "1 234,50", 123450),
        ("12,50", "1.234,5", 123450),
        ("12,50", "1.234", 123400),
        ("12.50", "1,234.50", 123450),
        ("12.50", "1\u00a0234.50", 123450),
        ("1,234.50", "1,234", 123400),
        ("1 234,50", "0,5", 50),
    ],
)
def test_the_figures_of_a_column_show_their_decimal_separator(shop: Shop, shown: str, text: str, price: int) -> None:
    shop.imports(f"code\tname\tprice\n12345\tTea\t{shown}\n12346\tSalt\t{text}\n")

    assert (shop.reasons(), shop.product("12346").price) == ([], Money(price, CNY))


def test_where_two_separators_contradict_each_other_the_comma_is_refused(shop: Shop) -> None:
    shop.imports("code;name;price\n12345;Tea;12.50\n12346;Salt;12,50\n12347;Soap;1.234\n")
    assert shop.reasons() == [
        ("12346", "not_a_number", "price: 12,50"),
        ("12347", "too_many_decimals", "price: 1.234"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "条码,商品名称,单价",
        "Штрихкод,Наименование товара,Цена (¥)",
        "ШТРИХ-КОД,Номенклатура,Розничная цена",
        "Баркод,Атауы,Бағасы",
        "EAN,Product name,Unit price",
        "Артикул,Товар,Цена",
    ],
)
def test_columns_are_known_by_what_people_call_them(shop: Shop, header: str) -> None:
    shop.imports(f"{header}\n12345,Tea,12.50\n")
    assert (shop.product("12345").name, shop.product("12345").price) == ("Tea", Money(1250, CNY))


def test_a_word_for_several_categories_is_refused_with_those_it_may_mean(shop: Shop) -> None:
    shop.imports("Штрихкод,Наименование,Категория\n12345,Крем,Косметика\n", dry_run=True)

    assert shop.reasons() == [("12345", "unknown_category", "Косметика")]
    words = reject_facts(
        Reject(2, "12345", "", "unknown_category", "Косметика"), lambda name, _tr: name, Translator.english()
    )
    assert words == "Косметика can be: Everyday cosmetics, Premium cosmetics"


def test_goods_are_sorted_by_the_words_of_the_file_and_an_unknown_word_is_named_with_its_row(shop: Shop) -> None:
    content = (
        "Штрихкод,Наименование,Категория,Вес брутто\n"
        "12345,Konyak,Коньяк,1.2\n12346,Tea,茶叶,0.3\n12347,Nut,Сухарики к пиву,0.1\n"
    )

    assert figures(shop.imports(content, dry_run=True)) == (3, 2, 0, 0, 1)
    assert shop.reasons() == [("12347", "unknown_category", "Сухарики к пиву")]
    shop.imports(content)
    goods = [shop.product(code) for code in ("12345", "12346")]
    assert [(one.category, one.attributes.gross_kg) for one in goods] == [
        ("alcohol.spirit", Decimal("1.2")),
        ("food.other", Decimal("0.3")),
    ]


def test_what_goods_lack_after_an_import_is_known_before_it(shop: Shop) -> None:
    """Known goods have what is on file; the rules of both ways want volume and strength of alcohol."""
    shop.imports("code,name,category,price,gross_kg\n12345,Tea,food.other,5,0.1\n12346,Salt,,,\n")
    lacking: list[IncompleteRow] = []
    content = (
        "code,name,category,price,ml\n12345,Tea,,6,\n12346,Salt,food.other,,\n12347,Vodka,Водка,90,500\n12348,Nut,,1,\n"
    )
    table = read_catalogue(io.BytesIO(content.encode()), "goods.csv")
    regimes, _faults = load_regimes([Path(__file__).parents[3] / "resources" / "regimes"])
    context = a_context(shop.store, now=lambda: NOW, settings=lambda: shop.settings, regimes=lambda: regimes)
    result = ImportCatalogue(context)(table, DANA, shop.rejects.append, dry_run=True, incomplete=lacking.append)

    assert result.incomplete == 3
    assert lacking == [
        (3, "12346", "Salt", ("price", "gross_kg")),
        (4, "12347", "Vodka", ("abv",)),
        (5, "12348", "Nut", ("category",)),
    ]


def test_goods_that_the_file_leaves_as_they_are_are_not_counted_as_lacking(shop: Shop) -> None:
    content = "code,name\n12345,Tea\n"
    shop.imports(content)
    lacking: list[IncompleteRow] = []
    table = read_catalogue(io.BytesIO(content.encode()), "goods.csv")
    ImportCatalogue(shop.context)(table, DANA, shop.rejects.append, dry_run=True, incomplete=lacking.append)

    assert lacking == []


def test_a_price_in_another_currency_is_no_price_here(shop: Shop) -> None:
    assert shop.imports('Штрихкод,Название,"Цена, тг"\n12345,Tea,900\n').ignored == ("Цена, тг",)


def test_a_barcode_is_the_code_and_the_number_of_a_stranger_is_not(shop: Shop) -> None:
    assert shop.imports("Код,Штрихкод,Название\n000017,4006381333931,Tea\n").ignored == ("Код",)
    assert shop.product("4006381333931").name == "Tea"


def test_another_price_in_a_file_is_for_the_person_who_may_change_prices(shop: Shop) -> None:
    shop.imports(FULL)
    clerk = Person(0, "clerk", "Clerk", "clerk")
    table = read_catalogue(io.BytesIO(b"code,name,price\nTEA-1,Tea,13\n4006381333931,Marker,3.50\n"), "goods.csv")
    step = ImportCatalogue(shop.context)

    shop.rejects.clear()
    assert figures(step(table, clerk, shop.rejects.append)) == (2, 1, 0, 0, 1)
    assert shop.reasons() == [("TEA-1", "price_not_allowed", "12.50 CNY → 13.00 CNY")]
