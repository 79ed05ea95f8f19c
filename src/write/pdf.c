/*
 * The direct PDF writer: the document and its pages.
 *
 * Each page goes out when it is drawn.  What all pages share (faces, pictures) and
 * what speaks of pages that are still to come (links, outline) follows when the
 * document ends.
 */
#include "write/pdf.h"

#include <assert.h>
#include <string.h>

#include "page/anchors.h"
#include "write/pdf-structure.h"

struct gs_pdf *gs_pdf_cast(struct gs_writer *base)
{
    assert(base->ops == &gs_pdf_ops);
    return (struct gs_pdf *)base;
}

/* --- document ---------------------------------------------------------------------- */

/* What one document leaves for the next. */
struct gs_pdf_workshop {
    struct gs_pdf_tools *tools;
    struct gs_pdf_content content;
};

static void free_workshop(void *object)
{
    struct gs_pdf_workshop *workshop = object;

    gs_pdf_tools_free(workshop->tools);
    gs_pdf_content_release(&workshop->content);
    g_free(workshop);
}

static struct gs_pdf_workshop *find_workshop(
        const struct gs_write_options *options)
{
    struct gs_pdf_workshop *workshop =
            gs_writer_take_kept(options, &gs_pdf_ops);

    if (workshop == NULL) {
        workshop = g_new0(struct gs_pdf_workshop, 1);
        workshop->tools = gs_pdf_tools_new();
    }
    return workshop;
}

static struct gs_writer *open_writer(const struct gs_write_options *options,
        struct gs_output *output, struct gs_diag *diag)
{
    struct gs_pdf *pdf = g_new0(struct gs_pdf, 1);

    gs_writer_init(&pdf->base, &gs_pdf_ops, output, diag);
    pdf->options = *options;
    pdf->workshop = find_workshop(options);
    pdf->content = pdf->workshop->content;
    pdf->file = gs_pdf_file_new(
            output, pdf->workshop->tools, options->standard, options->small);
    pdf->fonts = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_used_font));
    pdf->images = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_used_image));
    pdf->pages = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_page));
    pdf->page_nodes = g_array_new(FALSE, FALSE, sizeof(unsigned));
    pdf->links = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_link));
    pdf->labels = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_label));
    return &pdf->base;
}

static void begin_doc(struct gs_writer *base, const struct gs_doc_info *info)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    if (pdf->options.standard != GS_PDF_NONE) {
        pdf->structure = gs_pdf_structure_new(pdf->file);
    }

    pdf->info = *info;
    gs_pdf_page_parent(pdf); /* the first of the file's objects */
    pdf->resources = gs_pdf_reserve(pdf->file);
}

static void free_writer(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    for (guint i = 0; i < pdf->links->len; i++) {
        g_free(g_array_index(pdf->links, struct gs_pdf_link, i).target);
    }
    for (guint i = 0; i < pdf->labels->len; i++) {
        g_free(g_array_index(pdf->labels, struct gs_pdf_label, i).prefix);
    }
    gs_pdf_free_fonts(pdf);
    g_array_free(pdf->images, TRUE);
    g_array_free(pdf->pages, TRUE);
    g_array_free(pdf->page_nodes, TRUE);
    g_array_free(pdf->links, TRUE);
    g_array_free(pdf->labels, TRUE);
    gs_pdf_structure_free(pdf->structure);
    gs_pdf_file_free(pdf->file);
    pdf->workshop->content = pdf->content;
    gs_writer_keep(&pdf->options, &gs_pdf_ops, pdf->workshop, free_workshop);
    gs_writer_release(base);
    g_free(pdf);
}

/* --- pages ---------------------------------------------------------------------------- */

static void begin_page(struct gs_writer *base, const struct gs_page *page)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    pdf->page = gs_pdf_reserve(pdf->file);
    pdf->page_size = page->size;
    pdf->transparent = false;
    pdf->first_link = pdf->links->len;
    gs_pdf_note_label(pdf, page->number);
    if (pdf->structure != NULL) {
        gs_pdf_structure_begin_page(
                pdf->structure, pdf->page, page->size.height);
    }
    gs_pdf_content_begin(&pdf->content, page->size.height);
}

