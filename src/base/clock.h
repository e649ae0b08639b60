/*
 * clock.h - the clocks, in microseconds.  Only main functions, request loops
 * and event loops read them; all other code gets the time as an argument.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

#define US_PER_MS 1000LL
#define US_PER_S 1000000LL
#define US_PER_MINUTE (60 * US_PER_S)
#define US_PER_HOUR (60 * US_PER_MINUTE)
#define US_PER_DAY (24 * US_PER_HOUR)
#define S_PER_DAY 86400LL
#define MINUTES_PER_DAY 1440

int64_t clock_wall_us(void); /* CLOCK_REALTIME: since 1970, UTC */
int64_t clock_boot_us(void); /* CLOCK_BOOTTIME: a suspended machine counts */

/* Sleeps for 'us', or until a signal was handled; not at all if 'us' <= 0. */
void clock_sleep_us(int64_t us);

#endif
