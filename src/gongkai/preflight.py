"""``python -m gongkai.preflight``: load the application once, and say why it refuses.

Run before the server, whose workers would otherwise be started again and again.
"""

import sys
from importlib import import_module

from gongkai.environment import BadEnvironment


def main() -> None:
    """Exits with the reason where the site may not start."""
    try:
        import_module("gongkai.wsgi")
    except BadEnvironment as error:
        sys.exit(f"gongkai: {error}")


if __name__ == "__main__":
    main()
