/*
 * Breaks: classes of characters by table, levels by rules over neighbours.
 *
 * The rules, after CLREQ and GB/T 15834:
 *
 *  R1  closing, pause and stop marks, interpuncts, connectors and postfixes
 *      never begin a line;
 *  R2  opening marks and currency signs never end one;
 *  R3  a solidus never ends one (in Latin it may);
 *  R5  —— and …… are never split, two of them in a row may part;
 *  R6  a number keeps its sign, marks, postfix and unit, a Latin word is whole;
 *  R7  of three marks in a row the last may begin a line, as a last remedy.
 */
#include "text/breaks.h"

#include <string.h>

#include <glib.h>
#include <pango/pango.h>

struct class_range {
    uint32_t first, last;
    enum gs_class klass;
};

/* Sorted; what is not in it goes by its Unicode category. */
static const struct class_range class_ranges[] = {
        {0x0009, 0x000D, GS_CLASS_SPACE},
        {0x0020, 0x0020, GS_CLASS_SPACE},
        {'!', '!', GS_CLASS_STOP},
        {'$', '$', GS_CLASS_CURRENCY},
        {'%', '%', GS_CLASS_POSTFIX},
        {'(', '(', GS_CLASS_OPEN},
        {')', ')', GS_CLASS_CLOSE},
        {'+', '+', GS_CLASS_SIGN},
        {',', ',', GS_CLASS_PAUSE},
        {'-', '-', GS_CLASS_SIGN},
        {'.', '.', GS_CLASS_STOP},
        {'/', '/', GS_CLASS_SOLIDUS},
        {'0', '9', GS_CLASS_DIGIT},
        {':', ';', GS_CLASS_PAUSE},
        {'<', '>', GS_CLASS_SIGN},
        {'?', '?', GS_CLASS_STOP},
        {'A', 'Z', GS_CLASS_LETTER},
        {'[', '[', GS_CLASS_OPEN},
        {']', ']', GS_CLASS_CLOSE},
        {'a', 'z', GS_CLASS_LETTER},
        {'{', '{', GS_CLASS_OPEN},
        {'}', '}', GS_CLASS_CLOSE},
        {'~', '~', GS_CLASS_SIGN},
        {0x0085, 0x0085, GS_CLASS_SPACE},
        {0x00A3, 0x00A3, GS_CLASS_CURRENCY},
        {0x00A5, 0x00A5, GS_CLASS_CURRENCY},
        {0x00B0, 0x00B0, GS_CLASS_POSTFIX},
        {0x00B1, 0x00B1, GS_CLASS_SIGN},
        {0x00B7, 0x00B7, GS_CLASS_CONNECT},
        {0x2000, 0x2006, GS_CLASS_SPACE},
        {0x2008, 0x200A, GS_CLASS_SPACE},
        {0x200B, 0x200F, GS_CLASS_JOINER},
        {0x2013, 0x2013, GS_CLASS_CONNECT},
        {0x2014, 0x2014, GS_CLASS_DASH},
        {0x2018, 0x2018, GS_CLASS_OPEN},
        {0x2019, 0x2019, GS_CLASS_CLOSE},
        {0x201C, 0x201C, GS_CLASS_OPEN},
        {0x201D, 0x201D, GS_CLASS_CLOSE},
        {0x2022, 0x2022, GS_CLASS_CONNECT},
        {0x2026, 0x2026, GS_CLASS_ELLIPSIS},
        {0x2027, 0x2027, GS_CLASS_CONNECT},
        {0x2028, 0x2029, GS_CLASS_SPACE},
        {0x2030, 0x2033, GS_CLASS_POSTFIX},
        {0x203C, 0x203C, GS_CLASS_STOP},
        {0x2047, 0x2049, GS_CLASS_STOP},
        {0x205F, 0x205F, GS_CLASS_SPACE},
        {0x2060, 0x2064, GS_CLASS_JOINER},
        {0x20AC, 0x20AC, GS_CLASS_CURRENCY},
        {0x2103, 0x2103, GS_CLASS_POSTFIX},
        {0x2109, 0x2109, GS_CLASS_POSTFIX},
        {0x2116, 0x2116, GS_CLASS_CURRENCY},
        {0x2212, 0x2213, GS_CLASS_SIGN},
        {0x2248, 0x2248, GS_CLASS_SIGN},
        {0x2260, 0x2260, GS_CLASS_SIGN},
        {0x2264, 0x2267, GS_CLASS_SIGN},
        {0x226E, 0x2271, GS_CLASS_SIGN},
        {0x2E3A, 0x2E3B, GS_CLASS_DASH},
        {0x3000, 0x3000, GS_CLASS_SPACE},
        {0x3001, 0x3001, GS_CLASS_PAUSE},
        {0x3002, 0x3002, GS_CLASS_STOP},
        {0x3008, 0x3008, GS_CLASS_OPEN},
        {0x3009, 0x3009, GS_CLASS_CLOSE},
        {0x300A, 0x300A, GS_CLASS_OPEN},
        {0x300B, 0x300B, GS_CLASS_CLOSE},
        {0x300C, 0x300C, GS_CLASS_OPEN},
        {0x300D, 0x300D, GS_CLASS_CLOSE},
        {0x300E, 0x300E, GS_CLASS_OPEN},
        {0x300F, 0x300F, GS_CLASS_CLOSE},
        {0x3010, 0x3010, GS_CLASS_OPEN},
        {0x3011, 0x3011, GS_CLASS_CLOSE},
        {0x3014, 0x3014, GS_CLASS_OPEN},
        {0x3015, 0x3015, GS_CLASS_CLOSE},
        {0x3016, 0x3016, GS_CLASS_OPEN},
        {0x3017, 0x3017, GS_CLASS_CLOSE},
        {0x3018, 0x3018, GS_CLASS_OPEN},
        {0x3019, 0x3019, GS_CLASS_CLOSE},
        {0x301A, 0x301A, GS_CLASS_OPEN},
        {0x301B, 0x301B, GS_CLASS_CLOSE},
        {0x301C, 0x301C, GS_CLASS_CONNECT},
        {0x301D, 0x301D, GS_CLASS_OPEN},
        {0x301E, 0x301F, GS_CLASS_CLOSE},
        {0x30FB, 0x30FB, GS_CLASS_CONNECT},
        {0xFEFF, 0xFEFF, GS_CLASS_JOINER},
        {0xFF01, 0xFF01, GS_CLASS_STOP},
        {0xFF04, 0xFF04, GS_CLASS_CURRENCY},
        {0xFF05, 0xFF05, GS_CLASS_POSTFIX},
        {0xFF08, 0xFF08, GS_CLASS_OPEN},
        {0xFF09, 0xFF09, GS_CLASS_CLOSE},
        {0xFF0B, 0xFF0B, GS_CLASS_SIGN},
        {0xFF0C, 0xFF0C, GS_CLASS_PAUSE},
        {0xFF0D, 0xFF0D, GS_CLASS_SIGN},
        {0xFF0E, 0xFF0E, GS_CLASS_STOP},
        {0xFF0F, 0xFF0F, GS_CLASS_SOLIDUS},
        {0xFF10, 0xFF19, GS_CLASS_DIGIT},
        {0xFF1A, 0xFF1B, GS_CLASS_PAUSE},
        {0xFF1C, 0xFF1E, GS_CLASS_SIGN},
        {0xFF1F, 0xFF1F, GS_CLASS_STOP},
        {0xFF21, 0xFF3A, GS_CLASS_LETTER},
        {0xFF3B, 0xFF3B, GS_CLASS_OPEN},
        {0xFF3D, 0xFF3D, GS_CLASS_CLOSE},
        {0xFF41, 0xFF5A, GS_CLASS_LETTER},
        {0xFF5B, 0xFF5B, GS_CLASS_OPEN},
        {0xFF5D, 0xFF5D, GS_CLASS_CLOSE},
        {0xFF5E, 0xFF5E, GS_CLASS_CONNECT},
        {0xFF5F, 0xFF5F, GS_CLASS_OPEN},
        {0xFF60, 0xFF60, GS_CLASS_CLOSE},
        {0xFF61, 0xFF61, GS_CLASS_STOP},
        {0xFF62, 0xFF62, GS_CLASS_OPEN},
        {0xFF63, 0xFF63, GS_CLASS_CLOSE},
        {0xFF64, 0xFF64, GS_CLASS_PAUSE},
        {0xFFE0, 0xFFE0, GS_CLASS_POSTFIX},
        {0xFFE1, 0xFFE1, GS_CLASS_CURRENCY},
        {0xFFE5, 0xFFE5, GS_CLASS_CURRENCY},
        {GS_OBJECT_CHARACTER, GS_OBJECT_CHARACTER, GS_CLASS_OBJECT},
};

