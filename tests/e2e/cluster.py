"""A Coracle cluster of its own for tests: own folders, ports, names and address ranges, so that several live side by
side on one machine; and a plain HTTPS client for its API (standard library only)."""
import collections
import fcntl
import http.client
import json
import os
import pathlib
import random
import re
import select
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
import time
import urllib.parse

TOP = pathlib.Path(__file__).resolve().parents[2]
CORACLE = pathlib.Path(os.environ.get("CORACLE", TOP / "build" / "coracle"))
# How full the disk of the machine at hand is, is none of the tests' business; a flag behind it says otherwise.
ROOMY = "--eviction-hard=memory.available<50Mi,nodefs.available<1%,imagefs.available<1%"


REPORT = re.compile(r"ERROR: (Address|Leak|Thread)Sanitizer|runtime error: |: (server|agent) ended with (13[2-6]|139)\b")
reports = []  # what sanitizers said, and falls, in the logs of clusters whose folders are gone


class Refused(Exception):
    def __init__(self, code, status):
        super().__init__(f"{code}: {status.get('message', status) if isinstance(status, dict) else status}")
        self.code, self.status = code, status


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def free_net():
    """An N for which no address, route or cluster of this machine uses 10.N.0.0/16, as far as can be seen."""
    used = subprocess.run("ip -4 -o addr; ip -4 route show table all", shell=True, capture_output=True, text=True).stdout
    return random.choice([n for n in range(10, 241) if f" 10.{n}." not in used])


class Cluster:
    def __init__(self, flags=()):
        self.name = "t" + "".join(random.choices("0123456789abcdefghijklmnopqrstuvwxyz", k=5))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"coracle-{self.name}-"))
        self.folder.chmod(0o711)  # the server is another user than root
        self.data, self.run = self.folder / "data", self.folder / "run"
        net = self.net_number = free_net()
        self.port, self.kubelet_port = free_port(), free_port()
        self.flags = [f"--name={self.name}", f"--data-dir={self.data}", f"--run-dir={self.run}"]
        self.net = [f"--cluster-dns=10.{net}.255.10", f"--kubelet-port={self.kubelet_port}", "--node-name=node-1", ROOMY]
        self.server = [f"--port={self.port}", f"--pod-cidr=10.{net}.0.0/17", f"--service-cidr=10.{net}.255.0/24"]
        self.more = list(flags)
        self.context = None
        self.host = "127.0.0.1"
        self.program = CORACLE
        self.inside = []  # what stands before a command line: nsenter, for a node in a namespace

    def coracle(self, *words, check=True, flags=None):
        line = [*self.inside, str(self.program), *words, *(self.flags if flags is None else flags)]
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
        reports.extend(reports_of(self.folder))
        shutil.rmtree(self.folder, ignore_errors=True)

    def pid(self, which):
        path = self.run / "server" / "server.status" if which == "server" else self.run / f"{which}.status"
        return int(path.read_text().split()[0])

    # ── the API ──
    def raw(self, method, path, body=None, content_type="application/json", headers=None, timeout=60):
        c = http.client.HTTPSConnection(self.host, self.port, context=self.context, timeout=timeout)
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


