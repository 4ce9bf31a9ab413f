"""The catalogue as files of strangers, from the command line."""

from __future__ import annotations

from tests.cli.console import COGNAC, Console


def test_an_import_is_listed_and_undone(console: Console) -> None:
    file = console.folder / "goods.csv"
    file.write_text(f"code,name,price\n4006381333931,Marker,3.50\n{COGNAC},,451.00\n", encoding="utf-8")
    told = console("catalogue", "import", str(file)).json
    assert (told["created"], told["updated"], told["repriced"], told["import"]) == (1, 1, 1, 1)

    undone = console("catalogue", "undo").json
    assert undone == {"import": 1, "file": "goods.csv", "removed": 1, "restored": 1, "kept": 0, "left": []}

    assert console("product", "show", COGNAC).json["price"]["amount"] == "450.00"
    assert console("product", "show", "4006381333931").code == 2
    (run,) = console("catalogue", "imports").json
    assert (run["state"], run["rows"], run["created"]) == ("undone", 2, 1)
    again = console("catalogue", "undo")
    assert (again.code, again.json["refused"]) == (3, "nothing_imported")
    assert console("catalogue", "imports", "--limit", "0").code == 2
