/*
 * Exact decimals: amounts of money, percentages.  No binary rounding anywhere.
 *
 * A decimal has up to 36 significant digits and a scale of 0 to 18 digits after
 * the point; whatever would leave that range makes the operation fail.
 */
#ifndef GS_BASE_DECIMAL_H
#define GS_BASE_DECIMAL_H

#include <stdbool.h>

struct gs_arena;

__extension__ typedef __int128 gs_int128;

struct gs_decimal {
    gs_int128 digits; /* value = digits / 10^scale */
    int scale;
};

/*
 * Reads 1041.5, -3, +0.50, 1,234.56 (thousands commas only where they belong).
 * Full-width digits and signs are read like ASCII.  Anything else is false.
 */
bool gs_decimal_parse(const char *text, struct gs_decimal *out);

/* Rounds half away from zero (四舍五入) to `scale` digits, or pads with zeros. */
bool gs_decimal_round(
        struct gs_decimal value, int scale, struct gs_decimal *out);

/* value * 10^power, exact. */
bool gs_decimal_shift(
        struct gs_decimal value, int power, struct gs_decimal *out);

bool gs_decimal_add(struct gs_decimal a, struct gs_decimal b,
        struct gs_decimal *out);
int gs_decimal_compare(struct gs_decimal a, struct gs_decimal b);
bool gs_decimal_is_zero(struct gs_decimal value);

/* 4733.14, or 4,733.14 with `thousands`; '-' before negatives. */
char *gs_decimal_format(
        struct gs_arena *arena, struct gs_decimal value, bool thousands);

/*
 * 大写 amount: 壹万贰仟叁佰元伍角整.  The value is in 元 and is rounded to 分.
 * NULL when it is 10^16 or more.
 */
char *gs_decimal_capital(struct gs_arena *arena, struct gs_decimal value);

#endif
