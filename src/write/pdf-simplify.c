/*
 * Outlines of fewer curves: neighbours that run on smoothly become one where it
 * stays near enough to them.
 *
 * Fonts that were traced have many more curves than their shapes need, and the
 * numbers of curves are most of a font program.  A run of them is replaced by a
 * line if it is straight, else by one curve that has the directions of its ends;
 * how far its control points lie out is found by least squares (Schneider, An
 * Algorithm for Automatically Fitting Digitized Curves, Graphics Gems, 1990), and
 * then its distance is measured.  Corners stay where they are, and so does where
 * a contour begins.
 *
 * Each segment has four points that the new one has to pass, and they are reckoned
 * with at once.  All is done with + - * / and square roots, which are exact to the
 * last bit on any machine, so that files are the same everywhere.  What single
 * precision leaves out is a thousandth of the tolerance.
 */
#include "write/pdf-path.h"

#include <math.h>
#include <stdbool.h>

#include <glib.h>

#define RUN_MAX 12 /* segments that become one */

/* Nothing beside a slope, and no zero to divide by. */
#define SLOPE_LEAST 1e-9f

#define ROUNDS 2 /* of fitting and finding parameters */

/* Times the tolerance, squared, from which no further round would help. */
#define HOPELESS 4

/* Cosine of the turn that two segments may make where they meet. */
#define SMOOTH 0.985f

struct vector {
    float x, y;
};

static struct vector from_point(struct gs_pdf_point point)
{
    return (struct vector){
            (float)point.x / GS_PDF_UNIT, (float)point.y / GS_PDF_UNIT};
}

static struct vector between(struct vector from, struct vector to)
{
    return (struct vector){to.x - from.x, to.y - from.y};
}

static float dot(struct vector one, struct vector other)
{
    return one.x * other.x + one.y * other.y;
}

static bool is_zero(struct vector vector)
{
    return vector.x == 0 && vector.y == 0;
}

/* Of length 1, or 0. */
static struct vector direction(struct vector vector)
{
    const float length = sqrtf(dot(vector, vector));
    return length > 0 ? (struct vector){vector.x / length, vector.y / length}
                      : vector;
}

/* --- four at once ------------------------------------------------------------------- */

/* Numbers of the points at each quarter of a segment; the last one is its end. */
typedef float quad __attribute__((vector_size(4 * sizeof(float))));
typedef int32_t quad_mask __attribute__((vector_size(4 * sizeof(int32_t))));
typedef int64_t pair_mask __attribute__((vector_size(2 * sizeof(int64_t))));

static bool is_any(quad_mask mask)
{
    const pair_mask halves = (pair_mask)mask;
    return (halves[0] | halves[1]) != 0;
}

static float sum(quad values)
{
    return (values[0] + values[1]) + (values[2] + values[3]);
}

/* Between 0 and 1. */
static quad clamped(quad values)
{
    const quad one = {1, 1, 1, 1};
    const quad positive = (quad)((quad_mask)values & (values > 0));
    const quad_mask below = positive < 1;
    return (quad)(((quad_mask)positive & below) | ((quad_mask)one & ~below));
}

/* --- pieces ------------------------------------------------------------------------- */

/* A segment with what is asked of it again and again. */
struct piece {
    quad x, y; /* its points */
    quad dx, dy; /* the steps to them */
    struct vector from, to;
    struct vector begin, end; /* to its first control point, from its last */
    bool is_line;
    bool is_smooth; /* goes on from the piece before */
    float pace; /* its duration, seen from that one */
};

/* The first control point that does not lie on the end: p[from], then on by `by`. */
static struct vector find_direction(const struct vector p[4], int from, int by)
{
    struct vector found = {0, 0};
    for (int i = 1; i < 4 && is_zero(found); i++) {
        found = between(p[from], p[from + i * by]);
    }
    return by > 0 ? found : (struct vector){-found.x, -found.y};
}

/* Where the control point of a line is. */
static struct vector third(struct vector way)
{
    return (struct vector){way.x / 3, way.y / 3};
}

/* Each is at its quarter of the parameter. */
static void find_line_points(struct piece *piece)
{
    const quad t = {0.25f, 0.5f, 0.75f, 1};
    const struct vector way = between(piece->from, piece->to);
    const quad zero = {0};
    piece->x = piece->from.x + t * way.x;
    piece->y = piece->from.y + t * way.y;
    piece->dx = zero + way.x / 4;
    piece->dy = zero + way.y / 4;
}

