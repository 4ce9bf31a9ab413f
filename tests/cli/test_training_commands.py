"""Training: everything works as in the shop, and nothing of it is the shop's."""

from __future__ import annotations

import json
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest

import main
from db.seed.training_shop import COPIED
from db.tables import metadata
from pos.application.settings.options import Options, training_command
from pos.devices.folders import folder_of
from pos.domain.staff.staff import Person, WrongPin
from tests.builders import CONSOLE
from tests.cli.console import CREAM, MRZ, Console, a_ticket

TRAIN = ["--training"]


@pytest.fixture
def trained(console: Console) -> Console:
    """A demo shop with a sale, and a training made from it."""
    assert console("sale", "ring", "-", stdin=a_ticket("real")).code == 0
    assert console("sale", "ring", "-", stdin=a_ticket("trial"), options=TRAIN).code == 0
    return console


def text_of(pdf: Path) -> str:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the shop itself, but for what the engine keeps beside the store."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "training" not in path.parts and not path.name.endswith(("-wal", "-shm"))
    }


def test_a_training_has_the_goods_rates_people_and_settings_of_the_shop_and_nothing_that_happened(
    console: Console,
) -> None:
    console("sale", "ring", "-", stdin=a_ticket("real"))
    console("rates", "set", "USD", "--buy", "510", "--sell", "515")
    console("promotion", "add", "Spring", "--percent", "10")

    answers = [
        (console(*asked).json, console(*asked, options=TRAIN).json)
        for asked in (("product", "find", "4870204321111"), ("rates", "show"), ("promotion", "list"))
    ]
    day = console("report", "day", options=TRAIN).json
    visitor = console("visitor", "show", "-", stdin={"document": {"mrz": MRZ}}, options=TRAIN)

    assert all(real == trial for real, trial in answers)
    assert (day["sales"]["count"], day["payments"]) == (0, [])
    assert "purchases" not in visitor.out or not visitor.json["purchases"]
    assert console("verify", options=TRAIN).code == 0


def test_a_sale_in_training_leaves_the_shop_as_it_was_and_has_a_number_of_its_own(trained: Console) -> None:
    before = files(trained.folder)
    cream = [{"code": CREAM, "quantity": 1}]
    paid = [{"method": "cash", "currency": "CNY", "amount": "1000"}]
    answer = trained("sale", "ring", "-", stdin=a_ticket("trial-2", lines=cream, payments=paid), options=TRAIN).json

    assert answer["receipt"] == "TRT1-000002"
    assert files(trained.folder) == before
    assert trained("sale", "show", "T1-000002").code == 2
    assert trained("sale", "show", "TRT1-000001").code == 2
    assert trained("report", "day").json["sales"]["count"] == 1


def test_every_printout_of_a_training_says_that_it_is_none_in_both_languages(trained: Console) -> None:
    folder = trained.folder / "training"
    shift = trained("shift", "show", options=TRAIN).json
    count: dict[str, dict[str, int]] = {line["currency"]: {} for line in shift["cash"]}
    sale = trained("sale", "show", "TRT1-000001", options=TRAIN).json
    back = {
        "key": "back",
        "receipt": "TRT1-000001",
        "lines": [{"line": sale["lines"][0]["line"], "quantity": 1}],
        "refund": {"currency": "KZT", "method": "cash"},
        "reason": "changed_mind",
        "cashier": "amina",
    }
    trained("sale", "return", "-", stdin=back, options=TRAIN)
    slip = trained.folder / "slip.pdf"
    trained("receipt", "TRT1-000001", "--visitor", "A", "--out", str(slip), options=TRAIN)
    trained("shift", "close", "-", stdin={"cashier": "amina", "count": count}, options=TRAIN)
    printouts = [slip, *folder.rglob("*.pdf")]

    assert len(printouts) >= 4
    for printout in printouts:
        text = text_of(printout)
        assert text.count("培训") >= 4, printout
        assert text.count("УЧЕБНЫЙ") >= 4, printout
    assert not any("培训" in text_of(printout) for printout in (trained.folder / "receipts").rglob("*.pdf"))


