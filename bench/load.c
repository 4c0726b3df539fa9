/* bench_load: load on one server; see bench/bench.h.
 *
 *   bench_load rate  [flags] METHOD PATH    as many requests as it takes; prints figures
 *   bench_load watch [flags] METHOD PATH    --clients watches of --watch, one event after another by METHOD PATH
 *   bench_load sends --clients N --requests N --size N    what a kernel needs to send those bytes to each of so many sockets
 *
 *   --host IP --port N --ca FILE --cert FILE --key FILE (none: plain HTTP)
 *   --clients N   connections, each with one request under way
 *   --seconds N   or --requests N, whichever comes first
 *   --body FILE --type MIME; in a body, @@@@@@@@@ becomes a number and &&&&&&&&&&&& its base64
 *   --first N     the first such number
 *   --token TEXT  a bearer token;  --pause N: microseconds a connection waits between a reply and its next request (one client)
 *   --realtime 1  before all others of this machine, as a client that has one of its own: what is measured is the server, not who gets a core
 *   --core N      on this processor only: as a client that has a machine of its own leaves the others to the server
 *   --asleep N    watch and sends: N milliseconds after the write it reads for the first time, and the kernel's receive stamps say when
 *                 each watcher was served: as watchers on machines of their own, which take no processor from the server
 *   --rounds FILE  a line a request or an event: begin (monotonic seconds), then ms; rate: to its reply; watch: to the write's answer, to the
 *                  first and to the last watcher
 *
 * `watch` stops after "connected" and after "watching" until a line comes in, so that the server can be looked at. */
#include "bench/bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/wait.h>
#include <unistd.h>

#define SAMPLES_MAX 4000000
#define EVENTS_MAX  10000

struct load {
    struct bench_pool pool;
    struct bench_connection *all, writer;
    const char *ca, *cert, *key, *body_file, *type, *method, *path, *watch, *token, *rounds;
    long clients, seconds, requests, number, pause, realtime, core, size, asleep;
    char *request; /* with the placeholders in it */
    size_t request_n;
    int64_t *took, end_ns;
    size_t took_n, took_max, refused, started;
    FILE *log; /* --rounds */
    int refused_code;
    size_t seen, due, answered; /* watch: watchers that saw this event */
    size_t told;                /* … and that it is this one, by its number */
    int64_t first_ns, last_ns, answered_ns;
    int64_t first[EVENTS_MAX], acked[EVENTS_MAX], spread[EVENTS_MAX]; /* as `took` */
    bool stopping;
};

#define DIGITS "@@@@@@@@@"
#define BASE64 "&&&&&&&&&&&&"

static char *file_read(const char *path, size_t *n)
{
    FILE *f = fopen(path, "re");
    char *text = malloc(1 << 20);
    if (!f || !text)
        bench_fail("%s: %s", path, strerror(errno));
    *n = fread(text, 1, 1 << 20, f);
    fclose(f);
    return text;
}

static void request_make(struct load *l)
{
    size_t n = 0;
    char *body = l->body_file ? file_read(l->body_file, &n) : NULL;
    struct buf b = BUF_INIT(0);
    buf_fmt(&b, "%s %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n", l->method, l->path);
    if (l->token)
        buf_fmt(&b, "Authorization: Bearer %s\r\n", l->token);
    if (body)
        buf_fmt(&b, "Content-Type: %s\r\nContent-Length: %zu\r\n", l->type, n);
    buf_text(&b, "\r\n");
    buf_add(&b, body ? body : "", n);
    free(body);
    l->request_n = b.n;
    l->request = b.p; /* lives as long as the program */
    if (!l->request)
        bench_fail("no memory");
}

