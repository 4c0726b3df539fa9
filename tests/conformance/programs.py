"""Builds the programs the suite is made of into build/conformance/, from the modules go.mod names: the suite itself, the
ginkgo runner that spreads it over processes, kubectl of the same release, and what its images run. What stands there is
not built again until go.mod changes. The shell of the busybox image is busybox's as its authors have it, out of Debian's
source package: Debian's binary leaves out variables whose names are no names to a shell, and the suite asks for those."""
import functools
import hashlib
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile

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

SHELL = ("ASH SH_IS_ASH ASH_ALIAS ASH_BASH_COMPAT ASH_CMDCMD ASH_ECHO ASH_EXPAND_PRMPT ASH_GETOPTS ASH_INTERNAL_GLOB ASH_JOB_CONTROL "
         "ASH_OPTIMIZE_FOR_SIZE ASH_PRINTF ASH_RANDOM_SUPPORT ASH_TEST FEATURE_SH_MATH FEATURE_SH_MATH_64 FEATURE_FANCY_ECHO LFS LONG_OPTS").split()


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


def debian_source(package, folder):
    """The authors' archive in Debian's source package, unpacked: the folder it makes. apt's own lists often have no sources, so
    these are lists of our own, of the same places."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True)
    said = subprocess.run(["apt-get", "indextargets", "--format", "$(ORIGIN)|deb-src $(REPO_URI) $(CODENAME) $(COMPONENT)", "Created-By: Packages"],
                          capture_output=True, text=True).stdout
    places = sorted({x.partition("|")[2] for x in said.splitlines() if x.startswith("Debian|")})
    (folder / "sources.list").write_text("\n".join(places) + "\n")
    options = [f"-oDir::Etc::sourcelist={folder}/sources.list", "-oDir::Etc::sourceparts=/dev/null", f"-oDir::State::lists={folder}/lists",
               f"-oDir::Cache={folder}/cache", "-oAPT::Sandbox::User=root"]
    for words in (["update"], ["source", "--download-only", package]):
        done = subprocess.run(["apt-get", "-q", *options, *words], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"conformance: apt-get {' '.join(words)} failed:\n{done.stdout[-1000:]}{done.stderr[-1000:]}")
    archive = next(folder.glob("*.orig.tar.*"))
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return next(x.parent for x in folder.glob("*/Makefile"))


def build_shell():
    if (OUT / "ash").exists():
        return
    print("==> building ash", flush=True)
    source = debian_source("busybox", OUT / "busybox")
    subprocess.run(["make", "allnoconfig"], cwd=source, check=True, capture_output=True)
    config = source / ".config"
    wanted = re.compile(f"^(# )?CONFIG_({'|'.join(SHELL)})[ =].*\n", re.M)
    config.write_text(wanted.sub("", config.read_text()) + "".join(f"CONFIG_{x}=y\n" for x in SHELL))
    subprocess.run(["make", "oldconfig"], cwd=source, check=True, capture_output=True, input=b"\n" * 2000)
    done = subprocess.run(["nice", "make", "busybox"], cwd=source, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"conformance: ash could not be built:\n{done.stderr[-2000:]}")
    shutil.copy(source / "busybox", OUT / "ash")


def build_all():
    OUT.mkdir(parents=True, exist_ok=True)
    for name, package in TOOLS.items():
        build(name, "build", package)
    build("e2e.test", "test", "-c", "-vet=off", f"{KUBERNETES}/test/e2e")
    build_shell()
    if not (OUT / "pause").exists() or (OUT / "pause").stat().st_mtime < (HERE / "pause.c").stat().st_mtime:
        subprocess.run(["gcc", "-Os", "-static", "-o", str(OUT / "pause"), str(HERE / "pause.c")], check=True)


if __name__ == "__main__":
    build_all()
