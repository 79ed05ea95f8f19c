/*
 * Font programs of the direct PDF writer: each glyph has the outline and the
 * advance it has in the file it comes from, as FreeType reads both; the coded
 * program is the plain one.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <glib.h>
#include <libdeflate.h>

#include "base/diag.h"
#include "text/fonts.h"
#include "write/pdf-face.h"
#include "write/pdf-font.h"

/* Glyphs of each face that are looked at. */
#define GLYPHS 300u

static FT_Library library;

static int start(void **state)
{
    (void)state;
    return FT_Init_FreeType(&library);
}

static int stop(void **state)
{
    (void)state;
    FT_Done_FreeType(library);
    return 0;
}

/* --- faces ------------------------------------------------------------------------ */

struct source {
    char *path;
    int index;
    char *bytes;
    gsize size;
    struct gs_pdf_face *face;
    FT_Face freetype;
};

static struct source *open_source(
        const char *path, int index, unsigned tolerance)
{
    struct source *source = g_new0(struct source, 1);
    const char *error = NULL;
    source->path = g_strdup(path);
    source->index = index;
    if (!g_file_get_contents(path, &source->bytes, &source->size, NULL)) {
        fail_msg("%s cannot be read", path);
    }
    source->face = gs_pdf_face_new(
            source->bytes, source->size, (unsigned)index, tolerance, &error);
    if (source->face == NULL) {
        fail_msg("%s: %s", path, error);
    }
    assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)source->bytes,
                             (FT_Long)source->size, index, &source->freetype),
            0);
    return source;
}

static void close_source(void *object)
{
    struct source *source = object;
    FT_Done_Face(source->freetype);
    gs_pdf_face_free(source->face);
    g_free(source->bytes);
    g_free(source->path);
    g_free(source);
}

/* Every face of the project's list that is there, once. */
static GPtrArray *open_sources(unsigned tolerance)
{
    GPtrArray *sources = g_ptr_array_new_with_free_func(close_source);
    struct gs_diag *diag = gs_diag_new();
    struct gs_fonts *fonts =
            gs_fonts_survey(g_getenv("GONGSHI_FONTS"), GS_OUTLINES_ANY, diag);
    for (size_t i = 0; i < gs_fonts_count(fonts); i++) {
        const struct gs_font_entry entry = gs_fonts_entry(fonts, i);
        bool known = entry.path == NULL;
        for (guint k = 0; k < sources->len && !known; k++) {
            const struct source *source = g_ptr_array_index(sources, k);
            known = strcmp(source->path, entry.path) == 0 &&
                    source->index == entry.index;
        }
        if (!known) {
            g_ptr_array_add(
                    sources, open_source(entry.path, entry.index, tolerance));
        }
    }
    gs_fonts_free(fonts);
    gs_diag_free(diag);
    assert_true(sources->len > 0);
    return sources;
}

/* Faces with subroutines, composite glyphs and the like: fuzz/make_fonts.py. */
static const char *const small_faces[] = {
        "simple.ttf", "collection.ttc", "name-keyed.otf", "cid-keyed.otf"};

static struct source *open_small(const char *name)
{
    char *path = g_build_filename(
            g_getenv("TESTS_SOURCE_DIR"), "fuzz", "corpus", "font", name, NULL);
    struct source *source = open_source(path, 0, 0);
    g_free(path);
    return source;
}

static void add_small_faces(GPtrArray *sources)
{
    for (size_t i = 0; i < G_N_ELEMENTS(small_faces); i++) {
        g_ptr_array_add(sources, open_small(small_faces[i]));
    }
}

/* --- outlines --------------------------------------------------------------------- */

/* An outline as steps, without what draws nothing: lines of no length. */
struct trace {
    GArray *points; /* of struct traced */
};

struct traced {
    char step;
    FT_Vector at[3];
};

static int trace_step(
        struct trace *trace, char step, const FT_Vector *at, int count)
{
    struct traced traced = {.step = step};
    memcpy(traced.at, at, (size_t)count * sizeof *at);
    traced.at[2] = at[count - 1];
    g_array_append_val(trace->points, traced);
    return 0;
}

