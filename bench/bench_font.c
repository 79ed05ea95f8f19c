/*
 * The fonts of the direct PDF writer, alone: what a document costs whose words
 * are those of a data file, for the first time and with all glyphs known.
 *
 *     bench_font [-n DOCUMENTS] [-t TOLERANCE] FONT[:INDEX] DATA.xml
 *
 * Prints microseconds of processor time, and bytes.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <glib.h>
#include <hb.h>

#include "write/pdf-face.h"
#include "write/pdf-font.h"

#define ROUNDS 7 /* the least counts */

struct use {
    uint32_t glyph;
    const char *text;
    size_t size;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static void stop(const char *what, const char *error)
{
    fprintf(stderr, "bench_font: %s: %s\n", what, error);
    exit(EXIT_FAILURE);
}

/* The characters of the file that the face has, in order. */
static GArray *find_uses(const char *words, hb_blob_t *font, unsigned index)
{
    GArray *uses = g_array_new(FALSE, FALSE, sizeof(struct use));
    hb_face_t *face = hb_face_create(font, index);
    hb_font_t *scaled = hb_font_create(face);
    for (const char *at = words; *at != '\0'; at = g_utf8_next_char(at)) {
        struct use use = {
                .text = at, .size = (size_t)(g_utf8_next_char(at) - at)};
        if (hb_font_get_nominal_glyph(
                    scaled, g_utf8_get_char(at), &use.glyph)) {
            g_array_append_val(uses, use);
        }
    }
    hb_font_destroy(scaled);
    hb_face_destroy(face);
    return uses;
}

static struct gs_pdf_font *show(struct gs_pdf_face *face, const GArray *uses)
{
    const char *error = NULL;
    struct gs_pdf_font *font = gs_pdf_font_new_from(face, &error);
    for (guint i = 0; font != NULL && i < uses->len; i++) {
        const struct use *use = &g_array_index(uses, struct use, i);
        if (gs_pdf_font_code(font, use->glyph, use->text, use->size, &error) ==
                0) {
            stop("a glyph", error);
        }
    }
    if (font == NULL) {
        stop("the font", error);
    }
    return font;
}

struct result {
    double codes, program;
    size_t plain, coded;
};

static struct result measure(
        struct gs_pdf_face *face, const GArray *uses, int documents)
{
    struct result result = {0};
    struct gs_pdf_buffer out = {0};
    for (int i = 0; i < documents; i++) {
        const double began = now();
        struct gs_pdf_font *font = show(face, uses);
        const double shown = now();
        out.size = 0;
        result.plain = gs_pdf_font_put_coded_program(font, &out);
        result.coded = out.size;
        result.codes += shown - began;
        result.program += now() - shown;
        gs_pdf_font_free(font);
    }
    result.codes /= documents;
    result.program /= documents;
    gs_pdf_buffer_release(&out);
    return result;
}

static double lesser(double one, double other)
{
    return one < other ? one : other;
}

int main(int argc, char **argv)
{
    int documents = 200, option;
    unsigned tolerance = GS_PDF_TOLERANCE;
    while ((option = getopt(argc, argv, "n:t:")) != -1) {
        if (option == 't') {
            tolerance = (unsigned)strtoul(optarg, NULL, 10);
        } else {
            documents = option == 'n' ? (int)strtol(optarg, NULL, 10) : 0;
        }
    }
    if (documents < 1 || argc - optind != 2) {
        fputs("usage: bench_font [-n DOCUMENTS] [-t TOLERANCE] FONT[:INDEX] "
              "DATA.xml\n",
                stderr);
        return 2;
    }
    char **name = g_strsplit(argv[optind], ":", 2);
    const unsigned index =
            name[1] != NULL ? (unsigned)strtoul(name[1], NULL, 10) : 0;
    hb_blob_t *blob = hb_blob_create_from_file(name[0]);
    unsigned size;
    const char *bytes = hb_blob_get_data(blob, &size), *error = NULL;
    char *words = NULL;
    if (!g_file_get_contents(argv[optind + 1], &words, NULL, NULL)) {
        stop(argv[optind + 1], "cannot be read");
    }
    GArray *uses = find_uses(words, blob, index);

    struct result cold = {.codes = 1e9, .program = 1e9}, warm = cold;
    double opened = 1e9;
    for (int round = 0; round < ROUNDS; round++) {
        const double began = now();
        struct gs_pdf_face *face =
                gs_pdf_face_new(bytes, size, index, tolerance, &error);
        if (face == NULL) {
            stop(argv[optind], error);
        }
        opened = lesser(opened, now() - began);
        const struct result first = measure(face, uses, 1);
        const struct result later = measure(face, uses, documents);
        cold.codes = lesser(cold.codes, first.codes);
        cold.program = lesser(cold.program, first.program);
        warm.codes = lesser(warm.codes, later.codes);
        warm.program = lesser(warm.program, later.program);
        warm.plain = later.plain;
        warm.coded = later.coded;
        gs_pdf_face_free(face);
    }
    printf("characters %u\nopen %.1f\n", uses->len, opened);
    printf("cold: codes %.1f program %.1f\n", cold.codes, cold.program);
    printf("warm: codes %.1f program %.1f\n", warm.codes, warm.program);
    printf("a code %.1f ns\n", warm.codes * 1e3 / uses->len);
    printf("bytes: plain %zu coded %zu\n", warm.plain, warm.coded);
    g_array_free(uses, TRUE);
    g_free(words);
    g_strfreev(name);
    hb_blob_destroy(blob);
    return EXIT_SUCCESS;
}
