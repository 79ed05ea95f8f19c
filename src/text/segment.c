/*
 * Segments: HarfBuzz's glyphs, or those it made of the same word before (words.h),
 * to the atoms they belong to.
 */
#include "text/segment.h"

#include <stdbool.h>

#include <glib.h>
#include <hb.h>

#include "text/fontset.h"
#include "text/plain.h"
#include "text/scratch.h"
#include "text/shape.h"
#include "text/words.h"

/* A face may not map a tab or the like: as wide as a space then. */
static struct gs_shaped_glyph glyph_from(const struct gs_face *face,
        const struct gs_atom *atom, const struct gs_word_glyph *from)
{
    struct gs_shaped_glyph glyph = {
            .id = from->id,
            .dx = from->dx,
            .dy = from->dy,
            .advance = from->advance,
    };
    if (glyph.id == 0 && atom->klass == GS_CLASS_SPACE) {
        glyph.id = gs_face_glyph(face, ' ');
        glyph.advance = hb_font_get_glyph_h_advance(face->font, glyph.id);
    }
    return glyph;
}

/* Gives each atom of the segment its glyphs; both are in order of the text. */
static void take_glyphs(struct gs_shaped *out, const struct gs_segment *segment,
        const struct gs_word_glyph *word_glyphs, size_t count)
{
    struct gs_atom *atom = &out->atoms[segment->first_atom];
    const struct gs_atom *last = &out->atoms[out->count - 1];
    const uint32_t start = atom->offset;
    out->glyphs = GS_SCRATCH(out->scratch, GS_SCRATCH_GLYPHS,
            struct gs_shaped_glyph,
            out->glyph_count + count + segment->more_glyphs);
    atom->glyph = (uint32_t)out->glyph_count;
    for (size_t i = 0; i < count; i++) {
        while (atom < last &&
                start + word_glyphs[i].cluster >= atom[1].offset) {
            atom++;
            atom->glyph = (uint32_t)out->glyph_count;
        }
        out->glyphs[out->glyph_count++] =
                glyph_from(segment->face, atom, &word_glyphs[i]);
        atom->glyph_count++;
    }
}

/* Graphemes that the face draws by one glyph become one atom. */
static void merge_bare_atoms(struct gs_shaped *out, size_t first)
{
    size_t kept = first;
    for (size_t i = kept + 1; i < out->count; i++) {
        if (out->atoms[i].glyph_count == 0) {
            struct gs_atom *atom = &out->atoms[kept];
            atom->bytes += out->atoms[i].bytes;
            if (gs_atom_is_space(atom)) {
                atom->klass = out->atoms[i].klass;
            }
        } else {
            kept++;
            out->atoms[kept] = out->atoms[i];
        }
    }
    out->count = kept + 1;
}

static void measure_atom(const struct gs_shaped *out,
        const struct gs_segment *segment, struct gs_atom *atom)
{
    gs_len width = segment->spacing;
    const struct gs_shaped_glyph *glyphs = &out->glyphs[atom->glyph];
    for (size_t i = 0; i < atom->glyph_count; i++) {
        width += gs_face_scale(
                segment->face, glyphs[i].advance, atom->look->size);
    }
    atom->width = MAX(width, 0);
}

static void copy_glyphs(hb_buffer_t *buffer, uint32_t start, GArray *out)
{
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions =
            hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        const struct gs_word_glyph glyph = {
                .id = infos[i].codepoint,
                .cluster = infos[i].cluster - start,
                .dx = positions[i].x_offset,
                .dy = positions[i].y_offset,
                .advance = positions[i].x_advance,
        };
        g_array_append_val(out, glyph);
    }
}

/* Only where the text around it cannot matter: not in Arabic and its like. */
static bool stands_alone(const hb_buffer_t *buffer)
{
    const hb_script_t script = hb_buffer_get_script(buffer);
    return script == HB_SCRIPT_HAN || script == HB_SCRIPT_LATIN ||
            script == HB_SCRIPT_INVALID;
}

static void shape_text(struct gs_shaped *out, const struct gs_segment *segment,
        uint32_t start, uint32_t size)
{
    const struct gs_face *face = segment->face;
    unsigned feature_count = 0;
    const hb_feature_t *features = gs_shaping_features(&feature_count);
    hb_buffer_t *buffer = gs_fonts_buffer(out->fonts);
    hb_buffer_add_utf8(buffer, out->text, (int)out->size, start, (int)size);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, gs_shaping_language());
    const bool kept = size <= GS_WORD_SIZE_MAX && stands_alone(buffer);
    hb_shape(face->font, buffer, features, feature_count);

    GArray *glyphs = g_array_new(FALSE, FALSE, sizeof(struct gs_word_glyph));
    copy_glyphs(buffer, start, glyphs);
    const struct gs_word_glyph *first =
            &g_array_index(glyphs, struct gs_word_glyph, 0);
    if (kept) {
        gs_words_add(gs_fonts_words(out->fonts), face, out->text + start, size,
                first, glyphs->len);
    }
    take_glyphs(out, segment, first, glyphs->len);
    g_array_free(glyphs, TRUE);
}

void gs_segment_shape(struct gs_shaped *out, const struct gs_segment *segment)
{
    const uint32_t start = out->atoms[segment->first_atom].offset;
    const struct gs_atom *last = &out->atoms[out->count - 1];
    const uint32_t size = last->offset + last->bytes - start;
    size_t count = 0;
    const struct gs_word_glyph *word =
            gs_words_find(gs_fonts_words(out->fonts), segment->face,
                    out->text + start, size, &count);
    if (word != NULL) {
        take_glyphs(out, segment, word, count);
    } else {
        shape_text(out, segment, start, size);
    }
    merge_bare_atoms(out, segment->first_atom);
    for (size_t i = segment->first_atom; i < out->count; i++) {
        measure_atom(out, segment, &out->atoms[i]);
    }
}
