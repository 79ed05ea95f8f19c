/*
 * The writers' front: what a table of operations is called with, failures that
 * stick, targets, the outline, the registry.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "unit/sample.h"
#include "write/base.h"

/* A writer that notes what it is asked to do, and fails where it is told to. */
struct recorder {
    struct gs_writer base;
    int fail_at; /* page; 0: never */
    int pages;
};

static GString *record;
static int fail_at_page;

static const struct gs_writer_ops recorder_ops;

static struct gs_writer *recorder_open(const struct gs_write_options *options,
        struct gs_output *output, struct gs_diag *diag)
{
    (void)options;
    struct recorder *recorder = g_new0(struct recorder, 1);
    gs_writer_init(&recorder->base, &recorder_ops, output, diag);
    recorder->fail_at = fail_at_page;
    return &recorder->base;
}

static void recorder_begin_doc(
        struct gs_writer *base, const struct gs_doc_info *info)
{
    (void)base;
    g_string_append_printf(record, "doc %zu-%zu\n", info->first, info->last);
}

static void recorder_begin_page(
        struct gs_writer *base, const struct gs_page *page)
{
    struct recorder *recorder = (struct recorder *)base;
    g_string_append_printf(record, "page %s\n", page->number);
    if (++recorder->pages == recorder->fail_at) {
        gs_writer_fail_words(base, "first");
        gs_writer_fail_words(base, "second");
    }
}

static void note_rect(const char *word, struct gs_rect rect)
{
    g_string_append_printf(record, "%s %d %d\n", word,
            (int)(rect.x / GS_LEN_PER_PT), (int)(rect.y / GS_LEN_PER_PT));
}

static void recorder_clip(struct gs_writer *base, struct gs_rect rect)
{
    (void)base;
    note_rect("clip", rect);
}

static void recorder_pop(struct gs_writer *base)
{
    (void)base;
}

static void recorder_fill(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color)
{
    (void)base;
    (void)color;
    note_rect("fill", rect);
}

static void recorder_rule(struct gs_writer *base, const struct gs_rule *rule)
{
    (void)base;
    (void)rule;
}

static void recorder_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    (void)base;
    (void)from;
    (void)to;
    (void)style;
}

static void recorder_glyphs(struct gs_writer *base, struct gs_point origin,
        const struct gs_glyph_run *run)
{
    (void)base;
    (void)origin;
    g_string_append_len(record, run->text, (gssize)run->text_size);
    g_string_append_c(record, '\n');
}

static void recorder_path(struct gs_writer *base, const struct gs_path *path)
{
    (void)base;
    (void)path;
}

static void recorder_image(struct gs_writer *base, struct gs_rect rect,
        const struct gs_image *image)
{
    (void)base;
    (void)image;
    note_rect("image", rect);
}

static void recorder_link(
        struct gs_writer *base, struct gs_rect rect, const char *target)
{
    (void)base;
    note_rect(target, rect);
}

/* Tags by their kinds' numbers, artifacts likewise. */
static void recorder_begin_tag(struct gs_writer *base, const struct gs_tag *tag)
{
    (void)base;
    g_string_append_printf(record, "<%d ", (int)tag->kind);
}

static void recorder_end_tag(struct gs_writer *base)
{
    (void)base;
    g_string_append(record, ">\n");
}

static void recorder_begin_artifact(
        struct gs_writer *base, enum gs_artifact artifact)
{
    (void)base;
    g_string_append_printf(record, "[%d ", (int)artifact);
}

static void recorder_end_artifact(struct gs_writer *base)
{
    (void)base;
    g_string_append(record, "]\n");
}

static void recorder_end_page(struct gs_writer *base)
{
    (void)base;
    g_string_append(record, "end page\n");
}

static void recorder_end_doc(struct gs_writer *base)
{
    (void)base;
    g_string_append(record, "end doc\n");
}

static void recorder_free(struct gs_writer *base)
{
    gs_writer_release(base);
    g_free(base);
}

