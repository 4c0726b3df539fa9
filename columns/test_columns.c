#include "columns/columns.h"
#include "json/json.h"
#include "tests/unit.h"

#define NOW 1700000000 /* 2023-11-14T22:13:20Z */

static struct value parse(struct arena *a, const char *text)
{
    struct value v = {0};
    struct err err = {{0}};
    if (json_parse(a, str_of(text), &v, &err) < 0)
        fail_msg("%s: %s", text, err.text);
    return v;
}

static int line(struct arena *a, const struct schema_kind *kind, const struct value *v, struct buf *b)
{
    size_t n;
    columns_of(kind, &n);
    struct value *cells = arena_alloc(a, n * sizeof(*cells));
    int r = cells ? columns_cells(a, kind, v, NOW, cells) : -ENOMEM;
    for (size_t i = 0; r == 0 && i < n; i++) {
        buf_text(b, i ? " | " : "");
        if (cells[i].type == VALUE_TEXT)
            buf_str(b, cells[i].text);
        else
            json_print(b, &cells[i]);
    }
    return r;
}

/* All cells of a line, wide ones too. */
static void shown(const char *text, const char *want)
{
    struct arena *a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(arena_new(&a, 1 << 22));
    struct value v = parse(a, text);
    const struct schema_kind *k = schema_kind_parse(value_text_at(&v, "apiVersion"), value_text_at(&v, "kind"));
    assert_non_null(k);
    assert_done(line(a, k, &v, &b));
    assert_string_equal(buf_cstr(&b), want);
    arena_free(a);
}

static void heads_are(const char *api_version, const char *kind, const char *want)
{
    size_t n;
    const struct column *c = columns_of(schema_kind_parse(str_of(api_version), str_of(kind)), &n);
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s%s", i ? " | " : "", STR_FMT(c[i].name), c[i].priority ? "*" : "");
    assert_string_equal(buf_cstr(&b), want);
}

static void durations(void **state)
{
    (void)state;
    static const struct {
        int64_t seconds;
        const char *want;
    } cases[] = {{-5, "<invalid>"}, {-1, "0s"},       {0, "0s"},      {119, "119s"},    {120, "2m"},         {199, "3m19s"},
                 {600, "10m"},      {10799, "179m"},  {10800, "3h"},  {11000, "3h3m"},  {28800, "8h"},       {172799, "47h"},
                 {172800, "2d"},    {180000, "2d2h"}, {691200, "8d"}, {63072000, "2y"}, {65000000, "2y22d"}, {252288000, "8y"}};
    for (size_t i = 0; i < ARRAY_LEN(cases); i++) {
        char out[32];
        columns_duration(cases[i].seconds, out);
        assert_string_equal(out, cases[i].want);
    }
}

static void heads(void **state)
{
    (void)state;
    heads_are("v1", "Pod", "Name | Ready | Status | Restarts | Age | IP* | Node* | Nominated Node* | Readiness Gates*");
    heads_are("apps/v1", "Deployment", "Name | Ready | Up-to-date | Available | Age | Containers* | Images* | Selector*");
    heads_are("v1", "Service", "Name | Type | Cluster-IP | External-IP | Port(s) | Age | Selector*");
    heads_are("v1", "Node",
              "Name | Status | Roles | Age | Version | Internal-IP* | External-IP* | OS-Image* | Kernel-Version* | "
              "Container-Runtime*");
    heads_are("batch/v1", "Job", "Name | Status | Completions | Duration | Age | Containers* | Images* | Selector*");
}

#define META              "\"metadata\":{\"name\":\"x\",\"creationTimestamp\":\"2023-11-14T22:11:20Z\"}"
#define POD(spec, status) "{\"apiVersion\":\"v1\",\"kind\":\"Pod\"," META ",\"spec\":{" spec "},\"status\":{" status "}}"
#define ONE               "\"containers\":[{\"name\":\"c\"}]"

