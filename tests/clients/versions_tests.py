"""Versions of custom kinds that a webhook converts, and API servers of one's own, with kubectl: real servers, in Python."""
import base64
import contextlib
import http.server
import json
import pathlib
import ssl
import subprocess
import tempfile
import threading
import time

from kubectl import Failed

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def until(what, seconds=30):
    end = time.monotonic() + seconds
    while True:
        try:
            found = what()
        except Failed:
            found = None
        if found:
            return found
        assert time.monotonic() < end, "it did not come to that"
        time.sleep(0.2)


class Server:
    """HTTPS on this host; answer(handler) does the rest. Clients must show a certificate of `clients` (PEM), if given."""

    def __init__(self, answer, clients=None):
        self.folder = tempfile.TemporaryDirectory()
        here = pathlib.Path(self.folder.name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj", "/CN=s",
                        "-addext", "subjectAltName=IP:127.0.0.1,DNS:behind.k-behind.svc", "-keyout", here / "key", "-out", here / "crt"],
                       check=True, capture_output=True)
        self.bundle = base64.b64encode((here / "crt").read_bytes()).decode()

        self.over, outer = False, self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                if outer.over:  # connections that were kept end, too
                    self.close_connection = True
                    return
                answer(self)

            do_POST = do_DELETE = do_GET

            def say(self, tree, code=200, kind="application/json"):
                data = json.dumps(tree).encode()
                self.send_response(code)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def body(self):
                return json.loads(self.rfile.read(int(self.headers.get("Content-Length") or 0)) or b"null")

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(here / "crt", here / "key")
        if clients:
            tls.verify_mode = ssl.CERT_REQUIRED
            tls.load_verify_locations(cadata=clients)
        self.server.socket = tls.wrap_socket(self.server.socket, server_side=True)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.over = True
        self.server.shutdown()
        self.server.server_close()
        self.folder.cleanup()


# ── conversion ──

def convert(one, version):
    spec = one.get("spec", {})
    if version.endswith("/v2") and "hostPort" in spec:
        spec["host"], spec["port"] = spec.pop("hostPort").split(":")
    elif version.endswith("/v1") and "host" in spec:
        spec["hostPort"] = f"{spec.pop('host')}:{spec.pop('port')}"
    return {**one, "apiVersion": version}


def answer_review(handler):
    review = handler.body()
    asked = review["request"]
    handler.say({"apiVersion": review["apiVersion"], "kind": "ConversionReview", "response": {
        "uid": asked["uid"], "result": {"status": "Success"},
        "convertedObjects": [convert(x, asked["desiredAPIVersion"]) for x in asked["objects"]]}})


def definition(server, stored):
    def version(name, **fields):
        return {"name": name, "served": True, "storage": name == stored, "selectableFields": [{"jsonPath": f".spec.{f}"} for f in fields],
                "additionalPrinterColumns": [{"name": f.capitalize(), "type": "string", "jsonPath": f".spec.{f}"} for f in fields],
                "schema": {"openAPIV3Schema": {"type": "object", "properties": {"spec": {"type": "object", "properties": fields}}}}}
    text = {"type": "string"}
    return {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "routes.versions.example.com"},
            "spec": {"group": "versions.example.com", "scope": "Namespaced", "names": {"plural": "routes", "kind": "Route"},
                     "versions": [version("v1", hostPort=text), version("v2", host=text, port=text)],
                     "conversion": {"strategy": "Webhook", "webhook": {"conversionReviewVersions": ["v1"], "clientConfig": {
                         "url": f"https://127.0.0.1:{server.port}/convert", "caBundle": server.bundle}}}}}


def route(version, name, **spec):
    return {"apiVersion": f"versions.example.com/{version}", "kind": "Route", "metadata": {"name": name}, "spec": spec}


@test
def versions_converted_by_a_webhook(k):
    k.namespace("k-versions")
    v1, v2 = "routes.v1.versions.example.com", "routes.v2.versions.example.com"
    with Server(answer_review) as hook:
        k.apply(definition(hook, "v1"))
        k("wait", "--for=condition=Established", "crd/routes.versions.example.com", "--timeout=5s")
        k.apply(route("v1", "a", hostPort="x:1"))
        k.apply(definition(hook, "v2"))  # from now on v2 is stored
        k.apply(route("v1", "b", hostPort="y:2"))
        assert k("get", v2).split() == ["NAME", "HOST", "PORT", "a", "x", "1", "b", "y", "2"]
        assert k("get", v1, "--field-selector=spec.hostPort=y:2", "-o", "name").split() == ["route.versions.example.com/b"]
        k.apply(route("v2", "a", host="z", port="3"))
        assert k.json("get", v1, "a")["spec"] == {"hostPort": "z:3"}
        k("patch", v1, "a", "--type=merge", "-p", '{"spec":{"hostPort":"z:4"}}')
        assert k.json("get", v2, "a")["spec"] == {"host": "z", "port": "4"}
        k("apply", "--server-side", "--field-manager=me", "-f", "-", stdin=json.dumps(route("v1", "c", hostPort="w:1")))
        refused = k("apply", "--server-side", "--field-manager=you", "-f", "-", stdin=json.dumps(route("v2", "c", host="v", port="1")), code=1)
        assert ".spec.hostPort" in refused, refused
        k("wait", v1, "a", "--for=jsonpath={.spec.hostPort}=z:4", "--timeout=10s")
        k("delete", v1, "a", "b")
        assert k("get", v1, "c").split() == ["NAME", "HOSTPORT", "c", "w:1"]
    k("create", "-f", "-", stdin=json.dumps(route("v2", "d", host="n", port="1")))  # stored as it is; nobody is asked
    assert "conversion webhook for versions.example.com/v2, Kind=Route failed" in k("get", v1, "d", code=1)
    k("get", v2, "c", "d")
    k("delete", v2, "--all")
    k("delete", "crd", "routes.versions.example.com")


