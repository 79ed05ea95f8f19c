/*
 * Placing: glyph runs, leaders, underlines, extents.
 */
#include "text/place.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "model/doc.h"
#include "model/image.h"
#include "text/face.h"
#include "text/scratch.h"
#include "text/shape.h"

/* Dots of a leader stand this part of an em apart, counted from the right. */
#define LEADER_DOTS_PER_EM 2

struct placer {
    struct gs_arena *arena;
    const struct gs_shaped *shaped;
    const struct gs_span *span;
    const struct gs_placing *placing;
    gs_len at; /* the pen, from the line's left edge */
    gs_len leader; /* width of each leader */
    struct gs_change *changes; /* of the line's atoms; NULL: nothing changes */
    struct gs_glyph_run *runs; /* scratch */
    size_t run_count;
    struct gs_mark *marks; /* scratch */
    size_t mark_count;
    /* In the arena, as many as the line's atoms need: where the next one goes. */
    struct gs_glyph *glyphs;
    struct gs_cluster *clusters;
    char *text;
};

/* What a line has of each. */
struct counts {
    size_t glyphs, clusters, bytes, leaders, images;
};

static const struct gs_atom *atom_at(const struct placer *placer, size_t index)
{
    return gs_shaped_atom(placer->shaped, index);
}

static const struct gs_run *run_of(
        const struct placer *placer, const struct gs_atom *atom)
{
    return &placer->shaped->runs[atom->look->run];
}

/* --- glyph runs ------------------------------------------------------------- */

/* Whether the atom goes on with a glyph run. */
static bool continues_run(const struct placer *placer,
        const struct gs_glyph_run *run, const struct gs_atom *atom,
        const struct gs_run *source)
{
    const struct gs_look *look = atom->look;
    return run->source == source && run->face == look->face &&
            run->size == look->size && run->embolden == look->embolden &&
            run->x + run->width == placer->at &&
            run->text + run->text_size == placer->shaped->text + atom->offset;
}

/* The last one, or a new one. */
static struct gs_glyph_run *run_for(struct placer *placer,
        const struct gs_atom *atom, const struct gs_run *source)
{
    struct gs_glyph_run *run = &placer->runs[placer->run_count];
    if (placer->run_count > 0 &&
            continues_run(placer, run - 1, atom, source)) {
        return run - 1;
    }
    *run = (struct gs_glyph_run){
            .face = atom->look->face,
            .size = atom->look->size,
            .embolden = atom->look->embolden,
            .color = run_of(placer, atom)->style->color,
            .x = placer->at,
            .text = placer->shaped->text + atom->offset,
            .glyphs = placer->glyphs,
            .clusters = placer->clusters,
            .source = source,
    };
    placer->run_count++;
    return run;
}

/* Glyphs from the pen on; `cut` is taken off before the first. */
static void add_glyphs(struct placer *placer, const struct gs_atom *atom,
        gs_len cut, gs_len width, gs_len origin)
{
    const struct gs_shaped_glyph *shaped = &placer->shaped->glyphs[atom->glyph];
    const struct gs_look *look = atom->look;
    struct gs_glyph *glyph = placer->glyphs;
    gs_len pen = placer->at - origin - cut;
    const gs_len end = placer->at - origin + width;
    for (size_t i = 0; i < atom->glyph_count; i++, shaped++, glyph++) {
        const bool first = i == 0, last = i + 1 == atom->glyph_count;
        glyph->id = shaped->id;
        glyph->x = pen;
        glyph->y = 0;
        if (shaped->dx != 0 || shaped->dy != 0) {
            glyph->x += gs_face_scale(look->face, shaped->dx, look->size);
            glyph->y = -gs_face_scale(look->face, shaped->dy, look->size);
        }
        if (first && last) { /* spacing, cuts, justification in one */
            glyph->advance = end - pen - cut;
            continue;
        }
        glyph->advance =
                gs_face_scale(look->face, shaped->advance, look->size);
        pen += glyph->advance;
        if (first) {
            glyph->advance -= cut;
        }
        if (last) {
            glyph->advance += end - pen;
        }
    }
    placer->glyphs = glyph;
}

/* `width` is the atom's in this line, with the gap after it. */
static void add_text(struct placer *placer, const struct gs_atom *atom,
        gs_len cut, gs_len width)
{
    const struct gs_run *source =
            placer->placing->own ? NULL : run_of(placer, atom);
    if (atom->look->face == NULL) {
        return; /* no font at all, which has been reported */
    }
    struct gs_glyph_run *run = run_for(placer, atom, source);
    *placer->clusters++ = (struct gs_cluster){atom->bytes, atom->glyph_count};
    add_glyphs(placer, atom, cut, width, run->x);
    run->glyph_count += atom->glyph_count;
    run->cluster_count++;
    run->text_size += atom->bytes;
    run->width += width;
}

