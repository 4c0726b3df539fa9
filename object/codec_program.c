/* codec: reads one Kubernetes object and writes it in another form.
 *
 *     codec FROM TO <in >out      FROM, TO: json, yaml, pb */
#include "json/json.h"
#include "object/object.h"

#define INPUT_MAX (64u << 20)
#define TREE_MAX  (1024u << 20)

static int read_input(struct buf *in)
{
    for (;;) {
        char *to = buf_room(in, 65536);
        if (!to)
            return buf_error(in);
        ssize_t n = read(STDIN_FILENO, to, 65536);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n < 0 ? -errno : 0;
        buf_grew(in, (size_t)n);
    }
}

static int write_output(struct str out)
{
    while (out.n) {
        ssize_t n = write(STDOUT_FILENO, out.p, out.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return -errno;
        out = str_from(out, (size_t)n);
    }
    return 0;
}

static int format_of(const char *name)
{
    static const char *const names[] = {[OBJECT_JSON] = "json", [OBJECT_YAML] = "yaml", [OBJECT_PROTOBUF] = "pb"};
    for (size_t i = 0; i < ARRAY_LEN(names); i++)
        if (strcmp(name, names[i]) == 0)
            return (int)i;
    return -1;
}

static int convert(enum object_format from, enum object_format to, struct str in, struct buf *out, struct err *err)
{
    SCOPED(arena) mem = NULL;
    SCOPED_BUF compact = BUF_INIT(0);
    const struct schema_kind *kind = NULL;
    struct value tree;
    int r = arena_new(&mem, TREE_MAX);
    if (r < 0)
        return err_raise(err, r, "no memory");
    r = object_decode(mem, from, in, NULL, &tree, &kind, NULL, err);
    if (r == 0)
        r = object_encode(to == OBJECT_JSON ? &compact : out, to, kind, &tree, err);
    if (r == 0 && to == OBJECT_JSON)
        json_indent(out, buf_view(&compact));
    return r;
}

int main(int argc, char **argv)
{
    SCOPED_BUF in = BUF_INIT(INPUT_MAX);
    SCOPED_BUF out = BUF_INIT(0);
    struct err err = {0};
    int from = argc == 3 ? format_of(argv[1]) : -1, to = argc == 3 ? format_of(argv[2]) : -1;
    if (from < 0 || to < 0) {
        fprintf(stderr, "usage: codec FROM TO <in >out, each of json, yaml, pb\n");
        return 2;
    }
    int r = read_input(&in);
    if (r < 0) {
        fprintf(stderr, "codec: cannot read the input: %s\n", strerror(-r));
        return 1;
    }
    r = convert((enum object_format)from, (enum object_format)to, buf_view(&in), &out, &err);
    if (r == 0)
        r = buf_error(&out);
    if (r == 0)
        r = write_output(buf_view(&out));
    if (r < 0)
        fprintf(stderr, "codec: %s\n", err.text[0] ? err.text : strerror(-r));
    return r < 0;
}
