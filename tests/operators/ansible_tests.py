"""Ansible's kubernetes.core collection: a play makes things, finds nothing to do the second time, and takes them away."""
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent / "ansible"
TESTS = []


def test(f):
    TESTS.append(f)
    return f


class World:
    def __init__(self, programs, collections, kubectl):
        self.programs, self.collections, self.k = programs, collections, kubectl

    def play(self, name, *words, **variables):
        """(ok, changed, failed) of a play, and what was said."""
        line = [self.programs / "ansible-playbook", "-i", "localhost,", "-c", "local", HERE / name, *words,
                "-e", f"ansible_python_interpreter={self.programs / 'python'}", *[w for k, v in variables.items() for w in ("-e", f"{k}={v}")]]
        env = {**os.environ, **self.k.env, "ANSIBLE_COLLECTIONS_PATH": str(self.collections), "ANSIBLE_NOCOLOR": "1", "ANSIBLE_LOCAL_TEMP": str(self.k.folder),
               "ANSIBLE_REMOTE_TEMP": str(self.k.folder), "PATH": f"{self.programs}:{os.environ['PATH']}", "LC_ALL": "C.UTF-8"}
        done = subprocess.run([str(x) for x in line], env=env, capture_output=True, text=True, timeout=300)
        said = done.stdout + done.stderr
        recap = re.search(r"^localhost\s*: ok=(\d+)\s+changed=(\d+)\s+unreachable=\d+\s+failed=(\d+)", said, re.MULTILINE)
        assert recap and done.returncode == 0, f"{name} {' '.join(words)} ended with {done.returncode}:\n{said[-5000:]}"
        return *map(int, recap.groups()), said


def cycle(w, name, where, changes):
    ok, changed, failed, said = w.play(name, where=where)
    assert (changed, failed) == (changes, 0), said
    w.k.ns = where
    ok, changed, failed, said = w.play(name, where=where)
    assert (changed, failed) == (0, 0), said
    ok, changed, failed, said = w.play(name, "--check", "--diff", where=where)
    assert (changed, failed) == (0, 0), said


def destroyed(w, name, where):
    ok, changed, failed, said = w.play(name, where=where, state="absent")
    assert changed > 0 and failed == 0, said
    assert not w.k("get", "ns", where, "--ignore-not-found").strip()
    ok, changed, failed, said = w.play(name, where=where, state="absent")
    assert (changed, failed) == (0, 0), said


@test
def ansible_merges_and_destroys(w):
    cycle(w, "objects.yml", "merged", 4)
    assert w.k.json("get", "deploy", "web")["status"]["readyReplicas"] == 2
    assert w.k.json("get", "widgets", "one")["spec"] == {"size": 3, "colour": "blue"}
    destroyed(w, "objects.yml", "merged")
    assert not w.k("get", "crd", "widgets.example.org", "--ignore-not-found").strip()


@test
def ansible_applies_and_destroys(w):
    """The same with server-side apply: a field that is left out of the second text goes."""
    cycle(w, "applied.yml", "applied", 1)
    managers = {m["manager"] for m in w.k.json("get", "cm", "settings", "--show-managed-fields")["metadata"]["managedFields"]}
    assert managers == {"ansible"}, managers
    for words, data in ((["--check"], {"kept": "yes", "more": "yes"}), ([], {"kept": "yes"})):
        ok, changed, failed, said = w.play("applied.yml", *words, where="applied", more="no")
        assert (changed, failed) == (1, 0), said
        assert w.k.json("get", "cm", "settings")["data"] == data, said
    destroyed(w, "applied.yml", "applied")


@test
def ansible_works_on_pods(w):
    """exec, log, cp, scale, patch, rollback, taint and drain, and asking with k8s_info."""
    ok, changed, failed, said = w.play("pods.yml", where="pods")
    assert failed == 0 and changed >= 6, said
    node = w.k.json("get", "node", "node-1")["spec"]
    assert not node.get("unschedulable") and not node.get("taints"), node
