/*
 * Filling: looks along a line once, remembers the last place of each level at
 * which it could end, then chooses.
 */
#include "text/fill.h"

#include <glib.h>

#include "text/adjust.h"
#include "text/scratch.h"
#include "text/shape.h"
#include "text/sums.h"

#define NOWHERE ((size_t)-1)

/* A place where the line could end. */
struct place {
    size_t end, next;
    gs_len need; /* width of the line there, squeezed, where it may not fit */
};

struct scan {
    const struct gs_shaped *shaped;
    const struct gs_setting *setting;
    const struct gs_sum *sums;
    size_t first, forced; /* the next break by force, or the end */
    gs_len room; /* the measure, or the first unit where that is wider */
    gs_len em; /* largest size of type so far */
    gs_len front; /* free half of an opening mark in first place */
    gs_len front_mark; /* its width, cut; 0: it is none */
    struct place fit[GS_BREAK_NEVER]; /* the last that fits, by level */
    struct place hang[GS_BREAK_NEVER]; /* the last with a mark standing out */
    unsigned fits, hangs; /* 1 << level of those that there are */
    struct place any; /* the first of all */
};

static const struct gs_atom *atom_at(const struct scan *scan, size_t index)
{
    return gs_shaped_atom(scan->shaped, index);
}

gs_len gs_fill_width(const struct gs_shaped *shaped, size_t first, size_t end)
{
    gs_len width = 0;
    for (size_t i = first; i < end; i++) {
        width += gs_shaped_atom(shaped, i)->width;
    }
    return width;
}

gs_len gs_fill_natural(
        const struct gs_shaped *shaped, size_t first, size_t end)
{
    const gs_len width = gs_fill_width(shaped, first, end);
    return end == first ? width
                        : width - gs_shaped_atom(shaped, first)->free->spare_front -
                    gs_shaped_atom(shaped, end - 1)->free->spare_back;
}

size_t gs_fill_forced(const struct gs_shaped *shaped, size_t first)
{
    struct gs_scratch *scratch = shaped->scratch;
    if (!shaped->forced) {
        return shaped->count;
    }
    if (first < scratch->forced_from || first > scratch->forced) {
        size_t i = first;
        while (i < shaped->count &&
                gs_shaped_atom(shaped, i)->kind != GS_ATOM_BREAK) {
            i++;
        }
        scratch->forced_from = first;
        scratch->forced = i;
    }
    return scratch->forced;
}

/* Width of what cannot be parted at all from the first atom. */
static gs_len first_unit(const struct gs_shaped *shaped, size_t first)
{
    const size_t count = shaped->count;
    gs_len width = gs_shaped_atom(shaped, first)->width -
            gs_shaped_atom(shaped, first)->free->spare_front;
    for (size_t i = first + 1; i < count; i++) {
        const struct gs_atom *atom = gs_shaped_atom(shaped, i);
        if (atom->kind == GS_ATOM_BREAK || atom->before != GS_BREAK_NEVER) {
            break;
        }
        width += atom->width;
    }
    return width;
}

static bool never_begins(const struct gs_atom *atom)
{
    return atom->kind == GS_ATOM_TEXT && gs_class_never_begins(atom->klass);
}

/* Width of atoms [first, end) as a line, squeezed as far as `squeeze` allows. */
static gs_len least_width(const struct gs_shaped *shaped,
        const struct gs_setting *setting, const struct gs_sum *sums,
        bool squeeze, size_t first, size_t end)
{
    if (!squeeze) {
        return sums[end].width - sums[first].width; /* gaps give way first */
    }
    return end == first
            ? 0
            : sums[end].least - sums[first].least -
                    gs_least_gap_before(&shaped->atoms[first], setting->gap);
}

