/*
 * Language: reads a .mo file (GNU gettext manual, "The Format of GNU MO Files").
 *
 * The file is a header of five numbers, then two tables of (size, offset): the
 * originals, sorted, and the translations.  Every number is checked once at
 * load, so that looking up needs no checks.
 */
#include "base/lang.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "base/arena.h"

#define MO_MAGIC 0x950412deu
#define MO_HEADER_SIZE 20

struct gs_lang {
    const char *bytes;
    uint32_t count;
    uint32_t originals, translations; /* offsets of the tables */
    bool swapped; /* written with the other byte order */
};

static uint32_t number_at(const struct gs_lang *lang, size_t offset)
{
    uint32_t number;
    memcpy(&number, lang->bytes + offset, sizeof number);
    return lang->swapped ? GUINT32_SWAP_LE_BE(number) : number;
}

static const char *text_at(
        const struct gs_lang *lang, uint32_t table, uint32_t index)
{
    return lang->bytes + number_at(lang, table + (size_t)index * 8 + 4);
}

/* Whether the table and its texts lie in the file, each closed by a NUL. */
static bool is_table(const struct gs_lang *lang, uint32_t table, size_t size)
{
    if (table > size || lang->count > (size - table) / 8) {
        return false;
    }
    for (uint32_t i = 0; i < lang->count; i++) {
        size_t text_size = number_at(lang, table + (size_t)i * 8);
        size_t offset = number_at(lang, table + (size_t)i * 8 + 4);
        if (offset >= size || text_size >= size - offset ||
                lang->bytes[offset + text_size] != '\0') {
            return false;
        }
    }
    return true;
}

static bool read_header(struct gs_lang *lang, size_t size)
{
    if (size < MO_HEADER_SIZE) {
        return false;
    }
    uint32_t magic = number_at(lang, 0);
    lang->swapped = magic == GUINT32_SWAP_LE_BE(MO_MAGIC);
    if (magic != MO_MAGIC && !lang->swapped) {
        return false;
    }
    lang->count = number_at(lang, 8);
    lang->originals = number_at(lang, 12);
    lang->translations = number_at(lang, 16);
    return is_table(lang, lang->originals, size) &&
            is_table(lang, lang->translations, size);
}

/* POSIX: the first of the three that is set and not empty counts. */
static const char *environment_choice(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        const char *value = g_getenv(names[i]);
        if (value != NULL && *value != '\0') {
            return value;
        }
    }
    return "en";
}

const struct gs_lang *gs_lang_load(
        struct gs_arena *arena, const char *choice, const char *folder)
{
    if (choice == NULL) {
        choice = environment_choice();
    }
    if (!g_str_has_prefix(choice, "zh")) {
        return NULL;
    }
    const char *path =
            gs_arena_printf(arena, "%s/zh_CN/LC_MESSAGES/gongshi.mo", folder);
    char *bytes;
    size_t size;
    if (!g_file_get_contents(path, &bytes, &size, NULL)) {
        return NULL;
    }
    gs_arena_on_free(arena, g_free, bytes);
    struct gs_lang *lang = GS_MAKE(arena, struct gs_lang);
    lang->bytes = bytes;
    return read_header(lang, size) ? lang : NULL;
}

const char *gs_lang_text(const struct gs_lang *lang, const char *text)
{
    /* The empty text would find the catalogue's own header. */
    if (lang == NULL || *text == '\0') {
        return text;
    }
    uint32_t low = 0, high = lang->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(text, text_at(lang, lang->originals, middle));
        if (order == 0) {
            return text_at(lang, lang->translations, middle);
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return text;
}
