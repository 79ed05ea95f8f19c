/*
 * Private use: what pua.xml says of it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/diag.h"
#include "data/private.h"

struct fixture {
    char *folder, *path;
    struct gs_arena *arena;
    struct gs_diag *diag;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->folder = g_dir_make_tmp("gongshi-private-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "pua.xml", NULL);
    fixture->arena = gs_arena_new();
    fixture->diag = gs_diag_new();
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    g_unlink(fixture->path);
    g_rmdir(fixture->folder);
    gs_diag_free(fixture->diag);
    gs_arena_free(fixture->arena);
    g_free(fixture->path);
    g_free(fixture->folder);
    g_free(fixture);
    return 0;
}

static const struct gs_private_use *load(
        struct fixture *fixture, const char *content)
{
    char *xml = g_strdup_printf(
            "<private-use xmlns=\"urn:gongshi:private-use:1\">%s</private-use>",
            content);
    assert_true(g_file_set_contents(fixture->path, xml, -1, NULL));
    g_free(xml);
    return gs_private_use_load(fixture->arena, fixture->path, fixture->diag);
}

static void listed_characters_become_what_they_stand_for(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_private_use *table = load(fixture,
            "<map from='U+E863' to='\xE3\x91\xB3'/>"
            "<map from='U+E000' to='U+20BB7'/>"
            "<map from='\xEE\x80\x81' to='公司'/>");
    assert_non_null(table);
    /* U+E001, U+E863, U+E000, and U+E002, which is not listed */
    const char *text = "甲\xEE\x80\x81\xEE\xA1\xA3乙\xEE\x80\x80\xEE\x80\x82";
    assert_string_equal(gs_private_use_replace(fixture->arena, table, text),
            "甲公司\xE3\x91\xB3乙\xF0\xA0\xAE\xB7\xEE\x80\x82");
    const char *plain = "预算";
    assert_ptr_equal(
            gs_private_use_replace(fixture->arena, table, plain), plain);
}

static void no_file_lists_nothing(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_private_use *table = gs_private_use_load(
            fixture->arena, fixture->path, fixture->diag);
    assert_non_null(table);
    const char *text = "\xEE\x80\x81";
    assert_ptr_equal(gs_private_use_replace(fixture->arena, table, text), text);
    assert_ptr_equal(gs_private_use_replace(fixture->arena, NULL, text), text);
}

static void every_fault_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_null(load(fixture,
            "<map from='U+4E00' to='一'/>" /* not private */
            "<map from='U+E000'/>"
            "<map from='U+E001' to='\xEE\x80\x82'/>" /* private again */
            "<map from='U+E003' to='一'/><map from='U+E003' to='二'/>"
            "<face/>"));
    static const enum gs_diag_id expected[] = {GS_DIAG_BAD_VALUE,
            GS_DIAG_MISSING_ATTRIBUTE, GS_DIAG_BAD_VALUE,
            GS_DIAG_UNKNOWN_ELEMENT, GS_DIAG_DUPLICATE_NAME};
    assert_int_equal(gs_diag_count(fixture->diag), G_N_ELEMENTS(expected));
    for (size_t i = 0; i < G_N_ELEMENTS(expected); i++) {
        assert_int_equal(gs_diag_entry(fixture->diag, i).id, expected[i]);
    }
}

#define PRIVATE_TEST(name)                                                     \
    cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
            PRIVATE_TEST(listed_characters_become_what_they_stand_for),
            PRIVATE_TEST(no_file_lists_nothing),
            PRIVATE_TEST(every_fault_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
