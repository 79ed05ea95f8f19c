/*
 * Text: the room's front.  Shapes, fills line after line, places each.
 */
#include "text/text.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "model/doc.h"
#include "text/axis.h"
#include "text/fill.h"
#include "text/fontset.h"
#include "text/labels.h"
#include "text/paragraph.h"
#include "text/place.h"
#include "text/scratch.h"
#include "text/shape.h"
#include "text/vertical.h"

/*
 * Where the baseline stands in the em box, whatever the face: rows of different
 * faces stand level.  The em box is centred in the line's height.
 */
#define ASCENT_PERCENT 88

/* How small `shrink` may make type. */
#define SHRINK_PERCENT 60

static const struct gs_shrink full_size = {1, 1};

static gs_len baseline_of(gs_len height, gs_len size)
{
    return (height - size) / 2 + size * ASCENT_PERCENT / 100;
}

/* Width of the widest line there would be without a measure. */
static gs_len natural_width(const struct gs_shaped *shaped, gs_len indent)
{
    gs_len widest = 0;
    for (size_t i = 0; i <= shaped->count;) {
        const size_t end = gs_fill_forced(shaped, i);
        const gs_len width =
                gs_fill_natural(shaped, i, end) + (i == 0 ? indent : 0);
        widest = MAX(widest, width);
        i = end + 1;
    }
    return widest;
}

/*
 * Sets the type smaller where that brings every line into the room.  Rounding may
 * leave it a little too wide, so the second try aims lower.
 */
static void shrink_to_fit(struct gs_shaped *shaped, struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_fields *fields,
        unsigned percent, gs_len indent, gs_len room, struct gs_diag *diag)
{
    const gs_len natural = natural_width(shaped, indent);
    if (natural <= room || room <= 0 ||
            (room - indent) * 100 < (natural - indent) * SHRINK_PERCENT) {
        return;
    }
    for (gs_len spare = 0; spare <= room / 16; spare += room / 64 + 1) {
        struct gs_shaped smaller;
        gs_shape(&smaller, arena, fonts, shaped->runs, shaped->run_count,
                fields,
                (struct gs_shrink){(room - indent - spare) * percent,
                        (natural - indent) * 100},
                diag);
        smaller.complete = smaller.complete && shaped->complete;
        gs_shaped_release(shaped);
        *shaped = smaller;
        if (natural_width(shaped, indent) <= room) {
            return;
        }
    }
}

/* Sets a paragraph's lines. */
struct setter {
    struct gs_arena *arena;
    const struct gs_shaped *shaped;
    const struct gs_para_style *style;
    struct gs_setting setting;
    gs_len room; /* of lines but the first */
    gs_len baseline;
    bool off_axis; /* of the lines */
    bool turned; /* lines are as long as their text, and stand upright */
};

/* How a line that `room` is for stands in it; `first` of the paragraph. */
static struct gs_placing placing_of(
        const struct setter *setter, gs_len room, bool first)
{
    const struct gs_para_style *style = setter->style;
    const gs_len indent = first && !style->stacked ? style->indent : 0;
    return (struct gs_placing){
            .setting = setter->setting,
            .x = style->left + indent,
            .room = MAX(room - indent, 0),
            .height = style->line_height,
            .baseline = setter->baseline,
    };
}

static void fill_lines(const struct setter *setter, GArray *spans)
{
    const size_t count = setter->shaped->count;
    const gs_len room = setter->turned ? GS_LEN_MAX : setter->room;
    const struct gs_rooms rooms = {MAX(room - setter->style->indent, 0), room};
    if (!setter->style->stacked) {
        gs_paragraph_fill(setter->shaped, &setter->setting, rooms, spans);
        return;
    }
    size_t at = 0;
    do {
        const struct gs_span span =
                gs_vertical_next(setter->shaped, at, setter->room);
        g_array_append_val(spans, span);
        at = span.next;
    } while (at < count);
}

/* Length of turned text: it has all the room it needs to fill. */
static gs_len longest(const struct setter *setter, const GArray *spans)
{
    gs_len length = 0;
    for (guint i = 0; i < spans->len; i++) {
        const gs_len width = g_array_index(spans, struct gs_span, i).width;
        length = MAX(length, width + (i == 0 ? setter->style->indent : 0));
    }
    return length;
}

