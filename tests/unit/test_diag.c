/*
 * Diagnostics: their text, what is copied, what is made printable, languages.
 */
#include "base/diag.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/lang.h"

static int set_up(void **state)
{
    *state = gs_diag_new();
    return 0;
}

static int tear_down(void **state)
{
    gs_diag_free(*state);
    return 0;
}

static void expect_shown(struct gs_diag *diag, const char *expected)
{
    char *text = gs_diag_text(diag);
    assert_string_equal(text, expected);
    g_free(text);
}

static struct gs_source source_of(const char *text)
{
    return (struct gs_source){"form.xml", text, strlen(text)};
}

/* --- text ------------------------------------------------------------------ */

static void an_entry_shows_line_caret_and_notes(void **state)
{
    struct gs_diag *diag = *state;
    struct gs_source source = source_of("<a>\n  <tabel/>\n</a>\n");
    gs_diag_add(diag, GS_DIAG_UNKNOWN_ELEMENT, (struct gs_loc){&source, 2, 4},
            GS_ARGS("tabel", "body", "p, table", "table"));
    expect_shown(diag,
            "form.xml:2:4: error: there is no element <tabel> "
            "[unknown-element]\n"
            "    2 |   <tabel/>\n"
            "      |    ^\n"
            "      = expected: in <body>: p, table\n"
            "      = hint: did you mean <table>?\n");
}

static void notes_without_their_argument_are_left_out(void **state)
{
    struct gs_diag *diag = *state;
    gs_diag_add(diag, GS_DIAG_UNKNOWN_ELEMENT, GS_NO_LOC,
            GS_ARGS("x", "body", "p", NULL));
    gs_diag_add(diag, GS_DIAG_UNKNOWN_ELEMENT, GS_NO_LOC, GS_ARGS("x"));
    expect_shown(diag,
            "error: there is no element <x> [unknown-element]\n"
            "      = expected: in <body>: p\n"
            "error: there is no element <x> [unknown-element]\n");
}

static void the_caret_stands_under_wide_characters(void **state)
{
    struct gs_diag *diag = *state;
    struct gs_source source = source_of("<部门>\t<中/></部门>\r\n");
    gs_diag_add(
            diag, GS_DIAG_XML_DTD, (struct gs_loc){&source, 1, 7}, GS_NO_ARGS);
    char *text = gs_diag_text(diag);
    assert_non_null(strstr(text,
            "    1 | <部门> <中/></部门>\n"
            "      |         ^\n"));
    g_free(text);
}

static void a_place_may_be_known_in_part(void **state)
{
    struct gs_diag *diag = *state;
    struct gs_source source = {"-", NULL, 0};
    gs_diag_add(diag, GS_DIAG_NO_LAYOUT, (struct gs_loc){&source, 0, 0},
            GS_NO_ARGS);
    gs_diag_add(diag, GS_DIAG_NO_LAYOUT, (struct gs_loc){&source, 3, 0},
            GS_NO_ARGS);
    struct gs_source empty = source_of("");
    gs_diag_add(
            diag, GS_DIAG_NO_LAYOUT, (struct gs_loc){&empty, 9, 9}, GS_NO_ARGS);
    gs_diag_add(
            diag, GS_DIAG_NO_LAYOUT, (struct gs_loc){&empty, 1, 9}, GS_NO_ARGS);
    char *text = gs_diag_text(diag);
    assert_true(g_str_has_prefix(text, "-: error: no layout is named"));
    assert_non_null(strstr(text, "\n-:3: error: "));
    assert_non_null(strstr(text, "\nform.xml:9:9: error: "));
    g_free(text);
}

