"""End-to-end tests of volumes behind claims: run by tests/e2e/run, each gets the cluster."""
import pathlib
import subprocess

from node_tests import said

TESTS = []
IMAGE = "example.local/busybox:1"
VOLUMES = "/api/v1/persistentvolumes"


def test(f):
    TESTS.append(f)
    return f


def claim_spec(size="1Gi", **more):
    return {"accessModes": ["ReadWriteOnce"], "resources": {"requests": {"storage": size}}, **more}


def claim(c, ns, name, **more):
    return c.create(f"{ns}/persistentvolumeclaims", {"metadata": {"name": name}, "spec": claim_spec(**more)})


def phase(c, ns, name):
    return c.get(f"{ns}/persistentvolumeclaims/{name}")["status"].get("phase")


def mounting(name, at="/data", **volume):
    return {"volumes": [{"name": "v", **(volume or {"persistentVolumeClaim": {"claimName": name}})}],
            "container": {"volumeMounts": [{"name": "v", "mountPath": at}]}}


@test
def data_of_a_stateful_set_stays(c):
    """What a StatefulSet wrote is there when its pods come again, and goes with the claim."""
    ns = c.namespace("claimed")
    classes = c.get("/apis/storage.k8s.io/v1/storageclasses")["items"]
    assert [(x["metadata"]["name"], x["provisioner"]) for x in classes] == [("coracle-local", "coracle.dev/local")], classes
    apps = ns.replace("/api/v1", "/apis/apps/v1")
    script = "echo $(hostname) >>/data/log; cat /data/log; exec sleep 1000"
    pod = {"metadata": {"labels": {"app": "db"}},
           "spec": {"terminationGracePeriodSeconds": 1, "containers": [
               {"name": "main", "image": IMAGE, "command": ["sh", "-c", script], "volumeMounts": [{"name": "data", "mountPath": "/data"}],
                "securityContext": {"runAsUser": 1234}}]}}
    c.create(f"{apps}/statefulsets", {"metadata": {"name": "db"}, "spec": {
        "replicas": 2, "serviceName": "db", "selector": {"matchLabels": {"app": "db"}}, "template": pod,
        "volumeClaimTemplates": [{"metadata": {"name": "data"}, "spec": claim_spec()}]}})
    c.wait(lambda: c.maybe(f"{ns}/pods/db-1"), "the second pod")
    c.wait_phase(ns, "db-1", "Running")
    c.wait(lambda: said(c, ns, "db-1") == "db-1\n", "its own data")
    volume = c.get(f"{ns}/persistentvolumeclaims/data-db-0")["spec"]["volumeName"]
    folder = pathlib.Path(c.get(f"{VOLUMES}/{volume}")["spec"]["hostPath"]["path"])
    assert folder == c.data / "volumes" / volume and (folder / "log").read_text() == "db-0\n", folder
    uid = c.get(f"{ns}/pods/db-0")["metadata"]["uid"]
    c.delete(f"{ns}/pods/db-0")
    c.wait(lambda: (c.maybe(f"{ns}/pods/db-0") or {"metadata": {"uid": uid}})["metadata"]["uid"] != uid, "another pod")
    c.wait_phase(ns, "db-0", "Running")
    c.wait(lambda: said(c, ns, "db-0") == "db-0\ndb-0\n", "what the first one wrote")
    # A claim in use outlives its deletion; then folder and volume go with it.
    c.delete(f"{ns}/persistentvolumeclaims/data-db-0")
    assert c.get(f"{ns}/persistentvolumeclaims/data-db-0")["metadata"]["finalizers"] == ["kubernetes.io/pvc-protection"]
    c.delete(f"{apps}/statefulsets/db")
    c.wait(lambda: not c.maybe(f"{ns}/persistentvolumeclaims/data-db-0"), "the claim's end")
    c.wait(lambda: not c.maybe(f"{VOLUMES}/{volume}"), "the volume's end")
    assert not folder.exists(), folder
    assert phase(c, ns, "data-db-1") == "Bound"