/*
 * Words that a number holds on to (R6), longest first for one beginning.  All
 * are in the BMP and at most UNIT_LENGTH_MAX characters long.
 */
static const char *const units[] = {"个百分点", "百分点", "平方公里", "平方米",
        "立方米", "万亿元", "百万元", "人民币", "亿元", "万元", "千元", "百元",
        "个月", "个工作日", "工作日", "小时", "分钟", "季度", "公里", "千米",
        "厘米", "毫米", "公顷", "公斤", "千克", "万吨", "万亩", "万人", "万户",
        "万次", "万个", "万家", "亿人", "人次", "户次", "批次", "场次", "车次",
        "元", "角", "分", "万", "亿", "个", "人", "名", "位", "份", "年", "月",
        "日", "号", "天", "周", "时", "秒", "次", "户", "家", "项", "条", "件",
        "款", "米", "里", "亩", "吨", "克", "升", "斤", "度", "岁", "倍", "台",
        "套", "辆", "座", "处", "所", "间", "张", "册", "本", "批", "期", "届",
        "级", "类", "章", "节", "页", "栋", "层", "楼", "室", "村", "场", "例",
        "篇", "部", "种", "株", "头", "只", "块", "片", "支", "档", "宗", "笔",
        "㎡", "㎏", "㎎", "㎜", "㎝", "㎞", "㏄", "㎥"};
