/*
 * The PDF file in the making: bytes, numbers and strings; objects and their table,
 * plain and packed, read back by qpdf in tests/golden/test_pdf.py.
 */
#define _GNU_SOURCE /* memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "base/file.h"
#include "write/pdf-buffer.h"
#include "write/pdf-file.h"

static void assert_buffer(struct gs_pdf_buffer *buffer, const char *expected)
{
    gs_pdf_put(buffer, "", 1);
    assert_string_equal(buffer->bytes, expected);
    gs_pdf_buffer_release(buffer);
}

static void numbers_have_no_more_digits_than_they_need(void **state)
{
    struct gs_pdf_buffer buffer = {0};
    static const int64_t thousandths[] = {
            0, 1, -1, 10, 500, 1000, -1500, 123456, 100, -20};
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(thousandths); i++) {
        gs_pdf_put_milli(&buffer, thousandths[i]);
        gs_pdf_puts(&buffer, " ");
    }
    gs_pdf_put_int(&buffer, INT64_MIN);
    assert_buffer(&buffer,
            "0 0.001 -0.001 0.01 0.5 1 -1.5 123.456 0.1 -0.02 "
            "-9223372036854775808");
}

static void lengths_are_rounded_to_thousandths(void **state)
{
    struct gs_pdf_buffer buffer = {0};
    (void)state;

    gs_pdf_put_len(&buffer, GS_PT(12));
    gs_pdf_puts(&buffer, " ");
    gs_pdf_put_len(&buffer, 1); /* 0.00098 pt */
    gs_pdf_puts(&buffer, " ");
    gs_pdf_put_len(&buffer, -GS_PT(1) / 3);
    assert_buffer(&buffer, "12 0.001 -0.333");
}

static void strings_and_names_are_escaped(void **state)
{
    struct gs_pdf_buffer buffer = {0};
    (void)state;

    gs_pdf_put_bytes(&buffer, "a(b)\\\r", 6);
    gs_pdf_put_name(&buffer, "A b#公");
    gs_pdf_put_text(&buffer, "plain");
    gs_pdf_put_text(&buffer, "公𠮷");
    gs_pdf_put_ref(&buffer, 7);
    assert_buffer(&buffer,
            "(a\\(b\\)\\\\\\r)/A#20b#23#E5#85#AC(plain)"
            "<FEFF516CD842DFB7>7 0 R");
}

static char *repeat(const char *text, size_t times)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < times; i++) {
        g_string_append(out, text);
    }
    return g_string_free(out, FALSE);
}

/* ISO 19005-2, 6.1.13: 32767 bytes, two of them the byte order mark of UTF-16. */
static void strings_end_where_the_standard_has_them_end(void **state)
{
    static const struct {
        const char *text;
        size_t times, bytes, size; /* put, and of the text */
    } cases[] = {
            {"a", 40000, 2 + 32767, 32767},
            {"\u7532", 16382, 6 + 4 * 16382, 3 * 16382},
            {"\u7532", 20000, 6 + 4 * 16382, 3 * 16382},
            {"\U00020BB7", 20000, 6 + 8 * 8191, 4 * 8191},
    };
    (void)state;

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        struct gs_pdf_buffer buffer = {0};
        char *text = repeat(cases[i].text, cases[i].times);
        gs_pdf_put_text(&buffer, text);
        assert_int_equal(buffer.size, cases[i].bytes);
        assert_int_equal(gs_pdf_text_fit(text), cases[i].size);
        gs_pdf_buffer_release(&buffer);
        g_free(text);
    }
}

/* A file of a catalog, a stream and `count` small objects. */
static char *make_file(
        enum gs_pdf_standard standard, unsigned count, size_t *size)
{
    struct gs_output *output = gs_output_memory();
    struct gs_pdf_file *file = gs_pdf_file_new(output, NULL, standard, false);
    unsigned catalog = gs_pdf_reserve(file);
    unsigned stream = gs_pdf_reserve(file);

    for (unsigned i = 0; i < count; i++) {
        struct gs_pdf_buffer *body = gs_pdf_begin(file, gs_pdf_reserve(file));
        gs_pdf_put_int(body, i);
        gs_pdf_end(file);
    }
    gs_pdf_stream_plain(file, stream, "/Type/Test", "bytes", 5);
    gs_pdf_puts(gs_pdf_begin(file, catalog), "<</Type/Catalog>>");
    gs_pdf_end(file);
    gs_pdf_finish(file, catalog, 0);
    gs_pdf_file_free(file);
    char *bytes = gs_output_take(output, size);
    gs_output_free(output);
    return bytes;
}

static void archival_files_of_the_first_kind_have_a_plain_table(void **state)
{
    size_t size;
    char *bytes = make_file(GS_PDF_A_1B, 3, &size);
    (void)state;

    assert_true(g_str_has_prefix(bytes, "%PDF-1.4\n%"));
    assert_non_null(strstr(bytes, "\n3 0 obj\n0\nendobj\n"));
    assert_non_null(strstr(bytes,
            "<</Length 5/Type/Test>>\nstream\nbytes\nendstream\nendobj\n"));
    const char *table = strstr(bytes, "xref\n0 6\n0000000000 65535 f \n");
    assert_non_null(table);
    char *start = g_strdup_printf("startxref\n%td\n%%%%EOF\n", table - bytes);
    assert_true(g_str_has_suffix(bytes, start));
    /* The catalog is where the table says. */
    guint64 offset = g_ascii_strtoull(table + 9 + 20, NULL, 10);
    assert_true(g_str_has_prefix(bytes + offset, "1 0 obj\n<</Type/Catalog>>"));
    g_free(start);
    g_free(bytes);
}

static void others_pack_their_objects(void **state)
{
    size_t size, again_size;
    char *bytes = make_file(GS_PDF_A_2A, 500, &size);
    char *again = make_file(GS_PDF_A_2A, 500, &again_size);
    unsigned packs = 0;
    (void)state;

    assert_true(g_str_has_prefix(bytes, "%PDF-1.7\n%"));
    assert_null(memmem(bytes, size, "\nxref\n", 6));
    for (const char *p = bytes; p != NULL; packs++) {
        p = memmem(p + 1, size - (size_t)(p + 1 - bytes), "/ObjStm", 7);
    }
    assert_int_equal(packs - 1, 3); /* 501 objects, 200 each */
    assert_int_equal(size, again_size);
    assert_memory_equal(bytes, again, size);
    g_free(again);
    g_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(numbers_have_no_more_digits_than_they_need),
            cmocka_unit_test(lengths_are_rounded_to_thousandths),
            cmocka_unit_test(strings_and_names_are_escaped),
            cmocka_unit_test(strings_end_where_the_standard_has_them_end),
            cmocka_unit_test(
                    archival_files_of_the_first_kind_have_a_plain_table),
            cmocka_unit_test(others_pack_their_objects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
