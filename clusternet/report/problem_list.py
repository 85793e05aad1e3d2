"""The problems of a survey as lines for a terminal: by file and sheet, errors first, the same problem folded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from clusternet.errors import Problem
from clusternet.messages import mark, translate, translate_plural
from clusternet.model.problem_codes import PROBLEM_CODES

#: A problem that stands in more rows than these is told once, with the further rows.
MOST_ALIKE = 3
#: Of the further rows so many are named.
ROWS_NAMED = 20


def problem_lines(problems: Iterable[Problem], language: str) -> list[str]:
    """Return every problem, grouped by file and sheet, with a head line for each group.

    Parameters
    ----------
    problems : iterable of Problem
        The problems, in any order of files; within a file and a sheet their order stays, errors first.
    language : {"en", "ar"}
        The language.

    Returns
    -------
    list of str
        The lines, with an empty one before each group. One problem in more than three rows takes one line, and one
        more for the further rows.
    """
    groups: dict[tuple[str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.file, problem.sheet), []).append(problem)
    lines: list[str] = []
    for group in groups.values():
        lines += ["", f"{_head(group[0], language)}: {counts_sentence(group, language)}"]
        kinds: dict[tuple[str, str, str, str], list[Problem]] = {}
        # Errors first, and from the top of the sheet downwards, as one goes through it.
        for problem in sorted(group, key=_order):
            kinds.setdefault((problem.severity, problem.code, problem.template, problem.column), []).append(problem)
        for alike in kinds.values():
            lines += _folded(alike, language)
    return lines


def _order(problem: Problem) -> tuple[bool, float]:
    # A line about rows that are not listed follows those that are.
    last = "more" in problem.values
    return problem.severity != "error", float("inf") if last else problem.row or 0


def _head(problem: Problem, language: str) -> str:
    whole = Problem(problem.code, problem.severity, "", file=problem.file, sheet=problem.sheet)
    return whole.place(language) or translate(mark("The survey as a whole"), language)


def counts_sentence(problems: Sequence[Problem], language: str) -> str:
    """Return how many errors and warnings there are, such as ``"2 errors, 1 warning"``.

    A line that says that so many more rows have a problem counts as so many.
    """
    counts = problem_counts(problems)
    words = {
        "error": (mark("{count} error"), mark("{count} errors")),
        "warning": (mark("{count} warning"), mark("{count} warnings")),
    }
    parts = [
        translate_plural(*words[severity], counts[severity], language) for severity in words if counts[severity] > 0
    ]
    return ("، " if language == "ar" else ", ").join(parts)


def problem_counts(problems: Sequence[Problem]) -> Counter[str]:
    """Return how many problems of each severity there are, those that are only counted included."""
    counts: Counter[str] = Counter()
    for problem in problems:
        more = problem.values.get("more")
        counts[problem.severity] += more if isinstance(more, int) else 1
    return counts


def _folded(alike: Sequence[Problem], language: str) -> list[str]:
    words = {"error": translate(mark("error"), language), "warning": translate(mark("warning"), language)}
    told = alike if len(alike) <= MOST_ALIKE else alike[:1]
    lines = [f"  {words[problem.severity]} {problem.line(language)}" for problem in told]
    further = alike[len(told) :]
    if further:
        rows = [_row(problem) for problem in further if problem.row is not None]
        named = ", ".join(rows[:ROWS_NAMED]) + (", …" if len(rows) > ROWS_NAMED else "")
        text = mark("The same {count} more times (rows {rows}).") if rows else mark("The same {count} more times.")
        lines.append("    " + translate(text, language, count=len(further), rows=named))
    return lines


def _row(problem: Problem) -> str:
    """Return a row with the value that stands there, where the message of another row does not tell it."""
    return f'{problem.row}: "{problem.value}"' if problem.value else str(problem.row)


def next_steps(problems: Sequence[Problem], language: str) -> list[str]:
    """Return what to do next: correct and run again, or study; and where a code is explained."""
    errors = [problem for problem in problems if problem.severity == "error"]
    lines: list[str] = []
    if errors:
        text = mark("Correct the errors as the messages say, and run the check again; warnings stop nothing.")
    else:
        text = mark("The survey can be studied: clusternet study SURVEY --out DIR")
    lines.append(translate(text, language))
    known = [problem.code for problem in (errors or problems) if problem.code in PROBLEM_CODES]
    if known:
        text = mark("clusternet codes {code} explains {code} with an example; so for every code in brackets.")
        lines.append(translate(text, language, code=known[0]))
    return lines
