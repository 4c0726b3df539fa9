"""Custom resources with kubectl: a definition's life, and all that its objects can do."""
import json
import time

from kubectl import Failed, config_map

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def has(text, *wanted):
    for w in wanted:
        assert w in text, f"{w!r} is not in:\n{text}"
    return text


def definition(plural, kind, group="clients.example.com", more=None, **spec):
    version = {
        "name": "v1", "served": True, "storage": True,
        "subresources": {"status": {}, "scale": {"specReplicasPath": ".spec.replicas", "statusReplicasPath": ".status.replicas",
                                                 "labelSelectorPath": ".status.selector"}},
        "additionalPrinterColumns": [{"name": "Replicas", "type": "integer", "jsonPath": ".spec.replicas"},
                                     {"name": "Color", "type": "string", "jsonPath": ".spec.color"}],
        "selectableFields": [{"jsonPath": ".spec.color"}],
        "schema": {"openAPIV3Schema": {"type": "object", "properties": {
            "spec": {"type": "object", "required": ["replicas"], "description": "what is wanted", "properties": {
                "replicas": {"type": "integer", "minimum": 1, "maximum": 10},
                "color": {"type": "string", "default": "red", "enum": ["red", "green"]},
                "ports": {"type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "items": {
                    "type": "object", "required": ["name"], "properties": {"name": {"type": "string"}, "port": {"type": "integer"}}}},
            }},
            "status": {"type": "object", "properties": {"replicas": {"type": "integer"}, "ready": {"type": "boolean"}}},
        }}},
        **(more or {}),
    }
    other = {"name": "v1alpha1", "served": True, "storage": False, "schema": {"openAPIV3Schema": {
        "type": "object", "properties": {"spec": {"type": "object", "x-kubernetes-preserve-unknown-fields": True}}}}}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": f"{plural}.{group}"},
            "spec": {"group": group, "scope": "Namespaced", "names": {"plural": plural, "kind": kind, **spec}, "versions": [version, other]}}


def thing(kind, name, group="clients.example.com", **spec):
    return {"apiVersion": f"{group}/v1", "kind": kind, "metadata": {"name": name}, "spec": {"replicas": 3, **spec}}


def refused(k, *objects, words=()):
    try:
        k.apply(*objects, words=words)
    except Failed as e:
        return e.err if hasattr(e, "err") else str(e)
    raise AssertionError("it was taken")


@test
def custom_resource_by_kubectl(k):
    k.namespace("k-custom")
    k.apply(definition("widgets", "Widget", shortNames=["wd"], categories=["all"]))
    k("wait", "--for=condition=Established", "crd/widgets.clients.example.com", "--timeout=5s")
    has(k("api-resources", "--api-group=clients.example.com"), "widgets", "wd", "clients.example.com/v1")
    has(k.apply(thing("Widget", "one", ports=[{"name": "a", "port": 1}])), "widget.clients.example.com/one created")
    assert k("get", "wd").split() == ["NAME", "REPLICAS", "COLOR", "one", "3", "red"]
    has(k("get", "all"), "widget.clients.example.com/one")
    assert k.json("get", "widgets.v1alpha1.clients.example.com", "one")["apiVersion"] == "clients.example.com/v1alpha1"
    has(k("explain", "wd.spec"), "what is wanted", "replicas", "-required-")
    has(refused(k, thing("Widget", "one", replicas=30)), "spec.replicas in body should be less than or equal to 10")
    has(refused(k, thing("Widget", "one", replicas="x", color="pink")), "must be of type integer", 'supported values: "red", "green"')
    has(refused(k, thing("Widget", "one", nope=1), words=["--validate=strict"]), 'unknown field "spec.nope"')
    k("scale", "wd/one", "--replicas=5")
    one = k.json("get", "wd", "one")
    assert (one["spec"]["replicas"], one["metadata"]["generation"]) == (5, 2), one
    k("patch", "wd", "one", "--subresource=status", "--type=merge", "-p", '{"status":{"ready":true},"spec":{"replicas":9}}')
    one = k.json("get", "wd", "one")
    assert (one["spec"]["replicas"], one["status"], one["metadata"]["generation"]) == (5, {"ready": True}, 2), one
    has(k("get", "wd", "--field-selector=spec.color=red"), "one")
    has(k("get", "wd", "--field-selector=spec.color=green"), "No resources found")
    k("label", "wd", "one", "a=b")
    k("delete", "wd", "one")
    k("delete", "crd", "widgets.clients.example.com", "--timeout=20s")
    has(k("get", "wd", code=1), "the server")  # … could not find the resource, or has no such type: kubectl remembers discovery
    assert not k("api-resources", "--api-group=clients.example.com", "--no-headers", "--cached=false").strip()


