"""Who must wait and who is refused, and what is written down of it all: priority and fairness, and the audit log. Each with a
`coracle server` of its own."""
import concurrent.futures
import http.client
import json
import ssl
import threading
import time

from trust_tests import Service, server, wait

TESTS = []
MAPS = "/api/v1/namespaces/default/configmaps"
FLOW = "/apis/flowcontrol.apiserver.k8s.io/v1"


def test(f):
    TESTS.append(f)
    return f


def account(s, name):
    """A service account that may do anything, and its token."""
    accounts = "/api/v1/namespaces/default/serviceaccounts"
    s.create(accounts, {"metadata": {"name": name}})
    s.create("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
        "metadata": {"name": name}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"},
        "subjects": [{"kind": "ServiceAccount", "namespace": "default", "name": name}]})
    return s.create(f"{accounts}/{name}/token", {"spec": {}})["status"]["token"]


def flood(s, token, marker, threads=32, each=12):
    """Creates from many connections at once: code and headers of each answer."""
    context = ssl.create_default_context(cafile=str(s.data / "pki" / "ca.crt"))
    ready = threading.Barrier(threads)

    def one(number):
        c = http.client.HTTPSConnection(s.host, s.port, context=context, timeout=60)
        c.connect()
        ready.wait(30)
        told = []
        for i in range(each):
            body = json.dumps({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": f"{marker}-{number}-{i}"}})
            c.request("POST", MAPS, body, {"Content-Type": "application/json", "Authorization": f"Bearer {token}"})
            reply = c.getresponse()
            text = reply.read().decode()
            told.append((reply.status, {k.lower(): v for k, v in reply.getheaders()}, text))
        c.close()
        return told

    with concurrent.futures.ThreadPoolExecutor(threads) as pool:
        return [x for told in pool.map(one, range(threads)) for x in told]


def metric(s, name, *words):
    lines = [x for x in s.text("/metrics").splitlines() if x.startswith(name + "{") and all(w in x for w in words)]
    return sum(float(x.rsplit(" ", 1)[1]) for x in lines)


@test
def a_flood_is_refused_or_queued_and_hurts_nobody_else(_):
    with server() as s:
        s.start()
        wait(lambda: s.maybe("/api/v1/namespaces/default"), "the namespace")
        token, other = account(s, "flood"), account(s, "calm")
        level = s.create(f"{FLOW}/prioritylevelconfigurations", {
            "metadata": {"name": "narrow"}, "spec": {"type": "Limited", "limited": {
                "nominalConcurrencyShares": 1, "lendablePercent": 0, "borrowingLimitPercent": 0, "limitResponse": {"type": "Reject"}}}})
        schema = s.create(f"{FLOW}/flowschemas", {
            "metadata": {"name": "flood"}, "spec": {
                "matchingPrecedence": 100, "priorityLevelConfiguration": {"name": "narrow"}, "distinguisherMethod": {"type": "ByUser"},
                "rules": [{"subjects": [{"kind": "ServiceAccount", "serviceAccount": {"namespace": "default", "name": "flood"}}],
                           "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"], "namespaces": ["*"], "clusterScope": True}]}]}})
        uids = {"x-kubernetes-pf-flowschema-uid": schema["metadata"]["uid"], "x-kubernetes-pf-prioritylevel-uid": level["metadata"]["uid"]}
        wait(lambda: any(c[1].get("x-kubernetes-pf-flowschema-uid") == uids["x-kubernetes-pf-flowschema-uid"] for c in flood(s, token, f"w{time.monotonic_ns()}", 1, 1)),
             "the new schema")
        condition = wait(lambda: s.get(f"{FLOW}/flowschemas/flood").get("status", {}).get("conditions"), "the schema's condition")
        assert condition[0]["type"] == "Dangling" and condition[0]["status"] == "False", condition

        # more at once than the level has seats, and none may wait
        told = flood(s, token, "reject")
        codes = {code for code, _, _ in told}
        assert codes == {201, 429}, codes
        for code, headers, text in told:
            assert all(headers.get(k) == v for k, v in uids.items()), headers
            assert code != 429 or (int(headers["retry-after"]) >= 1 and text == "Too many requests, please try again later.\n"), (headers, text)
        refused = sum(code == 429 for code, _, _ in told)
        assert metric(s, "apiserver_flowcontrol_rejected_requests_total", 'flow_schema="flood"', 'reason="concurrency-limit"') == refused
        assert metric(s, "apiserver_flowcontrol_dispatched_requests_total", 'flow_schema="flood"') >= len(told) - refused

        # others are of another level, and refused nothing while it goes on
        with concurrent.futures.ThreadPoolExecutor(1) as pool:
            beside = pool.submit(flood, s, token, "beside", 32, 12)
            calm = [x for i in range(5) for x in flood(s, other, f"calm{i}", 1, 5)]
            beside.result()
        assert {code for code, _, _ in calm} == {201}, calm
        assert all(h["x-kubernetes-pf-flowschema-uid"] != uids["x-kubernetes-pf-flowschema-uid"] for _, h, _ in calm)

        # with a queue that holds them all nobody is refused any more
        level = s.get(f"{FLOW}/prioritylevelconfigurations/narrow")
        level["spec"]["limited"]["limitResponse"] = {"type": "Queue", "queuing": {"queues": 1, "handSize": 1, "queueLengthLimit": 100}}
        s.ask("PUT", f"{FLOW}/prioritylevelconfigurations/narrow", level)
        wait(lambda: {c for c, _, _ in flood(s, token, f"q{time.monotonic_ns()}", 32, 2)} == {201}, "the queue")
        assert metric(s, "apiserver_flowcontrol_request_queue_length_after_enqueue_count", 'flow_schema="flood"') > 0
        assert metric(s, "apiserver_flowcontrol_nominal_limit_seats", 'priority_level="narrow"') >= 1

        tables = {name: s.text(f"/debug/api_priority_and_fairness/dump_{name}").splitlines() for name in ("priority_levels", "queues", "requests")}
        row = next(x for x in tables["priority_levels"] if x.startswith("narrow,")).split(",")
        assert int(row[6]) > 0 and int(row[7]) >= refused, tables["priority_levels"]
        assert sum(x.startswith("narrow,") for x in tables["queues"]) == 1, tables["queues"]
        assert tables["requests"][0].startswith("PriorityLevelName,"), tables["requests"]


