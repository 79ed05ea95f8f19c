/*
 * Font list: fonts.xml as it is written, files not yet looked for.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_FONTLIST_H
#define GS_TEXT_FONTLIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct gs_arena;

/* The role name of the fallback chain. */
#define GS_ROLE_FALLBACK "fallback"

struct gs_listed_face {
    const char *file, *package; /* package may be NULL */
    int index;
    bool bold, standin, embolden;
    bool exact; /* its outlines are not to be simplified */
    const uint32_t *without; /* characters it draws wrongly, ended by 0; or NULL */
};

struct gs_listed_role {
    const char *name; /* GS_ROLE_FALLBACK for the chain */
    struct gs_listed_face *faces;
    size_t count;
    struct gs_loc loc;
};

struct gs_font_list {
    const char **directories; /* absolute or relative to the program's folder */
    size_t directory_count;
    struct gs_listed_role *roles; /* in order; the fallback last, if any */
    size_t role_count;
};

/* NULL after a diagnostic.  Lives in the arena. */
const struct gs_font_list *gs_font_list_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag);

#endif
