#include "team/team.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>

#define HELPERS_MAX 8u
#define SPINS       400u /* some microseconds: another job's time */

struct job {
    void (*run)(void *arg);
    void *arg;
};

/* Counters only grow, so a helper that slept over a round cannot mistake the next one for it. */
struct team {
    char name[16];
    unsigned wanted, n;
    bool refused; /* no thread could be had */
    uint64_t added, taken, done;
    uint64_t settled; /* the owner's: where this round began */
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
    for (;;) {
        while (do_one(t))
            continue;
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
        (void)pthread_setname_np(t->threads[i], t->name);
        t->n++;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}

int team_new(struct team **out, const char *name, unsigned helpers)
{
    struct team *t = mem_alloc(sizeof(*t));
    if (!t)
        return -ENOMEM;
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
    if (!t->wanted || t->added - GET(&t->taken) < TEAM_WAKE)
        return;
    if (t->n < t->wanted && !t->refused)
        hire(t);
    if (GET(&t->asleep)) {
        pthread_mutex_lock(&t->lock);
        pthread_cond_broadcast(&t->more);
        pthread_mutex_unlock(&t->lock);
    }
}

void team_settle(struct team *t)
{
    while (do_one(t))
        continue;
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
    t->settled = t->added;
}
