"""Makes the images the suite asks for, under their upstream names, of Debian's programs and of those programs.py built.
A row of images() is an image; a rootfs is a list of files, and of programs with the libraries they are linked with."""
import hashlib
import io
import json
import pathlib
import platform
import re
import shutil
import subprocess
import sys
import tarfile

import programs

ARCH = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())
E2E = "registry.k8s.io/e2e-test-images"
WHEN = 1600000000
PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
MERGED = {"bin": "usr/bin", "sbin": "usr/sbin", "lib": "usr/lib", "lib64": "usr/lib64"}


class Layer:
    """Files in the order given; folders above them and libraries beside them come of themselves. The same input gives
    the same bytes."""

    def __init__(self):
        self.out, self.seen = io.BytesIO(), set()
        self.tar = tarfile.open(fileobj=self.out, mode="w", format=tarfile.PAX_FORMAT)

    def add(self, name, data=b"", mode=0o644, kind=tarfile.REGTYPE, link="", owner=0):
        name = str(name).strip("/")
        if name in self.seen:
            return
        parent = name.rpartition("/")[0]
        if parent:
            self.folder(parent)
        self.seen.add(name)
        info = tarfile.TarInfo(name)
        info.size, info.mode, info.type, info.linkname, info.mtime = len(data), mode, kind, link, WHEN
        info.uid = info.gid = owner
        self.tar.addfile(info, io.BytesIO(data))

    def folder(self, name, mode=0o755, owner=0):
        self.add(name, mode=mode, kind=tarfile.DIRTYPE, owner=owner)

    def text(self, name, text, mode=0o644):
        self.add(name, text.encode(), mode)

    def symlink(self, name, target):
        self.add(name, mode=0o777, kind=tarfile.SYMTYPE, link=target)

    def file(self, name, path, mode=None):
        path = pathlib.Path(path)
        self.add(name, path.read_bytes(), path.stat().st_mode & 0o7777 if mode is None else mode)

    def system(self):
        """What every root has: the merged /usr, /tmp and the few files programs look for."""
        for name, target in MERGED.items():
            self.folder(target)
            self.symlink(name, target)
        for name in ("dev", "home", "proc", "root", "run", "sys", "var/log", "var/tmp", "etc"):
            self.folder(name)
        self.folder("tmp", 0o1777)
        self.text("etc/nsswitch.conf", "passwd: files\ngroup: files\nhosts: files dns\n")
        self.text("etc/services", "domain 53/tcp\ndomain 53/udp\nhttp 80/tcp\nhttps 443/tcp\n")

    def accounts(self, *more, groups=()):
        self.text("etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/false\n" + "".join(x + "\n" for x in more))
        self.text("etc/group", "root:x:0:\nnogroup:x:65534:\n" + "".join(x + "\n" for x in groups))

    def program(self, path, name=None):
        """A program of this machine where it stands here, and the libraries it needs."""
        found = shutil.which(path, path="/usr/sbin:/usr/bin:/sbin:/bin:/usr/local/bin") or sys.exit(f"conformance: {path} is not installed")
        real = pathlib.Path(found).resolve()
        where = self.merge(name or found)
        self.file(where, real)
        said = subprocess.run(["ldd", str(real)], capture_output=True, text=True).stdout
        for library in re.findall(r"(/\S+) \(0x", said):
            self.file(self.merge(library), pathlib.Path(library).resolve())

    def merge(self, path):
        head, _, rest = str(path).strip("/").partition("/")
        return f"{MERGED[head]}/{rest}" if head in MERGED else f"{head}/{rest}"

    def busybox(self, but=()):
        program = pathlib.Path("/bin/busybox")
        applets = subprocess.run([program, "--list"], capture_output=True, text=True, check=True).stdout.split()
        self.file("usr/bin/busybox", program, 0o755)
        for applet in sorted(set(applets) - {"busybox"} - set(but)):
            self.add(f"usr/bin/{applet}", kind=tarfile.LNKTYPE, link="usr/bin/busybox", mode=0o755)

    def shell(self):
        """busybox-static's own runs its applets before the programs of PATH, and drops variables such as data-1."""
        self.program("bash")
        self.program("bash", "/usr/bin/sh")

    def bytes(self):
        self.tar.close()
        return self.out.getvalue()


