"""End-to-end tests of images: a registry with a password (Debian's docker-registry) and the node's own store; run by tests/e2e/run."""
import base64
import contextlib
import crypt
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile
import time

from cluster import TOP

TESTS = []


def test(f):
    TESTS.append(f)
    return f


@contextlib.contextmanager
def registry_with_password():
    """host:port of one with user "u" and password "p" that holds lib/busybox:1; its images come in over skopeo."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="registry-"))
    (folder / "htpasswd").write_text("u:" + crypt.crypt("p", "$2b$05$abcdefghijklmnopqrstuu") + "\n")
    (folder / "config.yml").write_text(json.dumps({
        "version": 0.1, "log": {"level": "error"}, "storage": {"filesystem": {"rootdirectory": str(folder / "data")}},
        "http": {"addr": f"127.0.0.1:{port}"}, "auth": {"htpasswd": {"realm": "test", "path": str(folder / "htpasswd")}}}))
    job = subprocess.Popen(["docker-registry", "serve", str(folder / "config.yml")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        subprocess.run([str(TOP / "tools" / "busybox-image"), str(folder / "x.tar"), "example.local/lib:1"], check=True)
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        subprocess.run(["skopeo", "copy", "--insecure-policy", "--dest-tls-verify=false", "--dest-creds", "u:p", f"docker-archive:{folder}/x.tar",
                        f"docker://127.0.0.1:{port}/lib/busybox:1"], check=True, capture_output=True)
        yield f"127.0.0.1:{port}"
    finally:
        job.kill()
        job.wait()
        shutil.rmtree(folder, ignore_errors=True)


def waiting(c, ns, name):
    pod = c.get(f"{ns}/pods/{name}")
    return ((pod["status"].get("containerStatuses") or [{}])[0]).get("state", {}).get("waiting", {})


@test
def images_behind_a_password(c):
    """imagePullSecrets of the pod or of its account open a registry; without them, or with wrong ones, it stays shut."""
    ns = c.namespace("pulls")
    with registry_with_password() as host:
        image = f"{host}/lib/busybox:1"
        words = lambda password: base64.b64encode(json.dumps({"auths": {host: {"auth": base64.b64encode(f"u:{password}".encode()).decode()}}}).encode()).decode()
        for name, password in (("good", "p"), ("bad", "wrong")):
            c.create(f"{ns}/secrets", {"metadata": {"name": name}, "type": "kubernetes.io/dockerconfigjson", "data": {".dockerconfigjson": words(password)}})
        run = lambda name, **more: c.pod(ns, name, ["echo", "pulled"], restartPolicy="Never", container={"image": image}, **more)
        run("none")
        run("wrong", imagePullSecrets=[{"name": "bad"}])
        for name in ("none", "wrong"):
            c.wait(lambda: waiting(c, ns, name).get("reason") in ("ErrImagePull", "ImagePullBackOff"), f"{name}: a refusal")
        run("right", imagePullSecrets=[{"name": "bad"}, {"name": "good"}])
        c.wait_phase(ns, "right", "Succeeded")
        assert c.logs(ns, "right") == "pulled\n"
        c.create(f"{ns}/serviceaccounts", {"metadata": {"name": "puller"}, "imagePullSecrets": [{"name": "good"}]})
        run("account", serviceAccountName="puller")
        c.wait_phase(ns, "account", "Succeeded")
        status = c.get(f"{ns}/pods/right")["status"]["containerStatuses"][0]
        assert status["image"] == image and "@sha256:" in status["imageID"], status
    c.delete("/api/v1/namespaces/pulls")


@test
def images_by_command(c):
    """import, pull, ls and rm on the running agent's store; what a container uses is not removed; the Node tells what is here."""
    with tempfile.TemporaryDirectory() as folder:
        archive = os.path.join(folder, "x.tar")
        subprocess.run([str(TOP / "tools" / "busybox-image"), archive, "example.local/own:2"], check=True)
        c.coracle("image", "import", archive)
        subprocess.run(["skopeo", "copy", "--insecure-policy", f"docker-archive:{archive}", f"oci:{folder}/layout:3"], check=True, capture_output=True)
        c.coracle("image", "import", os.path.join(folder, "layout"), "example.local/layout:3")
    listed = c.coracle("image", "ls")
    assert "example.local/own:2" in listed and "example.local/layout:3" in listed, listed
    ns = c.namespace("own")
    c.pod(ns, "p", ["sleep", "60"], container={"image": "example.local/layout:3", "imagePullPolicy": "Never"})
    c.wait_phase(ns, "p", "Running")
    names = lambda: {n for i in c.get("/api/v1/nodes/node-1")["status"].get("images", []) for n in i["names"]}
    c.wait(lambda: any("example.local/own:2" in n for n in names()), "the Node's word of it", 40)
    c.coracle("image", "rm", "example.local/own:2")
    assert "example.local/own:2" not in c.coracle("image", "ls")
    c.coracle("image", "rm", "example.local/none:1", check=False)
    c.delete("/api/v1/namespaces/own")
