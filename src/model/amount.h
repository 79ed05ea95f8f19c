/*
 * Amounts: an exact decimal as the document prints it.  For values of the data
 * and for totals of pages, which only the layout stage knows.
 */
#ifndef GS_MODEL_AMOUNT_H
#define GS_MODEL_AMOUNT_H

#include <stdbool.h>

#include "base/decimal.h"

struct gs_arena;

enum gs_zero { GS_ZERO_SHOW, GS_ZERO_BLANK, GS_ZERO_DASH };

struct gs_amount_format {
    bool capital; /* 大写; only `power` has a meaning besides */
    int decimals; /* -1: as entered */
    bool thousands;
    enum gs_zero zero;
    int power;        /* the value is multiplied by 10^power */
    bool parentheses; /* around negatives, instead of a minus */
};

/*
 * The text of `value`, with `sign` ("%", or "") after its digits.  False where
 * the value is beyond what can be written so; nothing is reported.
 */
bool gs_amount_text(struct gs_arena *arena,
        const struct gs_amount_format *format, struct gs_decimal value,
        const char *sign, const char **out);

#endif
