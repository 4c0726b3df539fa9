#include "settings/settings.h"
#include "tests/unit.h"

/* Flags, and below them the configuration file. */

static const struct settings_command command = {.name = "server", .flags = "gsc"};

/* The file's text and flags, up to four; 0, or the errno and why. */
static int parse(struct settings *c, const char *file, const char *const *flags, struct err *err)
{
    char path[] = "/tmp/test_settings-XXXXXX", config[64];
    char *argv[6];
    int n = 0, fd = mkstemp(path);
    struct arena *a;
    assert_true(fd >= 0);
    close(fd);
    assert_done(os_file_place(path, str_of(file), 0600));
    assert_done(arena_new(&a, 4u << 20));
    *c = (struct settings){.mem = a};
    snprintf(config, sizeof(config), "--config=%s", path);
    for (; flags[n]; n++)
        assert_non_null(argv[n] = arena_text(a, flags[n], strlen(flags[n])));
    assert_non_null(argv[n++] = arena_text(a, config, strlen(config)));
    int r = flags_parse(c, &command, n, argv, err);
    unlink(path);
    return r;
}

static void a_flag_stands_above_the_file(void **state)
{
    static const struct {
        const char *file, *flags[4];
        bool queues, no_local_storage;
        int port;
        const char *user;
    } rows[] = {
        {"", {NULL}, false, false, 6443, NULL},
        {"queues: true", {NULL}, true, false, 6443, NULL},
        {"queues: false", {NULL}, false, false, 6443, NULL},
        {"queues: true", {"--queues=false"}, false, false, 6443, NULL},
        {"queues: true\ndisable-local-storage: true", {"--queues=false"}, false, true, 6443, NULL},
        {"queues: false", {"--queues"}, true, false, 6443, NULL},
        {"queues: false", {"--queues=true"}, true, false, 6443, NULL},
        {"", {"--queues", "--queues=false"}, false, false, 6443, NULL}, /* the last word counts */
        {"", {"--queues=false", "--queues"}, true, false, 6443, NULL},
        {"port: 7000\nuser: a", {NULL}, false, false, 7000, "a"},
        {"port: 7000\nuser: a", {"--port=0", "--user=b"}, false, false, 0, "b"},
        {"port: 7000\nuser: a", {"--port", "8000", "--user="}, false, false, 8000, ""},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct settings c;
        struct err err = {{0}};
        if (parse(&c, rows[i].file, rows[i].flags, &err) < 0)
            fail_msg("row %zu: %s", i, err.text);
        if (c.queues != rows[i].queues || c.no_local_storage != rows[i].no_local_storage || c.port != rows[i].port ||
            (rows[i].user ? !c.user || strcmp(c.user, rows[i].user) != 0 : c.user != NULL))
            fail_msg("row %zu: queues %d, no local storage %d, port %d, user %s", i, c.queues, c.no_local_storage, c.port, c.user);
        arena_free(c.mem);
    }
}

static void what_is_none_is_refused(void **state)
{
    static const struct {
        const char *file, *flags[4], *word;
    } rows[] = {
        {"queues: perhaps", {NULL}, "queues: \"perhaps\" is neither true nor false"},
        {"", {"--queues=1"}, "queues: \"1\" is neither true nor false"},
        {"queues: perhaps", {"--queues=false"}, "queues: \"perhaps\""}, /* also where it would not count */
        {"port: many", {NULL}, "port: \"many\" is not a number"},
        {"prot: 1", {NULL}, "\"prot\" is no setting"},
        {"", {"--prot=1"}, "--prot is no flag"},
        {"- a", {NULL}, "NAME: VALUE"},
    };
    (void)state;
    for (size_t i = 0; i < ARRAY_LEN(rows); i++) {
        struct settings c;
        struct err err = {{0}};
        if (parse(&c, rows[i].file, rows[i].flags, &err) >= 0 || !strstr(err.text, rows[i].word))
            fail_msg("row %zu: %s", i, err.text);
        arena_free(c.mem);
    }
}

/* What is handed on to a child process is what was decided here. */
static void what_is_handed_on_is_what_counts(void **state)
{
    static const char *const flags[] = {"--queues=false", NULL};
    struct settings c;
    struct err err = {{0}};
    const char *argv[256];
    size_t n = 0;
    (void)state;
    assert_done(parse(&c, "queues: true\ndisable-local-storage: true", flags, &err));
    flags_pass(&c, "gsc", argv, &n, ARRAY_LEN(argv));
    bool storage = false;
    for (size_t i = 0; i < n; i++) {
        assert_int_not_equal(strncmp(argv[i], "--queues=", 9), 0);
        storage |= strcmp(argv[i], "--disable-local-storage=true") == 0;
    }
    assert_true(storage);
    arena_free(c.mem);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_flag_stands_above_the_file),
        cmocka_unit_test(what_is_none_is_refused),
        cmocka_unit_test(what_is_handed_on_is_what_counts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
