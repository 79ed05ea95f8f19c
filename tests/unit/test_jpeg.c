/*
 * JPEG pictures: what is shown, what is passed on, what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <turbojpeg.h>

#include "base/arena.h"
#include "data/decode.h"
#include "data/jpeg.h"
#include "model/image.h"

#define WIDTH 32
#define HEIGHT 16

struct fixture {
    struct gs_arena *arena;
    struct gs_diag *diag;
};

static int set_up(void **state)
{
    struct fixture *fixture = g_new0(struct fixture, 1);
    fixture->arena = gs_arena_new();
    fixture->diag = gs_diag_new();
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    gs_arena_free(fixture->arena);
    gs_diag_free(fixture->diag);
    g_free(fixture);
    return 0;
}

/* Four quarters: red, green above; blue, white below. */
static const uint8_t quarters[4][3] = {
        {255, 0, 0}, {0, 255, 0}, {0, 0, 255}, {255, 255, 255}};

static void draw_quarters(uint8_t *pixels, unsigned channels)
{
    for (unsigned y = 0; y < HEIGHT; y++) {
        for (unsigned x = 0; x < WIDTH; x++) {
            unsigned quarter =
                    (y >= HEIGHT / 2 ? 2u : 0u) + (x >= WIDTH / 2 ? 1u : 0u);
            for (unsigned c = 0; c < channels; c++) {
                /* as CMYK: what Adobe programs store, light, without black */
                pixels[(y * WIDTH + x) * channels + c] =
                        c < 3 ? quarters[quarter][c] : 255;
            }
        }
    }
}

static GByteArray *make(int format, int subsampling, int flags)
{
    uint8_t pixels[WIDTH * HEIGHT * 4];
    draw_quarters(pixels, (unsigned)tjPixelSize[format]);
    unsigned char *bytes = NULL;
    unsigned long size = 0;
    tjhandle library = tjInitCompress();
    assert_int_equal(tjCompress2(library, pixels, WIDTH, 0, HEIGHT, format,
                             &bytes, &size, subsampling, 95, flags),
            0);
    tjDestroy(library);
    GByteArray *file = g_byte_array_new();
    g_byte_array_append(file, bytes, (guint)size);
    tjFree(bytes);
    return file;
}

static void insert(GByteArray *file, guint at, const char *bytes, guint size)
{
    guint end = file->len;
    g_byte_array_set_size(file, end + size);
    memmove(file->data + at + size, file->data + at, end - at);
    memcpy(file->data + at, bytes, size);
}

#define INSERT(file, at, literal) insert(file, at, literal, sizeof(literal) - 1)

/* Diagnostics are counted anew: there is an end to those of one document. */
static const struct gs_image *decode(
        struct fixture *fixture, const void *bytes, size_t size)
{
    gs_diag_free(fixture->diag);
    fixture->diag = gs_diag_new();
    struct gs_image *image = GS_MAKE(fixture->arena, struct gs_image);
    struct gs_encoded encoded = {bytes, size, "photo.jpg", GS_NO_LOC};
    bool ok = gs_decode_jpeg(fixture->arena, &encoded, image, fixture->diag) !=
            NULL;
    return ok ? image : NULL;
}

/* Where the last one of these markers is. */
static guint find_marker(const GByteArray *file, guint8 marker)
{
    guint at = file->len - 2;
    while (file->data[at] != 0xff || file->data[at + 1] != marker) {
        at--;
    }
    return at;
}

static void expect_refused(struct fixture *fixture, const void *bytes,
        size_t size, enum gs_diag_id id)
{
    assert_null(decode(fixture, bytes, size));
    assert_int_equal(gs_diag_count(fixture->diag), 1);
    assert_int_equal(gs_diag_entry(fixture->diag, 0).id, id);
}

