/*
 * Formats: amounts and percentages by exact decimals, numbering, masks.
 */
#include "bind/format.h"

#include <glib.h>
#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "form/form.h"
#include "model/number.h"

/* Reports `text` as no such value; returns false for the caller to return. */
static bool refuse(enum gs_diag_id id, const char *text,
        const struct gs_origin *origin, const char *wanted,
        struct gs_diag *diag)
{
    const char *path = origin->path != NULL ? origin->path : "";

    gs_diag_add(diag, id, origin->loc, GS_ARGS(text, path, wanted));
    return false;
}

/* Zeros that shifting the point has brought after it, not the author. */
static struct gs_decimal trim(struct gs_decimal value, int scale)
{
    while (value.scale > scale && value.digits % 10 == 0) {
        value.digits /= 10;
        value.scale--;
    }
    return value;
}

static bool scale_amount(const struct gs_format *format, int power,
        struct gs_decimal value, struct gs_decimal *out)
{
    int entered = value.scale;

    if (!gs_decimal_shift(value, power, &value)) {
        return false;
    }
    if (format->decimals < 0) {
        *out = trim(value, entered);
        return true;
    }
    return gs_decimal_round(value, format->decimals, out);
}

/* `sign` is put after the digits: "%" or nothing. */
static char *amount_text(struct gs_arena *arena, const struct gs_format *format,
        struct gs_decimal value, const char *sign)
{
    bool negative = value.digits < 0;

    if (!format->parentheses || !negative) {
        return gs_arena_printf(arena, "%s%s",
                gs_decimal_format(arena, value, format->thousands), sign);
    }
    value.digits = -value.digits;
    return gs_arena_printf(arena, "(%s%s)",
            gs_decimal_format(arena, value, format->thousands), sign);
}

static bool apply_amount(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const struct gs_origin *origin, struct gs_diag *diag,
        const char **out)
{
    struct gs_decimal value, scaled;

    if (!gs_decimal_parse(text, &value) ||
            !scale_amount(format, format->power, value, &scaled)) {
        return refuse(GS_DIAG_NOT_AN_AMOUNT, text, origin, NULL, diag);
    }
    if (gs_decimal_is_zero(value) && format->zero != GS_ZERO_SHOW) {
        *out = format->zero == GS_ZERO_DASH ? "-" : "";
        return true;
    }
    *out = amount_text(arena, format, scaled, "");
    return true;
}

/* Takes a percent sign, half or full width, off the end. */
static const char *take_percent(
        struct gs_arena *arena, const char *text, bool *had)
{
    static const char *const signs[] = {"%", "％"};

    *had = false;
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        if (g_str_has_suffix(text, signs[i])) {
            *had = true;
            return gs_arena_strndup(
                    arena, text, strlen(text) - strlen(signs[i]));
        }
    }
    return text;
}

static bool apply_percent(struct gs_arena *arena,
        const struct gs_format *format, const char *text,
        const struct gs_origin *origin, struct gs_diag *diag, const char **out)
{
    struct gs_decimal value, scaled;
    bool is_percent;

    const char *digits = take_percent(arena, text, &is_percent);
    if (!gs_decimal_parse(digits, &value) ||
            !scale_amount(
                    format, is_percent ? 0 : format->power, value, &scaled)) {
        return refuse(GS_DIAG_NOT_AN_AMOUNT, text, origin, NULL, diag);
    }
    if (gs_decimal_is_zero(value) && format->zero != GS_ZERO_SHOW) {
        *out = format->zero == GS_ZERO_DASH ? "-" : "";
        return true;
    }
    *out = amount_text(arena, format, scaled, format->sign ? "%" : "");
    return true;
}

static bool apply_capital(struct gs_arena *arena,
        const struct gs_format *format, const char *text,
        const struct gs_origin *origin, struct gs_diag *diag, const char **out)
{
    struct gs_decimal value;
    const char *capital = NULL;

    if (gs_decimal_parse(text, &value) &&
            gs_decimal_shift(value, format->power, &value)) {
        capital = gs_decimal_capital(arena, value);
    }
    if (capital == NULL) {
        return refuse(GS_DIAG_NOT_AN_AMOUNT, text, origin, NULL, diag);
    }
    *out = capital;
    return true;
}

static bool apply_number(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const struct gs_origin *origin, struct gs_diag *diag,
        const char **out)
{
    struct gs_decimal value, whole;

    if (!gs_decimal_parse(text, &value) ||
            !gs_decimal_round(value, 0, &whole) ||
            gs_decimal_compare(value, whole) != 0 || whole.digits > INT_MAX ||
            whole.digits < -INT_MAX) {
        return refuse(GS_DIAG_NOT_A_NUMBER, text, origin, "1, 2, 3 …", diag);
    }
    const char *before = format->before, *after = format->after;
    *out = gs_arena_printf(arena, "%s%s%s", before != NULL ? before : "",
            gs_number_text(arena, (long)whole.digits, format->number),
            after != NULL ? after : "");
    return true;
}

/* A text no longer than what is kept would show whole: all of it is masked. */
static const char *mask_text(struct gs_arena *arena,
        const struct gs_format *format, const char *text)
{
    const char *with =
            format->with != NULL && *format->with != '\0' ? format->with : "*";
    gunichar mark = g_utf8_get_char(with); /* one, however many there are */
    size_t length = (size_t)g_utf8_strlen(text, -1);
    size_t first = format->keep_first, last = format->keep_last;

    if (first >= length || last >= length - first) {
        first = last = 0;
    }
    const char *tail = g_utf8_offset_to_pointer(text, (glong)(length - last));
    const char *head = g_utf8_offset_to_pointer(text, (glong)first);
    GString *out = g_string_new_len(text, head - text);
    for (size_t i = first; i < length - last; i++) {
        g_string_append_unichar(out, mark);
    }
    g_string_append(out, tail);
    const char *result = gs_arena_strdup(arena, out->str);
    g_string_free(out, TRUE);
    return result;
}

bool gs_format_apply(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const struct gs_origin *origin, struct gs_diag *diag,
        const char **out)
{
    if (*text == '\0') {
        *out = format->blank != NULL ? format->blank : "";
        return true;
    }
    switch (format->kind) {
    case GS_FORMAT_AMOUNT:
        return apply_amount(arena, format, text, origin, diag, out);
    case GS_FORMAT_PERCENT:
        return apply_percent(arena, format, text, origin, diag, out);
    case GS_FORMAT_DATE:
        *out = gs_format_date(arena, text,
                format->pattern != NULL ? format->pattern : "yyyy年M月d日");
        return *out != NULL ||
                refuse(GS_DIAG_NOT_A_DATE, text, origin, NULL, diag);
    case GS_FORMAT_CAPITAL:
        return apply_capital(arena, format, text, origin, diag, out);
    case GS_FORMAT_NUMBER:
        return apply_number(arena, format, text, origin, diag, out);
    case GS_FORMAT_MASK:
        *out = mask_text(arena, format, text);
        return true;
    case GS_FORMAT_TEXT:
        break;
    }
    *out = text;
    return true;
}
