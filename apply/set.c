#include "apply/inside.h"

/* ── order of parts ── */
static int kind_rank(char kind)
{
    return kind == 'f' ? 0 : kind == 'k' ? 1 : kind == 'v' ? 2 : 3;
}

/* One JSON scalar at the front of *s, taken off it. */
static struct str scalar_take(struct str *s)
{
    size_t n = 0;
    if (s->n && s->p[0] == '"') {
        for (n = 1; n < s->n && s->p[n] != '"'; n++)
            n += s->p[n] == '\\';
        n = MIN(n + 1, s->n);
    } else {
        while (n < s->n && s->p[n] != ',' && s->p[n] != '}' && s->p[n] != ':')
            n++;
    }
    struct str token = str_head(*s, n);
    *s = str_make(s->n > n ? s->p + n : NULL, s->n - n);
    return token;
}

/* Upstream's order of worths: numbers, texts, booleans, the rest. */
static int scalar_rank(struct str s)
{
    char c = s.n ? s.p[0] : 0;
    return c == '-' || (c >= '0' && c <= '9') ? 0 : c == '"' ? 1 : c == 't' || c == 'f' ? 2 : 3;
}

static int scalar_cmp(struct str a, struct str b)
{
    int ra = scalar_rank(a), rb = scalar_rank(b);
    if (ra != rb)
        return ra - rb;
    int64_t x, y;
    double p, q;
    if (ra == 0 && str_to_int(a, &x) == 0 && str_to_int(b, &y) == 0)
        return x < y ? -1 : x > y;
    if (ra == 0 && str_to_double(a, &p) == 0 && str_to_double(b, &q) == 0 && p != q)
        return p < q ? -1 : 1;
    if (ra == 1) { /* without the closing quote, which would sort "a" behind "a b" */
        a.n -= a.n > 1;
        b.n -= b.n > 1;
    }
    return str_cmp(a, b);
}

static void step(struct str *s)
{
    if (s->n)
        *s = str_make(s->n > 1 ? s->p + 1 : NULL, s->n - 1);
}

/* Where both stand inside a text value, bytes decide: numbers are never reached this way, for the nearest colon
 * before one of them has no quote behind it. */
static int keys_cmp_fast(struct str a, struct str b)
{
    size_t i = 0, n = MIN(a.n, b.n);
    while (i < n && a.p[i] == b.p[i])
        i++;
    if (i == n || (unsigned char)a.p[i] <= '"' || (unsigned char)b.p[i] <= '"')
        return 0;
    for (size_t k = i; k-- > 0;) {
        if (a.p[k] == ':')
            return a.p[k + 1] == '"' && k + 1 < i ? (unsigned char)a.p[i] - (unsigned char)b.p[i] : 0;
    }
    return 0;
}

/* {"name":value,…} field by field. */
static int keys_cmp(struct str a, struct str b)
{
    int fast = keys_cmp_fast(a, b);
    if (fast)
        return fast;
    step(&a);
    step(&b);
    while (a.n > 1 && b.n > 1) {
        int c = scalar_cmp(scalar_take(&a), scalar_take(&b));
        if (c)
            return c;
        step(&a); /* colon */
        step(&b);
        c = scalar_cmp(scalar_take(&a), scalar_take(&b));
        if (c)
            return c;
        if ((a.n && a.p[0] == ',') != (b.n && b.p[0] == ','))
            return a.n && a.p[0] == ',' ? 1 : -1;
        step(&a);
        step(&b);
    }
    return a.n < b.n ? -1 : a.n > b.n;
}

int part_cmp(struct path_part a, struct path_part b)
{
    if (a.kind != b.kind)
        return kind_rank(a.kind) - kind_rank(b.kind);
    if (a.kind == 'f' || str_eq(a.text, b.text))
        return str_cmp(a.text, b.text);
    int c = a.kind == 'k' ? keys_cmp(a.text, b.text) : scalar_cmp(a.text, b.text);
    return c ? c : str_cmp(a.text, b.text);
}

