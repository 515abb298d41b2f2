"""`python -m analysis` is the command `parallax`."""

import sys

from .present.cli import main

sys.exit(main())
