/*
 * gate.h - how old a permission to place a call may be (doc/ledger.md 5).
 */
#ifndef CAMPAIGN_GATE_H
#define CAMPAIGN_GATE_H

/* How long a call may still leave, from the instant before its gates were
 * read. */
#define GATE_US 100000

#endif
