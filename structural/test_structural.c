#include "tests/quoted.h"

#include "json/json.h"
#include "structural/structural.h"

static struct arena *mem;

static int setup(void **state)
{
    (void)state;
    return arena_new(&mem, (size_t)64 << 20);
}

static int teardown(void **state)
{
    (void)state;
    mem = arena_free(mem);
    return 0;
}

static struct value *json(const char *text)
{
    return quoted(mem, "%s", text);
}

static struct structural *schema(const char *text)
{
    struct structural *s = NULL;
    struct err err = {{0}};
    if (structural_new(&s, json(text), NULL, &err) < 0)
        fail_msg("%s", err.text);
    return s;
}

static const char *printed(const struct value *v)
{
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, v);
    return arena_text(mem, b.p, b.n);
}

static void is_json(const struct value *got, const char *want)
{
    assert_string_equal(printed(got), printed(json(want)));
}

#define SPEC(s) "{'type':'object','properties':{'spec':" s "}}"

static void test_prune(void **state)
{
    (void)state;
    struct structural *s = schema(SPEC("{'type':'object','properties':{'a':{'type':'string'},'open':{'type':'object',"
                                       "'x-kubernetes-preserve-unknown-fields':true,'properties':{'in':{'type':'object','properties':{'x':"
                                       "{'type':'integer'}}}}},'map':{'type':'object','additionalProperties':{'type':'object','properties':{'k':"
                                       "{'type':'string'}}}},'list':{'type':'array','items':{'type':'object','properties':{'n':{'type':'string'}}"
                                       "}}}}"));
    struct object_notes notes = {.n = 0};
    struct value *v = json("{'apiVersion':'x/v1','kind':'W','metadata':{'name':'n','any':1},'other':1,'spec':{'a':'b','gone':{'x':1},"
                           "'open':{'kept':1,'in':{'x':1,'y':2}},'map':{'one':{'k':'v','z':0}},'list':[{'n':'a'},{'n':'b','m':'c'}]}}");
    assert_done(structural_prune(mem, s, v, &notes));
    is_json(v, "{'apiVersion':'x/"
               "v1','kind':'W','metadata':{'name':'n','any':1},'spec':{'a':'b','open':{'kept':1,'in':{'x':1}},"
               "'map':{'one':{'k':'v'}},'list':[{'n':'a'},{'n':'b'}]}}");
    assert_int_equal(notes.n, 5);
    assert_str(notes.items[0], "unknown field \"other\"");
    assert_str(notes.items[1], "unknown field \"spec.gone\"");
    assert_str(notes.items[2], "unknown field \"spec.open.in.y\"");
    assert_str(notes.items[3], "unknown field \"spec.map.one.z\"");
    assert_str(notes.items[4], "unknown field \"spec.list[1].m\"");
    structural_free(s);
}

static void test_default(void **state)
{
    (void)state;
    struct structural *s = schema(SPEC("{'type':'object','default':{},'properties':{'a':{'type':'string','default':'A'},'n':{'type':'integer',"
                                       "'nullable':true,'default':3},'list':{'type':'array','items':{'type':'object','properties':{'p':{'type':"
                                       "'string','default':'TCP'}}}},'x':{'type':'string'}}}"));
    struct value *v = json("{'kind':'W'}");
    assert_done(structural_default(mem, s, v));
    is_json(v, "{'kind':'W','spec':{'a':'A','n':3}}");
    v = json("{'spec':{'a':null,'n':null,'x':null,'list':[{},{'p':'UDP'}]}}");
    assert_done(structural_default(mem, s, v));
    is_json(v, "{'spec':{'a':'A','n':null,'list':[{'p':'TCP'},{'p':'UDP'}]}}");
    structural_free(s);
}

/* ── validation ── */

static void wrong(const char *schema_text, const char *spec, const char *old, const char *field, const char *message)
{
    struct structural *s = schema(schema_text);
    struct faults f;
    faults_init(&f, mem);
    struct value tree = value_make_map(), was = value_make_map();
    assert_non_null(value_set(mem, &tree, STR("spec"), *json(spec)));
    if (old)
        assert_non_null(value_set(mem, &was, STR("spec"), *json(old)));
    structural_validate(s, &tree, old ? &was : NULL, &f);
    if (!field) {
        if (f.n)
            fail_msg("%.*s: %.*s", STR_FMT(f.items[0].field), STR_FMT(f.items[0].message));
    } else {
        if (!f.n)
            fail_msg("%s is let pass", spec);
        assert_str(f.items[0].field, field);
        assert_str(f.items[0].message, message);
    }
    structural_free(s);
}

