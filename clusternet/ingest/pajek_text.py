"""The text of a Pajek file (.net, .paj): vertices, ties, partitions and vectors, line by line."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from clusternet.errors import shown
from clusternet.ingest.findings import Findings, Place
from clusternet.messages import mark

#: A file can announce any number of vertices in one line; more than this must be a fault.
MOST_VERTICES = 1_000_000
_VERTEX = re.compile(r'\s*([0-9]{1,9})(?:\s+(?:"([^"]*)"|([^\s"]+)))?(?:\s.*)?')
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_TIES = ("arcs", "edges", "arcslist", "edgeslist")


@dataclass(eq=False)
class PajekText:
    """What a Pajek file says; vertices are numbered from 1."""

    n_vertices: int = 0
    n_first: int = 0
    labels: dict[int, str] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)
    ties: list[tuple[int, int, str, bool, int]] = field(default_factory=list)  # source, target, weight, directed, row
    columns: dict[str, list[str]] = field(default_factory=dict)  # partitions and vectors
    two_mode: bool = False

    def label(self, vertex: int) -> str:
        """Return the label of a vertex, its number where it has none."""
        return self.labels.get(vertex) or str(vertex)


@dataclass(eq=False)
class _State:
    """Which section a line belongs to."""

    section: str = ""  # "vertices", one of _TIES, "values", "left out", or "" between them
    column: str = ""  # the partition or vector that is being read
    networks: int = 0


def parsed_pajek(text: str, place: Place, findings: Findings) -> PajekText:
    """Return what a Pajek file says, and note every line that says nothing (E06).

    Parameters
    ----------
    text : str
        The file.
    place : Place
        Where it is.
    findings : Findings
        Takes E06.

    Returns
    -------
    PajekText
        As much as could be read.
    """
    found, state = PajekText(), _State()
    wrong: list[tuple[int, str]] = []
    for row, line in enumerate(text.splitlines(), 1):
        content = line.strip()
        if not content or content.startswith("%"):
            continue
        if content.startswith("*"):
            fine = _open_section(content, row, found, state, place, findings)
        elif state.networks > 1:
            fine = True  # only the first network of a project is read
        elif state.section == "vertices":
            fine = _read_vertex(content, row, found)
        elif state.section == "values":
            fine = bool(_NUMBER.fullmatch(content)) and len(found.columns[state.column]) < MOST_VERTICES
            found.columns[state.column].append(content)
        elif state.section in _TIES:
            fine = _read_tie(content, row, state.section, found)
        else:
            fine = bool(found.n_vertices)
        if not fine:
            wrong.append((row, content))
    template = mark('"{value}" is not what Pajek writes here; correct the line or save the file from Pajek again.')
    findings.each("E06", template, place, [row for row, _ in wrong], values=[line for _, line in wrong])
    if not found.n_vertices and not wrong:
        findings.error("E06", mark("There are no vertices here; expected a line such as *Vertices 26."), place)
    return found


def _open_section(content: str, row: int, found: PajekText, state: _State, place: Place, findings: Findings) -> bool:
    word, _, rest = content[1:].partition(" ")
    word, rest = word.casefold().rstrip(":"), rest.strip()
    if word == "network":
        state.networks += 1
        state.section = state.column = ""
        if state.networks == 1:
            found.two_mode = "[2-mode]" in rest.casefold()
        else:
            template = mark("Only the first network of the project was read; this one was left out.")
            findings.warning("E06", template, place, row=row, value=shown(rest))
    elif word in ("partition", "vector"):
        state.networks = min(state.networks, 1)  # what follows belongs to the first network again
        state.section, state.column = "", _free_name(rest or word, found)
        found.columns[state.column] = []
    elif word == "vertices" and state.column:
        state.section = "values"
    elif word == "vertices" and state.section == "left out":
        pass  # the length of what is left out, not the vertices once more
    elif word == "vertices":
        return state.networks > 1 or _open_vertices(rest, found, state)
    elif word in _TIES:
        state.section = word
    elif word == "matrix":
        template = mark("Ties as a *Matrix are not read; save the network with *Arcs or *Edges.")
        findings.error("E06", template, place, row=row)
        state.section = ""
    else:
        state.section = "left out"  # permutations, clusters, hierarchies: nothing that a survey needs
        state.column = ""
    return True


def _open_vertices(rest: str, found: PajekText, state: _State) -> bool:
    counts = rest.split()
    state.section = "vertices"
    if not counts or not all(count.isascii() and count.isdigit() and len(count) < 10 for count in counts[:2]):
        return False
    found.n_vertices = int(counts[0])
    if len(counts) > 1:
        found.n_first, found.two_mode = int(counts[1]), True
    return 0 < found.n_vertices <= MOST_VERTICES and found.n_first <= found.n_vertices


def _free_name(name: str, found: PajekText) -> str:
    number, free = 2, name
    while free in found.columns:
        number, free = number + 1, f"{name} {number}"
    return free


def _read_vertex(content: str, row: int, found: PajekText) -> bool:
    match = _VERTEX.fullmatch(content)
    vertex = int(match[1]) if match else 0
    if match is None or not 1 <= vertex <= found.n_vertices or vertex in found.lines:
        return False
    found.labels[vertex] = (match[2] if match[2] is not None else match[3] or "").strip()
    found.lines[vertex] = row
    return True


def _read_tie(content: str, row: int, section: str, found: PajekText) -> bool:
    fields = content.split()
    ends = fields if section.endswith("list") else fields[:2]
    if len(ends) < 2 or not all(end.isascii() and end.isdigit() and len(end) < 10 for end in ends):
        return False
    numbers = [int(end) for end in ends]
    if not all(1 <= number <= found.n_vertices for number in numbers):
        return False
    weight = fields[2] if len(fields) > 2 and not section.endswith("list") else "1"
    if not _NUMBER.fullmatch(weight):
        # Behind the ends Pajek may go on at once with words such as "l" and a label.
        weight = "1" if weight[0].isalpha() and weight.casefold() not in ("nan", "inf") else weight
    found.ties.extend((numbers[0], target, weight, section.startswith("arcs"), row) for target in numbers[1:])
    return True
