/*
 * Tables, as pdf-table.h describes them.
 */
#include "write/pdf-table.h"

#include <assert.h>
#include <string.h>

#include "layout/fragment.h"
#include "page/heads.h"

/*
 * Rows of a section in PDF/A-1, whose arrays hold 8 191 elements at most (ISO
 * 19005-1, 6.1.12): some are left for a merged cell to end in.
 */
#define ROWS_MAX 8000

struct gs_pdf_table {
    struct gs_pdf_tables *shared;
    struct gs_pdf_element *element;
    const struct gs_frag_table *part; /* of the page at hand */
    size_t number; /* of the table in its document */
    unsigned strip;
    struct gs_heads *heads;
    /* THead, TBody or TFoot; which of them, is known when it ends. */
    struct gs_pdf_element *section;
    enum gs_group_kind kind;
    bool has_head, has_body;
    struct gs_pdf_element **rows; /* by index; NULL: written, or not begun */
    size_t row_room;
    size_t row; /* the latest one */
    struct gs_pdf_element **cells; /* by column: open ones */
    size_t *cell_ends; /* their row ends */
    GString **cell_spans; /* entries of those of several rows, or NULL */
    size_t columns;
};

void gs_pdf_tables_init(
        struct gs_pdf_tables *tables, struct gs_pdf_elements *elements)
{
    *tables = (struct gs_pdf_tables){
            .elements = elements,
            .ids = g_array_new(FALSE, FALSE, sizeof(struct gs_pdf_id)),
    };
}

void gs_pdf_tables_release(struct gs_pdf_tables *tables)
{
    g_array_free(tables->ids, TRUE);
    gs_pdf_attributes_release(&tables->attributes);
    gs_pdf_buffer_release(&tables->text);
}

struct gs_pdf_table *gs_pdf_table_new(
        struct gs_pdf_tables *tables, struct gs_pdf_element *element)
{
    struct gs_pdf_table *table = g_new0(struct gs_pdf_table, 1);
    table->shared = tables;
    table->element = element;
    table->heads = gs_heads_new();
    return table;
}

/* --- rows and cells that end ------------------------------------------------ */

static void close_row(struct gs_pdf_table *table, size_t row)
{
    if (row < table->row_room) {
        gs_pdf_element_close(table->shared->elements, table->rows[row]);
        table->rows[row] = NULL;
    }
}

static void forget_span(struct gs_pdf_table *table, size_t column)
{
    if (table->cell_spans[column] != NULL) {
        g_string_free(table->cell_spans[column], TRUE);
        table->cell_spans[column] = NULL;
    }
}

/* Cells of which no row is left from `row` on. */
static void close_cells(struct gs_pdf_table *table, size_t row)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (table->cells[i] != NULL && table->cell_ends[i] <= row) {
            gs_pdf_element_close(table->shared->elements, table->cells[i]);
            table->cells[i] = NULL;
            forget_span(table, i);
        }
    }
}

/* --- THead, TBody, TFoot ---------------------------------------------------- */

/*
 * ISO 32000-1, table 337: at most one head, first, and one foot, last, and a body
 * between or beside them.  Heads further down are rows of a body.
 */
static const char *section_role(const struct gs_pdf_table *table, bool last)
{
    switch (table->kind) {
    case GS_GROUP_HEAD:
        return table->has_head || table->has_body || last ? "TBody" : "THead";
    case GS_GROUP_BODY:
        return "TBody";
    case GS_GROUP_FOOT:
        return last && table->has_body ? "TFoot" : "TBody";
    }
    return "TBody";
}

static void close_section(struct gs_pdf_table *table, bool last)
{
    if (table->section == NULL) {
        return;
    }
    table->section->role = section_role(table, last);
    bool head = strcmp(table->section->role, "THead") == 0;
    table->has_head = table->has_head || head;
    table->has_body = table->has_body || !head;
    gs_pdf_element_close(table->shared->elements, table->section);
    table->section = NULL;
}

/* Nothing reaches from the rows so far into the one that begins. */
static bool is_between_cells(const struct gs_pdf_table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (table->cells[i] != NULL) {
            return false;
        }
    }
    return true;
}

/* Whether the section at hand has as many rows as its array may hold. */
static bool is_full(const struct gs_pdf_table *table)
{
    return table->section != NULL && table->section->kid_count >= ROWS_MAX &&
            gs_pdf_file_standard(table->shared->elements->file) ==
            GS_PDF_A_1B &&
            is_between_cells(table);
}

