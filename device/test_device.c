#include "device/device.h"
#include "json/json.h"
#include "tests/unit.h"

static struct value *tree(struct arena *a, const char *text)
{
    struct value *v = arena_alloc(a, sizeof(*v));
    struct err err = {{0}};
    SCOPED_BUF b = BUF_INIT(0);
    assert_non_null(v);
    for (; *text; text++) /* ' stands for ", ` for ' */
        buf_char(&b, *text == '\'' ? '"' : *text == '`' ? '\'' : *text);
    if (json_parse(a, buf_view(&b), v, &err) < 0)
        fail_msg("%s: %s", err.text, text);
    return v;
}

static bool label(void *ctx, struct str key, struct str *value)
{
    (void)ctx;
    *value = STR("east");
    return str_is(key, "zone");
}

struct ground {
    struct arena *a;
    struct device_store *s;
    struct device_choice choice;
    struct value got;
    const char *why;
    char reach[64];
};

static void open_ground(struct ground *g)
{
    memset(g, 0, sizeof(*g));
    assert_done(arena_new(&g->a, 1u << 24));
    assert_done(device_store_new(&g->s, 1));
}

static void close_ground(struct ground *g)
{
    assert_null(device_check(g->s));
    device_store_free(g->s);
    arena_free(g->a);
}

static void slice(struct ground *g, const char *text)
{
    struct str reach;
    assert_done(device_slice_put(g->s, tree(g->a, text), &reach));
    snprintf(g->reach, sizeof(g->reach), "%.*s", reach.p ? (int)reach.n : 4, reach.p ? reach.p : "none");
}

static void class(struct ground *g, const char *text)
{
    assert_done(device_class_put(g->s, tree(g->a, text)));
}

#define CLASS \
    "{'metadata':{'name':'gpu','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'selectors':[{'cel':{'expression':'device.driver.startsWith(`" \
    "gpu.io`)'}}]}}"
#define SLICE(name, pool, rest) \
    "{'metadata':{'name':'" name "'},'spec':{'driver':'gpu.io','pool':{'name':'" pool "','generation':1,'resourceSliceCount':1}," rest "}}"
#define ONE "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu','allocationMode':'ExactCount','count':1}}]}"

/* 0: found, with the result in g->got; else DEVICE_NONE and g->why. */
static int find(struct ground *g, const char *node, const char *claim)
{
    struct device_node n = {.name = str_of(node), .label = label};
    struct device_ask *q;
    assert_done(device_ask_get(g->s, tree(g->a, claim), &q));
    int r = device_find(g->s, &q, 1, &n, &g->choice, &g->why);
    if (r == 0)
        assert_done(device_choice_tree(g->s, g->a, q, &g->choice, &n, &g->got));
    device_ask_unref(g->s, q);
    assert_null(device_check(g->s));
    return r;
}

static struct str device_of(const struct ground *g, size_t i)
{
    return value_text_at(value_item(value_at(&g->got, "devices.results"), i), "device");
}

static void one_device(void **state)
{
    struct ground g;
    struct device_hold *h;
    (void)state;
    open_ground(&g);
    assert_int_equal(find(&g, "n1", ONE), DEVICE_NONE);
    class(&g, CLASS);
    slice(&g, SLICE("a", "n1", "'nodeName':'n1','devices':[{'name':'d0'},{'name':'d1'}]"));
    assert_string_equal(g.reach, "n1");
    assert_int_equal(find(&g, "n2", ONE), DEVICE_NONE);
    assert_string_equal(g.why, "cannot allocate all claims");
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_str(device_of(&g, 0), "d0");
    SCOPED_BUF b = BUF_INIT(0);
    json_print(&b, &g.got);
    assert_string_equal(
        buf_cstr(&b),
        "{\"devices\":{\"results\":[{\"request\":\"r\",\"driver\":\"gpu.io\",\"pool\":\"n1\",\"device\":\"d0\"}]},"
        "\"nodeSelector\":{\"nodeSelectorTerms\":[{\"matchFields\":[{\"key\":\"metadata.name\",\"operator\":\"In\",\"values\":[\"n1\"]}]}]}}");
    assert_done(device_hold(g.s, &g.got, &h));
    assert_str(device_hold_reach(h), "n1");
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_str(device_of(&g, 0), "d1");
    device_release(g.s, h);
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_str(device_of(&g, 0), "d0");
    close_ground(&g);
}

