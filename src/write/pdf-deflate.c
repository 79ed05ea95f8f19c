/*
 * Deflate with codes that are known beforehand (RFC 1951).
 *
 * A place is looked up by its next five bytes: a repeat of four saves nothing over
 * literals of these codes.  The table of places is empty when a text begins and
 * starts out with place 0 everywhere, which is as good as any: whatever it says, the
 * bytes there are compared.
 */
#include "write/pdf-deflate.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>
#include <libdeflate.h>

#include "write/pdf-bits.h"
#include "write/pdf-huffman.h"

#define MATCH_LEAST 3 /* that deflate has a length for */
#define MATCH_MOST 258

/* Bits of the longest codes; of what follows them, deflate's most (3.2.5). */
#define LITERAL_MAX 13
#define LENGTH_EXTRA_MAX 5
#define DISTANCE_MAX 11
#define DISTANCE_EXTRA_MAX 13

/* A code, or a code and what follows it. */
struct symbol {
    uint16_t bits, count;
};
struct match_length {
    uint32_t bits, count;
};

struct text_code {
    struct gs_pdf_block_header header;
    struct symbol literals[GS_PDF_LITERALS + 1]; /* and the end of the block */
    struct match_length lengths[MATCH_MOST - MATCH_LEAST + 1];
    struct symbol distances[GS_PDF_DISTANCES];
};

/* --- frequencies ---------------------------------------------------------------- */

/*
 * Of 10 000 symbols, how often each was seen in the documents of data/, and of
 * 10 000 distances.  They need not be more than about right.
 */
struct frequencies {
    uint16_t literals[GS_PDF_LITERALS], others; /* those not seen */
    uint16_t lengths[GS_PDF_LENGTHS]; /* 3 to 258 */
    uint16_t distances[GS_PDF_DISTANCES]; /* 1 to 32 768 */
};

static const struct frequencies content_frequencies = {
        .literals = {1112, 428, 16, 22, 18, 19, 16, 11, 11, 19, 71, 17, 13, 0,
                12, 18, 12, 11, 11, 10, 11, 12, 17, 18, 12, 9, 11, 12, 9, 8, 10,
                7, 164, 10, 11, 8, 10, 12, 7, 10, 31, 30, 9, 7, 6, 86, 469, 45,
                224, 335, 307, 290, 327, 310, 267, 260, 257, 230, 6, 9, 26, 10,
                20, 10, 6, 13, 27, 33, 22, 33, 22, 7, 16, 13, 13, 12, 14, 23, 8,
                5, 13, 6, 8, 19, 46, 11, 14, 11, 11, 7, 11, 9, 42, 24, 9, 13, 9,
                24, 11, 25, 14, 23, 22, 15, 9, 18, 4, 7, 30, 23, 16, 24, 23, 9,
                35, 7, 32, 16, 10, 12, 5, 19, 9, 8, 8, 9, 6, 10},
        .others = 6,
        .lengths = {0, 0, 680, 352, 359, 209, 161, 120, 186, 104, 65, 35, 101,
                52, 21, 7, 12, 6, 3, 1, 2, 1, 0, 0, 0, 0, 0, 1, 1},
        .distances = {0, 8, 0, 0, 212, 27, 172, 238, 760, 227, 937, 646, 698,
                474, 631, 495, 615, 459, 1072, 496, 572, 311, 308, 210, 199, 90,
                105, 18, 16, 3},
};

static const struct frequencies objects_frequencies = {
        .literals = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 14, 0, 0, 0, 0, 0, 0, 0, 0,
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1108, 0, 0, 0, 0, 0, 0,
                0, 24, 66, 0, 1, 0, 10, 13, 192, 372, 714, 500, 461, 439, 439,
                401, 374, 360, 331, 1, 0, 36, 0, 52, 0, 0, 23, 16, 26, 36, 22,
                32, 9, 22, 16, 1, 60, 5, 12, 8, 11, 47, 1, 30, 36, 20, 3, 2, 3,
                3, 3, 3, 78, 0, 32, 0, 1, 0, 55, 10, 58, 26, 96, 6, 25, 6, 32,
                1, 3, 28, 12, 51, 62, 21, 0, 53, 44, 80, 25, 1, 6, 7, 15, 1, 0,
                0, 0, 0, 0},
        .others = 2,
        .lengths = {0, 0, 550, 379, 379, 169, 108, 138, 194, 108, 183, 84, 112,
                91, 61, 47, 50, 78, 34, 24, 9, 2, 2, 1, 0, 0, 0, 0, 0},
        .distances = {9, 0, 0, 2, 5, 62, 100, 67, 218, 103, 410, 462, 672, 597,
                652, 406, 649, 655, 985, 581, 715, 540, 550, 290, 488, 379, 268,
                108, 27, 0},
};

static const struct frequencies *const frequencies[] = {
        [GS_PDF_TEXT_CONTENT] = &content_frequencies,
        [GS_PDF_TEXT_OBJECTS] = &objects_frequencies,
};

