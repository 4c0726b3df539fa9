/* What every cluster begins with, as rows: the default roles and bindings of
 * RBAC (names, rules and subjects are Kubernetes' own), namespaces and priority
 * classes.
 *
 * A rule is a line "verbs groups:resources[=names]" or "verbs /url,/url". Verbs
 * may be R (get list watch), W (create update patch delete deletecollection), or
 * U (update patch); a group of "" is core. "events" alone is what everyone who
 * records events needs. Lists come out sorted, as upstream writes them. */
#include "auth/inside.h"

struct role_row {
    const char *name;
    const char *to;   /* label aggregate-to-<to> */
    const char *from; /* aggregates what is labelled aggregate-to-<from> */
    const char *rules;
};

static const struct role_row cluster_roles[] = {
    {"cluster-admin", NULL, NULL, "* *:*\n* *"},
    {"system:discovery", NULL, NULL, "get /livez,/readyz,/healthz,/version,/version/,/openapi,/openapi/*,/api,/api/*,/apis,/apis/*"},
    {"system:monitoring", NULL, NULL, "get /metrics,/metrics/slis,/livez,/readyz,/healthz,/livez/*,/readyz/*,/healthz/*"},
    {"system:basic-user", NULL, NULL,
     "create authorization.k8s.io:selfsubjectaccessreviews,selfsubjectrulesreviews\n"
     "create authentication.k8s.io:selfsubjectreviews"},
    {"system:public-info-viewer", NULL, NULL, "get /livez,/readyz,/healthz,/version,/version/"},
    {"admin", NULL, "admin", ""},
    {"edit", "admin", "edit", ""},
    {"view", "edit", "view", ""},
    {"system:aggregate-to-admin", "admin", NULL,
     "create authorization.k8s.io:localsubjectaccessreviews\n"
     "R,W rbac.authorization.k8s.io:roles,rolebindings"},
    {"system:aggregate-to-edit", "edit", NULL,
     "R :pods/attach,pods/proxy,pods/exec,pods/portforward,secrets,services/proxy\n"
     "impersonate :serviceaccounts\n"
     "W :pods,pods/attach,pods/proxy,pods/exec,pods/portforward\n"
     "create :pods/eviction\n"
     "W :replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/proxy,"
     "persistentvolumeclaims,configmaps,secrets,events\n"
     "create :serviceaccounts/token\n"
     "W apps:statefulsets,statefulsets/scale,daemonsets,deployments,deployments/scale,deployments/rollback,replicasets,"
     "replicasets/scale\n"
     "W autoscaling:horizontalpodautoscalers\n"
     "W batch:jobs,cronjobs\n"
     "W "
     "extensions:daemonsets,deployments,deployments/scale,deployments/rollback,ingresses,replicasets,replicasets/scale,"
     "replicationcontrollers/scale,networkpolicies\n"
     "W policy:poddisruptionbudgets\n"
     "W networking.k8s.io:networkpolicies,ingresses\n"
     "R,W coordination.k8s.io:leases\n"
     "W resource.k8s.io:resourceclaims,resourceclaimtemplates\n"
     "W scheduling.k8s.io:workloads,podgroups,compositepodgroups"},
    {"system:aggregate-to-view", "view", NULL,
     "R :pods,replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status,endpoints,"
     "persistentvolumeclaims,persistentvolumeclaims/status,configmaps\n"
     "R :limitranges,resourcequotas,bindings,events,pods/status,resourcequotas/status,namespaces/status,"
     "replicationcontrollers/status,pods/log\n"
     "R :namespaces\n"
     "R discovery.k8s.io:endpointslices\n"
     "R "
     "apps:controllerrevisions,statefulsets,statefulsets/status,statefulsets/scale,daemonsets,daemonsets/"
     "status,deployments,"
     "deployments/status,deployments/scale,replicasets,replicasets/status,replicasets/scale\n"
     "R autoscaling:horizontalpodautoscalers,horizontalpodautoscalers/status\n"
     "R batch:jobs,cronjobs,cronjobs/status,jobs/status\n"
     "R "
     "extensions:daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status,ingresses,ingresses/"
     "status,"
     "replicasets,replicasets/scale,replicasets/status,replicationcontrollers/scale,networkpolicies\n"
     "R policy:poddisruptionbudgets,poddisruptionbudgets/status\n"
     "R networking.k8s.io:networkpolicies,ingresses,ingresses/status\n"
     "R resource.k8s.io:resourceclaims,resourceclaims/status,resourceclaimtemplates\n"
     "R scheduling.k8s.io:workloads,podgroups,podgroups/status,compositepodgroups,compositepodgroups/status"},
    {"system:heapster", NULL, NULL, "R :events,pods,nodes,namespaces\nR extensions:deployments"},
    {"system:node", NULL, NULL,
     "create authentication.k8s.io:tokenreviews\n"
     "create authorization.k8s.io:subjectaccessreviews,localsubjectaccessreviews\n"
     "R :services\n"
     "create,R :nodes\n"
     "U :nodes/status\n"
     "U :nodes\n"
     "create,U :events\n"
     "R :pods\n"
     "create,delete :pods\n"
     "U :pods/status\n"
     "create :pods/eviction\n"
     "R :secrets,configmaps\n"
     "get :persistentvolumeclaims,persistentvolumes\n"
     "get :endpoints\n"
     "create,R certificates.k8s.io:certificatesigningrequests\n"
     "get,create,U,delete coordination.k8s.io:leases\n"
     "get storage.k8s.io:volumeattachments\n"
     "create :serviceaccounts/token\n"
     "get,U :persistentvolumeclaims/status\n"
     "R storage.k8s.io:csidrivers\n"
     "get,create,U,delete storage.k8s.io:csinodes\n"
     "R node.k8s.io:runtimeclasses\n"
     "get resource.k8s.io:resourceclaims\n"
     "R,create,U,delete,deletecollection resource.k8s.io:resourceslices\n"
     "R certificates.k8s.io:clustertrustbundles\n"
     "R,create certificates.k8s.io:podcertificaterequests\n"
     "get :serviceaccounts"},
    {"system:node-problem-detector", NULL, NULL, "get :nodes\npatch :nodes/status\nevents"},
    {"system:kubelet-api-admin", NULL, NULL,
     "R :nodes\nproxy :nodes\n* "
     ":nodes/configz,nodes/healthz,nodes/log,nodes/metrics,nodes/pods,nodes/proxy,nodes/stats"},
    {"system:node-bootstrapper", NULL, NULL, "create,R certificates.k8s.io:certificatesigningrequests"},
    {"system:auth-delegator", NULL, NULL, "create authentication.k8s.io:tokenreviews\ncreate authorization.k8s.io:subjectaccessreviews"},
    {"system:kube-aggregator", NULL, NULL, "R :services,endpoints"},
    {"system:kube-controller-manager", NULL, NULL,
     "events\n"
     "create coordination.k8s.io:leases\n"
     "get,update coordination.k8s.io:leases=kube-controller-manager\n"
     "create :secrets,serviceaccounts\n"
     "delete :secrets\n"
     "get :namespaces,secrets,serviceaccounts,configmaps\n"
     "update :secrets,serviceaccounts\n"
     "create authentication.k8s.io:tokenreviews\n"
     "create authorization.k8s.io:subjectaccessreviews\n"
     "list,watch *:*\n"
     "create :serviceaccounts/token"},
    {"system:kube-dns", NULL, NULL, "list,watch :endpoints,services"},
    {"system:persistent-volume-provisioner", NULL, NULL,
     "R,create,delete :persistentvolumes\nR,update :persistentvolumeclaims\nR storage.k8s.io:storageclasses\nwatch "
     ":events\nevents"},
    {"system:certificates.k8s.io:certificatesigningrequests:nodeclient", NULL, NULL,
     "create certificates.k8s.io:certificatesigningrequests/nodeclient"},
    {"system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", NULL, NULL,
     "create certificates.k8s.io:certificatesigningrequests/selfnodeclient"},
    {"coracle:certificatesigningrequests:selfnodeserver", NULL, NULL, "create certificates.k8s.io:certificatesigningrequests/selfnodeserver"},
    {"system:volume-scheduler", NULL, NULL, "R,U :persistentvolumes\nR storage.k8s.io:storageclasses\nR,U :persistentvolumeclaims"},
    {"system:certificates.k8s.io:legacy-unknown-approver", NULL, NULL, "approve certificates.k8s.io:signers=kubernetes.io/legacy-unknown"},
    {"system:certificates.k8s.io:kubelet-serving-approver", NULL, NULL, "approve certificates.k8s.io:signers=kubernetes.io/kubelet-serving"},
    {"system:certificates.k8s.io:kube-apiserver-client-approver", NULL, NULL,
     "approve certificates.k8s.io:signers=kubernetes.io/kube-apiserver-client"},
    {"system:certificates.k8s.io:kube-apiserver-client-kubelet-approver", NULL, NULL,
     "approve certificates.k8s.io:signers=kubernetes.io/kube-apiserver-client-kubelet"},
    {"system:service-account-issuer-discovery", NULL, NULL,
     "get /.well-known/openid-configuration,/.well-known/openid-configuration/,/openid/v1/jwks,/openid/v1/jwks/"},
    {"system:node-proxier", NULL, NULL,
     "list,watch :services,endpoints\nR :nodes\nevents\nlist,watch discovery.k8s.io:endpointslices\n"
     "list,watch networking.k8s.io:servicecidrs"},
    {"system:kube-scheduler", NULL, NULL,
     "events\n"
     "create coordination.k8s.io:leases\n"
     "get,update coordination.k8s.io:leases=kube-scheduler\n"
     "R :nodes\n"
     "R,delete :pods\n"
     "create :pods/binding,bindings\n"
     "U :pods/status\n"
     "R :services,replicationcontrollers\n"
     "R apps,extensions:replicasets\n"
     "R apps:statefulsets\n"
     "R policy:poddisruptionbudgets\n"
     "R :persistentvolumeclaims,persistentvolumes\n"
     "create authentication.k8s.io:tokenreviews\n"
     "create authorization.k8s.io:subjectaccessreviews\n"
     "R storage.k8s.io:csinodes\n"
     "R :namespaces\n"
     "R storage.k8s.io:csidrivers\n"
     "R storage.k8s.io:csistoragecapacities\n"
     "R storage.k8s.io:volumeattachments\n"
     "R resource.k8s.io:deviceclasses\n"
     "R,U resource.k8s.io:resourceclaims\n"
     "R,U resource.k8s.io:resourceclaims/status\n"
     "create,delete resource.k8s.io:resourceclaims\n"
     "U resource.k8s.io:resourceclaims/binding\n"
     "R resource.k8s.io:resourceslices,devicetaintrules\n"
     "R,U :pods/finalizers\n"
     "R scheduling.k8s.io:workloads,podgroups,compositepodgroups\n"
     "U scheduling.k8s.io:podgroups/status,compositepodgroups/status"},
    {"system:cluster-trust-bundle-discovery", NULL, NULL, "R certificates.k8s.io:clustertrustbundles"},
    /* The scheduler's own kind: upstream's roles are left as they are. */
    {"coracle:kube-scheduler", NULL, NULL, "R coracle.dev:schedulingprofiles\nU coracle.dev:schedulingprofiles/status"},
};

