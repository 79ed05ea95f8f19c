/*
 * Keeping: blocks that stay together are looked at as a chain before the first of
 * them is placed.
 */
#include "layout/pager-inside.h"

#include "layout/table.h"
#include "model/doc.h"

static const struct gs_why blocks_parted = {
        N_("blocks kept together are higher than a page"), GS_NO_ARGS};

/* Height of the first piece of a block that may stand alone on a page. */
static gs_len first_height(const struct gs_pager *pager,
        const struct gs_block *block, const struct gs_ready *ready)
{
    if (ready->table != NULL) {
        return block->u.table->space_before
                + gs_table_set_least(ready->table, pager->context.page);
    }
    return gs_flow_height(
            &ready->flow, 0, gs_flow_first_end(&ready->flow, 0));
}

/* Blocks kept together, from some block on. */
struct chain {
    size_t end;     /* the block after them */
    gs_len height;  /* that they need; of the last one its first piece */
    size_t weakest; /* the block before which a page parts them best; 0: none */
    enum gs_strength strength; /* of what keeps it */
    size_t table; /* its last one, where that is one … */
    const struct gs_table_set *set;
    gs_len above; /* … and the height of those above it */
};

/* A page may end behind a block that keeps the next one: the weakest, latest. */
static void note_break(struct chain *chain, const struct gs_block *block,
        size_t next, gs_len page)
{
    if (chain->height <= page
            && (chain->weakest == 0 || block->strength <= chain->strength)) {
        chain->weakest = next;
        chain->strength = block->strength;
    }
}

/* The chain of blocks kept together from block `i` on. */
static bool find_chain(struct gs_pager *pager, const struct gs_section *section,
        struct gs_ready *ready, size_t i, struct chain *chain)
{
    gs_len page = gs_pager_page(pager);
    *chain = (struct chain){.table = section->block_count};
    for (; i < section->block_count; i++) {
        const struct gs_block *block = &section->blocks[i];
        if (!gs_ready_make(pager, block, &ready[i])) {
            return false;
        }
        if (block->kind == GS_BLOCK_PLACED) {
            continue;
        }
        if (block->kind == GS_BLOCK_PAGE_BREAK) {
            break;
        }
        if (ready[i].table != NULL) {
            chain->table = i;
            chain->set = ready[i].table;
            chain->above = chain->height + block->u.table->space_before;
        }
        if ((block->keep & GS_KEEP_NEXT) == 0 || ready[i].table != NULL) {
            chain->height += first_height(pager, block, &ready[i]);
            i++;
            break;
        }
        chain->height += gs_flow_height(&ready[i].flow, 0, ready[i].flow.count);
        note_break(chain, block, i + 1, page);
    }
    chain->end = i;
    return true;
}

static const struct gs_why *why_chain(
        struct gs_pager *pager, const struct gs_block *block, gs_len height)
{
    return gs_pager_why_full(pager,
            (block->keep & GS_KEEP_NEXT) == 0
                    ? N_("the next block takes %1, %2 was left")
                    : N_("the next block and what it stays with take %1, %2 "
                         "was left"),
            height);
}

/* A chain that no page can hold, at the head of one: where it is parted. */
static void part_chain(struct gs_pager *pager, const struct gs_section *section,
        const struct chain *chain, size_t i, struct gs_kept *kept)
{
    gs_len page = gs_pager_page(pager);
    if (chain->table < section->block_count
            && gs_table_set_parts(chain->set, pager->context.page,
                    page - chain->above, chain->strength)) {
        pager->kept = &section->blocks[chain->table];
        *kept = (struct gs_kept){chain->table + 1, false};
        return;
    }
    *kept = (struct gs_kept){chain->weakest, true};
    if (chain->strength >= GS_STRENGTH_NORMAL) {
        gs_pager_report_broken(pager, &section->blocks[i], chain->height);
    }
}

bool gs_keep_blocks(struct gs_pager *pager, const struct gs_section *section,
        struct gs_ready *ready, size_t i, struct gs_kept *kept)
{
    const struct gs_block *block = &section->blocks[i];
    struct chain chain;
    if (i < kept->end) {
        return gs_ready_make(pager, block, &ready[i]);
    }
    bool parted = i == kept->end && kept->parted;
    if ((parted && !gs_pager_next_page(pager, &blocks_parted, true))
            || !find_chain(pager, section, ready, i, &chain)) {
        return false;
    }
    if (block->kind == GS_BLOCK_PLACED || block->kind == GS_BLOCK_PAGE_BREAK
            || block->kind == GS_BLOCK_SPACE) {
        return true;
    }
    if (!pager->fresh && chain.height > gs_pager_room(pager)
            && !gs_pager_next_page(
                    pager, why_chain(pager, block, chain.height), true)) {
        return false;
    }
    if (chain.height <= gs_pager_room(pager)) {
        *kept = (struct gs_kept){chain.end, false};
    } else if (chain.weakest > 0) {
        part_chain(pager, section, &chain, i, kept);
    }
    return true;
}
