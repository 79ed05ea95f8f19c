/*
 * Fragments and their parameters; imports; finding layouts in folders.
 */
#include "form-sample.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "xml/xpath.h"

#define FRAGMENTS(content)                                                     \
    "<fragments xmlns='urn:gongshi:layout:1'>" content "</fragments>"

/* --- fragments ------------------------------------------------------------- */

static void include_is_expanded_where_it_stands(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<fragment name='cells'><td>a</td><td>b</td></fragment>"
            "<fragment name='words'>x</fragment>\n",
            "<table columns='1* 1*' color='red'><row>"
            "<include fragment='cells' select='a' optional='yes'/></row></table>"
            "<p><include fragment='words'/></p>"));
    const struct gs_item *scope = ITEM(sample, 0, 0, 0);
    assert_int_equal(scope->kind, GS_ITEM_SCOPE);
    assert_non_null(scope->u.scope.select);
    assert_true(scope->u.scope.optional);
    assert_int_equal(scope->content.count, 2);
    assert_int_equal(scope->content.items[1]->kind, GS_ITEM_CELL);
    assert_int_equal(scope->content.items[1]->style->text.color.red, 255);
    assert_int_equal(ITEM(sample, 1, 0, 0)->kind, GS_ITEM_TEXT);
    sample_free(&sample);
}

static void parameters_are_bound_outside_and_defaults_inside(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<fragment name='f'><param name='a'/>"
            "<param name='b' default='concat($a, x)'/><p>{$a}{$b}</p>"
            "</fragment>\n",
            "<let name='outer' select='1'/>"
            "<include fragment='f'><with name='a' select='$outer'/></include>"));
    const struct gs_item *scope = ITEM(sample, 1);
    assert_int_equal(scope->u.scope.count, 1);
    assert_string_equal(scope->u.scope.params[0].name, "a");
    assert_int_equal(scope->content.count, 2);
    assert_int_equal(scope->content.items[0]->kind, GS_ITEM_LET);
    assert_string_equal(scope->content.items[0]->u.let.name, "b");
    assert_string_equal(
            gs_xpath_text(scope->content.items[0]->u.let.select),
            "concat($a, x)");
    sample_free(&sample);
}

static void fragment_sees_its_parameters_only(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<fragment name='f'><p>{$a}</p></fragment>\n",
                          "<let name='a' select='1'/>"
                          "<include fragment='f'/>"),
            "unknown-variable 2:24");
    struct sample sample = sample_good(LAYOUT(
            "<fragment name='f'><p>{$position}</p></fragment>\n",
            "<each select='a'><include fragment='f'/></each>"));
    sample_free(&sample);
}

static void wrong_parameters_are_told(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<fragment name='f'><param name='a'/></fragment>\n",
                          "<include fragment='f'/>"),
            "missing-parameter 3:7");
    expect_errors(LAYOUT("<fragment name='f'/>\n",
                          "<include fragment='f'>"
                          "<with name='b' select='1'/></include>"),
            "unknown-parameter 3:41");
    expect_errors(LAYOUT("<fragment name='f'><param name='a'/></fragment>\n",
                          "<include fragment='f'><with name='a' select='1'/>"
                          "<with name='a' select='1'/></include>"),
            "duplicate-name 3:68");
    expect_errors(
            LAYOUT("<fragment name='f'><param name='a'/><param name='a'/>"
                   "</fragment>\n",
                    ""),
            "duplicate-name 2:50");
}

static void fragments_in_a_circle_are_refused(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<fragment name='f'><include fragment='g'/>"
                         "</fragment>\n"
                         "<fragment name='g'><include fragment='f'/>"
                         "</fragment>\n",
                          "<include fragment='f'/>"),
            "cycle 3:39");
    expect_errors(LAYOUT("<fragment name='f'><if test='1'>"
                         "<include fragment='f'/></if></fragment>\n",
                          ""),
            "cycle 2:52");
}

static void error_in_a_fragment_is_told_once(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<fragment name='f'><p colour=''>{(}</p></fragment>\n",
                          "<include fragment='f'/><include fragment='f'/>"),
            "unknown-attribute 2:23; bad-xpath 2:35");
}

static void fragment_that_nothing_includes_is_checked(void **state)
{
    (void)state;
    expect_errors(LAYOUT("<fragment name='f'><td>{(}</td></fragment>\n", ""),
            "bad-xpath 2:26");
    expect_errors(LAYOUT("<fragment name='f'>\n<param name='a'/>"
                         "{$a + $b}</fragment>\n",
                          ""),
            "unknown-variable 3:24");
}

