"""How well clusters are found: the package's own method beside its peers, on networks whose clusters are known.

Every package gets one thread, so that their times can be compared; this must be said before any of them is imported.
"""

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
