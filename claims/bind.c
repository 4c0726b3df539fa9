#include "claims/inside.h"

/* Claims: unbound ones look for a volume, bound ones are held to theirs. A look that changes both objects writes the volume first: when the
 * second write fails, the claim finds at the next look a volume that is promised to it. */

/* ── events, each once ── */

#define TOLD_MAX 20000

struct telling {
    struct map told; /* uid of a claim → the reason it was told last */
};

void *claims_bind_state_new(void)
{
    return mem_alloc(sizeof(struct telling));
}

static void forget_all(struct telling *t)
{
    struct map_slot *slot;
    while ((slot = map_next(&t->told, NULL))) {
        union {
            const char *in;
            char *out;
        } key = {.in = slot->key.p};
        map_del(&t->told, slot->key);
        mem_free(key.out);
    }
    map_done(&t->told);
}

void claims_bind_state_free(void *state)
{
    if (state)
        forget_all(state);
    mem_free(state);
}

/* True: it has not been told this since it was told something else. */
static bool news(struct view *v, const struct value *claim, const char *reason)
{
    struct telling *t = v->state;
    struct str uid = claims_uid_of(claim);
    union {
        const char *in;
        char *out;
    } kept = {.in = reason};
    if (!t || !uid.n)
        return true;
    struct map_slot *slot = NULL;
    if (map_get(&t->told, uid) == kept.out)
        return false;
    if (t->told.n >= TOLD_MAX)
        forget_all(t);
    MAP_EACH (s, &t->told)
        slot = str_eq(s->key, uid) ? s : slot;
    if (slot) {
        slot->value = kept.out;
        return true;
    }
    char *key = mem_text(uid.p, uid.n);
    if (key && map_put(&t->told, str_make(key, uid.n), kept.out) < 0)
        mem_free(key);
    return true;
}

/* ── phases ── */

static void claim_phase(struct view *v, struct value *claim, const char *phase)
{
    int r = 0;
    if (str_is(value_text_at(claim, "status.phase"), phase))
        return;
    VALUE_SET(&r, v->mem, claim, "status.phase", value_make_text(str_of(phase)));
    if (strcmp(phase, "Bound") != 0)
        for (size_t i = 0; i < 2; i++)
            value_del(value_get(claim, STR("status")), i ? STR("capacity") : STR("accessModes"));
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_newest_status(v, "persistentvolumeclaims", claim);
}

static void claim_bound(struct view *v, struct value *claim, const struct value *volume)
{
    int r = 0;
    const struct value *modes = value_at(volume, "spec.accessModes"), *capacity = value_at(volume, "spec.capacity");
    bool bound = str_is(value_text_at(claim, "status.phase"), "Bound");
    /* What a bound claim has may differ from its volume while that is being resized. */
    if (bound && value_equal(value_at(claim, "status.accessModes"), modes) && value_at(claim, "status.capacity"))
        return;
    VALUE_SET(&r, v->mem, claim, "status.phase", value_make_text(STR("Bound")));
    if (modes)
        VALUE_SET(&r, v->mem, claim, "status.accessModes", *modes);
    if (capacity && !(bound && value_at(claim, "status.capacity")))
        VALUE_SET(&r, v->mem, claim, "status.capacity", *capacity);
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_newest_status(v, "persistentvolumeclaims", claim);
}

static int put_ref(struct view *v, struct value *volume, const struct value *claim)
{
    static const char *const from[][2] = {{"spec.claimRef.namespace", "metadata.namespace"},
                                          {"spec.claimRef.name", "metadata.name"},
                                          {"spec.claimRef.uid", "metadata.uid"},
                                          {"spec.claimRef.resourceVersion", "metadata.resourceVersion"}};
    int r = 0;
    VALUE_SET(&r, v->mem, volume, "spec.claimRef.kind", value_make_text(STR("PersistentVolumeClaim")));
    VALUE_SET(&r, v->mem, volume, "spec.claimRef.apiVersion", value_make_text(STR("v1")));
    for (size_t i = 0; i < ARRAY_LEN(from); i++)
        VALUE_SET(&r, v->mem, volume, from[i][0], value_make_text(value_text_at(claim, from[i][1])));
    return r;
}

static void bind_both(struct view *v, struct value *volume, struct value *claim)
{
    struct str name = value_text_at(volume, "metadata.name");
    bool promised = !value_is_null(value_at(volume, "spec.claimRef"));
    int r = 0;
    if (!promised || !value_text_at(volume, "spec.claimRef.uid").n) {
        r = put_ref(v, volume, claim);
        if (!promised)
            put_annotation(v, &r, volume, BOUND_BY_CONTROLLER, STR("yes"));
        claims_want_update(v, "persistentvolumes", volume);
    }
    claims_volume_phase(v, volume, "Bound", NULL, STR_NONE);
    bool named = value_text_at(claim, "spec.volumeName").n > 0;
    if (!named || !annotation_of(claim, BIND_COMPLETED).n) {
        VALUE_SET(&r, v->mem, claim, "spec.volumeName", value_make_text(name));
        put_annotation(v, &r, claim, BIND_COMPLETED, STR("yes"));
        if (!named)
            put_annotation(v, &r, claim, BOUND_BY_CONTROLLER, STR("yes"));
        claims_want_update(v, "persistentvolumeclaims", claim);
    }
    claim_bound(v, claim, volume);
    if (r < 0)
        v->out->failed = true;
}