#define UNIT_LENGTH_MAX 4

/* How far a bracketed year is looked for before a number: 〔2022〕62号. */
#define BRACKET_DIGITS_MAX 8

enum gs_class gs_class_of(uint32_t code)
{
    if (code >= 0x3400 && code <= 0x9FFF) {
        return GS_CLASS_HAN;
    }
    size_t low = 0, high = G_N_ELEMENTS(class_ranges);
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (code > class_ranges[middle].last) {
            low = middle + 1;
        } else if (code < class_ranges[middle].first) {
            high = middle;
        } else {
            return class_ranges[middle].klass;
        }
    }
    if (gs_code_is_wide(code)) {
        return GS_CLASS_HAN;
    }
    return g_unichar_isalpha(code) ? GS_CLASS_LETTER : GS_CLASS_OTHER;
}

bool gs_class_never_begins(enum gs_class klass)
{
    return klass == GS_CLASS_CLOSE || klass == GS_CLASS_PAUSE ||
            klass == GS_CLASS_STOP || klass == GS_CLASS_CONNECT ||
            klass == GS_CLASS_POSTFIX;
}

bool gs_class_never_ends(enum gs_class klass)
{
    return klass == GS_CLASS_OPEN || klass == GS_CLASS_CURRENCY;
}

bool gs_code_is_wide(uint32_t code)
{
    if (code < 0x2010) {
        return false;
    }
    return g_unichar_iswide(code) || code == 0x2014 || code == 0x2026 ||
            (code >= 0x2018 && code <= 0x201D);
}

bool gs_code_is_break(uint32_t code)
{
    return (code >= 0x0A && code <= 0x0D) || code == 0x85 || code == 0x2028 ||
            code == 0x2029;
}

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

