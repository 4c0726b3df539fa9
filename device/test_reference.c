/* The allocator against a plain one that tries everything, on random small machines; and a long random life in which nothing is ever
 * taken twice. The plain one knows devices as a few numbers, never a tree, an expression or a pool. */
#include "device/device.h"
#include "json/json.h"
#include "object/object.h"
#include "tests/unit.h"

#define DEVICES  7
#define CLAIMS   2
#define REQUESTS 3
#define WAYS     2
#define PICKS    32
#ifdef __SANITIZE_ADDRESS__ /* a step costs thirty times as much */
#define LIFE   10000
#define ROUNDS 2000
#else
#define LIFE   1000000
#define ROUNDS 20000
#endif

struct plain_device {
    int pool, model, numa, mem; /* -1: it has none */
    bool multi, tainted;
    int values;      /* 0: any amount, 1: 2 or 4, 2: from 1 by steps of 2 */
    int counters[2]; /* what it takes of its pool's */
    int held, shares, used;
};
struct plain_way {
    int selector; /* 0 none, 1 model a, 2 mem ≥ 4 */
    int count;    /* 0: all */
    bool admin, tolerates;
    int mem; /* 0: not asked for */
};
struct plain_request {
    int n;
    bool ranked;
    struct plain_way ways[WAYS];
};
struct plain_claim {
    int n, constraint, of; /* 0 none, 1 the same numa, 2 each another; of: -1 all requests, else one */
    struct plain_request requests[REQUESTS];
};
struct plain {
    int n, n_claims;
    struct plain_device devices[DEVICES];
    int counters[2][2], used[2][2];
    struct plain_claim claims[CLAIMS];
    struct {
        int device, request, way;
    } picks[CLAIMS][PICKS];
    int n_picks[CLAIMS];
};

static uint64_t dice = 1;
static int roll(int n)
{
    dice = dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (int)((dice >> 33) % (unsigned)n);
}

/* ── the plain allocator ── */

static int taken_mem(const struct plain_device *d, int asked)
{
    int n = asked ? asked : d->values == 1 ? 2 : d->values == 2 ? 1 : d->mem;
    if (!asked)
        return n;
    if (d->values == 1)
        return n <= 2 ? 2 : n <= 4 ? 4 : -1;
    if (d->values == 2)
        return n < 1 ? 1 : (n - 1) % 2 ? n + 1 : n;
    return n;
}

static bool selects(const struct plain_way *w, const struct plain_device *d)
{
    if (d->tainted && !w->tolerates)
        return false;
    return w->selector == 0 || (w->selector == 1 && d->model == 0) || (w->selector == 2 && d->mem >= 4);
}

static bool everything_fits(const struct plain *p)
{
    int mem[DEVICES] = {0}, takes[DEVICES] = {0}, sum[2][2];
    memcpy(sum, p->used, sizeof(sum));
    for (int c = 0; c < p->n_claims; c++)
        for (int i = 0; i < p->n_picks[c]; i++) {
            const struct plain_way *w = &p->claims[c].requests[p->picks[c][i].request].ways[p->picks[c][i].way];
            int at = p->picks[c][i].device;
            const struct plain_device *d = &p->devices[at];
            for (int k = 0; k < i; k++)
                if (p->picks[c][k].device == at && !d->multi)
                    return false; /* twice in one claim */
            if (w->admin)
                continue;
            if (w->mem && (d->mem < 0 || taken_mem(d, w->mem) < 0 || taken_mem(d, w->mem) > d->mem))
                return false;
            if (!takes[at] && !d->held && !d->shares)
                for (int k = 0; k < 2; k++)
                    sum[d->pool][k] += d->counters[k];
            takes[at]++;
            if (d->multi && d->mem >= 0)
                mem[at] += taken_mem(d, w->mem);
            if (d->held || (!d->multi && (takes[at] > 1 || d->shares)))
                return false;
            if (d->multi && d->mem >= 0 && mem[at] + d->used > d->mem)
                return false;
        }
    for (int k = 0; k < 2; k++)
        if (sum[0][k] > p->counters[0][k] || sum[1][k] > p->counters[1][k])
            return false;
    for (int c = 0; c < p->n_claims; c++) {
        const struct plain_claim *q = &p->claims[c];
        for (int i = 0; q->constraint && i < p->n_picks[c]; i++) {
            if (q->of >= 0 && p->picks[c][i].request != q->of)
                continue;
            int numa = p->devices[p->picks[c][i].device].numa;
            if (numa < 0)
                return false;
            for (int k = 0; k < i; k++) {
                bool same = numa == p->devices[p->picks[c][k].device].numa;
                if ((q->of < 0 || p->picks[c][k].request == q->of) && same == (q->constraint == 2))
                    return false;
            }
        }
    }
    return true;
}

