/*
 * Breaks: where a line may end, and how unwillingly.
 *
 * Pango's default breaker gives the UAX #14 opportunities and the graphemes; the
 * rules of Chinese line setting (禁则, numbers with their signs and units, ——,
 * ……) stand on top, as a level before each character.  A line breaks at the
 * lowest level that it can: the weak rules give way first in a narrow column,
 * 禁则 last.
 *
 * Knows nothing of fonts and widths.
 */
#ifndef GS_TEXT_BREAKS_H
#define GS_TEXT_BREAKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/style.h"

enum gs_break {
    GS_BREAK_FREE,
    GS_BREAK_GROUP, /* 〔2022〕|62号, 第|3号, …… between two of them */
    GS_BREAK_UNIT, /* 12|个月 */
    GS_BREAK_SIGN, /* ≥|95 */
    GS_BREAK_WORD, /* inside a Latin word, a code, the digits of a number */
    GS_BREAK_MARKS, /* before the third of three marks in a row */
    GS_BREAK_KINSOKU, /* 字|，  （|字  95|% */
    GS_BREAK_NEVER, /* inside a grapheme, —— or …… */
};

enum gs_class {
    GS_CLASS_OTHER,
    GS_CLASS_HAN, /* ideographs, kana, hangul and wide symbols */
    GS_CLASS_LETTER,
    GS_CLASS_DIGIT,
    GS_CLASS_SPACE,
    GS_CLASS_OPEN,
    GS_CLASS_CLOSE,
    GS_CLASS_PAUSE,
    GS_CLASS_STOP,
    GS_CLASS_CONNECT, /* interpuncts and connectors: · – ～ */
    GS_CLASS_SOLIDUS,
    GS_CLASS_DASH,
    GS_CLASS_ELLIPSIS,
    GS_CLASS_SIGN, /* + ± ≥ … before digits */
    GS_CLASS_CURRENCY, /* ￥ $ № before digits */
    GS_CLASS_POSTFIX, /* % ‰ ℃ after digits */
    GS_CLASS_JOINER, /* no width: U+200B, U+2060 … */
    GS_CLASS_OBJECT, /* U+FFFC: a picture, a blank */
};

struct gs_char {
    uint32_t code;
    uint32_t offset; /* bytes from the text's start */
    uint8_t klass; /* enum gs_class */
    uint8_t group; /* gs_uax14_group() */
    bool wide; /* gs_code_is_wide() */
    uint8_t unit; /* gs_char_of(): begins one that a number may hold (R6) */
    bool han; /* an ideograph to all rules: two of them may part */
    /* What is found out; gs_char_of() says it as after an ideograph, of one: */
    uint8_t place; /* enum gs_opportunity, of UAX #14, before it */
    uint8_t before; /* enum gs_break */
    bool grapheme; /* one begins here */
};

/* What a text has, for rules to be looked at or not. */
enum gs_kinds {
    GS_KIND_QUOTE = 1 << 0, /* ‘ ’ */
    GS_KIND_NUMBER = 1 << 1, /* digits, blanks */
    GS_KIND_FREE = 1 << 2, /* marks: gs_class_has_free() */
    GS_KIND_PASSING = 1 << 3, /* what may be set otherwise another time */
};

/* Stands for a picture, a blank or a leader in the text. */
#define GS_OBJECT_CHARACTER 0xFFFCu

enum gs_class gs_class_of(uint32_t code);

/* A line feed and its like: the line ends after it. */
bool gs_code_is_break(uint32_t code);

/* Marks that may not begin, or not end, a line (R1, R2). */
bool gs_class_never_begins(enum gs_class klass);
bool gs_class_never_ends(enum gs_class klass);

/* Marks that may have free space beside their ink. */
static inline bool gs_class_has_free(enum gs_class klass)
{
    const unsigned marks = 1u << GS_CLASS_OPEN | 1u << GS_CLASS_CLOSE |
            1u << GS_CLASS_PAUSE | 1u << GS_CLASS_STOP |
            1u << GS_CLASS_CONNECT;
    return (1u << klass & marks) != 0;
}

/* Takes a full em (or two) in a Chinese face: 字 ，（ ％ */
bool gs_code_is_wide(uint32_t code);

/*
 * The level between two characters where the rules are looser or stricter than
 * those that gs_breaks_find() goes by, which are GS_LINE_BREAK_GB.
 */
enum gs_break gs_break_under(enum gs_line_break rules, enum gs_class a,
        enum gs_class b, enum gs_break level);

/* A code point at the text's start, with what is known of it by itself. */
struct gs_char gs_char_of(uint32_t code);

/*
 * The characters before which something has to be found out, in order: all but
 * ideographs after ideographs, which are most of a text.
 */
struct gs_seams {
    uint32_t *at; /* as many as there are characters, at most */
    size_t count;
};

/* Notes character `index`; `both` says that it and the one before are ideographs. */
static inline void gs_seams_note(
        struct gs_seams *seams, size_t index, bool both)
{
    seams->at[seams->count] = (uint32_t)index; /* stays there if it is one */
    seams->count += !both;
}

uint8_t gs_kinds_of(uint32_t code, enum gs_class klass);

/*
 * Finds the places and levels before chars[0 … count - 1], which are those of
 * `text`, with their seams; `kinds` are those of all of them.  chars[0].before is
 * GS_BREAK_NEVER: nothing but empty runs can come before it.
 */
void gs_breaks_judge(const char *text, size_t size, struct gs_char *chars,
        size_t count, const struct gs_seams *seams, unsigned kinds);

/* The same from the text alone: one for each code point of valid UTF-8. */
void gs_breaks_find(
        const char *text, size_t size, struct gs_char *chars, size_t count);

#endif
