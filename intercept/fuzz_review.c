/* The answer of an admission webhook. Its first byte says which: v(1) or b(eta), capital: of a mutating one. */
#include "intercept/inside.h"

static void on_warning(void *ctx, struct str text)
{
    (void)ctx;
    CHECK(text.n > 0);
}

static void on_note(void *ctx, struct str key, struct str value)
{
    (void)ctx;
    (void)value;
    CHECK(key.n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    if (!size || size > 65536 || arena_new(&a, 16u << 20) < 0)
        return 0;
    struct apireq_status st = {0};
    struct intercept_request q = {.arena = a, .warn = on_warning, .note = on_note, .status = &st};
    struct hook h = {.name = STR("hook.example.com"), .configuration = STR("hooks"), .version = (data[0] | 32) == 'b' ? STR("v1beta1") : STR("v1")};
    struct review out;
    struct err err = {{0}};
    bool mutating = data[0] < 'a';
    int r = review_read(&q, &h, mutating, STR("uid-1"), str_make(data + 1, size - 1), &out, &err);
    CHECK(r == 0 || r == -ENOMEM || err.text[0]);
    if (r == 0 && !out.allowed) {
        review_denied(&q, &h, out.status, &st);
        CHECK(st.code >= 400 && st.code < 600);
    }
    if (r == 0 && out.patch)
        CHECK(mutating && out.patch->type == VALUE_LIST);
    return 0;
}
