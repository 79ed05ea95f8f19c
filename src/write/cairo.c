/*
 * The Cairo writer: PDF, PNG, SVG.
 *
 * User space is the page in pt.  Glyphs are shown with their clusters and text,
 * so that copied text is right where one glyph stands for several characters
 * (一 and ⼀).  Cairo's tags drop spans and heads of tables silently, so none are
 * written but links and their destinations.
 */
#include "write/cairo.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "base/file.h"
#include "config.h"
#include "write/cairo-svg.h"

#define PIXELS_MAX 100000000.0 /* of a PNG page */

/*
 * Cairo 1.16 refers to structure elements of links, but writes them only if
 * there are elements of other kinds too: a damaged file otherwise.
 */
#define LINK_PARENT "Reference"

struct gs_cairo *gs_cairo_cast(struct gs_writer *base)
{
    assert(base->ops == &gs_cairo_ops);
    return (struct gs_cairo *)base;
}

/* --- failure and output ------------------------------------------------------- */

bool gs_cairo_check(struct gs_cairo *writer, cairo_status_t status)
{
    if (status != CAIRO_STATUS_SUCCESS) {
        gs_writer_fail_words(&writer->base, cairo_status_to_string(status));
    }
    return !writer->base.failed;
}

static cairo_status_t write_bytes(
        void *user, const unsigned char *bytes, unsigned size)
{
    struct gs_cairo *writer = user;

    if (writer->svg != NULL) {
        g_string_append_len(writer->svg, (const char *)bytes, (gssize)size);
        return CAIRO_STATUS_SUCCESS;
    }
    return gs_output_write(writer->base.output, bytes, size)
            ? CAIRO_STATUS_SUCCESS
            : CAIRO_STATUS_WRITE_ERROR;
}

bool gs_cairo_can_draw(const struct gs_cairo *writer)
{
    return !writer->base.failed && writer->cr != NULL;
}

/* --- document ------------------------------------------------------------------- */

static struct gs_writer *open_writer(const struct gs_write_options *options,
        struct gs_output *output, struct gs_diag *diag)
{
    struct gs_cairo *writer = g_new0(struct gs_cairo, 1);

    gs_writer_init(&writer->base, &gs_cairo_ops, output, diag);
    writer->options = *options;
    writer->images = gs_writer_images_new();
    return &writer->base;
}

static void set_metadata(
        struct gs_cairo *writer, cairo_pdf_metadata_t which, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        cairo_pdf_surface_set_metadata(writer->surface, which, value);
    }
}

static void set_time(struct gs_cairo *writer)
{
    char *text = gs_writer_time_text("%Y-%m-%dT%H:%M:%SZ");

    set_metadata(writer, CAIRO_PDF_METADATA_CREATE_DATE, text);
    g_free(text);
}

/* An id as a name that needs no quoting: letters and digits stay. */
static char *target_name(const char *id)
{
    GString *name = g_string_new("d");

    for (; *id != '\0'; id++) {
        g_string_append_printf(name, g_ascii_isalnum(*id) ? "%c" : "_%02x",
                (unsigned char)*id);
    }
    return g_string_free(name, FALSE);
}

/*
 * Cairo 1.16 leaves out the entry of the first page if its label is "1"; then
 * viewers get the labels of all other pages wrong.  Without any labels, they
 * number pages from 1.
 */
static bool can_label(const struct gs_page *first)
{
    return first->number != NULL && strcmp(first->number, "1") != 0;
}

