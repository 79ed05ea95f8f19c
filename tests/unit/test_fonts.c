/*
 * Font lists: which file stands behind a role, and what is said when none does.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/fonts.h"
#include "text/text.h"

struct fixture {
    char *folder;
    char *list;
    char *source; /* a TrueType file that the project's list names */
    struct gs_diag *diag;
    struct gs_arena *arena;
};

/* The project's lists stand side by side. */
static char *list_path(const char *name)
{
    char *folder = g_path_get_dirname(g_getenv("GONGSHI_FONTS"));
    char *path = g_build_filename(folder, name, NULL);
    g_free(folder);
    return path;
}

static char *find_truetype(struct gs_diag *diag)
{
    char *path = list_path("fonts-truetype.xml");
    char *found = NULL;
    struct gs_fonts *fonts = gs_fonts_load(path, GS_OUTLINES_TRUETYPE, diag);
    assert_non_null(fonts);
    for (size_t i = 0; i < gs_fonts_count(fonts) && found == NULL; i++) {
        found = g_strdup(gs_fonts_entry(fonts, i).path);
    }
    gs_fonts_free(fonts);
    g_free(path);
    assert_non_null(found);
    return found;
}

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->folder = g_dir_make_tmp("gongshi-fonts-XXXXXX", NULL);
    fixture->list = g_build_filename(fixture->folder, "list.xml", NULL);
    fixture->diag = gs_diag_new();
    fixture->arena = gs_arena_new();
    fixture->source = find_truetype(fixture->diag);
    *state = fixture;
    return fixture->folder == NULL;
}

static void remove_tree(const char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        char *child = g_build_filename(path, name, NULL);
        if (!g_file_test(child, G_FILE_TEST_IS_SYMLINK) &&
                g_file_test(child, G_FILE_TEST_IS_DIR)) {
            remove_tree(child);
        } else {
            g_unlink(child);
        }
        g_free(child);
    }
    if (dir != NULL) {
        g_dir_close(dir);
    }
    g_rmdir(path);
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    remove_tree(fixture->folder);
    gs_diag_free(fixture->diag);
    gs_arena_free(fixture->arena);
    g_free(fixture->folder);
    g_free(fixture->list);
    g_free(fixture->source);
    g_free(fixture);
    return 0;
}

/* Loads a list of this content, standing in the test's folder. */
static struct gs_fonts *load(struct fixture *fixture, const char *content)
{
    char *xml = g_strdup_printf(
            "<fonts xmlns=\"urn:gongshi:fonts:1\">%s</fonts>", content);
    assert_true(g_file_set_contents(fixture->list, xml, -1, NULL));
    g_free(xml);
    return gs_fonts_load(fixture->list, GS_OUTLINES_ANY, fixture->diag);
}

static void put_font(struct fixture *fixture, const char *folder,
        const char *name, const char *bytes, size_t size)
{
    char *path = g_build_filename(fixture->folder, folder, NULL);
    assert_int_equal(g_mkdir_with_parents(path, 0700), 0);
    char *file = g_build_filename(path, name, NULL);
    assert_true(g_file_set_contents(file, bytes, (gssize)size, NULL));
    g_free(file);
    g_free(path);
}

static void link_font(
        struct fixture *fixture, const char *folder, const char *name)
{
    char *path = g_build_filename(fixture->folder, folder, NULL);
    assert_int_equal(g_mkdir_with_parents(path, 0700), 0);
    char *file = g_build_filename(path, name, NULL);
    assert_int_equal(symlink(fixture->source, file), 0);
    g_free(file);
    g_free(path);
}

static void assert_told(
        const struct fixture *fixture, enum gs_diag_id id, const char *words)
{
    assert_int_equal(gs_diag_count(fixture->diag), 1);
    const struct gs_diag_entry entry = gs_diag_entry(fixture->diag, 0);
    assert_int_equal(entry.id, id);
    assert_non_null(strstr(entry.message, words));
}

static bool set_text(struct fixture *fixture, const struct gs_fonts *fonts,
        const char *text, struct gs_line *line)
{
    static const struct gs_origin origin = {.path = "/unit/name"};
    const struct gs_text_style style = {.font = "song", .size = GS_PT(10)};
    return gs_text_line(
            fixture->arena, fonts, &style, text, &origin, fixture->diag, line);
}

