/*
 * Diagnostics: collecting and showing them.
 *
 * An entry is made printable when it is added; it is put into words only when
 * asked for, because the language may be chosen in between.
 */
#include "base/diag.h"

#include <string.h>

#include <glib.h>

#include "base/arena.h"
#include "base/lang.h"

#define ENTRIES_MAX 200

/* Characters of an argument, and of a source line on each side of the caret. */
#define ARGUMENT_MAX 600
#define WINDOW_MAX 60

static const struct kind {
    const char *name;
    enum gs_severity severity;
    enum gs_fault fault;
    const char *message, *expected, *hint;
} kinds[GS_DIAG_COUNT] = {
#define GS_DIAG(id, name, severity, fault, message, expected, hint) \
    [id] = {name, severity, fault, message, expected, hint},
#include "base/diag-list.h"
#undef GS_DIAG
};

struct entry {
    enum gs_diag_id id;
    struct gs_loc loc; /* its source is our copy, without text */
    const char **args; /* printable */
    size_t arg_count;
    const char *before, *after; /* the source line around the column, or NULL */
};

struct gs_diag {
    struct gs_arena *arena;
    const struct gs_lang *lang;
    struct entry *entries; /* ENTRIES_MAX; NULL: none is needed yet */
    size_t count; /* entries recorded */
    size_t errors, warnings;
    bool has_outside, has_internal;
};

