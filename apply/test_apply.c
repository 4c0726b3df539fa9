#include "json/json.h"
#include "object/object.h"
#include "tests/unit.h"
#include "apply/apply.h"

#define NOW 1700000000

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static struct apply_options options(const char *api_version, const char *kind, const char *manager)
{
    struct apply_options o = {.kind = schema_kind_parse(str_of(api_version), str_of(kind)), .manager = str_of(manager), .now = NOW};
    assert_non_null(o.kind);
    return o;
}

/* The entries as "manager/operation[/subresource]@seconds {fields}", one a line. */
static void owners_show(const struct value *tree, struct buf *b)
{
    struct value *list = value_at(tree, "metadata.managedFields");
    VALUE_EACH_ITEM (e, list) {
        int64_t sec = 0;
        int32_t nsec;
        struct str sub = value_text_at(e, "subresource"), fields = value_get(e, STR("fieldsV1"))->text;
        if (time_parse_rfc3339(value_text_at(e, "time"), &sec, &nsec) < 0)
            sec = NOW - 1; /* none */
        buf_fmt(b, "%.*s/%.*s%s%.*s@%d %.*s\n", STR_FMT(value_text_at(e, "manager")), STR_FMT(value_text_at(e, "operation")), sub.n ? "/" : "",
                STR_FMT(sub), (int)(sec - NOW), STR_FMT(fields));
    }
}

static void owners_are(const struct value *tree, const char *want)
{
    SCOPED_BUF b = BUF_INIT(0);
    owners_show(tree, &b);
    if (strcmp(buf_cstr(&b), want) != 0)
        fail_msg("got\n%swanted\n%s", buf_cstr(&b), want);
}

static void body_is(struct arena *a, const struct value *tree, const char *want)
{
    struct value copy = {0}, wanted = parse(a, want);
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(value_copy(a, tree, &copy));
    value_del(value_at(&copy, "metadata"), STR("managedFields"));
    json_print(&b, &copy);
    if (!value_equal(&copy, &wanted))
        fail_msg("got\n%s, wanted\n%s", buf_cstr(&b), want);
}

static struct value applied(struct arena *a, const struct apply_options *o, const struct value *live, const char *config)
{
    struct value out = {0}, c = parse(a, config);
    struct apply_conflict *conflicts;
    size_t n;
    struct err err = {{0}};
    int r = apply_server_side(a, o, live, &c, &out, &conflicts, &n, &err);
    if (r != 0)
        fail_msg("%s: %d %s", config, r, err.text);
    return out;
}

static void tracked(struct arena *a, const struct apply_options *o, const struct value *old, struct value *now)
{
    struct err err = {{0}};
    if (apply_track_update(a, o, old, now, &err) < 0)
        fail_msg("%s", err.text);
}

#define CONFIG(spec) "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\"},\"spec\":{" spec "}}"