/* system:controller:<name>, each bound to ServiceAccount kube-system/<name>. */
static const struct role_row controller_roles[] = {
    {"attachdetach-controller", NULL, NULL,
     "list,watch :persistentvolumes,persistentvolumeclaims\nR :nodes\nU :nodes/status\nlist,watch :pods\nevents\n"
     "R,create,delete storage.k8s.io:volumeattachments\nR storage.k8s.io:csidrivers\nR storage.k8s.io:csinodes"},
    {"clusterrole-aggregation-controller", NULL, NULL, "escalate,R,U rbac.authorization.k8s.io:clusterroles"},
    {"cronjob-controller", NULL, NULL,
     "R,update batch:cronjobs\nR,create,U,delete batch:jobs\nupdate batch:cronjobs/status\nupdate "
     "batch:cronjobs/finalizers\n"
     "list,watch,delete :pods\nevents"},
    {"daemon-set-controller", NULL, NULL,
     "R extensions,apps:daemonsets\nupdate extensions,apps:daemonsets/status\nupdate "
     "extensions,apps:daemonsets/finalizers\n"
     "list,watch :nodes\nlist,watch,create,delete,patch :pods\ncreate :pods/binding\nR,create,delete,U "
     "apps:controllerrevisions\n"
     "events"},
    {"deployment-controller", NULL, NULL,
     "R,update extensions,apps:deployments\nupdate extensions,apps:deployments/status\n"
     "update extensions,apps:deployments/finalizers\nR,create,U,delete apps,extensions:replicasets\nR,update "
     ":pods\nevents"},
    {"device-taint-eviction-controller", NULL, NULL,
     "R,delete :pods\nU :pods/status\nR resource.k8s.io:resourceclaims\nR resource.k8s.io:resourceslices\n"
     "R resource.k8s.io:devicetaintrules\nU resource.k8s.io:devicetaintrules/status\nR "
     "resource.k8s.io:deviceclasses\nevents"},
    {"disruption-controller", NULL, NULL,
     "R extensions,apps:deployments\nR apps,extensions:replicasets\nR :replicationcontrollers\nR "
     "policy:poddisruptionbudgets\n"
     "R apps:statefulsets\nupdate policy:poddisruptionbudgets/status\nU :pods/status\nget *:*/scale\nevents"},
    {"endpoint-controller", NULL, NULL, "R :services,pods\nR,create,update,delete :endpoints\ncreate :endpoints/restricted\nevents"},
    {"endpointslice-controller", NULL, NULL,
     "R :services,pods,nodes\nupdate :services/finalizers\nR,create,update,delete "
     "discovery.k8s.io:endpointslices\nevents"},
    {"endpointslicemirroring-controller", NULL, NULL,
     "R :services,endpoints\nupdate :services/finalizers\nupdate :endpoints/finalizers\n"
     "R,create,update,delete discovery.k8s.io:endpointslices\nevents"},
    {"expand-controller", NULL, NULL, "R,U :persistentvolumes\nU :persistentvolumeclaims/status\nR :persistentvolumeclaims\nevents"},
    {"ephemeral-volume-controller", NULL, NULL, "R :pods\nupdate :pods/finalizers\nR,create :persistentvolumeclaims\nevents"},
    {"resource-claim-controller", NULL, NULL,
     "R :pods\nupdate :pods/finalizers\nR,create,delete resource.k8s.io:resourceclaims\nR "
     "resource.k8s.io:resourceclaimtemplates\n"
     "U resource.k8s.io:resourceclaims,resourceclaims/status\nU resource.k8s.io:resourceclaims/binding\nU :pods/status\n"
     "R scheduling.k8s.io:podgroups\nU scheduling.k8s.io:podgroups/status\nevents"},
    {"generic-garbage-collector", NULL, NULL, "R,U,delete *:*\nevents"},
    {"horizontal-pod-autoscaler", NULL, NULL,
     "R autoscaling:horizontalpodautoscalers\nupdate autoscaling:horizontalpodautoscalers/status\nget,update "
     "*:*/scale\nlist,watch :pods\n"
     "list,watch metrics.k8s.io:pods\nR custom.metrics.k8s.io:*\nR external.metrics.k8s.io:*\nevents"},
    {"job-controller", NULL, NULL,
     "R,U batch:jobs\nupdate batch:jobs/status\nupdate batch:jobs/finalizers\nlist,watch,create,delete,patch "
     ":pods\nevents"},
    {"kube-apiserver-serving-clustertrustbundle-publisher", NULL, NULL,
     "attest certificates.k8s.io:signers=kubernetes.io/kube-apiserver-serving\n"
     "create,update,delete,list,watch certificates.k8s.io:clustertrustbundles\nevents"},
    {"namespace-controller", NULL, NULL, "R,delete :namespaces\nupdate :namespaces/finalize,namespaces/status\nR,delete,deletecollection *:*"},
    {"node-controller", NULL, NULL, "R,U,delete :nodes\nU :nodes/status\nU :pods/status\nR,delete :pods\nevents"},
    {"persistent-volume-binder", NULL, NULL,
     "R,update,create,delete :persistentvolumes\nupdate :persistentvolumes/status\nR,update :persistentvolumeclaims\n"
     "update :persistentvolumeclaims/status\nR,create,delete :pods\nR storage.k8s.io:storageclasses\nlist,watch "
     ":nodes\nwatch :events\n"
     "events"},
    {"podgroup-protection-controller", NULL, NULL, "R,U scheduling.k8s.io:podgroups"},
    {"queue-controller", NULL, NULL,
     "R,U batch:jobs\nU batch:jobs/status\nR,U,delete :pods\nU :pods/status\nR :namespaces,nodes\nR scheduling.k8s.io:priorityclasses\n"
     "R,create,delete,U kueue.x-k8s.io:*\nevents"},
    {"pod-garbage-collector", NULL, NULL, "list,watch,delete :pods\nR :nodes\npatch :pods/status"},
    {"podcertificaterequestcleaner", NULL, NULL, "R,delete certificates.k8s.io:podcertificaterequests"},
    {"replicaset-controller", NULL, NULL,
     "R,update apps,extensions:replicasets\nupdate apps,extensions:replicasets/status\n"
     "update apps,extensions:replicasets/finalizers\nlist,watch,patch,create,delete :pods\nevents"},
    {"replication-controller", NULL, NULL,
     "R,update :replicationcontrollers\nupdate :replicationcontrollers/status\nupdate "
     ":replicationcontrollers/finalizers\n"
     "list,watch,patch,create,delete :pods\nevents"},
    {"resourcequota-controller", NULL, NULL, "list,watch *:*\nupdate :resourcequotas/status\nevents"},
    {"route-controller", NULL, NULL, "list,watch :nodes\npatch :nodes/status\nevents"},
    {"selinux-warning-controller", NULL, NULL, "R :pods,persistentvolumeclaims,persistentvolumes\nR storage.k8s.io:csidrivers\nevents"},
    {"service-account-controller", NULL, NULL, "create :serviceaccounts\nevents"},
    {"service-controller", NULL, NULL, "R :services\nU :services/status\nlist,watch :nodes\nevents"},
    {"service-cidrs-controller", NULL, NULL,
     "R,U networking.k8s.io:servicecidrs\nU networking.k8s.io:servicecidrs/finalizers\nU "
     "networking.k8s.io:servicecidrs/status\n"
     "R networking.k8s.io:ipaddresses\nevents"},
    {"statefulset-controller", NULL, NULL,
     "list,watch :pods\nR apps:statefulsets\nupdate apps:statefulsets/status\nupdate apps:statefulsets/finalizers\n"
     "get,create,delete,U :pods\nR,create,delete,U apps:controllerrevisions\nget,create "
     ":persistentvolumeclaims\nevents\n"
     "update,delete :persistentvolumeclaims\nupdate :pods/finalizers"},
    {"ttl-controller", NULL, NULL, "U,list,watch :nodes\nevents"},
    {"certificate-controller", NULL, NULL,
     "R,delete certificates.k8s.io:certificatesigningrequests\n"
     "update certificates.k8s.io:certificatesigningrequests/status,certificatesigningrequests/approval\n"
     "approve certificates.k8s.io:signers=kubernetes.io/kube-apiserver-client-kubelet\n"
     "sign certificates.k8s.io:signers=kubernetes.io/legacy-unknown,kubernetes.io/kube-apiserver-client,"
     "kubernetes.io/kube-apiserver-client-kubelet,kubernetes.io/kubelet-serving\n"
     "create authorization.k8s.io:subjectaccessreviews\nevents"},
    {"pvc-protection-controller", NULL, NULL, "R,update :persistentvolumeclaims\nupdate :persistentvolumeclaims/status\nR :pods\nevents"},
    {"pv-protection-controller", NULL, NULL, "R,update :persistentvolumes\nevents"},
    {"volumeattributesclass-protection-controller", NULL, NULL,
     "R :persistentvolumeclaims\nR :persistentvolumes\nR,update storage.k8s.io:volumeattributesclasses\nevents"},
    {"storage-version-migrator-controller", NULL, NULL,
     "list,patch *:*\nget apiextensions.k8s.io:customresourcedefinitions\npatch apiextensions.k8s.io:customresourcedefinitions/status\n"
     "update storagemigration.k8s.io:storageversionmigrations/status"},
    {"ttl-after-finished-controller", NULL, NULL, "R,delete batch:jobs\nevents"},
    {"root-ca-cert-publisher", NULL, NULL, "create,update :configmaps\nevents"},
    {"validatingadmissionpolicy-status-controller", NULL, NULL,
     "R admissionregistration.k8s.io:validatingadmissionpolicies\n"
     "get,U admissionregistration.k8s.io:validatingadmissionpolicies/status\nevents"},
    {"legacy-service-account-token-cleaner", NULL, NULL,
     "get :configmaps=kube-apiserver-legacy-service-account-token-tracking\npatch,delete :secrets"},
};