/* The lines, turned, are one; it stands across the room as the style aligns. */
static void turn_lines(const struct setter *setter, const GArray *spans,
        struct gs_line *lines, struct gs_lines *out)
{
    const gs_len length = longest(setter, spans);
    for (guint i = 0; i < spans->len; i++) {
        struct gs_placing along = placing_of(setter, length, i == 0);
        along.x -= setter->style->left;
        gs_place_line(setter->arena, setter->shaped,
                &g_array_index(spans, struct gs_span, i), &along, &lines[i]);
    }
    struct gs_line *turned = GS_MAKE(setter->arena, struct gs_line);
    *turned = gs_vertical_turn(setter->arena, lines, spans->len);
    turned->height = MAX(turned->height, setter->style->line_height);
    const struct gs_placing across = placing_of(setter, setter->room, false);
    turned->x = gs_place_x(&across, 0, turned->width);
    turned->overfull = turned->width > setter->room;
    *out = (struct gs_lines){.lines = turned, .count = 1};
}

/* The lines as they stand, one under the other. */
static void place_lines(const struct setter *setter, const GArray *spans,
        struct gs_line *lines)
{
    struct gs_placing placing = placing_of(setter, setter->room, true);
    for (guint i = 0; i < spans->len; i++) {
        const struct gs_span *span = &g_array_index(spans, struct gs_span, i);
        if (i == 1 && setter->style->indent != 0) {
            placing = placing_of(setter, setter->room, false);
        }
        if (setter->style->stacked) {
            gs_vertical_place(setter->arena, setter->shaped, span, &placing,
                    &lines[i]);
        } else {
            gs_place_line(setter->arena, setter->shaped, span, &placing,
                    &lines[i]);
        }
    }
    lines[0].off_axis = setter->off_axis;
}

static void set_lines(const struct setter *setter, struct gs_lines *out)
{
    GArray *spans = setter->shaped->scratch->spans;
    g_array_set_size(spans, 0);
    fill_lines(setter, spans);
    struct gs_line *lines =
            GS_MAKE_ARRAY(setter->arena, struct gs_line, spans->len);
    if (setter->turned) {
        turn_lines(setter, spans, lines, out);
    } else {
        place_lines(setter, spans, lines);
        *out = (struct gs_lines){.lines = lines, .count = spans->len};
    }
}

/* A picture cannot be turned: the paragraph stands upright then. */
static bool is_turned(
        const struct gs_para_style *style, const struct gs_shaped *shaped)
{
    bool turned = style->rotated && !style->stacked;
    for (size_t i = 0; turned && i < shaped->run_count; i++) {
        turned = shaped->runs[i].kind != GS_RUN_IMAGE;
    }
    return turned;
}

static struct gs_setting setting_of(const struct gs_para_style *style,
        const struct gs_text_style *text, gs_len room)
{
    const bool prose = style->align == GS_ALIGN_JUSTIFY && !style->stacked &&
            room >= GS_PROSE_EMS * text->size;
    const gs_len gap = style->align == GS_ALIGN_DECIMAL ? 0
            : style->gap != GS_GAP_AUTO                  ? style->gap
            : prose                                      ? text->size / 4
                                                         : 0;
    return (struct gs_setting){
            .align = style->align,
            .gap = CLAMP(gap, 0, text->size),
            .squeeze = prose,
            .hanging = style->hanging,
    };
}

/*
 * What is left free at the right of a paragraph so that its amount, or what stands
 * for one, ends at the axis of its column.
 */
static gs_len beyond_axis(const struct gs_shaped *shaped,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text, struct gs_diag *diag, bool *amount)
{
    gs_len own = 0;
    *amount = false;
    if (style->align != GS_ALIGN_DECIMAL || style->stacked || style->rotated) {
        return 0;
    }
    *amount = gs_axis_find(shaped, &own);
    const gs_len fraction = gs_axis_fraction(fonts, style, text, diag);
    const gs_len tail = MAX(style->tail, fraction);
    /* Where rows come one by one, a later tail may be wider: it has no room. */
    return own > tail ? GS_LEN_MAX : tail - own;
}

bool gs_text_set_scaled(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, unsigned percent,
        gs_len measure, const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out)
{
    struct gs_labels *labels = gs_fonts_labels(fonts);
    struct gs_label_key key;
    const bool label = gs_label_key_make(
            &key, style, text, runs, run_count, percent, measure);
    if (label && gs_labels_find(labels, &key, arena, out)) {
        return true;
    }
    struct gs_shaped shaped;
    const gs_len room = measure - style->left - style->right;
    gs_shape(&shaped, arena, fonts, runs, run_count, fields,
            (struct gs_shrink){percent, 100}, diag);
    const bool turned = is_turned(style, &shaped);
    if (style->shrink && !style->stacked && !turned) {
        shrink_to_fit(&shaped, arena, fonts, fields, percent, style->indent,
                room, diag);
    }
    gs_paragraph_rule(&shaped, style);
    bool amount;
    const gs_len beyond =
            beyond_axis(&shaped, fonts, style, text, diag, &amount);
    const bool fits = beyond == 0 ||
            natural_width(&shaped, style->indent) + beyond <= room;
    const struct setter setter = {
            .arena = arena,
            .shaped = &shaped,
            .style = style,
            .setting = setting_of(style, text, turned ? 0 : room),
            .room = MAX(room - (fits ? beyond : 0), 0),
            .off_axis = amount && !fits,
            .turned = turned,
            .baseline = baseline_of(
                    style->line_height, text->size * percent / 100),
    };
    set_lines(&setter, out);
    const bool complete = shaped.complete;
    if (label && complete && shaped.lasting) {
        gs_labels_add(labels, &key, &shaped, out);
    }
    gs_shaped_release(&shaped);
    return complete;
}

