/*
 * The direct PDF writer: files read back with poppler, and their bytes.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/read-pdf.h"

struct fixture {
    struct sample sample;
    struct gs_fonts *fonts;
};

static void init(struct fixture *fixture, size_t pages)
{
    struct gs_diag *diag = gs_diag_new();
    fixture->fonts = load_fonts(GS_OUTLINES_ANY, diag);
    assert_non_null(fixture->fonts);
    gs_diag_free(diag);
    sample_init(&fixture->sample, fixture->fonts, pages);
}

static void release(struct fixture *fixture)
{
    sample_release(&fixture->sample);
    gs_fonts_free(fixture->fonts);
}

static struct bytes write_as(struct fixture *fixture,
        enum gs_pdf_standard standard, bool small, size_t last)
{
    const struct gs_write_options options = {
            .format = GS_FORMAT_PDF, .standard = standard, .small = small};
    struct gs_output *output = gs_output_memory();
    struct bytes bytes = {NULL, 0};

    if (gs_write(gs_writer_find("pdf", GS_FORMAT_PDF), &options,
                &fixture->sample.pages, 0, last, output,
                fixture->sample.diag)) {
        bytes.data = gs_output_take(output, &bytes.size);
    }
    gs_output_free(output);
    return bytes;
}

static const enum gs_pdf_standard standards[] = {
        GS_PDF_A_2A, GS_PDF_A_2U, GS_PDF_A_2B, GS_PDF_A_1B, GS_PDF_NONE};

static void text_copies_as_it_was_written_by_every_standard(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(standards); i++) {
        struct fixture fixture;
        init(&fixture, 1);
        struct bytes bytes = write_as(&fixture, standards[i], i % 2 == 1, 0);
        PopplerDocument *pdf = open_pdf(bytes);
        assert_non_null(pdf);
        char *text = page_text(pdf, 0);
        assert_non_null(strstr(text, "一⼀ABC&“文”")); /* U+4E00, U+2F00 */
        assert_non_null(strstr(text, "绩效目标"));
        assert_non_null(strstr(text, "项目"));
        assert_non_null(strstr(text, "页眉"));
        assert_true(count_fonts(pdf) > 0);
        assert_int_equal(count_images(pdf, 0), 3);
        g_free(text);
        g_object_unref(pdf);
        free(bytes.data);
        release(&fixture);
    }
}

static void outline_links_labels_and_metadata_are_there(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 4);
    for (size_t i = 2; i < 4; i++) { /* numbers begin again */
        fixture.sample.pages.pages[i].number = i == 2 ? "1" : "2";
    }
    fixture.sample.pages.pages[0].number = "ii";
    struct bytes bytes = write_as(&fixture, GS_PDF_A_2A, false, 3);
    PopplerDocument *pdf = open_pdf(bytes);
    assert_non_null(pdf);
    char *outline = outline_text(pdf);
    assert_string_equal(outline, "第1章@1(第2章@2 第3章@3) 第4章@4");
    assert_int_equal(link_target(pdf, 2), 1);
    char *title = poppler_document_get_title(pdf);
    assert_string_equal(title, "绩效目标表 <2022>");
    assert_int_equal(poppler_document_get_creation_date(pdf), 946684800);
    static const char *const labels[] = {"ii", "2", "1", "2"};
    for (int i = 0; i < 4; i++) {
        PopplerPage *page = poppler_document_get_page(pdf, i);
        char *label = poppler_page_get_label(page);
        assert_string_equal(label, labels[i]);
        g_object_unref(page);
        g_free(label);
    }
    g_free(title);
    g_free(outline);
    g_object_unref(pdf);
    free(bytes.data);
    release(&fixture);
}

static void same_pages_give_the_same_bytes(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 3);
    struct bytes first = write_as(&fixture, GS_PDF_A_2A, false, 2);
    release(&fixture);
    init(&fixture, 3);
    struct bytes second = write_as(&fixture, GS_PDF_A_2A, false, 2);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    free(first.data);
    /* What the first document has left with the faces changes nothing. */
    first = write_as(&fixture, GS_PDF_A_2A, false, 2);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    free(first.data);
    free(second.data);
    release(&fixture);
}

static bool has(struct bytes bytes, const char *what)
{
    return memmem(bytes.data, bytes.size, what, strlen(what)) != NULL;
}

/* ISO 19005-1, 6.4: no soft masks, no groups, no blending. */
static void archival_files_of_the_first_kind_blend_nothing(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct bytes bytes = write_as(&fixture, GS_PDF_A_1B, false, 0);
    assert_non_null(bytes.data);
    assert_false(has(bytes, "/SMask"));
    assert_false(has(bytes, "/Group"));
    assert_false(has(bytes, "/BM"));
    assert_true(has(bytes, "/ImageMask true"));
    assert_true(has(bytes, "<pdfaid:part>1</pdfaid:part>"));
    free(bytes.data);
    release(&fixture);
}

static unsigned count_of(struct bytes bytes, const char *what)
{
    const char *p = bytes.data, *end = p + bytes.size;
    unsigned count = 0;

    while ((p = memmem(p, (size_t)(end - p), what, strlen(what))) != NULL) {
        count++;
        p++;
    }
    return count;
}

/* On two pages, in a line, as a block and as a seal. */
/* ISO 19005-2, 6.6: what the document says of itself, in predefined schemas. */
static void metadata_are_in_the_packet(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct gs_doc doc = *fixture.sample.pages.doc;
    doc.metadata.number = "惠财〔2022〕62号";
    doc.metadata.date = "2022-03";
    fixture.sample.pages.doc = &doc;
    struct bytes bytes = write_as(&fixture, GS_PDF_A_2A, false, 0);
    assert_true(has(
            bytes, "绩效目标表 &lt;2022&gt;</rdf:li></rdf:Alt></dc:title>"));
    assert_true(has(bytes, "<dc:identifier>惠财〔2022〕62号</dc:identifier>"));
    assert_true(has(bytes,
            "<dc:date><rdf:Seq><rdf:li>2022-03</rdf:li></rdf:Seq></dc:date>"));
    free(bytes.data);
    release(&fixture);
}

static void each_picture_is_embedded_once(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct gs_page pages[2] = {
            fixture.sample.pages.pages[0], fixture.sample.pages.pages[0]};
    struct bytes one = write_as(&fixture, GS_PDF_NONE, false, 0);
    pages[1].index = 1;
    fixture.sample.pages.pages = pages;
    fixture.sample.pages.count = 2;
    struct bytes two = write_as(&fixture, GS_PDF_NONE, false, 1);
    unsigned count = count_of(one, "/Subtype/Image");
    assert_true(count > 0);
    assert_int_equal(count_of(two, "/Subtype/Image"), count);
    free(one.data);
    free(two.data);
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(text_copies_as_it_was_written_by_every_standard),
            cmocka_unit_test(outline_links_labels_and_metadata_are_there),
            cmocka_unit_test(same_pages_give_the_same_bytes),
            cmocka_unit_test(archival_files_of_the_first_kind_blend_nothing),
            cmocka_unit_test(metadata_are_in_the_packet),
            cmocka_unit_test(each_picture_is_embedded_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
