#include "life/inside.h"

#define PULL_FIRST_MS 10000
#define PULL_MOST_MS  300000

static void pulled(void *ctx, const struct image_pull_result *r)
{
    struct container *c = ctx;
    struct worker *w = c->worker;
    struct str image = value_text_at(c->spec, "image");
    int64_t now = loop_now(w->host->loop);
    c->pull = NULL;
    c->state = CONTAINER_WAITING;
    if (r->outcome == IMAGE_PULLED) {
        c->pull_wait_ms = 0;
        c->image_event = true;
        pod_event_send(w, c, false, "Pulled", "Successfully pulled image \"%.*s\" in %lldms. Image size: %lld bytes.", STR_FMT(image),
                       (long long)r->ms, (long long)r->image->size);
        life_container_wait(c, "ContainerCreating", "%s", "");
    } else {
        c->pull_wait_ms = c->pull_wait_ms ? MIN(c->pull_wait_ms * 2, (int64_t)PULL_MOST_MS) : PULL_FIRST_MS;
        c->pull_at = now + c->pull_wait_ms;
        pod_event_send(w, c, true, "Failed", "Failed to pull image \"%.*s\": %s", STR_FMT(image), r->error);
        pod_event_send(w, c, true, "Failed", "Error: %s", image_outcome_reason(r->outcome));
        life_container_wait(c, image_outcome_reason(r->outcome), "failed to pull and unpack image \"%.*s\": %s", STR_FMT(image), r->error);
    }
    life_status_changed(w);
    pod_worker_poke(w);
}

/* The texts of the pod's pull secrets that are there. */
static size_t secrets(struct worker *w, struct arena *a, struct str out[16], bool *known)
{
    const struct value *list = value_at(pod_worker_spec(w), "imagePullSecrets");
    size_t n = 0;
    *known = true;
    VALUE_EACH_ITEM (item, list) {
        const struct value *secret = NULL;
        int r = pod_sources_look(w, "secrets", value_text_at(item, "name"), &secret);
        if (r == -EAGAIN)
            *known = false;
        if (r != 0 || n == 16)
            continue;
        struct str text = value_text(value_get(value_at(secret, "data"), STR(".dockerconfigjson")));
        if (!text.n)
            text = value_text(value_get(value_at(secret, "data"), STR(".dockercfg")));
        struct buf plain = BUF_INIT(1u << 20);
        if (text.n && buf_unbase64(&plain, text) == 0 && arena_str(a, buf_view(&plain), &out[n]) == 0)
            n++;
        buf_done(&plain);
    }
    return n;
}

static void begin(struct container *c, struct str reference)
{
    SCOPED(arena) a = NULL;
    struct str texts[16];
    bool known = true;
    struct err err = {{0}};
    struct worker *w = c->worker;
    if (arena_new(&a, 4u << 20) < 0)
        return;
    size_t n = secrets(w, a, texts, &known);
    if (!known)
        return; /* the source pokes the worker when it comes */
    struct image_pull_request q = {.reference = reference, .docker_configs = texts, .n_docker_configs = n, .done = pulled, .ctx = c};
    pod_event_send(w, c, false, "Pulling", "Pulling image \"%.*s\"", STR_FMT(reference));
    int r = image_pull(w->host->images, &q, &c->pull, &err);
    if (r == 0) {
        c->state = CONTAINER_PULLING;
        return;
    }
    c->pull_at = loop_now(w->host->loop) + PULL_FIRST_MS;
    life_container_wait(c, r == -EINVAL ? "InvalidImageName" : "ErrImagePull", "%s", err.text);
    pod_event_send(w, c, true, r == -EINVAL ? "InspectFailed" : "Failed", "%s", err.text);
    pod_worker_poke_after(w, PULL_FIRST_MS);
}

static void note_image(struct container *c, const struct image *i)
{
    struct str id = i->n_digests ? i->digests[0] : i->id;
    snprintf(c->image_id, sizeof(c->image_id), "%.*s", STR_FMT(id));
}

/* A refusal is told once, by Event and status, and tried again later. */
static bool refuse(struct container *c, const char *reason, const char *event, const char *text)
{
    struct worker *w = c->worker;
    if (strcmp(c->reason, reason) != 0)
        pod_event_send(w, c, true, event, "%s", text);
    life_container_wait(c, reason, "%s", text);
    life_status_changed(w);
    c->pull_at = loop_now(w->host->loop) + PULL_FIRST_MS;
    pod_worker_poke_after(w, PULL_FIRST_MS);
    return false;
}

