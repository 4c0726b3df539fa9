"""End-to-end tests of services and names: run by tests/e2e/run. Askers stand in pods, on the node, and on a machine beside it."""
import contextlib
import http.client
import json
import socket
import subprocess
import time

from cluster import Refused

TESTS = []
WEB = "mkdir -p /www/cgi-bin; printf '#!/bin/sh\\necho; echo '$1' $REMOTE_ADDR\\n' > /www/cgi-bin/who; chmod +x /www/cgi-bin/who; exec httpd -f -p 8080 -h /www"


def test(f):
    TESTS.append(f)
    return f


class Outside:
    """A machine beside the node, on a wire of their own: it asks from its own address, not from the node's."""

    def __init__(self, c):
        self.space, self.link, net = f"{c.name}x", f"{c.name}x", 241 + hash(c.name) % 10
        self.node, self.own = f"10.{net}.{c.net_number}.1", f"10.{net}.{c.net_number}.2"

    def run(self, *words, check=True):
        return subprocess.run(words, check=check, capture_output=True, text=True)

    def __enter__(self):
        self.run("ip", "netns", "add", self.space)
        self.run("ip", "link", "add", self.link, "type", "veth", "peer", "name", "eth0", "netns", self.space)
        self.run("ip", "addr", "add", f"{self.node}/24", "dev", self.link)
        self.run("ip", "link", "set", self.link, "up")
        for words in (f"addr add {self.own}/24 dev eth0", "link set eth0 up", "link set lo up", f"route add default via {self.node}"):
            self.run("ip", "-n", self.space, *words.split())
        return self

    def __exit__(self, *_):
        self.run("ip", "netns", "del", self.space, check=False)
        self.run("ip", "link", "del", self.link, check=False)

    def get(self, address, path="/cgi-bin/who", seconds=2, headers=False):
        """What is answered there; None: nothing."""
        words = ["ip", "netns", "exec", self.space, "curl", "-s", "-m", str(seconds), *(["-i"] if headers else []), f"http://{address}{path}"]
        done = self.run(*words, check=False)
        return done.stdout if done.returncode == 0 else None


def web_pods(c, ns, names, label="web"):
    for name in names:
        c.pod(ns, name, ["sh", "-c", WEB, "sh", name], metadata={"labels": {"app": label}},
              container={"readinessProbe": {"tcpSocket": {"port": 8080}, "periodSeconds": 1}})
    for name in names:
        c.wait(lambda: any(x["type"] == "Ready" and x["status"] == "True" for x in c.get(f"{ns}/pods/{name}")["status"].get("conditions", [])), name)


def service(c, ns, name, label="web", **spec):
    return c.create(f"{ns}/services", {"metadata": {"name": name}, "spec": {"selector": {"app": label}, "ports": [{"port": 80, "targetPort": 8080}], **spec}})


def in_pod(c, ns, name, script, seconds=40, **spec):
    """What a script says in a pod of its own, when it has ended."""
    c.pod(ns, name, ["sh", "-c", script], restartPolicy="Never", **spec)
    c.wait_phase(ns, name, "Succeeded", seconds)
    return c.logs(ns, name)


def own_address(c):
    return next(x["address"] for x in c.get("/api/v1/nodes/node-1")["status"]["addresses"] if x["type"] == "InternalIP")


@test
def services_from_outside_and_within(c):
    """Node ports by every address of the node, from outside and within; whose address a backend sees; who stays with whom."""
    ns = c.namespace("outside")
    web_pods(c, ns, ["a", "b"])
    asked_from_outside(c, ns)
    ask = lambda address, times=12: f"for i in $(seq {times}); do wget -q -O - http://{address}/cgi-bin/who | cut -d' ' -f1; done | sort | uniq -c"
    address = lambda name: c.get(f"{ns}/services/{name}")["spec"]["clusterIP"]
    stays, wanders = in_pod(c, ns, "stays", ask(address("sticky"))), in_pod(c, ns, "wanders", ask(address("wide"), 30))
    assert len(stays.splitlines()) == 1 and len(wanders.splitlines()) == 2, (stays, wanders)
    itself_by_its_service(c, ns)
    c.delete("/api/v1/namespaces/outside")


