/* schema: the kinds, fields and resources of the API as constant rows.
 *
 * The rows are generated from spec/ into gen/ and never change at run time;
 * custom resources make rows of the same shape at run time (see the end of this
 * door). Decoding, encoding, defaulting, pruning, validation, patches, OpenAPI,
 * explain and columns all read these rows: no room has a parser or a switch per
 * kind. Read from any thread. */
#ifndef CORACLE_SCHEMA_H
#define CORACLE_SCHEMA_H

#include "base/base.h"

/* How a field's or message's value looks in JSON and on the protobuf wire. */
enum schema_type {
    SCHEMA_STRING,
    SCHEMA_INT32,
    SCHEMA_INT64,
    SCHEMA_BOOL,
    SCHEMA_DOUBLE,
    SCHEMA_BYTES,      /* base64 in JSON */
    SCHEMA_MESSAGE,    /* .message says which */
    SCHEMA_MAP_STRING, /* map<string,string> */
    SCHEMA_MAP_BYTES,
    SCHEMA_MAP_MESSAGE,
};

/* A message's own form in JSON; see `jsonForm` of the fact tables. */
enum schema_form {
    SCHEMA_FORM_OBJECT,
    SCHEMA_FORM_QUANTITY,
    SCHEMA_FORM_INT_OR_STRING,
    SCHEMA_FORM_TIME,
    SCHEMA_FORM_MICRO_TIME,
    SCHEMA_FORM_DURATION,
    SCHEMA_FORM_RAW,        /* any JSON, bytes in field 1 */
    SCHEMA_FORM_RAW_OBJECT, /* a JSON object, bytes in field 1 */
    SCHEMA_FORM_ARRAY,      /* list in JSON, message with repeated field 1 on the wire */
    SCHEMA_FORM_OR_ARRAY,   /* JSONSchemaPropsOrArray */
    SCHEMA_FORM_OR_BOOL,    /* JSONSchemaPropsOrBool */
    SCHEMA_FORM_OR_STRINGS, /* JSONSchemaPropsOrStringArray */
    SCHEMA_FORM_ENVELOPE,
    SCHEMA_FORM_PROTO_ONLY,
};

enum schema_list { SCHEMA_LIST_ATOMIC, SCHEMA_LIST_SET, SCHEMA_LIST_MAP };

enum schema_flag {
    SCHEMA_REPEATED = 1 << 0,
    SCHEMA_REQUIRED = 1 << 1,
    SCHEMA_INLINE = 1 << 2, /* a sub-message on the wire whose fields sit in the parent in JSON */
    SCHEMA_OMITEMPTY = 1 << 3,
    SCHEMA_OMITZERO = 1 << 4,
    SCHEMA_PTR = 1 << 5,        /* absent unless set */
    SCHEMA_MAP_ATOMIC = 1 << 6, /* replaced as a whole by apply */
    SCHEMA_PATCH_MERGE = 1 << 7,
    SCHEMA_PATCH_RETAIN_KEYS = 1 << 8,
    SCHEMA_PATCH_REPLACE = 1 << 9,
    SCHEMA_ENUM_CLOSED = 1 << 10,
    SCHEMA_JSON_ONLY = 1 << 11, /* no protobuf number */
};

struct schema_message;
struct schema_custom;

/* What few fields have. Texts as in spec/. */
struct schema_extra {
    struct str gate;   /* feature gates, comma separated */
    struct str rules;  /* declarative validation: "immutable;maximum=100" */
    struct str choice; /* union membership: "discriminator", "unionMember", "oneOf:NodeSelection" … */
    struct str proto;  /* protobuf name where it differs from the JSON one */
};

struct schema_field {
    struct str name; /* JSON name */
    uint32_t number; /* protobuf field number; 0 with JSON_ONLY */
    uint16_t flags;  /* enum schema_flag */
    uint8_t type;    /* enum schema_type (of one item when REPEATED) */
    uint8_t list;    /* enum schema_list, when REPEATED */
    const struct schema_message *message;
    const struct str *list_keys;      /* list MAP: key field names, ended by an empty one */
    struct str merge_key;             /* strategic merge patch */
    struct str fallback;              /* declared default as JSON text; empty: none */
    struct str key_default;           /* what apply takes for a missing list-map key, as JSON text */
    const struct str *enums;          /* ended by one with p NULL; "" may be a member */
    struct str doc;                   /* one sentence for explain, may be empty */
    const struct schema_extra *extra; /* NULL: none */
};

