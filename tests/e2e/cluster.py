"""A Coracle cluster of its own for tests: own folders, ports, names and address ranges, so that several live side by
side on one machine; and a plain HTTPS client for its API (standard library only)."""
import http.client
import json
import os
import pathlib
import random
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parents[2]
CORACLE = pathlib.Path(os.environ.get("CORACLE", TOP / "build" / "coracle"))


class Refused(Exception):
    def __init__(self, code, status):
        super().__init__(f"{code}: {status.get('message', status) if isinstance(status, dict) else status}")
        self.code, self.status = code, status


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Cluster:
    def __init__(self, flags=()):
        self.name = "t" + "".join(random.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=5))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"coracle-{self.name}-"))
        self.data, self.run = self.folder / "data", self.folder / "run"
        net = random.randint(10, 240)
        self.port, self.kubelet_port = free_port(), free_port()
        self.flags = [f"--name={self.name}", f"--data-dir={self.data}", f"--run-dir={self.run}"]
        self.net = [f"--cluster-dns=10.{net}.255.10", f"--kubelet-port={self.kubelet_port}", "--node-name=node-1"]
        self.server = [f"--port={self.port}", f"--pod-cidr=10.{net}.0.0/17", f"--service-cidr=10.{net}.255.0/24"]
        self.more = list(flags)
        self.context = None

    def coracle(self, *words, check=True, flags=None):
        line = [str(CORACLE), *words, *(self.flags if flags is None else flags)]
        done = subprocess.run(line, capture_output=True, text=True, timeout=180)
        if check and done.returncode:
            raise RuntimeError(f"{' '.join(line)}: {done.stdout}{done.stderr}\n{self.log()}")
        return done.stdout

    def log(self, lines=60):
        path = self.data / "coracle.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(no log)"

    def start(self):
        out = self.coracle("up", "--background", flags=self.flags + self.net + self.server + self.more)
        pki = self.data / "pki"
        self.context = ssl.create_default_context(cafile=str(pki / "ca.crt"))
        self.context.load_cert_chain(str(pki / "admin.crt"), str(pki / "admin.key"))
        return out

    def stop(self):
        return self.coracle("stop", check=False)

    def discard(self):
        shutil.rmtree(self.folder, ignore_errors=True)

    def pid(self, which):
        return int((self.run / f"{which}.status").read_text().split()[0])

    # ── the API ──
    def raw(self, method, path, body=None, content_type="application/json", headers=None, timeout=60):
        c = http.client.HTTPSConnection("127.0.0.1", self.port, context=self.context, timeout=timeout)
        try:
            data = json.dumps(body).encode() if isinstance(body, (dict, list)) else body
            c.request(method, path, data, {"Content-Type": content_type, "Accept": "application/json", **(headers or {})})
            reply = c.getresponse()
            return reply.status, reply.read(), dict(reply.getheaders())
        finally:
            c.close()

    def ask(self, method, path, body=None, **more):
        code, data, _ = self.raw(method, path, body, **more)
        try:
            value = json.loads(data) if data else None
        except ValueError:
            value = data.decode(errors="replace")
        if code >= 300:
            raise Refused(code, value)
        return value

    def get(self, path):
        return self.ask("GET", path)

    def maybe(self, path):
        try:
            return self.get(path)
        except Refused as e:
            if e.code == 404:
                return None
            raise

    def create(self, path, body):
        return self.ask("POST", path, body)

    def delete(self, path, **options):
        return self.ask("DELETE", path, options or None)

    def text(self, path):
        code, data, _ = self.raw("GET", path)
        if code >= 300:
            raise Refused(code, data.decode(errors="replace"))
        return data.decode()

    # ── pods ──
    def namespace(self, name):
        self.create("/api/v1/namespaces", {"metadata": {"name": name}})
        self.wait(lambda: self.maybe(f"/api/v1/namespaces/{name}/serviceaccounts/default"), "the default account")
        return f"/api/v1/namespaces/{name}"

    def pod(self, ns, name, command, **spec):
        container = {"name": "main", "image": "example.local/busybox:1", "command": command, **spec.pop("container", {})}
        meta = {"name": name, **spec.pop("metadata", {})}
        return self.create(f"{ns}/pods", {"apiVersion": "v1", "kind": "Pod", "metadata": meta,
                                          "spec": {"containers": [container], "terminationGracePeriodSeconds": 1, **spec}})

    def phase(self, ns, name):
        return self.get(f"{ns}/pods/{name}").get("status", {}).get("phase")

    def wait(self, question, what, seconds=30):
        until = time.monotonic() + seconds
        while True:
            answer = question()
            if answer:
                return answer
            if time.monotonic() > until:
                raise AssertionError(f"{what}: not within {seconds} s")
            time.sleep(0.05)

    def wait_phase(self, ns, name, phase, seconds=30):
        try:
            self.wait(lambda: self.phase(ns, name) == phase, f"pod {name} {phase}", seconds)
        except AssertionError as e:
            pod = self.maybe(f"{ns}/pods/{name}") or {}
            raise AssertionError(f"{e}; it says {json.dumps(pod.get('status', {}).get('containerStatuses'))}") from None
        return self.get(f"{ns}/pods/{name}")

    def logs(self, ns, name, **query):
        return self.text(f"{ns}/pods/{name}/log?{urllib.parse.urlencode(query)}")


def leftovers(name, folder):
    """What a stopped instance may not leave behind."""
    found = []
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True).stdout
    found += [f"link {line.split(':')[1].strip()}" for line in links.splitlines() if name in line]
    found += [f"mount {line.split()[1]}" for line in open("/proc/mounts") if str(folder) in line]
    tables = subprocess.run(["nft", "list", "tables"], capture_output=True, text=True).stdout
    found += [f"rules {line}" for line in tables.splitlines() if name in line]
    for root in pathlib.Path("/sys/fs/cgroup").glob("*"):
        for path in (root / name, root):
            if path.name == name and path.is_dir():
                found.append(f"cgroup {path}")
    for path in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if str(folder) in path.read_text(errors="replace"):
                found.append(f"process {path.parent.name}: {path.read_text(errors='replace')[:120]!r}")
        except OSError:
            pass
    return found
