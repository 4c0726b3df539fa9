"""Placing by what is measured: round trips, datasets, prices, and SchedulingProfiles. Of the suite `nodes`: two nodes, and one at the end of a long line."""
import json

TESTS = []
PROFILES = "/apis/coracle.dev/v1alpha1/schedulingprofiles"
SLOW_MS = 15  # each way


def test(f):
    TESTS.append(f)
    return f


def profile(c, name, plugins, **spec):
    c.create(PROFILES, {"apiVersion": "coracle.dev/v1alpha1", "kind": "SchedulingProfile", "metadata": {"name": name},
                        "spec": {"plugins": {"score": {"disabled": [{"name": "*"}], "enabled": plugins}}, **spec}})


def accepted(c, name):
    return {x["type"]: x for x in c.get(f"{PROFILES}/{name}").get("status", {}).get("conditions", [])}.get("Accepted")


def note(c, node, key, value):
    c.ask("PATCH", f"/api/v1/nodes/{node}", {"metadata": {"annotations": {key: value}}}, content_type="application/merge-patch+json")


def notes(c, node):
    return c.get(f"/api/v1/nodes/{node}")["metadata"].get("annotations", {})


def rtt(c, node):
    """Microseconds to the others, as the node's agent has measured them."""
    text = notes(c, node).get("latency.coracle.dev/rtt", "")
    return {k: int(v.removesuffix("us")) for k, v in (piece.split("=") for piece in text.split(",") if piece)}


def placed(c, ns, name):
    try:
        return c.wait(lambda: c.get(f"{ns}/pods/{name}")["spec"].get("nodeName"), f"a node for {name}")
    except AssertionError as e:
        raise AssertionError(f"{e}; {json.dumps(c.get(f'/apis/coracle.dev/v1alpha1{ns[7:]}/pods/{name}/decision'))}") from None


def runs(c, ns, name, notes=None, **spec):
    c.pod(ns, name, ["sh", "-c", "exec sleep 1000"], metadata={"annotations": notes or {}, "labels": {"app": name.split("-")[0]}}, **spec)
    return placed(c, ns, name)


@test
def round_trips_are_measured(c):
    c.add(5, flags=(f"--dataset=corpus={c.folder}/corpus", "--node-label=coracle.dev/site=island"), slow=SLOW_MS)
    near = c.wait(lambda: rtt(c, "node-1").keys() >= {"node-2", "node-5"} and rtt(c, "node-1"), "what node-1 measured", 60)
    assert near["node-5"] >= 2 * SLOW_MS * 1000 > near["node-2"], near
    far = c.wait(lambda: rtt(c, "node-5").keys() >= {"node-1", "node-2"} and rtt(c, "node-5"), "what node-5 measured", 60)
    assert min(far["node-1"], far["node-2"]) >= 2 * SLOW_MS * 1000, far


@test
def pods_go_near_what_they_talk_to(c):
    ns = c.namespace("near")
    runs(c, ns, "db-1", nodeSelector={"kubernetes.io/hostname": "node-5"})
    near_db = {"latency.coracle.dev/pods": "app=db"}
    assert [runs(c, ns, f"web-{i}", near_db) for i in range(3)] == ["node-5"] * 3
    near_island = {"latency.coracle.dev/nodes": "coracle.dev/site=island", "latency.coracle.dev/most": f"{SLOW_MS}ms"}
    assert runs(c, ns, "edge-1", near_island) == "node-5"
    c.pod(ns, "edge-2", ["true"], metadata={"annotations": near_island}, nodeSelector={"kubernetes.io/hostname": "node-2"})
    says = c.wait(lambda: next((x["message"] for x in c.get(f"{ns}/pods/edge-2").get("status", {}).get("conditions", []) if x["type"] == "PodScheduled"), None), "why it waits")
    assert "1 node(s) were farther than the pod's latency allows" in says, says
    record = c.get("/apis/coracle.dev/v1alpha1/namespaces/near/pods/web-0/decision")
    scores = {n["name"]: n["scores"].get("NetworkLatency", 0) for n in record["nodes"] if n.get("scores")}
    assert scores["node-5"] == 500 > scores["node-1"] > 0, record
    told = c.coracle("explain", "pod", "web-0", "-n", "near")
    assert "NetworkLatency" in told, told