/* Subjects are "G:group", "U:user" or "S:namespace:name", separated by blanks. */
struct binding_row {
    const char *name, *role, *subjects;
};
static const struct binding_row cluster_bindings[] = {
    {"cluster-admin", "cluster-admin", "G:system:masters"},
    {"system:monitoring", "system:monitoring", "G:system:monitoring"},
    {"system:discovery", "system:discovery", "G:system:authenticated"},
    {"system:basic-user", "system:basic-user", "G:system:authenticated"},
    {"system:public-info-viewer", "system:public-info-viewer", "G:system:authenticated G:system:unauthenticated"},
    {"system:node-proxier", "system:node-proxier", "U:system:kube-proxy"},
    /* An agent makes its node's service rules itself: there is no kube-proxy. */
    {"coracle:node-proxier", "system:node-proxier", "G:system:nodes"},
    {"system:kube-controller-manager", "system:kube-controller-manager", "U:system:kube-controller-manager"},
    {"system:kube-dns", "system:kube-dns", "S:kube-system:kube-dns"},
    {"system:kube-scheduler", "system:kube-scheduler", "U:system:kube-scheduler"},
    {"system:volume-scheduler", "system:volume-scheduler", "U:system:kube-scheduler"},
    {"coracle:kube-scheduler", "coracle:kube-scheduler", "U:system:kube-scheduler"},
    {"system:node", "system:node", ""}, /* the Node authorizer stands in: nobody is bound */
    {"system:service-account-issuer-discovery", "system:service-account-issuer-discovery", "G:system:serviceaccounts"},
    {"system:cluster-trust-bundle-discovery", "system:cluster-trust-bundle-discovery", "G:system:serviceaccounts"},
    /* Joining nodes: what kubeadm binds for its tokens. */
    {"coracle:node-bootstrap", "system:node-bootstrapper", "G:system:bootstrappers"},
    {"coracle:node-autoapprove-bootstrap", "system:certificates.k8s.io:certificatesigningrequests:nodeclient", "G:system:bootstrappers"},
    {"coracle:node-autoapprove-rotation", "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient", "G:system:nodes"},
    /* Upstream leaves serving certificates to people; here certificate-controller looks at what they name. */
    {"coracle:kubelet-serving-approver", "system:certificates.k8s.io:kubelet-serving-approver", "S:kube-system:certificate-controller"},
    {"coracle:node-autoapprove-serving", "coracle:certificatesigningrequests:selfnodeserver", "G:system:nodes"},
};

