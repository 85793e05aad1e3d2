"""What the columns of a table of edges are to its reader, as numbers that compiled code knows."""

#: What a column is read as; OTHER columns are counted and left, of END there are two.
OTHER, END, LAYER, WEIGHT = range(4)
#: The longest weight that is read at once, in bytes.
WEIGHT_BYTES = 31
