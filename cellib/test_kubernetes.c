/* Expressions as Kubernetes' users write them: over trees with declared types, with its libraries, sentences and costs. */
#include "tests/unit.h"

#include "cellib/cellib.h"
#include "json/json.h"

struct house {
    struct arena *a;
    struct cel_env *env;
    struct value tree;
    struct cel_value self;
};

/* { name: string ≤ 10, size: int, tags: set of string ≤ 5 × 20, ports: keyed by name, at: time, raw: dyn } */
static const struct cel_type *self_type(struct arena *a)
{
    static struct cel_type text, tag, tags, port, ports, none;
    static struct cel_field port_fields[2], fields[7];
    static const struct str keys[] = {STR_INIT("name"), STR_INIT("")};
    (void)a;
    text = (struct cel_type){.kind = CEL_STRING, .max_size = 10};
    tag = (struct cel_type){.kind = CEL_STRING, .max_size = 20};
    tags = (struct cel_type){.kind = CEL_LIST, .params = {&tag}, .n_params = 1, .list = CEL_LIST_SET, .max_size = 5};
    port_fields[0] = (struct cel_field){.name = STR("name"), .type = &text};
    port_fields[1] = (struct cel_field){.name = STR("port"), .type = &cel_type_int};
    port = (struct cel_type){.kind = CEL_OBJECT, .name = STR("self.ports"), .fields = port_fields, .n_fields = 2};
    ports = (struct cel_type){.kind = CEL_LIST, .params = {&port}, .n_params = 1, .list = CEL_LIST_KEYED, .keys = keys, .max_size = 100};
    fields[0] = (struct cel_field){.name = STR("name"), .type = &text};
    fields[1] = (struct cel_field){.name = STR("size"), .type = &cel_type_int};
    fields[2] = (struct cel_field){.name = STR("tags"), .type = &tags};
    fields[3] = (struct cel_field){.name = STR("ports"), .type = &ports};
    fields[4] = (struct cel_field){.name = STR("at"), .type = &cel_type_timestamp};
    fields[5] = (struct cel_field){.name = STR("raw"), .type = &cel_type_dyn};
    fields[6] = (struct cel_field){.name = STR("__namespace__"), .key = STR("namespace"), .type = &text};
    cel_type_sort(fields, ARRAY_LEN(fields));
    none = (struct cel_type){.kind = CEL_OBJECT, .name = STR("self"), .fields = fields, .n_fields = ARRAY_LEN(fields)};
    return &none;
}

static int house_new(struct house *h)
{
    memset(h, 0, sizeof(*h));
    int r = arena_new(&h->a, 64u << 20);
    r = r < 0 ? r : cellib_env(&h->env, &(struct cellib_options){.version = 37, .sets = CELLIB_JSONPATCH});
    r = r < 0 ? r : cel_env_declare(h->env, STR("self"), self_type(h->a), true);
    r = r < 0 ? r : cel_env_declare(h->env, STR("oldSelf"), self_type(h->a), true);
    r = r < 0 ? r : cel_env_declare(h->env, STR("authorizer"), cellib_authorizer_type(), false);
    r = r < 0 ? r
              : json_parse(h->a,
                           STR("{\"name\":\"web\",\"size\":3,\"tags\":[\"a\",\"b\"],\"namespace\":\"prod\","
                               "\"ports\":[{\"name\":\"x\",\"port\":80},{\"name\":\"y\",\"port\":443}],"
                               "\"at\":\"2024-01-02T03:04:05Z\",\"raw\":{\"n\":1,\"d\":1.5,\"t\":\"x\",\"l\":[1,2]}}"),
                           &h->tree, NULL);
    if (r == 0)
        h->self = cel_of_tree(h->a, &h->tree, self_type(h->a));
    return r;
}

static void house_end(struct house *h)
{
    h->env = cel_env_unref(h->env);
    h->a = arena_free(h->a);
}

static int asked;
static int ask(void *ctx, const struct cellib_attributes *what, struct arena *a, enum cellib_decision *decision, struct str *reason,
               struct str *error)
{
    (void)ctx;
    (void)a;
    (void)error;
    asked++;
    *decision = str_is(what->resource, "pods") && str_is(what->verb, "create") && str_is(what->namespace, "prod") ? CELLIB_ALLOW : CELLIB_DENY;
    *reason = STR("because");
    return 0;
}

