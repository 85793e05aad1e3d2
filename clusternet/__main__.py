"""``python -m clusternet`` is the command ``clusternet``."""

import sys

from clusternet.cli import main

sys.exit(main())
