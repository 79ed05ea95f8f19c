/*
 * Adjusting: what the atoms of a line give up or take on so that it fills its
 * room.
 *
 * At a line's edges full-width marks lose their free half (R11, R12).  Between
 * Han and Latin letters or digits stands a gap (R14).  A line that is too wide is
 * squeezed in this order, each class as far as it goes before the next, evenly
 * inside a class (R20): word spaces to ¼ em, interpuncts to ½ em, brackets to
 * ½ em, pauses to ½ em, gaps to ⅛ em, stops to ½ em; last of all gaps to nothing.
 * A line that is to be stretched is so in this order (R21): word spaces to ½ em,
 * gaps to ⅓ em, then all places where anything may stand between two characters,
 * evenly.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_ADJUST_H
#define GS_TEXT_ADJUST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/len.h"
#include "model/style.h"
#include "text/shape.h"

struct gs_span;

/* How the lines of a paragraph are set. */
struct gs_setting {
    enum gs_align align;
    gs_len gap; /* between Han and Latin (R14) */
    bool squeeze; /* not only gaps may be squeezed */
    bool hanging; /* 、，。 may stand outside of the measure (R13) */
};

/* What an atom loses before its ink, and gains after it, in a line. */
struct gs_change {
    gs_len front, back; /* back is negative where something is taken off */
};

/*
 * Finds the gaps and the places to stretch, once: gs_atom.gap, gs_atom.stretches.
 * Without gaps in the setting only stretching needs it.
 */
void gs_adjust_mark(const struct gs_shaped *shaped);

/* White space of letters gives down to this. */
static inline gs_len gs_adjust_space_give(const struct gs_atom *atom)
{
    const gs_len give = atom->width - atom->look->size / 4;
    return gs_atom_is_space(atom) && !atom->wide && give > 0 ? give : 0;
}

/* What an atom can be squeezed by inside a line, gaps aside. */
static inline gs_len gs_adjust_give(const struct gs_atom *atom)
{
    const struct gs_free *free = atom->free;
    return free->spare_front + free->spare_back + 2 * free->side +
            gs_adjust_space_give(atom);
}

/*
 * Works out the changes of a span's atoms, span->end - span->first of them, so
 * that they fill `room` as far as they may.  False, and nothing written, where there
 * is nothing to change.
 */
bool gs_adjust_line(const struct gs_shaped *shaped, const struct gs_span *span,
        const struct gs_setting *setting, gs_len room,
        struct gs_change *changes);

#endif
