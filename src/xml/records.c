/*
 * Records one by one: a tree without those elements, its skeleton, and a reader that
 * builds them in it for as long as they are needed.
 */
#include "xml/records.h"

#include <string.h>

#include <libxml/parserInternals.h>
#include <libxml/xpath.h>

#include "base/arena.h"
#include "base/map.h"
#include "xml/expression.h"
#include "xml/parse.h"

/* Bytes handed to the parser at a time: some records are read ahead. */
#define CHUNK_SIZE ((size_t)4 << 10)

/* An element that has records, and how many. */
struct gs_record_parent {
    const xmlNode *node;
    size_t count;
};

/* --- text --------------------------------------------------------------------- */

/* In pieces, each forgotten when it is checked. */
static bool is_valid(struct gs_map *map, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t end = MIN(at + ((size_t)1 << 20), size);
        while (end < size && end > at + 1 && gs_is_continuation(text[end])) {
            end--;
        }
        if (gs_xml_find_invalid(text + at, text + end) < text + end) {
            return false;
        }
        at = end;
        gs_map_pass(map, at);
    }
    return true;
}

struct gs_xml *gs_xml_open(
        struct gs_arena *arena, const char *path, size_t least)
{
    struct gs_map *map = gs_map_open(arena, path, least, GS_XML_SIZE_MAX);
    if (map == NULL) {
        return NULL;
    }
    size_t size;
    const char *text = gs_map_bytes(map, &size);
    if (!gs_xml_is_utf8(text, size) || !is_valid(map, text, size)) {
        return NULL;
    }
    if (memcmp(text, "\xef\xbb\xbf", MIN(size, 3)) == 0) {
        return NULL; /* offsets would not be those of the map */
    }
    struct gs_xml *xml = GS_MAKE(arena, struct gs_xml);
    xml->source =
            (struct gs_source){gs_arena_strdup(arena, path), text, size};
    xml->map = map;
    gs_xml_make_marks(arena, xml);
    return xml;
}

const char *gs_xml_peek_instruction(struct gs_arena *arena,
        const struct gs_xml *xml, const char *target, struct gs_loc *loc)
{
    const char *text = xml->source.text, *end = text + xml->source.size;
    size_t size = strlen(target);
    const char *at = text;
    while ((at = memchr(at, '<', (size_t)(end - at))) != NULL
            && (at[1] == '?' || at[1] == '!')) {
        const char *content = at + 2 + size;
        if (at[1] == '?' && strncmp(at + 2, target, size) == 0
                && strchr(" \t\r\n", *content) != NULL && *content != '\0') {
            content += strspn(content, " \t\r\n");
            const char *close = strstr(content, "?>");
            if (close == NULL) {
                return NULL;
            }
            *loc = gs_xml_loc_at(xml, (size_t)(content - text));
            return gs_arena_strndup(arena, content, (size_t)(close - content));
        }
        at = gs_xml_skip_markup(at, end);
    }
    return NULL;
}

/* --- the skeleton ----------------------------------------------------------------- */

static void free_array(void *array)
{
    g_array_free(array, TRUE);
}

/* Counts a record that is left out, with the element it stands in. */
static void begin_left_out(struct gs_parse *parse, size_t path, size_t offset)
{
    (void)offset;
    if (path == parse->selection->count) {
        return;
    }
    GArray *parents = parse->xml->parents[path];
    const xmlNode *node = parse->context->node;
    struct gs_record_parent *last = parents->len > 0
            ? &g_array_index(parents, struct gs_record_parent, parents->len - 1)
            : NULL;
    if (last != NULL && last->node == node) {
        last->count++;
        return;
    }
    struct gs_record_parent parent = {node, 1};
    g_array_append_val(parents, parent);
}

static void end_left_out(struct gs_parse *parse)
{
    (void)parse;
}

struct feed {
    const struct gs_xml *xml;
    size_t at;
};

