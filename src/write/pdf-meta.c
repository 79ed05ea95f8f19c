/*
 * The direct PDF writer: what the file says of itself.
 *
 * The information dictionary and the XMP packet say the same, as PDF/A-1 demands
 * (ISO 19005-1, 6.7.3) and the later parts advise.
 */
#include "write/pdf.h"

#include <string.h>

#include "config.h"
#include "srgb.h"

#define PROGRAM "Gongshi " GONGSHI_VERSION

/* --- values ------------------------------------------------------------------------ */

/* PDF/UA asks for a title (ISO 14289-1, 7.1): else the first heading is taken. */
static const char *find_title(const struct gs_doc_info *info)
{
    const struct gs_doc *doc = info->pages->doc;
    const char *title = doc->metadata.title;

    if (title != NULL && title[0] != '\0') {
        return title;
    }
    return doc->heading_count > 0 ? doc->headings[0].title : PROGRAM;
}

/* --- the information dictionary (ISO 32000-1, 14.3.3) --------------------------------- */

static void put_entry(
        struct gs_pdf_buffer *out, const char *key, const char *value)
{
    if (value != NULL && value[0] != '\0') {
        gs_pdf_puts(out, key);
        gs_pdf_put_text(out, value);
    }
}

unsigned gs_pdf_write_info(struct gs_pdf *pdf, const struct gs_doc_info *info)
{
    const struct gs_metadata *metadata = &info->pages->doc->metadata;
    unsigned number = gs_pdf_reserve(pdf->file);
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, number);
    char *time = gs_writer_time_text("D:%Y%m%d%H%M%SZ");

    gs_pdf_puts(out, "<<");
    put_entry(out, "/Title", find_title(info));
    put_entry(out, "/Author", metadata->author);
    put_entry(out, "/Subject", metadata->subject);
    put_entry(out, "/Keywords", metadata->keywords);
    put_entry(out, "/Creator", PROGRAM);
    put_entry(out, "/Producer", PROGRAM);
    put_entry(out, "/CreationDate", time);
    put_entry(out, "/ModDate", time);
    gs_pdf_puts(out, ">>");
    gs_pdf_end(pdf->file);
    g_free(time);
    return number;
}

/* --- XMP ------------------------------------------------------------------------------- */

/*
 * `before` and `after` are markup around the value, which is cut where that of
 * the information dictionary is: both say the same (ISO 19005-1, 6.7.3).
 */
static void add_value(
        GString *xmp, const char *before, const char *value, const char *after)
{
    if (value != NULL && value[0] != '\0') {
        char *escaped =
                g_markup_escape_text(value, (gssize)gs_pdf_text_fit(value));
        g_string_append(xmp, before);
        g_string_append(xmp, escaped);
        g_string_append(xmp, after);
        g_string_append_c(xmp, '\n');
        g_free(escaped);
    }
}

static void add_description(GString *xmp, const struct gs_doc_info *info)
{
    const struct gs_metadata *metadata = &info->pages->doc->metadata;
    char *time = gs_writer_time_text("%Y-%m-%dT%H:%M:%SZ");

    g_string_append(xmp,
            "<rdf:Description rdf:about=\"\""
            " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
            " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
            " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\">\n");
    add_value(xmp, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">",
            find_title(info), "</rdf:li></rdf:Alt></dc:title>");
    add_value(xmp, "<dc:creator><rdf:Seq><rdf:li>", metadata->author,
            "</rdf:li></rdf:Seq></dc:creator>");
    add_value(xmp, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">",
            metadata->subject, "</rdf:li></rdf:Alt></dc:description>");
    add_value(xmp, "<dc:language><rdf:Bag><rdf:li>", metadata->lang,
            "</rdf:li></rdf:Bag></dc:language>");
    add_value(xmp, "<dc:identifier>", metadata->number, "</dc:identifier>");
    add_value(xmp, "<dc:date><rdf:Seq><rdf:li>", metadata->date,
            "</rdf:li></rdf:Seq></dc:date>");
    add_value(xmp, "<pdf:Keywords>", metadata->keywords, "</pdf:Keywords>");
    add_value(xmp, "<pdf:Producer>", PROGRAM, "</pdf:Producer>");
    add_value(xmp, "<xmp:CreatorTool>", PROGRAM, "</xmp:CreatorTool>");
    add_value(xmp, "<xmp:CreateDate>", time, "</xmp:CreateDate>");
    add_value(xmp, "<xmp:ModifyDate>", time, "</xmp:ModifyDate>");
    g_string_append(xmp, "</rdf:Description>\n");
    g_free(time);
}

/*
 * pdfuaid is none of the schemas that PDF/A knows, so it is described (ISO
 * 19005-2, 6.6.2.3).
 */
