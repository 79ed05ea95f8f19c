/*
 * Placing: a filled line's atoms as glyph runs and marks with positions.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_PLACE_H
#define GS_TEXT_PLACE_H

#include "base/len.h"
#include "text/adjust.h"
#include "text/fill.h"
#include "text/text.h"

struct gs_arena;
struct gs_shaped;

/* How a line is to stand in its room. */
struct gs_placing {
    struct gs_setting setting;
    gs_len x, room; /* of the line within the measure */
    gs_len height, baseline; /* without pictures */
    bool own; /* the program's words: runs have no source */
};

/*
 * Where a line of this width begins, `hang` of its last mark outside.  One too wide
 * stands out on both sides when centred, else on the right.
 */
gs_len gs_place_x(const struct gs_placing *placing, gs_len hang, gs_len width);

void gs_place_line(struct gs_arena *arena, const struct gs_shaped *shaped,
        const struct gs_span *span, const struct gs_placing *placing,
        struct gs_line *out);

#endif