/* One glyph shown `count` times.  The program's own text: no source. */
static struct gs_glyph_run *add_same(struct placer *placer,
        const struct gs_atom *atom, char character, size_t count, gs_len pitch)
{
    const uint32_t id = gs_face_glyph(atom->look->face, (unsigned char)character);
    char *text = gs_arena_alloc(placer->arena, count + 1);
    memset(text, character, count);
    struct gs_glyph *glyphs =
            GS_MAKE_ARRAY(placer->arena, struct gs_glyph, count);
    struct gs_cluster *clusters =
            GS_MAKE_ARRAY(placer->arena, struct gs_cluster, count);
    for (size_t i = 0; i < count; i++) {
        glyphs[i] = (struct gs_glyph){
                .id = id, .x = (gs_len)i * pitch, .advance = pitch};
        clusters[i] = (struct gs_cluster){1, 1};
    }
    struct gs_glyph_run *run = &placer->runs[placer->run_count++];
    *run = (struct gs_glyph_run){
            .face = atom->look->face,
            .size = atom->look->size,
            .color = run_of(placer, atom)->style->color,
            .x = placer->at,
            .width = (gs_len)count * pitch,
            .glyphs = glyphs,
            .glyph_count = count,
            .text = text,
            .text_size = count,
            .clusters = clusters,
            .cluster_count = count,
    };
    return run;
}

/* What is read where a leader stands: a space. */
static void add_space(
        struct placer *placer, const struct gs_atom *atom, gs_len width)
{
    if (atom->look->face != NULL && gs_face_glyph(atom->look->face, ' ') != 0) {
        add_same(placer, atom, ' ', 1, MAX(width, 0));
    }
}

/*
 * Dots on a grid from the right edge, so that those of several lines stand one
 * under the other.
 */
static void add_leader(
        struct placer *placer, const struct gs_atom *atom, gs_len width)
{
    const struct gs_face *face = atom->look->face;
    const gs_len pitch = MAX(atom->look->size / LEADER_DOTS_PER_EM, 1);
    const gs_len room = placer->placing->room;
    const gs_len gap = atom->look->size / 4; /* from the text on either side */
    const gs_len left = placer->at + gap, right = placer->at + width - gap;
    const gs_len first = (room - left) / pitch; /* steps from the edge */
    const gs_len last = (room - right + pitch - 1) / pitch;
    if (face == NULL || right <= left || first <= last) {
        return;
    }
    struct gs_glyph_run *dots =
            add_same(placer, atom, '.', (size_t)(first - last), pitch);
    dots->leader = true;
    dots->x = room - first * pitch;
}

/* --- marks ------------------------------------------------------------------- */

/* Extends the latest mark of its kind where that is the same and adjoins. */
static void add_mark(struct placer *placer, const struct gs_mark *mark)
{
    for (size_t i = placer->mark_count; i-- > 0;) {
        struct gs_mark *old = &placer->marks[i];
        if (old->kind != mark->kind) {
            continue;
        }
        const bool same =
                (mark->kind == GS_MARK_UNDERLINE && old->y == mark->y &&
                        memcmp(&old->color, &mark->color, sizeof mark->color) ==
                                0) ||
                (mark->kind == GS_MARK_SEAL &&
                        old->run->seal == mark->run->seal) ||
                (mark->kind == GS_MARK_LINK &&
                        old->run->link == mark->run->link);
        if (same && old->x + old->width == mark->x) {
            old->width += mark->width;
            return;
        }
        break;
    }
    placer->marks[placer->mark_count++] = *mark;
}

static bool has_marks(const struct gs_run *run)
{
    return run->style->underline || run->seal != NULL || run->link != NULL;
}

static void add_marks(
        struct placer *placer, const struct gs_atom *atom, gs_len width)
{
    const struct gs_run *run = run_of(placer, atom);
    if (!has_marks(run) && atom->kind != GS_ATOM_IMAGE) {
        return;
    }
    struct gs_mark mark = {.x = placer->at, .width = width, .run = run};
    if (run->style->underline && atom->kind != GS_ATOM_EMPTY &&
            atom->kind != GS_ATOM_IMAGE && width > 0) {
        mark.kind = GS_MARK_UNDERLINE;
        mark.y = atom->look->size * 14 / 100;
        mark.thickness = MAX(atom->look->size / 24, GS_LEN_PER_PT * 2 / 5);
        mark.color = run->style->color;
        add_mark(placer, &mark);
        mark.y = mark.thickness = 0;
    }
    if (atom->kind == GS_ATOM_IMAGE) {
        mark.kind = GS_MARK_IMAGE;
        placer->marks[placer->mark_count++] = mark;
    }
    if (run->seal != NULL) {
        mark.kind = GS_MARK_SEAL;
        add_mark(placer, &mark);
    }
    if (run->link != NULL && atom->kind != GS_ATOM_EMPTY) {
        mark.kind = GS_MARK_LINK;
        add_mark(placer, &mark);
    }
}

