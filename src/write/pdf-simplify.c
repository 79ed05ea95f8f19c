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
 * All is done with + - * / and square roots, which are exact to the last bit on
 * any machine, so that files are the same everywhere.
 */
#include "write/pdf-path.h"

#include <math.h>
#include <stdbool.h>

#include <glib.h>

/* Points of each curve that the new one has to pass. */
#define SAMPLES 4 /* at each quarter; two at a time */
#define RUN_MAX 12 /* curves that become one */
#define POINTS_MAX (SAMPLES * RUN_MAX)

/* Nothing beside a slope, and no zero to divide by. */
#define SLOPE_LEAST 1e-9

#define ROUNDS 2 /* of fitting and finding parameters */

/* Times the tolerance, squared, from which no further round would help. */
#define HOPELESS 9

/* Cosine of the turn that two curves may make where they meet. */
#define SMOOTH 0.985

struct vector {
    double x, y;
};

struct curve {
    struct vector p[4];
};

/*
 * A segment with what is asked of it again and again.  A line is a curve too,
 * whose inner points lie on its chord.
 */
struct piece {
    struct curve curve;
    bool is_line;
    bool is_smooth; /* goes on from the piece before */
    struct vector begin, end; /* directions */
    int count;
    struct vector points[SAMPLES]; /* along it; the last is its end */
    double lengths[SAMPLES]; /* of the steps to them */
};

static struct vector from_point(struct gs_pdf_point point)
{
    return (struct vector){
            (double)point.x / GS_PDF_UNIT, (double)point.y / GS_PDF_UNIT};
}

static struct vector between(struct vector from, struct vector to)
{
    return (struct vector){to.x - from.x, to.y - from.y};
}

static double dot(struct vector one, struct vector other)
{
    return one.x * other.x + one.y * other.y;
}

/* Of length 1, or 0. */
static struct vector direction(struct vector vector)
{
    const double length = sqrt(dot(vector, vector));
    return length > 0 ? (struct vector){vector.x / length, vector.y / length}
                      : (struct vector){0, 0};
}

static struct vector middle(struct vector one, struct vector other)
{
    return (struct vector){(one.x + other.x) / 2, (one.y + other.y) / 2};
}

/* --- the ends of a curve ------------------------------------------------------------ */

/* The direction it begins with: a control point may lie on the end. */
static struct vector first_direction(const struct curve *curve)
{
    for (int i = 1; i < 4; i++) {
        const struct vector found =
                direction(between(curve->p[0], curve->p[i]));
        if (found.x != 0 || found.y != 0) {
            return found;
        }
    }
    return (struct vector){0, 0};
}

/* The direction it arrives with. */
static struct vector last_direction(const struct curve *curve)
{
    for (int i = 2; i >= 0; i--) {
        const struct vector found =
                direction(between(curve->p[i], curve->p[3]));
        if (found.x != 0 || found.y != 0) {
            return found;
        }
    }
    return (struct vector){0, 0};
}

/* --- fitting ------------------------------------------------------------------------ */

/* Two numbers that are reckoned with at once: of two points side by side. */
typedef double pair __attribute__((vector_size(2 * sizeof(double))));

/* Points of the old curves, and where the new one should come by. */
struct run {
    pair x[POINTS_MAX / 2], y[POINTS_MAX / 2];
    pair lengths[POINTS_MAX / 2]; /* of the way to them */
    pair at[POINTS_MAX / 2]; /* parameters of the new curve */
    int count; /* of pairs */
    double length;
};

static void add_samples(struct run *run, const struct piece *piece)
{
    for (int i = 0; i < piece->count; i += 2) {
        const struct vector one = piece->points[i], two = piece->points[i + 1];
        const double length = run->length + piece->lengths[i];
        run->length = length + piece->lengths[i + 1];
        run->x[run->count] = (pair){one.x, two.x};
        run->y[run->count] = (pair){one.y, two.y};
        run->lengths[run->count++] = (pair){length, run->length};
    }
}

static struct vector moved(
        struct vector from, struct vector direction, double length)
{
    return (struct vector){
            from.x + length * direction.x, from.y + length * direction.y};
}

static bool is_inside(struct vector vector)
{
    return fabs(vector.x) <= GS_PDF_COORDINATE_MAX &&
            fabs(vector.y) <= GS_PDF_COORDINATE_MAX;
}

