/*
 * Fragments: what landed where, page by page.  The layout stage's output.
 *
 * All rectangles are in page coordinates.  Each character of the model stands in
 * exactly one line of one fragment that is not `repeated`; repeats (heads drawn
 * again, labels drawn again, page heads and feet) are marked so.  Lines that were
 * cut off because the layout says so stand apart, as `clipped`.
 *
 * Fragments live in the document arena and borrow the model.
 */
#ifndef GS_LAYOUT_FRAGMENT_H
#define GS_LAYOUT_FRAGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/len.h"
#include "model/doc.h"
#include "text/text.h"

/* A line of text in its place. */
struct gs_frag_line {
    gs_len x, y; /* top left of the measure's line box; line->x is added to x */
    const struct gs_line *line;
    unsigned block; /* of its cell, or entry of its contents list, from 0 */
    unsigned part; /* of a three-part line, from 0 */
};

struct gs_frag_image {
    struct gs_rect rect;
    const struct gs_image *image;
    const char *alt; /* NULL or empty: it only decorates */
    unsigned block;  /* of its cell, from 0 */
};

/* A path of the drawn specimen or of the place for a seal. */
struct gs_path_step {
    char op; /* 'M' 1 point, 'L' 1, 'C' 3, 'Z' 0 */
    struct gs_point points[3];
};

struct gs_path {
    const struct gs_path_step *steps;
    size_t count;
    bool fill;     /* else stroke */
    gs_len stroke; /* its width */
    gs_len dash;   /* length of dashes and gaps; 0: solid */
    struct gs_color color;
};

/* A seal, drawn over everything else on its page. */
struct gs_frag_seal {
    const struct gs_seal *seal;
    struct gs_rect rect;
    const struct gs_path *paths; /* not for a picture */
    size_t path_count;
};

/* The part of a cell on this page. */
struct gs_frag_cell {
    const struct gs_cell *cell;
    size_t row, column;  /* of the cell in its table (its strip), from 0 */
    size_t row_span;     /* rows that this part covers on this page */
    size_t column_span;
    unsigned part, of;   /* from 1; `of` is the number of parts it was cut in */
    bool repeated;       /* its head or column was drawn again; or its label */
    struct gs_rect rect;
    struct gs_frag_line *lines;
    size_t line_count;
    struct gs_frag_image *images;
    size_t image_count;
    /* Lines that its row has no room for (fit="clip"): placed, but not drawn. */
    struct gs_frag_line *clipped;
    size_t clipped_count;
    bool closes_top, closes_bottom; /* false where the cell goes on there */
};

/* A row on this page; a row cut by the page's end has parts. */
struct gs_frag_row {
    size_t index; /* in the table, from 0 */
    enum gs_group_kind group;
    bool repeated;
    bool of_page; /* no row of the table: its index goes on after those */
    unsigned part, of;
    gs_len y, height;
    struct gs_frag_cell *cells; /* those whose part begins in this row */
    size_t cell_count;
};

struct gs_frag_table {
    const struct gs_table *table;
    size_t number; /* of the table in the document, from 1 */
    unsigned part, of;
    unsigned strip, strips; /* from 1; a table as wide as its page has one */
    size_t column_count;    /* of the strip; cells are numbered by these */
    const size_t *columns;  /* which they are of the table's */
    const gs_len *column_x; /* column_count + 1 edges, page coordinates */
    struct gs_frag_row *rows;
    size_t row_count;
};

enum gs_frag_kind {
    GS_FRAG_LINES, /* paragraph, three-part line, contents list */
    GS_FRAG_TABLE,
    GS_FRAG_IMAGE,
    GS_FRAG_RULE,
};

struct gs_frag_block {
    enum gs_frag_kind kind;
    const struct gs_block *block;
    struct gs_rect rect;
    unsigned part, of;
    bool repeated;
    struct gs_frag_line *lines; /* GS_FRAG_LINES */
    size_t line_count;
    struct gs_frag_table *table; /* GS_FRAG_TABLE */
    struct gs_frag_image image;  /* GS_FRAG_IMAGE */
};

/*
 * Why a page ended: a text in English, and what stands for %1 … in it (gs_words()
 * makes it whole).
 */
struct gs_why {
    const char *text;
    const char *const *args; /* NULL-terminated */
};

struct gs_page {
    size_t index;        /* in the document, from 0 */
    const char *number;  /* as printed: "3", "iii" */
    const struct gs_section *section;
    struct gs_size size;
    const struct gs_why *why; /* the page ended here; NULL if made by hand */
    uint64_t ink; /* of all text on it: layout/ledger.h */
    struct gs_frag_block *blocks; /* in reading order */
    size_t block_count;
    struct gs_frag_block *header, *footer; /* artifacts */
    size_t header_count, footer_count;
    struct gs_frag_seal *seals;
    size_t seal_count;
};

/* Where an id or a heading landed. */
struct gs_anchor {
    const char *id;
    size_t page; /* index */
    gs_len y;    /* top of the block */
};

struct gs_pages {
    const struct gs_doc *doc;
    struct gs_page *pages;
    size_t count;
    struct gs_anchor *anchors; /* document order: page after page */
    size_t anchor_count;
};

const struct gs_anchor *gs_pages_find_anchor(
        const struct gs_pages *pages, const char *id);

#endif
