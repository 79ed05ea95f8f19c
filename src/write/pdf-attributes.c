/*
 * Attributes by their texts: a hash table over one buffer.  Most cells have some,
 * and most of those are like no others.
 */
#include "write/pdf-attributes.h"

#include <string.h>

#include <glib.h>

#include "text/ink.h"

#define ROOM_FIRST 256u
#define COUNT_MAX 1024u

void gs_pdf_attributes_release(struct gs_pdf_attributes *attributes)
{
    g_free(attributes->table);
    gs_pdf_buffer_release(&attributes->texts);
    *attributes = (struct gs_pdf_attributes){0};
}

/* Where the text is in the table, or would be. */
static struct gs_pdf_attribute *find_place(
        const struct gs_pdf_attributes *attributes, uint64_t hash,
        const struct gs_pdf_buffer *text)
{
    for (uint64_t i = hash;; i++) {
        struct gs_pdf_attribute *place =
                &attributes->table[i & (attributes->room - 1)];
        if (place->size == 0 ||
                (place->hash == hash && place->size == text->size &&
                        memcmp(attributes->texts.bytes + place->at, text->bytes,
                                text->size) == 0)) {
            return place;
        }
    }
}

/* The table stays at most half full. */
static void grow(struct gs_pdf_attributes *attributes)
{
    struct gs_pdf_attribute *old = attributes->table;
    const size_t old_room = attributes->room;

    attributes->room = MAX(2 * old_room, ROOM_FIRST);
    attributes->table = g_new0(struct gs_pdf_attribute, attributes->room);
    for (size_t i = 0; i < old_room; i++) {
        uint64_t at = old[i].hash;
        if (old[i].size == 0) {
            continue;
        }
        while (attributes->table[at & (attributes->room - 1)].size > 0) {
            at++;
        }
        attributes->table[at & (attributes->room - 1)] = old[i];
    }
    g_free(old);
}

static void forget_all(struct gs_pdf_attributes *attributes)
{
    memset(attributes->table, 0, attributes->room * sizeof *attributes->table);
    attributes->count = 0;
    attributes->texts.size = 0;
}

static void remember(struct gs_pdf_attributes *attributes, uint64_t hash,
        const struct gs_pdf_buffer *text, unsigned object)
{
    if (attributes->count == COUNT_MAX) {
        forget_all(attributes);
    }
    if (2 * attributes->count >= attributes->room) {
        grow(attributes);
    }
    struct gs_pdf_attribute *place = find_place(attributes, hash, text);
    if (place->size == 0) {
        place->hash = hash;
        place->at = attributes->texts.size;
        place->size = text->size;
        gs_pdf_put(&attributes->texts, text->bytes, text->size);
        attributes->count++;
    }
    place->object = object;
}

static unsigned write_object(
        struct gs_pdf_file *file, const struct gs_pdf_buffer *body)
{
    unsigned number = gs_pdf_reserve(file);
    struct gs_pdf_buffer *out = gs_pdf_begin(file, number);
    gs_pdf_put(out, body->bytes, body->size);
    gs_pdf_end(file);
    return number;
}

void gs_pdf_attributes_put(struct gs_pdf_attributes *attributes,
        struct gs_pdf_file *file, const struct gs_pdf_buffer *text,
        struct gs_pdf_buffer *out)
{
    if (attributes->table == NULL) {
        grow(attributes);
    }
    const uint64_t hash = gs_ink_hash(text->bytes, text->size);
    const struct gs_pdf_attribute *known = find_place(attributes, hash, text);
    if (known->size == 0) {
        remember(attributes, hash, text, 0);
        gs_pdf_put(out, text->bytes, text->size);
        return;
    }
    unsigned object = known->object;
    if (object == 0) {
        object = write_object(file, text);
        remember(attributes, hash, text, object);
    }
    gs_pdf_put_ref(out, object);
}
