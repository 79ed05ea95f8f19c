/*
 * Ink: reads UTF-8 without decoding it; a character is the number that its bytes
 * make.
 */
#include "text/ink.h"

#include <string.h>

/* Characters without ink, as the numbers that their bytes make, in order. */
static bool is_rare_blank(uint32_t bytes)
{
    static const struct {
        uint32_t first, last;
    } blanks[] = {
            {0x00, 0x20}, {0x7F, 0x7F}, {0xC280, 0xC2A0}, /* U+0080 to U+00A0 */
            {0xC2AD, 0xC2AD}, /* soft hyphen */
            {0xCD8F, 0xCD8F}, /* combining grapheme joiner */
            {0xE1A08B, 0xE1A08F}, /* Mongolian selectors */
            {0xE28080, 0xE2808F}, /* U+2000 to U+200F: spaces, joiners */
            {0xE280A8, 0xE280AF}, /* U+2028 to U+202F: ends, directions */
            {0xE2819F, 0xE281AF}, /* U+205F to U+206F */
            {0xE38080, 0xE38080}, /* ideographic space */
            {0xEFB880, 0xEFB88F}, /* variation selectors */
            {0xEFBBBF, 0xEFBBBF}, /* zero width no-break space */
            {0xF3A08080, 0xF3A087AF}, /* U+E0000 to U+E01EF */
    };
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        if (bytes <= blanks[i].last) {
            return bytes >= blanks[i].first;
        }
    }
    return false;
}

static inline bool is_blank(uint32_t bytes)
{
    const bool is_ascii = bytes > 0x20 && bytes < 0x7F;
    const bool is_chinese = bytes > 0xE38080 && bytes < 0xEFB880;
    const bool is_wide = bytes > 0xEFBBBF && bytes < 0xF0000000; /* ，（ */
    return !is_ascii && !is_chinese && !is_wide && is_rare_blank(bytes);
}

/* The character at *at, which moves past it; never past the end. */
static inline uint32_t next_character(const char *text, size_t size, size_t *at)
{
    const unsigned char lead = (unsigned char)text[*at];
    if (lead >= 0xE0 && lead < 0xF0 && size - *at >= 3) { /* Chinese, mostly */
        const uint32_t second = (unsigned char)text[*at + 1];
        const uint32_t third = (unsigned char)text[*at + 2];
        *at += 3;
        return (uint32_t)lead << 16 | second << 8 | third;
    }
    size_t more = lead < 0xC0 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    uint32_t bytes = lead;
    *at += 1;
    for (; more > 0 && *at < size; more--) {
        bytes = bytes << 8 | (unsigned char)text[*at];
        *at += 1;
    }
    return bytes;
}

/* The next character with ink, and *at moves past it; 0: there is none. */
static uint32_t next_with_ink(const char *text, size_t size, size_t *at)
{
    while (*at < size) {
        const uint32_t bytes = next_character(text, size, at);
        if (!is_blank(bytes)) {
            return bytes;
        }
    }
    return 0;
}

size_t gs_ink_next(const char *text, size_t size, size_t at)
{
    while (at < size) {
        const size_t here = at;
        if (!is_blank(next_character(text, size, &at))) {
            return here;
        }
    }
    return size;
}

bool gs_ink_follow(const char *text, size_t size, size_t *at, const char *piece,
        size_t piece_size)
{
    if (piece_size > 0 && piece_size <= size - *at &&
            memcmp(text + *at, piece, piece_size) == 0) {
        *at += piece_size;
        return true;
    }
    size_t end = *at;
    for (size_t i = 0;;) {
        const uint32_t wanted = next_with_ink(piece, piece_size, &i);
        if (wanted == 0) {
            *at = end;
            return true;
        }
        if (next_with_ink(text, size, &end) != wanted) {
            return false;
        }
    }
}

/* Spreads a character over 64 bits, so that sums do not meet by chance. */
static uint64_t spread(uint32_t bytes)
{
    uint64_t x = bytes * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ (x >> 32);
}

uint64_t gs_ink_sum(const char *text, size_t size)
{
    const unsigned char *raw = (const unsigned char *)text;
    uint64_t sum = 0;
    for (size_t at = 0; at < size;) {
        if (raw[at] >= 0xE4 && raw[at] <= 0xE9 && size - at >= 3) { /* Han */
            sum += spread((uint32_t)raw[at] << 16 |
                    (uint32_t)raw[at + 1] << 8 | raw[at + 2]);
            at += 3;
            continue;
        }
        const uint32_t bytes = next_character(text, size, &at);
        sum += is_blank(bytes) ? 0 : spread(bytes);
    }
    return sum;
}

static inline uint64_t read_word(const char *text)
{
    uint64_t word;
    memcpy(&word, text, sizeof word);
    return word;
}

/* Less than a word. */
static inline uint64_t read_rest(const char *text, size_t size)
{
    if (size >= sizeof(uint32_t)) { /* in two halves, which may overlap */
        uint32_t first, last;
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + size - sizeof last, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    uint64_t word = 0;
    for (size_t i = 0; i < size; i++) {
        word = word << 8 | (unsigned char)text[i];
    }
    return word;
}

uint64_t gs_ink_hash(const char *text, size_t size)
{
    uint64_t x = size;
    for (; size >= sizeof(uint64_t); size -= sizeof(uint64_t)) {
        x = (x ^ read_word(text)) * UINT64_C(0x9E3779B97F4A7C15);
        x ^= x >> 32;
        text += sizeof(uint64_t);
    }
    x = (x ^ read_rest(text, size)) * UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 32)) * UINT64_C(0xD6E8FEB86659FD93);
    return x ^ (x >> 32);
}

size_t gs_ink_count(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t at = 0; at < size;) {
        count += !is_blank(next_character(text, size, &at));
    }
    return count;
}
