"""End-to-end tests of pods with users of their own (hostUsers: false, KEP-127). Run by tests/e2e/run."""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile

from net_tests import in_pod

TESTS = []
USERS = 65536


def test(f):
    TESTS.append(f)
    return f


def first_process(c, ns, name):
    """Of the pod's container, as the machine sees it."""
    uid = c.get(f"{ns}/pods/{name}")["metadata"]["uid"]
    for path in pathlib.Path("/proc").glob("[0-9]*/cgroup"):
        try:
            if f"pod{uid}" in path.read_text() and (path.parent / "exe").resolve().name != "crun" and not (path.parent / "comm").read_text().startswith("conmon"):
                return int(path.parent.name)
        except OSError:
            pass
    raise AssertionError(f"no process of {name}")


def uid_of(pid):
    return int(next(x for x in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines() if x.startswith("Uid:")).split()[1])


def base_of(text):
    inside, base, size = map(int, text.split()[:3])
    assert (inside, size) == (0, USERS) and base >= USERS and base % USERS == 0, text
    return base


@test
def pods_with_users_of_their_own(c):
    """Root in the pod is nobody on the machine; each pod's users are its own; files belong to whom they should on both sides."""
    ns = c.namespace("users")
    shared = pathlib.Path(tempfile.mkdtemp(prefix="coracle-users-"))
    try:
        shared.chmod(0o777)
        (shared / "theirs").write_text("root's\n")
        (shared / "theirs").chmod(0o600)
        os.chown(shared / "theirs", 0, 0)
        own = root_is_nobody(c, ns, shared)
        what_mounts_show(c, ns)
        the_rest_still_works(c, ns)
        agents_come_and_go(c, ns, own)
    finally:
        c.delete("/api/v1/namespaces/users")
        c.wait(lambda: c.maybe("/api/v1/namespaces/users") is None, "the end of it", 60)
        shutil.rmtree(shared)


def root_is_nobody(c, ns, shared):
    mount = [{"name": "h", "mountPath": "/h"}, {"name": "e", "mountPath": "/e"}]
    volumes = [{"name": "h", "hostPath": {"path": str(shared)}}, {"name": "e", "emptyDir": {}}]
    script = "cat /proc/self/uid_map; id -u; echo in > /h/mine; echo e > /e/mine; echo r > /root-file; cat /h/theirs; ls -ln /h/mine /bin/busybox; echo done; exec sleep 600"
    for name in ("one", "two"):
        c.pod(ns, name, ["sh", "-c", script], hostUsers=False, volumes=volumes if name == "one" else volumes[1:],
              container={"volumeMounts": mount if name == "one" else mount[1:]})
    bases = []
    for name in ("one", "two"):
        c.wait_phase(ns, name, "Running")
        c.wait(lambda: "done" in c.logs(ns, name), f"the words of {name}")
        base = base_of(c.logs(ns, name).splitlines()[0])
        pid = first_process(c, ns, name)
        assert uid_of(pid) == base, (uid_of(pid), base)
        for kind in ("user", "net", "ipc", "uts", "pid"):
            assert os.readlink(f"/proc/{pid}/ns/{kind}") != os.readlink(f"/proc/self/ns/{kind}"), kind
        bases.append(base)
    assert bases[0] != bases[1]
    out = c.logs(ns, "one").splitlines()
    assert out[1] == "0" and "root's" in out, out  # the volume's owners are mapped: root's file is root's inside
    assert any(x.split()[2:4] == ["0", "0"] and x.endswith("/h/mine") for x in out), out
    assert any(x.split()[2:4] == ["0", "0"] and x.endswith("/bin/busybox") for x in out), out
    assert (shared / "mine").stat().st_uid == 0 and (shared / "mine").read_text() == "in\n"
    uid = c.get(f"{ns}/pods/one")["metadata"]["uid"]
    assert next(c.data.glob(f"pods/{uid}/volumes/*/mine")).stat().st_uid == 0
    written = next(x for x in c.data.glob(f"images/roots/{uid}*/upper/root-file"))
    assert written.stat().st_uid == bases[0], "what it writes into its root belongs to its own user"
    return bases


