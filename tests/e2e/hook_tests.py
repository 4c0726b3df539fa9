"""Admission webhooks with a real server behind them: a Python process over TLS, on this host and behind a Service; admission policies."""
import base64
import http.server
import json
import pathlib
import ssl
import subprocess
import tempfile
import threading

from cluster import Refused, leftovers  # noqa: F401

TESTS = []
CONFIGS = "/apis/admissionregistration.k8s.io/v1"


def test(f):
    TESTS.append(f)
    return f


def refused(call):
    try:
        call()
    except Refused as e:
        return e
    raise AssertionError("it was taken")


class Hook:
    """Answers AdmissionReviews; certificate for the names given."""

    def __init__(self, answer, names, address="127.0.0.1"):
        self.folder = tempfile.TemporaryDirectory()
        self.asked = []
        here = pathlib.Path(self.folder.name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=hook", "-addext", "subjectAltName=" + ",".join(names), "-keyout", here / "key", "-out", here / "crt"],
                       check=True, capture_output=True)
        self.bundle = base64.b64encode((here / "crt").read_bytes()).decode()
        hook = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                review = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                hook.asked.append((self.path, review["request"], self.client_address))
                body = {"apiVersion": review["apiVersion"], "kind": "AdmissionReview",
                        "response": {"uid": review["request"]["uid"], **answer(review["request"])}}
                data = json.dumps(body).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer((address, 0), Handler)
        self.server.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(here / "crt", here / "key")
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()


def configure(c, kind, name, client, ns, **more):
    c.create(f"{CONFIGS}/{kind}webhookconfigurations", {"metadata": {"name": name}, "webhooks": [{
        "name": f"{name}.example.com", "clientConfig": client, "sideEffects": "None", "admissionReviewVersions": ["v1"], "timeoutSeconds": 3,
        "namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": ns}},
        "rules": [{"operations": ["CREATE", "UPDATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps", "pods"]}], **more}]})


@test
def webhook_on_this_host(c):
    ns = c.namespace("webhooks")
    patch = base64.b64encode(json.dumps([{"op": "add", "path": "/metadata/labels", "value": {"touched": "yes"}}]).encode()).decode()
    hook = Hook(lambda q: {"allowed": True, "patchType": "JSONPatch", "patch": patch, "warnings": ["touched"]}, ["IP:127.0.0.1"])
    no = Hook(lambda q: {"allowed": q["object"].get("data", {}).get("x") != "no", "status": {"message": "x is no"}}, ["IP:127.0.0.1"])
    try:
        configure(c, "mutating", "touch", {"url": f"https://127.0.0.1:{hook.port}/touch", "caBundle": hook.bundle}, "webhooks")
        configure(c, "validating", "no", {"url": f"https://127.0.0.1:{no.port}/", "caBundle": no.bundle}, "webhooks")
        made = c.create(f"{ns}/configmaps", {"metadata": {"name": "m"}})
        assert made["metadata"]["labels"] == {"touched": "yes"}, made
        e = refused(lambda: c.create(f"{ns}/configmaps", {"metadata": {"name": "n"}, "data": {"x": "no"}}))
        assert "admission webhook \"no.example.com\" denied the request: x is no" in str(e.status), e.status
        c.pod(ns, "p", ["true"], restartPolicy="Never")
        c.wait_phase(ns, "p", "Succeeded")
        assert len({address for _, _, address in hook.asked}) < len(hook.asked), "a connection for each question"
        assert hook.asked[0][0] == "/touch?timeout=3s"
        other = Hook(lambda q: {"allowed": True}, ["DNS:elsewhere.example"])
        configure(c, "validating", "wrong", {"url": f"https://127.0.0.1:{other.port}/", "caBundle": other.bundle}, "webhooks")
        e = refused(lambda: c.create(f"{ns}/configmaps", {"metadata": {"name": "n"}}))
        assert e.code == 500 and "failed calling webhook \"wrong.example.com\"" in str(e.status) and not other.asked, e.status
        other.stop()
    finally:
        for kind, name in (("mutating", "touch"), ("validating", "no"), ("validating", "wrong")):
            c.ask("DELETE", f"{CONFIGS}/{kind}webhookconfigurations/{name}") if c.maybe(f"{CONFIGS}/{kind}webhookconfigurations/{name}") else None
        hook.stop()
        no.stop()


@test
def webhook_behind_a_service(c):
    """The Service's endpoint is this host's address; the name asked for is the Service's."""
    ns = c.namespace("hooksvc")
    node = c.get("/api/v1/nodes/node-1")
    address = [a["address"] for a in node["status"]["addresses"] if a["type"] == "InternalIP"][0]
    hook = Hook(lambda q: {"allowed": False, "status": {"code": 418, "message": "by service"}}, ["DNS:hook.hooksvc.svc"], "0.0.0.0")
    try:
        client = {"service": {"name": "hook", "namespace": "hooksvc", "path": "/ask", "port": 8443}, "caBundle": hook.bundle}
        configure(c, "validating", "svc", client, "hooksvc")
        e = refused(lambda: c.create(f"{ns}/configmaps", {"metadata": {"name": "m"}}))
        assert "service \"hook\" not found" in str(e.status), e.status
        c.create(f"{ns}/services", {"metadata": {"name": "hook"}, "spec": {"ports": [{"name": "q", "port": 8443}]}})
        e = refused(lambda: c.create(f"{ns}/configmaps", {"metadata": {"name": "m"}}))
        assert "no endpoints available for service \"hook\"" in str(e.status), e.status
        c.create("/apis/discovery.k8s.io/v1/namespaces/hooksvc/endpointslices", {
            "metadata": {"name": "hook-1", "labels": {"kubernetes.io/service-name": "hook"}}, "addressType": "IPv4",
            "endpoints": [{"addresses": [address]}], "ports": [{"name": "q", "port": hook.port}]})
        e = refused(lambda: c.create(f"{ns}/configmaps", {"metadata": {"name": "m"}}))
        assert e.code == 418 and "by service" in str(e.status), e.status
        assert hook.asked[0][0] == "/ask?timeout=3s"
    finally:
        c.ask("DELETE", f"{CONFIGS}/validatingwebhookconfigurations/svc")
        hook.stop()


@test
def policy_by_replicas(c):
    c.namespace("policed")
    c.create(f"{CONFIGS}/validatingadmissionpolicies", {"metadata": {"name": "few"}, "spec": {
        "matchConstraints": {"resourceRules": [{"operations": ["CREATE", "UPDATE"], "apiGroups": ["apps"], "apiVersions": ["v1"], "resources": ["deployments"]}]},
        "validations": [{"expression": "object.spec.replicas <= 2", "messageExpression": "'%d are too many'.format([object.spec.replicas])"}]}})
    c.create(f"{CONFIGS}/validatingadmissionpolicybindings", {"metadata": {"name": "few"}, "spec": {
        "policyName": "few", "validationActions": ["Deny"],
        "matchResources": {"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "policed"}}}}})
    spec = {"replicas": 3, "selector": {"matchLabels": {"a": "b"}}, "template": {
        "metadata": {"labels": {"a": "b"}}, "spec": {"containers": [{"name": "c", "image": "example.local/busybox:1"}]}}}
    try:
        e = refused(lambda: c.create("/apis/apps/v1/namespaces/policed/deployments", {"metadata": {"name": "d"}, "spec": spec}))
        assert e.code == 422 and "denied request: 3 are too many" in str(e.status), e.status
    finally:
        c.ask("DELETE", f"{CONFIGS}/validatingadmissionpolicies/few")
        c.ask("DELETE", f"{CONFIGS}/validatingadmissionpolicybindings/few")
