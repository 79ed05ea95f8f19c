#include "support/structure_check.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/file.h"
#include "layout/fragment.h"
#include "model/doc.h"
#include "page/display.h"
#include "support/pdf_objects.h"
#include "write/pdf-file.h"
#include "write/pdf-structure.h"

struct check {
    const struct gs_table *table;
    bool whole; /* all pages are there */
    struct pdf_objects objects;
    GHashTable *texts; /* "page mcid" -> text */
    GHashTable *names; /* IDs */
    size_t *left; /* rows that the cell in a column still covers */
    size_t rows, cells; /* seen */
    size_t model_row, model_cell; /* whose text comes next */
    char *failure;
};

G_GNUC_PRINTF(2, 3)
static bool fail(struct check *check, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (check->failure == NULL) {
        check->failure = g_strdup_vprintf(format, args);
    }
    va_end(args);
    return false;
}

/* --- making ----------------------------------------------------------------- */

static void note_text(struct check *check, unsigned page, unsigned mcid,
        const struct gs_glyph_run *run)
{
    g_hash_table_insert(check->texts, g_strdup_printf("%u %u", page, mcid),
            g_strndup(run->text, run->text_size));
}

static void play(struct check *check, struct gs_pdf_structure *structure,
        unsigned page, const struct gs_display *display)
{
    bool artifact = false;
    for (size_t i = 0; i < display->count; i++) {
        const struct gs_op *op = &display->ops[i];
        if (op->kind == GS_OP_BEGIN_TAG) {
            gs_pdf_structure_begin_tag(structure, &op->u.tag);
        } else if (op->kind == GS_OP_END_TAG) {
            gs_pdf_structure_end_tag(structure);
        } else if (op->kind == GS_OP_BEGIN_ARTIFACT) {
            artifact = true;
        } else if (op->kind == GS_OP_END_ARTIFACT) {
            artifact = false;
        } else if (op->kind == GS_OP_GLYPHS && !artifact) {
            note_text(check, page, gs_pdf_structure_mark(structure).mcid,
                    op->u.glyphs.run);
        }
    }
}

/* Returns the number of the StructTreeRoot. */
static unsigned make(
        struct check *check, const struct gs_pages *pages, size_t first)
{
    size_t size;
    struct gs_output *output = gs_output_memory();
    struct gs_pdf_file *file =
            gs_pdf_file_new(output, NULL, GS_PDF_A_1B, false);
    struct gs_pdf_structure *structure = gs_pdf_structure_new(file);
    for (size_t i = first; i < pages->count; i++) {
        const struct gs_page *page = &pages->pages[i];
        struct gs_arena *arena = gs_arena_new();
        unsigned number = gs_pdf_reserve(file);
        gs_pdf_structure_begin_page(structure, number, page->size.height);
        play(check, structure, number, gs_display_make(arena, page, first));
        gs_pdf_puts(gs_pdf_begin(file, number), "<</Type/Page>>");
        gs_pdf_end(file);
        gs_pdf_structure_end_page(structure);
        gs_arena_free(arena);
    }
    unsigned root = gs_pdf_structure_finish(structure);
    gs_pdf_structure_free(structure);
    gs_pdf_finish(file, root, 0);
    gs_pdf_file_free(file);
    pdf_objects_init(&check->objects, gs_output_take(output, &size));
    gs_output_free(output);
    return root;
}

/* --- reading ---------------------------------------------------------------- */

/* Calls `visit` for each element among the kids. */
static bool for_each_kid(struct check *check, unsigned element,
        bool (*visit)(struct check *, unsigned))
{
    const char *at = strstr(pdf_object(&check->objects, element), "/K[");
    if (at == NULL) {
        return true;
    }
    for (at += strlen("/K["); *at != ']';) {
        char *after;
        unsigned number = (unsigned)strtoul(at, &after, 10);
        if (!g_str_has_prefix(after, " 0 R")) {
            return fail(check, "element %u has more than elements", element);
        }
        if (pdf_number(pdf_object(&check->objects, number), "/P ") != element) {
            return fail(check, "element %u has another parent", number);
        }
        if (!visit(check, number)) {
            return false;
        }
        at = after + strlen(" 0 R");
        at += *at == ' ';
    }
    return true;
}