static void project_lists_have_every_role(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lists[] = {"fonts.xml", "fonts-truetype.xml"};
    static const char *const roles[] = {
            "song", "fang", "kai", "hei", "xiaobiaosong", "latin"};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        char *path = list_path(lists[i]);
        struct gs_fonts *fonts =
                gs_fonts_load(path, GS_OUTLINES_ANY, fixture->diag);
        assert_non_null(fonts);
        for (size_t k = 0; k < G_N_ELEMENTS(roles); k++) {
            assert_true(gs_fonts_has_role(fonts, roles[k]));
        }
        assert_false(gs_fonts_has_role(fonts, "fallback"));
        assert_false(gs_fonts_has_role(fonts, "comic"));
        gs_fonts_free(fonts);
        g_free(path);
    }
    assert_int_equal(gs_diag_count(fixture->diag), 0);
}

static void files_are_found_below_listed_directories(void **state)
{
    struct fixture *fixture = *state;
    link_font(fixture, "a/deep/er", "one.ttf");
    link_font(fixture, "b", "one.ttf");
    struct gs_fonts *fonts = load(fixture,
            "<directory path='nowhere'/><directory path='a'/>"
            "<directory path='b'/><role name='song'>"
            "<face file='gone.ttf' package='fonts-gone'/>"
            "<face file='one.ttf' standin='yes'/></role>");
    assert_non_null(fonts);
    assert_int_equal(gs_fonts_count(fonts), 2);
    const struct gs_font_entry gone = gs_fonts_entry(fonts, 0);
    const struct gs_font_entry one = gs_fonts_entry(fonts, 1);
    assert_string_equal(gone.role, "song");
    assert_null(gone.path);
    assert_string_equal(gone.package, "fonts-gone");
    assert_true(g_str_has_suffix(one.path, "/a/deep/er/one.ttf"));
    assert_true(one.standin);
    assert_null(one.package);
    gs_fonts_free(fonts);
}

static void a_loop_of_links_ends(void **state)
{
    struct fixture *fixture = *state;
    char *path = g_build_filename(fixture->folder, "loop", NULL);
    assert_int_equal(symlink(".", path), 0);
    g_free(path);
    assert_null(load(fixture,
            "<directory path='.'/><role name='song'>"
            "<face file='gone.ttf' package='fonts-gone'/></role>"));
    assert_told(fixture, GS_DIAG_NO_FONTS, "song");
}

static void a_role_without_faces_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(load(fixture,
            "<directory path='.'/><role name='kai'>"
            "<face file='gone.otf' package='fonts-gone'/></role>"));
    assert_told(fixture, GS_DIAG_NO_FONTS, "kai");
    char *text = gs_diag_text(fixture->diag);
    assert_non_null(strstr(text, "fonts-gone"));
    assert_non_null(strstr(text, "gone.otf"));
    g_free(text);
    assert_true(gs_diag_has_outside(fixture->diag));
}

static void truetype_only_passes_over_cff(void **state)
{
    struct fixture *fixture = *state;
    const char *list = g_getenv("GONGSHI_FONTS");
    struct gs_fonts *fonts =
            gs_fonts_load(list, GS_OUTLINES_TRUETYPE, fixture->diag);
    /* The standard list has FangSong as CFF only. */
    assert_null(fonts);
    assert_true(gs_diag_errors(fixture->diag) >= 1);
    assert_int_equal(gs_diag_entry(fixture->diag, 0).id, GS_DIAG_NO_FONTS);
}

static void every_fault_of_a_list_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(load(fixture,
            "<direktory path='.'/><directory/><role name='song'>"
            "<face index='0'/><face file='a' index='-1'/>"
            "<face file='a' weight='heavy'/><face file='a' wieght='bold'/>"
            "words</role><role name='song'/>"));
    static const enum gs_diag_id expected[] = {
            GS_DIAG_UNKNOWN_ELEMENT,
            GS_DIAG_MISSING_ATTRIBUTE,
            GS_DIAG_MISSING_ATTRIBUTE,
            GS_DIAG_BAD_VALUE,
            GS_DIAG_BAD_VALUE,
            GS_DIAG_UNKNOWN_ATTRIBUTE,
            GS_DIAG_MISPLACED_TEXT,
            GS_DIAG_DUPLICATE_NAME,
    };
    assert_int_equal(gs_diag_count(fixture->diag), G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_int_equal(gs_diag_entry(fixture->diag, i).id, expected[i]);
    }
}

