/*
 * Setting paragraphs: what stands in which line, and where.
 *
 * Type is 10 pt, so measures are given in tenths of an em.  The faces are the
 * project's; a full-width mark is an em wide with half of it free.
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
#include "model/image.h"
#include "text/fonts.h"
#include "text/text.h"

#define EM GS_PT(10)
#define TENTHS(n) ((gs_len)(n)*GS_LEN_PER_PT)

static struct gs_arena *arena;
static struct gs_diag *diag;
static struct gs_fonts *fonts;

static const struct gs_text_style song = {.font = "song", .size = EM};
static const struct gs_text_style underlined = {
        .font = "song", .size = EM, .underline = true};

static int set_up(void **state)
{
    (void)state;
    arena = gs_arena_new();
    diag = gs_diag_new();
    fonts = gs_fonts_load(g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, diag);
    return fonts == NULL;
}

static int tear_down(void **state)
{
    (void)state;
    gs_fonts_free(fonts);
    gs_diag_free(diag);
    gs_arena_free(arena);
    return 0;
}

static struct gs_para_style para(enum gs_align align)
{
    return (struct gs_para_style){.line_height = GS_PT(13), .align = align};
}

static struct gs_run text_run(const char *text)
{
    return (struct gs_run){.kind = GS_RUN_TEXT,
            .text = text,
            .size = strlen(text),
            .style = &song};
}

static struct gs_lines set_runs(const struct gs_run *runs, size_t count,
        struct gs_para_style style, int tenths)
{
    struct gs_lines lines = {0};
    assert_true(gs_text_set(arena, fonts, &style, &song, runs, count,
            TENTHS(tenths), NULL, diag, &lines));
    return lines;
}

static struct gs_lines set(
        const char *text, struct gs_para_style style, int tenths)
{
    const struct gs_run run = text_run(text);
    return set_runs(&run, 1, style, tenths);
}

/* Lines as one string: "abc/def", with ! after an overfull one. */
static void assert_lines(struct gs_lines lines, const char *expected)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < lines.count; i++) {
        g_string_append_printf(all, "%s%s%s", i > 0 ? "/" : "",
                lines.lines[i].text, lines.lines[i].overfull ? "!" : "");
    }
    assert_string_equal(all->str, expected);
    g_string_free(all, TRUE);
}

static void assert_set(const char *text, int tenths, const char *expected)
{
    assert_lines(set(text, para(GS_ALIGN_LEFT), tenths), expected);
}

/* Whatever is in a line adds up: runs to its width, glyphs to their run's. */
static void assert_consistent(const struct gs_line *line)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        size_t glyphs = 0, bytes = 0;
        gs_len advance = 0;
        for (size_t k = 0; k < run->cluster_count; k++) {
            glyphs += run->clusters[k].glyphs;
            bytes += run->clusters[k].bytes;
        }
        for (size_t k = 0; k < run->glyph_count; k++) {
            advance += run->glyphs[k].advance;
        }
        assert_int_equal(glyphs, run->glyph_count);
        assert_int_equal(bytes, run->text_size);
        assert_int_equal(advance, run->width);
        assert_true(run->x >= 0 && run->x + run->width <= line->width);
    }
}

static void text_breaks_where_it_may(void **state)
{
    (void)state;
    assert_set("预算执行情况", 30, "预算执/行情况");
    assert_set("预算 hello 执行", 40, "预算/hello/执行");
    assert_set("", 30, "");
    assert_set("   ", 30, "   ");
}

static void kinsoku_holds_in_columns_of_any_width(void **state)
{
    (void)state;
    assert_set("预算，执行。", 30, "预算，/执行。");
    assert_set("预算执，行", 30, "预算/执，行");
    assert_set("预算（万元）", 30, "预算/（万元）");
    assert_set("预算（万元）", 20, "预算/（万/元）");
    assert_set("预算（万元）", 10, "预/算/（万/元）");
    assert_set("预算，", 10, "预/算，");
}

