"""kubectl as the tests use it: one call, a call that goes on in the background, a call at a terminal."""
import contextlib
import json
import os
import pathlib
import pty
import select
import subprocess
import tempfile
import time

IMAGE = "example.local/busybox:1"


class Failed(Exception):
    def __init__(self, line, code, out, err):
        super().__init__(f"{' '.join(map(str, line))}: ended with {code}\n{out}{err}")
        self.code, self.out, self.err = code, out, err


class Kubectl:
    def __init__(self, program, cluster):
        self.program, self.cluster = str(program), cluster
        self.config = str(cluster.data / "admin.kubeconfig")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="files-", dir=cluster.folder))
        self.env = {"PATH": os.environ["PATH"], "HOME": str(cluster.folder), "KUBECONFIG": self.config, "TERM": "xterm"}
        self.ns = "default"

    def namespace(self, name):
        """Makes a namespace; the calls that follow work in it."""
        self.cluster.namespace(name)
        self.ns = name

    def line(self, *words):
        return [self.program, "-n", self.ns, *map(str, words)]

    def __call__(self, *words, stdin="", code=0, env=None, timeout=60):
        """Both outputs of one call that must end with this code."""
        line = self.line(*words)
        try:
            done = subprocess.run(line, input=stdin, env={**self.env, **(env or {})}, capture_output=True, text=True, timeout=timeout)
        except subprocess.TimeoutExpired as e:
            raise Failed(line, f"nothing within {timeout} s", (e.stdout or b"").decode(), (e.stderr or b"").decode()) from None
        if done.returncode != code:
            raise Failed(line, done.returncode, done.stdout, done.stderr)
        return done.stdout + done.stderr

    def json(self, *words):
        line = self.line(*words, "-o", "json")
        done = subprocess.run(line, env=self.env, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise Failed(line, done.returncode, done.stdout, done.stderr)
        return json.loads(done.stdout)

    def apply(self, *objects, words=()):
        """A List when they are several: JSON texts with `---` between are read by newer kubectl only."""
        text = objects[0] if len(objects) == 1 else {"apiVersion": "v1", "kind": "List", "items": list(objects)}
        return self("apply", *words, "-f", "-", stdin=json.dumps(text))

    @contextlib.contextmanager
    def background(self, *words, stdin=False):
        """A call that goes on while the block runs; its output is read with until()."""
        job = subprocess.Popen(self.line(*words), env=self.env, stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        os.set_blocking(job.stdout.fileno(), False)
        try:
            yield Output(job.stdout.fileno(), job)
        finally:
            job.terminate()
            job.wait(timeout=10)

    @contextlib.contextmanager
    def terminal(self, *words):
        """A call whose three streams are a terminal of 100 columns and 30 lines."""
        import fcntl
        import struct
        import termios
        leader, follower = pty.openpty()
        fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        job = subprocess.Popen(self.line(*words), env=self.env, stdin=follower, stdout=follower, stderr=follower,
                               start_new_session=True)
        os.close(follower)
        try:
            yield Output(leader, job)
        finally:
            job.terminate()
            job.wait(timeout=10)
            os.close(leader)


class Output:
    """What a running program says, as far as it was read."""

    def __init__(self, fd, job):
        self.fd, self.job, self.text = fd, job, ""

    def type(self, text):
        os.write(self.fd, text.encode())

    def until(self, *wanted, seconds=30):
        """Reads on until each of the wanted texts was said."""
        end = time.monotonic() + seconds
        while not all(w in self.text for w in wanted):
            if not self.read(end - time.monotonic()):
                missing = [w for w in wanted if w not in self.text]
                raise AssertionError(f"{missing} was not said; said was {self.text!r} (code {self.job.poll()})")
        return self.text

    def read(self, seconds):
        if seconds <= 0 or not select.select([self.fd], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.fd, 65536)
        except OSError:  # the terminal's other end is closed
            return False
        self.text += data.decode(errors="replace")
        return bool(data)

    def ended(self, seconds=30):
        """Reads to the end and gives the exit code."""
        end = time.monotonic() + seconds
        while self.read(end - time.monotonic()):
            pass
        return self.job.wait(timeout=max(1, end - time.monotonic()))


# ── objects the tests are made of ──

def pod_spec(*command, **more):
    return {"terminationGracePeriodSeconds": 1,
            "containers": [{"name": "main", "image": IMAGE, "command": list(command), **more.pop("container", {})}], **more}


def pod(name, *command, labels=None, **more):
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": name, "labels": labels or {}}, "spec": pod_spec(*command, **more)}


def deployment(name, replicas, *command, **more):
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": name}, "spec": {
        "replicas": replicas, "selector": {"matchLabels": {"app": name}},
        "template": {"metadata": {"labels": {"app": name}}, "spec": pod_spec(*command, **more)}}}


def config_map(name, **data):
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}, "data": data}


def web(text, port=8080):
    """The command of a container that answers every request with a text."""
    return ["sh", "-c", f"mkdir -p /www && echo {text} > /www/index.html && exec httpd -f -p {port} -h /www"]