struct schema_message {
    struct str package;                /* io.k8s.api.core.v1 */
    struct str name;                   /* Pod */
    uint8_t form;                      /* enum schema_form */
    bool map_atomic;                   /* structType=atomic */
    const struct schema_field *fields; /* in JSON key order */
    uint16_t n_fields;
    const uint16_t *by_number; /* n_fields indices into fields, ascending protobuf number, JSON_ONLY ones left out at the end */
    uint16_t n_numbered;

    /* The JSON view: one slot per key, in key order, with the fields of INLINE messages in their parent's place.
     * Rows made at run time (which have no INLINE) may leave all of this zero: slots are the fields then. */
    const struct schema_field *const *slots;
    const uint8_t *starts; /* fields[i]'s slot, or the first one of its INLINE message; NULL: i */
    uint16_t n_slots;
    uint16_t lookup_mask;  /* size of lookup − 1 */
    const uint8_t *lookup; /* slot + 1 by schema_name_hash(), open addressing, 0 = free; NULL: search */
    struct str choices;    /* unions of the whole message, as in spec/ */
    struct str doc;        /* one sentence for explain, may be empty */
    bool open;             /* made at run time: members nobody declared are kept (x-kubernetes-preserve-unknown-fields) */
};
static inline size_t schema_slots(const struct schema_message *m)
{
    return m->starts ? m->n_slots : m->n_fields;
}
static inline const struct schema_field *schema_slot(const struct schema_message *m, size_t i)
{
    return m->slots ? m->slots[i] : &m->fields[i];
}
static inline size_t schema_start(const struct schema_message *m, size_t field)
{
    return m->starts ? m->starts[field] : field;
}

/* A kind: a message that stands alone, with its group, version and kind. */
struct schema_kind {
    struct str group; /* "" for core */
    struct str version;
    struct str name;                      /* Pod */
    struct str api_version;               /* "v1", "apps/v1" */
    const struct schema_message *message; /* NULL: custom; what it looks like is known to the room structural */
    struct schema_custom *custom;         /* whose it is; NULL: built in */
    uint16_t place;                       /* of its version there */
};

enum schema_verb {
    SCHEMA_VERB_CREATE = 1 << 0,
    SCHEMA_VERB_GET = 1 << 1,
    SCHEMA_VERB_LIST = 1 << 2,
    SCHEMA_VERB_WATCH = 1 << 3,
    SCHEMA_VERB_UPDATE = 1 << 4,
    SCHEMA_VERB_PATCH = 1 << 5,
    SCHEMA_VERB_DELETE = 1 << 6,
    SCHEMA_VERB_DELETECOLLECTION = 1 << 7,
};

struct schema_subresource {
    struct str name;                /* "status" */
    const struct schema_kind *kind; /* what its body is; NULL: the resource's own */
    uint16_t verbs;
};

/* A served resource: one row of /apis/<group>/<version>. */
struct schema_resource {
    struct str group, version;
    struct str name;        /* "pods" */
    struct str singular;    /* "pod" */
    struct str short_names; /* comma separated, may be empty */
    struct str categories;
    const struct schema_kind *kind;
    const struct schema_kind *list_kind; /* NULL: no list */
    bool namespaced;
    bool served;    /* by default: GA only */
    uint16_t verbs; /* enum schema_verb */
    const struct schema_subresource *subresources;
    uint16_t n_subresources;
    uint16_t group_order, version_order;   /* aggregated discovery, lower first */
    const struct schema_resource *storage; /* the version stored in etcd upstream; itself when it is that one */
    struct str storage_path;               /* below /registry/: "pods", "deployments", "services/specs", "minions"; "": not stored */
    struct str stability;                  /* GA, beta, alpha */
    struct str since, deprecated, removed; /* releases: "1.22"; "" = not (yet) */

    /* Custom resources only. */
    struct schema_custom *custom;                        /* whose it is; NULL: built in */
    const struct str *selectable;                        /* what field selectors may name beside metadata: "spec.color"; ended by one with p NULL */
    struct str scale_spec, scale_status, scale_selector; /* where the scale subresource looks: "spec.replicas"; "" : nowhere */
    struct str warning;                                  /* said to whoever uses a deprecated version; "" : nothing */
};

/* What the server fills in when a field is left out; the condition is for people and for the code that knows it. */
struct schema_default {
    const struct schema_message *message; /* NULL: every ResourceList */
    struct str field;                     /* path below the message */
    struct str value;                     /* JSON text, or "= other" for a copy of another field */
    struct str scope;                     /* "all", "Pod only, not templates" … */
    struct str condition;                 /* "when unset" … */
};

