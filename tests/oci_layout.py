#!/usr/bin/env python3
"""Makes an OCI layout out of busybox-static, for tests: oci_layout.py FOLDER [gzip|zstd|plain|evil-…]

Two layers: the first has /bin/busybox with links, odd names, modes, owners, attributes and a FIFO; the second
whites out files, makes a folder opaque and replaces a folder by a file. The index holds this machine's image and one
for another architecture. evil-KIND makes a first layer that tries to leave its folder, or is a bomb.
"""
import gzip, hashlib, io, json, pathlib, platform, subprocess, sys, tarfile

ARCH = {"x86_64": "amd64", "aarch64": "arm64"}.get(platform.machine(), platform.machine())


def add(tar, name, kind=tarfile.REGTYPE, data=b"", mode=0o644, link="", uid=0, gid=0, pax=None, mtime=1600000000):
    info = tarfile.TarInfo(name)
    info.type, info.size, info.mode, info.linkname, info.uid, info.gid, info.mtime = kind, len(data), mode, link, uid, gid, mtime
    info.pax_headers = pax or {}
    tar.addfile(info, io.BytesIO(data))


def first(tar):
    busybox = pathlib.Path("/bin/busybox").read_bytes()
    add(tar, "./", tarfile.DIRTYPE, mode=0o755)
    for d in ("bin", "etc", "tmp", "home", "old", "gone", "var"):
        add(tar, d, tarfile.DIRTYPE, mode=0o1777 if d == "tmp" else 0o755)
    add(tar, "bin/busybox", data=busybox, mode=0o755)
    for applet in ("sh", "cat", "ls", "sleep", "echo", "httpd", "wget", "nslookup", "true", "false", "id", "env", "test", "mkdir", "nc",
                   "date", "hostname", "ip", "ps", "kill", "tail", "head", "grep", "sed", "awk", "vi", "tar", "dd", "touch", "rm", "seq"):
        add(tar, "bin/" + applet, tarfile.LNKTYPE, link="bin/busybox")
    add(tar, "etc/passwd", data=b"root:x:0:0:root:/:/bin/sh\nuser:x:1000:1000::/home:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n")
    add(tar, "etc/group", data=b"root:x:0:\nusers:x:1000:user\nextra:x:2000:user\n")
    add(tar, "home/file", data=b"mine", uid=1000, gid=1000, mode=0o640)
    add(tar, "home/n\u00e4me \u2713", data=b"odd")
    add(tar, "home/setuid", data=b"#!", mode=0o4755)
    add(tar, "home/link", tarfile.SYMTYPE, link="/etc/passwd")
    add(tar, "home/fifo", tarfile.FIFOTYPE)
    add(tar, "home/marked", data=b"x", pax={"SCHILY.xattr.user.mark": "yes"})
    add(tar, "old/a", data=b"a")
    add(tar, "old/b", data=b"b")
    add(tar, "gone/file", data=b"gone")
    add(tar, "var/folder", tarfile.DIRTYPE, mode=0o755)
    add(tar, "var/folder/inside", data=b"inside")


def second(tar):
    add(tar, "old/.wh..wh..opq")
    add(tar, "old/c", data=b"c")
    add(tar, ".wh.gone")
    add(tar, "home/.wh.setuid")
    add(tar, "var/folder", data=b"now a file")
    add(tar, "etc/second", data=b"2")


def evil(kind):
    def make(tar):
        if kind == "dots":
            add(tar, "../../../../evil-dots", data=b"out")
        elif kind == "link":
            add(tar, "way", tarfile.SYMTYPE, link="/tmp")
            add(tar, "way/evil-link", data=b"out")
        elif kind == "up":
            add(tar, "way", tarfile.SYMTYPE, link="../../../../../../../../tmp")
            add(tar, "way/evil-up", data=b"out")
        elif kind == "hard":
            add(tar, "way", tarfile.SYMTYPE, link="/etc")
            add(tar, "copy", tarfile.LNKTYPE, link="way/hostname")
        elif kind == "whiteout":
            add(tar, ".wh...", data=b"")
        elif kind == "device":
            info = tarfile.TarInfo("dev0")
            info.type = tarfile.CHRTYPE
            tar.addfile(info)
        elif kind == "bomb":
            add(tar, "zeros", data=bytes(200 << 20))
    return make


def main():
    out = pathlib.Path(sys.argv[1])
    pack = sys.argv[2] if len(sys.argv) > 2 else "gzip"
    blobs = out / "blobs" / "sha256"
    blobs.mkdir(parents=True, exist_ok=True)

    def put(data):
        digest = hashlib.sha256(data).hexdigest()
        (blobs / digest).write_bytes(data)
        return {"digest": "sha256:" + digest, "size": len(data)}

    layers, diff_ids = [], []
    for fill in ([evil(pack[5:])] if pack.startswith("evil-") else [first, second]):
        raw = io.BytesIO()
        with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
            fill(tar)
        data = raw.getvalue()
        diff_ids.append("sha256:" + hashlib.sha256(data).hexdigest())
        suffix = {"plain": "", "zstd": "+zstd"}.get(pack, "+gzip")
        if suffix == "+gzip":  # two members, as parallel packers write them
            half = len(data) // 2
            data = gzip.compress(data[:half], 6, mtime=0) + gzip.compress(data[half:], 6, mtime=0)
        elif suffix == "+zstd":
            data = subprocess.run(["zstd", "-q", "-c"], input=data, stdout=subprocess.PIPE, check=True).stdout
        layers.append({"mediaType": "application/vnd.oci.image.layer.v1.tar" + suffix, **put(data)})

    def manifest(arch):
        config = put(json.dumps({
            "architecture": arch, "os": "linux", "created": "2020-01-01T00:00:00Z",
            "config": {"Entrypoint": ["/bin/sh"], "Cmd": ["-c", "echo hello"], "Env": ["PATH=/bin", "IMAGE=busybox"], "User": "user",
                       "WorkingDir": "/home", "ExposedPorts": {"80/tcp": {}}, "StopSignal": "SIGQUIT", "Volumes": {"/data": {}}},
            "rootfs": {"type": "layers", "diff_ids": diff_ids}, "history": []}).encode())
        return {"mediaType": "application/vnd.oci.image.manifest.v1+json", **put(json.dumps({
            "schemaVersion": 2, "mediaType": "application/vnd.oci.image.manifest.v1+json",
            "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **config}, "layers": layers}).encode())}

    inner = put(json.dumps({
        "schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [{**manifest("s390x"), "platform": {"os": "linux", "architecture": "s390x"}},
                      {**manifest(ARCH), "platform": {"os": "linux", "architecture": ARCH}}]}).encode())
    (out / "oci-layout").write_text('{"imageLayoutVersion":"1.0.0"}')
    (out / "index.json").write_text(json.dumps({
        "schemaVersion": 2, "manifests": [{"mediaType": "application/vnd.oci.image.index.v1+json", **inner,
                                           "annotations": {"org.opencontainers.image.ref.name": "latest"}}]}))


main()