static bool has_role(
        const struct check *check, unsigned element, const char *role)
{
    const char *text =
            strstr(pdf_object(&check->objects, element), "/S/") + strlen("/S/");
    return strncmp(text, role, strlen(role)) == 0 && text[strlen(role)] == '/';
}

/* The attributes of an element, or "". */
static const char *attributes(const struct check *check, unsigned element)
{
    const char *at = strstr(pdf_object(&check->objects, element), "/A ");
    if (at == NULL) {
        return "";
    }
    at += strlen("/A ");
    return *at == '<'
            ? at
            : pdf_object(&check->objects, (unsigned)strtoul(at, NULL, 10));
}

static size_t span(const char *text, const char *entry)
{
    return strstr(text, entry) == NULL ? 1 : pdf_number(text, entry);
}

/* The text of an element's content, which is all that it holds. */
static char *text_of(const struct check *check, unsigned element)
{
    const char *object = pdf_object(&check->objects, element);
    const char *at = strstr(object, "/K[");
    GString *out = g_string_new(NULL);
    while (at != NULL && *at != ']') {
        char *after;
        unsigned page = pdf_number(object, "/Pg ");
        if (g_str_has_prefix(at, "<<")) {
            page = pdf_number(at, "/Pg ");
            at = strstr(at, "/MCID ") + strlen("/MCID ");
        }
        if (g_ascii_isdigit(*at)) {
            unsigned mcid = (unsigned)strtoul(at, &after, 10);
            char *key = g_strdup_printf("%u %u", page, mcid);
            g_string_append(out, g_hash_table_lookup(check->texts, key));
            g_free(key);
            at = after;
        } else {
            at += at[0] == '/' ? strlen("/K[") : 1;
        }
    }
    return g_string_free(out, FALSE);
}

/* Whether two texts are the same, white space apart; `cut`: as far as `a` goes. */
static bool same(const char *a, const char *b, bool cut)
{
    while (*a != '\0' || (*b != '\0' && !cut)) {
        if (g_ascii_isspace(*a)) {
            a++;
        } else if (g_ascii_isspace(*b)) {
            b++;
        } else if (*a++ != *b++) {
            return false;
        }
    }
    return true;
}

/* --- cells ------------------------------------------------------------------ */

static void append_model_text(GString *out, const struct gs_cell *cell)
{
    for (size_t i = 0; i < cell->block_count; i++) {
        const struct gs_para *para = &cell->blocks[i].u.para;
        for (size_t k = 0; k < para->run_count; k++) {
            if (para->runs[k].kind == GS_RUN_TEXT) {
                g_string_append_len(
                        out, para->runs[k].text, (gssize)para->runs[k].size);
            }
        }
    }
}

/* Cells of the model come in the same order. */
static bool check_text(struct check *check, unsigned element)
{
    while (check->model_row < check->table->row_count &&
            check->model_cell ==
                    check->table->rows[check->model_row].cell_count) {
        check->model_row++;
        check->model_cell = 0;
    }
    if (check->model_row == check->table->row_count) {
        return fail(check, "there are more cells than in the model");
    }
    GString *expected = g_string_new(NULL);
    const struct gs_row *row = &check->table->rows[check->model_row];
    append_model_text(expected, &row->cells[check->model_cell++]);
    char *text = text_of(check, element);
    bool ok = same(text, expected->str, row->fit == GS_FIT_CLIP) ||
            fail(check, "a cell of row %zu says %s, not %s",
                    check->model_row + 1, text, expected->str);
    g_free(text);
    g_string_free(expected, TRUE);
    return ok;
}

