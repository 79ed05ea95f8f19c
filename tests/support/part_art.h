/*
 * The part of a table on a page, drawn: a row to a line, a slot to a field; a field
 * in which a cell goes on is "^" (from above) or "<" (from the left).  Other fields
 * are the names of cells, which begin with their kind:
 *
 *   h  th        d  td        l  td that labels rows        L  th that does
 */
#ifndef GS_TESTS_PART_ART_H
#define GS_TESTS_PART_ART_H

#include "base/arena.h"
#include "layout/fragment.h"

struct part_art {
    struct gs_arena *arena;
    struct gs_table table;
    struct gs_frag_table part; /* its only one, so far: all cells and rows whole */
    char ***names; /* by row and column */
};

/* `groups`: h, b or f for each line. */
void part_art_draw(struct part_art *art, const char *groups,
        const char *const *lines);
void part_art_release(struct part_art *art);

#endif
