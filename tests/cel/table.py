#!/usr/bin/env python3
"""Reads the conformance data of the CEL specification (textproto) and prints one test a line as JSON.

The data is in the published Go module named below; `table.py --fetch` links its folder to .cache/cel, which is where it is
looked for. Ends with 77 when it is not there.

Values become [kind, worth], types [kind, parameters…]. Tests about protobuf messages, which
trees of JSON cannot be, are left out; --skips says which and why.
"""
import base64
import json
import pathlib
import re
import shutil
import subprocess
import sys

MODULE = "cel.dev/expr@v0.25.1"
DATA = pathlib.Path(__file__).resolve().parents[2] / ".cache" / "cel"
LEFT_OUT = ("enums", "proto2", "proto2_ext", "proto3")  # messages and enums of protobuf, which Kubernetes has none of
TOKEN = re.compile(r"""\s+|\#[^\n]*|(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(?P<number>-?(?:0[xX][0-9a-fA-F]+|
    (?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)[fF]?)|(?P<word>-?[A-Za-z_][\w]*)|(?P<any>\[[\w./]+\])|(?P<mark>[\[\]{}<>:,;])""", re.X)
ESCAPES = {"n": 10, "r": 13, "t": 9, "a": 7, "b": 8, "f": 12, "v": 11, "\\": 92, "'": 39, '"': 34, "?": 63}


class Skip(Exception):
    pass


def unescape(body):
    out, i = bytearray(), 0
    while i < len(body):
        if body[i] != "\\":
            out += body[i].encode()
            i += 1
            continue
        c = body[i + 1]
        i += 2
        if c in ESCAPES:
            out.append(ESCAPES[c])
        elif c in "xX":
            m = re.match(r"[0-9a-fA-F]{1,2}", body[i:])
            out.append(int(m.group(), 16))
            i += m.end()
        elif c in "uU":
            n = 4 if c == "u" else 8
            out += chr(int(body[i:i + n], 16)).encode("utf-8", "surrogatepass")
            i += n
        else:
            m = re.match(r"[0-7]{1,3}", body[i - 1:])
            out.append(int(m.group(), 8) & 255)
            i += m.end() - 1
    return bytes(out)


class Reader:
    def __init__(self, text):
        self.tokens, at = [], 0
        while at < len(text):
            m = TOKEN.match(text, at)
            if not m:
                raise ValueError(f"cannot read {text[at:at + 40]!r}")
            at = m.end()
            if m.lastgroup:
                self.tokens.append((m.lastgroup, m.group()))
        self.i = 0

    def peek(self):
        return self.tokens[self.i][1] if self.i < len(self.tokens) else None

    def take(self):
        self.i += 1
        return self.tokens[self.i - 1]

    def message(self, end):
        """A list of (name, value); a value is bytes, a word, or such a list."""
        fields = []
        while self.peek() != end:
            _, name = self.take()
            if self.peek() == ":":
                self.take()
            if self.peek() == "[" or (self.tokens[self.i][0] == "any"):
                fields += [(name, v) for v in self.listed()]
            else:
                fields.append((name, self.value()))
            while self.peek() in (",", ";"):
                self.take()
        if end:
            self.take()
        return fields

    def listed(self):
        self.take()
        values = []
        while self.peek() != "]":
            values.append(self.value())
            if self.peek() == ",":
                self.take()
        self.take()
        return values

    def value(self):
        kind, token = self.take()
        if token in "{<":
            return self.message("}" if token == "{" else ">")
        if kind == "text":
            out = unescape(token[1:-1])
            while self.i < len(self.tokens) and self.tokens[self.i][0] == "text":
                out += unescape(self.take()[1][1:-1])
            return out
        return token


def get(message, name, default=None):
    for key, value in message:
        if key == name:
            return value
    return default


def every(message, name):
    return [value for key, value in message if key == name]


def text(value):
    return value.decode("utf-8", "surrogateescape")


def number(word):
    return word if word is not None else "0"


PRIMITIVES = {"INT64": "int", "UINT64": "uint", "DOUBLE": "double", "STRING": "string", "BOOL": "bool", "BYTES": "bytes"}
WELL_KNOWN = {"TIMESTAMP": "timestamp", "DURATION": "duration", "ANY": "dyn"}
MESSAGES = {"google.protobuf.Duration": "duration", "google.protobuf.Timestamp": "timestamp"}
WRAPPERS = {"BoolValue": "bool", "BytesValue": "bytes", "DoubleValue": "double", "FloatValue": "double", "Int32Value": "int",
            "Int64Value": "int", "StringValue": "string", "UInt32Value": "uint", "UInt64Value": "uint"}


def any_value(name, message):
    name = name.strip("[]").split("/")[-1]
    if name in MESSAGES:
        return [MESSAGES[name], number(get(message, "seconds")), number(get(message, "nanos"))]
    short = name.removeprefix("google.protobuf.")
    if short in WRAPPERS:
        value = get(message, "value")
        kind = WRAPPERS[short]
        return value_of([({"int": "int64_value", "uint": "uint64_value"}.get(kind, kind + "_value"),
                          value if value is not None else {"string": b"", "bytes": b"", "bool": "false"}.get(kind, "0"))])
    if short == "Value":
        return json_value(message)
    if short == "Struct":
        return json_struct(message)
    if short == "ListValue":
        return ["list", [json_value(v) for v in every(message, "values")]]
    raise Skip("a protobuf message as a value")


def json_struct(message):
    return ["map", [[["string", text(get(f, "key", b""))], json_value(get(f, "value", []))] for f in every(message, "fields")]]


