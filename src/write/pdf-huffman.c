/*
 * Huffman codes, and how a block tells them.
 */
#include "write/pdf-huffman.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

/* --- lengths ------------------------------------------------------------------ */

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
        const uint32_t *weights, size_t count, uint8_t *lengths)
{
    uint64_t order[GS_PDF_SYMBOLS]; /* weight, then symbol: it is one order */
    struct node nodes[2 * GS_PDF_SYMBOLS - 1];
    size_t leaf = 0, inner = count, made = count;

    assert(count >= 2 && count <= GS_PDF_SYMBOLS);
    for (size_t i = 0; i < count; i++) {
        order[i] = (uint64_t)weights[i] << 16 | i;
    }
    qsort(order, count, sizeof *order, compare_symbols);
    for (size_t i = 0; i < count; i++) {
        nodes[i].weight = order[i] >> 16;
    }
    while (made < 2 * count - 1) {
        nodes[made].weight = 0;
        for (int child = 0; child < 2; child++) {
            const bool takes_leaf = leaf < count &&
                    (inner == made ||
                            nodes[leaf].weight <= nodes[inner].weight);
            struct node *taken = &nodes[takes_leaf ? leaf++ : inner++];
            taken->parent = (uint16_t)made;
            nodes[made].weight += taken->weight;
        }
        made++;
    }

    uint8_t depths[2 * GS_PDF_SYMBOLS - 1];
    unsigned longest = 0;
    depths[made - 1] = 0;
    for (size_t i = made - 1; i-- > 0;) {
        const unsigned depth = depths[nodes[i].parent] + 1u;
        depths[i] = (uint8_t)MIN(depth, UINT8_MAX);
        if (i < count) {
            lengths[order[i] & 0xFFFF] = depths[i];
            longest = MAX(longest, depth);
        }
    }
    return longest;
}

/* --- codes -------------------------------------------------------------------- */

static uint16_t reverse(unsigned code, unsigned length)
{
    unsigned reversed = 0;
    for (unsigned i = 0; i < length; i++) {
        reversed = reversed << 1 | (code >> i & 1);
    }
    return (uint16_t)reversed;
}

/* Canonical codes of the lengths (RFC 1951, 3.2.2). */
static void assign_codes(const uint8_t *lengths, size_t count, uint16_t *codes)
{
    unsigned counts[GS_PDF_CODE_MAX + 1] = {0}, next[GS_PDF_CODE_MAX + 1];
    unsigned value = 0;
    for (size_t i = 0; i < count; i++) {
        counts[lengths[i]]++;
    }
    for (unsigned length = 1; length <= GS_PDF_CODE_MAX; length++) {
        value = (value + counts[length - 1]) << 1;
        next[length] = value;
    }
    for (size_t i = 0; i < count; i++) {
        codes[i] = reverse(next[lengths[i]]++, lengths[i]);
    }
}

void gs_pdf_huffman_make(uint32_t *weights, size_t count, unsigned longest,
        uint8_t *lengths, uint16_t *codes)
{
    while (find_lengths(weights, count, lengths) > longest) {
        for (size_t i = 0; i < count; i++) {
            weights[i] = weights[i] / 2 + 1; /* flatter, until it fits */
        }
    }
    assign_codes(lengths, count, codes);
}

/* --- headers ------------------------------------------------------------------ */

/* The alphabet of code lengths: 0 to 15, then repeats (3.2.7). */
#define LENGTH_SYMBOLS 19
#define LENGTH_CODE_MAX 7 /* bits */
#define REPEAT 16 /* of the length before */
#define REPEAT_LEAST 3
#define REPEAT_MOST 6
#define REPEAT_BITS 2

/* A length, or a repeat of the one before and how often. */
struct item {
    uint8_t symbol, times;
};

/*
 * The lengths, equal ones side by side as repeats.  Those of zeros are never
 * needed: every symbol has a code.
 */
static size_t find_items(
        const uint8_t *lengths, size_t count, struct item *items)
{
    size_t made = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i + 1;
        while (end < count && lengths[end] == lengths[i]) {
            end++;
        }
        items[made++] = (struct item){lengths[i++], 0};
        while (end - i >= REPEAT_LEAST) {
            const size_t times = MIN(end - i, REPEAT_MOST);
            items[made++] = (struct item){REPEAT, (uint8_t)times};
            i += times;
        }
        while (i < end) {
            items[made++] = (struct item){lengths[i++], 0};
        }
    }
    return made;
}

static void put_items(struct gs_pdf_bits *bits, const struct item *items,
        size_t count, const uint8_t *lengths, const uint16_t *codes)
{
    for (size_t i = 0; i < count; i++) {
        const uint8_t symbol = items[i].symbol;
        gs_pdf_bits_add(bits, codes[symbol], lengths[symbol]);
        if (symbol == REPEAT) {
            gs_pdf_bits_add(
                    bits, items[i].times - (unsigned)REPEAT_LEAST, REPEAT_BITS);
        }
        gs_pdf_bits_write(bits);
    }
}

void gs_pdf_huffman_make_header(struct gs_pdf_block_header *header,
        const uint8_t *literals, size_t literal_count, const uint8_t *distances,
        size_t distance_count)
{
    static const uint8_t order[LENGTH_SYMBOLS] = {
            16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
    struct item items[GS_PDF_SYMBOLS + GS_PDF_DISTANCES];
    uint32_t weights[LENGTH_SYMBOLS];
    uint8_t lengths[LENGTH_SYMBOLS];
    uint16_t codes[LENGTH_SYMBOLS];
    size_t count = find_items(literals, literal_count, items);
    count += find_items(distances, distance_count, items + count);
    for (size_t i = 0; i < LENGTH_SYMBOLS; i++) {
        weights[i] = 1;
    }
    for (size_t i = 0; i < count; i++) {
        weights[items[i].symbol]++;
    }
    gs_pdf_huffman_make(
            weights, LENGTH_SYMBOLS, LENGTH_CODE_MAX, lengths, codes);

    struct gs_pdf_bits bits = {.at = header->bytes};
    gs_pdf_bits_add(&bits, 1, 1); /* final */
    gs_pdf_bits_add(&bits, 2, 2); /* dynamic codes */
    gs_pdf_bits_add(&bits, literal_count - (GS_PDF_LITERALS + 1), 5);
    gs_pdf_bits_add(&bits, distance_count - 1, 5);
    gs_pdf_bits_add(&bits, LENGTH_SYMBOLS - 4, 4);
    gs_pdf_bits_write(&bits);
    for (size_t i = 0; i < LENGTH_SYMBOLS; i++) {
        gs_pdf_bits_add(&bits, lengths[order[i]], 3);
        gs_pdf_bits_write(&bits);
    }
    put_items(&bits, items, count, lengths, codes);
    header->bits = (size_t)(bits.at - header->bytes) * 8 + bits.filled;
    gs_pdf_bits_end(&bits);
}

struct gs_pdf_bits gs_pdf_block_begin(
        const struct gs_pdf_block_header *header, unsigned char *at)
{
    const size_t whole = header->bits / 8;
    memcpy(at, header->bytes, whole);
    return (struct gs_pdf_bits){
            .at = at + whole,
            .pending = header->bits % 8 > 0 ? header->bytes[whole] : 0,
            .filled = header->bits % 8,
    };
}
