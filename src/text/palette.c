/*
 * Palettes: tables in blocks, learnt from the room's judges of single characters.
 */
#include "text/palette.h"

#include <string.h>

#include <glib.h>

#include "model/style.h"
#include "text/breaks.h"
#include "text/fontset.h"
#include "text/plain.h"

static bool is_of(
        const struct gs_palette *palette, const struct gs_text_style *style)
{
    return palette->bold == style->bold &&
            strcmp(palette->font, style->font) == 0 &&
            g_strcmp0(palette->latin, style->latin) == 0;
}

struct gs_palette *gs_palette_of(
        const struct gs_fonts *fonts, const struct gs_text_style *style)
{
    struct gs_palette **all = gs_fonts_palettes(fonts);
    for (struct gs_palette *palette = *all; palette != NULL;
            palette = palette->next) {
        if (is_of(palette, style)) {
            return palette;
        }
    }
    struct gs_palette *palette = g_new0(struct gs_palette, 1);
    palette->font = g_strdup(style->font);
    palette->latin = g_strdup(style->latin);
    palette->bold = style->bold;
    palette->faces = gs_style_faces(fonts, style);
    palette->next = *all;
    *all = palette;
    return palette;
}

void gs_palette_free(struct gs_palette *palette)
{
    for (size_t i = 0; i < GS_PALETTE_BMP_BLOCKS; i++) {
        g_free(palette->bmp[i]);
    }
    if (palette->rest != NULL) {
        g_hash_table_destroy(palette->rest);
    }
    g_free(palette->font);
    g_free(palette->latin);
    g_free(palette);
}

static struct gs_ready *rare_block(struct gs_palette *palette, uint32_t number)
{
    if (palette->rest == NULL) {
        palette->rest = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    }
    struct gs_ready *block =
            g_hash_table_lookup(palette->rest, GUINT_TO_POINTER(number));
    if (block == NULL) {
        block = g_new0(struct gs_ready, GS_PALETTE_BLOCK_SIZE);
        g_hash_table_insert(palette->rest, GUINT_TO_POINTER(number), block);
    }
    return block;
}

static struct gs_ready *entry_of(struct gs_palette *palette, uint32_t code)
{
    const uint32_t number = code >> GS_PALETTE_BLOCK_BITS;
    const uint32_t index = code & (GS_PALETTE_BLOCK_SIZE - 1);
    if (number >= GS_PALETTE_BMP_BLOCKS) {
        return &rare_block(palette, number)[index];
    }
    if (palette->bmp[number] == NULL) {
        palette->bmp[number] = g_new0(struct gs_ready, GS_PALETTE_BLOCK_SIZE);
    }
    return &palette->bmp[number][index];
}

static bool has_bad_face(const struct gs_chain *chain)
{
    for (size_t i = 0; chain != NULL && i < chain->count; i++) {
        if (chain->faces[i].face->state == GS_FACE_BAD) {
            return true;
        }
    }
    return false;
}

const struct gs_ready *gs_palette_learn(
        struct gs_palette *palette, uint32_t code, struct gs_diag *diag)
{
    struct gs_ready *ready = entry_of(palette, code);
    if (ready->known) {
        return ready;
    }
    const struct gs_chain_face *chosen = NULL;
    const struct gs_plain_glyph *plain =
            gs_choose_plain(&palette->faces, code, diag, &chosen);
    /* Each document is to be told of a bad file: ask again then. */
    const bool known = !has_bad_face(palette->faces.chain) &&
            !has_bad_face(palette->faces.latin);
    const uint8_t kinds = gs_kinds_of(code, gs_class_of(code));
    *ready = (struct gs_ready){
            .character = gs_char_of(code),
            .kinds = (uint8_t)(kinds | (known ? 0 : GS_KIND_PASSING)),
            .known = known,
    };
    if (plain != NULL && plain->advance >= 0 && plain->advance <= UINT16_MAX) {
        ready->chosen = chosen;
        ready->glyph = plain->glyph;
        ready->advance = (uint16_t)plain->advance;
    }
    return ready;
}
