/*
 * The document model: what a layout and a data file make together, before any
 * size is known.
 *
 * Invariants, from gs_bind() on:
 *
 *  (1) Everything is UTF-8, valid, without control characters.
 *  (2) A paragraph holds no line feed: a line feed in a value has become a new
 *      paragraph, a forced break a run of its own.
 *  (3) Rows of a table stand in document order; a cell stands in the row where
 *      it begins, in order of columns, as in an HTML table.
 *  (4) Spans are at least 1; whether they fit the table is the layout stage's
 *      business.
 *  (5) Labels, heads, values: all text is final, but for page numbers and
 *      totals of pages.
 *
 * The model lives in one arena and borrows styles from the form.
 */
#ifndef GS_MODEL_DOC_H
#define GS_MODEL_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/decimal.h"
#include "base/len.h"
#include "model/style.h"

struct gs_amount_format;
struct gs_image;

/* Where a piece came from, for diagnostics and for the page tree. */
struct gs_origin {
    struct gs_loc loc; /* in the layout */
    const char *path;  /* in the data: /unit/budget/total */
};

/*
 * A seal over text: the organ's own picture, or a drawn specimen that always
 * says 样章, or the place for one.  Its centre lies over the run (or runs) that
 * carry it.
 */
enum gs_seal_kind {
    GS_SEAL_PICTURE,
    GS_SEAL_SPECIMEN,
    GS_SEAL_PLACE, /* dashed circle marked 盖章处 */
};

struct gs_seal {
    enum gs_seal_kind kind;
    gs_len diameter;
    const char *organ;            /* name along the ring; text alternative */
    const struct gs_image *image; /* GS_SEAL_PICTURE */
    enum gs_align anchor;         /* over the start, centre or end of the run */
    gs_len dx, dy;                /* shift of the centre from there */
    struct gs_origin origin;
};

enum gs_run_kind {
    GS_RUN_TEXT,
    GS_RUN_BREAK,       /* forced line break */
    GS_RUN_PAGE_NUMBER, /* filled in by layout, as the section counts */
    GS_RUN_PAGE_COUNT,
    GS_RUN_BLANK,  /* `width` of empty space, underlined if style says so */
    GS_RUN_IMAGE,  /* `image` at `width` × `height`, on the baseline */
    GS_RUN_LEADER, /* dots up to the right: what follows is set flush right */
    GS_RUN_TOTAL,  /* filled in by layout, page by page; in page rows only */
};

/* Which rows a total counts.  A row counts on the page where it ends. */
enum gs_total_scope {
    GS_TOTAL_PAGE,    /* 本页小计 */
    GS_TOTAL_SO_FAR,  /* 累计: down to the page's end */
    GS_TOTAL_BROUGHT, /* 承前页: up to the page's begin */
};

struct gs_total {
    size_t number; /* which of its table's totals */
    enum gs_total_scope scope;
    const struct gs_amount_format *format;
    const char *widest; /* a text that none of its values is longer than */
};

enum gs_number_style {
    GS_NUMBER_ARABIC,       /* 1 2 3 */
    GS_NUMBER_PADDED,       /* 01 02 03 */
    GS_NUMBER_CHINESE,      /* 一 二 三 */
    GS_NUMBER_ROMAN_LOWER,  /* i ii iii */
    GS_NUMBER_ROMAN_UPPER,  /* I II III */
    GS_NUMBER_CIRCLED,      /* ① ② ③ */
    GS_NUMBER_LETTER_LOWER, /* a b c */
};

struct gs_run {
    enum gs_run_kind kind;
    const char *text; /* GS_RUN_TEXT: not empty, unless it only carries a seal */
    size_t size;      /* bytes */
    const struct gs_text_style *style;
    gs_len width, height;
    const struct gs_image *image;
    const char *alt;                  /* of an image */
    const char *target;               /* page number of this id, else NULL */
    const struct gs_seal *seal;       /* laid over this run, or NULL */
    const char *link;                 /* id it leads to, or NULL */
    const struct gs_total *total;     /* GS_RUN_TOTAL */
    struct gs_origin origin;
};

struct gs_para {
    const struct gs_para_style *style;
    const struct gs_text_style *text; /* of an empty paragraph */
    struct gs_run *runs;
    size_t run_count;
};

/* A heading in the outline, in document order. */
struct gs_heading {
    unsigned level;    /* from 1 */
    const char *title; /* in the outline and the table of contents */
    const char *id;    /* unique in the document; never NULL */
};