const struct schema_kind *schema_kind_find(struct str group, struct str version, struct str kind); /* NULL: unknown */
const struct schema_kind *schema_kind_parse(struct str api_version, struct str kind);              /* "apps/v1", "Deployment" */
const struct schema_resource *schema_resource_find(struct str group, struct str version, struct str resource);
const struct schema_resource *schema_resource_of_kind(const struct schema_kind *kind);
const struct schema_subresource *schema_subresource_find(const struct schema_resource *r, struct str name);
const struct schema_message *schema_message_find(struct str package, struct str name);
const struct schema_field *schema_field_find(const struct schema_message *m, struct str name); /* by JSON name; looks into INLINE ones too */
const struct schema_field *schema_field_numbered(const struct schema_message *m, uint32_t number);
size_t schema_kinds(const struct schema_kind **rows);         /* all, in generated order */
size_t schema_resources(const struct schema_resource **rows); /* all, in discovery order */
size_t schema_defaults(const struct schema_default **rows);

/* ── custom resources ──────────────────────────────────────────────────────
 * The functions above know only what is built in. One CustomResourceDefinition
 * is one schema_custom: the rows of all its versions, in one immutable block.
 * The catalogue holds those that are established; a changed definition is a new
 * block that takes the old one's place, and whoever works with the old one keeps
 * it by a reference until he is done. So a watch or a write under way never sees
 * its schema change. All functions may be called from any thread. */
struct schema_custom {
    unsigned refs;   /* atomic; schema_custom_ref/unref only */
    struct str name; /* of the definition: widgets.example.com */
    struct str group, plural, kind;
    const struct schema_resource *resources; /* one a version, in discovery order; .served tells */
    uint16_t n;
    bool webhook;                          /* its versions differ in more than their name, and somebody else converts them */
    bool terminating;                      /* nothing may be created any more */
    void (*drop)(struct schema_custom *c); /* frees the block, when the last reference goes */
};
struct schema_custom *schema_custom_ref(struct schema_custom *c);
struct schema_custom *schema_custom_unref(struct schema_custom *c); /* NULL is fine; returns NULL */
void schema_custom_scope_end(struct schema_custom **c);
/* Takes the caller's reference over; replaces the one of the same name. -ENOMEM: nothing has changed. */
int schema_custom_publish(struct schema_custom *c) MUST_USE;
void schema_custom_withdraw(struct str name);
struct schema_custom *schema_custom_get(struct str name); /* +1 reference; NULL: none */
/* All of them, by group, then by name, each with a reference more; schema_custom_list_free() gives them back. */
int schema_custom_list(struct schema_custom ***out, size_t *n) MUST_USE;
void schema_custom_list_free(struct schema_custom **list, size_t n);
/* Whose a name is within a group: among resources (plural, singular, short names) or among kinds (also of lists).
 * +1 reference; NULL: nobody's. */
enum schema_name { SCHEMA_NAME_RESOURCE = 'r', SCHEMA_NAME_KIND = 'k' };
struct schema_custom *schema_custom_named(enum schema_name what, struct str group, struct str name);
/* Stands for all objects of custom kinds at once, in one watch: for the garbage collector and its kind. In-process only;
 * named "*". */
extern const struct schema_resource schema_custom_all;
size_t schema_custom_count(void);
uint64_t schema_custom_generation(void); /* another number after each change */

/* Built in or custom; a custom one comes with a reference on its block, given back with schema_resource_put(). */
/* Of the definition <plural>.<group>, any version that is served; NULL: none, or no such definition. */
const struct schema_resource *schema_resource_take_custom(struct str name);
const struct schema_resource *schema_resource_take(struct str group, struct str version, struct str resource);
/* A version of "" means the stored one. */
const struct schema_resource *schema_resource_take_kind(struct str group, struct str version, struct str kind);
void schema_resource_put(const struct schema_resource *r); /* NULL and built-in ones are fine */

/* The slot of a JSON key in its message (see schema_slot()), or -1. `hint`: the slot tried first. */
ssize_t schema_slot_find(const struct schema_message *m, struct str name, size_t hint);
/* The place in m->fields of a protobuf number, or -1; `hint`: the place in m->by_number tried first, moved behind it. */
ssize_t schema_number_find(const struct schema_message *m, uint32_t number, size_t *hint);
bool schema_has_type(const struct schema_message *m); /* it has kind and apiVersion in JSON */

#endif
