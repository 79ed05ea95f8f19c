/*
 * Line breaking of random mixes in random measures: nothing is lost, 禁则 holds,
 * lines fit, numbers that fit stay whole.
 *
 * SEED=n replays one of them and prints its lines; COUNT=n takes more or fewer.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/fonts.h"
#include "text/text.h"

#define RUNS 1500
#define EM GS_PT(10)

/* What a text is put together from; marks are the test's own list. */
static const char *const pieces[] = {"预", "算", "执", "行", "万", "元", "年",
        "月", "个", "第", "号", "一", "⼀", "玥", "堃", "昇", "，", "。", "、",
        "；", "：", "？", "！", "（", "）", "《", "》", "“", "”", "【", "】",
        "〔", "〕", "·", "～", "％", "——", "……", "12", "2022", "1,234.56",
        "-5.3", "≥95%", "100%", "￥100", "９８", "３．５", "12个月", "3-5天",
        "hello", "GB/T", "A4", "x", "(", ")", ",", ".", ";", "!", " ", "  ",
        "　", "/", "☑", " \xCC\x81", "e\xCC\x81", "a\xCC\x82\xCC\xA3", "\xE2\x80\x8B",
        "\xE2\x81\xA0"};

static const char never_begins[] = "，。、；：？！）》”】〕．·～％,.;!)%";
static const char never_ends[] = "（《“【〔(￥";

static const struct gs_text_style song = {.font = "song", .size = EM};
static const struct gs_text_style mixed = {
        .font = "song", .latin = "latin", .size = EM, .underline = true};

struct sample {
    GString *text;
    struct gs_run runs[8];
    size_t run_count;
    struct gs_para_style style;
    gs_len measure;
};

static struct sample make_sample(GRand *rand)
{
    static const enum gs_align aligns[] = {GS_ALIGN_LEFT, GS_ALIGN_CENTER,
            GS_ALIGN_RIGHT, GS_ALIGN_JUSTIFY, GS_ALIGN_DISTRIBUTE};
    static const enum gs_line_break rules[] = {
            GS_LINE_BREAK_GB, GS_LINE_BREAK_LOOSE, GS_LINE_BREAK_STRICT};
    struct sample sample = {
            .text = g_string_new(NULL),
            .run_count = (size_t)g_rand_int_range(rand, 1, 9),
            .measure = EM * g_rand_int_range(rand, 10, 200) / 10,
    };
    size_t ends[8];
    for (size_t i = 0; i < sample.run_count; i++) {
        const int count = g_rand_int_range(rand, 0, 12);
        for (int k = 0; k < count; k++) {
            g_string_append(sample.text,
                    pieces[g_rand_int_range(
                            rand, 0, (gint32)G_N_ELEMENTS(pieces))]);
        }
        ends[i] = sample.text->len;
    }
    for (size_t i = 0; i < sample.run_count; i++) {
        const size_t first = i > 0 ? ends[i - 1] : 0;
        sample.runs[i] = (struct gs_run){
                .kind = GS_RUN_TEXT,
                .text = sample.text->str + first,
                .size = ends[i] - first,
                .style = g_rand_boolean(rand) ? &song : &mixed,
        };
    }
    sample.style = (struct gs_para_style){
            .line_height = GS_PT(13),
            .align = aligns[g_rand_int_range(rand, 0, 5)],
            .indent = g_rand_int_range(rand, 0, 3) == 0 ? EM * 2 : 0,
            .stacked = g_rand_int_range(rand, 0, 12) == 0,
            .rotated = g_rand_int_range(rand, 0, 12) == 0,
            .tight_marks = g_rand_int_range(rand, 0, 4) == 0,
            .gap = g_rand_boolean(rand) ? GS_GAP_AUTO : EM / 4,
            .hanging = g_rand_int_range(rand, 0, 3) == 0,
            .line_break = rules[g_rand_int_range(rand, 0, 3)],
    };
    return sample;
}

static bool is_space(gunichar code)
{
    return g_unichar_isspace(code);
}

static char *without_space(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text != '\0'; text = g_utf8_find_next_char(text, NULL)) {
        if (!is_space(g_utf8_get_char(text))) {
            g_string_append_unichar(out, g_utf8_get_char(text));
        }
    }
    return g_string_free(out, FALSE);
}

