"""cert-manager as pods of its own chart: an authority of its own making issues, renews and mends certificates, and its
webhooks default and refuse."""
import base64
import datetime
import json
import subprocess

import packages
import world

TESTS = []
GROUP = "cert-manager.io/v1"


def test(f):
    TESTS.append(f)
    return f


class World(world.World):
    release, namespace = "cert-manager", "cert-manager"

    def chart(self):
        return packages.cert_manager_chart(self.operator)


def certificate(name, issuer, **spec):
    return {"apiVersion": GROUP, "kind": "Certificate", "metadata": {"name": name},
            "spec": {"secretName": f"{name}-tls", "issuerRef": {"name": issuer}, "privateKey": {"algorithm": "ECDSA", "size": 256}, **spec}}


def issuer(name, **spec):
    return {"apiVersion": GROUP, "kind": "Issuer", "metadata": {"name": name}, "spec": spec}


def openssl(*words, stdin=""):
    done = subprocess.run(["openssl", *map(str, words)], input=stdin, capture_output=True, text=True, timeout=30)
    assert done.returncode == 0, f"openssl {' '.join(map(str, words))}: {done.stderr}{done.stdout}"
    return done.stdout.strip()


def pems(w, name):
    return {key: base64.b64decode(text).decode() for key, text in w.k.json("get", "secret", name)["data"].items()}


def serial(w, name):
    return openssl("x509", "-noout", "-serial", stdin=pems(w, name)["tls.crt"])


def authority(w, name):
    """A namespace with an issuer `ca`, whose certificate issued itself."""
    w.k.namespace(name)
    w.k.apply(issuer("self", selfSigned={}), certificate("root", "self", isCA=True, commonName=f"{name} root"), issuer("ca", ca={"secretName": "root-tls"}))
    w.condition("certificate", "root", "Ready")
    w.condition("issuer", "ca", "Ready")


@test
def cert_manager_installs(w):
    v = w.operator.version
    names = {"image": "controller", "webhook.image": "webhook", "cainjector.image": "cainjector"}
    images = [f"{at}.{key}" for at, program in names.items()
              for key in (f"repository={w.operator.image(program).rpartition(':')[0]}", f"tag={v}")]
    w.install(*images, "startupapicheck.enabled=false")
    for kind in ("mutatingwebhookconfiguration", "validatingwebhookconfiguration"):
        w.wait(lambda: w.k.json("get", kind, "cert-manager-webhook")["webhooks"][0]["clientConfig"].get("caBundle"), f"the authority in the {kind}")
    w.k("wait", "--for=condition=Established", "crd/certificates.cert-manager.io", "crd/issuers.cert-manager.io")
    w.wait(lambda: "created" in w.k.apply(issuer("probe", selfSigned={}), words=["--dry-run=server"]), "the webhook answers")


@test
def cert_manager_issues_a_chain(w):
    authority(w, "chain")
    w.k.apply(certificate("web", "ca", dnsNames=["web.chain.svc", "*.example.org"], ipAddresses=["10.1.2.3"], commonName="web", duration="24h",
                          renewBefore="8h", usages=["server auth", "client auth", "digital signature"]))
    w.condition("certificate", "web", "Ready")
    said = w.wait(lambda: (s := w.k.json("get", "certificate", "web")["status"]) and "revision" in s and s, "its revision, which another controller writes")
    assert said["revision"] == 1, said
    files = pems(w, "web-tls")
    for key, text in files.items():
        (w.k.folder / key).write_text(text)
    openssl("verify", "-x509_strict", "-purpose", "sslserver", "-CAfile", w.k.folder / "ca.crt", w.k.folder / "tls.crt")
    openssl("verify", "-CAfile", w.k.folder / "ca.crt", "-verify_hostname", "a.example.org", "-verify_ip", "10.1.2.3", w.k.folder / "tls.crt")
    text = openssl("x509", "-noout", "-subject", "-issuer", "-text", stdin=files["tls.crt"])
    assert "issuer=CN = chain root" in text and "subject=CN = web" in text and "TLS Web Client Authentication" in text, text
    own = openssl("x509", "-noout", "-pubkey", stdin=files["tls.crt"])
    assert own == openssl("pkey", "-pubout", stdin=files["tls.key"])
    ends = datetime.datetime.fromisoformat(said["notAfter"])
    assert ends - datetime.datetime.fromisoformat(said["notBefore"]) == datetime.timedelta(hours=24), said
    assert ends - datetime.datetime.fromisoformat(said["renewalTime"]) == datetime.timedelta(hours=8), said
    assert w.k("get", "certificate", "web").split()[4:7] == ["web", "True", "web-tls"]


