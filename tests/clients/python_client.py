"""What programs on the official Python client do: python_client.py [PATTERN], with KUBECONFIG set.

Prints a line a test (ok or FAIL) and ends with 1 when one failed."""
import fnmatch
import sys
import threading
import time
import traceback

from kubernetes import client, config, watch
from kubernetes.stream import portforward, stream

IMAGE = "example.local/busybox:1"
TESTS = []


def test(f):
    TESTS.append(f)
    return f


def namespace(name):
    core = client.CoreV1Api()
    core.create_namespace(client.V1Namespace(metadata=client.V1ObjectMeta(name=name)))
    wait(lambda: any(a.metadata.name == "default" for a in core.list_namespaced_service_account(name).items), "the default account")
    return core


def wait(question, what, seconds=30):
    end = time.monotonic() + seconds
    while not question():
        assert time.monotonic() < end, f"{what}: not within {seconds} s"
        time.sleep(0.1)


def start_pod(core, ns, name, *command, phase="Running", **spec):
    container = client.V1Container(name="main", image=IMAGE, command=list(command))
    body = client.V1Pod(metadata=client.V1ObjectMeta(name=name, labels={"app": name}),
                        spec=client.V1PodSpec(containers=[container], termination_grace_period_seconds=1, **spec))
    core.create_namespaced_pod(ns, body)
    wait(lambda: core.read_namespaced_pod(name, ns).status.phase == phase, f"{name} {phase}")


@test
def python_lists_in_pages():
    core = namespace("py-list")
    for i in range(7):
        core.create_namespaced_config_map("py-list", client.V1ConfigMap(metadata=client.V1ObjectMeta(name=f"cm-{i}", labels={"odd": str(i % 2)})))
    names, token = [], None
    while True:
        page = core.list_namespaced_config_map("py-list", limit=3, _continue=token, label_selector="odd")
        names += [x.metadata.name for x in page.items]
        token = page.metadata._continue
        if not token:
            break
        assert page.metadata.remaining_item_count or page.metadata.remaining_item_count is None
    assert names == [f"cm-{i}" for i in range(7)], names
    assert len(core.list_namespaced_config_map("py-list", label_selector="odd=1").items) == 3
    assert any(n.metadata.name == "node-1" for n in core.list_node().items)


@test
def python_creates_patches_and_deletes():
    core, apps = namespace("py-write"), client.AppsV1Api()
    template = client.V1PodTemplateSpec(
        metadata=client.V1ObjectMeta(labels={"app": "d"}),
        spec=client.V1PodSpec(termination_grace_period_seconds=1, containers=[client.V1Container(name="main", image=IMAGE, command=["sleep", "1000"])]))
    apps.create_namespaced_deployment("py-write", client.V1Deployment(
        metadata=client.V1ObjectMeta(name="d"),
        spec=client.V1DeploymentSpec(replicas=1, selector=client.V1LabelSelector(match_labels={"app": "d"}), template=template)))
    wait(lambda: apps.read_namespaced_deployment_status("d", "py-write").status.ready_replicas == 1, "one replica")
    apps.patch_namespaced_deployment_scale("d", "py-write", {"spec": {"replicas": 2}})
    wait(lambda: apps.read_namespaced_deployment("d", "py-write").status.ready_replicas == 2, "two replicas")
    patched = apps.patch_namespaced_deployment("d", "py-write", [{"op": "add", "path": "/metadata/labels", "value": {"a": "b"}}])
    assert patched.metadata.labels == {"a": "b"}
    d = apps.read_namespaced_deployment("d", "py-write")
    d.spec.replicas = 0
    apps.replace_namespaced_deployment("d", "py-write", d)
    try:
        apps.replace_namespaced_deployment("d", "py-write", d)
        raise AssertionError("an outdated object was taken")
    except client.ApiException as e:
        assert e.status == 409 and "the object has been modified" in e.body, e
    apps.delete_namespaced_deployment("d", "py-write", propagation_policy="Foreground")
    wait(lambda: not core.list_namespaced_pod("py-write").items, "the pods' end")


@test
def python_watches():
    core, seen = namespace("py-watch"), []
    version = core.list_namespaced_config_map("py-watch").metadata.resource_version

    def write():
        core.create_namespaced_config_map("py-watch", client.V1ConfigMap(metadata=client.V1ObjectMeta(name="cm")))
        core.patch_namespaced_config_map("cm", "py-watch", {"data": {"a": "b"}})
        core.delete_namespaced_config_map("cm", "py-watch")

    threading.Timer(0.3, write).start()
    w = watch.Watch()
    for event in w.stream(core.list_namespaced_config_map, "py-watch", resource_version=version, timeout_seconds=20):
        if event["object"].metadata.name == "cm":
            seen.append(event["type"])
        if event["type"] == "DELETED":
            w.stop()
    assert seen == ["ADDED", "MODIFIED", "DELETED"], seen


