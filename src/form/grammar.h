/*
 * Grammar of the layout language: every element, where it may stand, what it
 * may hold, which attributes it takes.  One table, from which the compiler's
 * checks and messages come; the schema and the documentation are compared with
 * it.
 */
#ifndef GS_FORM_GRAMMAR_H
#define GS_FORM_GRAMMAR_H

#include <stdbool.h>
#include <stddef.h>

#define GS_LAYOUT_NAMESPACE "urn:gongshi:layout:1"

/* Kinds of content.  An element stands where one of its places is open. */
enum gs_content_place {
    GS_PLACE_LAYOUT = 1 << 0,    /* below <layout> */
    GS_PLACE_FRAGMENTS = 1 << 1, /* below <fragments> */
    GS_PLACE_PAGE = 1 << 2,      /* below <page>: its head and foot */
    GS_PLACE_FRAGMENT = 1 << 3,  /* <param>, beside the fragment's content */
    GS_PLACE_BODY = 1 << 4,
    GS_PLACE_SECTION = 1 << 5,
    GS_PLACE_OWN_PAGE = 1 << 6, /* <header>, <footer> directly in a section */
    GS_PLACE_BLOCKS = 1 << 7,   /* of a cell, or placed */
    GS_PLACE_RUNNING = 1 << 8,  /* in a page's head or foot */
    GS_PLACE_TABLE = 1 << 9,
    GS_PLACE_ROWS = 1 << 10, /* of a table's head or foot */
    GS_PLACE_GROUP = 1 << 11,
    GS_PLACE_ROW = 1 << 12,
    GS_PLACE_LINE = 1 << 13,
    GS_PLACE_INLINE = 1 << 14,
    GS_PLACE_CHOOSE = 1 << 15,
    GS_PLACE_INCLUDE = 1 << 16,
    GS_PLACE_ROOT = 1 << 17,
    GS_PLACE_SAME = 1 << 18, /* content only: what the parent may hold */
};

enum gs_element {
    GS_ELEMENT_LAYOUT,
    GS_ELEMENT_FRAGMENTS,
    GS_ELEMENT_METADATA,
    GS_ELEMENT_IMPORT,
    GS_ELEMENT_STYLE,
    GS_ELEMENT_FORMAT,
    GS_ELEMENT_PAGE,
    GS_ELEMENT_HEADER,
    GS_ELEMENT_FOOTER,
    GS_ELEMENT_FRAGMENT,
    GS_ELEMENT_PARAM,
    GS_ELEMENT_BODY,
    GS_ELEMENT_SECTION,
    GS_ELEMENT_H1,
    GS_ELEMENT_H2,
    GS_ELEMENT_H3,
    GS_ELEMENT_P,
    GS_ELEMENT_LINE,
    GS_ELEMENT_LEFT,
    GS_ELEMENT_CENTER,
    GS_ELEMENT_RIGHT,
    GS_ELEMENT_TABLE,
    GS_ELEMENT_IMAGE,
    GS_ELEMENT_RULE,
    GS_ELEMENT_SPACE,
    GS_ELEMENT_PAGE_BREAK,
    GS_ELEMENT_TOC,
    GS_ELEMENT_PLACE,
    GS_ELEMENT_CONTINUED,
    GS_ELEMENT_HEAD,
    GS_ELEMENT_FOOT,
    GS_ELEMENT_ROW,
    GS_ELEMENT_GROUP,
    GS_ELEMENT_TH,
    GS_ELEMENT_TD,
    GS_ELEMENT_SPAN,
    GS_ELEMENT_B,
    GS_ELEMENT_BR,
    GS_ELEMENT_VALUE,
    GS_ELEMENT_PAGE_NUMBER,
    GS_ELEMENT_PAGE_COUNT,
    GS_ELEMENT_PAGE_OF,
    GS_ELEMENT_BLANK,
    GS_ELEMENT_LEADER,
    GS_ELEMENT_LINK,
    GS_ELEMENT_PICTURE,
    GS_ELEMENT_SEAL,
    GS_ELEMENT_TOTAL,
    GS_ELEMENT_EACH,
    GS_ELEMENT_IF,
    GS_ELEMENT_CHOOSE,
    GS_ELEMENT_WHEN,
    GS_ELEMENT_OTHERWISE,
    GS_ELEMENT_LET,
    GS_ELEMENT_INCLUDE,
    GS_ELEMENT_WITH,
    GS_ELEMENT_COUNT
};

