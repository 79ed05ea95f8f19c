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

/* Two words are shifted at once. */
typedef uint64_t pair __attribute__((vector_size(2 * sizeof(uint64_t))));

#define WORD sizeof(uint64_t)
#define WORDS_BEFORE 1
#define WORDS_BEHIND \
    (1 + sizeof(pair) / WORD) /* for the last shift, in pairs */

static void add_byte(struct gs_pdf_bits *bits, const struct gs_pdf_code *code,
        unsigned char byte)
{
    gs_pdf_bits_add(bits, code->codes[byte], code->lengths[byte]);
}

/* Codes the bytes from `out` on; returns where the next bit goes. */
static struct gs_pdf_bits put_codes(const struct gs_pdf_code *code,
        const unsigned char *bytes, size_t size, unsigned char *out)
{
    static_assert(3 * GS_PDF_CODE_MAX <= GS_PDF_BITS_MAX, "they fit at once");
    struct gs_pdf_bits bits = {.at = out};
    size_t i = 0;
    for (; i + 3 <= size; i += 3) {
        add_byte(&bits, code, bytes[i]);
        add_byte(&bits, code, bytes[i + 1]);
        add_byte(&bits, code, bytes[i + 2]);
        gs_pdf_bits_write(&bits);
    }
    for (; i < size; i++) {
        add_byte(&bits, code, bytes[i]);
    }
    gs_pdf_bits_write(&bits);
    return bits;
}

struct gs_pdf_piece gs_pdf_code_piece(
        const struct gs_pdf_code *code, const void *bytes, size_t size)
{
    assert(size <= UINT32_MAX);
    const size_t most = size * GS_PDF_CODE_MAX / 64 + 1;
    uint64_t *words = g_new(uint64_t, WORDS_BEFORE + most + WORDS_BEHIND);
    unsigned char *begin = (unsigned char *)(words + WORDS_BEFORE);
    struct gs_pdf_bits bits = put_codes(code, bytes, size, begin);
    const size_t count = (size_t)(bits.at - begin) * 8 + bits.filled;
    const size_t room = WORDS_BEFORE + (count + 63) / 64 + WORDS_BEHIND;
    gs_pdf_bits_end(&bits);
    memset(words, 0, WORDS_BEFORE * WORD);
    memset(bits.at, 0, (size_t)((unsigned char *)(words + room) - bits.at));
    return (struct gs_pdf_piece){
            .words = g_renew(uint64_t, words, room),
            .bits = count,
            .size = (uint32_t)size,
            .adler = libdeflate_adler32(1, bytes, size),
    };
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

static pair read_pair(const uint64_t *words)
{
    pair read;
    memcpy(&read, words, sizeof read);
    return (pair){GUINT64_FROM_LE(read[0]), GUINT64_FROM_LE(read[1])};
}

static void write_pair(unsigned char *at, pair words)
{
    const pair stored = {GUINT64_TO_LE(words[0]), GUINT64_TO_LE(words[1])};
    memcpy(at, &stored, sizeof stored);
}

/* Each word is shifted up to where it goes on, with what is left of the one before. */
static void put_piece(
        struct gs_pdf_bits *bits, const struct gs_pdf_piece *piece)
{
    const unsigned up = bits->filled, down = 63 - up;
    const size_t end = up + piece->bits;
    for (size_t i = 0; i <= end / 64; i += 2) {
        const pair words = read_pair(piece->words + WORDS_BEFORE + i);
        const pair before = read_pair(piece->words + WORDS_BEFORE - 1 + i);
        write_pair(bits->at + i * WORD, words << up | before >> 1 >> down);
    }
    *bits->at |= (unsigned char)bits->pending;
    bits->at += end / 8;
    bits->pending = *bits->at;
    bits->filled = end % 8;
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
    char *begin = gs_pdf_buffer_reserve(out, size / 8 + sizeof(pair));
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