static int read_feed(void *user, char *buffer, int size)
{
    struct feed *feed = user;
    size_t left = feed->xml->source.size - feed->at;
    size_t count = MIN(left, (size_t)size);
    memcpy(buffer, feed->xml->source.text + feed->at, count);
    feed->at += count;
    gs_map_pass(feed->xml->map, feed->at);
    return (int)count;
}

static int close_feed(void *user)
{
    (void)user;
    return 0;
}

bool gs_xml_read_skeleton(struct gs_arena *arena, struct gs_xml *xml,
        const struct gs_xpath *const *paths, size_t count,
        struct gs_diag *diag)
{
    struct gs_selection *selection = g_new0(struct gs_selection, 1);
    *selection = (struct gs_selection){
            .paths = paths,
            .count = MIN(count, GS_XML_PATHS_MAX),
            .begin = begin_left_out,
            .end = end_left_out,
    };
    xml->paths = paths;
    xml->path_count = selection->count;
    xml->parents = GS_MAKE_ARRAY(arena, GArray *, selection->count + 1);
    for (size_t i = 0; i < selection->count; i++) {
        xml->parents[i] =
                g_array_new(FALSE, FALSE, sizeof(struct gs_record_parent));
        gs_arena_on_free(arena, free_array, xml->parents[i]);
    }
    struct gs_parse parse = {
            .arena = arena,
            .diag = diag,
            .xml = xml,
            .selection = selection,
    };
    struct feed feed = {.xml = xml};
    bool ok = gs_xml_build(
            &parse, &(struct gs_feed){read_feed, close_feed, &feed});
    g_free(selection);
    return ok;
}

/* --- the reader -------------------------------------------------------------------- */

struct gs_records {
    const struct gs_xml *xml;
    size_t path;
    struct gs_parse parse;
    struct gs_selection selection;
    size_t fed; /* bytes that the parser has been given */
    GQueue ready; /* xmlNode: records not yet asked for */
    xmlNode *on_way[GS_XML_DEPTH_MAX + 1]; /* of the skeleton, by depth */
    const struct gs_record_parent *parent; /* of the record at hand */
    size_t number; /* of the last record in it */
};

static bool is_step(const xmlNode *node, const char *name)
{
    return node->type == XML_ELEMENT_NODE && node->ns == NULL
            && strcmp((const char *)node->name, name) == 0;
}

/* The element of the skeleton that stands for the one that begins here. */
static void follow_skeleton(struct gs_records *records, size_t depth)
{
    const char *name = records->xml->paths[records->path]->steps[depth - 1];
    xmlNode *at = records->on_way[depth] != NULL
            ? records->on_way[depth]->next
            : records->on_way[depth - 1]->children;
    while (at != NULL && !is_step(at, name)) {
        at = at->next;
    }
    records->on_way[depth] = at;
    records->on_way[depth + 1] = NULL;
}

static void begin_record(struct gs_parse *parse, size_t path, size_t offset)
{
    struct gs_records *records = parse->selection->user;
    size_t depth = parse->depth;
    (void)offset;
    if (path == parse->selection->count) {
        follow_skeleton(records, depth);
        return;
    }
    nodePush(parse->context, records->on_way[depth - 1]);
    parse->node_count = 0;
    if (parse->names[depth] != NULL) {
        g_hash_table_remove_all(parse->names[depth]);
    }
}

static void end_record(struct gs_parse *parse)
{
    struct gs_records *records = parse->selection->user;
    if (parse->selection->state[parse->depth] != GS_BUILT) {
        return;
    }
    xmlNode *parent = nodePop(parse->context);
    xmlNode *record = parent->last;
    const GArray *parents = records->xml->parents[records->path];
    if (records->parent == NULL) {
        records->parent = (const struct gs_record_parent *)(const void *)
                                  parents->data;
    } else if (records->parent->node != parent) {
        records->parent++;
        records->number = 0;
    }
    struct gs_place place = gs_place_of(record);
    place.number = ++records->number;
    place.has_next = records->number < records->parent->count;
    gs_place_set(record, place);
    g_queue_push_tail(&records->ready, record);
}

