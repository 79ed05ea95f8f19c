/*
 * Ledger: what was bound against what was placed, on every run.
 *
 * The characters of each text run of the model are set against those of the
 * glyph runs that stand for it on the pages; what is drawn again on purpose does
 * not count, what a row with fit="clip" cuts off does.  So what is lost, doubled or
 * mixed up at a page break is found before anything is written.  Each page is given
 * the sum of what it shows, text by text (gs_ink_hash), so that the writers' front
 * can set what was drawn against it.
 *
 * White space is left aside: it vanishes where lines end (text/ink.h).
 */
#ifndef GS_LAYOUT_LEDGER_H
#define GS_LAYOUT_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

struct gs_diag;
struct gs_doc;
struct gs_ledger;
struct gs_page;
struct gs_pages;
struct gs_table;

/*
 * Sets gs_page.ink of all pages.  True where pages and document agree; else
 * every run that differs is reported, as our own fault.
 */
bool gs_ledger_close(
        const struct gs_doc *doc, struct gs_pages *pages, struct gs_diag *diag);

/*
 * The same of a document whose pages come one by one, and rows in pieces: sets
 * gs_page.ink of each page.  Which run differs cannot be said in the end.
 */
struct gs_ledger *gs_ledger_new(const struct gs_doc *doc);
void gs_ledger_bind_rows(
        struct gs_ledger *ledger, const struct gs_table *piece);
void gs_ledger_place(struct gs_ledger *ledger, struct gs_page *page);
bool gs_ledger_even(const struct gs_ledger *ledger, struct gs_diag *diag);
void gs_ledger_free(struct gs_ledger *ledger);

/* The sum over all glyph runs of a page, repeats, head and foot included. */
uint64_t gs_ledger_page(const struct gs_page *page);

#endif