static const struct {
    const char *namespace, *name, *rules;
} roles[] = {
    {"kube-system", "extension-apiserver-authentication-reader", "R :configmaps=extension-apiserver-authentication"},
    {"kube-system", "system:controller:bootstrap-signer", "R :secrets"},
    {"kube-system", "system:controller:cloud-provider", "create,R :configmaps"},
    {"kube-system", "system:controller:token-cleaner", "R,delete :secrets\nevents"},
    {"kube-system", "system::leader-locking-kube-controller-manager", "watch :configmaps\nget,update :configmaps=kube-controller-manager"},
    {"kube-system", "system::leader-locking-kube-scheduler", "watch :configmaps\nget,update :configmaps=kube-scheduler"},
    {"kube-public", "system:controller:bootstrap-signer", "R :configmaps\nupdate :configmaps=cluster-info\nevents"},
    {"kube-public", "coracle:cluster-info", "get :configmaps=cluster-info"},
    {"kube-system", "coracle:cluster-settings", "get :configmaps=coracle-cluster"},
};

static const struct {
    const char *namespace, *name, *role, *subjects;
} bindings[] = {
    {"kube-system", "system::extension-apiserver-authentication-reader", "extension-apiserver-authentication-reader",
     "U:system:kube-controller-manager U:system:kube-scheduler"},
    {"kube-system", "system::leader-locking-kube-controller-manager", "system::leader-locking-kube-controller-manager",
     "U:system:kube-controller-manager S:kube-system:kube-controller-manager"},
    {"kube-system", "system::leader-locking-kube-scheduler", "system::leader-locking-kube-scheduler",
     "U:system:kube-scheduler S:kube-system:kube-scheduler"},
    {"kube-system", "system:controller:bootstrap-signer", "system:controller:bootstrap-signer", "S:kube-system:bootstrap-signer"},
    {"kube-system", "system:controller:cloud-provider", "system:controller:cloud-provider", "S:kube-system:cloud-provider"},
    {"kube-system", "system:controller:token-cleaner", "system:controller:token-cleaner", "S:kube-system:token-cleaner"},
    {"kube-public", "system:controller:bootstrap-signer", "system:controller:bootstrap-signer", "S:kube-system:bootstrap-signer"},
    {"kube-public", "coracle:cluster-info", "coracle:cluster-info", "G:system:unauthenticated G:system:authenticated"},
    {"kube-system", "coracle:cluster-settings", "coracle:cluster-settings", "G:system:nodes G:system:bootstrappers"},
};

