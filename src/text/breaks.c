/*
 * Breaks: levels by rules over neighbours.
 *
 * The rules, after CLREQ and GB/T 15834:
 *
 *  R1  closing, pause and stop marks, interpuncts, connectors and postfixes
 *      never begin a line;
 *  R2  opening marks and currency signs never end one;
 *  R3  a solidus never ends one (in Latin it may), but where the rules are loose;
 *  R4  —— and …… never begin one where they are strict;
 *  R5  —— and …… are never split, two of them in a row may part;
 *  R6  a number keeps its sign, marks, postfix and unit, a Latin word is whole;
 *  R7  of three marks in a row the last may begin a line, as a last remedy.
 */
#include "text/breaks.h"

#include <assert.h>
#include <string.h>

#include <glib.h>

#include "text/uax14.h"

/*
 * Words that a number holds on to (R6), those with one beginning together.  All
 * are in the BMP.
 */
static const char *const units[] = {"个百分点", "个工作日", "个月", "个",
        "百分点", "百万元", "百元", "平方公里", "平方米", "立方米", "万亿元",
        "万元", "万吨", "万亩", "万人", "万户", "万次", "万个", "万家", "万",
        "人民币", "人次", "人", "亿元", "亿人", "亿", "千元", "千米", "千克",
        "工作日", "小时", "分钟", "分", "季度", "公里", "公顷", "公斤", "厘米",
        "毫米", "户次", "户", "批次", "批", "场次", "场", "车次", "元", "角",
        "名", "位", "份", "年", "月", "日", "号", "天", "周", "时", "秒", "次",
        "家", "项", "条", "件", "款", "米", "里", "亩", "吨", "克", "升", "斤",
        "度", "岁", "倍", "台", "套", "辆", "座", "处", "所", "间", "张", "册",
        "本", "期", "届", "级", "类", "章", "节", "页", "栋", "层", "楼", "室",
        "村", "例", "篇", "部", "种", "株", "头", "只", "块", "片", "支", "档",
        "宗", "笔", "㎡", "㎏", "㎎", "㎜", "㎝", "㎞", "㏄", "㎥"};

/* How far a bracketed year is looked for before a number: 〔2022〕62号. */
#define BRACKET_DIGITS_MAX 8

static bool is_kind(const struct gs_char *chars, size_t count, size_t i,
        enum gs_class klass)
{
    return i < count && chars[i].klass == (uint8_t)klass;
}

static bool is_digit(const struct gs_char *chars, size_t count, size_t i)
{
    return is_kind(chars, count, i, GS_CLASS_DIGIT);
}

/* Decimal and thousands marks, colons of times; wide ones in wide numbers. */
static bool is_number_mark(const struct gs_char *chars, size_t count, size_t i)
{
    if (i == 0 || !is_digit(chars, count, i - 1) ||
            !is_digit(chars, count, i + 1)) {
        return false;
    }
    const uint32_t code = chars[i].code;
    if (code == 0xFF0C || code == 0xFF1A) {
        return chars[i - 1].code >= 0xFF10 && chars[i + 1].code >= 0xFF10;
    }
    return code == '.' || code == ',' || code == ':' || code == '/' ||
            code == 0xFF0E;
}

/* Between two numbers: 2021-2022, 3～5. */
static bool is_range_mark(const struct gs_char *chars, size_t count, size_t i)
{
    if (i == 0 || i >= count || !is_digit(chars, count, i - 1)) {
        return false;
    }
    const uint32_t code = chars[i].code;
    return (code == '-' || code == '~' || code == 0x2013 || code == 0xFF0D ||
                   code == 0xFF5E) &&
            is_digit(chars, count, i + 1);
}

/* Whether signs and prefixes from `i` on come to a digit. */
static bool leads_to_digit(const struct gs_char *chars, size_t count, size_t i)
{
    for (size_t end = i + 3; i <= end; i++) {
        if (is_digit(chars, count, i)) {
            return true;
        }
        if (!is_kind(chars, count, i, GS_CLASS_SIGN) &&
                !is_kind(chars, count, i, GS_CLASS_CURRENCY)) {
            return false;
        }
    }
    return false;
}

