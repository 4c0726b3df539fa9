"""kubectl's commands that change one thing of an object, and those beside objects: set, autoscale, tokens, certificates, debug."""
import base64
import json
import pathlib
import subprocess
import tempfile

from cluster import free_port
from kubectl import IMAGE, config_map, deployment, pod
from kubectl_tests import fetch, has

TESTS = []


def test(f):
    TESTS.append(f)
    return f


def container(k, kind="deploy", name="d"):
    return k.json("get", kind, name)["spec"]["template"]["spec"]["containers"][0]


# ── set ──

@test
def kubectl_set_image_env_resources(k):
    k.namespace("k-set")
    k.apply(deployment("d", 1, "sleep", "1000"), config_map("cm", FROM="map"))
    k("rollout", "status", "deploy/d", "--timeout=60s")
    has(k("set", "image", "deploy/d", f"main={IMAGE}-no"), "deployment.apps/d image updated")
    assert container(k)["image"] == f"{IMAGE}-no"
    assert k("set", "image", "deploy/d", f"main={IMAGE}-no") == "", "nothing to change"
    k("set", "image", "deploy/d", f"*={IMAGE}")
    has(k("set", "image", "deploy/d", "other=x", code=1), 'unable to find container named "other"')
    has(k("set", "env", "deploy/d", "A=1", "B=2"), "deployment.apps/d env updated")
    k("set", "env", "deploy/d", "B-")
    k("set", "env", "--from=configmap/cm", "deploy/d")
    has(k("set", "env", "deploy/d", "--list", "--resolve"), "A=1", "FROM=map")
    env = container(k)["env"]
    assert [e["name"] for e in env] == ["A", "FROM"] and env[1]["valueFrom"]["configMapKeyRef"] == {"name": "cm", "key": "FROM"}, env
    has(k("set", "resources", "deploy/d", "--limits=cpu=200m,memory=64Mi", "--requests=cpu=10m"), "resource requirements updated")
    assert container(k)["resources"] == {"limits": {"cpu": "200m", "memory": "64Mi"}, "requests": {"cpu": "10m"}}
    k("set", "resources", "deploy/d", "--limits=cpu=0,memory=0", "--requests=cpu=0")
    has(k("set", "image", "deploy/d", f"main={IMAGE}-x", "--dry-run=server", "-o", "yaml"), f"image: {IMAGE}-x")
    assert container(k)["image"] == IMAGE
    k("rollout", "status", "deploy/d", "--timeout=60s")
    name = k("get", "pods", "-l", "app=d", "--field-selector=status.phase=Running", "--sort-by=.metadata.creationTimestamp", "-o", "name").split()[-1]
    has(k("exec", name, "--", "env"), "A=1", "FROM=map")


@test
def kubectl_set_account_selector_subject(k):
    k.namespace("k-set2")
    k.apply(deployment("d", 0, "sleep", "1000"))
    k("create", "serviceaccount", "robot")
    has(k("set", "serviceaccount", "deploy/d", "robot"), "serviceaccount updated")
    assert k.json("get", "deploy", "d")["spec"]["template"]["spec"]["serviceAccountName"] == "robot"
    k("create", "service", "clusterip", "s", "--tcp=80")
    has(k("set", "selector", "service", "s", "app=d,tier=x"), "service/s selector updated")
    assert k.json("get", "service", "s")["spec"]["selector"] == {"app": "d", "tier": "x"}
    k("create", "role", "r", "--verb=get", "--resource=pods")
    k("create", "rolebinding", "b", "--role=r", "--user=al")
    has(k("set", "subject", "rolebinding", "b", "--user=bo", "--group=team", "--serviceaccount=k-set2:robot"), "subjects updated")
    assert [s["name"] for s in k.json("get", "rolebinding", "b")["subjects"]] == ["al", "bo", "team", "robot"]
    who = "--as=system:serviceaccount:k-set2:robot"
    assert k("auth", "can-i", "get", "pods", who) == "yes\n"


# ── replace --force, autoscale, rollout history ──