/* What a real server writes for `kubectl create deployment`. */
static void test_create(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options o = options("apps/v1", "Deployment", "kubectl-create");
    struct value v = parse(a, "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"web\",\"labels\":{\"app\":\"web\"}},"
                              "\"spec\":{\"replicas\":1,\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template\":{\"metadata\":{"
                              "\"labels\":{\"app\":\"web\"}},\"spec\":{\"containers\":[{\"name\":\"nginx\",\"image\":\"nginx\",\"resources\":"
                              "{},\"ports\":[{\"containerPort\":80,\"protocol\":\"TCP\"}],\"imagePullPolicy\":\"Always\"}],"
                              "\"restartPolicy\":\"Always\",\"securityContext\":{}}},\"strategy\":{\"type\":\"RollingUpdate\","
                              "\"rollingUpdate\":{\"maxUnavailable\":\"25%\",\"maxSurge\":\"25%\"}}},\"status\":{}}");
    tracked(a, &o, NULL, &v);
    owners_are(&v, "kubectl-create/Update@0 {\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":{}}},\"f:spec\":{\"f:replicas\":"
                   "{},\"f:selector\":{},\"f:strategy\":{\"f:rollingUpdate\":{\".\":{},\"f:maxSurge\":{},"
                   "\"f:maxUnavailable\":{}},\"f:type\":{}},\"f:template\":{\"f:metadata\":{\"f:labels\":{\".\":{},\"f:app\":"
                   "{}}},\"f:spec\":{\"f:containers\":{\"k:{\\\"name\\\":\\\"nginx\\\"}\":{\".\":{},\"f:image\":{},"
                   "\"f:imagePullPolicy\":{},\"f:name\":{},\"f:ports\":{\".\":{},\"k:{\\\"containerPort\\\":80,\\\"protocol\\\""
                   ":\\\"TCP\\\"}\":{\".\":{},\"f:containerPort\":{},\"f:protocol\":{}}},\"f:resources\":{}}},"
                   "\"f:restartPolicy\":{},\"f:securityContext\":{}}}}}\n");
    /* The status of a controller goes to an entry of its own; spec is not for status updates to own. */
    struct value w = {0};
    assert_done(value_copy(a, &v, &w));
    assert_non_null(value_put(a, &w, "metadata.uid", value_make_text(STR("u"))));
    assert_non_null(value_put(a, &w, "status.replicas", value_make_int(1)));
    assert_non_null(value_put(a, &w, "spec.replicas", value_make_int(9)));
    struct apply_options s = options("apps/v1", "Deployment", "controller");
    s.subresource = STR("status");
    s.now = NOW + 5;
    tracked(a, &s, &v, &w);
    SCOPED_BUF b = BUF_INIT(0);
    owners_show(&w, &b);
    assert_non_null(strstr(buf_cstr(&b), "\ncontroller/Update/status@5 {\"f:status\":{\"f:replicas\":{}}}\n"));
    assert_non_null(strstr(buf_cstr(&b), "\"f:spec\":{\"f:replicas\":{}")); /* still the creator's */
    /* Nothing changes: not even a time. */
    struct value same = {0};
    assert_done(value_copy(a, &w, &same));
    s.now = NOW + 50;
    tracked(a, &s, &w, &same);
    assert_true(value_equal(&w, &same));
}

static void test_apply_again(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options o = options("apps/v1", "Deployment", "me");
    static const char config[] = CONFIG("\"replicas\":3,\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"x\",\"ports\":[{"
                                        "\"containerPort\":80}]}]}}");
    struct value first = applied(a, &o, NULL, config);
    owners_are(&first, "me/Apply@0 {\"f:spec\":{\"f:replicas\":{},\"f:template\":{\"f:spec\":{\"f:containers\":{\"k:{"
                       "\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{},\"f:ports\":{\"k:{"
                       "\\\"containerPort\\\":80,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:containerPort\":{}}}}}}}}}"
                       "\n");
    o.now = NOW + 10;
    assert_non_null(value_put(a, &first, "metadata.uid", value_make_text(STR("u"))));
    struct value second = applied(a, &o, &first, config);
    assert_true(value_equal(&first, &second));
    /* Given up, owned by nobody else: gone. */
    struct value third = applied(a, &o, &second,
                                 CONFIG("\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\","
                                        "\"image\":\"y\"}]}}"));
    body_is(a, &third,
            "{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"d\",\"uid\":\"u\"},"
            "\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"y\"}]}}}}");
}

/* The only thing of metadata that was owned is given up: the name stays. */
static void test_give_up_annotations(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options o = options("v1", "ConfigMap", "me");
    struct value first = applied(a, &o, NULL,
                                 "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"namespace\":\"n\","
                                 "\"annotations\":{\"k\":\"v\"}},\"data\":{\"a\":\"b\"}}");
    assert_non_null(value_put(a, &first, "metadata.uid", value_make_text(STR("u"))));
    struct value second = applied(a, &o, &first,
                                  "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"namespace\":\"n\"},"
                                  "\"data\":{\"a\":\"b\"}}");
    assert_str(value_text_at(&second, "metadata.name"), "c");
    assert_str(value_text_at(&second, "metadata.namespace"), "n");
    assert_null(value_at(&second, "metadata.annotations.k"));
}