/* The lines' text, and that of their glyph runs, is the sample's in order. */
static void check_nothing_lost(
        const struct sample *sample, const struct gs_lines *lines)
{
    GString *said = g_string_new(NULL), *drawn = g_string_new(NULL);
    for (size_t i = 0; i < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        g_string_append(said, line->text);
        for (size_t k = 0; k < line->run_count; k++) {
            g_string_append_len(
                    drawn, line->runs[k].text, (gssize)line->runs[k].text_size);
        }
    }
    char *expected = without_space(sample->text->str);
    char *got_said = without_space(said->str);
    char *got_drawn = without_space(drawn->str);
    assert_string_equal(got_said, expected);
    assert_string_equal(got_drawn, expected);
    g_free(expected);
    g_free(got_said);
    g_free(got_drawn);
    g_string_free(said, TRUE);
    g_string_free(drawn, TRUE);
}

static void check_geometry(const struct gs_line *line)
{
    gs_len at = 0;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct gs_glyph_run *run = &line->runs[i];
        gs_len advance = 0;
        size_t glyphs = 0, bytes = 0;
        if (run->turn == 0) { /* else it goes down */
            assert_true(run->x >= at);
            at = run->x + run->width;
        } else {
            assert_true(run->x >= 0 && run->x <= line->width);
        }
        for (size_t k = 0; k < run->glyph_count; k++) {
            advance += run->glyphs[k].advance;
        }
        for (size_t k = 0; k < run->cluster_count; k++) {
            glyphs += run->clusters[k].glyphs;
            bytes += run->clusters[k].bytes;
            assert_true(run->clusters[k].bytes > 0);
        }
        assert_int_equal(advance, run->width);
        assert_int_equal(glyphs, run->glyph_count);
        assert_int_equal(bytes, run->text_size);
    }
    assert_true(at <= line->width);
}

static gunichar first_of(const char *text)
{
    return g_utf8_get_char(text);
}

/* White space and what has no width aside. */
static gunichar last_of(const char *text)
{
    const char *at = text + strlen(text);
    while (at > text) {
        at = g_utf8_find_prev_char(text, at);
        const gunichar code = g_utf8_get_char(at);
        if (!is_space(code) && code != 0x200B && code != 0x2060) {
            return code;
        }
    }
    return 0;
}

static bool is_in(const char *set, gunichar code)
{
    return code != 0 && g_utf8_strchr(set, -1, code) != NULL;
}

static bool is_mark(gunichar code)
{
    return is_in(never_begins, code) || is_in(never_ends, code);
}

/* Three marks in a row around `at` may part as a last remedy (R7). */
static bool three_marks(const char *bare, const char *at)
{
    size_t marks = 0;
    for (const char *on = at; is_mark(g_utf8_get_char(on));
            on = g_utf8_find_next_char(on, NULL)) {
        marks++;
    }
    for (const char *back = at;
            (back = g_utf8_find_prev_char(bare, back)) != NULL &&
            is_mark(g_utf8_get_char(back));) {
        marks++;
    }
    return marks >= 3;
}

/* Whether the line ends with an odd number of `code`s: a pair was split. */
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

static void check_kinsoku(
        const struct sample *sample, const struct gs_lines *lines)
{
    char *bare = without_space(sample->text->str);
    const char *at = bare;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        char *ink = without_space(line->text);
        at += strlen(ink);
        g_free(ink);
        assert_false(ends_odd(line->text, 0x2014));
        assert_false(ends_odd(line->text, 0x2026));
        if (!line->overfull && !three_marks(bare, at)) {
            assert_false(is_in(never_begins, g_utf8_get_char(at)));
            assert_false(is_in(never_ends, last_of(line->text)));
        }
    }
    g_free(bare);
}

/* Marks may stand out by half an em. */
static void check_width(
        const struct sample *sample, const struct gs_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        const bool indents =
                i == 0 && !sample->style.stacked && !sample->style.rotated;
        const gs_len indent = indents ? sample->style.indent : 0;
        const gs_len room = MAX(sample->measure - indent, 0);
        if (!line->overfull) {
            assert_true(line->width <= room + EM / 2);
            const gunichar last = last_of(line->text);
            assert_true(line->width <= room || is_mark(last) ||
                    is_mark(first_of(line->text)));
        }
    }
}

/* The text from the `count`-th character on that is no white space. */
static const char *skip_ink(const char *text, size_t count)
{
    while (*text != '\0' && (count > 0 || is_space(g_utf8_get_char(text)))) {
        count -= !is_space(g_utf8_get_char(text));
        text = g_utf8_find_next_char(text, NULL);
        if (count == 0) {
            break;
        }
    }
    return text;
}

/* Two digits part at a line's end only in a number wider than the line. */
static void check_numbers(
        const struct sample *sample, const struct gs_lines *lines)
{
    size_t ink = 0;
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        char *bare = without_space(line->text);
        ink += (size_t)g_utf8_strlen(bare, -1);
        g_free(bare);
        const char *end = line->text + strlen(line->text);
        const char *last = g_utf8_find_prev_char(line->text, end);
        if (last != NULL && g_unichar_isdigit(g_utf8_get_char(last)) &&
                g_unichar_isdigit(
                        g_utf8_get_char(skip_ink(sample->text->str, ink))) &&
                !line->overfull) {
            assert_true(line->split_word);
        }
    }
}

