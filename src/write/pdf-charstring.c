/*
 * Type 2 charstrings: a path in as few bytes as its operators allow.
 *
 * An operator takes several segments of one kind, and most kinds leave out what
 * is zero: a curve that begins horizontally and ends vertically has four
 * numbers, not six.  Which operators to take is a shortest path: for each segment
 * and each way to encode it, the least bytes up to there.
 *
 * The closing line of a contour is left to the reader, who draws it anyway.
 */
#include "write/pdf-path.h"

#include <stdlib.h>

#include <glib.h>

/* Numbers before an operator (5177, appendix B). */
#define STACK_MAX 48

enum operator{
    VMOVETO = 4,
    RLINETO = 5,
    HLINETO = 6,
    VLINETO = 7,
    RRCURVETO = 8,
    ENDCHAR = 14,
    RMOVETO = 21,
    HMOVETO = 22,
    RCURVELINE = 24,
    RLINECURVE = 25,
    VVCURVETO = 26,
    HHCURVETO = 27,
    VHCURVETO = 30,
    HVCURVETO = 31,
};

/* How a segment is encoded, as part of which operator. */
enum way {
    LINES, /* rlineto */
    LINE_ACROSS, /* alternating: hlineto, vlineto */
    LINE_UP,
    LAST_LINE, /* rcurveline: ends it */
    CURVES, /* rrcurveto */
    LAST_CURVE, /* rlinecurve: ends it */
    CURVES_ACROSS, /* hhcurveto */
    CURVES_UP, /* vvcurveto */
    CURVE_ACROSS, /* alternating: begins horizontally, ends vertically */
    CURVE_UP,
    FREE_ACROSS, /* the same, but ends as it likes, and the operator */
    FREE_UP,
    WAYS,
};

#define UNREACHED UINT32_MAX

/* The best encoding up to a segment if that is encoded in one way. */
struct state {
    uint32_t bytes;
    uint8_t numbers; /* on the stack by now */
    uint8_t before; /* the way of the segment before */
    bool begins; /* a new operator */
};

struct step {
    int32_t d[6]; /* dx, dy of each of its points */
    uint8_t sizes[6]; /* of these numbers, in bytes */
    uint8_t size; /* of all of them */
    uint8_t zeros; /* which of them are zero, as bits */
    uint8_t best; /* of the states */
    uint16_t ways; /* that are open to it, as bits: those of the states set */
    struct state states[WAYS];
};

/* --- numbers ------------------------------------------------------------------ */

#define NUMBER_MAX 5 /* bytes */

/* Whether a number lies within `most` units from zero. */
static inline bool is_within(int32_t value, uint32_t most)
{
    return (uint32_t)value + most * GS_PDF_UNIT <= 2 * most * GS_PDF_UNIT;
}

static inline unsigned number_size(int32_t value)
{
    if ((value & (GS_PDF_UNIT - 1)) != 0) {
        return 5;
    }
    return is_within(value, 107) ? 1 : is_within(value, 1131) ? 2 : 3;
}

static inline unsigned char *put_number(unsigned char *at, int32_t value)
{
    const int32_t whole = value / GS_PDF_UNIT, size = abs(whole);
    switch (number_size(value)) {
    case 1:
        *at++ = (unsigned char)(whole + 139);
        break;
    case 2:
        *at++ = (unsigned char)((whole > 0 ? 247 : 251) + (size - 108) / 256);
        *at++ = (unsigned char)((size - 108) % 256);
        break;
    case 3:
        *at++ = 28;
        *at++ = (unsigned char)((uint32_t)whole >> 8 & 0xFF);
        *at++ = (unsigned char)((uint32_t)whole & 0xFF);
        break;
    default: /* 16.16 */
        *at++ = 255;
        for (int shift = 24; shift >= 0; shift -= 8) {
            *at++ = (unsigned char)((uint32_t)value >> shift & 0xFF);
        }
    }
    return at;
}

/* --- the ways of a segment ------------------------------------------------------ */

#define DX1 0x01
#define DY1 0x02
#define DX3 0x10
#define DY3 0x20

struct shape {
    bool is_curve;
    uint8_t zeros; /* which numbers have to be zero, as bits of their index */
    uint8_t count;
    uint8_t numbers[6]; /* indices of step->d, in the order they are written */
    /* May stand before the others where the operator begins, else is zero. */
    uint8_t extra;
    uint8_t follows; /* the way of the segment before, in the same operator */
    bool can_begin;
};

#define NO_EXTRA 6

