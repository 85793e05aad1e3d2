"""Small faults for a source file: each mutant is the file with one place changed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

_COMPARED: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_RECKONED: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitAnd,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
}
_SWAPPED = {"min": "max", "any": "all", "minimum": "maximum", "nanmin": "nanmax", "argmin": "argmax"}
_SWAPPED |= {new: old for old, new in _SWAPPED.items()}


@dataclass(frozen=True)
class Mutant:
    """One change of a file.

    Parameters
    ----------
    line : int
        Where the change begins, 1 for the first line.
    lines : tuple of int
        The lines of which one must run before the change can be felt.
    before, after : str
        The source of the changed place, and what stands there instead.
    start, end : int
        The changed place, in bytes of the file.
    """

    line: int
    lines: tuple[int, ...]
    before: str
    after: str
    start: int
    end: int

    def applied(self, source: bytes) -> bytes:
        """Return the source with the change."""
        return source[: self.start] + self.after.encode() + source[self.end :]


def mutants_of(source: bytes) -> list[Mutant]:
    """Return every mutant of a file, in the order of its lines.

    Raises
    ------
    SyntaxError
        If the file is no Python.
    """
    begins = [0]
    for text in source.splitlines(keepends=True):
        begins.append(begins[-1] + len(text))
    found = []
    for node, line, after in _changes(ast.parse(source)):
        start, end = begins[node.lineno - 1] + node.col_offset, begins[node.end_lineno - 1] + node.end_col_offset
        lines = {line, *(() if isinstance(node, ast.stmt) else range(node.lineno, node.end_lineno + 1))}
        before = source[start:end].decode()
        found.append(Mutant(node.lineno, tuple(sorted(lines)), before, after, start, end))
    return sorted(set(found), key=lambda mutant: (mutant.start, mutant.end, mutant.after))


def _changes(tree: ast.Module) -> Iterator[tuple[ast.expr | ast.stmt, int, str]]:
    """Yield each place to change, the first line of its statement, and what to write there."""
    for node, line in _running(tree, 1):
        for after in _rewritten(node):
            yield node, line, after
        if isinstance(node, ast.If | ast.While) and not isinstance(node.test, ast.UnaryOp):
            yield node.test, line, f"not ({ast.unparse(node.test)})"


def _running(node: ast.AST, line: int) -> Iterator[tuple[ast.expr | ast.stmt, int]]:
    """Yield what runs: no annotation, no decorator, no docstring, no branch for the type checker.

    Nor what stands within an f-string, of which Python before 3.12 does not know the place.
    """
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_params", "bases", "format_spec"):
            continue
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or _never_run(child):
                continue
            first = child.lineno if isinstance(child, ast.stmt) else line
            if isinstance(child, ast.expr | ast.stmt):
                yield child, first
            yield from _running(child, first)


def _never_run(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return True
    if isinstance(node, ast.If):
        return isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _rewritten(node: ast.expr | ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.expr):
        for changed in [*_operators(node), *_values(node)]:
            # In brackets, so that what stands around the place keeps its meaning.
            text = ast.unparse(changed)
            yield text if isinstance(changed, ast.Constant | ast.Name | ast.Attribute | ast.Slice) else f"({text})"
    yield from _statements(node)


def _operators(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in _COMPARED[type(operator)]:
                operators = [*node.ops[:place], other(), *node.ops[place + 1 :]]
                yield ast.Compare(node.left, operators, node.comparators)
    elif isinstance(node, ast.BinOp) and type(node.op) in _RECKONED and not _is_text(node):
        yield ast.BinOp(node.left, _RECKONED[type(node.op)](), node.right)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    elif isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.UAdd):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _is_text(node: ast.BinOp) -> bool:
    """Return whether texts are joined: subtracting them is no fault that anyone makes."""
    sides = (node.left, node.right)
    return any(isinstance(s, ast.JoinedStr) or isinstance(getattr(s, "value", None), str | bytes) for s in sides)


def _values(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        yield ast.Constant(node.value + 1)
        if node.value:
            yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.Constant) and isinstance(node.value, float):
        yield ast.Constant(node.value * 1.5 + 0.125)
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id in _SWAPPED:
        yield ast.Name(_SWAPPED[node.id])
    elif isinstance(node, ast.Attribute) and node.attr in _SWAPPED and _is_call_of_numpy(node):
        yield ast.Attribute(node.value, _SWAPPED[node.attr])
    elif isinstance(node, ast.Slice) and node.step is None:
        if node.lower is not None:
            yield ast.Slice(None, node.upper)
        if node.upper is not None:
            yield ast.Slice(node.lower, None)


def _is_call_of_numpy(node: ast.Attribute) -> bool:
    """Return whether the other name exists as well: any field may be called minimum, and its maximum be missing."""
    ours = isinstance(node.value, ast.Name) and node.value.id == "np"
    return isinstance(node.ctx, ast.Load) and (ours or node.attr in ("min", "max", "any", "all", "argmin", "argmax"))


def _statements(node: ast.expr | ast.stmt) -> Iterator[str]:
    if isinstance(node, ast.Return) and node.value is not None:
        if not (isinstance(node.value, ast.Constant) and node.value.value is None):
            yield "return None"
    elif isinstance(node, ast.Continue):
        yield "break"
    elif isinstance(node, ast.Expr | ast.Break | ast.Raise | ast.Assert | ast.Delete):
        yield "pass"
    elif isinstance(node, ast.Assign):
        # Without a name that is read later everything stops at once, which any test would see.
        if not isinstance(node.targets[0], ast.Name | ast.Tuple):
            yield "pass"
    elif isinstance(node, ast.AugAssign):
        yield "pass"
        if type(node.op) in _RECKONED:
            yield ast.unparse(ast.AugAssign(node.target, _RECKONED[type(node.op)](), node.value))