static int trace_move(const FT_Vector *to, void *user)
{
    return trace_step(user, 'M', to, 1);
}

static int trace_line(const FT_Vector *to, void *user)
{
    const struct trace *trace = user;
    const FT_Vector at =
            g_array_index(trace->points, struct traced, trace->points->len - 1)
                    .at[2];
    return at.x == to->x && at.y == to->y ? 0 : trace_step(user, 'L', to, 1);
}

static int trace_conic(
        const FT_Vector *control, const FT_Vector *to, void *user)
{
    return trace_step(user, 'Q', (const FT_Vector[]){*control, *to}, 2);
}

static int trace_cubic(const FT_Vector *one, const FT_Vector *two,
        const FT_Vector *to, void *user)
{
    return trace_step(user, 'C', (const FT_Vector[]){*one, *two, *to}, 3);
}

static void put_step(GString *words, const struct traced *step)
{
    switch (step->step) {
    case 'C':
        g_string_append_printf(words, "C %ld,%ld %ld,%ld ", step->at[0].x,
                step->at[0].y, step->at[1].x, step->at[1].y);
        break;
    case 'Q':
        g_string_append_printf(
                words, "Q %ld,%ld ", step->at[0].x, step->at[0].y);
        break;
    default:
        g_string_append(words, "L ");
    }
    g_string_append_printf(words, "%ld,%ld\n", step->at[2].x, step->at[2].y);
}

/* Whether a ring of words read from `one` on comes before that from `other` on. */
static bool comes_before(GPtrArray *words, guint one, guint other)
{
    for (guint i = 0; i < words->len; i++) {
        const int order =
                strcmp(g_ptr_array_index(words, (one + i) % words->len),
                        g_ptr_array_index(words, (other + i) % words->len));
        if (order != 0) {
            return order < 0;
        }
    }
    return false;
}

/* One contour as a ring: it may begin anywhere, so the least rotation is taken. */
static void put_ring(GString *out, const struct traced *steps, guint count)
{
    GPtrArray *words = g_ptr_array_new_with_free_func(g_free);
    guint first = 0;
    for (guint i = 0; i < count; i++) {
        GString *word = g_string_new(NULL);
        put_step(word, &steps[i]);
        g_ptr_array_add(words, g_string_free(word, FALSE));
    }
    for (guint i = 1; i < count; i++) {
        first = comes_before(words, i, first) ? i : first;
    }
    for (guint i = 0; i < count; i++) {
        g_string_append(out, g_ptr_array_index(words, (first + i) % count));
    }
    g_string_append(out, "Z\n");
    g_ptr_array_free(words, TRUE);
}

static void put_contour(
        GString *words, const struct trace *trace, guint move, guint end)
{
    const struct traced *steps =
            (const struct traced *)(void *)trace->points->data;
    const FT_Vector start = steps[move].at[2], last = steps[end - 1].at[2];
    GArray *ring = g_array_new(FALSE, FALSE, sizeof(struct traced));
    if (end - move < 2) {
        g_array_free(ring, TRUE);
        return;
    }
    g_array_append_vals(ring, &steps[move + 1], end - move - 1);
    if (start.x != last.x || start.y != last.y) {
        const struct traced closing = {.step = 'L', .at[2] = start};
        g_array_append_val(ring, closing);
    }
    put_ring(words, (const struct traced *)(void *)ring->data, ring->len);
    g_array_free(ring, TRUE);
}

static GArray *trace_outline(FT_Face freetype, FT_UInt glyph)
{
    static const FT_Outline_Funcs functions = {
            .move_to = trace_move,
            .line_to = trace_line,
            .conic_to = trace_conic,
            .cubic_to = trace_cubic,
    };
    struct trace trace = {
            .points = g_array_new(FALSE, FALSE, sizeof(struct traced))};
    assert_int_equal(
            FT_Load_Glyph(freetype, glyph,
                    FT_LOAD_NO_SCALE | FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP),
            0);
    FT_Outline_Decompose(&freetype->glyph->outline, &functions, &trace);
    return trace.points;
}

