/*
 * The fast path of the text room: strings from data/ and random mixes get the
 * glyphs and advances that HarfBuzz gives, and the breaks that Pango gives.
 *
 * SEED=n replays one string; COUNT=n takes more or fewer of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <hb.h>
#include <pango/pango.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/breaks.h"
#include "text/face.h"
#include "text/fonts.h"
#include "text/fontset.h"
#include "text/plain.h"
#include "text/shape.h"
#include "text/uax14.h"

/* Strings for each font list and for the breaks. */
#define RUNS 60000

/* Fonts and diagnostics are made anew after as many: caches fill and empty. */
#define RUNS_A_ROUND 15000

/* What random mixes are made of: each line is equally likely. */
static const char *const mixes[] = {
        "预算执行率万元个月年第号财政绩效目标自评表项目单位资金总额一二三四",
        "，。、；：？！（）《》〈〉“”‘’【】〔〕「」『』·～—…％￥",
        "0123456789",
        "0123456789.,:%-+/",
        "０１２３４５６７８９．，％",
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "AVToWayfiflffjT.",
        " \t\xC2\xA0\xE3\x80\x80\xE2\x80\x83\xE2\x80\x89",
        "!\"#$&'()*<=>?@[]^_`{|}~",
        "①②③⑩ⅠⅡⅢ℃㎡㎏№‰±×÷≥≤≠≈√∑∞∠⊥☐☑☒★●■△□○◎→←↑↓",
        "玥堃昇镕喆䶮㐂㙓𠮷𠂇𡿨𣘺⼀⼆⼈⺀⻬豈更車﨎兀",
        "\xCC\x81\xCC\x82\xCC\xA3\xCD\x8F\xE3\x82\x99\xE2\x83\x9D\xE2\x83\xA3",
        "\xEF\xB8\x80\xEF\xB8\x8E\xEF\xB8\x8F\xF3\xA0\x84\x80\xF3\xA0\x84\x81",
        ("\xE2\x80\x8B\xE2\x80\x8C\xE2\x80\x8D\xE2\x80\x8E\xE2\x80\x8F"
         "\xE2\x81\xA0\xEF\xBB\xBF\xC2\xAD"),
        "éèêëàâäùûüôöçñšžßæøåĳŀǆⅷ",
        "1⁄23⁄4½¼¾",
        "αβγδΩμабвгдЖЩ",
        "אבגدهوกขคนी한국어ᄀ",
        "あいうがぱアイウガパーヽ々〇ㄅㄆㄇ",
        "😀👍🏽👨\xE2\x80\x8D👩🇨🇳☺⚠",
};

static const char *const roles[] = {
        "song", "fang", "kai", "hei", "xiaobiaosong", "latin"};

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

/* --- strings ------------------------------------------------------------------- */

/* All of data/, one code point a place: tags are text as good as any. */
static GArray *read_data(void)
{
    GArray *codes = g_array_new(FALSE, FALSE, sizeof(gunichar));
    char *folder = g_build_filename(g_getenv("SRC"), "data", NULL);
    static const char *const names[] = {"chaoyang-2021.xml",
            "guanxian-2022.xml", "huizhou-2022.xml", "zhanjiang-2022.xml",
            "zunhua-2022.xml"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        char *path = g_build_filename(folder, names[i], NULL), *text = NULL;
        assert_true(g_file_get_contents(path, &text, NULL, NULL));
        glong count = 0;
        gunichar *read = g_utf8_to_ucs4(text, -1, NULL, &count, NULL);
        assert_non_null(read);
        g_array_append_vals(codes, read, (guint)count);
        g_free(read);
        g_free(text);
        g_free(path);
    }
    g_free(folder);
    assert_true(codes->len > 10000);
    return codes;
}

/* A code point of the data, or any there is: XML has no controls. */
static void append_code(GString *text, gunichar code)
{
    if (code >= 0x20 && g_unichar_validate(code)) {
        g_string_append_unichar(text, code);
    }
}

