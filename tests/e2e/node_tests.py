"""End-to-end tests of what a node does with its pods: run by tests/e2e/run, each gets the cluster."""
import os
import pathlib
import signal
import subprocess
import time

from cluster import Cluster, Refused, with_image

TESTS = []
NODE = "/api/v1/nodes/node-1"


def test(f):
    TESTS.append(f)
    return f


def condition(thing, kind):
    return next((x for x in thing.get("status", {}).get("conditions", []) if x["type"] == kind), {})


def container(pod, name="main", where="containerStatuses"):
    return next((x for x in pod.get("status", {}).get(where, []) if x["name"] == name), {})


def said(c, ns, name, **query):
    """The log so far, "" while there is none."""
    try:
        return c.logs(ns, name, **query)
    except (Refused, OSError):
        return ""


def asks(**amounts):
    return {"resources": {"requests": amounts}}


@test
def network_that_cannot_be_made_holds_its_pod(c):
    """The bridge is gone: no program of the pod begins until an agent has made it again; then it begins once."""
    ns = c.namespace("unwired")
    subprocess.run(["ip", "link", "del", f"{c.name}0"], check=True)
    c.pod(ns, "p", ["sh", "-c", "echo began; sleep 1000"])

    def told():
        return [e for e in c.get(f"{ns}/events")["items"] if e["reason"] == "FailedCreatePodSandBox" and "network" in e["message"]]

    c.wait(told, "word of the missing network")
    time.sleep(1.5)  # another attempt or two
    status = c.get(f"{ns}/pods/p")["status"]
    assert status["phase"] == "Pending" and not status.get("podIP"), status
    assert container({"status": status})["state"]["waiting"]["reason"] == "ContainerCreating", status
    assert "began" not in said(c, ns, "p")
    pid = c.pid("agent")
    os.kill(pid, signal.SIGKILL)
    c.wait(lambda: (c.run / "agent.status").exists() and c.pid("agent") != pid, "the agent's return")
    status = c.wait_phase(ns, "p", "Running")["status"]
    assert container({"status": status})["restartCount"] == 0 and status.get("podIP"), status
    c.wait(lambda: "began" in said(c, ns, "p"), "its log")
    assert said(c, ns, "p").count("began") == 1
    c.pod(ns, "q", ["sh", "-c", f"ping -c 1 -W 5 {status['podIP']} && echo reached; sleep 1000"])
    c.wait(lambda: "reached" in said(c, ns, "q"), "an answer from the pod")
    c.delete("/api/v1/namespaces/unwired")


@test
def memory_pressure_evicts_by_rank(c):
    """A threshold that is always met: what runs over its request goes first, with the kubelet's words."""
    other = Cluster(["--eviction-hard=memory.available<99.9%", "--eviction-pressure-transition-period=1"])
    try:
        other.start()
        with_image(other)
        ns = other.namespace("tight")
        other.wait(lambda: condition(other.get(NODE), "MemoryPressure").get("status") == "True", "MemoryPressure")
        taints = other.wait(lambda: other.get(NODE)["spec"].get("taints"), "a taint")
        assert taints[0]["key"] == "node.kubernetes.io/memory-pressure" and taints[0]["effect"] == "NoSchedule", taints
        other.pod(ns, "nothing-asked", ["sleep", "60"], nodeName="node-1")
        status = other.wait_phase(ns, "nothing-asked", "Failed")["status"]
        assert status["reason"] == "Evicted" and "[MemoryPressure]" in status["message"], status
        memory = [{"name": "m", "emptyDir": {"medium": "Memory"}}]
        mounts = {"volumeMounts": [{"name": "m", "mountPath": "/m"}]}
        other.pod(ns, "modest", ["sleep", "60"], nodeName="node-1", container=asks(memory="12Mi"))
        other.pod(ns, "hog", ["sh", "-c", "dd if=/dev/zero of=/m/x bs=1M count=30; sleep 60"], nodeName="node-1", volumes=memory,
                  container={**asks(memory="1Mi"), **mounts})
        hog = other.wait_phase(ns, "hog", "Failed")
        assert hog["status"]["reason"] == "Evicted", hog["status"]
        assert "low on resource: memory. Threshold quantity: " in hog["status"]["message"], hog["status"]["message"]
        assert "Container main was using 3" in hog["status"]["message"], hog["status"]["message"]
        target = condition(hog, "DisruptionTarget")
        assert target["status"] == "True" and target["reason"] == "TerminationByKubelet", target
        assert other.phase(ns, "modest") == "Running", other.get(f"{ns}/pods/modest")["status"]
    finally:
        other.stop()
        other.discard()


