#include "json/json.h"
#include "object/object.h"
#include "selector/selector.h"
#include "tests/unit.h"

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static void check_quantity(const char *in, const char *out)
{
    struct quantity q;
    SCOPED_BUF b = BUF_INIT(0);
    int r = quantity_parse(str_of(in), &q);
    if (!out) {
        if (r == 0)
            fail_msg("\"%s\" was taken", in);
        return;
    }
    if (r < 0)
        fail_msg("\"%s\" was refused", in);
    quantity_print(q, &b);
    if (strcmp(buf_cstr(&b), out) != 0)
        fail_msg("\"%s\" gave \"%s\", not \"%s\"", in, buf_cstr(&b), out);
}

static void test_quantity(void **state)
{
    (void)state;
    static const char *const same[] = {
        "0", "1", "100m", "1Ki", "1Mi", "5Gi", "1500m", "1e3", "12e6", "1k", "1G", "1n", "-1", "1536Mi", "9223372036854775807", "1E", "7Ei"};
    for (size_t i = 0; i < ARRAY_LEN(same); i++)
        check_quantity(same[i], same[i]);
    check_quantity("1024Ki", "1Mi");
    check_quantity("0.5Gi", "512Mi");
    check_quantity("0.5Ki", "512");
    check_quantity("1.5", "1500m");
    check_quantity("0.001", "1m");
    check_quantity("1000m", "1");
    check_quantity("1000k", "1M");
    check_quantity("+5.0m", "5m");
    check_quantity("0.1n", "1n"); /* nothing gets lost: away from zero */
    check_quantity("-0.1n", "-1n");
    check_quantity("1e100", "9223372036854775807");
    check_quantity("100E", "9223372036854775807");
    check_quantity("10Ei", "9223372036854775807");
    check_quantity("0.25Ki", "256");
    check_quantity("0.0001Ki", "102400u");
    check_quantity("1e-3", "1e-3");
    check_quantity("1e4", "10e3");
    check_quantity(".5", "500m");
    check_quantity("5.", "5");
    static const char *const bad[] = {"",   "1.1.M", "1+1.0M", "0.1mi", "0.1am", "aoeu", ".5i",  "1i",  "-3.01i", "-3.01e-",
                                      " 1", "1 ",    "+",      ".",     "1e",    "m",    "1Kii", "--1", "1e+-3"};
    for (size_t i = 0; i < ARRAY_LEN(bad); i++)
        check_quantity(bad[i], NULL);
    struct quantity a, b;
    assert_done(quantity_parse(STR("1100m"), &a));
    assert_done(quantity_parse(STR("1Ki"), &b));
    assert_int_equal(quantity_value(a), 2);
    assert_int_equal(quantity_milli(a), 1100);
    assert_true(quantity_cmp(a, b) < 0);
    assert_done(quantity_parse(STR("-1100m"), &a));
    assert_int_equal(quantity_value(a), -2);
    struct value number = value_make_int(3);
    assert_int_equal(quantity_milli(quantity_of(&number)), 3000);
    assert_int_equal(quantity_value(quantity_of(NULL)), 0);
}

