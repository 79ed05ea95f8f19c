/*
 * Styles: how text, paragraphs and cells look, all values absolute.
 *
 * Made when a layout is compiled (inheritance and em units are resolved there),
 * shared read-only by every document made from it.
 */
#ifndef GS_MODEL_STYLE_H
#define GS_MODEL_STYLE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/len.h"

enum gs_align {
    GS_ALIGN_LEFT,
    GS_ALIGN_CENTER,
    GS_ALIGN_RIGHT,
    GS_ALIGN_JUSTIFY,
    GS_ALIGN_DISTRIBUTE, /* 分散对齐, the last line too */
    GS_ALIGN_DECIMAL, /* amounts at the decimal point of their column */
};

/* How much 禁则 asks for. */
enum gs_line_break {
    GS_LINE_BREAK_GB, /* closing marks begin no line, a solidus ends none … */
    GS_LINE_BREAK_LOOSE, /* but a solidus may end one */
    GS_LINE_BREAK_STRICT, /* and —— and …… begin none */
};

/* ¼ em in prose, none elsewhere. */
#define GS_GAP_AUTO ((gs_len)-1)

enum gs_valign { GS_VALIGN_TOP, GS_VALIGN_MIDDLE, GS_VALIGN_BOTTOM };

struct gs_color {
    uint8_t red, green, blue;
};

/* Interned by the form: compare roles with strcmp, there are few. */
struct gs_text_style {
    const char *font;  /* role in fonts.xml: "song" */
    const char *latin; /* role for Latin letters and digits, or NULL: `font` */
    gs_len size;
    bool bold;
    bool underline;
    struct gs_color color;
    gs_len letter_spacing; /* added after every character */
};

struct gs_para_style {
    gs_len line_height; /* of every line, whatever faces its text falls into */
    enum gs_align align;
    gs_len indent;      /* of the first line, may be negative (hanging) */
    gs_len left, right; /* of all lines */
    gs_len space_before, space_after;
    bool stacked; /* vertical label: one character a line */
    bool rotated; /* turned by 90 degrees, read from top to bottom */
    bool shrink;  /* text too wide for one line is set smaller, to 60 % at least */
    gs_len gap; /* between Han and Latin letters or digits, or GS_GAP_AUTO */
    bool hanging; /* 、，。 may stand outside of the measure */
    enum gs_line_break line_break;
    bool tight_marks; /* two marks that meet take one em, not one and a half */
    /* Of GS_ALIGN_DECIMAL: least decimals that room is kept for, and room for what
     * stands behind the point anywhere in the column, which layout finds. */
    int fraction;
    gs_len tail;
    unsigned orphans, widows; /* least lines before and after a break */
};

enum gs_rule_kind { GS_RULE_NONE, GS_RULE_SOLID, GS_RULE_DASHED };

struct gs_rule_style {
    enum gs_rule_kind kind;
    gs_len width;
    struct gs_color color;
};

enum gs_edge { GS_TOP, GS_RIGHT, GS_BOTTOM, GS_LEFT, GS_EDGE_COUNT };

enum gs_diagonal { GS_DIAGONAL_NONE, GS_DIAGONAL_SLASH, GS_DIAGONAL_CROSS };

struct gs_cell_style {
    struct gs_edges padding;
    enum gs_valign valign;
    struct gs_rule_style rules[GS_EDGE_COUNT];
    bool has_background;
    struct gs_color background;
    enum gs_diagonal diagonal; /* crossed-out blank */
};

struct gs_style {
    struct gs_text_style text;
    struct gs_para_style para;
    struct gs_cell_style cell;
};

#endif
