"""An attacker who has every edition, knows who is in which group, and adds, subtracts and matches.

Written without the code under test: it reads the files of the editions only, and gets the members of the groups as an
insider would know them.
"""

import csv
import io
import itertools

import numpy as np

AMOUNTS = ("size", "workers", "women_workers", "youth_workers")


def rows_of(folder, name):
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"))))


def known_sums(folder, members):
    """Return every number of an edition: of which enterprises it speaks, of what, and the number."""
    everybody = set().union(*members.values())
    sets = {**members, "all": everybody}
    found = []
    for row in rows_of(folder, "clusters.csv"):
        for column in AMOUNTS:
            if row.get(column) not in (None, "", "c"):
                found.append((frozenset(sets[row["group"]]), column, float(row[column])))
    return found


def differences(editions):
    """Subtract any published group, or two of them, from any other of any edition.

    Returns
    -------
    list of tuple
        The few enterprises left over, of what, and how much it is.
    """
    numbers = [known_sums(folder, members) for folder, members in editions]
    found = set()
    for column in AMOUNTS:
        told = {
            (edition, who): value for edition, sums in enumerate(numbers) for who, what, value in sums if what == column
        }
        pairs = [
            (one[1] | two[1], told[one] + told[two])
            for one, two in itertools.combinations(told, 2)
            if one[0] == two[0] and not one[1] & two[1]
        ]
        singles = [(who, value) for (_, who), value in told.items()]
        for (more, total), (less, part) in itertools.product([*singles, *pairs], repeat=2):
            if less < more and len(more - less) < 3:
                found.add((more - less, column, total - part))
    return sorted(found, key=lambda entry: (sorted(entry[0]), entry[1]))


def solved(editions):
    """Solve all sums of all editions as one system of equations, for whatever few enterprises it determines."""
    numbers = [known_sums(folder, members) for folder, members in editions]
    names = sorted(set().union(*(who for sums in numbers for who, _, _ in sums)))
    found = []
    for column in AMOUNTS:
        told = sorted({who for sums in numbers for who, what, _ in sums if what == column}, key=sorted)
        if not told:
            continue
        system = np.array([[name in who for name in names] for who in told], dtype=float)
        kinds, first = np.unique(system, axis=1, return_inverse=True)
        inverse = np.linalg.pinv(kinds)
        # A part is determined where the equations leave it no freedom.
        free = np.abs(np.eye(kinds.shape[1]) - inverse @ kinds).max(axis=1) > 1e-8
        counts = np.bincount(first.ravel(), minlength=kinds.shape[1])
        inside = kinds.any(axis=0)
        found += [(column, int(part)) for part in np.flatnonzero(~free & inside & (counts < 3))]
    return found


def gaps_filled(folder):
    """Fill the cells kept back of one edition from its totals; return how many were tried and the small ones got."""
    sizes = {row["group"]: row["size"] for row in rows_of(folder, "clusters.csv")}
    cells = rows_of(folder, "composition.csv")
    tried, got = 0, []
    for trait in dict.fromkeys(row["trait"] for row in cells):
        part = [row for row in cells if row["trait"] == trait]
        groups = list(dict.fromkeys(row["group"] for row in part))
        names = [*dict.fromkeys(row["category"] for row in part), "all"]
        value = {(row["group"], row["category"]): row["enterprises"] for row in part}
        value |= {(group, "all"): sizes[group] for group in groups}
        unknown = [cell for cell, text in value.items() if text == "c"]
        place = {cell: number for number, cell in enumerate(unknown)}
        lines = [[(group, name) for name in names] for group in groups]
        lines += [[(group, name) for group in groups] for name in names]
        system, right = np.zeros((len(lines), len(unknown))), np.zeros(len(lines))
        for number, line in enumerate(lines):
            # The total stands last in its line.
            for cell, sign in zip(line, [*[1.0] * (len(line) - 1), -1.0], strict=True):
                if cell in place:
                    system[number, place[cell]] = sign
                else:
                    right[number] -= sign * float(value[cell])
        inverse = np.linalg.pinv(system)
        free = np.abs(np.eye(len(unknown)) - inverse @ system).max(axis=1, initial=0) > 1e-8
        answer = inverse @ right
        tried += len(unknown)
        got += [
            (cell, answer[place[cell]]) for cell in unknown if not free[place[cell]] and 0.5 < answer[place[cell]] < 2.5
        ]
    return tried, got


def degrees_matched(folder, partners, agreed):
    """Match who is known to have so many partners with the pseudonyms of an edition that have as many linkages.

    Returns
    -------
    int
        How many enterprises that did not agree to be named the attacker singles out: those whose number of partners is
        theirs alone, and of whom exactly one pseudonym has as many.
    """
    if not (folder / "links.csv").is_file():
        return 0
    links = {tuple(sorted((row["source"], row["target"]))) for row in rows_of(folder, "links.csv")}
    shown = [end for link in links for end in link]
    times = {name: shown.count(name) for name in set(shown)}
    singled = 0
    for who, degree in partners.items():
        alone = list(partners.values()).count(degree) == 1
        alike = [name for name, count in times.items() if count == degree]
        singled += alone and len(alike) == 1 and who not in agreed and alike[0] not in agreed.values()
    return singled
