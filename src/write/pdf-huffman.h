/*
 * Huffman codes for deflate (RFC 1951), made before what they code is known: so
 * every symbol has a code, whether it is expected or not.
 */
#ifndef GS_WRITE_PDF_HUFFMAN_H
#define GS_WRITE_PDF_HUFFMAN_H

#include <stddef.h>
#include <stdint.h>

#include "write/pdf-bits.h"

/* Literals, and after them the end of a block and the lengths of matches. */
#define GS_PDF_LITERALS 256
#define GS_PDF_END_OF_BLOCK 256
#define GS_PDF_LENGTHS 29
#define GS_PDF_SYMBOLS (GS_PDF_LITERALS + 1 + GS_PDF_LENGTHS)
#define GS_PDF_DISTANCES 30

/* Bits of a code (3.2.7). */
#define GS_PDF_CODE_MAX 15

/*
 * The lengths of the codes of 2 to GS_PDF_SYMBOLS symbols, and the codes: reversed,
 * so that the first bit is lowest.  No weight is 0; they are made flatter until no
 * code is longer than `longest` bits.
 */
void gs_pdf_huffman_make(uint32_t *weights, size_t count, unsigned longest,
        uint8_t *lengths, uint16_t *codes);

/*
 * What a final block begins with (3.2.7), for many streams: at most 14 + 3 * 19 +
 * 7 * (286 + 30) bits, and room for writing them.
 */
struct gs_pdf_block_header {
    unsigned char bytes[296];
    size_t bits;
};

/*
 * The header of blocks that have codes of these lengths.  One distance of length 1
 * says that there is none.
 */
void gs_pdf_huffman_make_header(struct gs_pdf_block_header *header,
        const uint8_t *literals, size_t literal_count, const uint8_t *distances,
        size_t distance_count);

/* The bits of a block that begins at `at`, up to behind its header. */
struct gs_pdf_bits gs_pdf_block_begin(
        const struct gs_pdf_block_header *header, unsigned char *at);

#endif
