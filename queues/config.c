#include "queues/inside.h"

#include "yaml/yaml.h"

/* Kueue's Configuration (config.kueue.x-k8s.io): of it waitForPodsReady and fairSharing. What else stands there is about a process that is not here.
 */

#define CONFIG_BYTES (1u << 20)

static int64_t unit_of(struct str s)
{
    return str_is(s, "ms") ? 1 : str_is(s, "s") ? 1000 : str_is(s, "m") ? 60000 : str_is(s, "h") ? 3600000 : 0;
}

/* As Go writes them: "5m", "1h30m", "0s". In milliseconds. */
static int duration(struct str s, int64_t *ms)
{
    *ms = 0;
    if (!s.n)
        return -EINVAL;
    while (s.n) {
        size_t n = 0, u;
        int64_t number, unit;
        while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
            n++;
        if (n == 0 || n > 9 || str_to_int(str_head(s, n), &number) < 0)
            return -EINVAL;
        s = str_from(s, n);
        for (u = 0; u < s.n && s.p[u] >= 'a' && s.p[u] <= 'z';)
            u++;
        unit = unit_of(str_head(s, u));
        if (!unit || *ms > INT64_MAX / 2 - number * unit)
            return -EINVAL;
        *ms += number * unit;
        s = str_from(s, u);
    }
    return 0;
}

static int read_duration(const struct value *map, const char *name, int64_t otherwise, int64_t *seconds, struct err *err)
{
    const struct value *v = value_get(map, str_of(name));
    int64_t ms;
    *seconds = otherwise;
    if (value_is_null(v))
        return 0;
    if (duration(value_text(v), &ms) < 0)
        return err_raise(err, -EINVAL, "waitForPodsReady.%s: Invalid value: \"%.*s\": must be a duration such as 5m", name, STR_FMT(value_text(v)));
    *seconds = (ms + 999) / 1000;
    return 0;
}

static int read_number(const struct value *map, const char *name, int64_t otherwise, int64_t least, int64_t *out, struct err *err)
{
    const struct value *v = value_get(map, str_of(name));
    *out = value_is_null(v) ? otherwise : value_int(v, -1);
    return *out < least && !value_is_null(v)
               ? err_raise(err, -EINVAL, "waitForPodsReady.requeuingStrategy.%s: Invalid value: must be an integer of at least %lld", name,
                           (long long)least)
               : 0;
}

static int read_switch(const struct value *map, const char *path, const char *name, bool otherwise, bool *out, struct err *err)
{
    const struct value *v = value_get(map, str_of(name));
    *out = value_is_null(v) ? otherwise : v->type == VALUE_BOOL && v->boolean;
    return !value_is_null(v) && v->type != VALUE_BOOL ? err_raise(err, -EINVAL, "%s.%s: Invalid value: must be true or false", path, name) : 0;
}

static int read_waiting(const struct value *map, bool on, struct reconcile_queues *out, struct err *err)
{
    const struct value *strategy = value_get(map, STR("requeuingStrategy"));
    struct str timestamp = value_text_at(strategy, "timestamp");
    int r = read_switch(map, "waitForPodsReady", "enable", on, &out->wait, err);
    if (r == 0)
        r = read_switch(map, "waitForPodsReady", "blockAdmission", false, &out->block, err);
    if (r == 0)
        r = read_duration(map, "timeout", 300, &out->timeout, err);
    if (r == 0)
        r = read_duration(map, "recoveryTimeout", out->timeout, &out->recovery, err);
    if (r == 0)
        r = read_number(strategy, "backoffLimitCount", -1, 0, &out->limit, err);
    if (r == 0)
        r = read_number(strategy, "backoffBaseSeconds", 60, 0, &out->base, err);
    if (r == 0)
        r = read_number(strategy, "backoffMaxSeconds", 3600, 0, &out->most, err);
    if (r == 0 && timestamp.n && !str_is(timestamp, "Eviction") && !str_is(timestamp, "Creation"))
        r = err_raise(err, -EINVAL,
                      "waitForPodsReady.requeuingStrategy.timestamp: Unsupported value: \"%.*s\": supported values: \"Eviction\", \"Creation\"",
                      STR_FMT(timestamp));
    out->by_creation = str_is(timestamp, "Creation");
    return r;
}

static int read_whole(const struct value *tree, struct reconcile_queues *out, struct err *err)
{
    struct str api = value_text_at(tree, "apiVersion"), kind = value_text_at(tree, "kind");
    const struct value *waiting = value_get(tree, STR("waitForPodsReady")), *fair = value_get(tree, STR("fairSharing"));
    if (!str_is(api, "config.kueue.x-k8s.io/v1beta1") && !str_is(api, "config.kueue.x-k8s.io/v1beta2"))
        return err_raise(err, -EINVAL,
                         "apiVersion: Unsupported value: \"%.*s\": supported values: \"config.kueue.x-k8s.io/v1beta1\", "
                         "\"config.kueue.x-k8s.io/v1beta2\"",
                         STR_FMT(str_head(api, 100)));
    if (!str_is(kind, "Configuration"))
        return err_raise(err, -EINVAL, "kind: Unsupported value: \"%.*s\": supported values: \"Configuration\"", STR_FMT(str_head(kind, 100)));
    bool on = str_is(api, "config.kueue.x-k8s.io/v1beta2"); /* what stands there is meant; before, `enable` had to say so */
    int r = 0;
    if (!value_is_null(waiting) && waiting->type != VALUE_MAP)
        r = err_raise(err, -EINVAL, "waitForPodsReady: Invalid value: must be an object");
    else if (!value_is_null(waiting))
        r = read_waiting(waiting, on, out, err);
    if (r == 0 && !value_is_null(fair))
        r = fair->type != VALUE_MAP ? err_raise(err, -EINVAL, "fairSharing: Invalid value: must be an object")
                                    : read_switch(fair, "fairSharing", "enable", on, &out->fair_sharing, err);
    return r;
}

int queues_config_parse(struct reconcile_queues *out, struct str text, struct err *err)
{
    SCOPED(arena) mem = NULL;
    struct value tree = {0};
    *out = (struct reconcile_queues){0};
    int r = arena_new(&mem, CONFIG_BYTES);
    if (r == 0)
        r = yaml_parse(mem, text, NULL, &tree, err);
    if (r == -ENOMEM)
        err_raise(err, r, "no memory for the queues' configuration");
    return r < 0 ? r : read_whole(&tree, out, err);
}
