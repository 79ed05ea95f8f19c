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
    int32_t width; /* for the font to tell: its advance, in 1/1000 em */
    uint8_t shown_size;
    char shown[4]; /* the code as a string has it, escaped */
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

/* Marks a text of none or several characters; the rest is where it is kept. */
#define GS_PDF_LONG_TEXT 0x80000000u
#define GS_PDF_NOT_KEPT UINT32_MAX

/* What such a text is kept as, or GS_PDF_NOT_KEPT. */
uint32_t gs_pdf_slots_find_long(
        const struct gs_pdf_slots *slots, const char *text, size_t size);

/* The code point of a text that is one character, else GS_PDF_LONG_TEXT. */
static inline uint32_t gs_pdf_slots_key(const char *text, size_t size)
{
    const unsigned char *at = (const unsigned char *)text;
    if (size == 3 && at[0] >= 0xE0) { /* Han: first */
        return (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu);
    }
    if (size == 1) {
        return at[0];
    }
    if (size == 2 && at[0] >= 0xC0) {
        return (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu);
    }
    if (size == 4 && at[0] >= 0xF0) {
        return (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 |
                (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
    }
    return GS_PDF_LONG_TEXT;
}

/* Where the pair's code is in the table, or would be. */
static inline uint16_t *gs_pdf_slots_place(
        const struct gs_pdf_slots *slots, uint32_t glyph, uint32_t text)
{
    const uint64_t key = (uint64_t)glyph << 32 | text;
    size_t i = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 32);
    for (;; i++) {
        uint16_t *place = &slots->table[i & (slots->table_size - 1)];
        const struct gs_pdf_slot *slot = &slots->slots[*place];
        if (*place == 0 || (slot->glyph == glyph && slot->text == text)) {
            return place;
        }
    }
}

/* The text is valid UTF-8, `size` bytes; none means that nothing is known. */
static inline unsigned gs_pdf_slots_find(const struct gs_pdf_slots *slots,
        uint32_t glyph, const char *text, size_t size) /* 0: not there */
{
    uint32_t key = gs_pdf_slots_key(text, size);
    if (key == GS_PDF_LONG_TEXT) {
        key = gs_pdf_slots_find_long(slots, text, size);
    }
    return key != GS_PDF_NOT_KEPT ? *gs_pdf_slots_place(slots, glyph, key) : 0;
}

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