static void long_lines_are_cut_around_the_caret(void **state)
{
    struct gs_diag *diag = *state;
    GString *line = g_string_new(NULL);
    for (int i = 0; i < 60000; i++) {
        g_string_append(line, i == 30000 ? "🀄" : "字");
    }
    struct gs_source source = source_of(line->str);
    gs_diag_add(diag, GS_DIAG_NO_LAYOUT, (struct gs_loc){&source, 1, 30001},
            GS_NO_ARGS);
    g_string_free(line, TRUE);
    char *text = gs_diag_text(diag);
    assert_true(strlen(text) < 900);
    assert_non_null(strstr(text, "    1 | …字字"));
    assert_non_null(strstr(text, "字🀄字"));
    assert_non_null(strstr(text, "字…\n"));
    /* An ellipsis and sixty wide characters. */
    const char *caret = strstr(text, "      | ");
    assert_int_equal(strcspn(caret + 8, "^"), 121);
    g_free(text);
}

static void everything_is_copied(void **state)
{
    struct gs_diag *diag = *state;
    char name[] = "form.xml", content[] = "<a/>", argument[] = "style";
    struct gs_source source = {name, content, strlen(content)};
    gs_diag_add(diag, GS_DIAG_UNKNOWN_STYLE, (struct gs_loc){&source, 1, 2},
            GS_ARGS(argument));
    memset(name, 'X', sizeof name - 1);
    memset(content, 'X', sizeof content - 1);
    memset(argument, 'X', sizeof argument - 1);
    char *text = gs_diag_text(diag);
    assert_null(strchr(text, 'X'));
    g_free(text);
    assert_string_equal(gs_diag_entry(diag, 0).loc.source->name, "form.xml");
}

static void control_characters_never_reach_the_text(void **state)
{
    struct gs_diag *diag = *state;
    static const char hostile[] =
            "\x1b[31m\a\r\x7f\xc2\x9b\xe2\x80\xae\xff\xc3 ok\t";
    struct gs_source source = {hostile, hostile, sizeof hostile - 1};
    gs_diag_add(diag, GS_DIAG_UNKNOWN_STYLE, (struct gs_loc){&source, 1, 9},
            GS_ARGS(hostile, hostile));
    char *text = gs_diag_text(diag);
    assert_true(g_utf8_validate(text, -1, NULL));
    for (const char *at = text; *at != '\0';) {
        gunichar c = g_utf8_get_char(at);
        assert_true(c == '\n' || !(g_unichar_iscntrl(c) || c == 0x202e));
        at += g_unichar_to_utf8(c, NULL);
    }
    assert_non_null(strstr(
            text, "“\\x1b[31m\\x07\\r\\x7f\\x9b\\u202e\\xff\\xc3 ok\\t”"));
    g_free(text);
}

static void long_arguments_are_cut(void **state)
{
    struct gs_diag *diag = *state;
    char *filling = g_strnfill(1 << 20, 'x');
    gs_diag_add(diag, GS_DIAG_UNKNOWN_STYLE, GS_NO_LOC, GS_ARGS(filling));
    g_free(filling);
    char *text = gs_diag_text(diag);
    assert_true(strlen(text) < 800);
    assert_non_null(strstr(text, "xxx…”"));
    g_free(text);
}

/* --- counting -------------------------------------------------------------- */

static void counts_go_on_where_recording_stops(void **state)
{
    struct gs_diag *diag = *state;
    assert_int_equal(gs_diag_errors(diag), 0);
    for (int i = 0; i < 500; i++) {
        gs_diag_add(diag, GS_DIAG_NO_LAYOUT, GS_NO_LOC, GS_NO_ARGS);
    }
    assert_false(gs_diag_has_outside(diag));
    gs_diag_add(diag, GS_DIAG_KEEP_BROKEN, GS_NO_LOC, GS_ARGS("1", "2"));
    gs_diag_add(diag, GS_DIAG_FILE_READ, GS_NO_LOC, GS_ARGS("f", "x"));
    assert_int_equal(gs_diag_errors(diag), 501);
    assert_int_equal(gs_diag_warnings(diag), 1);
    assert_true(gs_diag_has_outside(diag));
    assert_false(gs_diag_has_internal(diag));
    assert_int_equal(gs_diag_count(diag), 200);
    char *text = gs_diag_text(diag);
    assert_true(g_str_has_suffix(
            text, "\n302 more errors and warnings are not shown\n"));
    g_free(text);
}

