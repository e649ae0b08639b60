#include "campaign/caution.h"

#include <math.h>

#define AHEAD_S (60 * CAUTION_AHEAD_MIN)

/* The caution at the share that is aimed at, how fast it follows what is left,
 * and its bounds. */
#define REST 2.2
#define GAIN 0.3
#define LEAST 0.8
#define MOST 3.1
/* How many standard deviations of chance the goal stays below the limit; never
 * below a third of it. */
#define SAFETY 1.4

struct caution
caution_of(const struct caution_query *q)
{
	double abandoned = (double)q->abandoned, ahead, all, goal, left;
	double young = q->age_s > 0 && q->age_s < AHEAD_S
			       ? (double)AHEAD_S / (double)q->age_s
			       : 1;
	struct caution c = {
		.share = q->answered > 0 ? abandoned / (double)q->answered : 0,
	};

	if (q->limit <= 0) {
		c.reason = CAUTION_RESERVE;
		return c;
	}
	if (q->handled < CAUTION_HANDLED || q->age_s < CAUTION_AGE_S) {
		c.reason = CAUTION_LEARNING;
		return c;
	}
	ahead = fmax(1, (double)q->answered_10 * young);
	all = (double)q->answered + ahead;
	if (q->limit * all - abandoned < 1) {
		c.reason = CAUTION_SPENT;
		return c;
	}
	goal = q->limit * (1 - SAFETY / sqrt(fmax(1, q->limit * all)));
	goal = fmax(goal, q->limit / 3);
	left = (goal * all - abandoned) / ahead;
	c.z = fmin(fmax(REST - GAIN * (left / goal - 1), LEAST), MOST);
	c.reason = c.z > REST ? CAUTION_CAREFUL : CAUTION_USUAL;
	return c;
}

bool
caution_is_over(int64_t answered, int64_t abandoned)
{
	return (double)abandoned > ABANDONED_MOST * (double)answered;
}
