/*
 * Vertical: which characters make a line of a label, and how lines are turned.
 */
#include "text/vertical.h"

#include <glib.h>

#include "base/arena.h"
#include "text/face.h"
#include "text/place.h"
#include "text/shape.h"

/* --- lines of a label ------------------------------------------------------- */

/* White space and forced breaks give no line. */
static size_t skip_blank(const struct gs_shaped *shaped, size_t first)
{
    while (first < shaped->count &&
            (gs_atom_is_space(gs_shaped_atom(shaped, first)) ||
                    gs_shaped_atom(shaped, first)->kind == GS_ATOM_BREAK)) {
        first++;
    }
    return first;
}

static bool is_digit(const struct gs_atom *atom)
{
    return atom->klass == GS_CLASS_DIGIT && !atom->wide;
}

/* Parts of a word or number: 2022, GDP, 12.5%, A-3. */
static bool is_word_part(const struct gs_atom *atom)
{
    if (atom->kind != GS_ATOM_TEXT || atom->wide) {
        return false;
    }
    switch ((enum gs_class)atom->klass) {
    case GS_CLASS_LETTER:
    case GS_CLASS_DIGIT:
    case GS_CLASS_SIGN:
    case GS_CLASS_CURRENCY:
    case GS_CLASS_POSTFIX:
    case GS_CLASS_PAUSE:
    case GS_CLASS_STOP:
    case GS_CLASS_SOLIDUS:
        return true;
    case GS_CLASS_OTHER:
    case GS_CLASS_HAN:
    case GS_CLASS_SPACE:
    case GS_CLASS_OPEN:
    case GS_CLASS_CLOSE:
    case GS_CLASS_CONNECT:
    case GS_CLASS_DASH:
    case GS_CLASS_ELLIPSIS:
    case GS_CLASS_JOINER:
    case GS_CLASS_OBJECT:
        return false;
    }
    return false;
}

/* —— and …… are one stroke, one row of dots. */
static bool is_pair_part(const struct gs_atom *atom)
{
    return atom->klass == GS_CLASS_DASH || atom->klass == GS_CLASS_ELLIPSIS;
}

/* Whether two neighbours are turned together. */
static bool turns_with(const struct gs_atom *a, const struct gs_atom *b)
{
    return (is_word_part(a) && is_word_part(b)) ||
            (is_pair_part(a) && b->klass == a->klass);
}

/* Where what is turned together with atom `first` ends. */
static size_t word_end(const struct gs_shaped *shaped, size_t first)
{
    size_t end = first + 1;
    while (end < shaped->count &&
            turns_with(gs_shaped_atom(shaped, end - 1),
                    gs_shaped_atom(shaped, end))) {
        end++;
    }
    return end;
}

/* Two digits alone that fit in one em: 12月. */
static bool is_pair_of_digits(
        const struct gs_shaped *shaped, const struct gs_span *span)
{
    return span->end == span->first + 2 &&
            is_digit(gs_shaped_atom(shaped, span->first)) &&
            is_digit(gs_shaped_atom(shaped, span->first + 1)) &&
            gs_fill_width(shaped, span->first, span->end) <=
            gs_shaped_atom(shaped, span->first)->look->size;
}

/* What stays with a character: its marks, a seal's run; not the rest of ——. */
static bool joins(const struct gs_shaped *shaped, size_t index)
{
    const struct gs_atom *atom = gs_shaped_atom(shaped, index);
    return atom->before == GS_BREAK_NEVER && atom->kind != GS_ATOM_BREAK &&
            atom->klass != GS_CLASS_DASH && atom->klass != GS_CLASS_ELLIPSIS;
}

bool gs_vertical_turns(
        const struct gs_shaped *shaped, const struct gs_span *span)
{
    return span->end > span->first + 1 &&
            turns_with(gs_shaped_atom(shaped, span->first),
                    gs_shaped_atom(shaped, span->first + 1)) &&
            !is_pair_of_digits(shaped, span);
}

gs_len gs_vertical_height(const struct gs_shaped *shaped,
        const struct gs_span *span, gs_len line_height)
{
    if (!gs_vertical_turns(shaped, span)) {
        return line_height;
    }
    /* As much space around the word as around a character. */
    const gs_len size = gs_shaped_atom(shaped, span->first)->look->size;
    const gs_len space = line_height - size;
    return gs_fill_width(shaped, span->first, span->end) + MAX(space, 0);
}

