"""End-to-end tests of clusters with addresses of both families, and of IPv6 alone. Run by tests/e2e/run."""
import ipaddress
import random
import subprocess
import tempfile

from cluster import TOP, Cluster, Nodes, Refused, leftovers, with_image
from net_tests import WEB, Outside, in_pod, service, web_pods

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def ranges_of(c):
    """Of this cluster's two families: pods, services, DNS; the IPv6 ones are private and made up."""
    own = f"fd{random.randrange(256):02x}:{random.randrange(65536):x}:{c.net_number:x}"
    net = c.net_number
    return ([f"10.{net}.0.0/17", f"{own}::/48"], [f"10.{net}.255.0/24", f"{own}:ffff::/112"], [f"10.{net}.255.10", f"{own}:ffff::a"])


def families(service_):
    return service_["spec"]["ipFamilies"], [4 if "." in x else 6 for x in service_["spec"]["clusterIPs"]]


def node_address(c, family):
    return next(x["address"] for x in c.get("/api/v1/nodes/node-1")["status"]["addresses"] if x["type"] == "InternalIP" and (":" in x["address"]) == (family == 6))


class Running:
    """A cluster of its own with these ranges; what it leaves behind is a fault."""

    def __init__(self, pick):
        self.c, self.pick = Cluster(), pick

    def __enter__(self):
        c = self.c
        pods, services, dns = ([x[i] for i in self.pick] for x in ranges_of(c))
        c.pods, c.services, c.dns = pods, services, dns
        c.net = [x for x in c.net if not x.startswith("--cluster-dns")]  # the tenth address of the ranges
        c.server = [f"--port={c.port}", f"--pod-cidr={','.join(pods)}", f"--service-cidr={','.join(services)}"]
        try:
            c.start()
            with_image(c)
        except BaseException:
            print(c.log(25))
            c.stop()
            c.discard()
            raise
        return c

    def __exit__(self, kind, *_):
        c = self.c
        if kind:
            print(c.log(25))
        c.stop()
        left = leftovers(c.name, c.folder)
        c.discard()
        assert kind or not left, left


def curl(address, *more):
    host = f"[{address}]" if ":" in address else address
    return subprocess.run(["curl", "-g", "-s", "-m", "3", "--retry", "8", "--retry-connrefused", "--retry-delay", "0", *more, f"http://{host}/cgi-bin/who"],
                          capture_output=True, text=True).stdout


def dig(c, *words, server=0):
    return subprocess.run(["dig", f"@{c.dns[server]}", "+short", "+time=3", "+tries=2", *words], capture_output=True, text=True).stdout.split()


@test
def both_families(_):
    """Pods, Services, names and node ports by IPv4 and by IPv6."""
    with Running((0, 1)) as c:
        node = c.get("/api/v1/nodes/node-1")
        nets = [ipaddress.ip_network(x) for x in c.wait(lambda: c.get("/api/v1/nodes/node-1")["spec"].get("podCIDRs"), "the node's ranges")]
        assert [(n.version, n.prefixlen) for n in nets] == [(4, 24), (6, 64)] and node["spec"]["podCIDR"] == str(nets[0])
        assert [":" in x["address"] for x in node["status"]["addresses"] if x["type"] == "InternalIP"] == [False, True], node["status"]["addresses"]
        assert c.get("/apis/networking.k8s.io/v1/servicecidrs/kubernetes")["spec"]["cidrs"] == c.services
        ns = c.namespace("dual")
        web_pods(c, ns, ["a", "b"])
        pods_have_both(c, ns, nets)
        services_of_each_kind(c, ns)
        services_by_ipv6(c, ns)
        names_by_ipv6(c, ns)
        changes_of_policy(c, ns)
        after_the_agent(c, ns)