static void add_outline(struct gs_cairo *writer)
{
    GHashTable *anchors = gs_anchors_new(
            writer->info.pages, writer->info.first, writer->info.last);
    GArray *items = gs_outline_make(&writer->info, anchors);
    int *ids = g_new(int, items->len + 1);

    for (guint i = 0; i < items->len; i++) {
        const struct gs_outline_item *item =
                &g_array_index(items, struct gs_outline_item, i);
        char *name = target_name(item->anchor->id);
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
    g_hash_table_destroy(anchors);
}

static void begin_doc(struct gs_writer *base, const struct gs_doc_info *info)
{
    gs_cairo_cast(base)->info = *info;
}

/* Cairo wants the size of the first page. */
static void begin_pdf(struct gs_cairo *writer, const struct gs_page *first)
{
    const struct gs_metadata *metadata = &writer->info.pages->doc->metadata;

    writer->has_labels = can_label(first);
    writer->surface = cairo_pdf_surface_create_for_stream(write_bytes, writer,
            gs_len_to_pt(first->size.width), gs_len_to_pt(first->size.height));
    set_metadata(writer, CAIRO_PDF_METADATA_TITLE, metadata->title);
    set_metadata(writer, CAIRO_PDF_METADATA_AUTHOR, metadata->author);
    set_metadata(writer, CAIRO_PDF_METADATA_SUBJECT, metadata->subject);
    set_metadata(writer, CAIRO_PDF_METADATA_KEYWORDS, metadata->keywords);
    set_metadata(
            writer, CAIRO_PDF_METADATA_CREATOR, "Gongshi " GONGSHI_VERSION);
    set_time(writer);
}

/* --- pages ----------------------------------------------------------------------- */

static void begin_pdf_page(struct gs_cairo *writer, const struct gs_page *page)
{
    if (writer->surface == NULL) {
        begin_pdf(writer, page);
    }
    cairo_pdf_surface_set_size(writer->surface, gs_len_to_pt(page->size.width),
            gs_len_to_pt(page->size.height));
    if (writer->has_labels && page->number != NULL) {
        cairo_pdf_surface_set_page_label(writer->surface, page->number);
    }
    writer->cr = cairo_create(writer->surface);
}

static void begin_png_page(struct gs_cairo *writer, const struct gs_page *page)
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

static void begin_svg_page(struct gs_cairo *writer, const struct gs_page *page)
{
    writer->svg = g_string_new(NULL);
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
        struct gs_cairo *writer, const struct gs_page *page)
{
    const struct gs_pages *pages = writer->info.pages;

    while (writer->next_anchor < pages->anchor_count &&
            pages->anchors[writer->next_anchor].page <= page->index) {
        const struct gs_anchor *anchor =
                &pages->anchors[writer->next_anchor++];
        if (anchor->page < page->index) {
            continue; /* on a page that is not drawn */
        }
        char *name = target_name(anchor->id);
        char *attributes = g_strdup_printf("name='%s' x=0 y=%d", name,
                (int)floor(gs_len_to_pt(anchor->y)));
        cairo_tag_begin(writer->cr, CAIRO_TAG_DEST, attributes);
        cairo_tag_end(writer->cr, CAIRO_TAG_DEST);
        g_free(attributes);
        g_free(name);
    }
}

static void begin_page(struct gs_writer *base, const struct gs_page *page)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

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
    if (!gs_cairo_can_draw(writer) ||
            !gs_cairo_check(writer, cairo_status(writer->cr))) {
        return;
    }
    set_font_options(writer->cr);
    writer->face = NULL;
    writer->page++;
    if (writer->options.format == GS_FORMAT_PDF) {
        add_destinations(writer, page);
    }
}

static void end_page(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (writer->cr == NULL) {
        return;
    }
    cairo_show_page(writer->cr);
    gs_cairo_check(writer, cairo_status(writer->cr));
    cairo_destroy(writer->cr);
    writer->cr = NULL;
    gs_cairo_check(writer, cairo_surface_status(writer->surface));
}

static void end_doc(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (base->failed || writer->surface == NULL) {
        return;
    }
    if (writer->options.format == GS_FORMAT_PDF) {
        add_outline(writer);
    } else if (writer->options.format == GS_FORMAT_PNG) {
        gs_cairo_check(writer,
                cairo_surface_write_to_png_stream(
                        writer->surface, write_bytes, writer));
    }
    cairo_surface_finish(writer->surface);
    if (gs_cairo_check(writer, cairo_surface_status(writer->surface)) &&
            writer->svg != NULL) {
        gs_cairo_write_svg(base->output, writer->svg->str, writer->svg->len);
    }
}

static void free_images(struct gs_cairo *writer)
{
    GHashTableIter iter;
    gpointer value;

    g_hash_table_iter_init(&iter, writer->images);
    while (g_hash_table_iter_next(&iter, NULL, &value)) {
        struct gs_writer_image *entry = value;
        cairo_surface_destroy(entry->embedded); /* NULL is fine */
    }
    g_hash_table_destroy(writer->images);
}

static void free_writer(struct gs_writer *base)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (writer->cr != NULL) {
        cairo_destroy(writer->cr);
    }
    if (writer->surface != NULL) {
        cairo_surface_destroy(writer->surface);
    }
    if (writer->svg != NULL) {
        g_string_free(writer->svg, TRUE);
    }
    free_images(writer);
    gs_writer_release(base);
    g_free(writer);
}

/* --- links ---------------------------------------------------------------------- */

static void append_number(GString *text, gs_len len)
{
    char number[G_ASCII_DTOSTR_BUF_SIZE];

    g_ascii_formatd(number, sizeof(number), "%.3f", gs_len_to_pt(len));
    g_string_append_printf(text, " %s", number);
}

static void add_link(
        struct gs_writer *base, struct gs_rect rect, const char *target)
{
    struct gs_cairo *writer = gs_cairo_cast(base);

    if (!gs_cairo_can_draw(writer) ||
            writer->options.format != GS_FORMAT_PDF) {
        return;
    }
    char *name = target_name(target);
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
        .push_clip = gs_cairo_push_clip,
        .pop_clip = gs_cairo_pop_clip,
        .fill_rect = gs_cairo_fill_rect,
        .stroke_rule = gs_cairo_stroke_rule,
        .stroke_line = gs_cairo_stroke_line,
        .show_glyphs = gs_cairo_show_glyphs,
        .show_path = gs_cairo_show_path,
        .show_image = gs_cairo_show_image,
        .link = add_link,
        .begin_seal = gs_cairo_begin_seal,
        .end_seal = gs_cairo_end_seal,
        .end_page = end_page,
        .end_doc = end_doc,
        .report = gs_writer_report,
        .free = free_writer,
};