/* `expected`: which quarter stands at top left, top right, bottom left, right. */
static void expect_quarters(const struct gs_image *image, const char *expected)
{
    assert_non_null(image);
    for (unsigned i = 0; i < 4; i++) {
        unsigned x = i % 2 == 0 ? 2 : image->width - 3;
        unsigned y = i < 2 ? 2 : image->height - 3;
        const uint8_t *pixel = image->rgba + (y * image->width + x) * 4;
        const uint8_t *quarter = quarters[expected[i] - '0'];
        for (int c = 0; c < 3; c++) {
            assert_in_range(
                    pixel[c], MAX(quarter[c], 4) - 4, MIN(quarter[c], 251) + 4);
        }
        assert_int_equal(pixel[3], 255);
    }
}

/* --- what is shown ----------------------------------------------------------- */

static void colour_files_are_shown_and_passed_on(void **state)
{
    struct fixture *fixture = *state;
    static const int flags[] = {0, TJFLAG_PROGRESSIVE};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        GByteArray *file = make(TJPF_RGB, TJSAMP_444, flags[i]);
        const struct gs_image *image = decode(fixture, file->data, file->len);
        expect_quarters(image, "0123");
        assert_int_equal(image->width, WIDTH);
        assert_int_equal(image->height, HEIGHT);
        assert_false(image->jpeg_is_grey);
        assert_int_equal(image->jpeg_size, file->len);
        assert_memory_equal(image->jpeg, file->data, file->len);
        g_byte_array_unref(file);
    }
}

static void grey_files_are_grey(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_GRAY, 0);
    const struct gs_image *image = decode(fixture, file->data, file->len);
    assert_non_null(image);
    assert_non_null(image->jpeg);
    assert_true(image->jpeg_is_grey);
    assert_int_equal(image->rgba[0], image->rgba[1]);
    assert_int_equal(image->rgba[0], image->rgba[2]);
    g_byte_array_unref(file);
}

static void ink_becomes_light_and_is_not_passed_on(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_CMYK, TJSAMP_444, 0);
    const struct gs_image *image = decode(fixture, file->data, file->len);
    expect_quarters(image, "0123");
    assert_null(image->jpeg);
    g_byte_array_unref(file);
}

static void exif_says_what_is_up(void **state)
{
    struct fixture *fixture = *state;
    static const char *const expected[] = {
            "0123", "1032", "3210", "2301", "0213", "2031", "3120", "1302"};
    for (unsigned i = 0; i < G_N_ELEMENTS(expected); i++) {
        for (int is_big = 0; is_big < 2; is_big++) {
            char little[] = "\xff\xe1\0\x22"
                            "Exif\0\0"
                            "II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0"
                            "\0\0\0\0\0\0\0";
            char big[] = "\xff\xe1\0\x22"
                         "Exif\0\0"
                         "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01"
                         "\0\0\0\0\0\0\0";
            little[28] = big[29] = (char)(i + 1);
            GByteArray *file = make(TJPF_RGB, TJSAMP_444, 0);
            insert(file, 2, is_big ? big : little, 36);
            const struct gs_image *image =
                    decode(fixture, file->data, file->len);
            expect_quarters(image, expected[i]);
            assert_int_equal(image->width, i < 4 ? WIDTH : HEIGHT);
            assert_int_equal(image->height, i < 4 ? HEIGHT : WIDTH);
            assert_true((image->jpeg != NULL) == (i == 0));
            g_byte_array_unref(file);
        }
    }
}

/* --- what is passed on ------------------------------------------------------- */

static void only_the_picture_is_passed_on(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_444, 0);
    GByteArray *plain = g_byte_array_new();
    g_byte_array_append(plain, file->data, file->len);

    INSERT(file, 2 + 18, "\xff\xfe\0\x08secret"); /* after JFIF */
    INSERT(file, 2 + 18, "\xff\xe2\0\x0eICC_PROFILE\0");
    INSERT(file, 2 + 18, "\xff\xff\xff\xe1\0\x1chttp://ns.adobe.com/xap/1.");
    INSERT(file, 2 + 18, "\xff\xe0\0\x08JFXX\0\x13");
    INSERT(file, file->len - 2, "\xff\xfe\0\x08secret");
    g_byte_array_append(file, (const guint8 *)"\xff\xd8 another picture", 18);
    /* A thumbnail of one pixel in JFIF. */
    file->data[2 + 3] += 3;
    file->data[2 + 16] = file->data[2 + 17] = 1;
    INSERT(file, 2 + 18, "rgb");

    const struct gs_image *image = decode(fixture, file->data, file->len);
    expect_quarters(image, "0123");
    assert_int_equal(image->jpeg_size, plain->len);
    assert_memory_equal(image->jpeg, plain->data, plain->len);
    g_byte_array_unref(file);
    g_byte_array_unref(plain);
}