# ── an API server of one's own ──

GROUP = "behind.example.com"


class Things:
    """Keeps what it is given, and who gave it."""

    def __init__(self):
        self.kept, self.asked = {}, []

    def resources(self):
        return {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": f"{GROUP}/v1", "resources": [
            {"name": "things", "singularName": "thing", "namespaced": True, "kind": "Thing", "verbs": ["create", "delete", "get", "list"], "shortNames": ["th"]}]}

    def answer(self, h):
        path = h.path.split("?")[0]
        peer = dict(x[0] for x in h.connection.getpeercert()["subject"])["commonName"]
        self.asked.append((h.command, path, h.headers.get("X-Remote-User"), peer, h.headers.get("Authorization")))
        base, name = f"/apis/{GROUP}/v1/namespaces/k-behind/things", path.rsplit("/", 1)[-1]
        if path == f"/apis/{GROUP}/v1":
            h.say(self.resources())
        elif path == base and h.command == "POST":
            one = h.body()
            one["metadata"].update(namespace="k-behind", uid="u", annotations={"by": h.headers["X-Remote-User"]})
            self.kept[one["metadata"]["name"]] = one
            h.say(one, 201)
        elif path == base:
            h.say({"kind": "ThingList", "apiVersion": f"{GROUP}/v1", "metadata": {"resourceVersion": "1"}, "items": list(self.kept.values())})
        elif path.startswith(base + "/") and name in self.kept:
            h.say(self.kept.pop(name) if h.command == "DELETE" else self.kept[name])
        else:
            h.say({"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404, "message": "not here"}, 404)


@test
def an_api_server_behind_an_apiservice(k):
    k.namespace("k-behind")
    things = Things()
    front = k.json("get", "cm", "-n", "kube-system", "extension-apiserver-authentication")["data"]
    assert json.loads(front["requestheader-username-headers"]) == ["X-Remote-User"], front
    with contextlib.ExitStack() as stack:
        server = stack.enter_context(Server(things.answer, front["requestheader-client-ca-file"]))
        k.apply({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "behind", "namespace": "k-behind"},
                 "spec": {"type": "ExternalName", "externalName": "localhost"}},
                {"apiVersion": "apiregistration.k8s.io/v1", "kind": "APIService", "metadata": {"name": f"v1.{GROUP}"},
                 "spec": {"group": GROUP, "version": "v1", "groupPriorityMinimum": 1000, "versionPriority": 10, "caBundle": server.bundle,
                          "service": {"name": "behind", "namespace": "k-behind", "port": server.port}}})
        k("wait", "--for=condition=Available", f"apiservice/v1.{GROUP}", "--timeout=20s")
        assert "k-behind/behind" in k("get", "apiservice", f"v1.{GROUP}")
        assert "Local" in k("get", "apiservice", "v1.apps")
        until(lambda: "things" in k("api-resources", f"--api-group={GROUP}"))
        k("create", "--validate=false", "-f", "-", stdin=json.dumps({"apiVersion": f"{GROUP}/v1", "kind": "Thing", "metadata": {"name": "one"}}))
        assert k.json("get", "th", "one")["metadata"]["annotations"]["by"] == "kubernetes-admin", things.kept
        assert "one" in k("get", "things")
        names = json.loads(front["requestheader-allowed-names"])
        assert all(x[3] in names and x[4] is None for x in things.asked), things.asked
        k("create", "sa", "nobody")
        refused = k("get", "things", "--as=system:serviceaccount:k-behind:nobody", code=1)
        assert f'cannot list resource "things" in API group "{GROUP}"' in refused, refused
        k("create", "role", "see", "--verb=list", f"--resource=things.{GROUP}")
        k("create", "rolebinding", "see", "--role=see", "--serviceaccount=k-behind:nobody")
        until(lambda: "one" in k("get", "things", "--as=system:serviceaccount:k-behind:nobody"))
        assert any(x[2] == "system:serviceaccount:k-behind:nobody" for x in things.asked)
        k("delete", "thing", "one", "--wait=false")
        assert not things.kept
    k("annotate", "svc", "behind", "seen=no")  # it has gone, and that is noticed
    k("wait", "--for=condition=Available=False", f"apiservice/v1.{GROUP}", "--timeout=40s")
    assert "FailedDiscoveryCheck" in k("get", "apiservice", f"v1.{GROUP}")
    k("delete", "apiservice", f"v1.{GROUP}")
