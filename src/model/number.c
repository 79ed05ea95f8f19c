/*
 * Numbering, as number.h describes it.
 */
#include "model/number.h"

#include <glib.h>
#include <string.h>

#include "base/arena.h"

static const char *const chinese_digits[] = {
        "零",
        "一",
        "二",
        "三",
        "四",
        "五",
        "六",
        "七",
        "八",
        "九",
};

/* Takes `digit` and what stands for a gap before it to the end of `out`. */
static void add_chinese_digit(
        GString *out, unsigned digit, const char *unit, bool *gap)
{
    if (digit == 0) {
        *gap = out->len > 0;
        return;
    }
    if (*gap) {
        g_string_append(out, "零");
        *gap = false;
    }
    /* 十, 十一 … 十九 stand alone; inside a number it is 一十 (一百一十). */
    if (digit != 1 || out->len > 0 || strcmp(unit, "十") != 0) {
        g_string_append(out, chinese_digits[digit]);
    }
    g_string_append(out, unit);
}

/* 1 to 99 999 999: 一, 十, 一百零一, 一万二千. */
static char *chinese_text(struct gs_arena *arena, unsigned long value)
{
    static const struct {
        unsigned long worth;
        const char *unit;
    } places[] = {{1000, "千"}, {100, "百"}, {10, "十"}, {1, ""}};

    GString *out = g_string_new(NULL);
    bool gap = false;
    const unsigned long parts[] = {value / 10000, value % 10000};
    for (size_t part = 0; part < 2; part++) {
        for (size_t i = 0; i < G_N_ELEMENTS(places); i++) {
            unsigned digit = (unsigned)(parts[part] / places[i].worth % 10);
            add_chinese_digit(out, digit, places[i].unit, &gap);
        }
        if (part == 0 && parts[0] != 0) {
            g_string_append(out, "万");
            gap = false; /* 一百万零一 has it from the zeros after 万 */
        }
    }
    char *text = gs_arena_strdup(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

/* 1 to 3999. */
static char *roman_text(struct gs_arena *arena, unsigned long value, bool upper)
{
    static const struct {
        unsigned long worth;
        const char *lower, *upper;
    } signs[] = {
            {1000, "m", "M"},
            {900, "cm", "CM"},
            {500, "d", "D"},
            {400, "cd", "CD"},
            {100, "c", "C"},
            {90, "xc", "XC"},
            {50, "l", "L"},
            {40, "xl", "XL"},
            {10, "x", "X"},
            {9, "ix", "IX"},
            {5, "v", "V"},
            {4, "iv", "IV"},
            {1, "i", "I"},
    };

    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(signs); i++) {
        for (; value >= signs[i].worth; value -= signs[i].worth) {
            g_string_append(out, upper ? signs[i].upper : signs[i].lower);
        }
    }
    char *text = gs_arena_strdup(arena, out->str);
    g_string_free(out, TRUE);
    return text;
}

/* 1 is a, 26 is z, 27 is aa. */
static char *letter_text(struct gs_arena *arena, unsigned long value)
{
    char letters[16]; /* 26^13 > 2^61, 26^14 > 2^64 */
    size_t at = sizeof letters;

    letters[--at] = '\0';
    for (; value > 0; value = (value - 1) / 26) {
        letters[--at] = (char)('a' + (value - 1) % 26);
    }
    return gs_arena_strdup(arena, letters + at);
}

static char *circled_text(struct gs_arena *arena, unsigned long value)
{
    if (value > 20) {
        return gs_arena_printf(arena, "(%lu)", value);
    }
    char sign[7] = {0};
    g_unichar_to_utf8((gunichar)(0x2460 + value - 1), sign);
    return gs_arena_strdup(arena, sign);
}

char *gs_number_text(
        struct gs_arena *arena, long value, enum gs_number_style style)
{
    unsigned long count = value > 0 ? (unsigned long)value : 0;

    switch (style) {
    case GS_NUMBER_ARABIC:
        break;
    case GS_NUMBER_PADDED:
        return gs_arena_printf(arena, "%02ld", value);
    case GS_NUMBER_CHINESE:
        if (value == 0) {
            return gs_arena_strdup(arena, chinese_digits[0]);
        }
        if (count > 0 && count < 100000000) {
            return chinese_text(arena, count);
        }
        break;
    case GS_NUMBER_ROMAN_LOWER:
    case GS_NUMBER_ROMAN_UPPER:
        if (count > 0 && count < 4000) {
            return roman_text(arena, count, style == GS_NUMBER_ROMAN_UPPER);
        }
        break;
    case GS_NUMBER_CIRCLED:
        if (count > 0) {
            return circled_text(arena, count);
        }
        break;
    case GS_NUMBER_LETTER_LOWER:
        if (count > 0) {
            return letter_text(arena, count);
        }
        break;
    }
    return gs_arena_printf(arena, "%ld", value);
}
