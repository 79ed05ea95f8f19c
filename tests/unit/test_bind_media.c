/*
 * Binding pictures and seals.  The folder of the test holds box.png, 48 × 24
 * pixels: half an inch wide.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <glib/gstdio.h>
#include <png.h>
#include <string.h>

#include "model/image.h"
#include "support/bind_dump.h"

static char *folder, *box;

static int set_up(void **state)
{
    static uint8_t pixels[48 * 24 * 4];
    png_image image = {.version = PNG_IMAGE_VERSION,
            .width = 48,
            .height = 24,
            .format = PNG_FORMAT_RGBA};
    (void)state;

    folder = g_dir_make_tmp("bind-media-XXXXXX", NULL);
    if (folder == NULL) {
        return -1;
    }
    box = g_build_filename(folder, "box.png", NULL);
    memset(pixels, 0xff, sizeof pixels);
    return png_image_write_to_file(&image, box, 0, pixels, 0, NULL) != 0 ? 0
                                                                         : -1;
}

static int tear_down(void **state)
{
    (void)state;
    g_unlink(box);
    g_rmdir(folder);
    g_free(box);
    g_free(folder);
    return 0;
}

static void prints(const char *body, const char *data, const char *expected)
{
    struct bind_run run = bind_strings(body, data, folder);

    if (run.doc == NULL) {
        char *text = gs_diag_text(run.diag);
        fail_msg("%s", text);
    }
    char *dump = bind_dump(&run);
    assert_string_equal(strchr(dump, '\n') + 1, expected);
    g_free(dump);
    bind_free(&run);
}

static void refuses(const char *body, const char *data, enum gs_diag_id id)
{
    struct bind_run run = bind_strings(body, data, folder);

    assert_null(run.doc);
    assert_int_equal(gs_diag_count(run.diag), 1);
    assert_int_equal(gs_diag_entry(run.diag, 0).id, id);
    bind_free(&run);
}

static void pictures_keep_their_proportion(void **state)
{
    (void)state;
    prints("<image src='{p}' alt='图'/><image src='box.png' alt='' "
           "width='20pt'/><image src='box.png' alt='' height='20pt'/>"
           "<image src='box.png' alt='' width='20pt' height='30pt'/>"
           "<p>x<picture src='{p}' height='6pt' alt='y'/></p>",
            "<d><p>box.png</p></d>",
            "image 图 36.0×18.0\nimage  20.0×10.0\nimage  40.0×20.0\n"
            "image  20.0×30.0\np \"x\" | [picture 12.0×6.0]\n");
}

static void a_file_is_read_once(void **state)
{
    struct bind_run run = bind_strings("<image each='p' src='{.}' alt=''/>",
            "<d><p>box.png</p><p> box.png </p></d>", folder);
    (void)state;

    const struct gs_section *section = &run.doc->sections[0];
    assert_int_equal(section->block_count, 2);
    assert_ptr_equal(
            section->blocks[0].u.image.image, section->blocks[1].u.image.image);
    assert_int_equal(section->blocks[0].u.image.image->width, 48);
    bind_free(&run);
}

static void no_name_is_no_picture(void **state)
{
    (void)state;
    prints("<image src='{p}' alt=''/><p>x<picture src='{?q}' alt=''/></p>",
            "<d><p/></d>", "p \"x\"\n");
}

static void a_bad_picture_is_told_once_where_it_is_named(void **state)
{
    const char *data = "<d>\n<p>no.png</p><p>no.png</p></d>";
    struct bind_run run =
            bind_strings("<image each='p' src='{.}' alt=''/>", data, folder);
    (void)state;

    assert_null(run.doc);
    assert_int_equal(gs_diag_count(run.diag), 1);
    struct gs_diag_entry entry = gs_diag_entry(run.diag, 0);
    assert_int_equal(entry.id, GS_DIAG_PICTURE_MISSING);
    assert_string_equal(entry.loc.source->name, "data.xml");
    assert_int_equal(entry.loc.line, 2);
    bind_free(&run);
    refuses("<image src='../../etc/passwd' alt=''/>", "<d/>",
            GS_DIAG_PATH_OUTSIDE_ROOT);
}

static void seals_are_pictures_specimens_or_places(void **state)
{
    const char *body = "<p><seal organ='{o}' picture='{?p}' specimen='{?s}' "
                       "empty='place'>公章</seal>。</p>";
    (void)state;

    prints(body, "<d><o>局</o><p>box.png</p><s>yes</s></d>",
            "p \"公章\" (picture 局) | \"。\"\n");
    prints(body, "<d><o>局</o><s>yes</s></d>",
            "p \"公章\" (specimen 局) | \"。\"\n");
    prints(body, "<d><o>局</o><p/><s>no</s></d>",
            "p \"公章\" (place 局) | \"。\"\n");
    prints("<p><seal organ='局' empty='none'>公章</seal></p>", "<d/>",
            "p \"公章\"\n");
    prints("<p><seal organ='局' specimen='{1 = 1}'/></p>", "<d/>",
            "p \"\" (specimen 局)\n");
}

static void a_specimen_needs_its_organ(void **state)
{
    const char *body =
            "<p><seal organ='{o}' specimen='yes' empty='place'>章</seal></p>";
    (void)state;

    refuses(body, "<d><o/></d>", GS_DIAG_SEAL_WITHOUT_ORGAN);
    /* A blank record has none yet. */
    prints("<p each='x' least='1'><seal organ='{o}' specimen='yes' "
           "empty='place'>章</seal></p>",
            "<d/>", "p \"章\" (place )\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(pictures_keep_their_proportion),
            cmocka_unit_test(a_file_is_read_once),
            cmocka_unit_test(no_name_is_no_picture),
            cmocka_unit_test(a_bad_picture_is_told_once_where_it_is_named),
            cmocka_unit_test(seals_are_pictures_specimens_or_places),
            cmocka_unit_test(a_specimen_needs_its_organ),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
