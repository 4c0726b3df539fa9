#include "ctl/test_ground.h"

/* Indexed Jobs: limits per index, what a failure means, and when enough has succeeded. The tests end the pods themselves. */
#define INDEXED(more) \
    "{'metadata':{'name':'j','namespace':'x'},'spec':{'completionMode':'Indexed'," more "'selector':{'matchLabels':{'job':'j'}},'template':{" \
    "'metadata':{'labels':{'job':'j'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1'}]}}}}"
#define INDEX        "batch.kubernetes.io/job-completion-index"
#define EXITED(code) "{'status':{'phase':'Failed','containerStatuses':[{'name':'c','state':{'terminated':{'exitCode':" #code "}}}]}}"

/* Changes the pod of an index that has not ended; false: there is none. An annotation of it is copied to `note`. */
static bool change_index(struct ground *g, const char *index, const char *patch, const char *annotation, char note[32])
{
    LIST_EACH (o, &g->f->objects, struct fake_object, link) {
        struct value tree = {0};
        char name[254];
        SCOPED(arena) a = NULL;
        if (!is_pod(o))
            continue;
        assert_done(arena_new(&a, 1u << 20));
        assert_done(object_tree(a, o->object, &tree, NULL));
        const struct value *notes = value_at(&tree, "metadata.annotations");
        if (value_text_at(&tree, "status.phase").n || !str_is(value_text(value_get(notes, STR(INDEX))), index))
            continue;
        if (annotation)
            snprintf(note, 32, "%.*s", STR_FMT(value_text(value_get(notes, str_of(annotation)))));
        snprintf(name, sizeof(name), "%.*s", STR_FMT(object_name(o->object)));
        fake_change(g->f, "", "pods", "x", name, patch);
        fake_run(g->f, 2000);
        return true;
    }
    return false;
}

static void end_index(struct ground *g, const char *index, const char *patch)
{
    assert_true(change_index(g, index, patch, NULL, NULL));
}

static void status_is(struct ground *g, const char *path, const char *text)
{
    char full[64];
    SCOPED(arena) a = NULL;
    assert_done(arena_new(&a, 4u << 20));
    snprintf(full, sizeof(full), "status.%s", path);
    assert_str(value_text_at(fake_get(g->f, a, "batch", "jobs", "x", "j"), full), text);
}

static bool job_is(struct ground *g, const char *type, const char *reason)
{
    return condition(g, "batch", "jobs", "x", "j", type, "True", reason);
}

static void put_job(struct ground *g, const char *text)
{
    g->no_agents = true;
    fake_put(g->f, "batch", "jobs", text);
    fake_run(g->f, 5000);
}

static void limit_per_index(void **state)
{
    struct ground *g = *state;
    char note[32] = "";
    put_job(g, INDEXED("'parallelism':2,'completions':2,'backoffLimit':2147483647,'backoffLimitPerIndex':1,"));
    end_index(g, "0", "{'status':{'phase':'Succeeded'}}");
    assert_true(change_index(g, "1", EXITED(1), "batch.kubernetes.io/job-index-failure-count", note));
    assert_string_equal(note, "0");
    status_is(g, "failedIndexes", "");
    assert_false(change_index(g, "1", "{}", NULL, NULL)); /* the next one waits ten seconds */
    fake_run(g->f, 20000);
    assert_true(change_index(g, "1", EXITED(1), "batch.kubernetes.io/job-index-failure-count", note));
    assert_string_equal(note, "1");
    fake_run(g->f, 20000);
    status_is(g, "failedIndexes", "1");
    status_is(g, "completedIndexes", "0");
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 2);
    assert_int_equal(number(g, "batch", "jobs", "j", "status.succeeded"), 1);
    assert_true(job_is(g, "Failed", "FailedIndexes"));
}