static void test_sentences(void **state)
{
    (void)state;
    wrong(SPEC("{'type':'integer'}"), "'x'", NULL, "spec", "Invalid value: \"string\": spec in body must be of type integer: \"string\"");
    wrong(SPEC("{'type':'integer'}"), "1.5", NULL, "spec", "Invalid value: \"number\": spec in body must be of type integer: \"number\"");
    wrong(SPEC("{'type':'number'}"), "1", NULL, NULL, NULL);
    wrong(SPEC("{'type':'integer','minimum':1}"), "0", NULL, "spec", "Invalid value: 0: spec in body should be greater than or equal to 1");
    wrong(SPEC("{'type':'integer','maximum':2147483647}"), "2147483648", NULL, "spec",
          "Invalid value: 2147483648: spec in body should be less than or equal to 2.147483647e+09");
    wrong(SPEC("{'type':'number','minimum':0.5,'exclusiveMinimum':true}"), "0.5", NULL, "spec",
          "Invalid value: 0.5: spec in body should be greater than 0.5");
    wrong(SPEC("{'type':'integer','multipleOf':5}"), "7", NULL, "spec", "Invalid value: 7: spec in body should be a multiple of 5");
    wrong(SPEC("{'type':'string','pattern':'^[a-z]+$'}"), "'A'", NULL, "spec", "Invalid value: \"A\": spec in body should match '^[a-z]+$'");
    wrong(SPEC("{'type':'string','minLength':2}"), "'é'", NULL, "spec", "Invalid value: \"é\": spec in body should be at least 2 chars long");
    wrong(SPEC("{'type':'string','maxLength':2}"), "'abc'", NULL, "spec", "Too long: may not be more than 2 bytes");
    wrong(SPEC("{'type':'string','enum':['red','green']}"), "'blue'", NULL, "spec",
          "Unsupported value: \"blue\": supported values: \"red\", \"green\"");
    wrong(SPEC("{'type':'string','format':'ipv4'}"), "'1.2.3'", NULL, "spec",
          "Invalid value: \"1.2.3\": spec in body must be of type ipv4: \"1.2.3\"");
    wrong(SPEC("{'type':'object','required':['r'],'properties':{'r':{'type':'string'}}}"), "{}", NULL, "spec.r", "Required value");
    wrong(SPEC("{'type':'array','items':{'type':'string'},'maxItems':1}"), "['a','b']", NULL, "spec", "Too many: 2: must have at most 1 item");
    wrong(SPEC("{'type':'array','items':{'type':'string'},'x-kubernetes-list-type':'set'}"), "['a','b','a']", NULL, "spec[2]",
          "Duplicate value: \"a\"");
    wrong(SPEC("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['n'],'items':{'type':'"
               "object','properties':"
               "{'n':{'type':'string'}}}}"),
          "[{'n':'a'},{'n':'a'}]", NULL, "spec[1]", "Duplicate value: {\"n\":\"a\"}");
    wrong(SPEC("{'oneOf':[{'required':['a']},{'required':['b']}],'type':'object','x-kubernetes-preserve-unknown-fields'"
               ":true}"),
          "{'a':1,'b':1}", NULL, "<nil>", "Invalid value: \"\": \"spec\" must validate one and only one schema (oneOf). Found 2 valid alternatives");
    wrong(SPEC("{'x-kubernetes-int-or-string':true}"), "true", NULL, "spec",
          "Invalid value: \"boolean\": spec in body must be of type integer,string: \"boolean\"");
    wrong(SPEC("{'x-kubernetes-int-or-string':true}"), "'50%'", NULL, NULL, NULL);
    wrong(SPEC("{'type':'string','nullable':true}"), "null", NULL, NULL, NULL);
    wrong(SPEC("{'type':'string'}"), "null", NULL, "spec", "Invalid value: \"null\": spec in body must be of type string: \"null\"");
}

static void test_ratcheting(void **state)
{
    (void)state;
    static const char text[] = SPEC("{'type':'object','properties':{'n':{'type':'integer','maximum':5},'m':{'type':'integer'}}}");
    wrong(text, "{'n':9,'m':1}", "{'n':9,'m':2}", NULL, NULL);
    wrong(text, "{'n':8,'m':1}", "{'n':9,'m':2}", "spec.n", "Invalid value: 8: spec.n in body should be less than or equal to 5");
    static const char list[] = SPEC("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object',"
                                    "'properties':{'k':{'type':'string'},'v':{'type':'integer','maximum':5}}}}");
    wrong(list, "[{'k':'b','v':1},{'k':'a','v':9}]", "[{'k':'a','v':9}]", NULL, NULL);
}

#define RULES(type, rules) SPEC("{" type ",'x-kubernetes-validations':[" rules "]}")
#define RANGE              "'type':'object','properties':{'min':{'type':'integer'},'max':{'type':'integer'}}"

