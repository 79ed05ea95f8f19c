/*
 * One Huffman code for all glyphs of a face, and zlib streams put together from
 * pieces that were coded before.
 *
 * A font program in a PDF file is a zlib stream, and compressing it anew for
 * each document would cost more than all the rest.  But deflate (RFC 1951) lets
 * a block begin at any bit and carry any Huffman code: with one code for a face,
 * each glyph is coded once, and its bits are only strung together from then on.
 * What is given up are repeats between glyphs, a few per cent of the size.
 */
#ifndef GS_WRITE_PDF_CODE_H
#define GS_WRITE_PDF_CODE_H

#include <stddef.h>
#include <stdint.h>

#include "write/pdf-buffer.h"
#include "write/pdf-huffman.h"

struct gs_pdf_code {
    uint16_t codes[GS_PDF_LITERALS + 1]; /* reversed: the first bit is lowest */
    uint8_t lengths[GS_PDF_LITERALS + 1]; /* the last one ends the block */
    struct gs_pdf_block_header header;
};

/*
 * The code for bytes that are as frequent as `counts` says; every byte can be
 * coded, seen or not.
 */
void gs_pdf_code_init(
        struct gs_pdf_code *code, const uint32_t counts[GS_PDF_LITERALS]);

/*
 * A piece of a stream, coded: a string of bits, the first one lowest, between
 * words of zeros, so that it can be read a few bits before and behind.
 */
struct gs_pdf_piece {
    uint64_t *words; /* little-endian; the string begins at the second one */
    size_t bits;
    uint32_t size; /* of the bytes it stands for */
    uint32_t adler; /* their Adler-32 */
};

struct gs_pdf_piece gs_pdf_code_piece(
        const struct gs_pdf_code *code, const void *bytes, size_t size);
void gs_pdf_piece_release(struct gs_pdf_piece *piece);

/*
 * Appends a zlib stream (RFC 1950): the bytes of `head` as they are, then the
 * pieces.
 */
void gs_pdf_code_stream(const struct gs_pdf_code *code,
        const struct gs_pdf_buffer *head,
        const struct gs_pdf_piece *const *pieces, size_t count,
        struct gs_pdf_buffer *out);

#endif
