#include "support/plan_read.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct plan *plan;
    char *error;
};

static bool fail(struct reader *reader, const char *line)
{
    if (reader->error == NULL) {
        reader->error = g_strdup_printf("not understood: %s", line);
    }
    return false;
}

/* Whether `*at` begins with a word; it is then skipped, with blanks. */
static bool takes(const char **at, const char *word)
{
    size_t size = strlen(word);
    if (strncmp(*at, word, size) != 0 ||
            ((*at)[size] != ' ' && (*at)[size] != '\0')) {
        return false;
    }
    *at += size;
    *at += strspn(*at, " ");
    return true;
}

static unsigned take_number(const char **at)
{
    char *end;
    unsigned long number = strtoul(*at, &end, 10);
    *at = end + strspn(end, " ");
    return (unsigned)number;
}

/* --- cells ------------------------------------------------------------------------ */

/* 甲:12 is twelve lines 甲一 to 甲二. */
static char *counted(const char *text)
{
    static const char *const digits[] = {
            "〇", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    const char *colon = strchr(text, ':');
    if (colon == NULL) {
        return g_strdelimit(g_strdup(text), "/", '\n');
    }
    GString *lines = g_string_new(NULL);
    unsigned count = (unsigned)strtoul(colon + 1, NULL, 10);
    for (unsigned i = 1; i <= count; i++) {
        g_string_append(lines, i > 1 ? "\n" : "");
        g_string_append_len(lines, text, colon - text);
        g_string_append(lines, digits[i % 10]);
    }
    return g_string_free(lines, FALSE);
}

/* The cell over a slot of the row before, or left of it in this row. */
static struct plan_cell *covering(struct plan *plan, size_t row, size_t column)
{
    for (size_t i = 0; i < plan->cells->len; i++) {
        struct plan_cell *cell = plan_cell(plan, i);
        if (row >= cell->row && row < cell->row + cell->row_span &&
                column >= cell->column &&
                column < cell->column + cell->column_span) {
            return cell;
        }
    }
    return NULL;
}

static bool add_cell(
        struct reader *reader, char *text, size_t row, size_t column)
{
    struct plan *plan = reader->plan;
    g_strstrip(text);
    bool above = strcmp(text, "^") == 0, left = strcmp(text, "<") == 0;
    if (above || left) {
        struct plan_cell *cell = row < above || column < left
                ? NULL
                : covering(plan, row - above, column - left);
        if (cell == NULL) {
            return fail(reader, text);
        }
        cell->row_span = MAX(cell->row_span, row - cell->row + 1);
        cell->column_span = MAX(cell->column_span, column - cell->column + 1);
        return true;
    }
    struct plan_cell cell = {
            row, column, 1, 1, GS_LABEL_FLOW, GS_VALIGN_TOP, NULL};
    for (;; text++) {
        if (*text == '@') {
            cell.label = GS_LABEL_REPEAT;
        } else if (*text == '%') {
            cell.label = GS_LABEL_REPEAT_MARK;
        } else if (*text == '=') {
            cell.valign = GS_VALIGN_MIDDLE;
        } else if (*text == '_') {
            cell.valign = GS_VALIGN_BOTTOM;
        } else {
            break;
        }
    }
    char *lines = counted(strcmp(text, ".") == 0 ? "" : text);
    cell.text = plan_text(plan, lines);
    g_free(lines);
    g_array_append_val(plan->cells, cell);
    return true;
}

static void read_row_words(struct plan_row *row, const char **at)
{
    for (;;) {
        if (takes(at, "next")) {
            row->keep |= GS_KEEP_NEXT;
        } else if (takes(at, "together")) {
            row->keep |= GS_KEEP_TOGETHER;
        } else if (takes(at, "weak")) {
            row->strength = GS_STRENGTH_WEAK;
        } else if (takes(at, "strong")) {
            row->strength = GS_STRENGTH_STRONG;
        } else if (takes(at, "break")) {
            row->break_before = true;
        } else if (takes(at, "high")) {
            row->height = PLAN_LINE * take_number(at);
        } else if (takes(at, "fixed")) {
            row->height = PLAN_LINE * take_number(at);
            row->fixed = true;
        } else {
            return;
        }
    }
}

static bool read_row(struct reader *reader, const char *line)
{
    struct plan *plan = reader->plan;
    if (plan->groups->len == 0) {
        plan_add_group(plan, GS_GROUP_BODY, GS_REPEAT_NONE);
    }
    size_t index = plan->rows->len;
    const char *at = line;
    read_row_words(plan_add_row(plan), &at);
    char **cells = g_strsplit(at, "|", -1);
    bool ok = g_strv_length(cells) == plan->columns->len;
    for (size_t i = 0; ok && cells[i] != NULL; i++) {
        ok = add_cell(reader, cells[i], index, i);
    }
    g_strfreev(cells);
    return ok || fail(reader, line);
}

/* --- lines ------------------------------------------------------------------------ */

static void read_columns(struct plan *plan, const char *at)
{
    while (*at != '\0') {
        struct gs_column column = {.kind = GS_COLUMN_FIXED};
        column.width = PLAN_EM * take_number(&at);
        plan->width += column.width;
        g_array_append_val(plan->columns, column);
    }
}

static bool read_head(struct reader *reader, const char *at)
{
    static const char *const repeats[] = {"all", "last", "none"};
    for (size_t i = 0; i < G_N_ELEMENTS(repeats); i++) {
        if (takes(&at, repeats[i])) {
            plan_add_group(reader->plan, GS_GROUP_HEAD, (enum gs_repeat)i);
            return true;
        }
    }
    return fail(reader, at);
}

static bool read_line(struct reader *reader, const char *line)
{
    struct plan *plan = reader->plan;
    const char *at = line;
    if (takes(&at, "page")) {
        plan->height = PLAN_LINE * take_number(&at);
    } else if (takes(&at, "columns")) {
        read_columns(plan, at);
    } else if (takes(&at, "padding")) {
        plan->padding = PLAN_LINE * take_number(&at);
    } else if (takes(&at, "lines")) {
        plan->orphans = take_number(&at);
        plan->widows = take_number(&at);
    } else if (takes(&at, "before")) {
        plan->before = take_number(&at);
    } else if (takes(&at, "head")) {
        return read_head(reader, at);
    } else if (takes(&at, "body")) {
        plan_add_group(plan, GS_GROUP_BODY, GS_REPEAT_NONE);
    } else if (takes(&at, "foot")) {
        plan_add_group(plan, GS_GROUP_FOOT, GS_REPEAT_NONE);
    } else {
        return read_row(reader, line);
    }
    return *at == '\0' || plan->columns->len > 0 || fail(reader, line);
}

struct plan *plan_read(const char *text, char **error)
{
    struct reader reader = {.plan = plan_new()};
    reader.plan->line = PLAN_LINE;
    char **lines = g_strsplit(text, "\n", -1);
    bool ok = true;
    for (size_t i = 0; ok && lines[i] != NULL; i++) {
        g_strstrip(lines[i]);
        ok = lines[i][0] == '\0' || lines[i][0] == '#' ||
                read_line(&reader, lines[i]);
    }
    g_strfreev(lines);
    *error = reader.error;
    if (!ok) {
        plan_free(reader.plan);
        return NULL;
    }
    return reader.plan;
}
