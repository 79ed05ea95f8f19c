/*
 * The libharu writer: PDF read back with poppler.
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

static void init(
        struct fixture *fixture, enum gs_outlines outlines, size_t pages)
{
    struct gs_diag *diag = gs_diag_new();
    fixture->ops = gs_writer_find("haru", GS_FORMAT_PDF);
    fixture->fonts = load_fonts(outlines, diag);
    assert_non_null(fixture->fonts);
    gs_diag_free(diag);
    sample_init(&fixture->sample, fixture->fonts, pages);
}

static void release(struct fixture *fixture)
{
    sample_release(&fixture->sample);
    gs_fonts_free(fixture->fonts);
}

static void set_text(struct fixture *fixture, const char *text)
{
    fixture->sample.pages.pages[0].blocks[0].lines =
            sample_lines(&fixture->sample, GS_PT(50), GS_PT(60), text, false);
}

static void text_copies_as_it_was_written(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, GS_OUTLINES_TRUETYPE, 1);
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
    init(&fixture, GS_OUTLINES_TRUETYPE, 4);
    for (size_t i = 2; i < 4; i++) { /* numbers begin again */
        fixture.sample.pages.pages[i].number = i == 2 ? "1" : "2";
    }
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
    assert_string_equal(label, "2");
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
    init(&fixture, GS_OUTLINES_TRUETYPE, 3);
    struct bytes first =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 2);
    release(&fixture);
    init(&fixture, GS_OUTLINES_TRUETYPE, 3);
    struct bytes second =
            write_sample(&fixture.sample, fixture.ops, GS_FORMAT_PDF, 0, 2);
    assert_int_equal(first.size, second.size);
    assert_memory_equal(first.data, second.data, first.size);
    free(first.data);
    free(second.data);
    release(&fixture);
}

static void assert_one_error(struct fixture *fixture, enum gs_diag_id id)
{
    struct bytes bytes =
            write_sample(&fixture->sample, fixture->ops, GS_FORMAT_PDF, 0, 0);
    assert_null(bytes.data);
    assert_int_equal(gs_diag_errors(fixture->sample.diag), 1);
    assert_int_equal(gs_diag_entry(fixture->sample.diag, 0).id, id);
}

static void cff_face_is_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, GS_OUTLINES_ANY, 1); /* 黑体 is FandolHei there */
    assert_one_error(&fixture, GS_DIAG_WRITER_FACE);
    release(&fixture);
}

/* libharu would write a blank for it. */
static void character_beyond_the_bmp_is_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, GS_OUTLINES_TRUETYPE, 1);
    set_text(&fixture, "一");
    struct gs_glyph_run *run =
            GS_MAKE(fixture.sample.arena, struct gs_glyph_run);
    struct gs_line *line = GS_MAKE(fixture.sample.arena, struct gs_line);
    struct gs_cluster cluster = {4, 1};
    struct gs_frag_line *frag = fixture.sample.pages.pages[0].blocks[0].lines;
    *line = *frag->line;
    *run = line->runs[0];
    run->text = "𠮷";
    run->text_size = 4;
    run->clusters = &cluster;
    line->runs = run;
    frag->line = line;
    assert_one_error(&fixture, GS_DIAG_WRITER_CHARACTER);
    assert_non_null(
            strstr(gs_diag_entry(fixture.sample.diag, 0).message, "U+20BB7"));
    release(&fixture);
}

static void page_out_of_bounds_is_reported(void **state)
{
    (void)state;
    struct fixture fixture;
    init(&fixture, GS_OUTLINES_TRUETYPE, 1);
    fixture.sample.pages.pages[0].size.width = GS_PT(20000);
    assert_one_error(&fixture, GS_DIAG_WRITER);
    release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(text_copies_as_it_was_written),
            cmocka_unit_test(outline_links_labels_and_metadata_are_there),
            cmocka_unit_test(same_pages_give_the_same_bytes),
            cmocka_unit_test(cff_face_is_reported),
            cmocka_unit_test(character_beyond_the_bmp_is_reported),
            cmocka_unit_test(page_out_of_bounds_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
