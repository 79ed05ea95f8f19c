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
 * Each segment has four points that the new one has to pass (pdf-piece.h), and
 * they are reckoned with at once.  All is done with + - * / and square roots, which
 * are exact to the last bit on any machine, so that files are the same everywhere.
 * What single precision leaves out is a thousandth of the tolerance.
 */
#include "write/pdf-path.h"

#include <math.h>
#include <stdbool.h>

#include <glib.h>

#include "write/pdf-piece.h"

#define RUN_MAX 12 /* segments that become one */

/* Nothing beside a slope, and no zero to divide by. */
#define SLOPE_LEAST 1e-9f

#define ROUNDS 2 /* of fitting and finding parameters */

/* Times the tolerance, squared, from which no further round would help. */
#define HOPELESS 4

/* Of length 1, or 0. */
static struct gs_pdf_vector direction(struct gs_pdf_vector vector)
{
    const float length = sqrtf(gs_pdf_dot(vector, vector));
    return length > 0
            ? (struct gs_pdf_vector){vector.x / length, vector.y / length}
            : vector;
}

/* --- four at once ------------------------------------------------------------------- */

typedef int32_t quad_mask __attribute__((vector_size(4 * sizeof(int32_t))));
typedef int64_t pair_mask __attribute__((vector_size(2 * sizeof(int64_t))));

static bool is_any(quad_mask mask)
{
    const pair_mask halves = (pair_mask)mask;
    return (halves[0] | halves[1]) != 0;
}

static float sum(gs_pdf_quad values)
{
    return (values[0] + values[1]) + (values[2] + values[3]);
}

/* Between 0 and 1. */
static gs_pdf_quad clamped(gs_pdf_quad values)
{
    const gs_pdf_quad one = {1, 1, 1, 1};
    const gs_pdf_quad positive =
            (gs_pdf_quad)((quad_mask)values & (values > 0));
    const quad_mask below = positive < 1;
    return (gs_pdf_quad)(((quad_mask)positive & below) |
            ((quad_mask)one & ~below));
}

/* --- fitting ------------------------------------------------------------------------ */

/* Pieces, and the curve that is to come by their points. */
struct run {
    const struct gs_pdf_piece *pieces;
    size_t count;
    struct gs_pdf_vector from; /* where they begin … */
    struct gs_pdf_vector way; /* … and on to where they end */
    struct gs_pdf_vector begin, end; /* directions of length 1 */
    float durations[RUN_MAX], duration; /* while the speed never jumps */
    gs_pdf_quad at[RUN_MAX]; /* parameters at which the points should lie */
    gs_pdf_quad x[RUN_MAX], y[RUN_MAX]; /* how far off they do */
};

/* The inner control points of the curve, seen from where it begins. */
struct inner {
    struct gs_pdf_vector one, two;
};

static bool is_inside(struct gs_pdf_vector vector)
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
static bool settle(struct gs_pdf_vector *point, struct gs_pdf_vector from)
{
    const struct gs_pdf_vector there = {from.x + point->x, from.y + point->y};
    if (!is_inside(there)) {
        return false;
    }
    *point = (struct gs_pdf_vector){
            rounded(there.x) - from.x, rounded(there.y) - from.y};
    return true;
}