static void entries_are_told_one_by_one(void **state)
{
    struct gs_diag *diag = *state;
    struct gs_source source = source_of("x");
    gs_diag_add(diag, GS_DIAG_KEEP_BROKEN, (struct gs_loc){&source, 1, 1},
            GS_ARGS("30pt", "20pt"));
    struct gs_diag_entry entry = gs_diag_entry(diag, 0);
    assert_int_equal(entry.id, GS_DIAG_KEEP_BROKEN);
    assert_string_equal(entry.name, "keep-broken");
    assert_int_equal(entry.severity, GS_WARNING);
    assert_int_equal(entry.loc.line, 1);
    assert_string_equal(entry.loc.source->name, "form.xml");
    assert_string_equal(entry.message,
            "what must stay together takes 30pt, the page has 20pt: it is "
            "broken");
}

/* --- languages ------------------------------------------------------------- */

static const char *locale_folder(struct gs_arena *arena)
{
    const char *build = g_getenv("BUILD");
    return build != NULL
            ? gs_arena_printf(arena, "%s/share/gongshi/locale", build)
            : NULL;
}

static const struct gs_lang *load_chinese(struct gs_arena *arena)
{
    const char *folder = locale_folder(arena);
    if (folder == NULL) {
        skip();
    }
    const struct gs_lang *lang = gs_lang_load(arena, "zh", folder);
    assert_non_null(lang);
    return lang;
}

static void texts_come_in_chinese(void **state)
{
    struct gs_diag *diag = *state;
    struct gs_arena *arena = gs_arena_new();
    gs_diag_add(diag, GS_DIAG_XML_SYNTAX, GS_NO_LOC,
            GS_ARGS(GS_WORD(N_("out of memory"))));
    gs_diag_set_lang(diag, load_chinese(arena));
    expect_shown(diag, "错误：XML 格式不正确：内存不足 [xml-syntax]\n");
    gs_diag_set_lang(diag, NULL);
    expect_shown(
            diag, "error: not well-formed XML: out of memory [xml-syntax]\n");
    gs_arena_free(arena);
}

static void the_environment_chooses_the_language(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    load_chinese(arena); /* or skip */
    const char *folder = locale_folder(arena);
    static const struct {
        const char *all, *messages, *lang;
        bool is_chinese;
    } cases[] = {
            {"zh_CN.UTF-8", "C", "C", true},
            {"", "zh_CN", "en_US.UTF-8", true},
            {NULL, NULL, "zh_CN.UTF-8", true},
            {"C", "zh_CN", "zh_CN", false},
            {NULL, "en_GB.UTF-8", "zh_CN", false},
            {NULL, NULL, NULL, false},
    };
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        const char *values[] = {cases[i].all, cases[i].messages, cases[i].lang};
        for (size_t n = 0; n < G_N_ELEMENTS(names); n++) {
            g_unsetenv(names[n]);
            if (values[n] != NULL) {
                g_setenv(names[n], values[n], TRUE);
            }
        }
        assert_int_equal(
                gs_lang_load(arena, NULL, folder) != NULL, cases[i].is_chinese);
        assert_null(gs_lang_load(arena, "en", folder));
        assert_non_null(gs_lang_load(arena, "zh", folder));
    }
    assert_null(gs_lang_load(arena, "zh", "/no/such/folder"));
    gs_arena_free(arena);
}

/* Which of %1 to %9 a template uses. */
static unsigned placeholders(const char *template)
{
    unsigned used = 0;
    for (const char *at = template; *at != '\0'; at++) {
        if (at[0] == '%' && at[1] >= '1' && at[1] <= '9') {
            used |= 1u << (at[1] - '0');
        }
    }
    return used;
}