static const struct {
    const char *name;
    int64_t value;
    const char *description;
} priorities[] = {
    {"system-cluster-critical", 2000000000,
     "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary."},
    {"system-node-critical", 2000001000, "Used for system critical pods that must not be moved from their current node."},
};

static const char *const namespaces[] = {"default", "kube-system", "kube-public", "kube-node-lease"};

/* ── rows → trees ── */

#define LIST_MAX 64

struct sorted {
    struct str p[LIST_MAX];
    size_t n;
};

static int text_order(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    return str_cmp(*x, *y);
}

static void sorted_add(struct sorted *s, struct str text)
{
    for (size_t i = 0; i < s->n; i++)
        if (str_eq(s->p[i], text))
            return;
    CHECK(s->n < LIST_MAX);
    s->p[s->n++] = text;
}

static void sorted_verbs(struct sorted *s, struct str verb)
{
    static const struct {
        const char *letter, *verbs;
    } sets[] = {{"R", "get,list,watch"}, {"W", "create,update,patch,delete,deletecollection"}, {"U", "update,patch"}};
    for (size_t i = 0; i < ARRAY_LEN(sets); i++) {
        struct str rest = str_of(sets[i].verbs), piece;
        if (!str_is(verb, sets[i].letter))
            continue;
        while (str_next(&rest, ',', &piece))
            sorted_add(s, piece);
        return;
    }
    sorted_add(s, verb);
}