def asked_from_outside(c, ns):
    wide = service(c, ns, "wide", type="NodePort")["spec"]["ports"][0]["nodePort"]
    near = service(c, ns, "near", type="NodePort", externalTrafficPolicy="Local")["spec"]["ports"][0]["nodePort"]
    sticky = service(c, ns, "sticky", type="NodePort", sessionAffinity="ClientIP")
    empty = service(c, ns, "empty", label="nobody", type="NodePort", externalTrafficPolicy="Local")["spec"]["ports"][0]["nodePort"]
    node = own_address(c)
    with Outside(c) as far:  # an address the node did not have when the services were made
        c.wait(lambda: far.get(f"{far.node}:{wide}") and far.get(f"{node}:{near}"), "the node ports")
        answers = {far.get(f"{far.node}:{wide}") for _ in range(30)}
        assert {x.split()[0] for x in answers} == {"a", "b"} and not any(far.own in x for x in answers), answers
        answers = {far.get(f"{node}:{near}") for _ in range(10)}
        assert all(far.own in x for x in answers), answers  # the asker's own address is kept
        port = sticky["spec"]["ports"][0]["nodePort"]
        assert len({far.get(f"{far.node}:{port}").split()[0] for _ in range(12)}) == 1
        assert far.get(f"{far.node}:{empty}", seconds=1) is None
    assert subprocess.run(["curl", "-s", "-m", "3", f"http://127.0.0.1:{wide}/cgi-bin/who"], capture_output=True, text=True).stdout


def itself_by_its_service(c, ns):
    itself = c.create(f"{ns}/services", {"metadata": {"name": "self"}, "spec": {"selector": {"app": "self"}, "ports": [{"port": 80, "targetPort": 8080}]}})
    web_pods(c, ns, ["self"], "self")
    c.wait(lambda: any(s["endpoints"] for s in c.get(f"/apis/discovery.k8s.io/v1/namespaces/outside/endpointslices?labelSelector=kubernetes.io/service-name=self")["items"]), "it")
    out = subprocess.run(["nsenter", f"--net={c.run}/pods/pods/{c.get(f'{ns}/pods/self')['metadata']['uid']}/net", "curl", "-s", "-m", "3", "--retry", "5",
                          "--retry-all-errors", f"http://{itself['spec']['clusterIP']}/cgi-bin/who"], capture_output=True, text=True)
    assert out.stdout.startswith("self"), out


