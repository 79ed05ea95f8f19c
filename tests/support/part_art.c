/*
 * Parts of tables, as part_art.h describes them.
 */
#include "support/part_art.h"

#include <ctype.h>
#include <string.h>

#include <glib.h>

static char **fields_of(const char *line)
{
    GPtrArray *fields = g_ptr_array_new();
    char **words = g_strsplit(line, " ", -1);
    for (char **word = words; *word != NULL; word++) {
        if (**word != '\0') {
            g_ptr_array_add(fields, g_strdup(*word));
        }
    }
    g_strfreev(words);
    g_ptr_array_add(fields, NULL);
    return (char **)g_ptr_array_free(fields, FALSE);
}

static void add_cell(struct part_art *art, char ***fields, size_t row, size_t column)
{
    struct gs_frag_row *frag = &art->part.rows[row];
    const char *name = fields[row][column];
    struct gs_cell *cell = GS_MAKE(art->arena, struct gs_cell);
    cell->row_span = cell->column_span = 1;
    cell->head = name[0] == 'h' || name[0] == 'L';
    cell->labels = tolower(name[0]) == 'l';
    while (row + cell->row_span < art->part.row_count &&
            strcmp(fields[row + cell->row_span][column], "^") == 0) {
        cell->row_span++;
    }
    while (column + cell->column_span < art->table.column_count &&
            strcmp(fields[row][column + cell->column_span], "<") == 0) {
        cell->column_span++;
    }
    frag->cells[frag->cell_count++] = (struct gs_frag_cell){.cell = cell,
            .row = row,
            .column = column,
            .row_span = cell->row_span,
            .column_span = cell->column_span,
            .part = 1};
}

void part_art_draw(struct part_art *art, const char *groups,
        const char *const *lines)
{
    *art = (struct part_art){.arena = gs_arena_new()};
    size_t rows = strlen(groups);
    art->names = g_new0(char **, rows + 1);
    for (size_t i = 0; i < rows; i++) {
        art->names[i] = fields_of(lines[i]);
    }
    art->table.column_count = g_strv_length(art->names[0]);
    art->part = (struct gs_frag_table){.table = &art->table,
            .number = 1,
            .part = 1,
            .strip = 1,
            .strips = 1,
            .column_count = art->table.column_count,
            .rows = GS_MAKE_ARRAY(art->arena, struct gs_frag_row, rows),
            .row_count = rows};
    for (size_t row = 0; row < rows; row++) {
        art->part.rows[row] = (struct gs_frag_row){.index = row,
                .group = groups[row] == 'h' ? GS_GROUP_HEAD
                        : groups[row] == 'f' ? GS_GROUP_FOOT
                                             : GS_GROUP_BODY,
                .part = 1,
                .of = 1,
                .cells = GS_MAKE_ARRAY(art->arena, struct gs_frag_cell,
                        art->table.column_count)};
        for (size_t i = 0; i < art->table.column_count; i++) {
            const char *name = art->names[row][i];
            if (strcmp(name, "^") != 0 && strcmp(name, "<") != 0) {
                add_cell(art, art->names, row, i);
            }
        }
    }
}

void part_art_release(struct part_art *art)
{
    for (size_t i = 0; i < art->part.row_count; i++) {
        g_strfreev(art->names[i]);
    }
    g_free(art->names);
    gs_arena_free(art->arena);
}