struct gs_span gs_vertical_next(
        const struct gs_shaped *shaped, size_t first, gs_len room)
{
    const size_t count = shaped->count;
    first = skip_blank(shaped, first);
    struct gs_span span = {.first = first, .end = first};
    if (first < count) {
        span.end = word_end(shaped, first);
        while (span.end < count && joins(shaped, span.end)) {
            span.end++;
        }
    }
    span.next = skip_blank(shaped, span.end);
    span.last = span.next == count;
    span.width = gs_vertical_turns(shaped, &span)
            ? gs_shaped_atom(shaped, first)->look->size
            : gs_fill_width(shaped, span.first, span.end);
    span.overfull = span.width > room;
    return span;
}

void gs_vertical_loosen(struct gs_shaped *shaped)
{
    for (size_t i = 0; i < shaped->count; i++) {
        struct gs_atom *atom = &shaped->atoms[i];
        if (atom->free->cut_front != 0 || atom->free->cut_back != 0) {
            struct gs_free *own = gs_atom_own_free(shaped, atom);
            atom->width += own->cut_front + own->cut_back;
            own->cut_front = own->cut_back = 0;
        }
    }
}

/* --- turning ---------------------------------------------------------------- */

static size_t count_runs(const struct gs_line *lines, size_t count)
{
    size_t runs = 0;
    for (size_t i = 0; i < count; i++) {
        runs += lines[i].run_count;
    }
    return runs;
}

static size_t count_marks(const struct gs_line *lines, size_t count)
{
    size_t marks = 0;
    for (size_t i = 0; i < count; i++) {
        marks += lines[i].mark_count;
    }
    return marks;
}

/* The run's glyphs `dx` further along it and `dy` further down. */
static const struct gs_glyph *moved_glyphs(struct gs_arena *arena,
        const struct gs_glyph_run *run, gs_len dx, gs_len dy)
{
    struct gs_glyph *glyphs =
            GS_MAKE_ARRAY(arena, struct gs_glyph, run->glyph_count);
    for (size_t i = 0; i < run->glyph_count; i++) {
        glyphs[i] = run->glyphs[i];
        glyphs[i].x += dx;
        glyphs[i].y += dy;
    }
    return glyphs;
}

/* An underline stands on the left; what else is marked is the whole column. */
static struct gs_mark turned_mark(
        const struct gs_line *line, const struct gs_mark *mark, gs_len left)
{
    struct gs_mark turned = *mark;
    if (mark->kind == GS_MARK_UNDERLINE) {
        turned.turn = 90;
        turned.x = left + line->height - line->baseline - mark->y;
        turned.y = line->x + mark->x;
    } else {
        turned.x = left;
        turned.width = line->height;
    }
    return turned;
}

struct gs_line gs_vertical_turn(
        struct gs_arena *arena, const struct gs_line *lines, size_t count)
{
    struct gs_line out = {.turned = true};
    struct gs_glyph_run *runs =
            GS_MAKE_ARRAY(arena, struct gs_glyph_run, count_runs(lines, count));
    struct gs_mark *marks =
            GS_MAKE_ARRAY(arena, struct gs_mark, count_marks(lines, count));
    GString *text = g_string_new(NULL);
    for (size_t i = 0; i < count; i++) {
        out.width += lines[i].height;
        out.height = MAX(out.height, lines[i].x + lines[i].width);
        out.overfull |= lines[i].overfull;
        out.split_word |= lines[i].split_word;
        g_string_append(text, lines[i].text);
    }
    gs_len left = out.width;
    for (size_t i = 0; i < count; i++) {
        const struct gs_line *line = &lines[i];
        left -= line->height;
        for (size_t k = 0; k < line->run_count; k++) {
            struct gs_glyph_run *run = &runs[out.run_count++];
            *run = line->runs[k];
            run->glyphs = moved_glyphs(arena, run, line->x + run->x, 0);
            run->x = left + line->height - line->baseline;
            run->turn = 90;
        }
        for (size_t k = 0; k < line->mark_count; k++) {
            marks[out.mark_count++] = turned_mark(line, &line->marks[k], left);
        }
    }
    out.runs = runs;
    out.marks = marks;
    out.text = gs_arena_strndup(arena, text->str, text->len);
    g_string_free(text, TRUE);
    return out;
}

