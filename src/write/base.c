/*
 * What the writers share.
 */
#include "write/base.h"

#include <assert.h>
#include <stdlib.h>

#include "base/arena.h"

/* --- the sticky failure ------------------------------------------------------ */

void gs_writer_init(struct gs_writer *writer, const struct gs_writer_ops *ops,
        struct gs_output *output, struct gs_diag *diag)
{
    *writer = (struct gs_writer){
            .ops = ops,
            .output = output,
            .diag = diag,
    };
}

void gs_writer_release(struct gs_writer *writer)
{
    for (size_t i = 0; i < G_N_ELEMENTS(writer->args); i++) {
        g_free(writer->args[i]);
        writer->args[i] = NULL;
    }
}

void gs_writer_fail(struct gs_writer *writer, enum gs_diag_id failure,
        struct gs_loc loc, const char *const *args)
{
    if (writer->failed) {
        return;
    }
    writer->failed = true;
    writer->failure = failure;
    writer->loc = loc;
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(writer->args); i++) {
        if (args[i] == NULL) {
            break;
        }
        writer->args[i] = g_strdup(args[i]);
    }
}

void gs_writer_fail_words(struct gs_writer *writer, const char *words)
{
    gs_writer_fail(writer, GS_DIAG_WRITER, GS_NO_LOC,
            GS_ARGS(writer->ops->name, words));
}

bool gs_writer_report(struct gs_writer *writer)
{
    if (writer->failed && !writer->reported) {
        writer->reported = true;
        gs_diag_add(writer->diag, writer->failure, writer->loc,
                (const char *const *)writer->args);
    }
    return !writer->failed;
}

/* --- what is kept ---------------------------------------------------------------- */

static void free_object(struct gs_writer_kept *kept)
{
    if (kept->object != NULL) {
        kept->free(kept->object);
        kept->object = NULL;
    }
}

void gs_writer_kept_release(struct gs_writer_kept *kept)
{
    free_object(kept);
    gs_arena_free(kept->arena);
    *kept = (struct gs_writer_kept){0};
}

void *gs_writer_take_kept(
        const struct gs_write_options *options, const struct gs_writer_ops *ops)
{
    struct gs_writer_kept *kept = options->kept;
    void *object = NULL;

    if (kept != NULL && kept->owner == ops) {
        object = kept->object;
        kept->object = NULL;
    }
    return object;
}

void gs_writer_keep(const struct gs_write_options *options,
        const struct gs_writer_ops *ops, void *object, void (*free)(void *))
{
    if (options->kept == NULL) {
        free(object);
        return;
    }
    free_object(options->kept);
    options->kept->owner = ops;
    options->kept->object = object;
    options->kept->free = free;
}

/* --- small things --------------------------------------------------------------- */

#define TIME_DEFAULT G_GINT64_CONSTANT(946684800) /* 2000-01-01 */
#define TIME_MAX G_GUINT64_CONSTANT(253402300799) /* end of 9999 */

int64_t gs_writer_time(void)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    guint64 seconds;

    if (epoch != NULL &&
            g_ascii_string_to_unsigned(
                    epoch, 10, 0, TIME_MAX, &seconds, NULL)) {
        return (int64_t)seconds;
    }
    return TIME_DEFAULT;
}

char *gs_writer_time_text(const char *format)
{
    GDateTime *time = g_date_time_new_from_unix_utc(gs_writer_time());
    char *text = g_date_time_format(time, format);

    g_date_time_unref(time);
    return text;
}

struct gs_point gs_writer_rule_end(const struct gs_rule *rule)
{
    return rule->vertical
            ? (struct gs_point){rule->x, rule->y + rule->length}
            : (struct gs_point){rule->x + rule->length, rule->y};
}

double gs_writer_dash(const struct gs_rule_style *style)
{
    return MAX(3 * gs_len_to_pt(style->width), 1.5);
}

/* --- the outline ------------------------------------------------------------------ */

GArray *gs_outline_make(const struct gs_doc_info *info, GHashTable *anchors)
{
    const struct gs_doc *doc = info->pages->doc;
    GArray *items = g_array_new(FALSE, FALSE, sizeof(struct gs_outline_item));

    for (size_t i = 0; i < doc->heading_count; i++) {
        const struct gs_heading *heading = &doc->headings[i];
        struct gs_outline_item item = {
                .heading = heading,
                .anchor = gs_anchors_find(anchors, heading->id),
                .parent = (int)items->len - 1,
        };
        if (item.anchor == NULL) {
            continue;
        }
        while (item.parent >= 0) {
            const struct gs_outline_item *parent =
                    &g_array_index(items, struct gs_outline_item, item.parent);
            if (parent->heading->level < heading->level) {
                break;
            }
            item.parent = parent->parent;
        }
        g_array_append_val(items, item);
    }
    return items;
}

/* --- pictures ---------------------------------------------------------------------- */

static guint hash_image(gconstpointer key)
{
    const struct gs_writer_image *image = key;
    return g_direct_hash(image->image);
}

static gboolean is_same_image(gconstpointer a, gconstpointer b)
{
    const struct gs_writer_image *one = a, *other = b;
    return one->image == other->image;
}

GHashTable *gs_writer_images_new(void)
{
    return g_hash_table_new_full(hash_image, is_same_image, NULL, g_free);
}

struct gs_writer_image *gs_writer_image(
        GHashTable *images, const struct gs_image *image)
{
    const struct gs_writer_image key = {.image = image};
    struct gs_writer_image *found = g_hash_table_lookup(images, &key);

    if (found == NULL) {
        found = g_new0(struct gs_writer_image, 1);
        found->image = image;
        g_hash_table_insert(images, found, found);
    }
    return found;
}