@test
def soft_thresholds_give_time(c):
    """A soft threshold that is always met: the condition at once, pods after the grace period, and they may end in peace."""
    other = Cluster(["--eviction-hard=memory.available<1Mi", "--eviction-soft=memory.available<99.9%",
                     "--eviction-soft-grace-period=memory.available=15s", "--eviction-max-pod-grace-period=20"])
    try:
        other.start()
        with_image(other)
        ns = other.namespace("soft")
        other.wait(lambda: condition(other.get(NODE), "MemoryPressure").get("status") == "True", "MemoryPressure")
        says = "trap 'sleep 3; echo in-peace; exit 0' TERM; dd if=/dev/zero of=/m/x bs=1M count=8; echo here; while :; do sleep 0.1; done"
        tolerates = [{"key": "node.kubernetes.io/memory-pressure", "operator": "Exists"}]
        other.pod(ns, "p", ["sh", "-c", says], nodeName="node-1", tolerations=tolerates, terminationGracePeriodSeconds=30,
                  volumes=[{"name": "m", "emptyDir": {"medium": "Memory"}}],
                  container={**asks(memory="1Mi"), "volumeMounts": [{"name": "m", "mountPath": "/m"}]})
        other.wait(lambda: "here" in said(other, ns, "p"), "the pod")
        status = other.wait_phase(ns, "p", "Failed", 60)["status"]
        assert status["reason"] == "Evicted" and "low on resource: memory. Threshold quantity: " in status["message"], status
        assert container({"status": status})["state"]["terminated"]["exitCode"] == 0, status
        assert "in-peace" in said(other, ns, "p")
        settings = other.get(f"{NODE}/proxy/configz")["kubeletconfig"]
        assert settings["evictionHard"] == {"memory.available": "1Mi"} and settings["evictionSoft"] == {"memory.available": "99.9%"}, settings
        assert settings["evictionSoftGracePeriod"] == {"memory.available": "15s"} and settings["evictionMaxPodGracePeriod"] == 20, settings
        assert settings["evictionPressureTransitionPeriod"] == "5m0s" and settings["port"] == other.kubelet_port, settings
        assert settings["clusterDNS"] == [f"10.{other.net_number}.255.10"] and settings["maxPods"] == 110, settings
    finally:
        other.stop()
        other.discard()


@test
def deadline_of_a_pod(c):
    ns = c.namespace("deadline")
    c.pod(ns, "p", ["sleep", "60"], activeDeadlineSeconds=1)
    status = c.wait_phase(ns, "p", "Failed")["status"]
    assert status["reason"] == "DeadlineExceeded" and "longer than" in status["message"], status


def resize(c, ns, name, main, **more):
    """Asks for other resources of a pod's container, as kubectl patch --subresource=resize does."""
    body = {"spec": {"containers": [{"name": "main", "resources": main}, *({"name": k, "resources": v} for k, v in more.items())]}}
    return c.ask("PATCH", f"{ns}/pods/{name}/resize", body, content_type="application/strategic-merge-patch+json")


def group_file(c, ns, name, v1, v2):
    """A file of the main container's cgroup."""
    ident = container(c.get(f"{ns}/pods/{name}"))["containerID"].split("//")[1]
    for top in ("/sys/fs/cgroup", "/sys/fs/cgroup/memory", "/sys/fs/cgroup/cpu"):
        for found in pathlib.Path(top).glob(f"*{c.name}*/**/{ident}"):
            for file in (v1, v2):
                if (found / file).exists():
                    return found / file
    raise AssertionError(f"no cgroup of {ident}")


def group_value(c, ns, name, v1, v2):
    """A value of it, as the kernel has it."""
    return group_file(c, ns, name, v1, v2).read_text().split()[0]


def settled(c, ns, name):
    pod = c.get(f"{ns}/pods/{name}")
    busy = condition(pod, "PodResizePending") or condition(pod, "PodResizeInProgress")
    return pod if pod["status"].get("observedGeneration") == pod["metadata"]["generation"] and not busy and condition(pod, "Ready").get("status") == "True" else None