static void pods(void **state)
{
    (void)state;
    shown(POD(ONE, "\"phase\":\"Pending\""), "x | 0/1 | Pending | 0 | 2m | <none> | <none> | <none> | <none>");
    shown(POD("\"nodeName\":\"n\"," ONE, "\"phase\":\"Running\",\"podIP\":\"10.0.0.1\",\"podIPs\":[{\"ip\":\"10.0.0.1\"}],\"containerStatuses\":"
                                         "[{\"name\":\"c\",\"ready\":true,\"restartCount\":2,\"state\":{\"running\":{}},\"lastState\":"
                                         "{\"terminated\":{\"finishedAt\":\"2023-11-14T22:12:20Z\"}}}],\"conditions\":[{\"type\":\"Ready\","
                                         "\"status\":\"True\"}]"),
          "x | 1/1 | Running | 2 (60s ago) | 2m | 10.0.0.1 | n | <none> | <none>");
    shown(POD(ONE, "\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"c\",\"restartCount\":0,\"state\":"
                   "{\"waiting\":{\"reason\":\"CrashLoopBackOff\"}}}]"),
          "x | 0/1 | CrashLoopBackOff | 0 | 2m | <none> | <none> | <none> | <none>");
    shown(POD(ONE, "\"phase\":\"Failed\",\"containerStatuses\":[{\"name\":\"c\",\"restartCount\":0,\"state\":"
                   "{\"terminated\":{\"exitCode\":3}}}]"),
          "x | 0/1 | ExitCode:3 | 0 | 2m | <none> | <none> | <none> | <none>");
    shown(POD(ONE ",\"initContainers\":[{\"name\":\"i\"},{\"name\":\"j\"}]",
              "\"phase\":\"Pending\",\"initContainerStatuses\":[{\"name\":\"i\",\"state\":{\"terminated\":"
              "{\"exitCode\":0}}},{\"name\":\"j\",\"state\":{\"running\":{}}}]"),
          "x | 0/1 | Init:1/2 | 0 | 2m | <none> | <none> | <none> | <none>");
    shown("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"x\",\"deletionTimestamp\":"
          "\"2023-11-14T22:11:20Z\"},\"spec\":{" ONE "},\"status\":{\"phase\":\"Running\"}}",
          "x | 0/1 | Terminating | 0 | <unknown> | <none> | <none> | <none> | <none>");
}

static void others(void **state)
{
    (void)state;
    shown("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\"," META ",\"spec\":{\"replicas\":3,\"selector\":"
          "{\"matchLabels\":{\"a\":\"b\"}},\"template\":{\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"i\"},"
          "{\"name\":\"d\",\"image\":\"j\"}]}}},\"status\":{\"readyReplicas\":1,\"updatedReplicas\":2,"
          "\"availableReplicas\":1}}",
          "x | 1/3 | 2 | 1 | 2m | c,d | i,j | a=b");
    shown("{\"apiVersion\":\"v1\",\"kind\":\"Service\"," META ",\"spec\":{\"type\":\"NodePort\",\"clusterIP\":"
          "\"10.96.0.7\",\"clusterIPs\":[\"10.96.0.7\"],\"ports\":[{\"port\":80,\"nodePort\":30080,\"protocol\":"
          "\"TCP\"},{\"port\":53,\"protocol\":\"UDP\"}],\"selector\":{\"a\":\"b\"}}}",
          "x | NodePort | 10.96.0.7 | <none> | 80:30080/TCP,53/UDP | 2m | a=b");
    shown("{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"x\",\"creationTimestamp\":"
          "\"2023-11-14T22:11:20Z\",\"labels\":{\"node-role.kubernetes.io/control-plane\":\"\"}},\"spec\":"
          "{\"unschedulable\":true},\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\"}],"
          "\"addresses\":[{\"type\":\"InternalIP\",\"address\":\"10.0.0.1\"}],\"nodeInfo\":{\"kubeletVersion\":"
          "\"v1.30.0\",\"osImage\":\"o\",\"kernelVersion\":\"k\",\"containerRuntimeVersion\":\"c://1\"}}}",
          "x | Ready,SchedulingDisabled | control-plane | 2m | v1.30.0 | 10.0.0.1 | <none> | o | k | c://1");
    shown("{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\"," META ",\"data\":{\"a\":\"b\"},\"binaryData\":{\"c\":\"\"}}", "x | 2 | 2m");
    shown("{\"apiVersion\":\"v1\",\"kind\":\"Namespace\"," META ",\"status\":{\"phase\":\"Active\"}}", "x | Active | 2m");
}

static int starve(void *ctx)
{
    (void)ctx;
    struct arena *a = NULL;
    struct value v = {0};
    struct err err = {{0}};
    SCOPED_BUF b = BUF_INIT(0);
    int r = arena_new(&a, 1 << 22);
    if (r < 0)
        return r;
    r = json_parse(a, STR(POD(ONE, "\"phase\":\"Running\"")), &v, &err);
    if (r == 0)
        r = line(a, schema_kind_parse(STR("v1"), STR("Pod")), &v, &b);
    arena_free(a);
    return r < 0 ? r : buf_error(&b);
}

static void no_memory(void **state)
{
    (void)state;
    unit_fail_allocations(starve, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations), cmocka_unit_test(heads), cmocka_unit_test(pods), cmocka_unit_test(others), cmocka_unit_test(no_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