static void another_document_is_no_font_list(void **state)
{
    struct fixture *fixture = *state;
    assert_true(g_file_set_contents(
            fixture->list, "<fonts><role name='song'/></fonts>", -1, NULL));
    assert_null(gs_fonts_load(fixture->list, GS_OUTLINES_ANY, fixture->diag));
    assert_told(fixture, GS_DIAG_NOT_A_FONT_LIST, "fonts");
}

static void a_missing_list_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(gs_fonts_load(fixture->list, GS_OUTLINES_ANY, fixture->diag));
    assert_told(fixture, GS_DIAG_FILE_READ, "list.xml");
}

static void a_damaged_font_is_reported(void **state)
{
    struct fixture *fixture = *state;
    char *bytes = NULL;
    gsize size = 0;
    struct gs_line line;
    assert_true(g_file_get_contents(fixture->source, &bytes, &size, NULL));
    put_font(fixture, "a", "cut.ttf", bytes, 200);
    put_font(fixture, "a", "empty.ttf", "", 0);
    put_font(fixture, "a", "words.ttf", "no font at all", 14);
    g_free(bytes);
    static const char *const files[] = {"cut.ttf", "empty.ttf", "words.ttf"};
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++) {
        char *content =
                g_strdup_printf("<directory path='a'/><role name='song'>"
                                "<face file='%s'/></role>",
                        files[i]);
        struct gs_fonts *fonts = load(fixture, content);
        assert_non_null(fonts);
        assert_false(set_text(fixture, fonts, "字", &line));
        assert_told(fixture, GS_DIAG_BAD_FONT, files[i]);
        assert_false(set_text(fixture, fonts, "字字", &line));
        assert_int_equal(gs_diag_count(fixture->diag), 1);
        gs_fonts_free(fonts);
        gs_diag_free(fixture->diag);
        fixture->diag = gs_diag_new();
        g_free(content);
    }
}

static void a_missing_character_is_named_once_a_place(void **state)
{
    struct fixture *fixture = *state;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    struct gs_line line;
    assert_non_null(fonts);
    assert_false(
            set_text(fixture, fonts, "张\xEE\x80\x81三\xEE\x80\x81", &line));
    assert_false(set_text(fixture, fonts, "\xEE\x80\x81", &line));
    assert_told(fixture, GS_DIAG_PRIVATE_GLYPH, "U+E001");
    assert_told(fixture, GS_DIAG_PRIVATE_GLYPH, "/unit/name");
    assert_string_equal(line.text, "\xEE\x80\x81");

    /* Another document hears of it again. */
    gs_diag_free(fixture->diag);
    fixture->diag = gs_diag_new();
    assert_false(set_text(fixture, fonts, "\xEE\x80\x81", &line));
    assert_told(fixture, GS_DIAG_PRIVATE_GLYPH, "U+E001");
    gs_fonts_free(fonts);
}

static void a_missing_character_has_its_package(void **state)
{
    struct fixture *fixture = *state;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    struct gs_line line;
    assert_false(set_text(fixture, fonts, "\xF0\xA0\xAE\xB7", &line));
    assert_told(fixture, GS_DIAG_MISSING_GLYPH, "U+20BB7");
    assert_string_equal(gs_fonts_package_with(0x20BB7), "fonts-hanazono");
    assert_null(gs_fonts_package_with(0x13000));
    gs_fonts_free(fonts);
}

/* Fandol draws ￥ as a dollar: the list says so, and another face is taken. */
static void characters_a_face_draws_wrongly_come_from_the_next(void **state)
{
    struct fixture *fixture = *state;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    struct gs_line line;
    assert_true(set_text(fixture, fonts, "共￥9～5", &line));
    assert_int_equal(line.run_count, 5);
    for (size_t i = 0; i < line.run_count; i++) {
        const char *path = gs_face_path(line.runs[i].face);
        assert_int_equal(strstr(path, "Fandol") != NULL, i % 2 == 0);
    }
    gs_fonts_free(fonts);

    link_font(fixture, "a", "one.ttf");
    fonts = load(fixture,
            "<directory path='a'/><role name='song'>"
            "<face file='one.ttf' without='字 张'/></role>");
    assert_non_null(fonts);
    assert_non_null(gs_fonts_face_with(fonts, "song", 0x4E00, fixture->diag));
    assert_null(gs_fonts_face_with(fonts, "song", 0x5B57, fixture->diag));
    assert_false(set_text(fixture, fonts, "张", &line));
    gs_fonts_free(fonts);
}