static const struct shape shapes[WAYS] = {
        [LINES] = {false, 0, 2, {0, 1}, NO_EXTRA, LINES, true},
        [LINE_ACROSS] = {false, DY1, 1, {0}, NO_EXTRA, LINE_UP, true},
        [LINE_UP] = {false, DX1, 1, {1}, NO_EXTRA, LINE_ACROSS, true},
        [LAST_LINE] = {false, 0, 2, {0, 1}, NO_EXTRA, CURVES, false},
        [CURVES] = {true, 0, 6, {0, 1, 2, 3, 4, 5}, NO_EXTRA, CURVES, true},
        [LAST_CURVE] = {true, 0, 6, {0, 1, 2, 3, 4, 5}, NO_EXTRA, LINES, false},
        [CURVES_ACROSS] = {true, DY3, 4, {0, 2, 3, 4}, 1, CURVES_ACROSS, true},
        [CURVES_UP] = {true, DX3, 4, {1, 2, 3, 5}, 0, CURVES_UP, true},
        [CURVE_ACROSS] = {true, DY1 | DX3, 4, {0, 2, 3, 5}, NO_EXTRA, CURVE_UP,
                true},
        [CURVE_UP] = {true, DX1 | DY3, 4, {1, 2, 3, 4}, NO_EXTRA, CURVE_ACROSS,
                true},
        [FREE_ACROSS] = {true, DY1, 5, {0, 2, 3, 5, 4}, NO_EXTRA, CURVE_UP,
                true},
        [FREE_UP] = {true, DX1, 5, {1, 2, 3, 4, 5}, NO_EXTRA, CURVE_ACROSS,
                true},
};

static bool writes_extra(const struct step *step, const struct shape *shape)
{
    return shape->extra != NO_EXTRA && (step->zeros >> shape->extra & 1) == 0;
}

static struct state find_state(
        const struct step *step, const struct step *before, enum way way)
{
    const struct shape *shape = &shapes[way];
    struct state state = {.bytes = UNREACHED};
    unsigned numbers = shape->count;
    const bool extra = writes_extra(step, shape);
    /* What is left out is zero, which is one byte, but for an extra number. */
    unsigned bytes = step->size + numbers - (shape->is_curve ? 6u : 2u);
    if (extra) {
        bytes -= step->sizes[shape->extra] - 1u;
    }
    if (before != NULL && !extra && (before->ways >> shape->follows & 1) != 0) {
        const struct state *same = &before->states[shape->follows];
        if (same->bytes != UNREACHED && same->numbers + numbers <= STACK_MAX) {
            state = (struct state){
                    .bytes = same->bytes + bytes,
                    .numbers = (uint8_t)(same->numbers + numbers),
                    .before = shape->follows,
            };
        }
    }
    if (extra) {
        bytes += step->sizes[shape->extra];
        numbers++;
    }
    const uint32_t begun = bytes + 1 +
            (before != NULL ? before->states[before->best].bytes : 0);
    if (shape->can_begin && begun < state.bytes) {
        state = (struct state){
                .bytes = begun,
                .numbers = (uint8_t)numbers,
                .before = before != NULL ? before->best : 0,
                .begins = true,
        };
    }
    return state;
}

/*
 * Nearly all segments have but the way that allows for anything, and the one that
 * ends an operator of the other kind where such a segment is before.
 */
static unsigned find_ways(
        const struct step *step, const struct step *before, bool is_curve)
{
    const unsigned others = before != NULL ? before->ways : 0;
    unsigned ways = is_curve
            ? 1u << CURVES | (others >> LINES & 1) << LAST_CURVE
            : 1u << LINES | (others >> CURVES & 1) << LAST_LINE;
    if ((step->zeros & (DX1 | DY1 | DX3 | DY3)) != 0) {
        const unsigned end = is_curve ? WAYS : LAST_LINE; /* lines come first */
        for (unsigned way = is_curve ? CURVES_ACROSS : LINE_ACROSS; way < end;
                way++) {
            if ((step->zeros & shapes[way].zeros) == shapes[way].zeros) {
                ways |= 1u << way;
            }
        }
    }
    return ways;
}

static void find_states(
        struct step *step, const struct step *before, bool is_curve)
{
    uint32_t least = UNREACHED;
    unsigned size = 0, zeros = 0;
    for (int i = 0; i < (is_curve ? 6 : 2); i++) {
        const unsigned number = number_size(step->d[i]);
        step->sizes[i] = (uint8_t)number;
        size += number;
        zeros |= (unsigned)(step->d[i] == 0) << i;
    }
    step->size = (uint8_t)size;
    step->zeros = (uint8_t)zeros;
    step->ways = (uint16_t)find_ways(step, before, is_curve);
    for (unsigned way = is_curve ? CURVES : LINES; step->ways >> way != 0;
            way++) {
        if ((step->ways >> way & 1) != 0) {
            step->states[way] = find_state(step, before, (enum way)way);
            if (step->states[way].bytes < least) {
                least = step->states[way].bytes;
                step->best = (uint8_t)way;
            }
        }
    }
}

static unsigned char operator_of(enum way first, enum way last)
{
    switch (first) {
    case LINES:
        return last == LAST_CURVE ? RLINECURVE : RLINETO;
    case CURVES:
        return last == LAST_LINE ? RCURVELINE : RRCURVETO;
    case LINE_ACROSS:
        return HLINETO;
    case LINE_UP:
        return VLINETO;
    case CURVES_ACROSS:
        return HHCURVETO;
    case CURVES_UP:
        return VVCURVETO;
    case CURVE_ACROSS:
    case FREE_ACROSS:
        return HVCURVETO;
    case CURVE_UP:
    case FREE_UP:
        return VHCURVETO;
    case LAST_LINE:
    case LAST_CURVE:
    case WAYS:
        break;
    }
    g_assert_not_reached(); /* those never begin an operator */
}