static void pools(void **state)
{
    struct ground g;
    struct str reach;
    (void)state;
    open_ground(&g);
    class(&g, CLASS);
    slice(&g, "{'metadata':{'name':'a'},'spec':{'driver':'gpu.io','pool':{'name':'p','generation':1,'resourceSliceCount':2},'nodeName':'n1','devices'"
              ":[{'name':'d0'}]}}");
    assert_int_equal(find(&g, "n1", ONE), DEVICE_NONE); /* half of it is not there yet */
    assert_int_equal(find(&g, "n1", "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu','allocationMode':'All'}}]}"), DEVICE_NONE);
    assert_string_equal(g.why, "request r: asks for all devices, but resource pool gpu.io/p is currently being updated");
    slice(&g, "{'metadata':{'name':'b'},'spec':{'driver':'gpu.io','pool':{'name':'p','generation':1,'resourceSliceCount':2},'nodeName':'n2','devices'"
              ":[{'name':'d1'}]}}");
    assert_string_equal(g.reach, "");
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_int_equal(find(&g, "n2", ONE), 0);
    assert_str(device_of(&g, 0), "d1");
    slice(&g, "{'metadata':{'name':'c'},'spec':{'driver':'gpu.io','pool':{'name':'p','generation':2,'resourceSliceCount':1},'allNodes':true,'devices'"
              ":[{'name':'d2'},{'name':'d2'}]}}");
    assert_int_equal(find(&g, "n3", ONE), DEVICE_NONE); /* a name twice */
    assert_string_equal(g.why, "invalid resource pools were encountered");
    slice(&g, "{'metadata':{'name':'c'},'spec':{'driver':'gpu.io','pool':{'name':'p','generation':3,'resourceSliceCount':1},'nodeSelector':"
              "{'nodeSelectorTerms':[{'matchExpressions':[{'key':'zone','operator':'In','values':['east']}]}]},'devices':[{'name':'d3'}]}}");
    assert_int_equal(find(&g, "n3", ONE), 0);
    assert_str(
        value_text(value_item(
            value_at(value_item(value_at(value_item(value_at(&g.got, "nodeSelector.nodeSelectorTerms"), 0), "matchExpressions"), 0), "values"), 0)),
        "east");
    device_slice_del(g.s, STR("c"), &reach);
    assert_str(reach, "");
    assert_int_equal(find(&g, "n1", ONE), 0); /* the old generation again */
    slice(&g, "{'metadata':{'name':'e'},'spec':{'driver':'gpu.io','pool':{'name':'each','generation':3,'resourceSliceCount':1},'"
              "perDeviceNodeSelection':true,"
              "'devices':[{'name':'x','nodeName':'n8'},{'name':'y','nodeName':'n9'}]}}");
    assert_int_equal(find(&g, "n9", ONE), 0);
    assert_str(device_of(&g, 0), "y");
    close_ground(&g);
}

