/*
 * Reading: the runs of a paragraph as one text and its characters.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_READING_H
#define GS_TEXT_READING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "text/breaks.h"
#include "text/palette.h"

struct gs_arena;
struct gs_diag;
struct gs_fields;
struct gs_fonts;
struct gs_run;
struct gs_scratch;

/* Where a run's text lies in that of the paragraph. */
struct gs_piece {
    uint32_t offset, bytes, run;
};

struct gs_reading {
    const char *text; /* as gs_shaped.text; a single run's own where it is valid */
    size_t size;
    const struct gs_piece *pieces; /* one for each run */
    struct gs_char *chars; /* and one at the text's end, where a grapheme begins */
    const struct gs_ready **ready; /* of each character of a text */
    size_t count; /* of characters */
    struct gs_seams seams;
    unsigned kinds; /* gs_kinds_of() all of them, and GS_KIND_PASSING */
};

/* All but a text that had to be made lies in the scratch. */
struct gs_reading gs_read(struct gs_arena *arena, const struct gs_fonts *fonts,
        struct gs_scratch *scratch, const struct gs_run *runs, size_t run_count,
        const struct gs_fields *fields, struct gs_diag *diag);

#endif
