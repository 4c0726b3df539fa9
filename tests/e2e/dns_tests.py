"""End-to-end tests of names that are not the cluster's: a cluster whose node has two resolvers of its own (dnsmasq on a
machine beside it), asked from pods and from the node. Run by tests/e2e/run."""
import pathlib
import signal
import subprocess
import time

from cluster import Cluster, leftovers, with_image
from net_tests import Outside, in_pod, service

TESTS = []


def test(f):
    TESTS.append(f)
    return f


class Resolvers:
    """Two name servers on the machine beside the node, which know the same names by different addresses."""

    def __init__(self, far, folder):
        self.far, self.folder, self.running = far, pathlib.Path(folder), {}
        head = far.own.rsplit(".", 1)[0]
        self.first, self.second = f"{head}.2", f"{head}.3"
        far.run("ip", "-n", far.space, "addr", "add", f"{self.second}/24", "dev", "eth0")
        self.file = self.folder / "resolv.conf"
        self.file.write_text(f"# the node's own\nnameserver {self.first}\nnameserver {self.second}\nsearch corp.example\noptions ndots:1\n")

    def start(self, address):
        last = address.rsplit(".", 1)[1]
        long = [f"--address=/many.world.example/198.51.100.{i}" for i in range(1, 101)]  # 1.6 KB of addresses
        line = ["ip", "netns", "exec", self.far.space, "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts",
                "--bind-interfaces", f"--listen-address={address}", "--except-interface=lo", "--local-ttl=20", "--pid-file=", "--user=root", "--log-queries",
                f"--log-facility={self.log(address)}", "--local=/world.example/corp.example/extra.example/", f"--host-record=www.world.example,192.0.2.{last},2001:db8::{last}",
                "--host-record=app.corp.example,192.0.2.77", "--host-record=db.extra.example,192.0.2.88", *long]
        if address == self.second:
            line.append("--host-record=only.second.test,192.0.2.99")
        self.running[address] = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def log(self, address):
        return self.folder / f"dnsmasq-{address}.log"

    def asked(self, address, name):
        path = self.log(address)
        return sum(f"] {name} from" in line for line in path.read_text().splitlines()) if path.exists() else 0

    def stop(self, address):
        p = self.running.pop(address)
        p.kill()
        p.wait()

    def signal(self, address, what):
        self.running[address].send_signal(what)

    def end(self):
        for address in list(self.running):
            self.stop(address)


def dig(server, *words):
    return subprocess.run(["dig", f"@{server}", "+time=5", "+tries=1", *words], capture_output=True, text=True).stdout


@test
def names_of_the_world(_):
    """Forwarding: UDP and TCP, long answers, unknown names, search paths and ndots, each dnsPolicy, dnsConfig, servers that are down."""
    c = Cluster()
    with Outside(c) as far:
        resolvers = Resolvers(far, c.folder)
        c.net.append(f"--resolv-conf={resolvers.file}")
        try:
            resolvers.start(resolvers.first)
            resolvers.start(resolvers.second)
            c.start()
            with_image(c)
            dns = next(x for x in c.net if x.startswith("--cluster-dns=")).split("=")[1]
            answers_are_passed_on(c, dns, resolvers)
            names_that_lead_out(c, dns)
            pods_ask_as_they_say(c, dns, resolvers)
            servers_that_are_down(c, dns, resolvers)
        except BaseException:
            print(c.log(25))
            raise
        finally:
            resolvers.end()
            c.stop()
    left = leftovers(c.name, c.folder)
    c.discard()
    assert not left, left


def answers_are_passed_on(c, dns, resolvers):
    c.wait(lambda: dig(dns, "+short", "www.world.example").strip() == "192.0.2.2", "an answer from upstream")
    assert dig(dns, "+short", "www.world.example", "AAAA").strip() == "2001:db8::2"
    assert dig(dns, "+short", "+tcp", "WWW.World.Example").strip() == "192.0.2.2"
    assert "status: NXDOMAIN" in dig(dns, "none.world.example"), dig(dns, "none.world.example")
    # More than a datagram takes: cut, said so, and whole by TCP, which dig takes by itself.
    assert " tc" in (cut := dig(dns, "+noedns", "+ignore", "many.world.example")), cut
    whole = dig(dns, "+noedns", "+short", "many.world.example").split()
    assert sorted(whole) == sorted(f"198.51.100.{i}" for i in range(1, 101)), whole
    assert len(dig(dns, "+bufsize=4096", "+short", "many.world.example").split()) == 100
    # Kept for a while: upstream is not asked again, and what is left of the time to live goes down.
    before = resolvers.asked(resolvers.first, "app.corp.example")
    ttl = lambda: int(next(x for x in dig(dns, "app.corp.example").splitlines() if x.startswith("app.corp.example.")).split()[1])
    first = ttl()
    time.sleep(1.1)
    assert ttl() < first <= 20 and resolvers.asked(resolvers.first, "app.corp.example") == before + 1


