/*
 * Options: what the command line says, checked as far as it can be before any
 * file is read.
 */
#ifndef GS_CLI_OPTIONS_H
#define GS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "api/pipeline.h"
#include "write/writer.h"

struct gs_arena;
struct gs_lang;

enum gs_command {
    GS_COMMAND_HELP,
    GS_COMMAND_VERSION,
    GS_COMMAND_RENDER,
    GS_COMMAND_CHECK,
    GS_COMMAND_LAYOUTS,
    GS_COMMAND_FONTS,
};

enum gs_target { GS_TO_PDF, GS_TO_PNG, GS_TO_SVG, GS_TO_PAGES };

struct gs_options {
    enum gs_command command;
    const char *data; /* of render and check */
    const char *layout; /* or NULL */
    const char *out; /* of render; never NULL then */
    enum gs_target to;
    const char *writer; /* or NULL: the target's first */
    bool has_standard; /* one of these two was given */
    enum gs_pdf_standard standard;
    bool small;
    const char *passwords; /* the file that they stand in, or NULL */
    double dpi;
    struct gs_range range;
    const char *fonts; /* or NULL */
    const char *coverage; /* of fonts: a text or a file with it, or NULL */
    const char *root; /* of render and check; never NULL then */
    const char *lang; /* or NULL */
    const char *const *layouts; /* folders, or NULL */
    size_t stream; /* data files of so many bytes, or more, are streamed */
    bool time, explain;
};

/*
 * Fills *options with strings that live in the arena, and sets *lang to the
 * language of `--lang` (or of the environment) out of the folder `locale`.  On
 * failure returns what is wrong, in that language.
 */
const char *gs_options_parse(struct gs_arena *arena, int argc, char **argv,
        const char *locale, struct gs_options *options,
        const struct gs_lang **lang);

#endif
