"""What Helm does to a cluster: a chart of our own is installed, upgraded, rolled back and removed."""
import json
import pathlib
import subprocess

from kubectl import Failed

CHART = pathlib.Path(__file__).resolve().parent / "chart"
TESTS = []


def test(f):
    TESTS.append(f)
    return f


class Helm:
    def __init__(self, program, kubectl):
        self.program, self.kubectl = str(program), kubectl

    def __call__(self, *words, code=0, timeout=90):
        line = [self.program, "-n", self.kubectl.ns, *map(str, words)]
        done = subprocess.run(line, env=self.kubectl.env, capture_output=True, text=True, timeout=timeout)
        if done.returncode != code:
            raise Failed(line, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def page(self, release):
        """What a pod of the release serves."""
        return self.kubectl("exec", f"deploy/{release}", "--", "wget", "-q", "-O", "-", f"http://{release}").strip()


@test
def helm_installs_upgrades_and_rolls_back(h):
    k = h.kubectl
    k.namespace("helm")
    said = json.loads(h("install", "web", CHART, "--wait", "--timeout", "60s", "-o", "json"))
    assert said["info"]["status"] == "deployed", said["info"]
    assert h.page("web") == "hello from revision 1", h.page("web")

    h("upgrade", "web", CHART, "--set", "greeting=goodbye,replicas=2", "--wait", "--timeout", "60s")
    assert h.page("web") == "goodbye from revision 2", h.page("web")
    assert k.json("get", "deploy", "web")["status"]["readyReplicas"] == 2

    h("rollback", "web", "1", "--wait", "--timeout", "60s")
    assert h.page("web") == "hello from revision 1", h.page("web")
    history = json.loads(h("history", "web", "-o", "json"))
    assert [x["status"] for x in history] == ["superseded", "superseded", "deployed"], history

    h("uninstall", "web", "--wait")
    assert not k.json("get", "deploy,svc,cm", "-l", "app.kubernetes.io/instance=web")["items"]
    assert json.loads(h("list", "-o", "json")) == []


@test
def helm_lists_and_gets(h):
    k = h.kubectl
    k.namespace("helm-get")
    h("install", "one", CHART, "--set", "replicas=0,greeting=bonjour")
    listed = json.loads(h("list", "-o", "json"))
    assert [(x["name"], x["chart"], x["status"]) for x in listed] == [("one", "greeter-0.1.0", "deployed")], listed
    assert "bonjour from revision 1" in h("get", "manifest", "one") and "greeting: bonjour" in h("get", "values", "one")
    assert "STATUS: deployed" in h("status", "one")
    h("uninstall", "one")


@test
def helm_reports_what_the_server_refuses(h):
    h.kubectl.namespace("helm-bad")
    try:
        h("install", "bad", CHART, "--set-string", "replicas=-1")
    except Failed as e:
        assert "spec.replicas" in e.err and "greater than or equal to 0" in e.err, e.err
    else:
        raise AssertionError("it was taken")