static void conflict_text(struct arena *a, const struct apply_options *o, const struct value *live, const char *config, const char *want)
{
    struct value out = {0}, c = parse(a, config);
    struct apply_conflict *conflicts;
    size_t n = 0;
    struct err err = {{0}};
    assert_int_equal(apply_server_side(a, o, live, &c, &out, &conflicts, &n, &err), 1);
    assert_string_equal(err.text, want);
}

static void test_conflicts(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options me = options("apps/v1", "Deployment", "me"), you = options("apps/v1", "Deployment", "you");
    struct value live = applied(a, &me, NULL, CONFIG("\"replicas\":3,\"paused\":true"));
    assert_non_null(value_put(a, &live, "metadata.uid", value_make_text(STR("u"))));
    conflict_text(a, &you, &live, CONFIG("\"replicas\":4"), "Apply failed with 1 conflict: conflict with \"me\": .spec.replicas");
    conflict_text(a, &you, &live, CONFIG("\"replicas\":4,\"paused\":false"),
                  "Apply failed with 2 conflicts: conflicts with \"me\":\n- .spec.paused\n- .spec.replicas");
    /* The same value is no conflict: it is shared. */
    struct value shared = applied(a, &you, &live, CONFIG("\"replicas\":3"));
    owners_are(&shared, "you/Apply@-1 {\"f:spec\":{\"f:replicas\":{}}}\nme/Apply@0 {\"f:spec\":{\"f:paused\":{},\"f:replicas\":{}}}\n");
    /* Shared fields stay when one gives them up. */
    struct value left = applied(a, &me, &shared, CONFIG("\"paused\":true"));
    assert_int_equal(value_int_at(&left, "spec.replicas", 0), 3);
    /* Force takes it away. */
    you.force = true;
    struct value forced = applied(a, &you, &live, CONFIG("\"replicas\":4"));
    owners_are(&forced, "me/Apply@0 {\"f:spec\":{\"f:paused\":{}}}\nyou/Apply@0 {\"f:spec\":{\"f:replicas\":{}}}\n");
    assert_int_equal(value_int_at(&forced, "spec.replicas", 0), 4);
    /* An update takes fields without asking, and apply then conflicts with it. */
    struct value updated = {0};
    assert_done(value_copy(a, &live, &updated));
    assert_non_null(value_put(a, &updated, "spec.replicas", value_make_int(7)));
    struct apply_options edit = options("apps/v1", "Deployment", "kubectl-edit");
    tracked(a, &edit, &live, &updated);
    owners_are(&updated, "me/Apply@0 {\"f:spec\":{\"f:paused\":{}}}\nkubectl-edit/Update@0 {\"f:spec\":{\"f:replicas\":{}"
                         "}}\n");
    conflict_text(a, &me, &updated, CONFIG("\"replicas\":3,\"paused\":true"),
                  "Apply failed with 1 conflict: conflict with \"kubectl-edit\" using apps/v1: .spec.replicas");
}