/* --- a line -------------------------------------------------------------------- */

/*
 * The glyphs of plain atoms from `atom` on, up to the next that does not join them;
 * it, and where the pen is then.  `change` is that of the first, or NULL.
 */
static inline const struct gs_atom *put_plain(struct placer *placer,
        const struct gs_atom *atom, const struct gs_atom *end,
        const struct gs_change *change, gs_len *pen)
{
    const struct gs_shaped_glyph *from = &placer->shaped->glyphs[atom->glyph];
    struct gs_glyph *glyph = placer->glyphs;
    struct gs_cluster *cluster = placer->clusters;
    gs_len at = *pen;
    do {
        gs_len front = 0, width = atom->width;
        if (change != NULL) {
            front = change->front;
            width += change->back - front;
            change++;
        }
        glyph->id = from->id;
        glyph->x = at - atom->free->cut_front - front;
        glyph->y = 0;
        glyph->advance = width;
        cluster->bytes = atom->bytes;
        cluster->glyphs = 1;
        at += width;
        glyph++, cluster++, from++, atom++;
    } while (atom < end && atom->joined);
    placer->glyphs = glyph;
    placer->clusters = cluster;
    *pen = at;
    return atom;
}

/*
 * All plain atoms from `index` on that go into one glyph run, and have no marks:
 * most of all text.  Where they end.
 */
static size_t add_plain(struct placer *placer, size_t index)
{
    const struct gs_shaped *shaped = placer->shaped;
    const struct gs_atom *first = &shaped->atoms[index];
    const struct gs_atom *end = &shaped->atoms[placer->span->end];
    struct gs_glyph_run *run = run_for(placer, first,
            placer->placing->own ? NULL : run_of(placer, first));
    gs_len pen = placer->at - run->x;
    end = placer->changes == NULL /* two loops, each without a question */
            ? put_plain(placer, first, end, NULL, &pen)
            : put_plain(placer, first, end,
                      &placer->changes[index - placer->span->first], &pen);
    const size_t count = (size_t)(end - first);
    const size_t bytes = end[-1].offset + end[-1].bytes - first->offset;
    memcpy(placer->text, shaped->text + first->offset, bytes);
    placer->text += bytes;
    placer->at = run->x + pen;
    run->glyph_count += count;
    run->cluster_count += count;
    run->text_size += bytes;
    run->width = pen;
    return index + count;
}

static void add_atom(struct placer *placer, size_t index)
{
    const struct gs_atom *atom = atom_at(placer, index);
    const struct gs_change change = placer->changes != NULL
            ? placer->changes[index - placer->span->first]
            : (struct gs_change){0, 0};
    const gs_len cut = atom->free->cut_front + change.front;
    gs_len width = atom->width - change.front + change.back;
    switch ((enum gs_atom_kind)atom->kind) {
    case GS_ATOM_TEXT:
        memcpy(placer->text, placer->shaped->text + atom->offset, atom->bytes);
        placer->text += atom->bytes;
        add_text(placer, atom, cut, width);
        break;
    case GS_ATOM_LEADER:
        width += placer->leader;
        *placer->text++ = ' ';
        add_space(placer, atom, width);
        add_leader(placer, atom, width);
        break;
    case GS_ATOM_BREAK:
    case GS_ATOM_IMAGE:
    case GS_ATOM_BLANK:
    case GS_ATOM_EMPTY:
        break;
    }
    add_marks(placer, atom, width);
    placer->at += width;
}

static struct counts count_all(
        const struct gs_shaped *shaped, const struct gs_span *span)
{
    struct counts counts = {0};
    const size_t count = span->end - span->first;
    if (shaped->plain && count > 0) {
        const struct gs_atom *last = &shaped->atoms[span->end - 1];
        counts.glyphs = counts.clusters = count;
        counts.bytes = last->offset + last->bytes -
                shaped->atoms[span->first].offset;
        return counts;
    }
    for (size_t i = span->first; i < span->end; i++) {
        const struct gs_atom *atom = &shaped->atoms[i];
        counts.glyphs += atom->glyph_count;
        counts.clusters += atom->kind == GS_ATOM_TEXT;
        counts.bytes += atom->kind == GS_ATOM_TEXT ? atom->bytes : 0;
        counts.leaders += atom->kind == GS_ATOM_LEADER;
        counts.images += atom->kind == GS_ATOM_IMAGE;
    }
    return counts;
}

