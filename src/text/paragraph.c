/*
 * Paragraphs: greedy lines and their repair, and the shortest way through the
 * graph of all good lines.
 */
#include "text/paragraph.h"

#include "text/adjust.h"
#include "text/axis.h"
#include "text/fill.h"
#include "text/scratch.h"
#include "text/shape.h"
#include "text/sums.h"
#include "text/vertical.h"

/* Badness, where a gap stretched by 1/1000 em counts 1. */
#define LINE_BADNESS 100 /* of every line: fewer are better */
#define SQUEEZE_BADNESS 625 /* of marks squeezed as far as they go */
#define GROUP_BADNESS 2500 /* of a break like 第|3号 */
#define LONE_BADNESS ((int64_t)1 << 40)
#define NO_WAY INT64_MAX

/* Lines that lack more than this are not looked at where others are. */
#define LACK_EMS_MAX 4

/* What a line keeps when it gives some to a lone character. */
#define KEPT_MIN 2
#define KEPT_MIN_JUSTIFIED 6

#define SPANS_MORE 16

static const struct gs_atom *atom_at(
        const struct gs_shaped *shaped, size_t index)
{
    return gs_shaped_atom(shaped, index);
}

static gs_len room_of(struct gs_rooms rooms, size_t first)
{
    return first == 0 ? rooms.first : rooms.others;
}

/* --- R22 ------------------------------------------------------------------- */

static bool counts(const struct gs_atom *atom)
{
    return atom->kind != GS_ATOM_EMPTY && atom->kind != GS_ATOM_BREAK &&
            !gs_atom_is_space(atom) && !gs_class_never_begins(atom->klass) &&
            atom->klass != GS_CLASS_JOINER;
}

/* Characters in [first, end), marks that follow another not counted; or `most`. */
static size_t count_characters(const struct gs_shaped *shaped, size_t first,
        size_t end, size_t most)
{
    size_t count = 0;
    for (size_t i = first; i < end && count < most; i++) {
        count += counts(atom_at(shaped, i));
    }
    return count;
}

/* A line at the end that goes on from another and has one character. */
static bool is_lone(const struct gs_shaped *shaped, const struct gs_span *span)
{
    return span->last && span->first > 0 &&
            atom_at(shaped, span->first - 1)->kind != GS_ATOM_BREAK &&
            count_characters(shaped, span->first, span->end, 2) == 1 &&
            atom_at(shaped, span->first)->kind == GS_ATOM_TEXT;
}

/*
 * Whether atoms [first, end) can never be one line: they are wider even with all
 * gaps gone, all marks squeezed and the last one outside.
 */
static bool is_far_too_wide(
        const struct gs_shaped *shaped, size_t first, size_t end, gs_len room)
{
    gs_len least = 0;
    for (size_t i = first; i + 1 < end; i++) {
        const struct gs_atom *atom = atom_at(shaped, i);
        least += atom->width - gs_adjust_give(atom);
    }
    return least > room;
}

/* One line of both, if squeezing brings that about. */
static bool squeeze_up(const struct gs_shaped *shaped,
        const struct gs_setting *setting, gs_len room, struct gs_span *before,
        const struct gs_span *last)
{
    struct gs_setting tight = *setting;
    struct gs_span both = {
            .first = before->first, .end = last->end, .next = last->next};
    tight.squeeze = true;
    while (both.end > both.first &&
            gs_atom_is_space(atom_at(shaped, both.end - 1))) {
        both.end--;
    }
    if (is_far_too_wide(shaped, both.first, both.end, room)) {
        return false;
    }
    if (atom_at(shaped, both.next - 1)->kind == GS_ATOM_BREAK) {
        both.next--;
    }
    gs_fill_settle(shaped, &tight, &both, room);
    if (gs_fill_least(shaped, &tight, &both) > room) {
        return false;
    }
    *before = both;
    return true;
}

/* The line before gives up what stands after its last break but one. */
static void push_down(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, struct gs_span *before,
        struct gs_span *last)
{
    const size_t least = setting->align == GS_ALIGN_JUSTIFY ? KEPT_MIN_JUSTIFIED
                                                            : KEPT_MIN;
    for (size_t i = before->end; i-- > before->first + 1;) {
        const struct gs_atom *atom = atom_at(shaped, i);
        if (count_characters(shaped, before->first, i, least) < least) {
            return;
        }
        if (atom->before > GS_BREAK_GROUP || gs_atom_is_space(atom)) {
            continue;
        }
        struct gs_span shorter = {.first = before->first, .end = i, .next = i};
        while (shorter.end > shorter.first &&
                gs_atom_is_space(atom_at(shaped, shorter.end - 1))) {
            shorter.end--;
        }
        struct gs_span longer;
        gs_fill_line(shaped, setting, i, rooms.others, &longer);
        if (longer.next == last->next && !longer.overfull) {
            gs_fill_settle(shaped, setting, &shorter,
                    room_of(rooms, shorter.first));
            *before = shorter;
            *last = longer;
        }
        return;
    }
}

