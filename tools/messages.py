"""Keeps the translations complete: finds every message in the code and compares it with the .po files.

    python tools/messages.py --missing    print what is not translated, per language (exit code 1 if anything)
    python tools/messages.py --update     add empty entries for new messages, keep the others, sort
    python tools/messages.py --unused     print entries that no code asks for
    python tools/messages.py --prune      take the unused entries out

A message is the literal text in `tr("…")`, `tr.plural("…", "…", n)`, `tr.context("context", "…")` (for
anything whose name has the word `tr`, `translator`, `translators` or `both` in it) and in `mark("…")`, `N_("…")`;
in the pages of the console (resources/console) in `tr("…")` and its two others.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "translations"
TEMPLATES = ROOT / "resources" / "console"
CODE = (ROOT / "pos", ROOT / "main.py", ROOT / "till_adapters.py", ROOT / "center_adapters.py")
PLURAL_FORMS = {
    "zh": "nplurals=1; plural=0;",
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "kk": "nplurals=2; plural=(n != 1);",
}

_TRANSLATOR = re.compile(r"(^|_)(tr|translators?|both)($|_)")


@dataclass(frozen=True, slots=True, order=True)
class Message:
    """One text to translate: its English, its plural or "", its context or ""; `where` its first place in the code."""

    one: str
    many: str = ""
    context: str = ""
    where: str = field(default="", compare=False)

    def __str__(self) -> str:
        context = f"[{self.context}] " if self.context else ""
        return f"{context}{self.one}" + (f" | {self.many}" if self.many else "")


def messages_in(source: str, where: str) -> Iterator[Message]:
    """Yield the messages of one module; raises ValueError with file and line
    for a call that no scan can read: an f-string, or a plural that is not literal.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Lambda):
            _check_translator(node, where)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        position = f"{where}:{node.lineno}"
        name = _name(node.func)
        owner = _name(node.func.value) if isinstance(node.func, ast.Attribute) else ""
        asked = bool(_TRANSLATOR.search(name)) or name in {"mark", "N_"}
        nested = name in {"plural", "context"} and bool(_TRANSLATOR.search(owner))
        if not asked and not nested:
            continue
        if any(isinstance(arg, ast.JoinedStr) for arg in node.args[:2]):
            raise ValueError(f"{position}: an f-string cannot be translated, name the facts instead")
        texts = [_literal(arg) for arg in node.args[:2]]
        if asked and texts[0]:
            yield Message(texts[0], where=position)
        elif nested and (len(texts) != 2 or not all(texts)):
            raise ValueError(f"{position}: {name} needs two literal texts")
        elif nested:
            one, other = texts
            yield Message(one, many=other, where=position) if name == "plural" else Message(other, "", one, position)


def messages_in_template(source: str, where: str) -> Iterator[Message]:
    """Yield the messages of a page of the console, which calls `tr` as code does. Raises as `messages_in`."""
    for call in Environment(autoescape=True).parse(source).find_all(nodes.Call):
        asked = call.node
        texts = [str(arg.value) if isinstance(arg, nodes.Const) else "" for arg in call.args[:2]]
        position = f"{where}:{call.lineno}"
        if isinstance(asked, nodes.Name) and asked.name == "tr":
            if not texts or not texts[0]:
                raise ValueError(f"{position}: tr needs a literal text")
            yield Message(texts[0], where=position)
        elif isinstance(asked, nodes.Getattr) and isinstance(asked.node, nodes.Name) and asked.node.name == "tr":
            if len(texts) != 2 or not all(texts):
                raise ValueError(f"{position}: {asked.attr} needs two literal texts")
            one, other = texts
            is_plural = asked.attr == "plural"
            yield Message(one, many=other, where=position) if is_plural else Message(other, "", one, position)


def _check_translator(node: ast.Lambda, where: str) -> None:
    """Raise ValueError where a parameter by another name is called with a text, which no catalogue would have."""
    given = {arg.arg for arg in node.args.args if not _TRANSLATOR.search(arg.arg)}
    for call in ast.walk(node.body):
        if isinstance(call, ast.Call) and call.args and _name(call.func) in given and _literal(call.args[0]):
            raise ValueError(f"{where}:{call.lineno}: call the translator `tr`, or its texts are not found")


