/*
 * Marks: asks their outlines how much of their advance is white.
 */
#include "text/marks.h"

#include <glib.h>

#include "text/face.h"
#include "text/plain.h"
#include "text/scratch.h"
#include "text/shape.h"

struct gs_free *gs_atom_own_free(struct gs_shaped *shaped, struct gs_atom *atom)
{
    if (atom->free == shaped->frees) {
        shaped->frees[shaped->free_count] = (struct gs_free){0};
        atom->free = &shaped->frees[shaped->free_count++];
    }
    return &shaped->frees[atom->free - shaped->frees];
}

/* Looking at an outline takes long, so it is done once for a plain character. */
static bool find_bearings(const struct gs_face *face, uint32_t glyph,
        struct gs_plain_glyph *plain, int64_t *before, int64_t *after)
{
    if (plain == NULL) {
        return gs_face_bearings(face, glyph, before, after);
    }
    if (plain->ink == GS_INK_UNKNOWN) {
        plain->ink = gs_face_bearings(face, glyph, before, after) ? GS_INK_SOME
                                                                  : GS_INK_NONE;
        if (plain->ink == GS_INK_SOME) {
            plain->before = (int32_t)*before;
            plain->after = (int32_t)*after;
        }
    }
    *before = plain->before;
    *after = plain->after;
    return plain->ink == GS_INK_SOME;
}

/* What is known of a plain atom's character; NULL for another's. */
static struct gs_plain_glyph *plain_of(
        const struct gs_shaped *shaped, const struct gs_atom *atom)
{
    const char *text = shaped->text + atom->offset;
    return atom->plain
            ? gs_plain_find(atom->look->face->plain, g_utf8_get_char(text))
            : NULL;
}

/* The free half of a full-width mark (R10 to R12), where its ink leaves one. */
static int32_t find_spare(
        const struct gs_shaped *shaped, const struct gs_atom *atom)
{
    const struct gs_shaped_glyph *glyph = &shaped->glyphs[atom->glyph];
    const struct gs_face *face = atom->look->face;
    int64_t before = 0, after = 0;
    if (!atom->wide || glyph->advance * 10 < face->units * 9 ||
            !find_bearings(face, glyph->id, plain_of(shaped, atom), &before,
                    &after)) {
        return 0;
    }
    const int64_t half = glyph->advance / 2;
    const int64_t spare =
            MIN(atom->klass == GS_CLASS_OPEN ? before : after, half);
    return spare * 4 >= face->units
            ? (int32_t)gs_face_scale(face, spare, atom->look->size)
            : 0;
}

/* The same; a text has the same few marks again and again. */
static int32_t recall_spare(
        struct gs_shaped *shaped, const struct gs_atom *atom)
{
    const struct gs_look *look = atom->look;
    const uint32_t glyph = shaped->glyphs[atom->glyph].id;
    struct gs_spare *spare =
            &shaped->scratch->spares[glyph % GS_SCRATCH_SPARES];
    if (!atom->plain) {
        return find_spare(shaped, atom);
    }
    if (spare->face != look->face || spare->size != look->size ||
            spare->glyph != glyph || spare->klass != atom->klass ||
            spare->wide != atom->wide) {
        *spare = (struct gs_spare){
                .face = look->face,
                .size = look->size,
                .glyph = glyph,
                .klass = atom->klass,
                .wide = atom->wide,
                .free = find_spare(shaped, atom),
        };
    }
    return spare->free;
}

/* A full-width interpunct gives a quarter on either side, ink permitting. */
static int32_t find_side(
        const struct gs_shaped *shaped, const struct gs_atom *atom)
{
    const struct gs_face *face = atom->look->face;
    const gs_len size = atom->look->size, quarter = size / 4;
    int64_t before = 0, after = 0;
    return atom->width * 10 >= size * 9 &&
                    find_bearings(face, shaped->glyphs[atom->glyph].id,
                            plain_of(shaped, atom), &before, &after) &&
                    gs_face_scale(face, MIN(before, after), size) >= quarter
            ? (int32_t)quarter
            : 0;
}

/* What of its width a mark may give. */
static void find_free(struct gs_shaped *shaped, struct gs_atom *atom)
{
    if (atom->glyph_count != 1) {
        return;
    }
    const bool connects = atom->klass == GS_CLASS_CONNECT;
    const int32_t free =
            connects ? find_side(shaped, atom) : recall_spare(shaped, atom);
    if (free != 0) {
        struct gs_free *own = gs_atom_own_free(shaped, atom);
        *(connects                              ? &own->side
                : atom->klass == GS_CLASS_OPEN ? &own->spare_front
                                               : &own->spare_back) = free;
    }
}

/* R10: two full-width marks that meet share one free half. */
static void share_free(
        struct gs_shaped *shaped, struct gs_atom *a, struct gs_atom *b)
{
    const struct gs_free *of_a = a->free, *of_b = b->free;
    const bool b_is_mark = of_b->spare_back > 0 || of_b->spare_front > 0;
    if (of_a->spare_back > 0 && b_is_mark) {
        struct gs_free *own = gs_atom_own_free(shaped, a);
        own->cut_back = own->spare_back;
        own->spare_back = 0;
        a->width -= own->cut_back;
    } else if (a->klass == GS_CLASS_OPEN &&
            of_a->spare_front + of_a->cut_front > 0 && of_b->spare_front > 0) {
        struct gs_free *own = gs_atom_own_free(shaped, b);
        own->cut_front = own->spare_front;
        own->spare_front = 0;
        b->width -= own->cut_front;
    }
}

void gs_marks_settle(struct gs_shaped *shaped)
{
    const struct gs_atom *end = shaped->atoms + shaped->count;
    for (struct gs_atom *atom = shaped->atoms; atom < end; atom++) {
        if (!gs_class_has_free(atom->klass)) {
            continue;
        }
        find_free(shaped, atom);
        if (atom > shaped->atoms) {
            share_free(shaped, atom - 1, atom);
        }
    }
}