static bool plain_claim(struct plain *p, int c);
static bool plain_request(struct plain *p, int c, int i);

static bool plain_pick(struct plain *p, int c, int i, int way, int have)
{
    const struct plain_way *w = &p->claims[c].requests[i].ways[way];
    if (w->count == 0) {
        int n = p->n_picks[c];
        for (int d = 0; d < p->n; d++)
            if (selects(w, &p->devices[d]) &&
                !(w->mem && !p->devices[d].multi &&
                  (p->devices[d].mem < 0 || taken_mem(&p->devices[d], w->mem) < 0 || taken_mem(&p->devices[d], w->mem) > p->devices[d].mem))) {
                p->picks[c][p->n_picks[c]].device = d;
                p->picks[c][p->n_picks[c]].request = i;
                p->picks[c][p->n_picks[c]++].way = way;
            }
        if (p->n_picks[c] > n && everything_fits(p) && plain_request(p, c, i + 1))
            return true;
        p->n_picks[c] = n;
        return false;
    }
    if (have == w->count)
        return plain_request(p, c, i + 1);
    for (int d = 0; d < p->n; d++) {
        if (!selects(w, &p->devices[d]))
            continue;
        p->picks[c][p->n_picks[c]].device = d;
        p->picks[c][p->n_picks[c]].request = i;
        p->picks[c][p->n_picks[c]++].way = way;
        /* of one request no device twice, shared or not: they are taken in order */
        bool again = false;
        for (int k = 0; k < p->n_picks[c] - 1; k++)
            again = again || (p->picks[c][k].request == i && p->picks[c][k].device >= d);
        if (!again && everything_fits(p) && plain_pick(p, c, i, way, have + 1))
            return true;
        p->n_picks[c]--;
    }
    return false;
}

static bool plain_request(struct plain *p, int c, int i)
{
    if (i == p->claims[c].n)
        return plain_claim(p, c + 1);
    for (int way = 0; way < p->claims[c].requests[i].n; way++)
        if (plain_pick(p, c, i, way, 0))
            return true;
    return false;
}

static bool plain_claim(struct plain *p, int c)
{
    return c == p->n_claims || plain_request(p, c, 0);
}

/* ── random ones ── */

static void make_devices(struct plain *p)
{
    memset(p, 0, sizeof(*p));
    p->n = 2 + roll(DEVICES - 1);
    for (int i = 0; i < p->n; i++) {
        struct plain_device *d = &p->devices[i];
        *d = (struct plain_device){.pool = roll(2), .model = roll(3) - 1, .numa = roll(3) - 1, .mem = roll(4) ? 2 + 2 * roll(3) : -1};
        d->multi = roll(4) == 0;
        d->tainted = roll(6) == 0;
        d->values = d->mem >= 0 ? roll(3) : 0;
        for (int k = 0; k < 2; k++)
            d->counters[k] = roll(2) ? 0 : roll(3);
    }
    for (int i = 0; i < 4; i++)
        p->counters[i / 2][i % 2] = 1 + roll(6);
}

static void make_way(struct plain_way *w)
{
    *w = (struct plain_way){.selector = roll(3), .count = roll(6) ? 1 + roll(2) : 0, .admin = roll(10) == 0, .tolerates = roll(3) == 0};
    w->mem = roll(3) ? 0 : 1 + roll(5);
}

static void make_claims(struct plain *p, int most)
{
    p->n_claims = 1 + roll(most);
    memset(p->n_picks, 0, sizeof(p->n_picks));
    for (int c = 0; c < p->n_claims; c++) {
        struct plain_claim *q = &p->claims[c];
        q->n = 1 + roll(p->n_claims == 1 ? REQUESTS : 2);
        q->constraint = roll(4) ? 0 : 1 + roll(2);
        q->of = roll(2) ? -1 : roll(q->n);
        for (int i = 0; i < q->n; i++) {
            q->requests[i].ranked = roll(3) == 0;
            q->requests[i].n = q->requests[i].ranked ? WAYS : 1;
            for (int w = 0; w < q->requests[i].n; w++) {
                make_way(&q->requests[i].ways[w]);
                if (q->requests[i].ranked)
                    q->requests[i].ways[w].admin = false;
            }
        }
    }
}

/* ── as trees ── */

