"""Jobs that wait for quota, with kubectl and the kinds of manifests people have for Kueue: on a server started with --queues, real pods run."""
import json
import pathlib
import time

from kubectl import IMAGE

TESTS = []
FLAGS = ["--queues"]
GROUP = "kueue.x-k8s.io"
NEW, OLD = f"{GROUP}/v1beta2", f"{GROUP}/v1beta1"


def test(f):
    TESTS.append(f)
    return f


def until(wanted, what, seconds=60):
    end = time.monotonic() + seconds
    while not (got := wanted()):
        assert time.monotonic() < end, f"not within {seconds} s: {what}"
        time.sleep(0.1)
    return got


def flavor(name, **spec):
    return {"apiVersion": NEW, "kind": "ResourceFlavor", "metadata": {"name": name}, "spec": spec}


def quota(name, cpu, **limits):
    return {"name": name, "resources": [{"name": "cpu", "nominalQuota": cpu, **limits}]}


def cluster_queue(name, *flavors, **spec):
    group = {"coveredResources": ["cpu"], "flavors": list(flavors)}
    return {"apiVersion": NEW, "kind": "ClusterQueue", "metadata": {"name": name}, "spec": {"namespaceSelector": {}, "resourceGroups": [group], **spec}}


def local_queue(cluster, name="queue", **spec):
    return {"apiVersion": NEW, "kind": "LocalQueue", "metadata": {"name": name}, "spec": {"clusterQueue": cluster, **spec}}


def container(cpu, *command):
    return {"name": "main", "image": IMAGE, "command": list(command), "resources": {"requests": {"cpu": cpu}}}