@test
def resize_in_place(c):
    """Amounts of a running pod change without a restart, or with one where its resizePolicy says so; what does not fit waits."""
    ns = c.namespace("resize")
    asks_for = lambda cpu, memory: {"requests": {"cpu": cpu, "memory": memory}, "limits": {"cpu": "200m", "memory": "64Mi"}}
    c.pod(ns, "p", ["sleep", "600"], container={"resources": asks_for("50m", "16Mi")})
    c.wait(lambda: settled(c, ns, "p"), "the pod")
    assert group_value(c, ns, "p", "memory.limit_in_bytes", "memory.max") == str(64 << 20)
    wanted = {"requests": {"cpu": "100m", "memory": "20Mi"}, "limits": {"cpu": "300m", "memory": "80Mi"}}
    resize(c, ns, "p", wanted)
    pod = c.wait(lambda: settled(c, ns, "p"), "the resize")
    one = container(pod)
    assert pod["metadata"]["generation"] == 2 and one["restartCount"] == 0, pod["status"]
    assert one["resources"] == wanted and one["allocatedResources"] == wanted["requests"], one
    assert group_value(c, ns, "p", "memory.limit_in_bytes", "memory.max") == str(80 << 20)
    assert group_value(c, ns, "p", "cpu.cfs_quota_us", "cpu.max") == "30000"
    # Below what it uses: told, and done nothing.
    resize(c, ns, "p", {"requests": {"cpu": "100m", "memory": "4Ki"}, "limits": {"cpu": "300m", "memory": "8Ki"}})
    progress = c.wait(lambda: (lambda x: x if x.get("reason") else None)(condition(c.get(f"{ns}/pods/p"), "PodResizeInProgress")), "the error")
    assert progress["reason"] == "Error" and "cannot decrease memory limits" in progress["message"], progress
    one = container(c.get(f"{ns}/pods/p"))
    assert one["resources"] == wanted and one["allocatedResources"]["memory"] == "4Ki", one
    resize(c, ns, "p", wanted)
    c.wait(lambda: settled(c, ns, "p"), "the resize taken back")
    # More than there is: it stays as it is, and an agent that starts again does not forget what was promised.
    resize(c, ns, "p", {"requests": {"cpu": "900", "memory": "20Mi"}, "limits": {"cpu": "900", "memory": "80Mi"}})
    pending = c.wait(lambda: condition(c.get(f"{ns}/pods/p"), "PodResizePending"), "a pending resize")
    assert pending["reason"] == "Deferred" and "Node didn't have enough resource: cpu, requested: 900000" in pending["message"], pending
    killed_agent(c)
    time.sleep(1)
    one = container(c.get(f"{ns}/pods/p"))
    assert one["resources"] == wanted and one["allocatedResources"] == wanted["requests"] and one["restartCount"] == 0, one
    assert group_value(c, ns, "p", "cpu.cfs_quota_us", "cpu.max") == "30000"
    c.delete(f"{ns}/pods/p")
    # A container that wants to be started again for it, in a pod that otherwise never restarts any.
    policy = [{"resourceName": "memory", "restartPolicy": "RestartContainer"}]
    other = {"name": "other", "image": "example.local/busybox:1", "command": ["sleep", "600"]}
    c.create(f"{ns}/pods", {"metadata": {"name": "again"}, "spec": {"restartPolicy": "OnFailure", "terminationGracePeriodSeconds": 0, "containers": [
        {"name": "main", "image": "example.local/busybox:1", "command": ["sleep", "600"], "resources": asks_for("50m", "16Mi"), "resizePolicy": policy}, other]}})
    c.wait(lambda: settled(c, ns, "again"), "the pod")
    resize(c, ns, "again", {"requests": {"cpu": "60m", "memory": "16Mi"}})
    assert container(c.wait(lambda: settled(c, ns, "again"), "the resize"))["restartCount"] == 0
    resize(c, ns, "again", {"limits": {"memory": "72Mi"}})
    pod = c.wait(lambda: (lambda x: x if x and container(x)["restartCount"] == 1 else None)(settled(c, ns, "again")), "the restart")
    assert container(pod)["resources"]["limits"]["memory"] == "72Mi" and container(pod, "other")["restartCount"] == 0, pod["status"]
    assert group_value(c, ns, "again", "memory.limit_in_bytes", "memory.max") == str(72 << 20)
    c.delete("/api/v1/namespaces/resize")


