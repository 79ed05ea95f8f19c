/*
 * Passwords of a PDF: from a file, so that they are not seen among the processes.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/words.h"
#include "cli/cli.h"
#include "cli/options.h"
#include "write/writer.h"

#define FILE_MAX 1024 /* bytes */

/* The next line of *at, or NULL at the end; moves past it. */
static const char *take_line(struct gs_arena *arena, const char **at)
{
    const size_t size = strcspn(*at, "\n");
    if (**at == '\0') {
        return NULL;
    }
    const bool has_return = size > 0 && (*at)[size - 1] == '\r';
    const char *line =
            gs_arena_strndup(arena, *at, has_return ? size - 1 : size);
    *at += (*at)[size] == '\n' ? size + 1 : size;
    return line;
}

const char *gs_cli_read_passwords(
        const struct gs_cli *cli, struct gs_protection *protection)
{
    const char *path = cli->options->passwords, *bytes;
    size_t size;

    if (path == NULL ||
            !gs_file_read(cli->arena, path, FILE_MAX, GS_NO_LOC, cli->diag,
                    &bytes, &size)) {
        return NULL;
    }
    const char *at = gs_arena_strndup(cli->arena, bytes, size);
    const bool is_text = strlen(at) == size;
    protection->password = take_line(cli->arena, &at);
    protection->owner = take_line(cli->arena, &at);
    if (is_text && *at == '\0' && protection->password != NULL &&
            gs_protection_is_sound(protection)) {
        return NULL;
    }
    return gs_words(cli->arena, cli->lang,
            N_("--password-file %1: it has one line with the password that "
               "opens the PDF, or a second one with the owner's; each 1 to 32 "
               "letters, digits and signs of ASCII, and not the same"),
            GS_ARGS(path));
}
