/* Audit policies: whatever is read judges requests, and what is refused is told why. */
#include "audit/audit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct str groups[] = {STR_INIT("system:authenticated"), STR_INIT("g")};
    struct auth_user user = {.name = STR("u"), .groups = groups, .n_groups = 2};
    const struct apireq_route routes[] = {
        {.is_resource = true, .verb_text = STR("get"), .resource = STR("pods"), .ns = STR("n"), .name = STR("p"), .subresource = STR("log")},
        {.is_resource = true, .verb_text = STR("create"), .group = STR("apps"), .resource = STR("deployments"), .ns = STR("n")},
        {.verb_text = STR("get"), .path = STR("/healthz")},
    };
    struct audit_policy *p = NULL;
    struct err err = {{0}};
    int r = audit_policy_parse(&p, str_make(data, size), &err);
    CHECK(r <= 0 && (r == 0) == (p != NULL) && (r == 0 || err.text[0]));
    for (size_t i = 0; p && i < ARRAY_LEN(routes); i++) {
        struct audit_verdict v = audit_policy_judge(p, &user, &routes[i]);
        CHECK(v.level <= AUDIT_REQUEST_RESPONSE && v.omits < 1u << AUDIT_STAGES);
    }
    audit_policy_free(p);
    return 0;
}
