"""``python -m bench [NAME ...]``: run the benches, each a module with ``main()``.

The size comes from the environment: SIZE=1000000 make bench.
"""

import pkgutil
import sys
import time
from importlib import import_module

import bench


def main(wanted: list[str]) -> int:
    names = [found.name for found in pkgutil.iter_modules(bench.__path__)]
    benches = [name for name in names if name not in {"__main__", "table"}]
    unknown = set(wanted) - set(benches)
    if unknown:
        sys.stderr.write(f"No such bench: {', '.join(unknown)}. There are {benches}.\n")
        return 2
    for name in wanted or benches:
        module = import_module(f"bench.{name}")
        if not hasattr(module, "main"):  # a helper of the benches
            continue
        started = time.monotonic()
        module.main()
        print(f"({name}: {time.monotonic() - started:.0f} s)\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