static void test_lists(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options me = options("v1", "Pod", "me"), you = options("v1", "Pod", "you");
#define POD(meta, containers) \
    "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"" meta "},\"spec\":{\"containers\":[" containers "]}}"
    struct value live =
        applied(a, &me, NULL, POD(",\"finalizers\":[\"x/a\",\"x/b\"]", "{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"b\",\"image\":\"1\"}"));
    assert_non_null(value_put(a, &live, "metadata.uid", value_make_text(STR("u"))));
    struct value both =
        applied(a, &you, &live, POD(",\"finalizers\":[\"x/c\",\"x/b\"]", "{\"name\":\"c\",\"image\":\"1\"},{\"name\":\"b\",\"tty\":true}"));
    body_is(a, &both,
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"finalizers\":[\"x/a\","
            "\"x/c\",\"x/b\"],\"uid\":\"u\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},"
            "{\"name\":\"c\",\"image\":\"1\"},{\"name\":\"b\",\"image\":\"1\",\"tty\":true}]}}");
    owners_are(&both, "me/Apply@0 {\"f:metadata\":{\"f:finalizers\":{\"v:\\\"x/a\\\"\":{},\"v:\\\"x/b\\\"\":{}}},\"f:spec\":{"
                      "\"f:containers\":{\"k:{\\\"name\\\":\\\"a\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}},\"k:{\\\"name\\\""
                      ":\\\"b\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}\n"
                      "you/Apply@0 {\"f:metadata\":{\"f:finalizers\":{\"v:\\\"x/b\\\"\":{},\"v:\\\"x/c\\\"\":{}}},\"f:spec\":{"
                      "\"f:containers\":{\"k:{\\\"name\\\":\\\"b\\\"}\":{\".\":{},\"f:name\":{},\"f:tty\":{}},\"k:{\\\"name\\\":"
                      "\\\"c\\\"}\":{\".\":{},\"f:image\":{},\"f:name\":{}}}}}\n");
    /* An item goes when nobody names it any more; fields of a shared one go alone. */
    struct value less = applied(a, &me, &both, POD("", "{\"name\":\"a\",\"image\":\"1\"}"));
    body_is(a, &less,
            "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"finalizers\":[\"x/c\","
            "\"x/b\"],\"uid\":\"u\"},\"spec\":{\"containers\":[{\"name\":\"a\",\"image\":\"1\"},{\"name\":\"c\","
            "\"image\":\"1\"},{\"name\":\"b\",\"tty\":true}]}}");
    struct value out = {0}, twice = parse(a, POD("", "{\"name\":\"a\"},{\"name\":\"a\"}"));
    struct apply_conflict *conflicts;
    size_t n;
    struct err err = {{0}};
    assert_int_equal(apply_server_side(a, &me, NULL, &twice, &out, &conflicts, &n, &err), -EINVAL);
    assert_string_equal(err.text, "failed to create typed patch object (/p; /v1, Kind=Pod): .spec.containers: duplicate "
                                  "entries for key [name=\"a\"]");
    struct value strange = parse(a, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"},\"spec\":{"
                                    "\"containers\":[{\"name\":\"a\",\"imag\":\"x\"}]}}");
    assert_int_equal(apply_server_side(a, &me, NULL, &strange, &out, &conflicts, &n, &err), -EINVAL);
    assert_string_equal(err.text, "failed to create typed patch object (/p; /v1, Kind=Pod): "
                                  ".spec.containers[name=\"a\"].imag: field not declared in schema");
}

static void test_before_first_apply(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options me = options("v1", "ConfigMap", "me");
    struct value live = parse(a, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"uid\":\"u\"},"
                                 "\"data\":{\"a\":\"1\",\"b\":\"2\"}}");
    struct value out = applied(a, &me, &live,
                               "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},"
                               "\"data\":{\"a\":\"1\"}}");
    struct value *list = value_at(&out, "metadata.managedFields");
    assert_int_equal(value_count(list), 2);
    assert_str(value_text_at(value_item(list, 1), "manager"), "before-first-apply");
    assert_str(value_get(value_item(list, 1), STR("fieldsV1"))->text, "{\"f:data\":{\".\":{},\"f:a\":{},\"f:b\":{}}}");
    conflict_text(a, &me, &live, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"9\"}}",
                  "Apply failed with 1 conflict: conflict with \"before-first-apply\" using v1: .data.a");
    /* Not tracked so far: an update does not begin it. */
    struct value now = {0};
    assert_done(value_copy(a, &live, &now));
    assert_non_null(value_put(a, &now, "data.a", value_make_text(STR("7"))));
    tracked(a, &me, &live, &now);
    assert_null(value_at(&now, "metadata.managedFields"));
}

