"""A logo from a file: small enough for the strip, grey on white; whatever else it is, nothing happens."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from pos.application.settings.setting_kinds import LOGO_HIGH, LOGO_WIDE, png_sides
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.ui.settings.logo_file import LARGEST_FILE, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 100"><path d="M0 0H300V100Z" {more}/>{inside}</svg>'


def a_picture(path: Path, wide: int, high: int, colour: str = "red") -> Path:
    image = QImage(wide, high, QImage.Format.Format_ARGB32)
    image.fill(QColor(colour))
    assert image.save(str(path))
    return path


@pytest.mark.parametrize(
    ("name", "wide", "high", "sides"),
    [("a.png", 100, 40, (100, 40)), ("b.jpg", 4_000, 1_000, (480, 120)), ("c.png", 50, 2_000, (5, 200))],
)
def test_a_picture_becomes_as_large_as_a_strip_takes_and_never_larger(
    qapp: object, tmp_path: Path, name: str, wide: int, high: int, sides: tuple[int, int]
) -> None:
    text = read_logo(a_picture(tmp_path / name, wide, high))
    assert png_sides(b64decode(text)) == sides
    assert Settings().with_text("logo", text).logo == text


def test_what_can_be_seen_through_is_paper(qapp: object, tmp_path: Path) -> None:
    text = read_logo(a_picture(tmp_path / "clear.png", 10, 10, "transparent"))
    assert QImage.fromData(b64decode(text)).pixelColor(5, 5) == QColor("white")


def test_a_drawing_is_drawn_as_wide_as_the_strip(qapp: object, tmp_path: Path) -> None:
    file = tmp_path / "logo.svg"
    file.write_text(SVG.format(more="", inside=""), encoding="utf-8")
    wide, high = png_sides(b64decode(read_logo(file)))
    assert (wide, high) == (480, 160)
    assert wide <= LOGO_WIDE
    assert high <= LOGO_HIGH


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"\x89PNG\r\n\x1a\n" + b"\x00" * 40,
        SVG.format(more="", inside='<image href="file:///etc/passwd"/>').encode(),
        SVG.format(more='fill="url(http://evil/x)"', inside="").encode(),
        SVG.format(more="", inside="<script>1</script>").encode(),
        SVG.format(more="", inside='<use href="#a"/>').encode(),
        b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + SVG.format(more="", inside="").encode(),
        SVG.format(more="", inside="<style>@import 'x.css';</style>").encode(),
        SVG.format(more="", inside="").encode("utf-16"),
        b"<svg" + b" " * 600_000,
    ],
)
def test_a_hostile_file_is_refused_and_nothing_outside_it_is_read(qapp: object, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "logo.svg"
    file.write_bytes(content)
    with pytest.raises(BadField) as refused:
        read_logo(file)
    assert refused.value.facts()["field"] == "logo"


def test_a_picture_that_would_unpack_to_gigabytes_is_refused_by_its_head(qapp: object, tmp_path: Path) -> None:
    bomb = bytearray(a_picture(tmp_path / "small.png", 10, 10).read_bytes())
    bomb[16:24] = (60_000).to_bytes(4) + (60_000).to_bytes(4)
    file = tmp_path / "bomb.png"
    file.write_bytes(bomb)
    with pytest.raises(BadField):
        read_logo(file)


def test_a_file_that_is_too_large_or_not_there_is_refused_unread(qapp: object, tmp_path: Path) -> None:
    large = tmp_path / "large.png"
    with large.open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    for file in (large, tmp_path / "nowhere.png"):
        with pytest.raises(BadField):
            read_logo(file)