@test
def load_balancer_addresses(c):
    """What a load balancer's controller writes into the status leads to the pods; source ranges keep others out; health checks are
    answered as kube-proxy answers them."""
    ns = c.namespace("balanced")
    web_pods(c, ns, ["a"])
    made = service(c, ns, "lb", type="LoadBalancer", externalTrafficPolicy="Local")
    check, merge = made["spec"]["healthCheckNodePort"], {"content_type": "application/merge-patch+json"}
    vip = f"10.{c.net_number}.250.1"  # of nobody on the wire: whoever sends to the node for it is served
    c.ask("PATCH", f"{ns}/services/lb/status", {"status": {"loadBalancer": {"ingress": [{"ip": vip}]}}}, **merge)

    def health():
        with contextlib.suppress(OSError):
            h = http.client.HTTPConnection("127.0.0.1", check, timeout=3)
            h.request("GET", "/")
            reply = h.getresponse()
            return reply.status, json.loads(reply.read()), dict(reply.getheaders())

    with Outside(c) as far:
        c.wait(lambda: far.get(vip), "the address")
        assert far.own in far.get(vip)
        node_port = made["spec"]["ports"][0]["nodePort"]
        c.ask("PATCH", f"{ns}/services/lb", {"spec": {"loadBalancerSourceRanges": ["192.0.2.0/24", "192.0.2.128/25"]}}, **merge)
        c.wait(lambda: far.get(vip, seconds=1) is None, "the end of it for strangers")
        assert far.get(f"{far.node}:{node_port}"), "ranges are the load balancer's addresses' only"
        c.ask("PATCH", f"{ns}/services/lb", {"spec": {"loadBalancerSourceRanges": ["192.0.2.0/24", far.own.rsplit(".", 1)[0] + ".0/24"]}}, **merge)
        c.wait(lambda: far.get(vip, seconds=1), "the asker's own network")
        c.ask("PATCH", f"{ns}/services/lb", {"spec": {"loadBalancerSourceRanges": None}}, **merge)
    code, body, headers = c.wait(health, "the health check")
    headers = {k.lower(): v for k, v in headers.items()}
    assert code == 200 and body == {"service": {"namespace": "balanced", "name": "lb"}, "localEndpoints": 1, "serviceProxyHealthy": True}, (code, body)
    assert headers["content-type"] == "application/json" and headers["x-load-balancing-endpoint-weight"] == "1", headers
    c.delete(f"{ns}/pods/a")
    c.wait(lambda: health()[0] == 503, "word that there is nobody")
    c.delete(f"{ns}/services/lb")
    c.wait(lambda: health() is None, "the end of the health check")
    c.delete("/api/v1/namespaces/balanced")


@test
def names_of_every_kind(c):
    """A, SRV, PTR, CNAME, headless, hostnames, search paths, names that are none, and names of the world."""
    ns = c.namespace("naming")
    web_pods(c, ns, ["a", "b"])
    c.pod(ns, "named", ["sleep", "600"], hostname="me", subdomain="bare", metadata={"labels": {"app": "named"}})
    ports = [{"name": "http", "port": 80, "targetPort": 8080}, {"name": "udp", "port": 53, "protocol": "UDP", "targetPort": 53}]
    one = service(c, ns, "one", ports=ports)["spec"]["clusterIP"]
    service(c, ns, "bare", label="named", clusterIP="None", ports=ports)
    c.create(f"{ns}/services", {"metadata": {"name": "away"}, "spec": {"type": "ExternalName", "externalName": "one.naming.svc.cluster.local"}})
    ip = c.wait_phase(ns, "named", "Running")["status"]["podIP"]
    c.wait(lambda: any(s["endpoints"] for s in c.get("/apis/discovery.k8s.io/v1/namespaces/naming/endpointslices?labelSelector=kubernetes.io/service-name=bare")["items"]),
           "the headless service's endpoints")
    dns = next(x for x in c.net if x.startswith("--cluster-dns=")).split("=")[1]

    def ask(name, kind="A"):
        return subprocess.run(["dig", f"@{dns}", "+short", "+time=2", "+tries=3", name, kind], capture_output=True, text=True).stdout.split("\n")[:-1]

    domain = "naming.svc.cluster.local"
    assert ask(f"one.{domain}") == [one] and ask(f"one.{domain}", "AAAA") == []
    c.wait(lambda: ask(f"bare.{domain}") == [ip], "the headless name")
    assert ask(f"me.bare.{domain}") == [ip] and ask(f"{ip.replace('.', '-')}.naming.pod.cluster.local") == [ip]
    assert ask(f"_http._tcp.one.{domain}", "SRV") == [f"0 100 80 one.{domain}."], ask(f"_http._tcp.one.{domain}", "SRV")
    assert ask(f"_udp._udp.one.{domain}", "SRV") == [f"0 100 53 one.{domain}."]
    assert ask(f"_http._tcp.bare.{domain}", "SRV") == [f"0 100 8080 me.bare.{domain}."]
    assert subprocess.run(["dig", f"@{dns}", "+short", "-x", one], capture_output=True, text=True).stdout.strip() == f"one.{domain}."
    assert subprocess.run(["dig", f"@{dns}", "+short", "-x", ip], capture_output=True, text=True).stdout.strip() == f"me.bare.{domain}."
    assert ask(f"away.{domain}") == [f"one.{domain}.", one] and ask(f"away.{domain}", "CNAME") == [f"one.{domain}."]
    assert "NXDOMAIN" in subprocess.run(["dig", f"@{dns}", f"none.{domain}"], capture_output=True, text=True).stdout
    assert subprocess.run(["dig", f"@{dns}", "+tcp", "+short", f"one.{domain}"], capture_output=True, text=True).stdout.strip() == one
    # By search paths, from a pod's own resolver; and the file it is told in.
    out = in_pod(c, ns, "asks", "cat /etc/resolv.conf; for n in one one.naming one.naming.svc me.bare; do ping -c 1 -W 1 $n | head -1; done; true")
    assert f"nameserver {dns}" in out and "search naming.svc.cluster.local svc.cluster.local cluster.local" in out and "ndots:5" in out, out
    out = in_pod(c, ns, "gets", "for n in one one.naming one.naming.svc one.naming.svc.cluster.local; do wget -q -O - http://$n/cgi-bin/who | cut -c1; done | sort -u | tr -d '\\n'")
    assert out and set(out) <= {"a", "b"}, out
    out = in_pod(c, ns, "own", "cat /etc/resolv.conf", dnsPolicy="None", dnsConfig={"nameservers": ["192.0.2.1"], "searches": ["x.example"], "options": [{"name": "ndots", "value": "2"}]})
    assert out.split() == ["nameserver", "192.0.2.1", "search", "x.example", "options", "ndots:2"] or set(out.splitlines()) == {
        "nameserver 192.0.2.1", "search x.example", "options ndots:2"}, out
    c.delete("/api/v1/namespaces/naming")