static void number_place(struct load *l)
{
    static char *digits[8], *base64;
    static bool looked;
    char text[9];
    if (!looked) {
        looked = true;
        char *at = l->request;
        for (size_t i = 0; i < 8 && (at = memmem(at, l->request_n - (size_t)(at - l->request), DIGITS, 9)) != NULL; i++, at += 9)
            digits[i] = at;
        base64 = memmem(l->request, l->request_n, BASE64, 12);
    }
    long n = l->number++;
    for (size_t i = sizeof(text); i-- > 0; n /= 10)
        text[i] = (char)('0' + n % 10);
    for (size_t i = 0; i < 8 && digits[i]; i++)
        memcpy(digits[i], text, 9);
    if (base64) {
        unsigned char out[16];
        EVP_EncodeBlock(out, (unsigned char *)text, 9);
        memcpy(base64, out, 12);
    }
}

static void next(struct load *l, struct bench_connection *c)
{
    if (l->stopping || (l->requests && l->started >= (size_t)l->requests)) {
        l->stopping = true;
        return;
    }
    l->started++;
    number_place(l);
    bench_send(c, (struct str){l->request, l->request_n});
}

static void sample(struct load *l, int64_t ns)
{
    if (l->took_n < l->took_max)
        l->took[l->took_n++] = ns;
}

static void on_rate_reply(void *ctx, struct bench_connection *c, int code, int64_t sent_ns)
{
    struct load *l = ctx;
    int64_t now = bench_now_ns();
    l->answered++;
    sample(l, now - sent_ns);
    if (l->log)
        fprintf(l->log, "%.6f %.3f\n", (double)sent_ns / 1e9, (double)(now - sent_ns) / 1e6);
    if (code >= 300) {
        l->refused++;
        l->refused_code = code;
    }
    if (now >= l->end_ns)
        l->stopping = true;
    if (l->pause && !l->stopping)
        usleep((useconds_t)l->pause);
    next(l, c);
}