static void append_excerpt(GString *text, GRand *rand, const GArray *data)
{
    const guint count = (guint)g_rand_int_range(rand, 1, 40);
    const guint first =
            (guint)g_rand_int_range(rand, 0, (gint32)(data->len - count));
    for (guint i = first; i < first + count; i++) {
        append_code(text, g_array_index(data, gunichar, i));
    }
}

static void append_mix(GString *text, GRand *rand, bool wild)
{
    const int kinds = wild ? (int)G_N_ELEMENTS(mixes) : 7;
    const int count = g_rand_int_range(rand, 1, 12);
    const char *mix = mixes[g_rand_int_range(rand, 0, kinds)];
    for (int i = 0; i < count; i++) {
        if (wild && g_rand_int_range(rand, 0, 60) == 0) {
            append_code(text, (gunichar)g_rand_int_range(rand, 0x20, 0x30000));
        }
        if (g_rand_int_range(rand, 0, 3) == 0) {
            mix = mixes[g_rand_int_range(rand, 0, kinds)];
        }
        const glong length = g_utf8_strlen(mix, -1);
        append_code(text,
                g_utf8_get_char(g_utf8_offset_to_pointer(
                        mix, g_rand_int_range(rand, 0, (gint32)length))));
    }
}

static GString *make_text(GRand *rand, const GArray *data)
{
    GString *text = g_string_new(NULL);
    const int kind = g_rand_int_range(rand, 0, 5);
    if (kind < 2) {
        append_excerpt(text, rand, data);
    }
    if (kind > 0) {
        append_mix(text, rand, kind > 2);
    }
    if (kind == 4) {
        append_excerpt(text, rand, data);
    }
    return text;
}

/* --- glyphs ---------------------------------------------------------------------- */

static size_t compared; /* glyphs */

static bool begins_with_space(
        const struct gs_shaped *shaped, const struct gs_atom *atom)
{
    return gs_class_of(g_utf8_get_char(shaped->text + atom->offset)) ==
            GS_CLASS_SPACE;
}

/* Atoms first to end - 1, in one face, against HarfBuzz asked directly. */
static void check_segment(
        const struct gs_shaped *shaped, size_t first, size_t end)
{
    const struct gs_atom *from = gs_shaped_atom(shaped, first);
    const struct gs_atom *last = gs_shaped_atom(shaped, end - 1);
    hb_buffer_t *buffer = hb_buffer_create();
    unsigned feature_count = 0, count = 0;
    const hb_feature_t *features = gs_shaping_features(&feature_count);
    hb_buffer_add_utf8(buffer, shaped->text, (int)shaped->size, from->offset,
            (int)(last->offset + last->bytes - from->offset));
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_language(buffer, gs_shaping_language());
    hb_shape(from->look->face->font, buffer, features, feature_count);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at =
            hb_buffer_get_glyph_positions(buffer, &count);

    unsigned i = 0;
    for (size_t a = first; a < end; a++) {
        const struct gs_atom *atom = gs_shaped_atom(shaped, a);
        for (unsigned k = 0; k < atom->glyph_count; k++, i++) {
            const struct gs_shaped_glyph *glyph = &shaped->glyphs[atom->glyph + k];
            assert_true(i < count);
            assert_true(infos[i].cluster >= atom->offset &&
                    infos[i].cluster < atom->offset + atom->bytes);
            if (infos[i].codepoint == 0 && begins_with_space(shaped, atom)) {
                continue; /* a tab or the like, set as a space */
            }
            assert_int_equal(glyph->id, infos[i].codepoint);
            assert_int_equal(glyph->advance, at[i].x_advance);
            assert_int_equal(glyph->dx, at[i].x_offset);
            assert_int_equal(glyph->dy, at[i].y_offset);
        }
    }
    assert_int_equal(i, count);
    compared += count;
    hb_buffer_destroy(buffer);
}

