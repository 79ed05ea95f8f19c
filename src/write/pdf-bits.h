/*
 * A string of bits in the making, as deflate has it (RFC 1951, 3.1.1): the first
 * bit of a byte is its lowest.
 */
#ifndef GS_WRITE_PDF_BITS_H
#define GS_WRITE_PDF_BITS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

/*
 * Zeroed but for `at` is empty.  Bits wait in `pending` until they are written:
 * eight bytes at once, of which the whole ones are kept, so that there must be
 * room for seven bytes more than the string takes.
 */
struct gs_pdf_bits {
    unsigned char *at;
    uint64_t pending;
    unsigned filled; /* bits that wait; less than 8 where they were written */
};

/* Bits that may be added to those that a write has left. */
#define GS_PDF_BITS_MAX 56

static inline void gs_pdf_bits_add(
        struct gs_pdf_bits *bits, uint64_t value, unsigned count)
{
    bits->pending |= value << bits->filled;
    bits->filled += count;
}

static inline void gs_pdf_bits_write(struct gs_pdf_bits *bits)
{
    const uint64_t stored = GUINT64_TO_LE(bits->pending);
    const unsigned whole = bits->filled / 8;
    memcpy(bits->at, &stored, sizeof stored);
    bits->at += whole;
    bits->pending >>= 8 * whole;
    bits->filled %= 8;
}

/* Up to the next whole byte; less than 8 bits wait. */
static inline void gs_pdf_bits_end(struct gs_pdf_bits *bits)
{
    *bits->at = (unsigned char)bits->pending;
    bits->at += bits->filled > 0;
    bits->pending = 0;
    bits->filled = 0;
}

#endif
