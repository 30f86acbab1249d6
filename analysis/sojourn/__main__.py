"""`python3 -m sojourn`: see sojourn.command."""

import sys

from sojourn.command import main

if __name__ == "__main__":
    sys.exit(main())