def pods_have_both(c, ns, nets):
    status = c.get(f"{ns}/pods/a")["status"]
    ips = [ipaddress.ip_address(x["ip"]) for x in status["podIPs"]]
    assert len(ips) == 2 and all(ip in net for ip, net in zip(ips, nets)) and status["podIP"] == str(ips[0]), status
    assert [":" in x["ip"] for x in status["hostIPs"]] == [False, True] and status["hostIP"] == status["hostIPs"][0]["ip"], status
    script = f"cat /etc/resolv.conf /etc/hosts; ip addr show eth0; wget -q -O - 'http://[{ips[1]}]:8080/cgi-bin/who'; wget -q -O - http://{ips[0]}:8080/cgi-bin/who; echo $IPS"
    out = in_pod(c, ns, "asks", script, container={"env": [{"name": "IPS", "valueFrom": {"fieldRef": {"fieldPath": "status.podIPs"}}}]})
    own = [x["ip"] for x in c.get(f"{ns}/pods/asks")["status"]["podIPs"]]
    assert f"nameserver {c.dns[0]}" in out and f"nameserver {c.dns[1]}" in out, out
    assert f"inet6 {own[1]}/128" in out and f"inet {own[0]}/32" in out and f"{own[1]}\tasks" in out, out
    assert f"a [{own[1]}]" in out and f"a [::ffff:{own[0]}]" in out, out  # who asked: the pod's own address
    assert out.strip().splitlines()[-1] == ",".join(own), out
    on_host = in_pod(c, ns, "host", "true", hostNetwork=True)
    assert on_host == "" and [x["ip"] for x in c.get(f"{ns}/pods/host")["status"]["podIPs"]] == [x["ip"] for x in status["hostIPs"]]


def services_of_each_kind(c, ns):
    assert families(service(c, ns, "plain")) == (["IPv4"], [4])
    assert families(service(c, ns, "six", ipFamilies=["IPv6"])) == (["IPv6"], [6])
    assert families(service(c, ns, "both", type="NodePort", ipFamilyPolicy="PreferDualStack")) == (["IPv4", "IPv6"], [4, 6])
    assert families(service(c, ns, "turned", ipFamilyPolicy="RequireDualStack", ipFamilies=["IPv6", "IPv4"], sessionAffinity="ClientIP")) == (["IPv6", "IPv4"], [6, 4])
    service(c, ns, "bare", clusterIP="None", ipFamilyPolicy="RequireDualStack")
    slices = lambda name: c.get(f"/apis/discovery.k8s.io/v1/namespaces/dual/endpointslices?labelSelector=kubernetes.io/service-name={name}")["items"]
    kinds = lambda name: sorted(x["addressType"] for x in slices(name) if len(x["endpoints"] or []) == 2)
    for name, want in (("plain", ["IPv4"]), ("six", ["IPv6"]), ("both", ["IPv4", "IPv6"]), ("bare", ["IPv4", "IPv6"])):
        c.wait(lambda: kinds(name) == want, f"the slices of {name}")
    named = lambda ip: c.maybe(f"/apis/networking.k8s.io/v1/ipaddresses/{ip}")
    for ip in c.get(f"{ns}/services/both")["spec"]["clusterIPs"]:
        c.wait(lambda: (named(ip) or {}).get("spec", {}).get("parentRef", {}).get("name") == "both", f"the IPAddress {ip}")


