/*
 * verify.h - recounts the ledger for `outdial check`: a table of checks, each
 * of which gives a sentence for every inconsistency.
 *
 * Each run is counted in a snapshot of its own, so calls that go on meanwhile
 * do not disturb the result; the whole installation is counted in one more.
 * Nothing is locked or changed, and no statement reads more than some thousand
 * rows of a run or list.
 *
 * To add a check: its statement in src/sql/verify.def, a line in the table of
 * verify.c, and a damaged ledger that it finds in tests/ledger/test_verify.c.
 */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

#define VERIFY_MOST 200 /* violations that are kept; all are counted */
#define VERIFY_LONGEST_S 7200

/* What a check looks at with one statement. */
enum verify_scope {
	VERIFY_BALANCE, /* no statement: sums over a run, compared in verify.c
			 */
	VERIFY_RUN,	/* a run */
	VERIFY_PIECE,	/* some thousand contacts of a segment of a run */
	VERIFY_ALL,	/* the installation */
	VERIFY_LIST	/* some thousand contacts of a list; only if deep */
};

struct verify_check {
	int no; /* several lines may share one */
	const char *name, *means;
	enum verify_scope scope;
	int what; /* a statement; VERIFY_BALANCE: which sums */
};
extern const struct verify_check verify_checks[];
extern const size_t verify_check_count;

struct verify_violation {
	int no;
	const char *name;
	int64_t run_id; /* 0: of the installation */
	const char *text;
};

struct verify_report {
	int64_t runs;  /* counted */
	int64_t found; /* violations in all */
	struct verify_violation *list;
	size_t count; /* of these in the list, at most VERIFY_MOST */
	/* Of the carrier's log: calls placed, ids seen twice. */
	int64_t places, doubles;
};

struct verify_opts {
	int64_t run_id; /* 0: all runs and the installation */
	bool deep;
	int64_t longest_s;   /* no call lives longer; 0: VERIFY_LONGEST_S */
	const char *sim_log; /* log of a simulated carrier; NULL: none */
};

/*
 * Recounts everything.  Returns 0 when that could be done; the ledger is
 * consistent when out->found is 0.  Returns -1 with *f set when it could not.
 * The list is allocated in 'a'.
 */
int verify_check(struct db *db, const struct verify_opts *opts, struct arena *a,
		 struct verify_report *out, struct fault *f);

/*
 * Check 10, adding to *out: in the log of a simulated carrier no id was placed
 * twice, and each is in live_call or attempt.  The log is read in passes, so
 * that its length does not matter for memory; a line without its end is still
 * being written and is ignored.  FAULT_ABSENT when there is no such file.
 */
int verify_check_log(struct db *db, const char *path, struct arena *a,
		     struct verify_report *out, struct fault *f);

#endif