static const struct gs_writer_ops recorder_ops = {
        .name = "recorder",
        .formats = {[GS_FORMAT_PDF] = true},
        .open = recorder_open,
        .begin_doc = recorder_begin_doc,
        .begin_page = recorder_begin_page,
        .push_clip = recorder_clip,
        .pop_clip = recorder_pop,
        .fill_rect = recorder_fill,
        .stroke_rule = recorder_rule,
        .stroke_line = recorder_line,
        .show_glyphs = recorder_glyphs,
        .show_path = recorder_path,
        .show_image = recorder_image,
        .link = recorder_link,
        .end_page = recorder_end_page,
        .end_doc = recorder_end_doc,
        .report = gs_writer_report,
        .free = recorder_free,
};

static bool record_sample(
        struct sample *sample, size_t first, size_t last, int fail_at)
{
    struct gs_write_options options = {.format = GS_FORMAT_PDF};
    struct gs_output *output = gs_output_memory();
    record = g_string_new(NULL);
    fail_at_page = fail_at;
    bool ok = gs_write(&recorder_ops, &options, &sample->pages, first, last,
            output, sample->diag);
    gs_output_free(output);
    return ok;
}

static void display_list_is_played_in_order(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    assert_true(record_sample(&sample, 0, 0, 0));
    assert_string_equal(record->str,
            "doc 0-0\npage 1\nfill 50 170\n"
            "页眉\n绩效目标\n一⼀ABC & “文”\nimage 250 89\nheading-1 50 90\n"
            "项目\n金额\n一般\nimage 50 240\n- 1 -\nimage 50 400\n"
            "end page\nend doc\n");
    g_string_free(record, TRUE);
    sample_release(&sample);
}

static void structure_is_played_to_those_who_take_it(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_write_options options = {.format = GS_FORMAT_PDF};
    struct gs_writer_ops ops = recorder_ops;
    ops.begin_tag = recorder_begin_tag;
    ops.end_tag = recorder_end_tag;
    ops.begin_artifact = recorder_begin_artifact;
    ops.end_artifact = recorder_end_artifact;
    static const struct gs_op list[] = {
            {.kind = GS_OP_BEGIN_ARTIFACT, .u.artifact = GS_ARTIFACT_FOOTER},
            {.kind = GS_OP_END_ARTIFACT},
            {.kind = GS_OP_BEGIN_TAG, .u.tag = {.kind = GS_TAG_PARAGRAPH}},
            {.kind = GS_OP_BEGIN_TAG,
                    .u.tag = {.kind = GS_TAG_LINK, .target = "a"}},
            {.kind = GS_OP_LINK, .u.link = {.target = "a"}},
            {.kind = GS_OP_END_TAG},
            {.kind = GS_OP_END_TAG},
    };
    struct gs_display display = {.ops = list, .count = G_N_ELEMENTS(list)};
    struct gs_page page = {.number = "1"};
    record = g_string_new(NULL);
    fail_at_page = 0;
    struct gs_writer *writer = recorder_open(&options, NULL, sample.diag);
    writer->ops = &ops;
    GHashTable *nothing = g_hash_table_new(g_str_hash, g_str_equal);
    assert_true(gs_write_page(writer, &page, &display, nothing));
    char *expected = g_strdup_printf("page 1\n[%d ]\n<%d >\nend page\n",
            GS_ARTIFACT_FOOTER, GS_TAG_PARAGRAPH);
    assert_string_equal(record->str, expected);
    g_free(expected);
    g_string_truncate(record, 0);
    assert_true(gs_write_page(writer, &page, &display, NULL));
    expected = g_strdup_printf(
            "<%d <%d a 0 0\n>\n>\n", GS_TAG_PARAGRAPH, GS_TAG_LINK);
    assert_non_null(strstr(record->str, expected));
    g_free(expected);
    g_hash_table_destroy(nothing);
    recorder_free(writer);
    g_string_free(record, TRUE);
    sample_release(&sample);
}

