"""A picture of a stranger's is dots within bounds, or nothing: neither the till nor another file has to do with it."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from pos.domain.errors import BadField
from pos.ui.catalogue.products.picture_file import read_picture
from pos.ui.look.picture_reader import MOST_SCANS, of_the_store
from pos.ui.settings.logo_file import read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="100" height="100">'


def use_bomb() -> bytes:
    """Forty times twice as many rectangles: more than any machine draws."""
    groups = "".join(
        f'<g id="a{n}"><use xlink:href="#a{n - 1}"/><use xlink:href="#a{n - 1}"/></g>' for n in range(1, 40)
    )
    return (
        f'{SVG}<defs><g id="a0"><rect width="9" height="9"/></g>{groups}</defs><use xlink:href="#a39"/></svg>'.encode()
    )


def svgz() -> bytes:
    return gzip.compress(f"{SVG}<!--{' ' * 100_000}--><rect width='9' height='9'/></svg>".encode())


def names_another(folder: Path) -> bytes:
    return f'{SVG}<image width="100" height="100" xlink:href="{folder / "secret.png"}"/></svg>'.encode()


def chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def png(wide: int, high: int) -> bytes:
    """One black row said to be so wide, so often."""
    head = wide.to_bytes(4) + high.to_bytes(4) + bytes([1, 0, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 99)) + chunk(b"IEND", b"")
    )


@pytest.fixture
def photo(qapp: object, tmp_path: Path) -> bytes:
    image = QImage(600, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    assert image.save(str(tmp_path / "photo.jpg"), quality=90)
    return (tmp_path / "photo.jpg").read_bytes()


def endless(photo: bytes) -> bytes:
    """Gone over again and again: each time a few bytes of the file and all of its dots."""
    index = photo.index(b"\xff\xda")
    return photo[:index] + photo[index:-2] * (MOST_SCANS + 1) + photo[-2:]


@pytest.mark.parametrize("name", ["tea.png", "tea.svg", "tea.jpg"])
@pytest.mark.parametrize("kind", ["use", "svgz", "another", "wide", "many", "endless", "text", "empty", "icon"])
def test_what_the_reader_of_logos_refuses_is_no_picture_of_goods_either(
    qapp: object, photo: bytes, tmp_path: Path, kind: str, name: str
) -> None:
    secret = QImage(50, 50, QImage.Format.Format_RGB32)
    secret.fill(QColor("red"))
    assert secret.save(str(tmp_path / "secret.png"))
    content = {
        "use": use_bomb(),
        "svgz": svgz(),
        "another": names_another(tmp_path),
        "wide": png(30_000, 1),
        "many": png(9_000, 9_000),
        "endless": endless(photo),
        "text": b"tea",
        "empty": b"",
        "icon": b"\x00\x00\x01\x00" + b"\x00" * 60,
    }[kind]
    (tmp_path / name).write_bytes(content)
    for read in (read_picture, read_logo):
        with pytest.raises(BadField) as refused:
            read(tmp_path / name)
        assert refused.value.what in ("not_a_picture", "too_large")


def test_a_drawing_of_its_own_is_a_logo_and_no_picture_of_goods(qapp: object, tmp_path: Path) -> None:
    (tmp_path / "plain.svg").write_text(f"{SVG}<rect width='9' height='9'/></svg>", encoding="utf-8")
    assert read_logo(tmp_path / "plain.svg")
    with pytest.raises(BadField, match="not_a_picture"):
        read_picture(tmp_path / "plain.svg")


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.bmp", "a.webp", "a.gif"])
def test_a_picture_is_read_by_what_it_is_whatever_its_name(qapp: object, tmp_path: Path, name: str) -> None:
    gif = b"GIF89a" + bytes.fromhex("02000100800000ff00000000002c0000000002000100000202040a003b")
    image = QImage(400, 200, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    if name == "a.gif":
        (tmp_path / name).write_bytes(gif)
    else:
        assert image.save(str(tmp_path / name))
    (tmp_path / name).rename(tmp_path / "tea.txt")
    read = of_the_store(read_picture(tmp_path / "tea.txt"))
    assert read.width() == 2 * read.height()
    assert read.pixelColor(0, 0).red() > 240


def test_a_photograph_with_a_film_behind_it_is_a_photograph(photo: bytes, tmp_path: Path) -> None:
    (tmp_path / "moving.jpg").write_bytes(photo + b"\xff\xda\x00\x02" * (MOST_SCANS + 1))
    assert of_the_store(read_picture(tmp_path / "moving.jpg")).width() == 256
