"""Dynamic Resource Allocation with kubectl: from a slice somebody wrote to the node a pod gets for it. No driver stands behind the
devices, so the pods get their node and wait there, as they would with a kubelet."""
import time

from kubectl import IMAGE, Failed

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def until(wanted, seconds=60):
    end = time.monotonic() + seconds
    while not (got := wanted()):
        assert time.monotonic() < end, f"not within {seconds} s: {wanted.__doc__ or wanted.__name__}"
        time.sleep(0.1)
    return got


def has(text, *wanted):
    for w in wanted:
        assert w in text, f"{w!r} is not in:\n{text}"
    return text


def device_class(name, expression):
    return {"apiVersion": "resource.k8s.io/v1", "kind": "DeviceClass", "metadata": {"name": name}, "spec": {"selectors": [{"cel": {"expression": expression}}]}}


def resource_slice(name, node, devices):
    return {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceSlice", "metadata": {"name": name}, "spec": {
        "driver": "gpu.example.com", "nodeName": node, "pool": {"name": node, "generation": 1, "resourceSliceCount": 1}, "devices": devices}}


def template(name, *requests, **more):
    return {"apiVersion": "resource.k8s.io/v1", "kind": "ResourceClaimTemplate", "metadata": {"name": name}, "spec": {"spec": {"devices": {
        "requests": list(requests), **more}}}}


def pod(name, of):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name}, "spec": {
        "terminationGracePeriodSeconds": 0, "resourceClaims": [{"name": "gpu", "resourceClaimTemplateName": of}],
        "containers": [{"name": "c", "image": IMAGE, "command": ["sleep", "1000"], "resources": {"claims": [{"name": "gpu"}]}}]}}


def condition(k, name, type_):
    found = [c for c in k.json("get", "pod", name).get("status", {}).get("conditions", []) if c["type"] == type_]
    return found[0] if found else {}


@test
def devices_are_allocated(k):
    k.namespace("devices")
    node = k.json("get", "nodes")["items"][0]["metadata"]["name"]
    big = {"name": "big", "attributes": {"model": {"string": "a"}}, "capacity": {"memory": {"value": "80Gi"}}}
    small = {"name": "small", "attributes": {"model": {"string": "b"}}, "capacity": {"memory": {"value": "8Gi"}}}
    k.apply(device_class("gpu", "device.driver == 'gpu.example.com'"))
    k.apply(resource_slice("hand-made", node, [small, big]))
    k.apply(template("large", {"name": "r", "exactly": {"deviceClassName": "gpu", "selectors": [
        {"cel": {"expression": "device.capacity['gpu.example.com'].memory.compareTo(quantity('40Gi')) >= 0"}}]}}))
    k.apply(pod("one", "large"))
    until(lambda: k.json("get", "pod", "one")["spec"].get("nodeName") == node)
    claim = k.json("get", "resourceclaims")["items"][0]
    assert claim["metadata"]["ownerReferences"][0]["name"] == "one", claim
    assert claim["metadata"]["finalizers"] == ["resource.kubernetes.io/delete-protection"], claim
    assert [r["device"] for r in claim["status"]["allocation"]["devices"]["results"]] == ["big"], claim
    assert claim["status"]["reservedFor"][0]["name"] == "one", claim
    has(k("get", "resourceclaims"), "allocated,reserved")
    until(lambda: "FailedPrepareDynamicResources" in k("describe", "pod", "one"))
    # A second finds no such device, and says so, until the first one goes.
    k.apply(pod("two", "large"))
    until(lambda: "cannot allocate all claims" in condition(k, "two", "PodScheduled").get("message", ""))
    k("delete", "pod", "one")
    until(lambda: k.json("get", "pod", "two")["spec"].get("nodeName") == node)
    k("delete", "pod", "two")
    until(lambda: not k.json("get", "resourceclaims")["items"])


@test
def devices_that_are_tainted(k):
    k.namespace("tainted-devices")
    node = k.json("get", "nodes")["items"][0]["metadata"]["name"]
    k.apply(device_class("sick", "device.driver == 'gpu.example.com'"))
    k.apply(resource_slice("hand-made", node, [{"name": "d"}]))
    k.apply(template("any", {"name": "r", "exactly": {"deviceClassName": "sick"}}))
    k.apply(pod("one", "any"))
    until(lambda: k.json("get", "pod", "one")["spec"].get("nodeName") == node)
    k.apply({"apiVersion": "resource.k8s.io/v1", "kind": "DeviceTaintRule", "metadata": {"name": "broken"},
             "spec": {"deviceSelector": {"driver": "gpu.example.com"}, "taint": {"key": "example.com/broken", "effect": "NoExecute"}}})
    until(lambda: "NotFound" in k("get", "pod", "one", "--ignore-not-found") or not k("get", "pod", "one", "--ignore-not-found").strip())
    k.apply(pod("two", "any"))
    until(lambda: "cannot allocate all claims" in condition(k, "two", "PodScheduled").get("message", ""))
    k("delete", "devicetaintrule", "broken")
    until(lambda: k.json("get", "pod", "two")["spec"].get("nodeName") == node)
    k("delete", "pod", "two")


