/*
 * Simple glyphs of a TrueType font (the table glyf).
 *
 * A contour is a ring of points, on the curve or off it; a point on the curve
 * half way between two off it need not be written.  HarfBuzz gives such points,
 * and here they go again.
 */
#include "write/pdf-path.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>

/* A bound of our own: contours are counted in 16 bits with sign, points in 16. */
#define POINTS_MAX 32767u

enum flags {
    ON_CURVE = 1 << 0,
    X_SHORT = 1 << 1,
    Y_SHORT = 1 << 2,
    REPEAT = 1 << 3,
    X_SAME_OR_POSITIVE = 1 << 4,
    Y_SAME_OR_POSITIVE = 1 << 5,
};

struct point {
    int32_t x, y; /* 1/65536 at first, then whole units */
    bool on;
};

struct outline {
    struct point *points;
    size_t count;
    uint16_t *ends; /* the last point of each contour */
    size_t contours;
};

/* --- points --------------------------------------------------------------------- */

static void add_point(
        struct outline *outline, struct gs_pdf_point point, bool on)
{
    outline->points[outline->count++] =
            (struct point){.x = point.x, .y = point.y, .on = on};
}

static bool is_implied(const struct point *before, const struct point *point,
        const struct point *after)
{
    return point->on && !before->on && !after->on &&
            2 * (int64_t)point->x == (int64_t)before->x + after->x &&
            2 * (int64_t)point->y == (int64_t)before->y + after->y;
}

static int32_t whole(int32_t fixed)
{
    const int64_t up = (int64_t)fixed + GS_PDF_UNIT / 2;
    return (int32_t)(up >= 0 ? up / GS_PDF_UNIT
                             : -((GS_PDF_UNIT - 1 - up) / GS_PDF_UNIT));
}

/* Ends the contour that begins at the point `first`. */
static void end_contour(struct outline *outline, size_t first)
{
    struct point *points = outline->points + first;
    size_t count = outline->count - first;
    if (count > 1 && points[count - 1].on &&
            points[count - 1].x == points[0].x &&
            points[count - 1].y == points[0].y) {
        count--; /* it is closed anyway */
    }
    /* Neighbours of an implied point are off the curve, so they stay. */
    size_t kept = 0;
    const struct point last = points[count - 1], start = points[0];
    struct point before = last;
    for (size_t i = 0; i < count; i++) {
        const struct point point = points[i];
        const struct point after = i + 1 < count ? points[i + 1] : start;
        if (!is_implied(&before, &point, &after)) {
            points[kept++] = point;
        }
        before = point;
    }
    for (size_t i = 0; i < kept; i++) {
        points[i].x = whole(points[i].x);
        points[i].y = whole(points[i].y);
    }
    outline->count = first + kept;
    if (kept > 1) {
        outline->ends[outline->contours++] = (uint16_t)(outline->count - 1);
    } else {
        outline->count = first; /* a point has no inside */
    }
}

/* False where the path has curves that the table cannot hold, or too many. */
static bool find_points(struct outline *outline, const struct gs_pdf_path *path)
{
    size_t first = 0;
    for (size_t i = 0; i < path->count; i++) {
        const struct gs_pdf_segment *segment = &path->segments[i];
        switch (segment->step) {
        case GS_PDF_MOVE:
            if (outline->count > first) {
                end_contour(outline, first);
            }
            first = outline->count;
            add_point(outline, segment->points[0], true);
            break;
        case GS_PDF_LINE:
            add_point(outline, segment->points[0], true);
            break;
        case GS_PDF_QUADRATIC:
            add_point(outline, segment->points[0], false);
            add_point(outline, segment->points[1], true);
            break;
        case GS_PDF_CUBIC:
            return false;
        }
    }
    if (outline->count > first) {
        end_contour(outline, first);
    }
    return outline->count <= POINTS_MAX;
}

/* --- bytes ---------------------------------------------------------------------- */

/* Whole units fit 16 bits: a path is within 16383 of its origin. */
static void put16(struct gs_pdf_buffer *out, int value)
{
    gs_pdf_put_be(out, (uint16_t)value, 2);
}

