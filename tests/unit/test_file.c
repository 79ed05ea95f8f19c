/*
 * Files: bounded reading, roots, whole-or-nothing writing.
 */
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "base/arena.h"
#include "base/diag.h"

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
    char *root; /* an empty folder of its own */
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->arena = gs_arena_new();
    fixture->diag = gs_diag_new();
    fixture->root = g_dir_make_tmp("gongshi-file-XXXXXX", NULL);
    assert_non_null(fixture->root);
    *state = fixture;
    return 0;
}

static const char *path_of(struct fixture *fixture, const char *name)
{
    return gs_arena_printf(fixture->arena, "%s/%s", fixture->root, name);
}

static size_t count_files(struct fixture *fixture, bool discard)
{
    GDir *folder = g_dir_open(fixture->root, 0, NULL);
    size_t count = 0;
    const char *name;
    while ((name = g_dir_read_name(folder)) != NULL) {
        count++;
        if (discard) {
            g_remove(path_of(fixture, name));
        }
    }
    g_dir_close(folder);
    return count;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    count_files(fixture, true);
    g_rmdir(fixture->root);
    gs_arena_free(fixture->arena);
    gs_diag_free(fixture->diag);
    g_free(fixture->root);
    g_free(fixture);
    return 0;
}

static void put(struct fixture *fixture, const char *name, const char *text)
{
    assert_true(g_file_set_contents(path_of(fixture, name), text, -1, NULL));
}

static void expect_content(
        struct fixture *fixture, const char *name, const char *expected)
{
    char *text = NULL;
    assert_true(g_file_get_contents(path_of(fixture, name), &text, NULL, NULL));
    assert_string_equal(text, expected);
    g_free(text);
}

static void expect_last(struct fixture *fixture, enum gs_diag_id id)
{
    size_t count = gs_diag_count(fixture->diag);
    assert_int_not_equal(count, 0);
    assert_int_equal(gs_diag_entry(fixture->diag, count - 1).id, id);
}

/* --- reading --------------------------------------------------------------- */

static void files_are_read_up_to_the_limit(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "five", "12345");
    put(fixture, "none", "");
    const char *bytes = NULL;
    size_t size = 99;
    assert_true(gs_file_read(fixture->arena, path_of(fixture, "five"), 5,
            GS_NO_LOC, fixture->diag, &bytes, &size));
    assert_int_equal(size, 5);
    assert_string_equal(bytes, "12345");
    assert_false(gs_file_read(fixture->arena, path_of(fixture, "five"), 4,
            GS_NO_LOC, fixture->diag, &bytes, &size));
    expect_last(fixture, GS_DIAG_FILE_TOO_LARGE);
    assert_int_equal(size, 5);
    assert_true(gs_file_read(fixture->arena, path_of(fixture, "none"), 0,
            GS_NO_LOC, fixture->diag, &bytes, &size));
    assert_int_equal(size, 0);
    assert_string_equal(bytes, "");
}

static void endless_and_unreadable_files_are_reported(void **state)
{
    struct fixture *fixture = *state;
    const char *bytes;
    size_t size;
    assert_false(gs_file_read(fixture->arena, "/dev/zero", 1 << 20, GS_NO_LOC,
            fixture->diag, &bytes, &size));
    expect_last(fixture, GS_DIAG_FILE_TOO_LARGE);
    static const char *const paths[] = {"/no/such/file", "/", ""};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        assert_false(gs_file_read(fixture->arena, paths[i], 9, GS_NO_LOC,
                fixture->diag, &bytes, &size));
        expect_last(fixture, GS_DIAG_FILE_READ);
    }
    assert_true(gs_diag_has_outside(fixture->diag));
}

/* --- roots ----------------------------------------------------------------- */

