/*
 * Sums: one pass over the atoms.
 */
#include "text/sums.h"

/* Without gaps, and nothing squeezed. */
static void add_widths(const struct gs_shaped *shaped, struct gs_sum *sums)
{
    gs_len width = 0;
    for (size_t i = 0; i < shaped->count; i++) {
        sums[i].width = sums[i].natural = width;
        width += shaped->atoms[i].width;
    }
    sums[shaped->count].width = sums[shaped->count].natural = width;
}

static void add_all(
        const struct gs_shaped *shaped, gs_len gap, struct gs_sum *sums)
{
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
}

const struct gs_sum *gs_sums_add(
        const struct gs_shaped *shaped, const struct gs_setting *setting)
{
    struct gs_scratch *scratch = shaped->scratch;
    struct gs_sum *sums = GS_SCRATCH(
            scratch, GS_SCRATCH_SUMS, struct gs_sum, shaped->count + 1);
    scratch->summed = true;
    scratch->squeeze = setting->squeeze;
    scratch->gap = setting->gap;
    if (!setting->squeeze && setting->gap == 0) {
        add_widths(shaped, sums);
    } else {
        gs_adjust_mark(shaped);
        add_all(shaped, setting->gap, sums);
    }
    return sums;
}
