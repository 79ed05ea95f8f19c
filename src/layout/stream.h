/*
 * Layout of a document page by page: pages are handed out as they are done and
 * freed, rows of long tables come in pieces, so that memory does not grow with
 * their number.  What comes out is the same as of gs_layout().
 *
 * Where a page says how many there are, or what takes the pages wants to know it
 * beforehand, they are counted in a pass of their own, and where a contents list
 * needs page numbers in as many as these take to settle; those passes keep nothing
 * either.
 */
#ifndef GS_LAYOUT_STREAM_H
#define GS_LAYOUT_STREAM_H

#include <stdbool.h>

#include "layout/fragment.h"

struct gs_arena;
struct gs_diag;
struct gs_doc;
struct gs_fonts;

/*
 * Who takes the pages.  Of the struct gs_pages hold at first the document and, if
 * `counted`, the count and all anchors; else the anchors come with their pages, and
 * the count at the end.  A page is gone when page() returns.  If not `counted`, the
 * parts of a table or block that goes on are not known (`of` is 0, or too small).
 */
struct gs_page_sink {
    bool counted;
    bool (*begin)(void *user, const struct gs_pages *pages);
    bool (*page)(void *user, const struct gs_page *page);
    void *user;
};

/*
 * False after diagnostics, or when the sink has had enough.  *pages, which lives as
 * long as the arena, is complete in the end, but for the pages themselves.
 */
bool gs_layout_stream(struct gs_arena *arena, const struct gs_doc *doc,
        const struct gs_fonts *fonts, const struct gs_page_sink *sink,
        struct gs_pages *pages, struct gs_diag *diag);

#endif
