/*
 * Seals: where each lies, and the drawing of specimens and places.
 *
 * A specimen is a red ring with the organ's name along it and 样章 ("specimen")
 * across: always, so that the program draws nothing that passes for a seal.  Its
 * letters are outlines, not text: the text below is what is read and copied.
 */
#include <glib.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "layout/pager.h"
#include "model/doc.h"
#include "text/fonts.h"

static const struct gs_color red = {0xc8, 0x10, 0x10};
static const struct gs_color gray = {0x80, 0x80, 0x80};

/* Shares of the diameter. */
#define RING 0.032       /* the ring's stroke */
#define NAME 0.135       /* size of the name along the ring */
#define SPECIMEN 0.23    /* size of 样章 */
#define PLACE 0.13       /* size of 盖章处 */
#define NAME_GAP 0.025   /* between ring and name */
#define NAME_STEP 1.22   /* from character to character, in ems */
#define NAME_ARC 4.71    /* the name takes 270 degrees at most */
#define ASCENT 0.86      /* of a character above its baseline, in ems */

/* Collects outline steps through an affine map. */
struct pen {
    GArray *steps;
    double a, b, c, d, x, y; /* x' = a x + c y + x, y' = b x + d y + y */
};

static struct gs_point mapped(const struct pen *pen, struct gs_point point)
{
    double x = (double)point.x, y = (double)point.y;
    return (struct gs_point){
            (gs_len)llround(pen->a * x + pen->c * y + pen->x),
            (gs_len)llround(pen->b * x + pen->d * y + pen->y),
    };
}

static void add_step(void *user, char op, const struct gs_point *points)
{
    struct pen *pen = user;
    struct gs_path_step step = {.op = op};
    int count = op == 'C' ? 3 : op == 'Z' ? 0 : 1;
    for (int i = 0; i < count; i++) {
        step.points[i] = mapped(pen, points[i]);
    }
    g_array_append_val(pen->steps, step);
}

static struct gs_path make_path(struct gs_arena *arena, const GArray *steps)
{
    return (struct gs_path){
            .steps = gs_layout_copy(arena, steps), .count = steps->len};
}

/* A circle in four cubic arcs. */
static struct gs_path circle(
        struct gs_arena *arena, struct gs_point center, gs_len radius)
{
    static const double k = 0.5522847498;
    static const double at[4][2] = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
    GArray *steps = g_array_new(FALSE, TRUE, sizeof(struct gs_path_step));
    struct pen pen = {steps, (double)radius / GS_LEN_PER_PT, 0, 0,
            (double)radius / GS_LEN_PER_PT, (double)center.x,
            (double)center.y};
    struct gs_point start = {GS_PT(1), 0};
    add_step(&pen, 'M', &start);
    for (int i = 0; i < 4; i++) {
        const double *p = at[i], *q = at[(i + 1) % 4];
        struct gs_point points[3] = {
                {gs_len_from_pt(p[0] + k * q[0]),
                        gs_len_from_pt(p[1] + k * q[1])},
                {gs_len_from_pt(q[0] + k * p[0]),
                        gs_len_from_pt(q[1] + k * p[1])},
                {gs_len_from_pt(q[0]), gs_len_from_pt(q[1])},
        };
        add_step(&pen, 'C', points);
    }
    add_step(&pen, 'Z', NULL);
    struct gs_path path = make_path(arena, steps);
    g_array_free(steps, TRUE);
    return path;
}

static bool set_words(const struct gs_layout_context *context,
        const struct gs_seal *seal, const char *words, gs_len size,
        struct gs_line *line)
{
    struct gs_text_style style = {.font = "song", .size = size, .bold = true};
    return gs_text_line(context->arena, context->fonts, &style, words,
            &seal->origin, context->diag, line);
}

