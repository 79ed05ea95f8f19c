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
    struct gs_change *changes; /* of the line's atoms */
    GArray *runs; /* struct gs_glyph_run, arrays not yet set */
    GArray *marks; /* struct gs_mark */
    GArray *glyphs; /* of all runs */
    GArray *clusters;
    GString *text;
};

static const struct gs_atom *atom_at(const struct placer *placer, size_t index)
{
    return gs_shaped_atom(placer->shaped, index);
}

static const struct gs_run *run_of(
        const struct placer *placer, const struct gs_atom *atom)
{
    return &placer->shaped->runs[atom->run];
}

/* --- glyph runs ------------------------------------------------------------- */

static struct gs_glyph_run *last_run(struct placer *placer)
{
    return &g_array_index(
            placer->runs, struct gs_glyph_run, placer->runs->len - 1);
}

/* Whether the atom goes on with the last glyph run. */
static bool continues_run(struct placer *placer, const struct gs_atom *atom,
        const struct gs_run *source)
{
    if (placer->runs->len == 0) {
        return false;
    }
    const struct gs_glyph_run *run = last_run(placer);
    return run->source == source && run->face == atom->face &&
            run->size == atom->size && run->embolden == atom->embolden &&
            run->x + run->width == placer->at &&
            run->text + run->text_size == placer->shaped->text + atom->offset;
}

static struct gs_glyph_run *begin_run(struct placer *placer,
        const struct gs_atom *atom, const struct gs_run *source)
{
    const struct gs_glyph_run run = {
            .face = atom->face,
            .size = atom->size,
            .embolden = atom->embolden,
            .color = run_of(placer, atom)->style->color,
            .x = placer->at,
            .text = placer->shaped->text + atom->offset,
            .source = source,
    };
    g_array_append_val(placer->runs, run);
    return last_run(placer);
}

/* Glyphs from the pen on; `cut` is taken off before the first. */
static void add_glyphs(struct placer *placer, const struct gs_atom *atom,
        gs_len cut, gs_len width, gs_len origin)
{
    gs_len pen = placer->at - origin - cut;
    const gs_len end = placer->at - origin + width;
    for (size_t i = 0; i < atom->glyph_count; i++) {
        const struct gs_shaped_glyph *shaped =
                &placer->shaped->glyphs[atom->glyph + i];
        struct gs_glyph glyph = {
                .id = shaped->id,
                .x = pen + gs_face_scale(atom->face, shaped->dx, atom->size),
                .y = -gs_face_scale(atom->face, shaped->dy, atom->size),
                .advance =
                        gs_face_scale(atom->face, shaped->advance, atom->size),
        };
        pen += glyph.advance;
        if (i == 0) {
            glyph.advance -= cut;
        }
        if (i + 1 == atom->glyph_count) {
            glyph.advance += end - pen; /* spacing, cuts, justification */
        }
        g_array_append_val(placer->glyphs, glyph);
    }
}

/* `width` is the atom's in this line, with the gap after it. */
static void add_text(struct placer *placer, const struct gs_atom *atom,
        gs_len cut, gs_len width)
{
    const struct gs_run *source =
            placer->placing->own ? NULL : run_of(placer, atom);
    if (atom->face == NULL) {
        return; /* no font at all, which has been reported */
    }
    struct gs_glyph_run *run = continues_run(placer, atom, source)
            ? last_run(placer)
            : begin_run(placer, atom, source);
    const struct gs_cluster cluster = {atom->bytes, atom->glyph_count};
    g_array_append_val(placer->clusters, cluster);
    add_glyphs(placer, atom, cut, width, run->x);
    run->glyph_count += atom->glyph_count;
    run->cluster_count++;
    run->text_size += atom->bytes;
    run->width += width;
}

/*
 * Dots on a grid from the right edge, so that those of several lines stand one
 * under the other.  The program's own text: no source.
 */
