/*
 * Shaping: the runs of a paragraph as atoms, the pieces that lines are made of.
 *
 * An atom is a grapheme with its glyphs, or a picture, a blank, a leader, a
 * forced break.  Its width is final but for what lines do to it: marks at a
 * line's end and start may lose their free half, gaps may be stretched.
 *
 * Private to the text room.  Shaping does not know where lines break.
 */
#ifndef GS_TEXT_SHAPE_H
#define GS_TEXT_SHAPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/len.h"
#include "text/breaks.h"
#include "text/text.h"

struct gs_arena;
struct gs_diag;
struct gs_face;
struct gs_fonts;
struct gs_piece;
struct gs_run;
struct gs_scratch;

enum gs_atom_kind {
    GS_ATOM_TEXT,
    GS_ATOM_BREAK, /* forced */
    GS_ATOM_IMAGE,
    GS_ATOM_BLANK,
    GS_ATOM_LEADER,
    GS_ATOM_EMPTY, /* a run without text, for its seal */
};

/* What the atoms of a run that stand in one face have in common. */
struct gs_look {
    const struct gs_face *face; /* NULL: none could be opened, or no text */
    gs_len size; /* of type */
    uint32_t run; /* index */
    bool embolden;
};

/* Of the advance of a mark, or another atom that is cut. */
struct gs_free {
    int32_t cut_front, cut_back; /* taken off where marks meet (R10) */
    int32_t spare_front, spare_back; /* what may be taken off at a line's edge */
    int32_t side; /* of an interpunct, free on either side of its ink */
};

struct gs_atom {
    const struct gs_look *look;
    const struct gs_free *free; /* all 0 for most; see gs_atom_own_free() */
    gs_len width; /* advance, cuts taken off */
    uint32_t offset, bytes; /* in gs_shaped.text */
    uint32_t glyph, glyph_count; /* in gs_shaped.glyphs */
    uint8_t kind; /* enum gs_atom_kind */
    uint8_t before; /* enum gs_break */
    uint8_t klass; /* enum gs_class */
    bool wide;
    bool plain; /* one glyph that stands on the pen */
    bool joined; /* both this and the atom before it, of the same run and face */
    bool gap; /* between Han and Latin, before this atom: gs_sums_make() */
    bool stretches; /* a line may be stretched before it: gs_sums_make() */
};

/* In font units. */
struct gs_shaped_glyph {
    uint32_t id;
    int32_t advance, dx, dy;
};

struct gs_shaped {
    const char *text; /* UTF-8; U+FFFC for objects, U+2028 for forced breaks */
    size_t size;
    const struct gs_run *runs;
    size_t run_count;
    const struct gs_piece *pieces; /* where the text of each run lies */
    struct gs_atom *atoms;
    size_t count; /* of atoms */
    struct gs_shaped_glyph *glyphs;
    size_t glyph_count;
    struct gs_look *looks;
    size_t look_count;
    struct gs_free *frees; /* the first is of all that have nothing free */
    size_t free_count;
    bool plain; /* all atoms are */
    bool forced; /* there is a break by force */
    bool complete; /* no character was missing */
    bool lasting; /* another time it would be the same, nothing more to tell */
    const struct gs_fonts *fonts;
    struct gs_scratch *scratch; /* where atoms and glyphs are */
};

/* How type sizes are changed for a shrunk line: size * num / den. */
struct gs_shrink {
    int64_t num, den;
};

/* The text lives in the arena; atoms and glyphs until gs_shaped_release(). */
void gs_shape(struct gs_shaped *shaped, struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_run *runs,
        size_t run_count, const struct gs_fields *fields,
        struct gs_shrink shrink, struct gs_diag *diag);
void gs_shaped_release(struct gs_shaped *shaped);

/* The atom's, to be changed: from then on it has one of its own. */
struct gs_free *gs_atom_own_free(
        struct gs_shaped *shaped, struct gs_atom *atom);

static inline const struct gs_atom *gs_shaped_atom(
        const struct gs_shaped *shaped, size_t index)
{
    return &shaped->atoms[index];
}

/* White space that vanishes at a break. */
static inline bool gs_atom_is_space(const struct gs_atom *atom)
{
    return atom->kind == GS_ATOM_TEXT && atom->klass == GS_CLASS_SPACE;
}

#endif
