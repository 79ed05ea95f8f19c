/*
 * A plan as a layout and its data, for `gongshi render DATA -l LAYOUT`.
 *
 * Every line of a cell is an element <c> of its row's <row>.
 */
#include "support/plan.h"

#include <string.h>

struct printer {
    const struct plan *plan;
    GString *layout, *data;
    size_t texts; /* of the row so far */
};

static void add_length(GString *out, gs_len length)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_string_append_printf(out, "%spt",
            g_ascii_dtostr(digits, sizeof digits, gs_len_to_pt(length)));
}

static void add_lengths(
        GString *out, const char *name, const gs_len *lengths, size_t count)
{
    g_string_append_printf(out, " %s=\"", name);
    for (size_t i = 0; i < count; i++) {
        g_string_append(out, i > 0 ? " " : "");
        add_length(out, lengths[i]);
    }
    g_string_append_c(out, '"');
}

static void add_texts(struct printer *printer, size_t row, const char *text)
{
    char **lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i] != NULL; i++) {
        g_string_append_printf(printer->data, "<c>%s</c>", lines[i]);
        g_string_append_printf(printer->layout, "%s{row[%zu]/c[%zu]}",
                i > 0 ? "<br/>" : "", row + 1, ++printer->texts);
    }
    g_strfreev(lines);
}

static void add_cell(struct printer *printer, const struct plan_cell *cell)
{
    static const char *const valigns[] = {"top", "middle", "bottom"};
    static const char *const labels[] = {"flow", "repeat", "repeat-mark"};
    GString *out = printer->layout;
    g_string_append(out, "\n      <td");
    if (cell->row_span > 1) {
        g_string_append_printf(out, " rowspan=\"%zu\"", cell->row_span);
    }
    if (cell->column_span > 1) {
        g_string_append_printf(out, " colspan=\"%zu\"", cell->column_span);
    }
    g_string_append_printf(out, " valign=\"%s\"", valigns[cell->valign]);
    if (cell->label != GS_LABEL_FLOW) {
        g_string_append_printf(out, " label=\"%s\"", labels[cell->label]);
    }
    g_string_append_c(out, '>');
    add_texts(printer, cell->row, cell->text);
    g_string_append(out, "</td>");
}

static void add_row(struct printer *printer, size_t index)
{
    static const char *const keeps[] = {"none", "next", "together", "both"};
    const struct plan *plan = printer->plan;
    const struct plan_row *row = plan_row(plan, index);
    GString *out = printer->layout;
    g_string_append(out, "\n     <row");
    if (row->height > 0) {
        add_lengths(out, "height", &row->height, 1);
        g_string_append(out,
                row->fixed  ? " fit=\"fixed\""
                        : row->clip ? " fit=\"clip\""
                                    : "");
    }
    if (row->keep != 0) {
        g_string_append_printf(out, " keep=\"%s\"", keeps[row->keep]);
        g_string_append(out,
                row->strength == GS_STRENGTH_WEAK ? " keep-strength=\"weak\""
                        : row->strength == GS_STRENGTH_STRONG
                        ? " keep-strength=\"strong\""
                        : "");
    }
    g_string_append(out, row->break_before ? " break=\"before\">" : ">");
    g_string_append(printer->data, "\n <row>");
    printer->texts = 0;
    for (size_t column = 0; column < plan->columns->len; column++) {
        for (size_t i = 0; i < plan->cells->len; i++) {
            const struct plan_cell *cell = plan_cell(plan, i);
            if (cell->row == index && cell->column == column) {
                add_cell(printer, cell);
            }
        }
    }
    g_string_append(out, "</row>");
    g_string_append(printer->data, "</row>");
}

static void add_group(struct printer *printer, const struct gs_row_group *group)
{
    static const char *const repeats[] = {"all", "last", "none"};
    GString *out = printer->layout;
    if (group->kind == GS_GROUP_HEAD) {
        g_string_append_printf(
                out, "\n    <head repeat=\"%s\">", repeats[group->repeat]);
    } else if (group->kind == GS_GROUP_FOOT) {
        g_string_append(out, "\n    <foot>");
    }
    for (size_t i = 0; i < group->count; i++) {
        add_row(printer, group->first + i);
    }
    if (group->kind != GS_GROUP_BODY) {
        g_string_append(out,
                group->kind == GS_GROUP_HEAD ? "\n    </head>"
                                             : "\n    </foot>");
    }
}