static void marks_are_squeezed_before_a_line_breaks(void **state)
{
    (void)state;
    const struct gs_lines fits = set("预算执行。", para(GS_ALIGN_LEFT), 45);
    assert_lines(fits, "预算执行。");
    assert_int_equal(fits.lines[0].width, TENTHS(45));
    /* 。” share a half: 3 + 0.5 + 1 em. */
    const struct gs_lines pair = set("预算。”执", para(GS_ALIGN_LEFT), 90);
    assert_int_equal(pair.lines[0].width, TENTHS(45));
    assert_consistent(&pair.lines[0]);
    const struct gs_lines open = set("（（执", para(GS_ALIGN_LEFT), 90);
    assert_int_equal(open.lines[0].width, TENTHS(20)); /* （ begins the line */
    assert_consistent(&open.lines[0]);
}

static void what_cannot_hold_is_overfull(void **state)
{
    (void)state;
    assert_set("字。”字", 10, "字。!/”/字");
    assert_set("——", 10, "——!");
    assert_set("预算", 5, "预!/算!");
    assert_set("预算", 0, "预!/算!");
}

static void numbers_are_split_last(void **state)
{
    (void)state;
    assert_set("完成率≥95%以上", 50, "完成率/≥95%以上");
    assert_set("共12个月", 30, "共/12个月");
    assert_set("共12个月", 20, "共/12个/月");
    assert_set("123456", 20, "1234/56");
    assert_true(set("123456", para(GS_ALIGN_LEFT), 20).lines[0].split_word);
    assert_false(set("123456", para(GS_ALIGN_LEFT), 30).lines[0].split_word);
}

static void lines_stand_as_aligned(void **state)
{
    (void)state;
    assert_int_equal(set("预算", para(GS_ALIGN_LEFT), 50).lines[0].x, 0);
    assert_int_equal(
            set("预算", para(GS_ALIGN_CENTER), 50).lines[0].x, TENTHS(15));
    assert_int_equal(
            set("预算", para(GS_ALIGN_RIGHT), 50).lines[0].x, TENTHS(30));
}

static void indents_are_part_of_the_measure(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    style.indent = TENTHS(20);
    style.left = TENTHS(10);
    style.right = TENTHS(10);
    struct gs_lines lines = set("预算执行情况", style, 60);
    assert_lines(lines, "预算/执行情况");
    assert_int_equal(lines.lines[0].x, TENTHS(30));
    assert_int_equal(lines.lines[1].x, TENTHS(10));
    style.indent = TENTHS(-10); /* hanging */
    lines = set("预算执行情况", style, 50);
    assert_lines(lines, "预算执行/情况");
    assert_int_equal(lines.lines[0].x, 0);
}

/* X of every glyph of a line. */
static gs_len glyph_x(const struct gs_line *line, size_t index)
{
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        if (index < run->glyph_count) {
            return run->x + run->glyphs[index].x;
        }
        index -= run->glyph_count;
    }
    fail();
    return 0;
}

static void justified_lines_stretch_outside_of_numbers(void **state)
{
    (void)state;
    const struct gs_lines lines =
            set("共有12个预算执行", para(GS_ALIGN_JUSTIFY), 54);
    const struct gs_line *line = &lines.lines[0];
    assert_lines(lines, "共有12个预/算执行");
    assert_int_equal(line->width, TENTHS(54));
    assert_consistent(line);
    /* Of 0.4 em the gaps 共有, 有1 and 个预 take a third each; 12个 is tight. */
    assert_int_equal(glyph_x(line, 3) - glyph_x(line, 2), TENTHS(5));
    assert_int_equal(glyph_x(line, 4) - glyph_x(line, 3), TENTHS(5));
    assert_in_range(glyph_x(line, 1), TENTHS(11), TENTHS(12));
    assert_int_equal(lines.lines[1].width, TENTHS(30)); /* the last line */
}

