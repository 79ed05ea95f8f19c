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
#define SAMPLES 4
#define RUN_MAX 12 /* curves that become one */
#define POINTS_MAX (SAMPLES * RUN_MAX)

/* Nothing beside a slope, and no zero to divide by. */
#define SLOPE_LEAST 1e-9

#define ROUNDS 2 /* of fitting and finding parameters */

/* Times the tolerance, squared, from which no further round would help. */
#define HOPELESS 16

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

static struct vector point_at(const struct curve *curve, double t)
{
    const double s = 1 - t;
    const double b[4] = {s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t};
    struct vector sum = {0, 0};
    for (int i = 0; i < 4; i++) {
        sum.x += b[i] * curve->p[i].x;
        sum.y += b[i] * curve->p[i].y;
    }
    return sum;
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

/* Points of the old curves, and where the new one should come by. */
struct run {
    struct vector points[POINTS_MAX];
    double lengths[POINTS_MAX]; /* of the way to them */
    double at[POINTS_MAX]; /* parameters of the new curve */
    int count;
};

static void add_samples(struct run *run, const struct piece *piece)
{
    double length = run->count > 0 ? run->lengths[run->count - 1] : 0;
    for (int i = 0; i < piece->count; i++) {
        length += piece->lengths[i];
        run->points[run->count] = piece->points[i];
        run->lengths[run->count++] = length;
    }
}

static struct vector rounded(
        struct vector from, struct vector direction, double length)
{
    return (struct vector){floor(from.x + length * direction.x + 0.5),
            floor(from.y + length * direction.y + 0.5)};
}

static bool is_inside(struct vector vector)
{
    return fabs(vector.x) <= GS_PDF_COORDINATE_MAX &&
            fabs(vector.y) <= GS_PDF_COORDINATE_MAX;
}

/* Sets the inner points of `curve`, whose ends are set; false if they are wild. */
static bool fit(struct curve *curve, const struct run *run, struct vector begin,
        struct vector end)
{
    const double cosine = -dot(begin, end);
    double b11 = 0, b12 = 0, b22 = 0, x1 = 0, x2 = 0;
    for (int i = 0; i < run->count; i++) {
        const double t = run->at[i], s = 1 - t;
        const double b1 = 3 * s * s * t, b2 = 3 * s * t * t;
        const double b0 = s * s * s + b1, b3 = t * t * t + b2;
        const struct vector rest = {
                run->points[i].x - b0 * curve->p[0].x - b3 * curve->p[3].x,
                run->points[i].y - b0 * curve->p[0].y - b3 * curve->p[3].y};
        b11 += b1 * b1;
        b12 += b1 * b2;
        b22 += b2 * b2;
        x1 += b1 * dot(begin, rest);
        x2 -= b2 * dot(end, rest);
    }
    b12 *= cosine;
    const double determinant = b11 * b22 - b12 * b12;
    if (!(determinant > 1e-9 * b11 * b22)) {
        return false;
    }
    const double out = (x1 * b22 - x2 * b12) / determinant;
    const double in = (b11 * x2 - b12 * x1) / determinant;
    const double most = run->lengths[run->count - 1];
    if (!(out > 0 && in > 0 && out < most && in < most)) {
        return false;
    }
    /* As they will be written. */
    curve->p[1] = rounded(curve->p[0], begin, out);
    curve->p[2] = rounded(curve->p[3], end, -in);
    return is_inside(curve->p[1]) && is_inside(curve->p[2]);
}

/* Moves the parameters towards the nearest points; about what is left, squared. */
static double approach(struct run *run, const struct curve *curve)
{
    const struct vector *p = curve->p;
    /* d + t (c + t (b + t a)) */
    const struct vector c = {3 * (p[1].x - p[0].x), 3 * (p[1].y - p[0].y)};
    const struct vector b = {3 * (p[2].x - 2 * p[1].x + p[0].x),
            3 * (p[2].y - 2 * p[1].y + p[0].y)};
    const struct vector a = {
            p[3].x - p[0].x - c.x - b.x, p[3].y - p[0].y - c.y - b.y};
    double most = 0;
    for (int i = 0; i < run->count; i++) {
        const double t = run->at[i];
        const struct vector slope = {c.x + t * (2 * b.x + t * 3 * a.x),
                c.y + t * (2 * b.y + t * 3 * a.y)};
        const struct vector off = {
                run->points[i].x - (p[0].x + t * (c.x + t * (b.x + t * a.x))),
                run->points[i].y - (p[0].y + t * (c.y + t * (b.y + t * a.y)))};
        const double step = dot(off, slope) / (dot(slope, slope) + SLOPE_LEAST);
        run->at[i] = CLAMP(t + step, 0, 1);
        const double moved = run->at[i] - t;
        const struct vector left = {
                off.x - moved * slope.x, off.y - moved * slope.y};
        most = MAX(most, dot(left, left));
    }
    return most;
}

/* Whether the points lie within a distance, squared, where the parameters say. */
static bool is_near(
        const struct run *run, const struct curve *curve, double square)
{
    for (int i = 0; i < run->count; i++) {
        const struct vector off =
                between(point_at(curve, run->at[i]), run->points[i]);
        if (!(dot(off, off) <= square)) {
            return false;
        }
    }
    return true;
}

/* Makes one curve of the run's; false where none is near enough. */
static bool join(struct curve *joined, struct run *run, struct vector begin,
        struct vector end, double tolerance)
{
    const double total = run->lengths[run->count - 1];
    const double enough = tolerance * tolerance;
    for (int i = 0; i < run->count; i++) {
        run->at[i] = run->lengths[i] / total;
    }
    for (int round = 0; round < ROUNDS; round++) {
        if (!fit(joined, run, begin, end)) {
            return false;
        }
        const double most = approach(run, joined);
        if (most <= enough && is_near(run, joined, enough)) {
            return true;
        }
        if (most > HOPELESS * enough) {
            return false;
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
        const struct vector way = between(from, run->points[i]);
        const double along = dot(way, chord);
        const double off = way.x * chord.y - way.y * chord.x;
        if (!(along >= before && off * off <= tolerance * tolerance * square)) {
            return false;
        }
        before = along;
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

static void add_samples_of(struct piece *piece)
{
    struct vector last = piece->curve.p[0];
    piece->count = piece->is_line ? 2 : SAMPLES;
    for (int i = 0; i < piece->count; i++) {
        const struct vector point =
                point_at(&piece->curve, (double)(i + 1) / piece->count);
        piece->points[i] = point;
        piece->lengths[i] = rough_length(between(last, point));
        last = point;
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
    for (size_t i = 0; i < MIN(count, RUN_MAX); i++) {
        const struct piece *last = &pieces[i];
        struct curve curve = line_curve(from, last->curve.p[3]);
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
