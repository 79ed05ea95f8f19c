/*
 * Adjusting: tables of what gives and takes in which order, and one way of
 * sharing.
 */
#include "text/adjust.h"

#include <string.h>

#include <glib.h>

#include "text/fill.h"
#include "text/scratch.h"
#include "text/shape.h"
#include "text/sums.h"

/* What is squeezed, in order (R20). */
enum give {
    GIVE_SPACE,
    GIVE_INTERPUNCT,
    GIVE_BRACKET,
    GIVE_PAUSE,
    GIVE_GAP,
    GIVE_STOP,
    GIVE_REST, /* of gaps */
    GIVE_COUNT
};

/* What is stretched, in order (R21). */
enum take { TAKE_SPACE, TAKE_GAP, TAKE_ANY, TAKE_COUNT };

struct line {
    const struct gs_shaped *shaped;
    const struct gs_span *span;
    gs_len gap;
    size_t first_ink; /* atom; white space before it is an indent */
    struct gs_change *changes;
};

static const struct gs_atom *atom_at(
        const struct gs_shaped *shaped, size_t index)
{
    return gs_shaped_atom(shaped, index);
}

/* --- gaps ------------------------------------------------------------------ */

static bool is_narrow(const struct gs_atom *atom)
{
    return atom->kind == GS_ATOM_TEXT && !atom->wide;
}

static bool is_digit(const struct gs_shaped *shaped, size_t index)
{
    return index < shaped->count &&
            atom_at(shaped, index)->klass == GS_CLASS_DIGIT;
}

/*
 * Letters, digits, and what stands between a digit and Han: 达95%以上, 达≥95.
 * `inside` is the neighbour on the other side than the Han.
 */
static bool is_western(
        const struct gs_shaped *shaped, size_t index, size_t inside)
{
    const struct gs_atom *atom = atom_at(shaped, index);
    if (!is_narrow(atom)) {
        return false;
    }
    switch ((enum gs_class)atom->klass) {
    case GS_CLASS_LETTER:
    case GS_CLASS_DIGIT:
        return true;
    case GS_CLASS_SIGN:
    case GS_CLASS_CURRENCY:
    case GS_CLASS_POSTFIX:
        return is_digit(shaped, inside) &&
                atom->width * 10 < atom->look->size * 9;
    default:
        return false;
    }
}

static bool is_han(const struct gs_atom *atom)
{
    return atom->kind == GS_ATOM_TEXT && atom->wide &&
            atom->klass == GS_CLASS_HAN;
}

static bool has_gap(const struct gs_shaped *shaped, size_t index)
{
    return (is_han(atom_at(shaped, index - 1)) &&
                   is_western(shaped, index, index + 1)) ||
            (is_han(atom_at(shaped, index)) &&
                    is_western(shaped, index - 1, index - 2));
}

/* --- squeezing ------------------------------------------------------------- */

static enum give mark_class(const struct gs_atom *atom)
{
    switch ((enum gs_class)atom->klass) {
    case GS_CLASS_PAUSE:
        return GIVE_PAUSE;
    case GS_CLASS_STOP:
        return GIVE_STOP;
    default:
        return GIVE_BRACKET;
    }
}

/* What atom `index` of a line gives, before and after its ink. */
static struct gs_change what_gives(
        const struct line *line, enum give give, size_t index)
{
    const struct gs_span *span = line->span;
    const struct gs_atom *atom = atom_at(line->shaped, index);
    const bool first = index == span->first, last = index + 1 == span->end;
    struct gs_change most = {0, 0};
    switch (give) {
    case GIVE_SPACE:
        most.back = gs_adjust_space_give(atom);
        break;
    case GIVE_INTERPUNCT:
        most.front = most.back = atom->free->side;
        break;
    case GIVE_BRACKET:
    case GIVE_PAUSE:
    case GIVE_STOP:
        if (mark_class(atom) == give) {
            most.front = first ? 0 : atom->free->spare_front;
            most.back = last ? 0 : atom->free->spare_back;
        }
        break;
    case GIVE_GAP:
    case GIVE_REST:
        if (!last) {
            const gs_len least = gs_least_gap_before(atom + 1, line->gap);
            most.back = give == GIVE_REST
                    ? least
                    : gs_gap_before(atom + 1, line->gap) - least;
        }
        break;
    case GIVE_COUNT:
        break;
    }
    return most;
}