static void add_leader(
        struct placer *placer, const struct gs_atom *atom, gs_len width)
{
    const struct gs_run *run = run_of(placer, atom);
    const struct gs_face *face = atom->face;
    const gs_len pitch = MAX(atom->size / LEADER_DOTS_PER_EM, 1);
    const gs_len room = placer->placing->room;
    const gs_len gap = atom->size / 4; /* from the text on either side */
    const gs_len left = placer->at + gap, right = placer->at + width - gap;
    const gs_len first = (room - left) / pitch; /* steps from the edge */
    const gs_len last = (room - right + pitch - 1) / pitch;
    if (face == NULL || right <= left || first <= last) {
        return;
    }
    const size_t count = (size_t)(first - last);
    const gs_len start = room - first * pitch;
    const uint32_t dot = gs_face_glyph(face, '.');
    char *dots = gs_arena_alloc(placer->arena, count + 1);
    memset(dots, '.', count);
    const struct gs_glyph_run leader = {
            .face = face,
            .size = atom->size,
            .color = run->style->color,
            .x = start,
            .width = (gs_len)count * pitch,
            .glyph_count = count,
            .text = dots,
            .text_size = count,
            .cluster_count = count,
    };
    g_array_append_val(placer->runs, leader);
    for (size_t i = 0; i < count; i++) {
        const struct gs_glyph glyph = {
                .id = dot, .x = (gs_len)i * pitch, .advance = pitch};
        const struct gs_cluster cluster = {1, 1};
        g_array_append_val(placer->glyphs, glyph);
        g_array_append_val(placer->clusters, cluster);
    }
}

/* --- marks ------------------------------------------------------------------- */