static void help_lone(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans)
{
    if (spans->len < 2) {
        return;
    }
    struct gs_span *last =
            &g_array_index(spans, struct gs_span, spans->len - 1);
    struct gs_span *before = last - 1;
    if (!is_lone(shaped, last) || last->overfull || before->overfull ||
            before->split_word) {
        return;
    }
    if (squeeze_up(shaped, setting, room_of(rooms, before->first), before,
                last)) {
        g_array_set_size(spans, spans->len - 1);
    } else {
        push_down(shaped, setting, rooms, before, last);
    }
}

/* --- greedy ---------------------------------------------------------------- */

void gs_paragraph_fill_greedily(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans)
{
    guint count = spans->len;
    size_t at = 0;
    do {
        if (count == spans->len) { /* some at once: each would be a call */
            g_array_set_size(spans, count + SPANS_MORE);
        }
        struct gs_span *span = &g_array_index(spans, struct gs_span, count);
        gs_fill_line(shaped, setting, at, room_of(rooms, at), span);
        at = span->next;
        count++;
    } while (at < shaped->count);
    g_array_set_size(spans, count);
}

/* --- best fit -------------------------------------------------------------- */

/* What a line amounts to, its marks at the edges cut. */
struct amount {
    gs_len width, give; /* gives and gaps inside counted */
    gs_len places; /* that may be stretched */
};

/* The best way to a place where a line can begin. */
struct node {
    int64_t badness;
    size_t from;
    struct gs_span span; /* the line that ends here */
};

struct fitter {
    const struct gs_shaped *shaped;
    const struct gs_setting *setting;
    const struct gs_sum *sums;
    struct gs_rooms rooms;
    struct node *nodes; /* by first atom of the next line; one more */
    int64_t known; /* badness of all the greedy lines: the best are no worse */
    size_t forced; /* the first break by force that is still to come */
};

static int64_t square(int64_t value)
{
    return value * value;
}

/* `lack` is what the line needs to fill its room, `last` that it need not. */
static int64_t line_badness(const struct fitter *fitter,
        const struct amount *amount, gs_len lack, bool last, size_t first)
{
    int64_t badness = LINE_BADNESS;
    if (lack < 0) {
        const gs_len give = MAX(amount->give, -lack);
        badness += SQUEEZE_BADNESS * square(-lack * 1000 / give) / 1000000;
    } else if (!last) {
        const gs_len em = MAX(atom_at(fitter->shaped, first)->look->size, 1);
        badness += square(lack * 1000 / (MAX(amount->places, 1) * em));
    }
    return badness;
}

/* Of atoms [first, end).  The marks at the edges are cut before all squeezing. */
static struct amount amount_of(
        const struct fitter *fitter, size_t first, size_t end)
{
    if (end == first) {
        return (struct amount){0, 0, 0};
    }
    const struct gs_atom *atom = atom_at(fitter->shaped, first);
    const struct gs_sum *from = &fitter->sums[first], *to = &fitter->sums[end];
    const gs_len gap = fitter->setting->gap;
    const gs_len width = to->natural - from->natural - gs_gap_before(atom, gap);
    const gs_len least = to->least - from->least - gs_least_gap_before(atom, gap);
    const gs_len cut = atom->free->spare_front +
            atom_at(fitter->shaped, end - 1)->free->spare_back;
    return (struct amount){
            .width = width - cut,
            .give = width - least - cut,
            .places = (gs_len)(to->places - from[1].places),
    };
}

/* Whether a way that is so bad at atom `next` leads to no best lines. */
static bool is_too_bad(
        const struct fitter *fitter, int64_t badness, size_t next)
{
    const bool goes_on = next < fitter->shaped->count;
    return badness + (goes_on ? LINE_BADNESS : 0) > fitter->known;
}

static void offer(struct fitter *fitter, const struct gs_span *span,
        int64_t badness, bool penalized)
{
    const struct node *from = &fitter->nodes[span->first];
    struct node *to = &fitter->nodes[span->next];
    badness += from->badness + (penalized ? GROUP_BADNESS : 0);
    if (badness >= to->badness || is_too_bad(fitter, badness, span->next)) {
        return;
    }
    badness += is_lone(fitter->shaped, span) ? LONE_BADNESS : 0;
    if (badness < to->badness) {
        to->badness = badness;
        to->from = span->first;
        to->span = *span;
    }
}

