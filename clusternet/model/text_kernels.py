"""The compiled kernels of coding texts: each distinct run of bytes gets a number."""

from __future__ import annotations

import numpy as np

from clusternet.model.kernels import GOLDEN, compiled, inlined

_FACTOR = np.uint64(0xFF51AFD7ED558CCD)
#: The half above of a table's second word holds the length of a text; the half below, 1 more than its number where
#: the text is short, else 1 more than the place of its record, so that one further look finds number and text.
_LOW = np.int64(0xFFFFFFFF)
#: Texts of so many bytes are known by their hash and length: from one block, the hash can be had only in one way.
_SHORT = 8
#: So many texts are looked up together.
_AT_ONCE = 64
#: Places a new table has; a power of two.
FIRST_PLACES = 4096


@inlined
def _block(words, letters, begin, end):  # type: ignore[no-untyped-def]
    """Return up to eight bytes of a text as one number, the bytes after its end as zeros.

    The bytes are cut out of two whole words, because a text begins anywhere; the last ones, which no whole word
    holds, are taken one by one.
    """
    word = begin >> 3
    left = min(end - begin, 8)
    if word + 1 < len(words):
        shift = np.uint64((begin & 7) << 3)
        # Shifted twice, since a shift by 64 is undefined.
        block = (words[word] >> shift) | ((words[word + 1] << np.uint64(1)) << (np.uint64(63) - shift))
        return block & (~np.uint64(0) >> np.uint64(64 - (left << 3))) if left > 0 else np.uint64(0)
    block = np.uint64(0)
    for byte in range(left):
        block |= np.uint64(letters[begin + byte]) << np.uint64(byte << 3)
    return block


@inlined
def _mixed(state, block):  # type: ignore[no-untyped-def]
    """Return the next state of a hash; for one state, two blocks never give the same."""
    state = (state ^ block) * _FACTOR
    return (state ^ (state >> np.uint64(32))) * GOLDEN


@inlined
def _same(words, letters, begin, end, kept, place):  # type: ignore[no-untyped-def]
    while begin < end:
        if _block(words, letters, begin, end) != kept[place]:
            return False
        begin += 8
        place += 1
    return True


@compiled
def _twice(values):  # type: ignore[no-untyped-def]
    larger = np.zeros(2 * len(values), dtype=values.dtype)
    larger[: len(values)] = values
    return larger


@compiled
def _larger_table(table):  # type: ignore[no-untyped-def]
    """Return the hash table with twice the places; the texts themselves need not be read again."""
    larger = np.zeros(2 * len(table), dtype=np.int64)
    mask = (len(larger) >> 1) - 1
    for old in range(0, len(table), 2):
        if table[old + 1]:
            place = np.int64(np.uint64(table[old]) >> np.uint64(20)) & mask
            while larger[2 * place + 1]:
                place = (place + 1) & mask
            larger[2 * place], larger[2 * place + 1] = table[old], table[old + 1]
    return larger


@inlined
def _state(words, letters, begin, end):  # type: ignore[no-untyped-def]
    """Return the hash of a text; of a short one, it tells the text where the length is known."""
    state = np.uint64(end - begin)
    while begin < end:
        state = _mixed(state, _block(words, letters, begin, end))
        begin += 8
    return state


@inlined
def _look_up(ends, states, table, kept, records, numbers):  # type: ignore[no-untyped-def]
    """Say what stands at the first place of each of some texts: number and record of one of that hash and length.

    The number is -1 where there is none; a short text's record is not asked for.

    Nothing here waits for anything else, so that the processor fetches many far places of memory at once.
    """
    mask = (len(table) >> 1) - 1
    for text in range(len(ends) - 1):
        place = np.int64(states[text] >> np.uint64(20)) & mask
        entry = table[2 * place + 1]
        fits = entry != 0 and np.uint64(table[2 * place]) == states[text] and entry >> 32 == ends[text + 1] - ends[text]
        numbers[text] = (entry & _LOW) - 1 if fits else -1
    for text in range(len(ends) - 1):
        if ends[text + 1] - ends[text] > _SHORT and numbers[text] >= 0:
            records[text] = numbers[text]
            numbers[text] = np.int64(kept[records[text]])