def killed_agent(c):
    """The agent is killed, and another one has come."""
    old = c.pid("agent")
    os.kill(old, signal.SIGKILL)
    c.wait(lambda: (c.run / "agent.status").exists() and c.pid("agent") != old, "a new agent")


@test
def resize_outlives_its_agent(c):
    """What was told of a resize the next agent stands by, however soon the one that told it is killed; and a value that somebody
    wrote into the cgroup meanwhile it puts right."""
    ns = c.namespace("outlive")
    amounts = lambda n: {"requests": {"cpu": f"{50 + n}m", "memory": f"{16 + n}Mi"}, "limits": {"cpu": f"{200 + 10 * n}m", "memory": f"{64 + n}Mi"}}
    c.pod(ns, "p", ["sleep", "600"], container={"resources": amounts(0)})
    c.wait(lambda: settled(c, ns, "p"), "the pod")
    for n in (1, 2):
        resize(c, ns, "p", amounts(n))
        told = c.wait(lambda: container(c.get(f"{ns}/pods/p"))["allocatedResources"] == amounts(n)["requests"], "a promise")
        if n % 2:
            c.wait(lambda: settled(c, ns, "p"), "the resize")
        killed_agent(c)
        # More than there is: whoever forgot the promise would go by what was before it.
        resize(c, ns, "p", {"requests": {"cpu": "900"}, "limits": {"cpu": "900"}})
        c.wait(lambda: condition(c.get(f"{ns}/pods/p"), "PodResizePending").get("reason") == "Deferred", "the next agent's word")
        c.wait(lambda: not condition(c.get(f"{ns}/pods/p"), "PodResizeInProgress"), "the resize done")
        one = container(c.get(f"{ns}/pods/p"))
        assert told and one["allocatedResources"] == amounts(n)["requests"] and one["resources"] == amounts(n) and one["restartCount"] == 0, (n, one)
        assert group_value(c, ns, "p", "memory.limit_in_bytes", "memory.max") == str((64 + n) << 20)
        assert group_value(c, ns, "p", "cpu.cfs_quota_us", "cpu.max") == str(20000 + 1000 * n)
        resize(c, ns, "p", amounts(n))
        c.wait(lambda: settled(c, ns, "p"), "the wish taken back")
    group_file(c, ns, "p", "cpu.cfs_quota_us", "cpu.max").write_text("11000")
    killed_agent(c)
    c.wait(lambda: group_value(c, ns, "p", "cpu.cfs_quota_us", "cpu.max") == "22000", "the quota put right")
    one = container(c.wait(lambda: settled(c, ns, "p"), "the pod as it was"))
    assert one["resources"] == amounts(2) and one["restartCount"] == 0, one
    c.delete("/api/v1/namespaces/outlive")


@test
def restarts_outlive_the_agent(c):
    """A container that has ended and cannot begin again: an agent that starts meanwhile knows how often it ran and how it ended."""
    ns = c.namespace("past")
    c.create(f"{ns}/configmaps", {"metadata": {"name": "cm"}, "data": {"k": "v"}})
    place = c.folder / "past"
    c.pod(ns, "p", ["sh", "-c", 'echo "began with $K"; [ $K = w ] && exec sleep 600; until [ -e /place/end ]; do sleep 0.1; done; exit 3'],
          volumes=[{"name": "place", "hostPath": {"path": str(place), "type": "DirectoryOrCreate"}}],
          container={"env": [{"name": "K", "valueFrom": {"configMapKeyRef": {"name": "cm", "key": "k"}}}], "volumeMounts": [{"name": "place", "mountPath": "/place"}]})
    uid = c.wait_phase(ns, "p", "Running")["metadata"]["uid"]
    copy = c.data / "pods" / uid / "configmaps_cm.json"
    assert copy.exists(), list(copy.parent.iterdir())
    c.delete(f"{ns}/configmaps/cm")
    c.wait(lambda: not copy.exists(), "the agent to hear of it")
    (place / "end").touch()

    def waits():
        one = container(c.get(f"{ns}/pods/p"))
        return one if one["restartCount"] == 1 and one["state"].get("waiting", {}).get("reason") == "CreateContainerConfigError" else None

    before = c.wait(waits, "the word of the missing ConfigMap")
    assert before["lastState"]["terminated"]["exitCode"] == 3, before
    killed_agent(c)
    time.sleep(1)
    pod = c.get(f"{ns}/pods/p")
    one = container(pod)
    assert one["restartCount"] == 1 and one["lastState"]["terminated"] == before["lastState"]["terminated"], one
    assert pod["status"]["phase"] == "Running", pod["status"]
    c.create(f"{ns}/configmaps", {"metadata": {"name": "cm"}, "data": {"k": "w"}})
    c.wait(lambda: "began with w" in said(c, ns, "p"), "the next attempt")
    one = c.wait(lambda: (lambda x: x if "running" in x["state"] else None)(container(c.get(f"{ns}/pods/p"))), "it to run")
    assert one["restartCount"] == 1 and one["lastState"]["terminated"]["exitCode"] == 3, one
    assert "began with v" in said(c, ns, "p", previous="true")
    c.delete("/api/v1/namespaces/past")


