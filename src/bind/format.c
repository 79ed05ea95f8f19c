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

/* False, for the caller to return. */
static bool refuse(struct gs_refusal *refusal, enum gs_diag_id id,
        const char *text, const char *wanted)
{
    *refusal = (struct gs_refusal){id, text, wanted};
    return false;
}

void gs_format_report(const struct gs_refusal *refusal,
        const struct gs_origin *origin, struct gs_diag *diag)
{
    const char *path = origin->path != NULL ? origin->path : "";

    gs_diag_add(diag, refusal->id, origin->loc,
            GS_ARGS(refusal->text, path, refusal->wanted));
}

struct gs_amount_format gs_format_amount(const struct gs_format *format)
{
    struct gs_amount_format amount = format->amount;

    amount.capital = format->kind == GS_FORMAT_CAPITAL;
    return amount;
}

/* Amounts and, in their own words, capital amounts. */
static bool apply_amount(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const char **out, struct gs_refusal *refusal)
{
    const struct gs_amount_format amount = gs_format_amount(format);
    struct gs_decimal value;

    return (gs_decimal_parse(text, &value) &&
                   gs_amount_text(arena, &amount, value, "", out)) ||
            refuse(refusal, GS_DIAG_NOT_AN_AMOUNT, text, NULL);
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
        const struct gs_format *format, const char *text, const char **out,
        struct gs_refusal *refusal)
{
    struct gs_amount_format amount = format->amount;
    struct gs_decimal value;
    bool is_percent;

    const char *digits = take_percent(arena, text, &is_percent);
    if (is_percent) {
        amount.power = 0;
    }
    return (gs_decimal_parse(digits, &value) &&
                   gs_amount_text(arena, &amount, value,
                           format->sign ? "%" : "", out)) ||
            refuse(refusal, GS_DIAG_NOT_AN_AMOUNT, text, NULL);
}

static bool apply_number(struct gs_arena *arena, const struct gs_format *format,
        const char *text, const char **out, struct gs_refusal *refusal)
{
    struct gs_decimal value, whole;

    if (!gs_decimal_parse(text, &value) ||
            !gs_decimal_round(value, 0, &whole) ||
            gs_decimal_compare(value, whole) != 0 || whole.digits > INT_MAX ||
            whole.digits < -INT_MAX) {
        return refuse(refusal, GS_DIAG_NOT_A_NUMBER, text, "1, 2, 3 …");
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
        const char *text, const char **out, struct gs_refusal *refusal)
{
    if (*text == '\0') {
        *out = format->blank != NULL ? format->blank : "";
        return true;
    }
    switch (format->kind) {
    case GS_FORMAT_AMOUNT:
    case GS_FORMAT_CAPITAL:
        return apply_amount(arena, format, text, out, refusal);
    case GS_FORMAT_PERCENT:
        return apply_percent(arena, format, text, out, refusal);
    case GS_FORMAT_DATE:
        *out = gs_format_date(arena, text,
                format->pattern != NULL ? format->pattern : "yyyy年M月d日");
        return *out != NULL ||
                refuse(refusal, GS_DIAG_NOT_A_DATE, text, NULL);
    case GS_FORMAT_NUMBER:
        return apply_number(arena, format, text, out, refusal);
    case GS_FORMAT_MASK:
        *out = mask_text(arena, format, text);
        return true;
    case GS_FORMAT_TEXT:
        break;
    }
    *out = text;
    return true;
}
