/*
 * The content stream of a page.
 */
#include "write/pdf-content.h"

#include <assert.h>

#include <glib.h>

#include "layout/fragment.h"
#include "write/base.h"

/* FreeType, which makes faces bold for Cairo, adds 1/24 em to each stem. */
#define BOLD_PART 24

/* --- numbers --------------------------------------------------------------------- */

static void put(struct gs_pdf_content *content, const char *text)
{
    gs_pdf_puts(&content->out, text);
}

static void put_milli(struct gs_pdf_content *content, int64_t value)
{
    char *const begin =
            gs_pdf_buffer_reserve(&content->out, GS_PDF_MILLI_MOST + 1);
    char *const end = gs_pdf_format_milli(begin, value);

    *end = ' ';
    content->out.size += (size_t)(end + 1 - begin);
}

static void put_point(struct gs_pdf_content *content, struct gs_point point)
{
    put_milli(content, gs_pdf_milli(point.x));
    put_milli(content, gs_pdf_milli(content->height - point.y));
}

/* --- the page --------------------------------------------------------------------- */

void gs_pdf_content_begin(struct gs_pdf_content *content, gs_len height)
{
    content->out.size = 0;
    content->height = height;
    content->mode = GS_PDF_GRAPHICS;
    content->marked = false;
    content->path = false;
    content->depth = 0;
    content->state = (struct gs_pdf_state){.width = GS_PT(1)};
}

static void stroke_lines(struct gs_pdf_content *content)
{
    if (content->path) {
        put(content, "S\n");
        content->path = false;
    }
}

void gs_pdf_content_end(struct gs_pdf_content *content)
{
    gs_pdf_content_unmark(content);
    gs_pdf_content_enter(content, GS_PDF_GRAPHICS);
    stroke_lines(content);
}

void gs_pdf_content_release(struct gs_pdf_content *content)
{
    gs_pdf_buffer_release(&content->out);
}

void gs_pdf_content_enter(struct gs_pdf_content *content, enum gs_pdf_mode mode)
{
    if (mode == content->mode) {
        return;
    }
    gs_pdf_content_unmark(content);
    stroke_lines(content);
    put(content, mode == GS_PDF_TEXT ? "BT\n" : "ET\n");
    content->mode = mode;
    content->text_x = content->text_y = 0;
    content->turn = 0;
}

/* --- marked content ----------------------------------------------------------------- */

void gs_pdf_content_mark(
        struct gs_pdf_content *content, const char *role, unsigned mcid)
{
    assert(!content->marked);
    stroke_lines(content);
    put(content, "/");
    put(content, role);
    put(content, "<</MCID ");
    gs_pdf_put_int(&content->out, mcid);
    put(content, ">>BDC\n");
    content->marked = true;
}

void gs_pdf_content_mark_artifact(
        struct gs_pdf_content *content, const char *properties)
{
    assert(!content->marked);
    stroke_lines(content);
    put(content, "/Artifact");
    put(content, properties);
    put(content, "BDC\n");
    content->marked = true;
}

void gs_pdf_content_unmark(struct gs_pdf_content *content)
{
    if (content->marked) {
        stroke_lines(content);
        put(content, "EMC\n");
        content->marked = false;
    }
}

/* --- state ------------------------------------------------------------------------ */