static int by_size(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void print_times(int64_t *took, size_t n, const char *name)
{
    if (!n)
        bench_fail("nothing was answered");
    qsort(took, n, sizeof(*took), by_size);
    printf("%s_p50_us %.1f\n", name, (double)took[n / 2] / 1e3);
    printf("%s_p90_us %.1f\n", name, (double)took[n * 9 / 10] / 1e3);
    printf("%s_p99_us %.1f\n", name, (double)took[n * 99 / 100] / 1e3);
    printf("%s_max_us %.1f\n", name, (double)took[n - 1] / 1e3);
}

static void rate(struct load *l)
{
    uint64_t bytes = 0;
    l->pool.on_reply = on_rate_reply;
    for (long i = 0; i < l->clients; i++)
        bench_open(&l->pool, &l->all[i], (int)i);
    int64_t begin = bench_now_ns();
    l->end_ns = begin + l->seconds * 1000000000;
    for (long i = 0; i < l->clients; i++)
        next(l, &l->all[i]);
    while (l->answered < l->started) {
        bench_turn(&l->pool, 1000);
        if (bench_now_ns() > l->end_ns + 60000000000)
            bench_fail("%zu requests were never answered", l->started - l->answered);
    }
    double took = (double)(bench_now_ns() - begin) / 1e9;
    for (long i = 0; i < l->clients; i++)
        bytes += l->all[i].bytes;
    printf("requests %zu\nrefused %zu\nrefused_code %d\nseconds %.3f\nper_second %.1f\nbytes_per_second %.0f\nbody_bytes %.0f\n", l->answered,
           l->refused, l->refused_code, took, (double)l->answered / took, (double)bytes / took, (double)bytes / (double)l->answered);
    print_times(l->took, l->took_n, "reply");
}

/* ── watch ── */

/* The clock of this run's events: asleep, the one the kernel's stamps are of. */
static int64_t event_now(const struct load *l)
{
    return l->asleep ? bench_realtime_ns() : bench_now_ns();
}

static int64_t event_at(const struct load *l, const struct bench_connection *c)
{
    return l->asleep ? c->received_ns : bench_now_ns();
}

static void doze(const struct load *l)
{
    if (l->asleep)
        usleep((useconds_t)l->asleep * 1000);
}

static void on_watch_reply(void *ctx, struct bench_connection *c, int code, int64_t sent_ns)
{
    struct load *l = ctx;
    (void)sent_ns;
    if (code >= 300)
        bench_fail("%s answered %d", c == &l->writer ? "the write" : "a request", code);
    if (c != &l->writer && l->due)
        bench_fail("a watch ended");
    if (c == &l->writer)
        l->answered_ns = event_at(l, c);
    l->answered++;
}

/* An event's line is shorter than a record, and comes in one piece. */
static void on_text(void *ctx, struct bench_connection *c, struct str text)
{
    struct load *l = ctx;
    char number[24];
    snprintf(number, sizeof(number), "%09ld", l->number - 1);
    if (c != &l->writer && l->due && memmem(text.p, text.n, number, 9))
        l->told++;
}

static void on_lines(void *ctx, struct bench_connection *c, size_t lines)
{
    struct load *l = ctx;
    if (c == &l->writer)
        return;
    int64_t at = event_at(l, c);
    l->first_ns = l->seen ? MIN(l->first_ns, at) : at;
    l->last_ns = l->seen ? MAX(l->last_ns, at) : at;
    l->seen += l->due ? lines : 1; /* before the first event: a watch has begun */
}

static void wait_for(struct load *l, size_t *what, size_t n, const char *name)
{
    int64_t until = bench_now_ns() + 60000000000;
    while (*what < n) {
        bench_turn(&l->pool, 1000);
        if (bench_now_ns() > until)
            bench_fail("only %zu of %zu %s within a minute", *what, n, name);
    }
}

static void pause_here(const char *word)
{
    char line[64];
    printf("%s\n", word);
    fflush(stdout);
    if (!fgets(line, sizeof(line), stdin))
        exit(0);
}

static void ask_all(struct load *l, const char *path)
{
    char text[1024];
    int n = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\n\r\n", path);
    for (long i = 0; i < l->clients; i++) {
        bench_send(&l->all[i], (struct str){text, (size_t)n});
        if (i % 50 == 49)
            bench_turn(&l->pool, 0);
    }
}

static void core_use(const struct load *l)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)MAX(l->core, 0), &set);
    if (l->core >= 0 && sched_setaffinity(0, sizeof(set), &set) < 0)
        bench_fail("processor %ld: %s", l->core, strerror(errno));
}

static void watch(struct load *l)
{
    l->pool.on_reply = on_watch_reply;
    l->pool.stamped = l->asleep > 0;
    for (long i = 0; i < l->clients; i++)
        bench_open(&l->pool, &l->all[i], (int)i);
    bench_open(&l->pool, &l->writer, -1);
    ask_all(l, "/version");
    wait_for(l, &l->answered, (size_t)l->clients, "replies");
    pause_here("connected");
    l->pool.on_lines = on_lines;
    l->pool.on_text = on_text;
    ask_all(l, l->watch);
    wait_for(l, &l->seen, (size_t)l->clients, "watches");
    pause_here("watching");
    l->due = (size_t)l->clients;
    uint64_t begun = 0;
    for (long i = 0; i < l->clients; i++)
        begun += l->all[i].bytes;
    for (long i = 0; i < l->requests; i++) {
        l->seen = l->answered = l->told = 0;
        number_place(l);
        int64_t begin = event_now(l), begin_ns = bench_now_ns();
        bench_send(&l->writer, (struct str){l->request, l->request_n});
        doze(l);
        wait_for(l, &l->seen, 1, "events");
        /* From the first on without sleep: to wake us for each of them would be counted as the server's work, and a thousand
         * watchers elsewhere do not sleep on its cores. */
        while (l->seen < l->due && bench_now_ns() < begin_ns + 60000000000)
            bench_turn(&l->pool, 0);
        wait_for(l, &l->seen, l->due, "events");
        wait_for(l, &l->answered, 1, "writes");
        if (l->told != l->due)
            bench_fail("%zu of %zu watchers got another event than the one written", l->due - l->told, l->due);
        l->took[i] = l->last_ns - begin;
        l->first[i] = l->first_ns - begin;
        l->acked[i] = l->answered_ns - begin;
        l->spread[i] = l->last_ns - MIN(l->first_ns, l->answered_ns);
        if (l->log)
            fprintf(l->log, "%.6f %.3f %.3f %.3f\n", (double)begin_ns / 1e9, (double)l->acked[i] / 1e6, (double)l->first[i] / 1e6,
                    (double)l->took[i] / 1e6);
        usleep(5000); /* events do not come in a row: what a quiet watcher gets is measured */
    }
    print_times(l->took, (size_t)l->requests, "last");
    print_times(l->first, (size_t)l->requests, "first");
    print_times(l->spread, (size_t)l->requests, "spread");
    print_times(l->acked, (size_t)l->requests, "answered");
    uint64_t bytes = 0;
    for (long i = 0; i < l->clients; i++)
        bytes += l->all[i].bytes;
    printf("event_bytes %.0f\n", (double)(bytes - begun) / (double)(l->clients * l->requests));
}

