"""What can be wrong, said in whole sentences: one kind of problem, a few named kinds of error."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from clusternet.messages import mark, translate

#: Values longer than this are cut in messages.
LONGEST_VALUE = 80
#: Problems of one survey beyond this number are counted and no longer listed.
MOST_PROBLEMS = 200

_HIDDEN = "(hidden)"
#: Values that are words of ours, so that the reader has them in his own language.
_WORDS = frozenset({"expected", "format", "tool", "separator"})


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or remarkable in the input: what, where, and what to do.

    Parameters
    ----------
    code : str
        A stable code such as ``"A14"``.
    severity : {"error", "warning"}
        An error stops the study; a warning is kept and reported.
    template : str
        The English message with placeholders in braces; its translation is looked up when it is shown.
    values : mapping
        What the placeholders stand for.
    file, sheet, column, value : str
        Where it is; empty where it does not apply.
    row : int or None
        The row as a spreadsheet shows it (the header is row 1).
    """

    code: str
    severity: Literal["error", "warning"]
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    value: str = ""

    def message(self, language: str = "en") -> str:
        """Return the sentence that says what is wrong, in a language."""
        words = {key: translate(str(word), language) for key, word in self.values.items() if key in _WORDS}
        return translate(self.template, language, **{**self.values, **words})

    def place(self, language: str = "en") -> str:
        """Return where it is: file, sheet, row, column."""
        parts = [self.file] if self.file else []
        if self.sheet:
            parts.append(translate(mark("sheet {sheet}"), language, sheet=self.sheet))
        if self.row is not None:
            parts.append(translate(mark("row {row}"), language, row=self.row))
        if self.column:
            # Settings have keys where tables have columns.
            named = mark("key {column}") if self.file.endswith(".toml") else mark("column {column}")
            parts.append(translate(named, language, column=self.column))
        return ("، " if language == "ar" else ", ").join(parts)

    def line(self, language: str = "en") -> str:
        """Return place and message as one line."""
        place = self.place(language)
        return (
            f"[{self.code}] {place}: {self.message(language)}" if place else f"[{self.code}] {self.message(language)}"
        )


def shown(value: object, *, confidential: bool = False) -> str:
    """Return a value as messages may show it: cut at 80 characters, hidden when its column is confidential.

    Examples
    --------
    >>> len(shown("x" * 1000))
    80
    >>> shown("Layla Carpentry", confidential=True)
    '(hidden)'
    """
    if confidential:
        return _HIDDEN
    text = "".join(
        letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in str(value)[: LONGEST_VALUE + 1]
    )
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


class ClusternetError(Exception):
    """Anything that clusternet refuses, with the sentence that says why and the command's exit code.

    Parameters
    ----------
    template : str
        The English sentence, with placeholders in braces.
    problems : iterable of Problem
        Every single problem, where there is a list.
    **values
        What the placeholders stand for.
    """

    exit_code = 1

    def __init__(self, template: str, *, problems: Iterable[Problem] = (), **values: object) -> None:
        self.template = template
        self.values = values
        self.problems = tuple(problems)
        #: What was found beside the problems and stops nothing; set by whoever refuses a survey as a whole.
        self.warnings: tuple[Problem, ...] = ()
        #: What was read before it was refused (a :class:`clusternet.model.receipt.Receipt`), where something was.
        self.receipt: object = None
        super().__init__(self.text())

    def text(self, language: str = "en") -> str:
        """Return the sentence and every problem below it, in a language."""
        head = translate(self.template, language, **self.values)
        listed = [problem.line(language) for problem in self.problems[:MOST_PROBLEMS]]
        if len(self.problems) > MOST_PROBLEMS:
            more = len(self.problems) - MOST_PROBLEMS
            listed.append(translate(mark("and {more} more problems that are not listed."), language, more=more))
        return "\n".join([head, *listed])

    def __str__(self) -> str:
        return self.text()


class InputError(ClusternetError, ValueError):
    """The input or an option is not what was expected (exit code 2)."""

    exit_code = 2


class ResourceError(ClusternetError, OSError):
    """The file system or the machine did not give what was needed (exit code 3)."""

    exit_code = 3


class PrivacyError(ClusternetError, ValueError):
    """Refused because it would disclose confidential data (exit code 4)."""

    exit_code = 4