static bool is_same_color(struct gs_color a, struct gs_color b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static void put_part(struct gs_pdf_content *content, uint8_t part)
{
    put_milli(content, (part * 1000 + 127) / 255);
}

static void put_color(struct gs_pdf_content *content, struct gs_color color,
        const char *gray, const char *rgb)
{
    if (color.red == color.green && color.green == color.blue) {
        put_part(content, color.red);
        put(content, gray);
    } else {
        put_part(content, color.red);
        put_part(content, color.green);
        put_part(content, color.blue);
        put(content, rgb);
    }
}

static void set_fill(struct gs_pdf_content *content, struct gs_color color)
{
    if (!is_same_color(content->state.fill, color)) {
        put_color(content, color, "g\n", "rg\n");
        content->state.fill = color;
    }
}

static void set_stroke(struct gs_pdf_content *content, struct gs_color color,
        gs_len width, double dash)
{
    struct gs_pdf_state *state = &content->state;

    if (!is_same_color(state->stroke, color)) {
        stroke_lines(content);
        put_color(content, color, "G\n", "RG\n");
        state->stroke = color;
    }
    if (state->width != width) {
        stroke_lines(content);
        put_milli(content, gs_pdf_milli(width));
        put(content, "w\n");
        state->width = width;
    }
    if (state->dash != dash) {
        stroke_lines(content);
        put(content, "[");
        if (dash > 0) {
            gs_pdf_put_milli(&content->out, (int64_t)(dash * 1000 + 0.5));
        }
        put(content, "]0 d\n");
        state->dash = dash;
    }
}

/* --- graphics ----------------------------------------------------------------------- */

static void put_rect(struct gs_pdf_content *content, struct gs_rect rect)
{
    put_point(content, (struct gs_point){rect.x, rect.y + rect.height});
    put_milli(content, gs_pdf_milli(rect.width));
    put_milli(content, gs_pdf_milli(rect.height));
    put(content, "re ");
}

void gs_pdf_content_push_clip(
        struct gs_pdf_content *content, struct gs_rect rect)
{
    assert(content->depth < GS_PDF_DEPTH_MAX);
    gs_pdf_content_unmark(content);
    gs_pdf_content_enter(content, GS_PDF_GRAPHICS);
    stroke_lines(content);
    content->saved[content->depth++] = content->state;
    put(content, "q ");
    put_rect(content, rect);
    put(content, "W n\n");
}

void gs_pdf_content_pop(struct gs_pdf_content *content)
{
    assert(content->depth > 0);
    gs_pdf_content_unmark(content);
    gs_pdf_content_enter(content, GS_PDF_GRAPHICS);
    stroke_lines(content);
    put(content, "Q\n");
    content->state = content->saved[--content->depth];
}

void gs_pdf_content_fill(struct gs_pdf_content *content, struct gs_rect rect,
        struct gs_color color)
{
    stroke_lines(content);
    set_fill(content, color);
    put_rect(content, rect);
    put(content, "f\n");
}

/* Lines of one style are stroked together. */
void gs_pdf_content_line(struct gs_pdf_content *content, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    set_stroke(content, style->color, style->width,
            style->kind == GS_RULE_DASHED ? gs_writer_dash(style) : 0);
    put_point(content, from);
    put(content, "m ");
    put_point(content, to);
    put(content, "l\n");
    content->path = true;
}

static void put_step(
        struct gs_pdf_content *content, const struct gs_path_step *step)
{
    switch (step->op) {
    case 'M':
        put_point(content, step->points[0]);
        put(content, "m ");
        break;
    case 'L':
        put_point(content, step->points[0]);
        put(content, "l ");
        break;
    case 'C':
        put_point(content, step->points[0]);
        put_point(content, step->points[1]);
        put_point(content, step->points[2]);
        put(content, "c ");
        break;
    case 'Z':
        put(content, "h ");
        break;
    default:
        assert(false); /* there are no other steps */
    }
}

void gs_pdf_content_path(
        struct gs_pdf_content *content, const struct gs_path *path)
{
    stroke_lines(content);
    if (path->fill) {
        set_fill(content, path->color);
    } else {
        set_stroke(
                content, path->color, path->stroke, gs_len_to_pt(path->dash));
    }
    for (size_t i = 0; i < path->count; i++) {
        put_step(content, &path->steps[i]);
    }
    put(content, path->fill ? "f\n" : "S\n");
}

void gs_pdf_content_image(
        struct gs_pdf_content *content, struct gs_rect rect, unsigned image)
{
    stroke_lines(content);
    put(content, "q ");
    put_milli(content, gs_pdf_milli(rect.width));
    put(content, "0 0 ");
    put_milli(content, gs_pdf_milli(rect.height));
    put_point(content, (struct gs_point){rect.x, rect.y + rect.height});
    put(content, "cm/I");
    gs_pdf_put_int(&content->out, image);
    put(content, " Do Q\n");
}

void gs_pdf_content_multiply(struct gs_pdf_content *content, bool on)
{
    if (content->state.multiplies != on) {
        stroke_lines(content);
        put(content, on ? "/G1 gs\n" : "/G0 gs\n");
        content->state.multiplies = on;
    }
}

/* --- text -------------------------------------------------------------------------- */

void gs_pdf_content_font(
        struct gs_pdf_content *content, unsigned font, gs_len size)
{
    struct gs_pdf_state *state = &content->state;

    if (state->size == size && state->font == font) {
        return;
    }
    put(content, "/F");
    gs_pdf_put_int(&content->out, font);
    put(content, " ");
    put_milli(content, gs_pdf_milli(size));
    put(content, "Tf\n");
    state->font = font;
    state->size = size;
}

void gs_pdf_content_text_color(
        struct gs_pdf_content *content, struct gs_color color, bool bold)
{
    struct gs_pdf_state *state = &content->state;

    set_fill(content, color);
    if (bold) {
        set_stroke(content, color, state->size / BOLD_PART, 0);
    }
    if (state->bold != bold) {
        put(content, bold ? "2 Tr\n" : "0 Tr\n");
        state->bold = bold;
    }
}

void gs_pdf_content_move(
        struct gs_pdf_content *content, struct gs_point at, unsigned turn)
{
    int64_t x = gs_pdf_milli(at.x), y = gs_pdf_milli(content->height - at.y);

    if (turn == 0 && content->turn == 0) {
        put_milli(content, x - content->text_x);
        put_milli(content, y - content->text_y);
        put(content, "Td\n");
    } else {
        put(content, turn == 90 ? "0 -1 1 0 " : "1 0 0 1 ");
        put_milli(content, x);
        put_milli(content, y);
        put(content, "Tm\n");
    }
    content->text_x = x;
    content->text_y = y;
    content->turn = turn;
}