static void print_device(struct buf *b, const struct plain_device *d, int i)
{
    static const char *const policies[] = {"", ",\"requestPolicy\":{\"default\":\"2\",\"validValues\":[\"2\",\"4\"]}",
                                           ",\"requestPolicy\":{\"default\":\"1\",\"validRange\":{\"min\":\"1\",\"step\":\"2\"}}"};
    buf_fmt(b, "{\"name\":\"d%d\",\"attributes\":{\"free\":{\"bool\":true}", i);
    if (d->model >= 0)
        buf_fmt(b, ",\"model\":{\"string\":\"%s\"}", d->model ? "b" : "a");
    if (d->numa >= 0)
        buf_fmt(b, ",\"d.io/numa\":{\"int\":%d}", d->numa);
    buf_text(b, "}");
    if (d->mem >= 0)
        buf_fmt(b, ",\"capacity\":{\"mem\":{\"value\":\"%d\"%s}}", d->mem, policies[d->values]);
    buf_fmt(b, ",\"consumesCounters\":[{\"counterSet\":\"s\",\"counters\":{\"x\":{\"value\":\"%d\"},\"y\":{\"value\":\"%d\"}}}]", d->counters[0],
            d->counters[1]);
    if (d->multi)
        buf_text(b, ",\"allowMultipleAllocations\":true");
    if (d->tainted)
        buf_text(b, ",\"taints\":[{\"key\":\"bad\",\"effect\":\"NoSchedule\"}]");
    buf_text(b, "}");
}

static struct value *tree_of(struct arena *a, struct buf *b)
{
    struct value *v = arena_alloc(a, sizeof(*v));
    struct err err = {{0}};
    assert_int_equal(buf_error(b), 0);
    assert_non_null(v);
    if (json_parse(a, buf_view(b), v, &err) < 0)
        fail_msg("%s: %s", err.text, buf_cstr(b));
    return v;
}

static void publish(struct device_store *s, const struct plain *p)
{
    SCOPED(arena) a = NULL;
    struct str reach;
    assert_done(arena_new(&a, 1u << 20));
    for (int pool = 0; pool < 2; pool++) {
        SCOPED_BUF b = BUF_INIT(0), k = BUF_INIT(0);
        buf_fmt(
            &k,
            "{\"metadata\":{\"name\":\"counters-%d\"},\"spec\":{\"driver\":\"d.io\",\"nodeName\":\"n\",\"pool\":{\"name\":\"p%d\",\"generation\":1,"
            "\"resourceSliceCount\":2},\"sharedCounters\":[{\"name\":\"s\",\"counters\":{\"x\":{\"value\":\"%d\"},\"y\":{\"value\":\"%d\"}}}]}}",
            pool, pool, p->counters[pool][0], p->counters[pool][1]);
        assert_done(device_slice_put(s, tree_of(a, &k), &reach));
        buf_fmt(&b,
                "{\"metadata\":{\"name\":\"slice-%d\"},\"spec\":{\"driver\":\"d.io\",\"nodeName\":\"n\",\"pool\":{\"name\":\"p%d\",\"generation\":1,"
                "\"resourceSliceCount\":2},\"devices\":[",
                pool, pool);
        bool first = true;
        for (int i = 0; i < p->n; i++)
            if (p->devices[i].pool == pool) {
                buf_text(&b, first ? "" : ",");
                first = false;
                print_device(&b, &p->devices[i], i);
            }
        buf_text(&b, "]}}");
        assert_done(device_slice_put(s, tree_of(a, &b), &reach));
        if (reach.p) /* p NULL: it is there already */
            assert_str(reach, "n");
    }
}

static void print_way(struct buf *b, const struct plain_way *w, bool ranked, int n)
{
    static const char *const selectors[] = {
        "", ",\"selectors\":[{\"cel\":{\"expression\":\"'model' in device.attributes['d.io'] && device.attributes['d.io'].model == 'a'\"}}]",
        (",\"selectors\":[{\"cel\":{\"expression\":\"'mem' in device.capacity['d.io'] && device.capacity['d.io'].mem.compareTo(quantity('4')) >= "
         "0\"}}]")};
    buf_text(b, "{");
    if (ranked)
        buf_fmt(b, "\"name\":\"w%d\",", n);
    buf_fmt(b, "\"deviceClassName\":\"c\"%s", selectors[w->selector]);
    if (w->count)
        buf_fmt(b, ",\"allocationMode\":\"ExactCount\",\"count\":%d", w->count);
    else
        buf_text(b, ",\"allocationMode\":\"All\"");
    if (w->admin)
        buf_text(b, ",\"adminAccess\":true");
    if (w->tolerates)
        buf_text(b, ",\"tolerations\":[{\"key\":\"bad\",\"operator\":\"Exists\"}]");
    if (w->mem)
        buf_fmt(b, ",\"capacity\":{\"requests\":{\"mem\":\"%d\"}}", w->mem);
    buf_text(b, "}");
}