static void check_glyphs(const struct gs_shaped *shaped)
{
    const size_t count = shaped->count;
    for (size_t first = 0, i = 0; i < count; i++) {
        const struct gs_atom *a = gs_shaped_atom(shaped, i);
        const struct gs_atom *b =
                i + 1 < count ? gs_shaped_atom(shaped, i + 1) : NULL;
        if (a->kind != GS_ATOM_TEXT) {
            first = i + 1;
        } else if (b == NULL || b->kind != GS_ATOM_TEXT ||
                b->look->face != a->look->face ||
                b->look->embolden != a->look->embolden) {
            check_segment(shaped, first, i + 1);
            first = i + 1;
        }
    }
}

static void check_shaping(
        const struct gs_fonts *fonts, GRand *rand, const GArray *data)
{
    const struct gs_text_style style = {
            .font = roles[g_rand_int_range(
                    rand, 0, (gint32)G_N_ELEMENTS(roles))],
            .latin = g_rand_boolean(rand) ? "latin" : NULL,
            .size = GS_PT(12),
            .bold = g_rand_int_range(rand, 0, 4) == 0,
    };
    GString *text = make_text(rand, data);
    const struct gs_run run = {
            .kind = GS_RUN_TEXT,
            .text = text->str,
            .size = text->len,
            .style = &style,
    };
    struct gs_arena *arena = gs_arena_new();
    struct gs_diag *diag = gs_diag_new(); /* of missing characters */
    struct gs_shaped shaped;
    gs_shape(&shaped, arena, fonts, &run, 1, NULL, (struct gs_shrink){1, 1},
            diag);
    check_glyphs(&shaped);
    gs_shaped_release(&shaped);
    gs_diag_free(diag);
    gs_arena_free(arena);
    g_string_free(text, TRUE);
}

static struct gs_fonts *load_fonts(const char *list)
{
    char *folder = g_path_get_dirname(g_getenv("GONGSHI_FONTS"));
    char *path = g_build_filename(folder, list, NULL);
    struct gs_diag *diag = gs_diag_new();
    struct gs_fonts *fonts = gs_fonts_load(path, GS_OUTLINES_ANY, diag);
    assert_non_null(fonts);
    gs_diag_free(diag);
    g_free(folder);
    g_free(path);
    return fonts;
}

static void shape_strings(const char *list)
{
    GArray *data = read_data();
    struct gs_fonts *fonts = load_fonts(list);
    const guint32 first = number_of("SEED", 1);
    const guint32 runs =
            number_of("COUNT", g_getenv("SEED") != NULL ? 1 : RUNS);
    compared = 0;
    for (guint32 seed = first; seed < first + runs; seed++) {
        if (seed % RUNS_A_ROUND == 0) {
            gs_fonts_free(fonts);
            fonts = load_fonts(list);
        }
        GRand *rand = g_rand_new_with_seed(seed);
        current_seed = seed;
        check_shaping(fonts, rand, data);
        g_rand_free(rand);
    }
    current_seed = 0;
    assert_true(compared >= runs);
    gs_fonts_free(fonts);
    g_array_free(data, TRUE);
}

static void glyphs_with_cff_faces(void **state)
{
    (void)state;
    shape_strings("fonts.xml");
}

static void glyphs_with_truetype_faces(void **state)
{
    (void)state;
    shape_strings("fonts-truetype.xml");
}

/* Else the tests above would compare HarfBuzz with itself. */
static void forms_are_plain(void **state)
{
    (void)state;
    struct gs_fonts *fonts = load_fonts("fonts.xml");
    struct gs_diag *diag = gs_diag_new();
    const struct gs_chain *chain = gs_fonts_chain(fonts, "fang", false);
    struct gs_face *face = chain->faces[0].face;
    assert_true(gs_face_open(face, diag));
    for (const char *at = "预算执行率，。、；：（）《》“”—…0123456789.%"; *at;
            at = g_utf8_next_char(at)) {
        assert_non_null(gs_plain_find(face->plain, g_utf8_get_char(at)));
    }
    assert_null(gs_plain_find(face->plain, 0x0301));
    assert_null(gs_plain_find(face->plain, 0xFE00));
    assert_null(gs_plain_find(face->plain, 0x200D));
    assert_null(gs_plain_find(face->plain, 0x110000));
    gs_diag_free(diag);
    gs_fonts_free(fonts);
}

