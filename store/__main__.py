"""``python -m store``: see ``store.cli.main``."""

import sys

from store.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
