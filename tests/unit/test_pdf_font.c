/*
 * Fonts of one PDF: codes keep texts apart, ToUnicode says what each one stands
 * for, licences are respected, and the objects depend on nothing but the codes.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <libdeflate.h>

#include "base/file.h"
#include "write/pdf-cmap.h"
#include "write/pdf-face.h"
#include "write/pdf-file.h"
#include "write/pdf-font.h"

struct fixture {
    char *bytes; /* a font of fuzz/make_fonts.py */
    gsize size;
    struct gs_pdf_face *face;
    struct gs_pdf_font *font;
};

static void open_font(struct fixture *fixture, const char *name)
{
    const char *error = NULL;
    char *path = g_build_filename(
            g_getenv("TESTS_SOURCE_DIR"), "fuzz", "corpus", "font", name, NULL);
    assert_true(
            g_file_get_contents(path, &fixture->bytes, &fixture->size, NULL));
    g_free(path);
    fixture->face =
            gs_pdf_face_new(fixture->bytes, fixture->size, 0, 0, &error);
    assert_non_null(fixture->face);
    fixture->font = gs_pdf_font_new_from(fixture->face, &error);
    assert_non_null(fixture->font);
}

static void close_font(struct fixture *fixture)
{
    gs_pdf_font_free(fixture->font);
    gs_pdf_face_free(fixture->face);
    g_free(fixture->bytes);
}

static unsigned code_of(
        const struct fixture *fixture, uint32_t glyph, const char *text)
{
    const char *error = NULL;
    return gs_pdf_font_code(fixture->font, glyph, text, strlen(text), &error);
}

/* --- codes ------------------------------------------------------------------------ */

/* 一 and the Kangxi radical ⼀ are one glyph in most fonts. */
static void a_glyph_of_two_characters_has_two_codes(void **state)
{
    (void)state;
    struct fixture fixture;
    open_font(&fixture, "name-keyed.otf");
    assert_int_equal(code_of(&fixture, 3, "一"), 1);
    assert_int_equal(code_of(&fixture, 3, "⼀"), 2);
    assert_int_equal(code_of(&fixture, 4, "一"), 3);
    assert_int_equal(code_of(&fixture, 3, "ffi"), 4);
    assert_int_equal(code_of(&fixture, 3, "ffl"), 5);
    assert_int_equal(code_of(&fixture, 3, ""), 6);
    assert_int_equal(code_of(&fixture, 3, "𠮷"), 7);
    assert_int_equal(code_of(&fixture, 3, "ffi"), 4);
    assert_int_equal(code_of(&fixture, 3, ""), 6);
    assert_int_equal(code_of(&fixture, 3, "⼀"), 2);
    assert_int_equal(gs_pdf_font_width(fixture.font, 1), 530);
    assert_int_equal(gs_pdf_font_width(fixture.font, 3), 540);
    close_font(&fixture);
}

static void codes_are_counted_up_to_the_last(void **state)
{
    (void)state;
    struct fixture fixture;
    open_font(&fixture, "simple.ttf");
    unsigned last = 0;
    for (gunichar c = 1; last < 65534; c++) {
        char text[7] = {0};
        g_unichar_to_utf8(c, text);
        if (g_unichar_validate(c)) {
            assert_int_equal(code_of(&fixture, 1, text), ++last);
        }
    }
    const char *error = NULL;
    assert_int_equal(gs_pdf_font_code(fixture.font, 2, "a", 1, &error), 0);
    assert_non_null(strstr(error, "more glyphs"));
    assert_int_equal(code_of(&fixture, 1, "A"), 'A');
    close_font(&fixture);
}

static void glyphs_that_are_not_there_have_no_code(void **state)
{
    (void)state;
    struct fixture fixture;
    const char *error = NULL;
    open_font(&fixture, "simple.ttf");
    assert_int_equal(gs_pdf_font_code(fixture.font, 4711, "a", 1, &error), 0);
    assert_non_null(strstr(error, "not in the file"));
    close_font(&fixture);
    open_font(&fixture, "far.otf"); /* beyond any page */
    assert_int_equal(gs_pdf_font_code(fixture.font, 1, "a", 1, &error), 0);
    assert_non_null(strstr(error, "out of bounds"));
    close_font(&fixture);
}

/* --- ToUnicode -------------------------------------------------------------------- */

static char *cmap_of(const char *const *texts, size_t count)
{
    struct gs_pdf_slots slots;
    struct gs_pdf_buffer out = {0};
    gs_pdf_slots_init(&slots);
    for (size_t i = 0; i < count; i++) {
        gs_pdf_slots_add(&slots, 7, texts[i], strlen(texts[i]));
    }
    gs_pdf_cmap_put(&out, &slots);
    gs_pdf_put(&out, "", 1);
    gs_pdf_slots_release(&slots);
    return out.bytes;
}