static void expressions(void **state)
{
    struct ground g;
    (void)state;
    open_ground(&g);
    class(&g, CLASS);
    slice(
        &g,
        SLICE("a", "n1",
              "'nodeName':'n1','devices':[{'name':'d0','attributes':{'driverVersion':{'version':'1.2.3'},'other.io/x':{'int':3},'ecc':{'bool':true}},"
              "'capacity':{'memory':{'value':'16Gi'}}}]"));
    static const struct {
        const char *text, *why;
    } rows[] = {
        {"device.attributes['gpu.io'].ecc", NULL},
        {"device.attributes['gpu.io'].driverVersion.isGreaterThan(semver('1.0.0'))", NULL},
        {"device.attributes['other.io'].x == 3 && !device.allowMultipleAllocations", NULL},
        {"device.capacity['gpu.io'].memory.isGreaterThan(quantity('10Gi'))", NULL},
        {"cel.bind(gpu, device.attributes['gpu.io'], gpu.ecc)", NULL},
        {"'none.io' in device.attributes", "cannot allocate all claims"},
        {"has(device.attributes['none.io'].x)", "cannot allocate all claims"},
        {"device.attributes['none.io'].x == 3", "claim: selector #0: CEL runtime error: no such key: x"},
        {"device.attributes['gpu.io'].ecc == 3", "cannot allocate all claims"},
        {"1 + 1", "claim: selector #0: CEL compile error"},
        {"nonsense", "claim: selector #0: CEL compile error"},
    };
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        static const char claim[] =
            "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu','count':1,'selectors':[{'cel':{'expression':'@'}}]}}]}";
        struct device_node n = {.name = STR("n1"), .label = label};
        struct device_ask *q;
        SCOPED_BUF json = BUF_INIT(0);
        for (const char *c = claim; *c; c++)
            if (*c == '@')
                buf_text(&json, rows[i].text);
            else
                buf_char(&json, *c == '\'' ? '"' : *c);
        struct value *v = arena_alloc(g.a, sizeof(*v));
        assert_done(json_parse(g.a, buf_view(&json), v, NULL));
        assert_done(device_ask_get(g.s, v, &q));
        int r = device_find(g.s, &q, 1, &n, &g.choice, &g.why);
        if (r != (rows[i].why ? DEVICE_NONE : 0) || (r && strcmp(g.why, rows[i].why)))
            fail_msg("%s: %d, %s", rows[i].text, r, r ? g.why : "found");
        device_ask_unref(g.s, q);
    }
    struct device_stats st;
    device_stats(g.s, &st);
    assert_int_equal(st.asks, 0);
    close_ground(&g);
}

static void taints(void **state)
{
    struct ground g;
    (void)state;
    open_ground(&g);
    class(&g, CLASS);
    slice(&g, SLICE("a", "n1", "'nodeName':'n1','devices':[{'name':'d0','taints':[{'key':'odd','effect':'None'}]},{'name':'d1'}]"));
    assert_done(device_rule_put(g.s, tree(g.a, "{'metadata':{'name':'r'},'spec':{'deviceSelector':{'driver':'gpu.io','device':'d0'},'taint':{'key':'"
                                               "sick','value':'very','effect':'NoExecute'}}}")));
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_str(device_of(&g, 0), "d1");
    assert_int_equal(find(&g, "n1",
                          "{'requests':[{'name':'r','exactly':{'deviceClassName':'gpu','count':1,'tolerations':[{'key':'sick','operator':'Equal','"
                          "value':'very'}]}}]}"),
                     0);
    assert_str(device_of(&g, 0), "d0");
    assert_str(value_text_at(value_item(value_at(value_item(value_at(&g.got, "devices.results"), 0), "tolerations"), 0), "key"), "sick");
    device_rule_del(g.s, STR("r"));
    assert_int_equal(find(&g, "n1", ONE), 0);
    assert_str(device_of(&g, 0), "d0");
    close_ground(&g);
}

static void evictions(void **state)
{
    static const struct {
        const char *tolerations, *effect;
        bool evicts;
        int64_t seconds;
    } rows[] = {
        {"[]", "NoExecute", true, -1},
        {"[]", "NoSchedule", false, 0},
        {"[{'key':'other','operator':'Exists'}]", "NoExecute", true, -1},
        {"[{'operator':'Exists','tolerationSeconds':30},{'key':'sick','operator':'Equal','value':'','tolerationSeconds':20}]", "NoExecute", true, 20},
        {"[{'key':'sick','operator':'Exists','effect':'NoExecute'}]", "NoExecute", false, 0},
    };
    SCOPED(arena) a = NULL;
    (void)state;
    assert_done(arena_new(&a, 1u << 20));
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        char taint[128];
        int64_t seconds = 0;
        snprintf(taint, sizeof(taint), "{'key':'sick','effect':'%s'}", rows[i].effect);
        assert_int_equal(device_evicts(tree(a, rows[i].tolerations), tree(a, taint), &seconds), rows[i].evicts);
        if (rows[i].evicts)
            assert_int_equal(seconds, rows[i].seconds);
    }
}

