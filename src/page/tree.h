/*
 * The page tree as XML: `--to pages`.  Described in docs/writers.md; stable.
 */
#ifndef GS_PAGE_TREE_H
#define GS_PAGE_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct gs_output;
struct gs_page;
struct gs_pages;

/*
 * Page by page: begun with the count of all pages and their anchors (the outline is
 * of those on the pages first to last), then each of these, which is gone when it is
 * written.  False when the output failed; the end frees it.
 */
struct gs_tree;
struct gs_tree *gs_tree_begin(const struct gs_pages *pages, size_t first,
        size_t last, struct gs_output *output);
bool gs_tree_page(struct gs_tree *tree, const struct gs_page *page);
bool gs_tree_end(struct gs_tree *tree);

/* Pages first to last, as indices from 0.  False when the output failed. */
bool gs_tree_write(const struct gs_pages *pages, size_t first, size_t last,
        struct gs_output *output);

#endif
