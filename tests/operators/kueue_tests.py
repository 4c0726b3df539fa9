"""Kueue as a pod of its own chart: quotas admit and hold Jobs; its definitions have two versions each, its webhooks convert,
default and refuse, and its rules in CEL judge."""
import json

import world

TESTS = []
GROUP = "kueue.x-k8s.io"
NEW, OLD = f"{GROUP}/v1beta2", f"{GROUP}/v1beta1"
IMAGE = "example.local/busybox:1"


def test(f):
    TESTS.append(f)
    return f


class World(world.World):
    release, namespace = "kueue", "kueue-system"

    def chart(self):
        return self.operator.source / "charts" / "kueue"


def flavor(name, **spec):
    return {"apiVersion": NEW, "kind": "ResourceFlavor", "metadata": {"name": name}, "spec": spec}


def cluster_queue(name, cpu, version=NEW, **spec):
    group = {"coveredResources": ["cpu"], "flavors": [{"name": "plain", "resources": [{"name": "cpu", "nominalQuota": cpu}]}]}
    return {"apiVersion": version, "kind": "ClusterQueue", "metadata": {"name": name}, "spec": {"namespaceSelector": {}, "resourceGroups": [group], **spec}}


def local_queue(cluster, version=NEW):
    return {"apiVersion": version, "kind": "LocalQueue", "metadata": {"name": "queue"}, "spec": {"clusterQueue": cluster}}


