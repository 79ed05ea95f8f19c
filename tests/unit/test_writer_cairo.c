/*
 * The Cairo writer: PDF read back with poppler, PNG, SVG.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "unit/read-pdf.h"

struct fixture {
    struct sample sample;
    struct gs_fonts *fonts;
    const struct gs_writer_ops *ops;
};

static void init(struct fixture *fixture, size_t pages)
{
    struct gs_diag *diag = gs_diag_new();
    fixture->ops = gs_writer_find("cairo", GS_FORMAT_PDF);
    fixture->fonts = load_fonts(fixture->ops->outlines, diag);
    assert_non_null(fixture->fonts);
    gs_diag_free(diag);
    sample_init(&fixture->sample, fixture->fonts, pages);
}

static void release(struct fixture *fixture)
{
    sample_release(&fixture->sample);
    gs_fonts_free(fixture->fonts);
}

static void text_copies_as_it_was_written(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 0);
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

static void outline_links_labels_and_metadata_are_there(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 4);
    fixture.sample.pages.pages[0].number = "封面";
    fixture.sample.pages.pages[3].number = "附1";
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 3);
    PopplerDocument *pdf = open_pdf(bytes);
    assert_non_null(pdf);
    char *outline = outline_text(pdf);
    assert_string_equal(outline, "第1章@1(第2章@2 第3章@3) 第4章@4");
    assert_int_equal(link_target(pdf, 2), 1);
    char *title = poppler_document_get_title(pdf);
    assert_string_equal(title, "绩效目标表 <2022>");
    assert_int_equal(poppler_document_get_creation_date(pdf), 946684800);
    PopplerPage *page = poppler_document_get_page(pdf, 3);
    char *label = poppler_page_get_label(page);
    assert_string_equal(label, "附1");
    g_object_unref(page);
    g_free(label);
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
    struct bytes first =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 2);
    release(&fixture);
    init(&fixture, 3);
    struct bytes second =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 2);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    free(first.data);
    free(second.data);
    release(&fixture);
}

/* One image, as a block and as a seal, on three pages. */
static void picture_is_embedded_once(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 3);
    struct gs_page *pages = fixture.sample.pages.pages;
    for (size_t i = 0; i < 3; i++) {
        pages[i].blocks[4].image.image = pages[0].blocks[4].image.image;
        pages[i].blocks[1].lines = pages[i].blocks[0].lines; /* no other */
        pages[i].seals[0] = pages[0].seals[0];
        pages[i].ink = gs_ledger_page(&pages[i]);
    }
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 2);
    PopplerDocument *pdf = open_pdf(bytes);
    assert_int_equal(count_images(pdf, 2), 2);
    /* Colour and alpha. */
    assert_int_equal(count_bytes(bytes, "/Subtype /Image"), 2);
    g_object_unref(pdf);
    free(bytes.data);
    release(&fixture);
}

/* The face has no bold: it is made bolder, and its text still copies. */
static void emboldened_text_is_text(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct gs_frag_block *para = &fixture.sample.pages.pages[0].blocks[0];
    struct gs_line line = *para->lines->line;
    struct gs_glyph_run run = line.runs[0];
    run.embolden = true;
    line.runs = &run;
    para->lines->line = &line;
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 0);
    PopplerDocument *pdf = open_pdf(bytes);
    char *text = page_text(pdf, 0);
    assert_non_null(strstr(text, "绩效目标"));
    assert_true(count_fonts(pdf) > 1);
    g_free(text);
    g_object_unref(pdf);
    free(bytes.data);
    release(&fixture);
}

static void png_has_the_pixels_of_the_page(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 2);
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PNG, 1, 1);
    static const unsigned char head[] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1A,
            '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R', 0, 0, 2, 83, 0, 0, 3, 74};
    assert_true(bytes.size > sizeof(head));
    assert_memory_equal(bytes.data, head, sizeof(head)); /* 595 x 842 */
    free(bytes.data);
    release(&fixture);
}

static void svg_is_one_page_in_pt(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_SVG, 0, 0);
    assert_int_equal(count_bytes(bytes, "<svg "), 1);
    assert_int_equal(count_bytes(bytes, "width=\"595pt\""), 1);
    assert_int_equal(count_bytes(bytes, "</svg>"), 1);
    free(bytes.data);
    release(&fixture);
}

static void too_many_pixels_are_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, 1);
    fixture.sample.pages.pages[0].size.width = GS_PT(1000000);
    struct bytes bytes =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PNG, 0, 0);
    assert_null(bytes.data);
    assert_int_equal(gs_diag_errors(fixture.sample.diag), 1);
    assert_int_equal(gs_diag_entry(fixture.sample.diag, 0).id, GS_DIAG_WRITER);
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(text_copies_as_it_was_written),
            cmocka_unit_test(outline_links_labels_and_metadata_are_there),
            cmocka_unit_test(same_pages_give_the_same_bytes),
            cmocka_unit_test(picture_is_embedded_once),
            cmocka_unit_test(emboldened_text_is_text),
            cmocka_unit_test(png_has_the_pixels_of_the_page),
            cmocka_unit_test(svg_is_one_page_in_pt),
            cmocka_unit_test(too_many_pixels_are_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