/* Takes `excess` off the atoms of one class, evenly; what is left of it. */
static gs_len squeeze_class(struct line *line, enum give give, gs_len excess)
{
    const struct gs_span *span = line->span;
    gs_len total = 0;
    for (size_t i = span->first; i < span->end; i++) {
        const struct gs_change most = what_gives(line, give, i);
        total += most.front + most.back;
    }
    const gs_len taken = MIN(total, excess);
    gs_len seen = 0, done = 0;
    for (size_t i = span->first; taken > 0 && i < span->end; i++) {
        const struct gs_change most = what_gives(line, give, i);
        struct gs_change *change = &line->changes[i - span->first];
        seen += most.front;
        const gs_len front = taken * seen / total - done;
        seen += most.back;
        const gs_len back = taken * seen / total - done - front;
        change->front += front;
        change->back -= back;
        done += front + back;
    }
    return excess - taken;
}

static void squeeze(struct line *line, bool all, gs_len excess)
{
    for (int give = 0; give < GIVE_COUNT && excess > 0; give++) {
        if (all || give == GIVE_GAP || give == GIVE_REST) {
            excess = squeeze_class(line, (enum give)give, excess);
        }
    }
}

/* --- stretching ------------------------------------------------------------ */

static bool refuses(const struct gs_atom *atom)
{
    return atom->klass == GS_CLASS_CONNECT || atom->klass == GS_CLASS_SOLIDUS ||
            atom->kind == GS_ATOM_EMPTY;
}

/* Between two characters of which none is white space. */
static bool parts(const struct gs_atom *a, const struct gs_atom *b)
{
    switch ((enum gs_break)b->before) {
    case GS_BREAK_FREE:
    case GS_BREAK_GROUP:
        return true;
    case GS_BREAK_MARKS:
    case GS_BREAK_KINSOKU: /* 字，but not 95% */
        return a->wide && b->wide && b->klass != GS_CLASS_POSTFIX &&
                a->klass != GS_CLASS_CURRENCY;
    case GS_BREAK_UNIT:
    case GS_BREAK_SIGN:
    case GS_BREAK_WORD:
    case GS_BREAK_NEVER:
        return false;
    }
    return false;
}

static bool stretches(const struct gs_atom *a, const struct gs_atom *b)
{
    if (refuses(a) || refuses(b)) {
        return false;
    }
    const bool space_a = gs_atom_is_space(a), space_b = gs_atom_is_space(b);
    if (space_a || space_b) {
        return (space_a && (a->wide || !space_b)) || (space_b && b->wide);
    }
    return parts(a, b);
}

/* How much may be put in after atom `index`, not the line's last. */
static gs_len what_takes(const struct line *line, enum take take, size_t index)
{
    const struct gs_atom *atom = atom_at(line->shaped, index);
    if (index + 1 <= line->first_ink) {
        return 0;
    }
    switch (take) {
    case TAKE_SPACE:
        return gs_atom_is_space(atom) && !atom->wide && atom[1].stretches
                ? MAX(atom->look->size / 2 - atom->width, 0)
                : 0;
    case TAKE_GAP: {
        const gs_len gap = gs_gap_before(atom + 1, line->gap);
        return gap > 0 ? MAX(atom->look->size / 3 - gap, 0) : 0;
    }
    case TAKE_ANY: /* only who takes counts */
        return atom[1].stretches ? 1 : 0;
    case TAKE_COUNT:
        break;
    }
    return 0;
}

static gs_len stretch_total(const struct line *line, enum take take)
{
    gs_len total = 0;
    for (size_t i = line->span->first; i + 1 < line->span->end; i++) {
        total += what_takes(line, take, i);
    }
    return total;
}