enum gs_attribute_type {
    /* Compiled where they are used, which is also where they are checked. */
    GS_TYPE_TEXT, /* anything */
    GS_TYPE_REFERENCE, /* name of a style, format, fragment or page */
    GS_TYPE_XPATH,
    GS_TYPE_PATTERN,
    GS_TYPE_COLUMNS,
    /* Checked with the element. */
    GS_TYPE_NAME,     /* not empty */
    GS_TYPE_VARIABLE, /* name of a variable */
    GS_TYPE_LANGUAGE, /* a language tag, RFC 5646 */
    GS_TYPE_WORD,     /* one of `words` */
    GS_TYPE_INTEGER,  /* least to most */
    GS_TYPE_LENGTH,   /* least to most pt */
    GS_TYPE_LINE,     /* line height: a factor or a length */
    GS_TYPE_EDGES,    /* 1 to 4 lengths, as in CSS */
    GS_TYPE_RULE,     /* none, or WIDTH [solid|dashed] [COLOR] */
    GS_TYPE_COLOR,
    GS_TYPE_BACKGROUND, /* a colour or none */
    GS_TYPE_PAGE_SIZE,
    GS_TYPE_POWER,    /* 1, 10, 100 … */
    GS_TYPE_DECIMALS, /* as-entered, or 0 to 18 */
};

struct gs_attribute_rule {
    const char *name;
    enum gs_attribute_type type;
    bool required;
    const char *const *words; /* NULL-terminated */
    long least, most;         /* most 0: as much as there can be */
};

/* Attributes that many elements share; bits of an element's rule. */
enum gs_attribute_set {
    GS_SET_STYLE = 1 << 0,  /* style="name" */
    GS_SET_LOOK = 1 << 1,   /* all style attributes */
    GS_SET_REPEAT = 1 << 2, /* each, by, least, if */
};

struct gs_element_rule {
    const char *name;
    enum gs_element element;
    unsigned places;  /* where it may stand */
    unsigned content; /* what is open inside of it; 0: empty */
    unsigned sets;
    const struct gs_attribute_rule *attributes; /* its own, up to name NULL */
};

/* In the order of enum gs_element. */
extern const struct gs_element_rule gs_grammar[GS_ELEMENT_COUNT];

/* Style attributes; the order is that in which they are applied. */
enum gs_style_attribute {
    GS_LOOK_FONT,
    GS_LOOK_LATIN,
    GS_LOOK_SIZE,
    GS_LOOK_BOLD,
    GS_LOOK_UNDERLINE,
    GS_LOOK_COLOR,
    GS_LOOK_LETTER_SPACING,
    GS_LOOK_LINE,
    GS_LOOK_ALIGN,
    GS_LOOK_FRACTION,
    GS_LOOK_INDENT,
    GS_LOOK_LEFT,
    GS_LOOK_RIGHT,
    GS_LOOK_SPACE_BEFORE,
    GS_LOOK_SPACE_AFTER,
    GS_LOOK_STACK,
    GS_LOOK_ROTATE,
    GS_LOOK_SHRINK,
    GS_LOOK_GAP,
    GS_LOOK_HANGING,
    GS_LOOK_LINE_BREAK,
    GS_LOOK_MARKS,
    GS_LOOK_ORPHANS,
    GS_LOOK_WIDOWS,
    GS_LOOK_PADDING,
    GS_LOOK_VALIGN,
    GS_LOOK_BORDER, /* sets the four edges */
    GS_LOOK_BORDER_TOP,
    GS_LOOK_BORDER_RIGHT,
    GS_LOOK_BORDER_BOTTOM,
    GS_LOOK_BORDER_LEFT,
    GS_LOOK_BACKGROUND,
    GS_LOOK_DIAGONAL,
    GS_LOOK_COUNT
};
extern const struct gs_attribute_rule gs_look_rules[GS_LOOK_COUNT + 1];
extern const struct gs_attribute_rule gs_style_rules[];  /* style */
extern const struct gs_attribute_rule gs_repeat_rules[]; /* each, by … */

/* Words in the order of the enums they stand for. */
extern const char *const gs_yes_no[];        /* yes 0, no 1 */
extern const char *const gs_align_words[];   /* enum gs_align */
extern const char *const gs_number_words[];  /* enum gs_number_style */
extern const char *const gs_keep_words[];    /* GS_KEEP_… bits */
extern const char *const gs_strength_words[]; /* enum gs_strength + 1 */
extern const char *const gs_format_words[];  /* enum gs_format_kind */

/* NULL for a name that no element has. */
const struct gs_element_rule *gs_grammar_find(const char *name);

/* The rule for attribute `name` of an element, or NULL. */
const struct gs_attribute_rule *gs_grammar_attribute(
        const struct gs_element_rule *rule, const char *name);

/*
 * Calls back for every attribute that an element takes, those of its sets
 * included; an attribute of its own takes the place of one of a set.
 */
void gs_grammar_attributes(const struct gs_element_rule *rule,
        void (*visit)(void *user, const struct gs_attribute_rule *attribute),
        void *user);

#endif
