/*
 * Strips: a table wider than its page is cut between columns, where it says
 * overflow="continue".  Each strip has a grid of its own, with the first columns of
 * the table repeated in it, and goes over pages of its own.
 */
#ifndef GS_LAYOUT_STRIPS_H
#define GS_LAYOUT_STRIPS_H

#include <stddef.h>

#include "base/len.h"

struct gs_arena;
struct gs_grid;
struct gs_layout_context;

struct gs_strip {
    const struct gs_grid *grid; /* its columns alone, numbered from 0 */
    size_t count;               /* of them */
    const gs_len *edges;        /* of these */
    const size_t *columns;      /* their numbers in the table */
    size_t repeated;            /* so many first ones were in a strip before */
};

/*
 * One strip of the whole table if it is not wider than `measure`.  No cell is cut:
 * where one would be in any case, or a strip has no room for a column, NULL is
 * returned after a diagnostic.
 */
const struct gs_strip *gs_strips_make(const struct gs_layout_context *context,
        const struct gs_grid *grid, const gs_len *edges, gs_len measure,
        size_t *count);

/* The strip's columns of another grid on the same columns of a table. */
const struct gs_grid *gs_strip_grid(struct gs_arena *arena,
        const struct gs_strip *strip, const struct gs_grid *whole);

#endif
