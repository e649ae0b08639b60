/*
 * verify.h - recounts the ledger for `outdial check`: a table of checks, each
 * of which gives a sentence for every inconsistency.
 *
 * Each run is counted in a snapshot of its own, so calls that go on meanwhile
 * do not disturb the result; the whole installation is counted in one more.
 * Nothing is locked or changed, and no statement reads more than some thousand
 * rows of a run or list.
 *
 * To add a check: its statement in src/sql/books.def, a line in the table of
 * verify.c, and a damaged ledger that it finds in tests/store/test_books.c.
 */
#ifndef LEDGER_VERIFY_H
#define LEDGER_VERIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct db;
struct fault;

#define BOOKS_MOST 200 /* violations that are kept; all are counted */
#define BOOKS_LONGEST_S 7200

/* What a check looks at with one statement. */
enum books_scope {
	BOOKS_BALANCE, /* no statement: sums over a run, compared in verify.c */
	BOOKS_RUN,     /* a run */
	BOOKS_PIECE,   /* some thousand contacts of a segment of a run */
	BOOKS_ALL,     /* the installation */
	BOOKS_LIST     /* some thousand contacts of a list; only if deep */
};

struct books_check {
	int no; /* several lines may share one */
	const char *name, *means;
	enum books_scope scope;
	int what; /* a statement; BOOKS_BALANCE: which sums */
};
extern const struct books_check books_checks[];
extern const size_t books_check_count;

struct books_violation {
	int no;
	const char *name;
	int64_t run_id; /* 0: of the installation */
	const char *text;
};

struct books_report {
	int64_t runs;  /* counted */
	int64_t found; /* violations in all */
	struct books_violation *list;
	size_t count; /* of these in the list, at most BOOKS_MOST */
	/* Of the carrier's log: calls placed, ids seen twice. */
	int64_t places, doubles;
};

struct books_opts {
	int64_t run_id; /* 0: all runs and the installation */
	bool deep;
	int64_t longest_s;   /* no call lives longer; 0: BOOKS_LONGEST_S */
	const char *sim_log; /* log of a simulated carrier; NULL: none */
};

/*
 * Recounts everything.  Returns 0 when that could be done; the ledger is
 * consistent when out->found is 0.  Returns -1 with *f set when it could not.
 * The list is allocated in 'a'.
 */
int books_check(struct db *db, const struct books_opts *opts, struct arena *a,
		struct books_report *out, struct fault *f);

/*
 * Check 10, adding to *out: in the log of a simulated carrier no id was placed
 * twice, and each is in live_call or attempt.  The log is read in passes, so
 * that its length does not matter for memory; a line without its end is still
 * being written and is ignored.  FAULT_ABSENT when there is no such file.
 */
int books_check_log(struct db *db, const char *path, struct arena *a,
		    struct books_report *out, struct fault *f);

/* Adds one violation to *out, for the two functions above. */
void books_note(struct books_report *out, struct arena *a, int no,
		const char *name, int64_t run_id, const char *text);

#endif
