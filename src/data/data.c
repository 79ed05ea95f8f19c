/*
 * Data: loading, and the layout that a document names.
 */
#include "data/data.h"

#include <glib.h>

#include "base/arena.h"
#include "xml/records.h"
#include "xml/xml.h"

#define LAYOUT "gongshi-layout"

static void take_layout(
        struct gs_arena *arena, struct gs_data *data, const char *content)
{
    if (content != NULL) {
        char *name = g_strstrip(g_strdup(content));
        data->layout = *name != '\0' ? gs_arena_strdup(arena, name) : NULL;
        g_free(name);
    }
}

static const struct gs_data *make(
        struct gs_arena *arena, const struct gs_xml *xml)
{
    if (xml == NULL) {
        return NULL;
    }
    struct gs_data *data = GS_MAKE(arena, struct gs_data);
    data->xml = xml;
    take_layout(arena, data,
            gs_xml_find_instruction(xml, LAYOUT, &data->layout_loc));
    return data;
}

struct gs_data *gs_data_open(
        struct gs_arena *arena, const char *path, size_t least)
{
    struct gs_xml *xml = gs_xml_open(arena, path, least);
    if (xml == NULL) {
        return NULL;
    }
    struct gs_data *data = GS_MAKE(arena, struct gs_data);
    data->xml = data->unread = xml;
    take_layout(arena, data,
            gs_xml_peek_instruction(arena, xml, LAYOUT, &data->layout_loc));
    return data;
}

bool gs_data_read(struct gs_arena *arena, struct gs_data *data,
        const struct gs_xpath *const *streams, size_t count,
        struct gs_diag *diag)
{
    return gs_xml_read_skeleton(arena, data->unread, streams, count, diag);
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
