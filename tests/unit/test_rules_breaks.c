/*
 * Rules R1 to R9, R24, R25, R27: where lines may end, at every measure from one
 * character to twenty.
 */
#include "rules-set.h"

#define MEASURE_MOST 2000

static const char never_begins[] = "）〕】》〉」』”’］｝，、；：。！？·～–％%‰℃";
static const char never_ends[] = "（〔【《〈「『“‘［｛￥№";

static gunichar first_of(const char *text)
{
    return g_utf8_get_char(text);
}

static gunichar last_of(const char *text)
{
    const char *end = text + strlen(text);
    const char *last = g_utf8_find_prev_char(text, end);
    return last != NULL ? g_utf8_get_char(last) : 0;
}

static bool is_in(const char *list, gunichar code)
{
    return code != 0 && g_utf8_strchr(list, -1, code) != NULL;
}

typedef void check_break(const char *before, const char *after);

/* Every break of the text at every measure, of lines that hold. */
static void sweep(const char *text, struct gs_para_style style, check_break *check)
{
    for (int measure = 100; measure <= MEASURE_MOST; measure += 25) {
        const struct gs_lines lines = set(text, style, measure);
        for (size_t i = 0; i + 1 < lines.count; i++) {
            if (!lines.lines[i].overfull) {
                check(lines.lines[i].text, lines.lines[i + 1].text);
            }
        }
    }
}

static void check_begins(const char *before, const char *after)
{
    (void)before;
    assert_false(is_in(never_begins, first_of(after)));
}

static void check_ends(const char *before, const char *after)
{
    (void)after;
    assert_false(is_in(never_ends, last_of(before)));
}

/* Every mark of a list inside of Han, and before and after each of another. */
static void sweep_pairs(const char *first, const char *second, check_break *check)
{
    for (const char *a = first; *a != '\0'; a = g_utf8_next_char(a)) {
        for (const char *b = second; *b != '\0'; b = g_utf8_next_char(b)) {
            GString *text = g_string_new("预算执行");
            g_string_append_unichar(text, g_utf8_get_char(a));
            g_string_append_unichar(text, g_utf8_get_char(b));
            g_string_append(text, "情况良好各项资金");
            sweep(text->str, para(GS_ALIGN_LEFT), check);
            g_string_free(text, TRUE);
        }
    }
}

static void r1_closing_marks_never_begin_a_line(void **state)
{
    (void)state;
    sweep_pairs(never_begins, "的", check_begins);
    sweep_pairs("）。，·", never_begins, check_begins);
}

static void r2_opening_marks_never_end_a_line(void **state)
{
    (void)state;
    sweep_pairs("的", never_ends, check_ends);
    sweep_pairs(never_ends, "（《“￥", check_ends);
}

static void check_all(const char *before, const char *after)
{
    check_begins(before, after);
    check_ends(before, after);
}

static void r1_and_r2_hold_in_every_pair_and_in_prose(void **state)
{
    (void)state;
    sweep_pairs("）”。，", "（“《", check_all);
    sweep("预算（万元），执行。“情况”良好、各项《资金》使用（第一条）合规。",
            para(GS_ALIGN_JUSTIFY), check_all);
}

static void check_solidus(const char *before, const char *after)
{
    (void)after;
    assert_true(last_of(before) != 0xFF0F);
}

static void r3_a_solidus_ends_no_line_unless_rules_are_loose(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    sweep("预算数／决算数差额", style, check_solidus);
    style.line_break = GS_LINE_BREAK_STRICT;
    sweep("预算数／决算数差额", style, check_solidus);
    style.line_break = GS_LINE_BREAK_LOOSE;
    assert_lines(set("预算数／决算数", style, 400), "预算数／/决算数");
}

static void check_dash_begins(const char *before, const char *after)
{
    (void)before;
    assert_false(is_in("—…", first_of(after)));
}

