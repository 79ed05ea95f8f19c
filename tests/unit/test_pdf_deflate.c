/*
 * The deflater for page contents and objects: whatever the bytes, what an inflater
 * reads is what went in, it is never longer than that, and the same each time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <libdeflate.h>

#include "write/pdf-deflate.h"

#define KINDS 2

/* Of a copy without a byte to spare, so that a sanitizer sees what reads beyond. */
static bool is_deflated(enum gs_pdf_text kind, const void *bytes, size_t size)
{
    static const char before[] = "before";
    unsigned char *copy = g_memdup2(bytes, size);
    struct gs_pdf_buffer out = {0}, again = {0};
    gs_pdf_puts(&out, before);
    const bool is_shorter = gs_pdf_deflate(&out, kind, copy, size);
    assert_memory_equal(out.bytes, before, strlen(before));
    if (is_shorter) {
        const char *stream = out.bytes + strlen(before);
        const size_t stream_size = out.size - strlen(before);
        unsigned char *found = g_malloc(size + 1);
        size_t found_size = 0;
        struct libdeflate_decompressor *reader =
                libdeflate_alloc_decompressor();
        assert_true(stream_size < size);
        assert_int_equal(libdeflate_zlib_decompress(reader, stream, stream_size,
                                 found, size + 1, &found_size),
                LIBDEFLATE_SUCCESS);
        assert_int_equal(found_size, size);
        assert_memory_equal(found, copy, size);
        assert_true(gs_pdf_deflate(&again, kind, copy, size));
        assert_int_equal(again.size, stream_size);
        assert_memory_equal(again.bytes, stream, stream_size);
        libdeflate_free_decompressor(reader);
        g_free(found);
    } else {
        assert_int_equal(out.size, strlen(before));
    }
    gs_pdf_buffer_release(&out);
    gs_pdf_buffer_release(&again);
    g_free(copy);
    return is_shorter;
}

static void repeats_of_any_length_and_distance_are_read_back(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(8);
    unsigned char bytes[GS_PDF_DEFLATE_MOST];
    for (size_t distance = 1; distance < sizeof bytes;
            distance += 1 + distance / 8) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            bytes[i] = (unsigned char)('0' + g_rand_int_range(random, 0, 10));
        }
        for (size_t at = distance, length = 3; at < sizeof bytes; length++) {
            const size_t end = MIN(at + length, sizeof bytes);
            for (; at < end; at++) {
                bytes[at] = bytes[at - distance];
            }
            at += 3;
        }
        for (int kind = 0; kind < KINDS; kind++) {
            assert_true(
                    is_deflated((enum gs_pdf_text)kind, bytes, sizeof bytes));
        }
    }
    g_rand_free(random);
}

/* Also those that no text of its kind has: before a run, so that it is shorter. */
static void every_byte_has_a_code(void **state)
{
    (void)state;
    unsigned char bytes[2048] = {0};
    for (size_t i = 0; i < 256; i++) {
        bytes[i] = (unsigned char)(i * 77);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        assert_true(is_deflated((enum gs_pdf_text)kind, bytes, sizeof bytes));
    }
}

/* All sizes around the ends of words and of the longest match. */
static void runs_of_any_size_are_read_back(void **state)
{
    (void)state;
    unsigned char bytes[GS_PDF_DEFLATE_MOST];
    memset(bytes, '0', sizeof bytes);
    for (size_t size = 0; size < 1200; size++) {
        is_deflated(GS_PDF_TEXT_OBJECTS, bytes, size);
    }
    for (int kind = 0; kind < KINDS; kind++) {
        assert_true(is_deflated((enum gs_pdf_text)kind, bytes, sizeof bytes));
    }
}

static void noise_is_given_back(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(3);
    unsigned char bytes[GS_PDF_DEFLATE_MOST];
    for (size_t i = 0; i < sizeof bytes; i++) {
        bytes[i] = (unsigned char)g_rand_int(random);
    }
    for (size_t size = 0; size <= sizeof bytes; size = size * 2 + 1) {
        for (int kind = 0; kind < KINDS; kind++) {
            assert_false(is_deflated((enum gs_pdf_text)kind, bytes, size));
        }
    }
    g_rand_free(random);
}

/* Bytes and repeats by chance, from few values or many, in any size. */
static void random_texts_are_read_back(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(21);
    unsigned char bytes[GS_PDF_DEFLATE_MOST];
    for (int round = 0; round < 3000; round++) {
        const int values = g_rand_int_range(random, 1, 257);
        const int longest = g_rand_int_range(random, 2, 300);
        const size_t most = sizeof bytes >> g_rand_int_range(random, 0, 13);
        const size_t size =
                (size_t)g_rand_int_range(random, 0, (gint32)most + 1);
        for (size_t at = 0; at < size;) {
            bytes[at++] = (unsigned char)g_rand_int_range(random, 0, values);
            if (g_rand_int_range(random, 0, 3) == 0) {
                const size_t back =
                        (size_t)g_rand_int_range(random, 1, (gint32)at + 1);
                const int length = g_rand_int_range(random, 1, longest);
                for (int i = 0; i < length && at < size; i++, at++) {
                    bytes[at] = bytes[at - back];
                }
            }
        }
        is_deflated((enum gs_pdf_text)(round % KINDS), bytes, size);
    }
    g_rand_free(random);
}

static void what_it_is_for_becomes_a_third(void **state)
{
    (void)state;
    struct gs_pdf_buffer content = {0}, objects = {0};
    for (int i = 0; i < 80; i++) {
        gs_pdf_puts(&content, "/TD<</MCID ");
        gs_pdf_put_int(&content, i);
        gs_pdf_puts(&content, ">>BDC\n");
        gs_pdf_put_milli(&content, i * i * 37);
        gs_pdf_puts(&content, " -17.37 Td\n[(");
        gs_pdf_put_be(&content, (uint64_t)(i * i % 300), 2);
        gs_pdf_puts(&content, ")]TJ\nEMC\n");
        gs_pdf_puts(&objects, "<</S/TD/P ");
        gs_pdf_put_ref(&objects, (unsigned)i / 5);
        gs_pdf_puts(&objects, "/Pg 5 0 R/A ");
        gs_pdf_put_ref(&objects, (unsigned)(i * i % 41));
        gs_pdf_puts(&objects, "/K[");
        gs_pdf_put_int(&objects, i);
        gs_pdf_puts(&objects, "]>>\n");
    }
    const struct gs_pdf_buffer *texts[KINDS] = {
            [GS_PDF_TEXT_CONTENT] = &content, [GS_PDF_TEXT_OBJECTS] = &objects};
    for (int kind = 0; kind < KINDS; kind++) {
        struct gs_pdf_buffer out = {0};
        assert_true(gs_pdf_deflate(&out, (enum gs_pdf_text)kind,
                texts[kind]->bytes, texts[kind]->size));
        assert_in_range(out.size, 1, texts[kind]->size / 3);
        gs_pdf_buffer_release(&out);
    }
    gs_pdf_buffer_release(&content);
    gs_pdf_buffer_release(&objects);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(repeats_of_any_length_and_distance_are_read_back),
            cmocka_unit_test(every_byte_has_a_code),
            cmocka_unit_test(runs_of_any_size_are_read_back),
            cmocka_unit_test(noise_is_given_back),
            cmocka_unit_test(random_texts_are_read_back),
            cmocka_unit_test(what_it_is_for_becomes_a_third),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
