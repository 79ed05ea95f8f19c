/*
 * Outlines, drawn by HarfBuzz.
 */
#include "write/pdf-path.h"

#include <math.h>

#include <glib.h>

/* Far more than any glyph of a real font has. */
#define SEGMENTS_MAX 16384u

void gs_pdf_path_release(struct gs_pdf_path *path)
{
    g_free(path->segments);
    *path = (struct gs_pdf_path){0};
}

static int32_t fixed(struct gs_pdf_path *path, float value)
{
    if (!(fabsf(value) <= GS_PDF_COORDINATE_MAX)) { /* nor is it a number */
        path->bad = true;
        return 0;
    }
    return (int32_t)lrintf(value * (float)GS_PDF_UNIT);
}

static void add(struct gs_pdf_path *path, enum gs_pdf_step step,
        const float *coordinates, unsigned count)
{
    if (path->count == SEGMENTS_MAX) {
        path->bad = true;
        return;
    }
    if (path->count == path->room) {
        path->room = MAX(2 * path->room, 64);
        path->segments =
                g_renew(struct gs_pdf_segment, path->segments, path->room);
    }
    struct gs_pdf_segment *segment = &path->segments[path->count++];
    segment->step = step;
    for (unsigned i = 0; i < count; i++) {
        segment->points[i].x = fixed(path, coordinates[2 * i]);
        segment->points[i].y = fixed(path, coordinates[2 * i + 1]);
    }
}

/* --- HarfBuzz's side ---------------------------------------------------------- */

static void move_to(hb_draw_funcs_t *functions, void *path,
        hb_draw_state_t *state, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    add(path, GS_PDF_MOVE, (const float[]){x, y}, 1);
}

static void line_to(hb_draw_funcs_t *functions, void *path,
        hb_draw_state_t *state, float x, float y, void *user)
{
    (void)functions, (void)state, (void)user;
    add(path, GS_PDF_LINE, (const float[]){x, y}, 1);
}

static void quadratic_to(hb_draw_funcs_t *functions, void *path,
        hb_draw_state_t *state, float cx, float cy, float x, float y,
        void *user)
{
    (void)functions, (void)state, (void)user;
    add(path, GS_PDF_QUADRATIC, (const float[]){cx, cy, x, y}, 2);
}

static void cubic_to(hb_draw_funcs_t *functions, void *path,
        hb_draw_state_t *state, float cx, float cy, float dx, float dy, float x,
        float y, void *user)
{
    (void)functions, (void)state, (void)user;
    add(path, GS_PDF_CUBIC, (const float[]){cx, cy, dx, dy, x, y}, 3);
}

hb_draw_funcs_t *gs_pdf_path_functions_new(void)
{
    hb_draw_funcs_t *functions = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(functions, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(functions, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(functions, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(functions, cubic_to, NULL, NULL);
    hb_draw_funcs_make_immutable(functions);
    return functions;
}

bool gs_pdf_path_draw(struct gs_pdf_path *path, hb_font_t *font,
        hb_draw_funcs_t *functions, uint32_t glyph)
{
    path->count = 0;
    path->bad = false;
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, functions, path);
#else
    hb_font_get_glyph_shape(font, glyph, functions, path);
#endif
    return !path->bad;
}
