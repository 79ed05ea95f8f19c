/*
 * Tally: the totals of a table while its rows are bound.
 *
 * Totals in rows of the table are final when they are met: what stands above
 * them has been added.  Those in rows of pages stay open, for the pages to fill
 * in; here is only worked out how wide they can become.
 */
#include "bind/binder.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "bind/format.h"

struct gs_sum {
    struct gs_decimal so_far;
    struct gs_decimal most; /* of the amounts without their signs */
    bool negative; /* one of them is */
};

/* A total in a row of pages. */
struct open_total {
    struct gs_total *total;
    struct gs_origin origin;
};

void gs_tally_begin(
        struct gs_binder *binder, struct gs_tally *tally, size_t count)
{
    *tally = (struct gs_tally){
            .sums = GS_MAKE_ARRAY(binder->scratch, struct gs_sum, count),
            .count = count,
            .open = g_array_new(FALSE, FALSE, sizeof(struct open_total)),
    };
}

static bool refuse(struct gs_binder *binder, const char *text,
        const struct gs_origin *origin)
{
    const char *path = origin->path != NULL ? origin->path : "";

    gs_diag_add(binder->diag, GS_DIAG_NOT_AN_AMOUNT, origin->loc,
            GS_ARGS(text, path));
    return false;
}

bool gs_tally_add(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_entries *entries, struct gs_amount *out)
{
    struct gs_sum *sum = &binder->tally->sums[item->u.cell.total];
    struct gs_decimal value, size, so_far, most;

    if (entries->text->len == 0) {
        return false;
    }
    if (!gs_decimal_parse(entries->text->str, &value)) {
        const struct gs_origin origin = gs_bound_origin(&entries->first);
        return refuse(binder, entries->text->str, &origin);
    }
    size = value;
    size.digits = size.digits < 0 ? -size.digits : size.digits;
    if (!gs_decimal_add(sum->so_far, value, &so_far) ||
            !gs_decimal_add(sum->most, size, &most)) {
        gs_diag_add(binder->diag, GS_DIAG_TOO_MUCH,
                gs_bound_origin(&entries->first).loc,
                GS_ARGS("36", GS_WORD(N_("digits in a total"))));
        return false;
    }
    sum->so_far = so_far;
    sum->most = most;
    sum->negative = sum->negative || value.digits < 0;
    *out = (struct gs_amount){item->u.cell.total, value};
    return true;
}

/* Without a format as entered. */
static struct gs_amount_format format_of(const struct gs_item *item)
{
    return item->u.total.format != NULL
            ? gs_format_amount(item->u.total.format)
            : (struct gs_amount_format){.decimals = -1};
}

const char *gs_tally_text(struct gs_binder *binder, const struct gs_item *item,
        const struct gs_origin *origin)
{
    struct gs_decimal value =
            binder->tally->sums[item->u.total.number].so_far;
    const struct gs_amount_format format = format_of(item);
    const char *text = "";

    if (!gs_amount_text(binder->arena, &format, value, "", &text)) {
        refuse(binder, gs_decimal_format(binder->scratch, value, false),
                origin);
    }
    return text;
}

const struct gs_total *gs_tally_total(struct gs_binder *binder,
        const struct gs_item *item, const struct gs_origin *origin)
{
    if (!binder->tally->page_rows) {
        return NULL;
    }
    struct gs_amount_format *format =
            GS_MAKE(binder->arena, struct gs_amount_format);
    struct gs_total *total = GS_MAKE(binder->arena, struct gs_total);

    *format = format_of(item);
    *total = (struct gs_total){
            .number = item->u.total.number,
            .scope = item->u.total.scope,
            .format = format,
            .widest = "",
    };
    struct open_total open = {total, *origin};
    g_array_append_val(binder->tally->open, open);
    return total;
}

void gs_tally_settle(struct gs_binder *binder, struct gs_tally *tally)
{
    for (guint i = 0; i < tally->open->len; i++) {
        const struct open_total *open =
                &g_array_index(tally->open, struct open_total, i);
        struct gs_total *total = open->total;
        const struct gs_sum *sum = &tally->sums[total->number];
        struct gs_decimal most = sum->most;
        most.digits = sum->negative ? -most.digits : most.digits;
        if (!gs_amount_text(binder->arena, total->format, most, "",
                    &total->widest)) {
            refuse(binder, gs_decimal_format(binder->scratch, most, false),
                    &open->origin);
        }
    }
    g_array_set_size(tally->open, 0);
}

void gs_tally_end(struct gs_binder *binder, struct gs_tally *tally)
{
    gs_tally_settle(binder, tally);
    g_array_free(tally->open, TRUE);
}