/* Length in characters of the unit that begins at `i`, 0 for none. */
static size_t unit_length(
        const char *text, size_t size, const struct gs_char *chars, size_t i)
{
    if (chars[i].klass != GS_CLASS_HAN) {
        return 0;
    }
    const char *at = text + chars[i].offset;
    const size_t left = size - chars[i].offset;
    size_t best = 0;
    for (size_t u = 0; u < G_N_ELEMENTS(units); u++) {
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

/* UAX #14, and where it is too strict for Chinese. */
static enum gs_break base_level(
        const struct gs_char *chars, size_t i, bool line_break)
{
    const enum gs_class a = chars[i - 1].klass, b = chars[i].klass;
    const bool wide_a = gs_code_is_wide(chars[i - 1].code);
    const bool wide_b = gs_code_is_wide(chars[i].code);
    if (line_break) {
        if ((a == GS_CLASS_LETTER && b == GS_CLASS_LETTER) ||
                (a == GS_CLASS_LETTER && b == GS_CLASS_DIGIT) ||
                (a == GS_CLASS_DIGIT && b == GS_CLASS_LETTER)) {
            return GS_BREAK_WORD; /* full-width letters */
        }
        /* GB/T, 15834-2011, km/h */
        if (a == GS_CLASS_SOLIDUS && b != GS_CLASS_HAN) {
            return GS_BREAK_GROUP;
        }
        return GS_BREAK_FREE;
    }
    /* R4 is for a stricter style than ours: …… may begin a line if it must. */
    if (a == GS_CLASS_HAN &&
            (b == GS_CLASS_SOLIDUS || b == GS_CLASS_ELLIPSIS)) {
        return GS_BREAK_GROUP;
    }
    /* UAX #14 takes “ and ” for quotation marks of unknown direction. */
    if (wide_a && (a == GS_CLASS_CLOSE || is_closing(a))) {
        return GS_BREAK_FREE;
    }
    if (wide_b && b == GS_CLASS_OPEN) {
        return GS_BREAK_FREE;
    }
    if ((a == GS_CLASS_DASH || a == GS_CLASS_ELLIPSIS) && b == GS_CLASS_HAN) {
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

static void decode(const char *text, struct gs_char *chars, size_t count)
{
    const char *at = text;
    for (size_t i = 0; i < count; i++) {
        const gunichar code = g_utf8_get_char(at);
        chars[i] = (struct gs_char){
                .code = code,
                .offset = (uint32_t)(at - text),
                .klass = (uint8_t)gs_class_of(code),
        };
        at += g_utf8_skip[(unsigned char)*at];
    }
    find_apostrophes(chars, count);
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

/* After a number: 12|个月, and less firmly 12 |个月. */
static void hold_units(
        const char *text, size_t size, struct gs_char *chars, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        const bool spaced = i >= 2 && chars[i - 1].code == ' ' &&
                chars[i - 2].klass == GS_CLASS_DIGIT;
        if (!spaced && chars[i - 1].klass != GS_CLASS_DIGIT &&
                chars[i - 1].klass != GS_CLASS_OBJECT) {
            continue;
        }
        const size_t length = unit_length(text, size, chars, i);
        for (size_t k = 0; k < length && i + k < count; k++) {
            const uint8_t level =
                    spaced && k == 0 ? GS_BREAK_GROUP : GS_BREAK_UNIT;
            chars[i + k].before = MAX(chars[i + k].before, level);
        }
    }
}

void gs_breaks_find(
        const char *text, size_t size, struct gs_char *chars, size_t count)
{
    if (count == 0) {
        return;
    }
    decode(text, chars, count);
    PangoLogAttr *attrs = g_new0(PangoLogAttr, count + 1);
    pango_default_break(text, (int)size, NULL, attrs, (int)count + 1);

    chars[0].grapheme = true;
    chars[0].before = GS_BREAK_NEVER;
    size_t run = 0, last_ink = 0;
    for (size_t i = 1; i < count; i++) {
        const int pair = pair_level(chars, i, &run);
        if (chars[i - 1].klass != GS_CLASS_SPACE &&
                chars[i - 1].klass != GS_CLASS_JOINER) {
            last_ink = i - 1;
        }
        chars[i].grapheme = attrs[i].is_cursor_position;
        if (attrs[i].is_mandatory_break) {
            chars[i].before = GS_BREAK_FREE;
        } else if (!chars[i].grapheme || chars[i].klass == GS_CLASS_JOINER) {
            chars[i].before = GS_BREAK_NEVER;
        } else {
            chars[i].before = (uint8_t)level_before(
                    chars, count, i, last_ink, attrs[i].is_line_break, pair);
        }
    }
    hold_units(text, size, chars, count);
    g_free(attrs);
}