static void r4_dashes_begin_no_line_where_rules_are_strict(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_LEFT);
    assert_lines(set("预算执行——的", style, 400), "预算执行/——的");
    style.line_break = GS_LINE_BREAK_STRICT;
    assert_lines(set("预算执行——的", style, 400), "预算执/行——的");
    for (int align = GS_ALIGN_LEFT; align <= GS_ALIGN_JUSTIFY; align++) {
        style.align = (enum gs_align)align;
        sweep("预算执行——各项资金……情况良好", style, check_dash_begins);
    }
}

/* Whether the text ends inside of a pair of `code`. */
static bool ends_odd(const char *text, gunichar code)
{
    size_t run = 0;
    const char *at = text + strlen(text);
    while ((at = g_utf8_find_prev_char(text, at)) != NULL &&
            g_utf8_get_char(at) == code) {
        run++;
    }
    return run % 2 == 1;
}

static void check_pairs(const char *before, const char *after)
{
    (void)after;
    assert_false(ends_odd(before, 0x2014) || ends_odd(before, 0x2026));
}

static void r5_dashes_and_ellipses_are_never_split(void **state)
{
    (void)state;
    sweep("预算——执行……情况…………良好", para(GS_ALIGN_LEFT), check_pairs);
    sweep("预算——执行……情况…………良好", para(GS_ALIGN_JUSTIFY), check_pairs);
    assert_lines(set("…………", para(GS_ALIGN_LEFT), 200), "……/……");
}

static void r6_numbers_and_words_are_whole_where_they_fit(void **state)
{
    (void)state;
    static const char *const wholes[] = {"-5.3%", "≥95%", "￥1,234.56",
            "12个月", "37.2℃", "3-5天", "GB18030", "hello", "100万元", "±0.5‰"};
    for (size_t i = 0; i < G_N_ELEMENTS(wholes); i++) {
        char *text = g_strconcat("预算执行", wholes[i], "情况良好", NULL);
        const int whole = width(set(wholes[i], para(GS_ALIGN_LEFT), 2000), 0);
        for (int measure = whole + 1; measure <= MEASURE_MOST; measure += 25) {
            const struct gs_lines lines =
                    set(text, para(GS_ALIGN_LEFT), measure);
            bool found = false;
            for (size_t k = 0; k < lines.count; k++) {
                found |= strstr(lines.lines[k].text, wholes[i]) != NULL;
                assert_false(lines.lines[k].split_word);
            }
            if (!found) {
                print_message("%s in %d\n", text, measure);
            }
            assert_true(found);
        }
        g_free(text);
    }
    /* Longer than the line: split at its end, and said so. */
    const struct gs_lines lines =
            set("12345678", para(GS_ALIGN_LEFT), 200);
    assert_lines(lines, "1234/5678");
    assert_true(lines.lines[0].split_word);
}

static void r7_the_third_of_three_marks_is_a_last_remedy(void **state)
{
    (void)state;
    assert_lines(set("字。』」字", para(GS_ALIGN_LEFT), 150), "字。』/」字");
    assert_lines(set("字。』」字", para(GS_ALIGN_LEFT), 250), "字。』」/字");
}

static void r8_what_cannot_hold_is_said(void **state)
{
    (void)state;
    assert_lines(set("字，", para(GS_ALIGN_LEFT), 50), "字，!");
    assert_lines(set("字——", para(GS_ALIGN_LEFT), 100), "字/——!");
    assert_lines(set("（字）", para(GS_ALIGN_LEFT), 100), "（字!/）");
}

static void r9_breaks_do_not_depend_on_the_parts(void **state)
{
    (void)state;
    const char *text = "预算（万元）执行12个月，情况——良好。各项资金";
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    for (int measure = 100; measure <= MEASURE_MOST; measure += 50) {
        const struct gs_lines whole = set(text, style, measure);
        for (const char *cut = g_utf8_next_char(text); *cut != '\0';
                cut = g_utf8_next_char(cut)) {
            const struct gs_run runs[] = {{.kind = GS_RUN_TEXT,
                    .text = text,
                    .size = (size_t)(cut - text),
                    .style = &song},
                    {.kind = GS_RUN_TEXT,
                            .text = cut,
                            .size = strlen(cut),
                            .style = &song}};
            struct gs_lines lines;
            gs_text_set(arena, fonts, &style, &song, runs, 2,
                    HUNDREDTHS(measure), NULL, diag, &lines);
            assert_int_equal(lines.count, whole.count);
            for (size_t i = 0; i < lines.count; i++) {
                assert_string_equal(
                        lines.lines[i].text, whole.lines[i].text);
                assert_int_equal(lines.lines[i].width, whole.lines[i].width);
            }
        }
    }
}

