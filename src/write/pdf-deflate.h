/*
 * Deflate in one pass, for the short texts a PDF file is made of.
 *
 * A compressor finds the Huffman code of each stream anew, which takes it longer
 * than all else where streams are short.  But page contents are much alike, and so
 * are objects: here each kind has one code, made once a process from how often its
 * bytes are seen.  Repeats are found by one look into a table of the last places.
 * That takes a third of the instructions of libdeflate's first level, and the texts
 * come out 7 % longer.
 */
#ifndef GS_WRITE_PDF_DEFLATE_H
#define GS_WRITE_PDF_DEFLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "write/pdf-buffer.h"

/* What kind of text it is, from which the code is chosen.  Any bytes can be coded. */
enum gs_pdf_text {
    GS_PDF_TEXT_CONTENT, /* of a page */
    GS_PDF_TEXT_OBJECTS,
};

/* Longer texts are a compressor's: here, deflate's window is the whole text. */
#define GS_PDF_DEFLATE_MOST ((size_t)32 << 10)

/*
 * Appends `size` bytes, at most GS_PDF_DEFLATE_MOST, as a zlib stream (RFC 1950).
 * False, and nothing appended, where it would not be shorter than they are.
 */
bool gs_pdf_deflate(struct gs_pdf_buffer *out, enum gs_pdf_text text,
        const void *bytes, size_t size);

#endif
