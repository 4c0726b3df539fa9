#include "probe/inside.h"

static int copy(struct arena *a, const char *in, const char **out)
{
    *out = in ? arena_text(a, in, strlen(in)) : NULL;
    return in && !*out ? -ENOMEM : 0;
}

static int copy_args(struct arena *a, const char *const *in, const char *const **out)
{
    size_t n = 0;
    while (in && in[n])
        n++;
    const char **all = arena_alloc(a, (n + 1) * sizeof(*all));
    for (size_t i = 0; all && i < n; i++)
        if (copy(a, in[i], &all[i]) < 0)
            return -ENOMEM;
    *out = all;
    return all ? 0 : -ENOMEM;
}

static int copy_headers(struct arena *a, const struct probe_options *in, struct probe_options *out)
{
    struct probe_pair *all = arena_alloc(a, (in->n_headers + 1) * sizeof(*all));
    for (size_t i = 0; all && i < in->n_headers; i++)
        if (copy(a, in->headers[i].name, &all[i].name) < 0 || copy(a, in->headers[i].value, &all[i].value) < 0)
            return -ENOMEM;
    out->headers = all;
    return all ? 0 : -ENOMEM;
}

int options_copy(struct arena *a, const struct probe_options *in, struct probe_options *out)
{
    *out = *in;
    if (copy(a, in->host && in->host[0] ? in->host : NULL, &out->host) < 0 || copy(a, in->path, &out->path) < 0 ||
        copy(a, in->service ? in->service : "", &out->service) < 0 || copy_args(a, in->args, &out->args) < 0 || copy_headers(a, in, out) < 0)
        return -ENOMEM;
    out->initial_delay_ms = MAX(in->initial_delay_ms, 0);
    out->timeout_ms = in->timeout_ms > 0 ? in->timeout_ms : 1000;
    out->period_ms = in->period_ms > 0 ? in->period_ms : 10000;
    out->success_threshold = MAX(in->success_threshold, 1);
    out->failure_threshold = in->failure_threshold > 0 ? in->failure_threshold : 3;
    return 0;
}

int probe_row_add(struct probe_row *row, const struct probe_options *o, enum probe_answer answer)
{
    if (answer == PROBE_ERROR)
        return PROBE_ROW_GOES_ON;
    row->run = row->run > 0 && row->last == answer ? row->run + 1 : 1;
    row->last = answer;
    if (answer == PROBE_SUCCESS)
        return row->run >= MAX(o->success_threshold, 1) ? PROBE_ROW_SUCCESS : PROBE_ROW_GOES_ON;
    return row->run >= (o->failure_threshold > 0 ? o->failure_threshold : 3) ? PROBE_ROW_FAILURE : PROBE_ROW_GOES_ON;
}