static void label_case(const char *text, const char *printed, const char *labels, bool match)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct selector *s;
    struct err err = {{0}};
    assert_done(arena_new(&a, 1 << 20));
    if (selector_parse_labels(a, str_of(text), &s, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    selector_print(s, &b);
    if (strcmp(buf_cstr(&b), printed) != 0)
        fail_msg("\"%s\" printed \"%s\"", text, buf_cstr(&b));
    struct value v = parse(a, labels);
    if (selector_matches_labels(s, &v) != match)
        fail_msg("\"%s\" on %s", text, labels);
}

static void label_bad(const char *text, const char *why)
{
    SCOPED(arena) a = NULL;
    struct selector *s;
    struct err err = {{0}};
    assert_done(arena_new(&a, 1 << 20));
    assert_int_equal(selector_parse_labels(a, str_of(text), &s, &err), -EINVAL);
    if (strcmp(err.text, why) != 0)
        fail_msg("\"%s\" gave\n%s\nnot\n%s", text, err.text, why);
}

static void test_labels(void **state)
{
    (void)state;
    label_case("", "", "{}", true);
    label_case("b=2,a=1", "a=1,b=2", "{\"a\":\"1\",\"b\":\"2\"}", true);
    label_case("a==1", "a==1", "{\"a\":\"1\"}", true);
    label_case("a!=1", "a!=1", "{}", true);
    label_case("a!=1", "a!=1", "{\"a\":\"1\"}", false);
    label_case("a in (z, y ,y)", "a in (y,z)", "{\"a\":\"y\"}", true);
    label_case("a notin (x,y)", "a notin (x,y)", "{}", true);
    label_case("a notin (x,y)", "a notin (x,y)", "{\"a\":\"x\"}", false);
    label_case("!a,b", "!a,b", "{\"b\":\"\"}", true);
    label_case(" a , !b ", "a,!b", "{\"a\":\"1\"}", true);
    label_case("a=", "a=", "{\"a\":\"\"}", true);
    label_case("a=,b=1", "a=,b=1", "{\"a\":\"\",\"b\":\"1\"}", true);
    label_case("a in (,x)", "a in (,x)", "{\"a\":\"\"}", true);
    label_case("a in (x,)", "a in (,x)", "{\"a\":\"\"}", true);
    label_case("n>5", "n>5", "{\"n\":\"6\"}", true);
    label_case("n<5", "n<5", "{\"n\":\"6\"}", false);
    label_case("n>5", "n>5", "{\"n\":\"x\"}", false);
    label_case("in=in", "in=in", "{\"in\":\"in\"}", true);
    label_case("example.com/a=b", "example.com/a=b", "{\"example.com/a\":\"b\"}", true);
    label_bad("a b", "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt");
    label_bad("a,", "found '', expected: identifier after ','");
    label_bad("=a", "found '=', expected: !, identifier, or 'end of string'");
    label_bad("a in x", "unable to parse requirement: found 'x' expected: '('");
    label_bad("a in ()", "unable to parse requirement: values: Invalid value: []: for 'in', 'notin' operators, values "
                         "set can't be empty");
    label_bad("n>x", "unable to parse requirement: values[0]: Invalid value: \"x\": for 'Gt', 'Lt' operators, the value "
                     "must be an integer");
    label_bad("a=b!", "found '!', expected: ',' or 'end of string'");
    label_bad("-a=b", "unable to parse requirement: <nil>: Invalid value: \"-a\": name part must consist of alphanumeric "
                      "characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or "
                      "'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')");
    label_bad("a=b/c", "unable to parse requirement: values[0][a]: Invalid value: \"b/c\": a valid label must be an empty string "
                       "or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric "
                       "character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is "
                       "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')");
}

static void test_label_selector(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct selector *s;
    struct err err = {{0}};
    assert_done(arena_new(&a, 1 << 20));
    struct value v = parse(a, "{\"matchLabels\":{\"z\":\"1\",\"a\":\"2\"},\"matchExpressions\":[{\"key\":\"k\","
                              "\"operator\":\"NotIn\",\"values\":[\"y\",\"x\"]},{\"key\":\"e\",\"operator\":\"Exists\"}]}");
    assert_done(selector_from_tree(a, &v, &s, &err));
    selector_print(s, &b);
    assert_string_equal(buf_cstr(&b), "a=2,e,k notin (x,y),z=1");
    assert_false(selector_empty(s));
    v = parse(a, "{}");
    assert_done(selector_from_tree(a, &v, &s, &err));
    assert_true(selector_empty(s) && selector_matches_labels(s, NULL));
    assert_done(selector_from_tree(a, NULL, &s, &err));
    assert_false(selector_empty(s) || selector_matches_labels(s, NULL));
    v = parse(a, "{\"matchExpressions\":[{\"key\":\"k\",\"operator\":\"Near\"}]}");
    assert_int_equal(selector_from_tree(a, &v, &s, &err), -EINVAL);
    assert_string_equal(err.text, "\"Near\" is not a valid label selector operator");
}

static void test_fields(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    struct selector *s;
    struct err err = {{0}};
    struct str v;
    assert_done(arena_new(&a, 1 << 20));
    assert_done(selector_parse_fields(a, STR("status.phase!=Running,metadata.name==a\\,b\\=c,,"), &s, &err));
    selector_print(s, &b);
    assert_string_equal(buf_cstr(&b), "metadata.name=a\\,b\\=c,status.phase!=Running");
    assert_string_equal(selector_field(s, 1), "status.phase");
    assert_null(selector_field(s, 2));
    assert_true(selector_requires(s, "metadata.name", &v));
    assert_str(v, "a,b=c");
    assert_false(selector_requires(s, "status.phase", &v));
    assert_int_equal(selector_parse_fields(a, STR("metadata.name"), &s, &err), -EINVAL);
    assert_string_equal(err.text, "invalid selector: 'metadata.name'; can't understand 'metadata.name'");
    assert_int_equal(selector_parse_fields(a, STR("a=b\\x"), &s, &err), -EINVAL);
    assert_string_equal(err.text, "invalid field selector: invalid escape sequence: \\x");
}

static void test_faults(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    struct faults f;
    assert_done(arena_new(&a, 1 << 20));
    faults_init(&f, a);
    struct value text = value_make_text(STR("a\"b\n\x01")), number = value_make_int(7), tree = parse(a, "{\"a\":[1]}");
    fault_add(&f, FAULT_INVALID, "spec.x", &text, "must be %s", "good");
    fault_add(&f, FAULT_REQUIRED, "spec.y", NULL, "%s", "");
    fault_add(&f, FAULT_TOO_MANY, "spec.z", &number, "must have at most 3 items");
    fault_add(&f, FAULT_DUPLICATE, "spec.t", &tree, "%s", "");
    fault_add(&f, FAULT_INVALID, "spec.n", &(struct value){0}, "no");
    fault_add(&f, FAULT_FORBIDDEN, "spec.f", &number, "not now");
    assert_str(f.items[0].message, "Invalid value: \"a\\\"b\\n\\x01\": must be good");
    assert_str(f.items[1].message, "Required value");
    assert_str(f.items[2].message, "Too many: 7: must have at most 3 items");
    assert_str(f.items[3].message, "Duplicate value: {\"a\":[1]}");
    assert_str(f.items[4].message, "Invalid value: null: no");
    assert_str(f.items[5].message, "Forbidden: not now");
    assert_string_equal(fault_reason(f.items[2].type), "FieldValueTooMany");
    for (int i = 0; i < 100; i++)
        fault_add(&f, FAULT_INTERNAL, "x", NULL, "y");
    assert_int_equal(f.n, 106);
}

static int parse_failing(void *ctx)
{
    SCOPED(arena) a = NULL;
    struct selector *s;
    (void)ctx;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = selector_parse_labels(a, STR("a in (x,y),!b,c!=d,n>4"), &s, NULL);
    if (r == 0)
        r = selector_parse_fields(a, STR("metadata.name=x,status.phase!=y"), &s, NULL);
    return r;
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(parse_failing, NULL);
}

static void test_names(void **state)
{
    (void)state;
    const char *why[NAME_FAULTS_MAX];
    assert_int_equal(name_dns_subdomain(STR("a.b-c.d"), why), 0);
    assert_int_equal(name_dns_subdomain(STR("a..b"), why), 1);
    assert_int_equal(name_dns_label(STR("a.b"), why), 1);
    assert_string_equal(why[0], "must not contain dots");
    assert_int_equal(name_dns_1035(STR("1a"), why), 1);
    assert_int_equal(name_label_key(STR("/a"), why), 1);
    assert_string_equal(why[0], "prefix part must be non-empty");
    assert_int_equal(name_label_key(STR("x.y/"), why), 2);
    assert_int_equal(name_label_key(STR("a/b/c"), why), 1);
    assert_int_equal(name_port(STR("http-2"), why), 0);
    assert_int_equal(name_port(STR("-80--"), why), 3);
    assert_int_equal(name_config_key(STR("..a"), why), 1);
    assert_int_equal(name_env_var(STR("A=B"), why), 1);
    assert_int_equal(name_path_segment(STR("a/b%"), why), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantity), cmocka_unit_test(test_labels), cmocka_unit_test(test_label_selector), cmocka_unit_test(test_fields),
        cmocka_unit_test(test_faults),   cmocka_unit_test(test_names),  cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