/* Puts `lack` between the atoms in proportion to what they take. */
static void stretch_class(
        struct line *line, enum take take, gs_len total, gs_len lack)
{
    const struct gs_span *span = line->span;
    gs_len seen = 0, done = 0;
    for (size_t i = span->first; i + 1 < span->end; i++) {
        seen += what_takes(line, take, i);
        const gs_len share = lack * seen / total - done;
        line->changes[i - span->first].back += share;
        done += share;
    }
}

/* Nothing at all where a place would have to take more than `most`. */
static void stretch(struct line *line, gs_len lack, gs_len most)
{
    gs_adjust_mark(line->shaped);
    const gs_len places = stretch_total(line, TAKE_ANY);
    if (places == 0 || lack > most * places) {
        return;
    }
    for (int take = 0; take < TAKE_ANY && lack > 0; take++) {
        const gs_len total = stretch_total(line, (enum take)take);
        const gs_len taken = MIN(total, lack);
        if (taken > 0) {
            stretch_class(line, (enum take)take, total, taken);
            lack -= taken;
        }
    }
    if (lack > 0) {
        stretch_class(line, TAKE_ANY, places, lack);
    }
}

/* --- all atoms -------------------------------------------------------------- */

void gs_adjust_mark(const struct gs_shaped *shaped)
{
    if (shaped->scratch->marked) {
        return;
    }
    shaped->scratch->marked = true;
    bool han = false; /* the atom before is an ideograph */
    for (size_t i = 0; i < shaped->count; i++) {
        struct gs_atom *atom = &shaped->atoms[i];
        const bool after_han = han;
        han = is_han(atom);
        if (after_han && han) { /* most of all: nothing but their break */
            atom->gap = false;
            atom->stretches = parts(atom - 1, atom);
            continue;
        }
        atom->gap = i > 0 && has_gap(shaped, i);
        atom->stretches = i > 0 && stretches(atom - 1, atom);
    }
}

/* --- a line ---------------------------------------------------------------- */

static void cut_edges(struct line *line)
{
    const struct gs_span *span = line->span;
    if (span->cut_front) {
        line->changes[0].front =
                atom_at(line->shaped, span->first)->free->spare_front;
    }
    if (span->cut_back) {
        line->changes[span->end - 1 - span->first].back =
                -atom_at(line->shaped, span->end - 1)->free->spare_back;
    }
}

/* Whether a line shall fill its room where it falls short of it. */
static bool is_stretched(
        const struct gs_setting *setting, const struct gs_span *span)
{
    return setting->align == GS_ALIGN_DISTRIBUTE ||
            (setting->align == GS_ALIGN_JUSTIFY && !span->last);
}

bool gs_adjust_line(const struct gs_shaped *shaped, const struct gs_span *span,
        const struct gs_setting *setting, gs_len room,
        struct gs_change *changes)
{
    const gs_len lack = room - span->width;
    const bool stretched = is_stretched(setting, span);
    if (span->first == span->end ||
            (lack >= 0 && !stretched && setting->gap == 0 &&
                    !span->cut_front && !span->cut_back)) {
        return false;
    }
    struct line line = {
            .shaped = shaped,
            .span = span,
            .gap = setting->gap,
            .first_ink = span->first,
            .changes = changes,
    };
    memset(changes, 0, (span->end - span->first) * sizeof *changes);
    while (line.first_ink < span->end &&
            gs_atom_is_space(atom_at(shaped, line.first_ink))) {
        line.first_ink++;
    }
    cut_edges(&line);
    if (line.gap > 0) {
        gs_adjust_mark(shaped);
    }
    for (size_t i = span->first; line.gap > 0 && i + 1 < span->end; i++) {
        changes[i - span->first].back +=
                gs_gap_before(atom_at(shaped, i + 1), line.gap);
    }
    if (lack < 0) {
        squeeze(&line, span->squeeze, -lack);
    } else if (stretched) {
        stretch(&line, lack,
                setting->align == GS_ALIGN_DISTRIBUTE
                        ? GS_LEN_MAX
                        : atom_at(shaped, span->first)->look->size);
    }
    return true;
}