static void dashes_are_not_stretched(void **state)
{
    (void)state;
    const struct gs_lines lines = set("是——的预算", para(GS_ALIGN_JUSTIFY), 45);
    assert_lines(lines, "是——的/预算");
    assert_int_equal(lines.lines[0].width, TENTHS(45));
    assert_int_equal(glyph_x(&lines.lines[0], 2) - glyph_x(&lines.lines[0], 1),
            TENTHS(10));
}

static void spaces_of_an_indent_are_not_stretched(void **state)
{
    (void)state;
    const struct gs_lines lines =
            set("　　预算执行情况", para(GS_ALIGN_JUSTIFY), 46);
    assert_lines(lines, "　　预算/执行情况");
    assert_int_equal(glyph_x(&lines.lines[0], 2), TENTHS(20));
    assert_int_equal(lines.lines[0].width, TENTHS(46));
}

static void distributed_lines_fill_the_measure(void **state)
{
    (void)state;
    const struct gs_lines lines = set("姓名", para(GS_ALIGN_DISTRIBUTE), 50);
    assert_int_equal(lines.lines[0].width, TENTHS(50));
    assert_int_equal(glyph_x(&lines.lines[0], 1), TENTHS(40));
    const struct gs_lines one = set("名", para(GS_ALIGN_DISTRIBUTE), 50);
    assert_int_equal(one.lines[0].x, TENTHS(20));
}

static void a_stacked_label_has_a_character_a_line(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_CENTER);
    style.stacked = true;
    assert_lines(set("绩效（12月）", style, 10), "绩/效/（/12/月/）");
    assert_lines(set("绩 效 2022", style, 10), "绩/效/2022");
    assert_lines(set("e\xCC\x81", style, 10), "e\xCC\x81");
    assert_lines(set("", style, 10), "");
}

static void shrink_makes_type_smaller_to_a_point(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    style.shrink = true;
    struct gs_lines lines = set("预算执行情况", style, 45);
    assert_lines(lines, "预算执行情况");
    assert_in_range(lines.lines[0].runs[0].size, GS_PT(7), GS_PT(8));
    assert_true(lines.lines[0].width <= TENTHS(45));
    assert_int_equal(lines.lines[0].height, GS_PT(13));
    lines = set("预算执行情况", style, 30);
    assert_lines(lines, "预算执/行情况");
    assert_int_equal(lines.lines[0].runs[0].size, EM);
    lines = set("预算", style, 30);
    assert_int_equal(lines.lines[0].runs[0].size, EM);
}

static void the_baseline_does_not_depend_on_the_face(void **state)
{
    (void)state;
    const struct gs_lines plain = set("预", para(GS_ALIGN_LEFT), 50);
    const struct gs_lines other = set("☑a", para(GS_ALIGN_LEFT), 50);
    assert_int_equal(plain.lines[0].height, GS_PT(13));
    assert_int_equal(other.lines[0].height, GS_PT(13));
    assert_int_equal(plain.lines[0].baseline, other.lines[0].baseline);
}

static void forced_breaks_end_lines(void **state)
{
    (void)state;
    const struct gs_run runs[] = {text_run("预算"),
            {.kind = GS_RUN_BREAK, .style = &song}, text_run("执行"),
            {.kind = GS_RUN_BREAK, .style = &song},
            {.kind = GS_RUN_BREAK, .style = &song}, text_run("情况")};
    assert_lines(set_runs(runs, 6, para(GS_ALIGN_LEFT), 50), "预算/执行//情况");
    /* As in HTML, one at the end opens no further line. */
    assert_lines(set_runs(runs, 4, para(GS_ALIGN_LEFT), 50), "预算/执行");
}

