/*
 * Codes of a font in one document: each pair of a glyph and the text it stands
 * for has one, from 1 in order of first use.  0 is .notdef, and no pair's.
 */
#ifndef GS_WRITE_PDF_SLOTS_H
#define GS_WRITE_PDF_SLOTS_H

#include <stddef.h>
#include <stdint.h>

#include "write/pdf-buffer.h"

/* Codes, .notdef included: glyphs of a font program are counted in 16 bits. */
#define GS_PDF_SLOTS_MAX 65535u

struct gs_pdf_slot {
    uint32_t glyph;
    uint32_t text; /* the code point of a text of one character; else inside */
};

/* Zeroed is empty, but for its first code: gs_pdf_slots_init(). */
struct gs_pdf_slots {
    struct gs_pdf_slot *slots; /* by code */
    size_t count, room;
    uint16_t *table; /* codes by hash: open addressing, 0 is free */
    size_t table_size; /* a power of two */
    struct gs_pdf_buffer
            texts; /* of no or several characters, each with size */
    void *text_table; /* GHashTable: such a text to where it is */
};

void gs_pdf_slots_init(struct gs_pdf_slots *slots);
void gs_pdf_slots_release(struct gs_pdf_slots *slots);

/* The text is valid UTF-8, `size` bytes; none means that nothing is known. */
unsigned gs_pdf_slots_find(const struct gs_pdf_slots *slots, uint32_t glyph,
        const char *text, size_t size); /* 0: not there */

/* A new code for a pair that has none; fewer than GS_PDF_SLOTS_MAX are there. */
unsigned gs_pdf_slots_add(struct gs_pdf_slots *slots, uint32_t glyph,
        const char *text, size_t size);

/*
 * The text of a code, and its size in bytes.  `room` is where that of a single
 * character is put together.
 */
const char *gs_pdf_slots_text(const struct gs_pdf_slots *slots, unsigned code,
        char room[6], size_t *size);

#endif