static struct value *claim_tree(struct arena *a, const struct plain_claim *q)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "{\"requests\":[");
    for (int i = 0; i < q->n; i++) {
        const struct plain_request *r = &q->requests[i];
        buf_fmt(&b, "%s{\"name\":\"r%d\",\"%s\":%s", i ? "," : "", i, r->ranked ? "firstAvailable" : "exactly", r->ranked ? "[" : "");
        for (int w = 0; w < r->n; w++) {
            buf_text(&b, w ? "," : "");
            print_way(&b, &r->ways[w], r->ranked, w);
        }
        buf_fmt(&b, "%s}", r->ranked ? "]" : "");
    }
    buf_text(&b, "]");
    if (q->constraint) {
        buf_fmt(&b, ",\"constraints\":[{\"%s\":\"d.io/numa\"", q->constraint == 1 ? "matchAttribute" : "distinctAttribute");
        if (q->of >= 0)
            buf_fmt(&b, ",\"requests\":[\"r%d\"]", q->of);
        buf_text(&b, "}]");
    }
    buf_text(&b, "}");
    return tree_of(a, &b);
}

static void put_class(struct device_store *s)
{
    SCOPED(arena) a = NULL;
    SCOPED_BUF b = BUF_INIT(0);
    assert_done(arena_new(&a, 1u << 20));
    buf_text(&b, "{\"metadata\":{\"name\":\"c\"},\"spec\":{\"selectors\":[{\"cel\":{\"expression\":\"device.driver == 'd.io' && "
                 "device.attributes['d.io'].free\"}}]}}");
    assert_done(device_class_put(s, tree_of(a, &b)));
}

static bool no_label(void *ctx, struct str key, struct str *value)
{
    (void)ctx;
    (void)key;
    (void)value;
    return false;
}
static const struct device_node node = {.name = STR_INIT("n"), .label = no_label};

/* Puts what a result tree says among the plain picks, to be judged by plain rules. */
static void picks_of(struct plain *p, int c, const struct value *allocation)
{
    p->n_picks[c] = 0;
    VALUE_EACH_ITEM (x, value_at(allocation, "devices.results")) {
        struct str request = value_text_at(x, "request"), way;
        int64_t d, r, w = 0;
        assert_done(str_to_int(str_from(value_text_at(x, "device"), 1), &d));
        if (str_cut(request, '/', &request, &way))
            assert_done(str_to_int(str_from(way, 1), &w));
        assert_done(str_to_int(str_from(request, 1), &r));
        p->picks[c][p->n_picks[c]].device = (int)d;
        p->picks[c][p->n_picks[c]].request = (int)r;
        p->picks[c][p->n_picks[c]++].way = (int)w;
        assert_true(selects(&p->claims[c].requests[r].ways[w], &p->devices[d]));
    }
}

static bool ask(struct device_store *s, struct plain *p, struct arena *a, struct value out[CLAIMS])
{
    struct device_ask *asks[CLAIMS];
    static struct device_choice choices[CLAIMS];
    const char *why = NULL;
    for (int c = 0; c < p->n_claims; c++)
        assert_done(device_ask_get(s, claim_tree(a, &p->claims[c]), &asks[c]));
    int r = device_find(s, asks, (size_t)p->n_claims, &node, choices, &why);
    if (r)
        assert_string_equal(why, "cannot allocate all claims");
    for (int c = 0; c < p->n_claims; c++) {
        if (r == 0)
            assert_done(device_choice_tree(s, a, asks[c], &choices[c], &node, &out[c]));
        device_ask_unref(s, asks[c]);
    }
    assert_null(device_check(s));
    return r == 0;
}

