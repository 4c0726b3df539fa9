"""A cluster of two schedulable nodes on one machine: the server beside us, and each agent in a network namespace of its own,
joined by a bridge, on which a registry stands too. What an administrator gives a machine is given here: an address, a certificate, a route to the other
nodes' pods."""
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))
from cluster import CORACLE, ROOMY, Cluster, Refused, free_port  # noqa: E402
from registry import Registry  # noqa: E402


def sh(*line, check=True, **more):
    done = subprocess.run([str(x) for x in line], capture_output=True, text=True, **more)
    if check and done.returncode:
        raise RuntimeError(f"{' '.join(map(str, line))}: {done.stdout}{done.stderr}")
    return done.stdout


class Node:
    def __init__(self, cluster, number):
        self.cluster, self.name, self.instance = cluster, f"node-{number}", f"{cluster.name}{number}"
        self.address = f"{cluster.prefix}.254.{10 + number}"
        self.data, self.run = cluster.folder / self.name, cluster.folder / f"{self.name}-run"
        self.flags = [f"--name={self.instance}", f"--data-dir={self.data}", f"--run-dir={self.run}"]
        self.job = None

    def inside(self, *line):
        """The namespace of the network only: mounts made there must be seen here, since the agent outlives none of them."""
        return ["nsenter", f"--net=/run/netns/{self.instance}", *map(str, line)]

    def link(self):
        bridge, there = self.cluster.bridge, f"{self.instance}v"
        sh("ip", "netns", "add", self.instance)
        sh("ip", "link", "add", there, "type", "veth", "peer", "name", "eth0", "netns", self.instance)
        sh("ip", "link", "set", there, "master", bridge, "up")
        for line in (f"address add {self.address}/24 dev eth0", "link set eth0 up", "link set lo up", f"route add default via {self.cluster.address}"):
            sh(*self.inside("ip", *line.split()))

    def certify(self, name, subject, usage, names):
        """A certificate for this node, signed by the cluster's authority as its administrator."""
        pki, key, want = self.data / "pki", self.data / "pki" / f"{name}.key", self.data / "pki" / f"{name}.csr"
        pki.mkdir(parents=True, exist_ok=True)
        sh("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", subject, "-keyout", key, "-out", want)
        with tempfile.NamedTemporaryFile("w") as more:
            more.write(f"extendedKeyUsage={usage}\nkeyUsage=digitalSignature\n" + (f"subjectAltName={names}\n" if names else ""))
            more.flush()
            ca = self.cluster.data / "pki"
            sh("openssl", "x509", "-req", "-in", want, "-CA", ca / "ca.crt", "-CAkey", ca / "ca.key", "-days", "30", "-extfile", more.name, "-out", pki / f"{name}.crt")

    def start(self):
        self.certify("client", f"/O=system:nodes/CN=system:node:{self.name}", "clientAuth", "")
        self.certify("kubelet", f"/O=system:nodes/CN=system:node:{self.name}", "serverAuth", f"DNS:{self.name},IP:{self.address}")
        config = self.data / "agent.kubeconfig"
        kubectl = [self.cluster.kubectl, "--kubeconfig", config, "config"]
        sh(*kubectl, "set-cluster", "c", f"--server={self.cluster.url}", f"--certificate-authority={self.cluster.data}/pki/ca.crt", "--embed-certs")
        sh(*kubectl, "set-credentials", "node", f"--client-certificate={self.data}/pki/client.crt", f"--client-key={self.data}/pki/client.key", "--embed-certs")
        sh(*kubectl, "set-context", "c", "--cluster=c", "--user=node")
        sh(*kubectl, "use-context", "c")
        self.spawn()

    def spawn(self):
        line = self.inside(CORACLE, "agent", *self.flags, f"--node-name={self.name}", f"--node-ip={self.address}", ROOMY, self.cluster.registry.flag, *self.cluster.ranges)
        self.job = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=open(self.cluster.folder / f"{self.name}.log", "a"), start_new_session=True)

    def load(self, archive):
        sh(CORACLE, "image", "import", archive, *self.flags, timeout=600)

    def stop(self):
        if self.job:
            sh(*self.inside(CORACLE, "stop", *self.flags), check=False, timeout=180)
            self.job.terminate()
            self.job.wait(30)
        sh("ip", "netns", "del", self.instance, check=False)
        sh("ip", "link", "del", f"{self.instance}v", check=False)


class Nodes(Cluster):
    def __init__(self, kubectl, count=2):
        super().__init__()
        self.kubectl = kubectl
        self.prefix = self.net[0].partition("=")[2].rsplit(".", 2)[0]
        self.address, self.bridge = f"{self.prefix}.254.1", f"{self.name}b"
        self.url = f"https://{self.address}:{self.port}"
        self.ranges = [f"--pod-cidr={self.prefix}.0.0/17", f"--service-cidr={self.prefix}.255.0/24", f"--cluster-dns={self.prefix}.255.10"]
        self.registry = Registry(self.address, free_port())
        self.nodes = [Node(self, i + 1) for i in range(count)]
        self.job = None

    def start(self):
        sh("ip", "link", "add", self.bridge, "type", "bridge")
        sh("ip", "address", "add", f"{self.address}/24", "dev", self.bridge)
        sh("ip", "link", "set", self.bridge, "up")
        self.registry.start()
        line = [str(CORACLE), "server", *self.flags, *self.ranges, f"--port={self.port}", f"--advertise-address={self.address}", *self.more]
        self.job = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=open(self.folder / "server.log", "a"), start_new_session=True)
        self.wait(lambda: (self.data / "admin.kubeconfig").exists() and (self.data / "pki" / "admin.key").exists(), "the server's first files", 20)
        self.context = ssl.create_default_context(cafile=str(self.data / "pki" / "ca.crt"))
        self.context.load_cert_chain(str(self.data / "pki" / "admin.crt"), str(self.data / "pki" / "admin.key"))
        self.wait(self.answers, "the server's readiness", 20)
        for node in self.nodes:
            node.link()
            node.start()
        for node in self.nodes:
            self.wait(lambda: self.ready(node), f"{node.name} to be Ready", 60)
        self.routes()

    def answers(self):
        try:
            return self.text("/readyz") == "ok"
        except (OSError, Refused):
            return False

    def ready(self, node):
        found = self.maybe(f"/api/v1/nodes/{node.name}") or {}
        return any(x["type"] == "Ready" and x["status"] == "True" for x in found.get("status", {}).get("conditions", []))

    def routes(self):
        for node in self.nodes:
            cidr = self.get(f"/api/v1/nodes/{node.name}")["spec"]["podCIDR"]
            sh("ip", "route", "replace", cidr, "via", node.address)
            for other in self.nodes:
                if other is not node:
                    sh(*other.inside("ip", "route", "replace", cidr, "via", node.address))

    def load(self, archives):
        for archive in archives:
            self.registry.push(archive)
            for node in self.nodes:
                node.load(archive)

    def log(self, lines=30):
        return "\n".join(f"--- {p.name}\n" + "\n".join(p.read_text(errors="replace").splitlines()[-lines:]) for p in sorted(self.folder.glob("*.log")))

    def stop(self):
        said = ""
        for node in self.nodes:
            node.stop()
        if self.job:
            said = super().stop()
            self.job.wait(30)
        self.registry.stop()
        sh("ip", "link", "del", self.bridge, check=False)
        return said