bool gs_text_set(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, gs_len measure,
        const struct gs_fields *fields, struct gs_diag *diag,
        struct gs_lines *out)
{
    return gs_text_set_scaled(arena, fonts, style, text, runs, run_count, 100,
            measure, fields, diag, out);
}

gs_len gs_text_tail(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_text_style *text,
        const struct gs_run *runs, size_t run_count, struct gs_diag *diag)
{
    gs_len tail = 0;
    struct gs_shaped shaped;
    gs_shape(&shaped, arena, fonts, runs, run_count, NULL, full_size, diag);
    gs_paragraph_rule(&shaped, style);
    (void)gs_axis_find(&shaped, &tail);
    gs_shaped_release(&shaped);
    return MAX(tail, gs_axis_fraction(fonts, style, text, diag));
}

/*
 * Width of the widest piece between breaks that even a narrow column may take:
 * numbers keep their units, words are whole, 禁则 holds.
 */
static gs_len least_width(const struct gs_shaped *shaped, gs_len indent)
{
    gs_len widest = 0, width = indent, ink_width = indent;
    for (size_t i = 0; i < shaped->count; i++) {
        const struct gs_atom *atom = gs_shaped_atom(shaped, i);
        if (i == 0) {
            width = indent - atom->free->spare_front;
        } else if (atom->kind == GS_ATOM_BREAK ||
                atom->before <= GS_BREAK_GROUP) {
            width = ink_width = -atom->free->spare_front;
        }
        width += atom->width;
        if (!gs_atom_is_space(atom)) {
            ink_width = width - atom->free->spare_back;
        }
        widest = MAX(widest, ink_width);
    }
    return widest;
}

static gs_len stacked_width(const struct gs_shaped *shaped)
{
    gs_len widest = 0;
    for (size_t i = 0; i < shaped->count;) {
        const struct gs_span span = gs_vertical_next(shaped, i, GS_LEN_MAX);
        widest = MAX(widest, span.width);
        i = span.next;
    }
    return widest;
}

/* Only forced breaks make lines. */
static gs_len turned_width(const struct gs_shaped *shaped, gs_len line_height)
{
    gs_len lines = 1;
    for (size_t i = 0; i < shaped->count; i++) {
        lines += gs_shaped_atom(shaped, i)->kind == GS_ATOM_BREAK;
    }
    return lines * line_height;
}

/* What an amount leaves free of the tail of its column. */
static gs_len beyond_tail(
        const struct gs_shaped *shaped, const struct gs_para_style *style)
{
    gs_len own = 0;
    if (style->align == GS_ALIGN_DECIMAL) {
        (void)gs_axis_find(shaped, &own);
    }
    return MAX(style->tail - own, 0);
}

static void measure(const struct gs_shaped *shaped,
        const struct gs_para_style *style, gs_len *least, gs_len *natural)
{
    const gs_len sides = style->left + style->right;
    if (style->stacked) {
        *least = *natural = stacked_width(shaped) + sides;
    } else if (is_turned(style, shaped)) {
        *least = *natural = turned_width(shaped, style->line_height) + sides;
    } else {
        *least = least_width(shaped, MAX(style->indent, 0)) + sides;
        *natural = natural_width(shaped, style->indent) + sides;
        *natural = MAX(*natural, *least) + beyond_tail(shaped, style);
    }
}

bool gs_text_measure(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_para_style *style, const struct gs_run *runs,
        size_t run_count, struct gs_diag *diag, gs_len *least, gs_len *natural)
{
    struct gs_shaped shaped;
    gs_shape(&shaped, arena, fonts, runs, run_count, NULL, full_size, diag);
    gs_paragraph_rule(&shaped, style);
    measure(&shaped, style, least, natural);
    const bool complete = shaped.complete;
    gs_shaped_release(&shaped);
    return complete;
}

/* --- trials -------------------------------------------------------------------- */