static void runs_know_their_source(void **state)
{
    (void)state;
    const struct gs_run runs[] = {text_run("预算"), text_run("执行，"),
            {.kind = GS_RUN_TEXT,
                    .text = "。",
                    .size = 3,
                    .style = &underlined}};
    const struct gs_lines lines = set_runs(runs, 3, para(GS_ALIGN_LEFT), 90);
    const struct gs_line *line = &lines.lines[0];
    assert_int_equal(line->run_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_ptr_equal(line->runs[i].source, &runs[i]);
        assert_int_equal(line->runs[i].text_size, runs[i].size);
        assert_memory_equal(line->runs[i].text, runs[i].text, runs[i].size);
    }
    assert_consistent(line);
}

static const struct gs_mark *find_mark(
        const struct gs_line *line, enum gs_mark_kind kind)
{
    for (size_t i = 0; i < line->mark_count; i++) {
        if (line->marks[i].kind == kind) {
            return &line->marks[i];
        }
    }
    return NULL;
}

static void marks_tell_extents(void **state)
{
    (void)state;
    static const struct gs_seal seal = {.kind = GS_SEAL_PLACE};
    struct gs_run runs[] = {text_run("甲乙"),
            {.kind = GS_RUN_TEXT,
                    .text = "丙",
                    .size = 3,
                    .style = &underlined,
                    .link = "id"},
            {.kind = GS_RUN_BLANK, .width = TENTHS(30), .style = &underlined},
            {.kind = GS_RUN_TEXT, .style = &song, .seal = &seal},
            text_run("丁")};
    const struct gs_lines lines = set_runs(runs, 5, para(GS_ALIGN_LEFT), 90);
    const struct gs_line *line = &lines.lines[0];
    assert_int_equal(line->width, TENTHS(70));
    const struct gs_mark *rule = find_mark(line, GS_MARK_UNDERLINE);
    assert_int_equal(rule->x, TENTHS(20));
    assert_int_equal(rule->width, TENTHS(40)); /* 丙 and the blank, one rule */
    assert_true(rule->y > 0 && rule->thickness > 0);
    const struct gs_mark *link = find_mark(line, GS_MARK_LINK);
    assert_int_equal(link->x, TENTHS(20));
    assert_int_equal(link->width, TENTHS(10));
    assert_ptr_equal(link->run, &runs[1]);
    const struct gs_mark *over = find_mark(line, GS_MARK_SEAL);
    assert_int_equal(over->x, TENTHS(60));
    assert_int_equal(over->width, 0);
    assert_ptr_equal(over->run, &runs[3]);
    assert_string_equal(line->text, "甲乙丙丁");
}

static void a_seal_alone_still_has_its_line(void **state)
{
    (void)state;
    static const struct gs_seal seal = {.kind = GS_SEAL_PLACE};
    const struct gs_run run = {
            .kind = GS_RUN_TEXT, .style = &song, .seal = &seal};
    const struct gs_lines lines = set_runs(&run, 1, para(GS_ALIGN_CENTER), 50);
    assert_int_equal(lines.count, 1);
    assert_non_null(find_mark(&lines.lines[0], GS_MARK_SEAL));
    assert_int_equal(lines.lines[0].x, TENTHS(25));
}

static void a_picture_raises_its_line(void **state)
{
    (void)state;
    static const struct gs_image image = {.width = 1, .height = 1};
    const struct gs_run runs[] = {text_run("图"),
            {.kind = GS_RUN_IMAGE,
                    .image = &image,
                    .width = TENTHS(20),
                    .height = TENTHS(40),
                    .style = &song}};
    const struct gs_lines lines = set_runs(runs, 2, para(GS_ALIGN_LEFT), 90);
    const struct gs_line *line = &lines.lines[0];
    assert_int_equal(line->width, TENTHS(30));
    assert_int_equal(line->baseline, TENTHS(40));
    assert_true(line->height > TENTHS(40));
    assert_int_equal(find_mark(line, GS_MARK_IMAGE)->x, TENTHS(10));
}

