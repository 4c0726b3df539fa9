/* What cmd's files share. Doors only: commands and messages for people. */
#ifndef CORACLE_CMD_INSIDE_H
#define CORACLE_CMD_INSIDE_H

#include "serve/serve.h"
#include "settings/settings.h"

extern const struct settings_command cmd_commands[];
extern const size_t cmd_commands_n;

/* commands */
int agent_main(struct settings *c);
int up_main(struct settings *c);
int stop_main(struct settings *c);
int check_main(struct settings *c);
int image_main(struct settings *c);
int apply_main(struct settings *c);
int token_main(struct settings *c);
int backup_main(struct settings *c);
int restore_main(struct settings *c);
int sim_main(struct settings *c);
int explain_main(struct settings *c);
int pod_init_main(struct settings *c);

#endif