/* To the nearest integer of one inside, halves upwards: floor() takes longer. */
static double rounded(double value)
{
    const double up = GS_PDF_COORDINATE_MAX + 1;
    return (int32_t)(value + up + 0.5) - up;
}

static double sum(pair values)
{
    return values[0] + values[1];
}

static bool is_within(pair values, double most)
{
    return values[0] <= most && values[1] <= most;
}

/* Sets the inner points of `curve`, whose ends are set; false if they are wild. */
static bool fit(struct curve *curve, const struct run *run, struct vector begin,
        struct vector end)
{
    const struct vector from = curve->p[0], to = curve->p[3];
    const double cosine = -dot(begin, end);
    pair p11 = {0, 0}, p12 = {0, 0}, p22 = {0, 0}, p1 = {0, 0}, p2 = {0, 0};
    for (int i = 0; i < run->count; i++) {
        const pair t = run->at[i], s = 1 - t;
        const pair tt = t * t, ss = s * s;
        const pair b1 = 3 * ss * t, b2 = 3 * s * tt;
        const pair b0 = ss * s + b1, b3 = tt * t + b2;
        const pair x = run->x[i] - b0 * from.x - b3 * to.x;
        const pair y = run->y[i] - b0 * from.y - b3 * to.y;
        p11 += b1 * b1;
        p12 += b1 * b2;
        p22 += b2 * b2;
        p1 += b1 * (begin.x * x + begin.y * y);
        p2 -= b2 * (end.x * x + end.y * y);
    }
    const double b11 = sum(p11), b12 = cosine * sum(p12), b22 = sum(p22);
    const double x1 = sum(p1), x2 = sum(p2);
    const double determinant = b11 * b22 - b12 * b12;
    if (!(determinant > 1e-9 * b11 * b22)) {
        return false;
    }
    const double out = (x1 * b22 - x2 * b12) / determinant;
    const double in = (b11 * x2 - b12 * x1) / determinant;
    const double most = run->length;
    if (!(out > 0 && in > 0 && out < most && in < most)) {
        return false;
    }
    const struct vector one = moved(from, begin, out);
    const struct vector two = moved(to, end, -in);
    if (!is_inside(one) || !is_inside(two)) {
        return false;
    }
    /* As they will be written. */
    curve->p[1] = (struct vector){rounded(one.x), rounded(one.y)};
    curve->p[2] = (struct vector){rounded(two.x), rounded(two.y)};
    return true;
}

/* d + t (c + t (b + t a)) */
struct polynomial {
    struct vector a, b, c, d;
};

static struct polynomial polynomial_of(const struct curve *curve)
{
    const struct vector *p = curve->p;
    const struct vector c = {3 * (p[1].x - p[0].x), 3 * (p[1].y - p[0].y)};
    const struct vector b = {3 * (p[2].x - 2 * p[1].x + p[0].x),
            3 * (p[2].y - 2 * p[1].y + p[0].y)};
    const struct vector a = {
            p[3].x - p[0].x - c.x - b.x, p[3].y - p[0].y - c.y - b.y};
    return (struct polynomial){a, b, c, p[0]};
}

/* What a run's points lie off a curve. */
enum distance {
    DISTANCE_FAR,
    DISTANCE_LITTLE, /* another round of fitting may help */
    DISTANCE_NEAR,
};

/*
 * Moves the parameters towards the nearest points.  Near is what lies within a
 * distance, squared, where the parameters said; about, where they say now; ends at
 * a point that lies beyond `hopeless` there.
 */
static enum distance approach(struct run *run, const struct polynomial *curve,
        double square, double hopeless, bool *about)
{
    const struct vector a = curve->a, b = curve->b, c = curve->c, d = curve->d;
    bool is_near = true;
    *about = true;
    for (int i = 0; i < run->count; i++) {
        const pair t = run->at[i];
        const pair slope_x = c.x + t * (2 * b.x + t * (3 * a.x));
        const pair slope_y = c.y + t * (2 * b.y + t * (3 * a.y));
        const pair x = run->x[i] - (d.x + t * (c.x + t * (b.x + t * a.x)));
        const pair y = run->y[i] - (d.y + t * (c.y + t * (b.y + t * a.y)));
        const pair at = t +
                (x * slope_x + y * slope_y) /
                        (slope_x * slope_x + slope_y * slope_y + SLOPE_LEAST);
        run->at[i] = (pair){CLAMP(at[0], 0, 1), CLAMP(at[1], 0, 1)};
        const pair step = run->at[i] - t;
        const pair left_x = x - step * slope_x, left_y = y - step * slope_y;
        const pair left = left_x * left_x + left_y * left_y;
        if (!is_within(left, hopeless)) {
            return DISTANCE_FAR;
        }
        is_near = is_near && is_within(x * x + y * y, square);
        *about = *about && is_within(left, square);
    }
    return is_near ? DISTANCE_NEAR : DISTANCE_LITTLE;
}

