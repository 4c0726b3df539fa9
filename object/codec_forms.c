#include "json/json.h"
#include "object/codec_inside.h"
#include "pb/pb.h"

/* Seconds of 0001-01-01T00:00:00Z, Go's zero time, and of 9999-12-31T23:59:59Z. */
#define TIME_ZERO (-62135596800)
#define TIME_LAST 253402300799

static int keep_text(struct codec *c, struct str s, struct value *out)
{
    struct str copy;
    if (arena_str(c->arena, s, &copy) < 0)
        return codec_no_memory(c);
    *out = value_make_text(copy);
    return 0;
}

/* ── quantity ── */

static bool is_suffix(struct str s)
{
    static const char letters[] = "munkMGTPE";
    if (s.n == 0)
        return true;
    if (s.n == 1)
        return s.p[0] && strchr(letters, s.p[0]);
    return s.n == 2 && s.p[1] == 'i' && s.p[0] && strchr("KMGTPE", s.p[0]);
}

/* One to three digits without a leading zero and any suffix: nothing to make shorter. Nearly all are of that kind. */
static bool plainly_canonical(struct str s)
{
    size_t n = 0;
    while (n < s.n && n < 4 && s.p[n] >= '0' && s.p[n] <= '9')
        n++;
    return n >= 1 && n <= 3 && s.p[0] != '0' && is_suffix(str_from(s, n));
}

/* The exponent of a suffix, of ten or (`binary`) of two. */
static bool read_suffix(struct str s, bool *binary, int64_t *exponent)
{
    static const char decimal[] = "num kMGTPE", powers[] = "KMGTPE";
    *binary = false;
    *exponent = 0;
    if (s.n == 0)
        return true;
    const char *at = s.p[0] && s.p[0] != ' ' ? strchr(s.n == 2 && s.p[1] == 'i' ? powers : decimal, s.p[0]) : NULL;
    if (s.n == 1 && at) {
        *exponent = 3 * (at - decimal) - 9;
        return true;
    }
    if (s.n == 2 && at && s.p[1] == 'i') {
        *binary = true;
        *exponent = 10 * (at - powers + 1);
        return true;
    }
    return (s.p[0] == 'e' || s.p[0] == 'E') && str_to_int(str_from(s, 1), exponent) == 0 && *exponent > -100 && *exponent < 100;
}

static struct str take_digits(struct str *s)
{
    size_t n = 0;
    while (n < s->n && s->p[n] >= '0' && s->p[n] <= '9')
        n++;
    struct str digits = str_head(*s, n);
    *s = str_from(*s, n);
    return digits;
}

/* Upstream keeps a text it takes for canonical at a glance, be it "+1", "00100m" or "2E3": one that fits 18 digits, whose
 * exponent is a multiple of three, and that does not end in three zeros (binary: whose number is no multiple of eight). */
static bool kept_as_written(struct str s)
{
    bool binary;
    int64_t exponent, value;
    if (s.n && (s.p[0] == '+' || s.p[0] == '-'))
        s = str_from(s, 1);
    while (s.n && s.p[0] == '0')
        s = str_from(s, 1);
    struct str whole = take_digits(&s), fraction = STR("");
    if (s.n && s.p[0] == '.') {
        s = str_from(s, 1);
        fraction = take_digits(&s);
    }
    size_t digits = whole.n + fraction.n;
    if (whole.n == 0 || digits > 18 || !read_suffix(s, &binary, &exponent))
        return false;
    if (binary)
        return fraction.n == 0 && 14 - (int64_t)digits - exponent * 3 / 10 >= 0 && str_to_int(whole, &value) == 0 && value & 7;
    int64_t scale = exponent - (int64_t)fraction.n;
    char all[18];
    memcpy(all, whole.p, whole.n);
    if (fraction.n)
        memcpy(all + whole.n, fraction.p, fraction.n);
    return scale >= -9 && scale % 3 == 0 && !str_ends(str_make(all, digits), STR("000"));
}