static void put_annotations(const struct gs_pdf *pdf, struct gs_pdf_buffer *out)
{
    if (pdf->first_link == pdf->links->len) {
        return;
    }
    gs_pdf_puts(out, "/Annots[");
    for (size_t i = pdf->first_link; i < pdf->links->len; i++) {
        gs_pdf_put_ref(
                out, g_array_index(pdf->links, struct gs_pdf_link, i).number);
        gs_pdf_puts(out, " ");
    }
    gs_pdf_puts(out, "]");
}

static void write_page(struct gs_pdf *pdf, unsigned content)
{
    unsigned parent = gs_pdf_page_parent(pdf);
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, pdf->page);

    gs_pdf_puts(out, "<</Type/Page/Parent ");
    gs_pdf_put_ref(out, parent);
    gs_pdf_puts(out, "/MediaBox[0 0 ");
    gs_pdf_put_len(out, pdf->page_size.width);
    gs_pdf_puts(out, " ");
    gs_pdf_put_len(out, pdf->page_size.height);
    gs_pdf_puts(out, "]/Contents ");
    gs_pdf_put_ref(out, content);
    gs_pdf_puts(out, "/Resources ");
    gs_pdf_put_ref(out, pdf->resources);
    if (pdf->transparent) { /* ISO 19005-2, 6.2.10 */
        gs_pdf_puts(out, "/Group<</S/Transparency/CS/DeviceRGB>>");
    }
    if (pdf->structure != NULL) {
        gs_pdf_puts(out, "/Tabs/S/StructParents ");
        gs_pdf_put_int(out, gs_pdf_structure_page_key(pdf->structure));
    }
    put_annotations(pdf, out);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
}

static void end_page(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);
    struct gs_pdf_page page = {pdf->page, pdf->page_size.height};
    unsigned content = gs_pdf_reserve(pdf->file);

    gs_pdf_content_end(&pdf->content);
    gs_pdf_stream_text(pdf->file, content, "", GS_PDF_TEXT_CONTENT,
            pdf->content.out.bytes, pdf->content.out.size);
    write_page(pdf, content);
    if (pdf->structure != NULL) {
        gs_pdf_structure_end_page(pdf->structure);
    }
    g_array_append_val(pdf->pages, page);
}

/* --- the end ---------------------------------------------------------------------------- */

static void end_doc(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);
    const struct gs_doc_info *info = &pdf->info;

    if (base->failed) {
        return;
    }
    GHashTable *anchors = gs_anchors_new(info->pages, info->first, info->last);
    gs_pdf_write_fonts(pdf);
    gs_pdf_write_page_tree(pdf);
    gs_pdf_write_resources(pdf);
    gs_pdf_write_links(pdf, info, anchors);
    unsigned catalog = gs_pdf_write_catalog(pdf, info, anchors);
    gs_pdf_finish(pdf->file, catalog, gs_pdf_write_info(pdf, info));
    g_hash_table_destroy(anchors);
}

/* --- structure ----------------------------------------------------------------------------- */

static void begin_tag(struct gs_writer *base, const struct gs_tag *tag)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    if (pdf->structure != NULL) {
        gs_pdf_content_unmark(&pdf->content);
        gs_pdf_structure_begin_tag(pdf->structure, tag);
    }
}

static void end_tag(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    if (pdf->structure != NULL) {
        gs_pdf_content_unmark(&pdf->content);
        gs_pdf_structure_end_tag(pdf->structure);
    }
}

static void begin_artifact(struct gs_writer *base, enum gs_artifact kind)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    gs_pdf_content_unmark(&pdf->content);
    pdf->in_artifact = true;
    pdf->artifact = kind;
}

static void end_artifact(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    gs_pdf_content_unmark(&pdf->content);
    pdf->in_artifact = false;
}

