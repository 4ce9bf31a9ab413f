"""A text is read in the encoding it was written in; what is no text in it is refused, never garbled."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.catalogue.catalogue_files import ReadAs
from pos.domain.errors import BadField
from pos.exports.catalogue_files import look, read_catalogue
from pos.exports.encodings import CP1251, ENCODINGS, GB18030, UTF8, UTF16, encoding_of

RUSSIAN = """Штрихкод;Наименование;Цена
4607001771562;Молоко «Простоквашино» 3,2 %, 1 л;12,50
4607001771563;МАСЛО СЛИВОЧНОЕ 82,5% 180 г;89,90
4607001771564;Чай чёрный с бергамотом № 25;120
"""
CHINESE = """条码,商品名称,单价
6901234567892,贵州茅台酒 500毫升,1499.00
6901234567893,绿茶 100g,25.50
6901234567894,中华香烟（软）,68
"""
KAZAKH = """Штрихкод;Атауы;Баға
4870001000127;Қымыз Сарыағаш 0,5 л;450
4870001000134;Шұбат дәстүрлі;390
"""


@pytest.mark.parametrize(
    ("text", "codec", "encoding"),
    [
        (RUSSIAN, "utf-8", UTF8),
        (RUSSIAN, "utf-8-sig", UTF8),
        (RUSSIAN, "utf-16", UTF16),
        (RUSSIAN, "cp1251", CP1251),
        (RUSSIAN.upper(), "cp1251", CP1251),
        (CHINESE, "utf-8", UTF8),
        (CHINESE, "gb18030", GB18030),
        (CHINESE, "gbk", GB18030),
        (CHINESE, "utf-16", UTF16),
        (KAZAKH, "utf-8", UTF8),
        ("code,name\n12345,Tea\n", "ascii", UTF8),
        ("code,name\n12345,Café\n12346,Crème brûlée\n", "latin-1", UTF8),
    ],
)
def test_the_encoding_is_distinguished_from_the_bytes(tmp_path: Path, text: str, codec: str, encoding: str) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(text.encode(codec))

    seen = look(path)

    assert seen.encoding == encoding
    if codec != "latin-1":
        lines = text.splitlines()
        assert [row.cells[1] for row in seen.rows] == [line.split(seen.delimiter)[1] for line in lines[1:]] or (
            "«" in text or "," in lines[1].split(";")[1]
        )
        assert seen.header == lines[0].split(seen.delimiter)


def test_a_letter_of_a_western_alphabet_never_becomes_a_cyrillic_one() -> None:
    table = read_catalogue(io.BytesIO("code,name\n12345,Café\n".encode("latin-1")))
    (row,) = table.rows
    assert (row.line, row.fault, row.detail) == (2, "encoding", "byte 0xE9 is not UTF-8")


@pytest.mark.parametrize(
    ("encoding", "spoilt", "byte"),
    [(GB18030, "绿茶".encode("gb18030") + b"\xff", "0xFF"), (CP1251, "чай".encode("cp1251") + b"\x98", "0x98")],
)
def test_a_row_that_is_no_text_in_its_encoding_is_refused_with_its_line(
    encoding: str, spoilt: bytes, byte: str
) -> None:
    text = RUSSIAN if encoding == CP1251 else CHINESE.replace(",", ";")
    content = text.encode(encoding) + b"12345;" + spoilt + b";1\n12346;last;2\n"
    rows = list(read_catalogue(io.BytesIO(content)).rows)

    assert [(row.line, row.fault) for row in rows if row.fault] == [(5, "encoding")]
    assert rows[-2].detail.startswith(f"byte {byte} is not")
    assert rows[-1].cells[1] == "last"


def test_someone_may_say_another_encoding_and_another_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(CHINESE.encode("gb18030"))

    assert look(path, ReadAs(encoding="windows-1251")).encoding == CP1251
    assert look(path, ReadAs(encoding="GBK", delimiter="tab")).header == [CHINESE.splitlines()[0]]
    for how in (ReadAs(encoding="ebcdic"), ReadAs(delimiter="x")):
        with pytest.raises(BadField):
            look(path, how)


def test_utf16_without_its_mark_is_refused_and_not_read_as_something_else(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(CHINESE.encode("utf-16-le"))
    with pytest.raises(BadField):
        look(path, ReadAs(encoding="utf-16"))


def test_the_whole_file_decides_and_not_its_beginning() -> None:
    content = b"code;name\n" + b"12345;Tea\n" * 40_000 + "4607001771562;Молоко топлёное\n".encode("cp1251") * 3
    assert encoding_of(io.BytesIO(content)) == CP1251


GOODS = {
    CP1251: ("Молоко топлёное 1 л", "Чай чёрный", "МАСЛО СЛИВОЧНОЕ", "Хлеб «Бородинский»", "Сыр", "Печенье № 5"),
    GB18030: ("贵州茅台酒", "绿茶 100g", "中华香烟（软）", "牛奶巧克力", "哈密瓜干", "新疆大枣 500克"),
}


@given(st.sampled_from(sorted(GOODS)).flatmap(lambda name: st.tuples(st.just(name), st.permutations(GOODS[name]))))
def test_names_come_out_of_each_encoding_as_they_went_in(case: tuple[str, list[str]]) -> None:
    encoding, names = case
    content = "code;name\n" + "".join(f"12345;{name}\n" for name in names)

    table = read_catalogue(io.BytesIO(content.encode(encoding)))

    assert table.encoding == encoding
    assert [row.cells[1] for row in table.rows] == names


@given(st.binary(max_size=400), st.sampled_from(ENCODINGS))
def test_any_bytes_in_any_encoding_are_rows_or_a_refusal(content: bytes, encoding: str) -> None:
    try:
        table = read_catalogue(io.BytesIO(b"code,name\n" + content), how=ReadAs(encoding=encoding))
        rows = list(table.rows)
    except BadField:
        return
    for row in rows:
        "".join(row.cells).encode("utf-8", "strict" if not row.fault else "replace")