int codec_quantity(struct str text, struct buf *out)
{
    struct quantity q;
    if (plainly_canonical(text) || kept_as_written(text)) {
        buf_str(out, text);
        return 0;
    }
    if (quantity_parse(text, &q) < 0)
        return -EINVAL;
    quantity_print(q, out);
    return 0;
}

static int quantity_text(struct codec *c, struct str text, struct value *out)
{
    if (plainly_canonical(text) || kept_as_written(text)) {
        *out = value_make_text(text);
        return 0;
    }
    SCOPED_BUF canonical = BUF_INIT(0);
    if (codec_quantity(text, &canonical) < 0)
        return codec_fault(c,
                           "quantities must match the regular expression "
                           "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$', not \"%.*s\"",
                           (int)MIN(text.n, (size_t)128), text.p);
    return buf_error(&canonical) < 0 ? codec_no_memory(c) : keep_text(c, buf_view(&canonical), out);
}

static int quantity_conform(struct codec *c, const struct value *in, struct value *out)
{
    if (in->type == VALUE_TEXT)
        return quantity_text(c, str_trim(in->text), out);
    if (in->type != VALUE_INT && in->type != VALUE_DOUBLE)
        return codec_wrong_type(c, in);
    SCOPED_BUF number = BUF_INIT(0);
    struct str text;
    json_print(&number, in);
    if (buf_error(&number) < 0 || arena_str(c->arena, buf_view(&number), &text) < 0)
        return codec_no_memory(c);
    return quantity_text(c, text, out);
}

static int quantity_read(struct codec *c, struct str bytes, struct value *out)
{
    struct pb_field f;
    if (!pb_find(bytes, 1, PB_BYTES, &f)) {
        *out = value_make_text(STR("0"));
        return bytes.n ? codec_fault(c, "not a quantity message") : 0;
    }
    return quantity_text(c, f.bytes, out);
}

/* ── int or string ── */

static int int_or_string_conform(struct codec *c, const struct value *in, struct value *out)
{
    if (in->type != VALUE_TEXT && (in->type != VALUE_INT || in->integer != (int32_t)in->integer))
        return codec_wrong_type(c, in);
    *out = *in;
    return 0;
}

static int int_or_string_read(struct codec *c, struct str bytes, struct value *out)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field f;
    int64_t type = 0, number = 0;
    struct str text = STR("");
    struct err inner = {0};
    int rc;
    while ((rc = pb_next(&r, &f, &inner)) > 0) {
        if (f.number <= 3 && f.wire != (f.number == 3 ? PB_BYTES : PB_VARINT))
            return codec_fault(c, "proto: wrong wireType = %d for field %s", (int)f.wire,
                               f.number == 1   ? "Type"
                               : f.number == 2 ? "IntVal"
                                               : "StrVal");
        if (f.number == 1)
            type = (int64_t)f.integer;
        else if (f.number == 2)
            number = (int32_t)f.integer;
        else if (f.number == 3)
            text = f.bytes;
    }
    if (rc < 0)
        return codec_fault(c, "%s", inner.text);
    if (type != 0 && type != 1)
        return codec_fault(c, "impossible IntOrString.Type");
    *out = type ? value_make_text(text) : value_make_int(number);
    return 0;
}

static void int_or_string_write(const struct value *v, struct buf *out)
{
    pb_put_integer(out, 1, v && v->type == VALUE_TEXT);
    pb_put_integer(out, 2, (uint64_t)value_int(v, 0));
    pb_put_bytes(out, 3, value_text(v));
}

/* ── times ── */

static int time_make(struct codec *c, int64_t sec, int32_t nsec, bool micro, struct value *out)
{
    char text[40];
    *out = (struct value){0};
    nsec -= micro ? nsec % 1000 : nsec;
    if (sec == TIME_ZERO && nsec == 0)
        return 0;
    if (micro)
        time_fmt_rfc3339_micro(text, sec, nsec);
    else
        time_fmt_rfc3339(text, sec);
    return keep_text(c, str_of(text), out);
}

