#!/usr/bin/env python3
"""Checks that every room enters only rooms it may, and that the house keeps its measures.

rooms.txt lists each room with the rooms it may enter, only rooms listed above it.
Without arguments: checks every #include "room/..." in every room, that a room's door
room/room.h compiles alone is left to the build. Prints faults, exits 1 when there are any.
--measure also prints functions over 60 lines and files over 800.
"""
import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
INCLUDE = re.compile(r'^\s*#\s*include\s+"([^"]+)"', re.M)
BAD_WORDS = ("util", "common", "misc", "helper", "manager")
FILES_MAX = 12


def read_rooms():
    rooms, faults = {}, []
    for number, line in enumerate((TOP / "rooms.txt").read_text().splitlines(), 1):
        line = line.split("#")[0].strip()
        if not line:
            continue
        name, _, may = line.partition(":")
        for other in may.split():
            if other not in rooms:
                faults.append(f"rooms.txt:{number}: {name} names {other}, which is not listed above it")
        if name in rooms:
            faults.append(f"rooms.txt:{number}: {name} is listed twice")
        rooms[name] = set(may.split())
    return rooms, faults


def room_files(room):
    return sorted(p for p in (TOP / room).rglob("*.[ch]"))


def check_includes(room, may, rooms):
    faults = []
    for path in room_files(room):
        where = path.relative_to(TOP)
        test = path.name.startswith(("test_", "fuzz_", "bench_", "fixture"))
        for target in INCLUDE.findall(path.read_text()):
            top = target.split("/")[0]
            if top in ("gen", "tests"):
                if top == "tests" and not test:
                    faults.append(f"{where}: only tests may include {target}")
                continue
            if top not in rooms:
                faults.append(f"{where}: {target} belongs to no room (write it as \"room/file.h\")")
            elif top != room and top not in may:
                faults.append(f"{where}: {room} may not enter {top} (rooms.txt)")
            elif top != room and target != f"{top}/{top}.h":
                faults.append(f"{where}: {target} is not the door of {top}; include {top}/{top}.h")
    return faults


def check_shape(room):
    faults = []
    folder = TOP / room
    if not folder.is_dir():
        return [], 0
    if not (folder / f"{room}.h").exists() and room != "cmd":
        faults.append(f"{room}: has no door {room}/{room}.h")
    beside = ("test_", "fuzz_", "bench_", "fixture")
    sources = [p for p in folder.glob("*.c") if not p.name.startswith(beside) and not p.name.endswith("_program.c")]
    for path in room_files(room):
        if any(word in path.stem for word in BAD_WORDS):
            faults.append(f"{path.relative_to(TOP)}: name a noun, not a drawer")
    return faults, len(sources)


FUNCTION = re.compile(r"^[A-Za-z_][^;{}#]*\)\s*\n\{$")


def measure(rooms):
    functions = long = 0
    for room in rooms:
        for path in room_files(room):
            lines = path.read_text().splitlines()
            if len(lines) > 800:
                print(f"{path.relative_to(TOP)}: {len(lines)} lines")
            start = None
            for i, line in enumerate(lines):
                if line == "{":
                    start = i
                elif line == "}" and start is not None:
                    functions += 1
                    if i - start > 61:
                        long += 1
                        print(f"{path.relative_to(TOP)}:{start}: a function of {i - start - 1} lines")
                    start = None
    if functions:
        print(f"{functions} functions, {100 * (functions - long) / functions:.1f}% within 60 lines")


def main():
    rooms, faults = read_rooms()
    for room, may in rooms.items():
        if not (TOP / room).is_dir():
            continue
        faults += check_includes(room, may, rooms)
        shape, sources = check_shape(room)
        faults += shape
        if sources > FILES_MAX:
            print(f"note: {room} has {sources} files; more than {FILES_MAX} ask for a new room")
    for fault in faults:
        print(fault)
    if "--measure" in sys.argv:
        measure(rooms)
    if not faults:
        print(f"rooms: {len(rooms)} rooms, no door passed the wrong way")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