/* Finds the inner points; false if they are wild. */
static bool fit(const struct run *run, struct inner *inner)
{
    const struct gs_pdf_vector begin = run->begin, end = run->end;
    const struct gs_pdf_vector way = run->way;
    const float cosine = -gs_pdf_dot(begin, end);
    gs_pdf_quad p11 = {0}, p12 = {0}, p22 = {0}, p1 = {0}, p2 = {0};
    for (size_t i = 0; i < run->count; i++) {
        const gs_pdf_quad t = run->at[i], s = 1 - t;
        const gs_pdf_quad b1 = 3 * s * s * t, b2 = 3 * s * t * t;
        const gs_pdf_quad b3 = t * t * t + b2;
        const gs_pdf_quad x = run->pieces[i].x - run->from.x - b3 * way.x;
        const gs_pdf_quad y = run->pieces[i].y - run->from.y - b3 * way.y;
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
    const float most = gs_pdf_dot(way, way);
    if (!(out > 0 && in > 0 && out * out < most && in * in < most)) {
        return false;
    }
    inner->one = (struct gs_pdf_vector){out * begin.x, out * begin.y};
    inner->two = (struct gs_pdf_vector){way.x - in * end.x, way.y - in * end.y};
    return settle(&inner->one, run->from) && settle(&inner->two, run->from);
}

/* t (c + t (b + t a)), from where the run begins */
struct polynomial {
    struct gs_pdf_vector a, b, c;
};

static struct polynomial polynomial_of(
        const struct inner *inner, struct gs_pdf_vector way)
{
    const struct gs_pdf_vector one = inner->one, two = inner->two;
    const struct gs_pdf_vector c = {3 * one.x, 3 * one.y};
    const struct gs_pdf_vector b = {
            3 * (two.x - 2 * one.x), 3 * (two.y - 2 * one.y)};
    const struct gs_pdf_vector a = {way.x - c.x - b.x, way.y - c.y - b.y};
    return (struct polynomial){a, b, c};
}

/* Whether the points lie within a distance, squared, where the parameters say. */
static bool is_near(
        struct run *run, const struct polynomial *curve, float square)
{
    const struct gs_pdf_vector a = curve->a, b = curve->b, c = curve->c;
    quad_mask off = {0};
    for (size_t i = 0; i < run->count; i++) {
        const gs_pdf_quad t = run->at[i];
        const gs_pdf_quad x = run->pieces[i].x - run->from.x -
                t * (c.x + t * (b.x + t * a.x));
        const gs_pdf_quad y = run->pieces[i].y - run->from.y -
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
    const struct gs_pdf_vector a = curve->a, b = curve->b, c = curve->c;
    quad_mask beyond = {0}, off = {0};
    for (size_t i = 0; i < run->count; i++) {
        const gs_pdf_quad t = run->at[i], x = run->x[i], y = run->y[i];
        const gs_pdf_quad slope_x = c.x + t * (2 * b.x + t * (3 * a.x));
        const gs_pdf_quad slope_y = c.y + t * (2 * b.y + t * (3 * a.y));
        run->at[i] = clamped(t +
                (x * slope_x + y * slope_y) /
                        (slope_x * slope_x + slope_y * slope_y + SLOPE_LEAST));
        const gs_pdf_quad step = run->at[i] - t;
        const gs_pdf_quad left_x = x - step * slope_x;
        const gs_pdf_quad left_y = y - step * slope_y;
        const gs_pdf_quad left = left_x * left_x + left_y * left_y;
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
    const gs_pdf_quad quarters = {0.25f, 0.5f, 0.75f, 1};
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
    const struct gs_pdf_vector way = run->way;
    const float most = tolerance * tolerance * gs_pdf_dot(way, way);
    quad_mask wrong = {0};
    for (size_t i = 0; i < run->count; i++) {
        const struct gs_pdf_piece *piece = &run->pieces[i];
        const gs_pdf_quad off = (piece->x - run->from.x) * way.y -
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
        const struct gs_pdf_piece *pieces, size_t count, float tolerance)
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
        const struct gs_pdf_piece *last = &pieces[i];
        struct inner inner = {{0, 0}, {0, 0}};
        if (i > 0 && !last->is_smooth) {
            break;
        }
        numbers += numbers_of(last->is_line);
        run.count = i + 1;
        run.durations[i] = i > 0 ? run.durations[i - 1] * last->pace : 1;
        run.duration += run.durations[i];
        run.way = gs_pdf_between(run.from, last->to);
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

static struct gs_pdf_point to_point(
        struct gs_pdf_vector from, struct gs_pdf_vector vector)
{
    return (struct gs_pdf_point){
            .x = (int32_t)rounded(from.x + vector.x) * GS_PDF_UNIT,
            .y = (int32_t)rounded(from.y + vector.y) * GS_PDF_UNIT};
}

/* From `from` to where `last` ends. */
static struct gs_pdf_segment to_segment(const struct substitute *substitute,
        struct gs_pdf_vector from, const struct gs_pdf_segment *last)
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

/* A line that nothing follows smoothly stays as it is, as most of them do. */
static bool is_alone(const struct gs_pdf_piece *piece, size_t count)
{
    return piece->is_line && (count == 1 || !piece[1].is_smooth);
}

void gs_pdf_path_simplify(struct gs_pdf_path *path, double tolerance)
{
    struct gs_pdf_piece *pieces = g_new(struct gs_pdf_piece, path->count);
    struct gs_pdf_segment *segments = path->segments;
    size_t kept = 0;
    for (size_t i = 0; i < path->count;) {
        segments[kept++] = segments[i++]; /* a move */
        const size_t count = gs_pdf_pieces_make(pieces,
                segments[kept - 1].points[0], segments + i, path->count - i);
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