@test
def what_is_asked_is_written_down(_):
    policy = {"apiVersion": "audit.k8s.io/v1", "kind": "Policy", "omitStages": ["RequestReceived"], "rules": [
        {"level": "None", "users": ["system:anonymous"]},
        {"level": "Metadata", "resources": [{"group": "", "resources": ["secrets"]}]},
        {"level": "RequestResponse", "resources": [{"group": "", "resources": ["configmaps"]}], "omitManagedFields": True},
        {"level": "None"}]}
    posted = []

    def take(method, path, body):
        posted.extend(body["items"] if body.get("kind") == "EventList" else [])
        return {}

    hook = Service(take)
    with server() as s:
        log = s.folder / "audit" / "log"  # the server makes the folder
        s.start(f"--audit-policy-file={s.write('policy.yaml', policy)}", f"--audit-log-path={log}",
                f"--audit-webhook-config-file={s.write('hook.yaml', hook.kubeconfig('/events'))}", "--audit-webhook-batch-max-wait=1")
        wait(lambda: s.maybe("/api/v1/namespaces/default"), "the namespace")
        token = account(s, "jane")
        code, data, headers = s.raw("POST", MAPS, {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "seen"}, "data": {"k": "v"}},
                                    headers={"User-Agent": "the-test/1"})
        assert code == 201, data
        told = {k.lower(): v for k, v in headers.items()}["audit-id"]
        s.create("/api/v1/namespaces/default/secrets", {"metadata": {"name": "hidden"}, "stringData": {"k": "nobody may read this"}})
        code, _status = s.as_token("GET", f"{MAPS}/none-such", token)
        assert code == 404
        s.create("/api/v1/namespaces", {"metadata": {"name": "not-told"}})

        def lines():
            return [json.loads(x) for x in log.read_text().splitlines()] if log.exists() else []

        def one(**like):
            return [e for e in lines() if all(e.get(k) == v for k, v in like.items())]

        made = wait(lambda: one(auditID=told), "the line")
        assert len(made) == 1, made
        e = made[0]
        assert (e["kind"], e["apiVersion"], e["level"], e["stage"], e["verb"]) == ("Event", "audit.k8s.io/v1", "RequestResponse", "ResponseComplete", "create"), e
        assert e["user"]["username"] and e["userAgent"] == "the-test/1" and e["sourceIPs"] == ["127.0.0.1"] and e["responseStatus"]["code"] == 201, e
        assert e["objectRef"] == {**e["objectRef"], "resource": "configmaps", "namespace": "default", "name": "seen", "apiVersion": "v1"}, e
        assert e["requestObject"]["data"] == {"k": "v"} and e["responseObject"]["metadata"]["uid"] and "managedFields" not in e["responseObject"]["metadata"], e
        assert e["annotations"]["authorization.k8s.io/decision"] == "allow", e
        wait(lambda: any(x["responseStatus"]["code"] == 404 and x["user"]["username"] == "system:serviceaccount:default:jane" for x in one(verb="get")),
             "what was not found")
        secret = wait(lambda: [x for x in one(verb="create", level="Metadata") if x["objectRef"].get("name") == "hidden"], "the secret's line")
        assert "requestObject" not in secret[0] and "responseObject" not in secret[0] and "nobody may read" not in log.read_text()
        assert not any(x["objectRef"].get("resource") == "namespaces" for x in lines())
        assert {x["stage"] for x in lines()} <= {"ResponseStarted", "ResponseComplete"}
        wait(lambda: any(x["auditID"] == told for x in posted), "the webhook's batch", 60)
        assert next(x for x in posted if x["auditID"] == told) == e
        assert metric_plain(s, "apiserver_audit_event_total") >= len(lines())
    hook.stop()


def metric_plain(s, name):
    return sum(float(x.rsplit(" ", 1)[1]) for x in s.text("/metrics").splitlines() if x.startswith(name) and not x.startswith("#"))