/* Bernstein's polynomials at each quarter, and from quarter to quarter. */
static void find_curve_points(struct piece *piece, const struct vector p[4])
{
    static const quad weights[4] = {{27 / 64.f, 8 / 64.f, 1 / 64.f, 0},
            {27 / 64.f, 24 / 64.f, 9 / 64.f, 0},
            {9 / 64.f, 24 / 64.f, 27 / 64.f, 0},
            {1 / 64.f, 8 / 64.f, 27 / 64.f, 1}};
    static const quad steps[4] = {
            {-37 / 64.f, -19 / 64.f, -7 / 64.f, -1 / 64.f},
            {27 / 64.f, -3 / 64.f, -15 / 64.f, -9 / 64.f},
            {9 / 64.f, 15 / 64.f, 3 / 64.f, -27 / 64.f},
            {1 / 64.f, 7 / 64.f, 19 / 64.f, 37 / 64.f}};
    quad x = {0}, y = {0}, dx = {0}, dy = {0};
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
static void find_pace(struct piece *piece, const struct piece *before)
{
    const float cosine = dot(before->end, piece->begin);
    const float square = dot(before->end, before->end);
    piece->is_smooth = cosine > 0 &&
            cosine * cosine >
                    SMOOTH * SMOOTH * square * dot(piece->begin, piece->begin);
    piece->pace = piece->is_smooth ? cosine / square : 0;
}

/* False for a segment that is neither a line nor a cubic curve. */
static bool make_piece(struct piece *piece,
        const struct gs_pdf_segment *segment, struct vector at)
{
    piece->is_line = segment->step == GS_PDF_LINE;
    piece->is_smooth = false;
    piece->from = at;
    if (piece->is_line) {
        piece->to = from_point(segment->points[0]);
        piece->begin = third(between(at, piece->to));
        piece->end = piece->begin;
        find_line_points(piece);
    } else if (segment->step == GS_PDF_CUBIC) {
        const struct vector p[4] = {at, from_point(segment->points[0]),
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

/* --- fitting ------------------------------------------------------------------------ */

/* Pieces, and the curve that is to come by their points. */
struct run {
    const struct piece *pieces;
    size_t count;
    struct vector from, way; /* where they begin, and on to where they end */
    struct vector begin, end; /* directions of length 1 */
    float durations[RUN_MAX], duration; /* while the speed never jumps */
    quad at[RUN_MAX]; /* parameters of the curve where the points should lie */
    quad x[RUN_MAX], y[RUN_MAX]; /* how far off they do */
};

/* The inner control points of the curve, seen from where it begins. */
struct inner {
    struct vector one, two;
};

static bool is_inside(struct vector vector)
{
    return fabsf(vector.x) <= GS_PDF_COORDINATE_MAX &&
            fabsf(vector.y) <= GS_PDF_COORDINATE_MAX;
}

/* To the nearest integer: beside so large a number, a fraction has no place. */
static float rounded(float value)
{
    const float large = 3 << 22;
    return value + large - large;
}

/* As it will be written: an integer.  False where it is out of bounds. */
static bool settle(struct vector *point, struct vector from)
{
    const struct vector there = {from.x + point->x, from.y + point->y};
    if (!is_inside(there)) {
        return false;
    }
    *point = (struct vector){
            rounded(there.x) - from.x, rounded(there.y) - from.y};
    return true;
}

/* Finds the inner points; false if they are wild. */
static bool fit(const struct run *run, struct inner *inner)
{
    const struct vector begin = run->begin, end = run->end, way = run->way;
    const float cosine = -dot(begin, end);
    quad p11 = {0}, p12 = {0}, p22 = {0}, p1 = {0}, p2 = {0};
    for (size_t i = 0; i < run->count; i++) {
        const quad t = run->at[i], s = 1 - t;
        const quad b1 = 3 * s * s * t, b2 = 3 * s * t * t;
        const quad b3 = t * t * t + b2;
        const quad x = run->pieces[i].x - run->from.x - b3 * way.x;
        const quad y = run->pieces[i].y - run->from.y - b3 * way.y;
        p11 += b1 * b1;
        p12 += b1 * b2;
        p22 += b2 * b2;
        p1 += b1 * (begin.x * x + begin.y * y);
        p2 -= b2 * (end.x * x + end.y * y);
    }
    const float b11 = sum(p11), b12 = cosine * sum(p12), b22 = sum(p22);
    const float x1 = sum(p1), x2 = sum(p2);
    const float determinant = b11 * b22 - b12 * b12;
    if (!(determinant > 1e-6f * b11 * b22)) {
        return false;
    }
    const float out = (x1 * b22 - x2 * b12) / determinant;
    const float in = (b11 * x2 - b12 * x1) / determinant;
    const float most = dot(way, way);
    if (!(out > 0 && in > 0 && out * out < most && in * in < most)) {
        return false;
    }
    inner->one = (struct vector){out * begin.x, out * begin.y};
    inner->two = (struct vector){way.x - in * end.x, way.y - in * end.y};
    return settle(&inner->one, run->from) && settle(&inner->two, run->from);
}

/* t (c + t (b + t a)), from where the run begins */
struct polynomial {
    struct vector a, b, c;
};

static struct polynomial polynomial_of(
        const struct inner *inner, struct vector way)
{
    const struct vector one = inner->one, two = inner->two;
    const struct vector c = {3 * one.x, 3 * one.y};
    const struct vector b = {3 * (two.x - 2 * one.x), 3 * (two.y - 2 * one.y)};
    const struct vector a = {way.x - c.x - b.x, way.y - c.y - b.y};
    return (struct polynomial){a, b, c};
}

/* Whether the points lie within a distance, squared, where the parameters say. */
static bool is_near(
        struct run *run, const struct polynomial *curve, float square)
{
    const struct vector a = curve->a, b = curve->b, c = curve->c;
    quad_mask off = {0};
    for (size_t i = 0; i < run->count; i++) {
        const quad t = run->at[i];
        const quad x = run->pieces[i].x - run->from.x -
                t * (c.x + t * (b.x + t * a.x));
        const quad y = run->pieces[i].y - run->from.y -
                t * (c.y + t * (b.y + t * a.y));
        off |= x * x + y * y > square;
        run->x[i] = x;
        run->y[i] = y;
    }
    return !is_any(off);
}

/* What a run's points lie off a curve. */
enum distance {
    DISTANCE_FAR,
    DISTANCE_LITTLE, /* another round of fitting may help */
    DISTANCE_NONE, /* about none */
};

/*
 * Moves the parameters towards the nearest points, after is_near(), and tells what
 * is left of the distance about: more than `square`, or even `hopeless`, squared.
 */
static enum distance approach(struct run *run, const struct polynomial *curve,
        float square, float hopeless)
{
    const struct vector a = curve->a, b = curve->b, c = curve->c;
    quad_mask beyond = {0}, off = {0};
    for (size_t i = 0; i < run->count; i++) {
        const quad t = run->at[i], x = run->x[i], y = run->y[i];
        const quad slope_x = c.x + t * (2 * b.x + t * (3 * a.x));
        const quad slope_y = c.y + t * (2 * b.y + t * (3 * a.y));
        run->at[i] = clamped(t +
                (x * slope_x + y * slope_y) /
                        (slope_x * slope_x + slope_y * slope_y + SLOPE_LEAST));
        const quad step = run->at[i] - t;
        const quad left_x = x - step * slope_x, left_y = y - step * slope_y;
        const quad left = left_x * left_x + left_y * left_y;
        beyond |= left > hopeless;
        off |= left > square;
    }
    return is_any(beyond) ? DISTANCE_FAR
            : is_any(off) ? DISTANCE_LITTLE
                          : DISTANCE_NONE;
}

/*
 * The parameters are first as if the pieces were parts of one curve, as they often
 * are: each takes its share of the time, and its points are at its quarters.
 */
static void begin_parameters(struct run *run)
{
    const quad quarters = {0.25f, 0.5f, 0.75f, 1};
    const float part = 1 / run->duration;
    float before = 0;
    for (size_t i = 0; i < run->count; i++) {
        run->at[i] = part * (before + run->durations[i] * quarters);
        before += run->durations[i];
    }
}

/* Makes one curve of the run's; false where none is near enough. */
static bool join(struct run *run, float tolerance, struct inner *inner)
{
    const float enough = tolerance * tolerance;
    begin_parameters(run);
    for (int round = 1; round <= ROUNDS; round++) {
        if (!fit(run, inner)) {
            return false;
        }
        const struct polynomial curve = polynomial_of(inner, run->way);
        if (is_near(run, &curve, enough)) {
            return true;
        }
        const enum distance distance = approach(run, &curve, enough,
                round < ROUNDS ? HOPELESS * enough : enough);
        if (distance == DISTANCE_FAR) {
            return false;
        }
        if (distance == DISTANCE_NONE && is_near(run, &curve, enough)) {
            return true;
        }
    }
    return false;
}

/* Whether the chord will do, and the run does not turn back. */
static bool is_straight(const struct run *run, float tolerance)
{
    const struct vector way = run->way;
    const float most = tolerance * tolerance * dot(way, way);
    quad_mask wrong = {0};
    for (size_t i = 0; i < run->count; i++) {
        const struct piece *piece = &run->pieces[i];
        const quad off = (piece->x - run->from.x) * way.y -
                (piece->y - run->from.y) * way.x;
        wrong |= piece->dx * way.x + piece->dy * way.y < 0;
        wrong |= off * off > most;
    }
    return !is_any(wrong);
}

/* --- substitutes -------------------------------------------------------------------- */

static int numbers_of(bool is_line)
{
    return is_line ? 2 : 6;
}

/* What stands for some pieces. */
struct substitute {
    struct inner inner; /* of a curve */
    bool is_line;
    size_t count; /* of the pieces; 0: nothing is better than them */
};

/* The best one for the first pieces: as few numbers as can be. */
static struct substitute find_substitute(
        const struct piece *pieces, size_t count, float tolerance)
{
    struct substitute best = {.count = 0};
    int numbers = 0, most = 0;
    bool straight = true; /* what is not is hardly part of what is */
    struct run run; /* the arrays are filled as they are needed */
    run.pieces = pieces;
    run.from = pieces[0].from;
    run.begin = direction(pieces[0].begin);
    run.duration = 0;
    for (size_t i = 0; i < MIN(count, RUN_MAX); i++) {
        const struct piece *last = &pieces[i];
        struct inner inner = {{0, 0}, {0, 0}};
        if (i > 0 && !last->is_smooth) {
            break;
        }
        numbers += numbers_of(last->is_line);
        run.count = i + 1;
        run.durations[i] = i > 0 ? run.durations[i - 1] * last->pace : 1;
        run.duration += run.durations[i];
        run.way = between(run.from, last->to);
        straight = straight && is_straight(&run, tolerance);
        if (!straight && numbers > numbers_of(false)) {
            run.end = direction(last->end);
            if (!join(&run, tolerance, &inner)) {
                break;
            }
        }
        if (numbers - numbers_of(straight) > most) {
            most = numbers - numbers_of(straight);
            best = (struct substitute){inner, straight, i + 1};
        }
    }
    return best;
}

/* --- a path ------------------------------------------------------------------------- */

static struct gs_pdf_point to_point(struct vector from, struct vector vector)
{
    return (struct gs_pdf_point){
            .x = (int32_t)rounded(from.x + vector.x) * GS_PDF_UNIT,
            .y = (int32_t)rounded(from.y + vector.y) * GS_PDF_UNIT};
}

/* From `from` to where `last` ends. */
static struct gs_pdf_segment to_segment(const struct substitute *substitute,
        struct vector from, const struct gs_pdf_segment *last)
{
    const struct gs_pdf_point end =
            last->points[last->step == GS_PDF_LINE ? 0 : 2];
    if (substitute->is_line) {
        return (struct gs_pdf_segment){.step = GS_PDF_LINE, .points = {end}};
    }
    return (struct gs_pdf_segment){.step = GS_PDF_CUBIC,
            .points = {to_point(from, substitute->inner.one),
                    to_point(from, substitute->inner.two), end}};
}

/* Makes pieces of one contour's segments behind its move; how many could be. */
static size_t make_pieces(struct piece *pieces, struct gs_pdf_point start,
        const struct gs_pdf_segment *segments, size_t count)
{
    struct vector at = from_point(start);
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

/* A line that nothing follows smoothly stays as it is, as most of them do. */
static bool is_alone(const struct piece *piece, size_t count)
{
    return piece->is_line && (count == 1 || !piece[1].is_smooth);
}

void gs_pdf_path_simplify(struct gs_pdf_path *path, double tolerance)
{
    struct piece *pieces = g_new(struct piece, path->count);
    struct gs_pdf_segment *segments = path->segments;
    size_t kept = 0;
    for (size_t i = 0; i < path->count;) {
        segments[kept++] = segments[i++]; /* a move */
        const size_t count = make_pieces(pieces, segments[kept - 1].points[0],
                segments + i, path->count - i);
        for (size_t k = 0; k < count;) {
            struct substitute found = {.count = 0};
            if (!is_alone(&pieces[k], count - k)) {
                found = find_substitute(
                        pieces + k, count - k, (float)tolerance);
            }
            if (found.count > 0) {
                segments[kept++] = to_segment(&found, pieces[k].from,
                        &segments[i + k + found.count - 1]);
            } else {
                segments[kept++] = segments[i + k];
            }
            k += MAX(found.count, 1);
        }
        i += count;
    }
    path->count = kept;
    g_free(pieces);
}
