"""Chinese characters for the letters of their syllables: words of the shop's goods first, then common characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

_HAN = re.compile(r"[\u4e00-\u9fff]+")
_LONGEST_SYLLABLE = 6
"""Letters: zhuang, chuang, shuang."""
_LONGEST_WORD = 4
_FEWEST = 2
"""How often the goods must have a word before it is offered."""
_MOST_WORDS = 4_000
_MOST_OFFERED = 60


class PinyinInput:
    """Offers words for typed letters. It is made of the names of goods, and never changes.

    Characters of one syllable stand in the order of their frequency in these names; those that no name has follow in
    the order of GB 2312, whose first level is the common ones.
    """

    def __init__(self, names: Iterable[str]) -> None:
        runs = [run for name in names for run in _HAN.findall(name)]
        self._counts = Counter(char for run in runs for char in run)
        self._characters = _by_syllable(self._counts)
        self._words, self._initials = _words(runs)

    def __call__(self, letters: str) -> Sequence[tuple[str, str]]:
        """Words for `letters`, each with the letters that it leaves over; the best first."""
        typed = letters.lower()
        offered: dict[str, str] = {}
        for word in (*self._words.get(typed, ()), *self._initials.get(typed, ())):
            offered.setdefault(word, "")
        for length in range(len(typed) - 1, 1, -1):
            for word in self._words.get(typed[:length], ()):
                offered.setdefault(word, typed[length:])
        for length in range(min(len(typed), _LONGEST_SYLLABLE), 0, -1):
            for char in self._characters.get(typed[:length], ()):
                offered.setdefault(char, typed[length:])
        for char in self._begun(typed):
            offered.setdefault(char, "")
        return list(islice(offered.items(), _MOST_OFFERED))

    def _begun(self, typed: str) -> Sequence[str]:
        """The characters of the goods whose syllable is not typed to its end, the frequent ones first."""
        sounds = (sound for sound in self._characters if sound.startswith(typed) and sound != typed)
        chars = {char for sound in sounds for char in self._characters[sound] if char in self._counts}
        return sorted(chars, key=lambda char: (-self._counts[char], char))


def _plain(sound: str) -> str:
    """A syllable without its tone; ü is typed as v."""
    marked = sound.replace("ü", "v").replace("ǖ", "v").replace("ǘ", "v").replace("ǚ", "v").replace("ǜ", "v")
    return "".join(char for char in unicodedata.normalize("NFD", marked) if char.isascii())


def _by_syllable(counts: Mapping[str, int]) -> Mapping[str, Sequence[str]]:
    from pypinyin.pinyin_dict import pinyin_dict  # a large table: only where someone types with it

    found: dict[str, list[tuple[int, bool, bytes, str]]] = {}
    for number, sounds in pinyin_dict.items():
        char = chr(number)
        code = _national_code(char)
        if code is None and char not in counts:
            continue
        for rank, sound in enumerate(dict.fromkeys(_plain(one) for one in sounds.split(","))):
            # The first reading is the usual one: as another, a frequent character is not what was meant.
            count = 0 if rank else counts.get(char, 0)
            found.setdefault(sound, []).append((-count, rank > 0, code or b"\xff", char))
    return {sound: [chars[-1] for chars in sorted(of_sound)] for sound, of_sound in found.items()}


def _national_code(char: str) -> bytes | None:
    """Its place in GB 2312; None for a character that it has not got."""
    try:
        return char.encode("gb2312")
    except UnicodeEncodeError:
        return None


def _words(runs: Iterable[str]) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]]:
    """Words of two to four characters that several names share: by their syllables, and by their initials."""
    from pypinyin import lazy_pinyin

    counts: Counter[str] = Counter()
    for run in runs:
        for length in range(2, _LONGEST_WORD + 1):
            counts.update(run[at : at + length] for at in range(len(run) - length + 1))
    by_sound: dict[str, list[str]] = {}
    by_initials: dict[str, list[str]] = {}
    for word, count in counts.most_common(_MOST_WORDS):
        if count >= _FEWEST:
            sounds = [_plain(sound) for sound in lazy_pinyin(word)]
            by_sound.setdefault("".join(sounds), []).append(word)
            by_initials.setdefault("".join(sound[:1] for sound in sounds), []).append(word)
    return by_sound, by_initials