@test
def kubectl_replaces_by_force(k):
    k.namespace("k-force")
    p = pod("p", "sleep", "1000")
    k.apply(p)
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    uid = k.json("get", "pod", "p")["metadata"]["uid"]
    p["spec"]["containers"][0]["command"] = ["sleep", "2000"]
    has(k("replace", "-f", "-", stdin=json.dumps(p), code=1), "is invalid", "pod updates may not change fields other than")
    has(k("replace", "--force", "--grace-period=0", "-f", "-", stdin=json.dumps(p)), 'pod "p"', "pod/p replaced")
    now = k.json("get", "pod", "p")
    assert now["metadata"]["uid"] != uid and now["spec"]["containers"][0]["command"] == ["sleep", "2000"]
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")


@test
def kubectl_autoscales(k):
    k.namespace("k-auto")
    k.apply(deployment("d", 0, "sleep", "1000"))
    has(k("autoscale", "deploy", "d", "--min=2", "--max=4", "--cpu-percent=80"), "autoscaled")
    spec = k.json("get", "hpa", "d")["spec"]
    assert (spec["minReplicas"], spec["maxReplicas"], spec["metrics"][0]["resource"]["target"]["averageUtilization"]) == (2, 4, 80), spec
    has(k("get", "hpa"), "REFERENCE", "Deployment/d")
    has(k("describe", "hpa", "d"), "Deployment/d", "Min replicas:")
    has(k("autoscale", "deploy", "d", "--min=5", "--max=4", code=1), "min")


# ── who ──

@test
def kubectl_creates_tokens(k):
    k.namespace("k-token")
    k("create", "serviceaccount", "robot")
    k.apply(pod("p", "sleep", "1000", serviceAccountName="robot"))
    token = k("create", "token", "robot", "--duration=20m", "--audience=vault", "--bound-object-kind=Pod", "--bound-object-name=p").strip()
    claims = json.loads(base64.urlsafe_b64decode(token.split(".")[1] + "=="))
    assert claims["aud"] == ["vault"] and claims["kubernetes.io"]["pod"]["name"] == "p" and claims["exp"] - claims["iat"] == 1200, claims
    has(k("create", "token", "nobody", code=1), 'serviceaccounts "nobody" not found')
    has(k("create", "token", "robot", "--duration=1m", code=1), "may not specify a duration less than 10 minutes")


def request(user):
    with tempfile.TemporaryDirectory() as folder:
        key = pathlib.Path(folder) / "key"
        pem = subprocess.run(["openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", key,
                              "-subj", f"/CN={user}/O=team"], check=True, capture_output=True).stdout
        return key.read_text(), {
            "apiVersion": "certificates.k8s.io/v1", "kind": "CertificateSigningRequest", "metadata": {"name": user},
            "spec": {"request": base64.b64encode(pem).decode(), "signerName": "kubernetes.io/kube-apiserver-client", "usages": ["client auth"],
                     "expirationSeconds": 3600}}


@test
def kubectl_approves_and_denies_certificates(k):
    key, wanted = request("k-carol")
    k.apply(wanted)
    has(k("get", "csr", "k-carol"), "Pending", "kubernetes.io/kube-apiserver-client")
    has(k("certificate", "approve", "k-carol"), "certificatesigningrequest.certificates.k8s.io/k-carol approved")
    k("wait", "--for=jsonpath={.status.certificate}", "csr/k-carol", "--timeout=20s")
    has(k("get", "csr", "k-carol"), "Approved,Issued")
    files = {"key": key, "crt": base64.b64decode(k.json("get", "csr", "k-carol")["status"]["certificate"]).decode()}
    for name, text in files.items():
        (k.folder / f"carol.{name}").write_text(text)
    own = [f"--server=https://127.0.0.1:{k.cluster.port}", f"--certificate-authority={k.cluster.data}/pki/ca.crt", "--kubeconfig=/dev/null",
           f"--client-key={k.folder}/carol.key", f"--client-certificate={k.folder}/carol.crt"]
    has(k(*own, "auth", "whoami"), "k-carol", "team")
    _key, wanted = request("k-dave")
    k.apply(wanted)
    has(k("certificate", "deny", "k-dave"), "denied")
    has(k("get", "csr", "k-dave"), "Denied")
    assert "certificate" not in k.json("get", "csr", "k-dave")["status"]
    k("delete", "csr", "k-carol", "k-dave")