class Wire:
    """A bridge on the host and network namespaces hanging on it: machines for nodes, one link apart. Addresses are
    10.N.254.1 (the host's) and 10.N.254.11, .12, … (the machines'); each has its default route over the host."""

    def __init__(self, name, net):
        self.name, self.net, self.spaces, self.lines = name, net, [], []

    def ip(self, *words, check=True):
        subprocess.run(["ip", *words], check=check, capture_output=True, text=True)

    def start(self):
        self.ip("link", "add", f"{self.name}br", "type", "bridge")
        self.ip("addr", "add", f"10.{self.net}.254.1/24", "dev", f"{self.name}br")
        self.ip("link", "set", f"{self.name}br", "up")

    def address(self, i):
        return f"10.{self.net}.254.{10 + i}"

    def machine(self, i):
        """The i-th machine (from 1); answers what to put before a command line that is to run there."""
        space = f"{self.name}m{i}"
        self.ip("netns", "add", space)
        self.spaces.append(space)
        self.ip("link", "add", f"{self.name}v{i}", "type", "veth", "peer", "name", "eth0", "netns", space)
        self.ip("link", "set", f"{self.name}v{i}", "master", f"{self.name}br", "up")
        for words in (("link", "set", "lo", "up"), ("addr", "add", f"{self.address(i)}/24", "dev", "eth0"), ("link", "set", "eth0", "up"),
                      ("route", "add", "default", "via", f"10.{self.net}.254.1")):
            self.ip("-n", space, *words)
        return ["nsenter", f"--net=/run/netns/{space}", "--"]

    def slow_machine(self, i, ms):
        """A machine at the end of a long line: every frame is carried by hand, and takes so many milliseconds each way."""
        space = f"{self.name}m{i}"
        self.ip("netns", "add", space)
        self.spaces.append(space)
        self.lines.append(Line(f"{self.name}v{i}", f"{self.name}w{i}", ms / 1000))
        self.ip("link", "set", f"{self.name}v{i}", "master", f"{self.name}br", "up")
        self.ip("link", "set", f"{self.name}w{i}", "netns", space, "name", "eth0")
        for words in (("link", "set", "lo", "up"), ("addr", "add", f"{self.address(i)}/24", "dev", "eth0"), ("link", "set", "eth0", "up"),
                      ("route", "add", "default", "via", f"10.{self.net}.254.1")):
            self.ip("-n", space, *words)
        return ["nsenter", f"--net=/run/netns/{space}", "--"]

    def far_machine(self, i):
        """A machine behind a router of its own: on no link with the others."""
        router, space = f"{self.name}r{i}", f"{self.name}m{i}"
        for name in (router, space):
            self.ip("netns", "add", name)
            self.spaces.append(name)
        self.ip("link", "add", f"{self.name}v{i}", "type", "veth", "peer", "name", "near", "netns", router)
        self.ip("link", "set", f"{self.name}v{i}", "master", f"{self.name}br", "up")
        self.ip("-n", router, "link", "add", "far", "type", "veth", "peer", "name", "eth0", "netns", space)
        for where, words in ((router, f"addr add 10.{self.net}.254.{i}/24 dev near"), (router, "link set near up"),
                             (router, f"addr add 10.{self.net}.{200 + i}.1/24 dev far"), (router, "link set far up"),
                             (router, f"route add default via 10.{self.net}.254.1"),
                             (space, f"addr add 10.{self.net}.{200 + i}.2/24 dev eth0"), (space, "link set eth0 up"), (space, "link set lo up"),
                             (space, f"route add default via 10.{self.net}.{200 + i}.1"),
                             (f"{self.name}m1", f"route add 10.{self.net}.{200 + i}.0/24 via 10.{self.net}.254.{i}")):
            self.ip("-n", where, *words.split())
        subprocess.run(["nsenter", f"--net=/run/netns/{router}", "sh", "-c", "echo 1 > /proc/sys/net/ipv4/ip_forward"], check=True)
        return ["nsenter", f"--net=/run/netns/{space}", "--"]

    def far_address(self, i):
        return f"10.{self.net}.{200 + i}.2"

    def stop(self):
        for line in self.lines:
            line.stop()
        for space in self.spaces:
            self.ip("netns", "del", space, check=False)
        for i in range(1, 10):
            self.ip("link", "del", f"{self.name}v{i}", check=False)
        self.ip("link", "del", f"{self.name}br", check=False)
        self.spaces = []


class Line:
    """Two links whose frames a thread carries from one to the other, each after a while."""

    def __init__(self, one, other, seconds):
        self.seconds, self.over = seconds, False
        self.ends = [self.open(one), self.open(other)]
        self.thread = threading.Thread(target=self.carry, daemon=True)
        self.thread.start()

    @staticmethod
    def open(name):
        fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
        fcntl.ioctl(fd, 0x400454CA, struct.pack("16sH22x", name.encode(), 0x0002 | 0x1000))  # TUNSETIFF, IFF_TAP | IFF_NO_PI
        return fd

    def carry(self):
        waiting = collections.deque()  # all take the same time: first in, first out
        while not self.over:
            pause = max(0, waiting[0][0] - time.monotonic()) if waiting else 0.2
            for fd in select.select(self.ends, [], [], pause)[0]:
                try:
                    waiting.append((time.monotonic() + self.seconds, self.ends[self.ends[0] == fd], os.read(fd, 65536)))
                except OSError:
                    pass
            while waiting and waiting[0][0] <= time.monotonic():
                _, to, frame = waiting.popleft()
                try:
                    os.write(to, frame)
                except OSError:
                    pass  # the link is down: the line loses it

    def stop(self):
        self.over = True
        self.thread.join()
        for fd in self.ends:
            os.close(fd)


class Agent:
    """A further node of a cluster: `coracle agent` on a machine of its own with its own folders, joined by token."""

    def __init__(self, cluster, i, flags=(), far=False, slow=0):
        self.cluster, self.node = cluster, f"node-{i}"
        self.name = chr(ord("t") + i - 1) + cluster.name[1:]
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=f"coracle-{self.name}-"))
        self.data, self.run = self.folder / "data", self.folder / "run"
        self.flags = [f"--name={self.name}", f"--data-dir={self.data}", f"--run-dir={self.run}"]
        own = cluster.wire.far_address(i) if far else cluster.wire.address(i)
        self.more = [f"--node-name={self.node}", f"--node-ip={own}", ROOMY, *flags]
        self.inside = cluster.wire.far_machine(i) if far else cluster.wire.slow_machine(i, slow) if slow else cluster.wire.machine(i)
        self.process = None

    def start(self, *join):
        """join: --server, --token and --ca-hash as `coracle token create` prints them; none: it has joined before."""
        self.data.mkdir(exist_ok=True)
        with open(self.data / "coracle.log", "a") as log:
            self.process = subprocess.Popen([*self.inside, str(CORACLE), "agent", *self.flags, *self.more, *join], stdout=log, stderr=log)

    def coracle(self, *words, check=True):
        done = subprocess.run([*self.inside, str(CORACLE), *words, *self.flags], capture_output=True, text=True, timeout=180)
        if check and done.returncode:
            raise RuntimeError(f"{words}: {done.stdout}{done.stderr}\n{self.log()}")
        return done.stdout

    def log(self, lines=40):
        path = self.data / "coracle.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else "(no log)"

    def stop(self):
        out = self.coracle("stop", check=False)
        if self.process:
            self.process.wait(30)
        return out