static void test_kubectl_takes_over(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options csa = options("v1", "ConfigMap", "kubectl-client-side-apply");
    struct apply_options ssa = options("v1", "ConfigMap", "kubectl");
    struct value live = parse(a, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"annotations\":{"
                                 "\"kubectl.kubernetes.io/last-applied-configuration\":\"{\\\"apiVersion\\\":\\\"v1\\\",\\\"kind\\\":"
                                 "\\\"ConfigMap\\\",\\\"metadata\\\":{\\\"name\\\":\\\"c\\\"},\\\"data\\\":{\\\"a\\\":\\\"1\\\"}}\"}},\"data\":{"
                                 "\"a\":\"1\"}}");
    tracked(a, &csa, NULL, &live);
    assert_non_null(value_put(a, &live, "metadata.uid", value_make_text(STR("u"))));
    struct value out = applied(a, &ssa, &live,
                               "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},"
                               "\"data\":{\"a\":\"2\"}}");
    assert_str(value_text_at(&out, "data.a"), "2");
    assert_str(value_text(value_get(value_at(&out, "metadata.annotations"), STR("kubectl.kubernetes.io/last-applied-configuration"))),
               "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"2\"}}\n");
}

static void test_many_updaters(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 16 << 20));
    struct apply_options o = options("v1", "ConfigMap", "m");
    struct value live = {0};
    for (int i = 0; i < 14; i++) {
        char name[16], key[24];
        struct value next = parse(a, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"}}");
        snprintf(name, sizeof(name), "m%02d", i);
        snprintf(key, sizeof(key), "data.k%02d", i);
        o.manager = str_of(name);
        o.now = NOW + i;
        if (i)
            assert_done(value_copy(a, &live, &next));
        assert_non_null(value_put(a, &next, "metadata.uid", value_make_text(STR("u"))));
        struct str stored;
        assert_done(arena_str(a, str_of(key), &stored));
        assert_non_null(value_put(a, &next, stored.p, value_make_text(STR("1"))));
        tracked(a, &o, i ? &live : NULL, &next);
        live = next;
    }
    struct value *list = value_at(&live, "metadata.managedFields");
    assert_int_equal(value_count(list), 10);
    assert_str(value_text_at(value_item(list, 0), "manager"), "ancient-changes");
    assert_str(value_get(value_item(list, 0), STR("fieldsV1"))->text,
               "{\"f:data\":{\".\":{},\"f:k00\":{},\"f:k01\":{},\"f:k02\":{},\"f:k03\":{},\"f:k04\":{}}}");
}

static void test_reset(void **state)
{
    (void)state;
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4 << 20));
    struct apply_options o = options("v1", "ConfigMap", "m");
    struct value live = parse(a, "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\",\"uid\":\"u\"},"
                                 "\"data\":{\"a\":\"1\"}}"),
                 now = {0};
    tracked(a, &o, NULL, &live);
    assert_done(value_copy(a, &live, &now));
    assert_non_null(value_put(a, &now, "metadata.managedFields", value_make_list()));
    struct value created = live;
    assert_done(value_copy(a, &live, &created));
    assert_non_null(value_put(a, &created, "metadata.uid", value_make_text(STR("u"))));
    tracked(a, &o, &created, &now);
    assert_null(value_at(&now, "metadata.managedFields"));
    /* A client that sends none does not take them away. */
    assert_done(value_copy(a, &created, &now));
    value_del(value_at(&now, "metadata"), STR("managedFields"));
    tracked(a, &o, &created, &now);
    assert_true(value_equal(&created, &now));
}

