#include "plugins/plugins.h"

#include "deadline/deadline.h"
#include "measure/measure.h"
#include "share/share.h"

enum { ROW_DEADLINE, ROW_MEASURE, ROW_SHARE = ROW_MEASURE + MEASURE_PLUGINS, ROWS };

struct plugins {
    struct deadline *deadline;
    struct measure *measure;
    struct share *share;
    struct sched_plugin rows[ROWS];
    struct buf text; /* of the annotation told last */
};

int plugins_new(struct plugins **out)
{
    struct plugins *p = mem_alloc(sizeof(*p));
    int r = p ? deadline_new(&p->deadline) : -ENOMEM;
    if (r == 0)
        r = measure_new(&p->measure);
    if (r == 0)
        r = share_new_live(&p->share);
    if (r < 0) {
        plugins_free(p);
        return r;
    }
    p->text = BUF_INIT(65536);
    p->rows[ROW_DEADLINE] = deadline_plugin(p->deadline);
    for (unsigned i = 0; i < MEASURE_PLUGINS; i++)
        p->rows[ROW_MEASURE + i] = measure_plugin(p->measure, (enum measure_plugin)i);
    p->rows[ROW_SHARE] = share_plugin(p->share);
    *out = p;
    return 0;
}

struct plugins *plugins_free(struct plugins *p)
{
    if (!p)
        return NULL;
    deadline_free(p->deadline);
    measure_free(p->measure);
    share_free(p->share);
    buf_done(&p->text);
    return mem_free(p);
}

const struct sched_plugin *plugins_rows(const struct plugins *p, size_t *n)
{
    *n = ROWS;
    return p->rows;
}

void plugins_attach(struct plugins *p, struct sched *engine, unsigned first)
{
    deadline_attach(p->deadline, engine, first + ROW_DEADLINE);
    measure_attach(p->measure, engine, first + ROW_MEASURE);
    share_attach(p->share, engine, first + ROW_SHARE);
}

/* All are told, whatever becomes of one. */
static int both(int a, int b)
{
    return a < 0 || b < 0 ? MIN(a, b) : MAX(a, b);
}

static int told_node(struct plugins *p, const struct value *node, struct str name)
{
    if (node)
        return both(both(deadline_node_put(p->deadline, node), measure_node_put(p->measure, node)), share_node_put(p->share, node));
    deadline_node_gone(p->deadline, name);
    share_node_gone(p->share, name);
    return measure_node_gone(p->measure, name);
}

static int told_pod(struct plugins *p, const struct value *pod, struct str uid)
{
    if (pod)
        return both(both(deadline_pod_put(p->deadline, pod), measure_pod_put(p->measure, value_text_at(pod, "metadata.uid"))),
                    share_pod_put(p->share, pod));
    deadline_pod_gone(p->deadline, uid);
    share_pod_over(p->share, uid);
    return measure_pod_gone(p->measure, uid);
}

int plugins_told(struct plugins *p, enum sched_kind kind, const struct value *object, struct str name)
{
    return kind == SCHED_NODE ? told_node(p, object, name) : told_pod(p, object, name);
}

bool plugins_annotation(struct plugins *p, const struct sched_pod *pod, size_t i, struct str *key, struct str *value)
{
    struct str uid = sched_pod_uid(pod);
    buf_clear(&p->text);
    bool cores = deadline_cores(p->deadline, uid, &p->text);
    if (cores && i == 0) {
        *key = STR(DEADLINE_CORES);
    } else {
        buf_clear(&p->text);
        if (i != (cores ? 1u : 0u) || !share_gpus(p->share, uid, &p->text))
            return false;
        *key = STR(SHARE_GPUS);
    }
    *value = buf_view(&p->text);
    return buf_error(&p->text) == 0;
}
