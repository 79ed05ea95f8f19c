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
#include "text/shape.h"

/* Of all atoms before one; gaps and what may be stretched count with the latter. */
struct gs_sum {
    gs_len width; /* without gaps */
    gs_len natural; /* with them */
    gs_len least; /* with everything squeezed as far as it goes */
    size_t places; /* that may be stretched */
};

/*
 * The sums at each atom, and one more; they stay until the text is released or
 * other ones are asked for.  `gap` is that of the setting.  The first time tells
 * gs_atom.gap and gs_atom.stretches of all atoms.
 */
const struct gs_sum *gs_sums_make(const struct gs_shaped *shaped, gs_len gap);

/* The gap before an atom that is not its line's first (R14). */
static inline gs_len gs_gap_before(const struct gs_atom *atom, gs_len gap)
{
    return atom->gap ? gap : 0;
}

/* What of that is left when it is squeezed (R20). */
static inline gs_len gs_least_gap_before(const struct gs_atom *atom, gs_len gap)
{
    const gs_len least = atom->size / 8;
    return !atom->gap ? 0 : gap < least ? gap : least;
}

#endif
