#include "ledger/share.h"

int64_t
share_part(int64_t limit, size_t nodes, size_t rank)
{
	if (nodes == 0 || rank >= nodes)
		return 0;
	return limit / (int64_t)nodes +
	       ((int64_t)rank < limit % (int64_t)nodes ? 1 : 0);
}

int64_t
share_next(int64_t limit, int64_t mine, int64_t others, int64_t part,
	   int64_t in_use)
{
	int64_t left = limit - others, next = part;

	if (mine >= part) {
		if (in_use > part)
			next = in_use < mine ? in_use : mine;
		return next;
	}
	if (next > left)
		next = left > mine ? left : mine;
	return next;
}
