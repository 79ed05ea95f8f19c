/*
 * The cross-references of a PDF file: where each object lies, by number, and the
 * two ways to say so at its end: a table (ISO 32000-1, 7.5.4), or the entries of
 * a stream, which alone can tell of objects in object streams (7.5.8).
 *
 * Number 0 is none of ours.  Every other is reserved first, and set once.
 */
#ifndef GS_WRITE_PDF_XREF_H
#define GS_WRITE_PDF_XREF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "write/pdf-buffer.h"

struct gs_pdf_xref {
    GArray *places; /* struct place (pdf-xref.c), by number */
};

/* Good for one file after the other: each begins with gs_pdf_xref_empty(). */
void gs_pdf_xref_init(struct gs_pdf_xref *xref);
void gs_pdf_xref_release(struct gs_pdf_xref *xref);
void gs_pdf_xref_empty(struct gs_pdf_xref *xref);

/* The number of an object whose place is not known yet. */
unsigned gs_pdf_xref_reserve(struct gs_pdf_xref *xref);

/* One more than the highest number. */
unsigned gs_pdf_xref_count(const struct gs_pdf_xref *xref);

/* It lies so many bytes from the start of the file. */
void gs_pdf_xref_set_offset(
        struct gs_pdf_xref *xref, unsigned number, uint64_t offset);

/* It is the object `index`, below 256, of the object stream `pack`. */
void gs_pdf_xref_set_packed(struct gs_pdf_xref *xref, unsigned number,
        unsigned pack, unsigned index);

/* Whether all places are known but that of `open`; 0: none is. */
bool gs_pdf_xref_is_complete(const struct gs_pdf_xref *xref, unsigned open);

/* From the word `xref` on to where the trailer begins. */
void gs_pdf_xref_put_table(
        const struct gs_pdf_xref *xref, struct gs_pdf_buffer *out);

/*
 * A stream of cross-references that lies at `start`, behind all it tells of.  Where
 * it will be compressed it has `differences`.  Its size is the one with them; its
 * format stands in its dictionary; its entries have its own `number` among them,
 * whose place is set only when it is written.
 */
size_t gs_pdf_xref_stream_size(const struct gs_pdf_xref *xref, uint64_t start);
void gs_pdf_xref_put_format(
        struct gs_pdf_buffer *out, uint64_t start, bool differences);
void gs_pdf_xref_put_entries(struct gs_pdf_xref *xref, unsigned number,
        uint64_t start, bool differences, struct gs_pdf_buffer *out);

#endif
