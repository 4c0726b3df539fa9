/* openapi: what the server says about itself — discovery and OpenAPI documents,
 * made from the schema's rows on demand.
 *
 * Discovery comes as trees, so that object_encode() writes them in any form;
 * the OpenAPI documents, which are large, are written straight into a buffer as
 * JSON; their protobuf form is made from that text. Nothing is kept here: the caller caches. Pure, any
 * thread. */
#ifndef CORACLE_OPENAPI_H
#define CORACLE_OPENAPI_H

#include "base/base.h"
#include "schema/schema.h"
#include "value/value.h"

struct openapi_set { /* which resources are served */
    bool (*served)(const void *ctx, const struct schema_resource *r);
    const void *ctx;
    /* What is made when it is asked for, of a resource that is not served there itself: discovery tells of it below any version that is served. */
    const struct openapi_view {
        const char *group, *version, *resource, *subresource, *kind;
    } * views;
    size_t n_views;
};
#define OPENAPI_ABSENT 1

/* ── discovery: trees of kinds named in brackets, apiVersion and kind included ── */
int openapi_versions(struct arena *a, struct str server_address, struct value *out) MUST_USE;                    /* /api [APIVersions] */
int openapi_groups(struct arena *a, const struct openapi_set *set, struct value *out) MUST_USE;                  /* /apis [APIGroupList] */
int openapi_group(struct arena *a, const struct openapi_set *set, struct str group, struct value *out) MUST_USE; /* [APIGroup]; OPENAPI_ABSENT */
int openapi_resources(struct arena *a, const struct openapi_set *set, struct str group, struct str version,
                      struct value *out) MUST_USE; /* [APIResourceList]; OPENAPI_ABSENT */
/* Aggregated discovery of /api (core) or /apis; version "v2" or "v2beta1". [APIGroupDiscoveryList] */
int openapi_aggregated(struct arena *a, const struct openapi_set *set, bool core, struct str version, struct value *out) MUST_USE;
/* base64 of the first eight bytes of SHA-256 of group/version/kind, as upstream. */
int openapi_storage_hash(struct arena *a, const struct schema_kind *stored, struct str *out) MUST_USE;
bool openapi_has_group_version(const struct openapi_set *set, struct str group, struct str version);

/* ── documents ── */
#define OPENAPI_BYTES_MAX (192 * 1024 * 1024) /* a custom kind is 14 KB of a document and its schema: 10,000 small ones of one group */
int openapi_v3_index(const struct openapi_set *set, struct buf *out) MUST_USE;
/* The document of one group-version; OPENAPI_ABSENT. */
int openapi_v3(const struct openapi_set *set, struct str group, struct str version, struct buf *out) MUST_USE;
int openapi_v2(const struct openapi_set *set, struct buf *out) MUST_USE;
/* A document's protobuf form (gnostic's Document), made from its JSON; members gnostic has no place for are left out.
 * -EBADMSG when it is no JSON object. */
int openapi_protobuf(struct str json, bool v3, struct buf *out) MUST_USE;
/* What `?hash=` names: changes when the document may have. */
int openapi_v3_hash(const struct openapi_set *set, struct str group, struct str version, struct buf *out) MUST_USE;

#endif
