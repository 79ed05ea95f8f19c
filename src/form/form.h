/*
 * Form: a compiled layout.
 *
 * Loading checks everything that can be checked without data (elements,
 * attributes, styles, formats, XPath, variables, column lists), all in one run.
 * Imports are merged, includes expanded, styles resolved: what is left is a tree
 * of items that bind walks.  Immutable, shared by every worker.
 *
 * Invariants, once loaded:
 *
 *  (1) Items appear only where the language allows them (a row in a table, a
 *      cell in a row or group …), control items aside, which are anywhere.
 *  (2) Every style, format and variable that is named exists.
 *  (3) A cell holds either inline items only, or block items only.
 *  (4) Totals stand in the rows of a table that has them; those of a page only
 *      in rows of pages.
 */
#ifndef GS_FORM_FORM_H
#define GS_FORM_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "model/amount.h"
#include "model/doc.h"
#include "model/style.h"

struct gs_arena;
struct gs_xpath;

/* --- patterns ------------------------------------------------------------ */

struct gs_format;

/* A literal piece, or a binding. */
struct gs_piece {
    const char *literal;           /* or NULL */
    const struct gs_xpath *xpath;  /* or NULL */
    bool optional;                 /* {?xpath} */
    const struct gs_format *format; /* or NULL: as it is */
    struct gs_loc loc;             /* of the expression */
};

struct gs_pattern {
    const struct gs_piece *pieces;
    size_t count;
    struct gs_loc loc;
};

/* --- formats -------------------------------------------------------------- */

enum gs_format_kind {
    GS_FORMAT_AMOUNT,
    GS_FORMAT_PERCENT,
    GS_FORMAT_DATE,
    GS_FORMAT_CAPITAL,
    GS_FORMAT_NUMBER,
    GS_FORMAT_MASK,
    GS_FORMAT_TEXT,
};

struct gs_format {
    const char *name;
    enum gs_format_kind kind;
    struct gs_amount_format amount; /* amount, percent; capital: its power */
    bool sign;                      /* percent sign is printed */
    const char *pattern; /* date */
    const char *blank;   /* date, text: for an empty value */
    enum gs_number_style number;
    const char *before, *after; /* number */
    unsigned keep_first, keep_last; /* mask */
    const char *with;
};

/* --- items ---------------------------------------------------------------- */

enum gs_item_kind {
    /* control */
    GS_ITEM_EACH,
    GS_ITEM_IF,
    GS_ITEM_CHOOSE,
    GS_ITEM_LET,
    GS_ITEM_SCOPE, /* an expanded include: parameters, perhaps another node */
    /* blocks */
    GS_ITEM_SECTION,
    GS_ITEM_PARA, /* p, and h1 to h3 */
    GS_ITEM_LINE,
    GS_ITEM_TABLE,
    GS_ITEM_IMAGE,
    GS_ITEM_RULE,
    GS_ITEM_SPACE,
    GS_ITEM_PAGE_BREAK,
    GS_ITEM_TOC,
    GS_ITEM_PLACE,
    /* tables */
    GS_ITEM_CONTINUED,
    GS_ITEM_HEAD,
    GS_ITEM_FOOT,
    GS_ITEM_ROW,
    GS_ITEM_GROUP,
    GS_ITEM_CELL,
    /* inline */
    GS_ITEM_TEXT, /* a pattern; also <value> */
    GS_ITEM_BREAK,
    GS_ITEM_PAGE_NUMBER,
    GS_ITEM_PAGE_COUNT,
    GS_ITEM_PAGE_OF,
    GS_ITEM_BLANK,
    GS_ITEM_LEADER,
    GS_ITEM_PICTURE,
    GS_ITEM_LINK,
    GS_ITEM_SEAL,
    GS_ITEM_TOTAL,
};

enum gs_merge { GS_MERGE_NONE, GS_MERGE_ABSENT, GS_MERGE_EQUAL };

struct gs_items {
    struct gs_item *const *items;
    size_t count;
};

/* One <when>, with its test (NULL for <otherwise>). */
struct gs_branch {
    const struct gs_xpath *test;
    struct gs_loc loc;
    struct gs_items content;
};

struct gs_each {
    const struct gs_xpath *select; /* NULL: once */
    const struct gs_xpath *by;     /* runs of equal neighbours */
    size_t least;
    struct gs_loc select_loc, by_loc;
};

struct gs_binding { /* of a variable */
    const char *name;
    const struct gs_xpath *select;
    struct gs_loc loc;
};

