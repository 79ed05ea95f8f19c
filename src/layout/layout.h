/*
 * Layout: document model -> pages of fragments.
 *
 * Columns, rows, spans, page breaks, repeats.  Never edits the model.
 */
#ifndef GS_LAYOUT_LAYOUT_H
#define GS_LAYOUT_LAYOUT_H

struct gs_arena;
struct gs_diag;
struct gs_doc;
struct gs_fonts;
struct gs_pages;

/* A bound on the pages of one document; more is a diagnostic. */
#define GS_PAGES_MAX 20000
#define GS_STREAM_PAGES_MAX 1000000 /* where they need not be kept */

/*
 * NULL when anything cannot be laid out right: overlapping spans, columns wider
 * than the page, missing characters, text too tall for a fixed row.  All such
 * errors of the document are reported in one run.
 */
const struct gs_pages *gs_layout(struct gs_arena *arena,
        const struct gs_doc *doc, const struct gs_fonts *fonts,
        struct gs_diag *diag);

#endif
