/*
 * UAX #14: line-break opportunities and graphemes of a paragraph.
 *
 * The answer is always that of Pango's default breaker.  What a Chinese form is
 * mostly made of (Han, Chinese marks, digits, Latin letters) is looked up in a
 * table of pairs that gives the same answer; Pango is asked about the rest, from
 * one ideograph to the next, as no rule of UAX #14 looks past one.
 *
 * Private to the text room; breaks.h is what it uses.
 */
#ifndef GS_TEXT_UAX14_H
#define GS_TEXT_UAX14_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct gs_char;
struct gs_seams;

/* Of the place before a character. */
enum gs_opportunity {
    GS_OPPORTUNITY_GRAPHEME = 1 << 0, /* one begins here */
    GS_OPPORTUNITY_BREAK = 1 << 1, /* a line may end here, or must */
    GS_OPPORTUNITY_FORCED = 1 << 2,
};

/* What the table of pairs knows a code point by. */
uint8_t gs_uax14_group(uint32_t code);

/* Whether it is of the group of ideographs: a line may break between two. */
bool gs_uax14_is_han(uint32_t code);

/*
 * Fills in the places of the seams among chars[1 … count - 1]; what is not at a seam
 * keeps the place between two ideographs, which it has.  Code, offset and group of
 * all are looked at; they are the whole of `text`.
 */
void gs_uax14_find(const char *text, size_t size, struct gs_char *chars,
        size_t count, const struct gs_seams *seams);

#endif
