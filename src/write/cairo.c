/*
 * The Cairo writer: PDF, PNG, SVG.
 *
 * User space is the page in pt.  Glyphs are shown with their clusters and text,
 * so that copied text is right where one glyph stands for several characters
 * (一 and ⼀).  Cairo's tags drop spans and heads of tables silently, so none are
 * written but links and their destinations.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>

#include "base/file.h"
#include "config.h"
#include "model/image.h"
#include "write/base.h"
#include "write/cairo-font.h"
#include "write/cairo-image.h"

#define PIXELS_MAX 100000000.0 /* of a PNG page */

/*
 * Cairo 1.16 refers to structure elements of links, but writes them only if
 * there are elements of other kinds too: a damaged file otherwise.
 */
#define LINK_PARENT "Reference"

struct cairo_writer {
    struct gs_writer base;
    struct gs_write_options options;
    struct gs_doc_info info;
    struct gs_targets targets;
    size_t next_target; /* of targets.sorted, for this page */
    GHashTable *images; /* const struct gs_image * -> cairo_surface_t * */
    GHashTable *images_here; /* those drawn on this page */
    bool has_labels;
    cairo_surface_t *surface;
    cairo_t *cr; /* NULL between pages */
    /* What the font of `cr` is set to. */
    cairo_font_face_t *face;
    gs_len size;
};

static struct cairo_writer *cast(struct gs_writer *base)
{
    assert(base->ops == &gs_cairo_ops);
    return (struct cairo_writer *)base;
}

/* --- failure and output ------------------------------------------------------- */

static bool check(struct cairo_writer *writer, cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS) {
        gs_writer_fail_words(&writer->base, cairo_status_to_string(status));
    }
    return !writer->base.failed;
}

static cairo_status_t write_bytes(
        void *user, const unsigned char *bytes, unsigned size)
{
    struct cairo_writer *writer = user;

    return gs_output_write(writer->base.output, bytes, size)
            ? CAIRO_STATUS_SUCCESS
            : CAIRO_STATUS_WRITE_ERROR;
}

static bool can_draw(const struct cairo_writer *writer)
{
    return !writer->base.failed && writer->cr != NULL;
}

/* --- document ------------------------------------------------------------------- */

static void free_surface(gpointer surface)
{
    cairo_surface_destroy(surface);
}

static struct gs_writer *open_writer(const struct gs_write_options *options,
        struct gs_output *output, struct gs_diag *diag)
{
    struct cairo_writer *writer = g_new0(struct cairo_writer, 1);

    gs_writer_init(&writer->base, &gs_cairo_ops, output, diag);
    writer->options = *options;
    writer->images = g_hash_table_new_full(
            g_direct_hash, g_direct_equal, NULL, free_surface);
    writer->images_here = g_hash_table_new(g_direct_hash, g_direct_equal);
    return &writer->base;
}

static void set_metadata(struct cairo_writer *writer,
        cairo_pdf_metadata_t which, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        cairo_pdf_surface_set_metadata(writer->surface, which, value);
    }
}

static void set_time(struct cairo_writer *writer)
{
    GDateTime *time = g_date_time_new_from_unix_utc(gs_writer_time());
    char *text = g_date_time_format(time, "%Y-%m-%dT%H:%M:%SZ");

    set_metadata(writer, CAIRO_PDF_METADATA_CREATE_DATE, text);
    g_free(text);
    g_date_time_unref(time);
}

/* Names are ours, not the author's ids: nothing to escape. */
static char *target_name(
        struct cairo_writer *writer, const struct gs_anchor *anchor)
{
    return g_strdup_printf(
            "a%" G_GSIZE_FORMAT, gs_targets_index(&writer->info, anchor));
}

/*
 * Cairo 1.16 leaves out the entry of the first page if its label is "1"; then
 * viewers get the labels of all other pages wrong.  Without any labels, they
 * number pages from 1.
 */
static bool can_label(const struct gs_doc_info *info)
{
    const char *label = info->pages->pages[info->first].number;

    return label != NULL && strcmp(label, "1") != 0;
}