/* Of the mark at the end, which may hang where it is the only one (R13). */
static gs_len hanging_width(const struct gs_shaped *shaped,
        const struct gs_setting *setting, size_t first, size_t end)
{
    if (!setting->hanging || end < first + 2) {
        return 0;
    }
    const struct gs_atom *last = gs_shaped_atom(shaped, end - 1);
    const gunichar code = last->kind == GS_ATOM_TEXT
            ? g_utf8_get_char(shaped->text + last->offset)
            : 0;
    const bool hangs = code == 0x3001 || code == 0x3002 || code == 0xFF0C;
    return hangs && !never_begins(gs_shaped_atom(shaped, end - 2))
            ? last->width - last->free->spare_back
            : 0;
}

/*
 * Whether only marks stand out, by half an em at most: `core` is the line without
 * the mark at its end and the one at its start.
 */
static bool may_hang(const struct scan *scan, const struct place *place)
{
    const struct gs_atom *end = atom_at(scan, place->end - 1);
    gs_len core = place->need - scan->front_mark;
    if (place->end > scan->first + 1 && never_begins(end)) {
        core -= end->width - end->free->spare_back;
    }
    return place->need <= scan->room + scan->em / 2 && core < place->need &&
            core <= scan->room;
}

/* Notes that the line could end before atom `next`; its ink ends at `end`. */
static void note_place(struct scan *scan, size_t next, enum gs_break level,
        size_t end, gs_len width)
{
    struct place place = {.end = end, .next = next};
    if (end > scan->first) { /* else white space only */
        place.need = width;
        if (!scan->setting->squeeze) {
            place.need -= scan->front + atom_at(scan, end - 1)->free->spare_back;
        }
        if (place.need > scan->room) {
            const gs_len hang = hanging_width(
                    scan->shaped, scan->setting, scan->first, end);
            place.need -= place.need - hang <= scan->room ? hang : 0;
        }
    }
    if (place.need <= scan->room) {
        scan->fit[level] = place;
        scan->fits |= 1u << level;
    } else if (may_hang(scan, &place)) {
        scan->hang[level] = place;
        scan->hangs |= 1u << level;
    }
    if (scan->any.next == NOWHERE) {
        scan->any = place;
    }
}

static void begin_scan(struct scan *scan)
{
    const struct gs_atom *first = atom_at(scan, scan->first);
    scan->em = first->look->size;
    scan->front = first->free->spare_front;
    scan->front_mark = 0;
    if (first->klass == GS_CLASS_OPEN && first->kind == GS_ATOM_TEXT) {
        scan->front_mark = first->width - first->free->spare_front;
    }
    scan->any.next = NOWHERE;
    scan->fits = scan->hangs = 0;
}

/* Where the ink of a line ends that ends before atom `next`. */
static size_t ink_end(
        const struct gs_shaped *shaped, size_t first, size_t next)
{
    while (next > first && gs_atom_is_space(&shaped->atoms[next - 1])) {
        next--;
    }
    return next;
}

static gs_len width_to(const struct scan *scan, size_t end)
{
    return least_width(scan->shaped, scan->setting, scan->sums,
            scan->setting->squeeze, scan->first, end);
}

static void note_end(struct scan *scan, size_t next, size_t end)
{
    const enum gs_break level = next == scan->forced
            ? GS_BREAK_FREE
            : atom_at(scan, next)->before;
    if (next > scan->first && level != GS_BREAK_NEVER) {
        note_place(scan, next, level, end, width_to(scan, end));
    }
}

/*
 * The first atom before which, all white space counted, more stands than fits
 * squeezed; or where the line ends by force.
 */
static size_t find_limit(const struct scan *scan)
{
    const struct gs_sum *sums = scan->sums;
    const bool squeeze = scan->setting->squeeze;
    const struct gs_atom *first = atom_at(scan, scan->first);
    const gs_len limit = scan->room +
            (squeeze ? sums[scan->first].least +
                                    gs_least_gap_before(
                                            first, scan->setting->gap)
                     : sums[scan->first].width);
    const size_t least = scan->first + 1;
    /* Ideographs would reach to here. */
    size_t i = scan->first + (size_t)(scan->room / MAX(first->look->size, 1));
    i = CLAMP(i, least, scan->forced);
    while (i > least && (squeeze ? sums[i].least : sums[i].width) > limit) {
        i--;
    }
    while (i < scan->forced &&
            (squeeze ? sums[i].least : sums[i].width) <= limit) {
        i++;
    }
    return i;
}

