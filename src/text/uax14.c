/*
 * UAX #14: a table of pairs, and Pango for the rest.
 */
#include "text/uax14.h"

#include <stdbool.h>

#include <glib.h>
#include <pango/pango.h>

#include "text/breaks.h"

/*
 * Groups of characters of which UAX #14 needs to see two at a time only.  Its
 * rules that look further concern spaces, prefixes, hyphens, solidi and closing
 * brackets before postfixes: of these there are in a group a postfix after a
 * digit or ideograph, an infix mark, hyphen or solidus after them, each before
 * what it cannot belong to, and a space between two words.
 */
enum group {
    GROUP_HAN, /* ID */
    GROUP_CLOSE, /* CL, NS, EX; not narrow brackets */
    GROUP_OPEN, /* OP; full-width */
    GROUP_CLOSE_LATIN, /* CP */
    GROUP_OPEN_LATIN, /* OP; narrow */
    GROUP_QUOTE, /* QU */
    GROUP_DASH, /* B2 */
    GROUP_ELLIPSIS, /* IN */
    GROUP_DIGIT, /* NU */
    GROUP_INFIX, /* IS, HY, SY */
    GROUP_LETTER, /* AL, AI */
    GROUP_POSTFIX, /* PO */
    GROUP_SPACE, /* SP */
    GROUP_COUNT,
    GROUP_REST = GROUP_COUNT,
};

#define BIT(group) (1u << GROUP_##group)

/* What no rule holds back but one about the character before it. */
#define BITS_APART \
    (BIT(HAN) | BIT(OPEN) | BIT(OPEN_LATIN) | BIT(DASH) | BIT(DIGIT) | \
            BIT(LETTER))

/* By the first character's group: before which groups a line may break. */
static const uint16_t breaks_before[GROUP_COUNT] = {
        [GROUP_HAN] = BITS_APART,
        [GROUP_CLOSE] = BITS_APART,
        [GROUP_OPEN] = 0,
        [GROUP_CLOSE_LATIN] =
                BIT(HAN) | BIT(OPEN) | BIT(OPEN_LATIN) | BIT(DASH),
        [GROUP_OPEN_LATIN] = 0,
        [GROUP_QUOTE] = 0,
        [GROUP_DASH] = BITS_APART & ~BIT(DASH),
        [GROUP_ELLIPSIS] = BITS_APART,
        [GROUP_DIGIT] = BIT(HAN) | BIT(OPEN) | BIT(DASH),
        [GROUP_INFIX] = BITS_APART & ~BIT(DIGIT),
        [GROUP_LETTER] = BIT(HAN) | BIT(OPEN) | BIT(DASH),
        [GROUP_POSTFIX] = BIT(HAN) | BIT(DASH),
        [GROUP_SPACE] = BIT(HAN) | BIT(DIGIT) | BIT(LETTER),
};