def test_what_a_training_orders_receives_labels_and_hands_in_says_that_it_is_not_real(
    trained: Console, tmp_path: Path
) -> None:
    """A supplier would deliver what was ordered, a price on the shelf holds, and customs believes a list."""

    def run(*words: str, stdin: object = None, out: str = "") -> Path:
        file = tmp_path / out
        answer = trained(*words, *(("--out", str(file)) if out else ()), stdin=stdin, options=TRAIN)
        assert answer.code == 0, answer.err
        return file

    count: dict[str, dict[str, int]] = {line["currency"]: {} for line in trained("shift", "show").json["cash"]}
    run("order", "new", "-", stdin={"supplier": "Seoul Beauty", "lines": [{"code": CREAM, "pieces": 24}]})
    came = [{"code": CREAM, "quantity": 24, "lot": "A1", "expiry": "2030-05-31"}]
    run("stock", "receive", "-", stdin={"order": "O-000001", "lines": came})
    label = tmp_path / "label.pdf"
    run("labels", str(label), CREAM)
    run("visitor", "left", "-", stdin={"document": {"mrz": MRZ}})
    run("shift", "close", "-", stdin={"cashier": "amina", "count": count})
    day = trained("journal", "show", "--kind", "sale", options=TRAIN).json[0]["at"][:10]
    customs = ("export", "customs", "--from", day, "--to", day)
    tables = [
        run(*customs, out="customs.csv"),
        run("stock", "lots", "--format", "csv", out="lots.csv"),
        run("report", "day", "--format", "csv", out="day.csv"),
        run("report", "month", day[:7], "--format", "csv", out="month.csv"),
        tmp_path / "journal.csv",
    ]
    run("journal", "export", str(tables[-1]))
    printouts = [label, run("shift", "z", "1", "--paper", "a4", out="z.pdf")]
    listed = json.loads(run(*customs, out="customs.json").read_text(encoding="utf-8"))
    training = main.build(Options(data=trained.folder, training=True), quick_pins=True)
    try:
        order = training.deliveries.orders.show(1, CONSOLE)
        printouts += [training.print_order.as_pdf(order), training.deliveries.issue(1, CONSOLE, to_paper=False).path]
        tables.append(training.print_order.as_csv(order))
        assert (training.settings().label_printer, training.settings().customer_display) == ("folder", "off")
    finally:
        training.close()

    assert [printout.name for printout in printouts if "培训" not in text_of(printout)] == []
    for table in tables:
        rows = table.read_text(encoding="utf-8-sig").splitlines()
        assert len(rows) > 1, table.name
        assert {row.partition(",")[0] for row in rows} == {"培训模式——非真实单据"}, table.name
    assert listed["shop"].startswith("培训模式——非真实单据 · ")


def test_a_receipt_of_a_training_is_never_signed_by_the_shop(trained: Console) -> None:
    real = json.loads((trained.folder / "keys.json").read_text())
    trial = json.loads((trained.folder / "training" / "keys.json").read_text())

    assert {name for name in real if real[name] == trial[name]} == set()


def test_a_person_signs_in_with_the_same_pin_and_the_clock_may_be_set(trained: Console) -> None:
    as_manager = [*TRAIN, "--as", "manager", "--at", "2027-01-05T12:00:00+08:00"]

    answer = trained("rates", "set", "USD", "--buy", "500", "--sell", "505", options=as_manager)

    assert answer.json["rates"]["USD"]["from"].startswith("2027-01-05")