static int64_t span_badness(
        const struct fitter *fitter, const struct gs_span *span)
{
    const struct amount amount = amount_of(fitter, span->first, span->end);
    const gs_len lack = room_of(fitter->rooms, span->first) - span->width;
    return line_badness(fitter, &amount, lack, span->last, span->first);
}

/* Whether no line between these two can be better than what is known. */
static bool is_beaten(const struct fitter *fitter, size_t first, size_t next)
{
    return fitter->nodes[first].badness + LINE_BADNESS >=
            fitter->nodes[next].badness;
}

/*
 * Whether the line cannot be one of the best, as far as that is seen before it is
 * settled.  A line that does not end the text is as wide then as it is here, but
 * for a mark that hangs.
 */
static bool is_hopeless(const struct fitter *fitter,
        const struct amount *amount, gs_len room, size_t first, size_t next)
{
    const gs_len lack = room - amount->width;
    if (lack < 0) {
        return !fitter->setting->hanging && lack + amount->give < 0;
    }
    const int64_t badness = fitter->nodes[first].badness +
            line_badness(fitter, amount, lack, false, first);
    return lack > LACK_EMS_MAX * atom_at(fitter->shaped, first)->look->size ||
            is_too_bad(fitter, badness, next);
}

/* The line of `amount` that ends, its ink with `end`, before atom `next`. */
static void try_line(struct fitter *fitter, const struct amount *amount,
        size_t first, size_t end, size_t next)
{
    const struct gs_shaped *shaped = fitter->shaped;
    const gs_len room = room_of(fitter->rooms, first);
    const bool ends = next == fitter->forced;
    if (is_beaten(fitter, first, next + (ends && next < shaped->count))) {
        return;
    }
    if (!ends && is_hopeless(fitter, amount, room, first, next)) {
        return;
    }
    struct gs_span span = {.first = first, .end = end, .next = next};
    gs_fill_settle(shaped, fitter->setting, &span, room);
    if (gs_fill_least(shaped, fitter->setting, &span) > room) {
        return;
    }
    const bool penalized =
            !ends && atom_at(shaped, next)->before == GS_BREAK_GROUP;
    offer(fitter, &span,
            line_badness(fitter, amount, room - span.width, span.last, first),
            penalized);
}

/*
 * The first atom from `first` on before which a line could end: up to a break by
 * force, one that ends earlier would lack too much.
 */