static void add_outline(struct cairo_writer *writer)
{
    GArray *items = gs_outline_make(&writer->info, &writer->targets);
    int *ids = g_new(int, items->len + 1);

    for (guint i = 0; i < items->len; i++) {
        const struct gs_outline_item *item =
                &g_array_index(items, struct gs_outline_item, i);
        char *name = target_name(writer, item->anchor);
        char *attributes = g_strdup_printf("dest='%s'", name);
        ids[i] = cairo_pdf_surface_add_outline(writer->surface,
                item->parent < 0 ? CAIRO_PDF_OUTLINE_ROOT : ids[item->parent],
                item->heading->title, attributes,
                item->parent < 0 ? CAIRO_PDF_OUTLINE_FLAG_OPEN : 0);
        g_free(attributes);
        g_free(name);
    }
    g_free(ids);
    g_array_free(items, TRUE);
}

static void begin_doc(struct gs_writer *base, const struct gs_doc_info *info)
{
    struct cairo_writer *writer = cast(base);
    const struct gs_metadata *metadata = &info->pages->doc->metadata;

    writer->info = *info;
    writer->has_labels = can_label(info);
    gs_targets_init(&writer->targets, info);
    if (writer->options.format != GS_FORMAT_PDF) {
        return;
    }
    struct gs_size size = info->pages->pages[info->first].size;
    writer->surface = cairo_pdf_surface_create_for_stream(write_bytes, writer,
            gs_len_to_pt(size.width), gs_len_to_pt(size.height));
    set_metadata(writer, CAIRO_PDF_METADATA_TITLE, metadata->title);
    set_metadata(writer, CAIRO_PDF_METADATA_AUTHOR, metadata->author);
    set_metadata(writer, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
    set_metadata(writer, CAIRO_PDF_METADATA_KEYWORDS, metadata->keywords);
    set_metadata(
            writer, CAIRO_PDF_METADATA_CREATOR, "Gongshi " GONGSHI_VERSION);
    set_time(writer);
    add_outline(writer);
    check(writer, cairo_surface_status(writer->surface));
}

/* --- pages ----------------------------------------------------------------------- */

static void begin_pdf_page(
        struct cairo_writer *writer, const struct gs_page *page)
{
    cairo_pdf_surface_set_size(writer->surface, gs_len_to_pt(page->size.width),
            gs_len_to_pt(page->size.height));
    if (writer->has_labels && page->number != NULL) {
        cairo_pdf_surface_set_page_label(writer->surface, page->number);
    }
    writer->cr = cairo_create(writer->surface);
}

static void begin_png_page(
        struct cairo_writer *writer, const struct gs_page *page)
{
    double scale = writer->options.dpi / 72;
    double width = ceil(gs_len_to_pt(page->size.width) * scale - 1e-6);
    double height = ceil(gs_len_to_pt(page->size.height) * scale - 1e-6);

    if (!(width >= 1 && height >= 1 && width * height <= PIXELS_MAX)) {
        gs_writer_fail_words(&writer->base,
                "the page has too many pixels, or none, at this resolution");
        return;
    }
    writer->surface = cairo_image_surface_create(
            CAIRO_FORMAT_RGB24, (int)width, (int)height);
    writer->cr = cairo_create(writer->surface);
    cairo_set_source_rgb(writer->cr, 1, 1, 1);
    cairo_paint(writer->cr);
    cairo_scale(writer->cr, scale, scale);
}

static void begin_svg_page(
        struct cairo_writer *writer, const struct gs_page *page)
{
    writer->surface = cairo_svg_surface_create_for_stream(write_bytes, writer,
            gs_len_to_pt(page->size.width), gs_len_to_pt(page->size.height));
    cairo_svg_surface_set_document_unit(writer->surface, CAIRO_SVG_UNIT_PT);
    writer->cr = cairo_create(writer->surface);
}

/* Where text is set, sizes are exact: no hinting of metrics or outlines. */
static void set_font_options(cairo_t *cr)
{
    cairo_font_options_t *options = cairo_font_options_create();

    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_set_font_options(cr, options);
    cairo_font_options_destroy(options);
}

static void add_destinations(
        struct cairo_writer *writer, const struct gs_page *page)
{
    const struct gs_targets *targets = &writer->targets;

    while (writer->next_target < targets->count) {
        const struct gs_anchor *anchor = targets->sorted[writer->next_target];
        if (anchor->page > page->index) {
            break;
        }
        char *name = target_name(writer, anchor);
        char *attributes = g_strdup_printf("name='%s' x=0 y=%d", name,
                (int)floor(gs_len_to_pt(anchor->y)));
        cairo_tag_begin(writer->cr, CAIRO_TAG_DEST, attributes);
        cairo_tag_end(writer->cr, CAIRO_TAG_DEST);
        g_free(attributes);
        g_free(name);
        writer->next_target++;
    }
}

static void begin_page(struct gs_writer *base, const struct gs_page *page)
{
    struct cairo_writer *writer = cast(base);

    if (base->failed) {
        return;
    }
    switch (writer->options.format) {
    case GS_FORMAT_PDF:
        begin_pdf_page(writer, page);
        break;
    case GS_FORMAT_PNG:
        begin_png_page(writer, page);
        break;
    case GS_FORMAT_SVG:
        begin_svg_page(writer, page);
        break;
    }
    if (!can_draw(writer) || !check(writer, cairo_status(writer->cr))) {
        return;
    }
    set_font_options(writer->cr);
    writer->face = NULL;
    g_hash_table_remove_all(writer->images_here);
    if (writer->options.format == GS_FORMAT_PDF) {
        add_destinations(writer, page);
    }
}

static void end_page(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (writer->cr == NULL) {
        return;
    }
    cairo_show_page(writer->cr);
    check(writer, cairo_status(writer->cr));
    cairo_destroy(writer->cr);
    writer->cr = NULL;
    check(writer, cairo_surface_status(writer->surface));
}

static void end_doc(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (base->failed || writer->surface == NULL) {
        return;
    }
    if (writer->options.format == GS_FORMAT_PNG) {
        check(writer,
                cairo_surface_write_to_png_stream(
                        writer->surface, write_bytes, writer));
    }
    cairo_surface_finish(writer->surface);
    check(writer, cairo_surface_status(writer->surface));
}

static void free_writer(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (writer->cr != NULL) {
        cairo_destroy(writer->cr);
    }
    if (writer->surface != NULL) {
        cairo_surface_destroy(writer->surface);
    }
    g_hash_table_destroy(writer->images_here);
    g_hash_table_destroy(writer->images);
    gs_targets_release(&writer->targets);
    gs_writer_release(base);
    g_free(writer);
}

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

static void push_clip(struct gs_writer *base, struct gs_rect rect)
{
    struct cairo_writer *writer = cast(base);

    if (can_draw(writer)) {
        cairo_save(writer->cr);
        add_rectangle(writer->cr, rect);
        cairo_clip(writer->cr);
    }
}

static void pop_clip(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (can_draw(writer)) {
        cairo_restore(writer->cr);
        writer->face = NULL;
    }
}

static void fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color)
{
    struct cairo_writer *writer = cast(base);

    if (can_draw(writer)) {
        set_color(writer->cr, color);
        add_rectangle(writer->cr, rect);
        cairo_fill(writer->cr);
    }
}