class Nodes(Cluster):
    """A cluster of several nodes on one machine: node-1 with the server in a namespace, the others joined by token, each
    in a namespace of its own. `host` and `port` are where the API is, from the host too; `data`/admin.kubeconfig fits.

        c = Nodes(2); c.start(); c.import_image("x.tar"); …; c.stop(); c.discard()
    """

    def __init__(self, count=2, flags=()):
        super().__init__(flags)
        self.wire = Wire(self.name, self.net_number)
        self.host, self.port, self.count, self.agents = self.wire.address(1), 6443, count, []
        self.net = [f"--cluster-dns=10.{self.net_number}.255.10", "--node-name=node-1", f"--node-ip={self.host}", ROOMY]
        self.server = [f"--port={self.port}", f"--address={self.host}", f"--advertise-address={self.host}",
                       f"--pod-cidr=10.{self.net_number}.0.0/17", f"--service-cidr=10.{self.net_number}.255.0/24"]

    def join_words(self):
        """What stands behind `coracle agent` in the line `coracle token create` prints."""
        line = self.coracle("token", "create").strip().splitlines()[-1]
        assert line.startswith("coracle agent "), line
        return line.split()[2:]

    def start(self):
        self.wire.start()
        self.inside = self.wire.machine(1)
        out = super().start()
        for i in range(2, self.count + 1):
            self.add(i)
        return out

    def add(self, i, flags=(), far=False, slow=0):
        a = Agent(self, i, flags, far, slow)
        self.agents.append(a)
        a.start(*self.join_words())
        try:
            self.wait(lambda: self.is_ready(a.node), f"{a.node} Ready", 30)
        except AssertionError as e:
            raise AssertionError(f"{e}\n{a.log()}") from None
        return a

    def is_ready(self, name):
        node = self.maybe(f"/api/v1/nodes/{name}") or {}
        return any(x["type"] == "Ready" and x["status"] == "True" for x in node.get("status", {}).get("conditions", []))

    def import_image(self, path):
        self.coracle("image", "import", path)
        for a in self.agents:
            a.coracle("image", "import", path)

    def stop(self):
        out = "".join(a.stop() for a in self.agents)
        return out + super().stop()

    def left(self):
        found = [x for who in (self, *self.agents) for x in leftovers(who.name, who.folder) if not x.startswith("link " + self.name)]
        for space in (x for x in self.wire.spaces if not x.startswith(f"{self.name}r")):
            links = subprocess.run(["ip", "-n", space, "-o", "link"], capture_output=True, text=True).stdout
            found += [f"{space}: link {line.split(':')[1].strip()}" for line in links.splitlines() if line.split(":")[1].strip().split("@")[0] not in ("lo", "eth0")]
            tables = subprocess.run(["ip", "netns", "exec", space, "nft", "list", "tables"], capture_output=True, text=True).stdout
            found += [f"{space}: rules {line}" for line in tables.splitlines()]
        return found

    def discard(self):
        self.wire.stop()
        for a in self.agents:
            reports.extend(reports_of(a.folder))
            shutil.rmtree(a.folder, ignore_errors=True)
        super().discard()


def with_image(c):
    """Gives the cluster's node the one image that tests run: example.local/busybox:1."""
    with tempfile.NamedTemporaryFile(suffix=".tar") as archive:
        subprocess.run([str(TOP / "tools" / "busybox-image"), archive.name], check=True)
        c.coracle("image", "import", archive.name)


def reports_of(folder):
    found = []
    for path in (folder / "data" / "coracle.log", folder / "server.log", *folder.glob("*/data/coracle.log")):
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        first = next((i for i, line in enumerate(lines) if REPORT.search(line)), None)
        if first is not None:
            found.append(f"{path}:\n    " + "\n    ".join(lines[first:first + 40]))
    return found


def leftovers(name, folder):
    """What a stopped instance may not leave behind; reports of sanitizers too."""
    found = reports_of(folder) + reports
    links = subprocess.run(["ip", "-o", "link"], capture_output=True, text=True).stdout
    found += [f"link {line.split(':')[1].strip()}" for line in links.splitlines() if name in line]
    found += [f"mount {line.split()[1]}" for line in open("/proc/mounts") if str(folder) in line]
    found += [f"run file {path}" for path in (folder / "run").glob("**/*")]
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
