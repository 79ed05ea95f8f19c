/*
 * Layout context: what every part of the stage needs to set text and report.
 */
#ifndef GS_LAYOUT_CONTEXT_H
#define GS_LAYOUT_CONTEXT_H

#include "base/len.h"
#include "text/text.h"

struct gs_arena;
struct gs_diag;
struct gs_fonts;

struct gs_layout_context {
    struct gs_arena *arena;
    const struct gs_fonts *fonts;
    struct gs_diag *diag;
    struct gs_fields fields;
};

/* "12.5pt", for messages.  Not dependent on the locale. */
const char *gs_layout_pt(struct gs_arena *arena, gs_len len);

#endif