def busybox():
    layer = Layer()
    layer.system()
    layer.accounts()
    layer.program("wget")  # busybox-static ends with a segmentation fault when its own is given -T
    layer.program("bash")
    layer.program(programs.OUT / "ash", "/usr/bin/sh")  # tests know its words by heart
    layer.busybox(but=("bash", "wget", "sh"))
    return layer.bytes()


def agnhost(source):
    """What upstream's Dockerfile asks of its distribution, and the program itself at /agnhost."""
    layer = Layer()
    layer.system()
    layer.accounts("user-defined-in-image:x:1000:1000::/home/user-defined-in-image:/bin/sh",
                   groups=("user-defined-in-image:x:1000:", "group-defined-in-image:x:50000:user-defined-in-image"))
    layer.folder("home/user-defined-in-image", owner=1000)
    layer.shell()
    for program in ("dig", "getent", "host", "nslookup", "curl", "ip", "ss", "iperf", "ipcs", "ipcmk", "ipcrm", "socat", "wget"):
        layer.program(program)
    layer.program("nc.openbsd", "/usr/bin/nc")
    layer.busybox(but=("sh", "getent", "nslookup", "ip", "bash", "ipcs", "ipcrm", "nc", "host", "wget"))
    layer.folder("uploads")
    layer.symlink("usr/local/bin/iperf", "/usr/bin/iperf")
    for name in ("localhost.crt", "localhost.key"):
        layer.file(name, source / "test/images/agnhost/porter" / name, 0o644)
    layer.file("agnhost", programs.OUT / "agnhost", 0o755)
    layer.symlink("agnhost-2", "agnhost")
    layer.text("etc/os-release", 'ID=debian\nPRETTY_NAME="Debian, in the place of Alpine Linux"\n')  # the suite reads it
    return layer.bytes()


def dns_testing():
    layer = Layer()
    layer.system()
    layer.accounts()
    layer.shell()
    for program in ("dig", "host", "nslookup", "getent"):
        layer.program(program)
    layer.busybox(but=("sh", "nslookup", "host", "bash", "getent"))
    return layer.bytes()


def nginx():
    layer = Layer()
    layer.system()
    layer.accounts("www-data:x:33:33::/var/www:/bin/false", groups=("www-data:x:33:",))
    layer.program("nginx")
    layer.busybox()
    layer.text("etc/nginx/nginx.conf", "user www-data;\nworker_processes 1;\npid /run/nginx.pid;\nerror_log /dev/stderr notice;\n"
               "events { worker_connections 256; }\n"
               "http {\n  types { text/html html; }\n  access_log /dev/stdout;\n"
               "  server { listen 80; root /usr/share/nginx/html; index index.html; }\n}\n")
    layer.text("usr/share/nginx/html/index.html", "<!DOCTYPE html>\n<title>Welcome to nginx!</title>\n<h1>Welcome to nginx!</h1>\n")
    for name in ("var/lib/nginx", "var/log/nginx", "var/www"):
        layer.folder(name)
    return layer.bytes()


def one_program(name, where, mode=0o755, system=False):
    layer = Layer()
    if system:
        layer.system()
        layer.accounts()
        layer.busybox()
    layer.file(where, programs.OUT / name, mode)
    return layer.bytes()


def demo(source, animal):
    layer = Layer()
    for path in sorted((source / "test/images" / animal / "html").iterdir()):
        layer.file(path.name, path, 0o644)
    return layer.bytes()


