"""Brings what is tested into build/operators/ and .cache/: operators built from the Go modules that the go.mod files beside
this one name, with the charts those modules carry, as images; Ansible with its collection and the Python and JavaScript
clients from their package registries. What stands there is not made again until the file that names its version changes."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parents[1]
sys.path[:0] = [str(TOP / "tests" / "clients"), str(TOP / "tests" / "conformance")]
import fetch  # noqa: E402
import images  # noqa: E402

OUT, CACHE = TOP / "build" / "operators", TOP / ".cache" / "operators"
# folder of the go.mod: the module, and its programs by the names of their images
OPERATORS = {
    "cert-manager": ("github.com/cert-manager/cert-manager", ["cmd/controller", "cmd/webhook", "cmd/cainjector"]),
    "kueue": ("sigs.k8s.io/kueue", ["cmd/kueue"]),
}


def go():
    return shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")


def run(*line, **more):
    done = subprocess.run([str(x) for x in line], capture_output=True, text=True, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, line))} ended with {done.returncode}:\n{done.stderr[-3000:]}")
    return done.stdout.strip()


def digest_of(*paths):
    return hashlib.sha256(b"".join(p.read_bytes() for p in paths) + sys.version.encode()).hexdigest()[:12]


class Operator:
    """The programs of one module: built, each in an image example.local/FOLDER-PROGRAM:VERSION, and the module's folder."""

    def __init__(self, name):
        self.name, self.here = name, HERE / name
        self.module, self.packages = OPERATORS[name]
        self.out = OUT / name
        self.env = {**os.environ, "CGO_ENABLED": "0"}

    def go(self, *words):
        return run("nice", go(), *words, cwd=self.here, env=self.env)

    def make(self):
        stamp, digest = self.out / "complete", digest_of(self.here / "go.mod", self.here / "go.sum")
        self.go("mod", "download", self.module)
        self.source = pathlib.Path(self.go("list", "-m", "-f", "{{.Dir}}", self.module))
        self.version = self.go("list", "-m", "-f", "{{.Version}}", self.module)
        if stamp.exists() and stamp.read_text() == digest:
            return self
        print(f"==> building {self.name} {self.version} (many minutes the first time)", flush=True)
        self.out.mkdir(parents=True, exist_ok=True)
        for package in self.packages:
            program = self.out / pathlib.Path(package).name
            self.go("build", "-ldflags=-s -w", "-o", program, f"{self.module}/{package}")
            images.archive(self.archive(program.name), [self.image(program.name)], [layer(program)],
                           {"Entrypoint": ["/manager"], "User": "65532:65532"})
        stamp.write_text(digest)
        return self

    def image(self, program):
        return f"example.local/{self.name}-{program}:{self.version}"

    def archive(self, program):
        return self.out / f"{program}.tar"

    def archives(self):
        return [self.archive(pathlib.Path(x).name) for x in self.packages]


def layer(program):
    root = images.Layer()
    root.folder("tmp", 0o1777)
    root.file("manager", program, 0o755)
    return root.bytes()


def cert_manager_chart(operator):
    """The module's chart is a template: its release tool writes the version in and adds the definitions."""
    chart = operator.out / "chart"
    shutil.rmtree(chart, ignore_errors=True)
    shutil.copytree(operator.source / "deploy" / "charts" / "cert-manager", chart, copy_function=shutil.copyfile)
    for folder in (chart, chart / "templates"):
        folder.chmod(0o755)
    head = (chart / "Chart.template.yaml").read_text().replace("v0.1.0", operator.version)
    (chart / "Chart.yaml").write_text(head.replace("{{IS_PRERELEASE}}", "false"))
    for crd in (operator.source / "deploy" / "crds").glob("*.yaml"):
        shutil.copyfile(crd, chart / "templates" / crd.name)
    return chart


def ansible():
    """A virtual environment with ansible-core, the Python client and, of the `ansible` package, kubernetes.core alone:
    the rest is half a gigabyte. Answers (bin folder, folder of collections)."""
    requirements = HERE / "ansible" / "requirements.txt"
    python = fetch.python(requirements)
    name = (HERE / "ansible" / "collection.txt").read_text().strip()
    folder = CACHE / f"collections-{digest_of(requirements, HERE / 'ansible' / 'collection.txt')}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with tempfile.TemporaryDirectory(dir=folder) as wheels:
            run(python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "-d", wheels, name)
            with zipfile.ZipFile(next(pathlib.Path(wheels).glob("*.whl"))) as wheel:
                wheel.extractall(folder, [x for x in wheel.namelist() if x.startswith("ansible_collections/kubernetes/core/")])
        (folder / "complete").touch()
    return python.parent, folder


def python():
    return fetch.python(HERE / "python" / "requirements.txt")


def javascript():
    """The folder with the program and its node_modules; None where there is no node of 20 or newer."""
    node = shutil.which("node")
    if not node or not shutil.which("npm") or int(run(node, "--version").lstrip("v").split(".")[0]) < 20:
        return None
    here = HERE / "javascript"
    folder = CACHE / f"javascript-{digest_of(here / 'package-lock.json')}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(here / name, folder)
        run("npm", "ci", "--silent", "--ignore-scripts", "--no-audit", "--no-fund", cwd=folder)
        (folder / "complete").touch()
    shutil.copy(here / "client.mjs", folder)
    return folder
