/*
 * Column lists: `18mm 2* auto repeat(4, 12mm 1*)`.
 */
#include "form/compile.h"

#include <string.h>

#include "base/arena.h"
#include "form/attr.h"
#include "xml/xml.h"

#define SHARE_MAX 10000

struct reader {
    struct gs_compiler *compiler;
    const struct gs_node *node;
    const char *text;
    size_t at;
    gs_len em;
    GArray *columns;
    bool too_many;
};

static struct gs_loc loc_at(const struct reader *reader, size_t offset)
{
    return gs_node_attribute_loc(reader->node, "columns", offset);
}

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->text + reader->at, " \t\r\n");
}

static void report(struct reader *reader, size_t offset, size_t size)
{
    gs_report(reader->compiler, GS_DIAG_BAD_COLUMNS, loc_at(reader, offset),
            GS_ARGS(gs_arena_strndup(reader->compiler->arena,
                    reader->text + offset, size)));
}

static void add(struct reader *reader, struct gs_column column)
{
    if (reader->columns->len == GS_FORM_COLUMNS_MAX) {
        reader->too_many = true;
        return;
    }
    g_array_append_val(reader->columns, column);
}

/* `auto`, `balance`, `2*`, `*`, a length. */
static bool read_width(
        const struct reader *reader, const char *word, struct gs_column *out)
{
    size_t size = strlen(word);
    if (strcmp(word, "auto") == 0) {
        out->kind = GS_COLUMN_CONTENT;
        return true;
    }
    if (strcmp(word, "balance") == 0) {
        out->kind = GS_COLUMN_BALANCE;
        return true;
    }
    if (size > 0 && word[size - 1] == '*') {
        out->kind = GS_COLUMN_SHARE;
        out->weight = 1;
        return size == 1
                || (gs_number_parse(
                            gs_arena_strndup(
                                    reader->compiler->arena, word, size - 1),
                            &out->weight)
                        && out->weight > 0 && out->weight <= SHARE_MAX);
    }
    out->kind = GS_COLUMN_FIXED;
    return gs_len_parse(word, reader->em, &out->width) && out->width > 0
            && out->width <= GS_PT(14400);
}

static void read_column(struct reader *reader)
{
    size_t from = reader->at;
    size_t size = strcspn(reader->text + from, " \t\r\n,()");
    struct gs_column column = {0};
    if (size == 0) { /* a mark that belongs nowhere */
        size = 1;
    }
    reader->at += size;
    if (!read_width(reader,
                gs_arena_strndup(
                        reader->compiler->arena, reader->text + from, size),
                &column)) {
        report(reader, from, size);
        return;
    }
    add(reader, column);
}

/* The columns from index `first` on, until there are `times` of them. */
static void repeat(struct reader *reader, guint first, long times)
{
    guint count = reader->columns->len - first;
    for (long n = 1; n < times && !reader->too_many; n++) {
        for (guint i = 0; i < count; i++) {
            add(reader,
                    g_array_index(
                            reader->columns, struct gs_column, first + i));
        }
    }
}

/* `repeat(N, …)`, at its first letter. */
static void read_repeat(struct reader *reader)
{
    size_t from = reader->at;
    reader->at += strlen("repeat(");
    skip_blanks(reader);
    size_t digits = strspn(reader->text + reader->at, "0123456789");
    long times = 0;
    bool good = gs_read_integer(gs_arena_strndup(reader->compiler->arena,
                                        reader->text + reader->at, digits),
            1, GS_FORM_COLUMNS_MAX, &times);
    reader->at += digits;
    skip_blanks(reader);
    if (!good || reader->text[reader->at] != ',') {
        report(reader, from, strlen(reader->text + from));
        reader->at += strlen(reader->text + reader->at);
        return;
    }
    reader->at++;
    guint first = reader->columns->len;
    for (skip_blanks(reader); reader->text[reader->at] != ')';
            skip_blanks(reader)) {
        if (reader->text[reader->at] == '\0') {
            report(reader, from, strlen(reader->text + from));
            return;
        }
        read_column(reader);
    }
    reader->at++;
    repeat(reader, first, times);
}

const struct gs_column *gs_columns_compile(struct gs_compiler *compiler,
        const struct gs_node *node, gs_len em, size_t *count)
{
    struct reader reader = {
            .compiler = compiler,
            .node = node,
            .text = gs_node_find_attribute(node, "columns"),
            .em = em,
    };
    *count = 0;
    if (reader.text == NULL) {
        return NULL;
    }
    reader.columns = g_array_new(FALSE, TRUE, sizeof(struct gs_column));
    for (skip_blanks(&reader); reader.text[reader.at] != '\0';
            skip_blanks(&reader)) {
        if (strncmp(reader.text + reader.at, "repeat(", 7) == 0) {
            read_repeat(&reader);
        } else {
            read_column(&reader);
        }
    }
    if (reader.at == 0 || gs_is_blank(reader.text)) {
        report(&reader, 0, 0);
    }
    if (reader.too_many) {
        gs_report(compiler, GS_DIAG_LAYOUT_TOO_LARGE, loc_at(&reader, 0),
                GS_ARGS(G_STRINGIFY(GS_FORM_COLUMNS_MAX),
                        GS_WORD(N_("columns"))));
    }
    struct gs_column *columns =
            GS_MAKE_ARRAY(compiler->arena, struct gs_column,
                    reader.columns->len);
    for (guint i = 0; i < reader.columns->len; i++) {
        columns[i] = g_array_index(reader.columns, struct gs_column, i);
    }
    *count = reader.columns->len;
    g_array_free(reader.columns, TRUE);
    return columns;
}
