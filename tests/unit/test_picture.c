/*
 * Pictures and data: what is read and what is refused.
 */
#include "data/picture.h"

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
#include <png.h>

#include "base/arena.h"
#include "data/data.h"
#include "model/image.h"

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
    fixture->root = g_dir_make_tmp("gongshi-picture-XXXXXX", NULL);
    assert_non_null(fixture->root);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    GDir *folder = g_dir_open(fixture->root, 0, NULL);
    const char *name;
    while ((name = g_dir_read_name(folder)) != NULL) {
        g_remove(gs_arena_printf(fixture->arena, "%s/%s", fixture->root, name));
    }
    g_dir_close(folder);
    g_rmdir(fixture->root);
    gs_arena_free(fixture->arena);
    gs_diag_free(fixture->diag);
    g_free(fixture->root);
    g_free(fixture);
    return 0;
}

static const char *path_of(struct fixture *fixture, const char *name)
{
    return gs_arena_printf(fixture->arena, "%s/%s", fixture->root, name);
}

static void put_file(struct fixture *fixture, const char *name,
        const void *bytes, size_t size)
{
    assert_true(g_file_set_contents(
            path_of(fixture, name), bytes, (gssize)size, NULL));
}

static void put_png(struct fixture *fixture, const char *name, unsigned width,
        unsigned height, const uint8_t *rgba)
{
    png_image image = {.version = PNG_IMAGE_VERSION,
            .width = width,
            .height = height,
            .format = PNG_FORMAT_RGBA};
    assert_true(png_image_write_to_file(
            &image, path_of(fixture, name), 0, rgba, 0, NULL));
}

static const struct gs_image *load(
        struct fixture *fixture, const char *name, bool is_paper)
{
    return gs_picture_load(fixture->arena, fixture->root, fixture->root, name,
            is_paper, GS_NO_LOC, fixture->diag);
}

static void expect_refused(
        struct fixture *fixture, const char *name, enum gs_diag_id id)
{
    gs_diag_free(fixture->diag); /* there is an end to those of one document */
    fixture->diag = gs_diag_new();
    assert_null(load(fixture, name, false));
    assert_int_equal(gs_diag_count(fixture->diag), 1);
    assert_int_equal(gs_diag_entry(fixture->diag, 0).id, id);
}

/* A PNG's first bytes: signature, a header of this size, the begin of pixels. */
static void put_header(struct fixture *fixture, const char *name,
        uint32_t width, uint32_t height)
{
    uint8_t bytes[41] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR";
    memcpy(bytes + 36, "\x09IDAT", 5);
    for (int i = 0; i < 4; i++) {
        bytes[16 + i] = (uint8_t)(width >> (24 - 8 * i));
        bytes[20 + i] = (uint8_t)(height >> (24 - 8 * i));
    }
    bytes[24] = 8;
    bytes[25] = 6; /* RGBA */
    uint32_t crc = 0xffffffffu;
    for (int i = 12; i < 29; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1) != 0 ? 0xedb88320u ^ (crc >> 1) : crc >> 1;
        }
    }
    crc = ~crc;
    for (int i = 0; i < 4; i++) {
        bytes[29 + i] = (uint8_t)(crc >> (24 - 8 * i));
    }
    put_file(fixture, name, bytes, sizeof bytes);
}

/* --- pictures -------------------------------------------------------------- */

static void pixels_come_as_rgba_from_the_top(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t rgba[] = {255, 0, 0, 255, 0, 255, 0, 128, 0, 0, 255,
            255, 255, 255, 255, 0, 1, 2, 3, 255, 9, 9, 9, 255};
    put_png(fixture, "章.png", 2, 3, rgba);
    const struct gs_image *image = load(fixture, "章.png", false);
    assert_non_null(image);
    assert_int_equal(image->width, 2);
    assert_int_equal(image->height, 3);
    assert_string_equal(image->path, "章.png");
    assert_memory_equal(image->rgba, rgba, sizeof rgba);
}

static void paper_becomes_transparent(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t rgba[] = {255, 255, 255, 255, 200, 0, 0, 255, 255, 228,
            228, 255, 250, 250, 250, 255, 0, 0, 0, 255, 200, 0, 0, 7};
    put_png(fixture, "seal.png", 3, 2, rgba);
    const struct gs_image *image = load(fixture, "seal.png", true);
    assert_non_null(image);
    const uint8_t *p = image->rgba;
    assert_int_equal(p[3], 0);
    assert_memory_equal(p + 4, rgba + 4, 4);
    assert_in_range(p[11], 115, 135); /* half way to white */
    assert_true(p[15] < p[11] && p[15] > 0);
    assert_memory_equal(p + 16, rgba + 16, 8);
    /* Over white it looks as before. */
    for (int i = 0; i < 6; i++) {
        for (int c = 0; c < 3; c++) {
            int alpha = p[i * 4 + 3], old_alpha = rgba[i * 4 + 3];
            int now = 255 - (255 - p[i * 4 + c]) * alpha / 255;
            int old = 255 - (255 - rgba[i * 4 + c]) * old_alpha / 255;
            assert_in_range(now, MAX(old, 2) - 2, old + 2);
        }
    }
}