def names_that_lead_out(c, dns):
    """An ExternalName's address comes from upstream behind our own CNAME, also a long one."""
    ns = c.namespace("leads")
    for name, to in (("away", "www.world.example"), ("wide", "many.world.example"), ("lost", "none.world.example")):
        c.create(f"{ns}/services", {"metadata": {"name": name}, "spec": {"type": "ExternalName", "externalName": to}})
    ask = lambda name, *more: dig(dns, *more, f"{name}.leads.svc.cluster.local")
    c.wait(lambda: ask("away", "+short").split() == ["www.world.example.", "192.0.2.2"], "the address behind the name")
    assert len(ask("wide", "+noedns", "+short").split()) == 101, ask("wide", "+noedns")
    assert len(ask("wide", "+short").split()) == 101, ask("wide")
    assert " tc" in (cut := ask("wide", "+noedns", "+ignore")), cut
    assert "status: NXDOMAIN" in (lost := ask("lost")) and "none.world.example." in lost, lost


def pods_ask_as_they_say(c, dns, resolvers):
    ns = c.namespace("asking")
    web = service(c, ns, "web")["spec"]["clusterIP"]
    # ping asks by the resolver of libc, as programs do; busybox's nslookup has a mind of its own about search paths.
    script = "cat /etc/resolv.conf; for n in $NAMES; do echo \"$n $(ping -4 -c 1 -W 1 $n 2> /dev/null | sed -n '1s/.*(\\([0-9.]*\\)).*/\\1/p')\"; done"

    def told(name, names, **spec):
        out = in_pod(c, ns, name, f"NAMES='{names}'; {script}", **spec).splitlines()
        said = {x.split()[0]: x.split()[1:] for x in out if x and x.split()[0] in names.split()}
        return [x for x in out if x.split()[0] in ("nameserver", "search", "options")], said

    file, said = told("first", "web www.world.example app")
    assert file == ["search asking.svc.cluster.local svc.cluster.local cluster.local corp.example", f"nameserver {dns}", "options ndots:5"], file
    # By the service's short name, by a whole name tried after the search paths, and by a search path of the node's.
    assert said == {"web": [web], "www.world.example": ["192.0.2.2"], "app": ["192.0.2.77"]}, said
    asked = resolvers.asked(resolvers.first, "www.world.example.corp.example")
    assert asked, "ndots:5 tries the search paths first"

    file, said = told("default", "www.world.example app web", dnsPolicy="Default")
    assert file == ["search corp.example", f"nameserver {resolvers.first}", f"nameserver {resolvers.second}", "options ndots:1"], file
    assert said == {"www.world.example": ["192.0.2.2"], "app": ["192.0.2.77"], "web": []}, said
    assert resolvers.asked(resolvers.first, "www.world.example.corp.example") == asked, "ndots:1 tries the whole name first"

    own = {"nameservers": [resolvers.second], "searches": ["extra.example"], "options": [{"name": "ndots", "value": "2"}, {"name": "edns0"}]}
    file, said = told("none", "db www.world.example", dnsPolicy="None", dnsConfig=own)
    assert file == ["search extra.example", f"nameserver {resolvers.second}", "options ndots:2 edns0"], file
    assert said == {"db": ["192.0.2.88"], "www.world.example": ["192.0.2.3"]}, said

    file, said = told("both", "db web", dnsConfig={"searches": ["extra.example"], "options": [{"name": "ndots", "value": "3"}]})
    assert file[0].endswith("corp.example extra.example") and file[1:] == [f"nameserver {dns}", "options ndots:3"], file
    assert said == {"db": ["192.0.2.88"], "web": [web]}, said

    file, _ = told("host", "", hostNetwork=True)
    assert file[1] == f"nameserver {resolvers.first}", file
    file, said = told("hostfirst", "web", hostNetwork=True, dnsPolicy="ClusterFirstWithHostNet")
    assert file[1] == f"nameserver {dns}" and said == {"web": [web]}, (file, said)


def servers_that_are_down(c, dns, resolvers):
    """One that refuses to know, one that is gone, one that is silent; both; and back again."""
    assert dig(dns, "+short", "only.second.test").strip() == "192.0.2.99", "the first one refuses, the second one knows"
    resolvers.stop(resolvers.first)
    assert dig(dns, "+short", "gone1.world.example", "A") == "" and dig(dns, "+short", "db.extra.example").strip() == "192.0.2.88"
    resolvers.start(resolvers.first)
    c.wait(lambda: dig(resolvers.first, "+short", "www.world.example").strip() or None, "the first one again")
    resolvers.signal(resolvers.first, signal.SIGSTOP)
    assert "status: NXDOMAIN" in (out := dig(dns, "silent0.world.example")), out
    # It is known to be silent now: the next questions go past it, so that nobody waits for it each time.
    before = resolvers.asked(resolvers.second, "silent1.world.example")
    for i in range(1, 6):
        out = subprocess.run(["dig", f"@{dns}", "+time=1", "+tries=1", f"silent{i}.world.example"], capture_output=True, text=True).stdout
        assert "status: NXDOMAIN" in out, out
    assert before == 0 and resolvers.asked(resolvers.second, "silent1.world.example") == 1
    resolvers.signal(resolvers.first, signal.SIGCONT)
    resolvers.stop(resolvers.first)
    resolvers.stop(resolvers.second)
    assert "status: SERVFAIL" in (out := dig(dns, "nobody.world.example")), out
    assert "status: NOERROR" in dig(dns, "kubernetes.default.svc.cluster.local"), "the cluster's own names need nobody"
    # What the node's file says may change while the agent runs.
    resolvers.file.write_text(f"nameserver {resolvers.second}\n")
    resolvers.start(resolvers.second)
    c.wait(lambda: dig(dns, "+short", "www.world.example").strip() == "192.0.2.3", "the new file's server")