/* Words on a straight line, their middle at the centre. */
static struct gs_path straight(const struct gs_layout_context *context,
        const struct gs_line *line, gs_len size, struct gs_point center)
{
    GArray *steps = g_array_new(FALSE, TRUE, sizeof(struct gs_path_step));
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        for (size_t j = 0; j < run->glyph_count; j++) {
            struct pen pen = {steps, 1, 0, 0, 1,
                    (double)(center.x - line->width / 2 + run->x
                            + run->glyphs[j].x),
                    (double)center.y
                            + (ASCENT - 0.5) * (double)size};
            gs_face_outline(run->face, run->glyphs[j].id, run->size, add_step,
                    &pen);
        }
    }
    struct gs_path path = make_path(context->arena, steps);
    g_array_free(steps, TRUE);
    path.fill = true;
    return path;
}

/* Words along the upper part of a ring, their feet to the centre. */
static struct gs_path along_ring(const struct gs_layout_context *context,
        const struct gs_line *line, gs_len size, struct gs_point center,
        gs_len outer)
{
    size_t count = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        count += line->runs[i].glyph_count;
    }
    double em = (double)size;
    double foot = (double)outer - ASCENT * em;
    double middle = foot + em / 2;
    double step = count > 1 ? MIN(NAME_STEP * em / middle,
                          NAME_ARC / (double)(count - 1))
                            : 0;
    /* Characters that stand closer than their width are set narrower. */
    double narrow = count > 1 ? MIN(1.0, step * foot * 0.98 / em) : 1.0;
    double angle = -step * (double)(count > 0 ? count - 1 : 0) / 2;
    GArray *steps = g_array_new(FALSE, TRUE, sizeof(struct gs_path_step));
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        for (size_t j = 0; j < run->glyph_count; j++) {
            double s = sin(angle), c = cos(angle);
            double half = (double)run->glyphs[j].advance * narrow / 2;
            struct pen pen = {steps, c * narrow, s * narrow, -s, c,
                    (double)center.x + foot * s - half * c,
                    (double)center.y - foot * c - half * s};
            gs_face_outline(run->face, run->glyphs[j].id, run->size, add_step,
                    &pen);
            angle += step;
        }
    }
    struct gs_path path = make_path(context->arena, steps);
    g_array_free(steps, TRUE);
    path.fill = true;
    return path;
}

static gs_len share(gs_len diameter, double part)
{
    return (gs_len)llround((double)diameter * part);
}

static bool draw_specimen(const struct gs_layout_context *context,
        struct gs_frag_seal *out, struct gs_point center)
{
    const struct gs_seal *seal = out->seal;
    gs_len d = seal->diameter, stroke = share(d, RING);
    struct gs_path *paths = GS_MAKE_ARRAY(context->arena, struct gs_path, 3);
    struct gs_line name, word;
    if (!set_words(context, seal, seal->organ, share(d, NAME), &name)
            || !set_words(context, seal, "样章", share(d, SPECIMEN), &word)) {
        return false;
    }
    paths[0] = circle(context->arena, center, d / 2 - stroke / 2);
    paths[0].stroke = stroke;
    paths[1] = along_ring(context, &name, share(d, NAME), center,
            d / 2 - stroke - share(d, NAME_GAP));
    paths[2] = straight(context, &word, share(d, SPECIMEN), center);
    for (size_t i = 0; i < 3; i++) {
        paths[i].color = red;
    }
    out->paths = paths;
    out->path_count = 3;
    return true;
}

static bool draw_place(const struct gs_layout_context *context,
        struct gs_frag_seal *out, struct gs_point center)
{
    const struct gs_seal *seal = out->seal;
    gs_len d = seal->diameter;
    struct gs_path *paths = GS_MAKE_ARRAY(context->arena, struct gs_path, 2);
    struct gs_line words;
    if (!set_words(context, seal, "盖章处", share(d, PLACE), &words)) {
        return false;
    }
    paths[0] = circle(context->arena, center, d / 2);
    paths[0].stroke = GS_PT(1) / 2;
    paths[0].dash = GS_PT(3);
    paths[1] = straight(context, &words, share(d, PLACE), center);
    paths[0].color = paths[1].color = gray;
    out->paths = paths;
    out->path_count = 2;
    return true;
}

/* --- placing ------------------------------------------------------------------ */

struct placer {
    const struct gs_layout_context *context;
    const struct gs_page *page;
    GHashTable *placed;
    GArray *seals; /* struct gs_frag_seal */
    bool ok;
};

