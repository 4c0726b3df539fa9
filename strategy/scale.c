/* The scale subresource (autoscaling/v1 Scale). */
#include "strategy/strategy.h"
#include "selector/selector.h"

/* labels.FormatLabels / metav1.FormatLabelSelector of spec.selector, which is a plain map in a ReplicationController. */
static int print_selector(struct arena *a, const struct value *selector, struct str *out)
{
    SCOPED_BUF b = BUF_INIT(64 * 1024);
    bool modern = value_get(selector, STR("matchLabels")) || value_get(selector, STR("matchExpressions"));
    if (modern) {
        struct selector *s = NULL;
        int r = selector_from_tree(a, selector, &s, NULL);
        if (r == -ENOMEM)
            return r;
        if (r == 0)
            selector_print(s, &b);
    } else {
        VALUE_EACH_MEMBER (m, selector) {
            if (b.n)
                buf_char(&b, ',');
            buf_fmt(&b, "%.*s=%.*s", STR_FMT(m->key), STR_FMT(value_text(&m->value)));
        }
    }
    int r = buf_error(&b);
    return r < 0 ? r : arena_str(a, buf_view(&b), out);
}

int strategy_scale_read(struct arena *a, const struct value *object, struct value *scale)
{
    static const char *const copied[] = {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"};
    struct str selector = STR_NONE;
    int r = print_selector(a, value_at(object, "spec.selector"), &selector);
    *scale = value_make_map();
    VALUE_SET(&r, a, scale, "kind", value_make_text(STR("Scale")));
    VALUE_SET(&r, a, scale, "apiVersion", value_make_text(STR("autoscaling/v1")));
    VALUE_SET(&r, a, scale, "metadata", value_make_map());
    for (size_t i = 0; i < ARRAY_LEN(copied); i++) {
        const struct value *v = value_get(value_at(object, "metadata"), str_of(copied[i]));
        if (v && r == 0 && !value_set(a, value_at(scale, "metadata"), str_of(copied[i]), *v))
            r = -ENOMEM;
    }
    int64_t wanted = value_int_at(object, "spec.replicas", value_get(value_at(object, "spec"), STR("replicas")) ? 0 : 1);
    VALUE_SET(&r, a, scale, "spec", value_make_map());
    if (wanted)
        VALUE_SET(&r, a, scale, "spec.replicas", value_make_int(wanted));
    VALUE_SET(&r, a, scale, "status.replicas", value_make_int(value_int_at(object, "status.replicas", 0)));
    if (selector.n)
        VALUE_SET(&r, a, scale, "status.selector", value_make_text(selector));
    return r;
}

int strategy_scale_write(struct arena *a, const struct value *scale, struct value *object)
{
    int64_t wanted = value_int_at(scale, "spec.replicas", 0);
    if (wanted < 0)
        return -EINVAL;
    return value_put(a, object, "spec.replicas", value_make_int(wanted)) ? 0 : -ENOMEM;
}