enum gs_block_kind {
    GS_BLOCK_PARA,
    GS_BLOCK_LINE,  /* one line with a left, a centre and a right part */
    GS_BLOCK_TABLE, /* not inside a cell */
    GS_BLOCK_IMAGE,
    GS_BLOCK_RULE,
    GS_BLOCK_SPACE,
    GS_BLOCK_PAGE_BREAK, /* not inside a cell */
    GS_BLOCK_TOC,        /* not inside a cell */
    GS_BLOCK_PLACED,     /* at a fixed place of the page it falls on */
};

enum gs_keep { GS_KEEP_NONE, GS_KEEP_NEXT = 1 << 0, GS_KEEP_TOGETHER = 1 << 1 };

/* How firmly: where no page can hold what is kept, the weakest is parted. */
enum gs_strength {
    GS_STRENGTH_WEAK = -1, /* parted without a word */
    GS_STRENGTH_NORMAL,
    GS_STRENGTH_STRONG,
};

struct gs_block {
    enum gs_block_kind kind;
    unsigned keep;                    /* GS_KEEP_… */
    enum gs_strength strength;        /* of what it keeps */
    const struct gs_heading *heading; /* this block is one, or NULL */
    const char *id;                   /* link target, or NULL */
    struct gs_origin origin;
    union {
        struct gs_para para;
        struct {
            struct gs_para left, center, right; /* run_count 0: absent */
        } line;
        struct gs_table *table;
        struct {
            const struct gs_image *image;
            gs_len width, height;
            enum gs_align align;
            const char *alt;
        } image;
        struct {
            struct gs_rule_style style;
            gs_len width; /* 0: the measure */
            enum gs_align align;
        } rule;
        gs_len space;
        struct {
            unsigned levels;
            const struct gs_style *styles; /* one per level */
        } toc;
        struct {
            /* Distances from the page's edges; the side that is not given is
             * GS_PLACED_NONE, and width may be too: natural width then. */
            struct gs_edges at;
            gs_len width;
            struct gs_block *blocks; /* paragraphs, images */
            size_t block_count;
        } placed;
    } u;
};
#define GS_PLACED_NONE INT64_MIN

/* --- tables ------------------------------------------------------------- */

enum gs_column_kind {
    GS_COLUMN_FIXED,   /* width */
    GS_COLUMN_SHARE,   /* weight, of what is left */
    GS_COLUMN_CONTENT, /* between its least and its natural width */
    GS_COLUMN_BALANCE, /* such that the table is short */
};

struct gs_column {
    enum gs_column_kind kind;
    gs_len width;
    double weight;
};

/* What becomes of columns that have no room beside the others. */
enum gs_overflow {
    GS_OVERFLOW_ERROR,
    GS_OVERFLOW_CONTINUE, /* they follow on pages of their own */
};

/* What a cell cut by a page break shows in its further parts. */
enum gs_label {
    GS_LABEL_FLOW,   /* its text goes on */
    GS_LABEL_REPEAT, /* its text is drawn again in every part, centred there */
    GS_LABEL_REPEAT_MARK, /* … and from the second part on says so: （续） */
};

struct gs_cell {
    unsigned row_span, column_span;
    bool head; /* th */
    /* Stands in a group before its rows, or goes on over rows as the data want: it
     * may be what these are called by. */
    bool labels;
    enum gs_label label;
    const struct gs_cell_style *style;
    struct gs_block *blocks; /* never a table, break or contents list */
    size_t block_count;
    struct gs_block *marked; /* GS_LABEL_REPEAT_MARK: of its further parts */
    size_t marked_count;
    struct gs_origin origin;
};

enum gs_row_fit {
    GS_FIT_LEAST,  /* height is a minimum */
    GS_FIT_FIXED,  /* text that does not fit is an error */
    GS_FIT_SHRINK, /* … is set smaller, 60 % at least; else an error */
    GS_FIT_CLIP,   /* … loses the lines that do not, with a warning */
};

/* What a row adds to one of its table's totals. */
struct gs_amount {
    size_t total;
    struct gs_decimal value;
};

struct gs_row {
    gs_len height; /* 0: by its text */
    enum gs_row_fit fit;
    unsigned keep; /* NEXT: with the next row; TOGETHER: not split inside */
    enum gs_strength next_strength, together_strength;
    bool break_before;
    struct gs_cell *cells;
    size_t cell_count;
    struct gs_amount *amounts;
    size_t amount_count;
    struct gs_origin origin;
};