static void failed_pod_keeps_its_count(void **state)
{
    struct ground *g = *state;
    char name[254], note[32] = "";
    put_job(g, INDEXED("'parallelism':1,'completions':1,'backoffLimit':2147483647,'backoffLimitPerIndex':3,"));
    snprintf(name, sizeof(name), "%s", some_pod(g));
    fake_change(g->f, "", "pods", "x", name, "{'spec':{'nodeName':'n1'}}");
    end_index(g, "0", EXITED(1));
    delete_of(g, "", "pods", name, CLIENT_BACKGROUND);
    fake_run(g->f, 1000);
    assert_int_equal(pods(g), 1); /* held by its finalizer until there is another to know of it */
    fake_run(g->f, 20000);
    assert_true(change_index(g, "0", "{}", "batch.kubernetes.io/job-index-failure-count", note));
    assert_string_equal(note, "1");
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 1);
}

static void most_failed_indexes(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':1,'completions':4,'backoffLimit':2147483647,'backoffLimitPerIndex':0,'maxFailedIndexes':0,"));
    end_index(g, "0", EXITED(1));
    fake_run(g->f, 20000);
    status_is(g, "failedIndexes", "0");
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 1);
    assert_int_equal(pods(g), 1);
    assert_true(job_is(g, "Failed", "MaxFailedIndexesExceeded"));
}

static void failure_loses_index(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':2,'backoffLimit':2147483647,'backoffLimitPerIndex':1,'podFailurePolicy':{'rules':["
                       "{'action':'FailIndex','onExitCodes':{'operator':'In','values':[3]}}]},"));
    end_index(g, "1", EXITED(3));
    status_is(g, "failedIndexes", "1");
    end_index(g, "0", "{'status':{'phase':'Succeeded'}}");
    fake_run(g->f, 20000);
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 1);
    assert_true(job_is(g, "Failed", "FailedIndexes"));
}

static void disruption_is_no_failure(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':1,'completions':1,'backoffLimit':0,'podFailurePolicy':{'rules':["
                       "{'action':'Ignore','onPodConditions':[{'type':'DisruptionTarget','status':'True'}]}]},"));
    end_index(g, "0", "{'status':{'phase':'Failed','conditions':[{'type':'DisruptionTarget','status':'True'}]}}");
    fake_run(g->f, 20000);
    end_index(g, "0", "{'status':{'phase':'Succeeded'}}");
    fake_run(g->f, 5000);
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), -1);
    assert_true(job_is(g, "Complete", "CompletionsReached"));
}

static void failure_fails_job(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':2,'backoffLimit':6,'podFailurePolicy':{'rules':["
                       "{'action':'FailJob','onExitCodes':{'containerName':'c','operator':'NotIn','values':[1,2]}}]},"));
    end_index(g, "1", EXITED(2));
    assert_false(job_is(g, "FailureTarget", NULL));
    end_index(g, "0", EXITED(42));
    assert_true(job_is(g, "FailureTarget", "PodFailurePolicy"));
    fake_run(g->f, 5000);
    assert_true(job_is(g, "Failed", "PodFailurePolicy"));
}

static void enough_succeeded(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':3,'completions':5,'backoffLimit':6,'successPolicy':{'rules':[{'succeededIndexes':'3-4'},"
                       "{'succeededIndexes':'0-2','succeededCount':2}]},"));
    end_index(g, "0", "{'status':{'phase':'Succeeded'}}");
    assert_false(job_is(g, "SuccessCriteriaMet", NULL));
    end_index(g, "2", "{'status':{'phase':'Succeeded'}}");
    assert_true(job_is(g, "SuccessCriteriaMet", "SuccessPolicy"));
    fake_run(g->f, 5000);
    assert_true(job_is(g, "Complete", "SuccessPolicy"));
    status_is(g, "completedIndexes", "0,2");
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), -1); /* those taken down have not failed */
    assert_int_equal(pods(g), 2);
}