/* Extension A, compatibility ideographs, selectors, marks: one line, one height. */
static void rare_characters_fall_back_one_by_one(void **state)
{
    struct fixture *fixture = *state;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    struct gs_line line, plain;
    /* 㑳, U+F92D, 葛 with a selector, ☑, e with an accent */
    const char *text = "\xE3\x91\xB3预\xEF\xA4\xAD葛\xF3\xA0\x84\x80☑算e\xCC\x81";
    assert_true(set_text(fixture, fonts, text, &line));
    assert_true(set_text(fixture, fonts, "预算", &plain));
    assert_string_equal(line.text, text);
    assert_true(line.run_count > 3);
    assert_int_equal(line.height, plain.height);
    assert_int_equal(line.baseline, plain.baseline);
    size_t bytes = 0;
    for (size_t i = 0; i < line.run_count; i++) {
        bytes += line.runs[i].text_size;
        for (size_t k = 0; k < line.runs[i].glyph_count; k++) {
            assert_int_not_equal(line.runs[i].glyphs[k].id, 0);
        }
    }
    assert_int_equal(bytes, strlen(text));
    gs_fonts_free(fonts);
}

static void faces_keep_their_order_and_weight(void **state)
{
    struct fixture *fixture = *state;
    link_font(fixture, "a", "regular.ttf");
    link_font(fixture, "a", "bold.ttf");
    struct gs_fonts *fonts = load(fixture,
            "<directory path='a'/><role name='song'>"
            "<face file='bold.ttf' weight='bold'/>"
            "<face file='regular.ttf' embolden='yes'/></role>"
            "<role name='kai'><face file='regular.ttf' embolden='yes'/>"
            "</role>");
    assert_non_null(fonts);
    static const struct gs_origin origin = {.path = "/"};
    static const struct {
        const char *role, *file;
        bool bold, embolden;
    } cases[] = {
            {"song", "regular.ttf", false, false},
            {"song", "bold.ttf", true, false},
            {"kai", "regular.ttf", false, false},
            {"kai", "regular.ttf", true, true},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct gs_text_style style = {.font = cases[i].role,
                .size = GS_PT(10),
                .bold = cases[i].bold};
        struct gs_line line;
        assert_true(gs_text_line(fixture->arena, fonts, &style, "字", &origin,
                fixture->diag, &line));
        assert_int_equal(line.run_count, 1);
        assert_true(g_str_has_suffix(
                gs_face_path(line.runs[0].face), cases[i].file));
        assert_int_equal(line.runs[0].embolden, cases[i].embolden);
        assert_true(gs_face_is_truetype(line.runs[0].face));
        assert_int_equal(gs_face_index(line.runs[0].face), 0);
        assert_non_null(gs_face_freetype(line.runs[0].face));
    }
    gs_fonts_free(fonts);
}

static void count_release(void *object)
{
    size_t *released = object;
    *released += 1;
}

static void a_face_keeps_what_writers_attach(void **state)
{
    struct fixture *fixture = *state;
    static const char one_key, other_key;
    size_t first = 0, second = 0, other = 0, size = 0;
    struct gs_line line;
    char *bytes = NULL;
    gsize length = 0;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    assert_true(set_text(fixture, fonts, "字", &line));
    const struct gs_face *face = line.runs[0].face;

    assert_null(gs_face_attachment(face, &one_key));
    gs_face_attach(face, &one_key, &first, count_release);
    gs_face_attach(face, &other_key, &other, count_release);
    assert_ptr_equal(gs_face_attachment(face, &one_key), &first);
    assert_ptr_equal(gs_face_attachment(face, &other_key), &other);
    gs_face_attach(face, &one_key, &second, count_release);
    assert_ptr_equal(gs_face_attachment(face, &one_key), &second);
    assert_int_equal(first, 1);

    const void *data = gs_face_data(face, &size);
    assert_true(g_file_get_contents(
            gs_face_path(face), &bytes, &length, NULL));
    assert_int_equal(size, length);
    assert_memory_equal(data, bytes, length);
    g_free(bytes);

    gs_fonts_free(fonts);
    assert_int_equal(first, 1);
    assert_int_equal(second, 1);
    assert_int_equal(other, 1);
}