/* Number of the first unit that begins with a character, from 1; 0 for none. */
static uint8_t first_unit(uint32_t code)
{
    static_assert(G_N_ELEMENTS(units) < UINT8_MAX, "they can be numbered");
    char bytes[6];
    if (g_unichar_to_utf8(code, bytes) != 3) { /* as all characters of units */
        return 0;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        if (memcmp(units[i], bytes, 3) == 0) {
            return (uint8_t)(i + 1);
        }
    }
    return 0;
}

/* Length in characters of the longest unit that begins at `i`, 0 for none. */
static size_t unit_length(
        const char *text, size_t size, const struct gs_char *chars, size_t i)
{
    if (chars[i].unit == 0) {
        return 0;
    }
    const char *at = text + chars[i].offset;
    const size_t left = size - chars[i].offset;
    size_t best = 0;
    for (size_t u = chars[i].unit - 1u;
            u < G_N_ELEMENTS(units) && memcmp(units[u], at, 3) == 0; u++) {
        const size_t bytes = strlen(units[u]);
        if (bytes > best && bytes <= left && memcmp(units[u], at, bytes) == 0) {
            best = bytes;
        }
    }
    return best / 3; /* every character of a unit takes three bytes */
}

/* Whether chars[i] closes brackets that hold digits only: 〔2022〕. */
static bool closes_number(const struct gs_char *chars, size_t i)
{
    if (chars[i].klass != GS_CLASS_CLOSE) {
        return false;
    }
    size_t digits = 0;
    while (i-- > 0 && digits <= BRACKET_DIGITS_MAX) {
        if (chars[i].klass != GS_CLASS_DIGIT) {
            return digits > 0 && chars[i].klass == GS_CLASS_OPEN;
        }
        digits++;
    }
    return false;
}

/* R6 between chars[i - 1] and chars[i]; -1 where it says nothing. */
static int number_level(const struct gs_char *chars, size_t count, size_t i)
{
    const enum gs_class a = chars[i - 1].klass, b = chars[i].klass;
    if (a == GS_CLASS_DIGIT) {
        if (b == GS_CLASS_DIGIT || is_number_mark(chars, count, i) ||
                is_range_mark(chars, count, i)) {
            return GS_BREAK_WORD;
        }
    }
    if (b == GS_CLASS_DIGIT) {
        if (is_number_mark(chars, count, i - 1)) {
            return GS_BREAK_WORD;
        }
        if (a == GS_CLASS_SIGN || is_range_mark(chars, count, i - 1)) {
            return GS_BREAK_SIGN;
        }
        if (chars[i - 1].code == 0x7B2C /* 第 */ ||
                closes_number(chars, i - 1)) {
            return GS_BREAK_GROUP;
        }
    }
    if (a == GS_CLASS_HAN && b == GS_CLASS_SIGN &&
            leads_to_digit(chars, count, i)) {
        return GS_BREAK_FREE; /* 增长|-5.3%, which is a hyphen to UAX #14 */
    }
    if (a == GS_CLASS_SIGN && (b == GS_CLASS_SIGN || b == GS_CLASS_CURRENCY) &&
            leads_to_digit(chars, count, i)) {
        return GS_BREAK_SIGN;
    }
    return -1;
}

/* R5: pairs of — and of … are never split; two pairs may part. */
static int pair_level(const struct gs_char *chars, size_t i, size_t *run)
{
    const enum gs_class b = chars[i].klass;
    if (b != GS_CLASS_DASH && b != GS_CLASS_ELLIPSIS) {
        *run = 0;
        return -1;
    }
    if (chars[i - 1].code != chars[i].code || chars[i].code >= 0x2E3A) {
        *run = 0;
        return -1;
    }
    *run += 1;
    return *run % 2 == 1 ? GS_BREAK_NEVER : GS_BREAK_GROUP;
}

static bool is_closing(enum gs_class klass)
{
    return klass == GS_CLASS_CLOSE || klass == GS_CLASS_PAUSE ||
            klass == GS_CLASS_STOP;
}

