/*
 * Digits of a number, where there are many to be written and printf would cost.
 */
#ifndef GS_BASE_DIGITS_H
#define GS_BASE_DIGITS_H

#include <stdint.h>

#define GS_DIGITS_MAX 20 /* of 64 bits */

/* Writes them so that they end before `end`; returns where they begin. */
static inline char *gs_digits_before(char *end, uint64_t number)
{
    do {
        *--end = (char)('0' + number % 10);
        number /= 10;
    } while (number > 0);
    return end;
}

#endif