def test_a_pin_that_is_tried_in_training_counts_in_the_shop(trained: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    as_manager = ["--as", "manager"]
    for number in range(5):
        monkeypatch.setenv("BORDER_POS_PIN", f"27182{number}")
        assert trained("rates", "show", options=[*TRAIN, *as_manager]).code == 3
        if number == 2:
            trained("training", "reset")
    monkeypatch.delenv("BORDER_POS_PIN")

    locked = trained("rates", "show", options=as_manager)
    in_training = trained("rates", "show", options=[*TRAIN, *as_manager])

    assert locked.json["refused"] == in_training.json["refused"] == "person_locked"
    store = sqlite3.connect(trained.folder / "shop.db")
    entries = store.execute("SELECT details FROM journal WHERE act = 'wrong_pin' ORDER BY number").fetchall()
    store.close()
    assert [json.loads(details)["failures"] for (details,) in entries] == [1, 2, 3, 4, 5]
    assert trained("verify").code == 0
    assert trained("verify", options=TRAIN).code == 0


def test_the_folder_of_a_training_has_nothing_that_a_pin_can_be_tried_with(trained: Console) -> None:
    store = sqlite3.connect(trained.folder / "training" / "shop.db")
    hashes = store.execute("SELECT DISTINCT pin_hash FROM person").fetchall()
    store.close()

    assert hashes == [("",)]


def test_a_training_that_an_older_program_made_with_the_pins_of_the_shop_starts_again(trained: Console) -> None:
    file = trained.folder / "training" / "keys.json"
    keys = json.loads(file.read_text()) | {"pepper": json.loads((trained.folder / "keys.json").read_text())["pepper"]}
    file.write_text(json.dumps(keys))

    assert trained("report", "day", options=TRAIN).json["sales"]["count"] == 0
    assert json.loads(file.read_text())["pepper"] != keys["pepper"]


def test_whose_pin_is_wrong_begins_no_training_again(trained: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BORDER_POS_PIN", "271829")

    for options in (["--as", "amina"], [*TRAIN, "--as", "amina"]):
        assert trained("training", "reset", options=options).json["refused"] == "wrong_pin"
    for asked in (("keys", "show"), ("keys", "public", str(trained.folder / "shop.pub"))):
        assert trained(*asked, options=["--as", "amina"]).json["refused"] == "wrong_pin"
    assert trained("report", "day", options=TRAIN).json["sales"]["count"] == 1


def test_who_chooses_a_pin_in_training_has_it_there_alone(trained: Console) -> None:
    training = main.build(Options(data=trained.folder, training=True), quick_pins=True)
    shop = main.build(Options(data=trained.folder), quick_pins=True)
    try:
        training.sign_in.choose_pin("amina", "246810", "864200")

        assert training.sign_in("amina", "864200").name == "amina"
        assert shop.sign_in("amina", "246810").name == "amina"
        with pytest.raises(WrongPin):
            shop.sign_in("amina", "864200")
    finally:
        training.close()
        shop.close()


def test_a_training_store_is_no_shop_and_a_shop_no_training_store(trained: Console, tmp_path: Path) -> None:
    inside = replace(trained, folder=trained.folder / "training")
    shop = tmp_path / "another"
    shutil.copytree(trained.folder, shop / "training", ignore=shutil.ignore_patterns("training"))

    as_shop = inside("rates", "show")
    trained_twice = inside("rates", "show", options=TRAIN)
    as_training = replace(trained, folder=shop)("rates", "show", options=TRAIN)

    assert (as_shop.code, as_shop.json["refused"]) == (3, "training_store")
    assert (trained_twice.code, trained_twice.json["refused"]) == (3, "training_store")
    assert (as_training.code, as_training.json["refused"]) == (3, "not_a_training")


def test_without_a_shop_there_is_nothing_to_train_on(empty_console: Console) -> None:
    answer = empty_console("rates", "show", options=TRAIN)

    assert (answer.code, answer.json["refused"]) == (3, "no_shop_to_train_on")
    assert not (empty_console.folder / "training").exists()


def test_a_demo_is_made_and_trained_on_at_once(empty_console: Console) -> None:
    answer = empty_console("sale", "ring", "-", stdin=a_ticket(), options=["--demo", "--training"])

    assert answer.json["receipt"] == "TRT1-000001"


def test_on_a_computer_without_a_shop_one_trains_on_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("XDG_DATA_HOME", "WIN_PD_OVERRIDE_LOCAL_APPDATA"):
        monkeypatch.setenv(variable, str(tmp_path))
    here = Options(training=True)

    training = main.build(here, quick_pins=True, demo_size=50)
    try:
        assert training.folder == tmp_path / "border-pos" / "demo" / "training"
        assert training.demo_pins
    finally:
        training.close()
    (tmp_path / "border-pos" / "shop.db").touch()
    assert folder_of(here) == tmp_path / "border-pos" / "training"


def test_a_training_starts_again_with_what_the_shop_is_now(trained: Console) -> None:
    trained("rates", "set", "USD", "--buy", "510", "--sell", "515")

    answer = trained("training", "reset")

    assert answer.json["goods"] == 300
    assert trained("rates", "show", options=TRAIN).json["rates"]["USD"]["buy"] == "510"
    assert trained("report", "day", options=TRAIN).json["sales"]["count"] == 0
    assert sorted(path.name for path in trained.folder.iterdir() if "training" in path.name) == ["training"]
    assert trained("verify", options=TRAIN).code == 0
    assert trained("verify").code == 0


def test_who_opens_the_window_on_another_day_starts_again(console: Console) -> None:
    monday, tuesday = "2027-03-01T20:00:00+08:00", "2027-03-02T07:00:00+08:00"
    on_monday = [*TRAIN, "--at", monday]
    console("sale", "ring", "-", stdin=a_ticket(), options=on_monday)

    def sold_on_monday() -> int:
        report: dict[str, int] = console("report", "day", "--date", "2027-03-01", options=on_monday).json["sales"]
        return report["count"]

    main.begin_a_new_day(Options(data=console.folder, training=True, at=datetime.fromisoformat(monday)))
    same_day = sold_on_monday()
    main.begin_a_new_day(Options(data=console.folder, training=True, at=datetime.fromisoformat(tuesday)))

    assert (same_day, sold_on_monday()) == (1, 0)


def test_a_reset_that_is_refused_leaves_the_training_as_it_was(trained: Console) -> None:
    inside = replace(trained, folder=trained.folder / "training")

    assert inside("training", "reset").code == 3
    assert trained("report", "day", options=TRAIN).json["sales"]["count"] == 1


def test_of_every_table_it_is_decided_whether_a_training_takes_it_over() -> None:
    what_happened = {
        "sale", "sale_line", "sale_payment", "sale_change", "refund", "refundable", "return_line", "request_key",
        "outbox", "register", "shift", "cash_move", "drawer", "z_report", "journal", "journal_head", "visitor",
        "visitor_document", "visitor_entry", "quota_entry", "declared_line", "stock_move", "pin_try",
        "hand_over", "hold", "hold_line", "line_promotion", "owed_tender", "spent_approval", "lot", "stock_place",
        "stock_valuation", "stock_document", "piece", "purchase_order", "order_line", "goods_receipt", "receipt_line",
        "stock_count", "count_line", "count_sheet", "count_entry", "product_change", "import_mapping", "label_print",
        "receipt_charge", "receipt_scan", "summary", "summary_money", "summary_goods", "summary_quarter",
        "summary_share", "z_file", "seal", "sealed_text", "sold_goods", "sale_judgement",
        "parcel_address", "visitor_identity", "center_attempt", "center_call",
        "partner_attempt", "fiscal_document", "fiscal_cashbox",
        "batch", "batch_input", "batch_part", "batch_loss", "workshop_key", "customer_order", "customer_order_line",
        "customer_order_word", "deposit_entry", "stream_item",
    }  # fmt: skip
    in_its_own_way = {"setting", "stock", "product_lookup"}

    assert {table.name for table in COPIED} == set(metadata.tables) - what_happened - in_its_own_way


def test_the_window_for_training_is_the_same_program_on_the_same_shop(tmp_path: Path) -> None:
    options = Options(data=tmp_path, till="T2", language="ru")

    assert training_command(("python", "main.py"), options) == (
        "python", "main.py", "--data", str(tmp_path), "--till", "T2", "--language", "ru", "--training",
    )  # fmt: skip


def test_an_address_from_the_environment_is_in_no_list_of_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = "postgresql://till:secret@db/shop"
    options = Options(data=tmp_path, database=address)
    assert address in training_command(("python", "main.py"), options)

    monkeypatch.setenv("BORDER_POS_DATABASE", address)

    assert address not in training_command(("python", "main.py"), options)


def test_a_shop_opens_a_window_to_train_in_and_a_training_none(trained: Console) -> None:
    shop = main.build(Options(data=trained.folder), quick_pins=True)
    training = main.build(Options(data=trained.folder, training=True), quick_pins=True)
    try:
        assert shop.training_command[-1] == "--training"
        assert (shop.training, training.training, training.training_command) == (False, True, ())
        assert training.settings().printer == "folder"
    finally:
        shop.close()
        training.close()


def test_a_training_writes_no_files_at_its_z_where_those_of_the_shop_are(trained: Console, tmp_path: Path) -> None:
    shop = main.build(Options(data=trained.folder), quick_pins=True)
    shop.office.set_setting(Person.at_the_console("root"), "export_folder", str(tmp_path))
    shop.close()
    trained("training", "reset")

    training = main.build(Options(data=trained.folder, training=True), quick_pins=True)
    try:
        assert training.settings().export_folder == ""
    finally:
        training.close()
