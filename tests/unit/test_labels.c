/*
 * Labels: what is kept of short texts is what would be set anew, for the text and
 * source of whoever asks; what must not be kept is not.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "support/fonts_fixture.h"
#include "text/text.h"

/* Set three times, a text has been kept and is lent the third time. */
#define TIMES 3

static const char *const pieces[] = {"预算", "绩效目标", "（万元）", "，", "。", "《",
        "》", "12", "95%", "1.5", "≥", "GDP", " ", "——", "\n", "A/B"};

struct setting {
    struct gs_arena *arena;
    struct gs_diag *diag;
    GRand *rand;
    struct gs_text_style text;
    struct gs_para_style style;
    gs_len measure;
};

static int open_all(void **state)
{
    struct setting *setting = g_new0(struct setting, 1);
    setting->arena = gs_arena_new();
    setting->diag = gs_diag_new();
    setting->rand = g_rand_new_with_seed(7);
    setting->text = (struct gs_text_style){.font = "song", .size = GS_PT(10)};
    setting->style = (struct gs_para_style){
            .line_height = GS_PT(14), .gap = GS_GAP_AUTO};
    setting->measure = GS_PT(60);
    *state = setting;
    return 0;
}

static int close_all(void **state)
{
    struct setting *setting = *state;
    gs_arena_free(setting->arena);
    gs_diag_free(setting->diag);
    g_rand_free(setting->rand);
    g_free(setting);
    return 0;
}

/* A run of its own, its text too, each time. */
static struct gs_run *make_run(struct setting *setting, const char *text)
{
    struct gs_run *run = GS_MAKE(setting->arena, struct gs_run);
    run->kind = GS_RUN_TEXT;
    run->text = gs_arena_strdup(setting->arena, text);
    run->size = strlen(text);
    run->style = &setting->text;
    run->origin.path = "/label";
    return run;
}

static struct gs_lines set(struct setting *setting, const struct gs_run *run)
{
    struct gs_lines lines;
    assert_true(gs_text_set(setting->arena, fonts, &setting->style,
            &setting->text, run, 1, setting->measure, NULL, setting->diag,
            &lines));
    return lines;
}

static void assert_same_run(const struct gs_glyph_run *a,
        const struct gs_run *source_a, const struct gs_glyph_run *b,
        const struct gs_run *source_b)
{
    assert_ptr_equal(a->source, source_a);
    assert_ptr_equal(b->source, source_b);
    assert_int_equal(a->text - source_a->text, b->text - source_b->text);
    assert_int_equal(a->text_size, b->text_size);
    assert_ptr_equal(a->face, b->face);
    assert_int_equal(a->size, b->size);
    assert_int_equal(a->turn, b->turn);
    assert_int_equal(a->embolden, b->embolden);
    assert_int_equal(a->color.red, b->color.red);
    assert_int_equal(a->x, b->x);
    assert_int_equal(a->width, b->width);
    assert_int_equal(a->glyph_count, b->glyph_count);
    assert_int_equal(a->cluster_count, b->cluster_count);
    for (size_t i = 0; i < a->glyph_count; i++) {
        assert_int_equal(a->glyphs[i].id, b->glyphs[i].id);
        assert_int_equal(a->glyphs[i].x, b->glyphs[i].x);
        assert_int_equal(a->glyphs[i].y, b->glyphs[i].y);
        assert_int_equal(a->glyphs[i].advance, b->glyphs[i].advance);
    }
    assert_memory_equal(a->clusters, b->clusters,
            a->cluster_count * sizeof(struct gs_cluster));
}

static void assert_same(struct gs_lines a, const struct gs_run *source_a,
        struct gs_lines b, const struct gs_run *source_b)
{
    assert_int_equal(a.count, b.count);
    for (size_t i = 0; i < a.count; i++) {
        const struct gs_line *one = &a.lines[i], *other = &b.lines[i];
        assert_int_equal(one->x, other->x);
        assert_int_equal(one->width, other->width);
        assert_int_equal(one->height, other->height);
        assert_int_equal(one->baseline, other->baseline);
        assert_int_equal(one->overfull, other->overfull);
        assert_int_equal(one->split_word, other->split_word);
        assert_int_equal(one->mark_count, other->mark_count);
        assert_string_equal(one->text, other->text);
        assert_int_equal(one->run_count, other->run_count);
        for (size_t k = 0; k < one->run_count; k++) {
            assert_same_run(
                    &one->runs[k], source_a, &other->runs[k], source_b);
        }
    }
}