static void shown_scalar(struct str token, struct buf *out)
{
    buf_str(out, token); /* JSON text and Go's %q agree for what keys hold */
}

void part_print(struct path_part part, struct buf *out)
{
    if (part.kind == 'f') {
        buf_char(out, '.');
        buf_str(out, part.text);
        return;
    }
    buf_char(out, '[');
    if (part.kind == 'v')
        buf_char(out, '=');
    if (part.kind == 'k') {
        struct str rest = part.text;
        for (step(&rest); rest.n > 1; step(&rest)) {
            struct str name = scalar_take(&rest);
            buf_str(out, str_make(name.n > 1 ? name.p + 1 : NULL, name.n > 1 ? name.n - 2 : 0));
            buf_char(out, '=');
            step(&rest);
            shown_scalar(scalar_take(&rest), out);
            buf_text(out, rest.n && rest.p[0] == ',' ? "," : "");
        }
    } else {
        shown_scalar(part.text, out);
    }
    buf_char(out, ']');
}

/* ── building ── */
struct field_node *set_append(struct arena *a, struct field_set *s, struct path_part part)
{
    if (s->n == s->cap) {
        uint32_t cap = s->cap ? s->cap * 2 : 4;
        struct field_node *nodes = arena_alloc(a, cap * sizeof(*nodes));
        if (!nodes)
            return NULL;
        if (s->n)
            memcpy(nodes, s->nodes, s->n * sizeof(*nodes));
        s->nodes = nodes;
        s->cap = cap;
    }
    struct field_node *node = &s->nodes[s->n++];
    *node = (struct field_node){.part = part};
    return node;
}

int set_reserve(struct arena *a, struct field_set *s, size_t n)
{
    s->nodes = n ? arena_alloc(a, n * sizeof(*s->nodes)) : NULL;
    s->cap = (uint32_t)n;
    return n && !s->nodes ? -ENOMEM : 0;
}

static int node_cmp(const void *a, const void *b)
{
    const struct field_node *x = a, *y = b;
    return part_cmp(x->part, y->part);
}

#define INSERT_MOST 24

/* Of few nodes the quickest way; they are mostly in order already. true: no part comes twice. */
static bool insert_sort(struct field_set *s)
{
    bool distinct = true;
    for (uint32_t i = 1; i < s->n; i++) {
        int c = part_cmp(s->nodes[i - 1].part, s->nodes[i].part);
        distinct &= c != 0;
        if (c <= 0)
            continue;
        struct field_node moved = s->nodes[i];
        uint32_t to = i;
        do {
            s->nodes[to] = s->nodes[to - 1];
            to--;
        } while (to > 0 && (c = part_cmp(s->nodes[to - 1].part, moved.part)) > 0);
        distinct &= to == 0 || c != 0;
        s->nodes[to] = moved;
    }
    return distinct;
}

bool set_sort(struct field_set *s)
{
    bool distinct = true;
    if (s->n <= INSERT_MOST)
        return insert_sort(s);
    for (uint32_t i = 1; i < s->n; i++) {
        int c = part_cmp(s->nodes[i - 1].part, s->nodes[i].part);
        if (c > 0) {
            qsort(s->nodes, s->n, sizeof(*s->nodes), node_cmp);
            return false;
        }
        distinct &= c < 0;
    }
    return distinct;
}

struct field_node *set_find(const struct field_set *s, struct path_part part)
{
    uint32_t low = 0, high = s->n;
    while (low < high) {
        uint32_t mid = (low + high) / 2;
        int c = part_cmp(s->nodes[mid].part, part);
        if (c == 0)
            return &s->nodes[mid];
        if (c < 0)
            low = mid + 1;
        else
            high = mid;
    }
    return NULL;
}

/* ── algebra: one walk over two sorted lists ── */
enum algebra { UNION, INTERSECTION, DIFFERENCE, CUT };

