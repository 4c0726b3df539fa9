"""A day's ordinary work with kubectl, each command asserted against real containers."""
import json
import re
import socket
import subprocess
import time
import urllib.request

from cluster import CORACLE, free_port
from kubectl import IMAGE, config_map, deployment, pod, web

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def has(text, *wanted):
    for w in wanted:
        assert w in text, f"{w!r} is not in:\n{text}"
    return text


def fetch(url, seconds=20):
    """What a port-forward or a proxy answers, as soon as it does."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as reply:
                return reply.read().decode()
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


# ── discovery ──

@test
def kubectl_version_and_health(k):
    version = k.json("version")["serverVersion"]
    assert (version["major"], version["minor"]) == ("1", "37"), version
    has(k("cluster-info"), "is running at")
    has(k("get", "--raw", "/readyz?verbose"), "[+]", "readyz check passed")


@test
def kubectl_api_resources(k):
    out = k("api-resources", "-o", "wide")
    assert re.search(r"^pods +po +v1 +true +Pod +create,delete,deletecollection,get,list,patch,update,watch +all$", out, re.M), out
    has(out, "deployments", "apps/v1", "nodes")
    has(k("api-versions"), "apps/v1", "batch/v1", "rbac.authorization.k8s.io/v1")
    names = k("api-resources", "--namespaced=false", "-o", "name").split()
    assert "nodes" in names and "pods" not in names, names


@test
def kubectl_component_statuses(k):
    out = k("get", "componentstatuses").splitlines()
    assert "ComponentStatus is deprecated" in "".join(out), out
    rows = dict(line.split()[:2] for line in out if "Healthy" in line)
    assert rows == {"scheduler": "Healthy", "controller-manager": "Healthy", "etcd-0": "Healthy"}, out


@test
def kubectl_explain(k):
    has(k("explain", "pod.spec.containers.image"), "KIND:", "Pod", "FIELD: image <string>", "What to run: registry, name, and tag or digest.")
    has(k("explain", "deployment.spec"), "How many pods, of what kind, and how they are replaced.", "How many pods are wanted. Default: 1.")
    has(k("explain", "deployments", "--recursive"), "GROUP:", "apps", "maxSurge", "<IntOrString>")
    has(k("explain", "service.spec", "--api-version=v1"), "clusterIP", "externalTrafficPolicy")


# ── objects ──

@test
def kubectl_service_addresses(k):
    k.namespace("k-addresses")
    assert k("get", "servicecidr", "kubernetes", "-o", "jsonpath={.status.conditions[0].type}={.status.conditions[0].status}") == "Ready=True"
    k("create", "service", "clusterip", "one", "--tcp=80")
    ip = k("get", "service", "one", "-o", "jsonpath={.spec.clusterIP}")
    k("wait", "--for=create", f"ipaddress/{ip}", "--timeout=10s")
    ref = k("get", "ipaddress", ip, "-o", "jsonpath={.spec.parentRef.namespace}/{.spec.parentRef.name}")
    assert ref == "k-addresses/one", ref
    base = f"10.{k.cluster.net_number}.254"
    more = {"apiVersion": "networking.k8s.io/v1", "kind": "ServiceCIDR", "metadata": {"name": "k-more"}, "spec": {"cidrs": [f"{base}.0/24"]}}
    two = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "two"}, "spec": {"clusterIP": f"{base}.10", "ports": [{"port": 80}]}}
    own = {"apiVersion": "networking.k8s.io/v1", "kind": "IPAddress", "metadata": {"name": f"{base}.11"},
           "spec": {"parentRef": {"group": "example.com", "resource": "things", "name": "x"}}}
    has(k("create", "-f", "-", stdin=json.dumps(two), code=1), "does not match the current range")
    k.apply(more, own)
    k("wait", "--for=condition=Ready", "servicecidr/k-more", "--timeout=10s")
    k.apply(two)
    two["metadata"]["name"], two["spec"]["clusterIP"] = "three", f"{base}.11"
    has(k("create", "-f", "-", stdin=json.dumps(two), code=1), "already allocated")
    k("delete", "servicecidr", "k-more", "--wait=false")
    k("wait", "--for=condition=Ready=false", "servicecidr/k-more", "--timeout=10s")
    k("delete", "service", "two", "one")
    k("wait", "--for=delete", "servicecidr/k-more", f"ipaddress/{base}.10", f"ipaddress/{ip}", "--timeout=10s")
    k("delete", "ipaddress", f"{base}.11")


@test
def kubectl_applies_lists(k):
    """A List is of no kind that OpenAPI v3 tells of: kubectl then asks for v2, in protobuf."""
    k.namespace("k-list")
    both = {"apiVersion": "v1", "kind": "List", "items": [config_map("one", key="a"), config_map("two", key="b")]}
    has(k.apply(both), "configmap/one created", "configmap/two created")
    has(k.apply(both), "configmap/one unchanged", "configmap/two unchanged")
    maps = {"apiVersion": "v1", "kind": "ConfigMapList", "items": [config_map("three", key="a")]}
    has(k.apply(maps), "configmap/three created")
    wrong = {**config_map("four"), "date": {}}
    has(k("apply", "-f", "-", stdin=json.dumps({**both, "items": [wrong]}), code=1), 'unknown field "date"')


@test
def kubectl_apply_and_get(k):
    k.namespace("k-apply")
    p = pod("one", "sleep", "1000", labels={"app": "one"})
    has(k.apply(p, config_map("cm", key="a")), "pod/one created", "configmap/cm created")
    has(k.apply(config_map("cm", key="a")), "configmap/cm unchanged")
    has(k.apply(config_map("cm", key="b")), "configmap/cm configured")
    has(k("wait", "--for=condition=Ready", "pod/one", "--timeout=30s"), "condition met")
    wide = k("get", "pods", "-o", "wide").splitlines()
    assert wide[0].split() == "NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES".split(), wide
    assert wide[1].split()[:4] == ["one", "1/1", "Running", "0"] and "node-1" in wide[1], wide
    has(k("get", "pod", "one", "-o", "yaml"), "apiVersion: v1", "kind: Pod", "podIP: ", "nodeName: node-1")
    assert k("get", "pod", "one", "-o", "jsonpath={.spec.containers[0].image} {.status.phase}") == f"{IMAGE} Running"
    assert k("get", "pods", "-o", "custom-columns=N:.metadata.name,P:.status.phase").split() == ["N", "P", "one", "Running"]
    assert k("get", "pods", "-l", "app=one", "-o", "name") == "pod/one\n"
    has(k("get", "pods", "-l", "app!=one"), "No resources found in k-apply namespace.")
    assert k("get", "pods", "--field-selector=status.phase=Running", "-o", "name") == "pod/one\n"
    has(k("get", "pods", "--show-labels"), "app=one")
    has(k("get", "pods", "-A"), "NAMESPACE", "k-apply")
    has(k("get", "all"), "pod/one")
    has(k("get", "nodes", "-o", "wide"), "node-1", "Ready", "INTERNAL-IP", "CONTAINER-RUNTIME")
    has(k("get", "pod", "none", code=1), 'Error from server (NotFound): pods "none" not found')


@test
def kubectl_apply_on_the_server(k):
    k.namespace("k-ssa")
    has(k.apply(config_map("cm", key="a", other="x"), words=("--server-side", "--field-manager=first")), "configmap/cm serverside-applied")
    clash = ("apply", "--server-side", "--field-manager=second", "-f", "-")
    has(k(*clash, stdin=json.dumps(config_map("cm", key="b")), code=1), "Apply failed with 1 conflict", 'conflict with "first"', ".data.key")
    k(*clash, "--force-conflicts", stdin=json.dumps(config_map("cm", key="b")))
    k.apply(config_map("cm"), words=("--server-side", "--field-manager=first"))
    assert k.json("get", "cm", "cm")["data"] == {"key": "b"}, "what nobody owns any more goes"
    has(k.apply(config_map("cm", key="c"), words=("--server-side", "--field-manager=second", "--dry-run=server")), "(server dry run)")
    assert k.json("get", "cm", "cm")["data"] == {"key": "b"}
    managers = {m["manager"] for m in k.json("get", "cm", "cm", "--show-managed-fields")["metadata"]["managedFields"]}
    assert "second" in managers, managers


@test
def kubectl_get_watches(k):
    k.namespace("k-watch")
    with k.background("get", "pods", "-w", "--output-watch-events") as out:
        k.apply(pod("w", "sleep", "1000"))
        out.until("ADDED", "Running")
        k("delete", "pod", "w")
        out.until("DELETED")


@test
def kubectl_describe(k):
    k.namespace("k-describe")
    k.apply(deployment("d", 1, "sleep", "1000"))
    k("rollout", "status", "deploy/d", "--timeout=60s")
    has(k("describe", "pods"), "Name:", "Controlled By:  ReplicaSet/d-", "Events:", "Scheduled", "Started", "QoS Class:")
    has(k("describe", "deploy", "d"), "RollingUpdateStrategy:  25% max unavailable, 25% max surge", "ScalingReplicaSet", "NewReplicaSet:")
    has(k("describe", "node", "node-1"), "Capacity:", "Allocatable:", "Non-terminated Pods:", "MemoryPressure", "Lease:")
    has(k("describe", "svc", "kubernetes", "-n", "default"), "Endpoints:", "Session Affinity:")


@test
def kubectl_edit(k):
    k.namespace("k-edit")
    k.apply(config_map("cm", key="one"))
    has(k("edit", "cm", "cm", env={"KUBE_EDITOR": "sed -i s/one/two/"}), "configmap/cm edited")
    assert k.json("get", "cm", "cm")["data"] == {"key": "two"}
    has(k("edit", "cm", "cm", env={"KUBE_EDITOR": "true"}), "Edit cancelled, no changes made.")


@test
def kubectl_patches_of_four_kinds(k):
    k.namespace("k-patch")
    k.apply(deployment("d", 0, "sleep", "1000"))
    has(k("patch", "deploy", "d", "--type=json", "-p", '[{"op":"add","path":"/metadata/annotations/by","value":"json"}]'), "patched")
    has(k("patch", "deploy", "d", "--type=merge", "-p", '{"metadata":{"annotations":{"by":null,"merged":"yes"}}}'), "patched")
    side = {"spec": {"template": {"spec": {"containers": [{"name": "side", "image": IMAGE}]}}}}
    has(k("patch", "deploy", "d", "-p", json.dumps(side)), "patched")
    d = k.json("get", "deploy", "d")
    assert "by" not in d["metadata"]["annotations"] and d["metadata"]["annotations"]["merged"] == "yes"
    assert sorted(x["name"] for x in d["spec"]["template"]["spec"]["containers"]) == ["main", "side"]
    k.apply({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "d", "labels": {"applied": "yes"}}}, words=("--server-side",))
    assert k.json("get", "deploy", "d")["metadata"]["labels"] == {"applied": "yes"}
    has(k("patch", "deploy", "d", "-p", '{"spec":{"replicas":1}}'), "patched")
    # kubectl compares what it read with what the patch left: an object that no controller writes to meanwhile.
    k.apply(config_map("cm", key="a"))
    has(k("patch", "cm", "cm", "-p", '{"data":{"key":"b"}}'), "patched")
    has(k("patch", "cm", "cm", "-p", '{"data":{"key":"b"}}'), "patched (no change)")
    has(k("patch", "deploy", "d", "--subresource=scale", "--type=merge", "-p", '{"spec":{"replicas":0}}'), "patched")
    has(k("patch", "deploy", "d", "--type=json", "-p", '[{"op":"test","path":"/spec/replicas","value":9}]', code=1), "the server rejected our request")


@test
def kubectl_diff(k):
    k.namespace("k-diff")
    k.apply(config_map("cm", key="a"))
    assert k("diff", "-f", "-", stdin=json.dumps(config_map("cm", key="a"))) == ""
    has(k("diff", "-f", "-", stdin=json.dumps(config_map("cm", key="b")), code=1), "-  key: a", "+  key: b")
    assert k.json("get", "cm", "cm")["data"] == {"key": "a"}


@test
def kubectl_create_and_replace(k):
    k.namespace("k-create")
    k("create", "configmap", "cm", "--from-literal=a=1", "--from-literal=b=2")
    k("create", "secret", "generic", "s", "--from-literal=p=q")
    assert k.json("get", "secret", "s")["data"] == {"p": "cQ=="}
    k("create", "serviceaccount", "sa")
    k("create", "quota", "q", "--hard=pods=5")
    k("create", "job", "j", f"--image={IMAGE}", "--", "true")
    k("wait", "--for=condition=Complete", "job/j", "--timeout=60s")
    k("replace", "-f", "-", stdin=json.dumps(config_map("cm", c="3")))
    assert k.json("get", "cm", "cm")["data"] == {"c": "3"}
    has(k("create", "configmap", "cm", code=1), 'configmaps "cm" already exists')


@test
def kubectl_shows_refusals(k):
    k.namespace("k-bad")
    p = pod("p", "true")
    p["spec"]["containers"][0]["imagee"] = "x"
    has(k("create", "-f", "-", stdin=json.dumps(p), code=1), "strict decoding error", 'unknown field "spec.containers[0].imagee"')
    has(k("create", "--validate=warn", "-f", "-", stdin=json.dumps(p)), "Warning: unknown field", "pod/p created")
    bad = pod("Bad_Name", "true")
    bad["spec"]["restartPolicy"] = "Sometimes"
    has(k("create", "-f", "-", stdin=json.dumps(bad), code=1), 'The Pod "Bad_Name" is invalid', "metadata.name", "spec.restartPolicy: Unsupported value")


@test
def kubectl_labels_and_annotates(k):
    k.namespace("k-label")
    k.apply(config_map("cm"))
    has(k("label", "cm", "cm", "tier=gold"), "configmap/cm labeled")
    has(k("label", "cm", "cm", "tier=silver", code=1), "--overwrite is false")
    k("label", "cm", "cm", "tier=silver", "--overwrite")
    assert k("get", "cm", "-l", "tier in (silver,tin)", "-o", "name") == "configmap/cm\n"
    has(k("label", "cm", "cm", "tier-"), "configmap/cm unlabeled")
    k("annotate", "cm", "cm", "why=because")
    assert k.json("get", "cm", "cm")["metadata"]["annotations"]["why"] == "because"


@test
def kubectl_delete(k):
    k.namespace("k-delete")
    k.apply(config_map("a"), config_map("b"), pod("p", "sleep", "1000", labels={"x": "y"}), deployment("d", 1, "sleep", "1000"))
    has(k("delete", "cm", "a", "b"), 'configmap "a" deleted', 'configmap "b" deleted')
    has(k("delete", "cm", "a", code=1), "NotFound")
    k("delete", "cm", "a", "--ignore-not-found")
    has(k("delete", "pods", "-l", "x=y", "--timeout=30s"), 'pod "p" deleted')
    k("rollout", "status", "deploy/d", "--timeout=60s")
    k("delete", "deploy", "d", "--cascade=orphan")
    assert len(k.json("get", "rs")["items"]) == 1 and not k.json("get", "rs")["items"][0]["metadata"].get("ownerReferences")
    k("delete", "rs", "--all", "--cascade=foreground", "--timeout=60s")
    k.cluster.wait(lambda: not k.json("get", "pods")["items"], "the pods' end")
    k.apply(pod("slow", "sh", "-c", "trap '' TERM; sleep 1000", terminationGracePeriodSeconds=600))
    k("wait", "--for=condition=Ready", "pod/slow", "--timeout=30s")
    k("delete", "pod", "slow", "--force", "--grace-period=0", "--timeout=30s")
    k("delete", "ns", "k-delete", "--timeout=60s")
    has(k("get", "ns", "k-delete", code=1), "NotFound")


# ── workloads ──

@test
def kubectl_scale(k):
    k.namespace("k-scale")
    k.apply(deployment("d", 1, "sleep", "1000"))
    has(k("scale", "deploy/d", "--replicas=3", "--current-replicas=1"), "deployment.apps/d scaled")
    k("rollout", "status", "deploy/d", "--timeout=60s")
    assert len(k.json("get", "pods", "-l", "app=d")["items"]) == 3
    has(k("scale", "deploy/d", "--replicas=2", "--current-replicas=1", code=1), "Expected replicas to be 1, was 3")
    k("scale", "deploy/d", "--replicas=0")
    k("wait", "--for=delete", "pods", "-l", "app=d", "--timeout=60s")


@test
def kubectl_rollout(k):
    k.namespace("k-rollout")
    k.apply(deployment("d", 2, "sleep", "1000", container={"env": [{"name": "V", "value": "1"}]}))
    has(k("rollout", "status", "deploy/d", "--timeout=60s"), 'deployment "d" successfully rolled out')
    k("set", "env", "deploy/d", "V=2")
    has(k("rollout", "status", "deploy/d", "--timeout=60s"), "successfully rolled out")
    history = k("rollout", "history", "deploy/d").split()
    assert "1" in history and "2" in history, history
    has(k("rollout", "history", "deploy/d", "--revision=1"), "V:\t1")
    has(k("rollout", "undo", "deploy/d"), "rolled back")
    k("rollout", "status", "deploy/d", "--timeout=60s")
    d = k.json("get", "deploy", "d")
    assert d["spec"]["template"]["spec"]["containers"][0]["env"][0]["value"] == "1"
    assert d["metadata"]["annotations"]["deployment.kubernetes.io/revision"] == "3", d["metadata"]["annotations"]
    k("rollout", "pause", "deploy/d")
    k("set", "env", "deploy/d", "V=4")
    time.sleep(0.5)
    assert len(k.json("get", "rs")["items"]) == 2, "a paused rollout makes no ReplicaSet"
    k("rollout", "resume", "deploy/d")
    k("rollout", "restart", "deploy/d")
    k("rollout", "status", "deploy/d", "--timeout=60s")
    k("delete", "deploy", "d")


@test
def kubectl_expose_and_endpoints(k):
    k.namespace("k-expose")
    k.apply(deployment("w", 2, *web("hi")))
    has(k("expose", "deploy", "w", "--port=80", "--target-port=8080"), "service/w exposed")
    k("rollout", "status", "deploy/w", "--timeout=60s")
    has(k("get", "svc", "w", "-o", "wide"), "ClusterIP", "80/TCP", "app=w")
    slices = ("get", "endpointslices", "-l", "kubernetes.io/service-name=w")
    k.cluster.wait(lambda: sum(len(x["endpoints"] or []) for x in k.json(*slices)["items"]) == 2, "two endpoints")
    has(k("describe", "svc", "w"), "Endpoints:", ":8080")
    out = k("run", "ask", f"--image={IMAGE}", "--restart=Never", "--rm", "-i", "--", "wget", "-q", "-O", "-", "http://w")
    has(out, "hi")


@test
def kubectl_run_attaches(k):
    k.namespace("k-run")
    out = k("run", "cat", f"--image={IMAGE}", "--restart=Never", "--rm", "-i", "--", "sh", "-c", "read x; echo got $x", stdin="words\n")
    has(out, "got words", 'pod "cat" deleted')
    has(k("run", "fails", f"--image={IMAGE}", "--restart=Never", "--rm", "-i", "--", "sh", "-c", "read x; exit 3", stdin="x\n", code=3), "terminated (Error)")
    has(k("run", "sleeper", f"--image={IMAGE}", "--labels=a=b", "--", "sleep", "1000"), "pod/sleeper created")
    k("wait", "--for=jsonpath={.status.phase}=Running", "pod/sleeper", "--timeout=30s")


@test
def kubectl_wait(k):
    k.namespace("k-wait")
    k.apply(pod("p", "sleep", "1000"))
    has(k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s"), "pod/p condition met")
    has(k("wait", "--for=condition=Ready=False", "pod/p", "--timeout=1s", code=1), "timed out waiting for the condition")
    with k.background("wait", "--for=delete", "pod/p", "--timeout=30s") as out:
        k("delete", "pod", "p", "--wait=false")
        assert out.ended() == 0, out.text


# ── into containers ──

@test
def kubectl_logs(k):
    k.namespace("k-logs")
    k.apply(pod("slow", "sh", "-c", "for i in 1 2 3 4; do echo line $i; sleep 0.5; done", restartPolicy="Never"),
            pod("again", "sh", "-c", "echo run; sleep 1; exit 1"))
    k.cluster.wait_phase("/api/v1/namespaces/k-logs", "slow", "Running")
    with k.background("logs", "-f", "slow") as out:
        out.until("line 1", "line 4")
        assert out.ended() == 0
        assert out.text.splitlines() == [f"line {i}" for i in (1, 2, 3, 4)], out.text
    assert k("logs", "slow", "--tail=1") == "line 4\n"
    assert re.match(r"\d{4}-\d\d-\d\dT\S+Z line 1\n", k("logs", "slow", "--timestamps")), k("logs", "slow", "--timestamps")
    assert k("logs", "slow", "--limit-bytes=6") == "line 1"
    assert len(k("logs", "slow", "--since=1h", "-c", "main", "--prefix").splitlines()) == 4
    k.cluster.wait(lambda: k.json("get", "pod", "again")["status"]["containerStatuses"][0]["restartCount"] >= 1, "a restart")
    assert k("logs", "again", "--previous") == "run\n"
    has(k("logs", "slow", "-c", "none", code=1), "container none is not valid for pod slow")


@test
def kubectl_exec(k):
    k.namespace("k-exec")
    k.apply(pod("p", "sleep", "1000"))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    assert k("exec", "p", "--", "echo", "said") == "said\n"
    assert k("exec", "-i", "p", "--", "cat", stdin="x" * 100000) == "x" * 100000
    has(k("exec", "p", "--", "sh", "-c", "echo e >&2; exit 7", code=7), "e\n", "exit code 7")
    assert k("exec", "p", "--", "hostname") == "p\n"
    with k.terminal("exec", "-it", "p", "--", "sh") as t:
        t.until("#")
        t.type("stty size; tty\n")
        t.until("30 100", "/dev/pts/")
        t.type("exit 5\n")
        assert t.ended() == 5, t.text


@test
def kubectl_attach(k):
    k.namespace("k-attach")
    p = pod("p", "sh", "-c", "while read x; do echo heard $x; done")
    p["spec"]["containers"][0].update(stdin=True, tty=True)
    k.apply(p)
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    with k.terminal("attach", "-it", "p") as t:
        t.type("me\n")
        t.until("heard me")


@test
def kubectl_cp(k):
    k.namespace("k-cp")
    k.apply(pod("p", "sleep", "1000"))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    folder = k.folder / "cp"
    (folder / "deep").mkdir(parents=True)
    data = bytes(range(256)) * 4096
    (folder / "deep" / "data").write_bytes(data)
    (folder / "note").write_text("a note\n")
    k("cp", folder, "p:/tmp/there")
    assert k("exec", "p", "--", "cat", "/tmp/there/note") == "a note\n"
    k("cp", "p:/tmp/there", k.folder / "back")
    assert (k.folder / "back" / "deep" / "data").read_bytes() == data
    k("cp", "p:/tmp/there/note", k.folder / "note-back")
    assert (k.folder / "note-back").read_text() == "a note\n"


@test
def kubectl_port_forward(k):
    k.namespace("k-forward")
    k.apply(pod("p", *web("from-the-pod"), labels={"app": "p"}))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    port = free_port()
    with k.background("port-forward", "pod/p", f"{port}:8080") as out:
        out.until("Forwarding from")
        for _ in range(3):
            assert fetch(f"http://127.0.0.1:{port}/") == "from-the-pod\n"
    k("expose", "pod", "p", "--port=80", "--target-port=8080")
    port = free_port()
    with k.background("port-forward", "svc/p", f"{port}:80") as out:
        out.until("Forwarding from")
        assert fetch(f"http://127.0.0.1:{port}/") == "from-the-pod\n"


@test
def kubectl_port_forward_waits_for_a_slow_reader(k):
    """Far more than all windows hold, to somebody who looks away first: all of it comes in the end."""
    k.namespace("k-forward-slow")
    k.apply(pod("p", "sh", "-c", "nc -ll -p 9000 -e sh -c 'yes 0123456789abcde | head -c 32000000'"))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    port = free_port()
    with k.background("port-forward", "pod/p", f"{port}:9000") as out:
        out.until("Forwarding from")
        with socket.create_connection(("127.0.0.1", port), 30) as s:
            time.sleep(2)
            got, odd = 0, False
            while got < 32000000 and (part := s.recv(1 << 20)):
                odd = odd or part[-1:] != b"0123456789abcde\n"[(got + len(part) - 1) % 16:][:1]
                got += len(part)
    assert got == 32000000 and not odd, got


@test
def kubectl_proxy(k):
    port = free_port()
    with k.background("proxy", f"--port={port}") as out:
        out.until("Starting to serve")
        assert json.loads(fetch(f"http://127.0.0.1:{port}/api/v1/namespaces/default"))["metadata"]["name"] == "default"


# ── access and nodes ──

@test
def kubectl_auth(k):
    k.namespace("k-auth")
    k("create", "serviceaccount", "reader")
    k("create", "role", "read-pods", "--verb=get,list", "--resource=pods")
    k("create", "rolebinding", "read-pods", "--role=read-pods", "--serviceaccount=k-auth:reader")
    who = "--as=system:serviceaccount:k-auth:reader"
    has(k("auth", "can-i", "delete", "nodes"), "yes\n")
    assert k("auth", "can-i", "list", "pods", who) == "yes\n"
    assert k("auth", "can-i", "delete", "pods", who, code=1) == "no\n"
    has(k("auth", "can-i", "--list", who), "pods", "[get list]")
    has(k("auth", "whoami"), "Username", "system:masters")
    token = k("create", "token", "reader", "--duration=1h").strip()
    bearer = [f"--server=https://127.0.0.1:{k.cluster.port}", f"--certificate-authority={k.cluster.data}/pki/ca.crt", f"--token={token}",
              "--kubeconfig=/dev/null"]
    has(k(*bearer, "auth", "whoami"), "system:serviceaccount:k-auth:reader")
    has(k(*bearer, "get", "secrets", code=1), "Forbidden", 'cannot list resource "secrets"')
    has(k(*bearer, "get", "pods"), "No resources found")


@test
def kubectl_cordon_and_drain(k):
    k.namespace("k-drain")
    k.apply(deployment("d", 1, "sleep", "1000"))
    k("rollout", "status", "deploy/d", "--timeout=60s")
    try:
        has(k("cordon", "node-1"), "node/node-1 cordoned")
        has(k("get", "nodes"), "Ready,SchedulingDisabled")
        has(k("drain", "node-1", "--pod-selector=app=d", "--timeout=60s"), "evicting pod k-drain/d-", "node/node-1 drained")
        k.cluster.wait(lambda: k("get", "pods", "--field-selector=status.phase=Pending", "-o", "name"), "a pod that waits for a node")
        k.cluster.wait(lambda: "FailedScheduling" in k("get", "events"), "an event that says so")
    finally:
        has(k("uncordon", "node-1"), "node/node-1 uncordoned")
    k("rollout", "status", "deploy/d", "--timeout=60s")


@test
def kubectl_taint(k):
    k.namespace("k-taint")
    try:
        has(k("taint", "node", "node-1", "for=nobody:NoSchedule"), "node/node-1 tainted")
        k.apply(pod("p", "sleep", "1000"),
                pod("tolerant", "sleep", "1000", tolerations=[{"key": "for", "operator": "Exists"}]))
        k("wait", "--for=condition=Ready", "pod/tolerant", "--timeout=30s")
        k("wait", "--for=condition=PodScheduled=False", "pod/p", "--timeout=30s")
        has(k("describe", "pod", "p"), "untolerated taint")
    finally:
        has(k("taint", "node", "node-1", "for=nobody:NoSchedule-"), "node/node-1 untainted")
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")


def explained(k, *words, code=0):
    line = [str(CORACLE), "explain", *words, *k.cluster.flags]
    done = subprocess.run(line, capture_output=True, text=True, timeout=60, env=k.env)
    assert done.returncode == code, (line, done.returncode, done.stdout, done.stderr)
    return done.stdout + done.stderr


@test
def kubectl_explain_says_why_a_pod_waits(k):
    k.namespace("k-explain")
    big = pod("big", "sleep", "1000")
    big["spec"]["containers"][0]["resources"] = {"requests": {"cpu": "4000", "memory": "900Ti"}}
    k.apply(pod("p", "sleep", "1000"), big, pod("far", "sleep", "1000", nodeSelector={"disk": "none"}))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    k("wait", "--for=condition=PodScheduled=False", "pod/big", "pod/far", "--timeout=30s")
    words = k.json("get", "pod", "big")["status"]["conditions"][0]["message"]
    has(words, "0/1 nodes are available: 1 Insufficient cpu, 1 Insufficient memory.")
    has(explained(k, "pod", "big", "-n", "k-explain"), "State:      Unschedulable", words, "NodeResourcesFit         Insufficient cpu, Insufficient memory",
        "0 of 1 nodes fit")
    has(explained(k, "pod/far", "-n", "k-explain"), "NodeAffinity", "node(s) didn't match Pod's node affinity/selector")
    has(explained(k, "pod", "p", "--namespace", "k-explain"), "State:      Placed", "Placed on node-1", "1 of 1 nodes fit", "node-1            *", "NodeResourcesFit")
    record = json.loads(explained(k, "pod", "p", "-n", "k-explain", "-o", "json"))
    best = record["nodes"][0]
    assert record["last"]["nodeName"] == best["name"] == "node-1" and sum(best["scores"].values()) == best["score"], record
    assert record == {**record, **json.loads(k("get", "--raw", "/apis/coracle.dev/v1alpha1/namespaces/k-explain/pods/p/decision"))}
    has(explained(k, "pod", "nobody", "-n", "k-explain", code=1), 'pods "nobody" not found')
    has(explained(k, "node", "node-1", code=2), "usage:")
    raw = "/apis/coracle.dev/v1alpha1/namespaces/k-explain/pods/p/decision"
    has(k("get", "--raw", raw, "--as", "nobody", code=1), 'cannot get resource "pods"')
    k("create", "rolebinding", "b", "--clusterrole=view", "--user=nobody")
    has(k("get", "--raw", raw, "--as", "nobody"), '"Placed"')


@test
def kubectl_deadlines_are_admitted(k):
    """Two tasks of half a core and a bit never share a core; when every core has one, the next pod waits and says why."""
    k.namespace("k-deadline")
    cores = int(k.json("get", "node", "node-1")["status"]["allocatable"]["cpu"])
    note = {"annotations": {"deadline.coracle.dev/main": "runtime=6ms,period=10ms"}}
    for i in range(cores + 1):
        p = pod(f"p{i}", "sleep", "1000")
        p["metadata"].update(note)
        k.apply(p)
        if i < cores:
            k("wait", "--for=condition=Ready", f"pod/p{i}", "--timeout=30s")
    got = {k.json("get", "pod", f"p{i}")["metadata"]["annotations"]["coracle.dev/deadline-cores"] for i in range(cores)}
    assert got == {f"main={i}" for i in range(cores)}, got
    k("wait", "--for=condition=PodScheduled=False", f"pod/p{cores}", "--timeout=30s")
    has(k("describe", "pod", f"p{cores}"), "0/1 nodes are available: 1 Insufficient deadline bandwidth.")
    has(explained(k, "pod", f"p{cores}", "-n", "k-deadline"), "DeadlineBandwidth", "Insufficient deadline bandwidth")
    k("delete", "pod", "p0", "--now")
    k("wait", "--for=condition=Ready", f"pod/p{cores}", "--timeout=30s")


@test
def kubectl_events(k):
    k.namespace("k-events")
    k.apply(pod("p", "true", restartPolicy="Never"))
    k.cluster.wait_phase("/api/v1/namespaces/k-events", "p", "Succeeded")
    has(k("events", "--for=pod/p"), "Scheduled", "Created", "Started")
    has(k("get", "events", "--field-selector=involvedObject.name=p"), "LAST SEEN", "pod/p")


@test
def kubectl_top_says_what_is_missing(k):
    has(k("top", "nodes", code=1), "Metrics API not available")
    has(k("top", "pods", code=1), "Metrics API not available")
