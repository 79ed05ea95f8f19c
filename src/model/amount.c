/*
 * Amounts, as amount.h describes them.
 */
#include "model/amount.h"

#include <stddef.h>

#include "base/arena.h"

/* Zeros that shifting the point has brought after it, not the author. */
static struct gs_decimal trim(struct gs_decimal value, int scale)
{
    while (value.scale > scale && value.digits % 10 == 0) {
        value.digits /= 10;
        value.scale--;
    }
    return value;
}

static bool scale_amount(const struct gs_amount_format *format,
        struct gs_decimal value, struct gs_decimal *out)
{
    int entered = value.scale;

    if (!gs_decimal_shift(value, format->power, &value)) {
        return false;
    }
    if (format->decimals < 0) {
        *out = trim(value, entered);
        return true;
    }
    return gs_decimal_round(value, format->decimals, out);
}

static bool capital_text(struct gs_arena *arena,
        const struct gs_amount_format *format, struct gs_decimal value,
        const char **out)
{
    const char *text = NULL;

    if (gs_decimal_shift(value, format->power, &value)) {
        text = gs_decimal_capital(arena, value);
    }
    if (text != NULL) {
        *out = text;
    }
    return text != NULL;
}

bool gs_amount_text(struct gs_arena *arena,
        const struct gs_amount_format *format, struct gs_decimal value,
        const char *sign, const char **out)
{
    if (format->capital) {
        return capital_text(arena, format, value, out);
    }
    struct gs_decimal scaled;
    if (!scale_amount(format, value, &scaled)) {
        return false;
    }
    if (gs_decimal_is_zero(value) && format->zero != GS_ZERO_SHOW) {
        *out = format->zero == GS_ZERO_DASH ? "-" : "";
        return true;
    }
    bool enclosed = format->parentheses && scaled.digits < 0;
    if (enclosed) {
        scaled.digits = -scaled.digits;
    }
    const char *text = gs_decimal_format(arena, scaled, format->thousands);
    const bool bare = !enclosed && *sign == '\0';
    *out = bare ? text
                : gs_arena_printf(
                          arena, enclosed ? "(%s%s)" : "%s%s", text, sign);
    return true;
}
