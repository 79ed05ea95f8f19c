/*
 * The direct PDF writer: what is said of all pages: their labels, the page tree,
 * the resources that they share, the catalog.
 */
#include "write/pdf.h"

#include "write/pdf-structure.h"

/* --- labels of pages (ISO 32000-1, 12.4.2) -------------------------------------------- */

/* The number that a label is, or 0. */
static guint64 label_number(const char *label)
{
    guint64 number;

    return label[0] != '0' &&
                    g_ascii_string_to_unsigned(
                            label, 10, 1, G_MAXINT32, &number, NULL)
            ? number
            : 0;
}

/* A page that is not numbered like the one before it begins a range. */
void gs_pdf_note_label(struct gs_pdf *pdf, const char *label)
{
    guint64 number = label == NULL ? 0 : label_number(label);
    struct gs_pdf_label begun = {.page = pdf->pages->len, .number = number};

    if (number == 0 || number != pdf->next_label) {
        begun.prefix = number == 0 ? g_strdup(label) : NULL;
        g_array_append_val(pdf->labels, begun);
    }
    pdf->next_label = number == 0 ? 0 : number + 1;
}

static void put_labels(const struct gs_pdf *pdf, struct gs_pdf_buffer *out)
{
    gs_pdf_puts(out, "/PageLabels<</Nums[");
    for (guint i = 0; i < pdf->labels->len; i++) {
        const struct gs_pdf_label *label =
                &g_array_index(pdf->labels, struct gs_pdf_label, i);
        gs_pdf_put_int(out, (int64_t)label->page);
        gs_pdf_puts(out, "<<");
        if (label->number > 0) {
            gs_pdf_puts(out, "/S/D/St ");
            gs_pdf_put_int(out, (int64_t)label->number);
        } else if (label->prefix != NULL) {
            gs_pdf_puts(out, "/P");
            gs_pdf_put_text(out, label->prefix);
        }
        gs_pdf_puts(out, ">>");
    }
    gs_pdf_puts(out, "]>>");
}

/* --- pages and what they share --------------------------------------------------------- */

/* Pages of a node: an array of PDF/A-1 has at most 8191 items (6.1.12). */
#define NODE_PAGES 4096u

unsigned gs_pdf_page_parent(struct gs_pdf *pdf)
{
    if (pdf->pages->len >= pdf->page_nodes->len * NODE_PAGES) {
        unsigned number = gs_pdf_reserve(pdf->file);
        g_array_append_val(pdf->page_nodes, number);
    }
    return g_array_index(pdf->page_nodes, unsigned, pdf->page_nodes->len - 1);
}

static void write_page_node(struct gs_pdf *pdf, guint index)
{
    unsigned number = g_array_index(pdf->page_nodes, unsigned, index);
    guint first = index * NODE_PAGES;
    guint end = MIN(first + NODE_PAGES, pdf->pages->len);
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, number);

    gs_pdf_puts(out, "<</Type/Pages/Count ");
    gs_pdf_put_int(out, end - first);
    if (number != pdf->page_tree) {
        gs_pdf_puts(out, "/Parent ");
        gs_pdf_put_ref(out, pdf->page_tree);
    }
    gs_pdf_puts(out, "/Kids[");
    for (guint i = first; i < end; i++) {
        gs_pdf_put_ref(
                out, g_array_index(pdf->pages, struct gs_pdf_page, i).number);
        gs_pdf_puts(out, " ");
    }
    gs_pdf_puts(out, "]>>");
    gs_pdf_end(pdf->file);
}

/* One node over all pages, or one over such nodes. */
void gs_pdf_write_page_tree(struct gs_pdf *pdf)
{
    const GArray *nodes = pdf->page_nodes;

    pdf->page_tree = nodes->len == 1 ? g_array_index(nodes, unsigned, 0)
                                     : gs_pdf_reserve(pdf->file);
    for (guint i = 0; i < nodes->len; i++) {
        write_page_node(pdf, i);
    }
    if (nodes->len > 1) {
        struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, pdf->page_tree);
        gs_pdf_puts(out, "<</Type/Pages/Count ");
        gs_pdf_put_int(out, pdf->pages->len);
        gs_pdf_puts(out, "/Kids[");
        for (guint i = 0; i < nodes->len; i++) {
            gs_pdf_put_ref(out, g_array_index(nodes, unsigned, i));
            gs_pdf_puts(out, " ");
        }
        gs_pdf_puts(out, "]>>");
        gs_pdf_end(pdf->file);
    }
}

