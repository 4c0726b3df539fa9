#include "columns/columns.h"
#include "columns/rows.h"
#include "json/json.h"
#include "selector/selector.h"

static const struct column named_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace."), 0},
    {STR_INIT("Created At"), STR_INIT("date"), STR_INIT(""), STR_INIT("When it was created."), 0},
};
static const struct cell named_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TIME, "metadata.creationTimestamp", ""},
};
static const struct column_kind named = {"", "", named_columns, named_cells, 2};

static const struct column custom_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace."), 0},
    {STR_INIT("Age"), STR_INIT("date"), STR_INIT(""), STR_INIT("When it was created."), 0},
};
static const struct cell custom_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};
static const struct column_kind custom = {"", "", custom_columns, custom_cells, 2};

static const struct column_kind *find_in(const struct column_kind *rows, size_t n, const struct schema_kind *k)
{
    for (size_t i = 0; i < n; i++) {
        if (str_is(k->name, rows[i].kind) && str_is(k->group, rows[i].group))
            return &rows[i];
    }
    return NULL;
}

static const struct column_kind *find(const struct schema_kind *k)
{
    if (!k)
        return &custom;
    const struct column_kind *row = find_in(column_rows_core, n_column_rows_core, k);
    if (!row)
        row = find_in(column_rows_other, n_column_rows_other, k);
    if (row)
        return row;
    return schema_kind_find(k->group, k->version, k->name) == k ? &named : &custom;
}

/* A definition's own columns. */
static const struct column *declared(const struct schema_kind *kind, const struct str **paths, size_t *n)
{
    const struct structural *s = kind && kind->custom ? structural_of(kind) : NULL;
    return s ? structural_columns(s, paths, n) : NULL;
}

const struct column *columns_of(const struct schema_kind *kind, size_t *n)
{
    const struct str *paths;
    const struct column *own = declared(kind, &paths, n);
    if (own)
        return own;
    const struct column_kind *row = find(kind);
    *n = row->n;
    return row->columns;
}

/* ── parts cells are made of ── */
void columns_duration(int64_t s, char out[32])
{
    long long n = s, m = s / 60, h = s / 3600, d = h / 24;
    if (n < -1)
        snprintf(out, 32, "<invalid>");
    else if (n < 0)
        snprintf(out, 32, "0s");
    else if (n < 120)
        snprintf(out, 32, "%llds", n);
    else if (m < 10)
        snprintf(out, 32, n % 60 ? "%lldm%llds" : "%lldm", m, n % 60);
    else if (m < 180)
        snprintf(out, 32, "%lldm", m);
    else if (h < 8)
        snprintf(out, 32, m % 60 ? "%lldh%lldm" : "%lldh", h, m % 60);
    else if (h < 48)
        snprintf(out, 32, "%lldh", h);
    else if (h < 24 * 8)
        snprintf(out, 32, h % 24 ? "%lldd%lldh" : "%lldd", d, h % 24);
    else if (h < 24 * 365 * 2)
        snprintf(out, 32, "%lldd", d);
    else if (h < 24 * 365 * 8)
        snprintf(out, 32, d % 365 ? "%lldy%lldd" : "%lldy", d / 365, d % 365);
    else
        snprintf(out, 32, "%lldy", d / 365);
}

int cell_text(struct cells *c, struct value *out, const char *fmt, ...)
{
    SCOPED_BUF b = BUF_INIT(0);
    va_list ap;
    va_start(ap, fmt);
    buf_vfmt(&b, fmt, ap);
    va_end(ap);
    return cell_buf(c, out, &b);
}

int cell_buf(struct cells *c, struct value *out, const struct buf *b)
{
    struct str text;
    int r = buf_error(b);
    if (r == 0)
        r = arena_str(c->arena, buf_view(b), &text);
    if (r == 0)
        *out = value_make_text(text);
    return r;
}

bool cell_time(const struct value *v, int64_t *seconds)
{
    int32_t nsec;
    return v && v->type == VALUE_TEXT && time_parse_rfc3339(v->text, seconds, &nsec) == 0;
}

void cell_since(const struct cells *c, const struct value *time, char out[32])
{
    int64_t then;
    if (cell_time(time, &then))
        columns_duration(c->now - then, out);
    else
        snprintf(out, 32, "<unknown>");
}

bool cell_condition(const struct value *conditions, const char *type, const char *status)
{
    VALUE_EACH_ITEM (v, conditions) {
        if (str_is(value_text_at(v, "type"), type))
            return str_is(value_text_at(v, "status"), status);
    }
    return false;
}

/* ── cells by their rule ── */
static int members_join(struct cells *c, const struct value *list, const char *member, struct value *out)
{
    SCOPED_BUF b = BUF_INIT(0);
    VALUE_EACH_ITEM (v, list) {
        buf_text(&b, v == value_item(list, 0) ? "" : ",");
        buf_str(&b, member ? value_text_at(v, member) : value_text(v));
    }
    return cell_buf(c, out, &b);
}

static int pair_cmp(const void *a, const void *b)
{
    const struct value_member *const *x = a, *const *y = b;
    return str_cmp((*x)->key, (*y)->key);
}

