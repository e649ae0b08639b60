/*
 * ami.h - an Asterisk PBX, over its Manager Interface (doc/asterisk.md): each
 * call is an asynchronous Originate whose channel has our id.
 */
#ifndef CARRIER_AMI_AMI_H
#define CARRIER_AMI_AMI_H

struct carrier_ops;

extern const struct carrier_ops ami_ops;

#endif