static const char *page_of(void *user, const char *target)
{
    (void)user;
    return strcmp(target, "here") == 0 ? "17" : NULL;
}

static void page_numbers_come_from_fields(void **state)
{
    (void)state;
    const struct gs_run runs[] = {{.kind = GS_RUN_PAGE_NUMBER, .style = &song},
            text_run("/"), {.kind = GS_RUN_PAGE_COUNT, .style = &song},
            text_run("/"),
            {.kind = GS_RUN_PAGE_NUMBER, .style = &song, .target = "here"},
            text_run("/"),
            {.kind = GS_RUN_PAGE_NUMBER, .style = &song, .target = "gone"}};
    const struct gs_fields fields = {
            .page_number = "3", .page_count = "9", .page_of = page_of};
    const struct gs_para_style style = para(GS_ALIGN_LEFT);
    struct gs_lines lines;
    assert_true(gs_text_set(arena, fonts, &style, &song, runs, 7, TENTHS(90),
            &fields, diag, &lines));
    assert_lines(lines, "3/9/17/0");
    assert_lines(set_runs(runs, 7, style, 90), "0/0/0/0");
}

static void a_leader_sets_what_follows_flush_right(void **state)
{
    (void)state;
    const struct gs_run runs[] = {text_run("第一部分"),
            {.kind = GS_RUN_LEADER, .style = &song}, text_run("12")};
    const struct gs_lines lines = set_runs(runs, 3, para(GS_ALIGN_LEFT), 150);
    const struct gs_line *line = &lines.lines[0];
    assert_int_equal(lines.count, 1);
    assert_int_equal(line->run_count, 4);
    assert_int_equal(line->width, TENTHS(150));
    assert_false(line->runs[1].leader); /* a space is read, */
    assert_int_equal(line->runs[1].glyph_count, 1);
    assert_true(line->runs[2].leader); /* dots are not */
    assert_null(line->runs[2].source);
    assert_true(line->runs[2].glyph_count > 10);
    assert_int_equal(line->runs[3].x, TENTHS(140));
    assert_string_equal(line->text, "第一部分 12");
    assert_consistent(line);
    /* A title too long wraps; the number stays with the leader. */
    assert_lines(set_runs(runs, 3, para(GS_ALIGN_LEFT), 40), "第一部分/ 12");
}

static void widths_for_columns(void **state)
{
    (void)state;
    const struct gs_run run = text_run("预算执行，共12个月 ");
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    gs_len least = 0, natural = 0;
    assert_true(gs_text_measure(
            arena, fonts, &style, &run, 1, diag, &least, &natural));
    assert_int_equal(least, TENTHS(30)); /* 12个月 */
    assert_true(natural >= TENTHS(90));
    style.left = TENTHS(5);
    style.stacked = true;
    assert_true(gs_text_measure(
            arena, fonts, &style, &run, 1, diag, &least, &natural));
    assert_int_equal(least, TENTHS(15));
    assert_int_equal(natural, TENTHS(15));
    assert_true(gs_text_measure(
            arena, fonts, &style, NULL, 0, diag, &least, &natural));
    assert_int_equal(natural, TENTHS(5));
}

/* Set at its natural width, a text stands on one line. */
static void natural_width_takes_one_line(void **state)
{
    (void)state;
    static const char *const texts[] = {"预算执行", "（万元）。”",
            "a hello 12%", "　　第12号", "《预算法》（2018）"};
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        const struct gs_run run = text_run(texts[i]);
        const struct gs_para_style style = para(GS_ALIGN_LEFT);
        gs_len least = 0, natural = 0;
        struct gs_lines lines;
        gs_text_measure(arena, fonts, &style, &run, 1, diag, &least, &natural);
        gs_text_set(arena, fonts, &style, &song, &run, 1, natural, NULL, diag,
                &lines);
        assert_int_equal(lines.count, 1);
        assert_int_equal(lines.lines[0].width, natural);
    }
}

