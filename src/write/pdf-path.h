/*
 * Outlines of glyphs, between the font they come from and the font program they
 * go into.
 *
 * HarfBuzz reads them: it takes CFF with subroutines of any kind apart, puts
 * composite glyphs together, and is hardened against hostile files.  What it
 * draws is encoded anew, so that a font program holds nothing of the file but
 * shapes and widths: no instructions, no hints, nothing unchecked.
 */
#ifndef GS_WRITE_PDF_PATH_H
#define GS_WRITE_PDF_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <hb.h>

#include "write/pdf-buffer.h"

/* Coordinates are font units, y up, in 1/65536. */
#define GS_PDF_UNIT 65536

/* In font units; the difference of two still fits 16 bits and a fraction. */
#define GS_PDF_COORDINATE_MAX 16383

struct gs_pdf_point {
    int32_t x, y;
};

enum gs_pdf_step { GS_PDF_MOVE, GS_PDF_LINE, GS_PDF_QUADRATIC, GS_PDF_CUBIC };

/* `points` ends with where the step arrives; the control points come first. */
struct gs_pdf_segment {
    enum gs_pdf_step step;
    struct gs_pdf_point points[3];
};

/*
 * A glyph's contours, each begun by a move and closed by a line where it does
 * not end where it began.  Zeroed is empty; memory is used again for the next
 * glyph.
 */
struct gs_pdf_path {
    struct gs_pdf_segment *segments;
    size_t count, room;
    bool bad; /* a coordinate out of bounds, or too many segments */
};

void gs_pdf_path_release(struct gs_pdf_path *path);

/*
 * The tables of a TrueType face that say what its glyphs are composed of.  Only
 * what gs_pdf_glyphs_can_draw() allows is bounded work for gs_pdf_path_draw().
 */
struct gs_pdf_glyphs {
    hb_blob_t *loca, *glyf;
    bool has_long_offsets;
};

void gs_pdf_glyphs_init(struct gs_pdf_glyphs *glyphs, hb_face_t *face);
void gs_pdf_glyphs_release(struct gs_pdf_glyphs *glyphs);
bool gs_pdf_glyphs_can_draw(const struct gs_pdf_glyphs *glyphs, uint32_t glyph);

/* The functions to draw with, for gs_pdf_path_draw(): hb_draw_funcs_destroy(). */
hb_draw_funcs_t *gs_pdf_path_functions_new(void);

/*
 * Draws a glyph, in font units whatever the scale of `font` is made for.  False
 * where the outline is beyond all bounds, as only a hostile file has it.
 */
bool gs_pdf_path_draw(struct gs_pdf_path *path, hb_font_t *font,
        hb_draw_funcs_t *functions, uint32_t glyph);

/*
 * Makes one line or cubic curve of several that run on smoothly, where it comes
 * within `tolerance` font units of them.  Quadratic curves stay as they are.
 */
void gs_pdf_path_simplify(struct gs_pdf_path *path, double tolerance);

/*
 * Appends the path as a Type 2 charstring (Adobe Technical Note 5177).  `width`
 * is told unless it is the default width of the font program, in which the
 * nominal width is 0.  False for a path with quadratic curves.
 */
bool gs_pdf_charstring_put(struct gs_pdf_buffer *out,
        const struct gs_pdf_path *path, int width, int default_width);

/* What the tables of a TrueType font tell about a glyph, in font units. */
struct gs_pdf_glyf {
    int x_min, y_min, x_max, y_max;
    unsigned points, contours;
};

/*
 * Appends the path as a simple glyph of the table glyf, filled up to four bytes;
 * nothing where the path is empty.  False for a path with cubic curves, or more
 * points than a glyph can have.
 */
bool gs_pdf_glyf_put(struct gs_pdf_buffer *out, const struct gs_pdf_path *path,
        struct gs_pdf_glyf *glyf);

#endif
