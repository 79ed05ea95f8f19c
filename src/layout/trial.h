/*
 * Trials: how high a cell is at each of a series of widths, without setting it.
 *
 * Its paragraphs are shaped once and filled at each width.
 */
#ifndef GS_LAYOUT_TRIAL_H
#define GS_LAYOUT_TRIAL_H

#include <stddef.h>

#include "base/len.h"

struct gs_arena;
struct gs_cell;
struct gs_layout_context;

struct gs_trial {
    gs_len *heights; /* padding included; none is higher than the one before */
    size_t count;    /* at least 1; at larger widths it stays at the last */
};

/*
 * Heights at widths `width`, `width + step`, … `width + steps * step`.  What is made
 * to try the cell lives in `scratch`, which is cleared.
 */
void gs_trial_make(const struct gs_layout_context *context,
        struct gs_arena *scratch, const struct gs_cell *cell, gs_len width,
        gs_len step, size_t steps, struct gs_trial *out);

#endif
