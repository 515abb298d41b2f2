"""`python -m analysis` is the command `parallax`."""

import sys

from .command import main

sys.exit(main())
