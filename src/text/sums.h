/*
 * Sums: widths of a shaped text added up from its start, so that what a line
 * measures, as it is and squeezed, is a difference.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_SUMS_H
#define GS_TEXT_SUMS_H

#include <stddef.h>

#include "base/len.h"
#include "text/adjust.h"
#include "text/scratch.h"
#include "text/shape.h"

/* Of all atoms before one; gaps and what may be stretched count with the latter. */
struct gs_sum {
    gs_len width; /* without gaps */
    gs_len natural; /* with them */
    /* Where the setting squeezes or has gaps: */
    gs_len least; /* with everything squeezed as far as it goes */
    size_t places; /* that may be stretched */
};

const struct gs_sum *gs_sums_add(
        const struct gs_shaped *shaped, const struct gs_setting *setting);

/*
 * The sums at each atom, and one more; they stay until the text is released or
 * those of another setting are asked for.
 */
static inline const struct gs_sum *gs_sums_make(
        const struct gs_shaped *shaped, const struct gs_setting *setting)
{
    const struct gs_scratch *scratch = shaped->scratch;
    return scratch->summed && scratch->gap == setting->gap &&
                    scratch->squeeze == setting->squeeze
            ? scratch->arrays[GS_SCRATCH_SUMS].memory
            : gs_sums_add(shaped, setting);
}

/* The gap before an atom that is not its line's first (R14). */
static inline gs_len gs_gap_before(const struct gs_atom *atom, gs_len gap)
{
    return atom->gap ? gap : 0;
}

/* What of that is left when it is squeezed (R20). */
static inline gs_len gs_least_gap_before(const struct gs_atom *atom, gs_len gap)
{
    const gs_len least = atom->look->size / 8;
    return !atom->gap ? 0 : gap < least ? gap : least;
}

#endif