static void list_put(int *r, struct arena *a, struct value *rule, const char *key, struct str text)
{
    struct sorted s = {.n = 0};
    struct str piece;
    struct value list = value_make_list();
    if (text.p == NULL)
        return;
    while (str_next(&text, ',', &piece)) {
        if (strcmp(key, "verbs") == 0)
            sorted_verbs(&s, piece);
        else
            sorted_add(&s, piece);
    }
    qsort(s.p, s.n, sizeof(s.p[0]), text_order);
    for (size_t i = 0; *r == 0 && i < s.n; i++)
        if (!value_add(a, &list, value_make_text(s.p[i])))
            *r = -ENOMEM;
    VALUE_SET(r, a, rule, key, list);
}

static int rule_make(struct arena *a, struct str line, struct value *rule)
{
    struct str verbs, rest, groups, resources, names = STR_NONE;
    int r = 0;
    *rule = value_make_map();
    if (str_is(line, "events"))
        line = STR("create,U ,events.k8s.io:events");
    CHECK(str_cut(line, ' ', &verbs, &rest));
    if (rest.p[0] == '/' || str_is(rest, "*")) {
        list_put(&r, a, rule, "nonResourceURLs", rest);
        list_put(&r, a, rule, "verbs", verbs);
        return r;
    }
    CHECK(str_cut(rest, ':', &groups, &rest));
    bool named = str_cut(rest, '=', &resources, &names);
    list_put(&r, a, rule, "apiGroups", groups);
    if (named)
        list_put(&r, a, rule, "resourceNames", names);
    list_put(&r, a, rule, "resources", resources);
    list_put(&r, a, rule, "verbs", verbs);
    return r;
}

static int rules_make(struct arena *a, const char *text, struct value *out)
{
    struct str rest = str_of(text), line;
    *out = value_make_list();
    while (rest.n && str_next(&rest, '\n', &line)) {
        struct value rule;
        int r = rule_make(a, line, &rule);
        if (r < 0)
            return r;
        if (!value_add(a, out, rule))
            return -ENOMEM;
    }
    return 0;
}

/* What an aggregated role holds before anybody adds to it: the rules of the rows labelled for it, in order of their
 * names as the aggregation of live roles has them. */
static int rules_aggregate(struct arena *a, const char *from, struct value *out)
{
    const struct role_row *rows[8];
    size_t n = 0;
    for (size_t i = 0; i < ARRAY_LEN(cluster_roles); i++) {
        const struct role_row *row = &cluster_roles[i];
        if (!row->to || strcmp(row->to, from) != 0)
            continue;
        CHECK(n < ARRAY_LEN(rows));
        size_t at = n++;
        for (; at > 0 && strcmp(rows[at - 1]->name, row->name) > 0; at--)
            rows[at] = rows[at - 1];
        rows[at] = row;
    }
    *out = value_make_list();
    for (size_t i = 0; i < n; i++) {
        struct value part;
        int r = rows[i]->from ? rules_aggregate(a, rows[i]->from, &part) : rules_make(a, rows[i]->rules, &part);
        if (r < 0)
            return r;
        VALUE_EACH_ITEM (rule, &part) {
            if (!value_add(a, out, *rule))
                return -ENOMEM;
        }
    }
    return 0;
}

static void meta_make(int *r, struct arena *a, struct value *o, const char *kind, const char *namespace, struct str name, const char *to)
{
    struct value labels = value_make_map(), notes = value_make_map();
    *o = value_make_map();
    VALUE_SET(r, a, o, "apiVersion", value_make_text(STR("rbac.authorization.k8s.io/v1")));
    VALUE_SET(r, a, o, "kind", value_make_text(str_of(kind)));
    VALUE_SET(r, a, o, "metadata.name", value_make_text(name));
    if (namespace)
        VALUE_SET(r, a, o, "metadata.namespace", value_make_text(str_of(namespace)));
    /* These keys hold dots, so they are no paths. */
    if (*r == 0 && !value_set(a, &labels, STR("kubernetes.io/bootstrapping"), value_make_text(STR("rbac-defaults"))))
        *r = -ENOMEM;
    struct str key = to ? arena_fmt(a, "rbac.authorization.k8s.io/aggregate-to-%s", to) : STR_NONE;
    if (*r == 0 && to && (!key.p || !value_set(a, &labels, key, value_make_text(STR("true")))))
        *r = -ENOMEM;
    if (*r == 0 && !value_set(a, &notes, STR("rbac.authorization.kubernetes.io/autoupdate"), value_make_text(STR("true"))))
        *r = -ENOMEM;
    VALUE_SET(r, a, o, "metadata.labels", labels);
    VALUE_SET(r, a, o, "metadata.annotations", notes);
}

static int role_make(struct arena *a, const char *namespace, struct str name, const struct role_row *row, struct value *o)
{
    int r = 0;
    struct value rules;
    meta_make(&r, a, o, namespace ? "Role" : "ClusterRole", namespace, name, row->to);
    if (row->from) {
        struct value selector = value_make_map(), match = value_make_map(), list = value_make_list();
        struct str key = arena_fmt(a, "rbac.authorization.k8s.io/aggregate-to-%s", row->from);
        if (!key.p || !value_set(a, &match, key, value_make_text(STR("true"))) || !value_set(a, &selector, STR("matchLabels"), match) ||
            !value_add(a, &list, selector))
            return -ENOMEM;
        VALUE_SET(&r, a, o, "aggregationRule.clusterRoleSelectors", list);
    }
    if (r == 0)
        r = row->from ? rules_aggregate(a, row->from, &rules) : rules_make(a, row->rules, &rules);
    if (r == 0 && !value_set(a, o, STR("rules"), rules))
        r = -ENOMEM;
    return r;
}