/* 一 and ⼀ share a glyph in many faces; the text says which it was. */
static void radicals_keep_their_own_text(void **state)
{
    struct fixture *fixture = *state;
    struct gs_fonts *fonts = gs_fonts_load(
            g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, fixture->diag);
    struct gs_line line;
    assert_true(set_text(fixture, fonts, "一⼀", &line));
    assert_string_equal(line.text, "一⼀");
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < line.run_count; i++) {
        g_string_append_len(
                text, line.runs[i].text, (gssize)line.runs[i].text_size);
    }
    assert_string_equal(text->str, "一⼀");
    g_string_free(text, TRUE);
    gs_fonts_free(fonts);
}

struct drawing {
    size_t moves, closes, others;
    struct gs_point low, high;
};

static void draw_step(void *user, char op, const struct gs_point *points)
{
    struct drawing *drawing = user;
    const size_t count = op == 'Z' ? 0 : op == 'C' ? 3 : 1;
    drawing->moves += op == 'M';
    drawing->closes += op == 'Z';
    drawing->others += op == 'L' || op == 'C';
    for (size_t i = 0; i < count; i++) {
        drawing->low.x = MIN(drawing->low.x, points[i].x);
        drawing->low.y = MIN(drawing->low.y, points[i].y);
        drawing->high.x = MAX(drawing->high.x, points[i].x);
        drawing->high.y = MAX(drawing->high.y, points[i].y);
    }
}

static void outlines_are_closed_and_of_the_right_size(void **state)
{
    struct fixture *fixture = *state;
    static const char *const lists[] = {"fonts.xml", "fonts-truetype.xml"};
    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++) {
        char *path = list_path(lists[i]);
        struct gs_fonts *fonts =
                gs_fonts_load(path, GS_OUTLINES_ANY, fixture->diag);
        struct gs_line line;
        struct drawing drawing = {0};
        assert_true(set_text(fixture, fonts, "国", &line));
        const struct gs_glyph_run *run = &line.runs[0];
        gs_face_outline(
                run->face, run->glyphs[0].id, GS_PT(10), draw_step, &drawing);
        assert_true(drawing.moves >= 2);
        assert_int_equal(drawing.moves, drawing.closes);
        assert_true(drawing.others > drawing.moves);
        assert_in_range(drawing.high.x, GS_PT(7), GS_PT(10));
        assert_true(drawing.low.y < -GS_PT(6) && drawing.low.y > -GS_PT(10));
        assert_true(drawing.high.y >= 0 && drawing.high.y < GS_PT(2));
        assert_int_equal(
                gs_face_advance(run->face, run->glyphs[0].id, GS_PT(10)),
                GS_PT(10));
        gs_fonts_free(fonts);
        g_free(path);
    }
}

#define FONT_TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            FONT_TEST(project_lists_have_every_role),
            FONT_TEST(files_are_found_below_listed_directories),
            FONT_TEST(a_loop_of_links_ends),
            FONT_TEST(a_role_without_faces_is_reported),
            FONT_TEST(truetype_only_passes_over_cff),
            FONT_TEST(every_fault_of_a_list_is_reported),
            FONT_TEST(another_document_is_no_font_list),
            FONT_TEST(a_missing_list_is_reported),
            FONT_TEST(a_damaged_font_is_reported),
            FONT_TEST(a_missing_character_is_named_once_a_place),
            FONT_TEST(a_missing_character_has_its_package),
            FONT_TEST(characters_a_face_draws_wrongly_come_from_the_next),
            FONT_TEST(rare_characters_fall_back_one_by_one),
            FONT_TEST(faces_keep_their_order_and_weight),
            FONT_TEST(a_face_keeps_what_writers_attach),
            FONT_TEST(radicals_keep_their_own_text),
            FONT_TEST(outlines_are_closed_and_of_the_right_size),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
