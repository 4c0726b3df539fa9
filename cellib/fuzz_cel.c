/* Any text: it is refused with a sentence, or printed, read again and printed the same; and it evaluates within its
 * limits to a value or an error. */
#include "cellib/cellib.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct cel_env *env;

static void print_again(struct str text, unsigned features)
{
    SCOPED_BUF first = BUF_INIT(1u << 20), again = BUF_INIT(1u << 20), issues = BUF_INIT(1u << 20);
    if (cel_parse(text, features, NULL, &first, &issues) != 0) {
        CHECK(issues.n > 0);
        return;
    }
    CHECK(issues.n == 0);
    if (first.error) /* longer than it is worth */
        return;
    int r = cel_parse(buf_view(&first), features, NULL, &again, NULL);
    if (r == CEL_REFUSED) /* brackets it needs have made it too deep */
        return;
    CHECK(r == 0 && (again.error || str_eq(buf_view(&first), buf_view(&again))));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    SCOPED(arena) a = NULL;
    SCOPED(cel_program) p = NULL;
    SCOPED_BUF out = BUF_INIT(1u << 20);
    struct str text = str_make(data, size);
    struct cel_activation vars = {0};
    struct cel_run run = {.limit = 20000};
    struct cel_value v;
    struct err err = {0};
    if (size > 2000)
        return 0;
    if (!env)
        CHECK(cellib_env(&env, &(struct cellib_options){.sets = CELLIB_MATH | CELLIB_BINDINGS | CELLIB_JSONPATCH | CELLIB_ENCODERS |
                                                                CELLIB_NO_KUBERNETES}) == 0 &&
              cel_env_declare(env, STR("x"), &cel_type_dyn, false) >= 0);
    print_again(text, cel_env_features_of(env));
    int r = cel_compile(env, text, NULL, &p, &out);
    if (r != 0) {
        CHECK(r == CEL_REFUSED && out.n);
        return 0;
    }
    if (arena_new(&a, 32u << 20) < 0)
        return 0;
    r = cel_eval(p, &vars, a, &run, &v, &err);
    CHECK(r == 0 || r == -ENOMEM || err.text[0]);
    if (r == 0)
        cel_print(&out, &v);
    return 0;
}
