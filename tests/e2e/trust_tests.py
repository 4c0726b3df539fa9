"""Whom a server believes, and what lies on its disk: encryption at rest, JWT issuers, webhooks for tokens and access. Each with a
`coracle server` of its own and real HTTPS services beside it."""
import base64
import contextlib
import http.client
import http.server
import json
import pathlib
import ssl
import subprocess
import tempfile
import threading
import time

from cluster import CORACLE, Cluster, Refused

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def wait(what, told, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = what()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"{told} has not come")


class Server(Cluster):
    """The control plane alone; its settings' files lie in a folder it may read."""

    def __init__(self):
        super().__init__()
        self.settings = self.folder / "settings"
        self.settings.mkdir(mode=0o755)
        self.process = None

    def write(self, name, text):
        path = self.settings / name
        part = self.settings / (name + ".part")
        part.write_text(text if isinstance(text, str) else json.dumps(text))
        part.chmod(0o644)
        part.rename(path)
        return path

    def start(self, *flags):
        out = open(self.folder / "server.log", "a")
        self.process = subprocess.Popen([CORACLE, "server", *self.flags, f"--cluster-dns=10.{self.net_number}.255.10", *self.server, *flags],
                                        stdout=out, stderr=subprocess.STDOUT)
        out.close()

        def up():
            if self.process.poll() is not None:
                raise AssertionError(f"it ended with {self.process.returncode}: {self.log()}")
            with contextlib.suppress(OSError, ValueError, Refused, FileNotFoundError):
                pki = self.data / "pki"
                self.context = ssl.create_default_context(cafile=str(pki / "ca.crt"))
                self.context.load_cert_chain(str(pki / "admin.crt"), str(pki / "admin.key"))
                return self.get("/readyz") or True
        try:
            wait(up, "the server")
        except Refused:
            pass

    def get(self, path):
        return self.text(path) if path == "/readyz" else super().get(path)

    def log(self, lines=60):
        return "\n".join((self.folder / "server.log").read_text(errors="replace").splitlines()[-lines:])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(30)

    def as_token(self, method, path, token, body=None):
        """The code and the object, for who shows a token and no certificate."""
        context = ssl.create_default_context(cafile=str(self.data / "pki" / "ca.crt"))
        c = http.client.HTTPSConnection(self.host, self.port, context=context, timeout=60)
        try:
            headers = {"Content-Type": "application/json", "Accept": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
            c.request(method, path, json.dumps(body) if body else None, headers)
            reply = c.getresponse()
            data = reply.read()
            return reply.status, json.loads(data) if data.startswith(b"{") else data.decode()
        finally:
            c.close()

    def who(self, token):
        code, review = self.as_token("POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews", token,
                                     {"apiVersion": "authentication.k8s.io/v1", "kind": "SelfSubjectReview"})
        return review["status"]["userInfo"] if code == 201 else code


@contextlib.contextmanager
def server():
    s = Server()
    try:
        yield s
    finally:
        s.stop()
        s.discard()


class Service:
    """HTTPS on loopback; `answer(method, path, body)` gives what is sent as JSON, or a number: a code."""

    def __init__(self, answer):
        self.folder = tempfile.TemporaryDirectory()
        here = pathlib.Path(self.folder.name)
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
                        "-subj", "/CN=service", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", here / "key", "-out", here / "crt"],
                       check=True, capture_output=True)
        self.ca = (here / "crt").read_text()
        self.asked = []
        service = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def reply(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                value = json.loads(body) if body else None
                service.asked.append((self.path, value, {k.lower(): v for k, v in self.headers.items()}))
                said = answer(self.command, self.path, value)
                data = b"" if isinstance(said, int) else json.dumps(said).encode()
                self.send_response(said if isinstance(said, int) else 200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = reply

            def log_message(self, *_):
                pass

        self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(here / "crt", here / "key")
        self.http.socket = context.wrap_socket(self.http.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.http.server_address[1]}"
        threading.Thread(target=self.http.serve_forever, daemon=True).start()

    def kubeconfig(self, path):
        cluster = {"server": self.url + path, "certificate-authority-data": base64.b64encode(self.ca.encode()).decode()}
        return {"apiVersion": "v1", "kind": "Config", "current-context": "c", "contexts": [{"name": "c", "context": {"cluster": "x", "user": "u"}}],
                "clusters": [{"name": "x", "cluster": cluster}], "users": [{"name": "u", "user": {"token": "the-server"}}]}

    def stop(self):
        self.http.shutdown()
        self.http.server_close()
        self.folder.cleanup()


# ── encryption at rest ──

def encryption(*keys, resource="secrets"):
    return {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "EncryptionConfiguration", "resources": [
        {"resources": [resource], "providers": [{"aesgcm": {"keys": [{"name": n, "secret": base64.b64encode(s.encode()).decode()} for n, s in keys]}},
                                                {"identity": {}}]}]}


ONE, TWO = ("one", "0123456789abcdef"), ("two", "fedcba9876543210")
SECRETS = "/api/v1/namespaces/default/secrets"


def on_disk(s, text):
    return sum(p.read_bytes().count(text.encode()) for p in (s.data / "store").iterdir())


@test
def secrets_are_encrypted_at_rest(_):
    hidden = base64.b64encode(b"hunter2-hunter2-hunter2").decode()
    with server() as s:
        path = s.write("encryption.yaml", encryption(ONE))
        flag = f"--encryption-provider-config={path}"
        s.start(flag)
        s.create(SECRETS, {"metadata": {"name": "a"}, "data": {"k": hidden}})
        s.create("/api/v1/namespaces/default/configmaps", {"metadata": {"name": "a"}, "data": {"k": "in the open"}})
        s.create("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", {
            "metadata": {"name": "gems.example.com"}, "spec": {"group": "example.com", "scope": "Namespaced", "names": {"plural": "gems", "kind": "Gem"},
                         "versions": [{"name": "v1", "served": True, "storage": True, "schema": {"openAPIV3Schema": {
                             "type": "object", "x-kubernetes-preserve-unknown-fields": True}}}]}})
        assert on_disk(s, "hunter2-hunter2") == 0 and on_disk(s, "in the open") > 0 and on_disk(s, "k8s:enc:aesgcm:v1:one:") > 0
        for i in range(20):
            s.create(SECRETS, {"metadata": {"name": f"more-{i}"}, "data": {"k": hidden}})
        # another key in front, while it runs: a write that changes nothing is made all the same
        before = s.get(f"{SECRETS}/a")
        same = s.ask("PUT", f"{SECRETS}/a", before)
        assert same["metadata"]["resourceVersion"] == before["metadata"]["resourceVersion"]
        s.write("encryption.yaml", encryption(TWO, ONE))
        wait(lambda: 'status="success"} 1' in s.text("/metrics").split("coracle_settings_reloads_total", 1)[-1], "the new key")
        fresh = s.ask("PUT", f"{SECRETS}/a", before)
        assert fresh["metadata"]["resourceVersion"] != before["metadata"]["resourceVersion"]
        assert on_disk(s, "k8s:enc:aesgcm:v1:two:") > 0
        assert 'apiserver_storage_transformation_operations_total{transformation_type="to_storage"' in s.text("/metrics")
        # all the others at once
        migrations = "/apis/storagemigration.k8s.io/v1/storageversionmigrations"
        s.create(migrations, {"apiVersion": "storagemigration.k8s.io/v1", "kind": "StorageVersionMigration", "metadata": {"name": "new-key"},
                              "spec": {"resource": {"group": "", "resource": "secrets"}}})
        wait(lambda: any(x["type"] == "Succeeded" and x["status"] == "True" for x in s.get(f"{migrations}/new-key").get("status", {}).get("conditions", [])),
             "the migration")
        s.process.kill()  # and a crash
        s.process.wait()
        # the first key is not needed any more
        s.write("encryption.yaml", encryption(TWO))
        s.start(flag)
        assert s.get(f"{SECRETS}/a")["data"]["k"] == hidden
        # custom resources too, and a file that is wrong changes nothing
        s.write("encryption.yaml", "kind: Nonsense")
        wait(lambda: 'status="failure"} 1' in s.text("/metrics"), "the refusal")
        s.create(SECRETS, {"metadata": {"name": "b"}, "data": {"k": hidden}})
        s.write("encryption.yaml", encryption(TWO, resource="*.*"))
        wait(lambda: 'status="success"} 1' in s.text("/metrics").split("coracle_settings_reloads_total", 1)[-1], "the wildcard")
        wait(lambda: s.maybe("/apis/example.com/v1") is not None, "the custom resource")
        s.create("/apis/example.com/v1/namespaces/default/gems", {"apiVersion": "example.com/v1", "kind": "Gem", "metadata": {"name": "g"}, "spec": "koh-i-noor"})
        assert on_disk(s, "koh-i-noor") == 0 and on_disk(s, "hunter2-hunter2") == 0
        s.stop()
        # without the key nothing starts, and it is said what is missing
        s.write("encryption.yaml", encryption(("two", "0000000000000000"), resource="*.*"))
        done = subprocess.run([CORACLE, "server", *s.flags, *s.server, flag], capture_output=True, text=True, timeout=60)
        assert done.returncode and 'aesgcm key "two" does not decrypt it' in done.stdout + done.stderr, done
        done = subprocess.run([CORACLE, "server", *s.flags, *s.server], capture_output=True, text=True, timeout=60)
        assert done.returncode and "there is no encryption configuration" in done.stdout + done.stderr, done
        s.write("encryption.yaml", encryption(TWO, resource="*.*"))
        s.start(flag)
        assert s.get("/apis/example.com/v1/namespaces/default/gems/g")["spec"] == "koh-i-noor"


# ── JWT issuers ──

def b64(data):
    return base64.urlsafe_b64encode(data if isinstance(data, bytes) else json.dumps(data).encode()).rstrip(b"=").decode()


class Key:
    def __init__(self, kid):
        self.kid, self.file = kid, tempfile.NamedTemporaryFile(suffix=".pem")
        subprocess.run(["openssl", "genrsa", "-out", self.file.name, "2048"], check=True, capture_output=True)
        n = subprocess.run(["openssl", "rsa", "-in", self.file.name, "-noout", "-modulus"], check=True, capture_output=True, text=True).stdout
        self.jwk = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": kid, "e": "AQAB", "n": b64(bytes.fromhex(n.strip().split("=")[1]))}

    def token(self, **claims):
        text = f"{b64({'alg': 'RS256', 'kid': self.kid})}.{b64(claims)}"
        return f"{text}.{b64(subprocess.run(['openssl', 'dgst', '-sha256', '-sign', self.file.name], input=text.encode(), check=True, capture_output=True).stdout)}"


def issuer_config(issuer, prefix):
    return {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthenticationConfiguration", "jwt": [
        {"issuer": {"url": issuer.url, "certificateAuthority": issuer.ca, "audiences": ["coracle"]},
         "claimValidationRules": [{"expression": "claims.exp - claims.nbf <= 86400", "message": "tokens live a day at most"}],
         "claimMappings": {"username": {"expression": f"'{prefix}' + claims.sub"}, "groups": {"claim": "roles", "prefix": "idp:"},
                           "uid": {"claim": "oid"}, "extra": [{"key": "example.com/tier", "valueExpression": "claims.tier"}]},
         "userValidationRules": [{"expression": "!user.username.startsWith('system:')", "message": "reserved"}]}],
        "anonymous": {"enabled": True, "conditions": [{"path": "/livez"}]}}


@test
def users_of_a_jwt_issuer(_):
    one, two, keys = Key("one"), Key("two"), []
    issuer = Service(lambda method, path, body: {"issuer": issuer.url, "jwks_uri": issuer.url + "/keys"} if path == "/.well-known/openid-configuration"
                     else {"keys": [k.jwk for k in keys]} if path == "/keys" else 404)
    keys.append(one)

    def claims(**more):
        now = int(time.time())
        return {"iss": issuer.url, "aud": "coracle", "sub": "jane", "oid": "77", "nbf": now, "exp": now + 600, "roles": ["dev"], "tier": "gold", **more}

    with server() as s:
        path = s.write("authentication.yaml", issuer_config(issuer, "x:"))
        s.start(f"--authentication-config={path}")
        user = s.who(one.token(**claims()))
        assert user == {"username": "x:jane", "uid": "77", "groups": ["idp:dev", "system:authenticated"], "extra": {"example.com/tier": ["gold"]}}, user
        assert s.as_token("GET", "/api/v1/namespaces/default/pods", one.token(**claims()))[0] == 403
        s.create("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings", {
            "metadata": {"name": "dev"}, "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "view"},
            "subjects": [{"apiGroup": "rbac.authorization.k8s.io", "kind": "Group", "name": "idp:dev"}]})
        wait(lambda: s.as_token("GET", "/api/v1/namespaces/default/pods", one.token(**claims()))[0] == 200, "the right to look")
        for bad in ({"aud": "other"}, {"exp": 1000, "nbf": 1000}, {"nbf": 1000, "exp": int(time.time()) + 600}, {"sub": 7}, {"iss": issuer.url + "/x"}):
            assert s.who(one.token(**claims(**bad))) == 401, bad
        code, status = s.as_token("GET", "/api", "nonsense")
        assert code == 401 and status["reason"] == "Unauthorized" and status["message"] == "Unauthorized", status
        review = s.create("/apis/authentication.k8s.io/v1/tokenreviews", {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
                                                                          "spec": {"token": one.token(**claims())}})["status"]
        assert review["authenticated"] and review["user"]["username"] == "x:jane", review
        review = s.create("/apis/authentication.k8s.io/v1/tokenreviews", {"apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview",
                                                                          "spec": {"token": one.token(**claims(exp=2000, nbf=1000))}})["status"]
        assert not review.get("authenticated") and "token is expired" in review["error"], review
        # keys turn: one nobody has met is fetched, but not again and again
        keys[:] = [two]
        wait(lambda: s.who(two.token(**claims())) != 401, "the new key", 40)
        before = len(issuer.asked)
        for _i in range(20):
            assert s.who(Key.token(one, **claims(jti=str(_i)))) == 401
        assert len(issuer.asked) - before <= 4, issuer.asked
        # anonymous where it is allowed, nowhere else
        assert s.as_token("GET", "/livez", None)[0] == 200 and s.as_token("GET", "/readyz", None)[0] == 401
        # another configuration, while it runs
        s.write("authentication.yaml", issuer_config(issuer, "y:"))
        wait(lambda: (u := s.who(two.token(**claims()))) != 401 and u["username"] == "y:jane", "the new prefix")
        s.write("authentication.yaml", issuer_config(issuer, "system:"))
        wait(lambda: s.who(two.token(**claims())) == 401, "the rule about reserved names")
    issuer.stop()


# ── settings ──

@test
def events_are_limited_and_settings_must_be_readable(_):
    limits = {"apiVersion": "eventratelimit.admission.k8s.io/v1alpha1", "kind": "Configuration",
              "limits": [{"type": "Namespace", "qps": 1, "burst": 5}]}
    config = {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AdmissionConfiguration", "plugins": [{"name": "EventRateLimit", "path": "rates.yaml"}]}

    def post(s, space, i):
        e = {"apiVersion": "v1", "kind": "Event", "metadata": {"name": f"e{i}", "namespace": space}, "reason": "R", "message": "m", "type": "Normal",
             "involvedObject": {"kind": "ConfigMap", "name": "x", "namespace": space}}
        try:
            s.create(f"/api/v1/namespaces/{space}/events", e)
            return 201
        except Refused as r:
            assert r.status["reason"] == "TooManyRequests" and r.status["message"] == f"limit reached on type Namespace for key {space}", r.status
            return r.code

    with server() as s:
        path = s.write("admission.yaml", config)
        s.write("rates.yaml", limits)
        s.start(f"--admission-control-config-file={path}", "--enable-admission-plugins=EventRateLimit")
        codes = [post(s, "default", i) for i in range(20)]
        assert codes[:5] == [201] * 5 and 429 in codes, codes
        assert post(s, "kube-public", 0) == 201, "a bucket for each namespace"
        wait(lambda: post(s, "default", 100) == 201, "a token")
        s.stop()
        path.chmod(0o600)
        try:
            s.start(f"--admission-control-config-file={path}", "--enable-admission-plugins=EventRateLimit")
            raise RuntimeError("it runs with settings it may not read")
        except AssertionError as e:
            assert "admission-control-config-file: " in str(e) and "may not read this file" in str(e), e


# ── webhooks ──

@test
def controllers_wait_for_the_authorization_webhook(_):
    """First in the chain, asked about everything, and slow: what it has no opinion about RBAC decides, for clients inside as for any other."""
    def answer(method, path, review):
        time.sleep(0.02)
        attributes = review["spec"].get("resourceAttributes", {})
        no = attributes.get("resource") == "configmaps" and "root-ca" in review["spec"]["user"]
        return {**review, "status": {"allowed": False, "denied": no}}

    hook = Service(answer)
    with server() as s:
        access = s.write("access.kubeconfig", hook.kubeconfig("/access"))
        config = {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthorizationConfiguration", "authorizers": [
            {"type": "Webhook", "name": "hook.example.com", "webhook": {
                "timeout": "3s", "subjectAccessReviewVersion": "v1", "matchConditionSubjectAccessReviewVersion": "v1", "failurePolicy": "Deny",
                "authorizedTTL": "5m", "unauthorizedTTL": "1ms", "connectionInfo": {"type": "KubeConfigFile", "kubeConfigFile": str(access)}}},
            {"type": "Node", "name": "node"}, {"type": "RBAC", "name": "rbac"}]}
        s.start(f"--authorization-config={s.write('authorization.yaml', config)}")
        s.create("/api/v1/namespaces", {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "hooked"}})
        wait(lambda: s.maybe("/api/v1/namespaces/hooked/serviceaccounts/default"), "a ServiceAccount written by a controller")
        def asked_for(user, resource):
            return any(review["spec"]["user"].endswith(user) and review["spec"].get("resourceAttributes", {}).get("resource") == resource
                       for _path, review, _headers in list(hook.asked))
        assert asked_for("kube-system:service-account-controller", "serviceaccounts"), "asked about controllers"
        wait(lambda: asked_for("kube-system:root-ca-cert-publisher", "configmaps"), "the question about the publisher of the authority")
        assert not s.maybe("/api/v1/namespaces/hooked/configmaps/kube-root-ca.crt"), "the hook forbids it to that controller"