def services_by_ipv6(c, ns):
    """ClusterIP from the node and from a pod, node ports from outside, who stays with whom, and what nobody answers."""
    get = lambda name: c.get(f"{ns}/services/{name}")
    v6 = lambda name: next(x for x in get(name)["spec"]["clusterIPs"] if ":" in x)
    for name in ("six", "both"):
        assert curl(v6(name)).split()[0] in ("a", "b")
    assert curl(get("both")["spec"]["clusterIPs"][0]).split()[0] in ("a", "b")
    out = in_pod(c, ns, "fromapod", f"for i in $(seq 30); do wget -q -O - 'http://[{v6('six')}]/cgi-bin/who'; done")
    own = c.get(f"{ns}/pods/fromapod")["status"]["podIPs"][1]["ip"]
    assert {x.split()[0] for x in out.splitlines()} == {"a", "b"} and {x.split()[1] for x in out.splitlines()} == {f"[{own}]"}, out
    out = in_pod(c, ns, "stays", f"for i in $(seq 12); do wget -q -O - 'http://[{v6('turned')}]/cgi-bin/who'; done")
    assert len({x.split()[0] for x in out.splitlines()}) == 1 and len(out.splitlines()) == 12, out
    empty = service(c, ns, "empty", label="nobody", ipFamilies=["IPv6"])["spec"]["clusterIP"]
    assert subprocess.run(["curl", "-g", "-s", "-m", "3", f"http://[{empty}]/"], capture_output=True).returncode == 7  # refused, not lost
    port = get("both")["spec"]["ports"][0]["nodePort"]
    with Outside(c) as far:
        near, own = f"fd{c.net_number:02x}:99::1", f"fd{c.net_number:02x}:99::2"
        far.run("ip", "addr", "add", f"{near}/64", "dev", far.link, "nodad")
        far.run("ip", "-n", far.space, "addr", "add", f"{own}/64", "dev", "eth0", "nodad")
        far.run("ip", "-n", far.space, "route", "add", "default", "via", near)
        answers = c.wait(lambda: far.get(f"[{near}]:{port}") and [far.get(f"[{near}]:{port}") for _ in range(20)], "the node port by IPv6")
        assert {x.split()[0] for x in answers} == {"a", "b"} and not any(own in x for x in answers), answers  # masqueraded
        assert far.get(f"{far.node}:{port}"), "and by IPv4"
        # What a pod sends out of the cluster carries the node's address, so that its answer finds back.
        server = subprocess.Popen(["ip", "netns", "exec", far.space, "python3", "-c",
                                   "import socket\ns = socket.create_server(('::', 8099), family=socket.AF_INET6)\nc, a = s.accept()\nc.sendall(a[0].encode()); c.close()"])
        try:
            out = in_pod(c, ns, "world", f"for i in 1 2 3 4 5 6 7 8; do nc -w 3 {own} 8099 < /dev/null 2> /dev/null && break; sleep 0.3; done")
        finally:
            server.kill()
            server.wait()
        assert out.strip() == near, out
    assert curl(f"{node_address(c, 6)}", "--connect-to", f"::[{node_address(c, 6)}]:{port}").split()[0] in ("a", "b")


def names_by_ipv6(c, ns):
    both, domain = c.get(f"{ns}/services/both")["spec"]["clusterIPs"], "dual.svc.cluster.local"
    for server in (0, 1):
        assert dig(c, f"both.{domain}", "A", server=server) == [both[0]] and dig(c, f"both.{domain}", "AAAA", server=server) == [both[1]]
    assert dig(c, f"plain.{domain}", "AAAA") == [] and dig(c, f"six.{domain}", "A") == []
    assert dig(c, "-x", both[1]) == [f"both.{domain}."] and dig(c, "-x", both[0]) == [f"both.{domain}."]
    six = sorted(c.get(f"{ns}/pods/{x}")["status"]["podIPs"][1]["ip"] for x in "ab")
    c.wait(lambda: sorted(dig(c, f"bare.{domain}", "AAAA")) == six, "the headless name")
    dashed = six[0].replace(":", "-")
    assert dig(c, f"{dashed}.dual.pod.cluster.local", "AAAA") == [six[0]]
    out = in_pod(c, ns, "byname", "wget -q -O - http://six/cgi-bin/who; ping6 -c 1 -W 2 both | head -1")
    assert out.split()[0] in ("a", "b") and f"({both[1]})" in out, out