static int apply_failing(void *ctx)
{
    SCOPED(arena) a = NULL;
    struct value first, second, out, final, config[2];
    struct apply_conflict *conflicts;
    size_t n;
    (void)ctx;
    struct apply_options o = options("apps/v1", "Deployment", "me");
    int r = arena_new(&a, 4 << 20);
    if (r == 0)
        r = json_parse(a, STR(CONFIG("\"replicas\":1,\"template\":{\"spec\":{\"containers\":[{\"name\":\"a\"},{\"name\":\"b\"}]}}")), &config[0],
                       NULL);
    if (r == 0)
        r = json_parse(a, STR(CONFIG("\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\"},{\"name\":\"b\"}]}}")), &config[1], NULL);
    if (r == 0)
        r = apply_server_side(a, &o, NULL, &config[0], &first, &conflicts, &n, NULL);
    if (r == 0)
        r = apply_server_side(a, &o, &first, &config[1], &out, &conflicts, &n, NULL);
    second = (struct value){0};
    final = (struct value){0};
    if (r == 0)
        r = value_copy(a, &out, &second);
    if (r == 0 && !value_put(a, &second, "spec.paused", value_make_bool(true)))
        r = -ENOMEM;
    if (r == 0)
        r = apply_track_update(a, &o, &out, &second, NULL);
    return r ? r : value_copy(a, &second, &final);
}

static void test_no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(apply_failing, NULL);
}

/* ── random appliers: applying again changes nothing, and what nobody owns is not there ── */
static uint32_t dice_state = 7;
static uint32_t dice(uint32_t n)
{
    dice_state = dice_state * 1664525 + 1013904223;
    return (dice_state >> 8) % n;
}

static void random_config(struct buf *b)
{
    buf_text(b, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"labels\":{");
    const char *comma = "";
    for (int i = 0; i < 4; i++) {
        if (dice(2)) {
            buf_fmt(b, "%s\"l%d\":\"%u\"", comma, i, dice(2));
            comma = ",";
        }
    }
    buf_text(b, "}},\"spec\":{\"containers\":[{\"name\":\"always\"}");
    comma = ",";
    for (int i = 0; i < 4; i++) {
        if (dice(2)) {
            buf_fmt(b, "%s{\"name\":\"c%d\"", comma, i);
            if (dice(2))
                buf_fmt(b, ",\"image\":\"%u\"", dice(2));
            if (dice(2))
                buf_fmt(b, ",\"env\":[{\"name\":\"E%u\",\"value\":\"v\"}]", dice(3));
            buf_text(b, "}");
            comma = ",";
        }
    }
    buf_text(b, "]}}");
}

/* The fields of all owners written in another way, so that nobody's text can be taken for what he applies. */
static void respell(struct arena *a, struct value *tree)
{
    VALUE_EACH_ITEM (e, value_at(tree, "metadata.managedFields")) {
        struct value *fields = value_get(e, STR("fieldsV1"));
        fields->text = arena_fmt(a, "{ %.*s", STR_FMT(str_from(fields->text, 1)));
        assert_non_null(fields->text.p);
    }
}

/* The body of what comes out, and who owns what, as fieldsV1 is spelled by set_print(). */
static void shown(struct arena *a, const struct apply_options *o, const struct value *live, const char *config, struct buf *out)
{
    SCOPED_BUF was = BUF_INIT(0), is = BUF_INIT(0);
    json_print(&was, live);
    struct value made = applied(a, o, live, config);
    json_print(&is, live);
    assert_true(str_eq(buf_view(&was), buf_view(&is))); /* never written into */
    VALUE_EACH_ITEM (e, value_at(&made, "metadata.managedFields")) {
        struct str fields = value_get(e, STR("fieldsV1"))->text;
        assert_non_null(value_set(a, e, STR("fieldsV1"),
                                  value_make_raw(str_starts(fields, STR("{ ")) ? arena_fmt(a, "{%.*s", STR_FMT(str_from(fields, 2))) : fields)));
        value_del(e, STR("time"));
    }
    json_print(out, &made);
    assert_done(buf_error(out));
}