def what_mounts_show(c, ns):
    """configMap, secret, projected tokens, memory, /etc/hosts, /dev/shm, sub paths; all of the pod's own users."""
    c.create(f"{ns}/configmaps", {"metadata": {"name": "c"}, "data": {"k": "config"}})
    c.create(f"{ns}/secrets", {"metadata": {"name": "s"}, "stringData": {"k": "secret"}})
    volumes = [{"name": "c", "configMap": {"name": "c"}}, {"name": "s", "secret": {"secretName": "s", "defaultMode": 0o400}}, {"name": "m", "emptyDir": {"medium": "Memory"}},
               {"name": "i", "image": {"reference": "example.local/busybox:1"}},
               {"name": "d", "downwardAPI": {"items": [{"path": "name", "fieldRef": {"fieldPath": "metadata.name"}}]}}]
    mounts = [{"name": x, "mountPath": f"/{x}"} for x in "csmid"] + [{"name": "m", "mountPath": "/sub", "subPath": "below"}]
    show = ("cat /c/k /s/k /d/name /var/run/secrets/kubernetes.io/serviceaccount/namespace; echo; echo x > /m/x; echo y > /dev/shm/y; echo z > /sub/z; echo >> /etc/hosts;"
            "for f in /c/..data/k /s/..data/k /m/x /dev/shm/y /sub/z /etc/hosts /etc/resolv.conf /i/bin/busybox / /dev/termination-log; do stat -c '%n %u %g' $f; done; echo said > /dev/termination-log")
    out = in_pod(c, ns, "shows", show, hostUsers=False, volumes=volumes, container={"volumeMounts": mounts})
    owners = [x.split() for x in out.splitlines() if x.startswith("/")]
    assert len(owners) == 10 and all(x[1:] == ["0", "0"] for x in owners), out
    assert "configsecretshows" in out and "users" in out, out
    status = c.get(f"{ns}/pods/shows")["status"]["containerStatuses"][0]
    assert status["state"]["terminated"]["message"].strip() == "said", status
    group = in_pod(c, ns, "group", "id; stat -c '%u %g %a' /e; echo x > /e/x; stat -c '%u %g' /e/x", hostUsers=False, securityContext={"runAsUser": 1000, "fsGroup": 2000},
                   volumes=[{"name": "e", "emptyDir": {}}], container={"volumeMounts": [{"name": "e", "mountPath": "/e"}]})
    assert "uid=1000" in group and "2000" in group.splitlines()[0] and group.splitlines()[1].split()[1] == "2000" and group.splitlines()[2] == "1000 2000", group


def the_rest_still_works(c, ns):
    # What capabilities it has are good for its own namespaces only.
    script = ("ip link add d0 type dummy 2> /dev/null || ip link set lo down && echo own-net; hostname other && echo own-name;"
              "mount -t tmpfs t /mnt 2> /dev/null; echo 1 > /proc/sys/kernel/panic && echo BAD; mknod /x b 7 0 2> /dev/null && echo BAD; true")
    out = in_pod(c, ns, "mighty", script, hostUsers=False, container={"securityContext": {"capabilities": {"add": ["ALL"]}, "seccompProfile": {"type": "Unconfined"}}})
    assert "own-net" in out and "own-name" in out and "BAD" not in out, out
    assert subprocess.run(["hostname"], capture_output=True, text=True).stdout.strip() != "other"
    # Probes by exec and by address, the pod's network, one process tree for all.
    web = "mkdir -p /w; echo here > /w/index.html; exec httpd -f -p 8080 -h /w"
    c.pod(ns, "web", ["sh", "-c", web], hostUsers=False, shareProcessNamespace=True,
          container={"readinessProbe": {"httpGet": {"port": 8080}, "periodSeconds": 1}, "livenessProbe": {"exec": {"command": ["test", "-e", "/w/index.html"]}, "periodSeconds": 1}})
    ready = lambda: any(x["type"] == "Ready" and x["status"] == "True" for x in c.get(f"{ns}/pods/web")["status"].get("conditions", []))
    c.wait(ready, "readiness")
    ip = c.get(f"{ns}/pods/web")["status"]["podIP"]
    assert in_pod(c, ns, "asks", f"wget -q -O - http://{ip}:8080; ip addr show eth0 | grep -c 'inet '", hostUsers=False).split() == ["here", "1"]
    handlers = c.get("/api/v1/nodes/node-1")["status"]["runtimeHandlers"]
    assert any(x["name"] == "" and x["features"]["userNamespaces"] for x in handlers), handlers
    assert "hostUsers: false run" in c.coracle("check", check=False)


def agents_come_and_go(c, ns, bases):
    """Users stay promised over an agent's end: a new pod gets others, and running ones keep theirs."""
    pid = c.pid("agent")
    os.kill(pid, signal.SIGKILL)
    c.wait(lambda: c.pid("agent") != pid, "another agent")
    out = in_pod(c, ns, "third", "cat /proc/self/uid_map", hostUsers=False)
    third = base_of(out)
    assert third not in bases, (third, bases)
    assert uid_of(first_process(c, ns, "one")) == bases[0]
    # A container of it that starts again has the same users.
    os.kill(first_process(c, ns, "two"), signal.SIGKILL)
    c.wait(lambda: c.get(f"{ns}/pods/two")["status"]["containerStatuses"][0].get("restartCount") == 1, "its restart")
    c.wait_phase(ns, "two", "Running")
    c.wait(lambda: "done" in c.logs(ns, "two"), "its words")
    assert base_of(c.logs(ns, "two").splitlines()[0]) == bases[1]