@test
def kubectl_reconciles_roles(k):
    k.namespace("k-reconcile")

    def role(*verbs):
        return json.dumps({"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "Role", "metadata": {"name": "r", "namespace": "k-reconcile"},
                           "rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": list(verbs)}]})

    def verbs():
        return sorted(v for r in k.json("get", "role", "r")["rules"] for v in r["verbs"])

    has(k("auth", "reconcile", "-f", "-", stdin=role("get")), "reconciled")
    has(k("auth", "reconcile", "-f", "-", stdin=role("list")), "reconciled")
    assert verbs() == ["get", "list"], "what is there is kept"
    k("auth", "reconcile", "--remove-extra-permissions", "-f", "-", stdin=role("watch"))
    assert verbs() == ["watch"]
    binding = {"apiVersion": "rbac.authorization.k8s.io/v1", "kind": "RoleBinding", "metadata": {"name": "b", "namespace": "k-reconcile"},
               "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "Role", "name": "r"},
               "subjects": [{"kind": "User", "apiGroup": "rbac.authorization.k8s.io", "name": "al"}]}
    k("auth", "reconcile", "-f", "-", stdin=json.dumps(binding))
    binding["roleRef"]["name"] = "other"
    k("auth", "reconcile", "-f", "-", stdin=json.dumps(binding))
    assert k.json("get", "rolebinding", "b")["roleRef"]["name"] == "other", "made anew"


# ── looking into pods ──

@test
def kubectl_debugs(k):
    k.namespace("k-debug")
    k.apply(pod("p", "sleep", "1000"))
    k("wait", "--for=condition=Ready", "pod/p", "--timeout=30s")
    k("debug", "p", f"--image={IMAGE}", "--container=looker", "--target=main", "--", "sh", "-c", "echo looked; ps; sleep 1000")
    k("wait", "--for=jsonpath={.status.ephemeralContainerStatuses[0].state.running}", "pod/p", "--timeout=30s")
    k.cluster.wait(lambda: "looked" in k("logs", "p", "-c", "looker"), "the debugger's output")
    has(k("describe", "pod", "p"), "Ephemeral Containers:", "looker")
    k("debug", "p", f"--image={IMAGE}", "--copy-to=p2", "--share-processes", "--container=side", "--", "sleep", "1000")
    k("wait", "--for=condition=Ready", "pod/p2", "--timeout=30s")
    has(k("exec", "p2", "-c", "side", "--", "ps"), "sleep 1000")
    has(k("debug", "node/node-1", f"--image={IMAGE}", "--profile=general", "--", "ls", "/host"), "Creating debugging pod")
    name = [x for x in k("get", "pods", "-o", "name").split() if "node-debugger-node-1" in x]  # 1.32 puts no label on it
    assert len(name) == 1, name
    k("wait", "--for=jsonpath={.status.phase}=Succeeded", name[0], "--timeout=60s")
    has(k("logs", name[0]), "etc", "usr")


@test
def kubectl_is_told_what_is_too_large(k):
    k.namespace("k-large")
    large = k.folder / "large"
    large.write_bytes(b"a" * (3 << 20))
    has(k("create", "configmap", "large", f"--from-file={large}", code=1), "Request entity too large: limit is 3145728")
    large.write_bytes(b"a" * (2 << 20))
    has(k("create", "configmap", "large", f"--from-file={large}", code=1), "Too long: may not be more than 1048576 bytes")


@test
def kubectl_events_follow(k):
    k.namespace("k-events2")
    with k.background("events", "--watch") as out:
        k.apply(pod("p", "true", restartPolicy="Never"), pod("q", "false", restartPolicy="Never"))
        out.until("Started")
    k.cluster.wait_phase("/api/v1/namespaces/k-events2", "q", "Failed")
    assert "pod/q" not in k("events", "--for=pod/p").lower()
    has(k("events", "--types=Normal", "-A"), "Scheduled", "NAMESPACE")
    rows = k.json("events", "--for=pod/p")["items"]
    assert {e["involvedObject"]["name"] for e in rows} == {"p"} and all(e.get("count", 1) >= 1 for e in rows), rows