static struct gs_pdf_element *section_of(
        struct gs_pdf_table *table, enum gs_group_kind kind)
{
    if (table->section != NULL && table->kind == GS_GROUP_HEAD &&
            kind == GS_GROUP_BODY && (table->has_head || table->has_body)) {
        table->kind = kind; /* the rows under a head further down */
    }
    if (table->section == NULL || table->kind != kind || is_full(table)) {
        close_section(table, false);
        table->kind = kind;
        table->section = gs_pdf_element_new(
                table->shared->elements, table->element, GS_TAG_TABLE, "TBody");
    }
    return table->section;
}

/* --- parts and rows --------------------------------------------------------- */

void gs_pdf_table_begin_part(
        struct gs_pdf_table *table, const struct gs_frag_table *part)
{
    table->part = part;
    table->number = part->number;
    if (table->cells == NULL) {
        table->columns = part->table->column_count;
        table->cells = g_new0(struct gs_pdf_element *, table->columns);
        table->cell_ends = g_new0(size_t, table->columns);
        table->cell_spans = g_new0(GString *, table->columns);
    } else if (table->strip != part->strip) {
        close_cells(table, SIZE_MAX);
    }
    table->strip = part->strip;
}

static void make_room(struct gs_pdf_table *table, size_t row)
{
    if (row >= table->row_room) {
        size_t room = MAX(row + 1, MAX(table->row_room * 2, 64));
        table->rows = g_renew(struct gs_pdf_element *, table->rows, room);
        memset(table->rows + table->row_room, 0,
                (room - table->row_room) * sizeof *table->rows);
        table->row_room = room;
    }
}

/* Whether the row is the one that the page before has begun. */
static bool goes_on(
        const struct gs_pdf_table *table, const struct gs_frag_row *row)
{
    return row->part > 1 && row->index == table->row &&
            row->index < table->row_room && table->rows[row->index] != NULL;
}

struct gs_pdf_element *gs_pdf_table_row(
        struct gs_pdf_table *table, const struct gs_frag_row *row)
{
    const struct gs_frag_table *part = table->part;
    if (goes_on(table, row)) {
        return table->rows[row->index];
    }
    make_room(table, row->index);
    if (part->strip == part->strips && row->index > 0) {
        close_row(table, table->row); /* it has its last cells */
    }
    close_cells(table, row->index);
    if (table->rows[row->index] == NULL) {
        table->rows[row->index] = gs_pdf_element_new(table->shared->elements,
                section_of(table, row->group), GS_TAG_ROW, "TR");
    }
    gs_heads_row(table->heads, part, (size_t)(row - part->rows));
    table->row = row->index;
    return table->rows[row->index];
}

/* --- cells ------------------------------------------------------------------ */

/* "t1r2c3": table, row, column, counted from 1. */
#define ID_MOST (3 * (1 + GS_PDF_INT_MOST))
static char *format_id(
        char *out, const struct gs_pdf_table *table, size_t row, size_t column)
{
    *out++ = 't';
    out = gs_pdf_format_int(out, (int64_t)table->number);
    *out++ = 'r';
    out = gs_pdf_format_int(out, (int64_t)row + 1);
    *out++ = 'c';
    return gs_pdf_format_int(out, (int64_t)column + 1);
}

static void put_id(struct gs_pdf_buffer *out, const struct gs_pdf_table *table,
        size_t row, size_t column)
{
    char *const begin = gs_pdf_buffer_reserve(out, ID_MOST + 2);
    char *end = begin;
    *end++ = '(';
    end = format_id(end, table, row, column);
    *end++ = ')';
    out->size += (size_t)(end - begin);
}

static void put_attributes(struct gs_pdf_buffer *out,
        const struct gs_pdf_table *table, const struct gs_headed *cell)
{
    gs_pdf_puts(out, "<</O/Table");
    if (cell->row_span > 1) {
        gs_pdf_puts(out, "/RowSpan ");
        gs_pdf_put_int(out, (int64_t)cell->row_span);
    }
    if (cell->column_span > 1) {
        gs_pdf_puts(out, "/ColSpan ");
        gs_pdf_put_int(out, (int64_t)cell->column_span);
    }
    switch (cell->scope) {
    case GS_SCOPE_NONE:
        break;
    case GS_SCOPE_COLUMN:
        gs_pdf_puts(out, "/Scope/Column");
        break;
    case GS_SCOPE_ROW:
        gs_pdf_puts(out, "/Scope/Row");
        break;
    }
    if (cell->told && cell->head_count > 0) {
        gs_pdf_puts(out, "/Headers[");
        for (size_t i = 0; i < cell->head_count; i++) {
            put_id(out, table, cell->heads[i].row, cell->heads[i].column);
        }
        gs_pdf_puts(out, "]");
    }
    gs_pdf_puts(out, ">>");
}