static void every_code_says_its_text(void **state)
{
    (void)state;
    const char *const texts[] = {"一", "⼀", "ffi", "𠮷", "", "\xEF\xBB\xBF",
            "a\xEF\xBF\xBE", "\xEE\x80\x80"};
    char *cmap = cmap_of(texts, G_N_ELEMENTS(texts));
    assert_non_null(strstr(cmap,
            "1 beginbfrange\n"
            "<0001><0008>[<4E00><2F00><006600660069><D842DFB7>"
            "<FFFD><FFFD><0061FFFD><E000>]\n"
            "endbfrange\n"));
    g_free(cmap);
}

/* In a range only the low byte differs, and a block has at most 100 ranges. */
static void codes_come_by_their_high_byte(void **state)
{
    (void)state;
    enum { COUNT = 101 * 256 };
    const char **texts = g_new(const char *, COUNT);
    char *words = g_malloc(COUNT * 8);
    for (unsigned i = 0; i < COUNT; i++) {
        g_snprintf(words + i * 8, 8, "a%u", i);
        texts[i] = words + i * 8;
    }
    char *cmap = cmap_of(texts, COUNT);
    assert_non_null(strstr(cmap,
            "<FFFF>\nendcodespacerange\n100 beginbfrange\n"
            "<0001><00FF>[<00610030>"));
    assert_non_null(strstr(cmap, "]\n<0100><01FF>[<0061003200350035>"));
    assert_non_null(strstr(cmap, "]\nendbfrange\n2 beginbfrange\n<6400>"));
    assert_non_null(strstr(cmap, "]\n<6500><6500>[<"));
    g_free(cmap);
    g_free(words);
    g_free(texts);
}

static void a_coded_cmap_reads_as_it_was(void **state)
{
    (void)state;
    struct gs_pdf_slots slots;
    struct gs_pdf_buffer cmap = {0}, coded = {0};
    gs_pdf_slots_init(&slots);
    for (uint32_t i = 0; i < 600; i++) {
        char text[6];
        const int size = g_unichar_to_utf8(0x4E00 + 31 * i, text);
        gs_pdf_slots_add(&slots, i, text, (size_t)size);
    }
    gs_pdf_cmap_put(&cmap, &slots);
    gs_pdf_cmap_put_coded(&coded, &cmap);
    assert_in_range(coded.size, 1, cmap.size * 2 / 3);

    char *found = g_malloc(cmap.size);
    size_t size = 0;
    struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(reader, coded.bytes, coded.size,
                             found, cmap.size, &size),
            LIBDEFLATE_SUCCESS);
    assert_int_equal(size, cmap.size);
    assert_memory_equal(found, cmap.bytes, size);
    libdeflate_free_decompressor(reader);
    g_free(found);
    gs_pdf_buffer_release(&cmap);
    gs_pdf_buffer_release(&coded);
    gs_pdf_slots_release(&slots);
}

/* --- licences --------------------------------------------------------------------- */

/* What is said of the face when its OS/2 fsType is `type`. */
static const char *error_of_type(unsigned type)
{
    struct fixture fixture;
    const char *error = NULL;
    open_font(&fixture, "simple.ttf");
    const char *entry = memmem(fixture.bytes, fixture.size, "OS/2", 4);
    assert_non_null(entry);
    const size_t table = (size_t)(guchar)entry[10] << 8 | (guchar)entry[11];
    char *bytes = g_memdup2(fixture.bytes, fixture.size);
    bytes[table + 8] = (char)(type >> 8);
    bytes[table + 9] = (char)(type & 0xFF);
    gs_pdf_face_free(gs_pdf_face_new(bytes, fixture.size, 0, 0, &error));
    g_free(bytes);
    close_font(&fixture);
    return error;
}

static void licences_are_respected(void **state)
{
    (void)state;
    assert_null(error_of_type(0x0000)); /* installable */
    assert_null(error_of_type(0x0004)); /* preview and print */
    assert_null(error_of_type(0x0008)); /* editable */
    assert_null(error_of_type(0x000E)); /* the least restrictive holds */
    assert_non_null(strstr(error_of_type(0x0002), "restricted"));
    assert_non_null(strstr(error_of_type(0x0104), "no subsetting"));
    assert_non_null(strstr(error_of_type(0x0200), "bitmaps"));
}