static void parse(struct fixture *fixture, const char *bytes, size_t size,
        struct gs_jpeg *jpeg)
{
    assert_true(gs_jpeg_parse(fixture->arena, bytes, size, jpeg));
}

#define PARSE(fixture, literal, jpeg) \
    parse(fixture, "\xff\xd8" literal "\xff\xd9", sizeof(literal) + 3, jpeg)

static void segments_say_how_it_is_coded(void **state)
{
    struct gs_jpeg jpeg;
    PARSE(*state, "\xff\xc9\0\x04xx", &jpeg);
    assert_true(jpeg.is_arithmetic);
    PARSE(*state, "\xff\xc2\0\x04xx", &jpeg);
    assert_false(jpeg.is_arithmetic || jpeg.has_adobe);
    PARSE(*state,
            "\xff\xee\0\x0e"
            "Adobe\0\x64\0\0\0\0\x01",
            &jpeg);
    assert_true(jpeg.has_adobe);
    assert_int_equal(jpeg.transform, 1);
    PARSE(*state,
            "\xff\xee\0\x0a"
            "Adobe\0\x64\0",
            &jpeg); /* too short to say */
    assert_false(jpeg.has_adobe);
}

/* RGB as stored, as only a file with an Adobe segment can say; and one that
 * names its components 'R', 'G', 'B', which not every reader understands. */
static void only_what_all_readers_take_alike_is_passed_on(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_444, 0);
    file->data[3] =
            0xee; /* JFIF becomes Adobe: 18 bytes, 16 of them a segment */
    memcpy(file->data + 6, "Adobe\0\x64\0\0\0\0\0\0", 14);
    const struct gs_image *image = decode(fixture, file->data, file->len);
    assert_non_null(image);
    assert_non_null(image->jpeg);
    assert_true(image->rgba[0] < 100); /* Y of red, read as red */

    memcpy(file->data + 6, "Nobody", 6);
    guint8 *frame = file->data + find_marker(file, 0xc0);
    guint8 *scan = file->data + find_marker(file, 0xda);
    for (int i = 0; i < 3; i++) {
        frame[10 + 3 * i] = scan[5 + 2 * i] = (guint8) "RGB"[i];
    }
    image = decode(fixture, file->data, file->len);
    assert_non_null(image);
    assert_null(image->jpeg);
    g_byte_array_unref(file);
}

/* --- what is refused --------------------------------------------------------- */

static void a_file_cut_off_anywhere_is_refused(void **state)
{
    struct fixture *fixture = *state;
    static const int flags[] = {0, TJFLAG_PROGRESSIVE};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        GByteArray *file = make(TJPF_RGB, TJSAMP_420, flags[i]);
        for (guint size = 0; size < file->len; size++) {
            guint8 *part = g_memdup2(file->data, MAX(size, 1));
            expect_refused(fixture, part, size, GS_DIAG_PICTURE_FORMAT);
            g_free(part);
        }
        g_byte_array_unref(file);
    }
}

/* Pixels are missing, but the end is there. */
static void a_file_without_its_last_lines_is_refused(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_444, 0);
    guint middle = (find_marker(file, 0xda) + file->len) / 2;
    g_byte_array_remove_range(file, middle, file->len - 2 - middle);
    expect_refused(fixture, file->data, file->len, GS_DIAG_PICTURE_FORMAT);
    g_byte_array_unref(file);
}