@test
def python_executes_in_a_pod():
    core = namespace("py-exec")
    start_pod(core, "py-exec", "p", "sleep", "1000")
    call = core.connect_get_namespaced_pod_exec
    assert stream(call, "p", "py-exec", command=["echo", "said"], stdout=True, stderr=True, stdin=False, tty=False) == "said\n"
    s = stream(call, "p", "py-exec", command=["sh"], stdout=True, stderr=True, stdin=True, tty=False, _preload_content=False)
    s.write_stdin("echo out; echo err >&2; exit 4\n")
    s.run_forever(timeout=20)
    assert s.read_stdout() == "out\n" and s.read_stderr() == "err\n" and s.returncode == 4, s.returncode
    s.close()


@test
def python_leaves_after_writing():
    """A client that writes and goes at once, as those that copy files in do: the program reads all of it."""
    core = namespace("py-leave")
    start_pod(core, "py-leave", "p", "sleep", "1000")
    call = core.connect_get_namespaced_pod_exec
    for n, piece in ((1, 1), (100_000, 100_000), (5_000_000, 500_000), (20_000_000, 20_000_000)):
        s = stream(call, "p", "py-leave", command=["sh", "-c", "sleep 0.3; cat > /tmp/part; mv /tmp/part /tmp/whole"], stdin=True, stdout=True,
                   stderr=True, tty=False, _preload_content=False)
        for _ in range(0, n, piece):
            s.write_stdin("x" * piece)
        s.close()
        size = ["sh", "-c", "stat -c %s /tmp/whole 2>&1"]
        wait(lambda: stream(call, "p", "py-leave", command=size, stdout=True).strip() == str(n), f"{n} bytes are there")


@test
def python_forwards_ports():
    core = namespace("py-forward")
    start_pod(core, "py-forward", "p", "sh", "-c", "nc -ll -p 1234 -e cat & nc -ll -p 1235 -e cat & wait")
    wait(lambda: stream(core.connect_get_namespaced_pod_exec, "p", "py-forward", command=["netstat", "-ltn"], stdout=True).count(":123") == 2,
         "both listen")
    big = bytes(range(256)) * 8192
    for ports in ("1234,1235,1236", "1235,1234,1236"):
        f = portforward(core.connect_get_namespaced_pod_portforward, "p", "py-forward", ports=ports)
        one, two = f.socket(1234), f.socket(1235)
        sender = threading.Thread(target=one.sendall, args=(big,))
        sender.start()
        two.sendall(b"short")
        assert received(two, 5) == b"short"
        assert received(one, len(big)) == big
        sender.join()
        wait(lambda: f.error(1236), "the error of the port nobody listens on")
        assert "1236" in f.error(1236) and "refused" in f.error(1236), f.error(1236)
        assert not f.error(1234) and not f.error(1235)
        one.close()
        two.close()


def received(end, n):
    end.setblocking(True)
    end.settimeout(30)
    data = b""
    while len(data) < n:
        piece = end.recv(65536)
        assert piece, f"the end after {len(data)} bytes of {n}"
        data += piece
    return data


@test
def python_reads_and_follows_logs():
    core = namespace("py-logs")
    start_pod(core, "py-logs", "p", "sh", "-c", "for i in 1 2 3; do echo line $i; sleep 0.4; done", restart_policy="Never")
    followed = core.read_namespaced_pod_log("p", "py-logs", follow=True, _preload_content=False)
    assert followed.read().decode().splitlines() == ["line 1", "line 2", "line 3"]
    assert core.read_namespaced_pod_log("p", "py-logs", tail_lines=1) == "line 3\n"


@test
def python_dynamic_client_applies():
    from kubernetes import dynamic
    namespace("py-dynamic")
    d = dynamic.DynamicClient(client.ApiClient())
    maps = d.resources.get(api_version="v1", kind="ConfigMap")
    body = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "cm"}, "data": {"a": "b"}}
    maps.server_side_apply(body=body, name="cm", namespace="py-dynamic", field_manager="python")
    assert maps.get(name="cm", namespace="py-dynamic").data.a == "b"
    assert d.resources.get(api_version="apps/v1", kind="Deployment").namespaced


def main():
    config.load_kube_config()
    pattern, failed = sys.argv[1] if len(sys.argv) > 1 else "*", 0
    for f in TESTS:
        if not fnmatch.fnmatch(f.__name__, pattern):
            continue
        began = time.monotonic()
        try:
            f()
            print(f"ok    {f.__name__} ({time.monotonic() - began:.1f} s)", flush=True)
        except Exception:  # noqa: BLE001 — every failure is told and counted
            failed = 1
            print(f"FAIL  {f.__name__}\n{traceback.format_exc()}", flush=True)
    sys.exit(failed)


main()