/* Whether the points lie within a distance, squared, where the parameters say. */
static bool is_near(const struct run *run, const struct polynomial *curve,
        double square)
{
    const struct vector a = curve->a, b = curve->b, c = curve->c, d = curve->d;
    for (int i = 0; i < run->count; i++) {
        const pair t = run->at[i];
        const pair x = run->x[i] - (d.x + t * (c.x + t * (b.x + t * a.x)));
        const pair y = run->y[i] - (d.y + t * (c.y + t * (b.y + t * a.y)));
        if (!is_within(x * x + y * y, square)) {
            return false;
        }
    }
    return true;
}

/* Makes one curve of the run's; false where none is near enough. */
static bool join(struct curve *joined, struct run *run, struct vector begin,
        struct vector end, double tolerance)
{
    const double part = 1 / run->length;
    const double enough = tolerance * tolerance;
    for (int i = 0; i < run->count; i++) {
        run->at[i] = run->lengths[i] * part;
    }
    for (int round = 1; round <= ROUNDS; round++) {
        if (!fit(joined, run, begin, end)) {
            return false;
        }
        const struct polynomial curve = polynomial_of(joined);
        bool about;
        const enum distance distance = approach(run, &curve, enough,
                round < ROUNDS ? HOPELESS * enough : enough, &about);
        if (distance == DISTANCE_NEAR) {
            return true;
        }
        if (distance == DISTANCE_FAR) {
            return false;
        }
        if (about && is_near(run, &curve, enough)) {
            return true;
        }
    }
    return false;
}

/* Whether the chord from `from` to `to` will do, and the run does not turn back. */
static bool is_straight(const struct run *run, struct vector from,
        struct vector to, double tolerance)
{
    const struct vector chord = between(from, to);
    const double square = dot(chord, chord);
    double before = 0;
    for (int i = 0; i < run->count; i++) {
        const pair x = run->x[i] - from.x, y = run->y[i] - from.y;
        const pair along = x * chord.x + y * chord.y;
        const pair off = x * chord.y - y * chord.x;
        if (!(along[0] >= before && along[1] >= along[0] &&
                    is_within(off * off, tolerance * tolerance * square))) {
            return false;
        }
        before = along[1];
    }
    return true;
}

/* --- pieces ------------------------------------------------------------------------- */

static struct curve line_curve(struct vector from, struct vector to)
{
    const struct vector way = between(from, to);
    return (struct curve){{from, {from.x + way.x / 3, from.y + way.y / 3},
            {to.x - way.x / 3, to.y - way.y / 3}, to}};
}

/* Within an eighth of the length, and quicker: it only begins a search. */
static double rough_length(struct vector way)
{
    const double x = fabs(way.x), y = fabs(way.y);
    return x > y ? x + y / 2 : y + x / 2;
}

/* At half its length, or at each quarter, of the parameter. */
static void find_points(struct piece *piece)
{
    const struct vector *p = piece->curve.p;
    piece->count = piece->is_line ? 2 : SAMPLES;
    piece->points[piece->count - 1] = p[3];
    if (piece->is_line) {
        piece->points[0] = middle(p[0], p[3]);
        return;
    }
    piece->points[0] =
            (struct vector){(27 * (p[0].x + p[1].x) + 9 * p[2].x + p[3].x) / 64,
                    (27 * (p[0].y + p[1].y) + 9 * p[2].y + p[3].y) / 64};
    piece->points[1] =
            (struct vector){(p[0].x + 3 * (p[1].x + p[2].x) + p[3].x) / 8,
                    (p[0].y + 3 * (p[1].y + p[2].y) + p[3].y) / 8};
    piece->points[2] =
            (struct vector){(p[0].x + 9 * p[1].x + 27 * (p[2].x + p[3].x)) / 64,
                    (p[0].y + 9 * p[1].y + 27 * (p[2].y + p[3].y)) / 64};
}