static const char ua_description[] =
        "<rdf:Description rdf:about=\"\""
        " xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\">\n"
        "<pdfuaid:part>1</pdfuaid:part>\n"
        "</rdf:Description>\n"
        "<rdf:Description rdf:about=\"\""
        " xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\""
        " xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\""
        " xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">\n"
        "<pdfaExtension:schemas><rdf:Bag>"
        "<rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\n"
        "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/"
        "</pdfaSchema:namespaceURI>\n"
        "<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\n"
        "<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType=\"Resource\">\n"
        "<pdfaProperty:name>part</pdfaProperty:name>\n"
        "<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\n"
        "<pdfaProperty:category>internal</pdfaProperty:category>\n"
        "<pdfaProperty:description>Part of ISO 14289 that the file keeps to"
        "</pdfaProperty:description>\n"
        "</rdf:li></rdf:Seq></pdfaSchema:property>\n"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas>\n"
        "</rdf:Description>\n";

static void add_standard(GString *xmp, enum gs_pdf_standard standard)
{
    static const struct {
        char part, conformance;
    } claims[] = {
            [GS_PDF_A_2A] = {'2', 'A'},
            [GS_PDF_A_2U] = {'2', 'U'},
            [GS_PDF_A_2B] = {'2', 'B'},
            [GS_PDF_A_1B] = {'1', 'B'},
            [GS_PDF_A_3A] = {'3', 'A'},
    };

    if (standard == GS_PDF_NONE) {
        return;
    }
    g_string_append_printf(xmp,
            "<rdf:Description rdf:about=\"\""
            " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
            "<pdfaid:part>%c</pdfaid:part>\n"
            "<pdfaid:conformance>%c</pdfaid:conformance>\n"
            "</rdf:Description>\n",
            claims[standard].part, claims[standard].conformance);
}

/* Not compressed, so that programs that know no PDF find it (6.6.2.1). */
unsigned gs_pdf_write_xmp(struct gs_pdf *pdf, const struct gs_doc_info *info)
{
    GString *xmp = g_string_new(
            "<?xpacket begin=\"\xEF\xBB\xBF\" "
            "id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
            "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
            "<rdf:RDF "
            "xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n");
    unsigned number = gs_pdf_reserve(pdf->file);

    add_description(xmp, info);
    add_standard(xmp, pdf->options.standard);
    if (pdf->structure != NULL && pdf->options.standard != GS_PDF_A_1B) {
        g_string_append(xmp, ua_description);
    }
    g_string_append(xmp, "</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>");
    gs_pdf_stream_plain(pdf->file, number, "/Type/Metadata/Subtype/XML",
            xmp->str, xmp->len);
    g_string_free(xmp, TRUE);
    return number;
}

/* --- the data file (ISO 19005-3, 6.8 and annex E) ----------------------------------------- */

static unsigned write_embedded(struct gs_pdf *pdf)
{
    const struct gs_write_options *options = &pdf->options;
    unsigned number = gs_pdf_reserve(pdf->file);
    struct gs_pdf_buffer entries = {0};
    char *time = gs_writer_time_text("D:%Y%m%d%H%M%SZ");

    gs_pdf_puts(
            &entries, "/Type/EmbeddedFile/Subtype/text#2Fxml/Params<</Size ");
    gs_pdf_put_int(&entries, (int64_t)options->source_size);
    gs_pdf_puts(&entries, "/ModDate");
    gs_pdf_put_text(&entries, time);
    gs_pdf_puts(&entries, ">>");
    gs_pdf_put(&entries, "", 1);
    gs_pdf_stream(pdf->file, number, entries.bytes, options->source,
            options->source_size);
    gs_pdf_buffer_release(&entries);
    g_free(time);
    return number;
}

unsigned gs_pdf_write_source(struct gs_pdf *pdf)
{
    const struct gs_write_options *options = &pdf->options;

    if (options->standard != GS_PDF_A_3A || options->source_name == NULL) {
        return 0;
    }
    unsigned embedded = write_embedded(pdf);
    unsigned number = gs_pdf_reserve(pdf->file);
    struct gs_pdf_buffer *out = gs_pdf_begin(pdf->file, number);
    gs_pdf_puts(out, "<</Type/Filespec/AFRelationship/Source/F");
    gs_pdf_put_text(out, options->source_name);
    gs_pdf_puts(out, "/UF");
    gs_pdf_put_text(out, options->source_name);
    gs_pdf_puts(out, "/Desc");
    gs_pdf_put_text(out, "Data of this document");
    gs_pdf_puts(out, "/EF<</F ");
    gs_pdf_put_ref(out, embedded);
    gs_pdf_puts(out, "/UF ");
    gs_pdf_put_ref(out, embedded);
    gs_pdf_puts(out, ">>>>");
    gs_pdf_end(pdf->file);
    return number;
}

/* --- the output intent (ISO 32000-1, 14.11.5) ------------------------------------------ */

unsigned gs_pdf_write_profile(struct gs_pdf *pdf)
{
    unsigned number = gs_pdf_reserve(pdf->file);

    gs_pdf_stream_deflated(
            pdf->file, number, "/N 3", srgb_profile, sizeof srgb_profile);
    return number;
}
