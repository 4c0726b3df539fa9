"""A registry beside the nodes, holding the suite's images under their upstream names: a few tests pull again what is there
already (imagePullPolicy Always). The nodes ask it in the place of the registry the names tell; it lives in
build/conformance/registry/, so that only new images are pushed."""
import json
import subprocess
import tarfile
import time
import urllib.error
import urllib.request

import programs

HOST = "registry.k8s.io"
FOLDER = programs.OUT / "registry"


class Registry:
    def __init__(self, address, port):
        self.place, self.url = f"{address}:{port}", f"http://{address}:{port}"
        self.flag = f"--registry-mirror={HOST}={self.url}"
        self.job = None

    def start(self):
        FOLDER.mkdir(exist_ok=True)
        config = FOLDER / "config.yml"
        config.write_text(f"version: 0.1\nlog: {{level: error}}\nstorage: {{filesystem: {{rootdirectory: {FOLDER}}}}}\nhttp: {{addr: '{self.place}'}}\n")
        self.job = subprocess.Popen(["docker-registry", "serve", str(config)], stdout=subprocess.DEVNULL, stderr=open(FOLDER / "log", "a"))
        until = time.monotonic() + 20
        while not self.answers():
            if self.job.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the registry does not answer: {(FOLDER / 'log').read_text()[-1000:]}")
            time.sleep(0.1)

    def answers(self):
        try:
            return urllib.request.urlopen(f"{self.url}/v2/", timeout=5).status == 200
        except (OSError, urllib.error.URLError):
            return False

    def push(self, archive):
        """What stands there is not pushed again until the archive is newer."""
        stamp = FOLDER / f".{archive.name}"
        if stamp.exists() and stamp.stat().st_mtime >= archive.stat().st_mtime:
            return
        with tarfile.open(archive) as tar:
            names = json.load(tar.extractfile("manifest.json"))[0]["RepoTags"]
        for name in names:
            to = f"docker://{self.place}/{name.partition('/')[2]}"
            done = subprocess.run(["skopeo", "copy", "--quiet", "--dest-tls-verify=false", f"docker-archive:{archive}:{name}", to],
                                  capture_output=True, text=True)
            if done.returncode:
                raise RuntimeError(f"skopeo could not push {name}: {done.stderr[-1000:]}")
        stamp.touch()

    def stop(self):
        if self.job:
            self.job.terminate()
            self.job.wait(20)