/* The value's text, or "error: …", or the issues. */
static int show(struct house *h, const char *text, struct buf *out, struct cel_run *run)
{
    static const struct cellib_authorizer with = {.ask = ask};
    SCOPED(cel_program) p = NULL;
    struct cel_value slots[3] = {h->self, h->self, cellib_make_authorizer(h->a, &with)}, v;
    struct cel_activation vars = {.slots = slots, .n = 3};
    struct err err = {0};
    int r = cel_compile(h->env, str_of(text), NULL, &p, out);
    if (r != 0)
        return r < 0 ? r : 0;
    r = cel_eval(p, &vars, h->a, run, &v, &err);
    if (r < 0)
        return r;
    if (r)
        buf_fmt(out, "error: %s", err.text);
    else
        cel_print(out, &v);
    return buf_error(out);
}

static void expect(struct house *h, const char *text, const char *want)
{
    SCOPED_BUF b = BUF_INIT(65536);
    assert_done(show(h, text, &b, NULL));
    if (strcmp(buf_cstr(&b), want) != 0)
        fail_msg("%s\n  got    %s\n  wanted %s", text, buf_cstr(&b), want);
}

static void test_values(void **state)
{
    static const char *const cases[][2] = {
        {"self.name + '/' + string(self.size)", "\"web/3\""},
        {"self.__namespace__ == 'prod' && has(self.raw.n) && !has(self.raw.zzz)", "true"},
        {"self.at < timestamp('2025-01-01T00:00:00Z') && self.at.getFullYear() == 2024", "true"},
        {"self.tags == ['b', 'a']", "true"}, /* a set */
        {"self.tags + ['b', 'c']", "[\"a\", \"b\", \"c\"]"},
        {"self.ports.exists(p, p.port == 443) && self.ports.map(p, p.port).sum() == 523", "true"},
        {"self.ports.all(i, p, i < 2 && p.port > 0)", "true"},
        {"self.raw.d > self.raw.n", "true"},
        {"self.raw.zzz", "error: no such key: zzz"},
        {"self.tags[7]", "error: index out of bounds: 7"},
        {"self.raw.t + 1", "error: no such overload"},
        {"self.raw.zzz || true", "true"},
        {"self.?raw.zzz.orValue('none')", "\"none\""},
        {"9223372036854775807 + self.size", "error: integer overflow"},
        {"[3, 1, 2].isSorted() || [1, 2].max() == 2", "true"},
        {"[1, 2, 3, 2].lastIndexOf(2)", "3"},
        {"'abc 123 def 45'.findAll('[0-9]+', 1)", "[\"123\"]"},
        {"'abc 123'.find('[0-9]+$')", "\"123\""},
        {"url('https://u@h.example:8443/a b?k=v&k=w#f').getEscapedPath()", "\"/a%20b\""},
        {"url('https://[::1]:80/x?k=v&k=w').getQuery()", "{\"k\": [\"v\", \"w\"]}"},
        {"url('https://[::1]:80/').getHostname() + url('http://a/').getPort()", "\"::1\""},
        {"isURL('relative/path')", "false"},
        {"quantity('1.5Gi').add(quantity('512Mi')).isGreaterThan(quantity('1Gi'))", "true"},
        {"quantity('50k') == quantity('50000') && quantity('1').add(2).asInteger() == 3", "true"},
        {"isQuantity('1.3x')", "false"},
        {"ip('2001:db8:0:0:1:0:0:1').family() == 6 && string(ip('2001:db8::1:0:0:1')) == '2001:db8::1:0:0:1'", "true"},
        {"ip.isCanonical('2001:DB8::1')", "false"},
        {"ip('::ffff:1.2.3.4')",
         "error: IP Address \"::ffff:1.2.3.4\" parse error during conversion from string: IPv4-mapped IPv6 address is not allowed"},
        {"cidr('10.0.0.0/8').containsIP('10.9.9.9') && !cidr('10.0.0.0/8').containsCIDR('10.0.0.0/7')", "true"},
        {"cidr('192.168.1.77/26').masked().ip() == ip('192.168.1.64')", "true"},
        {"ip('127.0.0.1').isLoopback() && ip('224.0.0.1').isLinkLocalMulticast()", "true"},
        {"semver('1.2.3-rc.1').isLessThan(semver('1.2.3')) && isSemver('v1.2', true)", "true"},
        {"semver('1.10.0').compareTo(semver('1.9.9'))", "1"},
        {"format.dns1123Label().validate('My_label').hasValue()", "true"},
        {"format.named('uuid').value().validate('123e4567-e89b-12d3-a456-426614174000').hasValue()", "false"},
        {"authorizer.group('').resource('pods').namespace('prod').check('create').allowed()", "true"},
        {"authorizer.serviceAccount('ns', 'me').path('/healthz').check('get').reason()", "\"because\""},
        {"sets.contains([1, 2, 3], [2]) && sets.intersects([1], [1, 2])", "true"},
        {"'%s is %.2f'.format([self.name, 1.5])", "\"web is 1.50\""},
        {"JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('a/b~c'), value: 1}.path", "\"/metadata/labels/a~1b~0c\""},
        {"Object{spec: Object.spec{replicas: 2}}.spec.replicas", "2"},
        {"{'a': 1}.transformMap(k, v, v + 1)", "{\"a\": 2}"},
        {"[{'n': 2}, {'n': 1}].sortBy(e, e.n)[0].n", "1"},
    };
    struct house h;
    (void)state;
    assert_done(house_new(&h));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect(&h, cases[i][0], cases[i][1]);
    house_end(&h);
}