@test
def custom_resource_applied_by_two(k):
    k.namespace("k-custom-apply")
    k.apply(definition("sprockets", "Sprocket"))
    k.apply(thing("Sprocket", "s", ports=[{"name": "a", "port": 1}]), words=["--server-side", "--field-manager=x"])
    k.apply({**thing("Sprocket", "s"), "spec": {"ports": [{"name": "b", "port": 2}], "replicas": 3}}, words=["--server-side", "--field-manager=y"])
    assert [p["name"] for p in k.json("get", "sprockets", "s")["spec"]["ports"]] == ["a", "b"]
    has(refused(k, thing("Sprocket", "s", replicas=4), words=["--server-side", "--field-manager=y"]), "conflict with \"x\"")
    k.apply({**thing("Sprocket", "s"), "spec": {"replicas": 3}}, words=["--server-side", "--field-manager=y"])
    assert [p["name"] for p in k.json("get", "sprockets", "s")["spec"]["ports"]] == ["a"]
    k("delete", "crd", "sprockets.clients.example.com", "--timeout=20s")


@test
def definition_takes_its_objects_with_it(k):
    k.namespace("k-custom-end")
    k.apply(definition("cogs", "Cog"), definition("cogs2", "Cog"))
    has(k("get", "crd", "cogs2.clients.example.com", "-o", "jsonpath={.status.conditions}"), '"Cog\\" is already in use')
    k.apply(*[thing("Cog", f"c{i}") for i in range(20)])
    k("delete", "crd", "cogs.clients.example.com", "--timeout=20s")
    k("wait", "--for=condition=Established", "crd/cogs2.clients.example.com", "--timeout=10s")  # its name has become free
    has(k("get", "cogs2"), "No resources found")
    k("delete", "crd", "cogs2.clients.example.com", "--timeout=20s")


@test
def custom_objects_are_garbage_collected(k):
    k.namespace("k-custom-gc")
    k.apply(definition("gears", "Gear"))
    k.apply(thing("Gear", "owner"), config_map("theirs"))
    uid = k.json("get", "gears", "owner")["metadata"]["uid"]
    owner = {"apiVersion": "clients.example.com/v1", "kind": "Gear", "name": "owner", "uid": uid}
    child = thing("Gear", "child")
    child["metadata"]["ownerReferences"] = [owner]
    k.apply(child)
    k("patch", "configmap", "theirs", "--type=merge", "-p", json.dumps({"metadata": {"ownerReferences": [owner]}}))
    time.sleep(0.5)
    has(k("get", "gears"), "child")
    k("delete", "gear", "owner")
    k.cluster.wait(lambda: "child" not in k("get", "gears") and "theirs" not in k("get", "configmaps"), "what it owned to go")
    k.apply(thing("Gear", "left"))
    k("delete", "namespace", "k-custom-gc", "--timeout=30s")
    k.namespace("k-custom-gc2")
    has(k("get", "gears", "-A"), "No resources found")
    k("delete", "crd", "gears.clients.example.com", "--timeout=20s")


@test
def kubectl_sees_type_checks_of_policies(k):
    def policy(expression):
        return {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "ValidatingAdmissionPolicy", "metadata": {"name": "k-typed"}, "spec": {
            "matchConstraints": {"resourceRules": [{"operations": ["CREATE"], "apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"]}]},
            "validations": [{"expression": expression}]}}

    k.apply(policy("object.spec.replicas > '1'"))
    k("wait", "--for=jsonpath={.status.observedGeneration}=1", "validatingadmissionpolicy/k-typed", "--timeout=20s")
    found = k.json("get", "validatingadmissionpolicy", "k-typed")
    warnings = found["status"]["typeChecking"]["expressionWarnings"]
    assert [w["fieldRef"] for w in warnings] == ["spec.validations[0].expression"] and "apps/v1, Kind=Deployment: " in warnings[0]["warning"], warnings
    k.apply(policy("object.spec.replicas > 1"))
    k("wait", "--for=jsonpath={.status.observedGeneration}=2", "validatingadmissionpolicy/k-typed", "--timeout=20s")
    assert not k.json("get", "validatingadmissionpolicy", "k-typed")["status"].get("typeChecking", {}).get("expressionWarnings")
    managers = k.json("get", "validatingadmissionpolicy", "k-typed", "--show-managed-fields")["metadata"]["managedFields"]
    assert any(m["manager"] == "validatingadmissionpolicy-status" and m["operation"] == "Apply" and m["subresource"] == "status" for m in managers), managers
    k("delete", "validatingadmissionpolicy", "k-typed")