/* R1, R2, R3, R7: the 禁则 level before chars[i], or GS_BREAK_FREE. */
static enum gs_break kinsoku_level(
        const struct gs_char *chars, size_t count, size_t i, size_t last_ink)
{
    const enum gs_class a = chars[i - 1].klass, b = chars[i].klass;
    if (b == GS_CLASS_SPACE) {
        return GS_BREAK_KINSOKU; /* spaces hang at the line's end */
    }
    if (gs_class_never_begins(b)) {
        const bool third = i >= 2 && is_closing(b) && is_closing(a) &&
                is_closing(chars[i - 2].klass);
        return third ? GS_BREAK_MARKS : GS_BREAK_KINSOKU;
    }
    const enum gs_class ink = chars[last_ink].klass;
    if (gs_class_never_ends(ink)) {
        const bool third = b == GS_CLASS_OPEN && a == GS_CLASS_OPEN &&
                is_kind(chars, count, i + 1, GS_CLASS_OPEN);
        return third ? GS_BREAK_MARKS : GS_BREAK_KINSOKU;
    }
    if (a == GS_CLASS_SOLIDUS &&
            (b == GS_CLASS_HAN || i < 2 ||
                    chars[i - 2].klass == GS_CLASS_HAN)) {
        return GS_BREAK_KINSOKU;
    }
    return GS_BREAK_FREE;
}

static bool is_word_part(enum gs_class klass)
{
    return klass == GS_CLASS_LETTER || klass == GS_CLASS_DIGIT;
}

/* Ａ１ */
static bool is_full_width(uint32_t code)
{
    return code >= 0xFF10 && code <= 0xFF5A;
}

/* " and ' may open or close. */
static bool is_straight_quote(uint32_t code)
{
    return code == '"' || code == '\'';
}

/* UAX #14, and where it is too strict for Chinese. */
static enum gs_break base_level(
        const struct gs_char *chars, size_t i, bool line_break)
{
    const enum gs_class a = chars[i - 1].klass, b = chars[i].klass;
    const bool wide_a = chars[i - 1].wide, wide_b = chars[i].wide;
    if (line_break) {
        if (is_word_part(a) && is_word_part(b) &&
                (is_full_width(chars[i - 1].code) ||
                        is_full_width(chars[i].code))) {
            return GS_BREAK_WORD; /* ideographs to UAX #14 */
        }
        /* GB/T, 15834-2011, km/h */
        if (a == GS_CLASS_SOLIDUS && b != GS_CLASS_HAN) {
            return GS_BREAK_GROUP;
        }
        return GS_BREAK_FREE;
    }
    /* R4 is for the strict rules: else …… may begin a line if it must. */
    if (a == GS_CLASS_HAN &&
            (b == GS_CLASS_SOLIDUS || b == GS_CLASS_ELLIPSIS)) {
        return GS_BREAK_GROUP;
    }
    /* UAX #14 takes “ and ” too for quotation marks of unknown direction. */
    if (is_straight_quote(chars[i - 1].code) ||
            is_straight_quote(chars[i].code)) {
        return GS_BREAK_WORD;
    }
    if (wide_a && (a == GS_CLASS_CLOSE || is_closing(a))) {
        return GS_BREAK_FREE;
    }
    if (wide_b && b == GS_CLASS_OPEN) {
        return GS_BREAK_FREE;
    }
    return GS_BREAK_WORD;
}

/* ’ and ‘ inside a Latin word are apostrophes, not marks. */
static void find_apostrophes(struct gs_char *chars, size_t count)
{
    for (size_t i = 1; i + 1 < count; i++) {
        if ((chars[i].code == 0x2019 || chars[i].code == 0x2018) &&
                chars[i - 1].klass == GS_CLASS_LETTER &&
                chars[i + 1].klass == GS_CLASS_LETTER) {
            chars[i].klass = GS_CLASS_LETTER;
        }
    }
}

static enum gs_break level_before(const struct gs_char *chars, size_t count,
        size_t i, size_t last_ink, bool line_break, int pair)
{
    if (pair >= 0) {
        return (enum gs_break)pair;
    }
    const int number = number_level(chars, count, i);
    const enum gs_break base = number >= 0 ? (enum gs_break)number
                                           : base_level(chars, i, line_break);
    const enum gs_break kinsoku = kinsoku_level(chars, count, i, last_ink);
    return MAX(base, kinsoku);
}

/* The unit at chars[i], if it is one: its first character is held by `level`. */
static void hold_unit(const char *text, size_t size, struct gs_char *chars,
        size_t count, size_t i, uint8_t level)
{
    const size_t length = i < count ? unit_length(text, size, chars, i) : 0;
    for (size_t end = i + length; i < end && i < count; i++) {
        chars[i].before = MAX(chars[i].before, level);
        level = GS_BREAK_UNIT;
    }
}