/* ── claims without a volume ── */

static const struct value *default_class(struct view *v)
{
    const struct client_cache *classes = view_cache(v, "storageclasses");
    struct map_slot *at = NULL;
    const struct value *best = NULL;
    for (struct object *o = client_cache_next(classes, &at); o; o = client_cache_next(classes, &at)) {
        const struct value *c = view_tree(v, o);
        if (!str_is(annotation_of(c, "storageclass.kubernetes.io/is-default-class"), "true") &&
            !str_is(annotation_of(c, "storageclass.beta.kubernetes.io/is-default-class"), "true"))
            continue;
        /* The youngest counts, of equally young ones the first by name, as in admission. */
        int64_t age = time_of(value_at(c, "metadata.creationTimestamp")), best_age = time_of(value_at(best, "metadata.creationTimestamp"));
        if (!best || age > best_age || (age == best_age && str_cmp(value_text_at(c, "metadata.name"), value_text_at(best, "metadata.name")) < 0))
            best = c;
    }
    return best;
}

/* A claim made before there was a default class gets it afterwards (KEP-3333). */
static bool take_default(struct view *v, struct value *claim)
{
    const struct value *class = claims_class_named(claim) ? NULL : default_class(v);
    int r = 0;
    if (!class)
        return false;
    VALUE_SET(&r, v->mem, claim, "spec.storageClassName", value_make_text(value_text_at(class, "metadata.name")));
    if (r < 0)
        v->out->failed = true;
    else
        claims_want_update(v, "persistentvolumeclaims", claim);
    return true;
}

static void ask_provisioner(struct view *v, struct value *claim, const struct value *class)
{
    struct str by = value_text_at(class, "provisioner"), name = claims_class_name_of(claim);
    int r = 0;
    if (!class) {
        if (news(v, claim, "ProvisioningFailed"))
            want_event(v, claim, true, BINDER, "ProvisioningFailed", "storageclass.storage.k8s.io \"%.*s\" not found", STR_FMT(name));
        return;
    }
    if (str_is(by, "kubernetes.io/no-provisioner")) {
        if (news(v, claim, "FailedBinding"))
            want_event(v, claim, false, BINDER, "FailedBinding",
                       "no persistent volumes available for this claim and its storage class provisions none");
        return;
    }
    if (!str_eq(annotation_of(claim, "volume.kubernetes.io/storage-provisioner"), by)) {
        put_annotation(v, &r, claim, "volume.beta.kubernetes.io/storage-provisioner", by);
        put_annotation(v, &r, claim, "volume.kubernetes.io/storage-provisioner", by);
        claims_want_update(v, "persistentvolumeclaims", claim);
    }
    if (r < 0)
        v->out->failed = true;
    if (!str_is(by, CLAIMS_LOCAL) && news(v, claim, "ExternalProvisioning"))
        want_event(v, claim, false, BINDER, "ExternalProvisioning",
                   "Waiting for a volume to be created either by the external provisioner '%.*s' or manually by the system administrator. If volume "
                   "creation is "
                   "delayed, please verify that the provisioner is running and correctly registered.",
                   STR_FMT(by));
}

