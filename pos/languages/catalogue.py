"""Reads the translations (gettext .po files) at start: no compile step, no generated files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.words import LANGUAGE_NAMES, Words, context_key
from pos.domain.errors import Trouble

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


class LanguageTrouble(Trouble):
    """A translation cannot be read; the till goes on in English."""


def read_words(file: Path, language: str) -> Words:
    """Read the words of `language`, or raise LanguageTrouble. Doubtful (fuzzy) entries are left out."""
    from babel.messages.pofile import PoFileError, read_po  # which an English till does not need

    try:
        with file.open("rb") as source:
            return _words_of(read_po(source, locale=language, abort_invalid=True), language)
    except OSError as error:
        raise LanguageTrouble("language_missing", str(file), error.strerror or str(error)) from error
    # Babel raises TypeError and IndexError, too, on files cut in the middle of a plural.
    except (PoFileError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise LanguageTrouble("language_damaged", str(file), str(error)) from error


def _words_of(catalogue: Catalog, language: str) -> Words:
    import gettext

    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        if not message.id or message.fuzzy:
            continue
        if isinstance(message.string, str):
            if message.string:
                name = str(message.id)
                texts[context_key(message.context, name) if message.context else name] = message.string
        elif message.string and all(message.string):
            plurals[message.id[0]] = tuple(message.string)
    if not texts:
        raise ValueError("no translated message")
    return Words(language, texts, plurals, gettext.c2py(catalogue.plural_expr))


class Catalogues(Mapping[str, Words]):
    """The words of each language, read when they are first asked for.

    A language that cannot be read is English, and `troubles` says why; nothing here ever stops the till.
    """

    def __init__(self, folder: Path) -> None:
        self.troubles: dict[str, LanguageTrouble] = {}
        self._folder = folder
        self._read: dict[str, Words] = {"en": Words.english()}

    def __getitem__(self, language: str) -> Words:
        """Return the words of `language`; KeyError for a language that the till does not speak."""
        if language not in LANGUAGE_NAMES:
            raise KeyError(language)
        if language not in self._read:
            try:
                self._read[language] = read_words(self._folder / f"{language}.po", language)
            except LanguageTrouble as trouble:
                self.troubles[language] = trouble
                self._read[language] = self._read["en"]
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGE_NAMES)

    def __len__(self) -> int:
        return len(LANGUAGE_NAMES)


def load_words(folder: Path) -> Catalogues:
    """The words of all languages from `folder` (`zh.po`, `ru.po`, `kk.po`); each file is read at its first use."""
    return Catalogues(folder)