def milli(cpu):
    """A quantity of cores, as the API prints it, in thousandths."""
    return int(cpu[:-1]) if cpu.endswith("m") else int(cpu) * 1000


@test
def resize_waits_for_room(c):
    """A deferred resize is taken up as soon as another pod has gone."""
    ns = c.namespace("room")
    whole = milli(c.get(NODE)["status"]["allocatable"]["cpu"])
    used = sum(milli(x.get("resources", {}).get("requests", {}).get("cpu", "0")) for p in c.get("/api/v1/pods")["items"]
               if p["spec"].get("nodeName") and p["status"].get("phase") not in ("Succeeded", "Failed") for x in p["spec"]["containers"])
    half = (whole - used) // 2 - 10
    for name in ("a", "b"):
        c.pod(ns, name, ["sleep", "600"], container=asks(cpu=f"{half}m"))
    for name in ("a", "b"):
        c.wait(lambda: settled(c, ns, name), name)
    more = half + half // 2  # what other tests' pods give back meanwhile is not enough for it
    resize(c, ns, "a", {"requests": {"cpu": f"{more}m"}})
    c.wait(lambda: condition(c.get(f"{ns}/pods/a"), "PodResizePending").get("reason") == "Deferred", "a deferred resize")
    c.delete(f"{ns}/pods/b")
    assert container(c.wait(lambda: settled(c, ns, "a"), "the resize"))["allocatedResources"]["cpu"] == f"{more}m"
    c.delete("/api/v1/namespaces/room")


@test
def storage_limits_evict(c):
    """An emptyDir over its sizeLimit, and a container over its ephemeral-storage limit, with the kubelet's words."""
    ns = c.namespace("storage")
    fill = lambda path: ["sh", "-c", f"dd if=/dev/zero of={path} bs=1M count=6; sleep 600"]
    c.pod(ns, "volume", fill("/d/x"), volumes=[{"name": "d", "emptyDir": {"sizeLimit": "4Mi"}}], container={"volumeMounts": [{"name": "d", "mountPath": "/d"}]})
    c.pod(ns, "layer", fill("/x"), container={"resources": {"limits": {"ephemeral-storage": "4Mi"}}})
    c.pod(ns, "within", fill("/x"), container={"resources": {"limits": {"ephemeral-storage": "40Mi"}}})
    words = {"volume": 'Usage of EmptyDir volume "d" exceeds the limit "4Mi". ', "layer": "Pod ephemeral local storage usage exceeds the total limit of containers 4Mi. "}
    for name, said_of in words.items():
        status = c.wait_phase(ns, name, "Failed")["status"]
        assert status["reason"] == "Evicted" and status["message"] == said_of, status
    assert c.phase(ns, "within") == "Running"
    c.delete("/api/v1/namespaces/storage")