/*
 * Every atom makes one glyph run at most, a leader two, and a mark of each kind.
 */
static void make_room(struct placer *placer, const struct counts *counts)
{
    struct gs_scratch *scratch = placer->shaped->scratch;
    const size_t atoms = placer->span->end - placer->span->first;
    placer->changes = GS_SCRATCH(
            scratch, GS_SCRATCH_CHANGES, struct gs_change, atoms + 1);
    placer->runs = GS_SCRATCH(scratch, GS_SCRATCH_RUNS, struct gs_glyph_run,
            atoms + counts->leaders + 1);
    placer->marks = GS_SCRATCH(scratch, GS_SCRATCH_MARKS, struct gs_mark,
            atoms * GS_MARK_COUNT + 1);
    placer->glyphs =
            GS_TAKE_ARRAY(placer->arena, struct gs_glyph, counts->glyphs);
    placer->clusters =
            GS_TAKE_ARRAY(placer->arena, struct gs_cluster, counts->clusters);
    placer->text =
            gs_arena_take(placer->arena, counts->bytes + counts->leaders + 1);
}

/* Leaders take all the room there is. */
static void fill_room(struct placer *placer, const struct counts *counts)
{
    const gs_len slack = placer->placing->room - placer->span->width;
    const struct gs_setting *setting = &placer->placing->setting;
    struct gs_setting ragged;
    if (counts->leaders > 0) {
        ragged = *setting;
        ragged.align = GS_ALIGN_LEFT;
        setting = &ragged;
        placer->leader = MAX(slack, 0) / (gs_len)counts->leaders;
    }
    if (!gs_adjust_line(placer->shaped, placer->span, setting,
                placer->placing->room, placer->changes)) {
        placer->changes = NULL;
    }
}

gs_len gs_place_x(const struct gs_placing *placing, gs_len hang, gs_len width)
{
    const gs_len slack = placing->room + hang - width;
    switch (placing->setting.align) {
    case GS_ALIGN_CENTER:
    case GS_ALIGN_DISTRIBUTE: /* of what cannot be spread */
        return placing->x + slack / 2;
    case GS_ALIGN_RIGHT:
    case GS_ALIGN_DECIMAL: /* of what is no amount, or too wide */
        return placing->x + MAX(slack, 0);
    case GS_ALIGN_LEFT:
    case GS_ALIGN_JUSTIFY:
        break;
    }
    return placing->x;
}

/* NULL for none. */
static void *keep(
        struct gs_arena *arena, const void *array, size_t count, size_t size)
{
    return count == 0
            ? NULL
            : memcpy(gs_arena_take(arena, gs_array_size(count, size)), array,
                      count * size);
}

/* A picture higher than the place above the baseline raises the line. */
static void raise_for_images(const struct placer *placer, struct gs_line *line)
{
    for (size_t i = placer->span->first; i < placer->span->end; i++) {
        const struct gs_atom *atom = atom_at(placer, i);
        if (atom->kind == GS_ATOM_IMAGE) {
            const gs_len over = MIN(run_of(placer, atom)->height, GS_LEN_MAX) -
                    line->baseline;
            if (over > 0) {
                line->baseline += over;
                line->height += over;
            }
        }
    }
}

void gs_place_line(struct gs_arena *arena, const struct gs_shaped *shaped,
        const struct gs_span *span, const struct gs_placing *placing,
        struct gs_line *out)
{
    struct placer placer = {
            .arena = arena, .shaped = shaped, .span = span, .placing = placing};
    const struct counts counts = count_all(shaped, span);
    make_room(&placer, &counts);
    const char *text = placer.text;
    fill_room(&placer, &counts);
    for (size_t i = span->first; i < span->end;) {
        const struct gs_atom *atom = &shaped->atoms[i];
        if (atom->plain && !has_marks(run_of(&placer, atom))) {
            i = add_plain(&placer, i);
        } else {
            add_atom(&placer, i++);
        }
    }
    *placer.text = '\0';
    *out = (struct gs_line){
            .x = gs_place_x(placing, span->hang, placer.at),
            .width = placer.at,
            .height = placing->height,
            .baseline = placing->baseline,
            .runs = keep(arena, placer.runs, placer.run_count,
                    sizeof(struct gs_glyph_run)),
            .run_count = placer.run_count,
            .marks = keep(arena, placer.marks, placer.mark_count,
                    sizeof(struct gs_mark)),
            .mark_count = placer.mark_count,
            .text = text,
            .overfull = span->overfull,
            .split_word = span->split_word,
    };
    if (counts.images > 0) {
        raise_for_images(&placer, out);
    }
}