static int subject_make(struct arena *a, struct str text, struct value *out)
{
    struct str kind, name, namespace = STR_NONE;
    int r = 0;
    CHECK(str_cut(text, ':', &kind, &name));
    *out = value_make_map();
    if (str_is(kind, "S")) {
        CHECK(str_cut(name, ':', &namespace, &name));
        VALUE_SET(&r, a, out, "kind", value_make_text(STR("ServiceAccount")));
        VALUE_SET(&r, a, out, "name", value_make_text(name));
        VALUE_SET(&r, a, out, "namespace", value_make_text(namespace));
        return r;
    }
    VALUE_SET(&r, a, out, "apiGroup", value_make_text(AUTH_RBAC));
    VALUE_SET(&r, a, out, "kind", value_make_text(str_is(kind, "G") ? STR("Group") : STR("User")));
    VALUE_SET(&r, a, out, "name", value_make_text(name));
    return r;
}

static int binding_make(struct arena *a, const char *namespace, struct str name, struct str role, struct str subjects, struct value *o)
{
    int r = 0;
    struct str text;
    struct value list = value_make_list(), subject;
    meta_make(&r, a, o, namespace ? "RoleBinding" : "ClusterRoleBinding", namespace, name, NULL);
    VALUE_SET(&r, a, o, "roleRef.apiGroup", value_make_text(AUTH_RBAC));
    VALUE_SET(&r, a, o, "roleRef.kind", value_make_text(namespace ? STR("Role") : STR("ClusterRole")));
    VALUE_SET(&r, a, o, "roleRef.name", value_make_text(role));
    while (r == 0 && subjects.n && str_next(&subjects, ' ', &text)) {
        r = subject_make(a, text, &subject);
        if (r == 0 && !value_add(a, &list, subject))
            r = -ENOMEM;
    }
    if (list.list.n)
        VALUE_SET(&r, a, o, "subjects", list);
    return r;
}

int auth_policy_role(struct arena *a, const char *name, struct value *out)
{
    for (size_t i = 0; i < ARRAY_LEN(cluster_roles); i++)
        if (!strcmp(cluster_roles[i].name, name))
            return role_make(a, NULL, str_of(name), &cluster_roles[i], out);
    return -ENOENT;
}

static int item_add(struct arena *a, struct value *list, const char *group, const char *resource, struct value object)
{
    struct value item = value_make_map();
    int r = 0;
    VALUE_SET(&r, a, &item, "group", value_make_text(str_of(group)));
    VALUE_SET(&r, a, &item, "resource", value_make_text(str_of(resource)));
    VALUE_SET(&r, a, &item, "object", object);
    return r < 0 ? r : value_add(a, list, item) ? 0 : -ENOMEM;
}

#define RBAC_GROUP "rbac.authorization.k8s.io"

static int add_namespaces(struct arena *a, struct value *list)
{
    for (size_t i = 0; i < ARRAY_LEN(namespaces); i++) {
        struct value o = value_make_map(), labels = value_make_map(), finalizers = value_make_list();
        struct value name = value_make_text(str_of(namespaces[i]));
        int r = 0;
        VALUE_SET(&r, a, &o, "apiVersion", value_make_text(STR("v1")));
        VALUE_SET(&r, a, &o, "kind", value_make_text(STR("Namespace")));
        VALUE_SET(&r, a, &o, "metadata.name", name);
        if (r < 0 || !value_set(a, &labels, STR("kubernetes.io/metadata.name"), name) ||
            !value_add(a, &finalizers, value_make_text(STR("kubernetes"))))
            return -ENOMEM;
        VALUE_SET(&r, a, &o, "metadata.labels", labels);
        VALUE_SET(&r, a, &o, "spec.finalizers", finalizers);
        VALUE_SET(&r, a, &o, "status.phase", value_make_text(STR("Active")));
        if (r == 0)
            r = item_add(a, list, "", "namespaces", o);
        if (r < 0)
            return r;
    }
    return 0;
}

static int add_priorities(struct arena *a, struct value *list)
{
    for (size_t i = 0; i < ARRAY_LEN(priorities); i++) {
        struct value o = value_make_map();
        int r = 0;
        VALUE_SET(&r, a, &o, "apiVersion", value_make_text(STR("scheduling.k8s.io/v1")));
        VALUE_SET(&r, a, &o, "kind", value_make_text(STR("PriorityClass")));
        VALUE_SET(&r, a, &o, "metadata.name", value_make_text(str_of(priorities[i].name)));
        VALUE_SET(&r, a, &o, "value", value_make_int(priorities[i].value));
        VALUE_SET(&r, a, &o, "description", value_make_text(str_of(priorities[i].description)));
        VALUE_SET(&r, a, &o, "preemptionPolicy", value_make_text(STR("PreemptLowerPriority")));
        if (r == 0)
            r = item_add(a, list, "scheduling.k8s.io", "priorityclasses", o);
        if (r < 0)
            return r;
    }
    return 0;
}