@test
def refused_by_the_node(c):
    ns = c.namespace("refused")
    c.pod(ns, "unsafe", ["true"], securityContext={"sysctls": [{"name": "kernel.msgmax", "value": "8192"}]})
    status = c.wait_phase(ns, "unsafe", "Failed")["status"]
    assert status["reason"] == "SysctlForbidden" and 'forbidden sysctl: "kernel.msgmax" not allowlisted' in status["message"], status
    c.pod(ns, "safe", ["cat", "/proc/sys/net/ipv4/ip_unprivileged_port_start"], restartPolicy="Never",
          securityContext={"sysctls": [{"name": "net.ipv4.ip_unprivileged_port_start", "value": "77"}]})
    c.wait_phase(ns, "safe", "Succeeded")
    assert c.logs(ns, "safe").strip() == "77"
    c.pod(ns, "big", ["true"], nodeName="node-1", container=asks(cpu="1000"))
    assert c.wait_phase(ns, "big", "Failed")["status"]["reason"] == "OutOfcpu"
    if not os.path.exists("/sys/kernel/security/apparmor/profiles"):
        c.pod(ns, "armour", ["true"], securityContext={"appArmorProfile": {"type": "RuntimeDefault"}})
        status = c.wait_phase(ns, "armour", "Failed")["status"]
        assert status["reason"] == "AppArmor" and status["message"].startswith("Cannot enforce AppArmor"), status


@test
def log_outlives_the_agent(c):
    """A pod that has ended keeps its log, also for an agent that never saw it run."""
    ns = c.namespace("oldlog")
    c.pod(ns, "p", ["echo", "still here"], restartPolicy="Never")
    c.wait_phase(ns, "p", "Succeeded")
    old = c.pid("agent")
    os.kill(old, signal.SIGKILL)
    c.wait(lambda: (c.run / "agent.status").exists() and c.pid("agent") != old, "a new agent")
    c.wait(lambda: said(c, ns, "p").strip() == "still here", "the log of a pod that has ended")
    assert container(c.get(f"{ns}/pods/p"))["state"]["terminated"]["exitCode"] == 0
    c.delete(f"{ns}/pods/p")
    c.wait(lambda: c.maybe(f"{ns}/pods/p") is None, "the pod is gone")


@test
def last_words(c):
    ns = c.namespace("words")
    say = "echo first; echo last words; exit 3"
    c.pod(ns, "log", ["sh", "-c", say], restartPolicy="Never", container={"terminationMessagePolicy": "FallbackToLogsOnError"})
    c.pod(ns, "file", ["sh", "-c", "echo -n told > /tmp/end; exit 1"], restartPolicy="Never", container={"terminationMessagePath": "/tmp/end"})
    ended = container(c.wait_phase(ns, "log", "Failed"))["state"]["terminated"]
    assert ended["message"] == "first\nlast words\n", ended
    ended = container(c.wait_phase(ns, "file", "Failed"))["state"]["terminated"]
    assert ended["message"] == "told", ended


@test
def names_and_hosts(c):
    ns = c.namespace("names")
    say = "hostname; cat /etc/hosts"
    c.pod(ns, "p", ["sh", "-c", say], restartPolicy="Never", hostname="me", subdomain="sub", setHostnameAsFQDN=True,
          hostAliases=[{"ip": "1.2.3.4", "hostnames": ["foo.example", "bar"]}])
    c.wait_phase(ns, "p", "Succeeded")
    lines = c.logs(ns, "p").splitlines()
    assert lines[0] == "me.sub.names.svc.cluster.local", lines
    words = [line.split() for line in lines]
    assert ["1.2.3.4", "foo.example", "bar"] in words, lines
    assert any(w[1:] == ["me.sub.names.svc.cluster.local", "me"] for w in words), lines


@test
def processes_shared_and_privileged(c):
    ns = c.namespace("procs")
    two = {"name": "two", "image": "example.local/busybox:1", "command": ["sleep", "4321"]}
    c.create(f"{ns}/pods", {"metadata": {"name": "p"}, "spec": {
        "shareProcessNamespace": True, "restartPolicy": "Never", "terminationGracePeriodSeconds": 0,
        "containers": [{"name": "main", "image": "example.local/busybox:1", "command": ["sh", "-c", "sleep 1; ps"]}, two]}})
    c.wait(lambda: "sleep 4321" in said(c, ns, "p", container="main"), "main sees two")
    c.delete(f"{ns}/pods/p")
    c.pod(ns, "all", ["sh", "-c", "ip link add d0 type bridge && grep CapEff /proc/self/status"], restartPolicy="Never",
          container={"securityContext": {"privileged": True}})
    c.wait_phase(ns, "all", "Succeeded")
    c.pod(ns, "none", ["sh", "-c", "ip link add d0 type bridge"], restartPolicy="Never")
    c.wait_phase(ns, "none", "Failed")