static void agrees(void **state)
{
    (void)state;
    size_t found = 0, rounds = ROUNDS;
    for (size_t i = 0; i < rounds; i++) {
        SCOPED(arena) a = NULL;
        struct plain p;
        struct device_store *s;
        struct value got[CLAIMS];
        dice = i * 7919 + 1;
        assert_done(arena_new(&a, 1u << 22));
        assert_done(device_store_new(&s, i));
        make_devices(&p);
        make_claims(&p, CLAIMS);
        put_class(s);
        publish(s, &p);
        bool mine = ask(s, &p, a, got), theirs = plain_claim(&p, 0);
        if (mine != theirs)
            fail_msg("round %zu: %s, the plain allocator says %s", i, mine ? "found" : "none", theirs ? "found" : "none");
        for (int c = 0; mine && c < p.n_claims; c++)
            picks_of(&p, c, &got[c]);
        if (mine && !everything_fits(&p))
            fail_msg("round %zu: what was chosen does not fit", i);
        found += mine;
        device_store_free(s);
    }
    assert_in_range(found, rounds / 5, rounds * 4 / 5); /* neither answer is rare */
}

/* ── a long life ── */

#define LIVING 6
struct living {
    struct device_hold *hold;
    int n;
    struct {
        int device, mem;
        bool multi;
    } items[PICKS];
};

static void plain_hold(struct plain *p, struct living *l, int sign)
{
    for (int i = 0; i < l->n; i++) {
        struct plain_device *d = &p->devices[l->items[i].device];
        bool idle = !d->held && !d->shares;
        if (l->items[i].multi)
            d->shares += sign;
        else
            d->held += sign;
        d->used += sign * l->items[i].mem;
        for (int k = 0; k < 2 && (sign > 0 ? idle : !d->held && !d->shares); k++)
            p->used[d->pool][k] += sign * d->counters[k];
    }
}

static void plain_check(const struct plain *p)
{
    for (int i = 0; i < p->n; i++) {
        const struct plain_device *d = &p->devices[i];
        assert_true(d->held >= 0 && d->shares >= 0 && d->held <= 1 && (d->multi || d->shares == 0));
        assert_true(d->mem < 0 || d->used <= d->mem);
    }
    for (int i = 0; i < 4; i++)
        assert_true(p->used[i / 2][i % 2] >= 0 && p->used[i / 2][i % 2] <= p->counters[i / 2][i % 2]);
}

static void begin(struct device_store *s, struct plain *p, struct living *l)
{
    SCOPED(arena) a = NULL;
    struct value got[CLAIMS];
    assert_done(arena_new(&a, 1u << 22));
    make_claims(p, 1);
    if (!ask(s, p, a, got))
        return;
    picks_of(p, 0, &got[0]);
    assert_true(everything_fits(p));
    l->n = 0;
    for (int i = 0; i < p->n_picks[0]; i++) {
        const struct plain_way *w = &p->claims[0].requests[p->picks[0][i].request].ways[p->picks[0][i].way];
        const struct plain_device *d = &p->devices[p->picks[0][i].device];
        if (w->admin)
            continue;
        l->items[l->n].device = p->picks[0][i].device;
        l->items[l->n].multi = d->multi;
        l->items[l->n++].mem = d->multi && d->mem >= 0 ? taken_mem(d, w->mem) : 0;
    }
    assert_done(device_hold(s, &got[0], &l->hold));
    plain_hold(p, l, 1);
    p->n_picks[0] = 0;
}

/* Slices go and come again, with the same devices: what is taken stays taken. */
static void blink(struct device_store *s, const struct plain *p)
{
    struct str reach;
    device_slice_del(s, roll(2) ? STR("slice-0") : STR("counters-1"), &reach);
    assert_null(device_check(s));
    publish(s, p);
}

static void lives(void **state)
{
    (void)state;
    struct plain p;
    struct device_store *s;
    struct living all[LIVING];
    size_t steps = getenv("DEVICE_LIFE") ? (size_t)atol(getenv("DEVICE_LIFE")) : LIFE;
    struct living none = {0};
    for (int i = 0; i < LIVING; i++)
        all[i] = none;
    for (size_t i = 0; i < steps; i++) {
        if (i % 5000 == 0) {
            dice = i + 3;
            assert_done(device_store_new(&s, i));
            make_devices(&p);
            put_class(s);
            publish(s, &p);
        }
        struct living *l = &all[roll(LIVING)];
        if (roll(400) == 0) {
            blink(s, &p);
        } else if (l->hold) {
            plain_hold(&p, l, -1);
            device_release(s, TAKE(l->hold));
        } else {
            begin(s, &p, l);
        }
        plain_check(&p);
        const char *bad = device_check(s);
        if (bad)
            fail_msg("step %zu: %s", i, bad);
        if (i % 5000 == 4999 || i + 1 == steps) {
            for (int k = 0; k < LIVING; k++)
                device_release(s, TAKE(all[k].hold));
            device_store_free(s);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(agrees), cmocka_unit_test(lives)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
