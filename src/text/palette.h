/*
 * Palettes: what is known of the characters of a style, which is the same for
 * all texts in its roles and weight: class, group of UAX #14 and, where the
 * character is plain in its face (plain.h), face, glyph and advance.
 *
 * One look-up then tells of a character all that setting it needs.  Entries are
 * filled in when they are first asked for.  Private to the text room.
 */
#ifndef GS_TEXT_PALETTE_H
#define GS_TEXT_PALETTE_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

#include "text/itemize.h"

struct gs_diag;
struct gs_fonts;
struct gs_text_style;

/* As small as may be: a form looks up some hundred of them, again and again. */
struct gs_ready {
    struct gs_char character; /* gs_char_of() it */
    const struct gs_chain_face *chosen; /* NULL: not plain, gs_choose_face() */
    uint32_t glyph;
    uint16_t advance; /* in font units */
    uint8_t kinds; /* gs_kinds_of(), and GS_KIND_PASSING unless it is known */
    bool known; /* else it has to be learnt */
};

#define GS_PALETTE_BLOCK_BITS 6
#define GS_PALETTE_BLOCK_SIZE (1u << GS_PALETTE_BLOCK_BITS)
#define GS_PALETTE_BMP_BLOCKS (0x10000u >> GS_PALETTE_BLOCK_BITS)

struct gs_palette {
    struct gs_palette *next; /* of the font set */
    char *font, *latin; /* roles; `latin` may be NULL */
    bool bold;
    struct gs_run_faces faces;
    struct gs_ready *bmp[GS_PALETTE_BMP_BLOCKS]; /* blocks, or NULL */
    GHashTable *rest; /* blocks of the other planes by number; NULL: none */
};

/* The style's, of the font set; it lives as long as that. */
struct gs_palette *gs_palette_of(
        const struct gs_fonts *fonts, const struct gs_text_style *style);
void gs_palette_free(struct gs_palette *palette);

/* The same; fills in the entry of a code point that is not known. */
const struct gs_ready *gs_palette_learn(
        struct gs_palette *palette, uint32_t code, struct gs_diag *diag);

/* `code` is below 0x110000.  Bad font files are reported as they are come upon. */
static inline const struct gs_ready *gs_palette_find(
        struct gs_palette *palette, uint32_t code, struct gs_diag *diag)
{
    if (code < 0x10000) {
        const struct gs_ready *block =
                palette->bmp[code >> GS_PALETTE_BLOCK_BITS];
        const uint32_t index = code & (GS_PALETTE_BLOCK_SIZE - 1);
        if (block != NULL && block[index].known) {
            return &block[index];
        }
    }
    return gs_palette_learn(palette, code, diag);
}

#endif