static void check_progress(const struct gs_lines *lines)
{
    for (size_t i = 0; i + 1 < lines->count; i++) {
        assert_true(lines->lines[i].run_count > 0 ||
                lines->lines[i].text[0] == '\0');
    }
}

static void print_lines(
        const struct sample *sample, const struct gs_lines *lines)
{
    print_message("%s\nmeasure %.1f em%s\n", sample->text->str,
            (double)sample->measure / (double)EM,
            sample->style.stacked       ? ", stacked"
                    : sample->style.rotated ? ", rotated"
                                            : "");
    for (size_t i = 0; i < lines->count; i++) {
        const struct gs_line *line = &lines->lines[i];
        print_message("%5.1f |%s|%s%s\n", (double)line->width / (double)EM,
                line->text, line->overfull ? " overfull" : "",
                line->split_word ? " split" : "");
    }
}

static void check_sample(struct gs_fonts *fonts, const struct sample *sample)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    struct gs_lines lines;
    assert_true(gs_text_set(arena, fonts, &sample->style, &song, sample->runs,
            sample->run_count, sample->measure, NULL, diag, &lines));
    if (g_getenv("SEED") != NULL) {
        print_lines(sample, &lines);
    }
    check_nothing_lost(sample, &lines);
    check_width(sample, &lines);
    check_progress(&lines);
    for (size_t i = 0; i < lines.count; i++) {
        check_geometry(&lines.lines[i]);
    }
    if (!sample->style.stacked && !sample->style.rotated) {
        check_kinsoku(sample, &lines);
        check_numbers(sample, &lines);
    }
    gs_diag_free(diag);
    gs_arena_free(arena);
}

/* Set in its own least width, nothing is overfull and no word is split. */
static void check_least(struct gs_fonts *fonts, const struct sample *sample)
{
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new();
    struct gs_lines lines;
    gs_len least = 0, natural = 0;
    assert_true(gs_text_measure(arena, fonts, &sample->style, sample->runs,
            sample->run_count, diag, &least, &natural));
    assert_true(least <= natural);
    gs_text_set(arena, fonts, &sample->style, &song, sample->runs,
            sample->run_count, MAX(least, sample->style.indent + least), NULL,
            diag, &lines);
    for (size_t i = 0; i < lines.count; i++) {
        assert_false(lines.lines[i].overfull);
        assert_false(lines.lines[i].split_word);
    }
    gs_diag_free(diag);
    gs_arena_free(arena);
}

static guint32 number_of(const char *name, guint32 otherwise)
{
    const char *text = g_getenv(name);
    return text != NULL ? (guint32)g_ascii_strtoull(text, NULL, 10) : otherwise;
}

/* For the teardown to name after a failure. */
static guint32 current_seed;

static int name_seed(void **state)
{
    (void)state;
    if (current_seed != 0) {
        print_message("the last seed was SEED=%u\n", current_seed);
    }
    current_seed = 0;
    return 0;
}

static void run_samples(const char *list)
{
    char *folder = g_path_get_dirname(g_getenv("GONGSHI_FONTS"));
    char *path = g_build_filename(folder, list, NULL);
    struct gs_diag *diag = gs_diag_new();
    struct gs_fonts *fonts = gs_fonts_load(path, GS_OUTLINES_ANY, diag);
    assert_non_null(fonts);
    const bool replay = g_getenv("SEED") != NULL;
    const guint32 first = number_of("SEED", 1);
    const guint32 runs = number_of("COUNT", replay ? 1 : RUNS);
    for (guint32 seed = first; seed < first + runs; seed++) {
        GRand *rand = g_rand_new_with_seed(seed);
        const struct sample sample = make_sample(rand);
        g_rand_free(rand);
        current_seed = seed;
        check_sample(fonts, &sample);
        check_least(fonts, &sample);
        g_string_free(sample.text, TRUE);
    }
    current_seed = 0;
    gs_fonts_free(fonts);
    gs_diag_free(diag);
    g_free(folder);
    g_free(path);
}

static void samples_with_cff_faces(void **state)
{
    (void)state;
    run_samples("fonts.xml");
}

static void samples_with_truetype_faces(void **state)
{
    (void)state;
    run_samples("fonts-truetype.xml");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(samples_with_cff_faces, name_seed),
            cmocka_unit_test_teardown(samples_with_truetype_faces, name_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