/* Micro times are read with six digits of fraction, no more and no fewer. */
static bool has_micros(struct str s)
{
    if (s.n < 27 || s.p[19] != '.')
        return false;
    for (size_t i = 20; i < 26; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.p[26] < '0' || s.p[26] > '9';
}

static bool is_canonical_time(struct str s, bool micro)
{
    return s.n == (micro ? 27 : 20) && s.p[s.n - 1] == 'Z';
}

static int time_conform(struct codec *c, const struct value *in, bool micro, struct value *out)
{
    int64_t sec;
    int32_t nsec;
    if (in->type != VALUE_TEXT)
        return codec_wrong_type(c, in);
    if (time_parse_rfc3339(in->text, &sec, &nsec) < 0 || sec < TIME_ZERO || sec > TIME_LAST || (micro && !has_micros(in->text)))
        return codec_fault(c, "parsing time \"%.*s\" as \"%s\": not a point in time", (int)MIN(in->text.n, (size_t)128), in->text.p ? in->text.p : "",
                           micro ? "2006-01-02T15:04:05.000000Z07:00" : "2006-01-02T15:04:05Z07:00");
    if (is_canonical_time(in->text, micro) && sec != TIME_ZERO) {
        *out = *in;
        return 0;
    }
    return time_make(c, sec, nsec, micro, out);
}

static int time_read(struct codec *c, struct str bytes, bool micro, struct value *out)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field f;
    int64_t sec = 0;
    int32_t nsec = 0;
    struct err inner;
    int rc;
    inner.text[0] = 0;
    *out = (struct value){0};
    if (bytes.n == 0)
        return 0;
    while ((rc = pb_next(&r, &f, &inner)) > 0) {
        if (f.number <= 2 && f.wire != PB_VARINT)
            return codec_fault(c, "proto: wrong wireType = %d for field %s", (int)f.wire, f.number == 1 ? "Seconds" : "Nanos");
        if (f.number == 1)
            sec = (int64_t)f.integer;
        else if (f.number == 2)
            nsec = (int32_t)f.integer;
    }
    if (rc < 0)
        return codec_fault(c, "%s", inner.text);
    if (sec < TIME_ZERO || sec > TIME_LAST || nsec < 0 || nsec > 999999999)
        return codec_fault(c, "%lld seconds and %d nanoseconds are not a point in time", (long long)sec, nsec);
    return time_make(c, sec, nsec, micro, out);
}

static int time_write(struct codec *c, const struct value *v, bool micro, struct buf *out)
{
    int64_t sec;
    int32_t nsec;
    if (!v || v->type == VALUE_NULL)
        return 0;
    if (time_parse_rfc3339(value_text(v), &sec, &nsec) < 0)
        return codec_fault(c, "not a point in time");
    pb_put_integer(out, 1, (uint64_t)sec);
    pb_put_integer(out, 2, micro ? (uint64_t)nsec : 0);
    return 0;
}

/* ── duration ── */

static int duration_make(struct codec *c, int64_t nanoseconds, struct value *out)
{
    char text[32];
    duration_print(text, nanoseconds);
    return keep_text(c, str_of(text), out);
}

static int duration_conform(struct codec *c, const struct value *in, struct value *out)
{
    int64_t ns;
    if (in->type != VALUE_TEXT)
        return codec_wrong_type(c, in);
    if (duration_parse(in->text, &ns) < 0)
        return codec_fault(c, "time: invalid duration \"%.*s\"", (int)MIN(in->text.n, (size_t)128), in->text.p ? in->text.p : "");
    return duration_make(c, ns, out);
}