@test
def cert_manager_asks_in_requests(w):
    """The request behind a certificate: owned by it, its asker set by the mutating webhook, approved, unchangeable."""
    authority(w, "requests")
    w.k.apply(certificate("a", "ca", dnsNames=["a.example.org"]))
    w.condition("certificate", "a", "Ready")
    one = next(x for x in w.k.json("get", "certificaterequests")["items"] if x["metadata"]["annotations"]["cert-manager.io/certificate-name"] == "a")
    assert one["metadata"]["ownerReferences"][0]["kind"] == "Certificate"
    assert one["spec"]["username"] == "system:serviceaccount:cert-manager:cert-manager", one["spec"]
    assert {c["type"]: c["status"] for c in one["status"]["conditions"]} == {"Approved": "True", "Ready": "True"}
    name = one["metadata"]["name"]
    said = w.k("patch", "certificaterequest", name, "--type=merge", "-p", json.dumps({"spec": {"isCA": True}}), code=1)
    assert "admission webhook" in said and "spec" in said, said
    denied = {"status": {"conditions": [*one["status"]["conditions"], {"type": "Denied", "status": "True", "reason": "no"}]}}
    said = w.k("patch", "certificaterequest", name, "--subresource=status", "--type=merge", "-p", json.dumps(denied), code=1)
    assert "Denied" in said, said
    w.k("delete", "certificate", "a")
    w.wait(lambda: "NotFound" in w.k("get", "certificaterequest", name, "--ignore-not-found") or not w.k("get", "certificaterequest", name, "--ignore-not-found").strip(),
           "the request goes with its certificate")


@test
def cert_manager_renews(w):
    authority(w, "renew")
    w.k.apply(certificate("web", "ca", dnsNames=["one.example.org"]))
    w.condition("certificate", "web", "Ready")
    first = serial(w, "web-tls")
    now = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")
    one = w.k.json("get", "certificate", "web")
    # What `cmctl renew` does.
    conditions = [*one["status"]["conditions"], {"type": "Issuing", "status": "True", "reason": "ManuallyTriggered", "message": "by the test",
                                                 "lastTransitionTime": now}]
    w.k("patch", "certificate", "web", "--subresource=status", "--type=merge", "-p", json.dumps({"status": {"conditions": conditions}}))
    w.wait(lambda: w.k.json("get", "certificate", "web")["status"].get("revision") == 2, "the second revision")
    second = serial(w, "web-tls")
    assert first != second
    w.k("patch", "certificate", "web", "--type=merge", "-p", '{"spec":{"dnsNames":["two.example.org"]}}')
    w.wait(lambda: w.k.json("get", "certificate", "web")["status"].get("revision") == 3, "the third revision")
    assert "DNS:two.example.org" in openssl("x509", "-noout", "-text", stdin=pems(w, "web-tls")["tls.crt"])
    w.k("delete", "secret", "web-tls")
    w.wait(lambda: w.k("get", "secret", "web-tls", "--ignore-not-found") and serial(w, "web-tls") not in (first, second), "a lost secret is made again")


@test
def cert_manager_serves_an_ingress(w):
    """ingress-shim: an annotation makes a certificate, which goes when the Ingress goes."""
    authority(w, "shim")
    rule = {"host": "shop.example.org", "http": {"paths": [{"path": "/", "pathType": "Prefix", "backend": {"service": {"name": "s", "port": {"number": 80}}}}]}}
    w.k.apply({"apiVersion": "networking.k8s.io/v1", "kind": "Ingress", "metadata": {"name": "shop", "annotations": {"cert-manager.io/issuer": "ca"}},
               "spec": {"rules": [rule], "tls": [{"hosts": ["shop.example.org"], "secretName": "shop-tls"}]}})
    w.wait(lambda: w.k("get", "certificate", "shop-tls", "--ignore-not-found"), "a certificate of the Ingress")
    w.condition("certificate", "shop-tls", "Ready")
    assert "DNS:shop.example.org" in openssl("x509", "-noout", "-text", stdin=pems(w, "shop-tls")["tls.crt"])
    w.k("delete", "ingress", "shop")
    w.wait(lambda: not w.k("get", "certificate", "shop-tls", "--ignore-not-found").strip(), "the certificate goes with the Ingress")


@test
def cert_manager_refuses_bad_objects(w):
    w.k.namespace("refuse")
    said = w.refused(issuer("two", selfSigned={}, ca={"secretName": "x"}))
    assert 'admission webhook "webhook.cert-manager.io" denied the request: spec.selfSigned: Forbidden: may not specify more than one issuer type' in said \
        or "may not specify more than one issuer type" in said, said
    said = w.refused(certificate("none", "ca"))
    assert "at least one of" in said and 'admission webhook "webhook.cert-manager.io" denied the request' in said, said
    said = w.refused(certificate("short", "ca", dnsNames=["a.b"], duration="10m"))
    assert "spec.duration" in said and "1h0m0s" in said, said
    said = w.refused(certificate("usage", "ca", dnsNames=["a.b"], usages=["flying"]))
    assert 'spec.usages[0]: Unsupported value: "flying"' in said, said
    assert not w.k.json("get", "certificates,issuers")["items"]


@test
def cert_manager_leaves(w):
    w.k.ns = w.namespace
    w.helm("uninstall", w.release, "--wait", timeout=120)
    w.wait(lambda: "cert-manager.io" not in w.k("get", "crd"), "its definitions go")
    assert "cert-manager" not in w.k("api-resources", "-o", "name")
