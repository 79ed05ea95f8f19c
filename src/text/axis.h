/*
 * Axis: amounts of a column aligned at their decimal point (R26).
 *
 * A paragraph is an amount where it holds one number, with nothing before it but
 * signs, currency, opening brackets and spaces: -1,234.50  ￥5  (12.5)  98.6%.  Its
 * axis lies after the last digit before the point; what stands behind that, point,
 * decimals, %, brackets, a unit, is its tail.  Amounts end where the widest tail
 * of the column ends at its right edge.  What is no amount (—, 大写, words) ends at
 * the axis, where it has room to the left of it.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_AXIS_H
#define GS_TEXT_AXIS_H

#include <stdbool.h>

#include "base/len.h"

struct gs_diag;
struct gs_fonts;
struct gs_para_style;
struct gs_shaped;
struct gs_text_style;

/* Gives the digits of proportional faces one width.  Once for each shaping. */
void gs_axis_even_digits(struct gs_shaped *shaped);

/* Whether it is an amount, with its tail; *tail is 0 for what is none. */
bool gs_axis_find(const struct gs_shaped *shaped, gs_len *tail);

/* Width of a point and as many decimals as the style asks for; 0 if it does not. */
gs_len gs_axis_fraction(const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        struct gs_diag *diag);

#endif
