"""What is wrong with how a door answered: nothing, or one line for each promise that it broke."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from pos.cli.runtime import BAD, DONE, FAULTS_FOUND, REFUSED, TROUBLE
from tests.faults.corpus.case import Answer, Case

_LONGEST = 500
SECRET = "pass-word"
"""The password of every address in the corpus."""
_UNWORDED = "This is not possible ("


def faults_of(case: Case, answer: Answer, changed: Sequence[str]) -> Iterator[str]:
    """Each broken promise as one line that names the door and the input."""
    for fault in _faults(case, answer, changed):
        yield f"{case.door}: {case.name}: {fault}"


def _faults(case: Case, answer: Answer, changed: Sequence[str]) -> Iterator[str]:
    if answer.uncaught:
        yield f"nobody caught {answer.uncaught[:200]}"
        return
    if SECRET in answer.out + answer.err:
        yield "a password is repeated"
    if answer.code not in (DONE, FAULTS_FOUND, BAD, REFUSED, TROUBLE):
        yield f"exit code {answer.code}"
    strayed = set(changed) - case.changes
    if strayed and (answer.code != DONE or case.keeps):
        yield f"exit code {answer.code}, and {', '.join(sorted(strayed))} changed"
    if answer.code == DONE:
        if case.taken is False:
            yield f"taken in silence: {' '.join(answer.out.split())[:120]}"
        return
    if case.taken is True:
        yield f"not taken: {answer.err.strip()}"
    if case.code and answer.code != case.code:
        yield f"exit code {answer.code} instead of {case.code}: {answer.err.strip()}"
    yield from _faults_of_sentence(case, answer)


def _faults_of_sentence(case: Case, answer: Answer) -> Iterator[str]:
    said = answer.err.strip()
    if not said and answer.out.lstrip()[:1] in ("[", "{"):  # a list says it element by element, a verdict in its JSON
        return
    if len(said.splitlines()) != 1:
        yield f"not one sentence but {said[:200]!r}"
    if "Traceback" in said or _UNWORDED in said:
        yield f"no sentence for a person: {said[:200]}"
    if len(said) > _LONGEST:
        yield f"a sentence of {len(said)} characters: {said[:80]}…"
    if any(unicodedata.category(char) in ("Cc", "Cs", "Cf") for char in said):
        yield f"characters that steer a terminal: {said[:200]!r}"
    if answer.code == BAD and case.where and not any(field in said for field in case.where):
        yield f"nothing says where: {said[:200]}"