/*
 * The places before what does not fit even squeezed: all of them fit, and the
 * last of each level is what counts; no other where one is free.
 */
static void note_fitting(struct scan *scan, size_t limit)
{
    for (size_t i = limit; i-- > scan->first + 1;) {
        const struct gs_atom *atom = atom_at(scan, i);
        scan->em = MAX(scan->em, atom->look->size);
        if (atom->before == GS_BREAK_NEVER) {
            continue;
        }
        const struct place place = {
                .end = ink_end(scan->shaped, scan->first, i), .next = i};
        if ((scan->fits & 1u << atom->before) == 0) {
            scan->fit[atom->before] = place;
            scan->fits |= 1u << atom->before;
        }
        scan->any = place;
        if (atom->before == GS_BREAK_FREE) {
            return;
        }
    }
}

/*
 * Whether the line up to `end`, or a longer one, is surely wider than the room: the
 * last mark is still there where it is cut or hangs, and what is no mark does neither.
 */
static bool is_past(const struct scan *scan, size_t end)
{
    const struct gs_atom *last = atom_at(scan, end - 1);
    const bool firm = scan->front_mark == 0 && last->free->spare_back == 0 &&
            !never_begins(last);
    return width_to(scan, firm ? end : end - 1) > scan->room + scan->front;
}

/* Up to the forced end, or to where nothing can fit any more. */
static void run_scan(struct scan *scan)
{
    size_t i = find_limit(scan);
    note_fitting(scan, i);
    const bool found = (scan->fits & 1u << GS_BREAK_FREE) != 0;
    size_t end = ink_end(scan->shaped, scan->first, i);
    for (;; i++) {
        scan->em = MAX(scan->em, atom_at(scan, i - 1)->look->size);
        if (found && end > scan->first && is_past(scan, end)) {
            return;
        }
        note_end(scan, i, end);
        /* Marks at the edges cannot take off more than this. */
        if (i == scan->forced ||
                (width_to(scan, end) > scan->room + 2 * scan->em &&
                        scan->any.next != NOWHERE)) {
            return;
        }
        if (!gs_atom_is_space(atom_at(scan, i))) {
            end = i + 1;
        }
    }
}

static const struct place *lowest(const struct place *places, unsigned there,
        enum gs_break from, enum gs_break to)
{
    for (size_t level = from; level <= to; level++) {
        if ((there & 1u << level) != 0) {
            return &places[level];
        }
    }
    return NULL;
}

/*
 * A mark rather stands out than that a number loses its unit; apart from that,
 * what is held less firmly gives way first.
 */
static const struct place *choose(
        const struct scan *scan, bool *split_word, bool *relaxed)
{
    static const struct {
        bool hang;
        enum gs_break from, to;
    } steps[] = {
            {false, GS_BREAK_FREE, GS_BREAK_GROUP},
            {true, GS_BREAK_FREE, GS_BREAK_GROUP},
            {false, GS_BREAK_UNIT, GS_BREAK_SIGN},
            {true, GS_BREAK_UNIT, GS_BREAK_SIGN},
            {false, GS_BREAK_WORD, GS_BREAK_WORD},
            {true, GS_BREAK_WORD, GS_BREAK_WORD},
            {false, GS_BREAK_MARKS, GS_BREAK_MARKS},
            {true, GS_BREAK_MARKS, GS_BREAK_MARKS},
            {true, GS_BREAK_KINSOKU, GS_BREAK_KINSOKU},
            {false, GS_BREAK_KINSOKU, GS_BREAK_KINSOKU},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(steps); i++) {
        const struct place *place = steps[i].hang
                ? lowest(scan->hang, scan->hangs, steps[i].from, steps[i].to)
                : lowest(scan->fit, scan->fits, steps[i].from, steps[i].to);
        if (place != NULL) {
            *split_word = steps[i].from == GS_BREAK_WORD;
            *relaxed = steps[i].from == GS_BREAK_KINSOKU;
            return place;
        }
    }
    return &scan->any;
}