/* The parser adds to the skeleton, and shares its names. */
static void on_start_document(void *context)
{
    xmlParserCtxt *parser = context;
    struct gs_parse *parse = parser->_private;
    parser->myDoc = parse->xml->doc;
}

static bool share_names(xmlParserCtxt *context, xmlDict *names)
{
    if (names == NULL || xmlDictReference(names) != 0) {
        return false;
    }
    xmlDictFree(context->dict);
    context->dict = names;
    context->str_xml = xmlDictLookup(names, (const xmlChar *)"xml", 3);
    context->str_xmlns = xmlDictLookup(names, (const xmlChar *)"xmlns", 5);
    context->str_xml_ns = xmlDictLookup(names, XML_XML_NAMESPACE, 36);
    return true;
}

static size_t find_path(
        const struct gs_xml *xml, const struct gs_xpath *path)
{
    size_t i = 0;
    while (i < xml->path_count && xml->paths[i] != path) {
        i++;
    }
    return i;
}

bool gs_xml_has_records(const struct gs_xml *xml, const struct gs_xpath *path)
{
    return xml->map != NULL && find_path(xml, path) < xml->path_count;
}

struct gs_records *gs_records_new(const struct gs_xml *xml,
        const struct gs_xpath *path, struct gs_diag *diag)
{
    struct gs_records *records = g_new0(struct gs_records, 1);
    records->xml = xml;
    records->path = find_path(xml, path);
    g_queue_init(&records->ready);
    records->on_way[0] = xmlDocGetRootElement(xml->doc);
    records->selection = (struct gs_selection){
            .paths = &xml->paths[records->path],
            .count = 1,
            .records = true,
            .begin = begin_record,
            .end = end_record,
            .user = records,
    };
    records->parse = (struct gs_parse){
            .arena = NULL,
            .diag = diag,
            .xml = gs_xml_unconst(xml),
            .context = xmlCreatePushParserCtxt(NULL, NULL, NULL, 0, NULL),
            .selection = &records->selection,
    };
    if (records->parse.context == NULL) {
        g_error("out of memory");
    }
    xmlCtxtUseOptions(records->parse.context, GS_XML_PARSE_OPTIONS);
    gs_parse_begin(&records->parse);
    records->parse.context->sax->startDocument = on_start_document;
    if (!share_names(records->parse.context, xml->doc->dict)) {
        g_error("out of memory");
    }
    return records;
}

static void free_record(void *node)
{
    xmlUnlinkNode(node);
    xmlFreeNode(node);
}

void gs_records_free(struct gs_records *records)
{
    if (records != NULL) {
        records->parse.context->myDoc = NULL; /* it is not the parser's */
        gs_parse_end(&records->parse);
        for (xmlNode *node; (node = g_queue_pop_head(&records->ready))
                != NULL;) {
            free_record(node);
        }
        g_free(records);
    }
}

static void read_more(struct gs_records *records)
{
    const struct gs_source *source = &records->xml->source;
    while (g_queue_is_empty(&records->ready) && records->fed <= source->size
            && !records->parse.failed) {
        size_t size = MIN(CHUNK_SIZE, source->size - records->fed);
        xmlParseChunk(records->parse.context, source->text + records->fed,
                (int)size, size == 0);
        records->fed += size > 0 ? size : 1;
        gs_map_pass(records->xml->map, MIN(records->fed, source->size));
    }
}

const struct gs_node *gs_records_next(struct gs_records *records)
{
    read_more(records);
    return gs_node_from_xml(g_queue_pop_head(&records->ready));
}

void gs_records_drop(const struct gs_node *record)
{
    if (record != NULL) {
        free_record(gs_xml_unconst(record));
    }
}

void gs_records_give(const struct gs_node *record, struct gs_arena *arena)
{
    gs_arena_on_free(arena, free_record, gs_xml_unconst(record));
}