/* --- codes ---------------------------------------------------------------------- */

static void fill_weights(uint32_t *weights, const struct frequencies *seen)
{
    for (size_t i = 0; i < GS_PDF_LITERALS; i++) {
        weights[i] = MAX(seen->literals[i], seen->others);
    }
    weights[GS_PDF_END_OF_BLOCK] = seen->others;
    for (size_t i = 0; i < GS_PDF_LENGTHS; i++) {
        weights[GS_PDF_END_OF_BLOCK + 1 + i] =
                MAX(seen->lengths[i], seen->others);
    }
}

static void make_symbols(struct symbol *symbols, size_t count,
        const uint8_t *lengths, const uint16_t *codes)
{
    for (size_t i = 0; i < count; i++) {
        symbols[i] = (struct symbol){codes[i], lengths[i]};
    }
}

/* Each with its extra bits (3.2.5).  The last symbol is that of the longest alone. */
static void make_lengths(struct match_length *made, const uint8_t *lengths,
        const uint16_t *codes)
{
    for (unsigned i = 0; i < GS_PDF_LENGTHS - 1; i++) {
        const unsigned extra = i < 8 ? 0 : i / 4 - 1;
        for (uint32_t k = 0; k < 1u << extra; k++) {
            *made++ = (struct match_length){
                    codes[i] | k << lengths[i], lengths[i] + extra};
        }
    }
    made[-1] = (struct match_length){
            codes[GS_PDF_LENGTHS - 1], lengths[GS_PDF_LENGTHS - 1]};
}

static struct text_code *make_code(const struct frequencies *seen)
{
    struct text_code *code = g_new(struct text_code, 1);
    uint32_t weights[GS_PDF_SYMBOLS];
    uint8_t lengths[GS_PDF_SYMBOLS], distance_lengths[GS_PDF_DISTANCES];
    uint16_t codes[GS_PDF_SYMBOLS];
    fill_weights(weights, seen);
    gs_pdf_huffman_make(weights, GS_PDF_SYMBOLS, LITERAL_MAX, lengths, codes);
    make_symbols(code->literals, G_N_ELEMENTS(code->literals), lengths, codes);
    make_lengths(code->lengths, lengths + GS_PDF_END_OF_BLOCK + 1,
            codes + GS_PDF_END_OF_BLOCK + 1);
    for (size_t i = 0; i < GS_PDF_DISTANCES; i++) {
        weights[i] = MAX(seen->distances[i], seen->others);
    }
    gs_pdf_huffman_make(
            weights, GS_PDF_DISTANCES, DISTANCE_MAX, distance_lengths, codes);
    make_symbols(code->distances, GS_PDF_DISTANCES, distance_lengths, codes);
    gs_pdf_huffman_make_header(&code->header, lengths, GS_PDF_SYMBOLS,
            distance_lengths, GS_PDF_DISTANCES);
    return code;
}

/* Made once a process, and kept. */
static const struct text_code *find_code(enum gs_pdf_text text)
{
    static struct text_code *codes[G_N_ELEMENTS(frequencies)];
    if (g_once_init_enter(&codes[text])) {
        g_once_init_leave(&codes[text], make_code(frequencies[text]));
    }
    return codes[text];
}

/* --- repeats -------------------------------------------------------------------- */

#define PLACE_BITS 12

struct text {
    const unsigned char *bytes;
    size_t size;
    uint16_t places[1u << PLACE_BITS]; /* by hash; where its bytes were last */
};

/* Bytes that are looked up and compared at once. */
#define WORD sizeof(uint64_t)
#define LOOKED_UP 5 /* of them, those that a repeat has at least */

static inline uint64_t read_word(const unsigned char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return GUINT64_FROM_LE(word);
}

/* The last place that may have begun with the bytes of `word`, which now is `at`. */
static inline size_t take_place(struct text *text, size_t at, uint64_t word)
{
    const uint64_t factor = UINT64_C(0x9E3779B97F4A7C15)
            << 8 * (WORD - LOOKED_UP); /* leaves out the other bytes */
    uint16_t *place = &text->places[word * factor >> (64 - PLACE_BITS)];
    const size_t before = *place;
    *place = (uint16_t)at;
    return before;
}

/* Some of the places inside a match are as good as all for finding it again. */
static inline void take_places(struct text *text, size_t begin, size_t end)
{
    take_place(text, begin + 1, read_word(text->bytes + begin + 1));
    take_place(text, end - 2, read_word(text->bytes + end - 2));
    take_place(text, end - 1, read_word(text->bytes + end - 1));
}

/* The bytes at a place, and those at one before. */
struct repeat {
    size_t before;
    uint64_t difference; /* of their first words */
};

static inline bool is_repeated(
        struct text *text, size_t at, struct repeat *repeat)
{
    const uint64_t word = read_word(text->bytes + at);
    repeat->before = take_place(text, at, word);
    repeat->difference = word ^ read_word(text->bytes + repeat->before);
    return (repeat->difference & ((UINT64_C(1) << 8 * LOOKED_UP) - 1)) == 0;
}

