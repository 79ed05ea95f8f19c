/*
 * Plain code points: those that a face sets by its character map and its widths.
 *
 * A code point is plain in a face when nothing that HarfBuzz does for horizontal
 * Chinese or Latin text can touch its glyph, whatever plain ones stand around it:
 * the map has a glyph, no lookup that is on by default (kerning, mark placement
 * and contexts among them) has that glyph in any position, and the character is
 * no mark, no selector, nothing invisible, of no script but Han, Latin and common.
 * A string of plain code points then shapes to these glyphs with these advances.
 *
 * That is found out for each code point when it is first asked for; tables of
 * the font are read as far as that needs.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_PLAIN_H
#define GS_TEXT_PLAIN_H

#include <stdbool.h>
#include <stdint.h>

#include <hb.h>

struct gs_plain;

/* For the shaper to note what it finds out of a glyph's ink. */
enum gs_ink { GS_INK_UNKNOWN, GS_INK_NONE, GS_INK_SOME };

/* All in font units. */
struct gs_plain_glyph {
    uint32_t glyph;
    int32_t advance;
    int32_t before, after; /* white space beside the ink */
    uint8_t state; /* private */
    uint8_t ink; /* enum gs_ink: whether `before` and `after` are known */
};

/* The features that all text is shaped with; no other call shapes text. */
const hb_feature_t *gs_shaping_features(unsigned *count);
hb_language_t gs_shaping_language(void);

/* The font is borrowed. */
struct gs_plain *gs_plain_new(hb_font_t *font);
void gs_plain_free(struct gs_plain *plain); /* NULL is fine */

/* NULL for a code point that is not plain.  Valid as long as the table. */
struct gs_plain_glyph *gs_plain_find(struct gs_plain *plain, uint32_t code);

#endif
