/*
 * Pager: pours the blocks of a document's sections over pages.
 */
#ifndef GS_LAYOUT_PAGER_H
#define GS_LAYOUT_PAGER_H

#include <glib.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "layout/context.h"
#include "layout/flow.h"
#include "layout/fragment.h"

/*
 * Who takes pages as they are done, so that they need not be kept.  A page and its
 * arena are gone when `take` returns; false ends the run.
 */
struct gs_page_taker {
    bool (*take)(void *user, struct gs_page *page, struct gs_arena *arena);
    void *user;
    /* From a run before, or NULL: the number of parts of blocks that have several,
     * and of strips of tables (gs_strip_key()). */
    GHashTable *parts, *strip_parts;
};

static inline gpointer gs_strip_key(size_t table, unsigned strip)
{
    return GSIZE_TO_POINTER(table << 16 | strip);
}

struct gs_table_set;

struct gs_pager {
    struct gs_layout_context context;
    const struct gs_doc *doc;
    const struct gs_page_taker *taker; /* NULL: pages are kept */
    size_t taken;      /* pages, so far */
    bool refused;      /* one of them, or none is to be taken any more */
    GPtrArray *arenas; /* of `pages`, where they are not kept */
    GPtrArray *sets;   /* struct gs_table_set: those begun, likewise */
    GArray *pages;   /* struct gs_page: those not taken */
    GArray *anchors; /* struct gs_anchor */
    size_t tables;   /* begun so far */
    long number;     /* of the page at hand, as counted for printing */
    bool too_many;

    /* The page at hand. */
    const struct gs_section *section;
    GArray *blocks; /* struct gs_frag_block */
    gs_len left, top, measure, bottom;
    gs_len y;
    /* The table that must begin on this page, as what stands above keeps it. */
    const struct gs_block *kept;
    bool open;    /* there is a page at hand */
    bool fresh;   /* nothing on it yet */
    bool natural; /* it began because the one before was full */
};

void gs_pager_init(struct gs_pager *pager,
        const struct gs_layout_context *context, const struct gs_doc *doc);
void gs_pager_release(struct gs_pager *pager);

/* The strips of a table that is begun: their parts are numbered page by page. */
void gs_pager_note(struct gs_pager *pager, struct gs_table_set *set);

/* Hands out the closed pages that are done (give.c). */
void gs_pager_give(struct gs_pager *pager);

/* All sections; false after diagnostics. */
bool gs_pager_run(struct gs_pager *pager);

/*
 * Turns a poured part of a flow into a fragment of `block` at (x, y) and adds it
 * to `blocks`.
 */
void gs_frag_add_flow(struct gs_arena *arena, GArray *blocks,
        const struct gs_block *block, const struct gs_flow *flow, size_t from,
        size_t to, struct gs_rect rect, unsigned part, bool repeated);

/*
 * Sets blocks that stand at a fixed place of a page of this size and adds their
 * fragments (running.c).
 */
bool gs_placed_add(const struct gs_layout_context *context,
        const struct gs_block *block, struct gs_size page, bool repeated,
        GArray *blocks);

/* Sets the head and foot of one page, `total` being what page-count prints. */
bool gs_running_set_page(const struct gs_layout_context *context,
        struct gs_page *page, bool first_of_section, const char *total);

/*
 * Sets the page heads and feet of all pages, now that numbers and counts are
 * known (running.c).
 */
bool gs_running_set(const struct gs_layout_context *context,
        struct gs_page *pages, size_t count);

/* The lines of a contents list, one paragraph an entry (toc.c). */
bool gs_toc_make(const struct gs_layout_context *context,
        const struct gs_doc *doc, const struct gs_block *block, gs_len measure,
        struct gs_flow *out);

/*
 * Places the seals of a page's lines: each once, at its first mark.  `placed`
 * remembers those of earlier pages (seal.c).
 */
bool gs_seals_place(const struct gs_layout_context *context,
        struct gs_page *page, GHashTable *placed);

#endif