/* After a number, which is a seam: 12|个月, and less firmly 12 |个月. */
static void hold_units(const char *text, size_t size, struct gs_char *chars,
        size_t count, const struct gs_seams *seams)
{
    const unsigned numbers = 1u << GS_CLASS_DIGIT | 1u << GS_CLASS_OBJECT;
    for (size_t k = 0; k < seams->count; k++) {
        const size_t i = seams->at[k];
        if ((1u << chars[i].klass & numbers) == 0 || i + 1 == count) {
            continue;
        }
        hold_unit(text, size, chars, count, i + 1, GS_BREAK_UNIT);
        if (chars[i].klass == GS_CLASS_DIGIT && chars[i + 1].code == ' ') {
            hold_unit(text, size, chars, count, i + 2, GS_BREAK_GROUP);
        }
    }
}

#define BIT(klass) (1u << GS_CLASS_##klass)
#define BITS_CLOSING (BIT(CLOSE) | BIT(PAUSE) | BIT(STOP))
#define BITS_HELD (BIT(CONNECT) | BIT(POSTFIX) | BIT(SPACE))
#define BITS_ANY (BITS_CLOSING | BITS_HELD)

/*
 * What most pairs of neighbours come to: by the first one's class, the classes of
 * the second before which the line may end where UAX #14 says so, and those before
 * which 禁则 forbids it in any case.  A digit after an ideograph is not among them,
 * that may be 第.
 */
static const struct {
    uint32_t free, kinsoku;
} pairs[] = {
        [GS_CLASS_OTHER] = {0, BITS_ANY},
        [GS_CLASS_HAN] = {BIT(HAN) | BIT(OPEN) | BIT(LETTER), BITS_ANY},
        [GS_CLASS_LETTER] = {BIT(HAN), BITS_ANY},
        [GS_CLASS_DIGIT] = {BIT(HAN), BITS_ANY},
        [GS_CLASS_SPACE] = {0, BITS_ANY},
        [GS_CLASS_OPEN] = {0, BITS_ANY | BIT(HAN) | BIT(LETTER) | BIT(DIGIT)},
        [GS_CLASS_CLOSE] = {BIT(HAN), BITS_HELD},
        [GS_CLASS_PAUSE] = {BIT(HAN), BITS_HELD},
        [GS_CLASS_STOP] = {BIT(HAN), BITS_HELD},
        [GS_CLASS_CONNECT] = {0, BITS_ANY},
        [GS_CLASS_SOLIDUS] = {0, BITS_ANY},
        [GS_CLASS_DASH] = {0, BITS_ANY},
        [GS_CLASS_ELLIPSIS] = {0, BITS_ANY},
        [GS_CLASS_SIGN] = {0, BITS_ANY},
        [GS_CLASS_CURRENCY] = {0, BITS_ANY},
        [GS_CLASS_POSTFIX] = {0, BITS_ANY},
        [GS_CLASS_JOINER] = {0, BITS_ANY},
        [GS_CLASS_OBJECT] = {0, BITS_ANY},
};

/* The level between two characters where the table of pairs has it, or -1. */
static inline int simple_level(const struct gs_char *a, const struct gs_char *b)
{
    const uint32_t klass = 1u << b->klass;
    if (b->place == (GS_OPPORTUNITY_GRAPHEME | GS_OPPORTUNITY_BREAK) &&
            (pairs[a->klass].free & klass) != 0) {
        return GS_BREAK_FREE;
    }
    return (b->place & ~GS_OPPORTUNITY_BREAK) == GS_OPPORTUNITY_GRAPHEME &&
            (pairs[a->klass].kinsoku & klass) != 0
            ? GS_BREAK_KINSOKU
            : -1;
}

/* The character before chars[i] that is seen, or the first. */
static size_t ink_before(const struct gs_char *chars, size_t i)
{
    do {
        i--;
    } while (i > 0 && (chars[i].klass == GS_CLASS_SPACE ||
                              chars[i].klass == GS_CLASS_JOINER));
    return i;
}