/* Marks that reorder or hide what follows: not for a terminal. */
static bool is_treacherous(gunichar c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
            (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
            (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static void append_escape(GString *out, gunichar c)
{
    switch (c) {
    case '\n':
        g_string_append(out, "\\n");
        break;
    case '\r':
        g_string_append(out, "\\r");
        break;
    case '\t':
        g_string_append(out, "\\t");
        break;
    default:
        g_string_append_printf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", c);
    }
}

/*
 * Appends up to `limit` characters of `text`.  A tab of a source line becomes a
 * blank, as its width is not known here.  Returns the bytes used up.
 */
static size_t append_printable(GString *out, const char *text, size_t size,
        size_t limit, bool is_source)
{
    size_t at = 0;
    for (size_t n = 0; n < limit && at < size; n++) {
        gunichar c =
                g_utf8_get_char_validated(text + at, (gssize)MIN(size - at, 6));
        if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0) {
            append_escape(out, (unsigned char)text[at]);
            at++;
            continue;
        }
        size_t length = (size_t)g_unichar_to_utf8(c, NULL);
        if (c == '\t' && is_source) {
            g_string_append_c(out, ' ');
        } else if (is_treacherous(c)) {
            append_escape(out, c);
        } else {
            g_string_append_len(out, text + at, (gssize)length);
        }
        at += length;
    }
    return at;
}

static const char *keep_string(struct gs_arena *arena, GString *string)
{
    const char *kept = gs_arena_strndup(arena, string->str, string->len);
    g_string_free(string, TRUE);
    return kept;
}

static bool is_continuation(char byte)
{
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* The start of line `line` of the source, or NULL. */
static const char *find_line(const struct gs_source *source, unsigned line)
{
    const char *at = source->text, *end = source->text + source->size;
    for (unsigned n = 1; n < line; n++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at == NULL) {
            return NULL;
        }
        at++;
    }
    return at;
}

/*
 * Copies the line around the column: a line of data can be as long as the file.
 */
static void copy_window(
        struct gs_arena *arena, struct entry *entry, const struct gs_loc *loc)
{
    if (loc->source->text == NULL || loc->line == 0) {
        return;
    }
    const char *line = find_line(loc->source, loc->line);
    if (line == NULL) {
        return;
    }
    size_t rest = loc->source->size - (size_t)(line - loc->source->text);
    const char *newline = memchr(line, '\n', rest);
    const char *end = newline != NULL ? newline : line + rest;
    if (end > line && end[-1] == '\r') {
        end--;
    }
    const char *caret = line;
    for (unsigned n = 1; n < loc->column && caret < end; n++) {
        do {
            caret++;
        } while (caret < end && is_continuation(*caret));
    }
    const char *begin = caret;
    for (int n = 0; n < WINDOW_MAX && begin > line; n++) {
        do {
            begin--;
        } while (begin > line && is_continuation(*begin));
    }
    GString *before = g_string_new(begin > line ? "…" : "");
    append_printable(
            before, begin, (size_t)(caret - begin), WINDOW_MAX * 4, true);
    GString *after = g_string_new(NULL);
    size_t used = append_printable(
            after, caret, (size_t)(end - caret), WINDOW_MAX, true);
    if (caret + used < end) {
        g_string_append(after, "…");
    }
    entry->before = keep_string(arena, before);
    entry->after = keep_string(arena, after);
}

static const char *copy_argument(struct gs_arena *arena, const char *arg)
{
    if (arg[0] == GS_WORD_MARK[0]) {
        return gs_arena_strdup(arena, arg);
    }
    return gs_diag_printable(arena, arg, ARGUMENT_MAX);
}

static void record(struct gs_diag *diag, enum gs_diag_id id,
        const struct gs_loc *loc, const char *const *args)
{
    struct gs_arena *arena = diag->arena;
    if (diag->entries == NULL) {
        diag->entries = GS_MAKE_ARRAY(arena, struct entry, ENTRIES_MAX);
    }
    struct entry *entry = &diag->entries[diag->count++];
    entry->id = id;
    while (args[entry->arg_count] != NULL) {
        entry->arg_count++;
    }
    entry->args = GS_MAKE_ARRAY(arena, const char *, entry->arg_count);
    for (size_t i = 0; i < entry->arg_count; i++) {
        entry->args[i] = copy_argument(arena, args[i]);
    }
    if (loc->source != NULL) {
        struct gs_source *source = GS_MAKE(arena, struct gs_source);
        source->name =
                gs_diag_printable(arena, loc->source->name, ARGUMENT_MAX);
        entry->loc = (struct gs_loc){source, loc->line, loc->column};
        copy_window(arena, entry, loc);
    }
}

/* The template with its arguments put in, or NULL where one is missing. */
static const char *fill_in(const struct gs_diag *diag,
        const struct entry *entry, const char *template)
{
    if (template == NULL) {
        return NULL;
    }
    GString *out = g_string_new(NULL);
    for (const char *at = gs_lang_text(diag->lang, template); *at != '\0';
            at++) {
        if (at[0] != '%' || at[1] < '1' || at[1] > '9') {
            g_string_append_c(out, *at);
            continue;
        }
        at++;
        size_t index = (size_t)(*at - '1');
        if (index >= entry->arg_count) {
            g_string_free(out, TRUE);
            return NULL;
        }
        const char *arg = entry->args[index];
        g_string_append(out,
                arg[0] == GS_WORD_MARK[0] ? gs_lang_text(diag->lang, arg + 1)
                                          : arg);
    }
    return keep_string(diag->arena, out);
}

static const char *message_of(
        const struct gs_diag *diag, const struct entry *entry)
{
    const char *message = fill_in(diag, entry, kinds[entry->id].message);
    /* A stage that gave too few arguments: still better than no words. */
    return message != NULL ? message : kinds[entry->id].message;
}

/* Columns of a terminal. */
static size_t count_cells(const char *text)
{
    size_t cells = 0;
    while (*text != '\0') {
        gunichar c = g_utf8_get_char(text);
        text += g_unichar_to_utf8(c, NULL);
        cells += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    }
    return cells;
}

static void append_place(GString *out, const struct gs_loc *loc)
{
    if (loc->source == NULL) {
        return;
    }
    g_string_append(out, loc->source->name);
    if (loc->line > 0) {
        g_string_append_printf(out, ":%u", loc->line);
    }
    if (loc->line > 0 && loc->column > 0) {
        g_string_append_printf(out, ":%u", loc->column);
    }
    g_string_append(out, ": ");
}

static void append_source(GString *out, const struct entry *entry)
{
    if (entry->before == NULL) {
        return;
    }
    g_string_append_printf(
            out, "%5u | %s%s\n", entry->loc.line, entry->before, entry->after);
    if (entry->loc.column > 0) {
        size_t cells = count_cells(entry->before);
        g_string_append_printf(out, "      | %*s^\n", (int)cells, "");
    }
}

static void append_note(const struct gs_diag *diag, GString *out,
        const struct entry *entry, const char *label, const char *template)
{
    const char *text = fill_in(diag, entry, template);
    if (text != NULL) {
        g_string_append_printf(
                out, "      = %s%s\n", gs_lang_text(diag->lang, label), text);
    }
}

static void append_entry(
        const struct gs_diag *diag, GString *out, const struct entry *entry)
{
    const struct kind *kind = &kinds[entry->id];
    const char *severity =
            kind->severity == GS_ERROR ? N_("error: ") : N_("warning: ");
    append_place(out, &entry->loc);
    g_string_append_printf(out, "%s%s [%s]\n",
            gs_lang_text(diag->lang, severity), message_of(diag, entry),
            kind->name);
    append_source(out, entry);
    append_note(diag, out, entry, N_("expected: "), kind->expected);
    append_note(diag, out, entry, N_("hint: "), kind->hint);
}

struct gs_diag *gs_diag_new(void)
{
    struct gs_diag *diag = g_new0(struct gs_diag, 1);
    diag->arena = gs_arena_new();
    return diag;
}

void gs_diag_free(struct gs_diag *diag)
{
    if (diag == NULL) {
        return;
    }
    gs_arena_free(diag->arena);
    g_free(diag);
}

void gs_diag_set_lang(struct gs_diag *diag, const struct gs_lang *lang)
{
    diag->lang = lang;
}

void gs_diag_add(struct gs_diag *diag, enum gs_diag_id id, struct gs_loc loc,
        const char *const *args)
{
    if (kinds[id].severity == GS_ERROR) {
        diag->errors++;
        diag->has_outside |= kinds[id].fault == GS_FAULT_OUTSIDE;
        diag->has_internal |= kinds[id].fault == GS_FAULT_INTERNAL;
    } else {
        diag->warnings++;
    }
    if (diag->count < ENTRIES_MAX) {
        record(diag, id, &loc, args);
    }
}

size_t gs_diag_errors(const struct gs_diag *diag)
{
    return diag->errors;
}

size_t gs_diag_warnings(const struct gs_diag *diag)
{
    return diag->warnings;
}

bool gs_diag_has_outside(const struct gs_diag *diag)
{
    return diag->has_outside;
}

bool gs_diag_has_internal(const struct gs_diag *diag)
{
    return diag->has_internal;
}

char *gs_diag_printable(struct gs_arena *arena, const char *text, size_t limit)
{
    GString *out = g_string_new(NULL);
    size_t size = strlen(text);
    if (append_printable(out, text, size, limit, false) < size) {
        g_string_append(out, "…");
    }
    char *kept = gs_arena_strndup(arena, out->str, out->len);
    g_string_free(out, TRUE);
    return kept;
}

char *gs_diag_text(const struct gs_diag *diag)
{
    GString *out = g_string_new(NULL);
    for (size_t i = 0; i < diag->count; i++) {
        append_entry(diag, out, &diag->entries[i]);
    }
    size_t hidden = diag->errors + diag->warnings - diag->count;
    if (hidden > 0) {
        const char *words = gs_lang_text(
                diag->lang, N_("more errors and warnings are not shown"));
        g_string_append_printf(out, "%zu %s\n", hidden, words);
    }
    return g_string_free(out, FALSE);
}

size_t gs_diag_count(const struct gs_diag *diag)
{
    return diag->count;
}

struct gs_diag_entry gs_diag_entry(const struct gs_diag *diag, size_t index)
{
    const struct entry *entry = &diag->entries[index];
    return (struct gs_diag_entry){
            .id = entry->id,
            .name = kinds[entry->id].name,
            .severity = kinds[entry->id].severity,
            .loc = entry->loc,
            .message = message_of(diag, entry),
    };
}