static void first_failure_sticks_and_ends_the_run(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 4);
    assert_false(record_sample(&sample, 0, 3, 2));
    assert_non_null(strstr(record->str, "page 2"));
    assert_null(strstr(record->str, "page 3"));
    assert_null(strstr(record->str, "end doc"));
    assert_int_equal(gs_diag_errors(sample.diag), 1);
    struct gs_diag_entry entry = gs_diag_entry(sample.diag, 0);
    assert_int_equal(entry.id, GS_DIAG_WRITER);
    assert_non_null(strstr(entry.message, "first"));
    g_string_free(record, TRUE);
    sample_release(&sample);
}

/* Plays page 1 of the sample without op `left_out`. */
static bool play_without(struct sample *sample, size_t left_out)
{
    struct gs_write_options options = {.format = GS_FORMAT_PDF};
    const struct gs_page *page = &sample->pages.pages[0];
    const struct gs_display *whole = gs_display_make(sample->arena, page, 0);
    struct gs_op *ops = g_new(struct gs_op, whole->count);
    struct gs_display part = {.size = whole->size, .ops = ops};
    for (size_t i = 0; i < whole->count; i++) {
        if (i != left_out) {
            ops[part.count++] = whole->ops[i];
        }
    }
    record = g_string_new(NULL);
    fail_at_page = 0;
    struct gs_writer *writer = recorder_open(&options, NULL, sample->diag);
    bool ok = gs_write_page(writer, page, &part, NULL);
    recorder_free(writer);
    g_string_free(record, TRUE);
    g_free(ops);
    return ok;
}

static void text_that_is_not_drawn_is_found(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    const struct gs_display *whole =
            gs_display_make(sample.arena, &sample.pages.pages[0], 0);
    size_t lost = 0;
    for (size_t i = 0; i < whole->count; i++) {
        bool is_text = whole->ops[i].kind == GS_OP_GLYPHS;
        if (is_text || whole->ops[i].kind == GS_OP_RULE) {
            assert_int_equal(play_without(&sample, i), !is_text);
            lost += is_text;
        }
    }
    assert_true(lost >= 7);
    assert_int_equal(gs_diag_errors(sample.diag), lost);
    assert_int_equal(gs_diag_entry(sample.diag, 0).id, GS_DIAG_LEDGER_DRAWN);
    assert_true(gs_diag_has_internal(sample.diag));
    sample_release(&sample);
}

static void text_that_is_drawn_twice_is_found(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 1);
    struct gs_page *page = &sample.pages.pages[0];
    page->footer[0] = page->header[0]; /* after layout has closed the page */
    assert_false(record_sample(&sample, 0, 0, 0));
    assert_null(strstr(record->str, "end doc"));
    g_string_free(record, TRUE);
    sample_release(&sample);
}

static void outline_nests_though_levels_are_skipped(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 7); /* levels 1 3 2 1 3 2 1 */
    struct gs_doc_info info = {&sample.pages, 0, 6};
    GHashTable *anchors = gs_anchors_new(info.pages, 0, SIZE_MAX);
    GArray *items = gs_outline_make(&info, anchors);
    static const int parents[] = {-1, 0, 0, -1, 3, 3, -1};
    assert_int_equal(items->len, 7);
    for (guint i = 0; i < items->len; i++) {
        const struct gs_outline_item *item =
                &g_array_index(items, struct gs_outline_item, i);
        assert_int_equal(item->parent, parents[i]);
        assert_int_equal(item->anchor->page, i);
    }
    g_array_free(items, TRUE);
    g_hash_table_destroy(anchors);
    sample_release(&sample);
}

static void outline_is_that_of_the_pages_drawn(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 4);
    struct gs_doc_info info = {&sample.pages, 1, 2};
    GHashTable *anchors = gs_anchors_new(info.pages, info.first, info.last);
    assert_null(gs_anchors_find(anchors, "heading-1"));
    assert_non_null(gs_anchors_find(anchors, "heading-2"));
    assert_null(gs_anchors_find(anchors, "heading-4"));
    assert_null(gs_anchors_find(anchors, "no such"));

    GArray *items = gs_outline_make(&info, anchors);
    assert_int_equal(items->len, 2);
    assert_int_equal(
            g_array_index(items, struct gs_outline_item, 0).parent, -1);
    g_array_free(items, TRUE);
    g_hash_table_destroy(anchors);
    sample_release(&sample);
}