static void find_volume(struct view *v, struct value *claim)
{
    if (take_default(v, claim))
        return;
    struct value *class = claims_class_of(v, claims_class_name_of(claim));
    bool waits = class && claims_class_waits(class), chosen = annotation_of(claim, SELECTED_NODE).n > 0;
    struct value *volume = claims_match_find(v, claim, waits);
    if (volume) {
        bind_both(v, volume, claim);
        return;
    }
    if (waits && !chosen) {
        if (news(v, claim, "WaitForFirstConsumer"))
            want_event(v, claim, false, BINDER, "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
    } else if (claims_class_name_of(claim).n) {
        ask_provisioner(v, claim, class);
    } else if (news(v, claim, "FailedBinding")) {
        want_event(v, claim, false, BINDER, "FailedBinding", "no persistent volumes available for this claim and no storage class is set");
    }
    claim_phase(v, claim, "Pending");
}

static void take_named(struct view *v, struct value *claim)
{
    struct str name = value_text_at(claim, "spec.volumeName");
    struct value *volume = view_get(v, "persistentvolumes", STR_NONE, name);
    bool free_one = value_is_null(value_at(volume, "spec.claimRef"));
    const char *why = volume && free_one ? claims_mismatch(v, volume, claim) : NULL;
    if (volume && !why && (free_one || claims_bound_to(volume, claim))) {
        bind_both(v, volume, claim);
        return;
    }
    if (volume && !free_one) {
        if (news(v, claim, "FailedBinding"))
            want_event(v, claim, true, BINDER, "FailedBinding", "volume \"%.*s\" already bound to a different claim.", STR_FMT(name));
    } else if (why && news(v, claim, "VolumeMismatch")) {
        want_event(v, claim, true, BINDER, "VolumeMismatch", "Cannot bind to requested volume \"%.*s\": %s", STR_FMT(name), why);
    }
    claim_phase(v, claim, "Pending");
}

/* ── claims that were bound ── */

static void lose(struct view *v, struct value *claim, const char *reason, const char *text)
{
    if (news(v, claim, reason))
        want_event(v, claim, true, BINDER, reason, "%s", text);
    claim_phase(v, claim, "Lost");
}

static void hold(struct view *v, struct value *claim)
{
    struct str name = value_text_at(claim, "spec.volumeName");
    struct value *volume = name.n ? view_get(v, "persistentvolumes", STR_NONE, name) : NULL;
    if (!name.n)
        lose(v, claim, "ClaimLost", "Bound claim has lost reference to PersistentVolume. Data on the volume is lost!");
    else if (!volume)
        lose(v, claim, "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
    else if (value_is_null(value_at(volume, "spec.claimRef")) || claims_bound_to(volume, claim))
        bind_both(v, volume, claim);
    else
        lose(v, claim, "ClaimMisbound", "Two claims are bound to the same volume, this one is bound incorrectly");
}

void claims_bind_reconcile(struct view *v, struct str key)
{
    struct str ns, name;
    if (!v->synced)
        return;
    if (key.n && key.p[0] == '=') {
        claims_volume_sync(v, str_from(key, 1));
        return;
    }
    view_key(key, &ns, &name);
    struct value *claim = view_get(v, "persistentvolumeclaims", ns, name);
    if (!claim)
        return;
    if (annotation_of(claim, BIND_COMPLETED).n)
        hold(v, claim);
    else if (is_deleting(claim))
        return;
    else if (value_text_at(claim, "spec.volumeName").n)
        take_named(v, claim);
    else
        find_volume(v, claim);
}

/* ── from changes to keys ── */

static void add_volume(struct view *v, struct str name, claims_add *add, void *ctx)
{
    struct str key = name.n ? arena_fmt(v->mem, "=%.*s", STR_FMT(name)) : STR_NONE;
    if (key.p)
        add(ctx, key);
}

static bool refers(struct object *volume, const struct object *claim)
{
    char a[300], b[300];
    struct str ns = STR_NONE, name = STR_NONE;
    return object_field(volume, "spec.claimRef.name", &name, a) && str_eq(name, object_name(claim)) &&
           object_field(volume, "spec.claimRef.namespace", &ns, b) && str_eq(ns, object_namespace(claim));
}

void claims_map_claim(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    char scratch[512], place[300];
    struct str volume = STR_NONE;
    add(ctx, client_key(now ? now : old, scratch));
    if (old && object_field(old, "spec.volumeName", &volume, place))
        add_volume(v, volume, add, ctx);
    if (now && object_field(now, "spec.volumeName", &volume, place))
        add_volume(v, volume, add, ctx);
    if (now && old)
        return;
    const struct client_cache *volumes = view_cache(v, "persistentvolumes");
    struct map_slot *at = NULL;
    for (struct object *o = client_cache_next(volumes, &at); o; o = client_cache_next(volumes, &at))
        if (refers(o, now ? now : old))
            add_volume(v, object_name(o), add, ctx);
}

/* Whoever has no volume yet may find one now. */
static void add_unbound(struct view *v, claims_add *add, void *ctx)
{
    const struct client_cache *claims = view_cache(v, "persistentvolumeclaims");
    struct map_slot *at = NULL;
    char scratch[512], place[300];
    for (struct object *o = client_cache_next(claims, &at); o; o = client_cache_next(claims, &at)) {
        struct str phase = STR_NONE;
        if (!object_field(o, "status.phase", &phase, place) || !str_is(phase, "Bound"))
            add(ctx, client_key(o, scratch));
    }
}

void claims_map_volume(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    struct object *both[] = {old, now};
    bool taken = false;
    add_volume(v, object_name(now ? now : old), add, ctx);
    for (size_t i = 0; i < ARRAY_LEN(both); i++) {
        const struct value *tree = both[i] ? view_tree(v, both[i]) : NULL;
        struct str name = value_text_at(tree, "spec.claimRef.name");
        struct str key = name.n ? arena_fmt(v->mem, "%.*s/%.*s", STR_FMT(value_text_at(tree, "spec.claimRef.namespace")), STR_FMT(name)) : STR_NONE;
        taken = name.n > 0;
        if (key.p)
            add(ctx, key);
    }
    if (!taken || !now)
        add_unbound(v, add, ctx);
}

void claims_map_class(struct view *v, struct object *old, struct object *now, claims_add *add, void *ctx)
{
    (void)old;
    if (now)
        add_unbound(v, add, ctx);
}