static void r24_the_first_line_is_indented_or_hangs(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_JUSTIFY);
    style.indent = 2 * EM;
    const char *text = "预算执行情况良好各项资金使用合规无违规的情况";
    struct gs_lines lines = set(text, style, 1400);
    assert_int_equal(lines.lines[0].x, 2 * EM);
    assert_int_equal(width(lines, 0), 1200);
    assert_int_equal(lines.lines[1].x, 0);
    style.left = 2 * EM;
    style.indent = -2 * EM;
    lines = set(text, style, 1600);
    assert_int_equal(lines.lines[0].x, 0);
    assert_int_equal(lines.lines[1].x, 2 * EM);
}

static void r25_short_texts_spread_to_one_width(void **state)
{
    (void)state;
    static const char *const names[] = {"王明", "欧阳明", "单位名称"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const struct gs_lines lines =
                set(names[i], para(GS_ALIGN_DISTRIBUTE), 500);
        const size_t last = (size_t)g_utf8_strlen(names[i], -1) - 1;
        assert_int_equal(width(lines, 0), 500);
        assert_int_equal(glyph_of(&lines.lines[0], last).x, 4 * EM);
    }
}

static void r27_a_narrow_label_has_a_character_a_line(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_CENTER);
    style.stacked = true;
    assert_lines(set("绩效12月", style, 100), "绩/效/12/月");
    assert_lines(set("第3期2022年GDP——完", style, 100),
            "第/3/期/2022/年/GDP/——/完");
    const struct gs_lines lines = set("增12.5%A", style, 100);
    assert_lines(lines, "增/12.5%A");
    const struct gs_glyph_run *word = &lines.lines[1].runs[0];
    assert_int_equal(word->turn, 90);
    /* It is as long as its text, with the space around it that Han have. */
    assert_int_equal(lines.lines[1].height, word->width + GS_PT(3));
    assert_int_equal(word->glyphs[0].x, GS_PT(3) / 2);
    /* Its em box stands where those of Han do; letters stand on its left. */
    assert_int_equal(lines.lines[1].x + word->x, EM - EM * 88 / 100);
}

/* Where the middle of a mark's em stands, from the top left of its line. */
static struct gs_point middle_of(const char *mark)
{
    struct gs_para_style style = para(GS_ALIGN_CENTER);
    style.stacked = true;
    const struct gs_lines lines = set(mark, style, 100);
    const struct gs_line *line = &lines.lines[0];
    const struct gs_glyph_run *run = &line->runs[0];
    const struct gs_point origin = {line->x + run->x, line->baseline};
    return gs_glyph_run_point(run, origin, run->glyphs[0].x + EM / 2,
            run->glyphs[0].y - EM * 38 / 100);
}

