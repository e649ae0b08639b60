/*
 * wakes.h - "wake:{slot}": runs that the planner of another node holds.
 */
#ifndef DIALLER_WAKES_H
#define DIALLER_WAKES_H

#include <stdint.h>

#define WAKE_GROUP "dialler"

void wake_stream(int64_t slot, char out[static 32]);

#endif
