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
#define END_OF_BLOCK GS_PDF_LITERALS
#define LENGTH_MAX 15 /* bits of a code (RFC 1951, 3.2.7) */
#define HEADER_BITS 1106
#define STORED_MAX 65535u /* bytes of a stored block (3.2.4) */
#define ADLER_MODULUS 65521u

/* --- strings of bits -------------------------------------------------------- */

/* Writes whole words as they fill up.  A word is little-endian in the stream. */
struct bit_sink {
    unsigned char *at;
    uint64_t pending;
    unsigned filled; /* < 64 */
};

static inline unsigned char *put_word(unsigned char *at, uint64_t word)
{
    const uint64_t stored = GUINT64_TO_LE(word);
    memcpy(at, &stored, sizeof stored);
    return at + sizeof stored;
}

/* The lowest `count` < 64 bits of `bits`, in which all others are zero. */
static void sink_bits(struct bit_sink *sink, uint64_t bits, unsigned count)
{
    sink->pending |= bits << sink->filled;
    if (sink->filled + count >= 64) {
        sink->at = put_word(sink->at, sink->pending);
        sink->pending = sink->filled > 0 ? bits >> (64 - sink->filled) : 0;
    }
    sink->filled = (sink->filled + count) % 64;
}

/* `at` is held apart: as bytes, what it points to might be the sink itself. */
static void sink_string(
        struct bit_sink *sink, const uint64_t *words, size_t bits)
{
    const size_t whole = bits / 64;
    const unsigned rest = bits % 64, filled = sink->filled;
    unsigned char *at = sink->at;

    if (filled == 0) {
        for (size_t i = 0; i < whole; i++) {
            at = put_word(at, words[i]);
        }
    } else {
        uint64_t pending = sink->pending;
        for (size_t i = 0; i < whole; i++) {
            const uint64_t word = words[i];
            at = put_word(at, pending | word << filled);
            pending = word >> (64 - filled);
        }
        sink->pending = pending;
    }
    sink->at = at;
    if (rest > 0) {
        sink_bits(sink, words[whole], rest);
    }
}

/* Up to the next whole byte of the stream. */
static void sink_flush(struct bit_sink *sink)
{
    for (unsigned bit = 0; bit < sink->filled; bit += 8) {
        *sink->at++ = (unsigned char)(sink->pending >> bit);
    }
    sink->pending = 0;
    sink->filled = 0;
}

/* --- the code ----------------------------------------------------------------- */

struct node {
    uint64_t weight;
    uint16_t parent; /* index of a node */
};

static int compare_symbols(const void *a, const void *b)
{
    const uint64_t one = *(const uint64_t *)a, other = *(const uint64_t *)b;
    return (one > other) - (one < other);
}

/*
 * Huffman's algorithm with two queues: the leaves by weight, and the nodes made
 * of them, whose weights only grow.  Returns the longest length.
 */
static unsigned find_lengths(
        const uint32_t weights[SYMBOLS], uint8_t lengths[SYMBOLS])
{
    uint64_t order[SYMBOLS]; /* weight, then symbol, so that it is one order */
    struct node nodes[2 * SYMBOLS - 1];
    size_t leaf = 0, inner = SYMBOLS, made = SYMBOLS;

    for (size_t i = 0; i < SYMBOLS; i++) {
        order[i] = (uint64_t)weights[i] << 16 | i;
    }
    qsort(order, SYMBOLS, sizeof *order, compare_symbols);
    for (size_t i = 0; i < SYMBOLS; i++) {
        nodes[i].weight = order[i] >> 16;
    }
    while (made < 2 * SYMBOLS - 1) {
        nodes[made].weight = 0;
        for (int child = 0; child < 2; child++) {
            const bool takes_leaf = leaf < SYMBOLS &&
                    (inner == made ||
                            nodes[leaf].weight <= nodes[inner].weight);
            struct node *taken = &nodes[takes_leaf ? leaf++ : inner++];
            taken->parent = (uint16_t)made;
            nodes[made].weight += taken->weight;
        }
        made++;
    }

    uint8_t depths[2 * SYMBOLS - 1];
    unsigned longest = 0;
    depths[made - 1] = 0;
    for (size_t i = made - 1; i-- > 0;) {
        const unsigned depth = depths[nodes[i].parent] + 1u;
        depths[i] = (uint8_t)MIN(depth, UINT8_MAX);
        if (i < SYMBOLS) {
            lengths[order[i] & 0xFFFF] = depths[i];
            longest = MAX(longest, depth);
        }
    }
    return longest;
}