static bool back_off(struct container *c, struct str reference, int64_t ms)
{
    struct worker *w = c->worker;
    if (strcmp(c->reason, "ImagePullBackOff") != 0) {
        char before[1100];
        snprintf(before, sizeof(before), "%s: %s", c->reason, c->message);
        pod_event_send(w, c, false, "BackOff", "Back-off pulling image \"%.*s\"", STR_FMT(reference));
        life_container_wait(c, "ImagePullBackOff", "Back-off pulling image \"%.*s\": %s", STR_FMT(reference), before);
        life_status_changed(w);
    }
    pod_worker_poke_after(w, ms);
    return false;
}

/* Is what is here good enough? With policy Always only right after a pull. */
static bool here(struct container *c, struct str reference, bool always, struct image **out)
{
    struct worker *w = c->worker;
    if (image_find(w->host->images, reference, out) != 0 || (always && !c->image_event))
        return false;
    if (!c->image_event)
        pod_event_send(w, c, false, "Pulled", "Container image \"%.*s\" already present on machine", STR_FMT(reference));
    c->image_event = false;
    note_image(c, *out);
    return true;
}

bool life_pulling_done(struct container *c, struct image **out)
{
    struct str reference = value_text_at(c->spec, "image"), policy = value_text_at(c->spec, "imagePullPolicy");
    int64_t now = loop_now(c->worker->host->loop);
    struct image_ref ref;
    struct err err = {{0}};
    char text[900];
    if (c->state == CONTAINER_PULLING)
        return false;
    if (image_ref_parse(&ref, reference, &err) < 0) {
        snprintf(text, sizeof(text), "Failed to apply default image tag \"%.*s\": %.300s", (int)MIN(reference.n, (size_t)400), reference.p, err.text);
        return refuse(c, "InvalidImageName", "InspectFailed", text);
    }
    if (here(c, reference, str_is(policy, "Always") || (!policy.n && image_ref_is_latest(&ref)), out))
        return true;
    if (str_is(policy, "Never")) {
        snprintf(text, sizeof(text), "Container image \"%.*s\" is not present with pull policy of Never", (int)MIN(reference.n, (size_t)600),
                 reference.p);
        return refuse(c, "ErrImageNeverPull", "ErrImageNeverPull", text);
    }
    if (now < c->pull_at)
        return back_off(c, reference, c->pull_at - now);
    begin(c, reference);
    return false;
}

/* ── image volumes ── */

static void volume_pulled(void *ctx, const struct image_pull_result *r)
{
    struct worker *w = ctx;
    w->volume_pull = NULL;
    if (r->outcome == IMAGE_PULLED) {
        w->volumes_pulled[w->volume_pulling / 8] |= (uint8_t)(1u << w->volume_pulling % 8);
    } else {
        w->volume_pull_at = loop_now(w->host->loop) + PULL_FIRST_MS;
        pod_event_send(w, NULL, true, "Failed", "Failed to pull image: %s", r->error);
    }
    pod_worker_poke(w);
}

void life_pulling_for_volume(struct worker *w, size_t volume, struct str reference)
{
    SCOPED(arena) a = NULL;
    struct str texts[16];
    struct err err = {{0}};
    bool known = true;
    int64_t wait = w->volume_pull_at - loop_now(w->host->loop);
    if (w->volume_pull)
        return;
    if (wait > 0) {
        pod_worker_poke_after(w, wait);
        return;
    }
    if (arena_new(&a, 4u << 20) < 0)
        return;
    size_t n = secrets(w, a, texts, &known);
    struct image_pull_request q = {.reference = reference, .docker_configs = texts, .n_docker_configs = n, .done = volume_pulled, .ctx = w};
    if (!known)
        return; /* the source pokes the worker when it comes */
    w->volume_pulling = volume;
    pod_event_send(w, NULL, false, "Pulling", "Pulling image \"%.*s\"", STR_FMT(reference));
    if (image_pull(w->host->images, &q, &w->volume_pull, &err) < 0) {
        w->volume_pull_at = loop_now(w->host->loop) + PULL_FIRST_MS;
        pod_event_send(w, NULL, true, "Failed", "%s", err.text);
        pod_worker_poke_after(w, PULL_FIRST_MS);
    }
}
