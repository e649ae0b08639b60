/*
 * reason.h - why a call ended, in words: the standard names of SIP status codes
 * (RFC 3261 and others) and of Q.850 causes.
 */
#ifndef HOOK_REASON_H
#define HOOK_REASON_H

/* The name of the SIP status from 300 on, else of the cause; NULL: neither is
 * known.  -1: not reported. */
const char *reason_text(int sip, int q850);

#endif