static uint16_t reverse(unsigned code, unsigned length)
{
    unsigned reversed = 0;
    for (unsigned i = 0; i < length; i++) {
        reversed = reversed << 1 | (code >> i & 1);
    }
    return (uint16_t)reversed;
}

/* Canonical codes of the lengths (RFC 1951, 3.2.2). */
static void assign_codes(struct gs_pdf_code *code)
{
    unsigned counts[LENGTH_MAX + 1] = {0}, next[LENGTH_MAX + 1], value = 0;
    for (size_t i = 0; i < SYMBOLS; i++) {
        counts[code->lengths[i]]++;
    }
    for (unsigned length = 1; length <= LENGTH_MAX; length++) {
        value = (value + counts[length - 1]) << 1;
        next[length] = value;
    }
    for (size_t i = 0; i < SYMBOLS; i++) {
        code->codes[i] = reverse(next[code->lengths[i]]++, code->lengths[i]);
    }
}

/*
 * The header of a final block (3.2.7).  The code of the lengths gives each length
 * 0 to 15 its own four bits, so that nothing depends on which lengths there are.
 */
static void make_header(struct gs_pdf_code *code)
{
    unsigned char bytes[sizeof code->header] = {0};
    struct bit_sink sink = {.at = bytes};

    sink_bits(&sink, 1, 1); /* final */
    sink_bits(&sink, 2, 2); /* dynamic codes */
    sink_bits(&sink, 0, 5); /* 257 literals */
    sink_bits(&sink, 0, 5); /* 1 distance */
    sink_bits(&sink, 15, 4); /* 19 lengths of the code of lengths */
    for (int i = 0; i < 19; i++) {
        sink_bits(&sink, i < 3 ? 0 : 4, 3); /* 16, 17, 18: repeats, unused */
    }
    for (size_t i = 0; i < SYMBOLS; i++) {
        sink_bits(&sink, reverse(code->lengths[i], 4), 4);
    }
    sink_bits(&sink, reverse(1, 4), 4); /* a distance that is never used */
    assert((size_t)(sink.at - bytes) * 8 + sink.filled == HEADER_BITS);
    sink_flush(&sink);
    for (size_t i = 0; i < G_N_ELEMENTS(code->header); i++) {
        uint64_t word;
        memcpy(&word, bytes + i * sizeof word, sizeof word);
        code->header[i] = GUINT64_FROM_LE(word);
    }
}

void gs_pdf_code_init(
        struct gs_pdf_code *code, const uint32_t counts[GS_PDF_LITERALS])
{
    uint32_t weights[SYMBOLS];
    for (size_t i = 0; i < GS_PDF_LITERALS; i++) {
        weights[i] = MIN(counts[i], UINT32_MAX - 1) + 1;
    }
    weights[END_OF_BLOCK] = 1;
    while (find_lengths(weights, code->lengths) > LENGTH_MAX) {
        for (size_t i = 0; i < SYMBOLS; i++) {
            weights[i] = weights[i] / 2 + 1; /* flatter, until it fits */
        }
    }
    assign_codes(code);
    make_header(code);
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

void gs_pdf_code_stream(const struct gs_pdf_code *code,
        const struct gs_pdf_buffer *head,
        const struct gs_pdf_piece *const *pieces, size_t count,
        struct gs_pdf_buffer *out)
{
    static const unsigned char zlib_header[2] = {0x78, 0xDA};
    gs_pdf_put(out, zlib_header, sizeof zlib_header);
    put_stored(out, head->bytes, head->size);

    uint32_t adler = libdeflate_adler32(1, head->bytes, head->size);
    size_t bits = HEADER_BITS + LENGTH_MAX;
    for (size_t i = 0; i < count; i++) {
        bits += pieces[i]->bits;
        adler = join_adler(adler, pieces[i]);
    }
    char *begin = gs_pdf_buffer_reserve(out, bits / 8 + 2 * sizeof(uint64_t));
    struct bit_sink sink = {.at = (unsigned char *)begin};
    sink_string(&sink, code->header, HEADER_BITS);
    for (size_t i = 0; i < count; i++) {
        sink_string(&sink, pieces[i]->words, pieces[i]->bits);
    }
    sink_bits(&sink, code->codes[END_OF_BLOCK], code->lengths[END_OF_BLOCK]);
    sink_flush(&sink);
    out->size += (size_t)((char *)sink.at - begin);

    const uint32_t stored = GUINT32_TO_BE(adler);
    gs_pdf_put(out, &stored, sizeof stored);
}
