/* The specification's own tests (see tests/cel), each compiled and evaluated. */
#include <math.h>
#include <sys/wait.h>

#include "tests/unit.h"

#include "cellib/cellib.h"
#include "json/json.h"

static struct str item(const struct value *v, size_t i)
{
    return value_text(value_item(v, i));
}

static const struct cel_type *type_of(struct arena *a, const struct value *v)
{
    static const struct {
        const char *name;
        const struct cel_type *type;
    } plain[] = {{"int", &cel_type_int},       {"uint", &cel_type_uint},         {"double", &cel_type_double},
                 {"string", &cel_type_string}, {"bytes", &cel_type_bytes},       {"bool", &cel_type_bool},
                 {"null", &cel_type_null},     {"duration", &cel_type_duration}, {"timestamp", &cel_type_timestamp}};
    struct str kind = item(v, 0);
    struct cel_type *t;
    for (size_t i = 0; i < ARRAY_LEN(plain); i++)
        if (str_is(kind, plain[i].name))
            return plain[i].type;
    if (str_is(kind, "list"))
        return cel_type_list(a, type_of(a, value_item(v, 1)));
    if (str_is(kind, "map"))
        return cel_type_map(a, type_of(a, value_item(v, 1)), type_of(a, value_item(v, 2)));
    if (str_is(kind, "optional"))
        return cel_type_optional(a, type_of(a, value_item(v, 1)));
    if (str_is(kind, "wrapper") || str_is(kind, "type")) {
        t = cel_type_list(a, value_count(v) > 1 ? type_of(a, value_item(v, 1)) : &cel_type_dyn);
        t->kind = str_is(kind, "wrapper") ? CEL_WRAPPER : CEL_TYPE;
        t->n_params = value_count(v) > 1;
        return t;
    }
    return &cel_type_dyn;
}

static struct cel_value value_of(struct arena *a, const struct value *v);

static struct cel_value list_of(struct arena *a, const struct value *v)
{
    struct cel_value items[64];
    size_t n = 0;
    VALUE_EACH_ITEM (i, v) {
        items[n++] = value_of(a, i);
        assert_true(n < ARRAY_LEN(items));
    }
    return cel_make_list(a, items, n);
}

static struct cel_value map_of(struct arena *a, const struct value *v)
{
    struct cel_value keys[64], values[64];
    size_t n = 0;
    VALUE_EACH_ITEM (i, v) {
        keys[n] = value_of(a, value_item(i, 0));
        values[n++] = value_of(a, value_item(i, 1));
        assert_true(n < ARRAY_LEN(keys));
    }
    return cel_make_map(a, keys, values, n);
}

static struct cel_value value_of(struct arena *a, const struct value *v)
{
    struct cel_value out = {.kind = CEL_NULL};
    struct str kind = item(v, 0), s = item(v, 1);
    SCOPED_BUF b = BUF_INIT(0);
    if (str_is(kind, "bool"))
        return cel_of_bool(value_bool(value_item(v, 1), false));
    if (str_is(kind, "int") || str_is(kind, "duration") || str_is(kind, "timestamp"))
        assert_done(str_to_int(s, &out.integer));
    if (str_is(kind, "int")) {
        out.kind = CEL_INT;
    } else if (str_is(kind, "uint")) {
        out.kind = CEL_UINT;
        assert_done(str_to_uint(s, &out.natural));
    } else if (str_is(kind, "double")) {
        char text[64];
        snprintf(text, sizeof(text), "%.*s", STR_FMT(s));
        out = (struct cel_value){.kind = CEL_DOUBLE, .number = strtod(text, NULL)};
    } else if (str_is(kind, "string")) {
        out = cel_of_text(s);
    } else if (str_is(kind, "bytes")) {
        out.kind = CEL_BYTES;
        assert_done(buf_unbase64(&b, s));
        assert_done(arena_str(a, buf_view(&b), &out.text));
    } else if (str_is(kind, "duration") || str_is(kind, "timestamp")) {
        int64_t sec = out.integer, nsec;
        assert_done(str_to_int(item(v, 2), &nsec));
        out = (struct cel_value){.kind = CEL_DURATION, .integer = sec * 1000000000 + nsec};
        if (str_is(kind, "timestamp"))
            out = (struct cel_value){.kind = CEL_TIMESTAMP, .time = {sec, (int32_t)nsec}};
    } else if (str_is(kind, "list")) {
        return list_of(a, value_item(v, 1));
    } else if (str_is(kind, "map")) {
        return map_of(a, value_item(v, 1));
    }
    return out;
}

static bool same(struct arena *a, const struct value *want, const struct cel_value *got, char text[512])
{
    SCOPED_BUF b = BUF_INIT(512);
    struct cel_value w = value_of(a, want);
    if (str_is(item(want, 0), "type")) {
        cel_print(&b, got);
        snprintf(text, 512, "type %s", buf_cstr(&b));
        return got->kind == CEL_TYPE && str_eq(buf_view(&b), item(want, 1));
    }
    cel_print(&b, got);
    buf_text(&b, " for ");
    cel_print(&b, &w);
    snprintf(text, 512, "%s", buf_cstr(&b));
    if (w.kind == CEL_DOUBLE && isnan(w.number))
        return got->kind == CEL_DOUBLE && isnan(got->number);
    return (w.kind == got->kind || (w.kind == CEL_MAP && got->kind == CEL_OBJECT)) && cel_equal(a, &w, got);
}

