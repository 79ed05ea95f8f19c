/*
 * Sums: one pass over the atoms.
 */
#include "text/sums.h"

#include "text/adjust.h"
#include "text/scratch.h"

const struct gs_sum *gs_sums_make(const struct gs_shaped *shaped, gs_len gap)
{
    struct gs_scratch *scratch = shaped->scratch;
    struct gs_sum *sums = GS_SCRATCH(
            scratch, GS_SCRATCH_SUMS, struct gs_sum, shaped->count + 1);
    if (scratch->summed && scratch->gap == gap) {
        return sums;
    }
    if (!scratch->summed) {
        gs_adjust_mark(shaped);
    }
    scratch->summed = true;
    scratch->gap = gap;
    struct gs_sum sum = {0, 0, 0, 0};
    for (size_t i = 0; i < shaped->count; i++) {
        const struct gs_atom *atom = &shaped->atoms[i];
        sums[i] = sum;
        sum.width += atom->width;
        sum.natural += atom->width + gs_gap_before(atom, gap);
        sum.least += atom->width + gs_least_gap_before(atom, gap) -
                gs_adjust_give(atom);
        sum.places += atom->stretches;
    }
    sums[shaped->count] = sum;
    return sums;
}
