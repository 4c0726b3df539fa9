/* The image that does nothing: it waits to be told to end, and buries the orphans it is given when it is process 1. */
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

static void end(int number)
{
    (void)number;
    _exit(0);
}

static void bury(int number)
{
    (void)number;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        ;
}

int main(void)
{
    struct sigaction ends = {.sa_handler = end}, buries = {.sa_handler = bury, .sa_flags = SA_NOCLDSTOP};
    if (sigaction(SIGINT, &ends, NULL) || sigaction(SIGTERM, &ends, NULL) || sigaction(SIGCHLD, &buries, NULL))
        return 1;
    for (;;)
        pause();
}
