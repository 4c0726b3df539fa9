/* Method, path, query and headers of a request, each on a line of its own. */
#include "apireq/apireq.h"
#include "selector/selector.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    struct apireq_route route;
    struct apireq_options options;
    struct apireq_status st;
    struct apireq_accept accept;
    struct str rest = str_make(data, size), method = STR(""), path = STR(""), query = STR(""), header = STR(""), types;
    if (size > 65536 || arena_new(&a, (size_t)32 << 20) < 0)
        return 0;
    str_next(&rest, '\n', &method);
    str_next(&rest, '\n', &path);
    str_next(&rest, '\n', &query);
    str_next(&rest, '\n', &header);
    (void)!apireq_accept_parse(header, 7, &accept, &types);
    if (apireq_route_parse(a, method, path, query, &route, NULL) < 0)
        return 0;
    if (apireq_options_parse(a, &route, query, &options, &st)) {
        SCOPED_BUF b = BUF_INIT(0);
        (void)!apireq_status_json(&st, &b);
        return 0;
    }
    const struct schema_resource *r = schema_resource_find(route.group, route.version, route.resource);
    struct selector *labels, *fields;
    if (r)
        (void)!apireq_selectors(a, r, &options, &labels, &fields, &st);
    apireq_status_forbidden(a, &st, &route, STR("u"), STR(""));
    return 0;
}
