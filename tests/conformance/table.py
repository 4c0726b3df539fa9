"""The results: rows (test, sig, result, seconds) in build/conformance.tsv, and the table by SIG that docs/conformance.md keeps."""
import collections
import pathlib

TOP = pathlib.Path(__file__).resolve().parents[2]
TSV, DOC = TOP / "build" / "conformance.tsv", TOP / "docs" / "conformance.md"
HEAD = "test\tsig\tresult\tseconds"
BEGIN, END = "<!-- table: written by tests/conformance -->", "<!-- end of the table -->"


def load():
    lines = TSV.read_text().splitlines()[1:] if TSV.exists() else []
    return [(t, s, r, float(x)) for t, s, r, x in (line.split("\t") for line in lines)]


def merge(old, new):
    found = {row[0]: row for row in old}
    found.update((row[0], row) for row in new)
    return sorted(found.values(), key=lambda row: (row[1], row[0]))


def store(rows):
    TSV.parent.mkdir(exist_ok=True)
    TSV.write_text("\n".join([HEAD, *(f"{t}\t{s}\t{r}\t{x:.1f}" for t, s, r, x in rows)]) + "\n")


def by_sig(rows):
    count = collections.defaultdict(collections.Counter)
    for _, sig, result, _ in rows:
        count[sig][result] += 1
        count["all"][result] += 1
    lines = ["| SIG | passed | failed | skipped |", "| --- | ---: | ---: | ---: |"]
    for sig in [*sorted(set(count) - {"all"}), "all"]:
        c = count[sig]
        lines.append(f"| {sig} | {c['passed']} | {c['failed']} | {c['skipped']} |")
    return "\n".join(lines)


def write_doc(version, rows):
    before, _, rest = DOC.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    DOC.write_text(f"{before}{BEGIN}\nThe suite of Kubernetes {version}:\n\n{by_sig(rows)}\n{END}{after}")


if __name__ == "__main__":
    print(by_sig(load()))