static size_t first_try(const struct fitter *fitter, size_t first)
{
    const struct gs_atom *atom = atom_at(fitter->shaped, first);
    const gs_len full = room_of(fitter->rooms, first) -
            LACK_EMS_MAX * atom->look->size + fitter->sums[first].natural +
            gs_gap_before(atom, fitter->setting->gap);
    size_t low = first, high = fitter->forced;
    while (low < high) {
        const size_t middle = (low + high) / 2;
        if (fitter->sums[middle].natural < full) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* All good lines that begin with atom `first`. */
static void try_lines(struct fitter *fitter, size_t first)
{
    const struct gs_shaped *shaped = fitter->shaped;
    const gs_len room = room_of(fitter->rooms, first);
    size_t end = first_try(fitter, first);
    for (size_t i = end;; i++) {
        while (end > first && gs_atom_is_space(atom_at(shaped, end - 1))) {
            end--;
        }
        const struct amount ink = amount_of(fitter, first, end);
        const bool ends = i == fitter->forced;
        if (end > first &&
                (ends || atom_at(shaped, i)->before <= GS_BREAK_GROUP)) {
            try_line(fitter, &ink, first, end, i);
        }
        if (ends) {
            return;
        }
        if (ink.width - ink.give > room + 2 * atom_at(shaped, i)->look->size) {
            return;
        }
        end = i + 1;
    }
}

/* The greedy line is always one of those that may be taken. */
static void visit(struct fitter *fitter, size_t first)
{
    if (fitter->forced < first) {
        fitter->forced = gs_fill_forced(fitter->shaped, first);
    }
    struct gs_span greedy;
    gs_fill_line(fitter->shaped, fitter->setting, first,
            room_of(fitter->rooms, first), &greedy);
    offer(fitter, &greedy, span_badness(fitter, &greedy), false);
    if (!greedy.overfull && !greedy.split_word) {
        try_lines(fitter, first);
    }
}

static void collect(const struct fitter *fitter, GArray *spans)
{
    const guint before = spans->len;
    size_t at = fitter->shaped->count;
    do {
        g_array_append_val(spans, fitter->nodes[at].span);
        at = fitter->nodes[at].from;
    } while (at > 0);
    for (guint i = before, k = spans->len - 1; i < k; i++, k--) {
        struct gs_span *a = &g_array_index(spans, struct gs_span, i);
        struct gs_span *b = &g_array_index(spans, struct gs_span, k);
        const struct gs_span kept = *a;
        *a = *b;
        *b = kept;
    }
}

/* Of the lines from span `from` on. */
static int64_t badness_of(
        const struct fitter *fitter, const GArray *spans, guint from)
{
    int64_t badness = 0;
    for (guint i = from; i < spans->len; i++) {
        const struct gs_span *span = &g_array_index(spans, struct gs_span, i);
        badness += span_badness(fitter, span) +
                (is_lone(fitter->shaped, span) ? LONE_BADNESS : 0);
    }
    return badness;
}

void gs_paragraph_fill_best(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans)
{
    const size_t count = shaped->count;
    const guint before = spans->len;
    gs_paragraph_fill_greedily(shaped, setting, rooms, spans);
    struct fitter fitter = {
            .shaped = shaped,
            .setting = setting,
            .sums = gs_sums_make(shaped, setting),
            .rooms = rooms,
            .nodes = GS_SCRATCH(shaped->scratch, GS_SCRATCH_NODES, struct node,
                    count + 1),
            .forced = gs_fill_forced(shaped, 0),
    };
    fitter.known = badness_of(&fitter, spans, before);
    if (fitter.known == LINE_BADNESS) {
        return; /* one line, and nothing to be done for it */
    }
    g_array_set_size(spans, before);
    for (size_t i = 0; i <= count; i++) {
        fitter.nodes[i].badness = i == 0 ? 0 : NO_WAY;
    }
    for (size_t i = 0; i < count; i++) {
        if (fitter.nodes[i].badness != NO_WAY) {
            visit(&fitter, i);
        }
    }
    collect(&fitter, spans);
}

int64_t gs_paragraph_badness(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms,
        const GArray *spans)
{
    const struct fitter fitter = {
            .shaped = shaped,
            .setting = setting,
            .sums = gs_sums_make(shaped, setting),
            .rooms = rooms,
    };
    return badness_of(&fitter, spans, 0);
}

/* --- rules ----------------------------------------------------------------- */

static void relevel(struct gs_shaped *shaped, enum gs_line_break rules)
{
    for (guint i = 1; rules != GS_LINE_BREAK_GB && i < shaped->count;
            i++) {
        struct gs_atom *atom =
                &shaped->atoms[i];
        atom->before = (uint8_t)gs_break_under(rules, (atom - 1)->klass,
                atom->klass, atom->before);
    }
}

/*
 * R10 in the tight style: of two marks that meet, which share one free half as
 * they are shaped, the other half goes too.
 */
static void tighten(struct gs_shaped *shaped)
{
    for (guint i = 1; i < shaped->count; i++) {
        struct gs_atom *b = &shaped->atoms[i];
        struct gs_atom *a = b - 1;
        if (a->free->cut_back > 0) { /* ，（  。” */
            struct gs_free *own = gs_atom_own_free(shaped, b);
            b->width -= own->spare_front + own->spare_back;
            own->cut_front += own->spare_front;
            own->cut_back += own->spare_back;
            own->spare_front = own->spare_back = 0;
        } else if (a->klass == GS_CLASS_OPEN &&
                b->free->cut_front > 0) { /* “《 */
            struct gs_free *own = gs_atom_own_free(shaped, a);
            a->width -= own->spare_front;
            own->cut_front += own->spare_front;
            own->spare_front = 0;
        }
    }
}

void gs_paragraph_rule(
        struct gs_shaped *shaped, const struct gs_para_style *style)
{
    relevel(shaped, style->line_break);
    if (style->stacked) {
        gs_vertical_loosen(shaped);
    } else if (style->tight_marks) {
        tighten(shaped);
    }
    if (style->align == GS_ALIGN_DECIMAL) {
        gs_axis_even_digits(shaped);
    }
}

/* --- either ---------------------------------------------------------------- */

void gs_paragraph_fill(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_rooms rooms, GArray *spans)
{
    if (setting->squeeze) {
        gs_paragraph_fill_best(shaped, setting, rooms, spans);
    } else {
        gs_paragraph_fill_greedily(shaped, setting, rooms, spans);
        help_lone(shaped, setting, rooms, spans);
    }
}