static int duration_read(struct codec *c, struct str bytes, struct value *out)
{
    struct pb_field f = {0};
    if (!pb_find(bytes, 1, PB_VARINT, &f) && bytes.n)
        return codec_fault(c, "not a duration message");
    return duration_make(c, (int64_t)f.integer, out);
}

static int duration_write(struct codec *c, const struct value *v, struct buf *out)
{
    int64_t ns = 0;
    if (v && duration_parse(value_text(v), &ns) < 0)
        return codec_fault(c, "time: invalid duration");
    pb_put_integer(out, 1, (uint64_t)ns);
    return 0;
}

/* ── JSON inside ── */

static int raw_conform(struct codec *c, const struct value *in, struct value *out)
{
    if (in->type == VALUE_RAW) {
        *out = *in;
        return 0;
    }
    SCOPED_BUF text = BUF_INIT(0);
    json_print(&text, in);
    struct str copy;
    if (buf_error(&text) < 0 || arena_str(c->arena, buf_view(&text), &copy) < 0)
        return codec_no_memory(c);
    *out = value_make_raw(copy);
    return 0;
}

static int raw_read(struct codec *c, struct str bytes, struct value *out)
{
    struct pb_field f;
    struct str compact;
    struct err inner = {0};
    *out = (struct value){0};
    if (!pb_find(bytes, 1, PB_BYTES, &f))
        return bytes.n ? codec_fault(c, "not a message with raw bytes") : 0;
    if (f.bytes.n == 0)
        return 0;
    int r = 0;
    if (c->trusted)
        compact = f.bytes;
    else
        r = value_compact(c->arena, f.bytes, &compact, &inner);
    if (r < 0)
        return r == -ENOMEM ? codec_no_memory(c) : codec_fault(c, "%s", inner.text);
    *out = value_make_raw(compact);
    return 0;
}

static int raw_write(struct codec *c, const struct value *v, struct buf *out)
{
    if (!v || v->type == VALUE_NULL)
        return 0;
    struct value raw;
    int r = raw_conform(c, v, &raw);
    if (r == 0)
        pb_put_bytes(out, 1, raw.text);
    return r;
}

/* ── wrappers: a list, or a schema, or a bool ── */

/* Which of the wrapper's fields a JSON value stands for; NULL: none. */
static const struct schema_field *wrapper_field(const struct schema_message *m, const struct value *in)
{
    for (size_t i = 0; i < m->n_fields; i++) {
        const struct schema_field *f = &m->fields[i];
        bool list = f->flags & SCHEMA_REPEATED;
        if ((in->type == VALUE_LIST && list) || (in->type == VALUE_BOOL && f->type == SCHEMA_BOOL) ||
            (in->type == VALUE_MAP && f->type == SCHEMA_MESSAGE && !list))
            return f;
    }
    return NULL;
}

static int wrapper_item(struct codec *c, const struct schema_field *f, const struct value *in, struct value *out)
{
    if (in->type == VALUE_NULL)
        return codec_zero(c, f, out);
    if (f->message)
        return codec_conform(c, f->message, in, out);
    if (in->type != VALUE_TEXT)
        return codec_wrong_type(c, in);
    *out = *in;
    return 0;
}

static int wrapper_conform(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out)
{
    const struct schema_field *f = wrapper_field(m, in);
    if (!f)
        return m->form == SCHEMA_FORM_OR_BOOL ? codec_fault(c, "boolean or JSON schema expected") : codec_wrong_type(c, in);
    *out = *in;
    if (in->type == VALUE_BOOL)
        return 0;
    if (in->type == VALUE_MAP)
        return codec_conform(c, f->message, in, out);
    size_t n = in->list.n;
    struct value *items = n ? arena_alloc(c->arena, n * sizeof(*items)) : NULL;
    if (n && !items)
        return codec_no_memory(c);
    for (size_t i = 0; i < n; i++) {
        int r = codec_enter(c, STR_NONE, i);
        if (r == 0)
            r = wrapper_item(c, f, &in->list.items[i], &items[i]);
        if (r < 0)
            return r;
        codec_leave(c);
    }
    *out = (struct value){.type = VALUE_LIST, .list = {items, (uint32_t)n, (uint32_t)n}};
    return 0;
}

