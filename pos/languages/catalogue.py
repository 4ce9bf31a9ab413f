"""Reads the translations (gettext .po files) at start: no compile step, no generated files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.text.translator import LANGUAGE_NAMES, Translator, context_key
from pos.domain.errors import InfrastructureError
from pos.languages.country_names import country_names

if TYPE_CHECKING:
    from pos.languages.po_file import PoFile


class TranslationFileError(InfrastructureError):
    """A translation cannot be read; the till continues in English."""


def read_words(file: Path, language: str) -> Translator:
    """Read the translation of `language`, or raise TranslationFileError. Fuzzy entries are left out."""
    from pos.languages.po_file import read_po  # not needed by an English till

    try:
        return _words_of(read_po(file.read_bytes()), language)
    except OSError as error:
        raise TranslationFileError("language_missing", str(file), error.strerror or str(error)) from error
    except (ValueError, LookupError, RecursionError) as error:
        raise TranslationFileError("language_damaged", str(file), str(error)) from error


def _words_of(catalogue: PoFile, language: str) -> Translator:
    texts: dict[str, str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in catalogue.entries:
        if message.is_fuzzy or not all(message.texts):
            continue
        if message.is_plural:
            plurals[message.id] = tuple(message.texts)
        else:
            name = context_key(message.context, message.id) if message.context else message.id
            texts[name] = message.texts[0]
    if not texts:
        raise ValueError("no translated message")
    made = Translator(language, texts, plurals, countries=partial(country_names, language))
    return made if catalogue.form is None else replace(made, form=catalogue.form)


class Catalogues(Mapping[str, Translator]):
    """The translation of each language, read on first use.

    An unreadable language falls back to English, and `troubles` gives the reason; errors here never stop the till.
    """

    def __init__(self, folder: Path) -> None:
        self.troubles: dict[str, TranslationFileError] = {}
        self._folder = folder
        self._read: dict[str, Translator] = {"en": Translator("en", countries=partial(country_names, "en"))}

    def __getitem__(self, language: str) -> Translator:
        """Return the translation of `language`; KeyError for an unsupported language."""
        if language not in LANGUAGE_NAMES:
            raise KeyError(language)
        if language not in self._read:
            try:
                self._read[language] = read_words(self._folder / f"{language}.po", language)
            except TranslationFileError as trouble:
                self.troubles[language] = trouble
                self._read[language] = self._read["en"]
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(LANGUAGE_NAMES)

    def __len__(self) -> int:
        return len(LANGUAGE_NAMES)


def load_translators(folder: Path) -> Catalogues:
    """The translations of all languages from `folder` (`zh.po`, `ru.po`, `kk.po`); each file is read on first use."""
    return Catalogues(folder)
