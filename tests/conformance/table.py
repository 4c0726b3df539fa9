"""The results: rows (test, sig, result, seconds, program) in build/conformance.tsv, and the table by SIG that
docs/conformance.md keeps. `program` says which build of Coracle gave the result."""
import collections
import pathlib

TOP = pathlib.Path(__file__).resolve().parents[2]
TSV, DOC = TOP / "build" / "conformance.tsv", TOP / "docs" / "conformance.md"
COLUMNS = ("test", "sig", "result", "seconds", "program")
BEGIN, END = "<!-- table: written by tests/conformance -->", "<!-- end of the table -->"
Row = collections.namedtuple("Row", COLUMNS)


def load():
    lines = TSV.read_text().splitlines() if TSV.exists() else []
    if not lines or lines[0] != "\t".join(COLUMNS):
        return []
    return [Row(t, s, r, float(x), p) for t, s, r, x, p in (line.split("\t") for line in lines[1:])]


def merge(old, new):
    found = {row.test: row for row in old}
    found.update((row.test, row) for row in new)
    return sorted(found.values(), key=lambda row: (row.sig, row.test))


def store(rows):
    """Whole or not at all: a run may be ended at any time."""
    TSV.parent.mkdir(exist_ok=True)
    fresh = TSV.with_suffix(".new")
    fresh.write_text("\n".join(["\t".join(COLUMNS), *(f"{x.test}\t{x.sig}\t{x.result}\t{x.seconds:.1f}\t{x.program}" for x in rows)]) + "\n")
    fresh.rename(TSV)


def by_sig(rows, tests):
    """tests: SIG → how many the suite has; what gave no result was not run."""
    count = collections.defaultdict(collections.Counter)
    for row in rows:
        for where in (row.sig, "all"):
            count[where][row.result] += 1
    everything = {**tests, "all": sum(tests.values())}
    lines = ["| SIG | tests | passed | failed | not run |", "| --- | ---: | ---: | ---: | ---: |"]
    for sig in [*sorted(tests), "all"]:
        passed, failed = count[sig]["passed"], count[sig]["failed"]
        lines.append(f"| {sig} | {everything[sig]} | {passed} | {failed} | {everything[sig] - passed - failed} |")
    return "\n".join(lines)


def write_doc(said, rows, tests):
    """said: which suite, when, where and how long."""
    before, _, rest = DOC.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    failed = [f"- failed: {row.test}" for row in rows if row.result == "failed"]
    parts = [said, by_sig(rows, tests), *(["\n".join(failed)] if failed else [])]
    DOC.write_text(f"{before}{BEGIN}\n" + "\n\n".join(parts) + f"\n{END}{after}")
