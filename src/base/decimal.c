/*
 * Exact decimals on 128-bit integers.
 *
 * Digits stay below 10^36, so that a sum of two never overflows and one more
 * digit can be looked at before it is refused.  Scaling works on unsigned
 * magnitudes: no checked signed multiplication, which some C libraries lack
 * for this width.
 */
#include "base/decimal.h"

#include <assert.h>
#include <glib.h>

#include "base/arena.h"

#define DIGITS_MAX 36
#define SCALE_MAX 18

__extension__ typedef unsigned __int128 uint128;

static uint128 power_of_ten(int power)
{
    static const uint64_t powers[] = {UINT64_C(1), UINT64_C(10), UINT64_C(100),
            UINT64_C(1000), UINT64_C(10000), UINT64_C(100000), UINT64_C(1000000),
            UINT64_C(10000000), UINT64_C(100000000), UINT64_C(1000000000),
            UINT64_C(10000000000), UINT64_C(100000000000),
            UINT64_C(1000000000000), UINT64_C(10000000000000),
            UINT64_C(100000000000000), UINT64_C(1000000000000000),
            UINT64_C(10000000000000000), UINT64_C(100000000000000000),
            UINT64_C(1000000000000000000)};

    assert(power >= 0 && power <= DIGITS_MAX);
    return power > SCALE_MAX ? (uint128)powers[SCALE_MAX] * powers[power - SCALE_MAX]
                             : powers[power];
}

static uint128 magnitude(gs_int128 digits)
{
    return digits < 0 ? (uint128)0 - (uint128)digits : (uint128)digits;
}

/* Puts a result together, if it is in range. */
static bool make(bool negative, uint128 size, int scale, struct gs_decimal *out)
{
    if (size >= power_of_ten(DIGITS_MAX) || scale < 0 || scale > SCALE_MAX) {
        return false;
    }
    out->digits = negative ? -(gs_int128)size : (gs_int128)size;
    out->scale = scale;
    return true;
}

/* size * 10^power, if it stays in range. */
static bool scale_up(uint128 *size, int power)
{
    if (*size == 0 || power == 0) {
        return true;
    }
    if (power > DIGITS_MAX ||
            *size >= power_of_ten(DIGITS_MAX) / power_of_ten(power)) {
        return false;
    }
    *size *= power_of_ten(power);
    return true;
}

/* --- reading -------------------------------------------------------------- */

/* Full-width forms of ASCII (U+FF01 to U+FF5E) and the minus sign as ASCII. */
static gunichar to_ascii(gunichar c)
{
    if (c >= 0xff01 && c <= 0xff5e) {
        return c - 0xff01 + '!';
    }
    return c == 0x2212 ? '-' : c;
}

static const char *next_char(const char *text)
{
    return text + g_utf8_skip[(unsigned char)*text];
}

/* Where a number stands while it is read. */
struct reading {
    uint128 size;
    int scale;
    size_t since_mark; /* digits since the last comma or point */
    bool commas, point;
};

static bool read_digit(struct reading *reading, unsigned digit)
{
    if (reading->size >= power_of_ten(DIGITS_MAX - 1) ||
            (reading->point && reading->scale == SCALE_MAX)) {
        return false;
    }
    reading->size = reading->size * 10 + digit;
    reading->scale += reading->point ? 1 : 0;
    reading->since_mark++;
    return true;
}

/* At a comma, the point or the end: after a comma three digits, else some. */
static bool is_whole_part_good(const struct reading *reading)
{
    return reading->commas ? reading->since_mark == 3 : reading->since_mark > 0;
}

/* A comma or the point; anything else is no part of a number. */
static bool read_mark(struct reading *reading, gunichar mark)
{
    if ((mark != ',' && mark != '.') || reading->point ||
            !is_whole_part_good(reading)) {
        return false;
    }
    if (mark == ',') {
        if (!reading->commas && reading->since_mark > 3) {
            return false;
        }
        reading->commas = true;
    } else {
        reading->point = true;
    }
    reading->since_mark = 0;
    return true;
}

bool gs_decimal_parse(const char *text, struct gs_decimal *out)
{
    struct reading reading = {0};
    bool negative = false;

    gunichar c = to_ascii(g_utf8_get_char(text));
    if (c == '+' || c == '-') {
        negative = c == '-';
        text = next_char(text);
    }
    for (; *text != '\0'; text = next_char(text)) {
        c = to_ascii(g_utf8_get_char(text));
        bool ok = c >= '0' && c <= '9' ? read_digit(&reading, c - '0')
                                       : read_mark(&reading, c);
        if (!ok) {
            return false;
        }
    }
    if (reading.point ? reading.since_mark == 0
                      : !is_whole_part_good(&reading)) {
        return false;
    }
    return make(negative, reading.size, reading.scale, out);
}

/* --- arithmetic ----------------------------------------------------------- */

bool gs_decimal_round(
        struct gs_decimal value, int scale, struct gs_decimal *out)
{
    uint128 size = magnitude(value.digits);

    if (scale < 0 || scale > SCALE_MAX) {
        return false;
    }
    if (scale >= value.scale) {
        if (!scale_up(&size, scale - value.scale)) {
            return false;
        }
    } else {
        uint128 unit = power_of_ten(value.scale - scale);
        size = size / unit + (size % unit >= unit / 2 ? 1 : 0);
    }
    return make(value.digits < 0, size, scale, out);
}

bool gs_decimal_shift(
        struct gs_decimal value, int power, struct gs_decimal *out)
{
    uint128 size = magnitude(value.digits);
    int scale = value.scale;