@test
def pods_go_where_their_data_lies(c):
    ns = c.namespace("data")
    folder = c.folder / "corpus"
    folder.mkdir(exist_ok=True)
    (folder / "one").write_bytes(b"x" * (8 << 20))
    c.wait(lambda: int(notes(c, "node-5").get("data.coracle.dev/corpus", "0")) >= 8 << 20, "the dataset's size", 60)
    assert runs(c, ns, "train-0", {"coracle.dev/datasets": "corpus"}) == "node-5"
    note(c, "node-2", "data.coracle.dev/corpus", "1Gi")  # whoever else knows of data may tell
    c.wait(lambda: "data.coracle.dev/corpus" in notes(c, "node-2"), "the annotation")
    assert runs(c, ns, "train-1", {"coracle.dev/datasets": "corpus"}) == "node-2"


@test
def profiles_are_chosen_by_name(c):
    ns = c.namespace("thrift")
    for node, price, watts in (("node-1", "0.80", "90"), ("node-2", "0.20", "400"), ("node-5", "0.30", "60")):
        note(c, node, "coracle.dev/price-per-hour", price)
        note(c, node, "coracle.dev/watts", watts)
    c.pod(ns, "early", ["sleep", "1000"], schedulerName="cheap")  # nobody's, until there is a profile
    profile(c, "cheap", [{"name": "NodePrice", "weight": 3}])
    assert placed(c, ns, "early") == "node-2"
    c.wait(lambda: accepted(c, "cheap") and accepted(c, "cheap")["status"] == "True", "the profile's condition")
    profile(c, "green", [{"name": "NodeEnergy"}])
    c.wait(lambda: accepted(c, "green"), "the profile's condition")
    assert [runs(c, ns, f"cheap-{i}", schedulerName="cheap") for i in range(2)] == ["node-2"] * 2
    assert [runs(c, ns, f"green-{i}", schedulerName="green") for i in range(2)] == ["node-5"] * 2
    # Another price, another node; and a profile that becomes another.
    note(c, "node-1", "coracle.dev/price-per-hour", "0.05")
    c.wait(lambda: notes(c, "node-1")["coracle.dev/price-per-hour"] == "0.05", "the price")
    assert runs(c, ns, "cheap-9", schedulerName="cheap") == "node-1"
    c.ask("PATCH", f"{PROFILES}/cheap", {"spec": {"plugins": {"score": {"enabled": [{"name": "NodeEnergy"}]}}}}, content_type="application/merge-patch+json")
    c.wait(lambda: accepted(c, "cheap")["observedGeneration"] == 2, "the change to be seen")
    assert runs(c, ns, "cheap-10", schedulerName="cheap") == "node-5"


@test
def a_profile_with_arguments_and_wrong_ones(c):
    ns = "/api/v1/namespaces/thrift"
    profile(c, "island", [{"name": "NetworkLatency", "weight": 10}], pluginConfig=[{"name": "NetworkLatency", "args": {"nodes": "coracle.dev/site=island", "most": "5ms"}}])
    c.wait(lambda: accepted(c, "island"), "the profile's condition")
    assert runs(c, ns, "island-0", schedulerName="island") == "node-5"
    profile(c, "odd", [{"name": "NodePrize"}])
    says = c.wait(lambda: accepted(c, "odd"), "the profile's condition")
    assert says["status"] == "False" and says["message"] == 'spec.plugins.score.enabled[0].name: Invalid value: "NodePrize": unknown plugin', says
    profile(c, "odder", [{"name": "NetworkLatency"}], pluginConfig=[{"name": "NetworkLatency", "args": {"most": "soon"}}])
    says = c.wait(lambda: accepted(c, "odder"), "the profile's condition")
    assert says["message"].startswith("spec.pluginConfig[0].args.most: Invalid value"), says
    c.pod(ns, "lost", ["true"], schedulerName="odd")
    profile(c, "default-scheduler", [{"name": "NodePrice"}])
    says = c.wait(lambda: accepted(c, "default-scheduler"), "the profile's condition")
    assert says["reason"] == "NameTaken", says
    c.delete(f"{PROFILES}/island")
    c.wait(lambda: c.maybe(f"{PROFILES}/island") is None, "its end")
    c.pod(ns, "island-1", ["true"], schedulerName="island")
    for name in ("lost", "island-1"):
        assert not c.get(f"{ns}/pods/{name}")["spec"].get("nodeName"), json.dumps(c.get(f"{ns}/pods/{name}"))