@test
def tells_of_resources(c):
    """A limit that is not set is what the node can give."""
    ns = c.namespace("downward")
    def env(name, resource, **more):
        return {"name": name, "valueFrom": {"resourceFieldRef": {"resource": resource, **more}}}
    c.pod(ns, "p", ["env"], restartPolicy="Never", container={
        "env": [env("CPU", "limits.cpu"), env("MEMORY", "limits.memory"), env("ASKED", "requests.cpu", divisor="1m"),
                env("DISK", "limits.ephemeral-storage")], **asks(cpu="50m")})
    c.wait_phase(ns, "p", "Succeeded")
    told = dict(line.split("=", 1) for line in c.logs(ns, "p").splitlines() if "=" in line)
    give = c.get(NODE)["status"]["allocatable"]
    assert told["CPU"] == give["cpu"] and told["ASKED"] == "50", told
    assert int(told["MEMORY"]) == int(give["memory"][:-2]) * 1024, (told, give)
    assert int(told["DISK"]) == int(give["ephemeral-storage"]), (told, give)


@test
def gates_of_readiness(c):
    ns = c.namespace("gates")
    c.pod(ns, "p", ["sleep", "60"], readinessGates=[{"conditionType": "example.com/gate"}])
    c.wait_phase(ns, "p", "Running")
    assert c.wait(lambda: condition(c.get(f"{ns}/pods/p"), "ContainersReady").get("status") == "True", "ready containers")
    ready = condition(c.get(f"{ns}/pods/p"), "Ready")
    assert ready["status"] == "False" and ready["reason"] == "ReadinessGatesNotReady", ready
    c.ask("PATCH", f"{ns}/pods/p/status", {"status": {"conditions": [{"type": "example.com/gate", "status": "True"}]}},
          content_type="application/strategic-merge-patch+json")
    c.wait(lambda: condition(c.get(f"{ns}/pods/p"), "Ready").get("status") == "True", "Ready")


@test
def hooks_run(c):
    ns = c.namespace("hooks")
    script = ("mkdir -p /tmp/w/cgi-bin; printf '%s\\n' '#!/bin/sh' 'echo \"$QUERY_STRING by $HTTP_X_WHO.\" >&2' 'echo; echo ok' > /tmp/w/cgi-bin/x; "
              "chmod +x /tmp/w/cgi-bin/x; exec httpd -f -p 8080 -h /tmp/w")
    c.pod(ns, "server", ["sh", "-c", script], container={"readinessProbe": {"periodSeconds": 1, "tcpSocket": {"port": 8080}}})
    server = c.wait(lambda: condition(c.get(f"{ns}/pods/server"), "Ready").get("status") == "True" and c.get(f"{ns}/pods/server"), "a server")
    ip = server["status"]["podIP"]
    c.pod(ns, "p", ["sleep", "600"], terminationGracePeriodSeconds=20, container={"lifecycle": {
        "postStart": {"httpGet": {"host": ip, "port": 8080, "path": "/cgi-bin/x?started", "httpHeaders": [{"name": "X-Who", "value": "p"}]}},
        "preStop": {"exec": {"command": ["sh", "-c", f"wget -q -O - http://{ip}:8080/cgi-bin/x?stopping || true"]}}}})
    c.wait_phase(ns, "p", "Running")
    c.wait(lambda: "started by p." in said(c, ns, "server"), "postStart was asked for")
    c.delete(f"{ns}/pods/p")
    c.wait(lambda: "stopping by ." in said(c, ns, "server"), "preStop was run")
    c.pod(ns, "slow", ["sh", "-c", "trap exit TERM; sleep 600 & wait"], container={"lifecycle": {"preStop": {"sleep": {"seconds": 2}}}},
          terminationGracePeriodSeconds=20)
    c.wait_phase(ns, "slow", "Running")
    began = time.monotonic()
    c.delete(f"{ns}/pods/slow")
    c.wait(lambda: c.maybe(f"{ns}/pods/slow") is None, "slow is gone")
    assert time.monotonic() - began >= 2


