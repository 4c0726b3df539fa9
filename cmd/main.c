#include "cmd/inside.h"

#include <malloc.h>
#include <signal.h>
#include <sys/resource.h>

const struct settings_command cmd_commands[] = {
    {"up", "", "run a whole cluster on this host",
     "Runs server and agent as two processes and keeps them running. A cluster that is there already is taken up again.", "gscau", up_main},
    {"stop", "", "end a cluster on this host and clean up after it",
     "Ends every pod, takes links, mounts, cgroups and rules away, then ends agent and server. Stored objects and images stay.", "ga", stop_main},
    {"status", "", "say what runs here", "Says which processes of this instance run, how long they took to start and what memory they hold.", "g",
     status_main},
    {"server", "", "run the API server, store, controllers and scheduler", "The control plane alone.", "gsca", server_main},
    {"agent", "", "run this host's node agent", "The node agent alone: containers, images, volumes and network of one node.", "gca", agent_main},
    {"check", "", "say what this host lacks and what then degrades",
     "Looks at kernel, cgroups, programs and rights. Exits 1 when a cluster cannot run here.", "ga", check_main},
    {"image", "import FILE [NAME] | pull NAME | ls | rm NAME", "look after this node's container images",
     "Works on the running agent's images, or on the folder itself when no agent runs.", "g", image_main},
    {"apply", "FILE…", "bring objects into a cluster on this host",
     "Server-side apply of every document in the files, as the administrator of a cluster that runs here.", "g", apply_main},
    {"token", "create | list | delete ID…", "look after the tokens with which nodes join",
     "Makes a token and prints the line with which an agent of another host joins the cluster that runs here.", "gt", token_main},
    {"explain", "pod NAME", "say why a pod runs where it does, or waits",
     "The scheduler's decision record: what was decided about the pod and why it waits; what each node answers now, the refusals counted by reason, "
     "the\n"
     "best nodes with their scores plugin by plugin. The cluster is $KUBECONFIG's, else the one that runs here. Whoever may get the pod may ask.",
     "ge", explain_main},
    {"sim", "FILE", "run scheduler and controllers in simulated time",
     "FILE is YAML of kind Simulation: nodes and pods name files of comma separated values beside it, policy how GPUs are shared (bestFit,\n"
     "fragmentationGradient, fragmentationFit). With replay: true pods come and go as the trace says; else they are drawn from it until they ask\n"
     "for `demand` times the GPUs there are, once for each of `seeds` seeds from firstSeed on. No cluster is needed.\n"
     "Of kind Scenario it is a whole cluster by a script: nodes, steps that create, patch and delete objects and silence nodes, and what is\n"
     "expected then; scheduler and controllers are the server's.",
     "", sim_main},
    {"backup", "FOLDER", "copy the store of a running server", "Makes a consistent copy of all objects in FOLDER while the server goes on.", "g",
     backup_main},
    {"restore", "FOLDER", "put a copy in the place of the store", "The server must not run, and its store must be empty or absent.", "g",
     restore_main},
    {"pod-init", "FOLDER", NULL, NULL, "", pod_init_main},
};
const size_t cmd_commands_n = ARRAY_LEN(cmd_commands);

static void print_help(void)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_text(&b, "Coracle: Kubernetes in one small program.\n\nUsage: coracle COMMAND [flags]\n\n");
    for (size_t i = 0; i < cmd_commands_n; i++)
        if (cmd_commands[i].about)
            buf_fmt(&b, "  %-10s %s\n", cmd_commands[i].name, cmd_commands[i].about);
    buf_text(&b, "  version    print the version\n\n\"coracle COMMAND --help\" tells a command's flags.\n");
    fputs(buf_cstr(&b), stdout);
}

static void print_command_help(const struct settings_command *command)
{
    SCOPED_BUF b = BUF_INIT(0);
    buf_fmt(&b, "Usage: coracle %s%s%s [flags]\n\n%s\n", command->name, command->arguments[0] ? " " : "", command->arguments, command->help);
    flags_print(command, &b);
    fputs(buf_cstr(&b), stdout);
}

static const struct settings_command *command_find(const char *name)
{
    for (size_t i = 0; i < cmd_commands_n; i++)
        if (strcmp(cmd_commands[i].name, name) == 0)
            return &cmd_commands[i];
    return NULL;
}

static int run_command(const struct settings_command *command, int argc, char **argv)
{
    struct settings c = {0};
    struct err err = {{0}};
    static char self[OS_PATH_MAX];
    for (int i = 0; i < argc; i++)
        if (command->about && (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)) {
            print_command_help(command);
            return 0;
        }
    ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (n < 0 || arena_new(&c.mem, 16u << 20) < 0) {
        fprintf(stderr, "coracle: cannot start: %s\n", strerror(errno));
        return 1;
    }
    c.self = self;
    c.argv = argv - 2;
    if (flags_parse(&c, command, argc, argv, &err) < 0) {
        fprintf(stderr, "coracle %s: %s\n", command->name, err.text);
        arena_free(c.mem);
        return 2;
    }
    int r = command->run(&c);
    arena_free(c.mem);
    return r;
}

int main(int argc, char **argv)
{
    signal(SIGPIPE, SIG_IGN);
    mallopt(M_ARENA_MAX, 1); /* one loop thread does nearly all: a heap for each pool thread would only keep memory idle */
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        print_help();
        return argc < 2 ? 2 : 0;
    }
    if (strcmp(argv[1], "version") == 0 || strcmp(argv[1], "--version") == 0) {
        puts("coracle " CORACLE_VERSION " (Kubernetes API v1.37)");
        return 0;
    }
    const struct settings_command *command = command_find(argv[1]);
    if (!command) {
        fprintf(stderr, "coracle: \"%s\" is no command; see coracle --help\n", argv[1]);
        return 2;
    }
    return run_command(command, argc - 2, argv + 2);
}