static inline size_t equal_bytes(uint64_t difference)
{
    return (size_t)__builtin_ctzll(difference) / 8;
}

/* How many bytes are equal, at most `most`; the first word is. */
static size_t find_long_length(
        const unsigned char *one, const unsigned char *other, size_t most)
{
    size_t length = WORD;
    for (; length + WORD <= most; length += WORD) {
        const uint64_t difference =
                read_word(one + length) ^ read_word(other + length);
        if (difference != 0) {
            return length + equal_bytes(difference);
        }
    }
    while (length < most && one[length] == other[length]) {
        length++;
    }
    return length;
}

static inline size_t find_length(
        const struct text *text, size_t at, const struct repeat *repeat)
{
    return repeat->difference != 0
            ? equal_bytes(repeat->difference)
            : find_long_length(text->bytes + at, text->bytes + repeat->before,
                      MIN(text->size - at, MATCH_MOST));
}

/* --- a text --------------------------------------------------------------------- */

static inline void add_literal(
        struct gs_pdf_bits *bits, const struct text_code *code, unsigned byte)
{
    const struct symbol symbol = code->literals[byte];
    gs_pdf_bits_add(bits, symbol.bits, symbol.count);
}

/* A distance's symbol is its highest bit and the next, but for the first two. */
static inline void add_match(struct gs_pdf_bits *bits,
        const struct text_code *code, size_t length, size_t distance)
{
    const struct match_length *coded = &code->lengths[length - MATCH_LEAST];
    const unsigned from_0 = (unsigned)distance - 1;
    const unsigned extra = (31u ^ (unsigned)__builtin_clz(from_0 | 2)) - 1;
    const unsigned high = from_0 >> extra;
    const struct symbol symbol = code->distances[2 * extra + high];
    const uint32_t low = from_0 - (high << extra);
    gs_pdf_bits_add(bits, coded->bits, coded->count);
    gs_pdf_bits_add(
            bits, symbol.bits | low << symbol.count, symbol.count + extra);
}

/*
 * Bits are written after each match, or two literals: a literal and a match always
 * fit with what a write has left.
 */
static struct gs_pdf_bits put_text(struct text *text,
        const struct text_code *code, struct gs_pdf_bits bits)
{
    static_assert(2 * LITERAL_MAX + LENGTH_EXTRA_MAX + DISTANCE_MAX +
                            DISTANCE_EXTRA_MAX <=
                    GS_PDF_BITS_MAX,
            "a literal and a match fit");
    const unsigned char *bytes = text->bytes;
    const size_t last = text->size - WORD; /* that a word can be read from */
    struct repeat repeat;
    size_t at = 0;
    add_literal(&bits, code, bytes[at++]); /* it is where all places are */
    gs_pdf_bits_write(&bits);
    while (at < last) {
        if (!is_repeated(text, at, &repeat)) {
            add_literal(&bits, code, bytes[at++]);
            if (!is_repeated(text, at, &repeat)) {
                add_literal(&bits, code, bytes[at++]);
                gs_pdf_bits_write(&bits);
                continue;
            }
        }
        const size_t length = find_length(text, at, &repeat);
        add_match(&bits, code, length, at - repeat.before);
        gs_pdf_bits_write(&bits);
        if (at + length <= last) {
            take_places(text, at, at + length);
        }
        at += length;
    }
    for (; at < text->size; at++) {
        add_literal(&bits, code, bytes[at]);
        gs_pdf_bits_write(&bits);
    }
    add_literal(&bits, code, GS_PDF_END_OF_BLOCK);
    gs_pdf_bits_write(&bits);
    gs_pdf_bits_end(&bits);
    return bits;
}

bool gs_pdf_deflate(struct gs_pdf_buffer *out, enum gs_pdf_text kind,
        const void *bytes, size_t size)
{
    static const unsigned char zlib_header[2] = {0x78, 0x01};
    const struct text_code *code = find_code(kind);
    const size_t before = out->size;
    struct text text = {.bytes = bytes, .size = size};
    assert(size <= GS_PDF_DEFLATE_MOST);
    if (size < WORD) {
        return false;
    }
    gs_pdf_put(out, zlib_header, sizeof zlib_header);
    char *begin = gs_pdf_buffer_reserve(out,
            sizeof code->header.bytes + (size + 1) * LITERAL_MAX / 8 + WORD);
    const struct gs_pdf_bits end = put_text(&text, code,
            gs_pdf_block_begin(&code->header, (unsigned char *)begin));
    out->size += (size_t)((char *)end.at - begin);

    const uint32_t adler = GUINT32_TO_BE(libdeflate_adler32(1, bytes, size));
    gs_pdf_put(out, &adler, sizeof adler);
    if (out->size - before >= size) {
        out->size = before;
        return false;
    }
    return true;
}