static void expect_translated(const struct gs_lang *lang, const char *template)
{
    if (template == NULL) {
        return;
    }
    const char *chinese = gs_lang_text(lang, template);
    if (chinese == template) {
        fail_msg("not translated: %s", template);
    }
    if (placeholders(chinese) != placeholders(template)) {
        fail_msg("other placeholders: %s: %s", template, chinese);
    }
}

static void every_kind_is_translated(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    const struct gs_lang *lang = load_chinese(arena);
#define GS_DIAG(id, name, severity, fault, message, expected, hint) \
    expect_translated(lang, message); \
    expect_translated(lang, expected); \
    expect_translated(lang, hint);
#include "base/diag-list.h"
#undef GS_DIAG
    gs_arena_free(arena);
}

static void names_of_kinds_are_words_and_unique(void **state)
{
    (void)state;
    static const char *const names[] = {
#define GS_DIAG(id, name, severity, fault, message, expected, hint) name,
#include "base/diag-list.h"
#undef GS_DIAG
    };
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        assert_int_equal(strspn(names[i], "abcdefghijklmnopqrstuvwxyz-"),
                strlen(names[i]));
        for (size_t n = 0; n < i; n++) {
            assert_string_not_equal(names[i], names[n]);
        }
    }
}

static void damaged_catalogues_do_no_harm(void **state)
{
    (void)state;
    struct gs_arena *arena = gs_arena_new();
    load_chinese(arena); /* or skip */
    char *bytes;
    gsize size;
    assert_true(g_file_get_contents(
            gs_arena_printf(arena, "%s/zh_CN/LC_MESSAGES/gongshi.mo",
                    locale_folder(arena)),
            &bytes, &size, NULL));
    char *root = g_dir_make_tmp("gongshi-lang-XXXXXX", NULL);
    const char *folder = gs_arena_printf(arena, "%s/zh_CN/LC_MESSAGES", root);
    assert_int_equal(g_mkdir_with_parents(folder, 0700), 0);
    const char *path = gs_arena_printf(arena, "%s/gongshi.mo", folder);
    GRand *random = g_rand_new_with_seed(5);
    for (int i = 0; i < 300; i++) {
        char *damaged = g_memdup2(bytes, size);
        gsize damaged_size = i % 3 == 0
                ? (gsize)g_rand_int_range(random, 0, (gint32)size)
                : size;
        for (int n = 0; n < 4; n++) {
            gint32 at = g_rand_int_range(random, 0, n < 2 ? 28 : (gint32)size);
            damaged[at] = (char)g_rand_int(random);
        }
        assert_true(
                g_file_set_contents(path, damaged, (gssize)damaged_size, NULL));
        const struct gs_lang *lang = gs_lang_load(arena, "zh", root);
        assert_non_null(gs_lang_text(lang, "error: "));
        assert_non_null(gs_lang_text(lang, "no layout is named"));
        g_free(damaged);
    }
    g_rand_free(random);
    g_remove(path);
    g_rmdir(folder);
    g_rmdir(gs_arena_printf(arena, "%s/zh_CN", root));
    g_rmdir(root);
    g_free(root);
    g_free(bytes);
    gs_arena_free(arena);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(an_entry_shows_line_caret_and_notes),
            TEST(notes_without_their_argument_are_left_out),
            TEST(the_caret_stands_under_wide_characters),
            TEST(a_place_may_be_known_in_part),
            TEST(long_lines_are_cut_around_the_caret),
            TEST(everything_is_copied),
            TEST(control_characters_never_reach_the_text),
            TEST(long_arguments_are_cut),
            TEST(counts_go_on_where_recording_stops),
            TEST(entries_are_told_one_by_one),
            TEST(texts_come_in_chinese),
            TEST(the_environment_chooses_the_language),
            TEST(every_kind_is_translated),
            TEST(names_of_kinds_are_words_and_unique),
            TEST(damaged_catalogues_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