@test
def claims_of_an_administrators_volumes(c):
    """A volume that somebody made, kept after its claim; and a claim that nobody serves says why its pod waits."""
    ns = c.namespace("static")
    folder = c.folder / "disk"
    folder.mkdir()
    (folder / "greeting").write_text("hello\n")
    affinity = {"required": {"nodeSelectorTerms": [{"matchExpressions": [{"key": "kubernetes.io/hostname", "operator": "In", "values": ["node-1"]}]}]}}
    c.create(VOLUMES, {"metadata": {"name": "disk"}, "spec": {
        "capacity": {"storage": "5Gi"}, "accessModes": ["ReadWriteOnce"], "storageClassName": "", "local": {"path": str(folder)}, "nodeAffinity": affinity}})
    claim(c, ns, "mine", storageClassName="")
    c.wait(lambda: phase(c, ns, "mine") == "Bound", "a bound claim")
    assert c.get(f"{ns}/persistentvolumeclaims/mine")["status"]["capacity"] == {"storage": "5Gi"}
    ro = {"persistentVolumeClaim": {"claimName": "mine", "readOnly": True}}
    c.pod(ns, "reads", ["sh", "-c", "cat /data/greeting; touch /data/x 2>&1; exec sleep 1000"], **mounting("mine", **ro))
    c.wait_phase(ns, "reads", "Running")
    c.wait(lambda: "Read-only file system" in said(c, ns, "reads"), "a mount that is read only")
    assert said(c, ns, "reads").startswith("hello\n")
    claim(c, ns, "nobodys", storageClassName="none-such")
    c.pod(ns, "waits", ["true"], **mounting("nobodys"))
    condition = c.wait(lambda: c.get(f"{ns}/pods/waits")["status"].get("conditions"), "a condition")[0]
    assert "pod has unbound immediate PersistentVolumeClaims" in condition["message"], condition
    c.delete(f"{ns}/pods/reads", gracePeriodSeconds=0)
    c.delete(f"{ns}/persistentvolumeclaims/mine")
    c.wait(lambda: c.get(f"{VOLUMES}/disk")["status"]["phase"] == "Released", "a volume that is kept")
    assert (folder / "greeting").read_text() == "hello\n"
    c.delete(f"{VOLUMES}/disk")


@test
def ephemeral_volumes_go_with_their_pod(c):
    ns = c.namespace("ephemeral")
    template = {"spec": claim_spec()}
    c.pod(ns, "p", ["sh", "-c", "echo here >/data/x; cat /data/x; exec sleep 1000"], securityContext={"fsGroup": 777},
          **mounting("", ephemeral={"volumeClaimTemplate": template}))
    c.wait_phase(ns, "p", "Running")
    c.wait(lambda: said(c, ns, "p") == "here\n", "a volume of its own")
    claim_now = c.get(f"{ns}/persistentvolumeclaims/p-v")
    assert claim_now["metadata"]["ownerReferences"][0]["name"] == "p", claim_now
    folder = c.data / "volumes" / claim_now["spec"]["volumeName"]
    assert folder.stat().st_gid == 777, folder.stat()
    c.delete(f"{ns}/pods/p", gracePeriodSeconds=0)
    c.wait(lambda: not c.maybe(f"{ns}/persistentvolumeclaims/p-v"), "the claim's end")
    c.wait(lambda: not folder.exists(), "the folder's end")


@test
def claims_are_mounted_again_after_a_restart(c):
    """An agent that comes back takes the pod over with its volume."""
    ns = c.namespace("restart")
    claim(c, ns, "c")
    c.pod(ns, "p", ["sh", "-c", "echo again >>/data/x; cat /data/x; until [ -e /data/end ]; do sleep 0.1; done; rm /data/end"], restartPolicy="Always", **mounting("c"))
    c.wait_phase(ns, "p", "Running")
    c.wait(lambda: said(c, ns, "p") == "again\n", "the first line")
    pid = c.pid("agent")
    subprocess.run(["kill", "-KILL", str(pid)], check=True)
    c.wait(lambda: c.pid("agent") != pid, "another agent")
    # Its container ends now and is made anew by the agent that took it over, with the same folder.
    (c.data / "volumes" / c.get(f"{ns}/persistentvolumeclaims/c")["spec"]["volumeName"] / "end").touch()
    c.wait(lambda: said(c, ns, "p") == "again\nagain\n", "both lines")