static void paths_are_resolved_under_the_root(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "in", "x");
    assert_int_equal(symlink("in", path_of(fixture, "good")), 0);
    assert_int_equal(symlink("/etc/passwd", path_of(fixture, "bad")), 0);
    assert_int_equal(symlink("loop", path_of(fixture, "loop")), 0);
    static const struct {
        const char *path;
        enum gs_file_found found;
    } cases[] = {
            {"in", GS_FILE_FOUND}, {"./in", GS_FILE_FOUND},
            {"good", GS_FILE_FOUND}, {"bad", GS_FILE_OUTSIDE},
            {"loop", GS_FILE_MISSING}, {"none", GS_FILE_MISSING},
            {"../none", GS_FILE_OUTSIDE},
            {"../../../../../../../../etc/passwd", GS_FILE_OUTSIDE},
            {"/etc/passwd", GS_FILE_OUTSIDE},
            {"", GS_FILE_OUTSIDE}, /* the root itself lies not under it */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *resolved = NULL;
        assert_int_equal(gs_file_find(fixture->arena, fixture->root,
                                 fixture->root, cases[i].path, &resolved),
                cases[i].found);
        assert_int_equal(resolved != NULL, cases[i].found == GS_FILE_FOUND);
    }
    /* A folder whose name only begins like the root's is not inside. */
    char *resolved = NULL;
    const char *beside = gs_arena_printf(fixture->arena, "%sx", fixture->root);
    assert_int_equal(g_mkdir(beside, 0700), 0);
    const char *file = gs_arena_printf(fixture->arena, "%s/f", beside);
    assert_true(g_file_set_contents(file, "x", 1, NULL));
    assert_int_equal(
            gs_file_find(fixture->arena, fixture->root, NULL, file, &resolved),
            GS_FILE_OUTSIDE);
    g_remove(file);
    g_rmdir(beside);
}

static void resolving_reports(void **state)
{
    struct fixture *fixture = *state;
    assert_null(gs_file_resolve(fixture->arena, fixture->root, NULL, "none",
            GS_NO_LOC, fixture->diag));
    expect_last(fixture, GS_DIAG_FILE_READ);
    assert_null(gs_file_resolve(fixture->arena, fixture->root, NULL, "..",
            GS_NO_LOC, fixture->diag));
    expect_last(fixture, GS_DIAG_PATH_OUTSIDE_ROOT);
}

/* --- writing --------------------------------------------------------------- */

static bool write_text(
        struct fixture *fixture, const char *path, const char *text)
{
    struct gs_output *output = gs_output_open(path, fixture->diag);
    if (output == NULL) {
        return false;
    }
    assert_true(gs_output_write(output, text, strlen(text)));
    bool ok = gs_output_commit(output, fixture->diag);
    gs_output_free(output);
    return ok;
}

static void outputs_appear_on_commit(void **state)
{
    struct fixture *fixture = *state;
    const char *path = path_of(fixture, "out.pdf");
    struct gs_output *output = gs_output_open(path, fixture->diag);
    assert_non_null(output);
    assert_true(gs_output_write(output, "ab", 2));
    assert_int_equal(count_files(fixture, false), 0);
    assert_true(gs_output_write(output, "", 0));
    assert_true(gs_output_write(output, "c", 1));
    assert_true(gs_output_commit(output, fixture->diag));
    gs_output_free(output);
    expect_content(fixture, "out.pdf", "abc");
    assert_int_equal(count_files(fixture, false), 1);
}

static void uncommitted_outputs_leave_nothing(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "old", "old");
    static const char *const names[] = {"old", "new"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        struct gs_output *output =
                gs_output_open(path_of(fixture, names[i]), fixture->diag);
        assert_true(gs_output_write(output, "x", 1));
        gs_output_free(output);
    }
    assert_int_equal(count_files(fixture, false), 1);
    expect_content(fixture, "old", "old");
    gs_output_free(NULL);
}

