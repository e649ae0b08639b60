/* The carrier's outcomes and the ledger's are one list, in one order. */
#include "carrier/outcome.h"
#include "domain/outcome.h"
#include "tests/tap.h"

int
main(void)
{
	is_int(CR_OUTCOME_MAX + 1, OUTCOME_MAX, "as many as there are");
	for (int i = 0; i < CR_OUTCOME_MAX; i++)
		is_str(cr_outcome_word((enum cr_outcome)i),
		       outcome_words[i + 1], outcome_words[i + 1]);
	for (int i = 0; i < CR_OUTCOME_MAX; i++)
		is_int(cr_outcome_is_attempt((enum cr_outcome)i),
		       outcome_counts((enum outcome)(i + 1)),
		       "what counts as an attempt");
	return tap_done();
}