def changes_of_policy(c, ns):
    patch = lambda name, **spec: c.ask("PATCH", f"{ns}/services/{name}", {"spec": spec}, content_type="application/merge-patch+json")
    first = c.get(f"{ns}/services/plain")["spec"]["clusterIP"]
    up = patch("plain", ipFamilyPolicy="RequireDualStack")
    assert families(up) == (["IPv4", "IPv6"], [4, 6]) and up["spec"]["clusterIP"] == first
    second = up["spec"]["clusterIPs"][1]
    assert c.wait(lambda: curl(second), "the new address").split()[0] in ("a", "b")
    try:
        patch("plain", clusterIPs=[first])
        raise AssertionError("it was taken")
    except Refused as e:
        assert "must be set to 'SingleStack' when releasing the secondary clusterIP" in str(e), e
    down = patch("plain", ipFamilyPolicy="SingleStack")
    assert families(down) == (["IPv4"], [4]) and down["spec"]["clusterIP"] == first
    c.wait(lambda: subprocess.run(["curl", "-g", "-s", "-m", "1", f"http://[{second}]/"], capture_output=True).returncode == 7, "the end of it")
    c.wait(lambda: c.maybe(f"/apis/networking.k8s.io/v1/ipaddresses/{second}") is None, "the end of its IPAddress")


def after_the_agent(c, ns):
    """An agent that starts again takes up pods with both addresses, and gives new ones both."""
    import os
    import signal
    before, pid = c.get(f"{ns}/pods/a")["status"]["podIPs"], c.pid("agent")
    os.kill(pid, signal.SIGKILL)
    c.wait(lambda: c.pid("agent") != pid, "another agent")
    c.pod(ns, "later", ["sleep", "600"])
    assert len(c.wait_phase(ns, "later", "Running")["status"]["podIPs"]) == 2
    assert c.get(f"{ns}/pods/a")["status"]["podIPs"] == before
    v6 = c.get(f"{ns}/services/six")["spec"]["clusterIP"]
    assert curl(v6).split()[0] in ("a", "b")


@test
def ipv6_alone(_):
    """A cluster whose pods and Services have IPv6 addresses only; the API server is reached by IPv6, too."""
    with Running((1,)) as c:
        node = c.get("/api/v1/nodes/node-1")
        assert [":" in x["address"] for x in node["status"]["addresses"] if x["type"] == "InternalIP"] == [True], node["status"]["addresses"]
        ns = c.namespace("six")
        web_pods(c, ns, ["a"])
        one = service(c, ns, "one")
        assert families(one) == (["IPv6"], [6])
        assert [":" in x["ip"] for x in c.get(f"{ns}/pods/a")["status"]["podIPs"]] == [True]
        out = in_pod(c, ns, "asks", "until wget -q -O - http://one.six/cgi-bin/who; do sleep 0.2; done; cat /etc/resolv.conf; echo $KUBERNETES_SERVICE_HOST")
        assert out.startswith("a ") and f"nameserver {c.dns[0]}" in out, out
        api = c.get("/api/v1/namespaces/default/services/kubernetes")["spec"]["clusterIP"]
        assert out.split()[-1] == api and ":" in api
        health = subprocess.run(["curl", "-g", "-s", "-m", "5", "--cacert", str(c.data / "pki" / "ca.crt"), f"https://[{api}]/livez"], capture_output=True, text=True)
        assert health.stdout == "ok", health
        assert c.logs(ns, "asks") == out, "the API server reaches the agent"
        try:
            service(c, ns, "four", ipFamilies=["IPv4"])
            raise AssertionError("it was taken")
        except Refused as e:
            assert "spec.ipFamilies[0]: Invalid value: \\\"IPv4\\\": not configured on this cluster" in str(e).replace('"IPv4"', '\\"IPv4\\"'), e


