"""The catalogue of problem codes: what each means, how it looks, and what to do."""

from __future__ import annotations

from clusternet.messages import mark
from clusternet.model import (
    problems_of_enterprises,
    problems_of_files,
    problems_of_formats,
    problems_of_linkages,
    problems_of_runs,
    problems_of_workbooks,
)
from clusternet.model.catalogue import Catalogue
from clusternet.model.problem_card import ProblemCard

_FAMILIES = (
    problems_of_files,
    problems_of_workbooks,
    problems_of_enterprises,
    problems_of_linkages,
    problems_of_formats,
    problems_of_runs,
)

#: Every code that a problem can have; a code never changes its meaning.
PROBLEM_CODES: Catalogue[ProblemCard] = Catalogue(
    "problem code", (card for family in _FAMILIES for card in family.CARDS)
)

#: The title of the sheet that lists all problems in a marked copy, to be translated; no reader takes it for answers.
LIST_SHEET = mark("Problems")
