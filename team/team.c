#include "team/team.h"

#include "os/os.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>

#define HELPERS_MAX    8u
#define SPINS          400u            /* some microseconds: another job's time */
#define LONG_WAIT_NS   INT64_C(300000) /* for a job of some microseconds */
#define ALONE_LEAST_NS INT64_C(50000000)
#define ALONE_MOST_NS  INT64_C(5000000000)
#define LINGER         4000u /* some tens of microseconds: until the next round of the same */

struct job {
    void (*run)(void *arg);
    void *arg;
};

/* Counters only grow, so a helper that slept over a round cannot mistake the next one for it. */
struct team {
    char name[16];
    unsigned wanted, n;
    bool refused;                  /* no thread could be had */
    int64_t alone_until, alone_ns; /* the owner's, monotonic: helpers were no help, and how long it goes without them */
    uint64_t added, taken, done;
    uint64_t settled; /* the owner's: where this round began */
    int avoided;      /* the owner's: its processor when it last woke somebody */
    unsigned asleep;  /* helpers that wait for `more` */
    bool waits;       /* the owner waits for `over` */
    bool stop;
    pthread_mutex_t lock;
    pthread_cond_t more, over;
    pthread_t threads[HELPERS_MAX];
    struct job jobs[TEAM_ROUND];
};

#define GET(p)    __atomic_load_n((p), __ATOMIC_SEQ_CST)
#define SET(p, v) __atomic_store_n((p), (v), __ATOMIC_SEQ_CST)

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void breathe(void)
{
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("yield");
#endif
}

/* The next job, done; false: there is none. A slot is written again only after the round was settled, and with it this job. */
static bool do_one(struct team *t)
{
    uint64_t at = GET(&t->taken);
    do {
        if (at >= GET(&t->added))
            return false;
    } while (!__atomic_compare_exchange_n(&t->taken, &at, at + 1, false, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST));
    struct job *j = &t->jobs[at % TEAM_ROUND];
    j->run(j->arg);
    __atomic_add_fetch(&t->done, 1, __ATOMIC_SEQ_CST);
    if (GET(&t->waits)) {
        pthread_mutex_lock(&t->lock);
        pthread_cond_signal(&t->over);
        pthread_mutex_unlock(&t->lock);
    }
    return true;
}

static void *help(void *ctx)
{
    struct team *t = ctx;
    (void)prctl(PR_SET_NAME, t->name);
    for (;;) {
        for (unsigned i = 0; i < LINGER; i++) {
            while (do_one(t))
                i = 0;
            breathe();
        }
        pthread_mutex_lock(&t->lock);
        __atomic_add_fetch(&t->asleep, 1, __ATOMIC_SEQ_CST);
        while (!t->stop && GET(&t->taken) >= GET(&t->added)) /* the owner looks at `asleep` after it has added */
            pthread_cond_wait(&t->more, &t->lock);
        __atomic_sub_fetch(&t->asleep, 1, __ATOMIC_SEQ_CST);
        bool stop = t->stop;
        pthread_mutex_unlock(&t->lock);
        if (stop)
            return NULL;
    }
}

/* The kernel likes to wake a thread beside who wakes it, where it would only wait for the owner. */
static void make_way(struct team *t)
{
    int here = os_processor();
    if (here == t->avoided)
        return;
    t->avoided = here;
    for (unsigned i = 0; i < t->n; i++)
        os_thread_avoid(t->threads[i], here);
}

/* Signals are for the threads that were there before. */
static void hire(struct team *t)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (unsigned i = t->n; i < t->wanted && !t->refused; i++) {
        t->refused = pthread_create(&t->threads[i], NULL, help, t) != 0;
        if (t->refused)
            break;
        t->n++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    make_way(t);
}

int team_new(struct team **out, const char *name, unsigned helpers)
{
    struct team *t = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
    t->avoided = -1;
    t->wanted = MIN(helpers, HELPERS_MAX);
    snprintf(t->name, sizeof(t->name), "%s", name);
    pthread_mutex_init(&t->lock, NULL);
    pthread_cond_init(&t->more, NULL);
    pthread_cond_init(&t->over, NULL);
    *out = t;
    return 0;
}

struct team *team_free(struct team *t)
{
    if (!t)
        return NULL;
    CHECK(GET(&t->done) == t->added);
    pthread_mutex_lock(&t->lock);
    t->stop = true;
    pthread_cond_broadcast(&t->more);
    pthread_mutex_unlock(&t->lock);
    for (unsigned i = 0; i < t->n; i++)
        pthread_join(t->threads[i], NULL);
    pthread_mutex_destroy(&t->lock);
    pthread_cond_destroy(&t->more);
    pthread_cond_destroy(&t->over);
    return mem_free(t);
}

bool team_full(const struct team *t)
{
    return t->added - t->settled == TEAM_ROUND;
}

void team_add(struct team *t, void (*job)(void *arg), void *arg)
{
    if (team_full(t))
        team_settle(t);
    t->jobs[t->added % TEAM_ROUND] = (struct job){job, arg};
    SET(&t->added, t->added + 1);
    if (!t->wanted || t->added - GET(&t->taken) < TEAM_WAKE || (t->alone_until && now_ns() < t->alone_until))
        return;
    if (t->n < t->wanted && !t->refused)
        hire(t);
    if (GET(&t->asleep)) {
        make_way(t);
        pthread_mutex_lock(&t->lock);
        pthread_cond_broadcast(&t->more);
        pthread_mutex_unlock(&t->lock);
    }
}

/* A helper that loses its processor in the middle of a job holds the owner up, for longer than all of the round may take. Where that
 * happens the processors are wanted by others, and the owner works alone for a while, each time for longer. */
static void judge_wait(struct team *t, int64_t waited, int64_t now)
{
    if (waited > LONG_WAIT_NS) {
        t->alone_ns = MIN(MAX(t->alone_ns * 2, ALONE_LEAST_NS), ALONE_MOST_NS);
        t->alone_until = now + t->alone_ns;
    } else {
        t->alone_ns -= t->alone_ns / 8;
    }
}

void team_settle(struct team *t)
{
    while (do_one(t))
        continue;
    int64_t begin = GET(&t->done) == t->added ? 0 : now_ns();
    for (unsigned i = 0; i < SPINS && GET(&t->done) != t->added; i++)
        breathe();
    if (GET(&t->done) != t->added) {
        pthread_mutex_lock(&t->lock);
        SET(&t->waits, true);
        while (GET(&t->done) != t->added)
            pthread_cond_wait(&t->over, &t->lock);
        SET(&t->waits, false);
        pthread_mutex_unlock(&t->lock);
    }
    if (begin) {
        int64_t now = now_ns();
        judge_wait(t, now - begin, now);
    }
    t->settled = t->added;
}