static void test_sentences(void **state)
{
    static const char *const cases[][2] = {
        {"1 + x", "ERROR: <input>:1:5: undeclared reference to 'x' (in container '')\n | 1 + x\n | ....^"},
        {"self.nope == 1", "ERROR: <input>:1:5: undefined field 'nope'\n | self.nope == 1\n | ....^"},
        {"self.size == 'a'",
         "ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(int, string)'\n | self.size == 'a'\n | ..........^"},
        {"[1, 'a']", "ERROR: <input>:1:5: expected type 'int' but found 'string'\n | [1, 'a']\n | ....^"},
        {"'a'.matches('(?=b)')", "ERROR: <input>:1:13: invalid matches argument\n | 'a'.matches('(?=b)')\n | ............^"},
        {"duration('1q')", "ERROR: <input>:1:10: invalid duration argument\n | duration('1q')\n | .........^"},
        {"self.size.foo()", "ERROR: <input>:1:14: undeclared reference to 'foo' (in container '')\n | self.size.foo()\n | .............^"},
        {"1 +", "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', '{', '(', '.', '-', '!', 'true', "
                "'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}\n | 1 +\n | ...^"},
        {"has(self)", "ERROR: <input>:1:5: invalid argument to has() macro\n | has(self)\n | ....^"},
        {"cel.bind(a, 1, a)", "ERROR: <input>:1:1: undeclared reference to 'cel' (in container '')\n | cel.bind(a, 1, a)\n | ^\n"
                              "ERROR: <input>:1:9: undeclared reference to 'bind' (in container '')\n | cel.bind(a, 1, a)\n | ........^\n"
                              "ERROR: <input>:1:10: undeclared reference to 'a' (in container '')\n | cel.bind(a, 1, a)\n | .........^\n"
                              "ERROR: <input>:1:16: undeclared reference to 'a' (in container '')\n | cel.bind(a, 1, a)\n | ...............^"},
    };
    struct house h;
    (void)state;
    assert_done(house_new(&h));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++)
        expect(&h, cases[i][0], cases[i][1]);
    house_end(&h);
}

/* By hand, from the rules at cost.c's head. */
static void test_costs(void **state)
{
    static const struct {
        const char *text;
        uint64_t min, max, actual;
    } cases[] = {
        {"1 + 2 == 3", 2, 2, 2},
        {"self.size", 2, 2, 2},
        {"self.name == 'abcdefghijklmnop'", 3, 3, 3},
        {"self.tags.all(t, t == 'x')", 3, 28, 10}, /* 2 + 5 × (not_strictly_false 1 + accu 1 + accu 1 + t 1 + == 1) + accu 1 */
        {"has(self.name)", 1, 1, 1},
        {"[1, 2].size() == 2", 12, 12, 2}, /* constant lists cost nothing when they run */
        {"'a' + 'b'", 1, 1, 1},
        {"self.name.matches('abcdefgh')", 4, 6, 4},
        {"authorizer.path('/x').check('get').allowed()", 350003, 350003, 350003},
    };
    struct house h;
    (void)state;
    assert_done(house_new(&h));
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        SCOPED(cel_program) p = NULL;
        SCOPED_BUF b = BUF_INIT(4096);
        struct cel_run run = {0};
        assert_done(cel_compile(h.env, str_of(cases[i].text), NULL, &p, NULL));
        struct cel_cost c = cel_program_cost(p);
        assert_done(show(&h, cases[i].text, &b, &run));
        if (c.min != cases[i].min || c.max != cases[i].max || run.cost != cases[i].actual)
            fail_msg("%s: %llu to %llu, did %llu", cases[i].text, (unsigned long long)c.min, (unsigned long long)c.max, (unsigned long long)run.cost);
    }
    house_end(&h);
}

