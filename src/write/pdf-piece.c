/*
 * Pieces of outlines: segments with their points, directions and paces.
 */
#include "write/pdf-piece.h"

/* Cosine of the turn that two segments may make where they meet. */
#define SMOOTH 0.985f

static struct gs_pdf_vector from_point(struct gs_pdf_point point)
{
    return (struct gs_pdf_vector){
            (float)point.x / GS_PDF_UNIT, (float)point.y / GS_PDF_UNIT};
}

static bool is_zero(struct gs_pdf_vector vector)
{
    return vector.x == 0 && vector.y == 0;
}

/* The first control point that does not lie on the end: p[from], then on by `by`. */
static struct gs_pdf_vector find_direction(
        const struct gs_pdf_vector p[4], int from, int by)
{
    struct gs_pdf_vector found = {0, 0};
    for (int i = 1; i < 4 && is_zero(found); i++) {
        found = gs_pdf_between(p[from], p[from + i * by]);
    }
    return by > 0 ? found : (struct gs_pdf_vector){-found.x, -found.y};
}

/* Where the control point of a line is. */
static struct gs_pdf_vector third(struct gs_pdf_vector way)
{
    return (struct gs_pdf_vector){way.x / 3, way.y / 3};
}

/* Each is at its quarter of the parameter. */
static void find_line_points(struct gs_pdf_piece *piece)
{
    const gs_pdf_quad t = {0.25f, 0.5f, 0.75f, 1};
    const struct gs_pdf_vector way = gs_pdf_between(piece->from, piece->to);
    const gs_pdf_quad zero = {0};
    piece->x = piece->from.x + t * way.x;
    piece->y = piece->from.y + t * way.y;
    piece->dx = zero + way.x / 4;
    piece->dy = zero + way.y / 4;
}

/* Bernstein's polynomials at each quarter, and from quarter to quarter. */
static void find_curve_points(
        struct gs_pdf_piece *piece, const struct gs_pdf_vector p[4])
{
    static const gs_pdf_quad weights[4] = {{27 / 64.f, 8 / 64.f, 1 / 64.f, 0},
            {27 / 64.f, 24 / 64.f, 9 / 64.f, 0},
            {9 / 64.f, 24 / 64.f, 27 / 64.f, 0},
            {1 / 64.f, 8 / 64.f, 27 / 64.f, 1}};
    static const gs_pdf_quad steps[4] = {
            {-37 / 64.f, -19 / 64.f, -7 / 64.f, -1 / 64.f},
            {27 / 64.f, -3 / 64.f, -15 / 64.f, -9 / 64.f},
            {9 / 64.f, 15 / 64.f, 3 / 64.f, -27 / 64.f},
            {1 / 64.f, 7 / 64.f, 19 / 64.f, 37 / 64.f}};
    gs_pdf_quad x = {0}, y = {0}, dx = {0}, dy = {0};
    for (int i = 0; i < 4; i++) {
        x += weights[i] * p[i].x;
        y += weights[i] * p[i].y;
        dx += steps[i] * p[i].x;
        dy += steps[i] * p[i].y;
    }
    piece->x = x;
    piece->y = y;
    piece->dx = dx;
    piece->dy = dy;
}

/*
 * Whether a piece goes on smoothly from the one before, and how many times as long
 * it takes if it also goes on at the same speed.
 */
static void find_pace(
        struct gs_pdf_piece *piece, const struct gs_pdf_piece *before)
{
    const float cosine = gs_pdf_dot(before->end, piece->begin);
    const float square = gs_pdf_dot(before->end, before->end);
    piece->is_smooth = cosine > 0 &&
            cosine * cosine > SMOOTH * SMOOTH * square *
                            gs_pdf_dot(piece->begin, piece->begin);
    piece->pace = piece->is_smooth ? cosine / square : 0;
}

/* False for a segment that is neither a line nor a cubic curve. */
static bool make_piece(struct gs_pdf_piece *piece,
        const struct gs_pdf_segment *segment, struct gs_pdf_vector at)
{
    piece->is_line = segment->step == GS_PDF_LINE;
    piece->is_smooth = false;
    piece->from = at;
    if (piece->is_line) {
        piece->to = from_point(segment->points[0]);
        piece->begin = third(gs_pdf_between(at, piece->to));
        piece->end = piece->begin;
        find_line_points(piece);
    } else if (segment->step == GS_PDF_CUBIC) {
        const struct gs_pdf_vector p[4] = {at, from_point(segment->points[0]),
                from_point(segment->points[1]), from_point(segment->points[2])};
        piece->to = p[3];
        piece->begin = find_direction(p, 0, 1);
        piece->end = find_direction(p, 3, -1);
        find_curve_points(piece, p);
    } else {
        return false;
    }
    return true;
}

size_t gs_pdf_pieces_make(struct gs_pdf_piece *pieces,
        struct gs_pdf_point start, const struct gs_pdf_segment *segments,
        size_t count)
{
    struct gs_pdf_vector at = from_point(start);
    for (size_t i = 0; i < count; i++) {
        if (!make_piece(&pieces[i], &segments[i], at)) {
            return i;
        }
        if (i > 0) {
            find_pace(&pieces[i], &pieces[i - 1]);
        }
        at = pieces[i].to;
    }
    return count;
}
