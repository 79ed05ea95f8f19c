/*
 * The Cairo writer: lines, areas, text, pictures, seals.
 */
#include "write/cairo.h"

#include <assert.h>

#include "model/image.h"
#include "write/cairo-font.h"
#include "write/cairo-image.h"

/* --- lines and areas ---------------------------------------------------------------- */

static void set_color(cairo_t *cr, struct gs_color color)
{
    cairo_set_source_rgb(
            cr, color.red / 255.0, color.green / 255.0, color.blue / 255.0);
}

static void set_dash(cairo_t *cr, double dash)
{
    cairo_set_dash(cr, &dash, dash > 0 ? 1 : 0, 0);
}

static void add_rectangle(cairo_t *cr, struct gs_rect rect)
{
    cairo_rectangle(cr, gs_len_to_pt(rect.x), gs_len_to_pt(rect.y),
            gs_len_to_pt(rect.width), gs_len_to_pt(rect.height));
}

void gs_cairo_push_clip(struct gs_writer *base, struct gs_rect rect)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (gs_cairo_can_draw(writer)) {
        cairo_save(writer->cr);
        add_rectangle(writer->cr, rect);
        cairo_clip(writer->cr);
    }
}

void gs_cairo_pop_clip(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (gs_cairo_can_draw(writer)) {
        cairo_restore(writer->cr);
        writer->face = NULL;
    }
}

void gs_cairo_fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (gs_cairo_can_draw(writer)) {
        set_color(writer->cr, color);
        add_rectangle(writer->cr, rect);
        cairo_fill(writer->cr);
    }
}

void gs_cairo_stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (!gs_cairo_can_draw(writer)) {
        return;
    }
    cairo_t *cr = writer->cr;
    set_color(cr, style->color);
    cairo_set_line_width(cr, gs_len_to_pt(style->width));
    set_dash(cr, style->kind == GS_RULE_DASHED ? gs_writer_dash(style) : 0);
    cairo_move_to(cr, gs_len_to_pt(from.x), gs_len_to_pt(from.y));
    cairo_line_to(cr, gs_len_to_pt(to.x), gs_len_to_pt(to.y));
    cairo_stroke(cr);
}

void gs_cairo_stroke_rule(struct gs_writer *base, const struct gs_rule *rule)
{
    gs_cairo_stroke_line(base, (struct gs_point){rule->x, rule->y},
            gs_writer_rule_end(rule), &rule->style);
}

static void add_step(cairo_t *cr, const struct gs_path_step *step)
{
    const struct gs_point *p = step->points;

    switch (step->op) {
    case 'M':
        cairo_move_to(cr, gs_len_to_pt(p[0].x), gs_len_to_pt(p[0].y));
        break;
    case 'L':
        cairo_line_to(cr, gs_len_to_pt(p[0].x), gs_len_to_pt(p[0].y));
        break;
    case 'C':
        cairo_curve_to(cr, gs_len_to_pt(p[0].x), gs_len_to_pt(p[0].y),
                gs_len_to_pt(p[1].x), gs_len_to_pt(p[1].y),
                gs_len_to_pt(p[2].x), gs_len_to_pt(p[2].y));
        break;
    case 'Z':
        cairo_close_path(cr);
        break;
    default:
        assert(false); /* there are no other steps */
    }
}

void gs_cairo_show_path(struct gs_writer *base, const struct gs_path *path)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (!gs_cairo_can_draw(writer)) {
        return;
    }
    cairo_t *cr = writer->cr;
    cairo_new_path(cr);
    for (size_t i = 0; i < path->count; i++) {
        add_step(cr, &path->steps[i]);
    }
    set_color(cr, path->color);
    if (path->fill) {
        cairo_fill(cr);
    } else {
        cairo_set_line_width(cr, gs_len_to_pt(path->stroke));
        set_dash(cr, gs_len_to_pt(path->dash));
        cairo_stroke(cr);
    }
}

/* --- text ------------------------------------------------------------------------------ */

