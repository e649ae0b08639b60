/*
 * sim.h - the carrier that is simulated by the program outdial-sim; the
 * protocol is in wire.h.
 */
#ifndef CARRIER_SIM_SIM_H
#define CARRIER_SIM_SIM_H

struct carrier_ops;

extern const struct carrier_ops sim_ops;

#endif
