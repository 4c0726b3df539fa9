#!/usr/bin/env python3
"""A registry with faults, for tests: fault_registry.py LAYOUT PORT LOG. Serves the layout as every repository's tag latest; the repository's name
chooses the fault: cut (ends blobs half way unless asked for the rest), token (Bearer with user u, password p), slow
(blobs take a second), ident (Bearer by an identity token), corrupt (a byte of each layer is wrong), huge (a manifest without end), anon (Bearer for nobody).
Each request is written to LOG."""
import base64, hashlib, json, pathlib, sys, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

layout, port, log = pathlib.Path(sys.argv[1]), int(sys.argv[2]), open(sys.argv[3], "a", buffering=1)
INDEX = json.loads((layout / "index.json").read_text())["manifests"][0]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
        log.write(f"{self.path} POST\n")
        wanted = {"grant_type": ["refresh_token"], "service": ["test"], "scope": ["repository:ident/x:pull"], "refresh_token": ["id+en/ti=ty&"]}
        if self.path != "/token" or {name: form.get(name) for name in wanted} != wanted or not form.get("client_id"):
            return self.answer(401)
        return self.answer(200, json.dumps({"access_token": "good"}).encode())

    def do_GET(self):
        log.write(f"{self.path} {self.headers.get('Range', '')}\n")
        if self.path.startswith("/token"):
            wanted = "Basic " + base64.b64encode(b"u:p").decode()
            if "repository:ident" in self.path:
                return self.answer(401)
            if "repository:token" in self.path and self.headers.get("Authorization") != wanted:
                return self.answer(401)
            return self.answer(200, json.dumps({"token": "good"}).encode())
        parts = self.path.split("/")
        fault, kind, what = parts[2], parts[-2], parts[-1]
        if fault in ("token", "anon", "ident") and self.headers.get("Authorization") != "Bearer good":
            return self.answer(401, WWW_Authenticate=f'Bearer realm="http://127.0.0.1:{port}/token",service="test",scope="repository:{fault}/x:pull"')
        if kind == "manifests":
            if fault == "huge":
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b" " * 65536)
                except OSError:
                    return
            if what not in ("latest", INDEX["digest"]) and not what.startswith("sha256:"):
                return self.answer(404)
            digest = INDEX["digest"] if what == "latest" else what
            path = layout / "blobs" / "sha256" / digest[7:]
            if not path.exists():
                return self.answer(404)
            return self.answer(200, path.read_bytes(), Content_Type=json.loads(path.read_bytes()).get("mediaType", ""))
        path = layout / "blobs" / "sha256" / what[7:]
        if not path.exists():
            return self.answer(404)
        data, start = path.read_bytes(), 0
        wanted = self.headers.get("Range")
        if wanted:
            start = int(wanted[6:].split("-")[0])
        if fault == "corrupt" and data[:2] == b"\x1f\x8b":
            data = data[:-1] + bytes([data[-1] ^ 1])
        if fault == "slow":
            time.sleep(1)
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(len(data) - start))
        self.end_headers()
        end = len(data)
        if fault == "cut" and not wanted and len(data) > 1000:
            end = len(data) // 2
            self.close_connection = True
        self.wfile.write(data[start:end])


ThreadingHTTPServer(("127.0.0.1", port), Handler).serve_forever()
