"""Hold drafts for the single window against the shop's own copy of the XML schema; no schema comes with the program.

The schema is read from its folder alone: nothing is fetched, and a document type in it is refused.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, ParseError, TreeBuilder
from xml.parsers.expat import ParserCreate

from pos.domain.errors import InfrastructureError
from pos.domain.reports.single_window import DraftAgainstSchema

if TYPE_CHECKING:
    from xmlschema import XMLSchema10, XMLSchemaValidationError

LONGEST_SCHEMA = 2 * 1024 * 1024
"""Bytes of one file: many times the longest of these messages."""
PATIENCE = 30.0
"""Seconds for one file of drafts; a full one takes a few."""

DECLARANTS = frozenset({"BaseTransfer", "BaseSubscribe", "Signature", "ExtendMessage"})
"""What follows the orders and is added by the declarant: a draft has none of it."""

_SUFFIX = ".xsd"
_State = tuple[tuple[str, int, int], ...]
"""Of each file its name, when it was changed, and its size."""


def check_against_schema(where: str, message: str, name: str, content: bytes, patience: float = PATIENCE) -> None:
    """Refuse the content of a file of drafts that does not hold to the schema of its message.

    `where` is a schema, or a folder with one for each message, whose name has its number. Raises DraftAgainstSchema;
    InfrastructureError where the schema is gone, is none, or knows no such message.
    """
    file, state = _file_for(where, message)
    schema = _schema(file, state)
    root, lines = _with_lines(content)
    if root.tag not in schema.maps.elements:
        raise InfrastructureError("schema_of_another", str(file), message)
    deadline = monotonic() + patience

    def in_time(_element: Element, _declared: object) -> bool:
        if monotonic() > deadline:
            raise InfrastructureError("schema_too_slow", str(file))
        return False

    for error in schema.iter_errors(root, validation_hook=in_time):
        if not _is_left_to_the_declarant(error, root):
            element, what, value = _cause(error)
            at = error.elem if error.invalid_child is None else error.invalid_child
            raise DraftAgainstSchema(name, lines.get(id(at), 0), element, what, value)


def _file_for(where: str, message: str) -> tuple[Path, _State]:
    """The file of the schema, and the state of all that may belong to it."""
    place = Path(where)
    try:
        if place.is_dir():
            found = sorted(one for one in _schemas_in(place) if message in one.stem)
            if not found:
                raise InfrastructureError("schema_not_in_folder", where, message)
            place = found[0]
        found = sorted({place, *_schemas_in(place.parent)})
        state = tuple((one.name, one.stat().st_mtime_ns, one.stat().st_size) for one in found)
    except OSError as error:
        raise InfrastructureError("schema_gone", where, error.strerror or "") from error
    if any(size > LONGEST_SCHEMA for _, _, size in state):
        raise InfrastructureError("schema_not_valid", str(place), "> 2 MB")
    return place, state


def _schemas_in(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if one.suffix.lower() == _SUFFIX and one.is_file())


@lru_cache(maxsize=4)
def _schema(file: Path, _state: _State) -> XMLSchema10:
    """The schema in a file as it is now; what it includes lies beside it."""
    import xmlschema

    try:
        with warnings.catch_warnings():  # what it cannot include is missed where it is needed
            warnings.simplefilter("ignore")
            return xmlschema.XMLSchema10(
                file, base_url=str(file.parent), allow="sandbox", defuse="always", use_fallback=False, timeout=1
            )
    except (xmlschema.XMLSchemaException, ParseError, OSError, ValueError, RecursionError) as error:
        words = next(iter(str(error).strip().splitlines()), "").rstrip(":.")
        raise InfrastructureError("schema_not_valid", str(file), words[:80]) from error


def _with_lines(content: bytes) -> tuple[Element, Mapping[int, int]]:
    """The outermost element, and the line on which each one begins, by its id; the elements live as long as it."""
    builder, parser, lines = TreeBuilder(), ParserCreate(namespace_separator="}"), dict[int, int]()

    def start(tag: str, attributes: dict[str, str]) -> None:
        element = builder.start(_named(tag), attributes)
        lines[id(element)] = parser.CurrentLineNumber

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda tag: builder.end(_named(tag))
    parser.CharacterDataHandler = builder.data
    parser.buffer_text = True
    parser.Parse(content, True)
    return builder.close(), lines


def _named(tag: str) -> str:
    return f"{{{tag}" if "}" in tag else tag


def _local(tag: str | None) -> str:
    return (tag or "").rpartition("}")[2].rpartition(":")[2]


def _is_left_to_the_declarant(error: XMLSchemaValidationError, root: Element) -> bool:
    """Whether nothing is missed but what comes after the last order."""
    from xmlschema import XMLSchemaChildrenValidationError

    if not isinstance(error, XMLSchemaChildrenValidationError) or error.elem is not root or error.index < len(root):
        return False
    expected = {_local(tag) for tag in error.expected_tags}
    return bool(expected) and bool(expected & DECLARANTS)


def _cause(error: XMLSchemaValidationError) -> tuple[str, str, str]:
    """The element, the stable name of what is wrong with it, and its text or what is expected there."""
    from xmlschema import XMLSchemaChildrenValidationError
    from xmlschema.validators import facets

    element = error.elem
    if isinstance(error, XMLSchemaChildrenValidationError):
        expected = ", ".join(dict.fromkeys(_local(tag) for tag in error.expected_tags))[:80]
        if error.invalid_tag is None:
            return _local(None if element is None else element.tag), "element_missing", expected
        return _local(error.invalid_tag), "element_unexpected", expected
    kinds: Mapping[str, Any] = {
        "longer_than_allowed": facets.XsdMaxLengthFacet,
        "shorter_than_allowed": facets.XsdMinLengthFacet,
        "not_of_the_length": facets.XsdLengthFacet,
        "not_of_the_pattern": facets.XsdPatternFacets,
        "not_in_the_list": facets.XsdEnumerationFacets,
    }
    what = next((name for name, kind in kinds.items() if isinstance(error.validator, kind)), "not_as_the_schema")
    text = str(error.obj) if element is None else element.text or ""
    return _local(None if element is None else element.tag), what, text.strip()[:40]