def images():
    """(names, layers, config) of each image."""
    source = programs.source()
    box, host = busybox(), agnhost(source)
    entry = {"Entrypoint": ["/agnhost"], "ExposedPorts": {f"{port}/tcp": {} for port in (80, 5000, 8080, 8081, 9376)}}
    etcd = one_program("etcd", "usr/local/bin/etcd", system=True)
    return [
        ([f"{E2E}/busybox:1.37.0-2", f"{E2E}/busybox:1.38.0-1"], [box], {"Cmd": ["sh"]}),
        ([f"{E2E}/agnhost:2.66.1", f"{E2E}/agnhost:2.55"], [host], {**entry, "Cmd": ["pause"]}),
        ([f"{E2E}/nautilus:1.8"], [host, demo(source, "nautilus")], {**entry, "Cmd": ["test-webserver"]}),
        ([f"{E2E}/kitten:1.8"], [host, demo(source, "kitten")], {**entry, "Cmd": ["test-webserver"]}),
        ([f"{E2E}/nginx:1.27.0-2"], [nginx()], {"Cmd": ["nginx", "-g", "daemon off;"], "StopSignal": "SIGQUIT"}),
        ([f"{E2E}/nginx:1.28.0-2"], [nginx()], {"Cmd": ["nginx", "-g", "daemon off;"], "StopSignal": "SIGQUIT", "Labels": {"version": "1.28"}}),
        ([f"{E2E}/glibc-dns-testing:2.1.1"], [dns_testing()], {"Cmd": ["sh"]}),
        ([f"{E2E}/nonroot:1.5"], [box], {"Cmd": ["sh"], "User": "1234"}),
        ([f"{E2E}/nonewprivs:1.4"], [one_program("nonewprivs", "usr/local/bin/nnp", 0o6755, True)], {"Cmd": ["nnp"]}),
        ([f"{E2E}/sample-apiserver:1.29.2"], [one_program("sample-apiserver", "sample-apiserver")], {"Entrypoint": ["/sample-apiserver"]}),
        (["registry.k8s.io/etcd:3.7.0-0"], [etcd], {"Cmd": ["etcd"]}),
        (["registry.k8s.io/pause:3.10.2"], [one_program("pause", "pause")], {"Entrypoint": ["/pause"], "User": "65535:65535"}),
    ]


def archive(out, names, layers, config):
    digests = [hashlib.sha256(data).hexdigest() for data in layers]
    text = json.dumps({
        "architecture": ARCH, "os": "linux", "created": "2020-09-13T12:26:40Z",
        "config": {"Env": [PATH], "WorkingDir": "/", **config},
        "rootfs": {"type": "layers", "diff_ids": [f"sha256:{x}" for x in digests]},
        "history": [{"created": "2020-09-13T12:26:40Z", "created_by": "coracle conformance"} for _ in layers],
    }, sort_keys=True).encode()
    image = hashlib.sha256(text).hexdigest()
    manifest = json.dumps([{"Config": f"{image}.json", "RepoTags": names, "Layers": [f"{x}/layer.tar" for x in digests]}]).encode()
    with tarfile.open(out, "w") as tar:
        for name, data in [(f"{image}.json", text), *((f"{x}/layer.tar", y) for x, y in zip(digests, layers)), ("manifest.json", manifest)]:
            info = tarfile.TarInfo(name)
            info.size, info.mtime, info.mode = len(data), WHEN, 0o644
            tar.addfile(info, io.BytesIO(data))


def make_all():
    """Archives in build/conformance/images/, made anew when a program or this file is newer."""
    folder = programs.OUT / "images"
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / ".made"
    sources = [pathlib.Path(__file__), *(programs.OUT / x for x in ("agnhost", "ash", "nonewprivs", "sample-apiserver", "etcd", "pause"))]
    if not stamp.exists() or any(x.stat().st_mtime > stamp.stat().st_mtime for x in sources):
        print("==> making the images", flush=True)
        for old in folder.glob("*.tar"):
            old.unlink()
        for names, layers, config in images():
            archive(folder / (names[0].rpartition("/")[2].replace(":", "-") + ".tar"), names, layers, config)
        stamp.touch()
    return sorted(folder.glob("*.tar"))


if __name__ == "__main__":
    print("\n".join(map(str, make_all())))
