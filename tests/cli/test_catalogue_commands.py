"""The catalogue as files of strangers, from the command line."""

from __future__ import annotations

import json

import pytest

from tests.cli.console import COGNAC, Console


def test_an_import_is_listed_and_undone(console: Console) -> None:
    file = console.folder / "goods.csv"
    file.write_text(f"code,name,price\n4006381333931,Marker,3.50\n{COGNAC},,451.00\n", encoding="utf-8")
    answer = console("catalogue", "import", str(file)).json
    assert (answer["created"], answer["updated"], answer["repriced"], answer["import"]) == (1, 1, 1, 1)

    undone = console("catalogue", "undo").json
    assert undone == {"import": 1, "file": "goods.csv", "removed": 1, "restored": 1, "kept": 0, "left": []}

    assert console("product", "show", COGNAC).json["price"]["amount"] == "450.00"
    assert console("product", "show", "4006381333931").code == 2
    (run,) = console("catalogue", "imports").json
    assert (run["state"], run["rows"], run["created"]) == ("undone", 2, 1)
    again = console("catalogue", "undo")
    assert (again.code, again.json["refused"]) == (3, "nothing_imported")
    assert console("catalogue", "imports", "--limit", "0").code == 2


PRICE_LIST = "Штрихкод;Наименование;Цена, юань\n"


def test_a_price_list_of_a_stranger_is_read_as_it_stands(console: Console) -> None:
    file = console.folder / "прайс.csv"
    rows = f"4006381333931;Маркер чёрный;1 203,50\n{COGNAC};;451,00\n4870001000127;Чай;двенадцать\n"
    file.write_bytes((PRICE_LIST + rows).encode("cp1251"))
    rejects = console.folder / "rejects.csv"

    tried = console("catalogue", "import", str(file), "--dry-run", "--preview", "5", "--rejects", str(rejects)).json

    assert (tried["encoding"], tried["created"], tried["updated"], tried["repriced"]) == ("cp1251", 1, 1, 1)
    assert [(one["line"], one["new"], one["repriced"], one["fields"]) for one in tried["changes"]] == [
        (2, True, False, [{"field": "price", "before": None, "after": "1203.50 CNY"}]),
        (3, False, True, [{"field": "price", "before": "450.00 CNY", "after": "451.00 CNY"}]),
    ]
    assert (tried["incomplete"], tried["lacking"]) == (
        1,
        [{"line": 2, "code": "4006381333931", "name": "Маркер чёрный", "lacks": ["category"]}],
    )
    assert "not_a_number" in rejects.read_text()
    assert console("product", "show", "4006381333931").code == 2


def test_what_is_said_of_a_column_is_remembered_for_the_next_file(console: Console) -> None:
    file = console.folder / "goods.csv"
    file.write_text("Nr;Bezeichnung;Preis\n4006381333931;Stift;1,234\n", encoding="utf-8")

    refused = console("catalogue", "import", str(file))
    assert (refused.code, "Nr, Bezeichnung, Preis" in refused.err) == (2, True)
    said = ["--map", "code=Nr", "--map", "name=Bezeichnung", "--map", "gross_kg=Preis", "--decimal", ","]
    assert console("catalogue", "import", str(file), *said).json["created"] == 1
    assert console("product", "show", "4006381333931").json["gross_kg"] == "1.234"
    file.write_text("Nr;Bezeichnung;Preis\n4006381333931;Stift;2,5\n", encoding="utf-8")
    assert console("catalogue", "import", str(file)).json["updated"] == 1

    for wrong in (["--map", "colour=Nr"], ["--map", "code=Farbe"], ["--decimal", ";"], ["--encoding", "ebcdic"]):
        assert console("catalogue", "import", str(file), *wrong).code == 2


def test_quick_keys_go_out_as_a_file_and_come_in_again(console: Console) -> None:
    file = console.folder / "buttons.json"

    assert console("catalogue", "quick-keys", "export", str(file)).json == {"pages": 1, "keys": 5, "file": str(file)}
    text = file.read_text(encoding="utf-8")
    assert console("catalogue", "quick-keys", "export", "-").out == text
    content = json.loads(text)
    content["pages"].append({"title": "Drinks", "roles": ["cashier"], "keys": [{"code": COGNAC, "colour": "red"}]})
    file.write_text(json.dumps(content), encoding="utf-8")

    assert console("catalogue", "quick-keys", "import", str(file)).json == {"pages": 2, "keys": 6}
    assert json.loads(console("catalogue", "quick-keys", "export", "-").out) == content


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "4006381333931"}, "pages[0].keys[5].code"),
        ({"code": COGNAC, "colour": "pink"}, "pages[0].keys[5].colour"),
        ({"cod": COGNAC}, "pages[0].keys[5]"),
    ],
)
def test_a_bad_file_of_quick_keys_is_refused_in_one_sentence(
    console: Console, change: dict[str, str], said: str
) -> None:
    before = console("catalogue", "quick-keys", "export", "-").out
    content = json.loads(before)
    content["pages"][0]["keys"].append(change)
    file = console.folder / "buttons.json"
    file.write_text(json.dumps(content), encoding="utf-8")

    refused = console("catalogue", "quick-keys", "import", str(file))

    assert (refused.code, said in refused.err, refused.err.strip().count("\n")) == (2, True, 0)
    assert console("catalogue", "quick-keys", "export", "-").out == before


def test_quick_keys_need_the_right_to_the_catalogue(console: Console) -> None:
    assert console("catalogue", "quick-keys", "export", "-", options=["--as", "amina"]).code == 3


def test_a_template_is_written_filled_in_and_imported(console: Console) -> None:
    file = console.folder / "goods.csv"
    said = console("catalogue", "template", str(file)).json
    assert said["columns"][:4] == ["Barcode", "Name", "Category", "Price (CNY)"]

    tried = console("catalogue", "import", str(file), "--dry-run").json
    assert (tried["rejected"], tried["created"]) == (2, 0)
    file.write_text(file.read_text(encoding="utf-8-sig").replace("EXAMPLE-1", "4006381333931"), encoding="utf-8")
    assert console("catalogue", "import", str(file)).json["created"] == 1
    assert console("product", "show", "4006381333931").json["category"] == "alcohol.spirit"
    assert console("catalogue", "template", str(console.folder / "goods.pdf")).code == 2
