/*
 * Glyphs coded once: the Huffman code, and the stringing together of bits.
 */
#include "write/pdf-code.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#include <glib.h>
#include <libdeflate.h>

#define SYMBOLS (GS_PDF_LITERALS + 1)
#define STORED_MAX 65535u /* bytes of a stored block (3.2.4) */
#define ADLER_MODULUS 65521u

void gs_pdf_code_init(
        struct gs_pdf_code *code, const uint32_t counts[GS_PDF_LITERALS])
{
    static const uint8_t no_distance[] = {1};
    uint32_t weights[SYMBOLS];
    for (size_t i = 0; i < GS_PDF_LITERALS; i++) {
        weights[i] = MIN(counts[i], UINT32_MAX - 1) + 1;
    }
    weights[GS_PDF_END_OF_BLOCK] = 1;
    gs_pdf_huffman_make(
            weights, SYMBOLS, GS_PDF_CODE_MAX, code->lengths, code->codes);
    gs_pdf_huffman_make_header(
            &code->header, code->lengths, SYMBOLS, no_distance, 1);
}

/* --- pieces ------------------------------------------------------------------- */

struct gs_pdf_piece gs_pdf_code_piece(
        const struct gs_pdf_code *code, const void *bytes, size_t size)
{
    assert(size <= UINT32_MAX);
    const unsigned char *at = bytes;
    size_t count = 0;
    for (size_t i = 0; i < size; i++) {
        count += code->lengths[at[i]];
    }

    struct gs_pdf_piece piece = {
            .words = g_new(uint64_t, count / 64 + 1),
            .bits = count,
            .size = (uint32_t)size,
            .adler = libdeflate_adler32(1, bytes, size),
    };
    uint64_t *word = piece.words, pending = 0;
    unsigned filled = 0;
    for (size_t i = 0; i < size; i++) {
        const uint64_t bits = code->codes[at[i]];
        const unsigned length = code->lengths[at[i]];
        pending |= bits << filled;
        filled += length;
        if (filled >= 64) {
            filled -= 64;
            *word++ = pending;
            pending = bits >> (length - filled);
        }
    }
    *word = pending;
    return piece;
}

void gs_pdf_piece_release(struct gs_pdf_piece *piece)
{
    g_free(piece->words);
    *piece = (struct gs_pdf_piece){0};
}

/* --- streams ------------------------------------------------------------------ */

/* The Adler-32 of two texts in a row, from those of each. */
static uint32_t join_adler(uint32_t first, const struct gs_pdf_piece *second)
{
    const uint64_t size = second->size % ADLER_MODULUS;
    const uint64_t one = first & 0xFFFF, two = first >> 16;
    const uint64_t less_one = ADLER_MODULUS - 1;
    const uint64_t sum =
            (one + (second->adler & 0xFFFF) + less_one) % ADLER_MODULUS;
    const uint64_t sums =
            (two + (second->adler >> 16) + size * (one + less_one)) %
            ADLER_MODULUS;
    return (uint32_t)(sums << 16 | sum);
}

static void put_stored(
        struct gs_pdf_buffer *out, const char *bytes, size_t size)
{
    while (size > 0) {
        const size_t part = MIN(size, STORED_MAX);
        const unsigned char header[5] = {0, (unsigned char)(part & 0xFF),
                (unsigned char)(part >> 8), (unsigned char)(~part & 0xFF),
                (unsigned char)(~part >> 8 & 0xFF)};
        gs_pdf_put(out, header, sizeof header);
        gs_pdf_put(out, bytes, part);
        bytes += part;
        size -= part;
    }
}

/* Words of a piece behind what there is, which may end at any bit. */
static void put_words(
        struct gs_pdf_bits *bits, const uint64_t *words, size_t count)
{
    const unsigned filled = bits->filled;
    unsigned char *at = bits->at;
    uint64_t pending = bits->pending;
    for (size_t i = 0; i < count; i++) {
        const uint64_t stored = GUINT64_TO_LE(pending | words[i] << filled);
        memcpy(at, &stored, sizeof stored);
        at += sizeof stored;
        pending = filled > 0 ? words[i] >> (64 - filled) : 0;
    }
    bits->at = at;
    bits->pending = pending;
}

static void put_piece(
        struct gs_pdf_bits *bits, const struct gs_pdf_piece *piece)
{
    const size_t whole = piece->bits / 64;
    const unsigned rest = piece->bits % 64, half = MIN(rest, 32);
    put_words(bits, piece->words, whole);
    if (rest > 0) {
        const uint64_t last = piece->words[whole];
        gs_pdf_bits_add(bits, last & UINT32_MAX, half);
        gs_pdf_bits_write(bits);
        gs_pdf_bits_add(bits, last >> 32, rest - half);
        gs_pdf_bits_write(bits);
    }
}

void gs_pdf_code_stream(const struct gs_pdf_code *code,
        const struct gs_pdf_buffer *head,
        const struct gs_pdf_piece *const *pieces, size_t count,
        struct gs_pdf_buffer *out)
{
    static const unsigned char zlib_header[2] = {0x78, 0xDA};
    gs_pdf_put(out, zlib_header, sizeof zlib_header);
    put_stored(out, head->bytes, head->size);

    uint32_t adler = libdeflate_adler32(1, head->bytes, head->size);
    size_t size = sizeof code->header.bytes * 8 + GS_PDF_CODE_MAX;
    for (size_t i = 0; i < count; i++) {
        size += pieces[i]->bits;
        adler = join_adler(adler, pieces[i]);
    }
    char *begin = gs_pdf_buffer_reserve(out, size / 8 + 2 * sizeof(uint64_t));
    struct gs_pdf_bits bits =
            gs_pdf_block_begin(&code->header, (unsigned char *)begin);
    for (size_t i = 0; i < count; i++) {
        put_piece(&bits, pieces[i]);
    }
    gs_pdf_bits_add(&bits, code->codes[GS_PDF_END_OF_BLOCK],
            code->lengths[GS_PDF_END_OF_BLOCK]);
    gs_pdf_bits_write(&bits);
    gs_pdf_bits_end(&bits);
    out->size += (size_t)((char *)bits.at - begin);

    const uint32_t stored = GUINT32_TO_BE(adler);
    gs_pdf_put(out, &stored, sizeof stored);
}