static void permissions_are_those_of_any_new_file(void **state)
{
    struct fixture *fixture = *state;
    mode_t before = umask(027);
    struct stat status;
    assert_true(write_text(fixture, path_of(fixture, "new"), "x"));
    assert_int_equal(stat(path_of(fixture, "new"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_int_equal(chmod(path_of(fixture, "new"), 0604), 0);
    assert_true(write_text(fixture, path_of(fixture, "new"), "y"));
    assert_int_equal(stat(path_of(fixture, "new"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0604);
    expect_content(fixture, "new", "y");
    umask(before);
}

static void symbolic_links_stay(void **state)
{
    struct fixture *fixture = *state;
    put(fixture, "target", "old");
    assert_int_equal(symlink("target", path_of(fixture, "link")), 0);
    assert_true(write_text(fixture, path_of(fixture, "link"), "new"));
    expect_content(fixture, "target", "new");
    assert_true(g_file_test(path_of(fixture, "link"), G_FILE_TEST_IS_SYMLINK));
}

static void impossible_targets_are_reported(void **state)
{
    struct fixture *fixture = *state;
    const char *const paths[] = {"", fixture->root,
            path_of(fixture, "no/out.pdf"), path_of(fixture, "no/"),
            "/proc/none/out.pdf"};
    for (size_t i = 0; i < G_N_ELEMENTS(paths); i++) {
        assert_null(gs_output_open(paths[i], fixture->diag));
        expect_last(fixture, GS_DIAG_FILE_WRITE);
    }
    assert_int_equal(gs_diag_count(fixture->diag), G_N_ELEMENTS(paths));
    assert_int_equal(count_files(fixture, false), 0);
}

static void a_full_disk_is_reported(void **state)
{
    struct fixture *fixture = *state;
    assert_false(write_text(fixture, "/dev/full", "x"));
    expect_last(fixture, GS_DIAG_FILE_WRITE);
    assert_non_null(strstr(gs_diag_entry(fixture->diag, 0).message, "full"));
    assert_true(write_text(fixture, "/dev/null", "x"));
    struct stat status;
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

/* 40 MB in pieces: more than is held in memory. */
static void write_large(struct gs_output *output)
{
    char *piece = g_malloc(1 << 20);
    for (int i = 0; i < 40; i++) {
        memset(piece, 'a' + i % 26, 1 << 20);
        assert_true(gs_output_write(output, piece, 1 << 20));
    }
    g_free(piece);
}

static void large_outputs_are_whole_or_not_at_all(void **state)
{
    struct fixture *fixture = *state;
    struct gs_output *output =
            gs_output_open(path_of(fixture, "large"), fixture->diag);
    write_large(output);
    gs_output_free(output); /* given up: nothing is left */
    assert_int_equal(count_files(fixture, false), 0);

    output = gs_output_open(path_of(fixture, "large"), fixture->diag);
    write_large(output);
    assert_true(gs_output_commit(output, fixture->diag));
    gs_output_free(output);
    char *text = NULL;
    gsize size = 0;
    assert_true(g_file_get_contents(
            path_of(fixture, "large"), &text, &size, NULL));
    assert_int_equal(size, 40 << 20);
    for (int i = 0; i < 40; i++) {
        assert_int_equal(text[i << 20], 'a' + i % 26);
        assert_int_equal(text[((i + 1) << 20) - 1], 'a' + i % 26);
    }
    g_free(text);
    assert_int_equal(count_files(fixture, false), 1);
}

static void a_large_output_to_a_full_disk_is_reported(void **state)
{
    struct fixture *fixture = *state;
    struct gs_output *output = gs_output_open("/dev/full", fixture->diag);
    write_large(output);
    assert_false(gs_output_commit(output, fixture->diag));
    expect_last(fixture, GS_DIAG_FILE_WRITE);
    gs_output_free(output);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(files_are_read_up_to_the_limit),
            TEST(endless_and_unreadable_files_are_reported),
            TEST(paths_are_resolved_under_the_root),
            TEST(resolving_reports),
            TEST(outputs_appear_on_commit),
            TEST(uncommitted_outputs_leave_nothing),
            TEST(permissions_are_those_of_any_new_file),
            TEST(symbolic_links_stay),
            TEST(impossible_targets_are_reported),
            TEST(a_full_disk_is_reported),
            TEST(large_outputs_are_whole_or_not_at_all),
            TEST(a_large_output_to_a_full_disk_is_reported),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