@test
def kubectl_proxies_by_path(k):
    port = free_port()
    with k.background("proxy", f"--port={port}", "--api-prefix=/k8s/", "--reject-paths=^/k8s/api/v1/namespaces/kube-system/.*") as out:
        out.until("Starting to serve")
        has(fetch(f"http://127.0.0.1:{port}/k8s/api/v1/namespaces"), '"NamespaceList"')
    has(k("get", "--raw", "/apis/apps/v1/namespaces/default/deployments"), '"DeploymentList"')
    has(k("create", "--raw", "/api/v1/namespaces/default/configmaps", "-f", "-", stdin=json.dumps(config_map("k-raw", a="b"))), '"k-raw"')
    has(k("delete", "--raw", "/api/v1/namespaces/default/configmaps/k-raw"), '"Success"')


# ── the rest of create and label ──

@test
def kubectl_creates_everything(k):
    k.namespace("k-all")
    k("create", "deployment", "d", f"--image={IMAGE}", "--replicas=0", "--port=80")
    k("create", "cronjob", "c", f"--image={IMAGE}", "--schedule=0 0 * * *", "--", "true")
    k("create", "job", "from-cron", "--from=cronjob/c")
    k("create", "ingress", "i", "--rule=example.com/*=d:80", "--class=none")
    k("create", "poddisruptionbudget", "b", "--selector=app=d", "--min-available=1")
    k("create", "priorityclass", "k-high", "--value=1000", "--description=high")
    k("create", "clusterrole", "k-role", "--verb=get", "--resource=pods", "--non-resource-url=/metrics")
    k("create", "clusterrolebinding", "k-binding", "--clusterrole=k-role", "--user=al")
    k("create", "secret", "tls", "t", f"--cert={k.cluster.data}/pki/ca.crt", f"--key={k.cluster.data}/pki/ca.key")
    k("create", "secret", "docker-registry", "r", "--docker-server=x", "--docker-username=u", "--docker-password=p")
    k("create", "service", "nodeport", "n", "--tcp=80")
    k("create", "service", "loadbalancer", "l", "--tcp=80")
    k("create", "service", "externalname", "e", "--external-name=example.com")
    has(k("get", "deploy,cronjob,job,ingress,pdb,secret,service", "-o", "name"), "deployment.apps/d", "cronjob.batch/c", "job.batch/from-cron",
        "ingress.networking.k8s.io/i", "poddisruptionbudget.policy/b", "secret/t", "secret/r", "service/n", "service/l", "service/e")
    assert k.json("get", "secret", "t")["type"] == "kubernetes.io/tls"
    has(k("get", "all"), "deployment.apps/d")
    has(k("describe", "ingress", "i"), "example.com", "d:80")
    k("delete", "priorityclass/k-high", "clusterrole/k-role", "clusterrolebinding/k-binding")
    has(k("config", "view"), "clusters:")
    has(k("kustomize", "--help"), "kustomization")
    kustomization = k.folder / "kustomize"
    kustomization.mkdir()
    (kustomization / "kustomization.yaml").write_text("namespace: k-all\nconfigMapGenerator: [{name: gen, literals: [a=b], options: {disableNameSuffixHash: true}}]\n")
    has(k("apply", "-k", kustomization), "configmap/gen created")
    has(k("delete", "-k", kustomization), 'configmap "gen" deleted')
    has(k("apply", "--prune", "-l", "p=1", "-f", "-", stdin=json.dumps({**config_map("keep"), "metadata": {"name": "keep", "labels": {"p": "1"}}})), "keep created")
    has(k("apply", "--prune", "-l", "p=1", "-f", "-", stdin=json.dumps({**config_map("other"), "metadata": {"name": "other", "labels": {"p": "1"}}})),
        "other created", "keep pruned")