struct gs_item {
    enum gs_item_kind kind;
    struct gs_loc loc;            /* of the element or text */
    const struct gs_style *style; /* the look here, all resolved */
    struct gs_items content;      /* children, where the kind has some */
    union {
        /* EACH.  Elements with each="" or by="" are wrapped in one; elements
         * with if="" are wrapped in an IF inside of it. */
        struct gs_each each;
        struct {
            const struct gs_xpath *test;
            struct gs_loc loc;
        } condition; /* IF */
        struct {
            const struct gs_branch *branches;
            size_t count;
        } choose;
        struct gs_binding let; /* visible to the items after it */
        struct {
            const struct gs_binding *params; /* evaluated outside */
            size_t count;
            const struct gs_xpath *select; /* or NULL: the node stays */
            struct gs_loc select_loc;
            bool optional;
        } scope;
        struct {
            const struct gs_page_form *page;
            bool restart;
            enum gs_number_style number;
            const struct gs_running_form *header, *footer; /* own, or NULL */
        } section;
        struct {
            unsigned heading; /* level, or 0 */
            bool in_outline;
            const struct gs_pattern *outline; /* or NULL: its text */
            const struct gs_pattern *id;      /* or NULL */
            unsigned keep;
            enum gs_strength strength;
        } para;
        struct {
            struct gs_items left, center, right;
            const struct gs_style *left_style, *center_style, *right_style;
            unsigned keep;
            enum gs_strength strength;
        } line;
        struct {
            const struct gs_pattern *id;
            const struct gs_column *columns;
            size_t column_count;
            gs_len width;
            enum gs_overflow overflow;
            size_t repeat_columns;
            enum gs_align align;
            struct gs_rule_style frame;
            gs_len fill;
            const char *const *totals; /* their names */
            size_t total_count;
            gs_len space_before, space_after;
            /* Of its content: the EACH whose records may come one by one, or
             * NULL (stream.c). */
            const struct gs_item *streamed;
        } table;
        struct {
            const struct gs_pattern *src, *alt;
            gs_len width, height; /* 0: by proportion */
            enum gs_align align;
        } image; /* IMAGE, PICTURE */
        struct {
            struct gs_rule_style style;
            gs_len width;
            enum gs_align align;
        } rule;
        gs_len space;
        struct {
            unsigned levels;
            const struct gs_style *styles; /* one per level */
        } toc;
        struct {
            struct gs_edges at; /* GS_PLACED_NONE where not given */
            gs_len width;
        } place;
        struct {
            enum gs_repeat repeat;
            bool page_rows; /* they belong to pages: gs_page_rows of doc.h … */
            enum gs_page_rows_kind kind; /* … and to which */
        } rows; /* HEAD, FOOT */
        struct {
            gs_len height;
            enum gs_row_fit fit;
            unsigned keep;
            enum gs_strength strength;
            bool break_before;
        } row;
        struct {
            bool keep_together, break_before;
            enum gs_strength strength;
        } group; /* content: cells, rows, groups, control */
        struct {
            bool head;
            const struct gs_pattern *column_span, *row_span; /* NULL: 1 */
            enum gs_label label;
            const struct gs_pattern *mark; /* REPEAT_MARK; NULL: （续） */
            enum gs_merge merge;
            bool has_blocks; /* content is blocks, else inline */
            bool adds; /* its value, to a total … */
            size_t total; /* … of its table, by number */
        } cell;
        struct gs_pattern text;
        const struct gs_pattern *target; /* PAGE_OF, LINK */
        gs_len blank;
        struct {
            const struct gs_pattern *organ, *picture;
            const struct gs_pattern *specimen; /* "yes", "true" … or not */
            gs_len diameter, dx, dy;
            enum gs_align at;
            bool paper_transparent, place_when_empty;
        } seal;
        struct {
            size_t number; /* which of its table's totals */
            enum gs_total_scope scope;
            const struct gs_format *format; /* amount or capital */
        } total;
    } u;
};

struct gs_running_form {
    struct gs_items content;
    bool skip_first;
};

struct gs_page_form {
    const char *name;
    struct gs_page_style style;
    const struct gs_running_form *header, *footer; /* or NULL */
};

struct gs_form {
    const char *name, *lang;
    const struct gs_source *source;
    const struct gs_pattern *title, *author, *subject, *keywords; /* or NULL */
    const struct gs_pattern *number, *date; /* of the document, or NULL */
    const struct gs_page_form *page; /* the default one */
    struct gs_items body;
    /* Paths to the records of tables that may come one by one, from the root. */
    const struct gs_xpath *const *streams;
    size_t stream_count;
};

/*
 * Finds layout NAME as NAME.xml in the folders of `path` (NULL-terminated), or,
 * when `name` holds a '/' or ends in .xml, takes it as a file.  `loc` is where it
 * was named.  NULL after diagnostics.
 */
const struct gs_form *gs_form_load(struct gs_arena *arena, const char *name,
        const char *const *path, struct gs_loc loc, struct gs_diag *diag);

/* From memory; imports are looked for in `path`. */
const struct gs_form *gs_form_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, const char *const *path,
        struct gs_diag *diag);

/*
 * Names of the layouts in the folders, sorted, NULL-terminated.  Files that
 * cannot be read, or are no layouts, are left out.
 */
const char *const *gs_form_list(
        struct gs_arena *arena, const char *const *path);

/* What a layout says it is for (its `description`), or NULL. */
const char *gs_form_description(
        struct gs_arena *arena, const char *name, const char *const *path);

#endif