def json_value(message):
    for name, value in message:
        if name == "number_value":
            return ["double", value]
        if name == "string_value":
            return ["string", text(value)]
        if name == "bool_value":
            return ["bool", value == "true"]
        if name == "struct_value":
            return json_struct(value)
        if name == "list_value":
            return ["list", [json_value(v) for v in every(value, "values")]]
    return ["null"]


def value_of(message):
    for name, value in message:
        if name == "int64_value":
            return ["int", str(int(value, 0))]
        if name == "uint64_value":
            return ["uint", str(int(value, 0))]
        if name == "double_value":
            return ["double", value]
        if name == "string_value":
            return ["string", text(value)]
        if name == "bytes_value":
            return ["bytes", base64.b64encode(value).decode()]
        if name == "bool_value":
            return ["bool", value == "true"]
        if name == "null_value":
            return ["null"]
        if name == "type_value":
            return ["type", text(value)]
        if name == "list_value":
            return ["list", [value_of(v) for v in every(value, "values")]]
        if name == "map_value":
            return ["map", [[value_of(get(e, "key")), value_of(get(e, "value"))] for e in every(value, "entries")]]
        if name == "object_value":
            return any_value(*value[0])
        if name == "enum_value":
            raise Skip("an enum of protobuf")
    raise Skip("a value of no known form")


def type_of(message):
    for name, value in message:
        if name == "primitive":
            return [PRIMITIVES[value]]
        if name == "wrapper":
            return ["wrapper", [PRIMITIVES[value]]]
        if name == "well_known":
            return [WELL_KNOWN[value]]
        if name == "dyn":
            return ["dyn"]
        if name == "null":
            return ["null"]
        if name == "list_type":
            return ["list", type_of(get(value, "elem_type", [("dyn", [])]))]
        if name == "map_type":
            return ["map", type_of(get(value, "key_type")), type_of(get(value, "value_type"))]
        if name == "message_type":
            known = text(value)
            if known in MESSAGES:
                return [MESSAGES[known]]
            raise Skip("a message of protobuf")
        if name == "type":
            return ["type", type_of(value)] if value else ["type"]
        if name == "abstract_type" and text(get(value, "name")) == "optional_type":
            return ["optional", type_of(get(value, "parameter_types"))]
        if name == "type_param":
            raise Skip("a free type parameter")
    raise Skip("a type of no known form")


def test_of(test):
    expr = text(get(test, "expr"))
    if re.search(r"TestAllTypes|NestedTestAllTypes|TestRequired|GlobalEnum|proto[23]|cel\.expr\.conformance|NestedEnum", expr):
        raise Skip("a message of protobuf")
    if re.search(r"google\.protobuf\.\w*\s*\{", expr) or re.search(r"(?<![\w.])(Any|Value|ListValue|Struct|Duration|Timestamp|\w+Value)\s*\{", expr):
        raise Skip("makes a message of protobuf")
    out = {"expr": expr, "container": text(get(test, "container", b""))}
    if out["container"].startswith("cel.expr"):
        raise Skip("a message of protobuf")
    for flag in ("disable_check", "check_only", "disable_macros"):
        if get(test, flag) == "true":
            out[flag] = True
    types = []
    for decl in every(test, "type_env"):
        if get(decl, "function") is not None:
            raise Skip("declares a function that nobody has")
        types.append([text(get(decl, "name")), type_of(get(get(decl, "ident"), "type"))])
    out["types"] = types
    out["bindings"] = []
    for b in every(test, "bindings"):
        out["bindings"].append([text(get(b, "key")), value_of(get(get(b, "value"), "value"))])
    if get(test, "unknown") is not None or get(test, "any_unknowns") is not None:
        raise Skip("unknown values of partial evaluation")
    typed = get(test, "typed_result")
    if get(test, "eval_error") is not None or get(test, "any_eval_errors") is not None:
        errors = every(get(test, "eval_error", []), "errors")
        out["error"] = text(get(errors[0], "message", b"")) if errors else ""
    elif typed is not None:
        if get(typed, "deduced_type") is not None:
            out["type"] = type_of(get(typed, "deduced_type"))
        if get(typed, "result") is not None:
            out["value"] = value_of(get(typed, "result"))
    else:
        out["value"] = value_of(get(test, "value")) if get(test, "value") is not None else ["bool", True]
    return out


def fetch():
    go = shutil.which("go") or shutil.which("go", path="/usr/local/go/bin")
    if not go:
        sys.exit(77)
    said = subprocess.run([go, "mod", "download", "-json", MODULE], capture_output=True, text=True, check=True).stdout
    DATA.parent.mkdir(parents=True, exist_ok=True)
    DATA.unlink(missing_ok=True)
    DATA.symlink_to(pathlib.Path(json.loads(said)["Dir"]) / "tests" / "simple" / "testdata")


def main():
    if "--fetch" in sys.argv:
        fetch()
        return
    if not DATA.exists():
        sys.exit(77)
    skips = {}
    for path in sorted(DATA.glob("*.textproto")):
        if path.stem in LEFT_OUT:
            continue
        whole = Reader(path.read_text()).message(None)
        for section in every(whole, "section"):
            for test in every(section, "test"):
                name = f"{path.stem}/{text(get(section, 'name'))}/{text(get(test, 'name'))}"
                try:
                    row = test_of(test)
                except Skip as why:
                    skips.setdefault(str(why), []).append(name)
                    continue
                row["name"] = name
                if "--skips" not in sys.argv:
                    print(json.dumps(row, ensure_ascii=True))
    for why, names in sorted(skips.items()):
        print(f"{len(names)} left out: {why}", file=sys.stderr)
        if "--skips" in sys.argv:
            print("\n".join("  " + n for n in names), file=sys.stderr)


if __name__ == "__main__":
    main()