static uint8_t coordinate_flags(int delta, unsigned is_short, unsigned same)
{
    if (delta == 0) {
        return (uint8_t)same;
    }
    if (abs(delta) > 255) {
        return 0;
    }
    return (uint8_t)(is_short | (delta > 0 ? same : 0));
}

static void put_flags(
        struct gs_pdf_buffer *out, const uint8_t *flags, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t run = 1;
        while (i + run < count && run < 256 && flags[i + run] == flags[i]) {
            run++;
        }
        const unsigned char bytes[2] = {
                (unsigned char)(flags[i] | (run > 1 ? REPEAT : 0)),
                (unsigned char)(run - 1)};
        gs_pdf_put(out, bytes, run > 1 ? 2 : 1);
        i += run;
    }
}

static void put_coordinate(
        struct gs_pdf_buffer *out, int delta, bool is_short, bool same)
{
    if (is_short) {
        const unsigned char byte = (unsigned char)abs(delta);
        gs_pdf_put(out, &byte, 1);
    } else if (!same) {
        put16(out, delta);
    }
}

static void put_points(struct gs_pdf_buffer *out, const struct outline *outline)
{
    const struct point *points = outline->points;
    uint8_t *flags = g_new(uint8_t, outline->count);
    struct point at = {0};
    for (size_t i = 0; i < outline->count; i++) {
        flags[i] = (uint8_t)((points[i].on ? ON_CURVE : 0) |
                coordinate_flags(
                        points[i].x - at.x, X_SHORT, X_SAME_OR_POSITIVE) |
                coordinate_flags(
                        points[i].y - at.y, Y_SHORT, Y_SAME_OR_POSITIVE));
        at = points[i];
    }
    put_flags(out, flags, outline->count);
    int x = 0, y = 0;
    for (size_t i = 0; i < outline->count; i++) {
        put_coordinate(out, points[i].x - x, (flags[i] & X_SHORT) != 0,
                (flags[i] & X_SAME_OR_POSITIVE) != 0);
        x = points[i].x;
    }
    for (size_t i = 0; i < outline->count; i++) {
        put_coordinate(out, points[i].y - y, (flags[i] & Y_SHORT) != 0,
                (flags[i] & Y_SAME_OR_POSITIVE) != 0);
        y = points[i].y;
    }
    g_free(flags);
}

static void find_box(const struct outline *outline, struct gs_pdf_glyf *glyf)
{
    const struct point *points = outline->points;
    glyf->x_min = glyf->x_max = points[0].x;
    glyf->y_min = glyf->y_max = points[0].y;
    for (size_t i = 1; i < outline->count; i++) {
        glyf->x_min = MIN(glyf->x_min, points[i].x);
        glyf->x_max = MAX(glyf->x_max, points[i].x);
        glyf->y_min = MIN(glyf->y_min, points[i].y);
        glyf->y_max = MAX(glyf->y_max, points[i].y);
    }
}

static void put_outline(struct gs_pdf_buffer *out,
        const struct outline *outline, struct gs_pdf_glyf *glyf)
{
    const size_t began = out->size;
    find_box(outline, glyf);
    glyf->points = (unsigned)outline->count;
    glyf->contours = (unsigned)outline->contours;
    put16(out, (int)outline->contours);
    put16(out, glyf->x_min);
    put16(out, glyf->y_min);
    put16(out, glyf->x_max);
    put16(out, glyf->y_max);
    for (size_t i = 0; i < outline->contours; i++) {
        put16(out, outline->ends[i]);
    }
    put16(out, 0); /* no instructions */
    put_points(out, outline);
    static const char zeros[3] = {0};
    gs_pdf_put(out, zeros, (4 - (out->size - began) % 4) % 4);
}

bool gs_pdf_glyf_put(struct gs_pdf_buffer *out, const struct gs_pdf_path *path,
        struct gs_pdf_glyf *glyf)
{
    struct outline outline = {
            .points = g_new(struct point, 2 * path->count + 1),
            .ends = g_new(uint16_t, path->count + 1),
    };
    *glyf = (struct gs_pdf_glyf){0};
    const bool ok = find_points(&outline, path);
    if (ok && outline.count > 0) {
        put_outline(out, &outline, glyf);
    }
    g_free(outline.points);
    g_free(outline.ends);
    return ok;
}