/* White space at the edges has no mark, and no mark is cut beyond it. */
static void cut_edges(const struct gs_shaped *shaped, struct gs_span *span)
{
    const struct gs_atom *first = gs_shaped_atom(shaped, span->first);
    const struct gs_atom *last = gs_shaped_atom(shaped, span->end - 1);
    span->cut_front = first->free->spare_front > 0;
    span->cut_back = last->free->spare_back > 0;
    span->width -= first->free->spare_front + last->free->spare_back;
}

/* Where the line ends by force, white space stays unless it does not fit. */
static void end_span(const struct gs_shaped *shaped, const struct gs_sum *sums,
        struct gs_span *span, gs_len room)
{
    const size_t count = shaped->count;
    const bool forced = span->next < count &&
            gs_shaped_atom(shaped, span->next)->kind == GS_ATOM_BREAK;
    span->last = forced || span->next == count;
    if (span->last &&
            sums[span->next].width - sums[span->first].width <= room) {
        span->end = span->next;
    }
    if (forced) {
        span->next++;
    }
}

gs_len gs_fill_least(const struct gs_shaped *shaped,
        const struct gs_setting *setting, const struct gs_span *span)
{
    gs_len width = least_width(shaped, setting,
            gs_sums_make(shaped, setting), span->squeeze, span->first,
            span->end);
    if (!span->squeeze && span->end > span->first) {
        width -= gs_shaped_atom(shaped, span->first)->free->spare_front +
                gs_shaped_atom(shaped, span->end - 1)->free->spare_back;
    }
    return width - span->hang;
}

void gs_fill_settle(const struct gs_shaped *shaped,
        const struct gs_setting *setting, struct gs_span *span, gs_len room)
{
    const struct gs_sum *sums = gs_sums_make(shaped, setting);
    end_span(shaped, sums, span, room);
    span->squeeze = setting->squeeze;
    span->hang = 0;
    span->width = 0;
    if (span->end == span->first) {
        return;
    }
    span->width = sums[span->end].natural - sums[span->first].natural -
            gs_gap_before(&shaped->atoms[span->first], setting->gap);
    cut_edges(shaped, span);
    if (span->width > room && setting->hanging) {
        const gs_len hang =
                hanging_width(shaped, setting, span->first, span->end);
        if (gs_fill_least(shaped, setting, span) - hang <= room) {
            span->hang = hang;
            span->width -= hang;
        }
    }
}

/* Where a line ends that not all fits in. */
static void scan_line(struct scan *scan, struct gs_span *span, gs_len room)
{
    bool relaxed = false;
    begin_scan(scan);
    run_scan(scan);
    const struct place *place = choose(scan, &span->split_word, &relaxed);
    span->end = place->end;
    span->next = place->next;
    gs_fill_settle(scan->shaped, scan->setting, span, room);
    if (span->width <= room) { /* even as it is */
        span->overfull = relaxed;
        return;
    }
    const gs_len least = gs_fill_least(scan->shaped, scan->setting, span);
    span->overfull = relaxed || least > room + scan->em / 2 ||
            (least > room && scan->room > room);
}

void gs_fill_line(const struct gs_shaped *shaped,
        const struct gs_setting *setting, size_t first, gs_len room,
        struct gs_span *span)
{
    const size_t forced = gs_fill_forced(shaped, first);
    const struct gs_sum *sums = gs_sums_make(shaped, setting);
    *span = (struct gs_span){
            .first = first,
            .end = ink_end(shaped, first, forced),
            .next = forced,
    };
    if (first == forced ||
            least_width(shaped, setting, sums, setting->squeeze, first,
                    span->end) <= room) {
        gs_fill_settle(shaped, setting, span, room);
        return;
    }
    struct scan scan;
    scan.shaped = shaped;
    scan.setting = setting;
    scan.sums = sums;
    scan.first = first;
    scan.forced = forced;
    scan.room = MAX(room, first_unit(shaped, first));
    scan_line(&scan, span, room);
}
