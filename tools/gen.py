#!/usr/bin/env python3
"""Makes the constant rows in gen/ from spec/ (its form: spec/README.md).

    tools/gen.py            writes gen/
    tools/gen.py --check    writes nothing; exits 1 when gen/ is not what spec/ makes
"""
import collections
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
HEAD = "/* Made by tools/gen.py from spec/: change those, not this. */\n"
SCALARS = {"string": "STRING", "int32": "INT32", "int64": "INT64", "bool": "BOOL", "double": "DOUBLE", "bytes": "BYTES"}
FORMS = ["object", "quantity", "int-or-string", "time", "micro-time", "duration", "raw", "raw-object", "array", "or-array",
         "or-bool", "or-strings", "envelope", "proto-only"]
VERBS = ["create", "get", "list", "watch", "update", "patch", "delete", "deletecollection"]
# Kinds every group-version knows; their messages are in meta.v1 but they go by "v1".
COMMON = ["APIGroup", "APIGroupList", "APIResourceList", "APIVersions", "CreateOptions", "DeleteOptions", "GetOptions", "List",
          "ListOptions", "PatchOptions", "Status", "UpdateOptions", "WatchEvent", "ApplyOptions"]
ANY = "apiextensions.v1.JSON"  # the row for a field of type `any`


def unquote(word):
    return re.sub(r"\\(.)", lambda m: " " if m.group(1) == "s" else m.group(1), word)


def marks(words):
    """key=value words and bare ones (value True)."""
    out = {}
    for w in words:
        key, eq, value = w.partition("=")
        out[key] = unquote(value) if eq else True
    return out


class Package:
    def __init__(self, path):
        self.alias = os.path.basename(path)[:-4]
        self.messages, self.resources, self.defaults = collections.OrderedDict(), [], []
        take = None
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                words = line.split()
                if not words:
                    continue
                if line.startswith("  "):
                    if not take:
                        sys.exit("%s:%d: nothing to belong to" % (path, number))
                    take(words)
                else:
                    take = self.section(words, line)

    def section(self, words, line):
        if words[0] == "package":
            m = marks(words[2:])
            self.name, self.version = words[1], m["version"]
            self.group = "" if m["group"] == "core" else m["group"]
        elif words[0] == "message":
            message = {"name": words[1], "marks": marks(words[2:]), "fields": [], "package": self}
            self.messages[words[1]] = message
            return lambda w: message["fields"].append(self.field(w))
        elif words[0] == "resource":
            r = {"name": words[1], "kind": words[2], "marks": {}, "subs": [], "package": self}
            self.resources.append(r)
            return lambda w: r["subs"].append(w[1:]) if w[0] == "sub" else r["marks"].update(marks(w))
        elif words[0] == "default":
            scope, condition = re.search(r"\[([^]]*)\] (.*)$", line).groups()
            self.defaults.append((words[1], unquote(words[2]), scope, condition))
        elif words[0] != "type":
            sys.exit("%s: what is \"%s\"?" % (self.alias, words[0]))
        return lambda w: None

    def field(self, words):
        text = words[2]
        f = {"number": 0 if words[0] == "-" else int(words[0]), "name": words[1], "marks": marks(words[3:])}
        f["repeated"], text = text.startswith("[]"), text.replace("[]", "", 1)
        f["ptr"], text = text.startswith("*"), text.replace("*", "", 1)
        f["map"] = text.startswith("map:")
        text = text[4:] if f["map"] else text
        f["scalar"] = text if text in SCALARS else None
        f["message"] = None if text in SCALARS else ANY if text == "any" else text if "." in text else self.alias + "." + text
        return f


