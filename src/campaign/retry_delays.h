/*
 * retry_delays.h - the setting "Retry Delay by outcome": how many minutes after
 * which outcome.
 */
#ifndef CAMPAIGN_RETRY_DELAYS_H
#define CAMPAIGN_RETRY_DELAYS_H

#include <stdint.h>

#include "app/outcome.h"
#include "base/field.h"

/* Minutes by outcome; 0: none. */
struct retry_delays {
	int32_t of[OUTCOME_MAX];
};

/*
 * Its text is "no_answer=60,busy=5": words of the field and, from its 'min' to
 * its 'max', at least 1, minutes; in the order of the words.  Each word stands
 * once.
 */
extern const struct codec retry_delays_codec;

#endif