/* The entries of a cell, kept as they are while it may be cut short. */
static void remember_span(struct gs_pdf_table *table, size_t column,
        const struct gs_pdf_buffer *entries)
{
    const struct gs_pdf_buffer *text = &table->shared->text;
    GString *kept = g_string_new_len(entries->bytes, (gssize)entries->size);

    g_string_append(kept, "/A ");
    g_string_append_len(kept, text->bytes, (gssize)text->size);
    forget_span(table, column);
    table->cell_spans[column] = kept;
}

/* Every head has a name, for the cells that might have to name it. */
static void name_head(const struct gs_pdf_table *table,
        struct gs_pdf_element *element, const struct gs_headed *cell)
{
    struct gs_pdf_id entry = {.element = element->number};
    char text[ID_MOST];
    const char *end = format_id(text, table, cell->row, cell->column);
    const size_t size = (size_t)(end - text);

    assert(size < sizeof entry.text);
    memcpy(entry.text, text, size);
    g_array_append_val(table->shared->ids, entry);
    gs_pdf_puts(&element->entries, "/ID");
    put_id(&element->entries, table, cell->row, cell->column);
}

static struct gs_pdf_element *begin_cell(
        struct gs_pdf_table *table, const struct gs_headed *cell)
{
    struct gs_pdf_tables *shared = table->shared;
    bool head = cell->scope != GS_SCOPE_NONE;
    struct gs_pdf_element *element = gs_pdf_element_new(shared->elements,
            table->rows[table->row], GS_TAG_CELL, head ? "TH" : "TD");
    if (head) {
        name_head(table, element, cell);
    }
    if (head || cell->row_span > 1 || cell->column_span > 1 ||
            (cell->told && cell->head_count > 0)) {
        shared->text.size = 0;
        put_attributes(&shared->text, table, cell);
        if (cell->row_span > 1) {
            remember_span(table, cell->column, &element->entries);
        }
        gs_pdf_puts(&element->entries, "/A ");
        gs_pdf_attributes_put(&shared->attributes, shared->elements->file,
                &shared->text, &element->entries);
    }
    table->cells[cell->column] = element;
    table->cell_ends[cell->column] = cell->row + cell->row_span;
    return element;
}

struct gs_pdf_element *gs_pdf_table_cell(
        struct gs_pdf_table *table, const struct gs_frag_cell *cell)
{
    const struct gs_frag_table *part = table->part;
    size_t column =
            part->columns != NULL ? part->columns[cell->column] : cell->column;
    if (table->cells[column] != NULL) {
        return table->cells[column];
    }
    const struct gs_headed *headed = gs_heads_cell(table->heads, column);
    assert(headed != NULL);
    return begin_cell(table, headed);
}

/* --- the end ---------------------------------------------------------------- */

/*
 * Where only some pages are drawn, a cell may want rows that are on none of them:
 * it spans those that are there.
 */
static void cut_span(struct gs_pdf_table *table, size_t column)
{
    static const char key[] = "/RowSpan ";
    const GString *kept = table->cell_spans[column];
    const char *found = strstr(kept->str, key);
    char *rest;
    guint64 span = g_ascii_strtoull(found + strlen(key), &rest, 10);
    guint64 lost = table->cell_ends[column] - (table->row + 1);
    struct gs_pdf_buffer *entries = &table->cells[column]->entries;

    entries->size = 0;
    gs_pdf_put(entries, kept->str, (size_t)(found - kept->str));
    if (span - lost > 1) {
        gs_pdf_puts(entries, key);
        gs_pdf_put_int(entries, (int64_t)(span - lost));
    }
    gs_pdf_puts(entries, rest);
}

void gs_pdf_table_close(struct gs_pdf_table *table)
{
    for (size_t i = 0; i < table->columns; i++) {
        if (table->cells[i] != NULL && table->cell_spans[i] != NULL &&
                table->cell_ends[i] > table->row + 1) {
            cut_span(table, i);
        }
    }
    close_cells(table, SIZE_MAX);
    for (size_t i = 0; i < table->row_room; i++) {
        close_row(table, i);
    }
    close_section(table, true);
    gs_pdf_table_free(table);
}

void gs_pdf_table_free(struct gs_pdf_table *table)
{
    if (table == NULL) {
        return;
    }
    struct gs_pdf_elements *elements = table->shared->elements;
    for (size_t i = 0; i < table->columns; i++) {
        gs_pdf_element_free(elements, table->cells[i]);
        forget_span(table, i);
    }
    for (size_t i = 0; i < table->row_room; i++) {
        gs_pdf_element_free(elements, table->rows[i]);
    }
    gs_pdf_element_free(elements, table->section);
    gs_heads_free(table->heads);
    g_free(table->rows);
    g_free(table->cells);
    g_free(table->cell_ends);
    g_free(table->cell_spans);
    g_free(table);
}
