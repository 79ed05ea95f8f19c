/*
 * Numbering: 1, 01, 一, iv, IV, ④, d.  For values of the data and for page
 * numbers, which only the layout stage knows.
 */
#ifndef GS_MODEL_NUMBER_H
#define GS_MODEL_NUMBER_H

#include "model/doc.h"

struct gs_arena;

/*
 * Never NULL.  Where a style has no sign for the value (roman beyond 3999,
 * letters below 1, …) it stands in Arabic digits; beyond ⑳ in parentheses.
 */
char *gs_number_text(
        struct gs_arena *arena, long value, enum gs_number_style style);

#endif
