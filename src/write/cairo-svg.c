/*
 * SVG from Cairo: names counted anew, in the order in which they appear.
 */
#include "write/cairo-svg.h"

#include <string.h>

#include <glib.h>

#include "base/file.h"

/* The bytes of `surface7` at `at`, or 0. */
static size_t name_size(const char *at, const char *end)
{
    static const char *const words[] = {"surface", "image"};
    for (size_t i = 0; i < G_N_ELEMENTS(words); i++) {
        size_t word = strlen(words[i]), size = word;
        if ((size_t)(end - at) < word || memcmp(at, words[i], word) != 0) {
            continue;
        }
        while (at + size < end && g_ascii_isdigit(at[size])) {
            size++;
        }
        return size > word ? size : 0;
    }
    return 0;
}

/* The name that stands for it, `surface1`. */
static char *count_name(GHashTable *names, const char *at, size_t size)
{
    char *name = g_strndup(at, size);
    char *counted = g_hash_table_lookup(names, name);
    if (counted != NULL) {
        g_free(name);
        return counted;
    }
    size_t word = strcspn(name, "0123456789");
    counted = g_strdup_printf(
            "%.*s%u", (int)word, name, g_hash_table_size(names) + 1);
    g_hash_table_insert(names, name, counted);
    return counted;
}

/* A name follows a quote or a hash, neither of which is in a picture's base64. */
bool gs_cairo_write_svg(struct gs_output *output, const char *svg, size_t size)
{
    GHashTable *names =
            g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    const char *end = svg + size, *done = svg;
    bool ok = true;
    for (const char *at = svg; ok && at < end; at++) {
        size_t old = *at == '"' || *at == '#' ? name_size(at + 1, end) : 0;
        if (old > 0) {
            const char *counted = count_name(names, at + 1, old);
            ok = gs_output_write(output, done, (size_t)(at + 1 - done)) &&
                    gs_output_write(output, counted, strlen(counted));
            done = at + 1 + old;
        }
    }
    ok = ok && gs_output_write(output, done, (size_t)(end - done));
    g_hash_table_destroy(names);
    return ok;
}
