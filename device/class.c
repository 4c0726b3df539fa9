#include "device/inside.h"

/* DeviceClasses: those that are there, and those that are only asked for. */

#define IMPLICIT "deviceclass.resource.kubernetes.io/"

struct class *class_get(struct device_store *s, struct str name)
{
    struct class *c = map_get(&s->classes, name);
    if (c) {
        c->refs++;
        return c;
    }
    c = mem_alloc(sizeof(*c));
    if (!c)
        return NULL;
    c->name = mem_text(name.p, name.n);
    if (!c->name || map_put(&s->classes, str_of(c->name), c) < 0) {
        mem_free(c->name);
        return mem_free(c);
    }
    c->refs = 1;
    return c;
}

static void drop_if_idle(struct device_store *s, struct class *c)
{
    if (c->refs || c->mem)
        return;
    map_del(&s->classes, str_of(c->name));
    mem_free(c->name);
    mem_free(c);
}

void class_unref(struct device_store *s, struct class *c)
{
    if (!c)
        return;
    c->refs--;
    drop_if_idle(s, c);
}

int device_class_put(struct device_store *s, const struct value *tree)
{
    SCOPED(arena) mem = NULL;
    struct value spec = {0};
    struct class *c = class_get(s, value_text_at(tree, "metadata.name"));
    int64_t sec = 0;
    int32_t nsec;
    if (!c)
        return -ENOMEM;
    int r = arena_new(&mem, 8u << 20);
    if (r == 0 && value_at(tree, "spec"))
        r = value_copy(mem, value_at(tree, "spec"), &spec);
    if (r == 0) {
        bool same = c->mem && value_equal(value_get(&spec, STR("selectors")), value_get(&c->spec, STR("selectors")));
        if (time_parse_rfc3339(value_text_at(tree, "metadata.creationTimestamp"), &sec, &nsec) < 0)
            sec = 0;
        arena_free(c->mem);
        c->mem = TAKE(mem);
        c->spec = spec;
        c->created = sec;
        c->resource = value_text_at(&c->spec, "extendedResourceName");
        c->version += !same;
    }
    class_unref(s, c);
    return r;
}

void device_class_del(struct device_store *s, struct str name)
{
    struct class *c = map_get(&s->classes, name);
    if (!c)
        return;
    c->mem = arena_free(c->mem);
    c->spec = (struct value){0};
    c->resource = STR_NONE;
    c->version++;
    drop_if_idle(s, c);
}

bool device_class_known(const struct device_store *s, struct str name)
{
    const struct class *c = map_get(&s->classes, name);
    return c && c->mem;
}

struct str device_class_of_resource(const struct device_store *s, struct str resource)
{
    const struct class *best = NULL;
    if (str_starts(resource, STR(IMPLICIT))) {
        struct str name = str_from(resource, sizeof(IMPLICIT) - 1);
        best = map_get(&s->classes, name);
        return best && best->mem ? str_of(best->name) : STR_NONE;
    }
    MAP_EACH (slot, &s->classes) {
        const struct class *c = slot->value;
        if (c->mem && c->resource.n && str_eq(c->resource, resource) &&
            (!best || c->created > best->created || (c->created == best->created && strcmp(c->name, best->name) < 0)))
            best = c;
    }
    return best ? str_of(best->name) : STR_NONE;
}