/* Classes' configuration stands once, and alternatives bring their own. */
static void configuration(void **state)
{
    struct ground g;
    struct device_ask *q;
    (void)state;
    open_ground(&g);
    class(&g, "{'metadata':{'name':'gpu'},'spec':{'config':[{'opaque':{'driver':'gpu.io','parameters':{'x':1}}}]}}");
    class(&g, "{'metadata':{'name':'big'},'spec':{'selectors':[{'cel':{'expression':'false'}}]}}");
    slice(&g, SLICE("a", "n1",
                    "'nodeName':'n1','devices':[{'name':'d0'},{'name':'d1','bindsToNode':true,'bindingConditions':['ready'],'"
                    "bindingFailureConditions':['failed']}]"));
    const char *claim = "{'requests':[{'name':'one','exactly':{'deviceClassName':'gpu','count':1}},{'name':'two','firstAvailable':[{'name':'big','"
                        "deviceClassName':'big','count':1},"
                        "{'name':'small','deviceClassName':'gpu','count':1}]}],'config':[{'requests':['two/"
                        "small'],'opaque':{'driver':'gpu.io','parameters':{'y':1}}},"
                        "{'requests':['two/big'],'opaque':{'driver':'gpu.io','parameters':{'z':1}}}]}";
    assert_int_equal(find(&g, "n1", claim), 0);
    assert_str(value_text_at(value_item(value_at(&g.got, "devices.results"), 1), "request"), "two/small");
    assert_str(value_text(value_item(value_at(value_item(value_at(&g.got, "devices.results"), 1), "bindingConditions"), 0)), "ready");
    assert_int_equal(value_count(value_at(&g.got, "devices.config")), 2);
    assert_str(value_text_at(value_item(value_at(&g.got, "devices.config"), 0), "source"), "FromClass");
    assert_null(value_at(value_item(value_at(&g.got, "devices.config"), 0), "requests"));
    assert_str(value_text(value_item(value_at(value_item(value_at(&g.got, "devices.config"), 1), "requests"), 0)), "two/small");
    assert_done(device_ask_get(g.s, tree(g.a, claim), &q));
    assert_int_equal(device_ask_ranked(q), 1);
    assert_int_equal(device_choice_rank(q, &g.choice), 7);
    struct str request, missing;
    assert_false(device_ask_lacks(g.s, q, &request, &missing));
    device_class_del(g.s, STR("big"));
    assert_true(device_ask_lacks(g.s, q, &request, &missing));
    assert_str(request, "two/big");
    assert_str(missing, "big");
    device_ask_unref(g.s, q);
    close_ground(&g);
}

static void resources(void **state)
{
    struct ground g;
    (void)state;
    open_ground(&g);
    class(&g, "{'metadata':{'name':'b','creationTimestamp':'2026-01-02T00:00:00Z'},'spec':{'extendedResourceName':'x.io/gpu'}}");
    class(&g, "{'metadata':{'name':'a','creationTimestamp':'2026-01-01T00:00:00Z'},'spec':{'extendedResourceName':'x.io/gpu'}}");
    assert_str(device_class_of_resource(g.s, STR("x.io/gpu")), "b");
    device_class_del(g.s, STR("b"));
    assert_str(device_class_of_resource(g.s, STR("x.io/gpu")), "a");
    assert_str(device_class_of_resource(g.s, STR("deviceclass.resource.kubernetes.io/a")), "a");
    assert_int_equal(device_class_of_resource(g.s, STR("deviceclass.resource.kubernetes.io/z")).n, 0);
    close_ground(&g);
}