def _name(node: ast.expr) -> str:
    """The last name of an expression: `translator` in `self.translator`, `shop.translators["ru"]`."""
    if isinstance(node, ast.Subscript):
        return _name(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _literal(node: ast.expr) -> str:
    """The text of a literal, "" of anything else."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def messages_of(code: Iterable[Path] = CODE) -> list[Message]:
    """All messages of the code, each once, sorted."""
    known: dict[Message, Message] = {}
    for root in code:
        for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
            for message in messages_in(file.read_text("utf-8"), file.relative_to(ROOT).as_posix()):
                known.setdefault(message, message)
    for file in sorted(TEMPLATES.glob("*.html")):
        for message in messages_in_template(file.read_text("utf-8"), file.relative_to(ROOT).as_posix()):
            known.setdefault(message, message)
    return sorted(known)


def read(language: str, folder: Path = FOLDER) -> Catalog:
    """The catalogue of a language; an empty one where there is no file yet."""
    file = folder / f"{language}.po"
    if not file.exists():
        return Catalog(language)
    with file.open("rb") as source:
        return read_po(source, locale=language, abort_invalid=True)


def entries(catalogue: Catalog) -> dict[Message, tuple[str, ...]]:
    """What a catalogue holds: each message with its translated forms, fuzzy ones as untranslated."""
    held: dict[Message, tuple[str, ...]] = {}
    for entry in catalogue:
        if not entry.id:
            continue
        forms = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
        one, many = (entry.id, "") if isinstance(entry.id, str) else entry.id
        held[Message(one, many, entry.context or "")] = ("",) if entry.fuzzy else forms
    return held


def missing(language: str, messages: Iterable[Message], folder: Path = FOLDER) -> list[Message]:
    """The messages that `language` cannot say yet."""
    held = entries(read(language, folder))
    return [message for message in messages if not all(held.get(message, ("",)))]


def unused(language: str, messages: Iterable[Message], folder: Path = FOLDER) -> list[Message]:
    """The entries of `language` that the program does not ask for."""
    return sorted(set(entries(read(language, folder))) - set(messages))


def write(language: str, held: dict[Message, tuple[str, ...]], folder: Path = FOLDER) -> None:
    """Write a catalogue: sorted, without times, places or tool names, so that a diff shows words only."""
    catalogue = Catalog(language)
    for message, forms in held.items():
        text = (message.one, message.many) if message.many else message.one
        string = forms if message.many else forms[0]
        catalogue.add(text, string, context=message.context or None)
    body = io.BytesIO()
    write_po(body, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    header = (
        f'msgid ""\nmsgstr ""\n"Project-Id-Version: Border POS\\n"\n"Language: {language}\\n"\n'
        '"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {PLURAL_FORMS[language]}\\n"\n\n'
    )
    (folder / f"{language}.po").write_bytes(header.encode() + body.getvalue().rstrip() + b"\n")


def update(language: str, messages: Iterable[Message], folder: Path = FOLDER) -> int:
    """Add an empty entry for each new message; returns how many."""
    held = entries(read(language, folder))
    new = [message for message in messages if message not in held]
    forms = int(PLURAL_FORMS[language][len("nplurals=")])
    for message in new:
        held[message] = ("",) * (forms if message.many else 1)
    write(language, held, folder)
    return len(new)


def prune(language: str, messages: Iterable[Message], folder: Path = FOLDER) -> int:
    """Take out the entries that the program does not ask for; returns how many."""
    gone = unused(language, messages, folder)
    held = entries(read(language, folder))
    write(language, {message: forms for message, forms in held.items() if message not in gone}, folder)
    return len(gone)


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")


def main(argv: list[str]) -> int:
    """Do what the one option asks, for every language."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    choice = parser.add_mutually_exclusive_group(required=True)
    for name in ("missing", "update", "unused", "prune"):
        choice.add_argument(f"--{name}", dest="act", action="store_const", const=name)
    action = parser.parse_args(argv).act
    messages = messages_of()
    lacking = False
    for language in PLURAL_FORMS:
        if action in {"update", "prune"}:
            count = update(language, messages) if action == "update" else prune(language, messages)
            _say(f"{language}: {count} {'added' if action == 'update' else 'taken out'}")
            continue
        listed = missing(language, messages) if action == "missing" else unused(language, messages)
        lacking = lacking or (action == "missing" and bool(listed))
        _say(f"{language}: {len(listed)} {action}")
        for message in listed:
            _say(f"  {message}" + (f"   ({message.where})" if message.where else ""))
    return 1 if lacking else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
