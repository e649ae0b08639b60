/*
 * wakeups.h - "wake:{slot}": the stream for runs that the node with that slot
 * plans.
 */
#ifndef DIALLER_WAKEUPS_H
#define DIALLER_WAKEUPS_H

#include <stdint.h>

#define WAKE_GROUP "dialler"

void wake_stream(int64_t slot, char out[static 32]);

#endif
