/*
 * Pieces: the segments of a contour, as they are asked for to fit a curve to some
 * of them (pdf-simplify.c).  In font units, single precision.
 */
#ifndef GS_WRITE_PDF_PIECE_H
#define GS_WRITE_PDF_PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "write/pdf-path.h"

struct gs_pdf_vector {
    float x, y;
};

/* Numbers of the points at each quarter of a segment; the last one is its end. */
typedef float gs_pdf_quad __attribute__((vector_size(4 * sizeof(float))));

/* A segment with what is asked of it again and again. */
struct gs_pdf_piece {
    gs_pdf_quad x, y; /* its points */
    gs_pdf_quad dx, dy; /* the steps to them */
    struct gs_pdf_vector from, to;
    struct gs_pdf_vector begin; /* to its first control point */
    struct gs_pdf_vector end; /* from its last */
    bool is_line;
    bool is_smooth; /* goes on from the piece before */
    float pace; /* its duration, seen from that one */
};

/*
 * Makes pieces of one contour's segments behind its move, which leads to `start`.
 * How many could be: up to the first that is neither a line nor a cubic curve.
 */
size_t gs_pdf_pieces_make(struct gs_pdf_piece *pieces,
        struct gs_pdf_point start, const struct gs_pdf_segment *segments,
        size_t count);

static inline struct gs_pdf_vector gs_pdf_between(
        struct gs_pdf_vector from, struct gs_pdf_vector to)
{
    return (struct gs_pdf_vector){to.x - from.x, to.y - from.y};
}

static inline float gs_pdf_dot(
        struct gs_pdf_vector one, struct gs_pdf_vector other)
{
    return one.x * other.x + one.y * other.y;
}

#endif