static bool set_font(struct gs_cairo *writer, const struct gs_glyph_run *run)
{
    const char *error = NULL;
    cairo_font_face_t *face = gs_cairo_face(run->face, run->embolden, &error);

    if (face == NULL) {
        gs_writer_fail(&writer->base, GS_DIAG_WRITER_FACE, GS_NO_LOC,
                GS_ARGS(writer->base.ops->name, gs_face_path(run->face),
                        error));
        return false;
    }
    if (face != writer->face || run->size != writer->size ||
            run->turn != writer->turn) {
        const double size = gs_len_to_pt(run->size);
        cairo_matrix_t matrix;
        cairo_matrix_init_scale(&matrix, size, size);
        if (run->turn == 90) { /* glyph space to the right goes down */
            cairo_matrix_init(&matrix, 0, size, -size, 0, 0, 0);
        }
        cairo_set_font_face(writer->cr, face);
        cairo_set_font_matrix(writer->cr, &matrix);
        writer->face = face;
        writer->size = run->size;
        writer->turn = run->turn;
    }
    return true;
}

void gs_cairo_show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (!gs_cairo_can_draw(writer) || !set_font(writer, run)) {
        return;
    }
    cairo_glyph_t *glyphs = g_new(cairo_glyph_t, run->glyph_count + 1);
    cairo_text_cluster_t *clusters =
            g_new(cairo_text_cluster_t, run->cluster_count + 1);

    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct gs_glyph *glyph = &run->glyphs[i];
        const struct gs_point at =
                gs_glyph_run_point(run, origin, glyph->x, glyph->y);
        glyphs[i].index = glyph->id;
        glyphs[i].x = gs_len_to_pt(at.x);
        glyphs[i].y = gs_len_to_pt(at.y);
    }
    for (size_t i = 0; i < run->cluster_count; i++) {
        clusters[i].num_bytes = (int)run->clusters[i].bytes;
        clusters[i].num_glyphs = (int)run->clusters[i].glyphs;
    }
    set_color(writer->cr, run->color);
    cairo_show_text_glyphs(writer->cr, run->text, (int)run->text_size, glyphs,
            (int)run->glyph_count, clusters, (int)run->cluster_count, 0);
    g_free(clusters);
    g_free(glyphs);
}

/* --- images and seals ----------------------------------------------------------------- */

static bool load_image(struct gs_cairo *writer, struct gs_writer_image *entry)
{
    if (entry->embedded == NULL) {
        entry->embedded =
                gs_cairo_image(entry->image, g_hash_table_size(writer->images));
    }
    return gs_cairo_check(writer, cairo_surface_status(entry->embedded));
}

static void paint_image(struct gs_cairo *writer, struct gs_rect rect,
        const struct gs_image *image, cairo_surface_t *surface)
{
    cairo_t *cr = writer->cr;

    cairo_translate(cr, gs_len_to_pt(rect.x), gs_len_to_pt(rect.y));
    cairo_scale(cr, gs_len_to_pt(rect.width) / image->width,
            gs_len_to_pt(rect.height) / image->height);
    cairo_set_source_surface(cr, surface, 0, 0);
    if (writer->options.format == GS_FORMAT_PDF) { /* the viewer's business */
        cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    }
    cairo_paint(cr);
}

/*
 * Cairo 1.16 names a picture in the page's resources each time it is drawn
 * there, and a name may stand once only: a second time it goes into a group.
 */
void gs_cairo_show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (!gs_cairo_can_draw(writer) || rect.width <= 0 || rect.height <= 0) {
        return;
    }
    struct gs_writer_image *entry = gs_writer_image(writer->images, image);
    if (!load_image(writer, entry)) {
        return;
    }
    cairo_t *cr = writer->cr;
    bool again = entry->page == writer->page;
    entry->page = writer->page;
    cairo_save(cr);
    if (again && writer->options.format == GS_FORMAT_PDF) {
        add_rectangle(cr, rect);
        cairo_clip(cr);
        cairo_push_group(cr);
        cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
        paint_image(writer, rect, image, entry->embedded);
        cairo_pop_group_to_source(cr);
        cairo_paint(cr);
    } else {
        paint_image(writer, rect, image, entry->embedded);
    }
    cairo_restore(cr);
}

/* Cairo 1.16 would make a picture of it in SVG: there a seal covers. */
void gs_cairo_begin_seal(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (gs_cairo_can_draw(writer) && writer->options.format != GS_FORMAT_SVG) {
        cairo_set_operator(writer->cr, CAIRO_OPERATOR_MULTIPLY);
    }
}

void gs_cairo_end_seal(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (gs_cairo_can_draw(writer)) {
        cairo_set_operator(writer->cr, CAIRO_OPERATOR_OVER);
    }
}