static void r27_marks_of_a_label_are_turned_or_moved(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_CENTER);
    style.stacked = true;
    static const char *const turned[] = {"（", "）", "《", "》", "“", "”", "【", "】",
            "〔", "〕", "～", "—", "…", "/", "(", ")"};
    for (size_t i = 0; i < G_N_ELEMENTS(turned); i++) {
        const struct gs_lines lines = set(turned[i], style, 100);
        assert_int_equal(lines.lines[0].runs[0].turn, 90);
        assert_int_equal(lines.lines[0].height, GS_PT(13));
    }
    for (size_t i = 0; i < 13; i++) { /* of full width: about its middle */
        const struct gs_point middle = middle_of(turned[i]);
        assert_in_range(middle.x, EM / 2 - 20, EM / 2 + 20);
        assert_in_range(middle.y, GS_PT(13) / 2 - 20, GS_PT(13) / 2 + 20);
    }
    static const char *const moved[] = {"、", "，", "。"};
    for (size_t i = 0; i < G_N_ELEMENTS(moved); i++) {
        const struct gs_glyph_run run =
                set(moved[i], style, 100).lines[0].runs[0];
        assert_int_equal(run.turn, 0);
        assert_int_equal(run.glyphs[0].x, EM / 2);
        assert_int_equal(run.glyphs[0].y, -EM / 2);
    }
    static const char *const upright[] = {"绩", "A", "·", "！", "？", "：", "；"};
    for (size_t i = 0; i < G_N_ELEMENTS(upright); i++) {
        const struct gs_glyph_run run =
                set(upright[i], style, 100).lines[0].runs[0];
        assert_int_equal(run.turn, 0);
        assert_int_equal(run.glyphs[0].y, 0);
    }
    /* Marks that meet stand on two lines, a full em each. */
    assert_int_equal(set("完、【", style, 100).lines[1].width, EM);
}

static void a_turned_paragraph_is_one_line(void **state)
{
    (void)state;
    struct gs_para_style style = para(GS_ALIGN_CENTER);
    style.rotated = true;
    struct gs_lines lines = set("预算12\xE2\x80\xA8执行", style, 500);
    assert_int_equal(lines.count, 1);
    const struct gs_line *line = &lines.lines[0];
    assert_string_equal(line->text, "预算12执行");
    assert_int_equal(line->width, GS_PT(26));
    assert_int_equal(line->x, (5 * EM - GS_PT(26)) / 2);
    assert_int_equal(line->height, line->runs[0].width);
    assert_int_equal(line->runs[0].turn, 90);
    /* The first line is the rightmost, the second in the middle of its length. */
    assert_int_equal(line->runs[0].x - line->runs[1].x, GS_PT(13));
    assert_int_equal(line->runs[1].glyphs[0].x, (line->height - 2 * EM) / 2);
    assert_false(line->overfull);
    assert_true(set("预算", style, 100).lines[0].overfull); /* 13 pt wide */
    gs_len least = 0, natural = 0;
    const struct gs_run run = {.kind = GS_RUN_TEXT,
            .text = "预算执行",
            .size = strlen("预算执行"),
            .style = &song};
    assert_true(gs_text_measure(arena, fonts, &style, &run, 1, diag, &least,
            &natural));
    assert_int_equal(least, GS_PT(13));
    assert_int_equal(natural, GS_PT(13));
    struct gs_text_trial *trial =
            gs_text_trial_new(arena, fonts, &style, &song, &run, 1);
    assert_int_equal(gs_text_trial_height(trial, 2 * EM), 4 * EM);
    gs_text_trial_free(trial);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(r1_closing_marks_never_begin_a_line),
            cmocka_unit_test(r2_opening_marks_never_end_a_line),
            cmocka_unit_test(r1_and_r2_hold_in_every_pair_and_in_prose),
            cmocka_unit_test(r3_a_solidus_ends_no_line_unless_rules_are_loose),
            cmocka_unit_test(r4_dashes_begin_no_line_where_rules_are_strict),
            cmocka_unit_test(r5_dashes_and_ellipses_are_never_split),
            cmocka_unit_test(r6_numbers_and_words_are_whole_where_they_fit),
            cmocka_unit_test(r7_the_third_of_three_marks_is_a_last_remedy),
            cmocka_unit_test(r8_what_cannot_hold_is_said),
            cmocka_unit_test(r9_breaks_do_not_depend_on_the_parts),
            cmocka_unit_test(r24_the_first_line_is_indented_or_hangs),
            cmocka_unit_test(r25_short_texts_spread_to_one_width),
            cmocka_unit_test(r27_a_narrow_label_has_a_character_a_line),
            cmocka_unit_test(r27_marks_of_a_label_are_turned_or_moved),
            cmocka_unit_test(a_turned_paragraph_is_one_line),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