    if (power > DIGITS_MAX + SCALE_MAX || power < -DIGITS_MAX - SCALE_MAX) {
        return false;
    }
    scale -= power;
    if (scale < 0) {
        if (!scale_up(&size, -scale)) {
            return false;
        }
        scale = 0;
    }
    for (; scale > SCALE_MAX && size % 10 == 0; scale--) {
        size /= 10;
    }
    return make(value.digits < 0, size, scale, out);
}

bool gs_decimal_add(
        struct gs_decimal a, struct gs_decimal b, struct gs_decimal *out)
{
    int scale = MAX(a.scale, b.scale);

    if (!gs_decimal_round(a, scale, &a) || !gs_decimal_round(b, scale, &b)) {
        return false;
    }
    gs_int128 sum = a.digits + b.digits; /* each below 10^36 */
    return make(sum < 0, magnitude(sum), scale, out);
}

int gs_decimal_compare(struct gs_decimal a, struct gs_decimal b)
{
    gs_int128 unit_a = (gs_int128)power_of_ten(a.scale);
    gs_int128 unit_b = (gs_int128)power_of_ten(b.scale);
    gs_int128 whole_a = a.digits / unit_a, whole_b = b.digits / unit_b;

    if (whole_a == whole_b) { /* the parts after the point, 18 digits each */
        whole_a = a.digits % unit_a *
                (gs_int128)power_of_ten(SCALE_MAX - a.scale);
        whole_b = b.digits % unit_b *
                (gs_int128)power_of_ten(SCALE_MAX - b.scale);
    }
    return whole_a < whole_b ? -1 : whole_a > whole_b;
}

bool gs_decimal_is_zero(struct gs_decimal value)
{
    return value.digits == 0;
}

/* --- writing -------------------------------------------------------------- */

char *gs_decimal_format(
        struct gs_arena *arena, struct gs_decimal value, bool thousands)
{
    /* Sign, digits, a comma for every three of them, point, NUL. */
    char text[1 + DIGITS_MAX + SCALE_MAX + DIGITS_MAX / 3 + 2];
    size_t at = sizeof text;
    uint128 size = magnitude(value.digits);

    text[--at] = '\0';
    for (int i = 0; i < value.scale; i++, size /= 10) {
        text[--at] = (char)('0' + (int)(size % 10));
    }
    if (value.scale > 0) {
        text[--at] = '.';
    }
    int count = 0;
    do {
        if (thousands && count > 0 && count % 3 == 0) {
            text[--at] = ',';
        }
        text[--at] = (char)('0' + (int)(size % 10));
        size /= 10;
        count++;
    } while (size > 0);
    if (value.digits < 0) {
        text[--at] = '-';
    }
    return gs_arena_strdup(arena, text + at);
}

static const char *const capital_digits[] = {
        "零",
        "壹",
        "贰",
        "叁",
        "肆",
        "伍",
        "陆",
        "柒",
        "捌",
        "玖",
};

/*
 * Four digits and their unit.  `gap`: a zero stands between what has been
 * written and what comes, and is written before the next digit.
 */
static void add_section(
        GString *out, unsigned section, const char *unit, bool *gap)
{
    static const struct {
        unsigned worth;
        const char *name;
    } places[] = {{1000, "仟"}, {100, "佰"}, {10, "拾"}, {1, ""}};

    for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
        unsigned digit = section / places[i].worth % 10;
        if (digit == 0) {
            *gap = out->len > 0;
            continue;
        }
        if (*gap) {
            g_string_append(out, capital_digits[0]);
            *gap = false;
        }
        g_string_append(out, capital_digits[digit]);
        g_string_append(out, places[i].name);
    }
    if (section > 0) {
        g_string_append(out, unit);
        *gap = false; /* 拾万伍仟: zeros before a unit are not read */
    }
}

static void add_yuan(GString *out, guint64 yuan)
{
    bool gap = false;
    guint64 high = yuan / 100000000, low = yuan % 100000000;

    add_section(out, (unsigned)(high / 10000), "万", &gap);
    add_section(out, (unsigned)(high % 10000), "", &gap);
    if (high > 0) {
        g_string_append(out, "亿");
        gap = false;
    }
    add_section(out, (unsigned)(low / 10000), "万", &gap);
    add_section(out, (unsigned)(low % 10000), "", &gap);
    if (yuan > 0) {
        g_string_append(out, "元");
    }
}

char *gs_decimal_capital(struct gs_arena *arena, struct gs_decimal value)
{
    if (!gs_decimal_round(value, 2, &value) ||
            magnitude(value.digits) >= power_of_ten(18)) {
        return NULL;
    }
    guint64 fen = (guint64)magnitude(value.digits);
    unsigned jiao = (unsigned)(fen / 10 % 10), rest = (unsigned)(fen % 10);

    GString *out = g_string_new(NULL);
    add_yuan(out, fen / 100);
    if (jiao > 0) {
        g_string_append_printf(out, "%s角", capital_digits[jiao]);
    } else if (rest > 0 && out->len > 0) {
        g_string_append(out, capital_digits[0]);
    }
    if (rest > 0) {
        g_string_append_printf(out, "%s分", capital_digits[rest]);
    } else {
        g_string_append(out, out->len > 0 ? "整" : "零元整");
    }
    char *text = value.digits < 0 ? gs_arena_printf(arena, "负%s", out->str)
                                  : gs_arena_strdup(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}