/* Thirteen devices each unlike the other, in pairs that may not be: more ways than can be tried, and it says so. */
static void gives_up(void **state)
{
    struct ground g;
    SCOPED_BUF b = BUF_INIT(0), q = BUF_INIT(0);
    (void)state;
    open_ground(&g);
    class(&g, CLASS);
    buf_text(
        &b,
        "{'metadata':{'name':'a'},'spec':{'driver':'gpu.io','pool':{'name':'p','generation':1,'resourceSliceCount':1},'nodeName':'n1','devices':[");
    for (int i = 0; i < 24; i++)
        buf_fmt(&b, "%s{'name':'d%d','attributes':{'id':{'int':%d},'half':{'int':%d}}}", i ? "," : "", i, i, i % 2);
    buf_text(&b, "]}}");
    slice(&g, buf_cstr(&b));
    buf_text(&q, "{'requests':[");
    for (int i = 0; i < 13; i++)
        buf_fmt(&q, "%s{'name':'r%d','exactly':{'deviceClassName':'gpu','count':1}}", i ? "," : "", i);
    buf_text(&q, "],'constraints':[{'matchAttribute':'gpu.io/half'}]}");
    assert_int_equal(find(&g, "n1", buf_cstr(&q)), DEVICE_NONE);
    assert_string_equal(g.why, "device allocation gave up after 50000 steps of its search");
    struct device_stats st;
    device_stats(g.s, &st);
    assert_int_equal(st.gave_up, 1);
    close_ground(&g);
}

struct trees {
    struct value *class, *rule, *slice, *claim;
};

static int life(void *ctx)
{
    const struct trees *t = ctx;
    SCOPED(arena) a = NULL;
    struct device_store *s = NULL;
    struct device_ask *q = NULL;
    struct device_hold *h = NULL;
    static struct device_choice choice;
    struct device_node n = {.name = STR("n1"), .label = label};
    struct value got;
    struct str reach;
    const char *why = "";
    int r = device_store_new(&s, 1);
    if (r == 0)
        r = arena_new(&a, 1u << 20);
    if (r == 0)
        r = device_class_put(s, t->class);
    if (r == 0)
        r = device_rule_put(s, t->rule);
    if (r == 0)
        r = device_slice_put(s, t->slice, &reach);
    if (r == 0)
        r = device_ask_get(s, t->claim, &q);
    if (r == 0)
        r = device_find(s, &q, 1, &n, &choice, &why);
    if (r > 0)
        fail_msg("%s", why);
    if (r == 0)
        r = device_choice_tree(s, a, q, &choice, &n, &got);
    if (r == 0)
        r = device_hold(s, &got, &h);
    if (s && device_check(s))
        fail_msg("%s", device_check(s));
    device_release(s, h);
    if (q)
        device_ask_unref(s, q);
    device_store_free(s);
    return r;
}

static void without_memory(void **state)
{
    SCOPED(arena) a = NULL;
    (void)state;
    assert_done(arena_new(&a, 1u << 22));
    struct trees t = {
        .class = tree(a, CLASS),
        .rule = tree(a, "{'metadata':{'name':'r'},'spec':{'deviceSelector':{'device':'d9'},'taint':{'key':'sick','effect':'NoExecute'}}}"),
        .slice = tree(
            a, "{'metadata':{'name':'a'},'spec':{'driver':'gpu.io','pool':{'name':'n1','generation':1,'resourceSliceCount':1},'nodeName':'n1',"
               "'sharedCounters':[{'name':'s','counters':{'c':{'value':'2'}}}],'devices':[{'name':'d9'},{'name':'d0','allowMultipleAllocations':true,"
               "'capacity':{'m':{'value':'2'}},'consumesCounters':[{'counterSet':'s','counters':{'c':{'value':'1'}}}]}]}}"),
        .claim = tree(a, ONE),
    };
    unit_fail_allocations(life, &t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_device), cmocka_unit_test(pools),     cmocka_unit_test(expressions),
        cmocka_unit_test(taints),     cmocka_unit_test(evictions), cmocka_unit_test(configuration),
        cmocka_unit_test(resources),  cmocka_unit_test(gives_up),  cmocka_unit_test(without_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