/* One for all pages. */
void gs_pdf_write_resources(struct gs_pdf *pdf)
{
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, pdf->resources);

    gs_pdf_puts(out, "<</Font<<");
    for (guint i = 0; i < pdf->fonts->len; i++) {
        gs_pdf_puts(out, "/F");
        gs_pdf_put_int(out, i);
        gs_pdf_puts(out, " ");
        gs_pdf_put_ref(out,
                g_array_index(pdf->fonts, struct gs_pdf_used_font, i).number);
    }
    gs_pdf_puts(out, ">>/XObject<<");
    for (guint i = 0; i < pdf->images->len; i++) {
        gs_pdf_puts(out, "/I");
        gs_pdf_put_int(out, i);
        gs_pdf_puts(out, " ");
        gs_pdf_put_ref(out,
                g_array_index(pdf->images, struct gs_pdf_used_image, i).number);
    }
    gs_pdf_puts(out, ">>/ExtGState<<");
    if (pdf->options.standard != GS_PDF_A_1B) {
        gs_pdf_puts(out, "/G0<</BM/Normal>>/G1<</BM/Multiply>>");
    }
    gs_pdf_puts(out, ">>>>");
    gs_pdf_end(pdf->file);
}

static void put_optional(
        struct gs_pdf_buffer *out, const char *key, unsigned number)
{
    if (number != 0) {
        gs_pdf_puts(out, key);
        gs_pdf_put_ref(out, number);
    }
}

static void put_output_intent(struct gs_pdf_buffer *out, unsigned profile)
{
    gs_pdf_puts(out,
            "/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
            "/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
            "/DestOutputProfile ");
    gs_pdf_put_ref(out, profile);
    gs_pdf_puts(out, ">>]");
}

static void put_names(const struct gs_pdf *pdf, struct gs_pdf_buffer *out,
        unsigned destinations, unsigned source)
{
    if (destinations == 0 && source == 0) {
        return;
    }
    gs_pdf_puts(out, "/Names<<");
    put_optional(out, "/Dests ", destinations);
    if (source != 0) {
        gs_pdf_puts(out, "/EmbeddedFiles<</Names[");
        gs_pdf_put_text(out, pdf->options.source_name);
        gs_pdf_puts(out, " ");
        gs_pdf_put_ref(out, source);
        gs_pdf_puts(out, "]>>");
    }
    gs_pdf_puts(out, ">>");
}

unsigned gs_pdf_write_catalog(
        struct gs_pdf *pdf, const struct gs_doc_info *info, GHashTable *anchors)
{
    const char *lang = info->pages->doc->metadata.lang;
    unsigned destinations = gs_pdf_write_destinations(pdf, info, anchors);
    unsigned outline = gs_pdf_write_outline(pdf, info, anchors);
    unsigned xmp = gs_pdf_write_xmp(pdf, info);
    unsigned profile = gs_pdf_write_profile(pdf);
    unsigned structure = pdf->structure == NULL
            ? 0
            : gs_pdf_structure_finish(pdf->structure);
    unsigned source = gs_pdf_write_source(pdf);
    unsigned number = gs_pdf_reserve(pdf->file);
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, number);

    gs_pdf_puts(out, "<</Type/Catalog/Pages ");
    gs_pdf_put_ref(out, pdf->page_tree);
    put_optional(out, "/Metadata ", xmp);
    put_output_intent(out, profile);
    gs_pdf_puts(out, "/ViewerPreferences<</DisplayDocTitle true>>");
    if (structure != 0) {
        gs_pdf_puts(out, "/MarkInfo<</Marked true>>/StructTreeRoot ");
        gs_pdf_put_ref(out, structure);
    }
    put_labels(pdf, out);
    if (lang != NULL && lang[0] != '\0') {
        gs_pdf_puts(out, "/Lang");
        gs_pdf_put_text(out, lang);
    }
    put_optional(out, "/Outlines ", outline);
    if (outline != 0) {
        gs_pdf_puts(out, "/PageMode/UseOutlines");
    }
    if (source != 0) {
        gs_pdf_puts(out, "/AF[");
        gs_pdf_put_ref(out, source);
        gs_pdf_puts(out, "]");
    }
    put_names(pdf, out, destinations, source);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
    return number;
}