static int wrapper_read_field(struct codec *c, const struct schema_field *f, const struct pb_field *got, struct value *single, struct value *list,
                              bool *allowed)
{
    struct value v;
    if (got->wire != (f->type == SCHEMA_BOOL ? PB_VARINT : PB_BYTES))
        return codec_fault(c, "proto: wrong wireType = %d for field %.*s", (int)got->wire, STR_FMT(f->name));
    if (f->type == SCHEMA_BOOL) {
        *allowed = got->integer != 0;
        return 0;
    }
    int r = codec_enter(c, f->name, 0);
    v = value_make_text(got->bytes);
    if (r == 0 && f->message)
        r = codec_read(c, f->message, got->bytes, &v);
    if (r < 0)
        return r;
    codec_leave(c);
    if (!(f->flags & SCHEMA_REPEATED))
        *single = v;
    else if (!value_add(c->arena, list, v))
        return codec_no_memory(c);
    return 0;
}

static int wrapper_read(struct codec *c, const struct schema_message *m, struct str bytes, struct value *out)
{
    struct pb_reader r = pb_reader_of(bytes);
    struct pb_field got;
    struct value single = {0}, list = {0};
    struct err inner = {0};
    bool allowed = false;
    int rc;
    while ((rc = pb_next(&r, &got, &inner)) > 0) {
        const struct schema_field *f = schema_field_numbered(m, got.number);
        rc = f ? wrapper_read_field(c, f, &got, &single, &list, &allowed) : 0;
        if (rc < 0)
            return rc;
    }
    if (rc < 0)
        return codec_fault(c, "%s", inner.text);
    *out = list.type != VALUE_NULL ? list : single;
    if (out->type == VALUE_NULL && m->form == SCHEMA_FORM_OR_BOOL)
        *out = value_make_bool(allowed);
    return 0;
}

static int wrapper_write(struct codec *c, const struct schema_message *m, const struct value *v, struct buf *out)
{
    const struct schema_field *f = v ? wrapper_field(m, v) : NULL;
    /* Beside a schema upstream's decoder says "allowed". */
    if (m->form == SCHEMA_FORM_OR_BOOL)
        pb_put_integer(out, m->fields[0].number, v && (v->type == VALUE_MAP || value_bool(v, false)));
    if (!f || f->type == SCHEMA_BOOL)
        return 0;
    for (size_t i = 0; i < (v->type == VALUE_LIST ? v->list.n : 1); i++) {
        const struct value *item = v->type == VALUE_LIST ? &v->list.items[i] : v;
        if (!f->message) {
            pb_put_bytes(out, f->number, value_text(item));
            continue;
        }
        size_t at = pb_open(out, f->number);
        int r = codec_write(c, f->message, item, out);
        pb_close(out, at);
        if (r < 0)
            return r;
    }
    return 0;
}

/* ── bytes ── */

static bool is_base64_digit(char ch)
{
    return (ch >= 'A' && ch <= 'Z') || (ch >= 'a' && ch <= 'z') || (ch >= '0' && ch <= '9') || ch == '+' || ch == '/';
}

