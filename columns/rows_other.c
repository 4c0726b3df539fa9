#include "columns/inside.h"
#include "columns/rows.h"

static const struct column policy_PodDisruptionBudget_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Min Available"), STR_INIT("string"), STR_INIT(""), STR_INIT("The minimum number of pods that must be available."), 0},
    {STR_INIT("Max Unavailable"), STR_INIT("string"), STR_INIT(""), STR_INIT("The maximum number of pods that may be unavailable."), 0},
    {STR_INIT("Allowed Disruptions"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Calculated number of pods that may be disrupted at this time."),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell policy_PodDisruptionBudget_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.minAvailable", "N/A"},
    {CELL_TEXT, "spec.maxUnavailable", "N/A"},
    {CELL_INT, "status.disruptionsAllowed", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column networking_Ingress_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Class"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("The name of the IngressClass resource that should be used for additional configuration"), 0},
    {STR_INIT("Hosts"), STR_INIT("string"), STR_INIT(""), STR_INIT("Hosts that incoming requests are matched against before the ingress rule"), 0},
    {STR_INIT("Address"), STR_INIT("string"), STR_INIT(""), STR_INIT("Address is a list containing ingress points for the load-balancer"), 0},
    {STR_INIT("Ports"), STR_INIT("string"), STR_INIT(""), STR_INIT("Ports of TLS configurations that open"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell networking_Ingress_cells[] = {
    {CELL_TEXT, "metadata.name", ""},          {CELL_TEXT, "spec.ingressClassName", "<none>"}, {CELL_MADE, .make = cell_ingress_hosts},
    {CELL_MADE, .make = cell_ingress_address}, {CELL_MADE, .make = cell_ingress_ports},        {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column networking_IngressClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Controller"), STR_INIT("string"), STR_INIT(""), STR_INIT("Controller that is responsible for handling this class"), 0},
    {STR_INIT("Parameters"), STR_INIT("string"), STR_INIT(""), STR_INIT("A reference to a resource with additional parameters"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell networking_IngressClass_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.controller", ""},
    {CELL_MADE, .make = cell_class_parameters},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column events_Event_columns[] = {
    {STR_INIT("Last Seen"), STR_INIT("string"), STR_INIT(""), STR_INIT("When it was last seen."), 0},
    {STR_INIT("Type"), STR_INIT("string"), STR_INIT(""), STR_INIT("Normal or Warning."), 0},
    {STR_INIT("Reason"), STR_INIT("string"), STR_INIT(""), STR_INIT("Why, in one word."), 0},
    {STR_INIT("Object"), STR_INIT("string"), STR_INIT(""), STR_INIT("What it is about."), 0},
    {STR_INIT("Subobject"), STR_INIT("string"), STR_INIT(""), STR_INIT("Which part of it."), 1},
    {STR_INIT("Source"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who reported it."), 1},
    {STR_INIT("Message"), STR_INIT("string"), STR_INIT(""), STR_INIT("What happened."), 0},
    {STR_INIT("First Seen"), STR_INIT("string"), STR_INIT(""), STR_INIT("When it was first seen."), 1},
    {STR_INIT("Count"), STR_INIT("string"), STR_INIT(""), STR_INIT("How often it was seen."), 1},
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 1},
};
static const struct cell events_Event_cells[] = {
    {CELL_MADE, .make = cell_event_last},
    {CELL_TEXT, "type", ""},
    {CELL_TEXT, "reason", ""},
    {CELL_MADE, .make = cell_event_object},
    {CELL_TEXT, "involvedObject.fieldPath", ""},
    {CELL_MADE, .make = cell_event_source},
    {CELL_MADE, .make = cell_event_message},
    {CELL_MADE, .make = cell_event_first},
    {CELL_MADE, .make = cell_event_count},
    {CELL_TEXT, "metadata.name", ""},
};

static const struct column networking_NetworkPolicy_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Pod-Selector"), STR_INIT("string"), STR_INIT(""), STR_INIT("Pods it applies to."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell networking_NetworkPolicy_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_SELECTOR, "spec.podSelector", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column rbac_RoleBinding_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Role"), STR_INIT("string"), STR_INIT(""), STR_INIT("The role that is given."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Users"), STR_INIT("string"), STR_INIT(""), STR_INIT("Users in the roleBinding"), 1},
    {STR_INIT("Groups"), STR_INIT("string"), STR_INIT(""), STR_INIT("Groups in the roleBinding"), 1},
    {STR_INIT("ServiceAccounts"), STR_INIT("string"), STR_INIT(""), STR_INIT("ServiceAccounts in the roleBinding"), 1},
};
static const struct cell rbac_RoleBinding_cells[] = {
    {CELL_TEXT, "metadata.name", ""}, {CELL_MADE, .make = cell_role_ref}, {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_MADE, .make = cell_users},  {CELL_MADE, .make = cell_groups},   {CELL_MADE, .make = cell_accounts},
};

static const struct column rbac_ClusterRoleBinding_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Role"), STR_INIT("string"), STR_INIT(""), STR_INIT("The role that is given."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("Users"), STR_INIT("string"), STR_INIT(""), STR_INIT("Users in the clusterRoleBinding"), 1},
    {STR_INIT("Groups"), STR_INIT("string"), STR_INIT(""), STR_INIT("Groups in the clusterRoleBinding"), 1},
    {STR_INIT("ServiceAccounts"), STR_INIT("string"), STR_INIT(""), STR_INIT("ServiceAccounts in the clusterRoleBinding"), 1},
};
static const struct cell rbac_ClusterRoleBinding_cells[] = {
    {CELL_TEXT, "metadata.name", ""}, {CELL_MADE, .make = cell_role_ref}, {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_MADE, .make = cell_users},  {CELL_MADE, .make = cell_groups},   {CELL_MADE, .make = cell_accounts},
};

static const struct column certificates_CertificateSigningRequest_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("SignerName"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who is asked to sign."), 0},
    {STR_INIT("Requestor"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who asks."), 0},
    {STR_INIT("RequestedDuration"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long it shall be valid."), 0},
    {STR_INIT("Condition"), STR_INIT("string"), STR_INIT(""), STR_INIT("How far the request is."), 0},
};
static const struct cell certificates_CertificateSigningRequest_cells[] = {
    {CELL_TEXT, "metadata.name", ""}, {CELL_AGE, "metadata.creationTimestamp", ""}, {CELL_TEXT, "spec.signerName", "<none>"},
    {CELL_TEXT, "spec.username", ""}, {CELL_MADE, .make = cell_request_duration},   {CELL_MADE, .make = cell_request_condition},
};

static const struct column certificates_ClusterTrustBundle_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("SignerName"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whose roots these are."), 0},
};
static const struct cell certificates_ClusterTrustBundle_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.signerName", "<none>"},
};

static const struct column coordination_Lease_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Holder"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who holds it."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell coordination_Lease_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.holderIdentity", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column coordination_LeaseCandidate_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("LeaseName"), STR_INIT("string"), STR_INIT(""), STR_INIT("The lease it stands for."), 0},
    {STR_INIT("BinaryVersion"), STR_INIT("string"), STR_INIT(""), STR_INIT("Version of the candidate."), 0},
    {STR_INIT("EmulationVersion"), STR_INIT("string"), STR_INIT(""), STR_INIT("Version it behaves as."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell coordination_LeaseCandidate_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.leaseName", ""},
    {CELL_TEXT, "spec.binaryVersion", ""},
    {CELL_TEXT, "spec.emulationVersion", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_StorageClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Provisioner"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who makes the volumes."), 0},
    {STR_INIT("ReclaimPolicy"), STR_INIT("string"), STR_INIT(""), STR_INIT("What happens when a claim is gone."), 0},
    {STR_INIT("VolumeBindingMode"), STR_INIT("string"), STR_INIT(""), STR_INIT("When claims are bound."), 0},
    {STR_INIT("AllowVolumeExpansion"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether claims may grow."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell storage_StorageClass_cells[] = {
    {CELL_MADE, .make = cell_class_name},          {CELL_TEXT, "provisioner", ""},          {CELL_TEXT, "reclaimPolicy", "Delete"},
    {CELL_TEXT, "volumeBindingMode", "Immediate"}, {CELL_BOOL, "allowVolumeExpansion", ""}, {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_VolumeAttributesClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("DriverName"), STR_INIT("string"), STR_INIT(""), STR_INIT("The driver it is for."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell storage_VolumeAttributesClass_cells[] = {
    {CELL_MADE, .make = cell_class_name},
    {CELL_TEXT, "driverName", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_VolumeAttachment_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Attacher"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Who attaches."), 0},
    {STR_INIT("PV"), STR_INIT("string"), STR_INIT(""), STR_INIT("The volume."), 0},
    {STR_INIT("Node"), STR_INIT("string"), STR_INIT(""), STR_INIT("The node."), 0},
    {STR_INIT("Attached"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether it is attached."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell storage_VolumeAttachment_cells[] = {
    {CELL_TEXT, "metadata.name", ""}, {CELL_TEXT, "spec.attacher", ""},   {CELL_TEXT, "spec.source.persistentVolumeName", ""},
    {CELL_TEXT, "spec.nodeName", ""}, {CELL_BOOL, "status.attached", ""}, {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_CSINode_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Drivers"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Drivers indicates the number of CSI drivers registered on the node"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell storage_CSINode_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "spec.drivers", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_CSIDriver_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("AttachRequired"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether volumes are attached first."), 0},
    {STR_INIT("PodInfoOnMount"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether it is told about the pod."), 0},
    {STR_INIT("StorageCapacity"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether capacity is tracked."), 0},
    {STR_INIT("TokenRequests"), STR_INIT("string"), STR_INIT(""), STR_INIT("Audiences of the tokens it is given."), 0},
    {STR_INIT("RequiresRepublish"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether volumes are published again and again."), 0},
    {STR_INIT("Modes"), STR_INIT("string"), STR_INIT(""), STR_INIT("Kinds of volumes it makes."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell storage_CSIDriver_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_BOOL, "spec.attachRequired", "true"},
    {CELL_BOOL, "spec.podInfoOnMount", ""},
    {CELL_BOOL, "spec.storageCapacity", ""},
    {CELL_MADE, .make = cell_token_requests},
    {CELL_BOOL, "spec.requiresRepublish", ""},
    {CELL_JOIN, "spec.volumeLifecycleModes", "<none>"},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column storage_CSIStorageCapacity_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("StorageClassName"), STR_INIT("string"), STR_INIT(""), STR_INIT("The class."), 0},
    {STR_INIT("Capacity"), STR_INIT("string"), STR_INIT(""), STR_INIT("What is left."), 0},
};
static const struct cell storage_CSIStorageCapacity_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "storageClassName", ""},
    {CELL_QUANTITY, "capacity", "<unset>"},
};

static const struct column scheduling_PriorityClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Value"), STR_INIT("integer"), STR_INIT(""), STR_INIT("The priority."), 0},
    {STR_INIT("Global-Default"), STR_INIT("boolean"), STR_INIT(""), STR_INIT("Whether pods without a class have it."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("PreemptionPolicy"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether its pods displace others."), 0},
};
static const struct cell scheduling_PriorityClass_cells[] = {
    {CELL_TEXT, "metadata.name", ""},    {CELL_INT, "value", ""}, {CELL_BOOL, "globalDefault", ""}, {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_TEXT, "preemptionPolicy", ""},
};

static const struct column scheduling_Workload_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell scheduling_Workload_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column scheduling_PodGroup_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Policy"), STR_INIT("string"), STR_INIT(""), STR_INIT("Gang or Basic."), 0},
    {STR_INIT("Workload"), STR_INIT("string"), STR_INIT(""), STR_INIT("Name of the referenced Workload object"), 0},
    {STR_INIT("Status"), STR_INIT("string"), STR_INIT(""), STR_INIT("Status of the PodGroup"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell scheduling_PodGroup_cells[] = {
    {CELL_TEXT, "metadata.name", ""},       {CELL_MADE, .make = cell_group_policy},       {CELL_TEXT, "spec.workloadRef.workloadName", "<none>"},
    {CELL_MADE, .make = cell_group_status}, {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column scheduling_CompositePodGroup_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Policy"), STR_INIT("string"), STR_INIT(""), STR_INIT("Gang or Basic."), 0},
    {STR_INIT("Workload"), STR_INIT("string"), STR_INIT(""), STR_INIT("Name of the referenced Workload object"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell scheduling_CompositePodGroup_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_group_policy},
    {CELL_TEXT, "spec.workloadRef.workloadName", "<none>"},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column coracle_SchedulingProfile_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("What pods name as their spec.schedulerName."), 0},
    {STR_INIT("Accepted"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether it is in force."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell coracle_SchedulingProfile_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_profile_accepted},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column node_RuntimeClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Handler"), STR_INIT("string"), STR_INIT(""), STR_INIT("The runtime's handler."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell node_RuntimeClass_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "handler", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column discovery_EndpointSlice_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("AddressType"), STR_INIT("string"), STR_INIT(""), STR_INIT("IPv4, IPv6 or FQDN."), 0},
    {STR_INIT("Ports"), STR_INIT("string"), STR_INIT(""), STR_INIT("Ports of the endpoints."), 0},
    {STR_INIT("Endpoints"), STR_INIT("string"), STR_INIT(""), STR_INIT("Addresses of the endpoints."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell discovery_EndpointSlice_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "addressType", ""},
    {CELL_MADE, .make = cell_slice_ports},
    {CELL_MADE, .make = cell_slice_endpoints},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_MutatingWebhookConfiguration_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Webhooks"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Webhooks indicates the number of webhooks registered in this configuration"),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_MutatingWebhookConfiguration_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "webhooks", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_ValidatingWebhookConfiguration_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Webhooks"), STR_INIT("integer"), STR_INIT(""), STR_INIT("Webhooks indicates the number of webhooks registered in this configuration"),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_ValidatingWebhookConfiguration_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "webhooks", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_ValidatingAdmissionPolicy_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Validations"), STR_INIT("integer"), STR_INIT(""),
     STR_INIT("Validations indicates the number of validation rules defined in this configuration"), 0},
    {STR_INIT("ParamKind"), STR_INIT("string"), STR_INIT(""), STR_INIT("ParamKind specifies the kind of resources used to parameterize this policy"),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_ValidatingAdmissionPolicy_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "spec.validations", ""},
    {CELL_MADE, .make = cell_param_kind},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_MutatingAdmissionPolicy_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Mutations"), STR_INIT("integer"), STR_INIT(""),
     STR_INIT("Mutation indicates the number of mutations rules defined in this configuration"), 0},
    {STR_INIT("ParamKind"), STR_INIT("string"), STR_INIT(""), STR_INIT("ParamKind specifies the kind of resources used to parameterize this policy"),
     0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_MutatingAdmissionPolicy_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_COUNT, "spec.mutations", ""},
    {CELL_MADE, .make = cell_param_kind},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_ValidatingAdmissionPolicyBinding_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("PolicyName"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("PolicyName indicates the policy definition which the policy binding binded to"), 0},
    {STR_INIT("ParamRef"), STR_INIT("string"), STR_INIT(""), STR_INIT("ParamRef indicates the param resource which sets the configuration param"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_ValidatingAdmissionPolicyBinding_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.policyName", ""},
    {CELL_MADE, .make = cell_param_ref},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column admissionregistration_MutatingAdmissionPolicyBinding_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("PolicyName"), STR_INIT("string"), STR_INIT(""),
     STR_INIT("PolicyName indicates the policy definition which the policy binding binded to"), 0},
    {STR_INIT("ParamRef"), STR_INIT("string"), STR_INIT(""), STR_INIT("ParamRef indicates the param resource which sets the configuration param"), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell admissionregistration_MutatingAdmissionPolicyBinding_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.policyName", ""},
    {CELL_MADE, .make = cell_param_ref},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column flowcontrol_FlowSchema_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("PriorityLevel"), STR_INIT("string"), STR_INIT(""), STR_INIT("The level it leads to."), 0},
    {STR_INIT("MatchingPrecedence"), STR_INIT("string"), STR_INIT(""), STR_INIT("Lower ones are tried first."), 0},
    {STR_INIT("DistinguisherMethod"), STR_INIT("string"), STR_INIT(""), STR_INIT("How flows are told apart."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
    {STR_INIT("MissingPL"), STR_INIT("string"), STR_INIT(""), STR_INIT("references a broken or non-existent PriorityLevelConfiguration"), 0},
};
static const struct cell flowcontrol_FlowSchema_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.priorityLevelConfiguration.name", ""},
    {CELL_INT, "spec.matchingPrecedence", ""},
    {CELL_TEXT, "spec.distinguisherMethod.type", "<none>"},
    {CELL_AGE, "metadata.creationTimestamp", ""},
    {CELL_MADE, .make = cell_dangling},
};

static const struct column flowcontrol_PriorityLevelConfiguration_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Type"), STR_INIT("string"), STR_INIT(""), STR_INIT("Limited or Exempt."), 0},
    {STR_INIT("NominalConcurrencyShares"), STR_INIT("string"), STR_INIT(""), STR_INIT("Its share of the seats."), 0},
    {STR_INIT("Queues"), STR_INIT("string"), STR_INIT(""), STR_INIT("Queues it has."), 0},
    {STR_INIT("HandSize"), STR_INIT("string"), STR_INIT(""), STR_INIT("Queues a flow may use."), 0},
    {STR_INIT("QueueLengthLimit"), STR_INIT("string"), STR_INIT(""), STR_INIT("Requests a queue holds."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell flowcontrol_PriorityLevelConfiguration_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.type", ""},
    {CELL_TEXT, "spec.limited.nominalConcurrencyShares", "<none>"},
    {CELL_TEXT, "spec.limited.limitResponse.queuing.queues", "<none>"},
    {CELL_TEXT, "spec.limited.limitResponse.queuing.handSize", "<none>"},
    {CELL_TEXT, "spec.limited.limitResponse.queuing.queueLengthLimit", "<none>"},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column resource_DeviceClass_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell resource_DeviceClass_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column resource_ResourceClaimTemplate_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell resource_ResourceClaimTemplate_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column resource_ResourceClaim_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("State"), STR_INIT("string"), STR_INIT(""), STR_INIT("A summary of the current state (allocated, pending, reserved, etc.)."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell resource_ResourceClaim_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_claim_state},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column resource_ResourceSlice_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Node"), STR_INIT("string"), STR_INIT(""), STR_INIT("The node."), 0},
    {STR_INIT("Driver"), STR_INIT("string"), STR_INIT(""), STR_INIT("The driver."), 0},
    {STR_INIT("Pool"), STR_INIT("string"), STR_INIT(""), STR_INIT("The pool."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell resource_ResourceSlice_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_TEXT, "spec.nodeName", ""},
    {CELL_TEXT, "spec.driver", ""},
    {CELL_TEXT, "spec.pool.name", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column networking_ServiceCIDR_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("CIDRs"), STR_INIT("string"), STR_INIT(""), STR_INIT("Ranges of cluster addresses."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell networking_ServiceCIDR_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_JOIN, "spec.cidrs", ""},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

static const struct column networking_IPAddress_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("ParentRef"), STR_INIT("string"), STR_INIT(""), STR_INIT("Who uses the address."), 0},
};
static const struct cell networking_IPAddress_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_parent_ref},
};

static const struct column apiregistration_APIService_columns[] = {
    {STR_INIT("Name"), STR_INIT("string"), STR_INIT("name"), STR_INIT("Name within its namespace, unique among those of its kind."), 0},
    {STR_INIT("Service"), STR_INIT("string"), STR_INIT(""), STR_INIT("The reference to the service that hosts this API endpoint."), 0},
    {STR_INIT("Available"), STR_INIT("string"), STR_INIT(""), STR_INIT("Whether this service is available."), 0},
    {STR_INIT("Age"), STR_INIT("string"), STR_INIT(""), STR_INIT("How long ago it was created."), 0},
};
static const struct cell apiregistration_APIService_cells[] = {
    {CELL_TEXT, "metadata.name", ""},
    {CELL_MADE, .make = cell_api_service},
    {CELL_MADE, .make = cell_api_available},
    {CELL_AGE, "metadata.creationTimestamp", ""},
};

const struct column_kind column_rows_other[] = {
    {"policy", "PodDisruptionBudget", policy_PodDisruptionBudget_columns, policy_PodDisruptionBudget_cells,
     ARRAY_LEN(policy_PodDisruptionBudget_columns)},
    {"networking.k8s.io", "Ingress", networking_Ingress_columns, networking_Ingress_cells, ARRAY_LEN(networking_Ingress_columns)},
    {"networking.k8s.io", "IngressClass", networking_IngressClass_columns, networking_IngressClass_cells, ARRAY_LEN(networking_IngressClass_columns)},
    {"events.k8s.io", "Event", events_Event_columns, events_Event_cells, ARRAY_LEN(events_Event_columns)},
    {"networking.k8s.io", "NetworkPolicy", networking_NetworkPolicy_columns, networking_NetworkPolicy_cells,
     ARRAY_LEN(networking_NetworkPolicy_columns)},
    {"rbac.authorization.k8s.io", "RoleBinding", rbac_RoleBinding_columns, rbac_RoleBinding_cells, ARRAY_LEN(rbac_RoleBinding_columns)},
    {"rbac.authorization.k8s.io", "ClusterRoleBinding", rbac_ClusterRoleBinding_columns, rbac_ClusterRoleBinding_cells,
     ARRAY_LEN(rbac_ClusterRoleBinding_columns)},
    {"certificates.k8s.io", "CertificateSigningRequest", certificates_CertificateSigningRequest_columns, certificates_CertificateSigningRequest_cells,
     ARRAY_LEN(certificates_CertificateSigningRequest_columns)},
    {"certificates.k8s.io", "ClusterTrustBundle", certificates_ClusterTrustBundle_columns, certificates_ClusterTrustBundle_cells,
     ARRAY_LEN(certificates_ClusterTrustBundle_columns)},
    {"coordination.k8s.io", "Lease", coordination_Lease_columns, coordination_Lease_cells, ARRAY_LEN(coordination_Lease_columns)},
    {"coordination.k8s.io", "LeaseCandidate", coordination_LeaseCandidate_columns, coordination_LeaseCandidate_cells,
     ARRAY_LEN(coordination_LeaseCandidate_columns)},
    {"storage.k8s.io", "StorageClass", storage_StorageClass_columns, storage_StorageClass_cells, ARRAY_LEN(storage_StorageClass_columns)},
    {"storage.k8s.io", "VolumeAttributesClass", storage_VolumeAttributesClass_columns, storage_VolumeAttributesClass_cells,
     ARRAY_LEN(storage_VolumeAttributesClass_columns)},
    {"storage.k8s.io", "VolumeAttachment", storage_VolumeAttachment_columns, storage_VolumeAttachment_cells,
     ARRAY_LEN(storage_VolumeAttachment_columns)},
    {"storage.k8s.io", "CSINode", storage_CSINode_columns, storage_CSINode_cells, ARRAY_LEN(storage_CSINode_columns)},
    {"storage.k8s.io", "CSIDriver", storage_CSIDriver_columns, storage_CSIDriver_cells, ARRAY_LEN(storage_CSIDriver_columns)},
    {"storage.k8s.io", "CSIStorageCapacity", storage_CSIStorageCapacity_columns, storage_CSIStorageCapacity_cells,
     ARRAY_LEN(storage_CSIStorageCapacity_columns)},
    {"scheduling.k8s.io", "PriorityClass", scheduling_PriorityClass_columns, scheduling_PriorityClass_cells,
     ARRAY_LEN(scheduling_PriorityClass_columns)},
    {"scheduling.k8s.io", "Workload", scheduling_Workload_columns, scheduling_Workload_cells, ARRAY_LEN(scheduling_Workload_columns)},
    {"scheduling.k8s.io", "PodGroup", scheduling_PodGroup_columns, scheduling_PodGroup_cells, ARRAY_LEN(scheduling_PodGroup_columns)},
    {"scheduling.k8s.io", "CompositePodGroup", scheduling_CompositePodGroup_columns, scheduling_CompositePodGroup_cells,
     ARRAY_LEN(scheduling_CompositePodGroup_columns)},
    {"coracle.dev", "SchedulingProfile", coracle_SchedulingProfile_columns, coracle_SchedulingProfile_cells,
     ARRAY_LEN(coracle_SchedulingProfile_columns)},
    {"node.k8s.io", "RuntimeClass", node_RuntimeClass_columns, node_RuntimeClass_cells, ARRAY_LEN(node_RuntimeClass_columns)},
    {"discovery.k8s.io", "EndpointSlice", discovery_EndpointSlice_columns, discovery_EndpointSlice_cells, ARRAY_LEN(discovery_EndpointSlice_columns)},
    {"admissionregistration.k8s.io", "MutatingWebhookConfiguration", admissionregistration_MutatingWebhookConfiguration_columns,
     admissionregistration_MutatingWebhookConfiguration_cells, ARRAY_LEN(admissionregistration_MutatingWebhookConfiguration_columns)},
    {"admissionregistration.k8s.io", "ValidatingWebhookConfiguration", admissionregistration_ValidatingWebhookConfiguration_columns,
     admissionregistration_ValidatingWebhookConfiguration_cells, ARRAY_LEN(admissionregistration_ValidatingWebhookConfiguration_columns)},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicy", admissionregistration_ValidatingAdmissionPolicy_columns,
     admissionregistration_ValidatingAdmissionPolicy_cells, ARRAY_LEN(admissionregistration_ValidatingAdmissionPolicy_columns)},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicy", admissionregistration_MutatingAdmissionPolicy_columns,
     admissionregistration_MutatingAdmissionPolicy_cells, ARRAY_LEN(admissionregistration_MutatingAdmissionPolicy_columns)},
    {"admissionregistration.k8s.io", "ValidatingAdmissionPolicyBinding", admissionregistration_ValidatingAdmissionPolicyBinding_columns,
     admissionregistration_ValidatingAdmissionPolicyBinding_cells, ARRAY_LEN(admissionregistration_ValidatingAdmissionPolicyBinding_columns)},
    {"admissionregistration.k8s.io", "MutatingAdmissionPolicyBinding", admissionregistration_MutatingAdmissionPolicyBinding_columns,
     admissionregistration_MutatingAdmissionPolicyBinding_cells, ARRAY_LEN(admissionregistration_MutatingAdmissionPolicyBinding_columns)},
    {"flowcontrol.apiserver.k8s.io", "FlowSchema", flowcontrol_FlowSchema_columns, flowcontrol_FlowSchema_cells,
     ARRAY_LEN(flowcontrol_FlowSchema_columns)},
    {"flowcontrol.apiserver.k8s.io", "PriorityLevelConfiguration", flowcontrol_PriorityLevelConfiguration_columns,
     flowcontrol_PriorityLevelConfiguration_cells, ARRAY_LEN(flowcontrol_PriorityLevelConfiguration_columns)},
    {"resource.k8s.io", "DeviceClass", resource_DeviceClass_columns, resource_DeviceClass_cells, ARRAY_LEN(resource_DeviceClass_columns)},
    {"resource.k8s.io", "ResourceClaimTemplate", resource_ResourceClaimTemplate_columns, resource_ResourceClaimTemplate_cells,
     ARRAY_LEN(resource_ResourceClaimTemplate_columns)},
    {"resource.k8s.io", "ResourceClaim", resource_ResourceClaim_columns, resource_ResourceClaim_cells, ARRAY_LEN(resource_ResourceClaim_columns)},
    {"resource.k8s.io", "ResourceSlice", resource_ResourceSlice_columns, resource_ResourceSlice_cells, ARRAY_LEN(resource_ResourceSlice_columns)},
    {"networking.k8s.io", "ServiceCIDR", networking_ServiceCIDR_columns, networking_ServiceCIDR_cells, ARRAY_LEN(networking_ServiceCIDR_columns)},
    {"networking.k8s.io", "IPAddress", networking_IPAddress_columns, networking_IPAddress_cells, ARRAY_LEN(networking_IPAddress_columns)},
    {"apiregistration.k8s.io", "APIService", apiregistration_APIService_columns, apiregistration_APIService_cells,
     ARRAY_LEN(apiregistration_APIService_columns)},
};
const size_t n_column_rows_other = ARRAY_LEN(column_rows_other);