static void the_programs_words_have_no_source(void **state)
{
    (void)state;
    static const struct gs_origin origin = {.path = "/"};
    struct gs_line line;
    assert_true(
            gs_text_line(arena, fonts, &song, "盖章处", &origin, diag, &line));
    assert_int_equal(line.width, TENTHS(30));
    assert_null(line.runs[0].source);
    assert_string_equal(line.text, "盖章处");
}

static void latin_letters_take_the_latin_role(void **state)
{
    (void)state;
    static const struct gs_text_style mixed = {
            .font = "song", .latin = "latin", .size = EM};
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = "约12%以“A”",
            .size = strlen("约12%以“A”"),
            .style = &mixed};
    const struct gs_lines lines = set_runs(&run, 1, para(GS_ALIGN_LEFT), 200);
    const struct gs_line *line = &lines.lines[0];
    assert_int_equal(line->run_count, 5);
    assert_true(line->runs[0].face == line->runs[2].face);
    assert_true(line->runs[1].face == line->runs[3].face);
    assert_true(line->runs[0].face != line->runs[1].face);
    assert_memory_equal(line->runs[1].text, "12%", 3);
}

static void letter_spacing_follows_every_character(void **state)
{
    (void)state;
    static const struct gs_text_style spaced = {
            .font = "song", .size = EM, .letter_spacing = TENTHS(5)};
    const struct gs_run run = {
            .kind = GS_RUN_TEXT, .text = "预算", .size = 6, .style = &spaced};
    const struct gs_lines lines = set_runs(&run, 1, para(GS_ALIGN_LEFT), 90);
    assert_int_equal(lines.lines[0].width, TENTHS(30));
    assert_int_equal(glyph_x(&lines.lines[0], 1), TENTHS(15));
    assert_consistent(&lines.lines[0]);
}

static void invalid_text_does_no_harm(void **state)
{
    (void)state;
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = "预\xFF\x80\0算",
            .size = 9,
            .style = &song};
    const struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    struct gs_lines lines;
    gs_text_set(arena, fonts, &style, &song, &run, 1, TENTHS(20), NULL, diag,
            &lines);
    assert_true(lines.count >= 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(text_breaks_where_it_may),
            cmocka_unit_test(kinsoku_holds_in_columns_of_any_width),
            cmocka_unit_test(marks_are_squeezed_before_a_line_breaks),
            cmocka_unit_test(what_cannot_hold_is_overfull),
            cmocka_unit_test(numbers_are_split_last),
            cmocka_unit_test(lines_stand_as_aligned),
            cmocka_unit_test(indents_are_part_of_the_measure),
            cmocka_unit_test(justified_lines_stretch_outside_of_numbers),
            cmocka_unit_test(dashes_are_not_stretched),
            cmocka_unit_test(spaces_of_an_indent_are_not_stretched),
            cmocka_unit_test(distributed_lines_fill_the_measure),
            cmocka_unit_test(a_stacked_label_has_a_character_a_line),
            cmocka_unit_test(shrink_makes_type_smaller_to_a_point),
            cmocka_unit_test(the_baseline_does_not_depend_on_the_face),
            cmocka_unit_test(forced_breaks_end_lines),
            cmocka_unit_test(runs_know_their_source),
            cmocka_unit_test(marks_tell_extents),
            cmocka_unit_test(a_seal_alone_still_has_its_line),
            cmocka_unit_test(a_picture_raises_its_line),
            cmocka_unit_test(page_numbers_come_from_fields),
            cmocka_unit_test(a_leader_sets_what_follows_flush_right),
            cmocka_unit_test(widths_for_columns),
            cmocka_unit_test(natural_width_takes_one_line),
            cmocka_unit_test(the_programs_words_have_no_source),
            cmocka_unit_test(latin_letters_take_the_latin_role),
            cmocka_unit_test(letter_spacing_follows_every_character),
            cmocka_unit_test(invalid_text_does_no_harm),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