int codec_bytes_conform(struct codec *c, const struct value *in, struct value *out)
{
    if (in->type != VALUE_TEXT)
        return codec_wrong_type(c, in);
    struct str s = in->text;
    size_t n = 0;
    while (n < s.n && is_base64_digit(s.p[n]))
        n++;
    *out = *in;
    if (n == s.n && n % 4 == 0)
        return 0;
    /* Padding, line breaks or worse: decoded and written again. */
    SCOPED_BUF clean = BUF_INIT(0);
    SCOPED_BUF bytes = BUF_INIT(0);
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '\n' && s.p[i] != '\r')
            buf_char(&clean, s.p[i]);
    int r = buf_error(&clean);
    if (r == 0)
        r = buf_unbase64(&bytes, buf_view(&clean));
    if (r == -EINVAL)
        return codec_fault(c, "illegal base64 data at input byte %zu", n);
    buf_clear(&clean);
    buf_base64(&clean, buf_view(&bytes));
    if (r < 0 || buf_error(&clean) < 0)
        return codec_no_memory(c);
    return str_eq(buf_view(&clean), s) ? 0 : keep_text(c, buf_view(&clean), out);
}

/* ── which is which ── */

int codec_form_conform(struct codec *c, const struct schema_message *m, const struct value *in, struct value *out)
{
    switch (m->form) {
    case SCHEMA_FORM_QUANTITY:
        return quantity_conform(c, in, out);
    case SCHEMA_FORM_INT_OR_STRING:
        return int_or_string_conform(c, in, out);
    case SCHEMA_FORM_TIME:
    case SCHEMA_FORM_MICRO_TIME:
        return time_conform(c, in, m->form == SCHEMA_FORM_MICRO_TIME, out);
    case SCHEMA_FORM_DURATION:
        return duration_conform(c, in, out);
    case SCHEMA_FORM_RAW:
    case SCHEMA_FORM_RAW_OBJECT:
        return raw_conform(c, in, out);
    default:
        return wrapper_conform(c, m, in, out);
    }
}

int codec_form_read(struct codec *c, const struct schema_message *m, struct str bytes, struct value *out)
{
    switch (m->form) {
    case SCHEMA_FORM_QUANTITY:
        return quantity_read(c, bytes, out);
    case SCHEMA_FORM_INT_OR_STRING:
        return int_or_string_read(c, bytes, out);
    case SCHEMA_FORM_TIME:
    case SCHEMA_FORM_MICRO_TIME:
        return time_read(c, bytes, m->form == SCHEMA_FORM_MICRO_TIME, out);
    case SCHEMA_FORM_DURATION:
        return duration_read(c, bytes, out);
    case SCHEMA_FORM_RAW:
    case SCHEMA_FORM_RAW_OBJECT:
        return raw_read(c, bytes, out);
    default:
        return wrapper_read(c, m, bytes, out);
    }
}

int codec_form_write(struct codec *c, const struct schema_message *m, const struct value *v, struct buf *out)
{
    switch (m->form) {
    case SCHEMA_FORM_QUANTITY:
        pb_put_bytes(out, 1, v && value_text(v).n ? value_text(v) : STR("0"));
        return 0;
    case SCHEMA_FORM_INT_OR_STRING:
        int_or_string_write(v, out);
        return 0;
    case SCHEMA_FORM_TIME:
    case SCHEMA_FORM_MICRO_TIME:
        return time_write(c, v, m->form == SCHEMA_FORM_MICRO_TIME, out);
    case SCHEMA_FORM_DURATION:
        return duration_write(c, v, out);
    case SCHEMA_FORM_RAW:
    case SCHEMA_FORM_RAW_OBJECT:
        return raw_write(c, v, out);
    default:
        return wrapper_write(c, m, v, out);
    }
}

int codec_form_zero(struct codec *c, const struct schema_message *m, struct value *out)
{
    (void)c;
    switch (m->form) {
    case SCHEMA_FORM_QUANTITY:
        *out = value_make_text(STR("0"));
        break;
    case SCHEMA_FORM_INT_OR_STRING:
        *out = value_make_int(0);
        break;
    case SCHEMA_FORM_DURATION:
        *out = value_make_text(STR("0s"));
        break;
    case SCHEMA_FORM_OR_BOOL:
        *out = value_make_bool(false);
        break;
    default: /* times, raw JSON and lists: null */
        *out = (struct value){0};
    }
    return 0;
}