struct gs_text_trial {
    const struct gs_para_style *style;
    const struct gs_text_style *text;
    struct gs_shaped shaped;
    gs_len baseline;
};

struct gs_text_trial *gs_text_trial_new(struct gs_arena *arena,
        const struct gs_fonts *fonts, const struct gs_para_style *style,
        const struct gs_text_style *text, const struct gs_run *runs,
        size_t run_count)
{
    struct gs_text_trial *trial = g_new0(struct gs_text_trial, 1);
    struct gs_diag *scratch = gs_diag_new();
    trial->style = style;
    trial->text = text;
    trial->baseline = baseline_of(style->line_height, text->size);
    gs_shape(&trial->shaped, arena, fonts, runs, run_count, NULL, full_size,
            scratch);
    gs_diag_free(scratch);
    gs_paragraph_rule(&trial->shaped, style);
    return trial;
}

void gs_text_trial_free(struct gs_text_trial *trial)
{
    gs_shaped_release(&trial->shaped);
    g_free(trial);
}

void gs_text_trial_widths(
        const struct gs_text_trial *trial, gs_len *least, gs_len *natural)
{
    measure(&trial->shaped, trial->style, least, natural);
}

/* The span's line, as gs_place_line() makes it. */
static gs_len span_height(
        const struct gs_text_trial *trial, const struct gs_span *span)
{
    const gs_len line = trial->style->line_height;
    const gs_len height = trial->style->stacked
            ? gs_vertical_height(&trial->shaped, span, line)
            : line;
    gs_len over = 0;
    for (size_t i = span->first; i < span->end; i++) {
        const struct gs_atom *atom = gs_shaped_atom(&trial->shaped, i);
        if (atom->kind == GS_ATOM_IMAGE) {
            const gs_len picture = trial->shaped.runs[atom->look->run].height;
            over = MAX(over, MIN(picture, GS_LEN_MAX) - trial->baseline);
        }
    }
    return height + over;
}

/* Whether `shrink` brings every line into the room. */
static bool shrinks(const struct gs_text_trial *trial, gs_len room)
{
    const struct gs_para_style *style = trial->style;
    const gs_len natural = natural_width(&trial->shaped, style->indent);
    return style->shrink && !style->stacked &&
            !is_turned(style, &trial->shaped) &&
            (room - style->indent) * 100 >=
            (natural - style->indent) * SHRINK_PERCENT;
}

gs_len gs_text_trial_height(const struct gs_text_trial *trial, gs_len measure)
{
    const struct gs_para_style *style = trial->style;
    const struct gs_shaped *shaped = &trial->shaped;
    gs_len room = MAX(measure - style->left - style->right, 0);
    if (shrinks(trial, room)) {
        room = GS_LEN_MAX;
    }
    const bool turned = is_turned(style, shaped);
    const struct setter setter = {
            .shaped = shaped,
            .style = style,
            .setting = setting_of(style, trial->text, turned ? 0 : room),
            .room = room,
            .turned = turned,
    };
    GArray *spans = shaped->scratch->spans;
    g_array_set_size(spans, 0);
    fill_lines(&setter, spans);
    gs_len height = turned ? MAX(longest(&setter, spans), style->line_height) : 0;
    for (guint i = 0; !turned && i < spans->len; i++) {
        height += span_height(trial, &g_array_index(spans, struct gs_span, i));
    }
    return height;
}

bool gs_text_line(struct gs_arena *arena, const struct gs_fonts *fonts,
        const struct gs_text_style *style, const char *text,
        const struct gs_origin *origin, struct gs_diag *diag,
        struct gs_line *out)
{
    const size_t size = strlen(text);
    const struct gs_run run = {
            .kind = GS_RUN_TEXT,
            .text = gs_arena_strndup(arena, text, size), /* lines point to it */
            .size = size,
            .style = style,
            .origin = *origin,
    };
    struct gs_shaped shaped;
    gs_shape(&shaped, arena, fonts, &run, 1, NULL, full_size, diag);
    const struct gs_setting setting = {.align = GS_ALIGN_LEFT};
    struct gs_span span;
    gs_fill_line(&shaped, &setting, 0, GS_LEN_MAX, &span);
    const struct gs_placing placing = {
            .room = span.width,
            .height = style->size,
            .baseline = baseline_of(style->size, style->size),
            .own = true,
    };
    gs_place_line(arena, &shaped, &span, &placing, out);
    /* Marks would point to the run, which ends here; it has only underlines. */
    out->marks = NULL;
    out->mark_count = 0;
    const bool complete = shaped.complete;
    gs_shaped_release(&shaped);
    return complete;
}