/* ISO 32000-1, 14.8.2.2.2 */
static const char *artifact_properties(enum gs_artifact kind)
{
    switch (kind) {
    case GS_ARTIFACT_LAYOUT:
        return "<</Type/Layout>>";
    case GS_ARTIFACT_HEADER:
        return "<</Type/Pagination/Subtype/Header>>";
    case GS_ARTIFACT_FOOTER:
        return "<</Type/Pagination/Subtype/Footer>>";
    case GS_ARTIFACT_REPEAT:
        return "<</Type/Pagination>>";
    }
    return NULL;
}

void gs_pdf_draws(struct gs_pdf *pdf, enum gs_pdf_mode mode)
{
    gs_pdf_content_enter(&pdf->content, mode);
    if (pdf->structure == NULL || pdf->content.marked) {
        return;
    }
    if (pdf->in_artifact) {
        gs_pdf_content_mark_artifact(
                &pdf->content, artifact_properties(pdf->artifact));
    } else {
        struct gs_pdf_mark mark = gs_pdf_structure_mark(pdf->structure);
        gs_pdf_content_mark(&pdf->content, mark.role, mark.mcid);
    }
}

/* --- drawing ------------------------------------------------------------------------------ */

static void push_clip(struct gs_writer *base, struct gs_rect rect)
{
    gs_pdf_content_push_clip(&gs_pdf_cast(base)->content, rect);
}

static void pop_clip(struct gs_writer *base)
{
    gs_pdf_content_pop(&gs_pdf_cast(base)->content);
}

static void fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    gs_pdf_draws(pdf, GS_PDF_GRAPHICS);
    gs_pdf_content_fill(&pdf->content, rect, color);
}

static void stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    gs_pdf_draws(pdf, GS_PDF_GRAPHICS);
    gs_pdf_content_line(&pdf->content, from, to, style);
}

static void stroke_rule(struct gs_writer *base, const struct gs_rule *rule)
{
    stroke_line(base, (struct gs_point){rule->x, rule->y},
            gs_writer_rule_end(rule), &rule->style);
}

static void show_path(struct gs_writer *base, const struct gs_path *path)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    gs_pdf_draws(pdf, GS_PDF_GRAPHICS);
    gs_pdf_content_path(&pdf->content, path);
}

/* PDF/A-1 knows no blending: there a seal's ink covers (ISO 19005-1, 6.4). */
static void begin_seal(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    pdf->in_seal = true;
    if (pdf->options.standard != GS_PDF_A_1B) {
        pdf->transparent = true;
        gs_pdf_draws(pdf, GS_PDF_GRAPHICS);
        gs_pdf_content_multiply(&pdf->content, true);
    }
}

static void end_seal(struct gs_writer *base)
{
    struct gs_pdf *pdf = gs_pdf_cast(base);

    pdf->in_seal = false;
    gs_pdf_content_multiply(&pdf->content, false);
}

const struct gs_writer_ops gs_pdf_ops = {
        .name = "pdf",
        .formats = {[GS_FORMAT_PDF] = true},
        .standards = true,
        .outlines = GS_OUTLINES_ANY,
        .open = open_writer,
        .begin_doc = begin_doc,
        .begin_page = begin_page,
        .push_clip = push_clip,
        .pop_clip = pop_clip,
        .fill_rect = fill_rect,
        .stroke_rule = stroke_rule,
        .stroke_line = stroke_line,
        .show_glyphs = gs_pdf_show_glyphs,
        .show_path = show_path,
        .show_image = gs_pdf_show_image,
        .link = gs_pdf_add_link,
        .begin_seal = begin_seal,
        .end_seal = end_seal,
        .begin_tag = begin_tag,
        .end_tag = end_tag,
        .begin_artifact = begin_artifact,
        .end_artifact = end_artifact,
        .end_page = end_page,
        .end_doc = end_doc,
        .report = gs_writer_report,
        .free = free_writer,
};