static int add_cluster_roles(struct arena *a, struct value *list)
{
    struct value o;
    int r = 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(cluster_roles); i++) {
        r = role_make(a, NULL, str_of(cluster_roles[i].name), &cluster_roles[i], &o);
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "clusterroles", o);
    }
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(controller_roles); i++) {
        struct str name = arena_fmt(a, "system:controller:%s", controller_roles[i].name);
        r = name.p ? role_make(a, NULL, name, &controller_roles[i], &o) : -ENOMEM;
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "clusterroles", o);
    }
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(cluster_bindings); i++) {
        const struct binding_row *row = &cluster_bindings[i];
        r = binding_make(a, NULL, str_of(row->name), str_of(row->role), str_of(row->subjects), &o);
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "clusterrolebindings", o);
    }
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(controller_roles); i++) {
        struct str name = arena_fmt(a, "system:controller:%s", controller_roles[i].name);
        struct str subject = arena_fmt(a, "S:kube-system:%s", controller_roles[i].name);
        r = name.p && subject.p ? binding_make(a, NULL, name, name, subject, &o) : -ENOMEM;
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "clusterrolebindings", o);
    }
    return r;
}

static int add_roles(struct arena *a, struct value *list)
{
    struct value o;
    int r = 0;
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(roles); i++) {
        struct role_row row = {.rules = roles[i].rules};
        r = role_make(a, roles[i].namespace, str_of(roles[i].name), &row, &o);
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "roles", o);
    }
    for (size_t i = 0; r == 0 && i < ARRAY_LEN(bindings); i++) {
        r = binding_make(a, bindings[i].namespace, str_of(bindings[i].name), str_of(bindings[i].role), str_of(bindings[i].subjects), &o);
        r = r < 0 ? r : item_add(a, list, RBAC_GROUP, "rolebindings", o);
    }
    return r;
}

int auth_bootstrap_objects(struct arena *a, struct value *list)
{
    *list = value_make_list();
    int r = add_namespaces(a, list);
    if (r == 0)
        r = add_priorities(a, list);
    if (r == 0)
        r = add_cluster_roles(a, list);
    return r < 0 ? r : add_roles(a, list);
}

/* ── reconciliation ── */

/* Adds to live's map what wanted's has and it has not; live's own values stay. */
static int map_complete(struct arena *a, const struct value *wanted, struct value *out, const char *path, bool *changed)
{
    struct value *live = value_at(out, path);
    VALUE_EACH_MEMBER (m, value_at(wanted, path)) {
        if (value_get(live, m->key))
            continue;
        if (!live)
            live = value_put(a, out, path, value_make_map());
        if (!live || !value_set(a, live, m->key, m->value))
            return -ENOMEM;
        *changed = true;
    }
    return 0;
}

static int list_complete(struct arena *a, const struct value *wanted, struct value *out, const char *path, bool *changed)
{
    struct value *live = value_at(out, path);
    VALUE_EACH_ITEM (item, value_at(wanted, path)) {
        bool have = false;
        VALUE_EACH_ITEM (old, live)
            have = have || value_equal(old, item);
        if (have)
            continue;
        if (!live)
            live = value_put(a, out, path, value_make_list());
        if (!live || !value_add(a, live, *item))
            return -ENOMEM;
        *changed = true;
    }
    return 0;
}

/* Rules are compared by what they allow, not by how they are written. */
static int rules_complete(struct arena *a, const struct value *wanted, struct value *out, bool *changed)
{
    struct auth_rule *own, *need, *lines;
    size_t n_own, n_need, n_lines;
    int r = auth_rules_compile(a, value_at(out, "rules"), &own, &n_own);
    if (r == 0)
        r = auth_rules_compile(a, value_at(wanted, "rules"), &need, &n_need);
    const struct auth_rule **held = arena_alloc(a, (n_own + 1) * sizeof(*held));
    if (r < 0 || !held)
        return -ENOMEM;
    for (size_t i = 0; i < n_own; i++)
        held[i] = &own[i];
    for (size_t i = 0; i < n_need; i++) {
        r = auth_rules_missing(a, held, n_own, &need[i], 1, &lines, &n_lines);
        if (r < 0)
            return r;
        if (n_lines == 0)
            continue;
        struct value *rules = value_get(out, STR("rules"));
        if (!rules || rules->type != VALUE_LIST)
            rules = value_set(a, out, STR("rules"), value_make_list());
        if (!rules || !value_add(a, rules, *value_item(value_at(wanted, "rules"), i)))
            return -ENOMEM;
        *changed = true;
    }
    return 0;
}

int auth_bootstrap_reconcile(struct arena *a, const struct value *wanted, const struct value *live, struct value *out)
{
    const struct value *notes = value_at(live, "metadata.annotations");
    bool changed = false, binding = value_get(wanted, STR("roleRef")) != NULL;
    if (str_is(value_text(value_get(notes, STR("rbac.authorization.kubernetes.io/autoupdate"))), "false"))
        return 0;
    int r = value_copy(a, live, out);
    if (r == 0 && binding &&
        (!str_eq(value_text_at(live, "roleRef.name"), value_text_at(wanted, "roleRef.name")) ||
         !str_eq(value_text_at(live, "roleRef.kind"), value_text_at(wanted, "roleRef.kind")))) {
        r = value_copy(a, wanted, out);
        return r < 0 ? r : AUTH_RECREATE;
    }
    if (r == 0)
        r = map_complete(a, wanted, out, "metadata.labels", &changed);
    if (r == 0)
        r = map_complete(a, wanted, out, "metadata.annotations", &changed);
    if (r == 0 && binding)
        r = list_complete(a, wanted, out, "subjects", &changed);
    if (r == 0 && !binding && value_get(wanted, STR("aggregationRule")))
        r = list_complete(a, wanted, out, "aggregationRule.clusterRoleSelectors", &changed);
    else if (r == 0 && !binding)
        r = rules_complete(a, wanted, out, &changed);
    return r < 0 ? r : changed ? AUTH_CHANGED : 0;
}
