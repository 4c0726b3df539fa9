"""Builds the programs the suite is made of into build/conformance/, from the modules go.mod names: the suite itself, the
ginkgo runner that spreads it over processes, kubectl of the same release, and what its images run. What stands there is
not built again until go.mod changes."""
import functools
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
OUT = TOP / "build" / "conformance"
KUBERNETES = "k8s.io/kubernetes"
TOOLS = {  # program: package of its main()
    "agnhost": f"{KUBERNETES}/test/images/agnhost",
    "ginkgo": "github.com/onsi/ginkgo/v2/ginkgo",
    "kubectl": f"{KUBERNETES}/cmd/kubectl",
    "nonewprivs": f"{KUBERNETES}/test/images/nonewprivs",
    "sample-apiserver": "k8s.io/sample-apiserver",
    "etcd": "go.etcd.io/etcd/server/v3",
}


def go():
    found = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if not found:
        sys.exit("conformance: there is no go on this machine (the suite is a Go program; Go 1.26 or newer builds it)")
    return found


def run(*line):
    env = {**os.environ, "CGO_ENABLED": "0", "GOFLAGS": "-trimpath"}
    done = subprocess.run(["nice", go(), *map(str, line)], cwd=HERE, env=env, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"conformance: go {' '.join(map(str, line))} failed:\n{done.stderr[-4000:]}")
    return done.stdout.strip()


def version():
    return run("list", "-m", "-f", "{{.Version}}", KUBERNETES)


def source():
    """The folder of the Kubernetes module: a few images carry files of it."""
    run("mod", "download", KUBERNETES)
    return pathlib.Path(run("list", "-m", "-f", "{{.Dir}}", KUBERNETES))


@functools.cache
def flags():
    """Stripped, and the version said as a release says it: kubectl cannot parse the one of an unreleased tree."""
    number = version()
    major, minor = number[1:].split(".")[:2]
    said = {"gitVersion": number, "gitMajor": major, "gitMinor": minor, "gitTreeState": "clean"}
    return "-ldflags=-s -w " + " ".join(f"-X k8s.io/component-base/version.{name}={value}" for name, value in said.items())


def build(name, *line):
    stamp = OUT / f".{name}"
    digest = hashlib.sha256((HERE / "go.mod").read_bytes() + (HERE / "go.sum").read_bytes() + flags().encode()).hexdigest()
    if (OUT / name).exists() and stamp.exists() and stamp.read_text() == digest:
        return
    print(f"==> building {name} (minutes the first time)", flush=True)
    run(*line[:-1], flags(), "-o", OUT / name, line[-1])
    stamp.write_text(digest)


def build_all():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, package in TOOLS.items():
        build(name, "build", package)
    build("e2e.test", "test", "-c", "-vet=off", f"{KUBERNETES}/test/e2e")
    if not (OUT / "pause").exists() or (OUT / "pause").stat().st_mtime < (HERE / "pause.c").stat().st_mtime:
        subprocess.run(["gcc", "-Os", "-static", "-o", str(OUT / "pause"), str(HERE / "pause.c")], check=True)


if __name__ == "__main__":
    build_all()