/* ── sends: the floor below watch ── */

static void sender(struct load *l, int listener, int orders)
{
    struct epoll_event e;
    int poll = epoll_create1(EPOLL_CLOEXEC), *to = calloc((size_t)l->clients, sizeof(*to));
    char *text = calloc(1, (size_t)l->size), order;
    if (poll < 0 || !to || !text)
        bench_fail("no memory");
    for (long i = 0; i < l->clients; i++)
        if ((to[i] = accept(listener, NULL, NULL)) < 0 || setsockopt(to[i], IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)) < 0 ||
            epoll_ctl(poll, EPOLL_CTL_ADD, to[i], (e = (struct epoll_event){.events = EPOLLIN}, &e)) < 0) /* as a server would */
            bench_fail("accept: %s", strerror(errno));
    while (read(orders, &order, 1) == 1)
        for (long i = 0; i < l->clients; i++)
            if (send(to[i], text, (size_t)l->size, MSG_NOSIGNAL) != l->size)
                bench_fail("send: %s", strerror(errno));
    _exit(0);
}

/* How much of what was sent has come. */
static size_t pieces_take(struct load *l)
{
    static char in[65536];
    struct epoll_event e[256];
    size_t got = 0;
    int n = epoll_wait(l->pool.epoll, e, (int)ARRAY_LEN(e), 0);
    for (int i = 0; i < n; i++) {
        int64_t at = 0;
        ssize_t r = l->asleep ? bench_receive(e[i].data.fd, in, sizeof(in), &at) : read(e[i].data.fd, in, sizeof(in));
        if (r <= 0)
            bench_fail("a sender ended");
        got += (size_t)r;
        l->last_ns = MAX(l->last_ns, l->asleep ? at : bench_now_ns());
    }
    return got;
}

static void sends(struct load *l)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof(at);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), orders[2];
    if (listener < 0 || bind(listener, (struct sockaddr *)&at, n) < 0 || listen(listener, 4096) < 0 ||
        getsockname(listener, (struct sockaddr *)&at, &n) < 0 || pipe(orders) < 0)
        bench_fail("listen: %s", strerror(errno));
    pid_t child = fork();
    if (child == 0) {
        close(orders[1]);
        sender(l, listener, orders[0]);
    }
    core_use(l);
    for (long i = 0; i < l->clients; i++) {
        struct epoll_event e = {.events = EPOLLIN, .data.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
        if (child < 0 || e.data.fd < 0 || connect(e.data.fd, (struct sockaddr *)&at, sizeof(at)) < 0 ||
            epoll_ctl(l->pool.epoll, EPOLL_CTL_ADD, e.data.fd, &e) < 0)
            bench_fail("connect: %s", strerror(errno));
        if (l->asleep)
            bench_stamp(e.data.fd);
    }
    usleep(200000); /* the last ones are accepted */
    for (long i = 0; i < l->requests; i++) {
        size_t got = 0, due = (size_t)l->clients * (size_t)l->size;
        int64_t begin = event_now(l), until = bench_now_ns() + 60000000000;
        l->last_ns = 0;
        if (write(orders[1], "", 1) != 1)
            bench_fail("the sender is gone");
        doze(l);
        while (got < due && bench_now_ns() < until)
            got += pieces_take(l);
        if (got != due)
            bench_fail("%zu of %zu bytes came", got, due);
        l->took[i] = l->last_ns - begin;
        usleep(5000);
    }
    close(orders[1]);
    waitpid(child, NULL, 0);
    print_times(l->took, (size_t)l->requests, "last");
}