static int combine(struct arena *a, enum algebra how, const struct field_set *x, const struct field_set *y, struct field_set *out);

static int keep(struct arena *a, const struct field_node *n, struct field_set *out)
{
    struct field_node *copy = set_append(a, out, n->part);
    if (!copy)
        return -ENOMEM;
    *copy = *n;
    return 0;
}

static int combine_node(struct arena *a, enum algebra how, const struct field_node *x, const struct field_node *y, struct field_set *out)
{
    struct field_node made = {.part = x->part};
    if (how == UNION)
        made.bits = x->bits | y->bits;
    else if (how == INTERSECTION)
        made.bits = x->bits & y->bits;
    else
        made.bits = x->bits & (uint8_t)~y->bits;
    if (how == CUT && (y->bits & SET_MEMBER))
        return 0;
    int r = combine(a, how, &x->below, &y->below, &made.below);
    if (r < 0 || (!made.bits && !made.below.n))
        return r;
    return keep(a, &made, out);
}

static int combine(struct arena *a, enum algebra how, const struct field_set *x, const struct field_set *y, struct field_set *out)
{
    *out = (struct field_set){0};
    if (y->n == 0 || x->n == 0) {
        if (how != INTERSECTION)
            *out = x->n ? *x : how == UNION ? *y : (struct field_set){0};
        out->cap = out->n; /* shared: never appended to in place */
        return 0;
    }
    uint32_t i = 0, k = 0;
    while (i < x->n || k < y->n) {
        int c = i == x->n ? 1 : k == y->n ? -1 : part_cmp(x->nodes[i].part, y->nodes[k].part);
        int r = 0;
        if (c == 0)
            r = combine_node(a, how, &x->nodes[i++], &y->nodes[k++], out);
        else if (c < 0)
            r = how == INTERSECTION ? 0 : keep(a, &x->nodes[i], out);
        else
            r = how == UNION ? keep(a, &y->nodes[k], out) : 0;
        i += c < 0;
        k += c > 0;
        if (r < 0)
            return r;
    }
    return 0;
}

int set_union(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out)
{
    struct field_set made;
    int r = combine(a, UNION, x, y, &made);
    *out = made;
    return r;
}

int set_intersection(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out)
{
    struct field_set made;
    int r = combine(a, INTERSECTION, x, y, &made);
    *out = made;
    return r;
}

int set_difference(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out)
{
    struct field_set made;
    int r = combine(a, DIFFERENCE, x, y, &made);
    *out = made;
    return r;
}

int set_cut(struct arena *a, const struct field_set *x, const struct field_set *y, struct field_set *out)
{
    struct field_set made;
    int r = combine(a, CUT, x, y, &made);
    *out = made;
    return r;
}

int set_select(struct arena *a, const struct field_set *s, uint8_t bits, struct field_set *out)
{
    struct field_set all = {0};
    for (uint32_t i = 0; i < s->n; i++) {
        struct field_node made = {.part = s->nodes[i].part, .bits = s->nodes[i].bits & bits ? SET_MEMBER : 0};
        int r = set_select(a, &s->nodes[i].below, bits, &made.below);
        if (r == 0 && (made.bits || made.below.n))
            r = keep(a, &made, &all);
        if (r < 0)
            return r;
    }
    *out = all;
    return 0;
}

bool set_has_all(const struct field_set *x, const struct field_set *y)
{
    uint32_t i = 0;
    for (uint32_t k = 0; k < y->n; k++) {
        int c = 1;
        while (i < x->n && (c = part_cmp(x->nodes[i].part, y->nodes[k].part)) < 0)
            i++;
        if (i == x->n || c != 0)
            return false;
        if ((y->nodes[k].bits & ~x->nodes[i].bits) || !set_has_all(&x->nodes[i].below, &y->nodes[k].below))
            return false;
        i++;
    }
    return true;
}
