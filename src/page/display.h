/*
 * Display list: what one page draws, in order.  All writers draw the same list.
 *
 * Order: fills; rules, leaders and pictures that only decorate; text and images;
 * then seals.
 *
 * Tags open and close around the content they describe and nest properly; whatever
 * stands outside of any tag is inside an artifact, and no artifact stands inside of
 * a tag that holds content itself.  Tags stand in the order in which the document is
 * read.  What is drawn elsewhere (a seal, on top of the page) has an empty tag at
 * its place, and its content a tag that continues it.  What an earlier page has
 * begun is continued too, so that it is one thing in the document.
 */
#ifndef GS_PAGE_DISPLAY_H
#define GS_PAGE_DISPLAY_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/fragment.h"
#include "text/text.h"

struct gs_arena;

/* A straight line along an axis: from (x, y), `length` to the right or down. */
struct gs_rule {
    gs_len x, y, length;
    bool vertical;
    struct gs_rule_style style;
};

enum gs_op_kind {
    GS_OP_GLYPHS,
    GS_OP_RULE,
    GS_OP_FILL,
    GS_OP_LINE, /* from (rect.x, rect.y) to the opposite corner: diagonals */
    GS_OP_PATH,
    GS_OP_IMAGE,
    GS_OP_PUSH_CLIP,
    GS_OP_POP_CLIP,
    GS_OP_BEGIN_TAG,
    GS_OP_END_TAG,
    GS_OP_BEGIN_ARTIFACT, /* they do not nest */
    GS_OP_END_ARTIFACT,
    GS_OP_LINK, /* rect leads to `target`; in a link tag, or in an artifact */
    GS_OP_BEGIN_SEAL, /* ink on paper: what lies below stays readable */
    GS_OP_END_SEAL,
};

/* What belongs to the page and not to the document (ISO 32000-1, 14.8.2.2). */
enum gs_artifact {
    GS_ARTIFACT_LAYOUT, /* rules, fills, underlines, leaders */
    GS_ARTIFACT_HEADER, /* the page's head … */
    GS_ARTIFACT_FOOTER, /* … and foot */
    GS_ARTIFACT_REPEAT, /* what a page break has drawn again, totals of pages */
};

enum gs_tag_kind {
    GS_TAG_HEADING,
    GS_TAG_PARAGRAPH,
    GS_TAG_CONTENTS,  /* contents list … */
    GS_TAG_ENTRY,     /* … of these … */
    GS_TAG_REFERENCE, /* … each with one of these, which holds the link */
    GS_TAG_TABLE,
    GS_TAG_CAPTION, /* of a table, before its rows */
    GS_TAG_ROW,
    GS_TAG_CELL, /* whether it is a head: page/heads.h */
    GS_TAG_FIGURE,
    GS_TAG_LINK,
};

struct gs_tag {
    enum gs_tag_kind kind;
    /*
     * A block: an earlier page has begun it.  A figure: its empty tag stands
     * elsewhere.  Rows and cells are known by where they stand.
     */
    bool continues;
    /* Of a paragraph in its cell, an entry in its list, a figure on its page. */
    unsigned number;
    unsigned level; /* of a heading, as its author counts */
    const struct gs_frag_table *table; /* each of its own kind of tag */
    const struct gs_frag_row *row;
    const struct gs_frag_cell *cell;
    const char *alt; /* of a figure; never empty */
    const char *target; /* of a link */
    struct gs_rect rect; /* of a figure */
};

struct gs_op {
    enum gs_op_kind kind;
    union {
        struct {
            struct gs_point origin; /* of the run, on the baseline */
            const struct gs_glyph_run *run;
        } glyphs;
        struct gs_rule rule;
        struct {
            struct gs_rect rect;
            struct gs_color color;
        } fill; /* and PUSH_CLIP (colour unused) */
        struct {
            struct gs_point from, to;
            struct gs_rule_style style;
        } line;
        const struct gs_path *path;
        struct {
            struct gs_rect rect;
            const struct gs_image *image;
        } image;
        struct gs_tag tag;
        enum gs_artifact artifact;
        struct {
            struct gs_rect rect;
            const char *target;
        } link;
    } u;
};

struct gs_display {
    struct gs_size size;
    const struct gs_op *ops;
    size_t count;
};

/*
 * The list of one page; lives in `arena`, points into the pages.  `first` is the
 * index of the first page that is drawn: heads and labels that it repeats stand
 * nowhere else then, and are content.
 */
const struct gs_display *gs_display_make(
        struct gs_arena *arena, const struct gs_page *page, size_t first);

#endif