/* Liberation Serif kerns A with V: neither is plain in it. */
static void kerned_letters_are_not_plain(void **state)
{
    (void)state;
    struct gs_fonts *fonts = load_fonts("fonts.xml");
    struct gs_diag *diag = gs_diag_new();
    const struct gs_chain *chain = gs_fonts_chain(fonts, "latin", false);
    struct gs_face *face = chain->faces[0].face;
    assert_true(gs_face_open(face, diag));
    assert_null(gs_plain_find(face->plain, 'A'));
    assert_null(gs_plain_find(face->plain, 'V'));
    assert_non_null(gs_plain_find(face->plain, '2'));
    gs_diag_free(diag);
    gs_fonts_free(fonts);
}

/* --- breaks ------------------------------------------------------------------------ */

static void check_breaks(const char *text, size_t size)
{
    const size_t count = (size_t)g_utf8_strlen(text, (gssize)size);
    struct gs_char *chars = g_new0(struct gs_char, count + 1);
    PangoLogAttr *attrs = g_new0(PangoLogAttr, count + 1);
    struct gs_seams seams = {.at = g_new(uint32_t, count + 1)};
    const char *at = text;
    for (size_t i = 0; i < count; i++, at = g_utf8_next_char(at)) {
        chars[i] = gs_char_of(g_utf8_get_char(at));
        chars[i].offset = (uint32_t)(at - text);
        gs_seams_note(&seams, i, i > 0 && chars[i - 1].han && chars[i].han);
    }
    gs_uax14_find(text, size, chars, count, &seams);
    pango_default_break(text, (int)size, NULL, attrs, (int)count + 1);
    for (size_t i = 1; i < count; i++) {
        const unsigned expected =
                (attrs[i].is_cursor_position ? GS_OPPORTUNITY_GRAPHEME : 0u) |
                (attrs[i].is_line_break ? GS_OPPORTUNITY_BREAK : 0u) |
                (attrs[i].is_mandatory_break ? GS_OPPORTUNITY_FORCED : 0u);
        if (chars[i].place != expected) {
            print_error("before character %zu of %s\n", i, text);
        }
        assert_int_equal(chars[i].place, expected);
    }
    g_free(seams.at);
    g_free(chars);
    g_free(attrs);
}

static void breaks_are_those_of_pango(void **state)
{
    (void)state;
    GArray *data = read_data();
    const guint32 first = number_of("SEED", 1);
    const guint32 runs =
            number_of("COUNT", g_getenv("SEED") != NULL ? 1 : 2 * RUNS);
    for (guint32 seed = first; seed < first + runs; seed++) {
        GRand *rand = g_rand_new_with_seed(seed);
        GString *text = make_text(rand, data);
        current_seed = seed;
        check_breaks(text->str, text->len);
        g_string_free(text, TRUE);
        g_rand_free(rand);
    }
    current_seed = 0;
    g_array_free(data, TRUE);
}

/* Each two ideographs alike to the table are so to Pango. */
static void all_ideographs_break_alike(void **state)
{
    (void)state;
    for (gunichar code = 0x3400; code <= 0x9FFF; code++) {
        if (code < 0x4DC0 || code >= 0x4E00) {
            GString *text = g_string_new("一");
            g_string_append_unichar(text, code);
            g_string_append(text, "（一）。");
            g_string_append_unichar(text, code);
            g_string_append(text, "“1.5");
            g_string_append_unichar(text, code);
            check_breaks(text->str, text->len);
            assert_int_equal(g_unichar_iswide(code), gs_code_is_wide(code));
            g_string_free(text, TRUE);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test_teardown(glyphs_with_cff_faces, name_seed),
            cmocka_unit_test_teardown(glyphs_with_truetype_faces, name_seed),
            cmocka_unit_test(forms_are_plain),
            cmocka_unit_test(kerned_letters_are_not_plain),
            cmocka_unit_test_teardown(breaks_are_those_of_pango, name_seed),
            cmocka_unit_test(all_ideographs_break_alike),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