/* What libpng would take to be linear light where the file does not say. */
static void deep_samples_are_srgb(void **state)
{
    struct fixture *fixture = *state;
    FILE *file = fopen(path_of(fixture, "deep.png"), "wb");
    assert_non_null(file);
    png_structp png =
            png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_init_io(png, file);
    png_set_IHDR(png, info, 2, 1, 16, PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_ADAM7,
            PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_write_info(png, info);
    static const png_byte row[] = {0x80, 0x80, 0x20, 0x20};
    for (int pass = png_set_interlace_handling(png); pass > 0; pass--) {
        png_write_row(png, row);
    }
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    fclose(file);
    const struct gs_image *image = load(fixture, "deep.png", false);
    assert_non_null(image);
    static const uint8_t rgba[] = {
            0x80, 0x80, 0x80, 255, 0x20, 0x20, 0x20, 255};
    assert_memory_equal(image->rgba, rgba, sizeof rgba);
}

static void sizes_are_checked_before_memory_is_taken(void **state)
{
    struct fixture *fixture = *state;
    put_header(fixture, "large.png", 60000, 60000);
    size_t used = gs_arena_used(fixture->arena);
    expect_refused(fixture, "large.png", GS_DIAG_PICTURE_TOO_LARGE);
    assert_true(gs_arena_used(fixture->arena) < used + 1000);
    assert_string_equal(gs_diag_entry(fixture->diag, 0).message,
            "large.png has 60000 × 60000 pixels");
}

static void what_is_no_picture_is_refused(void **state)
{
    struct fixture *fixture = *state;
    put_file(fixture, "empty.png", "", 0);
    put_file(fixture, "text.png", "no picture at all", 17);
    put_file(fixture, "jpeg.png", "\xff\xd8\xff\xe0\0\x10JFIF", 10);
    put_header(fixture, "header.png", 10, 10);
    put_header(fixture, "zero.png", 0, 10);
    put_header(fixture, "absurd.png", 0xffffffffu, 0xffffffffu);
    static const char *const names[] = {"empty.png", "text.png", "jpeg.png",
            "header.png", "zero.png", "absurd.png"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        expect_refused(fixture, names[i], GS_DIAG_PICTURE_FORMAT);
    }
}

static void broken_pictures_are_refused(void **state)
{
    struct fixture *fixture = *state;
    static uint8_t rgba[40 * 40 * 4];
    for (size_t i = 0; i < sizeof rgba; i++) {
        rgba[i] = (uint8_t)(i * 7 ^ i >> 3);
    }
    put_png(fixture, "whole.png", 40, 40, rgba);
    char *bytes;
    gsize size;
    assert_true(g_file_get_contents(
            path_of(fixture, "whole.png"), &bytes, &size, NULL));
    /* The last 12 bytes are IEND, without which all pixels are there. */
    for (gsize cut = 0; cut < size - 12; cut += 13) {
        put_file(fixture, "cut.png", bytes, cut);
        expect_refused(fixture, "cut.png", GS_DIAG_PICTURE_FORMAT);
    }
    for (gsize at = 0; at < size - 12; at += 13) {
        bytes[at] ^= 0x55;
        put_file(fixture, "damaged.png", bytes, size);
        expect_refused(fixture, "damaged.png", GS_DIAG_PICTURE_FORMAT);
        bytes[at] ^= 0x55;
    }
    g_free(bytes);
}

static void pictures_stay_under_the_root(void **state)
{
    struct fixture *fixture = *state;
    static const uint8_t rgba[] = {1, 2, 3, 255};
    put_png(fixture, "in.png", 1, 1, rgba);
    expect_refused(fixture, "none.png", GS_DIAG_PICTURE_MISSING);
    expect_refused(fixture, ".", GS_DIAG_PATH_OUTSIDE_ROOT);
    expect_refused(fixture, "../x.png", GS_DIAG_PATH_OUTSIDE_ROOT);
    expect_refused(fixture, "/etc/passwd", GS_DIAG_PATH_OUTSIDE_ROOT);
    assert_int_equal(symlink("/etc/passwd", path_of(fixture, "link.png")), 0);
    expect_refused(fixture, "link.png", GS_DIAG_PATH_OUTSIDE_ROOT);
    assert_int_equal(mkfifo(path_of(fixture, "fifo.png"), 0600), 0);
    expect_refused(fixture, "fifo.png", GS_DIAG_PICTURE_MISSING);
    assert_non_null(load(fixture, path_of(fixture, "in.png"), false));
    assert_null(gs_picture_load(fixture->arena, NULL, fixture->root, "in.png",
            false, GS_NO_LOC, fixture->diag));
}

/* --- data ------------------------------------------------------------------ */

static const struct gs_data *parse_data(
        struct fixture *fixture, const char *text)
{
    return gs_data_parse(
            fixture->arena, "d.xml", text, strlen(text), fixture->diag);
}

static void a_document_names_its_layout(void **state)
{
    struct fixture *fixture = *state;
    const struct gs_data *data = parse_data(
            fixture, "<?xml version='1.0'?>\n<?gongshi-layout  f1 ?>\n<u/>");
    assert_non_null(data);
    assert_string_equal(data->layout, "f1");
    assert_int_equal(data->layout_loc.line, 2);
    assert_int_equal(data->layout_loc.column, 19);
    assert_null(parse_data(fixture, "<u/>")->layout);
    assert_null(parse_data(fixture, "<?gongshi-layout?><u/>")->layout);
    assert_null(parse_data(fixture, "<u>"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(pixels_come_as_rgba_from_the_top),
            TEST(paper_becomes_transparent),
            TEST(deep_samples_are_srgb),
            TEST(sizes_are_checked_before_memory_is_taken),
            TEST(what_is_no_picture_is_refused),
            TEST(broken_pictures_are_refused),
            TEST(pictures_stay_under_the_root),
            TEST(a_document_names_its_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
