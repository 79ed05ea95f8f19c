/*
 * The libharu writer: clips, lines, areas, paths, seals.
 */
#include "write/haru.h"

#include <assert.h>

void gs_haru_push_clip(struct gs_writer *base, struct gs_rect rect)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (gs_haru_can_draw(haru)) {
        gs_haru_end_text(haru);
        HPDF_Page_GSave(haru->page);
        HPDF_Page_Rectangle(haru->page, gs_haru_pt(rect.x),
                gs_haru_y(haru, rect.y + rect.height), gs_haru_pt(rect.width),
                gs_haru_pt(rect.height));
        HPDF_Page_Clip(haru->page);
        HPDF_Page_EndPath(haru->page);
    }
}

void gs_haru_pop_clip(struct gs_writer *base)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (gs_haru_can_draw(haru)) {
        gs_haru_end_text(haru);
        HPDF_Page_GRestore(haru->page);
        haru->font = NULL;
        haru->bold = true; /* whatever it was: the mode is set again */
    }
}

static void set_fill(struct gs_haru *haru, struct gs_color color)
{
    HPDF_Page_SetRGBFill(haru->page, (float)color.red / 255,
            (float)color.green / 255, (float)color.blue / 255);
}

static void set_stroke(
        struct gs_haru *haru, struct gs_color color, gs_len width)
{
    HPDF_Page_SetRGBStroke(haru->page, (float)color.red / 255,
            (float)color.green / 255, (float)color.blue / 255);
    HPDF_Page_SetLineWidth(haru->page, gs_haru_pt(width));
}

/* libharu knows whole points only for dashes, so the operator is written out. */
static void set_dash(struct gs_haru *haru, double dash)
{
    HPDF_PageAttr attr = (HPDF_PageAttr)haru->page->attr;
    char number[G_ASCII_DTOSTR_BUF_SIZE] = "";
    char text[sizeof(number) + 16];

    if (dash > 0) {
        g_ascii_formatd(number, sizeof(number), "%.3f", dash);
    }
    g_snprintf(text, sizeof(text), "[%s] 0 d\n", number);
    if (HPDF_Stream_WriteStr(attr->stream, text) != HPDF_OK) {
        HPDF_CheckError(haru->page->error);
    }
}

void gs_haru_fill_rect(
        struct gs_writer *base, struct gs_rect rect, struct gs_color color)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (gs_haru_can_draw(haru)) {
        gs_haru_end_text(haru);
        set_fill(haru, color);
        HPDF_Page_Rectangle(haru->page, gs_haru_pt(rect.x),
                gs_haru_y(haru, rect.y + rect.height), gs_haru_pt(rect.width),
                gs_haru_pt(rect.height));
        HPDF_Page_Fill(haru->page);
    }
}

void gs_haru_stroke_line(struct gs_writer *base, struct gs_point from,
        struct gs_point to, const struct gs_rule_style *style)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (!gs_haru_can_draw(haru)) {
        return;
    }
    gs_haru_end_text(haru);
    set_stroke(haru, style->color, style->width);
    set_dash(haru, style->kind == GS_RULE_DASHED ? gs_writer_dash(style) : 0);
    HPDF_Page_MoveTo(haru->page, gs_haru_pt(from.x), gs_haru_y(haru, from.y));
    HPDF_Page_LineTo(haru->page, gs_haru_pt(to.x), gs_haru_y(haru, to.y));
    HPDF_Page_Stroke(haru->page);
}

void gs_haru_stroke_rule(struct gs_writer *base, const struct gs_rule *rule)
{
    gs_haru_stroke_line(base, (struct gs_point){rule->x, rule->y},
            gs_writer_rule_end(rule), &rule->style);
}

static void add_step(struct gs_haru *haru, const struct gs_path_step *step)
{
    HPDF_Page page = haru->page;
    float x[3], y[3];

    for (size_t i = 0; i < G_N_ELEMENTS(x); i++) {
        x[i] = gs_haru_pt(step->points[i].x);
        y[i] = gs_haru_y(haru, step->points[i].y);
    }
    switch (step->op) {
    case 'M':
        HPDF_Page_MoveTo(page, x[0], y[0]);
        break;
    case 'L':
        HPDF_Page_LineTo(page, x[0], y[0]);
        break;
    case 'C':
        HPDF_Page_CurveTo(page, x[0], y[0], x[1], y[1], x[2], y[2]);
        break;
    case 'Z':
        HPDF_Page_ClosePath(page);
        break;
    default:
        assert(false); /* there are no other steps */
    }
}

void gs_haru_show_path(struct gs_writer *base, const struct gs_path *path)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (!gs_haru_can_draw(haru) || path->count == 0) {
        return;
    }
    gs_haru_end_text(haru);
    if (path->fill) {
        set_fill(haru, path->color);
    } else {
        set_stroke(haru, path->color, path->stroke);
        set_dash(haru, gs_len_to_pt(path->dash));
    }
    for (size_t i = 0; i < path->count; i++) {
        add_step(haru, &path->steps[i]);
    }
    if (path->fill) {
        HPDF_Page_Fill(haru->page);
    } else {
        HPDF_Page_Stroke(haru->page);
    }
}

void gs_haru_begin_seal(struct gs_writer *base)
{
    struct gs_haru *haru = gs_haru_cast(base);

    if (!gs_haru_can_draw(haru)) {
        return;
    }
    gs_haru_end_text(haru);
    HPDF_Page_GSave(haru->page);
    if (haru->multiply == NULL) {
        haru->multiply = HPDF_CreateExtGState(haru->pdf);
        HPDF_ExtGState_SetBlendMode(haru->multiply, HPDF_BM_MULTIPLY);
    }
    HPDF_Page_SetExtGState(haru->page, haru->multiply);
}

void gs_haru_end_seal(struct gs_writer *base)
{
    gs_haru_pop_clip(base); /* the graphics state is given back */
}