@test
def tokens_and_access_asked_of_webhooks(_):
    def answer(method, path, review):
        spec = review["spec"]
        if path == "/tokens":
            known = {"t-jane": {"username": "jane", "groups": ["team"]}, "t-joe": {"username": "joe"}}
            user = known.get(spec["token"])
            return {**review, "status": {"authenticated": bool(user), "user": user or {}, "audiences": spec["audiences"]}}
        res = spec.get("resourceAttributes", {})
        if spec["user"] == "joe":
            return {**review, "status": {"allowed": False, "denied": True, "reason": "joe never may"}}
        return {**review, "status": {"allowed": res.get("resource") == "pods", "reason": "pods are for all"}}

    hook = Service(answer)
    with server() as s:
        access = s.write("access.kubeconfig", hook.kubeconfig("/access"))
        config = {"apiVersion": "apiserver.config.k8s.io/v1", "kind": "AuthorizationConfiguration", "authorizers": [
            {"type": "Webhook", "name": "hook.example.com", "webhook": {
                "timeout": "3s", "subjectAccessReviewVersion": "v1", "matchConditionSubjectAccessReviewVersion": "v1", "failurePolicy": "Deny",
                "authorizedTTL": "5m", "unauthorizedTTL": "30s", "connectionInfo": {"type": "KubeConfigFile", "kubeConfigFile": str(access)},
                "matchConditions": [{"expression": "!request.user.startsWith('system:') && request.user != 'kubernetes-admin'"},
                                    {"expression": "!has(request.resourceAttributes) || request.resourceAttributes.namespace != 'kube-system'"}]}},
            {"type": "Node", "name": "node"}, {"type": "RBAC", "name": "rbac"}]}
        path = s.write("authorization.yaml", config)
        tokens = s.write("tokens.kubeconfig", hook.kubeconfig("/tokens"))
        s.start(f"--authorization-config={path}", f"--authentication-token-webhook-config-file={tokens}", "--authentication-token-webhook-version=v1")
        assert s.who("t-jane")["groups"] == ["team", "system:authenticated"] and s.who("t-none") == 401
        assert hook.asked[0][2]["authorization"] == "Bearer the-server"
        pods = "/api/v1/namespaces/default/pods"
        assert s.as_token("GET", pods, "t-jane")[0] == 200
        code, status = s.as_token("GET", "/api/v1/namespaces/default/secrets", "t-jane")
        assert code == 403 and "pods are for all" in status["message"], status
        code, status = s.as_token("GET", pods, "t-joe")
        assert code == 403 and status["message"].endswith(": joe never may"), status
        asked = len(hook.asked)
        for _i in range(10):
            assert s.as_token("GET", pods, "t-jane")[0] == 200
        assert len(hook.asked) == asked, "answers are kept"
        assert s.as_token("GET", "/api/v1/namespaces/kube-system/pods", "t-jane")[0] == 403, "nobody else allows it"
        # many at once make one question; the server answers others meanwhile
        results = []
        many = [threading.Thread(target=lambda: results.append(s.as_token("GET", "/api/v1/pods", "t-jane")[0])) for _i in range(8)]
        for t in many:
            t.start()
        for t in many:
            t.join()
        assert results == [200] * 8 and len(hook.asked) - asked <= 2, (results, hook.asked[asked:])
        review = s.create("/apis/authorization.k8s.io/v1/subjectaccessreviews", {
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
            "spec": {"user": "joe", "resourceAttributes": {"verb": "delete", "resource": "nodes"}}})["status"]
        assert review == {"allowed": False, "denied": True, "reason": "joe never may"}, review
        # the hook is gone: no; and with another policy it is the others' to decide
        hook.stop()
        assert s.as_token("GET", "/api/v1/nodes", "t-jane")[0] == 403
        assert s.get("/api/v1/nodes")["items"] == []
        config["authorizers"][0] = {"type": "AlwaysAllow", "name": "all"}
        s.write("authorization.yaml", config)
        wait(lambda: s.as_token("GET", "/api/v1/nodes", "t-jane")[0] == 200, "the new order")
