/* What the files of this room share; nobody else looks in here. */
#ifndef CORACLE_OPENAPI_INSIDE_H
#define CORACLE_OPENAPI_INSIDE_H

#include "openapi/openapi.h"

/* Messages met so far, in order of first mention: a document's schemas. */
#define OPENAPI_MESSAGES_MAX 2048
struct openapi_messages {
    const struct schema_message *at[OPENAPI_MESSAGES_MAX];
    size_t n;
    struct map seen; /* by address of the row, printed by the row's own bytes */
};

/* A document being written. */
#define OPENAPI_WORDS_MAX 8192
struct openapi_writer {
    struct buf *out;
    const char *ref; /* "#/components/schemas/" or "#/definitions/" */
    bool v3;
    struct openapi_messages *messages;
    struct buf words; /* one description, while it is put together */
    int error;
};

void openapi_mention(struct openapi_writer *w, const struct schema_message *m);
void openapi_write_property(struct openapi_writer *w, const struct schema_field *f);
void openapi_write_description(struct openapi_writer *w, const struct schema_field *f); /* "description":…, with its comma */
void openapi_write_ref(struct openapi_writer *w, const struct schema_message *m);       /* {"$ref":…} */
void openapi_write_schemas(struct openapi_writer *w); /* name: schema, … of all mentioned, and what they mention */
void openapi_write_paths(struct openapi_writer *w, const struct schema_resource *r, bool *first);
void openapi_write_gvk(struct openapi_writer *w, const struct schema_kind *k);

void openapi_write_kind(struct openapi_writer *w, const struct schema_kind *k); /* {"$ref":…} of a kind, built in or custom */

/* ── custom resources ── */
void openapi_write_custom_name(struct openapi_writer *w, const struct schema_kind *k); /* com.example.v1.Widget */
/* All that are served, by group; each group's versions in their order of preference. */
#define OPENAPI_VERSIONS_MAX 64
struct openapi_customs {
    struct schema_custom **all;
    size_t n;
};
int openapi_customs_take(struct openapi_customs *c) MUST_USE;
void openapi_customs_done(struct openapi_customs *c);
/* The next group from *at on: its first row, and behind its last one; false: no more. Groups with nothing served are
 * passed over. */
bool openapi_customs_group(const struct openapi_customs *c, size_t *at, size_t *first, size_t *end);
bool openapi_customs_find(const struct openapi_customs *c, struct str group, size_t *first, size_t *end);
size_t openapi_customs_versions(const struct openapi_customs *c, size_t first, size_t end, struct str *out); /* at most OPENAPI_VERSIONS_MAX */
const struct schema_resource *openapi_customs_row(const struct schema_custom *c, struct str version);        /* served there, or NULL */
void openapi_write_custom_schemas(struct openapi_writer *w, const struct schema_resource *r, bool first);    /* its kind and its list */

#endif