static unsigned char *put_steps(
        unsigned char *at, struct step *steps, size_t count)
{
    if (count == 0) {
        return at;
    }
    /* Backwards, each `best` becomes the way that is taken. */
    for (size_t i = count - 1; i > 0; i--) {
        steps[i - 1].best = steps[i].states[steps[i].best].before;
    }
    enum way first = (enum way)steps[0].best;
    for (size_t i = 0; i < count; i++) {
        const struct step *step = &steps[i];
        const enum way way = (enum way)step->best;
        const struct shape *shape = &shapes[way];
        if (step->states[way].begins) {
            if (i > 0) {
                *at++ = operator_of(first, (enum way)step[-1].best);
            }
            first = way;
            if (writes_extra(step, shape)) {
                at = put_number(at, step->d[shape->extra]);
            }
        }
        for (unsigned k = 0; k < shape->count; k++) {
            at = put_number(at, step->d[shape->numbers[k]]);
        }
    }
    *at++ = operator_of(first, (enum way)steps[count - 1].best);
    return at;
}

/* --- a path --------------------------------------------------------------------- */

struct charstring {
    unsigned char *out; /* where the next byte goes */
    bool tells_width;
    int32_t width;
    struct gs_pdf_point at;
    struct step *steps; /* of the contour at hand */
    size_t count;
};

/* Of a segment: its numbers, and an operator. */
#define SEGMENT_MAX (6 * NUMBER_MAX + 1)
#define WIDTH_AND_END_MAX (NUMBER_MAX + 1)

/* Before the first operator that clears the stack (5177, 3.1). */
static void put_width(struct charstring *string)
{
    if (string->tells_width) {
        string->out = put_number(string->out, string->width);
        string->tells_width = false;
    }
}

static void put_move(struct charstring *string, struct gs_pdf_point to)
{
    const int32_t dx = to.x - string->at.x, dy = to.y - string->at.y;
    put_width(string);
    if (dx != 0 || dy == 0) {
        string->out = put_number(string->out, dx);
    }
    if (dy != 0) {
        string->out = put_number(string->out, dy);
    }
    *string->out++ = dy == 0 ? HMOVETO : dx == 0 ? VMOVETO : RMOVETO;
    string->at = to;
}

/* What draws nothing is left out. */
static void add_step(
        struct charstring *string, const struct gs_pdf_segment *segment)
{
    struct step *step = &string->steps[string->count];
    const unsigned points = segment->step == GS_PDF_CUBIC ? 3 : 1;
    int32_t used = 0;
    for (unsigned i = 0; i < points; i++) {
        step->d[2 * i] = segment->points[i].x - string->at.x;
        step->d[2 * i + 1] = segment->points[i].y - string->at.y;
        used |= step->d[2 * i] | step->d[2 * i + 1];
        string->at = segment->points[i];
    }
    if (used != 0) {
        find_states(step, string->count > 0 ? step - 1 : NULL, points == 3);
        string->count++;
    }
}

/* The segments of one contour behind its move. */
static void put_contour(struct charstring *string, struct gs_pdf_point start,
        const struct gs_pdf_segment *segments, size_t count)
{
    const struct gs_pdf_segment *last = segments + count - 1;
    if (count > 0 && last->step == GS_PDF_LINE &&
            last->points[0].x == start.x && last->points[0].y == start.y) {
        count--;
    }
    if (count > 0) {
        put_move(string, start);
        string->count = 0;
        for (size_t i = 0; i < count; i++) {
            add_step(string, &segments[i]);
        }
        string->out = put_steps(string->out, string->steps, string->count);
    }
}

bool gs_pdf_charstring_put(struct gs_pdf_buffer *out,
        const struct gs_pdf_path *path, int width, int default_width)
{
    unsigned char *begin = (unsigned char *)gs_pdf_buffer_reserve(
            out, path->count * SEGMENT_MAX + WIDTH_AND_END_MAX);
    struct charstring string = {
            .out = begin,
            .tells_width = width != default_width,
            .width = width * GS_PDF_UNIT,
            .steps = g_new(struct step, path->count + 1),
    };
    bool ok = true;
    for (size_t i = 0; i < path->count && ok;) {
        const struct gs_pdf_point start = path->segments[i++].points[0];
        const size_t first = i;
        while (i < path->count && path->segments[i].step != GS_PDF_MOVE) {
            ok = ok && path->segments[i].step != GS_PDF_QUADRATIC;
            i++;
        }
        if (ok) {
            put_contour(&string, start, path->segments + first, i - first);
        }
    }
    put_width(&string);
    *string.out++ = ENDCHAR;
    out->size += (size_t)(string.out - begin);
    g_free(string.steps);
    return ok;
}
