/*
 * Search: which columns are to be given how many steps.
 *
 * Over and over, steps go to that row (or merged cell) which makes the table most
 * shorter for what it takes.  When nothing makes it shorter, each column is narrowed
 * for a try, so that others may use its steps better.
 */
#ifndef GS_LAYOUT_BALANCE_SEARCH_H
#define GS_LAYOUT_BALANCE_SEARCH_H

#include <stddef.h>

struct gs_balance_sample;

/* Gives out `steps`, or as many of them as make a difference: into `given`. */
void gs_balance_search(struct gs_balance_sample *sample, size_t steps);

#endif