@test
def devices_nobody_can_ask_for(k):
    k.namespace("bad-devices")
    for expression in ("1 + 1", "device.nothing", "this is none"):
        try:
            k.apply(device_class("bad", expression))
        except Failed as e:
            has(e.err, "spec.selectors[0].cel.expression: Invalid value")
        else:
            raise AssertionError(f"{expression!r} was taken")
    k.apply(template("missing", {"name": "r", "exactly": {"deviceClassName": "nowhere"}}))
    k.apply(pod("one", "missing"))
    until(lambda: "request r: device class nowhere does not exist" in condition(k, "one", "PodScheduled").get("message", ""))
    k.apply(device_class("failing", "device.attributes['x.example.com'].none == 1"))
    k.apply(template("fails", {"name": "r", "exactly": {"deviceClassName": "failing"}}))
    k.apply(pod("two", "fails"))
    until(lambda: "class failing: selector #0: CEL runtime error: no such key: none" in condition(k, "two", "PodScheduled").get("message", ""))
    k("delete", "pod", "one", "two")


@test
def devices_as_extended_resources(k):
    k.namespace("extended-devices")
    node = k.json("get", "nodes")["items"][0]["metadata"]["name"]
    gpu = device_class("gpu-resource", "device.driver == 'gpu.example.com'")
    gpu["spec"]["extendedResourceName"] = "example.com/gpu"
    asking = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "one"}, "spec": {"terminationGracePeriodSeconds": 0, "containers": [
        {"name": "c", "image": IMAGE, "command": ["sleep", "1000"], "resources": {"limits": {"example.com/gpu": 2}}}]}}
    k.apply(resource_slice("hand-made", node, [{"name": "a"}, {"name": "b"}]))
    k.apply(asking)
    until(lambda: "Insufficient example.com/gpu" in condition(k, "one", "PodScheduled").get("message", ""))
    k.apply(gpu)
    until(lambda: k.json("get", "pod", "one")["spec"].get("nodeName") == node)
    told = k.json("get", "pod", "one")["status"]["extendedResourceClaimStatus"]
    assert told["requestMappings"] == [{"containerName": "c", "resourceName": "example.com/gpu", "requestName": "container-0-request-0"}], told
    claim = k.json("get", "resourceclaim", told["resourceClaimName"])
    assert sorted(r["device"] for r in claim["status"]["allocation"]["devices"]["results"]) == ["a", "b"], claim
    until(lambda: "FailedPrepareDynamicResources" in k("describe", "pod", "one"))
    k("delete", "pod", "one")
    until(lambda: not k.json("get", "resourceclaims")["items"])


GROUP_TESTS = []  # on a server that serves PodGroups
GROUP_FLAGS = ("--enable", "scheduling.k8s.io/v1beta1,scheduling.k8s.io/v1alpha3")


def group_test(f):
    GROUP_TESTS.append(f)
    return f


def pod_group(name, count, *claims):
    return {"apiVersion": "scheduling.k8s.io/v1beta1", "kind": "PodGroup", "metadata": {"name": name}, "spec": {
        "schedulingPolicy": {"gang": {"minCount": count}}, "resourceClaims": list(claims)}}


def member(name, group, of):
    one = pod(name, of)
    one["spec"]["schedulingGroup"] = {"podGroupName": group}
    return one


@group_test
def a_claim_of_a_group(k):
    """KEP-5729: made once from the group's template, allocated for the gang as a whole, reserved for the group, gone with it."""
    k.namespace("group-devices")
    node = k.json("get", "nodes")["items"][0]["metadata"]["name"]
    k.apply(device_class("shared", "device.driver == 'gpu.example.com'"))
    k.apply(resource_slice("hand-made", node, [{"name": "d"}]))
    k.apply(template("one", {"name": "r", "exactly": {"deviceClassName": "shared"}}))
    row = {"name": "gpu", "resourceClaimTemplateName": "one"}
    for bad, words in ((({"name": "gpu"},), "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`"), ((row, row), "Duplicate value"),
                       ([{**row, "name": f"g{i}"} for i in range(5)], "must have at most 4 items")):
        try:
            k.apply(pod_group("bad", 1, *bad))
        except Failed as e:
            has(e.err, "spec.resourceClaims", words)
        else:
            raise AssertionError(f"{bad} was taken")
    k.apply(pod_group("team", 2, row))
    claim = until(lambda: k.json("get", "resourceclaims")["items"])[0]
    owner = claim["metadata"]["ownerReferences"][0]
    assert (owner["kind"], owner["name"], owner["apiVersion"]) == ("PodGroup", "team", "scheduling.k8s.io/v1beta1"), owner
    name = claim["metadata"]["name"]
    until(lambda: k.json("get", "podgroup", "team").get("status", {}).get("resourceClaimStatuses") == [{"name": "gpu", "resourceClaimName": name}])
    k.apply(member("a", "team", "one"))
    until(lambda: k.json("get", "pod", "a").get("status", {}).get("resourceClaimStatuses") == [{"name": "gpu", "resourceClaimName": name}])
    assert "allocation" not in k.json("get", "resourceclaim", name).get("status", {})  # no part of a gang
    k.apply(member("b", "team", "one"))
    for p in "ab":
        until(lambda p=p: k.json("get", "pod", p)["spec"].get("nodeName") == node)
    users = k.json("get", "resourceclaim", name)["status"]["reservedFor"]
    assert [(u.get("apiGroup"), u["resource"], u["name"]) for u in users] == [("scheduling.k8s.io", "podgroups", "team")], users
    # One that says nothing of the group has to find a device of its own, and there is none.
    k.apply(pod("alone", "one"))
    until(lambda: "cannot allocate all claims" in condition(k, "alone", "PodScheduled").get("message", ""))
    k("delete", "pod", "a", "b")
    assert k.json("get", "resourceclaim", name)["status"]["reservedFor"] == users
    k("delete", "podgroup", "team")
    until(lambda: k.json("get", "pod", "alone")["spec"].get("nodeName") == node)
    k("delete", "pod", "alone")
    until(lambda: not k.json("get", "resourceclaims")["items"])