int main(int argc, char **argv)
{
    static struct load l = {.pool = {.host = "127.0.0.1"}, .type = "application/json", .clients = 1, .seconds = 3, .core = -1};
    struct {
        const char *name;
        const char **text;
        long *number;
    } flags[] = {
        {"--host", &l.pool.host, NULL},
        {"--ca", &l.ca, NULL},
        {"--cert", &l.cert, NULL},
        {"--key", &l.key, NULL},
        {"--body", &l.body_file, NULL},
        {"--type", &l.type, NULL},
        {"--watch", &l.watch, NULL},
        {"--rounds", &l.rounds, NULL},
        {"--clients", NULL, &l.clients},
        {"--seconds", NULL, &l.seconds},
        {"--requests", NULL, &l.requests},
        {"--first", NULL, &l.number},
        {"--token", &l.token, NULL},
        {"--pause", NULL, &l.pause},
        {"--port", NULL, NULL},
        {"--realtime", NULL, &l.realtime},
        {"--core", NULL, &l.core},
        {"--size", NULL, &l.size},
        {"--asleep", NULL, &l.asleep},
    };
    int at = 2;
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        size_t i = 0;
        while (i < ARRAY_LEN(flags) && strcmp(flags[i].name, argv[at]) != 0)
            i++;
        if (i == ARRAY_LEN(flags))
            bench_fail("%s is no flag", argv[at]);
        if (flags[i].text)
            *flags[i].text = argv[at + 1];
        else if (flags[i].number)
            *flags[i].number = atol(argv[at + 1]);
        else
            l.pool.port = atoi(argv[at + 1]);
    }
    bool bare = argc > 1 && strcmp(argv[1], "sends") == 0;
    if (at + (bare ? 0 : 2) != argc || l.clients < 1 || l.clients > 10000 || l.seconds > 60 || ((bare || l.watch) && l.requests > EVENTS_MAX) ||
        (bare && (l.requests < 1 || l.size < 1)))
        bench_fail("bench_load rate|watch [flags] METHOD PATH, or sends [flags]");
    l.method = bare ? "" : argv[at];
    l.path = bare ? "" : argv[at + 1];
    l.pool.ctx = &l;
    l.pool.epoll = epoll_create1(EPOLL_CLOEXEC);
    l.took_max = SAMPLES_MAX;
    l.took = malloc(SAMPLES_MAX * sizeof(*l.took));
    l.all = calloc((size_t)l.clients, sizeof(*l.all));
    if (!l.took || !l.all || l.pool.epoll < 0)
        bench_fail("no memory");
    if (l.realtime && sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 1}) < 0)
        bench_fail("real-time priority: %s", strerror(errno));
    if (bare) {
        sends(&l);
        return 0;
    }
    core_use(&l);
    if (l.rounds && !(l.log = fopen(l.rounds, "we")))
        bench_fail("%s: %s", l.rounds, strerror(errno));
    if (l.ca)
        bench_tls(&l.pool, l.ca, l.cert, l.key);
    request_make(&l);
    if (strcmp(argv[1], "watch") == 0 && l.watch)
        watch(&l);
    else
        rate(&l);
    if (l.log && fclose(l.log) != 0)
        bench_fail("%s: %s", l.rounds, strerror(errno));
    return 0;
}