/* Whether the applier's fields are known by their text or read, and whether lists are merged item by item or woven: the same. */
static void test_ways(void **state)
{
    (void)state;
    static const char *const managers[] = {"x", "y"};
    for (int round = 0; round < 150; round++) {
        SCOPED(arena) a = NULL;
        struct value live = {0}, copy = {0};
        assert_done(arena_new(&a, 64 << 20));
        for (int i = 0; i < 6; i++) {
            SCOPED_BUF b = BUF_INIT(0), one = BUF_INIT(0), other = BUF_INIT(0);
            struct apply_options o = options("v1", "Pod", managers[dice(2)]);
            o.force = true;
            random_config(&b);
            if (i) {
                assert_done(value_copy(a, &live, &copy));
                respell(a, &copy);
                shown(a, &o, &live, buf_cstr(&b), &one);
                shown(a, &o, &copy, buf_cstr(&b), &other);
                if (!str_eq(buf_view(&one), buf_view(&other)))
                    fail_msg("%s\n%s\n%s", buf_cstr(&b), buf_cstr(&one), buf_cstr(&other));
            }
            struct value next = applied(a, &o, i ? &live : NULL, buf_cstr(&b));
            struct value again = applied(a, &o, &next, buf_cstr(&b));
            assert_true(value_same(&next, &again)); /* nothing changes, so it is the live object */
            live = next;
        }
    }
}

/* A new object is compared with nothing by a shorter way than one with an old, of which here all has gone. */
static void test_first(void **state)
{
    (void)state;
    static const struct {
        const char *version, *kind, *old, *now;
    } pairs[] = {
        {"v1", "Pod", "{\"metadata\":{\"generation\":3},\"spec\":{\"nodeName\":\"n\"},\"status\":{\"phase\":\"Failed\"}}", NULL},
        {"v1", "ConfigMap", "{\"metadata\":{\"generation\":3},\"immutable\":true}",
         "{\"kind\":\"ConfigMap\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"m\",\"namespace\":\"n\",\"uid\":\"\",\"resourceVersion\":\"\","
         "\"selfLink\":\"s\",\"labels\":{},\"annotations\":{\"a\":\"\"},\"finalizers\":[\"x/y\",\"a/"
         "b\"],\"odd\":1},\"data\":{\"b\":\"1\",\"a\":\"\"},"
         "\"odder\":{\"f\":[1]}}"},
        {"apps/v1", "Deployment", "{\"metadata\":{\"generation\":3},\"spec\":{\"minReadySeconds\":3,\"paused\":true},\"status\":{\"replicas\":1}}",
         "{\"metadata\":{\"name\":\"d\",\"creationTimestamp\":null},\"spec\":{\"replicas\":0,\"selector\":null,\"strategy\":{},\"template\":{"
         "\"metadata\":{\"creationTimestamp\":null,\"name\":\"t\"},\"spec\":{\"containers\":[{\"name\":\"c\",\"resources\":{}}]}}},"
         "\"status\":{\"replicas\":2,\"conditions\":[]}}"},
        {"v1", "Namespace", "{\"metadata\":{\"generation\":3}}", "{\"metadata\":{\"name\":\"n\"},\"spec\":{},\"status\":{}}"},
    };
    for (size_t i = 0; i < ARRAY_LEN(pairs); i++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 4 << 20));
        SCOPED_BUF text = BUF_INIT(0);
        SCOPED_BUF want = BUF_INIT(0);
        if (pairs[i].now)
            buf_text(&text, pairs[i].now);
        else
            random_config(&text);
        for (int sub = 0; sub < 2; sub++) {
            struct apply_options o = options(pairs[i].version, pairs[i].kind, "me");
            o.subresource = sub ? STR("status") : STR("");
            struct value old = parse(a, pairs[i].old), first = parse(a, buf_cstr(&text)), second = parse(a, buf_cstr(&text));
            tracked(a, &o, NULL, &first);
            tracked(a, &o, &old, &second);
            buf_clear(&want);
            owners_show(&second, &want);
            owners_are(&first, buf_cstr(&want));
        }
    }
}

