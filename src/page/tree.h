/*
 * The page tree as XML: `--to pages`.  Described in docs/writers.md; stable.
 */
#ifndef GS_PAGE_TREE_H
#define GS_PAGE_TREE_H

#include <stdbool.h>
#include <stddef.h>

struct gs_output;
struct gs_pages;

/* Pages first to last, as indices from 0.  False when the output failed. */
bool gs_tree_write(const struct gs_pages *pages, size_t first, size_t last,
        struct gs_output *output);

#endif