static void damage_is_refused_or_shown_but_never_a_crash(void **state)
{
    struct fixture *fixture = *state;
    static const int flags[] = {0, TJFLAG_PROGRESSIVE};
    for (size_t i = 0; i < G_N_ELEMENTS(flags); i++) {
        GByteArray *file = make(TJPF_RGB, TJSAMP_420, flags[i]);
        for (guint at = 0; at < file->len; at++) {
            static const guint8 damage[] = {0x00, 0x01, 0x7f, 0xff};
            guint8 was = file->data[at];
            for (size_t d = 0; d < G_N_ELEMENTS(damage); d++) {
                file->data[at] = damage[d];
                bool ok = decode(fixture, file->data, file->len) != NULL;
                assert_int_equal(gs_diag_count(fixture->diag), ok ? 0 : 1);
            }
            file->data[at] = was;
        }
        g_byte_array_unref(file);
    }
}

static void sizes_are_checked_before_memory_is_taken(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_444, 0);
    guint8 *frame = file->data + find_marker(file, 0xc0);
    memcpy(frame + 5, "\xff\x00\xff\x00", 4);
    size_t used = gs_arena_used(fixture->arena);
    expect_refused(fixture, file->data, file->len, GS_DIAG_PICTURE_TOO_LARGE);
    assert_true(gs_arena_used(fixture->arena) < used + file->len + 1000);
    assert_string_equal(gs_diag_entry(fixture->diag, 0).message,
            "photo.jpg has 65280 × 65280 pixels");
    memcpy(frame + 5, "\x00\x00\x00\x00", 4);
    expect_refused(fixture, file->data, file->len, GS_DIAG_PICTURE_FORMAT);
    g_byte_array_unref(file);
}

/* Each scan costs a pass over all pixels: 501 empty ones are too many. */
static void scans_without_end_are_refused(void **state)
{
    struct fixture *fixture = *state;
    GByteArray *file = make(TJPF_RGB, TJSAMP_GRAY, TJFLAG_PROGRESSIVE);
    guint scan = find_marker(file, 0xda);
    guint size = file->len - 2 - scan;
    guint8 *last = g_memdup2(file->data + scan, size);
    for (int i = 0; i < 501; i++) {
        insert(file, file->len - 2, (const char *)last, size);
    }
    expect_refused(fixture, file->data, file->len, GS_DIAG_PICTURE_FORMAT);
    g_free(last);
    g_byte_array_unref(file);
}

static void directories_that_lie_say_nothing(void **state)
{
    static const char *const tiffs[] = {
            "II*\0\xff\xff\xff\xff\0\0\0\0", /* outside */
            "II*\0\x0b\0\0\0\xff\xff\0\0", /* its count is cut off */
            "II*\0\x08\0\0\0\xff\xff\0\0", /* entries are missing */
            "XX*\0\x08\0\0\0\x01\0\0\0", /* no order of bytes */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(tiffs); i++) {
        char file[] = "\xff\xd8\xff\xe1\0\x14"
                      "Exif\0\0????????????\xff\xd9";
        memcpy(file + 12, tiffs[i], 12);
        struct gs_jpeg jpeg;
        parse(*state, file, sizeof file - 1, &jpeg);
        assert_int_equal(jpeg.orientation, 1);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
            TEST(colour_files_are_shown_and_passed_on),
            TEST(grey_files_are_grey),
            TEST(ink_becomes_light_and_is_not_passed_on),
            TEST(exif_says_what_is_up),
            TEST(only_the_picture_is_passed_on),
            TEST(segments_say_how_it_is_coded),
            TEST(only_what_all_readers_take_alike_is_passed_on),
            TEST(a_file_cut_off_anywhere_is_refused),
            TEST(a_file_without_its_last_lines_is_refused),
            TEST(damage_is_refused_or_shown_but_never_a_crash),
            TEST(sizes_are_checked_before_memory_is_taken),
            TEST(scans_without_end_are_refused),
            TEST(directories_that_lie_say_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