static char *outline_words(FT_Face freetype, FT_UInt glyph)
{
    struct trace trace = {.points = trace_outline(freetype, glyph)};
    GString *words = g_string_new(NULL);
    g_string_append_printf(
            words, "advance %ld\n", freetype->glyph->metrics.horiAdvance);
    for (guint i = 0; i < trace.points->len;) {
        guint end = i + 1;
        while (end < trace.points->len &&
                g_array_index(trace.points, struct traced, end).step != 'M') {
            end++;
        }
        put_contour(words, &trace, i, end);
        i = end;
    }
    g_array_free(trace.points, TRUE);
    return g_string_free(words, FALSE);
}

static bool is_near(FT_Vector one, FT_Vector other)
{
    return labs(one.x - other.x) <= 1 && labs(one.y - other.y) <= 1;
}

/*
 * The parts of a composite glyph may be scaled, and coordinates are then rounded:
 * one unit more or less is allowed.  Begun at the same points.
 */
static bool is_same_composite(
        FT_Face source, FT_UInt glyph, FT_Face embedded, FT_UInt code)
{
    assert_int_equal(
            FT_Load_Glyph(source, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_RECURSE),
            0);
    if (source->glyph->format != FT_GLYPH_FORMAT_COMPOSITE) {
        return false;
    }
    GArray *wanted = trace_outline(source, glyph);
    const FT_Pos advance = source->glyph->metrics.horiAdvance;
    GArray *found = trace_outline(embedded, code);
    bool same = wanted->len == found->len &&
            advance == embedded->glyph->metrics.horiAdvance;
    for (guint i = 0; same && i < wanted->len; i++) {
        const struct traced *one = &g_array_index(wanted, struct traced, i);
        const struct traced *other = &g_array_index(found, struct traced, i);
        same = one->step == other->step && is_near(one->at[0], other->at[0]) &&
                is_near(one->at[1], other->at[1]) &&
                is_near(one->at[2], other->at[2]);
    }
    g_array_free(wanted, TRUE);
    g_array_free(found, TRUE);
    return same;
}

/* --- programs --------------------------------------------------------------------- */

/* The glyphs of a face at even distances, under codes from 1. */
static GArray *fill_font(struct gs_pdf_font *font, const struct source *source)
{
    GArray *glyphs = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    const uint32_t count = (uint32_t)source->freetype->num_glyphs;
    const uint32_t stride = count / GLYPHS + 1;
    const char *error = NULL;
    const uint32_t notdef = 0;
    g_array_append_val(glyphs, notdef);
    for (uint32_t glyph = 1; glyph < count; glyph += stride) {
        char text[6];
        const size_t size =
                (size_t)g_unichar_to_utf8((gunichar)(0x4E00 + glyph), text);
        const unsigned code = gs_pdf_font_code(font, glyph, text, size, &error);
        assert_int_equal(code, glyphs->len);
        g_array_append_val(glyphs, glyph);
    }
    return glyphs;
}

static void check_program(const struct source *source)
{
    const char *error = NULL;
    struct gs_pdf_font *font = gs_pdf_font_new_from(source->face, &error);
    assert_non_null(font);
    GArray *glyphs = fill_font(font, source);
    struct gs_pdf_buffer program = {0};
    gs_pdf_font_put_program(font, &program);

    FT_Face embedded;
    assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)program.bytes,
                             (FT_Long)program.size, 0, &embedded),
            0);
    assert_int_equal(embedded->num_glyphs, glyphs->len);
    assert_int_equal(embedded->units_per_EM, source->freetype->units_per_EM);
    for (guint i = 0; i < glyphs->len; i++) {
        const uint32_t glyph = g_array_index(glyphs, uint32_t, i);
        char *wanted = outline_words(source->freetype, glyph);
        char *found = outline_words(embedded, i);
        if (strcmp(wanted, found) != 0 &&
                !is_same_composite(source->freetype, glyph, embedded, i)) {
            fail_msg("%s, glyph %u:\n%s\nand not\n%s", source->path, glyph,
                    found, wanted);
        }
        g_free(wanted);
        g_free(found);
    }
    /* Readers take the room of a glyph from it. */
    assert_memory_equal(&embedded->bbox, &source->freetype->bbox,
            sizeof embedded->bbox);
    FT_Done_Face(embedded);
    gs_pdf_buffer_release(&program);
    g_array_free(glyphs, TRUE);
    gs_pdf_font_free(font);
}

