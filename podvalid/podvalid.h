/* podvalid: what is wrong with a pod — its containers, volumes and the claims
 * behind them, its places, its security, the certificates it may ask for — and
 * with a pod template wherever one stands.
 *
 * Called by valid for whole objects and for parts of its own ones; pure, as
 * judge/judge.h says. */
#ifndef CORACLE_PODVALID_H
#define CORACLE_PODVALID_H

#include "judge/judge.h"

void judge_pod_spec(struct judge *j, const struct at *at, const struct value *spec, const struct value *meta);
void judge_pod_template(struct judge *j, const struct at *at, const struct value *template);
void judge_containers(struct judge *j, const struct at *at, const struct value *spec);
void judge_volumes(struct judge *j, const struct at *at, const struct value *volumes, const struct value *meta);
void judge_resources(struct judge *j, const struct at *at, const struct value *resources, const struct value *spec);
void judge_affinity(struct judge *j, const struct at *at, const struct value *affinity);
void judge_node_selector(struct judge *j, const struct at *at, const struct value *selector);
void judge_tolerations(struct judge *j, const struct at *at, const struct value *tolerations);
void judge_spread(struct judge *j, const struct at *at, const struct value *constraints);
void judge_security(struct judge *j, const struct at *at, const struct value *context, bool host_users);
void judge_pod_security(struct judge *j, const struct at *at, const struct value *spec);
void judge_taint_effect(struct judge *j, const struct at *at, struct str effect, bool needed);
void judge_pod_annotations(struct judge *j, const struct at *at, const struct value *annotations, const struct value *spec);
void judge_pod_annotation_update(struct judge *j, const struct value *now, const struct value *old);

/* ── certificates a pod may ask for, and who signs them ── */
void judge_signer(struct judge *j, const struct at *at, struct str signer); /* "example.com/name" */
void judge_bundle_source(struct judge *j, const struct at *at, const struct value *v);
void judge_certificate_source(struct judge *j, const struct at *at, const struct value *v);
void judge_claim_spec(struct judge *j, const struct at *at, const struct value *spec);

/* ── whole objects ── */
judge_object judge_pod, judge_pod_template_object, judge_claim, judge_volume, judge_signing_request, judge_trust_bundle, judge_pod_certificate;

#endif
