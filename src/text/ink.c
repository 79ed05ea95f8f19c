/*
 * Ink: reads UTF-8 without decoding it; a character is the number that its bytes
 * make.
 */
#include "text/ink.h"

#include <stdbool.h>

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

size_t gs_ink_count(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t at = 0; at < size;) {
        count += !is_blank(next_character(text, size, &at));
    }
    return count;
}