@test
def ports_of_the_host(c):
    """hostPort answers on the node's addresses and is given to one pod only; a pod on the host's network has the node's address."""
    ns = c.namespace("hostports")
    with socket.socket() as s:
        s.bind(("0.0.0.0", 0))
        port = s.getsockname()[1]
    with Outside(c) as far:
        c.pod(ns, "p", ["sh", "-c", WEB, "sh", "p"], container={"ports": [{"containerPort": 8080, "hostPort": port}]})
        c.wait_phase(ns, "p", "Running")
        c.wait(lambda: far.get(f"{far.node}:{port}"), "the port from outside")
    get = lambda address: subprocess.run(["curl", "-s", "-m", "3", f"http://{address}:{port}/cgi-bin/who"], capture_output=True, text=True).stdout
    assert get(own_address(c)).startswith("p ") and get("127.0.0.1").startswith("p ")
    c.pod(ns, "q", ["sleep", "60"], container={"ports": [{"containerPort": 8080, "hostPort": port}]})
    c.wait(lambda: any("free ports" in x.get("message", "") for x in c.get(f"{ns}/pods/q")["status"].get("conditions", [])), "word of the port")
    c.pod(ns, "host", ["sleep", "60"], hostNetwork=True)
    assert c.wait_phase(ns, "host", "Running")["status"]["podIP"] == own_address(c)
    c.delete("/api/v1/namespaces/hostports")


@test
def pods_reach_the_world(c):
    """What a pod sends out of the cluster carries the node's address; so its answers find back."""
    ns = c.namespace("world")
    with Outside(c) as far:
        server = subprocess.Popen(["ip", "netns", "exec", far.space, "python3", "-c",
                                   "import socket\ns = socket.create_server(('0.0.0.0', 8099))\nfor _ in range(1):\n c, a = s.accept()\n c.sendall(a[0].encode()); c.close()"])
        try:
            out = in_pod(c, ns, "p", f"for i in 1 2 3 4 5; do nc -w 3 {far.own} 8099 < /dev/null 2> /dev/null && break; sleep 0.3; done")
        finally:
            server.kill()
            server.wait()
    assert out.strip() == far.node, (out, far.node)
    c.delete("/api/v1/namespaces/world")