static int labels_join(struct cells *c, const struct value *labels, struct value *out)
{
    size_t n = value_count(labels);
    if (n == 0 || labels->type != VALUE_MAP)
        return cell_text(c, out, "<none>");
    struct value_member **sorted = arena_alloc(c->arena, n * sizeof(struct value_member *));
    if (!sorted)
        return -ENOMEM;
    SCOPED_BUF b = BUF_INIT(0);
    for (size_t i = 0; i < n; i++)
        sorted[i] = &value_members(labels)[i];
    qsort(sorted, n, sizeof(struct value_member *), pair_cmp);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "%s%.*s=%.*s", i ? "," : "", STR_FMT(sorted[i]->key), STR_FMT(value_text(&sorted[i]->value)));
    return cell_buf(c, out, &b);
}

static int selector_cell(struct cells *c, const struct value *v, struct value *out)
{
    struct selector *s;
    int r = selector_from_tree(c->arena, v, &s, NULL);
    if (r == -ENOMEM)
        return r;
    if (r < 0)
        return cell_text(c, out, "<error>");
    SCOPED_BUF b = BUF_INIT(0);
    selector_print(s, &b);
    if (b.n == 0)
        buf_text(&b, "<none>");
    return cell_buf(c, out, &b);
}

static int scalar_cell(struct cells *c, const struct value *v, const char *fallback, struct value *out)
{
    if (!v || v->type == VALUE_NULL || (v->type == VALUE_TEXT && v->text.n == 0))
        return cell_text(c, out, "%s", fallback);
    if (v->type == VALUE_INT)
        return cell_text(c, out, "%lld", (long long)v->integer);
    return cell_text(c, out, "%.*s", STR_FMT(value_text(v)));
}

static int cell_make(struct cells *c, const struct cell *rule, struct value *out)
{
    const struct value *v = rule->path ? value_at(c->tree, rule->path) : NULL;
    char since[32];
    switch (rule->how) {
    case CELL_TEXT:
    case CELL_TIME:
    case CELL_QUANTITY:
        return scalar_cell(c, v, rule->fallback, out);
    case CELL_INT:
        *out = value_make_int(value_int(v, 0));
        return 0;
    case CELL_COUNT:
        *out = value_make_int((int64_t)value_count(v));
        return 0;
    case CELL_BOOL:
        *out = value_make_bool(value_bool(v, rule->fallback[0] != 0));
        return 0;
    case CELL_BOOL_TEXT:
        return cell_text(c, out, "%s", value_is_null(v) ? rule->fallback : value_bool(v, false) ? "True" : "False");
    case CELL_AGE:
        cell_since(c, v, since);
        return cell_text(c, out, "%s", since);
    case CELL_NAMES:
        return members_join(c, v, "name", out);
    case CELL_IMAGES:
        return members_join(c, v, "image", out);
    case CELL_LABELS:
        return labels_join(c, v, out);
    case CELL_SELECTOR:
        return selector_cell(c, v, out);
    case CELL_JOIN:
        return value_count(v) ? members_join(c, v, NULL, out) : cell_text(c, out, "%s", rule->fallback);
    case CELL_MADE:
        break;
    }
    return rule->make(c, out);
}

/* By JSONPath and the type that was declared: what is not there, or is of another type, is null. */
static int cell_declared(struct cells *c, const struct column *column, struct str path, struct value *out)
{
    const struct value *hits[16], *v;
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    ssize_t n = structural_path_find(path, c->tree, hits, ARRAY_LEN(hits));
    char since[32];
    *out = (struct value){0};
    if (n <= 0)
        return 0;
    v = hits[0];
    if (str_is(column->type, "integer") || str_is(column->type, "number") || str_is(column->type, "boolean")) {
        bool whole = v->type == VALUE_INT || v->type == VALUE_DOUBLE;
        if (str_is(column->type, "boolean") ? v->type == VALUE_BOOL : whole)
            *out = str_is(column->type, "integer") ? value_make_int(value_int(v, (int64_t)value_double(v, 0))) : *v;
        return 0;
    }
    if (str_is(column->type, "date")) {
        if (v->type != VALUE_TEXT)
            return 0;
        cell_since(c, v, since);
        return cell_text(c, out, "%s", since);
    }
    for (ssize_t i = 0; i < n; i++) {
        buf_text(&b, i ? "," : "");
        if (hits[i]->type == VALUE_TEXT)
            buf_str(&b, hits[i]->text);
        else
            json_print(&b, hits[i]);
    }
    return cell_buf(c, out, &b);
}

int columns_cells(struct arena *a, const struct schema_kind *kind, const struct value *tree, int64_t now, struct value *cells)
{
    const struct str *paths;
    size_t n;
    const struct column *own = declared(kind, &paths, &n);
    const struct column_kind *row = find(kind);
    struct cells c = {.arena = a, .tree = tree, .now = now};
    for (size_t i = 0; own && i < n; i++) {
        int r = cell_declared(&c, &own[i], paths[i], &cells[i]);
        if (r < 0)
            return r;
    }
    if (own)
        return 0;
    for (size_t i = 0; i < row->n; i++) {
        int r = cell_make(&c, &row->cells[i], &cells[i]);
        if (r < 0)
            return r;
    }
    return 0;
}