static void outlines_and_advances_are_those_of_the_file(void **state)
{
    (void)state;
    GPtrArray *sources = open_sources(0);
    add_small_faces(sources);
    for (guint i = 0; i < sources->len; i++) {
        check_program(g_ptr_array_index(sources, i));
    }
    g_ptr_array_free(sources, TRUE);
}

/* --- simpler outlines ------------------------------------------------------------- */

#define PARTS 16 /* of a curve, for its points */

static FT_Vector on_curve(const struct traced *step, FT_Vector from, double t)
{
    const FT_Vector *at = step->at;
    const double s = 1 - t;
    double x, y;
    if (step->step == 'C') {
        const double b[4] = {
                s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
        x = b[0] * (double)from.x + b[1] * (double)at[0].x +
                b[2] * (double)at[1].x + b[3] * (double)at[2].x;
        y = b[0] * (double)from.y + b[1] * (double)at[0].y +
                b[2] * (double)at[1].y + b[3] * (double)at[2].y;
    } else {
        x = s * (double)from.x + t * (double)at[2].x;
        y = s * (double)from.y + t * (double)at[2].y;
    }
    return (FT_Vector){.x = (FT_Pos)(x * 64), .y = (FT_Pos)(y * 64)};
}

/* The outline as a row of points in 1/64 unit; moves begin with a repeated point. */
static GArray *polygon_of(FT_Face freetype, FT_UInt glyph)
{
    GArray *points = g_array_new(FALSE, FALSE, sizeof(FT_Vector));
    GArray *steps = trace_outline(freetype, glyph);
    FT_Vector from = {0, 0}, start = {0, 0};
    for (guint i = 0; i < steps->len; i++) {
        const struct traced *step = &g_array_index(steps, struct traced, i);
        if (step->step == 'M') {
            start = step->at[2];
        } else {
            for (int k = 0; k < PARTS; k++) {
                const FT_Vector a = on_curve(step, from, (double)k / PARTS);
                const FT_Vector b = on_curve(step, from, (k + 1.0) / PARTS);
                g_array_append_val(points, a);
                g_array_append_val(points, b);
            }
        }
        from = step->at[2];
        if (i + 1 == steps->len ||
                g_array_index(steps, struct traced, i + 1).step == 'M') {
            const struct traced closing = {.step = 'L', .at[2] = start};
            const FT_Vector a = on_curve(&closing, from, 0);
            const FT_Vector b = on_curve(&closing, from, 1);
            g_array_append_val(points, a);
            g_array_append_val(points, b);
        }
    }
    g_array_free(steps, TRUE);
    return points;
}

/* Squared, in 1/64 unit, from a point to a line between two others. */
static double distance(FT_Vector point, FT_Vector a, FT_Vector b)
{
    const double ax = (double)(point.x - a.x), ay = (double)(point.y - a.y);
    const double bx = (double)(b.x - a.x), by = (double)(b.y - a.y);
    const double square = bx * bx + by * by;
    double t = square > 0 ? (ax * bx + ay * by) / square : 0;
    t = CLAMP(t, 0, 1);
    return (ax - t * bx) * (ax - t * bx) + (ay - t * by) * (ay - t * by);
}

/* The farthest that a point of one outline is from the other, squared. */
static double farthest(const GArray *from, const GArray *to)
{
    double most = 0;
    for (guint i = 0; i < from->len; i++) {
        const FT_Vector point = g_array_index(from, FT_Vector, i);
        double least = 1e18;
        for (guint k = 0; k + 1 < to->len && least > most; k += 2) {
            least = MIN(least,
                    distance(point, g_array_index(to, FT_Vector, k),
                            g_array_index(to, FT_Vector, k + 1)));
        }
        most = MAX(most, least);
    }
    return most;
}

/* Both ways; half more is allowed, because only some points were measured. */
static void check_near(const struct source *source, FT_UInt glyph,
        FT_Face embedded, FT_UInt code, unsigned tolerance)
{
    GArray *wanted = polygon_of(source->freetype, glyph);
    GArray *found = polygon_of(embedded, code);
    const double square = MAX(farthest(wanted, found), farthest(found, wanted));
    const double most =
            64.0 * tolerance * 3 / 2 * source->freetype->units_per_EM / 1000;
    if (wanted->len > 0 && square > most * most) {
        fail_msg("%s, glyph %u is %.0f/4096 square units off", source->path,
                glyph, square);
    }
    g_array_free(wanted, TRUE);
    g_array_free(found, TRUE);
}

static void check_simplified(const struct source *source, unsigned tolerance)
{
    const char *error = NULL;
    struct gs_pdf_font *font = gs_pdf_font_new_from(source->face, &error);
    GArray *glyphs = fill_font(font, source);
    struct gs_pdf_buffer program = {0};
    FT_Face embedded;
    gs_pdf_font_put_program(font, &program);
    assert_int_equal(FT_New_Memory_Face(library, (const FT_Byte *)program.bytes,
                             (FT_Long)program.size, 0, &embedded),
            0);
    for (guint i = 0; i < glyphs->len; i += 25) {
        check_near(source, g_array_index(glyphs, uint32_t, i), embedded, i,
                tolerance);
    }
    FT_Done_Face(embedded);
    gs_pdf_buffer_release(&program);
    g_array_free(glyphs, TRUE);
    gs_pdf_font_free(font);
}

static void simpler_outlines_stay_near(void **state)
{
    (void)state;
    for (unsigned tolerance = GS_PDF_TOLERANCE;
            tolerance <= GS_PDF_TOLERANCE_SMALL; tolerance++) {
        GPtrArray *sources = open_sources(tolerance);
        for (guint i = 0; i < sources->len; i++) {
            const struct source *source = g_ptr_array_index(sources, i);
            if (!gs_pdf_face_metrics(source->face)->truetype) {
                check_simplified(source, tolerance);
            }
        }
        g_ptr_array_free(sources, TRUE);
    }
}

static void check_coded(const struct source *source)
{
    const char *error = NULL;
    struct gs_pdf_font *font = gs_pdf_font_new_from(source->face, &error);
    GArray *glyphs = fill_font(font, source);
    struct gs_pdf_buffer plain = {0}, coded = {0};
    gs_pdf_font_put_program(font, &plain);
    const size_t size = gs_pdf_font_put_coded_program(font, &coded);
    assert_int_equal(size, plain.size);

    char *inflated = g_malloc(size);
    size_t found = 0;
    struct libdeflate_decompressor *reader = libdeflate_alloc_decompressor();
    assert_int_equal(libdeflate_zlib_decompress(reader, coded.bytes, coded.size,
                             inflated, size, &found),
            LIBDEFLATE_SUCCESS);
    assert_int_equal(found, size);
    assert_memory_equal(inflated, plain.bytes, size);
    libdeflate_free_decompressor(reader);
    g_free(inflated);
    gs_pdf_buffer_release(&plain);
    gs_pdf_buffer_release(&coded);
    g_array_free(glyphs, TRUE);
    gs_pdf_font_free(font);
}

static void a_coded_program_is_the_plain_one(void **state)
{
    (void)state;
    GPtrArray *sources = open_sources(0);
    add_small_faces(sources);
    for (guint i = 0; i < sources->len; i++) {
        check_coded(g_ptr_array_index(sources, i));
    }
    g_ptr_array_free(sources, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
            cmocka_unit_test(outlines_and_advances_are_those_of_the_file),
            cmocka_unit_test(simpler_outlines_stay_near),
            cmocka_unit_test(a_coded_program_is_the_plain_one),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