static void add_columns(struct printer *printer)
{
    GString *out = printer->layout;
    g_string_append(out, "\n   <table columns=\"");
    for (size_t i = 0; i < printer->plan->columns->len; i++) {
        const struct gs_column *column =
                &g_array_index(printer->plan->columns, struct gs_column, i);
        g_string_append(out, i > 0 ? " " : "");
        if (column->kind == GS_COLUMN_FIXED) {
            add_length(out, column->width);
        } else {
            g_string_append_printf(out, "%d*", (int)column->weight);
        }
    }
    g_string_append_c(out, '"');
    if (printer->plan->fill > 0) {
        add_lengths(out, "fill", &printer->plan->fill, 1);
    }
    g_string_append_c(out, '>');
}

/* Rows of pages, with a number as wide as a total in place of it. */
static void add_around(struct printer *printer)
{
    static const struct {
        enum plan_around flag;
        const char *begin, *end;
    } rows[] = {
            {PLAN_PAGE_HEAD, "<head repeat=\"later\">", "</head>"},
            {PLAN_PAGE_FOOT, "<foot repeat=\"all\">", "</foot>"},
            {PLAN_GOES_ON, "<foot repeat=\"pages\">", "</foot>"},
    };
    size_t columns = printer->plan->columns->len;
    if ((printer->plan->around & PLAN_CAPTION) != 0) {
        g_string_append(printer->layout,
                "\n    <continued><p>" PLAN_CONTINUED "</p></continued>");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if ((printer->plan->around & rows[i].flag) == 0) {
            continue;
        }
        g_string_append_printf(
                printer->layout, "\n    %s<row>", rows[i].begin);
        if (columns > 1) {
            g_string_append_printf(printer->layout,
                    "<td colspan=\"%zu\">" PLAN_TOTAL "</td>", columns - 1);
        }
        g_string_append_printf(
                printer->layout, "<td>999</td></row>%s", rows[i].end);
    }
}

static void add_style(struct printer *printer)
{
    const struct plan *plan = printer->plan;
    GString *out = printer->layout;
    const gs_len size[] = {
            plan->width + 2 * PLAN_MARGIN, plan->height + 2 * PLAN_MARGIN};
    const gs_len margin = PLAN_MARGIN, em = PLAN_EM;
    const gs_len padding[] = {plan->padding, plan->gap};
    g_string_append(out, " <page name=\"plan\"");
    add_lengths(out, "size", size, 2);
    add_lengths(out, "margin", &margin, 1);
    g_string_append(out, "/>\n <style name=\"plan\"");
    add_lengths(out, "size", &em, 1);
    add_lengths(out, "line", &plan->line, 1);
    add_lengths(out, "padding", padding, 2);
    g_string_append_printf(out, " orphans=\"%u\" widows=\"%u\"/>",
            plan->orphans, plan->widows);
}

void plan_print(const struct plan *plan, GString *layout, GString *data)
{
    struct printer printer = {.plan = plan, .layout = layout, .data = data};
    g_string_append(layout,
            "<layout xmlns=\"urn:gongshi:layout:1\" name=\"plan\""
            " lang=\"zh-CN\">\n");
    g_string_append(data, "<plan>");
    add_style(&printer);
    g_string_append(layout, "\n <body style=\"plan\">");
    for (unsigned i = 0; i < plan->before; i++) {
        g_string_append(layout, "\n   <p>前</p>");
    }
    g_string_append(layout, plan->page_break ? "\n   <page-break/>" : "");
    add_columns(&printer);
    add_around(&printer);
    for (size_t i = 0; i < plan->groups->len; i++) {
        add_group(&printer, plan_group(plan, i));
    }
    g_string_append(layout, "\n   </table>\n </body>\n</layout>\n");
    g_string_append(data, "\n</plan>\n");
}