def job(name, cpu, *command, **labels):
    container = {"name": "main", "image": IMAGE, "command": list(command), "resources": {"requests": {"cpu": cpu}}}
    return {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": name, "labels": {f"{GROUP}/queue-name": "queue", **labels}},
            "spec": {"backoffLimit": 0, "template": {"spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1, "containers": [container]}}}}


def workload(w, name):
    """The Workload Kueue made of a Job, once it is there."""
    def find():
        return next((x for x in w.k.json("get", "workloads")["items"] if x["metadata"]["ownerReferences"][0]["name"] == name), None)
    return w.wait(find, f"the workload of {name}")


def met(one, kind):
    return any(c["type"] == kind and c["status"] == "True" for c in one.get("status", {}).get("conditions", []))


def suspended(w, name):
    return w.k.json("get", "job", name)["spec"].get("suspend", False)


def queues(w, namespace, cpu, **spec):
    """A namespace with a queue of a cluster queue of its own; Kueue is ready once both are active."""
    w.k.namespace(namespace)
    w.k.apply(flavor("plain"), cluster_queue(namespace, cpu, **spec), local_queue(namespace))
    w.condition("clusterqueue", namespace, "Active")
    w.condition("localqueue", "queue", "Active")


@test
def kueue_installs(w):
    image = w.operator.image("kueue")
    manager = "controllerManager.manager.image"
    w.install(f"{manager}.repository={image.rpartition(':')[0]}", f"{manager}.tag={w.operator.version}", f"{manager}.pullPolicy=IfNotPresent")
    w.wait(lambda: "created" in w.k.apply(cluster_queue("probe", 1), words=["--dry-run=server"]), "the webhooks answer")


@test
def kueue_admits_by_quota(w):
    queues(w, "quota", "200m")
    w.k.apply(job("first", "150m", "sleep", "1000"))
    w.wait(lambda: not suspended(w, "first"), "the first job is admitted")
    w.k.apply(job("second", "150m", "true"), job("huge", "5", "true"))
    for name in ("second", "huge"):
        assert not met(workload(w, name), "Admitted") and suspended(w, name)
    held = w.condition("workload", workload(w, "second")["metadata"]["name"], "QuotaReserved", status="False")
    assert "insufficient unused quota" in str(held["status"]["conditions"]), held["status"]
    assert not w.k.json("get", "pods", "-l", "job-name=second")["items"]
    w.wait(lambda: w.k.json("get", "clusterqueue", "quota")["status"].get("pendingWorkloads") == 2, "two wait")
    used = w.k.json("get", "clusterqueue", "quota")["status"]
    assert used["admittedWorkloads"] == 1 and used["flavorsUsage"][0]["resources"][0]["total"] == "150m", used
    w.k("delete", "job", "first")
    w.k("wait", "job/second", "--for=condition=Complete", "--timeout=60s", timeout=90)
    assert suspended(w, "huge")
    w.wait(lambda: met(workload(w, "second"), "Finished"), "its workload is finished")


@test
def kueue_preempts(w):
    queues(w, "preempt", "200m", preemption={"withinClusterQueue": "LowerPriority"})
    for name, value in (("low", 1), ("high", 100)):
        w.k.apply({"apiVersion": NEW, "kind": "WorkloadPriorityClass", "metadata": {"name": name}, "value": value})
    w.k.apply(job("meek", "150m", "sleep", "1000", **{f"{GROUP}/priority-class": "low"}))
    w.wait(lambda: not suspended(w, "meek") and w.k.json("get", "job", "meek")["status"].get("active"), "the meek job runs")
    w.k.apply(job("bold", "150m", "true", **{f"{GROUP}/priority-class": "high"}))
    w.k("wait", "job/bold", "--for=condition=Complete", "--timeout=60s", timeout=90)
    evicted = [c for c in workload(w, "meek")["status"]["conditions"] if c["type"] in ("Evicted", "Preempted")]
    assert evicted, workload(w, "meek")["status"]
    w.wait(lambda: not suspended(w, "meek"), "the meek job is admitted again")


@test
def kueue_lists_what_waits(w):
    """Its visibility API: an aggregated API server, that asks us who may read it."""
    path = f"/apis/visibility.{GROUP}/v1beta2"
    w.k("wait", "--for=condition=Available", f"apiservice/v1beta2.visibility.{GROUP}", "--timeout=60s", timeout=90)
    queues(w, "waiting", "100m")
    w.k.apply(job("big", "2", "true"), job("bigger", "3", "true"))
    for name in ("big", "bigger"):
        workload(w, name)

    def names():
        listed = json.loads(w.k("get", "--raw", f"{path}/clusterqueues/waiting/pendingworkloads"))["items"]
        return [(x["metadata"]["ownerReferences"][0]["name"], x["positionInClusterQueue"]) for x in listed]

    w.wait(lambda: len(names()) == 2, "both wait")
    assert sorted(p for _, p in names()) == [0, 1] and {n for n, _ in names()} == {"big", "bigger"}, names()
    w.k("delete", "job", "big")
    w.wait(lambda: names() == [("bigger", 0)], "one waits")
    said = w.k("get", "--raw", f"{path}/clusterqueues/waiting/pendingworkloads", "--as=nobody", code=1)
    assert "Forbidden" in said, said


@test
def kueue_converts(w):
    """Both versions are served, stored is the older: what was written in one is read in the other, and watched in both."""
    queues(w, "convert", "1")
    both = [w.k.json("get", f"clusterqueues.{v}.{GROUP}", "convert") for v in ("v1beta1", "v1beta2")]
    assert [x["apiVersion"] for x in both] == [OLD, NEW]
    w.k.apply(cluster_queue("older", "1", version=OLD, cohort="together"), cluster_queue("newer", "2", cohortName="together"))
    older, newer = w.k.json("get", f"clusterqueues.v1beta2.{GROUP}", "older"), w.k.json("get", f"clusterqueues.v1beta1.{GROUP}", "newer")
    assert older["spec"]["cohortName"] == "together" and "cohort" not in older["spec"], older["spec"]
    assert newer["spec"]["cohort"] == "together" and "cohortName" not in newer["spec"], newer["spec"]
    listed = w.k.json("get", f"clusterqueues.v1beta1.{GROUP}")["items"]
    assert all(x["apiVersion"] == OLD for x in listed) and {"older", "newer"} <= {x["metadata"]["name"] for x in listed}
    with w.k.background("get", f"clusterqueues.v1beta1.{GROUP}", "older", "-w", "-o", "jsonpath={.spec.cohort}|") as watched:
        watched.until("together|")
        w.k("patch", f"clusterqueues.v1beta2.{GROUP}", "older", "--type=merge", "-p", '{"spec":{"cohortName":"apart"}}')
        watched.until("apart|")
    w.k("delete", "clusterqueue", "older", "newer")


@test
def kueue_refuses_bad_objects(w):
    queues(w, "refuse", "1")
    bad = cluster_queue("bad", "1")
    bad["spec"]["resourceGroups"][0]["flavors"][0]["resources"][0]["name"] = "memory"
    said = w.refused(bad)
    assert 'admission webhook "vclusterqueue.kb.io" denied the request: spec.resourceGroups[0].flavors[0].resources[0].name: Invalid value: "memory"' in said, said
    said = w.refused(cluster_queue("bad", "1", preemption={"reclaimWithinCohort": "Never", "borrowWithinCohort": {"policy": "LowerPriority"}}))
    assert "spec.preemption: Invalid value:" in said and "reclaimWithinCohort=Never and borrowWithinCohort.Policy!=Never" in said, said
    said = w.refused(cluster_queue("bad", "1", queueingStrategy="Luck"))
    assert 'spec.queueingStrategy: Unsupported value: "Luck": supported values: "StrictFIFO", "BestEffortFIFO"' in said, said
    w.k.apply(job("fixed", "100m", "sleep", "1000"))
    w.wait(lambda: not suspended(w, "fixed"), "the job is admitted")
    said = w.k("label", "job", "fixed", "--overwrite", f"{GROUP}/queue-name=other", code=1)
    assert 'admission webhook "vjob.kb.io" denied the request' in said and "field is immutable" in said, said
    name = workload(w, "fixed")["metadata"]["name"]
    said = w.k("patch", "workload", name, "--type=merge", "-p", '{"spec":{"podSets":[]}}', code=1)
    assert "spec" in said and "Invalid value" in said, said


@test
def kueue_keeps_what_is_in_use(w):
    queues(w, "inuse", "1")
    w.k("delete", "resourceflavor", "plain", "--wait=false")
    w.wait(lambda: "deletionTimestamp" in w.k.json("get", "resourceflavor", "plain")["metadata"], "its deletion begins")
    assert w.k.json("get", "resourceflavor", "plain")["metadata"]["finalizers"] == [f"{GROUP}/resource-in-use"]
    w.k("delete", "clusterqueue", "--all", "--wait=false")
    for name in ("quota", "preempt", "waiting", "convert", "refuse", "inuse"):
        w.k("delete", "namespace", name, "--ignore-not-found", "--wait=false")
    w.wait(lambda: not w.k("get", "clusterqueue,resourceflavor", "--ignore-not-found", "-o", "name").strip(), "queues and flavor are gone", 90)


@test
def kueue_leaves(w):
    w.k.ns = w.namespace
    w.helm("uninstall", w.release, "--wait", timeout=120)
    w.wait(lambda: GROUP not in w.k("api-resources", "-o", "name"), "its kinds go")
    # Jobs are nobody's concern now.
    w.k.namespace("after")
    w.k.apply(job("free", "10m", "true"))
    w.k("wait", "job/free", "--for=condition=Complete", "--timeout=60s", timeout=90)