static void blocks_of_a_cell_may_come_from_a_fragment(void **state)
{
    (void)state;
    struct sample sample = sample_good(LAYOUT(
            "<fragment name='f'><if test='1'><include fragment='g'/></if>"
            "</fragment><fragment name='g'><p>x</p></fragment>\n",
            "<table columns='1*'><row><td><include fragment='f'/></td></row>"
            "</table>"));
    assert_true(ITEM(sample, 0, 0, 0)->u.cell.has_blocks);
    sample_free(&sample);
}

static void expansion_is_bounded(void **state)
{
    (void)state;
    GString *text = g_string_new("<layout xmlns='urn:gongshi:layout:1' "
                                 "name='t'>");
    for (int i = 0; i < 40; i++) {
        g_string_append_printf(text,
                "<fragment name='f%d'><include fragment='f%d'/>"
                "<include fragment='f%d'/></fragment>",
                i, i + 1, i + 1);
    }
    g_string_append(text, "<fragment name='f40'/><body>"
                          "<include fragment='f0'/></body></layout>");
    struct sample sample = sample_parse(text->str, NULL);
    char *told = sample_told(&sample);
    assert_null(sample.form);
    assert_non_null(strstr(told, "layout-too-large"));
    g_free(told);
    sample_free(&sample);
    g_string_free(text, TRUE);
}

static void includes_in_includes_are_bounded(void **state)
{
    (void)state;
    GString *text = g_string_new("<layout xmlns='urn:gongshi:layout:1' "
                                 "name='t'>");
    for (int i = 0; i < 100; i++) {
        g_string_append_printf(text,
                "<fragment name='f%d'><include fragment='f%d'/></fragment>", i,
                i + 1);
    }
    g_string_append(text, "<fragment name='f100'/><body>"
                          "<include fragment='f0'/></body></layout>");
    struct sample sample = sample_parse(text->str, NULL);
    assert_null(sample.form);
    assert_string_equal(
            gs_diag_entry(sample.diag, 0).name, "layout-too-large");
    sample_free(&sample);
    g_string_free(text, TRUE);
}

/* --- files ----------------------------------------------------------------- */

struct folder {
    char *path;
    const char *search[2];
};

static int make_folder(void **state)
{
    struct folder *folder = g_new0(struct folder, 1);
    folder->path = g_dir_make_tmp("gongshi-form-XXXXXX", NULL);
    folder->search[0] = folder->path;
    *state = folder;
    return folder->path != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
    struct folder *folder = *state;
    GDir *dir = g_dir_open(folder->path, 0, NULL);
    const char *name;
    while (dir != NULL && (name = g_dir_read_name(dir)) != NULL) {
        char *file = g_build_filename(folder->path, name, NULL);
        g_unlink(file);
        g_free(file);
    }
    g_dir_close(dir);
    g_rmdir(folder->path);
    g_free(folder->path);
    g_free(folder);
    return 0;
}

static void put(const struct folder *folder, const char *name, const char *text)
{
    char *file = g_build_filename(folder->path, name, NULL);
    assert_true(g_file_set_contents(file, text, -1, NULL));
    g_free(file);
}

static struct sample load(const struct folder *folder, const char *name)
{
    struct sample sample = {gs_arena_new(), gs_diag_new(), NULL};
    sample.form = gs_form_load(
            sample.arena, name, folder->search, GS_NO_LOC, sample.diag);
    return sample;
}

static void expect_load_error(
        const struct folder *folder, const char *name, const char *expected)
{
    struct sample sample = load(folder, name);
    char *told = sample_told(&sample);
    assert_null(sample.form);
    assert_string_equal(told, expected);
    g_free(told);
    sample_free(&sample);
}

static void imports_are_merged(void **state)
{
    const struct folder *folder = *state;
    put(folder, "a.xml",
            FRAGMENTS("<import href='b.xml'/><page name='pa' size='A3'/>"));
    put(folder, "b.xml",
            FRAGMENTS("<style name='red' color='red'/>"
                      "<fragment name='f'><p style='red'/></fragment>"));
    put(folder, "t.xml",
            LAYOUT("<import href='a.xml'/><import href='b.xml'/>"
                   "<page name='own' size='A5'/>",
                    "<include fragment='f'/>"));
    struct sample sample = load(folder, "t");
    char *told = sample_told(&sample);
    assert_string_equal(told, "");
    assert_int_equal(ITEM(sample, 0, 0)->style->text.color.red, 255);
    assert_string_equal(sample.form->page->name, "own");
    g_free(told);
    sample_free(&sample);
}

static void page_of_an_import_is_the_default_if_there_is_no_own(void **state)
{
    const struct folder *folder = *state;
    put(folder, "a.xml", FRAGMENTS("<page name='pa' size='A3'/>"));
    put(folder, "t.xml", LAYOUT("<import href='a.xml'/>", ""));
    struct sample sample = load(folder, "t");
    assert_non_null(sample.form);
    assert_string_equal(sample.form->page->name, "pa");
    sample_free(&sample);
}

