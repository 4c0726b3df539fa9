#include "reread/reread.h"

#include "log/log.h"
#include "meter/meter.h"
#include "os/os.h"

#define SETTLE_MS 50 /* whoever writes has finished, mostly */
#define LOOK_MS   60000

struct reread {
    struct reread_options o;
    char path[OS_PATH_MAX];
    struct buf text; /* as last given to load */
    struct loop_file *folder;
    struct loop_timer timer;
    bool missing; /* said so already */
};

static struct meter reloads = {
    .name = "coracle_settings_reloads_total", .help = "Files of settings taken anew, by flag and outcome", .kind = METER_COUNTER};
static struct meter last = {
    .name = "coracle_settings_last_reload_timestamp_seconds", .help = "When a file of settings was last taken anew", .kind = METER_GAUGE};

static int give(struct reread *x, struct err *err)
{
    SCOPED_BUF text = BUF_INIT(REREAD_MAX);
    int r = os_file_read(x->path, REREAD_MAX, &text);
    if (r < 0)
        return err_raise(err, r, "%s \"%s\": %s", x->o.what, x->path, r == -EFBIG ? "it is larger than 4 MiB" : strerror(-r));
    if (x->text.p && str_eq(buf_view(&text), buf_view(&x->text)))
        return 1;
    r = x->o.load(x->o.ctx, buf_view(&text), err);
    buf_clear(&x->text);
    if (r != -ENOMEM && r != -EAGAIN) { /* else it is tried again */
        buf_str(&x->text, buf_view(&text));
        buf_char(&x->text, 0);
        x->text.n -= x->text.n > 0; /* the empty text has a p too */
    }
    return r < 0 ? err_wrap(err, r, "%s \"%s\"", x->o.what, x->path) : 0;
}

static void look(void *ctx)
{
    struct reread *x = ctx;
    struct err err = {{0}};
    int r = give(x, &err);
    if (r == 0) {
        log_info("settings", "%s \"%s\": taken anew", x->o.what, x->path);
        meter_set(meter_series(&last, "file=\"%s\"", x->o.what), loop_wall(x->o.loop));
    } else if (r < 0 && !x->missing) {
        log_error("settings", "what was in force stays: %s", err.text);
    }
    x->missing = r == -ENOENT;
    if (r <= 0)
        meter_add(meter_series(&reloads, "file=\"%s\",status=\"%s\"", x->o.what, r < 0 ? "failure" : "success"), 1);
    if (loop_timer_start(x->o.loop, &x->timer, LOOK_MS, look, x) < 0)
        log_error("settings", "no memory for a timer: %s is not looked at any more", x->o.what);
}

static void on_folder(void *ctx, const char *name)
{
    struct reread *x = ctx;
    (void)name; /* a link's target may be what changed */
    if (loop_timer_start(x->o.loop, &x->timer, SETTLE_MS, look, x) < 0)
        log_error("settings", "no memory for a timer");
}

static int watch(struct reread *x, struct err *err)
{
    char folder[OS_PATH_MAX];
    struct str head = STR("."), tail;
    if (!str_cut_last(str_of(x->path), '/', &head, &tail))
        head = STR(".");
    int r = os_path(folder, "%.*s", STR_FMT(head.n ? head : STR("/")));
    if (r == 0 && loop_file_new(&x->folder, x->o.loop, folder, on_folder, x) < 0)
        x->folder = NULL; /* once a minute must do */
    if (r == 0)
        r = loop_timer_start(x->o.loop, &x->timer, LOOK_MS, look, x);
    return r < 0 ? err_raise(err, r, "%s: %s", x->o.what, strerror(-r)) : 0;
}

int reread_new(struct reread **out, const struct reread_options *o, struct err *err)
{
    meter_register(&reloads);
    meter_register(&last);
    struct reread *x = mem_alloc(sizeof(*x));
    if (!x)
        return err_raise(err, -ENOMEM, "no memory for settings");
    x->o = *o;
    x->text = BUF_INIT(0);
    int r = os_path(x->path, "%s", o->path);
    r = r < 0 ? err_raise(err, r, "%s: the path is too long", o->what) : give(x, err);
    if (r == 0)
        r = watch(x, err);
    if (r < 0)
        reread_free(x);
    else
        *out = x;
    return r;
}

struct reread *reread_free(struct reread *x)
{
    if (!x)
        return NULL;
    loop_timer_stop(&x->timer);
    loop_file_free(x->folder);
    if (x->text.p)
        explicit_bzero(x->text.p, x->text.n); /* keys may stand there */
    buf_done(&x->text);
    return mem_free(x);
}