static void stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    struct cairo_writer *writer = cast(base);

    if (!can_draw(writer)) {
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

static void stroke_rule(struct gs_writer *base, const struct gs_rule *rule)
{
    struct gs_point from = {rule->x, rule->y};
    struct gs_point to = from;

    if (rule->vertical) {
        to.y += rule->length;
    } else {
        to.x += rule->length;
    }
    stroke_line(base, from, to, &rule->style);
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

static void show_path(struct gs_writer *base, const struct gs_path *path)
{
    struct cairo_writer *writer = cast(base);

    if (!can_draw(writer)) {
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

static bool set_font(
        struct cairo_writer *writer, const struct gs_glyph_run *run)
{
    const char *error = NULL;
    cairo_font_face_t *face = gs_cairo_face(run->face, run->embolden, &error);

    if (face == NULL) {
        gs_writer_fail(&writer->base, GS_DIAG_WRITER_FACE, GS_NO_LOC,
                GS_ARGS(writer->base.ops->name, gs_face_path(run->face),
                        error));
        return false;
    }
    if (face != writer->face || run->size != writer->size) {
        cairo_set_font_face(writer->cr, face);
        cairo_set_font_size(writer->cr, gs_len_to_pt(run->size));
        writer->face = face;
        writer->size = run->size;
    }
    return true;
}

static void show_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run)
{
    struct cairo_writer *writer = cast(base);

    if (!can_draw(writer) || !set_font(writer, run)) {
        return;
    }
    cairo_glyph_t *glyphs = g_new(cairo_glyph_t, run->glyph_count + 1);
    cairo_text_cluster_t *clusters =
            g_new(cairo_text_cluster_t, run->cluster_count + 1);

    for (size_t i = 0; i < run->glyph_count; i++) {
        const struct gs_glyph *glyph = &run->glyphs[i];
        glyphs[i].index = glyph->id;
        glyphs[i].x = gs_len_to_pt(origin.x + glyph->x);
        glyphs[i].y = gs_len_to_pt(origin.y + glyph->y);
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

/* --- images and links ----------------------------------------------------------------- */

static cairo_surface_t *find_image(
        struct cairo_writer *writer, const struct gs_image *image)
{
    cairo_surface_t *surface = g_hash_table_lookup(writer->images, image);

    if (surface == NULL) {
        surface = gs_cairo_image(image, g_hash_table_size(writer->images));
        g_hash_table_insert(
                writer->images, (gpointer)(uintptr_t)image, surface);
    }
    return check(writer, cairo_surface_status(surface)) ? surface : NULL;
}

static void paint_image(struct cairo_writer *writer, struct gs_rect rect,
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
static void show_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image)
{
    struct cairo_writer *writer = cast(base);

    if (!can_draw(writer) || rect.width <= 0 || rect.height <= 0) {
        return;
    }
    cairo_surface_t *surface = find_image(writer, image);
    if (surface == NULL) {
        return;
    }
    cairo_t *cr = writer->cr;
    bool again =
            !g_hash_table_add(writer->images_here, (gpointer)(uintptr_t)image);
    cairo_save(cr);
    if (again && writer->options.format == GS_FORMAT_PDF) {
        add_rectangle(cr, rect);
        cairo_clip(cr);
        cairo_push_group(cr);
        cairo_set_operator(cr, CAIRO_OPERATOR_OVER);
        paint_image(writer, rect, image, surface);
        cairo_pop_group_to_source(cr);
        cairo_paint(cr);
    } else {
        paint_image(writer, rect, image, surface);
    }
    cairo_restore(cr);
}

/* Cairo 1.16 would make a picture of it in SVG: there a seal covers. */
static void begin_seal(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (can_draw(writer) && writer->options.format != GS_FORMAT_SVG) {
        cairo_set_operator(writer->cr, CAIRO_OPERATOR_MULTIPLY);
    }
}

static void end_seal(struct gs_writer *base)
{
    struct cairo_writer *writer = cast(base);

    if (can_draw(writer)) {
        cairo_set_operator(writer->cr, CAIRO_OPERATOR_OVER);
    }
}

static void append_number(GString *text, gs_len len)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(number, sizeof(number), "%.3f", gs_len_to_pt(len));
    g_string_append_printf(text, " %s", number);
}

static void add_link(
        struct gs_writer *base, struct gs_rect rect, const char *target)
{
    struct cairo_writer *writer = cast(base);
    const struct gs_anchor *anchor = gs_targets_find(&writer->targets, target);

    if (!can_draw(writer) || anchor == NULL ||
            writer->options.format != GS_FORMAT_PDF) {
        return;
    }
    char *name = target_name(writer, anchor);
    GString *attributes = g_string_new(NULL);
    g_string_append_printf(attributes, "dest='%s' rect=[", name);
    append_number(attributes, rect.x);
    append_number(attributes, rect.y);
    append_number(attributes, rect.width);
    append_number(attributes, rect.height);
    g_string_append(attributes, " ]");
    cairo_tag_begin(writer->cr, LINK_PARENT, NULL);
    cairo_tag_begin(writer->cr, CAIRO_TAG_LINK, attributes->str);
    cairo_tag_end(writer->cr, CAIRO_TAG_LINK);
    cairo_tag_end(writer->cr, LINK_PARENT);
    g_string_free(attributes, TRUE);
    g_free(name);
}

const struct gs_writer_ops gs_cairo_ops = {
        .name = "cairo",
        .formats = {true, true, true},
        .outlines = GS_OUTLINES_ANY,
        .open = open_writer,
        .begin_doc = begin_doc,
        .begin_page = begin_page,
        .push_clip = push_clip,
        .pop_clip = pop_clip,
        .fill_rect = fill_rect,
        .stroke_rule = stroke_rule,
        .stroke_line = stroke_line,
        .show_glyphs = show_glyphs,
        .show_path = show_path,
        .show_image = show_image,
        .link = add_link,
        .begin_seal = begin_seal,
        .end_seal = end_seal,
        .end_page = end_page,
        .end_doc = end_doc,
        .report = gs_writer_report,
        .free = free_writer,
};