@test
def ranges_that_cannot_be(c):
    """Bad ranges are refused at the start with the flag and what it should be."""
    said = lambda *words: subprocess.run(
        [str(c.program), "server", "--data-dir=/nowhere/data", "--run-dir=/nowhere/run", *words], capture_output=True, text=True, timeout=20).stderr
    for words, want in ((["--pod-cidr=10.1.0.0/16,10.2.0.0/16"], 'pod-cidr: "10.1.0.0/16,10.2.0.0/16" must be a CIDR, or two of different families'),
                        (["--service-cidr=10.96.0.0"], 'service-cidr: "10.96.0.0" must be a CIDR'),
                        (["--service-cidr=10.96.0.0/16,fd00::/112"], 'service-cidr: "fd00::/112" is of a family that pod-cidr (10.244.0.0/16) lacks'),
                        (["--pod-cidr=10.1.0.0/16,fd00::/80"], 'pod-cidr: "fd00::/80" must be a /8 to a /64'),
                        (["--cluster-dns=here"], 'cluster-dns: "here" must be an address'),
                        (["--pod-cidr=10.1.0.0/16,fd00::/48,10.3.0.0/16"], "must be a CIDR, or two")):
        assert want in said(*words), said(*words)


@test
def both_families_on_two_nodes(_):
    """A node that joins gets a part of both ranges; pods and Services reach each other over the wire by IPv6."""
    c = Nodes(1)
    pods, services, dns = ranges_of(c)
    c.dns = dns
    wire6 = lambda i: f"{pods[1].split('::')[0]}:fffe::{i}"
    c.net = [x for x in c.net if not x.startswith(("--cluster-dns", "--node-ip"))] + [f"--node-ip={c.host},{wire6(1)}"]
    c.server = [x for x in c.server if not x.startswith(("--pod-cidr", "--service-cidr"))] + [f"--pod-cidr={','.join(pods)}", f"--service-cidr={','.join(services)}"]
    machine = c.wire.machine

    def with_ipv6(i):
        words = machine(i)
        subprocess.run([*words, "ip", "addr", "add", f"{wire6(i)}/64", "dev", "eth0", "nodad"], check=True)
        return words

    c.wire.machine = with_ipv6
    try:
        c.start()
        c.add(2, [f"--node-ip={c.wire.address(2)},{wire6(2)}"])
        with tempfile.NamedTemporaryFile(suffix=".tar") as archive:
            subprocess.run([str(TOP / "tools" / "busybox-image"), archive.name], check=True)
            c.import_image(archive.name)
        nodes = [c.wait(lambda: c.get(f"/api/v1/nodes/node-{i}")["spec"].get("podCIDRs"), "its ranges") for i in (1, 2)]
        assert all(len(x) == 2 for x in nodes) and not set(nodes[0]) & set(nodes[1]), nodes
        assert [x["address"] for x in c.get("/api/v1/nodes/node-2")["status"]["addresses"]][:2] == [c.wire.address(2), wire6(2)]
        ns = c.namespace("across")
        c.pod(ns, "a", ["sh", "-c", WEB, "sh", "a"], nodeName="node-2", metadata={"labels": {"app": "web"}})
        there = c.wait_phase(ns, "a", "Running")["status"]["podIPs"]
        six = service(c, ns, "six", ipFamilies=["IPv6"])["spec"]["clusterIP"]
        ask = lambda address: f"until wget -q -O - 'http://{address}/cgi-bin/who'; do sleep 0.2; done; "
        out = in_pod(c, ns, "asks", ask(f"[{there[1]['ip']}]:8080") + ask(f"{there[0]['ip']}:8080") + ask(f"[{six}]") + ask("six"), nodeName="node-1")
        own = [x["ip"] for x in c.get(f"{ns}/pods/asks")["status"]["podIPs"]]
        assert out.splitlines() == [f"a [{own[1]}]", f"a [::ffff:{own[0]}]", f"a [{own[1]}]", f"a [{own[1]}]"], out
    except BaseException:
        print(c.log(25), *(a.log() for a in c.agents))
        raise
    finally:
        c.stop()
        left = c.left()
        c.discard()
    assert not left, left