@test
def restarts_of_one_container(c):
    ns = c.namespace("restarts")
    rules = [{"action": "Restart", "exitCodes": {"operator": "In", "values": [42]}}]
    script = "if [ -e /v/once ]; then exit 0; fi; touch /v/once; exit 42"
    c.pod(ns, "p", ["sh", "-c", script], restartPolicy="Never", volumes=[{"name": "v", "emptyDir": {}}], container={
        "restartPolicy": "Never", "restartPolicyRules": rules, "volumeMounts": [{"name": "v", "mountPath": "/v"}]})
    done = container(c.wait_phase(ns, "p", "Succeeded"))
    assert done["restartCount"] == 1 and done["state"]["terminated"]["exitCode"] == 0, done


@test
def ephemeral_container_joins(c):
    ns = c.namespace("debug")
    c.pod(ns, "p", ["sleep", "1234"])
    c.wait_phase(ns, "p", "Running")
    more = {"name": "dbg", "image": "example.local/busybox:1", "command": ["sh", "-c", "ps; sleep 60"], "targetContainerName": "main"}
    c.ask("PATCH", f"{ns}/pods/p/ephemeralcontainers", {"spec": {"ephemeralContainers": [more]}},
          content_type="application/strategic-merge-patch+json")
    c.wait(lambda: "running" in container(c.get(f"{ns}/pods/p"), "dbg", "ephemeralContainerStatuses").get("state", {}), "dbg runs")
    c.wait(lambda: "sleep 1234" in said(c, ns, "p", container="dbg"), "dbg sees the other's process")
    assert condition(c.get(f"{ns}/pods/p"), "Ready")["status"] == "True"


@test
def status_of_a_container(c):
    ns = c.namespace("status")
    c.pod(ns, "p", ["sleep", "60"], volumes=[{"name": "v", "emptyDir": {}}], container={
        "securityContext": {"runAsUser": 1000, "runAsGroup": 1001}, "volumeMounts": [{"name": "v", "mountPath": "/v", "readOnly": True}],
        "resources": {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"memory": "32Mi"}}})
    pod = c.wait_phase(ns, "p", "Running")
    one = container(pod)
    assert one["allocatedResources"] == {"cpu": "10m", "memory": "16Mi"}, one
    assert one["resources"] == {"requests": {"cpu": "10m", "memory": "16Mi"}, "limits": {"memory": "32Mi"}}, one
    assert one["user"]["linux"] == {"uid": 1000, "gid": 1001, "supplementalGroups": [1001]}, one
    mounts = {m["mountPath"]: m for m in one["volumeMounts"]}
    assert mounts["/v"]["readOnly"] and mounts["/v"]["recursiveReadOnly"] == "Disabled", mounts
    assert one["imageID"] and one["containerID"].startswith("crun://"), one
    assert condition(pod, "PodReadyToStartContainers")["status"] == "True"
    assert pod["status"].get("observedGeneration") == pod["metadata"]["generation"] == 1, pod["status"]


@test
def paths_of_the_kubelet(c):
    ns = c.namespace("paths")
    c.pod(ns, "p", ["sleep", "60"])
    c.wait_phase(ns, "p", "Running")
    proxy = f"{NODE}/proxy"
    assert "kubelet_running_pods" in c.text(f"{proxy}/metrics")
    cadvisor = c.text(f"{proxy}/metrics/cadvisor")
    assert any(l.startswith("container_memory_working_set_bytes{") and 'pod="p"' in l for l in cadvisor.splitlines()), cadvisor[:500]
    resource = c.text(f"{proxy}/metrics/resource")
    for name in ("node_cpu_usage_seconds_total", "node_memory_working_set_bytes", "container_cpu_usage_seconds_total",
                 "pod_memory_working_set_bytes", "container_start_time_seconds"):
        assert name in resource, name
    summary = c.get(f"{proxy}/stats/summary")
    assert summary["node"]["memory"]["workingSetBytes"] > 0 and summary["node"]["fs"]["capacityBytes"] > 0, summary["node"]
    assert summary["node"]["cpu"]["usageCoreNanoSeconds"] > 0
    pod = next(x for x in summary["pods"] if (x["podRef"]["namespace"], x["podRef"]["name"]) == ("paths", "p"))
    assert pod["memory"]["workingSetBytes"] > 0 and pod["containers"][0]["startTime"], pod
    assert any(x["metadata"]["name"] == "p" for x in c.get(f"{proxy}/pods")["items"])
    assert c.text(f"{proxy}/healthz") == "ok"
    assert c.text(f"/api/v1/nodes/node-1:{c.kubelet_port}/proxy/healthz") == "ok"