static void add_samples_of(struct piece *piece)
{
    struct vector last = piece->curve.p[0];
    find_points(piece);
    for (int i = 0; i < piece->count; i++) {
        piece->lengths[i] = rough_length(between(last, piece->points[i]));
        last = piece->points[i];
    }
}

/* False for a segment that is neither a line nor a cubic curve. */
static bool make_piece(struct piece *piece, const struct piece *before,
        const struct gs_pdf_segment *segment, struct vector at)
{
    if (segment->step == GS_PDF_LINE) {
        piece->curve = line_curve(at, from_point(segment->points[0]));
    } else if (segment->step == GS_PDF_CUBIC) {
        piece->curve.p[0] = at;
        for (int i = 0; i < 3; i++) {
            piece->curve.p[i + 1] = from_point(segment->points[i]);
        }
    } else {
        return false;
    }
    piece->is_line = segment->step == GS_PDF_LINE;
    piece->begin = first_direction(&piece->curve);
    piece->end = last_direction(&piece->curve);
    piece->is_smooth =
            before != NULL && dot(before->end, piece->begin) > SMOOTH;
    add_samples_of(piece);
    return true;
}

static int numbers_of(bool is_line)
{
    return is_line ? 2 : 6;
}

/* What stands for some pieces. */
struct substitute {
    struct curve curve;
    bool is_line;
    size_t count; /* of the pieces; 0: nothing is better than them */
};

/* The best one for the first pieces: as few numbers as can be. */
static struct substitute find_substitute(
        const struct piece *pieces, size_t count, double tolerance)
{
    const struct vector from = pieces[0].curve.p[0];
    struct substitute best = {.count = 0};
    int numbers = 0, most = 0;
    struct run run;
    run.count = 0;
    run.length = 0;
    for (size_t i = 0; i < MIN(count, RUN_MAX); i++) {
        const struct piece *last = &pieces[i];
        struct curve curve = {.p = {[0] = from, [3] = last->curve.p[3]}};
        if (i > 0 && !last->is_smooth) {
            break;
        }
        numbers += numbers_of(last->is_line);
        add_samples(&run, last);
        const bool straight =
                is_straight(&run, from, last->curve.p[3], tolerance);
        if (!straight && numbers > numbers_of(false) &&
                !join(&curve, &run, pieces[0].begin, last->end, tolerance)) {
            break;
        }
        if (numbers - numbers_of(straight) > most) {
            most = numbers - numbers_of(straight);
            best = (struct substitute){curve, straight, i + 1};
        }
    }
    return best;
}

/* --- a path ------------------------------------------------------------------------- */

static struct gs_pdf_point to_point(struct vector vector)
{
    return (struct gs_pdf_point){.x = (int32_t)(vector.x * GS_PDF_UNIT),
            .y = (int32_t)(vector.y * GS_PDF_UNIT)};
}

static struct gs_pdf_segment to_segment(const struct substitute *substitute)
{
    struct gs_pdf_segment segment = {
            .step = substitute->is_line ? GS_PDF_LINE : GS_PDF_CUBIC};
    for (int i = 0; i < 3; i++) {
        segment.points[i] =
                to_point(substitute->curve.p[substitute->is_line ? 3 : i + 1]);
    }
    return segment;
}

/* Makes pieces of one contour's segments behind its move; how many could be. */
static size_t make_pieces(struct piece *pieces, struct gs_pdf_point start,
        const struct gs_pdf_segment *segments, size_t count)
{
    struct vector at = from_point(start);
    for (size_t i = 0; i < count; i++) {
        if (!make_piece(&pieces[i], i > 0 ? &pieces[i - 1] : NULL, &segments[i],
                    at)) {
            return i;
        }
        at = pieces[i].curve.p[3];
    }
    return count;
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
            const struct substitute found =
                    find_substitute(pieces + k, count - k, tolerance);
            segments[kept++] =
                    found.count > 0 ? to_segment(&found) : segments[i + k];
            k += MAX(found.count, 1);
        }
        i += count;
    }
    path->count = kept;
    g_free(pieces);
}