static enum group ascii_group(uint32_t code)
{
    if (code >= '0' && code <= '9') {
        return GROUP_DIGIT;
    }
    if ((code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z')) {
        return GROUP_LETTER;
    }
    switch (code) {
    case ' ':
        return GROUP_SPACE;
    case '!':
    case '?':
        return GROUP_CLOSE;
    case '(':
    case '[':
        return GROUP_OPEN_LATIN;
    case ')':
    case ']':
        return GROUP_CLOSE_LATIN;
    case ',':
    case '-':
    case '.':
    case '/':
    case ':':
    case ';':
        return GROUP_INFIX;
    case '%':
        return GROUP_POSTFIX;
    case '#':
    case '&':
    case '*':
    case '<':
    case '=':
    case '>':
    case '@':
    case '_':
    case '~':
        return GROUP_LETTER;
    default: /* code points, not an enumeration of ours */
        return GROUP_REST;
    }
}

static enum group mark_group(uint32_t code)
{
    switch (code) {
    case 0x00B7: /* · × ÷ ≈ ≠ ≤ ≥ */
    case 0x00D7:
    case 0x00F7:
    case 0x2248:
    case 0x2260:
    case 0x2264:
    case 0x2265:
        return GROUP_LETTER;
    case 0x2014: /* — */
        return GROUP_DASH;
    case 0x2018: /* ‘ ’ “ ” */
    case 0x2019:
    case 0x201C:
    case 0x201D:
        return GROUP_QUOTE;
    case 0x2026: /* … */
        return GROUP_ELLIPSIS;
    case 0x3001: /* 、。〉》」』】〕）！，：；？ */
    case 0x3002:
    case 0x3009:
    case 0x300B:
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0x3015:
    case 0xFF01:
    case 0xFF09:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1B:
    case 0xFF1F:
        return GROUP_CLOSE;
    case 0x3008: /* 〈《「『【〔（ */
    case 0x300A:
    case 0x300C:
    case 0x300E:
    case 0x3010:
    case 0x3014:
    case 0xFF08:
        return GROUP_OPEN;
    case 0xFF05: /* ％ */
        return GROUP_POSTFIX;
    case 0x3007: /* 〇 ㎡ ＋ － ／ ～ */
    case 0x33A1:
    case 0xFF0B:
    case 0xFF0D:
    case 0xFF0F:
    case 0xFF5E:
        return GROUP_HAN;
    default:
        return GROUP_REST;
    }
}

/* Ideographs, full-width digits and letters. */
static bool is_han(uint32_t code)
{
    return (code >= 0x4E00 && code <= 0x9FFF) ||
            (code >= 0x3400 && code <= 0x4DBF) ||
            (code >= 0xFF10 && code <= 0xFF19) ||
            (code >= 0xFF21 && code <= 0xFF3A) ||
            (code >= 0xFF41 && code <= 0xFF5A);
}

/* ①…⑳ and Ⅰ…Ⅻ */
static bool is_letter(uint32_t code)
{
    return (code >= 0x2460 && code <= 0x2473) ||
            (code >= 0x2160 && code <= 0x216B);
}

uint8_t gs_uax14_group(uint32_t code)
{
    if (is_han(code)) {
        return GROUP_HAN;
    }
    if (is_letter(code)) {
        return GROUP_LETTER;
    }
    return (uint8_t)(code < 0x80 ? ascii_group(code) : mark_group(code));
}

bool gs_uax14_is_han(uint32_t code)
{
    return gs_uax14_group(code) == GROUP_HAN;
}

/* Pango joins Hangul over a space between. */
static bool begins_hangul(const struct gs_char *chars, size_t i)
{
    const uint32_t code = chars[i].code;
    return chars[i - 1].code == ' ' &&
            ((code >= 0x1100 && code <= 0x11FF) ||
                    (code >= 0xAC00 && code <= 0xD7FB));
}

/* Asks Pango about chars[first … last]; the answers are for all but the first. */
static void ask_pango(const char *text, size_t size, struct gs_char *chars,
        size_t count, size_t first, size_t last)
{
    if (first == last) {
        return; /* one character is the whole text */
    }
    const size_t asked = last - first + 1;
    const size_t end = last + 1 < count ? chars[last + 1].offset : size;
    PangoLogAttr *attrs = g_new0(PangoLogAttr, asked + 1);
    pango_default_break(text + chars[first].offset,
            (int)(end - chars[first].offset), NULL, attrs, (int)asked + 1);
    for (size_t i = first + 1; i <= last; i++) {
        const PangoLogAttr *attr = &attrs[i - first];
        const bool grapheme =
                attr->is_cursor_position || begins_hangul(chars, i);
        chars[i].place = (uint8_t)((grapheme ? GS_OPPORTUNITY_GRAPHEME : 0) |
                (attr->is_line_break ? GS_OPPORTUNITY_BREAK : 0) |
                (attr->is_mandatory_break ? GS_OPPORTUNITY_FORCED : 0));
    }
    g_free(attrs);
}

/* What a space parts, in whatever order. */
#define BITS_WORD (BIT(HAN) | BIT(DIGIT) | BIT(LETTER))

/*
 * Whether the pairs with chars[i], a postfix, an infix mark or a space, say all
 * there is to say: 98%， and 1.5 and 甲,乙, but neither %(1) nor a.5 nor 甲.5.
 * Infix marks, hyphens and solidi are alike there.
 */
static bool is_simple(const struct gs_char *chars, size_t count, size_t i)
{
    const enum group group = chars[i].group;
    const enum group before = i > 0 ? chars[i - 1].group : GROUP_REST;
    const enum group after = i + 1 < count ? chars[i + 1].group : GROUP_CLOSE;
    if (group == GROUP_SPACE) {
        return (1u << before & BITS_WORD) != 0 && (1u << after & BITS_WORD) != 0;
    }
    const bool ends = after == GROUP_HAN || after == GROUP_CLOSE ||
            after == GROUP_CLOSE_LATIN;
    return (before == GROUP_HAN && ends) ||
            (before == GROUP_DIGIT &&
                    (ends || (group == GROUP_INFIX && after == GROUP_DIGIT)));
}

/* The group of chars[i], where its neighbours permit. */
static enum group group_at(const struct gs_char *chars, size_t count, size_t i)
{
    const unsigned needy = BIT(POSTFIX) | BIT(INFIX) | BIT(SPACE);
    const enum group group = chars[i].group;
    return (1u << group & needy) != 0 && !is_simple(chars, count, i)
            ? GROUP_REST
            : group;
}

/* Where the next ideograph stands from chars[i] on; `count`: there is none. */
static size_t find_han(const struct gs_char *chars, size_t count, size_t i)
{
    while (i < count && chars[i].group != GROUP_HAN) {
        i++;
    }
    return i;
}

void gs_uax14_find(const char *text, size_t size, struct gs_char *chars,
        size_t count, const struct gs_seams *seams)
{
    size_t han = 0; /* the last ideograph, or the text's beginning */
    size_t next = 0; /* the character after those that are done */
    enum group before = GROUP_REST;
    for (size_t k = 0; k < seams->count; k++) {
        const size_t i = seams->at[k];
        if (i < next) {
            continue; /* Pango has been asked about it */
        }
        if (i > next) { /* ideographs are not seams */
            before = GROUP_HAN;
            han = i - 1;
        }
        next = i + 1;
        const enum group group = group_at(chars, count, i);
        if (group == GROUP_REST) {
            const size_t end = find_han(chars, count, i);
            ask_pango(text, size, chars, count, han,
                    end < count ? end : count - 1);
            before = GROUP_HAN;
            han = end;
            next = end + 1;
            continue;
        }
        const bool may = i > 0 && (breaks_before[before] & 1u << group) != 0;
        chars[i].place = (uint8_t)(GS_OPPORTUNITY_GRAPHEME |
                (may ? GS_OPPORTUNITY_BREAK : 0));
        before = group;
        han = group == GROUP_HAN ? i : han;
    }
}