/* Objects made alike are answered from what was kept of the last ones: the same as by the longer way, whatever differs between them. */
static void test_alike(void **state)
{
    (void)state;
    static const char *const counts[] = {"0", "3", "4"}, *const names[] = {"c", "d", "a-longer-name"},
                             *const labels[] = {"{}", "{\"a\":\"\"}", "{\"a\":\"b\"}"}, *const policies[] = {"\"\"", "\"Always\"", "null"},
                             *const sizes[] = {"\"0\"", "\"100m\""};
    struct apply_options o = options("apps/v1", "Deployment", "me");
    for (int round = 0; round < 400; round++) {
        SCOPED(arena) a = NULL;
        SCOPED_BUF text = BUF_INIT(0), want = BUF_INIT(0);
        assert_done(arena_new(&a, 4 << 20));
        buf_fmt(&text,
                "{\"metadata\":{\"name\":\"%s\",\"labels\":%s},\"spec\":{\"replicas\":%s,\"minReadySeconds\":%s,\"template\":{\"spec\":{"
                "\"restartPolicy\":%s,\"containers\":[{\"name\":\"%s\",\"resources\":{\"requests\":{\"cpu\":%s}},\"ports\":[{\"containerPort\":8%s}]}"
                "]}}}}",
                names[dice(3)], labels[dice(3)], counts[dice(3)], counts[dice(3)], policies[dice(3)], names[dice(3)], sizes[dice(2)],
                counts[dice(3)]);
        struct value old = parse(a, "{\"metadata\":{\"generation\":3}}"), first = parse(a, buf_cstr(&text)), again = parse(a, buf_cstr(&text)),
                     second = parse(a, buf_cstr(&text));
        tracked(a, &o, NULL, &first);
        tracked(a, &o, NULL, &again); /* known by now */
        tracked(a, &o, &old, &second);
        owners_show(&second, &want);
        owners_are(&first, buf_cstr(&want));
        owners_are(&again, buf_cstr(&want));
    }
}

static void test_random(void **state)
{
    (void)state;
    static const char *const managers[] = {"x", "y", "z"};
    for (int round = 0; round < 60; round++) {
        SCOPED(arena) a = NULL;
        assert_done(arena_new(&a, 64 << 20));
        struct value live = {0};
        for (int i = 0; i < 12; i++) {
            SCOPED_BUF b = BUF_INIT(0);
            struct apply_options o = options("v1", "Pod", managers[dice(3)]);
            o.force = true;
            random_config(&b);
            struct value out = applied(a, &o, i ? &live : NULL, buf_cstr(&b));
            assert_non_null(value_put(a, &out, "metadata.uid", value_make_text(STR("u"))));
            o.now = NOW + i;
            o.force = false;
            struct value again = applied(a, &o, &out, buf_cstr(&b));
            if (!value_equal(&out, &again))
                fail_msg("applying %s again changed something", buf_cstr(&b));
            live = out;
        }
        for (int i = 0; i < 3; i++) { /* everybody gives up everything */
            struct apply_options o = options("v1", "Pod", managers[i]);
            live = applied(a, &o, &live, "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\"}}");
        }
        assert_int_equal(value_count(value_at(&live, "spec.containers")), 0);
        assert_int_equal(value_count(value_at(&live, "metadata.labels")), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_create),
        cmocka_unit_test(test_apply_again),
        cmocka_unit_test(test_give_up_annotations),
        cmocka_unit_test(test_conflicts),
        cmocka_unit_test(test_lists),
        cmocka_unit_test(test_before_first_apply),
        cmocka_unit_test(test_kubectl_takes_over),
        cmocka_unit_test(test_many_updaters),
        cmocka_unit_test(test_reset),
        cmocka_unit_test(test_ways),
        cmocka_unit_test(test_first),
        cmocka_unit_test(test_alike),
        cmocka_unit_test(test_random),
        cmocka_unit_test(test_no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