/* By all the rules; `run` is how many of — or … stand before. */
static enum gs_break judged_level(
        const struct gs_char *chars, size_t count, size_t i, size_t *run)
{
    const struct gs_char *b = &chars[i];
    const int pair = pair_level(chars, i, run);
    if ((b->place & GS_OPPORTUNITY_FORCED) != 0) {
        return GS_BREAK_FREE;
    }
    if ((b->place & GS_OPPORTUNITY_GRAPHEME) == 0 ||
            b->klass == GS_CLASS_JOINER) {
        return GS_BREAK_NEVER;
    }
    return level_before(chars, count, i, ink_before(chars, i),
            (b->place & GS_OPPORTUNITY_BREAK) != 0, pair);
}

void gs_breaks_judge(const char *text, size_t size, struct gs_char *chars,
        size_t count, const struct gs_seams *seams, unsigned kinds)
{
    if (count == 0) {
        return;
    }
    if ((kinds & GS_KIND_QUOTE) != 0) {
        find_apostrophes(chars, count);
    }
    gs_uax14_find(text, size, chars, count, seams);

    chars[0].grapheme = true;
    chars[0].before = GS_BREAK_NEVER;
    size_t run = 0; /* marks of one are seams without others between them */
    for (size_t k = 1; k < seams->count; k++) {
        struct gs_char *b = &chars[seams->at[k]];
        const int simple = simple_level(b - 1, b);
        if (simple >= 0) {
            b->grapheme = true;
            b->before = (uint8_t)simple;
            run = 0;
        } else {
            b->grapheme = (b->place & GS_OPPORTUNITY_GRAPHEME) != 0;
            b->before = (uint8_t)judged_level(
                    chars, count, (size_t)(b - chars), &run);
        }
    }
    if ((kinds & GS_KIND_NUMBER) != 0) {
        hold_units(text, size, chars, count, seams);
    }
}

struct gs_char gs_char_of(uint32_t code)
{
    const enum gs_class klass = gs_class_of(code);
    const bool han = klass == GS_CLASS_HAN && gs_uax14_is_han(code);
    return (struct gs_char){
            .code = code,
            .klass = (uint8_t)klass,
            .group = gs_uax14_group(code),
            .han = han,
            .wide = gs_code_is_wide(code),
            .unit = first_unit(code),
            .place = han ? GS_OPPORTUNITY_GRAPHEME | GS_OPPORTUNITY_BREAK : 0,
            .before = GS_BREAK_FREE,
            .grapheme = han,
    };
}

uint8_t gs_kinds_of(uint32_t code, enum gs_class klass)
{
    const bool number = klass == GS_CLASS_DIGIT || klass == GS_CLASS_OBJECT;
    return (uint8_t)((code == 0x2018 || code == 0x2019 ? GS_KIND_QUOTE : 0) |
            (number ? GS_KIND_NUMBER : 0) |
            (gs_class_has_free(klass) ? GS_KIND_FREE : 0));
}

void gs_breaks_find(
        const char *text, size_t size, struct gs_char *chars, size_t count)
{
    const char *at = text;
    unsigned kinds = 0;
    struct gs_seams seams = {.at = g_new(uint32_t, count + 1)};
    for (size_t i = 0; i < count; i++, at = g_utf8_next_char(at)) {
        chars[i] = gs_char_of(g_utf8_get_char(at));
        chars[i].offset = (uint32_t)(at - text);
        kinds |= gs_kinds_of(chars[i].code, chars[i].klass);
        gs_seams_note(&seams, i, i > 0 && chars[i - 1].han && chars[i].han);
    }
    gs_breaks_judge(text, size, chars, count, &seams, kinds);
    g_free(seams.at);
}

enum gs_break gs_break_under(enum gs_line_break rules, enum gs_class a,
        enum gs_class b, enum gs_break level)
{
    const bool pair = b == GS_CLASS_DASH || b == GS_CLASS_ELLIPSIS;
    if (rules == GS_LINE_BREAK_STRICT && pair && level <= GS_BREAK_GROUP) {
        return GS_BREAK_KINSOKU; /* R4 */
    }
    if (rules == GS_LINE_BREAK_LOOSE && a == GS_CLASS_SOLIDUS &&
            level == GS_BREAK_KINSOKU && b != GS_CLASS_SPACE &&
            !gs_class_never_begins(b)) {
        return GS_BREAK_FREE; /* without R3 */
    }
    return level;
}