static void test_rules(void **state)
{
    (void)state;
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max','message':'min is over max'}"), "{'min':3,'max':1}", NULL, "spec",
          "Invalid value: \"object\": min is over max");
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max'}"), "{'min':1,'max':1}", NULL, NULL, NULL);
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max','fieldPath':'.min','reason':'FieldValueForbidden'}"), "{'min':3,'max':1}", NULL, "spec.min",
          "Forbidden: failed rule: self.min <= self.max");
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max','messageExpression':'\\\"over by \\\" + string(self.min - self.max)'}"), "{'min':3,'max':1}",
          NULL, "spec", "Invalid value: \"object\": over by 2");
    /* what was so before and has not been touched is let pass */
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max'}"), "{'min':3,'max':1}", "{'max':1,'min':3}", NULL, NULL);
    static const char fixed[] = RULES("'type':'string'", "{'rule':'self == oldSelf','message':'it is immutable'}");
    wrong(fixed, "'b'", NULL, NULL, NULL);
    wrong(fixed, "'a'", "'a'", NULL, NULL);
    wrong(fixed, "'b'", "'a'", "spec", "Invalid value: \"string\": it is immutable");
    static const char optional[] =
        RULES("'type':'string'", "{'rule':'oldSelf.hasValue() || self == \\\"first\\\"','optionalOldSelf':true,'message':'first!'}");
    wrong(optional, "'first'", NULL, NULL, NULL);
    wrong(optional, "'other'", NULL, "spec", "Invalid value: \"string\": first!");
    wrong(optional, "'other'", "'first'", NULL, NULL);
    /* values of the wrong type are not shown to expressions */
    wrong(RULES(RANGE, "{'rule':'self.min <= self.max'}"), "{'min':'x','max':1}", NULL, "spec.min",
          "Invalid value: \"string\": spec.min in body must be of type integer: \"string\"");
    static const char list[] = SPEC("{'type':'array','x-kubernetes-list-type':'map','x-kubernetes-list-map-keys':['k'],'items':{'type':'object',"
                                    "'properties':{'k':{'type':'string'},'v':{'type':'integer','x-kubernetes-validations':[{'rule':"
                                    "'self >= oldSelf','message':'never less'}]}}}}");
    wrong(list, "[{'k':'b','v':1},{'k':'a','v':2}]", "[{'k':'a','v':3},{'k':'b','v':1}]", "spec[1].v", "Invalid value: \"integer\": never less");
}

static void path_is(const char *path, const char *tree, const char *want)
{
    const struct value *hits[8];
    struct value list = value_make_list();
    ssize_t n = structural_path_find(str_of(path), json(tree), hits, 8);
    if (!want) {
        assert_true(n < 0);
        return;
    }
    assert_true(n >= 0);
    for (ssize_t i = 0; i < n; i++)
        assert_non_null(value_add(mem, &list, *hits[i]));
    is_json(&list, want);
}

static void test_paths(void **state)
{
    (void)state;
    path_is(".a.b", "{'a':{'b':1}}", "[1]");
    path_is(".a.c", "{'a':{'b':1}}", "[]");
    path_is(".a[1]", "{'a':[1,2]}", "[2]");
    path_is(".a[*].n", "{'a':[{'n':1},{'n':2}]}", "[1,2]");
    path_is(".m['x.y']", "{'m':{'x.y':3}}", "[3]");
    path_is(".m.x\\.y", "{'m':{'x.y':3}}", "[3]");
    path_is(".c[?(@.type==\"Ready\")].status", "{'c':[{'type':'A','status':'no'},{'type':'Ready','status':'yes'}]}", "['yes']");
    path_is("..n", "{'a':[{'n':1},{'b':{'n':2}}]}", "[1,2]");
    path_is("a", "{'a':1}", NULL);
}

static int body(void *ctx)
{
    struct structural *s = NULL;
    const struct value *text = ctx;
    SCOPED(arena) a = NULL;
    struct value tree = {0};
    struct faults f;
    int r = arena_new(&a, 1 << 20);
    if (r == 0)
        r = structural_new(&s, text, NULL, NULL);
    if (r == 0)
        r = json_parse(a, STR("{\"spec\":{\"a\":\"x\",\"gone\":1,\"l\":[\"a\",\"a\"]}}"), &tree, NULL);
    if (r == 0)
        r = structural_prune(a, s, &tree, NULL);
    if (r == 0)
        r = structural_default(a, s, &tree);
    if (r == 0) {
        faults_init(&f, a);
        structural_validate(s, &tree, NULL, &f);
    }
    structural_free(s);
    return r;
}

static void test_allocations(void **state)
{
    (void)state;
    unit_fail_allocations(body, json(SPEC("{'type':'object','properties':{'a':{'type':'string','pattern':'^x$','enum':['x']},'d':{'type':'object',"
                                          "'default':{'k':1}},'l':{'type':'array','items':{'type':'string'},'x-kubernetes-list-type':'set'}}}")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_prune, setup, teardown),       cmocka_unit_test_setup_teardown(test_default, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sentences, setup, teardown),   cmocka_unit_test_setup_teardown(test_ratcheting, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rules, setup, teardown),       cmocka_unit_test_setup_teardown(test_paths, setup, teardown),
        cmocka_unit_test_setup_teardown(test_allocations, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
