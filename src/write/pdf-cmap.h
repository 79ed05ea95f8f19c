/*
 * ToUnicode CMaps (ISO 32000-1, 9.10.3): what the codes of a font say when they
 * are copied or read aloud.
 */
#ifndef GS_WRITE_PDF_CMAP_H
#define GS_WRITE_PDF_CMAP_H

#include "write/pdf-buffer.h"
#include "write/pdf-slots.h"

/*
 * Appends the CMap.  Every code has an entry, as PDF/A-2u wants it; where a text
 * is not known, or holds what no CMap may (U+0000, U+FEFF, U+FFFE: ISO 19005-2,
 * 6.2.11.7.2), U+FFFD stands for it.
 */
void gs_pdf_cmap_put(
        struct gs_pdf_buffer *out, const struct gs_pdf_slots *slots);

/*
 * Appends a CMap as a zlib stream, by a code that all have in common: hex digits
 * repeat too little for a compressor to be worth its time.
 */
void gs_pdf_cmap_put_coded(
        struct gs_pdf_buffer *out, const struct gs_pdf_buffer *cmap);

#endif