/* Strokes that only instructions put in place would be drawn wrong. */
static void faces_that_need_instructions_are_refused(void **state)
{
    (void)state;
    char *bytes = NULL;
    gsize size = 0;
    const char *error = NULL;
    char *path = g_build_filename(g_getenv("TESTS_SOURCE_DIR"), "fuzz",
            "corpus", "font", "instructed.ttf", NULL);
    assert_true(g_file_get_contents(path, &bytes, &size, NULL));
    assert_null(gs_pdf_face_new(bytes, size, 0, 0, &error));
    assert_non_null(strstr(error, "instructions"));
    g_free(bytes);
    g_free(path);
}

/* --- objects ---------------------------------------------------------------------- */

static char *write_font(const struct fixture *fixture,
        enum gs_pdf_standard standard, bool is_small, size_t *size)
{
    struct gs_output *output = gs_output_memory();
    struct gs_pdf_file *file =
            gs_pdf_file_new(output, NULL, standard, is_small);
    const unsigned catalog = gs_pdf_reserve(file);
    gs_pdf_font_write(fixture->font, file, gs_pdf_reserve(file));
    gs_pdf_puts(gs_pdf_begin(file, catalog), "<</Type/Catalog>>");
    gs_pdf_end(file);
    gs_pdf_finish(file, catalog, 0);
    gs_pdf_file_free(file);
    char *bytes = gs_output_take(output, size);
    gs_output_free(output);
    return bytes;
}

static void assert_has(const char *bytes, size_t size, const char *words)
{
    if (memmem(bytes, size, words, strlen(words)) == NULL) {
        fail_msg("%s is missing in\n%.*s", words, (int)size, bytes);
    }
}

static void objects_tell_what_the_program_has(void **state)
{
    (void)state;
    struct fixture fixture;
    size_t size;
    open_font(&fixture, "cid-keyed.otf");
    code_of(&fixture, 1, "a");
    code_of(&fixture, 5, "b");
    code_of(&fixture, 5, "c");
    code_of(&fixture, 5, "d");
    char *bytes = write_font(&fixture, GS_PDF_A_1B, false, &size);
    assert_has(bytes, size, "/Subtype/CIDFontType0C");
    assert_has(bytes, size, "/Encoding/Identity-H");
    assert_has(bytes, size, "/DW 550/W[0[500 510]]");
    assert_has(bytes, size, "+Test-CFF/Flags 4/FontBBox[-100 -200 1100 900]");
    assert_has(bytes, size,
            "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 88");
    assert_has(bytes, size, "/CIDSet ");
    g_free(bytes);
    close_font(&fixture);

    open_font(&fixture, "simple.ttf");
    code_of(&fixture, 1, "a");
    bytes = write_font(&fixture, GS_PDF_A_1B, true, &size);
    assert_has(bytes, size, "/Subtype/CIDFontType2/CIDToGIDMap/Identity");
    assert_has(bytes, size, "+Test-TrueType");
    assert_has(bytes, size, "/Length1 ");
    g_free(bytes);
    close_font(&fixture);
}

/* What the face was asked for by other documents must not show. */
static void the_same_codes_make_the_same_bytes(void **state)
{
    (void)state;
    char *bytes[2];
    size_t sizes[2];
    for (uint32_t round = 0; round < 2; round++) {
        struct fixture fixture;
        const char *error = NULL;
        open_font(&fixture, "name-keyed.otf");
        for (uint32_t glyph = 9; round == 1 && glyph > 0; glyph--) {
            code_of(&fixture, glyph, "x");
        }
        gs_pdf_font_free(fixture.font);
        fixture.font = gs_pdf_font_new_from(fixture.face, &error);
        code_of(&fixture, 2, "a");
        code_of(&fixture, 8, "fi");
        bytes[round] = write_font(&fixture, GS_PDF_A_2A, false, &sizes[round]);
        close_font(&fixture);
    }
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(bytes[0], bytes[1], sizes[0]);
    g_free(bytes[0]);
    g_free(bytes[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(a_glyph_of_two_characters_has_two_codes),
            cmocka_unit_test(codes_are_counted_up_to_the_last),
            cmocka_unit_test(glyphs_that_are_not_there_have_no_code),
            cmocka_unit_test(every_code_says_its_text),
            cmocka_unit_test(codes_come_by_their_high_byte),
            cmocka_unit_test(a_coded_cmap_reads_as_it_was),
            cmocka_unit_test(licences_are_respected),
            cmocka_unit_test(faces_that_need_instructions_are_refused),
            cmocka_unit_test(objects_tell_what_the_program_has),
            cmocka_unit_test(the_same_codes_make_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