/* What would run long is stopped by its cost, what is too deep or too long is refused. */
static void test_limits(void **state)
{
    struct house h;
    SCOPED_BUF b = BUF_INIT(1u << 20), deep = BUF_INIT(0);
    struct cel_run run = {.limit = 50};
    (void)state;
    assert_done(house_new(&h));
    assert_done(show(&h, "[1,2,3,4,5,6,7,8,9].all(x, [1,2,3,4,5,6,7,8,9].all(y, x + y > 0))", &b, &run));
    assert_str(buf_view(&b), "error: operation cancelled: actual cost limit exceeded");
    assert_true(run.cost > 50 && run.cost < 70);
    /* A pattern that backtracks without end: each search is stopped, and all of them by what they cost. */
    run.limit = 20000;
    buf_clear(&b);
    assert_done(show(&h, "lists.range(1000).all(x, !'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!'.matches('^(a|a|aa)*(a|aa)*$'))", &b, &run));
    assert_str(buf_view(&b), "error: operation cancelled: actual cost limit exceeded");
    buf_clear(&b);
    for (int i = 0; i < 300; i++)
        buf_char(&deep, '(');
    buf_clear(&b);
    assert_done(show(&h, buf_cstr(&deep), &b, NULL));
    assert_str(buf_view(&b), "ERROR: <input>:-1:0: max recursion depth exceeded");
    buf_clear(&deep);
    for (int i = 0; i < 300; i++)
        buf_text(&deep, "1+");
    buf_char(&deep, '1');
    buf_clear(&b);
    assert_done(show(&h, buf_cstr(&deep), &b, NULL));
    assert_str(buf_view(&b), "ERROR: <input>:-1:0: max recursion depth exceeded");
    buf_clear(&deep);
    for (int i = 0; i < 2000; i++) /* a chain of && is balanced, and may be long */
        buf_text(&deep, "true&&");
    buf_text(&deep, "true");
    buf_clear(&b);
    assert_done(show(&h, buf_cstr(&deep), &b, NULL));
    assert_str(buf_view(&b), "true");
    house_end(&h);
}

static void test_uses(void **state)
{
    SCOPED(cel_program) p = NULL;
    struct house h;
    (void)state;
    assert_done(house_new(&h));
    assert_done(cel_compile(h.env, STR("self.tags.all(t, oldSelf.name != t)"), NULL, &p, NULL));
    assert_true(cel_program_uses(p, cel_env_variable(h.env, STR("oldSelf"))));
    assert_false(cel_program_uses(p, cel_env_variable(h.env, STR("authorizer"))));
    assert_true(cel_type_fits(&cel_type_bool, cel_program_type(p)));
    house_end(&h);
}

static int body(void *ctx)
{
    struct house h;
    SCOPED_BUF b = BUF_INIT(4096);
    int r = house_new(&h);
    r = r < 0 ? r : show(&h, ctx, &b, NULL);
    house_end(&h);
    if (r == 0 && !str_is(buf_view(&b), "true"))
        r = str_starts(buf_view(&b), STR("error: ")) ? -EINVAL : -EILSEQ;
    return r;
}

static void test_no_memory(void **state)
{
    static const char *const texts[] = {
        "self.tags.map(t, t + 'x').filter(t, t.matches('[abc]x')).size() == 2 && {'a': self.name}.a.upperAscii() == 'WEB'",
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(texts); i++) {
        char text[256];
        snprintf(text, sizeof(text), "%s", texts[i]);
        unit_fail_allocations(body, text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_values), cmocka_unit_test(test_sentences), cmocka_unit_test(test_costs),
        cmocka_unit_test(test_limits), cmocka_unit_test(test_uses),      cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