/* The page drawn first links to heading-1, which is on page 1. */
static void links_to_pages_not_drawn_are_left_out(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 2);
    assert_true(record_sample(&sample, 0, 1, 0));
    assert_non_null(strstr(record->str, "\nheading-1 "));
    g_string_free(record, TRUE);
    assert_true(record_sample(&sample, 1, 1, 0));
    assert_null(strstr(record->str, "\nheading-1 "));
    g_string_free(record, TRUE);
    sample_release(&sample);
}

/* What a stream knows: nothing of its anchors until they have come. */
static void pages_are_written_one_by_one(void **state)
{
    (void)state;
    struct sample sample;
    sample_init(&sample, NULL, 3);
    struct gs_write_options options = {.format = GS_FORMAT_PDF};
    struct gs_pages stream = {.doc = sample.pages.doc};
    struct gs_output *output = gs_output_memory();
    record = g_string_new(NULL);
    fail_at_page = 0;
    struct gs_writing *writing = gs_writing_begin(
            &recorder_ops, &options, &stream, 0, SIZE_MAX, output, sample.diag);
    assert_string_equal(record->str, "doc 0-18446744073709551615\n");
    for (size_t i = 0; i < 3; i++) {
        assert_true(gs_writing_page(writing, &sample.pages.pages[i]));
    }
    assert_null(strstr(record->str, "end doc"));
    assert_true(gs_writing_end(writing));
    assert_non_null(strstr(record->str, "\nheading-1 "));
    assert_non_null(strstr(record->str, "end doc"));
    gs_output_free(output);
    g_string_free(record, TRUE);
    sample_release(&sample);
}

static void registry_knows_names_and_formats(void **state)
{
    (void)state;
    assert_ptr_equal(gs_writer_find(NULL, GS_FORMAT_PDF), &gs_pdf_ops);
    assert_ptr_equal(gs_writer_find("cairo", GS_FORMAT_PDF), &gs_cairo_ops);
    assert_ptr_equal(gs_writer_find(NULL, GS_FORMAT_SVG), &gs_cairo_ops);
    assert_ptr_equal(gs_writer_find("haru", GS_FORMAT_PDF), &gs_haru_ops);
    assert_null(gs_writer_find("haru", GS_FORMAT_PNG));
    assert_null(gs_writer_find("pdf", GS_FORMAT_SVG));
    assert_null(gs_writer_find("typst", GS_FORMAT_PDF));

    enum gs_pdf_standard standard = GS_PDF_NONE;
    assert_true(gs_pdf_standard_find("a-1b", &standard));
    assert_int_equal(standard, GS_PDF_A_1B);
    assert_false(gs_pdf_standard_find("a-9z", &standard));
}

static void time_comes_from_the_environment_or_is_fixed(void **state)
{
    (void)state;
    unsetenv("SOURCE_DATE_EPOCH");
    assert_true(gs_writer_time() == 946684800);
    setenv("SOURCE_DATE_EPOCH", "1700000000", 1);
    assert_true(gs_writer_time() == 1700000000);
    setenv("SOURCE_DATE_EPOCH", "yesterday", 1);
    assert_true(gs_writer_time() == 946684800);
    unsetenv("SOURCE_DATE_EPOCH");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(display_list_is_played_in_order),
            cmocka_unit_test(structure_is_played_to_those_who_take_it),
            cmocka_unit_test(first_failure_sticks_and_ends_the_run),
            cmocka_unit_test(text_that_is_not_drawn_is_found),
            cmocka_unit_test(text_that_is_drawn_twice_is_found),
            cmocka_unit_test(outline_nests_though_levels_are_skipped),
            cmocka_unit_test(outline_is_that_of_the_pages_drawn),
            cmocka_unit_test(links_to_pages_not_drawn_are_left_out),
            cmocka_unit_test(pages_are_written_one_by_one),
            cmocka_unit_test(registry_knows_names_and_formats),
            cmocka_unit_test(time_comes_from_the_environment_or_is_fixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
