#include "schema/schema.h"

#include "gen/rows.h"

/* ── fields ── */

/* tools/gen.py lays the lookup tables out by this; a change here is a change there. */
static unsigned name_hash(struct str name)
{
    const unsigned char *p = (const unsigned char *)name.p;
    uint32_t w = (uint32_t)name.n | (uint32_t)p[0] << 8 | (uint32_t)p[name.n / 2] << 16 | (uint32_t)p[name.n - 1] << 24;
    return w * 0x9e3779b1u >> 16;
}

static bool slot_is(const struct schema_message *m, size_t slot, struct str name)
{
    struct str own = schema_slot(m, slot)->name;
    return own.n == name.n && (own.p == name.p || memcmp(own.p, name.p, name.n) == 0); /* what rows have read has their texts for keys */
}

ssize_t schema_slot_find(const struct schema_message *m, struct str name, size_t hint)
{
    size_t n = schema_slots(m);
    if (name.n == 0)
        return -1;
    if (hint < n && slot_is(m, hint, name))
        return (ssize_t)hint;
    if (m->lookup) {
        for (unsigned h = name_hash(name);; h++) {
            unsigned slot = m->lookup[h & m->lookup_mask];
            if (slot == 0)
                return -1;
            if (slot_is(m, slot - 1, name))
                return (ssize_t)slot - 1;
        }
    }
    for (size_t i = 0; i < n; i++)
        if (slot_is(m, i, name))
            return (ssize_t)i;
    return -1;
}

const struct schema_field *schema_field_find(const struct schema_message *m, struct str name)
{
    ssize_t slot = schema_slot_find(m, name, SIZE_MAX);
    return slot < 0 ? NULL : schema_slot(m, (size_t)slot);
}

ssize_t schema_number_find(const struct schema_message *m, uint32_t number, size_t *hint)
{
    /* Messages are written in ascending order: nearly always the next one, or one soon after. */
    for (size_t i = *hint; i < m->n_numbered && i < *hint + 4; i++)
        if (m->fields[m->by_number[i]].number == number) {
            *hint = i + 1;
            return m->by_number[i];
        }
    size_t from = 0, to = m->n_numbered;
    while (from < to) {
        size_t mid = (from + to) / 2;
        uint32_t at = m->fields[m->by_number[mid]].number;
        if (at == number) {
            *hint = mid + 1;
            return m->by_number[mid];
        }
        if (at < number)
            from = mid + 1;
        else
            to = mid;
    }
    return -1;
}

const struct schema_field *schema_field_numbered(const struct schema_message *m, uint32_t number)
{
    size_t hint = 0;
    ssize_t i = schema_number_find(m, number, &hint);
    return i < 0 ? NULL : &m->fields[i];
}

bool schema_has_type(const struct schema_message *m)
{
    unsigned inlined = SCHEMA_INLINE | SCHEMA_JSON_ONLY;
    return m->n_fields && (m->fields[0].flags & inlined) == inlined && str_is(m->fields[0].name, "typeMeta");
}

/* ── kinds ── */

static int kind_cmp(const struct schema_kind *k, struct str group, struct str version, struct str name)
{
    int c = str_cmp(k->group, group);
    if (c == 0)
        c = str_cmp(k->version, version);
    return c ? c : str_cmp(k->name, name);
}

static const struct schema_kind *kind_search(struct str group, struct str version, struct str name)
{
    size_t from = 0, to = schema_kind_rows_n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        int c = kind_cmp(&schema_kind_rows[mid], group, version, name);
        if (c == 0)
            return &schema_kind_rows[mid];
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

const struct schema_kind *schema_kind_find(struct str group, struct str version, struct str kind)
{
    /* Every group-version knows these, custom ones too; clients send whichever they speak. */
    static const char *const everywhere[] = {"DeleteOptions", "CreateOptions", "UpdateOptions", "PatchOptions",
                                             "GetOptions",    "ListOptions",   "WatchEvent"};
    const struct schema_kind *k = kind_search(group, version, kind);
    for (size_t i = 0; !k && i < ARRAY_LEN(everywhere); i++)
        if (str_is(kind, everywhere[i]))
            k = kind_search(STR(""), STR("v1"), kind);
    return k;
}

const struct schema_kind *schema_kind_parse(struct str api_version, struct str kind)
{
    struct str group, version;
    if (!str_cut(api_version, '/', &group, &version)) {
        version = api_version;
        group = STR("");
    }
    return schema_kind_find(group, version, kind);
}

size_t schema_kinds(const struct schema_kind **rows)
{
    *rows = schema_kind_rows;
    return schema_kind_rows_n;
}

/* ── messages ── */

const struct schema_message *schema_message_find(struct str package, struct str name)
{
    size_t from = 0, to = schema_message_rows_n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        const struct schema_message *m = schema_message_rows[mid];
        int c = str_cmp(m->package, package);
        if (c == 0)
            c = str_cmp(m->name, name);
        if (c == 0)
            return m;
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

/* ── resources ── */

static int resource_cmp(const struct schema_resource *r, struct str group, struct str version, struct str name)
{
    int c = str_cmp(r->group, group);
    if (c == 0)
        c = str_cmp(r->version, version);
    return c ? c : str_cmp(r->name, name);
}

const struct schema_resource *schema_resource_find(struct str group, struct str version, struct str resource)
{
    size_t from = 0, to = schema_resource_rows_n;
    while (from < to) {
        size_t mid = (from + to) / 2;
        const struct schema_resource *r = &schema_resource_rows[schema_resource_order[mid]];
        int c = resource_cmp(r, group, version, resource);
        if (c == 0)
            return r;
        if (c < 0)
            from = mid + 1;
        else
            to = mid;
    }
    return NULL;
}

const struct schema_resource *schema_resource_of_kind(const struct schema_kind *kind)
{
    if (kind >= schema_kind_rows && kind < schema_kind_rows + schema_kind_rows_n) {
        unsigned row = schema_kind_resource[kind - schema_kind_rows];
        return row ? &schema_resource_rows[row - 1] : NULL;
    }
    return NULL; /* a kind made at run time: whoever made it knows its resource */
}

const struct schema_subresource *schema_subresource_find(const struct schema_resource *r, struct str name)
{
    for (size_t i = 0; i < r->n_subresources; i++)
        if (str_eq(r->subresources[i].name, name))
            return &r->subresources[i];
    return NULL;
}

size_t schema_resources(const struct schema_resource **rows)
{
    *rows = schema_resource_rows;
    return schema_resource_rows_n;
}

size_t schema_defaults(const struct schema_default **rows)
{
    *rows = schema_default_rows;
    return schema_default_rows_n;
}
