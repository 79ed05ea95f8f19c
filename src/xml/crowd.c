/*
 * Crowded tags: counting attributes before the parser does.
 */
#include <string.h>

#include <glib.h>

#include "base/map.h"
#include "xml/tree.h"

/* The end of the markup at `at` ("<!--", "<?", "<![CDATA["), or `end`. */
const char *gs_xml_skip_markup(const char *at, const char *end)
{
    static const struct {
        const char *open, *close;
    } kinds[] = {{"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        size_t open_size = strlen(kinds[i].open);
        if (strncmp(at, kinds[i].open, open_size) == 0) {
            const char *close = strstr(at + open_size, kinds[i].close);
            return close != NULL ? close + strlen(kinds[i].close) : end;
        }
    }
    return at + 1;
}

/* The end of the start tag at `at`; *count is the number of its values. */
static const char *skip_tag(const char *at, const char *end, size_t *count)
{
    *count = 0;
    while (at < end && *at != '>') {
        if (*at == '"' || *at == '\'') {
            const char *close = strchr(at + 1, *at);
            if (close == NULL) {
                return end;
            }
            at = close;
            (*count)++;
        }
        at++;
    }
    return at;
}

size_t gs_xml_find_crowded_tag(const struct gs_xml *xml, size_t limit)
{
    const char *text = xml->source.text;
    const char *end = text + xml->source.size, *at = text;
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
        if (at[1] == '!' || at[1] == '?') {
            at = gs_xml_skip_markup(at, end);
            continue;
        }
        size_t count;
        const char *close = skip_tag(at, end, &count);
        if (count > limit) {
            return (size_t)(at - text);
        }
        at = close;
        gs_map_pass(xml->map, (size_t)(at - text));
    }
    return xml->source.size;
}
