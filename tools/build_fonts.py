"""Build the program's one font family, "Border Sans", from Noto Sans and Noto Sans SC.

    pip install fonttools
    python tools/build_fonts.py resources/fonts

No single free face has Chinese, the Kazakh letters and the symbols of all five currencies, and the PDF writer embeds
TrueType outlines only. So the letters and symbols come from Noto Sans, the rest from Noto Sans SC, merged into one
face a weight. Regular holds all of Noto Sans SC; Bold holds GBK: names of people and goods, which the screens set in
bold, need characters outside GB2312 (镕 喆 犇), and Qt draws a box where one weight of a family lacks a glyph.
Layout tables go: neither the receipts nor the screens use them, and the digits are tabular without them. The same
versions of the two packages give the same bytes.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.merge import Options as MergeOptions
from fontTools.ttLib import TTFont

FAMILY = "Border Sans"
LETTERS_PACKAGE = "@expo-google-fonts/noto-sans@0.4.2"
HAN_PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
BUILT_AT = 3_850_000_000
"""Seconds since 1904, as fonts count them: a fixed moment, so that a rebuild is the same file."""

LETTERS = (
    range(0x20, 0x7F),  # ASCII
    range(0xA0, 0x250),  # Latin with accents, pinyin tones
    range(0x2B0, 0x370),  # modifiers and combining marks
    range(0x370, 0x400),  # Greek
    range(0x400, 0x530),  # Cyrillic, with the Kazakh letters
    range(0x1E00, 0x1F00),  # more accented Latin
    range(0x2000, 0x2070),  # dashes, quotation marks, bullet, thin and narrow spaces
    range(0x2070, 0x20A0),  # raised and lowered digits
    range(0x20A0, 0x20C1),  # ₸ ₽ € and the other currency symbols
    range(0x2100, 0x2150),  # №, ™, ℃
    range(0x2190, 0x2194),  # arrows
    range(0x2200, 0x22FF),  # − ≈ ≠ ≤ ≥
    (0xFFFD,),
)
MUST_HAVE = "镕喆犇 0123456789 AZaz АЯаяЁё ӘҒҚҢӨҰҮҺІәғқңөұүһі ₸₽€¥$ ★•·–—−×…‹›«»№ 中文合计霍尔果斯"
DROPPED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "STAT", "DSIG", "VORG", "vhea", "vmtx", "meta", "gasp")
DROPPED_HINTS = ("prep", "fpgm", "cvt ")


def main() -> int:
    """Build both weights into the folder named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("into", type=Path, help="folder that receives the fonts and their licences")
    into: Path = parser.parse_args().into
    into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        letters, han = fetch(LETTERS_PACKAGE, work / "letters"), fetch(HAN_PACKAGE, work / "han")
        for weight, folder in (("Regular", "400Regular"), ("Bold", "700Bold")):
            letters_face, han_face = (next((root / folder).glob("*.ttf")) for root in (letters, han))
            target = into / f"{FAMILY.replace(' ', '')}-{weight}.ttf"
            build(letters_face, han_face, weight, target, work)
            print(f"{target}: {target.stat().st_size:,} bytes")  # noqa: T201
        shutil.copyfile(letters / "LICENSE_FONT", into / "OFL-NotoSans.txt")
        shutil.copyfile(han / "LICENSE_FONT", into / "OFL-NotoSansSC.txt")
    return 0


def fetch(package: str, into: Path) -> Path:
    """Unpack one package of the npm registry; returns the folder of its files."""
    into.mkdir()
    packed = subprocess.run(
        [shutil.which("npm") or "npm", "pack", "--silent", package],
        cwd=into, check=True, capture_output=True, text=True,
    )  # fmt: skip
    with tarfile.open(into / packed.stdout.split()[-1]) as archive:
        archive.extractall(into, filter="data")
    return into / "package"


def build(letters: Path, han: Path, weight: str, target: Path, work: Path) -> None:
    """Merge the two faces of one weight into `target`."""
    parts = [work / f"{weight}-letters.ttf", work / f"{weight}-han.ttf"]
    have = cut(letters, (c for part in LETTERS for c in part), parts[0])
    every = TTFont(han).getBestCmap().keys()
    cut(han, (every if weight == "Regular" else every & set(gbk())) - have, parts[1])
    options = MergeOptions()
    options.drop_tables = []
    font = Merger(options).merge([str(part) for part in parts])
    rename(font, weight, (TTFont(letters), TTFont(han)))
    take_line_height(font, TTFont(han))
    font["head"].created = font["head"].modified = BUILT_AT
    font.recalcTimestamp = False
    missing = set(MUST_HAVE) - {chr(c) for c in font.getBestCmap()}
    if missing:
        raise SystemExit(f"{weight} has no {''.join(sorted(missing))}")
    font.save(target)


def cut(face: Path, codepoints: Iterable[int], target: Path) -> set[int]:
    """Write the part of `face` that draws `codepoints`, without hints or layout; returns what it has of them."""
    options = subset.Options(
        layout_features=[], hinting=False, notdef_outline=True, glyph_names=False, recalc_timestamp=False,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
    )  # fmt: skip
    options.drop_tables += [*DROPPED_TABLES, *DROPPED_HINTS]
    font = subset.load_font(str(face), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codepoints)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return set(font.getBestCmap())


def gbk() -> Iterator[int]:
    """The code points of GBK: the symbols of GB2312 and 20,902 characters, simplified and traditional."""
    for row in range(0x81, 0xFF):
        for cell in (*range(0x40, 0x7F), *range(0x80, 0xFF)):
            try:
                yield ord(bytes((row, cell)).decode("gbk"))
            except UnicodeDecodeError:  # a cell without a character
                continue


def rename(font: TTFont, weight: str, sources: Iterable[TTFont]) -> None:
    """Give the merged face its own name: "Noto" is not reserved, but this is no longer Noto. Both copyrights stay."""
    full = f"{FAMILY} {weight}"
    postscript = f"{FAMILY.replace(' ', '')}-{weight}"
    names = {1: FAMILY, 2: weight, 3: f"{full} 1.0", 4: full, 5: "Version 1.0", 6: postscript}
    names[0] = " ".join(str(face["name"].getName(0, 3, 1, 0x409)) for face in sources)
    for record in list(font["name"].names):
        if record.nameID in names:
            font["name"].setName(
                names[record.nameID], record.nameID, record.platformID, record.platEncID, record.langID
            )


def take_line_height(font: TTFont, tall: TTFont) -> None:
    """Space lines as the Han face does: it is the taller, and a line may hold both."""
    for key in ("ascent", "descent", "lineGap"):
        setattr(font["hhea"], key, getattr(tall["hhea"], key))
    metrics, model = font["OS/2"], tall["OS/2"]
    metrics.usWinAscent, metrics.usWinDescent = model.usWinAscent, model.usWinDescent
    metrics.sTypoAscender, metrics.sTypoDescender, metrics.sTypoLineGap = tall["hhea"].ascent, tall["hhea"].descent, 0


if __name__ == "__main__":
    sys.exit(main())
