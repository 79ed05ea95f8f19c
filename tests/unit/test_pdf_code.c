/*
 * Glyphs coded beforehand: whatever the bytes and however the code was made, what
 * an inflater reads is what went in.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>
#include <libdeflate.h>

#include "write/pdf-code.h"

#define PIECES 40u

/* The stream of the pieces, read back; its Adler-32 is checked by the reader. */
static void check_stream(const struct gs_pdf_code *code,
        const struct gs_pdf_buffer *head, GPtrArray *texts)
{
    struct gs_pdf_piece pieces[PIECES];
    const struct gs_pdf_piece *pointers[PIECES];
    struct gs_pdf_buffer whole = {0}, stream = {0};
    gs_pdf_put(&whole, head->bytes, head->size);
    for (guint i = 0; i < texts->len; i++) {
        const struct gs_pdf_buffer *text = g_ptr_array_index(texts, i);
        pieces[i] = gs_pdf_code_piece(code, text->bytes, text->size);
        pointers[i] = &pieces[i];
        gs_pdf_put(&whole, text->bytes, text->size);
    }
    gs_pdf_code_stream(code, head, pointers, texts->len, &stream);

    char *found = g_malloc(whole.size + 1);
    size_t size = 0;
    struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(reader, stream.bytes,
                             stream.size, found, whole.size + 1, &size),
            LIBDEFLATE_SUCCESS);
    assert_int_equal(size, whole.size);
    assert_true(size == 0 || memcmp(found, whole.bytes, size) == 0);
    libdeflate_free_decompressor(reader);
    for (guint i = 0; i < texts->len; i++) {
        gs_pdf_piece_release(&pieces[i]);
    }
    g_free(found);
    gs_pdf_buffer_release(&whole);
    gs_pdf_buffer_release(&stream);
}

static void free_text(void *text)
{
    gs_pdf_buffer_release(text);
    g_free(text);
}

static struct gs_pdf_buffer *random_text(GRand *random, int longest, int values)
{
    struct gs_pdf_buffer *text = g_new0(struct gs_pdf_buffer, 1);
    const int size = g_rand_int_range(random, 0, longest + 1);
    for (int i = 0; i < size; i++) {
        const int value = g_rand_int_range(random, 0, values);
        gs_pdf_put_be(text, (uint64_t)value * (uint64_t)value / 256, 1);
    }
    return text;
}

static void random_pieces_are_read_back(void **state)
{
    (void)state;
    GRand *random = g_rand_new_with_seed(5);
    for (int round = 0; round < 200; round++) {
        const int values = g_rand_int_range(random, 1, 257);
        uint32_t counts[GS_PDF_LITERALS];
        for (int i = 0; i < GS_PDF_LITERALS; i++) {
            counts[i] =
                    (uint32_t)g_rand_int_range(random, 0, 1 << (round % 20));
        }
        struct gs_pdf_code code;
        gs_pdf_code_init(&code, counts);
        GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
        for (int i = g_rand_int_range(random, 0, PIECES); i > 0; i--) {
            g_ptr_array_add(texts, random_text(random, 700, values));
        }
        struct gs_pdf_buffer *head = random_text(random, 3000, values);
        check_stream(&code, head, texts);
        free_text(head);
        g_ptr_array_free(texts, TRUE);
    }
    g_rand_free(random);
}

/* Fibonacci's numbers make the deepest tree: it is flattened to 15 bits. */
static void no_code_is_longer_than_deflate_allows(void **state)
{
    (void)state;
    uint32_t counts[GS_PDF_LITERALS] = {0}, before = 1, last = 1;
    for (int i = 0; i < 45; i++) {
        const uint32_t next = before + last;
        counts[i] = next;
        before = last;
        last = next;
    }
    struct gs_pdf_code code;
    gs_pdf_code_init(&code, counts);
    unsigned space = 0; /* of 2 to the 15th: Kraft's sum is 1 */
    for (int i = 0; i <= GS_PDF_LITERALS; i++) {
        assert_in_range(code.lengths[i], 1, 15);
        space += 1u << (15 - code.lengths[i]);
    }
    assert_int_equal(space, 1u << 15);
}

/* Stored blocks end at 65 535 bytes; sums of Adler-32 run round. */
static void heads_and_pieces_may_be_long(void **state)
{
    (void)state;
    struct gs_pdf_code code;
    const uint32_t counts[GS_PDF_LITERALS] = {[0xFF] = 1};
    gs_pdf_code_init(&code, counts);
    GPtrArray *texts = g_ptr_array_new_with_free_func(free_text);
    for (unsigned i = 0; i < 3; i++) {
        struct gs_pdf_buffer *text = g_new0(struct gs_pdf_buffer, 1);
        for (unsigned k = 0; k < 100000 + i; k++) {
            gs_pdf_put_be(text, 0xFF, 1);
        }
        g_ptr_array_add(texts, text);
    }
    check_stream(&code, g_ptr_array_index(texts, 0), texts);
    g_ptr_array_free(texts, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(random_pieces_are_read_back),
            cmocka_unit_test(no_code_is_longer_than_deflate_allows),
            cmocka_unit_test(heads_and_pieces_may_be_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