enum gs_group_kind { GS_GROUP_HEAD, GS_GROUP_BODY, GS_GROUP_FOOT };

enum gs_repeat {
    GS_REPEAT_ALL,  /* on every page that goes on with its table */
    GS_REPEAT_LAST, /* only its last row (column numbers) */
    GS_REPEAT_NONE,
};

/*
 * Consecutive rows.  A head repeats over the body rows after it, up to the next
 * head of the table; it need not be the table's first group.
 */
struct gs_row_group {
    enum gs_group_kind kind;
    enum gs_repeat repeat; /* of a head */
    size_t first, count;   /* rows */
};

enum gs_page_rows_kind {
    GS_PAGE_ROWS_HEAD,    /* on every page but the first: 承前页 */
    GS_PAGE_ROWS_FOOT,    /* on every page: 本页小计 */
    GS_PAGE_ROWS_GOES_ON, /* on every page but the last: 转次页 */
};

/*
 * Rows that belong to the pages of a table and not to its content: drawn on
 * each page at the head or foot of its part, with the totals as they are there.
 */
struct gs_page_rows {
    enum gs_page_rows_kind kind;
    size_t at; /* how many rows of its table stand before it */
    struct gs_table *table; /* a group of rows, on the table's columns */
};

struct gs_table;

/*
 * Where the rows of a long table come from, piece by piece and in order, so that not
 * all of them are held at a time.  No cell spans rows of two pieces, no head is
 * parted.
 */
struct gs_row_source {
    /*
     * The next rows, one at least: a table with nothing but rows and groups, whose
     * numbers go on.  False at the end, and after diagnostics.
     */
    bool (*next)(struct gs_row_source *source, struct gs_table *piece);
    /* Nothing of a piece is used any more; pieces need not end in order. */
    void (*release)(
            struct gs_row_source *source, const struct gs_table *piece);
    /* From the first row again; all pieces have been released. */
    bool (*rewind)(struct gs_row_source *source);
    size_t rows; /* in all; known where the table has rows of pages */
};

struct gs_table {
    const char *id; /* or NULL */
    struct gs_column *columns;
    size_t column_count;
    gs_len width; /* 0: the measure, or the sum of fixed columns */
    enum gs_overflow overflow;
    size_t repeat_columns; /* first ones, on all pages of columns that follow */
    enum gs_align align;
    struct gs_rule_style frame; /* outer edges; kind NONE: the cells' own */
    struct gs_row_source *source; /* of all its rows; NULL: they are here */
    size_t first_row; /* number of the first of these: not 0 in a piece */
    struct gs_row *rows;
    size_t row_count;
    struct gs_row_group *groups; /* cover all rows, in order */
    size_t group_count;
    void *memory; /* of a piece: its source's */
    /* Drawn above every part but the first: as the blocks of a cell. */
    struct gs_block *continued;
    size_t continued_count;
    size_t total_count; /* that rows add to */
    struct gs_page_rows *page_rows; /* in order */
    size_t page_rows_count;
    gs_len fill; /* height of blank rows down to the last page's end; 0: none */
    gs_len space_before, space_after;
    struct gs_origin origin;
};

/* --- pages -------------------------------------------------------------- */

struct gs_page_style {
    const char *name;
    struct gs_size size; /* as it is turned */
    struct gs_edges margin;
    gs_len header_top;    /* of the head, from the page's top edge */
    gs_len footer_bottom; /* of the foot, from the page's bottom edge */
};

/* Heads and feet are bound once per section and set once per page. */
struct gs_running {
    struct gs_block *blocks; /* paragraphs, lines, rules, placed */
    size_t block_count;
    bool skip_first; /* not on the section's first page */
};

struct gs_section {
    const struct gs_page_style *page;
    struct gs_running header, footer;
    bool restart_numbers; /* page numbers begin at 1 again */
    enum gs_number_style number;
    struct gs_block *blocks;
    size_t block_count;
    struct gs_origin origin;
};

struct gs_metadata {
    const char *title, *author, *subject, *keywords, *lang; /* or NULL */
    const char *number; /* 文号, or NULL */
    const char *date; /* yyyy, yyyy-MM or yyyy-MM-dd, or NULL */
};

struct gs_doc {
    struct gs_metadata metadata;
    struct gs_section *sections; /* each begins a new page */
    size_t section_count;
    struct gs_heading *headings;
    size_t heading_count;
};

#endif