@test
def gpus_are_shared(c):
    """Thousandths of GPUs, as the scheduler sees them: which one a pod got it is told by annotation."""
    ns = c.namespace("gpus")
    for node, gpus in (("node-2", 1), ("node-5", 2)):
        amount = {"coracle.dev/gpu-milli": str(1000 * gpus)}
        c.ask("PATCH", f"/api/v1/nodes/{node}/status", {"status": {"capacity": amount, "allocatable": amount}}, content_type="application/merge-patch+json")

    def got(name):
        placed(c, ns, name)
        pod = c.get(f"{ns}/pods/{name}")
        return pod["spec"]["nodeName"], pod["metadata"]["annotations"]["coracle.dev/gpus"]

    def asks(name, milli):
        amount = {"coracle.dev/gpu-milli": str(milli)}
        c.pod(ns, name, ["sleep", "1000"], container={"resources": {"requests": amount, "limits": amount}})
    asks("whole", 2000)
    assert got("whole") == ("node-5", "0,1")
    asks("most", 600)
    assert got("most") == ("node-2", "0")
    asks("rest", 400)
    assert got("rest") == ("node-2", "0")
    asks("late", 500)
    says = c.wait(lambda: next((x["message"] for x in c.get(f"{ns}/pods/late").get("status", {}).get("conditions", []) if x["type"] == "PodScheduled"), None), "why it waits")
    assert "Insufficient coracle.dev/gpu-milli" in says, says
    c.delete(f"{ns}/pods/rest")
    c.pod(ns, "half", ["sleep", "1000"], metadata={"annotations": {"coracle.dev/gpu-count": "1", "coracle.dev/gpu-milli": "500"}})
    says = c.wait(lambda: next((x["message"] for x in c.get(f"{ns}/pods/half").get("status", {}).get("conditions", []) if x["type"] == "PodScheduled"), None), "why it waits")
    assert "Insufficient GPUs" in says, says
    c.delete(f"{ns}/pods/most")
    assert {got("half"), got("late")} == {("node-2", "0")}


@test
def deadlines_are_the_kernels_too(c):
    """The first process is scheduled by SCHED_DEADLINE, what it starts is not; where the kernel refuses, an Event says so."""
    ns = c.namespace("edf")
    c.pod(ns, "edf", ["sh", "-c", "cat /proc/1/stat; exec sleep 1000"], nodeName="node-2", metadata={"annotations": {"deadline.coracle.dev/main": "runtime=1ms,deadline=20ms,period=50ms"}})
    c.wait_phase(ns, "edf", "Running")
    told = c.wait(lambda: [e for e in c.get(f"{ns}/events")["items"] if e["reason"] in ("DeadlineSet", "DeadlineNotSet")], "an event")
    line = c.wait(lambda: c.logs(ns, "edf"), "its log")
    policy = int(line.rsplit(")", 1)[1].split()[38])  # the 41st word, of which two stand before
    assert policy == (6 if told[0]["reason"] == "DeadlineSet" else 0), (told, line)
    print(f"      {told[0]['reason']}: {told[0]['message']}")
    c.pod(ns, "plain", ["sh", "-c", "cat /proc/1/stat; exec sleep 1000"], nodeName="node-2")
    assert int(c.wait(lambda: c.logs(ns, "plain") if c.phase(ns, "plain") == "Running" else "", "its log").rsplit(")", 1)[1].split()[38]) == 0
