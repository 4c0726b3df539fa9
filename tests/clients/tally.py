"""What passed and what failed: of test functions, and of programs that print a line a test."""
import fnmatch
import os
import subprocess
import time
import traceback


class Tally:
    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def ok(self, name, began):
        self.passed += 1
        print(f"ok    {name} ({time.monotonic() - began:.1f} s)", flush=True)

    def fail(self, name, why):
        self.failed += 1
        print(f"FAIL  {name}\n{why}", flush=True)

    def skip(self, name, why):
        self.skipped += 1
        print(f"skip  {name}: {why}", flush=True)

    def closing(self):
        return f"{self.passed} passed, {self.failed} failed" + (f", {self.skipped} skipped" if self.skipped else "")


def run_functions(tally, tests, pattern, c, client, note=""):
    for f in tests:
        if not fnmatch.fnmatch(f.__name__, pattern):
            continue
        began = time.monotonic()
        try:
            f(client)
            tally.ok(f.__name__ + note, began)
        except Exception:  # noqa: BLE001 — every failure is told and counted
            tally.fail(f.__name__ + note, f"{traceback.format_exc()}{c.log(15)}")


def run_program(tally, name, line, pattern, c, seconds=120):
    """A program of tests: it takes the pattern, prints a line a test as we do, and ends with 0."""
    began = time.monotonic()
    env = {**os.environ, "KUBECONFIG": str(c.data / "admin.kubeconfig"), "HOME": str(c.folder)}
    try:
        done = subprocess.run([*map(str, line), pattern], env=env, capture_output=True, text=True, timeout=seconds)
        out, code, err = done.stdout, done.returncode, done.stderr
    except subprocess.TimeoutExpired as e:
        out, code, err = (e.stdout or b"").decode(), 1, f"not done within {seconds} s"
    print(out, end="", flush=True)
    ok = sum(x.startswith("ok ") for x in out.splitlines())
    bad = sum(x.startswith("FAIL ") for x in out.splitlines())
    tally.passed, tally.failed = tally.passed + ok, tally.failed + bad
    tally.skipped += sum(x.startswith("skip ") for x in out.splitlines())
    if bad or code:
        print(f"{err[-3000:]}{c.log(15)}", flush=True)
    if code and not bad:
        tally.fail(name, f"it ended with {code} after {time.monotonic() - began:.1f} s")