def job(name, cpu, *command, queue="queue", labels=None, annotations=None, **spec):
    return {"apiVersion": "batch/v1", "kind": "Job",
            "metadata": {"name": name, "labels": {f"{GROUP}/queue-name": queue, **(labels or {})}, "annotations": annotations or {}},
            "spec": {"backoffLimit": 0, **spec, "template": {"spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1, "containers": [container(cpu, *command)]}}}}


def workload(k, name):
    """The Workload of a Job, once it is there."""
    return until(lambda: next((x for x in k.json("get", "workloads")["items"] if x["metadata"]["ownerReferences"][0]["name"] == name), None), f"the workload of {name}")


def condition(one, kind):
    return next((c for c in one.get("status", {}).get("conditions", []) if c["type"] == kind), {})


def met(one, kind, status="True"):
    return condition(one, kind).get("status") == status


def suspended(k, name):
    return k.json("get", "job", name)["spec"].get("suspend", False)


def runs(k, name):
    return not suspended(k, name) and k.json("get", "job", name)["status"].get("active")


def done(k, *names):
    for name in names:
        k("wait", f"job/{name}", "--for=condition=Complete", "--timeout=60s", timeout=90)


def active(k, *names):
    for name in names:
        k("wait", name, "--for=condition=Active", "--timeout=20s", timeout=30)


def queues(k, namespace, cpu, **spec):
    k.namespace(namespace)
    k.apply(flavor("plain"), cluster_queue(namespace, quota("plain", cpu), **spec), local_queue(namespace))
    active(k, f"clusterqueue/{namespace}", "localqueue/queue")


def refused(k, one, *words, **more):
    said = k("apply", "-f", "-", stdin=json.dumps(one), code=1, **more)
    for word in words:
        assert word in said, f"{word!r} is not in {said}"


@test
def queue_admits_by_quota(k):
    queues(k, "quota", "200m")
    k.apply(job("first", "150m", "sleep", "1000"))
    until(lambda: runs(k, "first"), "the first job is admitted")
    k.apply(job("second", "150m", "true"), job("huge", "5", "true"))
    for name in ("second", "huge"):
        held = until(lambda: condition(workload(k, name), "QuotaReserved"), f"{name} is judged")
        assert held["status"] == "False" and held["reason"] == "Pending" and suspended(k, name), held
    assert "insufficient unused quota for cpu in flavor plain, 100m more needed" in condition(workload(k, "second"), "QuotaReserved")["message"]
    assert not k.json("get", "pods", "-l", "job-name=second")["items"]
    used = until(lambda: (s := k.json("get", "clusterqueue", "quota")["status"])["pendingWorkloads"] == 2 and s, "two wait")
    assert used["admittedWorkloads"] == used["reservingWorkloads"] == 1, used
    assert used["flavorsUsage"] == used["flavorsReservation"] == [{"name": "plain", "resources": [{"name": "cpu", "total": "150m", "borrowed": "0"}]}], used
    own = k.json("get", "localqueue", "queue")["status"]
    assert (own["pendingWorkloads"], own["admittedWorkloads"]) == (2, 1) and own["flavorsUsage"][0]["resources"] == [{"name": "cpu", "total": "150m"}], own
    k("delete", "job", "first")
    done(k, "second")
    until(lambda: met(workload(k, "second"), "Finished"), "its workload is finished")
    assert condition(workload(k, "second"), "Finished")["reason"] == "Succeeded" and suspended(k, "huge")
    until(lambda: len(k.json("get", "workloads")["items"]) == 2, "the deleted job's workload is gone")
    table = k("get", "workloads")
    assert "RESERVED IN" in table and "FINISHED" in table, table


@test
def queue_gives_flavors_to_pods(k):
    k.namespace("flavors")
    k("label", "node", "node-1", "kind=big", "--overwrite")
    toleration = {"key": "reserved", "operator": "Exists", "effect": "NoSchedule"}
    k.apply(flavor("big", nodeLabels={"kind": "big"}, tolerations=[toleration]), flavor("small", nodeLabels={"kind": "small"}),
            cluster_queue("flavors", quota("small", "50m"), quota("big", "1")), local_queue("flavors"))
    active(k, "clusterqueue/flavors")
    k.apply(job("j", "100m", "true", parallelism=2, completions=2))
    done(k, "j")
    given = workload(k, "j")["status"]["admission"]["podSetAssignments"]
    assert given == [{"name": "main", "flavors": {"cpu": "big"}, "resourceUsage": {"cpu": "200m"}, "count": 2}], given
    for pod in k.json("get", "pods", "-l", "job-name=j")["items"]:
        assert pod["spec"]["nodeSelector"] == {"kind": "big"} and any(t.get("key") == "reserved" for t in pod["spec"]["tolerations"]), pod["spec"]


@test
def queue_preempts(k):
    queues(k, "preempt", "200m", preemption={"withinClusterQueue": "LowerPriority"})
    for name, value in (("low", 1), ("high", 100)):
        k.apply({"apiVersion": NEW, "kind": "WorkloadPriorityClass", "metadata": {"name": name}, "value": value})
    k.apply(job("meek", "150m", "sleep", "1000", labels={f"{GROUP}/priority-class": "low"}))
    until(lambda: runs(k, "meek"), "the meek job runs")
    k.apply(job("bold", "150m", "true", labels={f"{GROUP}/priority-class": "high"}))
    done(k, "bold")
    meek = workload(k, "meek")
    assert meek["spec"]["priority"] == 1 and meek["spec"]["priorityClassRef"] == {"group": GROUP, "kind": "WorkloadPriorityClass", "name": "low"}, meek["spec"]
    until(lambda: runs(k, "meek"), "the meek job runs again")
    meek = workload(k, "meek")
    was = condition(meek, "Preempted")
    assert was["status"] == "False" and "due to prioritization in the ClusterQueue" in was["message"] and was["message"].startswith("Previously: "), was
    assert met(meek, "Requeued") and condition(meek, "Requeued")["reason"] == "Preempted", meek["status"]
    assert meek["status"]["schedulingStats"]["evictions"] == [{"reason": "Preempted", "underlyingCause": "", "count": 1}], meek["status"]
    pods = k.json("get", "pods", "-l", "job-name=meek")["items"]
    assert len([p for p in pods if p["status"]["phase"] == "Running" and "deletionTimestamp" not in p["metadata"]]) == 1
    k("delete", "job", "meek")


@test
def queue_lends_and_takes_back(k):
    """Two queues of a cohort: one borrows what the other does not use, and gives it back when it is wanted."""
    k.namespace("cohort")
    policy = {"reclaimWithinCohort": "Any", "withinClusterQueue": "LowerPriority"}
    k.apply(flavor("plain"), *(cluster_queue(f"team-{x}", quota("plain", "200m"), cohortName="all", preemption=policy) for x in "ab"),
            *(local_queue(f"team-{x}", x) for x in "ab"))
    active(k, "clusterqueue/team-a", "clusterqueue/team-b")
    for n in range(3):
        k.apply(job(f"a{n}", "100m", "sleep", "1000", queue="a"))
    until(lambda: all(runs(k, f"a{n}") for n in range(3)), "team a runs with what team b lends")
    until(lambda: k.json("get", "clusterqueue", "team-a")["status"]["flavorsUsage"][0]["resources"][0] == {"name": "cpu", "total": "300m", "borrowed": "100m"}, "it borrows")
    k.apply(job("b0", "200m", "true", queue="b"))
    done(k, "b0")
    evicted = until(lambda: [w for w in k.json("get", "workloads")["items"] if condition(w, "Preempted")], "one of team a's was evicted")
    assert len(evicted) == 1 and "due to reclamation within the cohort" in condition(evicted[0], "Preempted")["message"], evicted
    until(lambda: all(runs(k, f"a{n}") for n in range(3)), "all of team a run again once team b is done")
    k("delete", "jobs", "--all")


@test
def queue_stops_and_drains(k):
    queues(k, "stopped", "200m")
    k.apply(job("j", "100m", "sleep", "1000"))
    until(lambda: runs(k, "j"), "the job runs")
    k("patch", "clusterqueue", "stopped", "--type=merge", "-p", '{"spec":{"stopPolicy":"Hold"}}')
    until(lambda: condition(k.json("get", "clusterqueue", "stopped"), "Active").get("reason") == "Stopped", "the queue is stopped")
    k.apply(job("late", "100m", "true"))
    held = until(lambda: condition(workload(k, "late"), "QuotaReserved"), "the late job is judged")
    assert held["status"] == "False" and held["reason"] == "Inadmissible" and held["message"] == "ClusterQueue stopped is inactive", held
    assert runs(k, "j")
    k("patch", "clusterqueue", "stopped", "--type=merge", "-p", '{"spec":{"stopPolicy":"HoldAndDrain"}}')
    until(lambda: suspended(k, "j") and not met(workload(k, "j"), "QuotaReserved"), "the job is drained")
    assert condition(workload(k, "j"), "Evicted")["reason"] == "ClusterQueueStopped"
    k("patch", "clusterqueue", "stopped", "--type=merge", "-p", '{"spec":{"stopPolicy":"None"}}')
    until(lambda: runs(k, "j"), "the job runs again")
    done(k, "late")
    k("patch", "workload", workload(k, "j")["metadata"]["name"], "--type=merge", "-p", '{"spec":{"active":false}}')
    until(lambda: suspended(k, "j") and not met(workload(k, "j"), "Admitted"), "a deactivated job stops")
    assert condition(workload(k, "j"), "Evicted")["reason"] == "Deactivated"
    k("patch", "workload", workload(k, "j")["metadata"]["name"], "--type=merge", "-p", '{"spec":{"active":true}}')
    until(lambda: runs(k, "j"), "and runs when it is active again")
    k("delete", "workload", workload(k, "j")["metadata"]["name"], "--wait=false")
    until(lambda: runs(k, "j") and met(workload(k, "j"), "Admitted") and workload(k, "j")["metadata"].get("deletionTimestamp") is None, "a deleted workload is made anew")
    k("delete", "jobs", "--all")


@test
def queue_waits_for_checks(k):
    k.namespace("checks")
    check = {"apiVersion": NEW, "kind": "AdmissionCheck", "metadata": {"name": "budget"}, "spec": {"controllerName": "example.com/budget"}}
    k.apply(check, flavor("plain"), cluster_queue("checks", quota("plain", "200m"), admissionChecksStrategy={"admissionChecks": [{"name": "budget"}]}), local_queue("checks"))
    until(lambda: condition(k.json("get", "clusterqueue", "checks"), "Active").get("reason") == "AdmissionCheckInactive", "an inactive check holds the queue")
    now = "2026-01-01T00:00:00Z"
    active_now = {"status": {"conditions": [{"type": "Active", "status": "True", "reason": "Active", "message": "", "lastTransitionTime": now}]}}
    k("patch", "admissioncheck", "budget", "--subresource=status", "--type=merge", "-p", json.dumps(active_now))
    active(k, "clusterqueue/checks")

    def answer(name, state, **more):
        one = [{"name": "budget", "state": state, "message": "said so", "lastTransitionTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **more}]
        k("patch", "workload", workload(k, name)["metadata"]["name"], "--subresource=status", "--type=merge", "-p", json.dumps({"status": {"admissionChecks": one}}))

    k.apply(job("j", "150m", "true"))
    until(lambda: met(workload(k, "j"), "QuotaReserved") and workload(k, "j")["status"].get("admissionChecks"), "it has quota")
    assert workload(k, "j")["status"]["admissionChecks"][0]["state"] == "Pending" and not met(workload(k, "j"), "Admitted") and suspended(k, "j")
    answer("j", "Ready", podSetUpdates=[{"name": "main", "labels": {"paid": "yes"}}])
    done(k, "j")
    assert k.json("get", "pods", "-l", "job-name=j")["items"][0]["metadata"]["labels"]["paid"] == "yes"
    k.apply(job("poor", "150m", "true"))
    until(lambda: met(workload(k, "poor"), "QuotaReserved"), "it has quota")
    answer("poor", "Rejected")
    until(lambda: workload(k, "poor")["spec"].get("active") is False and condition(workload(k, "poor"), "Evicted").get("reason") == "Deactivated", "a rejected one is turned off")
    until(lambda: not met(workload(k, "poor"), "QuotaReserved"), "and gives its quota back")


@test
def queue_refuses_mistakes(k):
    queues(k, "mistakes", "200m")
    refused(k, cluster_queue("bad", quota("plain", "1", borrowingLimit="1")), "borrowingLimit must be nil when cohort is empty")
    bad = cluster_queue("bad", quota("plain", "1"))
    bad["spec"]["resourceGroups"][0]["coveredResources"].append("memory")
    refused(k, bad, "same number of resources")
    refused(k, cluster_queue("bad", quota("plain", "a lot")), "nominalQuota")
    refused(k, {**local_queue("other"), "metadata": {"name": "queue"}}, "field is immutable")
    k.apply(job("j", "100m", "sleep", "1000"))
    until(lambda: runs(k, "j"), "it runs")
    said = k("label", "job", "j", "--overwrite", f"{GROUP}/queue-name=other", code=1)
    assert "field is immutable" in said, said
    refused(k, job("k", "100m", "true", annotations={f"{GROUP}/job-min-parallelism": "3"}, parallelism=2), "should be between 0 and 1")
    k.apply(job("lost", "100m", "true", queue="nowhere"))
    held = until(lambda: condition(workload(k, "lost"), "QuotaReserved"), "it is judged")
    assert held["message"] == "LocalQueue nowhere doesn't exist", held
    k.apply(local_queue("mistakes", "nowhere"))
    done(k, "lost")
    k("delete", "resourceflavor", "plain", "--wait=false")
    time.sleep(0.5)
    assert k.json("get", "resourceflavor", "plain")["metadata"]["deletionTimestamp"]  # in use: it stays
    k("delete", "job", "j")


@test
def queue_minds_namespaces(k):
    queues(k, "chosen", "200m", namespaceSelector={"matchLabels": {"queues": "yes"}})
    k.apply(job("j", "100m", "true"))
    held = until(lambda: condition(workload(k, "j"), "QuotaReserved"), "it is judged")
    assert held["message"] == "Workload namespace doesn't match ClusterQueue selector", held
    k("label", "namespace", "chosen", "queues=yes")
    done(k, "j")


@test
def queue_speaks_both_versions(k):
    """Manifests of v1beta1 work; each version is read in the other's words."""
    k.namespace("versions")
    older = cluster_queue("older", quota("plain", "200m", borrowingLimit="100m"), cohort="together", flavorFungibility={"whenCanBorrow": "Borrow", "whenCanPreempt": "Preempt"})
    newer = cluster_queue("newer", quota("plain", "100m"), cohortName="together")
    k.apply({**flavor("plain"), "apiVersion": OLD}, {**older, "apiVersion": OLD}, newer, {**local_queue("older"), "apiVersion": OLD})
    active(k, "clusterqueue/older", "clusterqueue/newer")
    both = {v: {n: k.json("get", f"clusterqueues.{v}.{GROUP}", n)["spec"] for n in ("older", "newer")} for v in ("v1beta1", "v1beta2")}
    assert all(s.get("cohort") == "together" and "cohortName" not in s for s in both["v1beta1"].values()), both
    assert all(s.get("cohortName") == "together" and "cohort" not in s for s in both["v1beta2"].values()), both
    assert both["v1beta1"]["older"]["flavorFungibility"] == {"whenCanBorrow": "Borrow", "whenCanPreempt": "Preempt"}, both
    assert both["v1beta2"]["older"]["flavorFungibility"] == {"whenCanBorrow": "MayStopSearch", "whenCanPreempt": "MayStopSearch"}, both
    k.apply({**older, "apiVersion": OLD})  # applied again it changes nothing
    k.apply(job("j", "300m", "true"))
    done(k, "j")
    assert k.json("get", f"localqueues.v1beta1.{GROUP}", "queue")["status"]["flavorUsage"][0]["name"] == "plain"
    assert "together" in k("get", f"clusterqueues.v1beta1.{GROUP}", "older") and "together" in k("get", "clusterqueue", "older")
    with k.background("get", f"clusterqueues.v1beta1.{GROUP}", "older", "-w", "-o", "jsonpath={.spec.cohort}|") as watched:
        watched.until("together|")
        k("patch", f"clusterqueues.v1beta2.{GROUP}", "older", "--type=merge", "-p", '{"spec":{"cohortName":"apart"}}')
        watched.until("apart|")
    k("patch", f"clusterqueues.v1beta1.{GROUP}", "older", "--type=merge", "-p", '{"spec":{"cohort":"again"}}')
    assert k.json("get", "clusterqueue", "older")["spec"]["cohortName"] == "again"
    refused(k, cluster_queue("bad", quota("plain", "1"), cohort="x"), "unknown field")


def pod(name, cpu, *command, **meta):
    labels = {f"{GROUP}/queue-name": "queue", **meta.pop("labels", {})}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels, **meta},
            "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1, "containers": [container(cpu, *command)]}}


def phase(k, name):
    return k.json("get", "pod", name)["status"].get("phase")


@test
def queue_holds_pods(k):
    queues(k, "pods", "200m")
    k.apply(pod("one", "150m", "sleep", "1000"))
    until(lambda: phase(k, "one") == "Running", "the first pod runs")
    k.apply(pod("two", "150m", "true"))
    held = until(lambda: condition(workload(k, "two"), "QuotaReserved"), "the second is judged")
    two = k.json("get", "pod", "two")
    assert held["status"] == "False" and two["spec"]["schedulingGates"] == [{"name": f"{GROUP}/admission"}] and two["metadata"]["labels"][f"{GROUP}/managed"] == "true", two
    k("delete", "pod", "one")
    until(lambda: phase(k, "two") == "Succeeded", "the second pod runs to its end")
    until(lambda: met(workload(k, "two"), "Finished"), "its workload is finished")
    until(lambda: len(k.json("get", "workloads")["items"]) == 1, "the deleted pod's workload is gone")


@test
def queue_holds_groups(k):
    """All pods of a group start or none; those that ask for something else are a pod set of their own."""
    queues(k, "groups", "400m")
    group = {"labels": {f"{GROUP}/pod-group-name": "g"}, "annotations": {f"{GROUP}/pod-group-total-count": "3"}}
    for name, cpu in (("leader", "200m"), ("w1", "50m")):
        k.apply(pod(name, cpu, "sleep", "3", labels=dict(group["labels"]), annotations=group["annotations"]))
    time.sleep(1)
    assert not k.json("get", "workloads")["items"] and phase(k, "leader") == "Pending"
    k.apply(pod("w2", "50m", "sleep", "3", labels=dict(group["labels"]), annotations=group["annotations"]))
    until(lambda: all(phase(k, n) == "Succeeded" for n in ("leader", "w1", "w2")), "the group runs to its end")
    one = until(lambda: met(w := k.json("get", "workload", "g"), "Finished") and w, "its workload is finished")
    assert sorted(s["count"] for s in one["spec"]["podSets"]) == [1, 2] and condition(one, "Finished")["message"] == "Pods succeeded: 3/3.", one
    refused(k, pod("bad", "1m", "true", labels=dict(group["labels"])), "pod-group-total-count")
    k.apply(pod("alone", "350m", "sleep", "1000", labels={f"{GROUP}/pod-group-name": "h"}, annotations={f"{GROUP}/pod-group-total-count": "1"}))
    until(lambda: phase(k, "alone") == "Running", "a group of one runs")
    for n in ("x", "y"):
        k.apply(pod(n, "50m", "true", labels={f"{GROUP}/pod-group-name": "i"}, annotations={f"{GROUP}/pod-group-total-count": "2"}))
    held = until(lambda: condition(k.json("get", "workload", "i"), "QuotaReserved"), "the next group is judged")
    assert held["status"] == "False" and phase(k, "x") == phase(k, "y") == "Pending", held
    k("delete", "pod", "alone")
    until(lambda: phase(k, "x") == phase(k, "y") == "Succeeded", "then it runs")


@test
def queue_starts_with_fewer_pods(k):
    queues(k, "partial", "300m")
    k.apply(job("j", "100m", "true", parallelism=5, completions=5, annotations={f"{GROUP}/job-min-parallelism": "2"}))
    done(k, "j")
    given = workload(k, "j")["status"]["admission"]["podSetAssignments"][0]
    assert given["count"] == 3 and given["resourceUsage"] == {"cpu": "300m"} and k.json("get", "job", "j")["spec"]["parallelism"] == 3, given
    assert k.json("get", "job", "j")["status"]["succeeded"] == 5


@test
def queue_places_pods_by_topology(k):
    k.namespace("places")
    k("label", "node", "node-1", "pool=placed", "rack=r1", "--overwrite")
    k.apply({"apiVersion": NEW, "kind": "Topology", "metadata": {"name": "racks"},
             "spec": {"levels": [{"nodeLabel": "rack"}, {"nodeLabel": "kubernetes.io/hostname"}]}},
            flavor("placed", nodeLabels={"pool": "placed"}, topologyName="racks"), cluster_queue("places", quota("placed", "1000")), local_queue("places"))
    active(k, "clusterqueue/places")
    near = job("near", "10m", "true", parallelism=2, completions=2, completionMode="Indexed")
    near["spec"]["template"]["metadata"] = {"annotations": {f"{GROUP}/podset-required-topology": "rack"}}
    k.apply(near)
    done(k, "near")
    given = workload(k, "near")["status"]["admission"]["podSetAssignments"][0]["topologyAssignment"]
    assert given == {"levels": ["kubernetes.io/hostname"],
                     "slices": [{"domainCount": 1, "podCounts": {"universal": 2}, "valuesPerLevel": [{"universal": "node-1"}]}]}, given
    pods = k.json("get", "pods", "-l", "job-name=near")["items"]
    assert len(pods) == 2, pods
    for p in pods:
        assert p["spec"]["nodeSelector"] == {"pool": "placed", "kubernetes.io/hostname": "node-1"} and not p["spec"].get("schedulingGates"), p["spec"]
        assert p["metadata"]["labels"][f"{GROUP}/podset"] == "main" and p["metadata"]["labels"][f"{GROUP}/tas"] == "true", p["metadata"]
    wide = job("wide", "1", "true", parallelism=500, completions=500)  # there is quota, and no room
    wide["spec"]["template"]["metadata"] = {"annotations": {f"{GROUP}/podset-preferred-topology": "rack"}}
    k.apply(wide)
    held = until(lambda: condition(workload(k, "wide"), "QuotaReserved"), "it is judged")
    assert held["status"] == "False" and 'topology "racks" allows to fit only ' in held["message"], held
    assert suspended(k, "wide")
    alone = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "alone", "labels": {f"{GROUP}/queue-name": "queue"}},
             "spec": {"restartPolicy": "Never", "terminationGracePeriodSeconds": 1, "containers": [container("10m", "true")]}}
    k.apply(alone)
    until(lambda: k.json("get", "pod", "alone")["status"].get("phase") == "Succeeded", "a pod of its own is placed and runs")
    assert k.json("get", "pod", "alone")["spec"]["nodeSelector"]["kubernetes.io/hostname"] == "node-1"


def serving(kind, name, replicas, cpu, **labels):
    """As Kueue's own samples have them: the queue on the object, not on its pods."""
    spec = {"replicas": replicas, "selector": {"matchLabels": {"app": name}}, "template": {
        "metadata": {"labels": {"app": name}}, "spec": {"terminationGracePeriodSeconds": 1, "containers": [container(cpu, "sleep", "1000")]}}}
    if kind == "StatefulSet":
        spec["serviceName"] = ""
    return {"apiVersion": "apps/v1", "kind": kind, "metadata": {"name": name, "labels": {f"{GROUP}/queue-name": "queue", **labels}}, "spec": spec}


@test
def queue_holds_deployments_and_stateful_sets(k):
    queues(k, "serving", "250m")
    k.apply(serving("Deployment", "web", 3, "100m"))
    until(lambda: k.json("get", "deployment", "web").get("status", {}).get("readyReplicas") == 2, "two of three have quota")
    pods = k.json("get", "pods", "-l", "app=web")["items"]
    assert sorted(bool(p["spec"].get("schedulingGates")) for p in pods) == [False, False, True], [p["spec"].get("schedulingGates") for p in pods]
    refused(k, {**serving("Deployment", "web", 3, "100m"), "metadata": {"name": "web", "labels": {f"{GROUP}/queue-name": "other"}}},
            f"metadata.labels[{GROUP}/queue-name]", "field is immutable")
    k("scale", "deployment", "web", "--replicas=0")
    until(lambda: k.json("get", "clusterqueue", "serving")["status"].get("admittedWorkloads", 0) == 0, "they gave their quota back")
    k.apply(serving("StatefulSet", "db", 3, "100m"))
    until(lambda: k.json("get", "statefulset", "db").get("status", {}).get("readyReplicas") == 2, "two of three have quota")
    assert all(p["metadata"]["labels"][f"{GROUP}/queue-name"] == "queue" for p in k.json("get", "pods", "-l", "app=db")["items"])
    k("delete", "statefulset", "db")
    k("delete", "deployment", "web")


@test
def queue_counts_defaults_and_overhead(k):
    queues(k, "defaults", "1")
    k.apply({"apiVersion": "v1", "kind": "LimitRange", "metadata": {"name": "limits"}, "spec": {"limits": [
        {"type": "Container", "default": {"cpu": "300m"}, "defaultRequest": {"cpu": "200m"}}]}},
        {"apiVersion": "node.k8s.io/v1", "kind": "RuntimeClass", "metadata": {"name": "heavy"}, "handler": "crun", "overhead": {"podFixed": {"cpu": "250m"}}})
    plain = job("plain", "1", "sleep", "1000")
    plain["spec"]["template"]["spec"]["containers"][0].pop("resources")
    heavy = json.loads(json.dumps(plain))
    heavy["metadata"]["name"] = "heavy"
    heavy["spec"]["template"]["spec"]["runtimeClassName"] = "heavy"
    k.apply(plain, heavy)
    for name, cpu in (("plain", "200m"), ("heavy", "450m")):
        one = until(lambda name=name: (w := workload(k, name)) and met(w, "Admitted") and w, f"{name} is admitted")
        assert one["status"]["admission"]["podSetAssignments"][0]["resourceUsage"] == {"cpu": cpu}, one["status"]["admission"]
    pods = until(lambda: k.json("get", "pods", "-l", "job-name=plain")["items"], "its pod is there")
    assert pods[0]["spec"]["containers"][0]["resources"]["requests"] == {"cpu": "200m"}, pods[0]["spec"]
    k("delete", "job", "plain", "heavy")
    k("delete", "runtimeclass", "heavy")


@test
def queue_tells_metrics(k):
    queues(k, "metrics", "150m")
    k.apply(job("first", "100m", "true"), job("huge", "5", "true"))
    done(k, "first")
    until(lambda: condition(workload(k, "huge"), "QuotaReserved"), "the other is judged")

    def told(name, **labels):
        text = ",".join(f'{a}="{b}"' for a, b in labels.items())
        return next((line.split()[-1] for line in k("get", "--raw", "/metrics").splitlines() if line.startswith(f"kueue_{name}{{{text}")), None)
    until(lambda: told("pending_workloads", cluster_queue="metrics", status="inadmissible") == "1", "one waits for something to happen")
    assert told("admitted_workloads_total", cluster_queue="metrics") == "1"
    assert told("quota_reserved_wait_time_seconds_count", cluster_queue="metrics") == "1"
    assert told("finished_workloads_total", cluster_queue="metrics") == "1"
    assert told("cluster_queue_status", cluster_queue="metrics", status="active") == "1"
    assert told("cluster_queue_nominal_quota", cohort="", cluster_queue="metrics", flavor="plain", resource="cpu") == "0.150"
    until(lambda: told("cluster_queue_resource_usage", cohort="", cluster_queue="metrics", flavor="plain", resource="cpu") == "0", "what ran is done")
    k("patch", "clusterqueue", "metrics", "--type=merge", "-p", '{"spec":{"stopPolicy":"Hold"}}')
    until(lambda: told("cluster_queue_status", cluster_queue="metrics", status="pending") == "1", "it is stopped")
    k("delete", "job", "huge")


WAITING_TESTS = []  # on a server with Kueue's Configuration
WAITING_FLAGS = ["--queues", f"--queues-config={pathlib.Path(__file__).resolve().parent / 'waiting.yaml'}"]


def waiting_test(f):
    WAITING_TESTS.append(f)
    return f


@waiting_test
def queue_waits_for_pods_to_be_ready(k):
    """Who is not ready in time lets others go first, is tried again, and then no more."""
    queues(k, "waiting", "150m")
    never = job("never", "100m", "sleep", "1000")
    never["spec"]["template"]["spec"]["containers"][0]["readinessProbe"] = {"exec": {"command": ["false"]}, "periodSeconds": 1}
    k.apply(never)
    until(lambda: met(workload(k, "never"), "Admitted"), "it is admitted")
    k.apply(job("next", "100m", "sleep", "1000"))
    assert condition(until(lambda: (w := workload(k, "never")) and condition(w, "PodsReady") and w, "it is told"), "PodsReady")["reason"] == "WaitForStart"
    gone = until(lambda: (w := workload(k, "never")) and met(w, "Evicted") and w, "it was not ready in time")
    assert condition(gone, "Evicted")["reason"] == "PodsReadyTimeout" and gone["status"]["requeueState"]["count"] == 1, gone["status"]
    until(lambda: met(workload(k, "next"), "PodsReady"), "the next one's pods are ready")
    assert condition(workload(k, "next"), "PodsReady")["reason"] == "Started"
    k("delete", "job", "next")
    until(lambda: not workload(k, "never")["spec"].get("active", True), "the second time was the last")
    assert condition(workload(k, "never"), "Evicted")["reason"] == "Deactivated" and suspended(k, "never")
    assert 'kueue_evicted_workloads_total{cluster_queue="waiting",reason="PodsReadyTimeout",underlying_cause="WaitForStart"' in k("get", "--raw", "/metrics")
    k("delete", "job", "never")
