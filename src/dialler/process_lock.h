/*
 * process_lock.h - proves that former lives of this process are dead.
 *
 * A process that takes a name keeps every other process from taking it, until
 * it ends in whatever way.  So rows in the node table that already have that
 * name belong to dead processes, and their leases need not run out.
 */
#ifndef DIALLER_PROCESS_LOCK_H
#define DIALLER_PROCESS_LOCK_H

struct config;

struct process_lock {
	int fd;		/* holds the name; -1: not taken */
	char name[120]; /* for the node table */
};

/* 'node' is the node's name.  May be called again while fd is -1. */
void process_lock_try(struct process_lock *t, const char *node,
		      const struct config *config);
void process_lock_release(struct process_lock *t);

#endif