@inlined
def _searched(words, letters, begin, end, state, table, kept):  # type: ignore[no-untyped-def]
    """Return the place where a text stands and its number, or the place where it belongs and -1."""
    mask = (len(table) >> 1) - 1
    place = np.int64(state >> np.uint64(20)) & mask
    while table[2 * place + 1]:
        entry = table[2 * place + 1]
        if np.uint64(table[2 * place]) == state and entry >> 32 == end - begin:
            found = (entry & _LOW) - 1
            if end - begin <= _SHORT:
                return place, found
            if _same(words, letters, begin, end, kept, found + 1):
                return place, np.int64(kept[found])
        place = (place + 1) & mask
    return place, np.int64(-1)


@compiled
def _added(words, letters, begin, end, state, place, table, begins, kept, count):  # type: ignore[no-untyped-def]
    """Return the table, the beginnings and the records with one more text."""
    found = count if end - begin <= _SHORT else begins[count]
    table[2 * place], table[2 * place + 1] = np.int64(state), ((end - begin) << 32) | (found + 1)
    needed = 1 + ((end - begin + 7) >> 3)
    while begins[count] + needed > len(kept):
        kept = _twice(kept)
    kept[begins[count]] = count
    for step in range(needed - 1):
        kept[begins[count] + 1 + step] = _block(words, letters, begin + 8 * step, end)
    if count + 1 == len(begins):
        begins = _twice(begins)
    begins[count + 1] = begins[count] + needed
    if 4 * (count + 1) > len(table):
        # At most half full, so that a search stays short.
        table = _larger_table(table)
    return table, begins, kept


@compiled
def code_texts(ends, words, letters, valid, codes, table, begins, kept, count):  # type: ignore[no-untyped-def]
    """Number texts in the order in which they first occur, going on from those that are known.

    Parameters
    ----------
    ends : array of int64, shape (m + 1,)
        Text i is ``letters[ends[i]:ends[i + 1]]``.
    words, letters : array of uint64, array of uint8
        The bytes of all texts, as far as possible eight at a time, and one by one.
    valid : array of bool, shape (m,) or (0,)
        Which texts are there; empty where all are.
    codes : array of int32, shape (m,)
        Is filled with the number of each text, -1 where there is none. Two texts have the same number when their
        bytes are equal; hashes alone decide nothing.
    table, begins, kept, count
        What is known: a hash table (two words a place), where the record of each distinct text begins in ``kept``, the
        records (a word with the number, then the text in whole words), and how many there are.

    Returns
    -------
    tuple
        The table, the beginnings, the kept texts and their number afterwards.
    """
    states = np.empty(_AT_ONCE, dtype=np.uint64)
    records, numbers = np.empty(_AT_ONCE, dtype=np.int64), np.empty(_AT_ONCE, dtype=np.int64)
    for first in range(0, len(codes), _AT_ONCE):
        last = min(first + _AT_ONCE, len(codes))
        for row in range(first, last):
            states[row - first] = _state(words, letters, ends[row], ends[row + 1])
        _look_up(ends[first : last + 1], states, table, kept, records, numbers)
        for row in range(first, last):
            if len(valid) and not valid[row]:
                codes[row] = -1
                continue
            begin, end, state = ends[row], ends[row + 1], states[row - first]
            code = numbers[row - first]
            long = end - begin > _SHORT
            if code < 0 or (long and not _same(words, letters, begin, end, kept, records[row - first] + 1)):
                place, code = _searched(words, letters, begin, end, state, table, kept)
                if code < 0:
                    code = count
                    table, begins, kept = _added(words, letters, begin, end, state, place, table, begins, kept, count)
                    count += 1
            codes[row] = code
    return table, begins, kept, count


@compiled
def kept_texts(table, begins, kept, count):  # type: ignore[no-untyped-def]
    """Return the distinct texts side by side in the order of their numbers: where each ends, and their bytes."""
    ends = np.zeros(count + 1, dtype=np.int64)
    for place in range(1, len(table), 2):
        if table[place]:
            length = table[place] >> 32
            found = (table[place] & _LOW) - 1
            ends[1 + (found if length <= _SHORT else np.int64(kept[found]))] = length
    for known in range(count):
        ends[known + 1] += ends[known]
    letters = np.empty(ends[count], dtype=np.uint8)
    for known in range(count):
        for step in range(ends[known + 1] - ends[known]):
            word = kept[begins[known] + 1 + (step >> 3)]
            letters[ends[known] + step] = (word >> np.uint64((step & 7) << 3)) & np.uint64(0xFF)
    return ends, letters