/* Where the zone files of this machine say a clock stands: UTC, if it has none. */
static int zone(void *ctx, struct str name, int64_t at, int64_t *east)
{
    static const struct {
        const char *name;
        int64_t hours4; /* quarters of an hour */
    } zones[] = {{"Asia/Kathmandu", 23},  {"US/Central", -24},   {"America/St_Johns", -10}, {"Australia/Sydney", 44},
                 {"Pacific/Midway", -44}, {"Pacific/Apia", -44}, {"America/New_York", -20}};
    (void)ctx;
    (void)at;
    for (size_t i = 0; i < ARRAY_LEN(zones); i++)
        if (str_is(name, zones[i].name)) {
            *east = zones[i].hours4 * 900;
            return 0;
        }
    return -ENOENT;
}

static bool outcome(struct arena *a, const struct value *row, struct cel_env *env, struct cel_program *p, char text[512])
{
    struct cel_value slots[16], got = {0};
    struct cel_activation vars = {.slots = slots, .n = cel_env_slots(env), .zone = zone};
    const struct value *want = value_at(row, "value");
    struct cel_run run = {.limit = 100000000};
    struct err err = {0};
    memset(slots, 0, sizeof(slots));
    for (size_t i = 0; i < ARRAY_LEN(slots); i++)
        slots[i] = (struct cel_value){.kind = CEL_ERROR, .text = STR("not bound")};
    VALUE_EACH_ITEM (b, value_at(row, "bindings")) {
        int slot = cel_env_variable(env, item(b, 0));
        if (slot >= 0)
            slots[slot] = value_of(a, value_item(b, 1));
    }
    if (value_bool_at(row, "check_only", false))
        return true;
    int r = cel_eval(p, &vars, a, &run, &got, &err);
    snprintf(text, 512, "%d %.400s", r, err.text);
    if (!want)
        return value_at(row, "error") ? r == CEL_FAILED : r == 0;
    return r == 0 && same(a, want, &got, text);
}

static bool type_right(struct arena *a, const struct value *want, const struct cel_program *p, char text[512])
{
    SCOPED_BUF w = BUF_INIT(512), g = BUF_INIT(512);
    cel_type_print(type_of(a, want), &w);
    cel_type_print(cel_program_type(p), &g);
    snprintf(text, 512, "type %.200s for %.200s", buf_cstr(&g), buf_cstr(&w));
    return str_eq(buf_view(&w), buf_view(&g));
}

static bool run(struct cel_env *base, const struct value *row, char text[512])
{
    SCOPED(arena) a = NULL;
    SCOPED(cel_env) env = NULL;
    SCOPED(cel_program) p = NULL;
    SCOPED_BUF issues = BUF_INIT(65536);
    bool unchecked = value_bool_at(row, "disable_check", false);
    assert_done(arena_new(&a, 64u << 20));
    assert_done(cel_env_extend(&env, base));
    if (unchecked)
        cel_env_features(env, cel_env_features_of(env) | CEL_FEATURE_UNCHECKED);
    assert_done(cel_env_container(env, value_text_at(row, "container")));
    VALUE_EACH_ITEM (t, value_at(row, "types"))
        assert_true(cel_env_declare(env, item(t, 0), unchecked ? &cel_type_dyn : type_of(a, value_item(t, 1)), false) >= 0);
    VALUE_EACH_ITEM (b, value_at(row, "bindings"))
        if (cel_env_variable(env, item(b, 0)) < 0)
            assert_true(cel_env_declare(env, item(b, 0), &cel_type_dyn, false) >= 0);
    int r = cel_compile(env, value_text_at(row, "expr"), NULL, &p, &issues);
    snprintf(text, 512, "%.500s", buf_cstr(&issues));
    if (r != 0)
        return value_at(row, "error") != NULL;
    if (value_at(row, "type") && !type_right(a, value_at(row, "type"), p, text))
        return false;
    return outcome(a, row, env, p, text);
}

/* What is known to differ, and why. */
static const char *const differs[] = {
    "timestamps/duration_converters/get_milliseconds", /* cel-go, and so Kubernetes, answers all of its milliseconds */
};

static bool known(struct str name)
{
    for (size_t i = 0; i < ARRAY_LEN(differs); i++)
        if (str_is(name, differs[i]))
            return true;
    return false;
}

static void test_conformance(void **state)
{
    SCOPED(arena) a = NULL;
    SCOPED(cel_env) base = NULL;
    static char line[1 << 20];
    size_t n = 0, bad = 0, skipped = 0;
    (void)state;
    assert_done(cellib_env(
        &base, &(struct cellib_options){.sets = CELLIB_MATH | CELLIB_ENCODERS | CELLIB_BINDINGS | CELLIB_STRINGS_NEWEST | CELLIB_NO_KUBERNETES}));
    FILE *f = popen("python3 tests/cel/table.py 2>/dev/null", "r");
    assert_non_null(f);
    while (fgets(line, sizeof(line), f)) {
        struct value row;
        char text[512] = "";
        assert_done(arena_new(&a, 16u << 20));
        assert_done(json_parse(a, str_of(line), &row, NULL));
        n++;
        bool fine = run(base, &row, text);
        if (known(value_text_at(&row, "name"))) {
            assert_false(fine); /* or it differs no more */
            skipped++;
        } else if (!fine) {
            bad++;
            print_message("%.*s: %.*s\n    %s\n", STR_FMT(value_text_at(&row, "name")), STR_FMT(value_text_at(&row, "expr")), text);
        }
        a = arena_free(a);
    }
    int ended = pclose(f);
    if (WIFEXITED(ended) && WEXITSTATUS(ended) == 77) {
        print_message("the specification's data is not here: tests/cel/table.py --fetch\n");
        return;
    }
    assert_int_equal(ended, 0);
    print_message("%zu of %zu tests of the specification passed, %zu are known to differ\n", n - bad - skipped, n, skipped);
    assert_true(n > 1500);
    assert_int_equal(bad, 0);
    assert_int_equal(skipped, ARRAY_LEN(differs));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_conformance)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