static bool check_heads(struct check *check, const char *text)
{
    const char *at = strstr(text, "/Headers[");
    if (at == NULL) {
        return true;
    }
    for (at += strlen("/Headers"); at[1] == '(';) {
        const char *end = strchr(at, ')');
        char *id = g_strndup(at + 2, (gsize)(end - at - 2));
        bool known = g_hash_table_contains(check->names, id);
        if (!known) {
            fail(check, "no head is called %s", id);
        }
        g_free(id);
        if (!known) {
            return false;
        }
        at = end;
    }
    return true;
}

static bool visit_cell(struct check *check, unsigned element)
{
    const char *text = attributes(check, element);
    size_t columns = check->table->column_count;
    size_t column = 0, wide = span(text, "/ColSpan ");
    while (column < columns && check->left[column] > 0) {
        column++;
    }
    if (column + wide > columns) {
        return fail(check, "row %zu has too many columns", check->rows);
    }
    for (size_t i = 0; i < wide; i++) {
        if (check->left[column + i] > 0) {
            return fail(check, "cells of row %zu overlap", check->rows);
        }
        check->left[column + i] = span(text, "/RowSpan ");
    }
    check->cells++;
    return check_heads(check, text) &&
            (!check->whole || check_text(check, element));
}

static bool visit_row(struct check *check, unsigned element)
{
    check->rows++;
    if (!has_role(check, element, "TR")) {
        return fail(check, "row %zu is none", check->rows);
    }
    if (!for_each_kid(check, element, visit_cell)) {
        return false;
    }
    for (size_t i = 0; i < check->table->column_count; i++) {
        if (check->left[i]-- == 0) {
            return fail(check, "row %zu has too few columns", check->rows);
        }
    }
    return true;
}

static bool visit_section(struct check *check, unsigned element)
{
    return for_each_kid(check, element, visit_row);
}

static bool visit_block(struct check *check, unsigned element)
{
    if (!has_role(check, element, "Table")) {
        return true;
    }
    if (check->rows > 0) {
        return fail(check, "the table is more than one");
    }
    return for_each_kid(check, element, visit_section);
}

/* --- trees ------------------------------------------------------------------ */

/* The names below a node, as "(t1r1c1) 12 0 R …". */
static void collect_names(struct check *check, unsigned node)
{
    const char *text = pdf_object(&check->objects, node);
    const char *kids = strstr(text, "/Kids[");
    if (kids != NULL) {
        for (kids += strlen("/Kids["); *kids != ']';) {
            collect_names(check, (unsigned)strtoul(kids, NULL, 10));
            kids = strstr(kids, " R") + strlen(" R");
            kids += *kids == ' ';
        }
        return;
    }
    for (const char *at = strchr(strstr(text, "/Names["), '('); at != NULL;
            at = strchr(at + 1, '(')) {
        g_hash_table_add(check->names,
                g_strndup(at + 1, (gsize)(strchr(at, ')') - at - 1)));
    }
}

char *structure_check(const struct gs_pages *pages,
        const struct gs_table *table, size_t first)
{
    struct check check = {
            .table = table,
            .whole = first == 0,
            .texts = g_hash_table_new_full(
                    g_str_hash, g_str_equal, g_free, g_free),
            .names = g_hash_table_new_full(
                    g_str_hash, g_str_equal, g_free, NULL),
            .left = g_new0(size_t, table->column_count),
    };
    unsigned root = make(&check, pages, first);
    const char *text = pdf_object(&check.objects, root);
    if (strstr(text, "/IDTree ") != NULL) {
        collect_names(&check, pdf_number(text, "/IDTree "));
    }
    bool ok = for_each_kid(&check, pdf_number(text, "/K "), visit_block);
    for (size_t i = 0; ok && i < table->column_count; i++) {
        ok = check.left[i] == 0 || fail(&check, "a cell ends below its table");
    }
    if (ok && check.whole && check.rows != table->row_count) {
        fail(&check, "%zu rows of %zu", check.rows, table->row_count);
    }
    pdf_objects_release(&check.objects);
    g_hash_table_destroy(check.texts);
    g_hash_table_destroy(check.names);
    g_free(check.left);
    return check.failure;
}