/* Extends the latest mark of its kind where that is the same and adjoins. */
static void add_mark(struct placer *placer, const struct gs_mark *mark)
{
    for (guint i = placer->marks->len; i-- > 0;) {
        struct gs_mark *old = &g_array_index(placer->marks, struct gs_mark, i);
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
    g_array_append_val(placer->marks, *mark);
}

static void add_marks(
        struct placer *placer, const struct gs_atom *atom, gs_len width)
{
    const struct gs_run *run = run_of(placer, atom);
    struct gs_mark mark = {.x = placer->at, .width = width, .run = run};
    if (run->style->underline && atom->kind != GS_ATOM_EMPTY &&
            atom->kind != GS_ATOM_IMAGE && width > 0) {
        mark.kind = GS_MARK_UNDERLINE;
        mark.y = atom->size * 14 / 100;
        mark.thickness = MAX(atom->size / 24, GS_LEN_PER_PT * 2 / 5);
        mark.color = run->style->color;
        add_mark(placer, &mark);
        mark.y = mark.thickness = 0;
    }
    if (atom->kind == GS_ATOM_IMAGE) {
        mark.kind = GS_MARK_IMAGE;
        g_array_append_val(placer->marks, mark);
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

static void add_atom(struct placer *placer, size_t index)
{
    const struct gs_span *span = placer->span;
    const struct gs_atom *atom = atom_at(placer, index);
    const struct gs_change change = placer->changes[index - span->first];
    const gs_len cut = atom->cut_front + change.front;
    gs_len width = atom->width - change.front + change.back;
    switch (atom->kind) {
    case GS_ATOM_TEXT:
        g_string_append_len(placer->text, placer->shaped->text + atom->offset,
                (gssize)atom->bytes);
        add_text(placer, atom, cut, width);
        break;
    case GS_ATOM_LEADER:
        width += placer->leader;
        g_string_append_c(placer->text, ' ');
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

static size_t count_leaders(const struct placer *placer)
{
    size_t count = 0;
    for (size_t i = placer->span->first; i < placer->span->end; i++) {
        count += atom_at(placer, i)->kind == GS_ATOM_LEADER;
    }
    return count;
}

/* Leaders take all the room there is. */
static void fill_room(struct placer *placer)
{
    const struct gs_span *span = placer->span;
    const gs_len slack = placer->placing->room - span->width;
    const size_t leaders = count_leaders(placer);
    struct gs_setting setting = placer->placing->setting;
    if (leaders > 0) {
        setting.align = GS_ALIGN_LEFT;
        placer->leader = MAX(slack, 0) / (gs_len)leaders;
    }
    placer->changes = g_new(struct gs_change, span->end - span->first + 1);
    gs_adjust_line(placer->shaped, span, &setting, placer->placing->room,
            placer->changes);
}

gs_len gs_place_x(const struct gs_placing *placing, gs_len hang, gs_len width)
{
    const gs_len slack = placing->room + hang - width;
    switch (placing->setting.align) {
    case GS_ALIGN_CENTER:
    case GS_ALIGN_DISTRIBUTE: /* of what cannot be spread */
        return placing->x + slack / 2;
    case GS_ALIGN_RIGHT:
        return placing->x + MAX(slack, 0);
    case GS_ALIGN_LEFT:
    case GS_ALIGN_JUSTIFY:
        break;
    }
    return placing->x;
}

static void *keep_array(
        struct gs_arena *arena, const GArray *array, size_t element)
{
    if (array->len == 0) {
        return NULL;
    }
    void *kept = gs_arena_alloc_array(arena, array->len, element);
    memcpy(kept, array->data, array->len * element);
    return kept;
}

/* Runs, marks and text into the arena. */
static void keep(struct placer *placer, struct gs_line *line)
{
    struct gs_arena *arena = placer->arena;
    struct gs_glyph_run *runs =
            keep_array(arena, placer->runs, sizeof(struct gs_glyph_run));
    const struct gs_glyph *glyphs =
            keep_array(arena, placer->glyphs, sizeof(struct gs_glyph));
    const struct gs_cluster *clusters =
            keep_array(arena, placer->clusters, sizeof(struct gs_cluster));
    line->run_count = placer->runs->len;
    for (size_t i = 0; i < line->run_count; i++) {
        runs[i].glyphs = glyphs;
        runs[i].clusters = clusters;
        glyphs += runs[i].glyph_count;
        clusters += runs[i].cluster_count;
    }
    line->runs = runs;
    line->marks = keep_array(arena, placer->marks, sizeof(struct gs_mark));
    line->mark_count = placer->marks->len;
    line->text = gs_arena_strndup(arena, placer->text->str, placer->text->len);
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

struct gs_line gs_place_line(struct gs_arena *arena,
        const struct gs_shaped *shaped, const struct gs_span *span,
        const struct gs_placing *placing)
{
    struct placer placer = {
            .arena = arena,
            .shaped = shaped,
            .span = span,
            .placing = placing,
            .runs = g_array_new(FALSE, FALSE, sizeof(struct gs_glyph_run)),
            .marks = g_array_new(FALSE, FALSE, sizeof(struct gs_mark)),
            .glyphs = g_array_new(FALSE, FALSE, sizeof(struct gs_glyph)),
            .clusters = g_array_new(FALSE, FALSE, sizeof(struct gs_cluster)),
            .text = g_string_new(NULL),
    };
    fill_room(&placer);
    for (size_t i = span->first; i < span->end; i++) {
        add_atom(&placer, i);
    }
    struct gs_line line = {
            .x = gs_place_x(placing, span->hang, placer.at),
            .width = placer.at,
            .height = placing->height,
            .baseline = placing->baseline,
            .overfull = span->overfull,
            .split_word = span->split_word,
    };
    keep(&placer, &line);
    raise_for_images(&placer, &line);
    g_free(placer.changes);
    g_array_free(placer.runs, TRUE);
    g_array_free(placer.marks, TRUE);
    g_array_free(placer.glyphs, TRUE);
    g_array_free(placer.clusters, TRUE);
    g_string_free(placer.text, TRUE);
    return line;
}