def c(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def s(text):
    return "STR_INIT(%s)" % c(text)


def symbol(kind, message):
    return "schema_%s_%s_%s" % (kind, message["package"].alias.replace(".", "_"), message["name"])


def name_hash(text):
    """Must be schema_name_hash() of schema/schema.h."""
    b = text.encode()
    w = len(b) | b[0] << 8 | b[len(b) // 2] << 16 | b[-1] << 24
    return (w * 0x9E3779B1 & 0xFFFFFFFF) >> 16


class Writer:
    """One package's file: rows, and the small arrays they share."""

    def __init__(self, package, all_messages, words):
        self.p, self.all, self.words, self.out, self.shared = package, all_messages, words, [], {}

    def strings(self, what, texts, end):
        key = (what, tuple(texts))
        if key not in self.shared:
            self.shared[key] = "%s_%d" % (what, sum(1 for k in self.shared if k[0] == what))
            self.out.append("static const struct str %s[] = {%s, %s};" % (self.shared[key], ", ".join(map(s, texts)), end))
        return self.shared[key]

    def extra(self, m):
        if not any(m.get(k) for k in ("gate", "rule", "union", "proto")):
            return None
        words = ["." + name + " = " + s(m[k]) for k, name in (("gate", "gate"), ("rule", "rules"), ("union", "choice"), ("proto", "proto"))
                 if m.get(k)]
        key = ("extra", tuple(words))
        if key not in self.shared:
            self.shared[key] = "extra_%d" % sum(1 for k in self.shared if k[0] == "extra")
            self.out.append("static const struct schema_extra %s = {%s};" % (self.shared[key], ", ".join(words)))
        return "&" + self.shared[key]

    def flags(self, f):
        m = f["marks"]
        patch = str(m.get("patch", "")).split("+")
        names = [("REPEATED", f["repeated"]), ("REQUIRED", m.get("!")), ("INLINE", m.get("inline")),
                 ("OMITEMPTY", m.get("?") or m.get("??")), ("OMITZERO", m.get("??")), ("PTR", f["ptr"]),
                 ("MAP_ATOMIC", m.get("map") == "atomic"), ("PATCH_MERGE", "merge" in patch),
                 ("PATCH_RETAIN_KEYS", "retainKeys" in patch), ("PATCH_REPLACE", "replace" in patch),
                 ("ENUM_CLOSED", "enum" in m), ("JSON_ONLY", not f["number"])]
        return " | ".join("SCHEMA_" + n for n, on in names if on)

    def type(self, f):
        if f["map"]:
            return {"string": "MAP_STRING", "bytes": "MAP_BYTES", None: "MAP_MESSAGE"}[f["scalar"]]
        return SCALARS[f["scalar"]] if f["scalar"] else "MESSAGE"

    def field(self, owner, f):
        m = f["marks"]
        doc = self.words.field(self.p.alias + "." + owner, f)
        words = ["STR_INIT(%s), %d" % (c(f["name"]), f["number"])]
        flags = self.flags(f)
        if flags:
            words.append(".flags = " + flags)
        words.append(".type = SCHEMA_" + self.type(f))
        if f["message"]:
            words.append(".message = &" + symbol("message", self.all[f["message"]]))
        kind = re.fullmatch(r"(\w+)(?:\((.*)\))?", m.get("list", "atomic"))
        if kind.group(1) != "atomic":
            words.append(".list = SCHEMA_LIST_" + kind.group(1).upper())
        if kind.group(2):
            words.append(".list_keys = " + self.strings("keys", kind.group(2).split(","), "STR_INIT(\"\")"))
        for key, name in (("key", "merge_key"), ("default", "fallback")):
            if key in m:
                words.append(".%s = %s" % (name, s(m[key])))
        if "missing" in m or "default" in m:
            words.append(".key_default = " + s(m.get("missing", m.get("default"))))
        if "enum" in m:
            words.append(".enums = " + self.strings("enums", m["enum"].split("|"), "{NULL, 0}"))
        if doc:
            words.append(".doc = " + s(doc))
        extra = self.extra(m)
        if extra:
            words.append(".extra = " + extra)
        return "    {" + ", ".join(words) + "},"

    def slots(self, message):
        """The JSON view: (owner, index) per slot, and each field's first slot."""
        view, starts = [], []
        for i, f in enumerate(message["fields"]):
            starts.append(len(view))
            if f["marks"].get("inline"):
                view += self.slots(self.all[f["message"]])[0]
            else:
                view.append((message, i))
        return view, starts

    def message(self, m):
        fields, base = m["fields"], symbol("message", m)
        view, starts = self.slots(m)
        names = [o["fields"][i]["name"] for o, i in view]
        if len(set(names)) != len(names) or len(names) > 250:
            sys.exit("%s: two fields share a JSON name, or too many" % base)
        words = [".package = " + s(m["package"].name), ".name = " + s(m["name"])]
        form = m["marks"].get("form", "object")
        if form != "object":
            words.append(".form = SCHEMA_FORM_" + form.upper().replace("-", "_"))
        if m["marks"].get("map") == "atomic":
            words.append(".map_atomic = true")
        doc = self.words.message(m["package"].alias + "." + m["name"])
        if doc:
            words.append(".doc = " + s(doc))
        if fields:
            rows = [self.field(m["name"], f) for f in fields]
            own = symbol("fields", m)
            self.out += ["const struct schema_field %s[] = {" % own] + rows + ["};"]
            order = sorted(range(len(fields)), key=lambda i: (not fields[i]["number"], fields[i]["number"]))
            self.out.append("static const uint16_t %s[] = {%s};" % (symbol("numbers", m), ", ".join(map(str, order))))
            words += [".fields = " + own, ".n_fields = %d" % len(fields), ".by_number = " + symbol("numbers", m),
                      ".n_numbered = %d" % sum(1 for f in fields if f["number"])]
            words += self.view(m, view, starts, names)
        if m["marks"].get("union"):
            words.append(".choices = " + s(m["marks"]["union"]))
        self.out += ["const struct schema_message %s = {" % base, "    " + ",\n    ".join(words) + ",", "};"]

    def view(self, m, view, starts, names):
        words = []
        if any(f["marks"].get("inline") for f in m["fields"]):
            self.out.append("static const struct schema_field *const %s[] = {%s};" % (
                symbol("slots", m), ", ".join("&%s[%d]" % (symbol("fields", o), i) for o, i in view)))
            self.out.append("static const uint8_t %s[] = {%s};" % (symbol("starts", m), ", ".join(map(str, starts))))
            words = [".slots = " + symbol("slots", m), ".starts = " + symbol("starts", m)]
        size = 4
        while size < 2 * len(names):
            size *= 2
        table = [0] * size
        for slot, name in enumerate(names):
            at = name_hash(name)
            while table[at & size - 1]:
                at += 1
            table[at & size - 1] = slot + 1
        self.out.append("static const uint8_t %s[] = {%s};" % (symbol("lookup", m), ", ".join(map(str, table))))
        return words + [".n_slots = %d" % len(names), ".lookup_mask = %d" % (size - 1), ".lookup = " + symbol("lookup", m)]

    def text(self):
        for m in self.p.messages.values():
            self.message(m)
        return HEAD + '#include "gen/rows.h"\n\n' + "\n".join(self.out) + "\n"


def api_version(group, version):
    return group + "/" + version if group else version


def kinds_of(packages, all_messages):
    rows = {}
    for p in packages:
        for m in p.messages.values():
            if any(m["marks"].get(k) for k in ("object", "list", "typed")) and m["name"] not in (COMMON if p.alias == "meta.v1" else []):
                rows[(p.group, p.version, m["name"])] = m
    for name in COMMON:
        rows[("", "v1", name)] = all_messages["meta.v1." + name]
    return collections.OrderedDict(sorted(rows.items(), key=lambda kv: [x.encode() for x in kv[0]]))


def verbs(names):
    return " | ".join("SCHEMA_VERB_" + v.upper() for v in VERBS if v in names.split(",")) or "0"


def stable(name):
    return re.sub(r"\.v\d\w*\.", ".v1.", name)


class Words:
    """spec/words.txt: what is said of messages and of their fields."""

    def __init__(self, path):
        self.messages, self.fields, self.copies, self.names = {}, {}, {}, []
        inside = None
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                if not line.strip() or line[0] == "#":
                    continue
                name, _, text = line.strip().partition(" ")
                if line.startswith("  ") and inside:
                    self.fields[inside + "." + name] = text
                elif name == "in":
                    inside, _, text = text.partition(" ")
                    if text.startswith("as "):
                        self.copies[inside], _, text = text[3:].partition(" ")
                    self.messages[inside] = text
                elif name[0] == "*" and "." in name:
                    self.names.append(tuple(name[1:].split(".")) + (text,))
                else:
                    sys.exit("%s:%d: what is \"%s\"?" % (path, number, name))

    def message(self, name):
        """What is said of a version that is not there is said of v1."""
        return self.messages.get(name) or self.messages.get(stable(name)) if name else None

    def field(self, owner, f):
        """Its own sentence, then what is said of the name, then its message's."""
        places = [p for o in (owner, stable(owner)) for p in (o, self.copies.get(o))]
        own = next((self.fields[p + "." + f["name"]] for p in places if p and p + "." + f["name"] in self.fields), None)
        named = [text for suffix, name, text in self.names if name == f["name"] and owner.endswith(suffix)]
        return own or (named[0] if named else None) or self.message(f["message"])

    def check(self, messages):
        """Every name leads somewhere."""
        fields = {n + "." + f["name"] for n, m in messages.items() for f in m["fields"]}
        lost = [n for n in list(self.messages) + list(self.copies.values()) if n not in messages] + [n for n in self.fields if n not in fields]
        if lost:
            sys.exit("spec/words.txt: no such thing: " + " ".join(lost))


def storage_rules():
    rules = {}
    with open(os.path.join(ROOT, "spec", "storage.txt"), encoding="utf-8") as f:
        for line in f:
            words = line.split("#")[0].split()
            if words:
                group, _, resource = words[0].partition("/")
                rules[("" if group == "core" else group, resource)] = words[1:]
    return rules


def stored(rows, r, rules):
    """(index of the resource row it is stored as, path); path "" when nothing is stored."""
    key = (r["package"].group, r["name"])
    own = [i for i, o in enumerate(rows) if (o["package"].group, o["name"]) == key]
    ga = [i for i in own if rows[i]["marks"].get("GA")]
    path, version = rules.get(key, (r["name"], "-"))
    if "get" not in r["marks"]["verbs"] or r["package"].group == "metrics.k8s.io" or r["name"] == "componentstatuses":
        return rows.index(r), ""
    if version == "-":
        return (ga or own)[0], path
    return next(i for i, o in enumerate(rows)
                if o["name"] == r["name"] and api_version(o["package"].group, o["package"].version) == version), path


def resource_text(rows, kinds, out):
    index = {k: i for i, k in enumerate(kinds)}

    def kind(group, version, name):
        return "&schema_kind_rows[%d]" % index[(group, version, name)]

    rules, made = storage_rules(), []
    for i, r in enumerate(rows):
        m, p = r["marks"], r["package"]
        subs = []
        for name, group_version, kind_name, verb in r["subs"]:
            group, _, version = group_version.rpartition("/")
            own = (group, version, kind_name) == (p.group, p.version, r["kind"])
            subs.append("{STR_INIT(%s), %s, %s}" % (c(name), "NULL" if own else kind(group, version, kind_name), verbs(verb[6:])))
        if subs:
            out.append("static const struct schema_subresource subs_%d[] = {%s};" % (i, ", ".join(subs)))
        at, path = stored(rows, r, rules)
        order = m["order"].split(".")
        made.append("    {%s, %s, %s, %s,\n     %s, %s, %s, %s,\n     %s, %s, %s, %s, %d, %s, %s, &schema_resource_rows[%d], %s,\n     %s, %s, %s, %s},"
                    % (s(p.group), s(p.version), s(r["name"]), s(m.get("singular", "")), s(m.get("short", "")), s(m.get("categories", "")),
                       kind(p.group, p.version, r["kind"]), kind(p.group, p.version, m["list"]) if "list" in m else "NULL",
                       "true" if m.get("namespaced") else "false", "true" if m.get("served") else "false", verbs(m["verbs"]),
                       "subs_%d" % i if subs else "NULL", len(subs), order[0], order[1], at, s(path),
                       s(next(x for x in ("GA", "beta", "alpha") if m.get(x))), s(m.get("since", "")), s(m.get("deprecated", "")),
                       s(m.get("removed", ""))))
    out += ["const struct schema_resource schema_resource_rows[] = {"] + made + ["};",
            "const size_t schema_resource_rows_n = %d;" % len(rows)]
    order = sorted(range(len(rows)), key=lambda i: [x.encode() for x in (rows[i]["package"].group, rows[i]["package"].version, rows[i]["name"])])
    out.append("const uint16_t schema_resource_order[] = {%s};" % ", ".join(map(str, order)))
    of_kind = []
    for k in kinds:
        same = [i for i, r in enumerate(rows) if (r["package"].group, r["package"].version, r["kind"]) == k]
        of_kind.append(same[0] + 1 if same else 0)
    out.append("const uint16_t schema_kind_resource[] = {%s};" % ", ".join(map(str, of_kind)))


def index_text(packages, all_messages):
    out = [HEAD + '#include "gen/rows.h"\n']
    kinds = kinds_of(packages, all_messages)
    out.append("const struct schema_kind schema_kind_rows[] = {")
    for (group, version, name), m in kinds.items():
        out.append("    {%s, %s, %s, %s, &%s}," % (s(group), s(version), s(name), s(api_version(group, version)), symbol("message", m)))
    out += ["};", "const size_t schema_kind_rows_n = %d;" % len(kinds)]
    rows = [r for p in packages for r in p.resources]
    rows.sort(key=lambda r: [int(x) for x in r["marks"]["order"].split(".")] + [r["name"]])
    resource_text(rows, list(kinds), out)
    ordered = sorted(all_messages.values(), key=lambda m: (m["package"].name.encode(), m["name"].encode()))
    out.append("const struct schema_message *const schema_message_rows[] = {")
    out += ["    &%s," % symbol("message", m) for m in ordered]
    out += ["};", "const size_t schema_message_rows_n = %d;" % len(ordered)]
    out.append("const struct schema_default schema_default_rows[] = {")
    n = 0
    for p in packages:
        for place, value, scope, condition in p.defaults:
            name, _, field = place.partition(".")
            known = name in p.messages  # ResourceList is a map, no message
            out.append("    {%s, %s, %s, %s, %s}," % ("&" + symbol("message", p.messages[name]) if known else "NULL",
                                                      s(field if known else place), s(value), s(scope), s(condition)))
            n += 1
    out += ["};", "const size_t schema_default_rows_n = %d;" % n]
    return "\n".join(out) + "\n"


def rows_header(all_messages):
    out = [HEAD + "#ifndef CORACLE_GEN_ROWS_H\n#define CORACLE_GEN_ROWS_H\n\n#include \"schema/schema.h\"\n"]
    for kind in ("kind", "resource", "default"):
        out.append("extern const struct schema_%s schema_%s_rows[];\nextern const size_t schema_%s_rows_n;" % (kind, kind, kind))
    out.append("extern const struct schema_message *const schema_message_rows[]; /* by package and name */")
    out.append("extern const size_t schema_message_rows_n;")
    out.append("extern const uint16_t schema_resource_order[]; /* resource rows by group, version, name */")
    out.append("extern const uint16_t schema_kind_resource[];  /* by kind row: resource row + 1, 0 = none */\n")
    for m in all_messages.values():
        out.append("extern const struct schema_message %s;" % symbol("message", m))
        if m["fields"]:
            out.append("extern const struct schema_field %s[];" % symbol("fields", m))
    return "\n".join(out) + "\n\n#endif\n"


def read(path):
    try:
        with open(path, encoding="utf-8") as f:
            return f.read()
    except FileNotFoundError:
        return None


def main():
    folder, spec = os.path.join(ROOT, "gen"), os.path.join(ROOT, "spec")
    packages = [Package(os.path.join(spec, f)) for f in sorted(os.listdir(spec)) if f.endswith(".txt") and f not in ("storage.txt", "words.txt")]
    messages = collections.OrderedDict((p.alias + "." + n, m) for p in packages for n, m in p.messages.items())
    words = Words(os.path.join(spec, "words.txt"))
    words.check(messages)
    files = {p.alias.replace(".", "_") + ".c": Writer(p, messages, words).text() for p in packages}
    files["index.c"] = index_text(packages, messages)
    files["rows.h"] = rows_header(messages)
    files["sources.txt"] = "\n".join(sorted(f for f in files if f.endswith(".c"))) + "\n"
    if "--check" in sys.argv:
        stale = [n for n, text in files.items() if read(os.path.join(folder, n)) != text]
        stale += [n for n in os.listdir(folder) if n not in files]
        if stale:
            sys.exit("gen/ is stale, run tools/gen.py: " + " ".join(sorted(stale)))
        return
    os.makedirs(folder, exist_ok=True)
    for name, text in files.items():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            f.write(text)


main()
