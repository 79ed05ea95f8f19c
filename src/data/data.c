/*
 * Data: loading, and the layout that a document names.
 */
#include "data/data.h"

#include <glib.h>

#include "base/arena.h"
#include "xml/xml.h"

static const struct gs_data *make(
        struct gs_arena *arena, const struct gs_xml *xml)
{
    if (xml == NULL) {
        return NULL;
    }
    struct gs_data *data = GS_MAKE(arena, struct gs_data);
    data->xml = xml;
    const char *content =
            gs_xml_find_instruction(xml, "gongshi-layout", &data->layout_loc);
    if (content != NULL) {
        char *name = g_strstrip(g_strdup(content));
        data->layout = *name != '\0' ? gs_arena_strdup(arena, name) : NULL;
        g_free(name);
    }
    return data;
}

const struct gs_data *gs_data_load(
        struct gs_arena *arena, const char *path, struct gs_diag *diag)
{
    return make(arena, gs_xml_load(arena, path, diag));
}

const struct gs_data *gs_data_parse(struct gs_arena *arena, const char *name,
        const char *bytes, size_t size, struct gs_diag *diag)
{
    return make(arena, gs_xml_parse(arena, name, bytes, size, diag));
}
