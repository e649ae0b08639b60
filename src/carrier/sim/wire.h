/*
 * wire.h - the protocol between a dialler node and outdial-sim: text lines
 * over a Unix stream socket, words separated by one tab.
 *
 * From the node
 *   HELLO node site 3                        first line of a connection
 *   PLACE id to from bot ring_ms max_ms not_after seated vars
 *                                            not_after: CLOCK_BOOTTIME in
 *                                            microseconds, the same on both
 *                                            ends of a Unix socket; what is
 *                                            read later is refused unplaced
 *                                            seated: 1 the bot is joined at
 *                                            once, 0 after JOIN
 *   JOIN id                                  its seat is free: joins the bot
 *   CANCEL id                                before the answer; else HANGUP
 *   HANGUP id q850
 *   QUERY id                                 asks, and takes its events over
 *   LIST                                     the calls of this site
 *   PING n
 *
 * From the carrier
 *   BOOT boot                                answer to HELLO; changes with
 *                                            each start of the carrier
 *   TAKEN id                                 PLACE was read and logged
 *   DUPLICATE id                             PLACE of an id it had: not placed
 *   RINGING id
 *   ANSWERED id
 *   JOINED id join_ms                        its bot was joined so long after
 *                                            the answer
 *   ENDED id sip q850 by saw ring_ms talk_ms join_ms detail
 *                                            by, saw: words and bits of
 *                                            outcome.h
 *   ALIVE id phase age_ms                    QUERY: 0 sent, 1 ringing,
 *                                            2 answered
 *   GONE id                                  QUERY, HANGUP: not known
 *   LISTED id phase age_ms
 *   LISTEND count
 *   PONG n
 *   ERROR text
 */
#ifndef CARRIER_SIM_WIRE_H
#define CARRIER_SIM_WIRE_H

#define SIM_VERSION "3"
#define SIM_MAX_WORDS 11
#define SIM_NAME_MAX 32 /* node, site */
/* How long an order may take from the node's write to the carrier's read. */
#define SIM_TRAVEL_US 100000

#endif
