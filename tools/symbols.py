#!/usr/bin/env python3
"""Says which public names two rooms define both. Static libraries hide that from the linker.

tools/symbols.py LIBRARY…, each a room's archive; prints the clashes, exits 1 when there are any.
"""
import collections
import pathlib
import subprocess
import sys


def main():
    owners = collections.defaultdict(list)
    for library in sys.argv[1:]:
        listing = subprocess.run(["nm", "--defined-only", "--extern-only", "--format=posix", library], capture_output=True, text=True, check=True)
        for line in listing.stdout.splitlines():
            fields = line.split()
            if len(fields) >= 2 and fields[1] in "TDBRV" and not fields[0].startswith("__odr_asan"):
                owners[fields[0]].append(pathlib.Path(library).stem.removeprefix("libroom_"))
    if not owners:
        print("no names at all: the libraries could not be read")
        return 1
    clashes = {name: rooms for name, rooms in owners.items() if len(rooms) > 1}
    for name, rooms in sorted(clashes.items()):
        print(f"{name}: defined in {' and '.join(rooms)}")
    if not clashes:
        print(f"{len(owners)} public names, no two alike")
    return 1 if clashes else 0


if __name__ == "__main__":
    sys.exit(main())
