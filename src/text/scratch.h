/*
 * Scratch: the arrays that a paragraph is made in, kept by the font set for the
 * next one, so that setting text asks for no memory but that of its results.
 *
 * Private to the text room.
 */
#ifndef GS_TEXT_SCRATCH_H
#define GS_TEXT_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "base/len.h"

struct gs_face;

enum gs_scratch_use {
    GS_SCRATCH_PIECES,
    GS_SCRATCH_CHARS,
    GS_SCRATCH_READY,
    GS_SCRATCH_SEAMS,
    GS_SCRATCH_ATOMS,
    GS_SCRATCH_GLYPHS,
    GS_SCRATCH_LOOKS,
    GS_SCRATCH_FREES,
    GS_SCRATCH_SUMS,
    GS_SCRATCH_NODES,
    GS_SCRATCH_CHANGES,
    GS_SCRATCH_RUNS,
    GS_SCRATCH_MARKS,
    GS_SCRATCH_COUNT
};

/* What a mark's free half has been found to be: text/marks.c. */
struct gs_spare {
    const struct gs_face *face; /* NULL: of none yet */
    gs_len size; /* of type */
    uint32_t glyph;
    uint8_t klass; /* enum gs_class */
    bool wide;
    int32_t free;
};

#define GS_SCRATCH_SPARES 32u

struct gs_scratch {
    struct gs_scratch *next; /* in the font set's list of free ones */
    struct {
        void *memory;
        size_t size;
    } arrays[GS_SCRATCH_COUNT];
    struct gs_spare spares[GS_SCRATCH_SPARES]; /* by glyph, the last of each */
    GArray *spans; /* struct gs_span */
    GString *text;
    bool marked; /* gs_adjust_mark() has been done */
    bool summed; /* GS_SCRATCH_SUMS holds, for this setting */
    bool squeeze;
    gs_len gap;
    size_t forced_from, forced; /* the break by force next to that atom */
};

struct gs_scratch *gs_scratch_new(void);
void gs_scratch_free(struct gs_scratch *scratch);

/* Gives back what a very long paragraph needed. */
void gs_scratch_shrink(struct gs_scratch *scratch);

void *gs_scratch_grow(
        struct gs_scratch *scratch, enum gs_scratch_use use, size_t size);

/* At least `size` bytes; what is in them stays when they grow. */
static inline void *gs_scratch_array(
        struct gs_scratch *scratch, enum gs_scratch_use use, size_t size)
{
    return size <= scratch->arrays[use].size
            ? scratch->arrays[use].memory
            : gs_scratch_grow(scratch, use, size);
}

#define GS_SCRATCH(scratch, use, type, count) \
    ((type *)gs_scratch_array((scratch), (use), (count) * sizeof(type)))

#endif
