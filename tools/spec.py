#!/usr/bin/env python3
"""Makes spec/ from the Kubernetes API fact tables (tab-separated: fields, messages, ...).

    tools/spec.py FOLDER-OF-TABLES

Run when the tables change; what it writes is committed and is what tools/gen.py
reads. The form of spec/ is told in spec/README.md.
"""
import collections
import json
import os
import re
import sys


def table(folder, name):
    with open(os.path.join(folder, name + ".tsv"), encoding="utf-8") as f:
        rows = [line.rstrip("\n").split("\t") for line in f]
    return [dict(zip(rows[0], row)) for row in rows[1:]]


def alias(package):
    parts = package.split(".")
    return ".".join(parts[-2:]) if re.fullmatch(r"v\d+((alpha|beta)\d+)?", parts[-1]) else parts[-1]


def quote(text):
    """A value as one word: white space becomes \\s."""
    return text.replace("\\", "\\\\").replace(" ", "\\s")


FORMS = {
    "string:quantity": "quantity",
    "int-or-string": "int-or-string",
    "string:rfc3339-seconds-utc (null when zero)": "time",
    "string:rfc3339-6digit-micros-utc (null when zero)": "micro-time",
    "string:go-duration": "duration",
    "raw-json-object (bytes in Raw)": "raw-object",
    "raw-json (bytes in raw)": "raw",
    "raw-json-any (bytes in raw)": "raw",
    "array": "array",
    "array:string": "array",
    "object-or-array (schema | jSONSchemas)": "or-array",
    "object-or-bool (schema | allows)": "or-bool",
    "object-or-string-array (schema | property)": "or-strings",
    "envelope": "envelope",
    "proto-only": "proto-only",
}


def type_name(field, aliases):
    text = field["type"]

    def name(t):
        package, dot, message = t.rpartition(".")
        if not dot:
            return t
        return message if package == field["package"] else aliases[package] + "." + message

    m = re.fullmatch(r"map<string,(.*)>", text)
    text = "map:" + name(m.group(1)) if m else name(text)
    return ("[]" if field["repeated"] == "1" else "") + ("*" if field["ptr"] == "1" else "") + text


def field_line(f, aliases):
    words = [f["number"] or "-", f["field"], type_name(f, aliases)]
    if f["omit"]:
        words.append({"omitempty": "?", "omitempty+omitzero": "??"}[f["omit"]])
    if f["required"] == "1":
        words.append("!")
    if f["inline"] == "1":
        words.append("inline")
    if f["repeated"] == "1" and f["listType"]:
        words.append("list=" + f["listType"] + ("(" + f["listMapKeys"] + ")" if f["listMapKeys"] else ""))
    if f["mapType"]:
        words.append("map=" + f["mapType"])
    if f["patchStrategy"]:
        words.append("patch=" + f["patchStrategy"].replace(",", "+"))
    for key, column in (("key", "patchMergeKey"), ("proto", "protoName"), ("default", "default"),
                        ("missing", "smdDefault"), ("enum", "enum"), ("union", "union"), ("gate", "featureGate"),
                        ("rule", "constraints")):
        value = f[column]
        if key in ("default", "missing") and value:
            value = json.dumps(json.loads(value), separators=(",", ":"))
        if value and not (key == "missing" and f["smdDefault"] == f["default"]):
            words.append(key + "=" + quote(value))
    return "  " + " ".join(words)


def resource_lines(r, subs):
    out = ["", "resource " + r["resource"] + " " + r["kind"]]
    words = ["  " + ("namespaced" if r["namespaced"] == "1" else "cluster"), "order=%s.%s" % (r["groupOrder"], r["versionOrder"]),
             r["stability"], "served" if r["servedByDefault"] == "1" else "unserved", "verbs=" + r["verbs"]]
    for key, column in (("singular", "singular"), ("short", "shortNames"), ("categories", "categories"),
                        ("list", "listKind"), ("since", "introduced"), ("deprecated", "deprecated"),
                        ("removed", "removed")):
        if r[column]:
            words.append(key + "=" + r[column])
    out.append(" ".join(words))
    for s in subs:
        out.append("  sub %s %s %s verbs=%s" % (s["subresource"], s["kindGroupVersion"], s["kind"], s["verbs"]))
    return out


def package_text(package, messages, fields, constants, defaults, resources, subs, aliases):
    first = messages[0]
    out = ["package %s group=%s version=%s" % (package, first["group"] or "core", first["version"])]
    for r in resources:
        out += resource_lines(r, [s for s in subs if all(s[k] == r[k] for k in ("group", "version", "resource"))])
    by_type = collections.OrderedDict()
    for c in constants:
        by_type.setdefault((c["goType"], c["enum"]), []).append(c)
    for (name, closed), rows in by_type.items():
        out += ["", "type %s%s" % (name, " closed" if closed == "1" else "")]
        out += ["  %s %s" % (c["constant"], quote(c["value"]) if c["value"] else '""') for c in rows]
    for m in messages:
        words = ["message " + m["message"]]
        if m["metaClass"]:
            words.append(m["metaClass"])
        if m["jsonForm"] != "object":
            words.append("form=" + FORMS[m["jsonForm"]])
        for key, column in (("map", "structType"), ("union", "union"), ("since", "introduced"),
                            ("deprecated", "deprecated"), ("removed", "removed"), ("instead", "replacement")):
            if m[column]:
                words.append(key + "=" + quote(m[column]))
        out += ["", " ".join(words)]
        rows = sorted((f for f in fields if f["message"] == m["message"]), key=lambda f: int(f["order"] or 0))
        out += [field_line(f, aliases) for f in rows]
    if defaults:
        out.append("")
    for d in defaults:
        out.append("default %s.%s %s [%s] %s" % (d["message"], d["field"], quote(d["default"]), d["scope"], d["condition"]))
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    tables = {name: table(sys.argv[1], name) for name in
              ("messages", "fields", "constants", "defaults", "resources", "subresources")}
    packages = list(collections.OrderedDict.fromkeys(m["package"] for m in tables["messages"]))
    aliases = {p: alias(p) for p in packages}
    if len(set(aliases.values())) != len(packages):
        sys.exit("two packages share a short name")
    folder = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "spec")
    for p in packages:
        own = {name: [r for r in rows if r.get("package") == p] for name, rows in tables.items()}
        text = package_text(p, own["messages"], own["fields"], own["constants"], own["defaults"], own["resources"],
                            tables["subresources"], aliases)
        with open(os.path.join(folder, aliases[p] + ".txt"), "w", encoding="utf-8") as f:
            f.write(text)


main()
