/*
 * A table on a page as plain data: read from a golden, made at random, made
 * smaller by the shrinker.  plan_doc() turns it into the document model,
 * plan_print() into a layout and its data.
 *
 * Rows stand in groups, cells lie anywhere in `cells`; together they fill the
 * grid.
 */
#ifndef GS_TESTS_SUPPORT_PLAN_H
#define GS_TESTS_SUPPORT_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "base/len.h"
#include "model/doc.h"

struct gs_arena;

/* Characters are 10 pt wide. */
#define PLAN_EM GS_PT(10)
/* What a GS_LABEL_REPEAT_MARK says from its second part on. */
#define PLAN_MARK "（续）"
/* Around the frame of the page. */
#define PLAN_MARGIN GS_PT(20)

struct plan_cell {
    size_t row, column, row_span, column_span;
    enum gs_label label;
    enum gs_valign valign;
    const char *text; /* line feeds are forced breaks; never NULL */
};

struct plan_row {
    gs_len height;
    unsigned keep;
    enum gs_strength strength; /* of all that it keeps */
    bool fixed, clip, break_before; /* fixed or clip: of that height */
};

/* What stands around the rows on pages. */
enum plan_around {
    PLAN_CAPTION = 1 << 0,   /* PLAN_CONTINUED above every part but the first */
    PLAN_PAGE_HEAD = 1 << 1, /* what was brought forward */
    PLAN_PAGE_FOOT = 1 << 2, /* the page's total */
    PLAN_GOES_ON = 1 << 3,   /* the total so far, on all pages but the last */
};
#define PLAN_CONTINUED "续表"
#define PLAN_TOTAL "计"

struct plan {
    gs_len width, height; /* of the page's frame */
    gs_len line, padding; /* line height; padding above and below */
    gs_len gap; /* padding at the sides */
    unsigned orphans, widows;
    unsigned before; /* lines of text before the table */
    bool page_break; /* after them */
    unsigned around; /* PLAN_…; each row of the body adds its number, from 1 */
    gs_len fill;     /* height of blank rows at the end; 0: none */
    GArray *columns; /* struct gs_column */
    GArray *groups; /* struct gs_row_group */
    GArray *rows; /* struct plan_row */
    GArray *cells; /* struct plan_cell */
    GStringChunk *texts;
};

struct plan *plan_new(void);
struct plan *plan_copy(const struct plan *plan);
void plan_free(struct plan *plan);

struct plan_row *plan_row(const struct plan *plan, size_t row);
struct plan_cell *plan_cell(const struct plan *plan, size_t index);
struct gs_row_group *plan_group(const struct plan *plan, size_t index);

/* The group a row stands in. */
struct gs_row_group *plan_group_of(const struct plan *plan, size_t row);

/* Adds a row to the last group. */
struct plan_row *plan_add_row(struct plan *plan);
void plan_add_group(
        struct plan *plan, enum gs_group_kind kind, enum gs_repeat repeat);

/* Keeps a copy of a text. */
const char *plan_text(struct plan *plan, const char *text);

/* The document; its table is the last block of its only section. */
struct gs_doc *plan_doc(const struct plan *plan, struct gs_arena *arena);
const struct gs_table *plan_table(const struct gs_doc *doc);

/* The same as a layout and a data file. */
void plan_print(const struct plan *plan, GString *layout, GString *data);

#endif