/* The extent on a line of all runs that carry the seal. */
static void extent(const struct gs_line *line, const struct gs_seal *seal,
        gs_len *left, gs_len *right)
{
    *left = GS_LEN_MAX;
    *right = -GS_LEN_MAX;
    for (size_t i = 0; i < line->mark_count; i++) {
        const struct gs_mark *mark = &line->marks[i];
        if (mark->kind == GS_MARK_SEAL && mark->run->seal == seal) {
            *left = MIN(*left, mark->x);
            *right = MAX(*right, mark->x + mark->width);
        }
    }
}

/* A seal stays on its paper. */
static gs_len clamp(gs_len center, gs_len radius, gs_len size)
{
    gs_len high = size - radius;
    return high < radius ? size / 2 : CLAMP(center, radius, high);
}

static struct gs_point center_of(const struct placer *placer,
        const struct gs_frag_line *at, const struct gs_seal *seal)
{
    gs_len left, right;
    extent(at->line, seal, &left, &right);
    gs_len x = at->x + at->line->x + seal->dx;
    switch (seal->anchor) {
    case GS_ALIGN_LEFT:
        x += left;
        break;
    case GS_ALIGN_RIGHT:
        x += right;
        break;
    case GS_ALIGN_CENTER:
    case GS_ALIGN_JUSTIFY:
    case GS_ALIGN_DISTRIBUTE:
    case GS_ALIGN_DECIMAL:
        x += (left + right) / 2;
        break;
    }
    gs_len y = at->y + at->line->height / 2 + seal->dy;
    gs_len radius = seal->diameter / 2;
    return (struct gs_point){
            clamp(x, radius, placer->page->size.width),
            clamp(y, radius, placer->page->size.height),
    };
}

static void place_seal(struct placer *placer, const struct gs_frag_line *at,
        const struct gs_seal *seal)
{
    if (!g_hash_table_add(placer->placed, (gpointer)(uintptr_t)seal)) {
        return;
    }
    struct gs_point center = center_of(placer, at, seal);
    gs_len d = seal->diameter;
    struct gs_frag_seal frag = {
            .seal = seal,
            .rect = {center.x - d / 2, center.y - d / 2, d, d},
    };
    switch (seal->kind) {
    case GS_SEAL_PICTURE:
        break;
    case GS_SEAL_SPECIMEN:
        placer->ok =
                draw_specimen(placer->context, &frag, center) && placer->ok;
        break;
    case GS_SEAL_PLACE:
        placer->ok = draw_place(placer->context, &frag, center) && placer->ok;
        break;
    }
    g_array_append_val(placer->seals, frag);
}

static void visit_lines(
        struct placer *placer, const struct gs_frag_line *lines, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct gs_line *line = lines[i].line;
        for (size_t j = 0; j < line->mark_count; j++) {
            if (line->marks[j].kind == GS_MARK_SEAL) {
                place_seal(placer, &lines[i], line->marks[j].run->seal);
            }
        }
    }
}

static void visit_table(
        struct placer *placer, const struct gs_frag_table *table)
{
    for (size_t i = 0; i < table->row_count; i++) {
        const struct gs_frag_row *row = &table->rows[i];
        for (size_t j = 0; j < row->cell_count; j++) {
            visit_lines(placer, row->cells[j].lines, row->cells[j].line_count);
        }
    }
}

bool gs_seals_place(const struct gs_layout_context *context,
        struct gs_page *page, GHashTable *placed)
{
    struct placer placer = {
            .context = context,
            .page = page,
            .placed = placed,
            .seals = g_array_new(FALSE, TRUE, sizeof(struct gs_frag_seal)),
            .ok = true,
    };
    for (size_t i = 0; i < page->block_count; i++) {
        const struct gs_frag_block *block = &page->blocks[i];
        visit_lines(&placer, block->lines, block->line_count);
        if (block->table != NULL) {
            visit_table(&placer, block->table);
        }
    }
    page->seal_count = placer.seals->len;
    page->seals = gs_layout_copy(context->arena, placer.seals);
    g_array_free(placer.seals, TRUE);
    return placer.ok;
}