static void imports_in_a_circle_are_refused(void **state)
{
    const struct folder *folder = *state;
    put(folder, "a.xml", FRAGMENTS("\n<import href='b.xml'/>"));
    put(folder, "b.xml", FRAGMENTS("\n\n<import href='a.xml'/>"));
    put(folder, "t.xml", LAYOUT("<import href='a.xml'/>", ""));
    expect_load_error(folder, "t", "cycle 3:15");
}

static void imports_stay_in_their_folders(void **state)
{
    const struct folder *folder = *state;
    put(folder, "t.xml", LAYOUT("<import href='../x.xml'/>", ""));
    expect_load_error(folder, "t", "import 2:15");
    put(folder, "t.xml", LAYOUT("<import href='/etc/passwd'/>", ""));
    expect_load_error(folder, "t", "import 2:15");
    put(folder, "t.xml", LAYOUT("<import href='none.xml'/>", ""));
    expect_load_error(folder, "t", "import 2:15");

    char *link = g_build_filename(folder->path, "l.xml", NULL);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    put(folder, "t.xml", LAYOUT("<import href='l.xml'/>", ""));
    expect_load_error(folder, "t", "path-outside-root 2:15");
    g_free(link);
}

static void import_is_a_fragments_file(void **state)
{
    const struct folder *folder = *state;
    put(folder, "a.xml", BODY(""));
    put(folder, "t.xml", LAYOUT("<import href='a.xml'/>", ""));
    expect_load_error(folder, "t", "not-a-layout 1:1");
    put(folder, "a.xml", FRAGMENTS("<body/>"));
    expect_load_error(folder, "t", "misplaced-element 1:41");
}

static void name_defined_in_two_files_is_defined_twice(void **state)
{
    const struct folder *folder = *state;
    put(folder, "a.xml", FRAGMENTS("<style name='s'/>"));
    put(folder, "t.xml",
            LAYOUT("<import href='a.xml'/><style name='s'/>", ""));
    expect_load_error(folder, "t", "duplicate-name 2:36");
}

static void layouts_of_a_folder_are_listed(void **state)
{
    const struct folder *folder = *state;
    put(folder, "zeta.xml", BODY(""));
    put(folder, "alpha.xml",
            "<layout xmlns='urn:gongshi:layout:1' name='alpha' "
            "description='甲'><body/></layout>");
    put(folder, "shared.xml", FRAGMENTS(""));
    put(folder, "broken.xml", "<layout");
    put(folder, "notes.txt", "");

    struct gs_arena *arena = gs_arena_new();
    const char *const *names = gs_form_list(arena, folder->search);
    assert_string_equal(names[0], "alpha");
    assert_string_equal(names[1], "zeta");
    assert_null(names[2]);
    assert_string_equal(
            gs_form_description(arena, "alpha", folder->search), "甲");
    assert_null(gs_form_description(arena, "zeta", folder->search));
    assert_null(gs_form_description(arena, "none", folder->search));
    gs_arena_free(arena);

    expect_load_error(folder, "alhpa", "unknown-layout 0:0");
    struct sample sample = load(folder, "alhpa");
    char *told = gs_diag_text(sample.diag);
    assert_non_null(strstr(told, "did you mean “alpha”?"));
    g_free(told);
    sample_free(&sample);
}

static void layout_may_be_named_as_a_file(void **state)
{
    const struct folder *folder = *state;
    put(folder, "t.xml", BODY(""));
    char *file = g_build_filename(folder->path, "t.xml", NULL);
    struct sample sample = load(folder, file);
    assert_non_null(sample.form);
    sample_free(&sample);
    g_free(file);
    expect_load_error(folder, "./none.xml", "unknown-layout 0:0");
}

int main(void)
{
#define FILES(test)                                                            \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(include_is_expanded_where_it_stands),
            cmocka_unit_test(parameters_are_bound_outside_and_defaults_inside),
            cmocka_unit_test(fragment_sees_its_parameters_only),
            cmocka_unit_test(wrong_parameters_are_told),
            cmocka_unit_test(fragments_in_a_circle_are_refused),
            cmocka_unit_test(error_in_a_fragment_is_told_once),
            cmocka_unit_test(fragment_that_nothing_includes_is_checked),
            cmocka_unit_test(blocks_of_a_cell_may_come_from_a_fragment),
            cmocka_unit_test(expansion_is_bounded),
            cmocka_unit_test(includes_in_includes_are_bounded),
            FILES(imports_are_merged),
            FILES(page_of_an_import_is_the_default_if_there_is_no_own),
            FILES(imports_in_a_circle_are_refused),
            FILES(imports_stay_in_their_folders),
            FILES(import_is_a_fragments_file),
            FILES(name_defined_in_two_files_is_defined_twice),
            FILES(layouts_of_a_folder_are_listed),
            FILES(layout_may_be_named_as_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
