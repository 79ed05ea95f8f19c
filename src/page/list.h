/*
 * A display list in the making: shared by display.c (the page), under.c (what lies
 * under the text), content.c (text and structure) and link.c.
 *
 * Only files of this folder include it.
 */
#ifndef GS_PAGE_LIST_H
#define GS_PAGE_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

#include "page/display.h"

struct gs_list {
    struct gs_arena *arena;
    const struct gs_page *page;
    size_t first; /* index of the first page that is drawn */
    struct gs_op *ops;
    size_t count, room;
    unsigned artifacts; /* how many are open; only the outermost is an op */
    unsigned tags;
    bool *seal_tags;  /* by number of the page's seal: its empty tag stands */
    const char *link; /* target of the link that is open, or NULL */
    GArray *areas;    /* struct gs_rect: where that link can be clicked */
};

/* display.c */

void gs_list_grow(struct gs_list *list);

/* The next op, for the caller to fill in what its kind has. */
static inline struct gs_op *gs_list_add(
        struct gs_list *list, enum gs_op_kind kind)
{
    if (list->count == list->room) {
        gs_list_grow(list);
    }
    struct gs_op *op = &list->ops[list->count++];
    op->kind = kind;
    return op;
}

void gs_list_begin_artifact(struct gs_list *list, enum gs_artifact artifact);
void gs_list_end_artifact(struct gs_list *list); /* none stays without content */

/* Inside an artifact there is no structure, and they do nothing. */
void gs_list_begin_tag(struct gs_list *list, const struct gs_tag *tag);
void gs_list_end_tag(struct gs_list *list);

/* The place of a seal in the structure; NULL: it only marks a place to press one. */
const char *gs_list_seal_alt(
        const struct gs_list *list, const struct gs_seal *seal);

/* Whether a picture only decorates: nothing says what it shows. */
bool gs_list_decorates(const char *alt);

void gs_list_add_image(struct gs_list *list, struct gs_rect rect,
        const struct gs_image *image);

/* A run of glyphs of the line. */
void gs_list_add_run(struct gs_list *list, const struct gs_frag_line *line,
        const struct gs_glyph_run *run);

/* The rectangle of a picture in a line; mark->run is its. */
struct gs_rect gs_list_inline_rect(
        const struct gs_frag_line *line, const struct gs_mark *mark);

/* under.c: fills, rules and decoration of blocks. */
void gs_list_add_fills(struct gs_list *list, const struct gs_frag_block *blocks,
        size_t count);
void gs_list_add_rules(struct gs_list *list, const struct gs_frag_block *blocks,
        size_t count);

/* content.c: text and pictures of blocks, in tags. */
void gs_list_add_content(struct gs_list *list,
        const struct gs_frag_block *blocks, size_t count);

/* link.c */

/* A link's part in one line: several runs side by side are one. */
struct gs_link_area {
    const char *target;
    struct gs_rect rect;
    bool used; /* it belongs to a link that is open, or was */
};

/* Those of a line, from the left; NULL: none.  The caller frees the array. */
GArray *gs_link_areas_new(const struct gs_frag_line *line);

/*
 * What is drawn next, with its middle at x, belongs to the link of the area there,
 * or to none: opens and closes links as that asks for.
 */
void gs_link_at(struct gs_list *list, GArray *areas, gs_len x);

/* Areas with nothing drawn in them (blanks to write on) are links as well. */
void gs_link_rest(struct gs_list *list, GArray *areas);

void gs_link_close(struct gs_list *list);

#endif
