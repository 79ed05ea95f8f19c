/*
 * Pictures and seals.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "data/picture.h"
#include "model/image.h"

/* Each file is read once, and a bad one reported once. */
static const struct gs_image *find_picture(struct gs_binder *binder,
        const char *path, bool paper_transparent, struct gs_loc loc)
{
    const struct gs_bind_options *options = binder->options;
    void *image = NULL;
    char *key = gs_arena_printf(
            binder->scratch, "%c%s", paper_transparent ? 't' : 'k', path);

    if (!g_hash_table_lookup_extended(binder->pictures, key, NULL, &image)) {
        const struct gs_image *loaded =
                gs_picture_load(binder->arena, options->root, options->base,
                        path, paper_transparent, loc, binder->diag);
        union {
            const struct gs_image *in;
            void *out;
        } value = {.in = loaded}; /* the table holds no pointers to const */
        image = value.out;
        g_hash_table_insert(binder->pictures, key, image);
    }
    return image;
}

const struct gs_image *gs_bind_picture(struct gs_binder *binder,
        const struct gs_pattern *pattern, bool paper_transparent,
        const struct gs_scope *scope)
{
    struct gs_bound bound = gs_bind_pattern(binder, pattern, scope);

    if (*bound.text == '\0') {
        return NULL;
    }
    return find_picture(
            binder, bound.text, paper_transparent, gs_bound_origin(&bound).loc);
}

static gs_len scale_side(gs_len len, unsigned num, unsigned den)
{
    return CLAMP(gs_len_scale(len, num, den), 1, GS_LEN_MAX);
}

struct gs_size gs_bind_picture_size(
        const struct gs_image *image, struct gs_size wanted)
{
    struct gs_size size = wanted;

    if (size.width == 0 && size.height == 0) { /* 96 pixels an inch */
        size.width = scale_side(GS_PT(72), image->width, 96);
    }
    if (size.width == 0) {
        size.width = scale_side(size.height, image->width, image->height);
    } else if (size.height == 0) {
        size.height = scale_side(size.width, image->height, image->width);
    }
    return size;
}

static bool is_yes(const char *text)
{
    return strcmp(text, "yes") == 0 || strcmp(text, "true") == 0;
}

/* A specimen, a place for the seal, or none; false: none. */
static bool choose_drawn(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_scope *scope, struct gs_seal *seal)
{
    struct gs_bound specimen =
            gs_bind_pattern(binder, item->u.seal.specimen, scope);
    bool has_organ = *seal->organ != '\0';

    /* A blank record has no organ yet: the place stays free. */
    if (is_yes(specimen.text) && (has_organ || scope->node != NULL)) {
        if (!has_organ) {
            gs_diag_add(binder->diag, GS_DIAG_SEAL_WITHOUT_ORGAN, item->loc,
                    GS_NO_ARGS);
        }
        seal->kind = GS_SEAL_SPECIMEN;
        return has_organ;
    }
    seal->kind = GS_SEAL_PLACE;
    return item->u.seal.place_when_empty;
}

const struct gs_seal *gs_bind_seal(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_scope *scope)
{
    struct gs_seal seal = {
            .diameter = item->u.seal.diameter,
            .anchor = item->u.seal.at,
            .dx = item->u.seal.dx,
            .dy = item->u.seal.dy,
            .origin = gs_bind_origin(binder, item->loc, scope),
    };

    seal.organ = gs_bind_pattern(binder, item->u.seal.organ, scope).text;
    struct gs_bound picture =
            gs_bind_pattern(binder, item->u.seal.picture, scope);
    if (*picture.text != '\0') {
        seal.kind = GS_SEAL_PICTURE;
        seal.image = find_picture(binder, picture.text,
                item->u.seal.paper_transparent, gs_bound_origin(&picture).loc);
        if (seal.image == NULL) {
            return NULL;
        }
    } else if (!choose_drawn(binder, item, scope, &seal)) {
        return NULL;
    }
    struct gs_seal *out = GS_MAKE(binder->arena, struct gs_seal);
    *out = seal;
    return out;
}