/* Sets a text again and again; the last time's lines. */
static struct gs_lines set_often(struct setting *setting, const char *text)
{
    const struct gs_run *first = make_run(setting, text);
    const struct gs_lines lines = set(setting, first);
    struct gs_lines again = lines;
    for (int i = 1; i < TIMES; i++) {
        const struct gs_run *run = make_run(setting, text);
        again = set(setting, run);
        assert_same(lines, first, again, run);
    }
    return again;
}

static void a_label_is_as_if_set_anew(void **state)
{
    struct setting *setting = *state;
    GRand *rand = setting->rand;
    for (int sample = 0; sample < 600; sample++) {
        GString *text = g_string_new("字");
        for (int i = g_rand_int_range(rand, 0, 8); i > 0; i--) {
            g_string_append(text,
                    pieces[g_rand_int_range(
                            rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        }
        setting->text.bold = g_rand_boolean(rand);
        setting->text.latin = g_rand_boolean(rand) ? "latin" : NULL;
        setting->text.color.red = (uint8_t)g_rand_int_range(rand, 0, 2);
        setting->style.align =
                (enum gs_align)g_rand_int_range(rand, 0, GS_ALIGN_DISTRIBUTE + 1);
        setting->style.stacked = g_rand_int_range(rand, 0, 8) == 0;
        setting->measure = GS_PT(g_rand_int_range(rand, 5, 200));
        (void)set_often(setting, text->str);
        g_string_free(text, TRUE);
    }
}

static void another_style_or_measure_is_another_label(void **state)
{
    struct setting *setting = *state;
    const size_t count = set_often(setting, "预算执行率（万元）").count;
    setting->measure = GS_PT(20);
    assert_true(set_often(setting, "预算执行率（万元）").count > count);
    setting->measure = GS_PT(200);
    const struct gs_lines plain = set_often(setting, "预算");
    setting->text.color.red = 200;
    const struct gs_lines red = set_often(setting, "预算");
    assert_int_equal(plain.lines[0].runs[0].color.red, 0);
    assert_int_equal(red.lines[0].runs[0].color.red, 200);
    setting->text.font = "kai";
    const struct gs_lines other = set_often(setting, "预算");
    assert_ptr_not_equal(
            other.lines[0].runs[0].face, plain.lines[0].runs[0].face);
    setting->style.align = GS_ALIGN_RIGHT;
    assert_int_equal(set_often(setting, "预算").lines[0].x, GS_PT(180));
}

static void missing_characters_are_told_each_time(void **state)
{
    struct setting *setting = *state;
    for (size_t i = 0; i < TIMES; i++) {
        const struct gs_run *run = make_run(setting, "张\xEE\x80\x81");
        struct gs_diag *diag = gs_diag_new();
        struct gs_lines lines;
        assert_false(gs_text_set(setting->arena, fonts, &setting->style,
                &setting->text, run, 1, setting->measure, NULL, diag, &lines));
        assert_int_equal(gs_diag_errors(diag), 1);
        gs_diag_free(diag);
    }
}

static void mended_text_is_not_kept(void **state)
{
    struct setting *setting = *state;
    for (size_t i = 0; i < TIMES; i++) {
        const struct gs_run *run = make_run(setting, "张\xFF三");
        struct gs_lines lines;
        (void)gs_text_set(setting->arena, fonts, &setting->style,
                &setting->text, run, 1, setting->measure, NULL, setting->diag,
                &lines);
        assert_string_equal(lines.lines[0].text, "张\xEF\xBF\xBD三");
    }
}

#define LABEL_TEST(name) cmocka_unit_test_setup_teardown(name, open_all, close_all)

int main(void)
{
    const struct CMUnitTest tests[] = {
            LABEL_TEST(a_label_is_as_if_set_anew),
            LABEL_TEST(another_style_or_measure_is_another_label),
            LABEL_TEST(missing_characters_are_told_each_time),
            LABEL_TEST(mended_text_is_not_kept),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
