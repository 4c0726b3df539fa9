"""End-to-end tests of what a pod's own words ask of its node — probes, rights, volumes, ends: run by tests/e2e/run."""
import concurrent.futures
import contextlib
import http.client
import json
import pathlib
import socket
import struct
import threading
import time
import urllib.parse

from cluster import Cluster, Refused, with_image

TESTS = []
IMAGE = "example.local/busybox:1"


def test(f):
    TESTS.append(f)
    return f


def condition(thing, kind):
    return next((x for x in thing.get("status", {}).get("conditions", []) if x["type"] == kind), {})


def container(pod, name="main"):
    return next((x for x in pod.get("status", {}).get("containerStatuses", []) if x["name"] == name), {})


def told(c, ns, name, **query):
    """The log so far, "" while there is none."""
    try:
        return c.logs(ns, name, **query)
    except (Refused, OSError):
        return ""


def ready(c, ns, name):
    return condition(c.get(f"{ns}/pods/{name}"), "Ready").get("status") == "True"


def mount(path, name="v", **more):
    return {"volumeMounts": [{"name": name, "mountPath": path, **more}]}


# ── probes ──


@contextlib.contextmanager
def health_server(statuses):
    """A gRPC health service (grpc.health.v1) on a port of this machine: service name → status; as little HTTP/2 as that takes."""
    listener = socket.create_server(("0.0.0.0", 0))
    frame = lambda kind, flags, stream, body=b"": struct.pack(">I", len(body))[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + body
    literal = lambda name, value: b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value

    def exactly(s, n):
        out = b""
        while len(out) < n:
            piece = s.recv(n - len(out))
            if not piece:
                raise OSError("gone")
            out += piece
        return out

    def serve(s):
        with contextlib.suppress(OSError), s:
            s.settimeout(20)
            exactly(s, 24)  # the client's preface
            s.sendall(frame(4, 0, 0))
            while True:
                head = exactly(s, 9)
                body, kind, stream = exactly(s, int.from_bytes(head[:3], "big")), head[3], int.from_bytes(head[5:], "big")
                if kind == 4 and not head[4] & 1:
                    s.sendall(frame(4, 1, 0))
                elif kind == 6 and not head[4] & 1:
                    s.sendall(frame(6, 1, 0, body))
                elif kind == 0 and body:  # a message: flag, length, and field 1 of it is the service
                    name = body[7:7 + body[6]].decode() if len(body) > 6 else ""
                    known = statuses.get(name)
                    s.sendall(frame(1, 4, stream, b"\x88" + literal(b"content-type", b"application/grpc")))
                    if known is not None:
                        s.sendall(frame(0, 0, stream, b"\0\0\0\0\2\x08" + bytes([known])))
                    s.sendall(frame(1, 5, stream, literal(b"grpc-status", b"0" if known is not None else b"5")))

    def accept():
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


@test
def probes_of_four_kinds(c):
    """exec, HTTP, TCP and gRPC make ready and unready; a startup probe holds the others back, and ends what never starts."""
    ns = c.namespace("probekinds")
    every = {"periodSeconds": 1, "failureThreshold": 1}
    web = "mkdir -p /www; echo well > /www/ok; httpd -p 8080 -h /www; until [ -e /tmp/stop ]; do sleep 0.1; done; rm /www/ok; sleep 600"
    c.pod(ns, "http", ["sh", "-c", web], container={"readinessProbe": {**every, "httpGet": {"port": 8080, "path": "/ok"}}})
    c.pod(ns, "tcp", ["sh", "-c", "mkdir -p /www; exec httpd -f -p 8081 -h /www"], container={"ports": [{"name": "own", "containerPort": 8081}],
                                                                      "readinessProbe": {**every, "tcpSocket": {"port": "own"}}})
    c.pod(ns, "shut", ["sleep", "600"], container={"readinessProbe": {**every, "tcpSocket": {"port": 8081}}})
    startup = {"startupProbe": {"periodSeconds": 1, "failureThreshold": 60, "exec": {"command": ["test", "-e", "/tmp/up"]}},
               "livenessProbe": {**every, "exec": {"command": ["test", "-e", "/tmp/up"]}}}
    c.pod(ns, "starts", ["sh", "-c", "sleep 3; touch /tmp/up; sleep 600"], container=startup)
    c.pod(ns, "never", ["sleep", "600"], container={"startupProbe": {**every, "exec": {"command": ["false"]}}})
    statuses = {"own": 1}
    with health_server(statuses) as port:
        # On the host's network the pod's address is the node's, where the health service answers.
        probe = lambda service: {"readinessProbe": {**every, "grpc": {"port": port, "service": service}}}
        c.pod(ns, "grpc", ["sleep", "600"], hostNetwork=True, container=probe("own"))
        c.pod(ns, "stranger", ["sleep", "600"], hostNetwork=True, container=probe("other"))
        c.wait(lambda: ready(c, ns, "grpc"), "the gRPC service's word")
        statuses["own"] = 2  # NOT_SERVING
        c.wait(lambda: not ready(c, ns, "grpc"), "its other word")
    for name in ("http", "tcp"):
        c.wait(lambda: ready(c, ns, name), name)
    assert not ready(c, ns, "stranger") and not ready(c, ns, "shut")
    c.wait(lambda: container(c.get(f"{ns}/pods/never")).get("restartCount", 0) > 0, "a restart of what never starts")
    one = c.wait(lambda: (lambda x: x if x.get("started") else None)(container(c.get(f"{ns}/pods/starts"))), "its start")
    assert one["restartCount"] == 0 and one["ready"], one  # the liveness probe, which would have failed, had to wait
    reasons = {(e["involvedObject"]["name"], e["reason"]) for e in c.get(f"{ns}/events")["items"]}
    assert ("never", "Unhealthy") in reasons and ("stranger", "Unhealthy") in reasons, reasons
    c.delete("/api/v1/namespaces/probekinds")


# ── rights ──


@test
def seccomp_filters_are_in_force(c):
    """A refused system call is refused: by the default filter, and by a profile of the node's own."""
    ns = c.namespace("seccomp")
    folder = c.data / "seccomp"
    folder.mkdir(exist_ok=True)
    (folder / "no-mkdir.json").write_text(json.dumps({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
        {"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]}))
    script = ("grep ^Seccomp: /proc/self/status | tr -s '\\t' ' '; unshare -U true 2>/dev/null && echo may-unshare; mkdir /tmp/x 2>/dev/null && echo may-mkdir; "
              "echo done")
    profiles = {"default": {"type": "RuntimeDefault"}, "local": {"type": "Localhost", "localhostProfile": "no-mkdir.json"}, "open": {"type": "Unconfined"}}
    for name, profile in profiles.items():
        c.pod(ns, name, ["sh", "-c", script], restartPolicy="Never", securityContext={"seccompProfile": profile})
    c.pod(ns, "inner", ["sh", "-c", script], restartPolicy="Never", securityContext={"seccompProfile": profiles["open"]},
          container={"securityContext": {"seccompProfile": profiles["default"]}})  # the container's word goes before the pod's
    c.pod(ns, "missing", ["true"], restartPolicy="Never", securityContext={"seccompProfile": {"type": "Localhost", "localhostProfile": "none.json"}})
    words = {name: c.wait_phase(ns, name, "Succeeded") and c.logs(ns, name).splitlines() for name in (*profiles, "inner")}
    assert words["default"] == words["inner"] == ["Seccomp: 2", "may-mkdir", "done"], words
    assert words["local"] == ["Seccomp: 2", "may-unshare", "done"], words
    assert words["open"] == ["Seccomp: 0", "may-unshare", "may-mkdir", "done"], words
    waiting = c.wait(lambda: container(c.get(f"{ns}/pods/missing")).get("state", {}).get("waiting", {}).get("message"), "word of the missing profile")
    assert "none.json" in waiting, waiting


@test
def groups_and_capabilities(c):
    ns = c.namespace("rights")
    say = ("id -u; id -g; id -G; stat -c '%g %a' /v; touch /v/mine && stat -c %g /v/mine; stat -c '%g %a' /s/..data/key; "
           "grep -e ^CapEff -e ^CapBnd -e ^NoNewPrivs /proc/self/status | tr -s '\\t' ' '; touch /x 2>/dev/null || echo read-only")
    volumes = [{"name": "v", "emptyDir": {}}, {"name": "s", "secret": {"secretName": "s", "defaultMode": 0o400}}]
    c.create(f"{ns}/secrets", {"metadata": {"name": "s"}, "stringData": {"key": "x"}})
    mounts = [{"name": "v", "mountPath": "/v"}, {"name": "s", "mountPath": "/s"}]
    c.pod(ns, "user", ["sh", "-c", say], restartPolicy="Never", volumes=volumes,
          securityContext={"runAsUser": 1000, "runAsGroup": 3000, "fsGroup": 2000, "supplementalGroups": [4000, 5000]},
          container={"volumeMounts": mounts, "securityContext": {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                                               "capabilities": {"drop": ["ALL"], "add": ["NET_BIND_SERVICE"]}}})
    c.pod(ns, "root", ["sh", "-c", say], restartPolicy="Never", volumes=volumes, container={
        "volumeMounts": mounts, "securityContext": {"capabilities": {"drop": ["CHOWN"], "add": ["NET_ADMIN"]}}})
    c.pod(ns, "nonroot", ["true"], restartPolicy="Never", securityContext={"runAsNonRoot": True})
    c.wait_phase(ns, "user", "Succeeded")
    uid, gid, groups, folder, made, key, nnp, *rest = c.logs(ns, "user").splitlines()
    assert (uid, gid) == ("1000", "3000") and set(groups.split()) == {"3000", "2000", "4000", "5000"}, (uid, gid, groups)
    assert folder == "2000 2777" and made == "2000" and key == "2000 440", (folder, made, key)
    bounding = next(x for x in rest if x.startswith("CapBnd"))
    assert nnp == "NoNewPrivs: 1" or "NoNewPrivs: 1" in rest, (nnp, rest)
    assert int(bounding.split()[1], 16) == 1 << 10 and "read-only" in rest, rest
    c.wait_phase(ns, "root", "Succeeded")
    lines = c.logs(ns, "root").splitlines()
    effective = int(next(x for x in lines if x.startswith("CapEff")).split()[1], 16)
    assert effective >> 12 & 1 and not effective & 1 and effective >> 10 & 1 and not effective >> 21 & 1, lines
    assert "NoNewPrivs: 0" in lines and "read-only" not in lines, lines
    waiting = c.wait(lambda: container(c.get(f"{ns}/pods/nonroot")).get("state", {}).get("waiting", {}).get("message"), "a refusal")
    assert "runAsNonRoot and image will run as root" in waiting, waiting


@test
def group_of_a_volume_is_changed_as_asked(c):
    """fsGroupChangePolicy: Always goes through all of a volume, OnRootMismatch only where its root is not as it should be."""
    ns = c.namespace("fsgroup")
    c.create(f"{ns}/persistentvolumeclaims", {"metadata": {"name": "d"}, "spec": {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": "1Mi"}}}})
    volumes = [{"name": "v", "persistentVolumeClaim": {"claimName": "d"}}]

    def run(name, script, **security):
        c.pod(ns, name, ["sh", "-c", script], restartPolicy="Never", volumes=volumes, securityContext=security, container=mount("/v"))
        c.wait_phase(ns, name, "Succeeded")
        return c.logs(ns, name).split()

    assert run("a", "touch /v/f; stat -c %g /v /v/f", fsGroup=2000) == ["2000", "2000"]
    assert run("b", "chgrp 77 /v/f; stat -c %g /v/f") == ["77"]
    assert run("c", "stat -c %g /v/f", fsGroup=2000, fsGroupChangePolicy="OnRootMismatch") == ["77"]
    assert run("d", "stat -c %g /v/f", fsGroup=2000, fsGroupChangePolicy="Always") == ["2000"]
    assert run("e", "stat -c %g /v/f", fsGroup=2001, fsGroupChangePolicy="OnRootMismatch") == ["2001"]


# ── volumes ──


@test
def parts_of_volumes(c):
    """subPath and subPathExpr, read-only and missing ones, images, and memory that has an end."""
    ns = c.namespace("parts")
    c.create(f"{ns}/configmaps", {"metadata": {"name": "cm"}, "data": {"one": "1", "two": "2"}})
    volumes = [{"name": "v", "emptyDir": {}}, {"name": "cm", "configMap": {"name": "cm", "items": [{"key": "one", "path": "deep/one", "mode": 0o440}]}},
               {"name": "m", "emptyDir": {"medium": "Memory", "sizeLimit": "4Mi"}}, {"name": "i", "image": {"reference": IMAGE}}]
    mounts = [{"name": "v", "mountPath": "/all"}, {"name": "v", "mountPath": "/part", "subPath": "a/b"},
              {"name": "v", "mountPath": "/own", "subPathExpr": "pods/$(NAME)"}, {"name": "v", "mountPath": "/ro", "subPath": "a", "readOnly": True},
              {"name": "cm", "mountPath": "/etc/file", "subPath": "deep/one"}, {"name": "m", "mountPath": "/m"},
              {"name": "i", "mountPath": "/i"}, {"name": "i", "mountPath": "/i-etc", "subPath": "etc"}]
    script = ("echo p > /part/x; echo o > /own/x; cat /all/a/b/x /all/pods/$NAME/x; touch /ro/y 2>/dev/null || echo ro; cat /etc/file; echo; stat -c %a /etc/file; "
              "dd if=/dev/zero of=/m/x bs=1M count=10 2>/dev/null || echo full; stat -c %s /m/x; stat -f -c %T /m; "
              "test -x /i/bin/busybox && echo image; touch /i/x 2>/dev/null || echo image-ro; grep -c ^root /i-etc/passwd")
    c.pod(ns, "p", ["sh", "-c", script], restartPolicy="Never", volumes=volumes, container={
        "volumeMounts": mounts, "env": [{"name": "NAME", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}]})
    c.pod(ns, "out", ["true"], restartPolicy="Never", volumes=volumes[:1], container={
        "env": [{"name": "UP", "value": "../.."}], **mount("/x", subPathExpr="$(UP)/etc")})
    c.wait_phase(ns, "p", "Succeeded")
    assert c.logs(ns, "p").split() == ["p", "o", "ro", "1", "440", "full", str(4 << 20), "tmpfs", "image", "image-ro", "1"], c.logs(ns, "p")
    c.wait(lambda: container(c.get(f"{ns}/pods/out")).get("state", {}).get("waiting", {}).get("reason") == "CreateContainerConfigError", "a refusal")


@test
def updates_are_seen_whole(c):
    """Two keys that change together are never seen apart, and what was mounted by subPath stays as it was."""
    ns = c.namespace("atomic")
    config = {"metadata": {"name": "cm"}, "data": {"a": "0", "b": "0", "gone": "x"}}
    c.create(f"{ns}/configmaps", config)
    script = ("cd /v; n=0; while [ $n -lt 5 ]; do d=$(readlink ..data); read a < $d/a; read b < $d/b; if [ -e $d/a ] && [ -n \"$b\" ] && [ $a != $b ]; then echo torn $a $b; fi; "
              "read n < a; done 2>/dev/null; echo $n; ls; cat /sub")
    c.pod(ns, "p", ["sh", "-c", script], restartPolicy="Never", volumes=[{"name": "v", "configMap": {"name": "cm"}}], container={
        "volumeMounts": [{"name": "v", "mountPath": "/v"}, {"name": "v", "mountPath": "/sub", "subPath": "a"}]})
    c.wait_phase(ns, "p", "Running")
    for i in range(1, 6):
        c.ask("PUT", f"{ns}/configmaps/cm", {"metadata": {"name": "cm"}, "data": {"a": f"{i}\n", "b": f"{i}\n", "new": "y"}})
        time.sleep(0.2)
    c.wait_phase(ns, "p", "Succeeded")
    assert c.logs(ns, "p").split() == ["5", "a", "b", "new", "0"], c.logs(ns, "p")


# ── exec ──


def run_in(c, path, *command):
    """What a command in a container says, and how it ended: the v5 protocol over a WebSocket of our own."""
    query = urllib.parse.urlencode([("command", x) for x in command] + [("stdout", "1"), ("stderr", "1")])
    s = c.context.wrap_socket(socket.create_connection((c.host, c.port), 60), server_hostname=c.host)
    s.sendall(f"GET {path}/exec?{query} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: v5.channel.k8s.io\r\n\r\n".encode())
    said, channels = s.makefile("rb"), {1: b"", 2: b"", 3: b""}
    with s, said:
        assert b" 101 " in said.readline()
        while said.readline() != b"\r\n":
            pass
        while True:
            first, length = said.read(2)
            length = int.from_bytes(said.read(2), "big") if length == 126 else int.from_bytes(said.read(8), "big") if length == 127 else length
            body = said.read(length)
            if first & 15 == 8:
                return channels[1], channels[2], json.loads(channels[3])["status"]
            if body:
                channels[body[0]] += body[1:]


@test
def exec_says_all(c):
    """Not a byte of what short programs say is lost, however busy everybody is."""
    ns = c.namespace("execs")
    c.pod(ns, "p", ["sleep", "600"])
    c.wait_phase(ns, "p", "Running")
    runs = [(("cat", "/var/run/secrets/kubernetes.io/serviceaccount/token"), lambda o, e, s: o.count(b".") == 2 and len(o) > 500 and s == "Success"),
            (("sh", "-c", "echo out; echo err >&2; exit 3"), lambda o, e, s: (o, e, s) == (b"out\n", b"err\n", "Failure")),
            (("head", "-c", "300000", "/dev/zero"), lambda o, e, s: len(o) == 300000 and s == "Success")]

    def once(i):
        command, good = runs[i % len(runs)]
        out, err, status = run_in(c, f"{ns}/pods/p", *command)
        assert good(out, err, status), (command, len(out), out[:80], err, status)

    with concurrent.futures.ThreadPoolExecutor(12) as pool:
        list(pool.map(once, range(90)))
    c.delete("/api/v1/namespaces/execs")


# ── logs ──


def lines_of(text):
    return [int(x.split()[1]) for x in text.splitlines() if x.startswith("line ")]


@test
def logs_rotate_under_their_readers(c):
    """A follower misses nothing while files are rotated under it; of these no more than asked for stay, the older ones packed."""
    ns = c.namespace("rotation")
    script = "n=0; while [ $n -lt 2400 ]; do n=$((n+1)); echo \"line $n ................................................................\"; [ $((n % 20)) = 0 ] && sleep 0.05; done; sleep 600"
    c.pod(ns, "p", ["sh", "-c", script])
    uid = c.wait_phase(ns, "p", "Running")["metadata"]["uid"]
    folder = c.data / "logs" / f"rotation_p_{uid}" / "main"
    followed = []

    def follow():
        h = http.client.HTTPSConnection(c.host, c.port, context=c.context, timeout=40)
        h.request("GET", f"{ns}/pods/p/log?follow=true")
        reply = h.getresponse()
        while not followed or b"line 2400 " not in followed[-1] + b"".join(followed[-2:-1]):
            piece = reply.read1(65536)
            if not piece:
                break
            followed.append(piece)
        h.close()

    thread = threading.Thread(target=follow)
    thread.start()
    thread.join(60)
    assert lines_of(b"".join(followed).decode()) == list(range(1, 2401)), [x for x, y in zip(lines_of(b"".join(followed).decode()), range(1, 2401)) if x != y][:5]
    files = c.wait(lambda: (lambda x: x if len(x) == 3 and sum(y.suffix == ".gz" for y in x) == 1 else None)(list(folder.iterdir())), "three files, one packed")
    assert all(x.stat().st_size < 200 << 10 for x in files), [(x.name, x.stat().st_size) for x in files]
    tail = lines_of(told(c, ns, "p"))
    assert not tail or tail == list(range(tail[0], 2401)), tail[:5]  # what the present file has
    settings = c.get("/api/v1/nodes/node-1/proxy/configz")["kubeletconfig"]
    assert settings["containerLogMaxSize"] == "64Ki" and settings["containerLogMaxFiles"] == 3, settings
    c.delete("/api/v1/namespaces/rotation")


# ── ends ──


@test
def ends_as_kubernetes_tells_them(c):
    """Exit codes and signals, a hook that fails, and the time between restarts."""
    ns = c.namespace("ends2")
    began = time.monotonic()
    c.pod(ns, "loop", ["sh", "-c", "date +%s; exit 1"])
    c.pod(ns, "killed", ["sh", "-c", "sh -c 'kill -9 $$$$'; exit $?"], restartPolicy="Never")
    c.pod(ns, "hooked", ["sleep", "600"], restartPolicy="Never", container={"lifecycle": {"postStart": {"exec": {"command": ["false"]}}}})
    c.pod(ns, "absent", ["/no/such/program"], restartPolicy="Never")
    c.pod(ns, "polite", ["sh", "-c", "trap 'exit 143' TERM; sleep 600 & wait"], terminationGracePeriodSeconds=20, metadata={"finalizers": ["example.com/look"]})
    c.pod(ns, "deaf", ["sh", "-c", "trap '' TERM; while :; do sleep 1; done"], terminationGracePeriodSeconds=1, metadata={"finalizers": ["example.com/look"]})
    ends = lambda name: container(c.get(f"{ns}/pods/{name}")).get("state", {}).get("terminated")
    for name in ("polite", "deaf"):
        c.wait_phase(ns, name, "Running")
    time.sleep(0.5)  # their traps are set
    for name in ("polite", "deaf"):
        c.delete(f"{ns}/pods/{name}")
    c.wait_phase(ns, "killed", "Failed")
    assert ends("killed")["exitCode"] == 137 and ends("killed")["reason"] == "Error", ends("killed")
    absent = c.wait_phase(ns, "absent", "Failed")["status"]["containerStatuses"][0]["state"]["terminated"]
    assert absent["exitCode"] == 128 and absent["reason"] == "StartError" and "/no/such/program" in absent["message"], absent
    c.wait_phase(ns, "hooked", "Failed")
    c.wait(lambda: any(e["reason"] == "FailedPostStartHook" for e in c.get(f"{ns}/events")["items"]), "word of the hook")
    for name, code in (("polite", 143), ("deaf", 137)):
        end = c.wait(lambda: ends(name), f"the end of {name}")
        assert end["exitCode"] == code and end["reason"] == "Error", (name, end)
        c.ask("PATCH", f"{ns}/pods/{name}", {"metadata": {"finalizers": None}}, content_type="application/merge-patch+json")
    waits = lambda: container(c.get(f"{ns}/pods/loop")).get("state", {}).get("waiting", {}).get("message", "")
    c.wait(lambda: "back-off 20s restarting failed container=main pod=loop_ends2(" in waits(), "the second wait", 40)
    one = container(c.get(f"{ns}/pods/loop"))
    assert one["restartCount"] == 2 or time.monotonic() - began < 30, one
    first, last = c.logs(ns, "loop", previous="true"), c.logs(ns, "loop")
    assert 10 <= int(last) - int(first) <= 14, (first, last)  # the wait before the second restart