/* --- marks of a label ------------------------------------------------------- */

static bool is_turned_mark(const struct gs_atom *atom, uint32_t code)
{
    switch ((enum gs_class)atom->klass) {
    case GS_CLASS_OPEN:
    case GS_CLASS_CLOSE:
    case GS_CLASS_DASH:
    case GS_CLASS_ELLIPSIS:
    case GS_CLASS_SOLIDUS:
        return true;
    case GS_CLASS_CONNECT: /* but not interpuncts */
        return code == 0x2013 || code == 0x301C || code == 0xFF5E;
    case GS_CLASS_OTHER:
    case GS_CLASS_HAN:
    case GS_CLASS_LETTER:
    case GS_CLASS_DIGIT:
    case GS_CLASS_SPACE:
    case GS_CLASS_PAUSE:
    case GS_CLASS_STOP:
    case GS_CLASS_SIGN:
    case GS_CLASS_CURRENCY:
    case GS_CLASS_POSTFIX:
    case GS_CLASS_JOINER:
    case GS_CLASS_OBJECT:
        return false;
    }
    return false;
}

/* How far ！ ？ ： ； are from the middle of their em. */
static gs_len off_middle(const struct gs_atom *atom, uint32_t glyph)
{
    int64_t before = 0, after = 0;
    if (!gs_face_bearings(atom->look->face, glyph, &before, &after)) {
        return 0;
    }
    return gs_face_scale(atom->look->face, (after - before) / 2, atom->look->size);
}

/* Turns or moves the mark that is all of a line. */
static void set_mark(struct gs_arena *arena, const struct gs_atom *atom,
        uint32_t code, const struct gs_line *line, struct gs_glyph_run *run)
{
    const gs_len size = atom->look->size;
    if (is_turned_mark(atom, code)) {
        /* About the middle of its em, which is as high as the baseline says. */
        const gs_len above = line->baseline - (line->height - size) / 2;
        const gs_len rise = above - size / 2; /* of the middle */
        run->glyphs = moved_glyphs(arena, run, -line->width / 2 - rise, rise);
        run->x += line->width / 2;
        run->turn = 90;
    } else if (code == 0x3001 || code == 0x3002 || code == 0xFF0C) {
        run->glyphs = moved_glyphs(arena, run, size / 2, -size / 2);
    } else if (atom->wide &&
            (atom->klass == GS_CLASS_PAUSE || atom->klass == GS_CLASS_STOP)) {
        run->glyphs = moved_glyphs(
                arena, run, off_middle(atom, run->glyphs[0].id), 0);
    }
}

void gs_vertical_place(struct gs_arena *arena, const struct gs_shaped *shaped,
        const struct gs_span *span, const struct gs_placing *placing,
        struct gs_line *out)
{
    const struct gs_atom *atom = span->first < span->end
            ? gs_shaped_atom(shaped, span->first)
            : NULL;
    if (atom == NULL || !gs_vertical_turns(shaped, span)) {
        gs_place_line(arena, shaped, span, placing, out);
        if (atom != NULL && atom->kind == GS_ATOM_TEXT && out->run_count == 1 &&
                out->runs[0].glyph_count == 1) {
            struct gs_glyph_run *run = GS_MAKE(arena, struct gs_glyph_run);
            *run = out->runs[0];
            out->runs = run;
            set_mark(arena, atom, g_utf8_get_char(run->text), out, run);
        }
        return;
    }
    struct gs_placing along = *placing;
    const gs_len height = gs_vertical_height(shaped, span, placing->height);
    along.setting = (struct gs_setting){.align = GS_ALIGN_CENTER};
    along.x = 0;
    along.room = height;
    along.height = atom->look->size;
    along.baseline -= (placing->height - atom->look->size) / 2;
    struct gs_span word = *span;
    word.width = gs_fill_width(shaped, span->first, span->end);
    struct gs_line line;
    gs_place_line(arena, shaped, &word, &along, &line);
    *out = gs_vertical_turn(arena, &line, 1);
    out->height = height;
    out->x = gs_place_x(placing, 0, out->width);
}
