/*
 * Font programs for a PDF file, without their glyphs: all that stands before the
 * glyph data, which comes last.
 *
 * A program is a face of its own.  Its glyph at index i is the one given at i;
 * index 0 is .notdef.
 */
#ifndef GS_WRITE_PDF_PROGRAM_H
#define GS_WRITE_PDF_PROGRAM_H

#include <stddef.h>

#include "write/pdf-buffer.h"
#include "write/pdf-face.h"

/*
 * Bare CFF (Adobe Technical Note 5176), CID-keyed, where a glyph's CID is its
 * index.  Two glyphs at least.
 */
void gs_pdf_cff_put_head(struct gs_pdf_buffer *out,
        const struct gs_pdf_face *face, const char *name,
        const struct gs_pdf_glyph *const *glyphs, size_t count);

/*
 * A TrueType file with the tables that a reader of PDF needs (ISO 32000-1, 9.9)
 * and no instructions.
 */
void gs_pdf_truetype_put_head(struct gs_pdf_buffer *out,
        const struct gs_pdf_face *face,
        const struct gs_pdf_glyph *const *glyphs, size_t count);

#endif