static void suspension_is_no_failure(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':2,'backoffLimit':0,"));
    assert_int_equal(pods(g), 2);
    fake_change(g->f, "batch", "jobs", "x", "j", "{'spec':{'suspend':true}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 0);
    assert_true(job_is(g, "Suspended", "JobSuspended"));
    status_is(g, "startTime", "");
    fake_change(g->f, "batch", "jobs", "x", "j", "{'spec':{'suspend':false}}");
    fake_run(g->f, 5000);
    assert_int_equal(pods(g), 2);
    assert_true(condition(g, "batch", "jobs", "x", "j", "Suspended", "False", "JobResumed"));
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), -1);
}

static void anothers_job(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':2,'managedBy':'example.com/batch',"));
    assert_int_equal(pods(g), 0);
}

/* Deleted at once: nobody is left to count the pods, and they must not wait for that. */
static void job_goes_first(void **state)
{
    struct ground *g = *state;
    put_job(
        g,
        "{'metadata':{'name':'j','namespace':'x'},'spec':{'parallelism':2,'selector':{'matchLabels':{'batch.kubernetes.io/job-name':'j'}},'template':"
        "{'metadata':{'labels':{'batch.kubernetes.io/job-name':'j'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1'}]}}}}");
    assert_int_equal(pods(g), 2);
    delete_of(g, "batch", "jobs", "j", CLIENT_BACKGROUND);
    fake_run(g->f, 30000);
    assert_int_equal(fake_count(g->f, "batch", "jobs"), 0);
    assert_int_equal(pods(g), 0);
}

/* Ended pods are counted and let go also while no new ones may be made: a namespace that ends would wait for them for ever. */
static void counting_goes_first(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':4,'backoffLimit':6,"));
    assert_int_equal(pods(g), 2);
    g->f->no_pods = true;
    end_index(g, "0", "{'status':{'phase':'Succeeded'}}");
    end_index(g, "1", "{'metadata':{'deletionTimestamp':'2036-01-01T00:00:00Z','deletionGracePeriodSeconds':0},'status':{'phase':'Failed'}}");
    fake_run(g->f, 60000);
    status_is(g, "completedIndexes", "0");
    assert_int_equal(number(g, "batch", "jobs", "j", "status.failed"), 1);
    assert_int_equal(pods(g), 1); /* the deleted one has lost its finalizer */
    g->f->no_pods = false;
    fake_run(g->f, 200000);
    assert_int_equal(pods(g), 3);
}

/* What is written is what was meant: an unchanged status is not written again and again. */
static void status_settles(void **state)
{
    struct ground *g = *state;
    put_job(g, INDEXED("'parallelism':2,'completions':2,'backoffLimit':6,"));
    struct object *o = fake_find(g->f, fake_resource("batch", "jobs"), STR("x"), STR("j"))->object;
    uint64_t revision = o->revision;
    fake_run(g->f, 5000);
    o = fake_find(g->f, fake_resource("batch", "jobs"), STR("x"), STR("j"))->object;
    assert_int_equal(o->revision, revision);
}

/* A Job that is not indexed may want two thousand million pods without costing us memory for each. */
static void many_completions(void **state)
{
    struct ground *g = *state;
    put_job(g, "{'metadata':{'name':'j','namespace':'x'},'spec':{'parallelism':1,'completions':2147483647,'selector':{'matchLabels':{'job':'j'}},"
               "'template':{'metadata':{'labels':{'job':'j'}},'spec':{'restartPolicy':'Never','containers':[{'name':'c','image':'i:1'}]}}}}");
    assert_int_equal(pods(g), 1);
}

int main(void)
{
#define SCENARIO(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
    const struct CMUnitTest tests[] = {
        SCENARIO(limit_per_index),
        SCENARIO(failed_pod_keeps_its_count),
        SCENARIO(most_failed_indexes),
        SCENARIO(failure_loses_index),
        SCENARIO(disruption_is_no_failure),
        SCENARIO(failure_fails_job),
        SCENARIO(enough_succeeded),
        SCENARIO(suspension_is_no_failure),
        SCENARIO(anothers_job),
        SCENARIO(many_completions),
        SCENARIO(job_goes_first),
        SCENARIO(counting_goes_first),
        SCENARIO(status_settles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
