/* What stands in ConfigMap cluster-info, said by somebody one does not know yet: as a whole object, and, rightly signed, as the
 * kubeconfig in it. */
#include "join/join.h"
#include "json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void judge(struct arena *a, const struct value *map)
{
    static const char *const hashes[] = {"sha256:00", NULL}, *const none[] = {NULL};
    struct str token = STR("abcdef.0123456789abcdef"), pem;
    for (int i = 0; i < 2; i++) {
        struct err err = {{0}};
        int r = join_judge(a, map, token, i ? hashes : none, &pem, &err);
        CHECK(r <= JOIN_UNSIGNED);
        CHECK(r >= 0 || err.text[0]);
        CHECK(r != 0 || pem.n);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF jws = BUF_INIT(1u << 20);
    struct str text = str_make(data, size);
    struct value map = {0}, signed_one = {0};
    int r = 0;
    if (size > 65536 || arena_new(&a, 16u << 20) < 0)
        return 0;
    if (json_parse(a, text, &map, NULL) == 0)
        judge(a, &map);
    if (tls_jws_detached(STR("abcdef"), STR("0123456789abcdef"), text, &jws) < 0)
        return 0;
    VALUE_SET(&r, a, &signed_one, "data.kubeconfig", value_make_text(text));
    VALUE_SET(&r, a, &signed_one, "data.jws-kubeconfig-abcdef", value_make_text(buf_view(&jws)));
    if (r == 0)
        judge(a, &signed_one);
    return 0;
}
