/* The carrier's outcomes and the ledger's are one list, in one order. */
#include "campaign/outcome.h"
#include "carrier/outcome.h"
#include "tests/tap.h"

int
main(void)
{
	is_int(CR_OUTCOME_MAX + 1, OUTCOME_MAX, "as many as there are");
	for (int i = 0; i < CR_OUTCOME_MAX; i++)
		is_str(cr_outcome_word((enum cr_outcome)i),
		       outcome_words[i + 1], outcome_words[i + 1]);
	return tap_done();
}
